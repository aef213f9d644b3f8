"""What sessions have come to, kept in each process, so that a tap reads and folds only what is new.

Only what is committed is kept. What another process has added is read by its sequence; an erasure, which
changes acts that are there, counts in `rewritten` of the session, and all is read anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from weakref import WeakKeyDictionary

import sqlalchemy
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from domain.workshop.acts import Act
from domain.workshop.state import State, go_on
from storage.engine.database import after_commit
from storage.workshop.tables import Workshop

KEPT = 8  # sessions of a database
_TABLE = SQLModel.metadata.tables["workshop_act"].columns
_ACT = sqlalchemy.select(
    *(
        _TABLE.id,
        _TABLE.sequence,
        _TABLE.at,
        _TABLE.person_id,
        _TABLE.organisation_id,
        _TABLE.kind,
        _TABLE.payload,
    )
).order_by(_TABLE.sequence)


@dataclass(frozen=True)
class Fold:
    """All acts of a session and what they come to; `rows` are the ids of the acts, by their sequence."""

    rewritten: int = 0
    acts: tuple[Act, ...] = ()
    rows: Mapping[int, int] = field(default_factory=dict)
    state: State = field(default_factory=State)


_of_databases: "WeakKeyDictionary[Engine, dict[int, Fold]]" = WeakKeyDictionary()


def of(session: Session, workshop: Workshop) -> Fold:
    """As this transaction sees it."""
    kept = _of_databases.setdefault(session.get_bind().engine, {})
    known = kept.get(workshop.id)
    if known is None or known.rewritten != workshop.rewritten:
        known = Fold(workshop.rewritten)
    found = _go_on(session, workshop.id, known)
    if found is not known:
        after_commit(session, partial(_keep, kept, workshop.id, found))
    return found


def _go_on(session: Session, workshop_id: int, known: Fold) -> Fold:
    newer = _ACT.where(_TABLE.workshop_id == workshop_id, _TABLE.sequence > known.state.sequence)
    rows = session.execute(newer).all()
    if not rows:
        return known
    acts = [Act(*row[1:]) for row in rows]
    every = (*known.acts, *acts)
    ids = {**known.rows, **{row[1]: row[0] for row in rows}}
    return Fold(known.rewritten, every, ids, go_on(known.state, acts, every))


def _keep(kept: dict[int, Fold], workshop_id: int, found: Fold) -> None:
    """Transactions that were beside one another may end in another order than they have read in."""
    known = kept.pop(workshop_id, None)
    is_newer = known is None or _age(found) >= _age(known)
    kept[workshop_id] = found if is_newer or known is None else known
    for oldest in list(kept)[:-KEPT]:
        del kept[oldest]


def _age(fold: Fold) -> tuple[int, int]:
    return fold.rewritten, fold.state.sequence
