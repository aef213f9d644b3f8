"""The clock wakes for what is due, whatever somebody does to the machine's clock."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlmodel import Session

from bot import timetable
from bot.clock import Clock
from bot.delivery import Courier
from bot.timetable import Timetable
from domain.basics.pact import Pact
from storage import agenda
from storage.engine import inbox, outbox, pieces
from storage.engine.database import Database
from storage.engine.tables import Inbox, Notice, Outcome
from storage.events.tables import EventNotice
from storage.office.tables import OfficeNotice
from tests.support.book import id_of
from tests.support.post import Post

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)  # a Monday; the digest was due at 07:00
SUNDAY = NOON - timedelta(days=1)
THREE_AT_NIGHT = datetime(2026, 11, 23, 2, tzinfo=UTC)
JUST_BEFORE = THREE_AT_NIGHT - timedelta(milliseconds=100)


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not is_so():
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("jump", [timedelta(hours=-5), timedelta(days=1), timedelta(days=-30)])
async def test_work_goes_on_when_the_machines_clock_is_set(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch, jump: timedelta
) -> None:
    rounds: list[datetime] = []

    def work_off(_session: object, _pact: object, now: datetime, _awake: datetime) -> None:
        rounds.append(now)

    monkeypatch.setattr(timetable, "TICK", 0.05)
    monkeypatch.setattr(agenda, "work_off", work_off)
    post = Post(sqlite)
    clock = Clock()
    table = Timetable(post.house, Courier(post.application.bot, post.house, clock), clock)
    with time_machine.travel(NOON) as traveller:
        table.start()
        await until(lambda: bool(rounds))
        traveller.move_to(NOON + jump)
        await until(lambda: sum(now >= NOON + jump for now in rounds[-2:]) == 2 and len(rounds) > 2)
        assert rounds[-1] - (NOON + jump) < timedelta(minutes=1)
        table.stop()


async def test_what_becomes_due_between_two_looks_waits_for_no_tick(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[datetime] = []

    def work_off(_session: object, _pact: object, now: datetime, _awake: datetime) -> None:
        rounds.append(now)

    def next_due(_session: object, since: datetime, **_pact: object) -> datetime | None:
        return rounds[0] + timedelta(milliseconds=1) if since <= rounds[0] else None

    monkeypatch.setattr(agenda, "work_off", work_off)
    monkeypatch.setattr(agenda, "next_due", next_due)
    post, clock = Post(sqlite), Clock()
    table = Timetable(post.house, Courier(post.application.bot, post.house, clock), clock)
    table.start()
    await until(lambda: len(rounds) == 2)
    table.stop()


async def test_start_forgets_in_pieces_until_nothing_is_left(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At noon: a machine that is off at night forgets too."""
    post, long_ago = Post(sqlite), NOON - timedelta(days=400)
    book, numbers, nights = post.book, range(1, 6), list[bool]()
    anna = book.contact("Anna")
    book.run(inbox.store, inbox.read([{"update_id": number} for number in numbers], long_ago))
    for number in numbers:
        book.run(inbox.finish, number)
        book.run(outbox.enqueue, [id_of(anna)], EventNotice.EVENT_PUBLISHED, str(number), long_ago)
        book.run(outbox.finish, number, Outcome.SENT, long_ago)
    tidy = agenda.tidy

    def one_piece(session: Session, pact: Pact, now: datetime) -> bool:
        nights.append(tidy(session, pact, now))
        return nights[-1]

    monkeypatch.setattr(pieces, "PIECE", 2)
    monkeypatch.setattr(agenda, "tidy", one_piece)
    with time_machine.travel(NOON):
        clock = Clock()
        table = Timetable(post.house, Courier(post.application.bot, post.house, clock), clock)
        table.start()
        await until(lambda: nights[-1:] == [False])
        table.stop()
    assert nights == [True, True, True, True, False]
    assert (book.all(Inbox), book.all(Notice)) == ([], [])


