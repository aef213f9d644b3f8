"""Questions to the office in the chat, and the office's answers."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from domain.basics.words import N_
from handlers.chat import reading
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.meanings import Awaited, Meaning
from handlers.chat.questions import (
    Answers,
    Asked,
    Correction,
    Question,
    Questionnaire,
    Submission,
    asks,
    only_staff,
)
from handlers.chat.screens.screen import Screen
from handlers.events.invitations import check_visible
from handlers.office.buttons import CloseInquiry, ShowInquiry
from handlers.office.screens import inquiries as screens
from storage.engine import loose_texts, outbox, people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events import seating
from storage.joining import case_progress, requests
from storage.office import inquiries
from storage.office.inquiries import Thread
from storage.office.tables import Inquiry, OfficeNotice

JUST_ASKED = timedelta(days=1)  # what is written so soon after the office's word answers it


def _asked(turn: Turn, form: Submission) -> Thread:
    """A question from an event's card begins with which event it is about."""
    text = form.answers["text"]
    if form.subject_id:
        event = seating.get_event(turn.session, form.subject_id)
        text = f"{event.title}, {event.starts_at.astimezone(turn.pact.timezone):%d.%m.%Y}:\n{text}"
    return inquiries.ask(turn, None, text)


def _replied(turn: Turn, form: Submission) -> Thread:
    text = form.answers["text"]
    return inquiries.ask(turn, form.subject_id, text)


@dataclass(frozen=True)
class Overtaken:
    """An answer that is not sent: somebody else's went out while it was written."""

    thread: Thread
    text: str


def _answered(turn: Turn, form: Submission) -> Thread | Overtaken:
    """What was not sent is kept, and can be sent all the same by who has read what the first one said."""
    text, inquiry_id = form.answers["text"], form.subject_id
    newest = inquiries.newest(turn.session, inquiry_id)
    if newest.is_office and newest.id != form.answers.get("newest"):
        loose_texts.keep(turn, text, None)
        return Overtaken(inquiries.for_staff(turn, inquiry_id), text)
    return inquiries.answer(turn, inquiry_id, text)


def _newest(turn: Turn, inquiry_id: int) -> Answers:
    """The last word when the answer was begun."""
    return {"newest": inquiries.newest(turn.session, inquiry_id).id}


def _draw_answered(result: Thread | Overtaken, asked: Asked) -> Screen:
    if isinstance(result, Overtaken):
        return screens.render_overtaken(result.thread, result.text, asked.t)
    return screens.render_thread(result, asked.t)


def _asked_about_case(turn: Turn, form: Submission) -> Thread:
    request = requests.own(turn, form.subject_id).request
    return inquiries.ask_about(turn, request, form.answers["text"])


def _line_of(result: Thread | Overtaken) -> int | None:
    return result.lines[-1].id if isinstance(result, Thread) else None


def _corrected(turn: Turn, of: Correction) -> bool:
    return inquiries.correct(turn, of.row_id, lambda _old: of.text)


def _corrected_question(turn: Turn, of: Correction) -> bool:
    """Which event it is about stays."""

    def put(old: str) -> str:
        about = old.partition("\n")[0] + "\n" if of.subject_id else ""
        return about + of.text

    return inquiries.correct(turn, of.row_id, put)


def asked_or_answered(turn: Turn) -> Awaited | None:
    """The office's last word, if that is the last that reached the person; what staff are asked, all are."""
    notice = outbox.last_sent(turn)
    if notice is None or notice.finished_at is None or notice.finished_at < turn.now - JUST_ASKED:
        return None
    inquiry = turn.session.get(Inquiry, notice.subject_id) if notice.subject_id else None
    if inquiry is None:
        return None
    if notice.kind == OfficeNotice.INQUIRY_ANSWER and inquiry.person_id == turn.person.id:
        meaning = Meaning("reply", N_("Reply to the office"), inquiry.id)
        is_asked = inquiries.newest(turn.session, inquiry.id).is_office
        return Awaited(meaning, notice.finished_at) if is_asked else None
    if notice.kind == OfficeNotice.INQUIRY and turn.person.is_staff and inquiry.waits_since:
        meaning = Meaning("answer", N_("Answer to the last question"), inquiry.id)
        return Awaited(meaning, notice.finished_at, is_sure=False)
    return None


