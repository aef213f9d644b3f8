"""Events in the chat: looking, answering, and the office's forms to add, move and cancel one."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup
from sqlmodel import Session

from domain import refusals
from domain.events import LARGEST_PARTY
from domain.refusals import Refusal
from handlers import reading
from handlers.buttons import AnswerEvent, ShowEvent, TurnEvents
from handlers.context import Context
from handlers.forms import Answers, Asked, Question, Questionnaire, Submission
from handlers.screens import events as screens
from handlers.screens.refusals import render_refusal
from handlers.texts import N_
from storage import events
from storage.events import Card, NewEvent
from storage.people import check_staff
from storage.tables import Event, Person


async def asked_for_events(context: Context) -> None:
    await turned_to_page(context, TurnEvents(0))


async def turned_to_page(context: Context, tap: TurnEvents) -> None:
    page = await context.transact(events.coming, now=context.now, number=tap.page)
    await context.show(screens.render_events(page, context.t))


async def asked_for_event(context: Context, tap: ShowEvent) -> None:
    card = await context.transact(events.show, tap.event_id, context.now)
    await context.show(screens.render_card(card, context.t))


async def answered_invitation(context: Context, tap: AnswerEvent) -> None:
    if not 0 <= tap.seats <= LARGEST_PARTY:
        raise refusals.ButtonIsOutdated
    try:
        card = await context.transact(events.respond, tap.event_id, tap.seats, context.now)
    except refusals.EventIsGone:
        raise
    except Refusal as refusal:
        await _show_why_not(context, tap.event_id, refusal)
        return
    screen = screens.render_card(card, context.t)
    await context.show(replace(screen, toast=screens.toast(card, context.t)))


async def _show_why_not(context: Context, event_id: int, refusal: Refusal) -> None:
    card = await context.house.db.run(events.show, context.person, event_id, context.now)
    why = render_refusal(refusal, context.t, context.house.pact).striptags()
    await context.show(replace(screens.render_card(card, context.t), toast=why), alert=True)


def _only_staff(_session: Session, person: Person, _subject_id: int | None) -> None:
    check_staff(person)


def _moment(answers: Answers, key: str) -> datetime | None:
    value = answers.get(key)
    return datetime.fromisoformat(value).astimezone(UTC) if value else None


def _new_event(answers: Answers) -> NewEvent:
    starts_at, ends_at = _moment(answers, "starts"), _moment(answers, "ends")
    assert starts_at
    assert ends_at
    return NewEvent(
        title=answers["title"],
        starts_at=starts_at,
        ends_at=ends_at,
        place=answers["place"],
        address=answers.get("address") or "",
        host=answers.get("host") or "",
        description=answers.get("description") or "",
        capacity=answers.get("capacity"),
        seats_per_company=answers.get("seats"),
        answer_by=_moment(answers, "answer_by"),
    )


def _preview(asked: Asked) -> Markup:
    """The card as a partner will see it."""
    event = Event(**vars(_new_event(asked.answers)), created_at=asked.now)
    card = Card(event, None, party=0, position=None, is_partner=True, is_staff=False, now=asked.now)
    return screens.render_preview(card, asked.t)


def _published(form: Submission) -> Event:
    return events.publish(form.session, form.person, _new_event(form.answers), form.pact, form.now)


def _moved(form: Submission) -> Event:
    starts_at = _moment(form.answers, "starts")
    assert starts_at
    assert form.subject_id
    return events.move(form.session, form.person, form.subject_id, starts_at, form.pact, form.now)


def _cancelled(form: Submission) -> Event:
    assert form.subject_id
    return events.cancel(form.session, form.person, form.subject_id, form.answers["reason"], form.now)


def _check_ahead(session: Session, person: Person, event_id: int | None) -> None:
    check_staff(person)
    events.get_event(session, event_id or 0)


def _event(session: Session, event_id: int | None) -> str:
    return events.get_event(session, event_id or 0).title


_STARTS = Question(
    "starts",
    N_("Start"),
    N_("When does it start? Like 10.12.2026 14:00."),
    read=reading.moment,
    show=reading.show_moment,
)

NEW_EVENT: Questionnaire[Any] = Questionnaire(
    name="event",
    title=N_("New event"),
    questions=(
        Question("title", N_("Title"), N_("What is the event called?"), read=reading.line(120, 3)),
        _STARTS,
        Question(
            "ends",
            N_("End"),
            N_("When does it end? A time is enough, like 17:00."),
            read=reading.moment_after("starts"),
            show=reading.show_moment,
        ),
        Question(
            "place",
            N_("Place"),
            N_("Where does it take place? The name of the house or company."),
            read=reading.line(160),
        ),
        Question(
            "address",
            N_("Address"),
            N_("Street and number, postcode, city?"),
            read=reading.line(160),
            optional=True,
        ),
        Question("host", N_("Host"), N_("Which partner is the host?"), read=reading.line(160), optional=True),
        Question(
            "description",
            N_("Description"),
            N_("What is it about? A few sentences."),
            read=reading.text(1500),
            optional=True,
        ),
        Question(
            "capacity",
            N_("Seats"),
            N_("How many people have room? Skip it if there is no limit."),
            read=reading.number,
            optional=True,
        ),
        Question(
            "seats",
            N_("Seats per organisation"),
            N_("How many people may one organisation send? Skip it if there is no limit."),
            read=reading.number,
            optional=True,
        ),
        Question(
            "answer_by",
            N_("Answer by"),
            N_("Until when shall partners answer? Like 01.12.2026 12:00. Skip it for: until the start."),
            read=reading.moment_until("starts"),
            show=reading.show_moment,
            optional=True,
        ),
    ),
    submit=_published,
    done=lambda event, asked: screens.render_published(event, asked.t),
    submit_label=N_("Publish and tell all partners"),
    check=_only_staff,
    preview=_preview,
)

MOVE_EVENT: Questionnaire[Any] = Questionnaire(
    name="move",
    title=N_("Move an event"),
    questions=(
        replace(_STARTS, prompt=N_("When does it start instead? Like 10.12.2026 14:00. The length stays.")),
    ),
    submit=_moved,
    done=lambda event, asked: screens.render_moved_for_staff(event, asked.t),
    submit_label=N_("Move and tell everyone"),
    check=_check_ahead,
    about=_event,
)

CANCEL_EVENT: Questionnaire[Any] = Questionnaire(
    name="cancel",
    title=N_("Cancel an event"),
    questions=(
        Question(
            "reason",
            N_("Reason"),
            N_("Why is it cancelled? Those who are coming or waiting will read this."),
            read=reading.text(500, 3),
        ),
    ),
    submit=_cancelled,
    done=lambda event, asked: screens.render_cancelled_for_staff(event, asked.t),
    submit_label=N_("Cancel the event and tell everyone"),
    check=_check_ahead,
    about=_event,
)