async def test_forgetting_comes_after_what_is_due_and_again_at_night(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    post, clock = Post(sqlite), Clock()
    table = Timetable(post.house, Courier(post.application.bot, post.house, clock), clock)

    def tidy(*_: object) -> bool:
        done.append("tidy")
        if done.count("tidy") == 1:
            table.jumped()
            return True
        return False

    monkeypatch.setattr(agenda, "work_off", lambda *_: done.append("due"))
    monkeypatch.setattr(timetable, "TICK", 0.2)
    monkeypatch.setattr(agenda, "tidy", tidy)
    with time_machine.travel(JUST_BEFORE):
        table.start()
        await until(lambda: done.count("tidy") == 3)
        table.stop()
    assert done == ["due", "tidy", "due", "tidy", "due", "tidy"]


@pytest.mark.parametrize(("jump", "nights"), [(timedelta(hours=2), 0), (timedelta(days=40), 1)])
async def test_jump_over_a_night_brings_its_work(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch, jump: timedelta, nights: int
) -> None:
    """Reminders of reports are looked for at night, months ahead."""
    done: list[str] = []
    post, clock = Post(sqlite), Clock()
    table = Timetable(post.house, Courier(post.application.bot, post.house, clock), clock)
    monkeypatch.setattr(agenda, "look_ahead", lambda *_: done.append("night"))
    monkeypatch.setattr(agenda, "work_off", lambda *_: done.append("due"))
    with time_machine.travel(NOON) as traveller:
        table.start()
        await until(lambda: done == ["due", "night"])
        traveller.move_to(NOON + jump)
        table.jumped()
        await until(lambda: len(done) == 3 + nights)
        table.stop()
    assert done == ["due", "night", "due", *["night"] * nights]


async def test_clock_that_goes_back_and_forth_tells_nothing_twice(sqlite: Database) -> None:
    post = Post(sqlite)
    post.book.staff(created_at=SUNDAY)
    for now in (NOON, SUNDAY, NOON, NOON + timedelta(days=1), NOON):
        post.book.run(agenda.work_off, post.house.pact, now)
    digests = [notice.key for notice in post.book.all(Notice) if notice.kind == OfficeNotice.DIGEST]
    assert digests == ["digest:2026-11-23", "digest:2026-11-24"]


async def test_database_that_is_away_stops_no_tick(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[int] = []

    def work_off(*_: object) -> None:
        rounds.append(1)
        raise RuntimeError("away")

    monkeypatch.setattr(timetable, "TICK", 0.02)
    monkeypatch.setattr(agenda, "work_off", work_off)
    post = Post(sqlite)
    table = Timetable(post.house, Courier(post.application.bot, post.house, Clock()), Clock())
    table.start()
    await until(lambda: len(rounds) > 2)
    table.stop()


async def test_stopping_in_the_middle_of_work_is_no_error(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    working = asyncio.Event()

    async def run(*_: object) -> None:
        working.set()
        await asyncio.Event().wait()

    post = Post(sqlite)
    monkeypatch.setattr(sqlite, "run", run)
    table = Timetable(post.house, Courier(post.application.bot, post.house, Clock()), Clock())
    table.start()
    await asyncio.wait_for(working.wait(), 5)
    table.stop()
    await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()}, return_exceptions=True)
    assert not caplog.records


async def test_what_changes_while_the_next_moment_is_read_is_read_too(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings: list[datetime] = []

    def next_due(_session: object, now: datetime, **_pact: object) -> None:
        readings.append(now)
        if len(readings) == 1:
            table.agenda_changed()

    monkeypatch.setattr(agenda, "next_due", next_due)
    post = Post(sqlite)
    table = Timetable(post.house, Courier(post.application.bot, post.house, Clock()), Clock())
    table.agenda_changed()
    await until(lambda: len(readings) == 2)
