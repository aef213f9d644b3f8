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
from handlers.chat.buttons import TurnList
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
from handlers.programme.screens import dates
from handlers.programme.screens import office as screens
from storage.engine.people import check_staff
from storage.engine.turn import Turn
from storage.programme import candidates, dating, hosts, polls, releases, slots
from storage.programme.candidates import Considered
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
    draft, school_from = await context.transact(_desk, year)
    await context.show(screens.render_desk(draft, school_from, context.t))


def _desk(turn: Turn, year: int) -> tuple[Draft, date | None]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ButtonIsOutdated
    draft = releases.draft(turn, year)
    return draft, school_warning(year, slots.known(turn.session, year, turn.pact, turn.now))


async def asked_to_release(context: Context, year: int) -> None:
    await asked_for_release(context, TurnList("programme-release", 0, year))


async def asked_for_release(context: Context, tap: TurnList) -> None:
    draft = await context.transact(releases.draft, tap.subject_id)
    await context.show(screens.render_ask_release(draft, tap.page, context.t))


async def released(context: Context, year: int, number: int) -> None:
    draft, school_from = await context.transact(_release, year, number)
    await context.show(screens.render_desk(draft, school_from, context.t))


def _release(turn: Turn, year: int, number: int) -> tuple[Draft, date | None]:
    """The number is that which the button named: a second tap releases nothing."""
    check_staff(turn.person)
    last = releases.latest(turn.session, year)
    if number != (last.number if last else 0) + 1:
        raise ButtonIsOutdated
    releases.release(turn, year)
    return _desk(turn, year)


async def asked_for_all_dates(context: Context, year: int) -> None:
    found = await context.transact(slots.best_dates, year)
    await context.show(dates.render_all_dates(year, found, slots.stamp_of(found), context.t))


async def took_all_dates(context: Context, year: int, stamp: int) -> None:
    await context.transact(slots.take_best_dates, year, stamp)
    await show_desk(context, year)


async def acted_on_slot(context: Context, tap: OnSlot) -> None:
    match tap.act:
        case SlotAct.DATES:
            await _show_dates(context, tap.slot_id)
        case SlotAct.HOSTS:
            await _show_hosts(context, hosts.show, tap.slot_id)
        case SlotAct.ASK_HOST:
            await _show_hosts(context, hosts.ask_next, tap.slot_id)
        case SlotAct.NEXT_HOST:
            await _show_hosts(context, hosts.pass_on, tap.slot_id)
        case SlotAct.ASK_DROP:
            slot, _, _ = await context.transact(_slot, tap.slot_id)
            await context.show(screens.render_ask_drop(slot, context.t))
        case SlotAct.DROP:
            row = await context.transact(slots.drop, tap.slot_id)
            await show_desk(context, row.year)
        case SlotAct.EVENT:
            await _show_slot(context, _made_event, tap)
        case SlotAct.TAKE:
            await _show_slot(context, _took_day, tap)
        case SlotAct.SHOW:
            await _show_slot(context, _looked, tap)


def _slot(turn: Turn, slot_id: int) -> Shown:
    slot = slots.show(turn, slot_id)
    candidate_id = slot.row.candidate_id
    candidate = candidates.get(turn, candidate_id) if candidate_id else None
    return slot, candidate, polls.of_slot(turn.session, slot_id)


async def _show_slot(context: Context, act: Any, tap: OnSlot) -> None:
    found: Shown = await context.transact(act, tap)
    await context.show(screens.render_slot(*found, context.t))


def _looked(turn: Turn, tap: OnSlot) -> Shown:
    return _slot(turn, tap.slot_id)


def _made_event(turn: Turn, tap: OnSlot) -> Shown:
    slots.make_event(turn, tap.slot_id)
    return _slot(turn, tap.slot_id)


def _took_day(turn: Turn, tap: OnSlot) -> Shown:
    """The proposed day, at the hour at which most came."""
    row = slots.get(turn, tap.slot_id)
    past = slots.known(turn.session, row.year, turn.pact, turn.now, but=row).past
    clocks = by_clock(past, turn.pact.timezone)
    clock: time = max(clocks, key=lambda one: (clocks[one].average, one), default=USUAL_START)
    try:
        day = date.fromordinal(tap.value)
    except (ValueError, OverflowError):
        raise ButtonIsOutdated from None
    if abs(day.year - row.year) > 1:
        raise ButtonIsOutdated
    starts_at = datetime.combine(day, clock, turn.pact.timezone).astimezone(UTC)
    dating.set_date(turn, tap.slot_id, starts_at)
    return _slot(turn, tap.slot_id)


async def _show_dates(context: Context, slot_id: int) -> None:
    slot, found = await context.transact(_dates, slot_id)
    await context.show(dates.render_dates(slot, found, context.t))


def _dates(turn: Turn, slot_id: int) -> Any:
    found = slots.proposals(turn, slot_id)
    return slots.show(turn, slot_id), found


async def _show_hosts(context: Context, act: Any, *args: Any) -> None:
    await context.answer(screens.render_hosts, act, *args)


async def took_other_date(context: Context, tap: TakeOtherDate) -> None:
    found = await context.transact(_take_other, tap.request_id)
    await context.show(screens.render_slot(*found, context.t))


def _take_other(turn: Turn, request_id: int) -> Shown:
    slot = hosts.take_other(turn, request_id)
    return _slot(turn, slot.id)


def _drawn_desk(found: tuple[Draft, date | None], asked: Asked) -> Screen:
    return screens.render_desk(*found, asked.t)


def _drawn_slot(found: Shown, asked: Asked) -> Screen:
    return screens.render_slot(*found, asked.t)


def _check_year(turn: Turn, year: int) -> None:
    only_staff(turn, year)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ButtonIsOutdated


def _about_year(_session: Session, year: int | None) -> str:
    return str(year)


def _about_slot(session: Session, slot_id: int) -> str:
    return session.get_one(ProgrammeSlot, slot_id).title


def _laid_out(turn: Turn, form: Submission) -> tuple[Draft, date | None]:
    year = form.subject_id
    counts = {kind: form.answers.get(kind) or 0 for kind in EventKind}
    words = words_of(turn.pact)
    titles = {kind: words.label(KINDS[kind]) for kind in EventKind}
    slots.lay_out(turn, year, counts, titles)
    return _desk(turn, year)


def words_of(pact: Pact) -> Texts:
    return texts_in(pact.language, pact.timezone)


def _added(turn: Turn, form: Submission) -> Shown:
    answers = form.answers
    row = slots.add(turn, form.subject_id, EventKind(answers["kind"]), answers["title"], answers["month"])
    return _slot(turn, row.id)


def _dated(turn: Turn, form: Submission) -> Shown:
    at = moment(form.answers["at"])
    row = dating.set_date(turn, form.subject_id, at)
    return _slot(turn, row.id)


def _renamed(turn: Turn, form: Submission) -> Shown:
    title = form.answers["title"]
    row = slots.rename(turn, form.subject_id, title)
    return _slot(turn, row.id)


def _hosted(turn: Turn, form: Submission) -> Shown:
    chosen = (form.answers.get("ids") or [None])[0]
    slots.set_host(turn, form.subject_id, chosen)
    return _slot(turn, form.subject_id)


def _closed_days(turn: Turn, form: Submission) -> tuple[Draft, date | None]:
    year = form.subject_id
    slots.set_movable(turn, year, form.answers["days"] or [])
    return _desk(turn, year)


def _of_which_year(_turn: Turn, year: int | None) -> Answers:
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
_on_slot = partial(Questionnaire[Any], check=slots.get, about=_about_slot, done=_drawn_slot)
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
