"""Calendar files: one entry that phones and computers take in, move and take out again.

An entry keeps its `uid`; each change that matters raises `sequence`, and calendars replace what they had
(RFC 5545 3.8.7.4, RFC 5546 3.2). Times are written in UTC, so that no reader needs a table of time zones.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from domain.basics.pact import Pact

if TYPE_CHECKING:
    from icalendar import Calendar, Event

AGAIN = timedelta(hours=12)


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
    """The same for ever for one talk or event, and no other bot's, be it of the same pact."""
    marked = "-".join(filter(None, (kind, str(number), pact.mark)))
    return f"{marked}@{urlsplit(pact.homepage).hostname or 'pact.invalid'}"


def link(pact: Pact, code: str) -> str:
    """To what an entry is about, in the bot: the same in every file."""
    return f"https://t.me/{pact.bot}?start={code}" if pact.bot else pact.homepage


def write(entry: Entry, pact: Pact, now: datetime) -> bytes:
    """One entry as an `.ics` file; METHOD tells calendars to add or replace it, or to take it out."""
    method = "CANCEL" if entry.is_cancelled else "PUBLISH"
    return bytes(_calendar([entry], method, pact, now).to_ical())


def write_several(entries: Iterable[Entry], pact: Pact, now: datetime) -> bytes:
    """Several that take place, to be taken in with one file."""
    return bytes(_calendar(entries, "PUBLISH", pact, now).to_ical())


def write_all(entries: Iterable[Entry], name: str, pact: Pact, now: datetime) -> bytes:
    """Many entries as a calendar to subscribe to, which is asked for again every half day."""
    calendar = _calendar(entries, "PUBLISH", pact, now)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    return bytes(calendar.to_ical())


def _calendar(entries: Iterable[Entry], method: str, pact: Pact, now: datetime) -> "Calendar":
    from icalendar import Calendar  # noqa: PLC0415 # a start need not wait for it

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{pact.name}//bot//DE")
    calendar.add("method", method)
    for entry in entries:
        calendar.add_component(_component(entry, pact, now))
    return calendar


def _component(entry: Entry, pact: Pact, now: datetime) -> "Event":
    from icalendar import Event, vCalAddress  # noqa: PLC0415 # as above

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
