"""What the office is told, and what it answers: what is read for it, and how it looks."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.basics.words import N_
from domain.office.digest import Digest
from handlers.chat.buttons import Go
from handlers.chat.notices import Kind, gathered, plain, with_pact
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
from storage.engine.tables import EngineNotice, Notice, Person
from storage.engine.turn import Turn
from storage.office import chart, digest, inquiries, staff
from storage.office.chart import Weeks
from storage.office.inquiries import Thread
from storage.office.staff import Change
from storage.office.tables import OfficeNotice


def thread(turn: Turn, notice: Notice) -> Thread:
    return inquiries.thread(turn.session, inquiries.own(turn, notice.subject_id))


def thread_for_staff(turn: Turn, notice: Notice) -> Thread:
    return inquiries.for_staff(turn, notice.subject_id)


def office_digest(turn: Turn, notice: Notice) -> Digest | None:
    if not turn.person.is_staff:
        return None
    return digest.gather(turn.session, turn.person, turn.now, before=notice)


def weeks(turn: Turn, _notice: Notice) -> Weeks | None:
    found = chart.last_weeks(turn.session, turn.now)
    return found if turn.person.is_staff and found.has_anything else None


def staff_change(turn: Turn, notice: Notice) -> tuple[Change, bool]:
    """Also whether it is the reader's own."""
    changed = turn.session.get_one(Person, notice.subject_id)
    return staff.change(turn.of(changed)), changed.id == turn.person.id


def if_in_trouble(turn: Turn, _notice: Notice) -> Trouble | None:
    trouble = alarms.find(turn.session, turn.now)
    return trouble if turn.person.is_staff and any(vars(trouble).values()) else None


def outage(turn: Turn, notice: Notice) -> Outage | None:
    since = notice.created_at - timedelta(seconds=notice.subject_id)
    return Outage(since, notice.created_at) if turn.person.is_staff else None


NOTICES: dict[str, Kind[Any]] = {
    OfficeNotice.INQUIRY: replace(
        plain(thread_for_staff, inquiry_screens.render_thread),
        opens=lambda found, _t: Line(
            f"{found.person.name}: {found.lines[-1].text}", ShowInquiry(found.inquiry.id)
        ),
        together=N_("Questions"),
        veiled=N_("❓ A question to the office"),
    ),
    OfficeNotice.INQUIRY_ANSWER: plain(thread, inquiry_screens.render_answer),
    OfficeNotice.DIGEST: plain(office_digest, digest_screens.render_digest),
    OfficeNotice.CHART: with_pact(weeks, draw_chart),
    OfficeNotice.STAFF_CHANGED: gathered(
        plain(
            staff_change, lambda found, t: staff_screens.render_staff_changed(found[0], t, is_own=found[1])
        ),
        N_("Changes among the staff"),
        lambda found, _t: Line(found[0].person.name, Go("staff")),
        for_staff=True,
    ),
    EngineNotice.ALARM: plain(if_in_trouble, desk.render_alarm),
    EngineNotice.OUTAGE: plain(outage, desk.render_outage),
}

VIEWS: dict[str, View[Any]] = {
    "inquiry": View(
        lambda turn, shows: inquiries.for_staff(turn, shows.subject_id),
        lambda thread, _pact, _now, t: inquiry_screens.render_thread(thread, t),
    )
}
