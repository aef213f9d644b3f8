"""Deleting many rows in pieces, each a transaction, so that an answer need not wait for all of them."""

from typing import Any

from sqlalchemy import inspect
from sqlmodel import Session, SQLModel, delete, select

PIECE = 1_000  # rows; a few hundredths of a second


def delete_some(session: Session, table: type[SQLModel], *where: Any) -> bool:
    """Delete at most PIECE rows; whether there may be more. The table's key is one column."""
    (key,) = inspect(table).primary_key
    some = select(key).where(*where).limit(PIECE)
    deleting = delete(table).where(key.in_(some)).execution_options(synchronize_session=False)
    return session.exec(deleting).rowcount == PIECE
