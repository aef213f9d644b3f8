"""A person of whom every table holds something, with a value of its own in each column that is personal."""

from typing import Any

import sqlalchemy
from sqlalchemy import JSON, Column, Date, Enum, Table
from sqlmodel import Session, SQLModel

from storage.engine.inventory import Kept
from storage.engine.tables import Person
from storage.privacy.register import BY_NAME
from tests.support.book import NOW, Book

TELEGRAM_ID = 4_815_162_342
GIVEN = {
    "inbox.chat_id": TELEGRAM_ID,
    "team_member.telegram_id": TELEGRAM_ID,
    "inbox.answers": "4815 1623",
    "workshop_act.payload": {"table": "fact"},
    "mailing.content": [{"kind": "text", "text": "fact"}],
}
NAME, EMAIL, PHONE = "Marlene Markwart", "marlene@markiert.de", "+492151815162"


def fill(book: Book) -> tuple[Person, list[str]]:
    """The person, and every value that must be gone when they are."""
    office = book.staff("Olga Amt", telegram_id=900)
    marks = [NAME, EMAIL, PHONE, str(TELEGRAM_ID)]
    book.run(lambda session: _fill(session, office.id, marks))
    person = next(one for one in book.all(Person) if one.name == NAME)
    return person, marks


def _fill(session: Session, office_id: int, marks: list[str]) -> None:
    keys: dict[str, int] = {}
    for table in SQLModel.metadata.sorted_tables:
        values = {
            column.name: _value(column, table, keys, office_id, marks)
            for column in table.columns
            if not (column.name == "id" and column.primary_key)
        }
        result = session.execute(sqlalchemy.insert(table).values(values))
        keys[table.name] = result.inserted_primary_key[0]  # type: ignore[attr-defined] # of an insert


def _value(column: Column[Any], table: Table, keys: dict[str, int], office_id: int, marks: list[str]) -> Any:
    kept, name = BY_NAME[table.name], column.name
    if name in kept.actors:
        return office_id
    if kept.table is Person:
        known = {
            "telegram_id": TELEGRAM_ID,
            "name": NAME,
            "email": EMAIL,
            "phone": PHONE,
            "language": "en",
            "is_staff": False,
            "office_role": None,
            "is_main_contact": True,
            "unreachable_since": None,
            "created_at": NOW,
        }
        if name in known:
            return known[name]
    if f"{table.name}.{name}" in GIVEN:
        return GIVEN[f"{table.name}.{name}"]
    for key in column.foreign_keys:
        return keys.get(key.column.table.name)  # None for what points at its own table
    return _filled(column, kept, marks)


def _filled(column: Column[Any], kept: Kept, marks: list[str]) -> Any:
    kind = column.type
    name = f"{kept.name}.{column.name}"
    is_personal = kept.is_of_people and (column.name in kept.blanks or kept.goes)
    if isinstance(kind, Enum):
        return next(iter(kind.enum_class or ()))
    if isinstance(kind, JSON):
        return {"said": _mark(name, 40, marks)} if is_personal else ["fact"]
    python_type = kind.python_type
    if python_type is str:
        length = getattr(kind, "length", None) or 40
        return _mark(name, length, marks) if is_personal else f"fact {name}"[:length]
    return {int: 7, bool: False, float: 1.5, bytes: b"7"}.get(
        python_type, NOW.date() if isinstance(kind, Date) else NOW
    )


def _mark(name: str, length: int, marks: list[str]) -> str:
    """Each another one, so that what is found tells where it stood; too short ones tell nothing."""
    mark = f"Mk{len(marks)}~{name}"[:length]
    if len(mark) > 3:
        marks.append(mark)
    return mark
