"""Runs transactions: plain functions `(session, …) -> result`, as a whole, in a worker thread.

SQLite has one writer thread that commits what arrived together at once; PostgreSQL has a pool.
"""

import asyncio
import contextlib
import fcntl
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TextIO, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

P = ParamSpec("P")
R = TypeVar("R")

POOL = 8  # PostgreSQL connections of one process; its server allows 100 by default
SHARED_COMMIT = 64  # transactions that may share one commit on SQLite; more only adds latency
TRIES = 3  # of a transaction that PostgreSQL aborts because of another one (deadlock, serialisation)
AGENDA = "agenda"
CONNECT_WITHIN = 5  # seconds, also until a server that has vanished is given up
ALIVE = {
    "connect_timeout": CONNECT_WITHIN,
    "keepalives_idle": 3,
    "keepalives_interval": 1,
    "keepalives_count": 3,
}


class DatabaseIsInUse(Exception):
    """Another process runs on the same SQLite file."""


class CannotWrite(Exception):
    """The folder of the SQLite file does not let us."""


def touch_agenda(session: Session) -> None:
    """Note that this transaction adds or moves something due, so that whoever waits for it is woken."""
    session.info[AGENDA] = True


@dataclass
class Job:
    call: Callable[[Session], Any]
    future: "Future[tuple[Any, bool]]"


Outcome = tuple[Job, Any, bool] | tuple[Job, BaseException]


class Database:
    def __init__(self, url: str) -> None:
        self.url = database_url(url)
        self.engine = _engine(self.url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.when_agenda_changes: list[Callable[[], None]] = []
        self._lock: TextIO | None = None
        self._worker: _Writer | _Pool = _Writer(self.engine) if self.is_sqlite else _Pool(self.engine)

    async def run(
        self, function: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run `function(session, …)` as one transaction. An exception rolls all of it back."""
        future = self._worker.submit(lambda session: function(session, *args, **kwargs))
        result, agenda_changed = await asyncio.wrap_future(future)
        if agenda_changed:
            for wake in self.when_agenda_changes:
                wake()
        return result  # type: ignore[no-any-return] # the queue carries results of every type

    def run_now(self, function: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The same for code without an event loop: the command line, tests."""
        future = self._worker.submit(lambda session: function(session, *args, **kwargs))
        return future.result()[0]  # type: ignore[no-any-return] # as above

    def claim(self) -> None:
        """Make this process the only one that runs on this SQLite file; PostgreSQL is shared.

        The lock ends with the process, however it ends. Raises DatabaseIsInUse.
        """
        if not self.is_sqlite or self.url.database in (None, "", ":memory:"):
            return
        lock_file = Path(f"{self.url.database}.lock")
        try:
            self._lock = lock_file.open("w", encoding="utf-8")  # held until close
        except OSError as error:
            raise CannotWrite(f"{lock_file} cannot be written: {error.strerror}") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DatabaseIsInUse(
                f"Another bot is running on {self.url.database}. Stop it, or set another DATABASE_URL."
            ) from None

    def close(self) -> None:
        self._worker.close()
        self.engine.dispose()
        if self._lock:
            self._lock.close()


def database_url(text: str) -> URL:
    url = make_url(text)
    if url.drivername in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and url.database:
        with contextlib.suppress(OSError):  # `claim` says that it cannot be written
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    return url


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(
            url,
            hide_parameters=True,  # of statements in errors, which are logged: they hold people's words
            pool_size=POOL,
            max_overflow=0,
            pool_pre_ping=True,
            connect_args=ALIVE,
        )
    engine = create_engine(url, hide_parameters=True, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """SQLAlchemy begins transactions; FULL survives a power cut too, and shared commits pay for it."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    """A deferred BEGIN would read first and then fail to write beside another process."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


class _Writer:
    """One thread for one SQLite file. Jobs that arrived together share a commit, but no failure."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="sqlite-writer", daemon=True)
        self._thread.start()

    def submit(self, call: Callable[[Session], Any]) -> "Future[tuple[Any, bool]]":
        job = Job(call, Future())
        self._jobs.put(job)
        return job.future

    def close(self) -> None:
        self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        while True:
            batch = [self._jobs.get()]
            while batch[-1] is not None and len(batch) < SHARED_COMMIT and not self._jobs.empty():
                batch.append(self._jobs.get())
            jobs = [job for job in batch if job and job.future.set_running_or_notify_cancel()]
            if jobs:
                _run_together(self._engine, jobs)
            if batch[-1] is None:
                return


def _run_together(engine: Engine, jobs: list[Job]) -> None:
    """One commit for all. If one of them fails, all are undone and run again, each in a savepoint.

    Most batches need no savepoints, and those would cost a tenth of a tap.
    """
    outcomes: list[Outcome]
    try:
        with engine.begin() as connection:
            outcomes = [_run(connection, job) for job in jobs]
    except Exception as error:  # noqa: BLE001 # handed to whoever waits for the job
        outcomes = [(jobs[0], error)] if len(jobs) == 1 else _run_apart(engine, jobs)
    _tell(outcomes)


def _run_apart(engine: Engine, jobs: list[Job]) -> list[Outcome]:
    try:
        with engine.begin() as connection:
            return [_run_in_savepoint(connection, job) for job in jobs]
    except Exception as error:  # noqa: BLE001 # the commit failed: it is the outcome of every job in it
        return [(job, error) for job in jobs]


def _run(connection: Connection, job: Job) -> Outcome:
    with Session(connection, expire_on_commit=False, join_transaction_mode="rollback_only") as session:
        result = job.call(session)
        session.flush()
        session.expunge_all()
        return job, result, AGENDA in session.info


def _run_in_savepoint(connection: Connection, job: Job) -> Outcome:
    with Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
        try:
            result = job.call(session)
            session.commit()
        except Exception as error:  # noqa: BLE001 # handed to whoever waits for the job
            session.rollback()
            return job, error
        return job, result, AGENDA in session.info


def _tell(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        if len(outcome) == 2:
            outcome[0].future.set_exception(outcome[1])
        else:
            outcome[0].future.set_result(outcome[1:])


class _Pool:
    """Threads for PostgreSQL, a transaction each."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(POOL, thread_name_prefix="postgresql")

    def submit(self, call: Callable[[Session], Any]) -> "Future[tuple[Any, bool]]":
        return self._threads.submit(self._run, call)

    def close(self) -> None:
        self._threads.shutdown()

    def _run(self, call: Callable[[Session], Any]) -> tuple[Any, bool]:
        for attempt in range(1, TRIES + 1):
            try:
                with Session(self._engine, expire_on_commit=False) as session, session.begin():
                    result = call(session)
                    session.flush()
                    agenda_changed = AGENDA in session.info
                    session.expunge_all()
                return result, agenda_changed
            except OperationalError as error:
                if attempt == TRIES or getattr(error.orig, "sqlstate", "") not in ("40001", "40P01"):
                    raise
        raise AssertionError("the last try returns or raises")
