"""Personal links as whoever opens one meets them."""

from typing import Any

from domain.basics.refusals import ButtonIsOutdated
from domain.basics.words import N_
from handlers.chat import forms, reading
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.form_engine import Desk
from handlers.chat.form_views import View
from handlers.chat.questions import Asked, Question, Questionnaire, Submission, Wrong, asks
from handlers.chat.screens.screen import Screen
from handlers.partners.buttons import TakeLinkBack, TakeUpLink, TakeUpWithWord
from handlers.partners.screens import links as screens
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.partners import links, taking_up
from storage.partners.tables import Organisation
from storage.partners.taking_up import Closed, Opened

Taken = tuple[Person, Organisation] | Closed
KEY = "key"  # among the answers, from the link: nobody says its word who has not opened it


def draw(found: Opened | Closed, code: str, context: Context) -> Screen:
    if isinstance(found, Opened):
        return screens.render_is_it_you(found.organisation.name, found.contact.name, code, context.t)
    return screens.render_closed(found, context.house.pact, context.t)


async def took_up(context: Context, tap: TakeUpLink) -> None:
    await _show(context, await context.transact(_take_up, tap.link, context))


async def took_up_with_word(context: Context, tap: TakeUpWithWord) -> None:
    await _show(context, await context.transact(_take_up_with_word, tap.invite_id))


async def _show(context: Context, found: Taken | View) -> None:
    if isinstance(found, View):
        await context.show(forms.draw(found, context))
        return
    if isinstance(found, Closed):
        await context.show(screens.render_closed(found, context.house.pact, context.t))
        return
    context.person, organisation = found
    pact = context.house.pact
    await context.show(screens.render_connected(organisation.name, context.person.name, pact, context.t))


def _take_up(turn: Turn, code: str, context: Context) -> Taken | View:
    """Where a word goes with the link, that is asked for first."""
    found = taking_up.look_up(turn, code)
    if isinstance(found, Opened) and found.asks_word(turn.person):
        known, invite_id = {KEY: links.key_of(code)}, found.invite.id
        return Desk(turn, context).take(lambda desk: desk.begin(WORD.name, invite_id, known))
    return _taken(turn, found)


def _take_up_with_word(turn: Turn, invite_id: int) -> Taken:
    found = taking_up.look_up_with_word(turn, invite_id)
    return _taken(turn, found)


def _taken(turn: Turn, found: Opened | Closed) -> Taken:
    """Whoever taps twice is connected already."""
    if isinstance(found, Opened):
        return taking_up.take_up(turn, found)
    return (turn.person, found.organisation) if found.organisation else found


async def asked_for_taken_up(context: Context, tap: TurnList) -> None:
    found = await context.transact(taking_up.taken_up_in, tap.subject_id)
    await context.show(screens.render_taken_up_in(tap.subject_id, found, tap.page, context.t))


async def took_link_back(context: Context, tap: TakeLinkBack) -> None:
    opened = await context.transact(taking_up.take_back, tap.invite_id)
    used_at = opened.invite.used_at if context.person.is_staff else None
    hour = taking_up.hour_of(used_at) if used_at else 0
    await context.show(screens.render_taken_back(opened, hour, context.t))


def _said_word(turn: Turn, form: Submission) -> Opened | Closed:
    key = form.answers.get(KEY)
    if not key:
        raise ButtonIsOutdated
    said = form.answers["word"]
    found = taking_up.say_word(turn, form.subject_id, key, said)
    if isinstance(found, int):
        raise Wrong(N_("That is not the word. Attempts left: {left}"), left=found)
    return found


def _draw_word(found: Opened | Closed, asked: Asked) -> Screen:
    if isinstance(found, Opened):
        return screens.render_word_fits(found, asked.t)
    return screens.render_closed(found, asked.pact, asked.t)


WORD: Questionnaire[Any] = asks(
    "link_word",
    N_("Your personal link"),
    Question(
        "word",
        N_("Word"),
        N_(
            "Which word came to you with this link, by letter or another way? It looks like “kamu-rodi”. "
            "If you have none, ask whoever gave you the link."
        ),
        read=reading.text(40, 1),
    ),
    submit=_said_word,
    done=_draw_word,
)
FORMS = (WORD,)
