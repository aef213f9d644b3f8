"""Tells a database that cannot do it now from a transaction that is wrong."""

import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

READ_ONLY = "25006"  # PostgreSQL's word for a standby that has not taken over yet
TOO_MUCH = "54"  # the class of what no server takes, such as too long an index entry
SQLITE_AWAY = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_CANTOPEN,
)


def is_away(error: BaseException) -> bool:
    """Whether the database could not do it now, whatever it was: it is no fault of the transaction."""
    if isinstance(error, NoConnectionFree):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        kind = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF  # the higher bits say more exactly which
        return kind in SQLITE_AWAY
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None) or ""
    is_without = isinstance(error, OperationalError)  # shutting down, disk full, too many connections
    return state == READ_ONLY or (is_without and not state.startswith(TOO_MUCH))
