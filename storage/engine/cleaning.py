"""Taking what was deleted out of the database's files too: the write-ahead log, dead rows.

SQLite overwrites what it deletes (`secure_delete`); until the log is written back, that is only in there.
"""

import sqlite3
import time
from contextlib import closing

from storage.engine.database import Database

TRIES, PAUSE = 200, 0.05  # seconds; who reads or writes meanwhile holds the log for a moment


def clean(database: Database) -> bool:
    """Blocks, so it is for a thread of its own. Whether nothing is left; else it is tried again later."""
    if database.is_sqlite:
        return _empty_log(str(database.url.database))
    with closing(database.engine.raw_connection()) as connection:  # within no transaction
        connection.cursor().execute("VACUUM")
    return True


def _empty_log(file: str) -> bool:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for _ in range(TRIES):
            try:
                (is_busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.OperationalError:
                is_busy = True
            if not is_busy:
                return True
            time.sleep(PAUSE)
    return False
