"""What the office is told, and what it answers: what is read for it, and how it looks."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from domain.office.digest import Digest
from handlers.chat.notices import Kind, plain
from handlers.chat.views import View
from handlers.office.screens import desk
from handlers.office.screens import inquiries as inquiry_screens
from storage.engine import alarms
from storage.engine.alarms import Outage, Trouble
from storage.engine.outbox import Addressed
from storage.engine.tables import EngineNotice
from storage.office import digest, inquiries
from storage.office.inquiries import Thread
from storage.office.tables import OfficeNotice


def thread(session: Session, addressed: Addressed, _now: datetime) -> Thread:
    return inquiries.thread(session, inquiries.own(session, addressed.person, addressed.notice.subject_id))


def thread_for_staff(session: Session, addressed: Addressed, _now: datetime) -> Thread:
    return inquiries.for_staff(session, addressed.person, addressed.notice.subject_id)


def office_digest(session: Session, addressed: Addressed, now: datetime) -> Digest | None:
    if not addressed.person.is_staff:
        return None
    return digest.gather(session, addressed.person, now, before=addressed.notice)


def if_in_trouble(session: Session, addressed: Addressed, now: datetime) -> Trouble | None:
    trouble = alarms.find(session, now)
    return trouble if addressed.person.is_staff and any(vars(trouble).values()) else None


def outage(_session: Session, addressed: Addressed, _now: datetime) -> Outage | None:
    notice = addressed.notice
    since = notice.created_at - timedelta(seconds=notice.subject_id)
    return Outage(since, notice.created_at) if addressed.person.is_staff else None


NOTICES: dict[str, Kind[Any]] = {
    OfficeNotice.INQUIRY: plain(thread_for_staff, inquiry_screens.render_thread),
    OfficeNotice.INQUIRY_ANSWER: plain(thread, inquiry_screens.render_answer),
    OfficeNotice.DIGEST: plain(office_digest, desk.render_digest),
    EngineNotice.ALARM: plain(if_in_trouble, desk.render_alarm),
    EngineNotice.OUTAGE: plain(outage, desk.render_outage),
}

VIEWS: dict[str, View[Any]] = {
    "inquiry": View(
        lambda session, person, shows, _now: inquiries.for_staff(session, person, shows.subject_id),
        lambda thread, _pact, _now, t: inquiry_screens.render_thread(thread, t),
    )
}
