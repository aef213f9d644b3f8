"""Where texts stand in which anybody may be named: in a column, or within what a column holds as JSON."""

import json
from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlalchemy import JSON, String, func, or_
from sqlmodel import Session

from storage.engine.inventory import Kept
from storage.privacy.register import BY_NAME

SAID = ("text", "name", "table", "label", "url")  # of what is kept as JSON: what people have written


def named_in(session: Session, kept: Kept, name: str, known: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The places of this column where one of the known words stands, each with its row."""
    words, column = list(known), kept.columns[name]
    is_json = isinstance(column.type, JSON)
    written = {
        json.dumps(one)[1:-1] if is_json else one
        for word in words
        for one in (word, word.upper(), word.lower())
    }
    text = sqlalchemy.cast(column, String) if is_json else column
    sought = [*(text.contains(one, autoescape=True) for one in written)]
    sought += [func.lower(text).contains(one.lower(), autoescape=True) for one in written]
    rows = session.execute(sqlalchemy.select(kept.columns["id"], column).where(or_(*sought)))
    for row_id, value in rows:
        places = _places(value, f"{kept.name}.{name}") if is_json else [(f"{kept.name}.{name}", None)]
        for place, said in places:
            if said is None or any(word.lower() in said.lower() for word in words):
                yield place, row_id


def _places(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _places(one, f"{place}/{number}")
    elif isinstance(value, dict):
        for key, one in value.items():
            if not isinstance(one, str):
                yield from _places(one, f"{place}/{key}")
            elif key in SAID:
                yield f"{place}/{key}", one


def kept_at(place: str) -> Kept:
    return BY_NAME[place.partition(".")[0]]


def read(session: Session, place: str, row_id: int) -> str:
    value, path = _value(session, place, row_id)
    for key in path:
        value = _within(value, key)
    return value or ""


def _value(session: Session, place: str, row_id: int) -> tuple[Any, list[str]]:
    kept, (column, *path) = kept_at(place), place.partition(".")[2].split("/")
    stored = sqlalchemy.select(kept.columns[column]).where(kept.columns["id"] == row_id)
    return session.execute(stored).scalar_one_or_none(), path


def _within(value: Any, key: str) -> Any:
    """Nothing, if it is not there any more."""
    if isinstance(value, list):
        return value[int(key)] if int(key) < len(value) else None
    return value.get(key) if isinstance(value, dict) else None


def write(session: Session, place: str, row_id: int, text: str, now: datetime) -> None:
    """What was marked in a text that is kept as JSON goes with it: it would stand at other letters."""
    kept, column = kept_at(place), place.partition(".")[2].split("/")[0]
    value, path = _value(session, place, row_id)
    value = _with(value, path, text) if path else text
    target = sqlalchemy.update(kept.columns["id"].table).where(kept.columns["id"] == row_id)
    session.execute(target.values({kept.columns[column]: value}))
    if kept.rewritten:
        kept.rewritten(session, row_id, now)


def _with(value: Any, path: list[str], text: str) -> Any:
    changed = inner = deepcopy(value)
    *outer, last = path
    for key in outer:
        _unmark(inner)
        inner = _within(inner, key)
    if isinstance(inner, dict) and last in inner:
        _unmark(inner)
        inner[last] = text
    return changed


def _unmark(part: Any) -> None:
    if isinstance(part, dict):
        part.pop("entities", None)
