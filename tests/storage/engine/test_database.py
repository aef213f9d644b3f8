"""Transactions: each as a whole or not at all, also where several share one commit; one process to a file."""

import asyncio
import json
import threading
from typing import NoReturn

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, col, select

from domain.basics import refusals
from storage.engine import inbox
from storage.engine.away import is_away
from storage.engine.database import Database, DatabaseIsInUse, DatabaseIsUnusable, database_url, touch_agenda
from storage.engine.process_locks import Peers
from storage.engine.tables import Inbox, Person
from storage.partners.tables import Organisation
from tests.support.book import NOW, Book
from tests.support.databases import fresh_database, opened
from tests.support.post import message


def join(session: Session, name: str) -> None:
    session.add(Person(name=name, language="de", created_at=NOW))


def join_twice_as(session: Session, name: str, telegram_id: int) -> None:
    for _ in range(2):
        session.add(Person(name=name, telegram_id=telegram_id, language="de", created_at=NOW))


def join_and_be_refused(session: Session, name: str) -> NoReturn:
    session.add(Person(name=name, language="de", created_at=NOW))
    session.flush()
    raise refusals.OnlyForPartners


def names(book: Book) -> list[str]:
    return sorted(person.name for person in book.all(Person))


def test_transaction_that_raises_leaves_nothing(book: Book) -> None:
    with pytest.raises(refusals.OnlyForPartners):
        book.run(join_and_be_refused, "Anna")
    with pytest.raises(IntegrityError):
        book.run(join_twice_as, "Ben", 7)
    assert names(book) == []


async def test_neighbours_in_a_shared_commit_are_kept_when_one_fails(book: Book) -> None:
    """The first job holds the line until all have come, so that they share what one commit can carry."""
    everyone_is_here = threading.Event()
    run = book.database.run
    holding = asyncio.create_task(run(lambda _session: everyone_is_here.wait(10)))
    jobs = [
        asyncio.create_task(job)
        for job in (
            run(join, "Anna"),
            run(join_and_be_refused, "Refused in the rules"),
            run(join, "Ben"),
            run(join_twice_as, "Refused by the database", 7),
            run(join, "Cem"),
        )
    ]
    await asyncio.sleep(0)
    everyone_is_here.set()
    outcomes = await asyncio.gather(holding, *jobs, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [
        bool,
        type(None),
        refusals.OnlyForPartners,
        type(None),
        IntegrityError,
        type(None),
    ]
    assert names(book) == ["Anna", "Ben", "Cem"]


async def test_what_takes_long_is_read_while_others_write(book: Book) -> None:
    has_begun, is_written = threading.Event(), threading.Event()

    def count(session: Session) -> int:
        found = len(session.exec(select(Person)).all())
        has_begun.set()
        assert is_written.wait(10)
        return found

    looking = asyncio.create_task(book.database.look(count))
    await asyncio.to_thread(has_begun.wait, 10)
    await book.database.run(join, "Anna")
    is_written.set()
    assert (await looking, names(book)) == (0, ["Anna"])


def test_rows_can_be_read_after_their_transaction(book: Book) -> None:
    anna = book.contact("Anna")
    read = book.run(lambda session: session.exec(select(Person).where(Person.id == anna.id)).one())
    assert (read.name, read.created_at) == ("Anna", NOW)
    assert read.created_at.utcoffset() == NOW.utcoffset()


async def test_change_of_the_agenda_wakes_only_after_its_commit(book: Book) -> None:
    woken: list[list[str]] = []
    book.database.when_agenda_changes.append(lambda: woken.append(["woken"]))

    def due(session: Session) -> None:
        touch_agenda(session)

    def refused(session: Session) -> None:
        touch_agenda(session)
        raise refusals.OnlyForStaff

    await book.database.run(join, "Anna")
    with pytest.raises(refusals.OnlyForStaff):
        await book.database.run(refused)
    assert woken == []
    await book.database.run(due)
    assert len(woken) == 1


def test_connection_that_the_server_has_ended_meanwhile_is_replaced(migrated_url: str) -> None:
    database = Database(migrated_url)
    database.run_now(join, "Anna")
    _end_connections(migrated_url)
    database.run_now(join, "Ben")
    database.close()


def test_connection_that_is_lost_within_a_transaction_is_given_up_without_a_traceback(
    migrated_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    database = Database(migrated_url)

    def lost(session: Session) -> None:
        session.exec(select(Person)).all()
        _end_connections(migrated_url)

    with pytest.raises(OperationalError) as error:
        database.run_now(lost)
    assert is_away(error.value)
    assert caplog.messages == []
    database.run_now(join, "Ben")
    database.close()


def _end_connections(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid != pg_backend_pid()"
        )


def test_row_that_others_point_to_is_not_deleted(book: Book) -> None:
    anna = book.contact("Anna")

    def delete(session: Session) -> None:
        session.delete(session.get_one(Organisation, anna.organisation_id))

    with pytest.raises(IntegrityError):
        book.run(delete)
    assert len(book.all(Organisation, col(Organisation.id))) == 1


def test_second_process_on_the_same_file_is_refused_until_the_first_has_ended(database_url: str) -> None:
    first, second = Database(database_url), Database(database_url)
    first.claim()
    if first.is_sqlite:
        with pytest.raises(DatabaseIsInUse, match=r"Another bot is running on .*pact\.db"):
            second.claim()
    else:
        second.claim()
    first.close()
    second.close()
    third = Database(database_url)
    third.claim()
    third.close()


async def test_texts_and_times_are_read_as_written_whatever_a_database_prefers(postgresql: str) -> None:
    with fresh_database(postgresql) as url, opened(url) as database:
        book, peers = Book(database), Peers(database.url)
        name = database.url.database
        with database.engine.begin() as connection:
            for setting, value in (("timezone", "Europe/Berlin"), ("client_encoding", "LATIN1")):
                connection.exec_driver_sql(f"ALTER DATABASE \"{name}\" SET {setting} TO '{value}'")
        database.engine.dispose()
        book.run(inbox.store, inbox.read([message(1, 7, "Hallo 🌱")], NOW))
        await peers.look()
        taken = await peers.take(7)
        await peers.leave()
        assert taken
        assert taken.body == book.all(Inbox)[0].body
        assert "🌱" in json.loads(taken.body)["message"]["text"]
        assert str(taken.received_at) == str(book.all(Inbox)[0].received_at) == str(NOW)


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_database_in_another_encoding_is_refused(postgresql: str, encoding: str) -> None:
    with fresh_database(postgresql, f"ENCODING '{encoding}' TEMPLATE template0 LOCALE 'C'") as url:
        database = Database(url)
        with pytest.raises(DatabaseIsUnusable, match=f"keeps texts in {encoding}, the bot needs UTF8"):
            database.claim()
        database.close()


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("postgresql://pact@host/pact", "postgresql+psycopg"),
        ("postgres://pact@host/pact", "postgresql+psycopg"),
        ("sqlite://", "sqlite"),
    ],
)
def test_usual_addresses_of_databases_are_understood(given: str, driver: str) -> None:
    assert database_url(given).drivername == driver
