"""Calendar files, read by another library than the one that writes them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject

from domain.basics.calendar_files import Entry, uid, write
from domain.basics.pact import Pact

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 12, 10, 14, tzinfo=BERLIN)
ENTRY = Entry("talk-1@pact", 0, "Gespräch; mit, allem\n& Ümlaut", START, START + timedelta(hours=1))


def read(entry: Entry) -> Any:
    return vobject.readOne(write(entry, Pact(), NOW).decode())


def test_entry_says_what_it_was_given() -> None:
    calendar = read(replace(ENTRY, place="Ostwall 1", description="Zeile\nnoch eine", url="https://t.me/x"))
    event = calendar.vevent
    assert calendar.method.value == "PUBLISH"
    assert (event.uid.value, event.sequence.value, event.status.value) == ("talk-1@pact", "0", "CONFIRMED")
    assert event.summary.value == ENTRY.title
    assert (event.location.value, event.description.value) == ("Ostwall 1", "Zeile\nnoch eine")
    assert event.organizer.value == "mailto:klimapakt@krefeld.de"


def test_moved_and_cancelled_entries_keep_their_uid_and_raise_the_sequence() -> None:
    moved = read(replace(ENTRY, sequence=1, starts_at=START + timedelta(days=1)))
    cancelled = read(replace(ENTRY, sequence=2, is_cancelled=True))
    assert [c.vevent.uid.value for c in (moved, cancelled)] == [ENTRY.uid] * 2
    assert [c.vevent.sequence.value for c in (moved, cancelled)] == ["1", "2"]
    assert (cancelled.method.value, cancelled.vevent.status.value) == ("CANCEL", "CANCELLED")


@pytest.mark.parametrize("day", [(2027, 3, 27), (2027, 3, 28), (2027, 10, 30), (2027, 10, 31)])
def test_wall_clock_is_right_across_the_changes_of_the_clocks(day: tuple[int, int, int]) -> None:
    start = datetime(*day, 9, tzinfo=BERLIN)
    event = read(replace(ENTRY, starts_at=start.astimezone(UTC), ends_at=start.astimezone(UTC))).vevent
    assert event.dtstart.value.astimezone(BERLIN) == start


def test_lines_end_and_fold_as_the_standard_wants() -> None:
    raw = write(replace(ENTRY, title="Ä" * 200), Pact(), NOW)
    assert raw.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_uid_belongs_to_this_pact_alone() -> None:
    assert uid("talk", 7, Pact()) == "talk-7@www.klimapakt-krefeld.de"
