"""What a file changed in the register, kept row by row: all of it can be undone, exactly or by name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, func, select

from domain.basics import refusals
from domain.partners.organisations import name_key
from domain.partners.refusals import TooLateToUndoFile
from domain.partners.register import OF_CONTACT, OF_ORGANISATION, Partner
from storage.engine.people import check_staff
from storage.engine.tables import Person
from storage.partners.tables import Invite, Organisation, RegisterImport

UNDONE_WITHIN = timedelta(days=30)
OF_PERSON = {name: name.removeprefix("contact_") for name in OF_CONTACT}
TABLES: dict[str, type[Organisation] | type[Person]] = {"organisation": Organisation, "person": Person}
COLUMNS = {"organisation": OF_ORGANISATION, "person": (*OF_PERSON.values(), "organisation_id")}
FIELDS = {**{name: name for name in OF_ORGANISATION}, **{column: name for name, column in OF_PERSON.items()}}
SHOWN = 8  # files

Key = tuple[str, int]
Snapshot = dict[Key, dict[str, Any]]


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


def snapshot(organisations: Iterable[Organisation], people: Iterable[Person]) -> Snapshot:
    found: Snapshot = {}
    for table, rows in (("organisation", organisations), ("person", people)):
        for row in rows:
            found[table, row.id] = _values(row, table)
    return found


def _values(row: Organisation | Person, table: str) -> dict[str, Any]:
    return row.model_dump(mode="json", include=set(COLUMNS[table]))


def keep(
    session: Session, staff: Person, before: Snapshot, after: Snapshot, of_id: int | None, now: datetime
) -> int:
    """As a further piece of `of_id`; the id of the file."""
    changes = []
    for (table, row_id), made in after.items():
        was = before.get((table, row_id))
        if was != made:
            differing = {name for name in made if was is None or was[name] != made[name]}
            changes.append(
                {
                    "table": table,
                    "id": row_id,
                    "was": {name: was[name] for name in sorted(differing)} if was else None,
                    "made": {name: made[name] for name in sorted(differing)},
                }
            )
    piece = RegisterImport(by_id=staff.id, of_id=of_id, changes=changes, brought_in_at=now)
    session.add(piece)
    session.flush()
    piece.of_id = of_id or piece.id
    session.flush()
    return piece.of_id


def new_people(session: Session, file_id: int) -> list[int]:
    found = session.exec(select(RegisterImport.changes).where(RegisterImport.of_id == file_id))
    return [
        change["id"]
        for changes in found
        for change in changes
        if change["table"] == "person" and change["was"] is None
    ]


def files(session: Session, staff: Person, now: datetime) -> list[File]:
    """What can be undone, the newest first."""
    check_staff(staff)
    rows = func.sum(func.json_array_length(col(RegisterImport.changes)))
    found = session.exec(
        select(RegisterImport.of_id, Person.name, func.min(RegisterImport.brought_in_at), rows)
        .join(Person, col(Person.id) == col(RegisterImport.by_id))
        .where(
            col(RegisterImport.undone_at).is_(None), col(RegisterImport.brought_in_at) > now - UNDONE_WITHIN
        )
        .group_by(col(RegisterImport.of_id), col(Person.name))
        .order_by(col(RegisterImport.of_id).desc())
        .limit(SHOWN)
    )
    return [File(*row) for row in found.all() if row[3]]


def pieces(session: Session, staff: Person, file_id: int, now: datetime) -> list[int]:
    """The ids of what a file brought, the last first. Nothing where it is undone already."""
    check_staff(staff)
    found = session.exec(
        select(RegisterImport)
        .where(RegisterImport.of_id == file_id, col(RegisterImport.undone_at).is_(None))
        .order_by(col(RegisterImport.id).desc())
    ).all()
    if not found:
        raise refusals.ButtonIsOutdated
    if found[-1].brought_in_at <= now - UNDONE_WITHIN:
        raise TooLateToUndoFile
    return [piece.id for piece in found]


def undo(session: Session, staff: Person, piece_id: int, now: datetime) -> Undone:
    check_staff(staff)
    piece = session.get(RegisterImport, piece_id, with_for_update=True)
    if piece is None or piece.undone_at:
        return Undone(0, ())
    piece.undone_at = now
    session.add(piece)
    kept: list[str] = []
    rows = 0
    people_first = sorted(piece.changes, key=lambda change: change["table"], reverse=True)
    for change in people_first:
        stays = _undo(session, change)
        kept.extend(stays)
        rows += not stays
    session.flush()
    return Undone(rows, tuple(kept))


def _undo(session: Session, change: Mapping[str, Any]) -> Sequence[str]:
    """What has to stay, by name."""
    table, was, made = change["table"], change["was"], change["made"]
    row = session.get(TABLES[table], change["id"])
    if not isinstance(row, Organisation | Person):
        return ()
    now = _values(row, table)
    name = row.name
    changed = [column for column in made if now[column] != made[column]]
    if was is None:
        is_needed = bool(changed) or (isinstance(row, Person) and row.telegram_id is not None)
        return (name,) if is_needed or not _is_gone(session, row) else ()
    for column in set(made) - set(changed):
        setattr(row, column, _read(column, was[column]))
    if isinstance(row, Organisation):
        row.name_key = name_key(row.name)
    return (name,) if changed or not _is_stored(session, row) else ()


def _read(column: str, value: Any) -> Any:
    """As it was before it became JSON."""
    if column == "organisation_id":
        return value
    return TypeAdapter(Partner.model_fields[FIELDS[column]].annotation).validate_python(value)


def _is_stored(session: Session, row: Organisation | Person) -> bool:
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:  # another has taken the name since
        session.refresh(row)
        return False
    return True


def _is_gone(session: Session, row: Organisation | Person) -> bool:
    """Unless something points at it: an answer, a request, a measure."""
    try:
        with session.begin_nested():
            if isinstance(row, Person):
                session.exec(
                    delete(Invite).where(col(Invite.person_id) == row.id, col(Invite.used_at).is_(None))
                )
            session.delete(row)
            session.flush()
    except IntegrityError:
        return False
    return True
