"""Handing an idea in and correcting it: the forms, and what is like it already."""

from typing import Any

from domain.basics import refusals
from domain.basics.words import N_
from domain.ideas import ideas as rules
from domain.ideas.ideas import LONGEST
from handlers.chat import reading
from handlers.chat.context import Context
from handlers.chat.questions import (
    VOICE,
    Answers,
    Asked,
    Correction,
    Option,
    Question,
    Questionnaire,
    Submission,
)
from handlers.ideas import similar
from handlers.ideas.buttons import OnIdea
from handlers.ideas.screens import handing_in as screens
from handlers.ideas.screens.words import TOPICS, topic_in_words
from storage.engine import forms
from storage.engine.tables import Form
from storage.engine.turn import Turn
from storage.ideas import board, comments, support
from storage.ideas.board import Line, NewIdea
from storage.ideas.tables import Idea
from storage.partners import membership

SHOWN = 2  # similar ideas
FORMS_OF_IDEAS = ("idea", "wish_idea")


def _handed_in(turn: Turn, form: Submission) -> Idea:
    answers = form.answers
    kept = answers.get("media") or {}
    new = NewIdea(
        topic=answers["topic"],
        text=answers["text"],
        is_named=answers.get("named") != "no",
        picture=kept.get("picture", ""),
        voice=kept.get("voice", ""),
    )
    return board.hand_in(turn, new)


def _corrected(turn: Turn, form: Submission) -> Idea:
    answers = form.answers
    return board.correct(turn, form.subject_id, answers["topic"], answers["text"])


def _corrected_by_edit(turn: Turn, of: Correction) -> bool:
    """Whether the edited message says something else than the idea."""
    idea = board.own(turn, of.row_id)
    if idea.text == of.text:
        return False
    board.correct(turn, of.row_id, idea.topic, of.text)
    return True


def known(turn: Turn, _subject_id: int) -> Answers:
    """Before the first question: for whom somebody speaks."""
    partner = membership.partner_of(turn.session, turn.person)
    return {"organisation": partner.name if partner else "", "is_staff": turn.person.is_staff}


def _with_defaults(turn: Turn, answers: Answers) -> Answers:
    """Named and without a picture, until somebody changes that in the summary; and who sees it when."""
    is_partner, is_staff = bool(answers.get("organisation")), bool(answers.get("is_staff"))
    return {
        "named": "yes",
        "media": None,
        **answers,
        "waits": rules.waits_for_look(turn.pact, is_partner=is_partner, is_staff=is_staff),
    }


async def _find_similar(context: Context, answers: Answers) -> Answers:
    found = await similar.nearest(context, answers["text"], SHOWN)
    return {"similar": [{"id": line.idea.id, "text": line.idea.text} for line in found]}


def _read_media(given: str, _asked: Asked) -> dict[str, str]:
    if given.startswith(VOICE):
        return {"voice": given.removeprefix(VOICE)}
    return {"picture": given}


def _show_media(value: dict[str, str], asked: Asked) -> str:
    return asked.t.label("Voice note") if value.get("voice") else asked.t.label("Picture")


TOPIC = Question(
    "topic",
    N_("Topic"),
    N_("What is your idea about?"),
    show=lambda value, asked: topic_in_words(value, asked.t),
    options_of=lambda asked: tuple(
        Option(topic, TOPICS.get(topic, topic)) for topic in asked.pact.idea_topics
    ),
)
TEXT = Question(
    "text",
    N_("Idea"),
    N_("Please describe it in a few sentences."),
    read=reading.text(LONGEST, 5),
    help=N_("Everybody can read it under /ideas. Before it is sent you see it as others will."),
)
MEDIA = Question(
    "media",
    N_("Picture or voice note"),
    N_("Would you like to add a picture or a voice note?"),
    read=_read_media,
    show=_show_media,
    optional=True,
    takes="media",
    follows_up=True,
)
NAMED = Question(
    "named",
    N_("Name"),
    N_("Should others see which organisation it comes from? The office always does."),
    options=(Option("yes", N_("Yes, with its name")), Option("no", N_("No, without"))),
    skip_if=lambda answers: not answers.get("organisation"),
    follows_up=True,
)

IDEA: Questionnaire[Any] = Questionnaire(
    name="idea",
    title=N_("Hand in an idea"),
    questions=(TOPIC, TEXT, MEDIA, NAMED),
    submit=_handed_in,
    done=lambda idea, asked: screens.render_handed_in(idea, asked.t),
    begin=known,
    derive=_with_defaults,
    beside=_find_similar,
    preview=lambda asked: screens.draft(asked.answers, asked.t),
    offers=screens.offers,
    row_of=lambda idea: idea.id,
    correct={"text": _corrected_by_edit},
    submit_label=N_("Hand in the idea"),
    grows_at="text",
)


def _as_it_is(turn: Turn, idea_id: int) -> Answers:
    idea = board.own(turn, idea_id)
    return {"topic": idea.topic, "text": idea.text}


FIX: Questionnaire[Any] = Questionnaire(
    name="fix_idea",
    title=N_("Correct my idea"),
    questions=(TOPIC, TEXT),
    submit=_corrected,
    done=lambda idea, asked: screens.render_corrected(idea, asked.t),
    check=board.own,
    prefill=_as_it_is,
    submit_label=N_("Save"),
    grows_at="text",
)


async def supported_instead(context: Context, tap: OnIdea) -> None:
    line, form = await context.transact(_support_instead, tap.idea_id)
    await context.show(screens.render_supported_instead(line, form, context.t))


def _support_instead(turn: Turn, idea_id: int) -> tuple[Line, str]:
    form = _draft_of(turn)
    idea = support.give(turn, idea_id)
    return board.describe(turn.session, [idea.id])[0], form.name


async def added_there(context: Context, tap: OnIdea) -> None:
    await context.answer(screens.render_added, _add_there, tap.idea_id)


def _add_there(turn: Turn, idea_id: int) -> Line:
    """The draft is used up: its text is a comment now."""
    form = _draft_of(turn)
    idea = comments.write(turn, idea_id, form.answers["text"])
    support.give(turn, idea_id)
    forms.drop(turn.session, turn.person)
    return board.describe(turn.session, [idea.id])[0]


def _draft_of(turn: Turn) -> Form:
    form = forms.find(turn)
    if form is None or form.name not in FORMS_OF_IDEAS or "text" not in form.answers:
        raise refusals.ButtonIsOutdated
    return form
