"""How the office plans a year: slots, dates, candidates, hosts, the release."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any

from sqlmodel import Session

from domain.basics.pact import Pact
from domain.basics.refusals import ButtonIsOutdated
from domain.basics.words import N_
from domain.events.event import EventKind
from domain.programme.dates import USUAL_START, by_clock, school_warning
from handlers.chat import days, reading
from handlers.chat.context import Context
from handlers.chat.moments import moment, read_exact_moment, show_moment
from handlers.chat.questions import (
    Answers,
    Asked,
    Option,
    Question,
    Questionnaire,
    Submission,
    Wrong,
    only_staff,
)
from handlers.chat.screens.screen import Screen
from handlers.chat.texts import Texts, texts_in
from handlers.events.choosing import ORGANISATIONS, REST, find_organisations
from handlers.events.screens.event_text import KINDS
from handlers.programme.buttons import OnSlot, SlotAct, TakeOtherDate
from handlers.programme.screens import office as screens
from storage.engine.people import check_staff
from storage.engine.tables import Person
from storage.programme import candidates, hosts, polls, releases, slots
from storage.programme.candidates import Considered
from storage.programme.hosts import Hosts
from storage.programme.releases import Draft
from storage.programme.slots import Slot
from storage.programme.tables import DatePoll, ProgrammeSlot

MOST_OF_A_KIND = 12
FIRST_YEAR, LAST_YEAR = 2020, 2100
Shown = tuple[Slot, Considered | None, DatePoll | None]


async def asked_for_desk(context: Context) -> None:
    year = slots.next_year(context.house.pact, context.now)
    await show_desk(context, year)


async def show_desk(context: Context, year: int) -> None:
    draft, school_from = await context.transact(_desk, context.house.pact, year, context.now)
    await context.show(screens.render_desk(draft, school_from, context.t))


def _desk(session: Session, staff: Person, pact: Pact, year: int, now: datetime) -> tuple[Draft, date | None]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ButtonIsOutdated
    draft = releases.draft(session, staff, year)
    return draft, school_warning(year, slots.known(session, year, pact, now))


async def asked_to_release(context: Context, year: int) -> None:
    draft = await context.transact(releases.draft, year)
    await context.show(screens.render_ask_release(draft, context.t))


async def released(context: Context, year: int, number: int) -> None:
    draft, school_from = await context.transact(_release, context.house.pact, year, number, context.now)
    await context.show(screens.render_desk(draft, school_from, context.t))


def _release(
    session: Session, staff: Person, pact: Pact, year: int, number: int, now: datetime
) -> tuple[Draft, date | None]:
    """The number is that which the button named: a second tap releases nothing."""
    check_staff(staff)
    last = releases.latest(session, year)
    if number != (last.number if last else 0) + 1:
        raise ButtonIsOutdated
    releases.release(session, staff, year, pact, now)
    return _desk(session, staff, pact, year, now)


async def asked_for_all_dates(context: Context, year: int) -> None:
    found = await context.transact(slots.best_dates, year, context.house.pact, context.now)
    await context.show(screens.render_all_dates(year, found, slots.stamp_of(found), context.t))


async def took_all_dates(context: Context, year: int, stamp: int) -> None:
    await context.transact(slots.take_best_dates, year, stamp, context.house.pact, context.now)
    await show_desk(context, year)


async def acted_on_slot(context: Context, tap: OnSlot) -> None:
    match tap.act:
        case SlotAct.DATES:
            await _show_dates(context, tap.slot_id)
        case SlotAct.HOSTS:
            await _show_hosts(context, hosts.show, tap.slot_id)
        case SlotAct.ASK_HOST:
            await _show_hosts(context, hosts.ask_next, tap.slot_id, context.now)
        case SlotAct.NEXT_HOST:
            await _show_hosts(context, hosts.pass_on, tap.slot_id, context.now)
        case SlotAct.ASK_DROP:
            slot, _, _ = await context.transact(_slot, context.house.pact, tap.slot_id, context.now)
            await context.show(screens.render_ask_drop(slot, context.t))
        case SlotAct.DROP:
            row = await context.transact(slots.drop, tap.slot_id, context.now)
            await show_desk(context, row.year)
        case SlotAct.EVENT:
            await _show_slot(context, _made_event, tap)
        case SlotAct.TAKE:
            await _show_slot(context, _took_day, tap)
        case SlotAct.SHOW:
            await _show_slot(context, _looked, tap)


def _slot(session: Session, staff: Person, pact: Pact, slot_id: int, now: datetime) -> Shown:
    slot = slots.show(session, staff, slot_id, pact, now)
    candidate_id = slot.row.candidate_id
    candidate = candidates.get(session, staff, candidate_id, now) if candidate_id else None
    return slot, candidate, polls.of_slot(session, slot_id)


async def _show_slot(context: Context, act: Any, tap: OnSlot) -> None:
    found: Shown = await context.transact(act, context.house.pact, tap, context.now)
    await context.show(screens.render_slot(*found, context.t))


def _looked(session: Session, staff: Person, pact: Pact, tap: OnSlot, now: datetime) -> Shown:
    return _slot(session, staff, pact, tap.slot_id, now)


def _made_event(session: Session, staff: Person, pact: Pact, tap: OnSlot, now: datetime) -> Shown:
    slots.make_event(session, staff, tap.slot_id, now)
    return _slot(session, staff, pact, tap.slot_id, now)


def _took_day(session: Session, staff: Person, pact: Pact, tap: OnSlot, now: datetime) -> Shown:
    """The proposed day, at the hour at which most came."""
    row = slots.get(session, staff, tap.slot_id)
    past = slots.known(session, row.year, pact, now, but=row).past
    clocks = by_clock(past, pact.timezone)
    clock: time = max(clocks, key=lambda one: (clocks[one].average, one), default=USUAL_START)
    try:
        day = date.fromordinal(tap.value)
    except (ValueError, OverflowError):
        raise ButtonIsOutdated from None
    if abs(day.year - row.year) > 1:
        raise ButtonIsOutdated
    starts_at = datetime.combine(day, clock, pact.timezone).astimezone(UTC)
    slots.set_date(session, staff, tap.slot_id, starts_at, pact, now)
    return _slot(session, staff, pact, tap.slot_id, now)


async def _show_dates(context: Context, slot_id: int) -> None:
    slot, found = await context.transact(_dates, context.house.pact, slot_id, context.now)
    await context.show(screens.render_dates(slot, found, context.t))


def _dates(session: Session, staff: Person, pact: Pact, slot_id: int, now: datetime) -> Any:
    found = slots.proposals(session, staff, slot_id, pact, now)
    return slots.show(session, staff, slot_id, pact, now), found


async def _show_hosts(context: Context, act: Any, *args: Any) -> None:
    found: Hosts = await context.transact(act, *args)
    await context.show(screens.render_hosts(found, context.t))


async def took_other_date(context: Context, tap: TakeOtherDate) -> None:
    found = await context.transact(_take_other, context.house.pact, tap.request_id, context.now)
    await context.show(screens.render_slot(*found, context.t))


def _take_other(session: Session, staff: Person, pact: Pact, request_id: int, now: datetime) -> Shown:
    slot = hosts.take_other(session, staff, request_id, pact, now)
    return _slot(session, staff, pact, slot.id, now)


def _drawn_desk(found: tuple[Draft, date | None], asked: Asked) -> Screen:
    return screens.render_desk(*found, asked.t)


def _drawn_slot(found: Shown, asked: Asked) -> Screen:
    return screens.render_slot(*found, asked.t)


def _check_year(session: Session, person: Person, year: int) -> None:
    only_staff(session, person, year)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ButtonIsOutdated


def _check_slot(session: Session, person: Person, slot_id: int) -> None:
    slots.get(session, person, slot_id or 0)


def _about_year(_session: Session, year: int | None) -> str:
    return str(year)


def _about_slot(session: Session, slot_id: int) -> str:
    return session.get_one(ProgrammeSlot, slot_id).title


def _laid_out(form: Submission) -> tuple[Draft, date | None]:
    year = form.subject_id
    counts = {kind: form.answers.get(kind) or 0 for kind in EventKind}
    words = words_of(form.pact)
    titles = {kind: words.label(KINDS[kind]) for kind in EventKind}
    slots.lay_out(form.session, form.person, year, counts, titles, form.pact, form.now)
    return _desk(form.session, form.person, form.pact, year, form.now)


def words_of(pact: Pact) -> Texts:
    return texts_in(pact.language, pact.timezone)


def _added(form: Submission) -> Shown:
    answers = form.answers
    row = slots.add(
        form.session,
        form.person,
        form.subject_id,
        EventKind(answers["kind"]),
        answers["title"],
        answers["month"],
    )
    return _slot(form.session, form.person, form.pact, row.id, form.now)


def _dated(form: Submission) -> Shown:
    at = moment(form.answers["at"])
    row = slots.set_date(form.session, form.person, form.subject_id, at, form.pact, form.now)
    return _slot(form.session, form.person, form.pact, row.id, form.now)


def _renamed(form: Submission) -> Shown:
    title = form.answers["title"]
    row = slots.rename(form.session, form.person, form.subject_id, title, form.pact, form.now)
    return _slot(form.session, form.person, form.pact, row.id, form.now)


def _hosted(form: Submission) -> Shown:
    chosen = (form.answers.get("ids") or [None])[0]
    slots.set_host(form.session, form.person, form.subject_id, chosen, form.now)
    return _slot(form.session, form.person, form.pact, form.subject_id, form.now)


def _closed_days(form: Submission) -> tuple[Draft, date | None]:
    year = form.subject_id
    slots.set_movable(form.session, form.person, year, form.answers["days"] or [])
    return _desk(form.session, form.person, form.pact, year, form.now)


def _of_which_year(_session: Session, _staff: Person, year: int | None) -> Answers:
    return {"year": year}


def _days_of_that_year(given: str, asked: Asked) -> list[str]:
    """A day without its year is one of the year that is planned."""
    year: int = asked.answers["year"]
    first = datetime(year, 1, 1, 12, tzinfo=asked.pact.timezone)
    found = days.days(given, replace(asked, now=first))
    if any(date.fromisoformat(day).year != year for day in found):
        raise Wrong(N_("Please give days of {year} only."), year=str(year))
    return found


def _count_question(kind: EventKind, prompt: str) -> Question:
    return Question(
        kind,
        KINDS[kind],
        prompt,
        read=reading.count(0, MOST_OF_A_KIND),
        options=tuple(Option(number, str(number)) for number in range(7)),
    )


def _month_options(asked: Asked) -> tuple[Option, ...]:
    return tuple(Option(month, asked.t.month_name(date(2000, month, 1))) for month in range(1, 13))


on_year = partial(Questionnaire[Any], check=_check_year, about=_about_year, done=_drawn_desk)
_on_slot = partial(Questionnaire[Any], check=_check_slot, about=_about_slot, done=_drawn_slot)
_at = Question(
    "at",
    N_("Date"),
    N_("When? Like “Do 15.4.2027 14 Uhr”."),
    read=read_exact_moment,
    show=show_moment,
    has_month=False,
)
TITLE = N_("What should it be called?")

RHYTHM = on_year(
    name="year_rhythm",
    title=N_("Lay out the year"),
    questions=(
        _count_question(EventKind.MEETING, N_("How many network meetings?")),
        _count_question(EventKind.TOUR, N_("How many site tours?")),
        _count_question(EventKind.WORKSHOP, N_("How many workshops?")),
        _count_question(EventKind.WEBINAR, N_("How many webinars?")),
    ),
    submit=_laid_out,
    submit_label=N_("Spread them over the year"),
)
SLOT = on_year(
    name="year_slot",
    title=N_("Add an entry"),
    questions=(
        Question(
            "kind",
            N_("Kind"),
            N_("What is it?"),
            options=tuple(Option(kind, label) for kind, label in KINDS.items()),
        ),
        Question("month", N_("Month"), N_("In which month?"), options_of=_month_options),
        Question("title", N_("Title"), TITLE, read=reading.title(120)),
    ),
    submit=_added,
    done=_drawn_slot,
    has_summary=False,
)
MOVABLE = on_year(
    name="year_movable",
    title=N_("Movable holidays"),
    questions=(
        Question(
            "days",
            N_("Days"),
            N_(
                "Which extra days off do schools have in that year? Please list them all, like 5.2., "
                "7.5.; they replace those given before. A dash means none."
            ),
            read=_days_of_that_year,
            show=lambda value, asked: days.show_days([value] if isinstance(value, str) else value, asked),
        ),
    ),
    begin=_of_which_year,
    submit=_closed_days,
    has_summary=False,
)
DATE = _on_slot(name="slot_date", title=N_("Set a date"), questions=(_at,), submit=_dated, has_summary=False)
RENAME = _on_slot(
    name="slot_title",
    title=N_("Rename"),
    questions=(Question("title", N_("Title"), TITLE, read=reading.title(120)),),
    submit=_renamed,
    has_summary=False,
)
HOST = _on_slot(
    name="slot_host",
    title=N_("Set the host by hand"),
    questions=(ORGANISATIONS, REST),
    derive=find_organisations,
    submit=_hosted,
)
FORMS = (RHYTHM, SLOT, MOVABLE, DATE, RENAME, HOST)
