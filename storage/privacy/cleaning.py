"""After an erasure: the database's files are cleaned, and the list of erasures is kept beside them.

The list survives the restoring of a back-up, so that what is in it can be erased again.
"""

from datetime import datetime
from pathlib import Path

from domain.basics.pact import Pact
from storage.engine import cleaning
from storage.engine.database import Database
from storage.privacy import erasure


def list_of(database: Database) -> Path | None:
    """Where the list is kept: as the settings say, or beside the SQLite file."""
    if database.erasures_file:
        return Path(database.erasures_file)
    is_file = database.is_sqlite and database.url.database not in (None, "", ":memory:")
    return Path(f"{database.url.database}.erasures") if is_file else None


def clean(database: Database, now: datetime) -> bool:
    """Blocks: for a thread. Whether all that was erased is out of the files too."""
    keep_list(database)
    waiting = [one.id for one in database.run_now(erasure.open_ones)]
    if not waiting:
        return True
    if not cleaning.clean(database):
        return False
    database.run_now(erasure.note_cleaned, waiting, now)
    return True


def keep_list(database: Database) -> None:
    """Write what the table has and the list lacks."""
    where = list_of(database)
    if where is None:
        return
    known = set(_read(where))
    new = [mark for mark in database.run_now(erasure.all_marks) if mark not in known]
    if new:
        where.parent.mkdir(parents=True, exist_ok=True)
        with where.open("a", encoding="ascii") as listing:
            listing.writelines(f"{mark}\n" for mark in new)
        where.chmod(0o600)


def erase_again(database: Database, pact: Pact, now: datetime) -> int:
    """At start: a restored back-up may hold people who were erased since."""
    where = list_of(database)
    marks = _read(where) if where else []
    known = set(database.run_now(erasure.all_marks))
    missing = [mark for mark in marks if mark not in known]
    return database.run_now(erasure.again, missing, pact, now) if missing else 0


def _read(where: Path) -> list[str]:
    return where.read_text(encoding="ascii").split() if where.exists() else []
