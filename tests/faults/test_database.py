"""The database cannot do it now: nothing is lost, no innocent update is blamed, all goes on by itself."""

import asyncio
import contextlib
import os
import resource
import signal
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, text

from domain.ideas.ideas import Topic
from handlers.chat.context import Context
from storage.engine.away import is_away
from storage.engine.database import Database
from storage.engine.tables import InboxState
from storage.engine.turn import Turn
from storage.ideas.tables import Idea
from tests.support.databases import fresh_database, set_pragma
from tests.support.post import Post, message
from tests.support.town import Town

FULL = ("max_page_count=1", "max_page_count=1000000")  # it cannot become less than it is
READ_ONLY = ("query_only=ON", "query_only=OFF")


def hand_in(turn: Turn) -> None:
    idea = Idea(
        person_id=turn.person.id,
        topic=Topic.OTHER,
        text="z" * 100_000,
        created_at=turn.person.created_at,
        changed_at=turn.person.created_at,
    )
    turn.session.add(idea)


@pytest.mark.parametrize(("fault", "cure"), [FULL, READ_ONLY], ids=["disk full", "read-only"])
async def test_update_waits_until_the_file_can_be_written_and_is_not_parked(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch, fault: str, cure: str
) -> None:
    may_begin, tries = asyncio.Event(), asyncio.Semaphore(0)

    async def act(context: Context) -> None:
        await may_begin.wait()
        tries.release()
        await context.transact(hand_in)

    monkeypatch.setattr("bot.receiving.RETRY", 0.01)
    post = Post(sqlite)
    post.handles_with(act)
    await post.takes_in(message(1, 100))
    set_pragma(sqlite, fault)
    may_begin.set()
    for _ in range(8):
        await tries.acquire()
    set_pragma(sqlite, cure)
    assert await post.all_done() == [InboxState.DONE]
    assert len(post.book.all(Idea)) == 1


def test_transaction_that_is_wrong_is_no_fault_of_the_database(database: Database) -> None:
    wrong = ("SELECT * FROM nowhere", "INSERT INTO idea (id) VALUES (1)", "SELECT 1 +")
    for statement in wrong:
        with pytest.raises(DBAPIError) as caught:
            database.run_now(Session.execute, text(statement))
        assert not is_away(caught.value), statement
    assert not is_away(KeyError())


async def test_process_on_a_full_disk_goes_on_when_there_is_room_again(town: Town) -> None:
    office, eve = await town.office(), await town.person("Eve")
    await eve.goes_through(("/start", "freiwillig"), ("/idee", "Worum"), ("[Sonstiges]", "beschreiben"))
    assert (town.folder / "pact.db-wal").stat().st_size > 32_768
    with files_no_larger_than(32_768, town.pid):
        await eve.sends("Ein Vorschlag")
        await town.logs("the database cannot be written")
    await eve.sees("bitte prüfen", within=20)
    await office.sees("konnte nichts gespeichert werden", within=20)
    await eve.goes_through(("[Idee einreichen]", "Vielen Dank"))
    lines = town.log().splitlines()
    for words in ("the database cannot be written", "the database can be written again"):
        assert sum(words in line for line in lines) == 1
    assert sum("[warning" in line for line in lines) < 10
    assert town.rows("SELECT text FROM idea") == [("Ein Vorschlag",)]
    await town.until("SELECT count(*) FROM inbox WHERE state != 'done'", (0,))


@contextlib.contextmanager
def files_no_larger_than(size: int, pid: int) -> Iterator[None]:
    """To the process, the disk is full."""
    soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, hard))


async def test_folder_that_cannot_be_written_is_named_at_the_start(tmp_path: Path) -> None:
    async with Town(tmp_path, DATABASE_URL="sqlite:////proc/nowhere/pact.db") as town:
        code, said = await town.command("run")
        assert code == 1
        assert "/proc/nowhere" in said
        assert "Traceback" not in said


async def test_postgresql_gone_for_a_while_and_back_after_a_crash(tmp_path: Path, postgresql: str) -> None:
    """A minute is shortened to seconds: what counts is that many tries fail."""
    with fresh_database(postgresql) as url:
        async with Town(tmp_path, DATABASE_URL=url) as town:
            await town.start_bot()
            office, people = await town.office(), [await town.person(f"P{number}") for number in range(10)]
            for person in people:
                await person.goes_through(("/frage", "Was möchten Sie wissen?"), ("Wann?", "bitte prüfen"))
            await asyncio.gather(*(person.forges("ft:ask:summary:submit", wait=0) for person in people))
            crash(url)
            with closed(postgresql, url):
                await town.logs("the database cannot be asked who leads")
                for person in people:
                    await person.sends("/idee")
                await town.logs("the database cannot be asked who leads", times=4)
            for person in people:
                await person.sees("Worum", within=20)
            await town.until("SELECT count(*) FROM inquiry", (10,))
            await town.forward(timedelta(minutes=2))  # those after the first are told together
            await town.until(
                "SELECT outcome, count(*) FROM notice WHERE kind = 'inquiry' GROUP BY outcome",
                ("sent", 10),
            )
            await town.until("SELECT count(*) FROM inbox WHERE state != 'done'", (0,))
            asked = [each for each in await office.messages() if "Wann?" in each.get("text", "")]
            assert asked  # those of the same minute are one message


def crash(url: str) -> None:
    """One of the server's processes dies, upon which it ends all others and recovers."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid()"
        ).fetchone()
    assert row
    os.kill(row[0], signal.SIGKILL)


@contextlib.contextmanager
def closed(server: str, url: str) -> Iterator[None]:
    """Nobody gets a connection to the database."""
    name = url.partition("?")[0].rpartition("/")[2]
    command = f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS'
    execute(server, f"{command} false")
    try:
        execute(server, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        yield
    finally:
        execute(server, f"{command} true")


def execute(server: str, statement: str) -> None:
    """As soon as the server is back."""
    for _ in range(1200):
        with contextlib.suppress(psycopg.OperationalError):
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(statement.encode())
            return
        threading.Event().wait(0.05)
    raise AssertionError("the server does not come back")