def _check_event(turn: Turn, event_id: int) -> None:
    if event_id:
        check_visible(turn, event_id)


def _event(session: Session, event_id: int) -> str:
    return seating.title_of(session, event_id) if event_id else ""


ASK: Questionnaire[Any] = asks(
    "ask",
    N_("Ask the office"),
    Question("text", N_("Question"), N_("What would you like to know?"), read=reading.text(2000, 3)),
    submit=_asked,
    done=lambda thread, asked: screens.render_asked(thread, asked.t),
    check=_check_event,
    about=_event,
    submit_label=N_("Send the question"),
    grows_at="text",
    takes_replies=True,
    row_of=_line_of,
    correct={"text": _corrected_question},
)

ASK_CASE: Questionnaire[Any] = replace(
    ASK,
    name="ask_case",
    title=N_("Question about your request"),
    submit=_asked_about_case,
    check=requests.own,
    about=case_progress.name_of,
    correct={"text": _corrected},
)

REPLY: Questionnaire[Any] = asks(
    "reply",
    N_("Reply to the office"),
    Question("text", N_("Answer"), N_("What do you answer?"), read=reading.text(2000, 1)),
    submit=_replied,
    done=lambda thread, asked: screens.render_replied(thread, asked.t),
    check=inquiries.own,
    about=inquiries.last_line,
    submit_label=N_("Send the answer"),
    grows_at="text",
    takes_replies=True,
    row_of=_line_of,
    correct={"text": _corrected},
)

ANSWER: Questionnaire[Any] = asks(
    "answer",
    N_("Answer a question"),
    Question("text", N_("Answer"), N_("What do you answer?"), read=reading.text(2000, 2)),
    submit=_answered,
    done=_draw_answered,
    begin=_newest,
    check=inquiries.for_staff,
    about=inquiries.last_line,
    submit_label=N_("Send the answer"),
    grows_at="text",
    takes_replies=True,
    row_of=_line_of,
    correct={"text": _corrected},
)


async def asked_for_inquiry(context: Context, tap: ShowInquiry) -> None:
    await context.answer(screens.render_thread, inquiries.for_staff, tap.inquiry_id)


async def closed_inquiry(context: Context, tap: CloseInquiry) -> None:
    threads = await context.transact(_close, tap.inquiry_id)
    await context.show(screens.render_waiting(threads, 0, context.t))


def _close(turn: Turn, inquiry_id: int) -> list[Thread]:
    inquiries.close(turn, inquiry_id)
    return inquiries.waiting(turn.session)


async def asked_for_waiting(context: Context, tap: TurnList) -> None:
    threads = await context.transact(_waiting)
    await context.show(screens.render_waiting(threads, tap.page, context.t))


def _waiting(turn: Turn) -> list[Thread]:
    people.check_staff(turn.person)
    return inquiries.waiting(turn.session)


def _entered(turn: Turn, form: Submission) -> Thread:
    return inquiries.enter(turn, form.subject_id, form.answers["text"])


ASK_FOR: Questionnaire[Any] = asks(
    "ask_for",
    N_("Enter a question"),
    Question("text", N_("Question"), N_("What do they ask, by phone or letter?"), read=reading.text(2000, 3)),
    submit=_entered,
    done=_draw_answered,
    check=only_staff,
    about=lambda session, contact_id: session.get_one(Person, contact_id).name,
    submit_label=N_("Save"),
    grows_at="text",
)

FORMS = (ASK, ASK_CASE, REPLY, ANSWER, ASK_FOR)
