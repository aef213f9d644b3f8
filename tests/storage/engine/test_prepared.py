"""Statements that go past SQLAlchemy do what it would have done, on both databases."""

from datetime import timedelta
from typing import Any

import pytest
import sqlmodel
from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from domain.events.refusals import EventIsGone
from storage.engine.prepared import Prepared, PreparedEntity
from storage.engine.tables import Inbox, InboxState, Person
from storage.events import seating
from storage.events.tables import Event
from tests.support.book import NOW, Book, id_of

INBOX = Inbox.metadata.tables["inbox"]
COLUMNS = ("update_id", "chat_id", "received_at", "body", "state", "attempts", "error", "answers")
ADD = Prepared(insert(INBOX), *COLUMNS)
FIND = Prepared(
    select(INBOX.columns.received_at, INBOX.columns.state).where(
        INBOX.columns.chat_id == bindparam("chat"), INBOX.columns.state == InboxState.WAITING
    )
)
REMOVE = Prepared(delete(INBOX).where(INBOX.columns.chat_id == bindparam("chat")))
BY_NAME = PreparedEntity(Person, col(Person.name) == bindparam("name"))


def values(number: int) -> dict[str, Any]:
    return dict(zip(COLUMNS, (number, 7, NOW, "{}", InboxState.WAITING, 0, "", 0), strict=True))


def add(session: Session, number: int) -> None:
    ADD.change(session, **values(number))


def test_values_are_stored_and_come_back_as_python_has_them(book: Book) -> None:
    book.run(add, 1)
    assert book.run(lambda session: FIND.all(session, chat=7)) == [(NOW, InboxState.WAITING)]
    assert book.all(Inbox)[0].received_at == NOW
    assert book.run(lambda session: FIND.first(session, chat=8)) is None
    assert book.run(lambda session: REMOVE.change(session, chat=7)) == 1
    assert book.all(Inbox) == []


def test_what_the_database_refuses_is_raised_as_ever_and_undoes_the_transaction(book: Book) -> None:
    book.run(add, 1)

    def add_two(session: Session) -> None:
        add(session, 2)
        add(session, 1)

    with pytest.raises(IntegrityError) as raised:
        book.run(add_two)
    assert "{}" not in str(raised.value), "the words of a person"
    assert [row.update_id for row in book.all(Inbox)] == [1]


def test_what_is_written_is_there_for_whatever_reads_next(book: Book) -> None:
    def write_and_read(session: Session) -> None:
        ADD.write(session, **values(1))
        assert len(session.exec(sqlmodel.select(Inbox)).all()) == 1
        ADD.write(session, **values(2))
        found = FIND.ask(session, chat=7)
        REMOVE.write(session, chat=7)
        assert len(found()) == 2
        ADD.write(session, **values(3))

    book.run(write_and_read)
    assert [row.update_id for row in book.all(Inbox)] == [3]


def test_what_is_written_last_fails_as_a_whole(book: Book) -> None:
    def write_twice(session: Session) -> None:
        ADD.write(session, **values(1))
        ADD.write(session, **values(1))

    def is_wrong(_count: int) -> None:
        raise EventIsGone

    def write_what_must_not_be(session: Session) -> None:
        ADD.write(session, **values(1))
        REMOVE.write(session, is_wrong, chat=7)

    with pytest.raises(IntegrityError):
        book.run(write_twice)
    with pytest.raises(EventIsGone):
        book.run(write_what_must_not_be)
    assert book.all(Inbox) == []
    book.run(lambda _session: None)


def test_an_object_is_the_session_s_own_and_its_changes_are_stored(book: Book) -> None:
    anna = book.person("Anna")

    def rename(session: Session) -> None:
        session.get_one(Person, anna.id).role = "Energy"
        found = BY_NAME.one_or_none(session, name="Anna")
        assert found is session.get_one(Person, anna.id)
        assert found.role == "Energy"
        session.expunge_all()
        found = BY_NAME.one_or_none(session, name="Anna")
        assert found
        assert found == anna.model_copy(update={"role": "Energy"})
        found.name = "Berta"
        session.flush()
        assert BY_NAME.one_or_none(session, name="Anna") is None

    book.run(rename)
    assert [person.name for person in book.all(Person)] == ["Berta"]


def test_every_column_of_an_event_is_as_sqlalchemy_loads_it(book: Book) -> None:
    event_id = id_of(book.event(capacity=3, answer_by=NOW + timedelta(hours=1)))

    def both(session: Session) -> tuple[Event, Event]:
        event = session.get_one(Event, event_id)
        event.questions, event.audience, event.replaced = ["diet"], [7], {"place": "Rathaus"}
        session.flush()
        session.expunge_all()
        found = seating.get_event(session, event_id, lock=True)
        session.expunge_all()
        return found, session.get_one(Event, event_id)

    ours, theirs = book.run(both)
    assert ours == theirs
    with pytest.raises(EventIsGone):
        book.run(seating.get_event, event_id + 1)
