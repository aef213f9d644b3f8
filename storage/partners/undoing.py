"""What a file changed in the register, kept row by row: all of it can be undone, exactly or by name."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple, TypeVar

import sqlalchemy
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, func, insert, select, update

from domain.basics import refusals
from domain.partners.organisations import name_key
from domain.partners.refusals import TooLateToUndoFile
from domain.partners.register import OF_CONTACT, OF_ORGANISATION, from_json, in_json
from storage.engine.people import check_staff
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.partners.tables import Invite, Organisation, RegisterImport

R = TypeVar("R")
UNDONE_WITHIN = timedelta(days=30)
OF_PERSON = {name: name.removeprefix("contact_") for name in OF_CONTACT}
TABLES: dict[str, type[Organisation] | type[Person]] = {"organisation": Organisation, "person": Person}
COLUMNS = {"organisation": OF_ORGANISATION, "person": (*OF_PERSON.values(), "organisation_id")}
SHOWN = 8  # files

READ = {  # besides what is kept of changes
    "organisation": ("id", "name_key"),
    "person": ("id", "is_main_contact", "telegram_id", "language"),
}

Row = dict[str, Any]  # by its columns
Change = dict[str, Any]  # of a row, as it is kept


class File(NamedTuple):
    """A file that was brought in: `id` is that of its first piece."""

    id: int
    by: str
    at: datetime
    rows: int


@dataclass(frozen=True)
class Undone:
    """How many rows are as they were; `kept` names what was changed since or is needed."""

    rows: int
    kept: tuple[str, ...]


class Rows:
    """Those of a table that have one of `values`: read, changed and written at once, in plain columns."""

    def __init__(
        self, session: Session, table: type[Organisation] | type[Person], column: Any, values: Collection[Any]
    ) -> None:
        self.session, self.table, self.name = session, table, str(table.__tablename__)
        self.which = col(column).in_(values)
        wanted = (*READ[self.name], *COLUMNS[self.name])
        found = session.execute(self._select(wanted)).mappings()
        self.all = [dict(row) for row in found]
        self.was = {row["id"]: dict(row) for row in self.all}
        self.new: list[Row] = []

    def _select(self, names: Iterable[str]) -> Any:
        """In the order in which they came."""
        columns = [getattr(self.table, name) for name in names]
        return sqlalchemy.select(*columns).where(self.which).order_by(col(self.table.id))

    def add(self, row: Row) -> Row:
        self.new.append(row)
        return row

    def write(self, *key: str) -> None:
        """What differs from how it was, and the new ones, whose ids are found by `key`."""
        differing = [
            {"id": row["id"], **self._differing(row)} for row in self.all if row != self.was[row["id"]]
        ]
        if differing:
            self.session.execute(update(self.table), differing)
        if self.new:
            self.session.execute(insert(self.table), self.new)
            ids = {tuple(row): row_id for row_id, *row in self.session.execute(self._select(("id", *key)))}
            for row in self.new:
                row["id"] = ids[tuple(row[name] for name in key)]

    def _differing(self, row: Row) -> Row:
        was = self.was[row["id"]]
        return {name: value for name, value in row.items() if value != was[name]}

    def changes(self) -> list[Change]:
        """As they are kept."""
        columns = sorted(COLUMNS[self.name])
        new = [self._change(row, None, columns) for row in self.new]
        changed = (
            (row, [name for name in columns if row[name] != self.was[row["id"]][name]]) for row in self.all
        )
        return [*new, *(self._change(row, self.was[row["id"]], names) for row, names in changed if names)]

    def _change(self, row: Row, was: Row | None, names: Iterable[str]) -> Change:
        return {
            "table": self.name,
            "id": row["id"],
            "was": {name: in_json(was[name]) for name in names} if was else None,
            "made": {name: in_json(row[name]) for name in names},
        }


def keep(turn: Turn, changes: list[Change], rows: int, of_id: int | None) -> int:
    """What so many rows changed, as a further piece of `of_id`; the id of the file."""
    piece = RegisterImport(
        by_id=turn.person.id, of_id=of_id, changes=changes, rows=rows, brought_in_at=turn.now
    )
    turn.session.add(piece)
    turn.session.flush()
    piece.of_id = of_id or piece.id
    turn.session.flush()
    return piece.of_id


def rows_in(session: Session, file_id: int | None) -> int:
    rows = select(func.coalesce(func.sum(RegisterImport.rows), 0))
    return session.exec(rows.where(RegisterImport.of_id == file_id)).one()


def new_people(session: Session, file_id: int) -> list[int]:
    found = session.exec(select(RegisterImport.changes).where(RegisterImport.of_id == file_id))
    return [
        change["id"]
        for changes in found
        for change in changes
        if change["table"] == "person" and change["was"] is None
    ]


def files(turn: Turn) -> list[File]:
    """What can be undone, the newest first."""
    check_staff(turn.person)
    rows = func.sum(func.json_array_length(col(RegisterImport.changes)))
    found = turn.session.exec(
        select(RegisterImport.of_id, Person.name, func.min(RegisterImport.brought_in_at), rows)
        .join(Person, col(Person.id) == col(RegisterImport.by_id))
        .where(
            col(RegisterImport.undone_at).is_(None),
            col(RegisterImport.brought_in_at) > turn.now - UNDONE_WITHIN,
        )
        .group_by(col(RegisterImport.of_id), col(Person.name))
        .order_by(col(RegisterImport.of_id).desc())
        .limit(SHOWN)
    )
    return [File(*row) for row in found.all() if row[3]]


def pieces(turn: Turn, file_id: int) -> list[int]:
    """The ids of what a file brought, the last first. Nothing where it is undone already."""
    check_staff(turn.person)
    found = turn.session.exec(
        select(RegisterImport)
        .where(RegisterImport.of_id == file_id, col(RegisterImport.undone_at).is_(None))
        .order_by(col(RegisterImport.id).desc())
    ).all()
    if not found:
        raise refusals.ButtonIsOutdated
    if found[-1].brought_in_at <= turn.now - UNDONE_WITHIN:
        raise TooLateToUndoFile
    return [piece.id for piece in found]


def undo(turn: Turn, piece_id: int) -> Undone:
    check_staff(turn.person)
    piece = turn.session.get(RegisterImport, piece_id, with_for_update=True)
    if piece is None or piece.undone_at:
        return Undone(0, ())
    piece.undone_at = turn.now
    turn.session.add(piece)
    kept: list[str] = []
    for name in ("person", "organisation"):  # whom nobody needs any more goes first
        changes = {change["id"]: change for change in piece.changes if change["table"] == name}
        kept.extend(_undo(turn.session, TABLES[name], changes))
    return Undone(len(piece.changes) - len(kept), tuple(kept))


def _undo(
    session: Session, table: type[Organisation] | type[Person], changes: Mapping[int, Change]
) -> list[str]:
    """What has to stay, by name."""
    rows = Rows(session, table, table.id, changes.keys())
    of_it = [(row, changes[row["id"]]) for row in rows.all]
    stays = {row["id"] for row, change in of_it if _is_needed(row, change)}
    made = [row["id"] for row, change in of_it if change["was"] is None and row["id"] not in stays]
    before = [_before(row, change) for row, change in of_it if change["was"] is not None]
    refused = _all_or_halves(session, made, partial(_delete, table))
    refused += [row["id"] for row in _all_or_halves(session, before, partial(_restore, table))]
    return [row["name"] for row in rows.all if row["id"] in stays.union(refused)]


def _is_needed(row: Row, change: Change) -> bool:
    """It was changed since, or somebody has come by it."""
    is_here = change["was"] is None and row.get("telegram_id") is not None
    return is_here or any(in_json(row[name]) != value for name, value in change["made"].items())


def _before(row: Row, change: Change) -> Row:
    """With its id, without what was changed since."""
    same = {name for name, value in change["made"].items() if in_json(row[name]) == value}
    was = from_json({name: value for name, value in change["was"].items() if name in same})
    key = {"name_key": name_key(was["name"])} if "name_key" in row and "name" in was else {}
    return {"id": row["id"], **was, **key}


def _all_or_halves(
    session: Session, rows: Sequence[R], act: Callable[[Session, Sequence[R]], None]
) -> list[R]:
    """Those with which the database does not let it be done: few, so that all are tried at once first."""
    if not rows:
        return []
    try:
        with session.begin_nested():
            act(session, rows)
    except IntegrityError:
        if len(rows) == 1:
            return list(rows)
        half = len(rows) // 2
        return [
            refused for some in (rows[:half], rows[half:]) for refused in _all_or_halves(session, some, act)
        ]
    return []


def _restore(table: type[Organisation] | type[Person], session: Session, rows: Sequence[Row]) -> None:
    """Unless another has taken the name since."""
    session.execute(update(table), list(rows))


def _delete(table: type[Organisation] | type[Person], session: Session, ids: Sequence[int]) -> None:
    """Unless something points at it: an answer, a request, a measure."""
    if table is Person:
        session.exec(delete(Invite).where(col(Invite.person_id).in_(ids), col(Invite.used_at).is_(None)))
    session.exec(delete(table).where(col(table.id).in_(ids)))
