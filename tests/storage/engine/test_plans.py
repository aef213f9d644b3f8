"""No statement on the way of an answer reads a table that grows from end to end."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, text

from benchmarks.filled import fill
from benchmarks.ways import SPREAD, Ways
from storage.engine import process_locks
from storage.engine.database import Database
from tests.support.book import NOW, Book
from tests.support.databases import watching

PEOPLE = 20_000
GROWING = {  # the others have a handful of rows, or as many as there are events
    *(
        "organisation",
        "person",
        "join_request",
        "case_entry",
        "rsvp",
        "seat",
        "feedback",
        "shown_card",
        "idea",
        "poll_answer",
        "workshop_act",
    ),
    *("inquiry", "inquiry_line", "form", "inbox", "notice", "mailing_recipient", "mailing_choice"),
}
SHORT = {  # indexes that hold only what is outstanding, and those read from their end until a page is full
    *("ix_notice_waiting", "ix_inbox_unfinished", "ix_form_not_reminded", "ix_person_staff"),
    *("ix_person_unreachable", "ix_idea_created_at", "ix_shown_card_changed"),
}


@pytest.fixture
def ways(database: Database) -> Ways:
    with database.engine.begin() as connection:
        fill(connection, PEOPLE, NOW)
    return Ways(database, PEOPLE, NOW)


@contextmanager
def recorded(database: Database) -> Iterator[dict[str, list[str]]]:
    """Each statement with the scans in its plan, explained just before it is executed."""
    found: dict[str, list[str]] = {}
    explain = _scans_of_sqlite if database.is_sqlite else _scans_of_postgresql

    def note(connection: Connection, sql: str, given: Any) -> None:
        if sql not in found and sql.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            found[sql] = explain(connection, sql, given)

    with watching(database, note):
        yield found


def _explained(connection: Connection, how: str, sql: str, given: Any) -> list[Any]:
    cursor = connection.connection.cursor()
    cursor.execute(f"{how} {sql}", given)
    rows = cursor.fetchall()
    cursor.close()
    return list(rows)


def _scans_of_sqlite(connection: Connection, sql: str, given: Any) -> list[str]:
    steps = [row[3] for row in _explained(connection, "EXPLAIN QUERY PLAN", sql, given)]
    scans = [re.match(r"SCAN ([a-z_]+[a-z])(?:.* INDEX (\w+))?", step) for step in steps]
    return [scan[1] for scan in scans if scan and scan[1] in GROWING and scan[2] not in SHORT]


def _scans_of_postgresql(connection: Connection, sql: str, given: Any) -> list[str]:
    (plan,) = _explained(connection, "EXPLAIN (FORMAT JSON)", sql, given)[0]
    return [
        node["Relation Name"]
        for node in _nodes((plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"])
        if node.get("Relation Name") in GROWING
        and not node.keys() & {"Index Cond", "Recheck Cond"}
        and node["Node Type"] not in ("ModifyTable", "Bitmap Heap Scan")
        and node.get("Index Name") not in SHORT
    ]


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from _nodes(child)


def _scanning(database: Database, calls: list[Callable[[], None]]) -> dict[str, list[str]]:
    with recorded(database) as found:
        for call in calls:
            call()
    assert found
    return {sql: scans for sql, scans in found.items() if scans}


def test_no_table_that_grows_is_scanned_on_the_way_of_an_answer(ways: Ways) -> None:
    rounds = 2 * SPREAD + 1  # the same people again: answers change, seats become free
    for name, way in ways.all().items():
        scanning = _scanning(ways.database, [way] * (rounds if name.startswith("tap") else 2))
        assert not scanning, name


def test_chat_is_taken_without_a_scan(side_by_side: Book) -> None:
    with side_by_side.database.engine.begin() as connection:
        fill(connection, PEOPLE, NOW)
        assert _scans_of_postgresql(connection, process_locks._TAKE, {"chat": 7}) == []


def test_a_scan_would_be_found(ways: Ways) -> None:
    def look() -> None:
        ways.database.run_now(lambda session: session.execute(text("SELECT * FROM person WHERE role = 'x'")))

    assert list(_scanning(ways.database, [look]).values()) == [["person"]]
