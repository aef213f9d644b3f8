"""Letting a mailing out, approving it, stopping it, and what comes of it; its text for others."""

import asyncio
from typing import Any

from sqlmodel import col, func, select

from domain.basics.words import N_
from handlers.chat import reading
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.field import ListAct, TapAct
from handlers.chat.questions import Question, Questionnaire, Submission, asks
from handlers.events.buttons import ShowEvent
from handlers.mailings import drafts as handling
from handlers.mailings import files
from handlers.mailings.buttons import OnMailing
from handlers.mailings.screens import mailing as screens
from handlers.mailings.screens import receiving
from storage.engine.people import check_staff
from storage.engine.turn import Turn
from storage.events.seating import get_event
from storage.events.tables import Event, Rsvp, Seat
from storage.mailings import drafts, results, running
from storage.mailings.results import Look


async def _show(context: Context, look: Look) -> None:
    await context.show(screens.render_mailing(look, context.t))


async def let_out(context: Context, tap: OnMailing) -> None:
    """The message with the button shows from now on how it goes."""
    given = (tap.value, context.tapped_message)
    await _show(context, await handling.changed(context, running.let_out, tap.mailing_id, *given))


async def approved(context: Context, tap: OnMailing) -> None:
    await _show(context, await handling.changed(context, running.approve, tap.mailing_id, tap.value))


def _acting(act: Any, *, goes_on: bool = False) -> TapAct:
    """One tap, after which the mailing is shown again; if it goes on, there is shown how."""

    async def do(context: Context, tap: OnMailing) -> None:
        given = (context.tapped_message,) if goes_on else ()
        await _show(context, await handling.changed(context, act, tap.mailing_id, *given))

    return do


stopped = _acting(running.stop)
paused = _acting(running.pause)
resumed = _acting(running.resume, goes_on=True)
resent = _acting(running.send_to_uncertain, goes_on=True)
recalled = _acting(running.recall, goes_on=True)
reopened = _acting(drafts.reopen)


async def asked_to_resend(context: Context, tap: OnMailing) -> None:
    await context.answer(screens.render_ask_resend, results.look, tap.mailing_id)


async def asked_to_recall(context: Context, tap: OnMailing) -> None:
    await context.answer(screens.render_ask_recall, results.look_for_recall, tap.mailing_id)


async def asked_for_answers(context: Context, tap: TurnList) -> None:
    mailing, threads = await context.transact(
        lambda turn: (
            drafts.for_staff(turn, tap.subject_id),
            results.answers(turn, tap.subject_id),
        )
    )
    await context.show(receiving.render_answers(mailing, threads, tap.page, context.t))


def text_as(ending: str) -> TapAct:
    async def give(context: Context, tap: OnMailing) -> None:
        mailing = await context.transact(drafts.for_staff, tap.mailing_id)
        t = context.house.texts(context.house.pact.language)
        file = await asyncio.to_thread(files.news, mailing, ending, context.house.pact, context.now, t)
        await context.show(screens.render_file(mailing, file, context.t))

    return give


def recap_as(ending: str) -> ListAct:
    """Of an event, by its id."""

    async def give(context: Context, tap: TurnList) -> None:
        event, guests, organisations = await context.transact(_of_event, tap.subject_id)
        t = context.house.texts(context.house.pact.language)
        file = await asyncio.to_thread(
            files.recap, event, guests, organisations, ending, context.house.pact, t
        )
        await context.show(receiving.render_recap(event.title, ShowEvent(event.id), file, context.t))

    return give


def _of_event(turn: Turn, event_id: int) -> tuple[Event, int, int]:
    """With how many were there, and of how many organisations."""
    check_staff(turn.person)
    there = (Seat.event_id == event_id, col(Seat.arrived_at).is_not(None))
    guests = turn.session.exec(select(func.count()).select_from(Seat).where(*there)).one()
    organisations = select(func.count(func.distinct(col(Rsvp.organisation_id)))).where(
        Rsvp.event_id == event_id,
        col(Rsvp.person_id).in_(select(Seat.person_id).where(*there)),
    )
    return get_event(turn.session, event_id), guests, turn.session.exec(organisations).one()


def _gave_back(turn: Turn, form: Submission) -> Look:
    mailing = running.give_back(turn, form.subject_id, form.answers["note"])
    return results.look_at(turn.session, turn.person, mailing, turn.pact, turn.now)


GIVE_BACK: Questionnaire[Any] = asks(
    "mailing_back",
    N_("Give a mailing back"),
    Question("note", N_("Reason"), N_("What is to be different?"), read=reading.text(500, 3)),
    submit=_gave_back,
    done=handling.draw,
    check=drafts.for_staff,
)

FORMS = (GIVE_BACK,)
