"""Back-ups can be restored, and a move loses nothing."""

import shutil
from pathlib import Path

import pytest
import sqlalchemy
from pyrage import DecryptError, decrypt
from pyrage.x25519 import Identity
from sqlmodel import Session, SQLModel, col

from bot import demo
from storage.engine import copies, inbox
from storage.engine.copies import CopyFailed
from storage.engine.database import Database
from storage.engine.tables import Person
from storage.events.tables import Event
from tests.support.book import NOW, Book
from tests.support.databases import fresh_database, opened, run_tool, tools


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


def opened_with(identity: Identity, file: Path) -> bytes:
    assert b"SQLite" not in file.read_bytes()
    content: bytes = decrypt(file.read_bytes(), [identity])
    return content


def test_back_up_to_a_key_is_read_with_its_other_half_alone(pact: Database, tmp_path: Path) -> None:
    identity = Identity.generate()
    (tmp_path / "kept").mkdir()
    sealed = copies.back_up(pact, tmp_path / "kept" / "copy.db", str(identity.to_public()))
    assert [file.name for file in (tmp_path / "kept").iterdir()] == [sealed.name] == ["copy.db.age"]
    assert not list(tmp_path.glob("*.copy"))
    with pytest.raises(DecryptError):
        opened_with(Identity.generate(), sealed)
    (tmp_path / "read.db").write_bytes(opened_with(identity, sealed))
    with opened(f"sqlite:///{tmp_path / 'read.db'}") as copy:
        assert contents(copy) == contents(pact)


@pytest.mark.parametrize("identity", [None, Identity.generate()], ids=["plain", "sealed"])
def test_back_up_of_postgresql_can_be_restored(
    pact: Database,
    postgresql: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    identity: Identity | None,
) -> None:
    monkeypatch.setenv("PATH", str(tools()))
    dump = tmp_path / "pact.dump"
    with fresh_database(postgresql) as url, fresh_database(postgresql) as other:
        with opened(url) as source:
            copies.move(pact, source)
            before = contents(source)
            made = copies.back_up(source, dump, str(identity.to_public()) if identity else "")
        if identity:
            dump.write_bytes(opened_with(identity, made))
        run_tool(
            "pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error", "-d", other, str(dump)
        )
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
        newest = max(event.id for event in book.all(Event))
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


def test_back_up_of_postgresql_needs_its_own_tool(
    postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with (
        fresh_database(postgresql) as url,
        opened(url) as database,
        pytest.raises(CopyFailed, match="there is no pg_dump here"),
    ):
        copies.back_up(database, tmp_path / "copy.db")


def test_dump_that_fails_leaves_no_file_and_tells_nobody_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    (tmp_path / "pg_dump").write_text(
        f'#!/bin/sh\necho "$@" "($PGPASSWORD)" > {tmp_path}/call\necho half\nexit 1\n'
    )
    (tmp_path / "pg_dump").chmod(0o755)
    (tmp_path / "kept").mkdir()
    database = Database("postgresql://pact:s3cret@127.0.0.1/pact")
    with pytest.raises(CopyFailed, match="pg_dump could not"):
        copies.back_up(database, tmp_path / "kept" / "pact.dump")
    database.close()
    assert list((tmp_path / "kept").iterdir()) == []
    call = (tmp_path / "call").read_text()
    assert call == "--format=custom --dbname=postgresql://pact@127.0.0.1/pact (s3cret)\n"


def test_what_former_versions_left_readable_is_narrowed(sqlite: Database, tmp_path: Path) -> None:
    files = [tmp_path / f"pact.db{ending}" for ending in ("", "-wal", "-shm", ".lock")]
    for file in files:
        file.touch()
        file.chmod(0o644)
    tmp_path.chmod(0o755)
    copies.narrow(sqlite)
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_folder_that_others_use_too_is_left_as_it_is(sqlite: Database, tmp_path: Path) -> None:
    (tmp_path / "somebody's").mkdir()
    (tmp_path / "page.html").touch(mode=0o644)
    tmp_path.chmod(0o755)
    copies.narrow(sqlite)
    assert tmp_path.stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o644
