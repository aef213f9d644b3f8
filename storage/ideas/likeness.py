"""The ideas' index of likeness: one in each process for each database, brought up to date when it is asked.

What is read from the database and what takes time are apart: the second runs beside the event loop.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from threading import Lock
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlmodel import Session, col, select

from domain.ideas.likeness import Index
from storage.engine.database import Database
from storage.ideas.tables import Idea

AT_LEAST = (
    0.15  # likeness below which nothing is shown: `make bench` says what that finds and what it shows in vain
)
FOUND = 0.34  # of what was searched for must be there
SEARCHED = 20


class Changed(NamedTuple):
    """`text` is empty for what others do not see."""

    idea_id: int
    text: str
    changed_at: datetime


class Likeness:
    def __init__(self) -> None:
        self._index = Index()
        self._known: datetime | None = None
        self._lock = Lock()

    def changed(self, session: Session) -> list[Changed]:
        """Since it was taken in last. Rows of the same moment are read again, which changes nothing."""
        changed = select(Idea).order_by(col(Idea.changed_at))
        if self._known:
            changed = changed.where(col(Idea.changed_at) >= self._known)
        return [
            Changed(
                idea.id,
                idea.text if idea.published_at and not (idea.hidden_at or idea.withdrawn_at) else "",
                idea.changed_at,
            )
            for idea in session.exec(changed)
        ]

    def take_in(self, changed: Sequence[Changed]) -> None:
        with self._lock:
            for one in changed:
                if one.text:
                    self._index.put(one.idea_id, one.text)
                else:
                    self._index.drop(one.idea_id)
                self._known = one.changed_at

    def nearest(self, text: str, most: int, but: Collection[int] = ()) -> list[int]:
        """The ideas on the board that are most like a text, of those that are alike at all."""
        with self._lock:
            return [number for score, number in self._index.nearest(text, but) if score >= AT_LEAST][:most]

    def search(self, words: str) -> list[int]:
        """Forgives slips, endings and umlauts; what has most of the words comes first."""
        with self._lock:
            return [number for share, number in self._index.search(words) if share >= FOUND][:SEARCHED]


_of_databases: "WeakKeyDictionary[Database, Likeness]" = WeakKeyDictionary()


def of(database: Database) -> Likeness:
    if database not in _of_databases:
        _of_databases[database] = Likeness()
    return _of_databases[database]
