"""The ideas' index of likeness: one in each process for each database, brought up to date when it is asked.

By letters and, where a language model is installed, by meaning. What is read from the database and what takes
time are apart: the second runs beside the event loop.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import islice
from threading import Lock
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlmodel import Session, and_, case, col, or_, select

from domain.basics import language_model
from domain.basics.language_model import Model
from domain.basics.likeness import Index
from storage.engine.database import Database
from storage.ideas import board
from storage.ideas.tables import Idea, IdeaVector

AT_LEAST = (
    0.15  # likeness below which nothing is shown: `make bench` says what that finds and what it shows in vain
)
FOUND = 0.34  # of what was searched for must be there
SEARCHED = 20
AT_ONCE = 8  # texts that a model reads in one go: at most half a second


class Changed(NamedTuple):
    """`text` is empty for what others do not see."""

    idea_id: int
    text: str
    changed_at: datetime
    vector: bytes | None = None


class Meant(NamedTuple):
    text: str
    vector: bytes


class Likeness:
    def __init__(self, model: Model | None = None) -> None:
        self._model = model
        self._index = Index()
        self._vectors: dict[int, bytes] = {}
        self._unread: dict[int, str] = {}  # what the model has not read yet
        self._known: datetime | None = None
        self._lock = Lock()

    def changed(self, session: Session) -> list[Changed]:
        """Since it was taken in last. Rows of the same moment are read again, which changes nothing."""
        is_current = and_(
            col(IdeaVector.idea_id) == col(Idea.id),
            col(IdeaVector.model) == (self._model.name if self._model else ""),
        )
        text = case((board.IS_PUBLIC, col(Idea.text)), else_="")
        changed = (
            select(col(Idea.id), text, col(Idea.changed_at), col(IdeaVector.vector))
            .join(IdeaVector, is_current, isouter=True)
            .order_by(col(Idea.changed_at))
        )
        if self._known:
            read_next = list(islice(self._unread, AT_ONCE))
            changed = changed.where(or_(col(Idea.changed_at) >= self._known, col(Idea.id).in_(read_next)))
        return [Changed(*row) for row in session.execute(changed)]

    def take_in(self, changed: Sequence[Changed]) -> None:
        with self._lock:
            for one in changed:
                self._forget(one.idea_id)
                if one.text:
                    self._index.put(one.idea_id, one.text)
                    if one.vector:
                        self._vectors[one.idea_id] = one.vector
                    elif self._model:
                        self._unread[one.idea_id] = one.text
                self._known = max(one.changed_at, self._known or one.changed_at)

    def _forget(self, idea_id: int) -> None:
        self._index.drop(idea_id)
        self._vectors.pop(idea_id, None)
        self._unread.pop(idea_id, None)

    def read_on(self) -> dict[int, Meant]:
        """The model reads some of what it has not read; what comes of it is to be kept."""
        with self._lock:
            unread = dict(islice(self._unread.items(), AT_ONCE))
        if self._model is None or not unread:
            return {}
        vectors = self._model.vectors(list(unread.values()))
        made = {one: Meant(text, vector) for (one, text), vector in zip(unread.items(), vectors, strict=True)}
        with self._lock:
            for idea_id, meant in made.items():
                if self._unread.get(idea_id) == meant.text:
                    del self._unread[idea_id]
                    self._vectors[idea_id] = meant.vector
        return made

    def keep(self, session: Session, made: Mapping[int, Meant]) -> None:
        """What was made of a text that is another one by now is of no use."""
        ideas = session.exec(select(Idea).where(col(Idea.id).in_(list(made))).with_for_update())
        for idea in ideas.all():
            meant = made[idea.id]
            if self._model and idea.text == meant.text:
                session.merge(IdeaVector(idea_id=idea.id, model=self._model.name, vector=meant.vector))

    @property
    def has_unread(self) -> bool:
        return bool(self._unread)

    def nearest(self, text: str, most: int, but: Collection[int] = ()) -> list[int]:
        """The ideas on the board that are most like a text, of those that are alike at all."""
        if self._model and not self._unread:
            return self._by_meaning(self._model, text, but)[:most]
        with self._lock:
            return [number for score, number in self._index.nearest(text, but) if score >= AT_LEAST][:most]

    def _by_meaning(self, model: Model, text: str, but: Collection[int]) -> list[int]:
        asked = model.vectors([text])[0]
        with self._lock:
            vectors = {one: vector for one, vector in self._vectors.items() if one not in but}
        scores = model.likeness(asked, list(vectors.values())) if vectors else ()
        found = sorted(zip(scores, vectors, strict=True), key=lambda pair: (-pair[0], pair[1]))
        return [number for score, number in found if score >= model.at_least]

    def search(self, words: str) -> list[int]:
        """Forgives slips, endings and umlauts; what has most of the words comes first."""
        with self._lock:
            return [number for share, number in self._index.search(words) if share >= FOUND][:SEARCHED]


_of_databases: "WeakKeyDictionary[Database, Likeness]" = WeakKeyDictionary()
_one_at_a_time = Lock()


def of(database: Database) -> Likeness:
    """The first one waits for the language model to be loaded."""
    with _one_at_a_time:
        if database not in _of_databases:
            _of_databases[database] = Likeness(language_model.installed())
        return _of_databases[database]
