"""What the office is told, and what it answers: what is read for it, and how it looks."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from domain.basics.words import N_
from domain.office.digest import Digest
from handlers.chat.notices import Kind, plain, with_pact
from handlers.chat.screens.together import Line
from handlers.chat.views import View
from handlers.office.buttons import ShowInquiry
from handlers.office.chart import draw as draw_chart
from handlers.office.screens import desk
from handlers.office.screens import digest as digest_screens
from handlers.office.screens import inquiries as inquiry_screens
from handlers.office.screens import staff as staff_screens
from storage.engine import alarms
from storage.engine.alarms import Outage, Trouble
from storage.engine.outbox import Addressed
from storage.engine.tables import EngineNotice, Person
from storage.office import chart, digest, inquiries, staff
from storage.office.chart import Weeks
from storage.office.inquiries import Thread
from storage.office.staff import Change
from storage.office.tables import OfficeNotice


def thread(session: Session, addressed: Addressed, _now: datetime) -> Thread:
    return inquiries.thread(session, inquiries.own(session, addressed.person, addressed.notice.subject_id))


def thread_for_staff(session: Session, addressed: Addressed, _now: datetime) -> Thread:
    return inquiries.for_staff(session, addressed.person, addressed.notice.subject_id)


def office_digest(session: Session, addressed: Addressed, now: datetime) -> Digest | None:
    if not addressed.person.is_staff:
        return None
    return digest.gather(session, addressed.person, now, before=addressed.notice)


def weeks(session: Session, addressed: Addressed, now: datetime) -> Weeks | None:
    found = chart.last_weeks(session, now)
    return found if addressed.person.is_staff and found.has_anything else None


def staff_change(session: Session, addressed: Addressed, _now: datetime) -> tuple[Change, bool]:
    """Also whether it is the reader's own."""
    changed = session.get_one(Person, addressed.notice.subject_id)
    return staff.change(session, changed), changed.id == addressed.person.id


def if_in_trouble(session: Session, addressed: Addressed, now: datetime) -> Trouble | None:
    trouble = alarms.find(session, now)
    return trouble if addressed.person.is_staff and any(vars(trouble).values()) else None


def outage(_session: Session, addressed: Addressed, _now: datetime) -> Outage | None:
    notice = addressed.notice
    since = notice.created_at - timedelta(seconds=notice.subject_id)
    return Outage(since, notice.created_at) if addressed.person.is_staff else None


NOTICES: dict[str, Kind[Any]] = {
    OfficeNotice.INQUIRY: replace(
        plain(thread_for_staff, inquiry_screens.render_thread),
        opens=lambda found: Line(
            f"{found.person.name}: {found.lines[-1].text}", ShowInquiry(found.inquiry.id)
        ),
        together=N_("Questions"),
        veiled=N_("❓ A question to the office"),
    ),
    OfficeNotice.INQUIRY_ANSWER: plain(thread, inquiry_screens.render_answer),
    OfficeNotice.DIGEST: plain(office_digest, digest_screens.render_digest),
    OfficeNotice.CHART: with_pact(weeks, draw_chart),
    OfficeNotice.STAFF_CHANGED: plain(
        staff_change, lambda found, t: staff_screens.render_staff_changed(found[0], t, is_own=found[1])
    ),
    EngineNotice.ALARM: plain(if_in_trouble, desk.render_alarm),
    EngineNotice.OUTAGE: plain(outage, desk.render_outage),
}

VIEWS: dict[str, View[Any]] = {
    "inquiry": View(
        lambda session, person, shows, _now: inquiries.for_staff(session, person, shows.subject_id),
        lambda thread, _pact, _now, t: inquiry_screens.render_thread(thread, t),
    )
}
