"""Where no question of a form is asked: which of two, what rests, what is over."""

from dataclasses import replace
from typing import Any

from markupsafe import Markup

from handlers.chat.buttons import Go, Payload, ResumeForm, StartFormAnew, Step, TakeStep
from handlers.chat.questions import SUMMARY, Answers, Asked, Questionnaire, count, long_texts
from handlers.chat.screens import forms
from handlers.chat.screens.forms import SHOWN_ANSWER
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    are_you_sure,
    bullets,
    paragraphs,
    shorten,
    to_menu,
)
from handlers.chat.texts import Texts
from storage.engine.tables import Form

MOST_ENTERED, SHOWN_ENTERED = 4, 80  # answers, and characters of each, that name what would be thrown away
COPIED = 3000  # of what can be copied when a form can lead to nothing any more


def render_conflict(
    begun: Questionnaire[Any], wanted: Questionnaire[Any], wanted_about: str, asked: Asked
) -> Screen:
    """`asked` is of the form that is begun, about what is wanted."""
    t = asked.t
    return Screen(
        paragraphs(
            t("You have not finished “{unfinished}”.", unfinished=_named(begun, forms.about(asked), t)),
            bullets(_entered(begun, asked)),
            t(
                "“Discard it” throws away what you have entered there and begins “{wanted}”.",
                wanted=_named(wanted, shorten(wanted_about, SHOWN_ANSWER), t),
            ),
        ),
        _conflict_buttons(begun, wanted, asked),
    )


def _conflict_buttons(begun: Questionnaire[Any], wanted: Questionnaire[Any], asked: Asked) -> tuple[Row, ...]:
    t = asked.t
    return (
        (Button(t.label("Continue it"), ResumeForm(begun.name)),),
        (
            Button(
                t.label("Discard it, start the other"),
                StartFormAnew(wanted.name, asked.subject_id),
            ),
        ),
    )


def _entered(begun: Questionnaire[Any], asked: Asked) -> list[str]:
    """What would be gone, or the beginning of it."""
    given = begun.given(asked.answers)
    said = [question for question in begun.applicable(asked.answers) if question.key in given]
    return [shorten(question.in_words(asked), SHOWN_ENTERED) for question in said[:MOST_ENTERED]]


def _named(questionnaire: Questionnaire[Any], about: str, t: Texts) -> str:
    title = t.label(questionnaire.title)
    return f"{title}: {about}" if about else title


def render_discard(questionnaire: Questionnaire[Any], key: str, asked: Asked) -> Screen:
    t, title = asked.t, _named(questionnaire, forms.about(asked), asked.t)
    discard = TakeStep(questionnaire.name, key, Step.DISCARD, asked.subject_id)
    text = t.plural(
        "Discard “{title}”? One answer of yours would be gone.",
        "Discard “{title}”? {n} answers of yours would be gone.",
        count(questionnaire.given(asked.answers)),
        title=title,
    )
    keep = Button(t.label("Keep it"), ResumeForm(questionnaire.name), style="primary")
    return are_you_sure(text, keep, Button(t.label("Discard"), discard, style="danger"))


def render_over(
    questionnaire: Questionnaire[Any], answers: Answers, why: Markup, t: Texts, card: Payload | None = None
) -> Screen:
    """What was written at length can still be copied; `card` shows how things are."""
    written = long_texts(questionnaire.given(answers).values())
    return Screen(
        paragraphs(
            t("“{title}” is not possible any more: {why}", title=t.label(questionnaire.title), why=why),
            t("What you have written, to copy:") if written else "",
            *(t("<code>{text}</code>", text=shorten(text, COPIED // len(written))) for text in written),
        ),
        (*forms.to_card(card, t), to_menu(t)),
    )


def render_rests(questionnaire: Questionnaire[Any], t: Texts) -> Markup:
    return t("“{title}” rests; it is offered again after this.", title=t.label(questionnaire.title))


def offering(
    screen: Screen, questionnaire: Questionnaire[Any], key: str, answers: Answers, t: Texts
) -> Screen:
    """With a button to a form that rests."""
    title = t.label(questionnaire.title)
    number, count = questionnaire.place(key, answers)
    label = t.label(
        "Continue: {title}, question {number} of {count}", title=title, number=number, count=count
    )
    if key == SUMMARY or count == 1:
        label = t.label("Continue: {title}", title=title)
    return replace(screen, rows=(*screen.rows, (Button(label, ResumeForm(questionnaire.name)),)))


def render_cancelled(questionnaire: Questionnaire[Any], t: Texts) -> Screen:
    return Screen(
        t(
            "Cancelled: “{title}”. Nothing was sent or changed; only what you entered in this form is gone.",
            title=t.label(questionnaire.title),
        ),
        ((Button(t.label("To the menu"), Go("menu")),),),
    )


def render_nothing_to_cancel(t: Texts) -> Screen:
    return Screen(t("There is nothing to cancel."), ((Button(t.label("To the menu"), Go("menu")),),))


def render_unfinished(questionnaire: Questionnaire[Any], form: Form, t: Texts) -> Screen:
    """The one reminder of a form that was left; it discards no other one, and none that was gone on with."""
    discard = TakeStep(form.name, form.question, Step.CANCEL, form.subject_id)
    return Screen(
        t(
            "You started “{title}” and did not finish it. Your answers are kept for 30 days.",
            title=t.label(questionnaire.title),
        ),
        (
            (Button(t.label("Continue"), ResumeForm(form.name), style="primary"),),
            (Button(t.label("Discard"), discard),),
        ),
    )


def without_typed_buttons(screen: Screen, t: Texts) -> Screen:
    return replace(screen, farewell=t.label("Noted."))
