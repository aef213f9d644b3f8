"""Calendar files: one entry that phones and computers take in, move and take out again.

An entry keeps its `uid`; each change that matters raises `sequence`, and calendars replace what they had
(RFC 5545 3.8.7.4, RFC 5546 3.2). Times are written in UTC, so that no reader needs a table of time zones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vCalAddress

from domain.basics.pact import Pact


@dataclass(frozen=True)
class Entry:
    uid: str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    description: str = ""
    url: str = ""
    is_cancelled: bool = False


def uid(kind: str, number: int, pact: Pact) -> str:
    """The same for ever for one talk or event, and no other bot's."""
    return f"{kind}-{number}@{urlsplit(pact.homepage).hostname or 'pact.invalid'}"


def write(entry: Entry, pact: Pact, now: datetime) -> bytes:
    """One entry as an `.ics` file; METHOD tells calendars to add or replace it, or to take it out."""
    return _file([entry], "CANCEL" if entry.is_cancelled else "PUBLISH", pact, now)


def write_all(entries: Sequence[Entry], pact: Pact, now: datetime) -> bytes:
    """Several that take place."""
    return _file(entries, "PUBLISH", pact, now)


def _file(entries: Sequence[Entry], method: str, pact: Pact, now: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{pact.name}//bot//DE")
    calendar.add("method", method)
    for entry in entries:
        calendar.add_component(_event(entry, pact, now))
    return bytes(calendar.to_ical())


def _event(entry: Entry, pact: Pact, now: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now)
    event.add("last-modified", now)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", entry.title)
    for name in ("location", "description", "url"):
        value = getattr(entry, "place" if name == "location" else name)
        if value:
            event.add(name, value)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    organiser = vCalAddress(f"mailto:{pact.email}")
    organiser.params["cn"] = pact.name
    event["organizer"] = organiser
    return event
