"""Migrations lead to the tables as they are in the code, and running them again is harmless."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlmodel import SQLModel, col

from domain.events.event import EventKind
from domain.joining.requests import RequestState
from domain.partners.organisations import Sector
from storage.engine import copies, forms
from storage.engine.database import Database
from storage.engine.migrate import migrate, upgrade
from storage.engine.tables import Form, Notice, Person
from storage.events.tables import Event, Feedback, Rsvp
from storage.joining.tables import JoinRequest
from storage.partners import taking_up
from storage.partners.tables import Invite, Organisation
from tests.support.book import Book


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True}
    )
    return list(compare_metadata(context, SQLModel.metadata))


def test_migrated_schema_equals_the_tables(database: Database) -> None:
    with database.engine.connect() as connection:
        assert differences(connection) == []


def test_migrating_again_changes_nothing_and_loads_nothing(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.organisation("A GmbH")
    monkeypatch.delattr("storage.engine.migrate.upgrade")
    migrate(book.database)
    assert [row.name for row in book.all(Organisation)] == ["A GmbH"]


def test_migration_that_fails_leaves_nothing_half_done(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    database = Database(database_url)
    with monkeypatch.context() as patch:
        patch.setattr("alembic.runtime.migration.MigrationContext._ensure_version_table", fail)
        with pytest.raises(RuntimeError, match="power cut"):
            migrate(database)
    with database.engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    migrate(database)
    with database.engine.connect() as connection:
        assert differences(connection) == []
    database.close()


ORGANISATION_COLUMNS = "id, name, name_key, kind, category, street, postcode, city, joined_on, is_listed"
REQUEST_COLUMNS = (
    "id, person_id, organisation, category, postcode, size, contact_name, email, consent_version, "
    "received_at, state, reason"
)
EVENT_COLUMNS = (
    "id, title, starts_at, ends_at, place, address, host, description, taken, waiting, state, reason, "
    "created_at"
)
DAY = "2027-01-01 09:00:00.000000"


def test_rows_of_the_first_version_come_along(database_url: str) -> None:
    database = Database(database_url)
    with database.engine.begin() as connection:
        upgrade(connection, "0001")
        for table, columns, values in (
            ("organisation", ORGANISATION_COLUMNS,
             "1, 'A', 'a', 'partner', 'company', '', '', '', '2024-01-01', false"),
            ("person", "id, telegram_id, name, language, is_staff, organisation_id, email, phone, created_at",
             "1, 7, 'Anna', 'de', false, 1, '', '', '2024-01-01 09:00:00.000000'"),
            ("join_request", REQUEST_COLUMNS,
             "1, 1, 'A', 'company', '47798', 'small', 'Anna', '', '', '2024-01-01 09:00:00', 'accepted', ''"),
            ("join_request", REQUEST_COLUMNS,
             "2, 1, 'B', 'company', '47798', 'small', 'Anna', '', '', '2024-01-01 09:00:00', 'received', ''"),
            ("event", EVENT_COLUMNS,
             f"1, 'Rundgang', '{DAY}', '{DAY}', '', '', '', '', 1, 0, 'published', '', '{DAY}'"),
            ("rsvp", "event_id, person_id, organisation_id, status, party, asked_at, changed_at",
             f"1, 1, 1, 'yes', 1, '{DAY}', '{DAY}'"),
            ("form", "person_id, name, question, answers, started_at, touched_at",
             f"1, 'idea', 'topic', '{{}}', '{DAY}', '{DAY}'"),
        ):  # fmt: skip
            statement = f"INSERT INTO {table} ({columns}) VALUES ({values})"
            connection.exec_driver_sql(statement)
    migrate(database)
    book = Book(database)
    (request, waiting), (person,) = book.all(JoinRequest, col(JoinRequest.id)), book.all(Person)
    assert (waiting.state, waiting.office_due_at) == (RequestState.RECEIVED, waiting.received_at)
    (event,), (rsvp,) = book.all(Event), book.all(Rsvp)
    assert (event.kind, event.questions, event.audience, event.held) == (EventKind.MEETING, [], None, 0)
    assert (rsvp.replies, rsvp.offered, rsvp.one_is_enough) == ({}, 0, False)
    assert (request.state, request.sector, request.hopes) == (RequestState.SIGNED, Sector.OTHER, [])
    assert (person.organisation_id, person.is_main_contact) == (1, True)
    opened = book.acts(forms.find, person)
    assert opened
    assert opened.name == "idea"
    book.at(opened.touched_at).acts(forms.start, person, "ask", "text")
    assert {(form.name, form.rested_at is None) for form in book.all(Form)} == {
        ("idea", False),
        ("ask", True),
    }
    with database.engine.connect() as connection:
        assert differences(connection) == []
        if database.is_sqlite:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    database.close()


def test_wishes_come_along_and_a_recap_that_nobody_was_sent_is_a_draft(database_url: str) -> None:
    database = Database(database_url)
    with database.engine.begin() as connection:
        upgrade(connection, "0001")
        for person, name in ((1, "Anna"), (2, "Ben")):
            connection.exec_driver_sql(
                "INSERT INTO person (id, telegram_id, name, language, is_staff, email, phone, created_at) "
                f"VALUES ({person}, {person}, '{name}', 'de', false, '', '', '{DAY}')"
            )
        for event in (1, 2):
            values = f"{event}, 'Rundgang', '{DAY}', '{DAY}', '', '', '', '', 1, 0, 'published', '', '{DAY}'"
            connection.exec_driver_sql(f"INSERT INTO event ({EVENT_COLUMNS}) VALUES ({values})")
        upgrade(connection, "0006")
        for table, columns, values in (
            ("notice", "person_id, kind, subject_id, key, priority, created_at, due_at, attempts, error",
             f"1, 'event_recap', 1, 'event:1:recap', 2, '{DAY}', '{DAY}', 1, ''"),
            ("feedback", "event_id, person_id, score, wish, given_at", f"1, 1, 4, 'Mehr \"Ruhe\"', '{DAY}'"),
            ("feedback", "event_id, person_id, score, wish, given_at", f"1, 2, 4, '', '{DAY}'"),
        ):  # fmt: skip
            connection.exec_driver_sql(f"INSERT INTO {table} ({columns}) VALUES ({values})")
        connection.exec_driver_sql("UPDATE event SET recap = 'Schön war es.'")
    migrate(database)
    book = Book(database)
    sent, draft = book.all(Event, col(Event.id))
    assert (sent.recap_sent_at, draft.recap_sent_at) == (sent.starts_at, None)
    assert [one.wishes for one in book.all(Feedback, col(Feedback.person_id))] == [['Mehr "Ruhe"'], []]
    database.close()


def test_parties_that_wait_are_counted_once_for_all(database_url: str) -> None:
    database = Database(database_url)
    statuses = ("yes", "waiting", "waiting")
    with database.engine.begin() as connection:
        upgrade(connection, "0001")
        for event in (1, 2):
            values = f"{event}, 'Rundgang', '{DAY}', '{DAY}', '', '', '', '', 1, 4, 'published', '', '{DAY}'"
            connection.exec_driver_sql(f"INSERT INTO event ({EVENT_COLUMNS}) VALUES ({values})")
        for person, status in enumerate(statuses, 1):
            connection.exec_driver_sql(
                "INSERT INTO person (id, telegram_id, name, language, is_staff, email, phone, created_at) "
                f"VALUES ({person}, {person}, 'Anna', 'de', false, '', '', '{DAY}')"
            )
            connection.exec_driver_sql(
                "INSERT INTO rsvp (event_id, person_id, status, party, asked_at, changed_at) "
                f"VALUES (1, {person}, '{status}', 2, '{DAY}', '{DAY}')"
            )
    migrate(database)
    assert [event.in_line for event in Book(database).all(Event, col(Event.id))] == [2, 0]
    database.close()


def test_links_that_are_out_go_on_working_and_no_code_stays_in_the_file(
    database_url: str, tmp_path: Path
) -> None:
    database = Database(database_url)
    with database.engine.begin() as connection:
        upgrade(connection, "0012")
        for table, columns, values in (
            ("organisation", f"{ORGANISATION_COLUMNS}, phone",
             "1, 'A', 'a', 'partner', 'company', '', '', '', '2024-01-01', false, ''"),
            ("person",
             "id, name, language, is_staff, organisation_id, is_main_contact, role, email, phone, created_at",
             f"101, 'Anna', 'de', false, 1, true, '', '', '', '{DAY}'"),
            ("invite", "code, person_id, created_at, expires_at, used_by",
             f"'secret-open', 101, '{DAY}', '{DAY}', ''"),
            ("invite", "code, person_id, created_at, used_at, used_by",
             f"'secret-used', 101, '{DAY}', '{DAY}', 'Anna'"),
            ("notice", "person_id, kind, subject_id, key, priority, created_at, due_at, attempts, error",
             f"101, 'link_taken_up', 101, 'taken_up:secret-used', 1, '{DAY}', '{DAY}', 1, ''"),
        ):  # fmt: skip
            connection.exec_driver_sql(f"INSERT INTO {table} ({columns}) VALUES ({values})")
    migrate(database)
    book = Book(database)
    assert "secret" not in str(book.everything())
    opened = book.at(book.all(Invite)[0].created_at).acts(
        taking_up.open_invite, book.person("Ben"), "secret-open"
    )
    assert opened.contact.name == "Anna"
    (used,) = (row for row in book.all(Invite) if row.used_at)
    assert (used.code_hash, book.all(Notice)[0].key) == (None, f"taken_up:{used.id}")
    if database.is_sqlite:
        copies.back_up(database, tmp_path / "copy.db")
        assert b"secret" not in (tmp_path / "copy.db").read_bytes()
    database.close()


def test_names_are_cleaned_and_keys_with_them_unless_another_has_the_name(database_url: str) -> None:
    database = Database(database_url)
    names = ("Mu\u0308ller\u2011Bau", "Stadt\u200bwerke", "Stadtwerke", "Alpha\u00a0GmbH", "Beta")
    people = ((7, "\u202eAnna"), (8, "\u3164"), (None, "\u200b"))
    with database.engine.begin() as connection:
        upgrade(connection, "0012")
        for number, name in enumerate(names, 1):
            key = " ".join(name.casefold().split())
            values = f"{number}, '{name}', '{key}', 'partner', 'company', '', '', '', '2024-01-01', false, ''"
            columns = f"{ORGANISATION_COLUMNS}, phone"
            connection.exec_driver_sql(f"INSERT INTO organisation ({columns}) VALUES ({values})")
        for number, (telegram_id, name) in enumerate(people, 1):
            connection.exec_driver_sql(
                "INSERT INTO person (id, telegram_id, name, language, is_staff, is_main_contact, role, "
                f"email, phone, created_at) VALUES ({number}, {telegram_id or 'null'}, '{name}', 'de', "
                f"false, false, '', '', '', '{DAY}')"
            )
    migrate(database)
    book = Book(database)
    assert [(one.name, one.name_key) for one in book.all(Organisation, col(Organisation.id))] == [
        ("Müller-Bau", "müller-bau"),
        ("Stadtwerke", "stadt\u200bwerke"),
        ("Stadtwerke", "stadtwerke"),
        ("Alpha GmbH", "alpha gmbh"),
        ("Beta", "beta"),
    ]
    assert [one.name for one in book.all(Person, col(Person.id))] == ["Anna", "8", "–"]
    database.close()
