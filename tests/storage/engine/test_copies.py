"""Back-ups can be restored, and a move loses nothing."""

import shutil
from pathlib import Path

import pytest
import sqlalchemy
from sqlmodel import Session, SQLModel, col

from bot import demo
from storage.engine import copies, inbox
from storage.engine.copies import CopyFailed
from storage.engine.database import Database
from storage.engine.tables import Person
from storage.events.tables import Event
from tests.support.book import NOW, Book
from tests.support.databases import fresh_database, opened, run_tool


def contents(database: Database) -> dict[str, list[str]]:
    def read(session: Session) -> dict[str, list[str]]:
        return {
            table.name: sorted(repr(row) for row in session.execute(sqlalchemy.select(table)))
            for table in SQLModel.metadata.sorted_tables
        }

    return database.run_now(read)


@pytest.fixture
def pact(sqlite: Database) -> Database:
    """The demo's people, events, answers and ideas."""
    book = Book(sqlite)
    book.run(demo.fill, book.pact, NOW)
    book.run(inbox.store, inbox.read([{"update_id": 2**40, "message": {"chat": {"id": -(2**40)}}}], NOW))
    return sqlite


def test_back_up_of_a_database_in_use_opens_with_everything_in_it(pact: Database, tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    copies.back_up(pact, file)
    before = contents(pact)
    Book(pact).person("Later")
    with opened(f"sqlite:///{file}") as copy:
        assert contents(copy) == before
        assert len(before["rsvp"]) > 10
    assert [found.name for found in tmp_path.glob("*.part")] == []


def test_restored_back_up_takes_the_place_of_the_file(pact: Database, tmp_path: Path) -> None:
    """As docs/operating.md says: what belongs to the old file goes with it."""
    copies.back_up(pact, tmp_path / "copy.db")
    before = contents(pact)
    Book(pact).person("Written after the back-up")
    pact.close()
    file = Path(pact.url.database or "")
    for leftover in file.parent.glob(f"{file.name}-*"):
        leftover.unlink()
    shutil.copy(tmp_path / "copy.db", file)
    with opened(f"sqlite:///{file}") as restored:
        assert contents(restored) == before


def test_pg_dump_can_be_restored(pact: Database, postgresql: str, tmp_path: Path) -> None:
    file = str(tmp_path / "pact.dump")
    with fresh_database(postgresql) as url, fresh_database(postgresql) as other:
        with opened(url) as source:
            copies.move(pact, source)
            before = contents(source)
        run_tool("pg_dump", "--format=custom", f"--file={file}", url)
        run_tool("pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error", "-d", other, file)
        with opened(other) as restored:
            assert contents(restored) == before


def test_move_takes_every_row_and_the_next_new_row_gets_a_free_number(
    pact: Database, postgresql: str
) -> None:
    with fresh_database(postgresql) as url, opened(url) as target:
        counts = copies.move(pact, target)
        assert contents(target) == contents(pact)
        assert counts["person"] == len(Book(pact).all(Person)) > 10
        book = Book(target)
        newest = max(event.id or 0 for event in book.all(Event))
        assert book.event().id == newest + 1
        assert book.person("New").id == len(book.all(Person, col(Person.id)))


def test_move_into_a_database_with_rows_is_refused_and_changes_nothing(
    pact: Database, postgresql: str
) -> None:
    with fresh_database(postgresql) as url, opened(url) as target:
        Book(target).person("Somebody")
        with pytest.raises(CopyFailed, match="rows already in person"):
            copies.move(pact, target)
        assert [person.name for person in Book(target).all(Person)] == ["Somebody"]


def test_back_up_of_postgresql_names_its_own_tool(postgresql: str, tmp_path: Path) -> None:
    with (
        fresh_database(postgresql) as url,
        opened(url) as database,
        pytest.raises(CopyFailed, match="pg_dump"),
    ):
        copies.back_up(database, tmp_path / "copy.db")
