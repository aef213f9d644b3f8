"""Released versions of the programme, and what is different from one to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from domain.events.event import EventKind


@dataclass(frozen=True)
class Entry:
    """A slot as a version shows it. Without `starts_at` only the month is known."""

    slot_id: int
    kind: EventKind
    title: str
    month: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    host: str = ""
    event_id: int | None = None

    def stored(self) -> dict[str, Any]:
        plain = {**vars(self), "kind": str(self.kind)}
        return {
            name: value.isoformat() if isinstance(value, date) else value for name, value in plain.items()
        }

    @classmethod
    def read(cls, stored: dict[str, Any]) -> "Entry":
        moments = {
            name: datetime.fromisoformat(stored[name]) if stored[name] else None
            for name in ("starts_at", "ends_at")
        }
        kind, month = EventKind(stored["kind"]), date.fromisoformat(stored["month"])
        return cls(**{**stored, **moments, "kind": kind, "month": month})


class Difference(StrEnum):
    NEW = "new"
    GONE = "gone"
    MOVED = "moved"  # to another day or time, or from a month to a day
    CHANGED = "changed"  # title, place or host


@dataclass(frozen=True)
class Change:
    difference: Difference
    entry: Entry
    before: Entry | None = None


def differences(before: Sequence[Entry], after: Sequence[Entry]) -> list[Change]:
    """In the order of the new version, what is gone last."""
    old, new = ({entry.slot_id: entry for entry in entries} for entries in (before, after))
    found = [change for entry in after if (change := _change(old.get(entry.slot_id), entry))]
    return found + [Change(Difference.GONE, entry, entry) for entry in before if entry.slot_id not in new]


def _change(before: Entry | None, entry: Entry) -> Change | None:
    if before is None:
        return Change(Difference.NEW, entry)
    if (before.starts_at or before.month) != (entry.starts_at or entry.month):
        return Change(Difference.MOVED, entry, before)
    if (before.title, before.place, before.host) != (entry.title, entry.place, entry.host):
        return Change(Difference.CHANGED, entry, before)
    return None
