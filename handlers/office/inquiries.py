"""Questions to the office in the chat, and the office's answers."""

from typing import Any

from sqlmodel import Session

from domain.basics.words import N_
from handlers.chat import reading
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.questions import Question, Questionnaire, Submission
from handlers.events.invitations import check_visible
from handlers.office.buttons import CloseInquiry, ShowInquiry
from handlers.office.screens import inquiries as screens
from storage.engine import people
from storage.engine.tables import Person
from storage.events import seating
from storage.office import inquiries
from storage.office.inquiries import Thread


def _asked(form: Submission) -> Thread:
    """A question from an event's card begins with which event it is about."""
    text = form.answers["text"]
    if form.subject_id:
        event = seating.get_event(form.session, form.subject_id)
        text = f"{event.title}, {event.starts_at.astimezone(form.pact.timezone):%d.%m.%Y}:\n{text}"
    return inquiries.ask(form.session, form.person, None, text, form.pact, form.now)


def _replied(form: Submission) -> Thread:
    text = form.answers["text"]
    return inquiries.ask(form.session, form.person, form.subject_id, text, form.pact, form.now)


def _answered(form: Submission) -> Thread:
    text = form.answers["text"]
    return inquiries.answer(form.session, form.person, form.subject_id or 0, text, form.pact, form.now)


def _check_event(session: Session, person: Person, event_id: int | None) -> None:
    if event_id:
        check_visible(session, person, event_id)


def _event(session: Session, event_id: int | None) -> str:
    return seating.title_of(session, event_id) if event_id else ""


def _check_own(session: Session, person: Person, inquiry_id: int | None) -> None:
    inquiries.own(session, person, inquiry_id or 0)


def _check_staff(session: Session, person: Person, inquiry_id: int | None) -> None:
    inquiries.for_staff(session, person, inquiry_id or 0)


def _question(session: Session, inquiry_id: int | None) -> str:
    return inquiries.last_line(session, inquiry_id or 0)


ASK: Questionnaire[Any] = Questionnaire(
    name="ask",
    title=N_("Ask the office"),
    questions=(
        Question("text", N_("Question"), N_("What would you like to know?"), read=reading.text(2000, 3)),
    ),
    submit=_asked,
    done=lambda _thread, asked: screens.render_asked(asked.t),
    check=_check_event,
    about=_event,
    submit_label=N_("Send the question"),
)

REPLY: Questionnaire[Any] = Questionnaire(
    name="reply",
    title=N_("Reply to the office"),
    questions=(Question("text", N_("Answer"), N_("What do you answer?"), read=reading.text(2000, 1)),),
    submit=_replied,
    done=lambda _thread, asked: screens.render_replied(asked.t),
    check=_check_own,
    about=_question,
    submit_label=N_("Send the answer"),
)

ANSWER: Questionnaire[Any] = Questionnaire(
    name="answer",
    title=N_("Answer a question"),
    questions=(Question("text", N_("Answer"), N_("What do you answer?"), read=reading.text(2000, 2)),),
    submit=_answered,
    done=lambda thread, asked: screens.render_thread(thread, asked.t),
    check=_check_staff,
    about=_question,
    submit_label=N_("Send the answer"),
)


async def asked_for_inquiry(context: Context, tap: ShowInquiry) -> None:
    thread = await context.transact(inquiries.for_staff, tap.inquiry_id)
    await context.show(screens.render_thread(thread, context.t))


async def closed_inquiry(context: Context, tap: CloseInquiry) -> None:
    threads = await context.transact(_close, tap.inquiry_id)
    await context.show(screens.render_waiting(threads, 0, context.t))


def _close(session: Session, person: Person, inquiry_id: int) -> list[Thread]:
    inquiries.close(session, person, inquiry_id)
    return inquiries.waiting(session)


async def asked_for_waiting(context: Context, tap: TurnList) -> None:
    threads = await context.transact(_waiting)
    await context.show(screens.render_waiting(threads, tap.page, context.t))


def _waiting(session: Session, person: Person) -> list[Thread]:
    people.check_staff(person)
    return inquiries.waiting(session)


FORMS = (ASK, REPLY, ANSWER)
