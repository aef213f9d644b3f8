"""Runs transactions: plain functions `(session, …) -> result`, as a whole.

On SQLite they run one after another on the event loop; those that arrived together share a commit, and
a thread waits for the disk. On PostgreSQL each has a thread of a pool.
"""

import asyncio
import contextlib
import fcntl
import select
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent import futures
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, NamedTuple, ParamSpec, TextIO, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlmodel import Session

from storage.engine.away import is_away
from storage.engine.prepared import send_what_waits

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

POOL = 8  # PostgreSQL connections of one process; its server allows 100 by default
BUSY = 10  # seconds for another process to end its transaction on the same SQLite file
LOOK_AGAIN = 0.02  # seconds
READING = {"is_read": True}  # beside whoever writes
AT_ONCE = {"at_once": True}  # on the event loop nothing is waited for
SHARED_COMMIT = 64  # transactions that may share one commit on SQLite; more only adds latency
TRIES = 3  # of a transaction that PostgreSQL aborts because of another one (deadlock, serialisation)
AGENDA = "agenda"
AFTER = "after_commit"
CONNECT_WITHIN = 5  # seconds, also until a server that has vanished is given up
ALIVE = {
    "client_encoding": "UTF8",
    "connect_timeout": CONNECT_WITHIN,
    "keepalives_idle": 3,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "options": "-c random_page_cost=1.1",  # as of solid-state disks; with 4 it reads growing tables through
}


class DatabaseIsInUse(Exception):
    """Another process runs on the same SQLite file."""


class DatabaseIsUnusable(Exception):
    """The folder of the SQLite file cannot be written, or PostgreSQL's database has another encoding."""


def touch_agenda(session: Session) -> None:
    """Note that this transaction adds or moves something due, so that whoever waits for it is woken."""
    session.info[AGENDA] = True


def after_commit(session: Session, call: Callable[[], None]) -> None:
    """For what the process remembers beside the database: it must not know what was never committed."""
    session.info.setdefault(AFTER, []).append(call)


Call = Callable[[Session], Any]


class Result(NamedTuple):
    """Of a call; whether the agenda has changed; what is to be done when it is committed."""

    value: Any
    agenda_changed: bool
    after: Sequence[Callable[[], None]]

    @classmethod
    def of(cls, value: Any, session: Session) -> "Result":
        return cls(value, session.info.pop(AGENDA, False), session.info.pop(AFTER, ()))

    def told(self) -> Any:
        for call in self.after:
            call()
        return self.value


@dataclass
class Job:
    call: Call
    future: "asyncio.Future[Result]"


Outcome = Result | Exception


class Database:
    def __init__(self, url: str) -> None:
        self.url = database_url(url)
        self.engine = _engine(self.url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.erasures_file = ""  # beside an SQLite file, if none is set
        self.when_agenda_changes: list[Callable[[], None]] = []
        self.when_away: list[Callable[[], None]] = []
        self.is_known_away = False  # somebody watches it, and has logged that
        self._lock: TextIO | None = None
        self._worker: _Writer | _Pool = _Writer(self.engine) if self.is_sqlite else _Pool(self.engine)

    async def run(
        self, function: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run `function(session, …)` as one transaction. An exception rolls all of it back."""
        try:
            result = await self._worker.run(lambda session: function(session, *args, **kwargs))
        except Exception as error:
            if is_away(error):
                for notice in self.when_away:
                    notice()
            raise
        if result.agenda_changed:
            for wake in self.when_agenda_changes:
                wake()
        return result.told()  # type: ignore[no-any-return] # the queue carries results of every type

    def is_new(self, error: BaseException) -> bool:
        """Whether the log has not said it yet."""
        return not (self.is_known_away and is_away(error))

    def run_now(self, function: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The same for code without an event loop: the command line, tests."""
        return self._worker.run_now(lambda session: function(session, *args, **kwargs)).told()  # type: ignore[no-any-return] # as above

    async def look(
        self, function: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Read what takes long, beside the event loop and beside whoever writes."""
        if self.is_sqlite:
            return await asyncio.to_thread(self._look, lambda session: function(session, *args, **kwargs))
        return await self.run(function, *args, **kwargs)

    def _look(self, read: Callable[[Session], R]) -> R:
        with self.engine.connect().execution_options(**READING) as connection, Session(connection) as session:
            return read(session)

    def claim(self) -> None:
        """Make this process the only one that runs on this SQLite file; PostgreSQL is shared.

        The lock ends with the process, however it ends. Raises DatabaseIsInUse, DatabaseIsUnusable.
        """
        if not self.is_sqlite:
            self._check_encoding()
            return
        if self.url.database in (None, "", ":memory:"):
            return
        self._lock_file(Path(f"{self.url.database}.lock"))

    def _lock_file(self, lock_file: Path) -> None:
        try:
            self._lock = lock_file.open("w", encoding="utf-8")  # held until close
        except OSError as error:
            raise DatabaseIsUnusable(f"{lock_file} cannot be written: {error.strerror}") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DatabaseIsInUse(
                f"Another bot is running on {self.url.database}. Stop it, or set another DATABASE_URL."
            ) from None

    def _check_encoding(self) -> None:
        with self.engine.connect() as connection:
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        if encoding != "UTF8":
            raise DatabaseIsUnusable(
                f"The database {self.url.database} keeps texts in {encoding}, the bot needs UTF8: "
                "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
            )

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
        engine = create_engine(
            url,
            hide_parameters=True,  # of statements in errors, which are logged: they hold people's words
            pool_size=POOL,
            max_overflow=0,
            connect_args=ALIVE,
        )
        event.listen(engine, "connect", _begin_ourselves)
        event.listen(engine, "checkout", _check_connection)
        send_what_waits(engine)
        return engine
    engine = create_engine(url, hide_parameters=True, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _begin_ourselves(connection: Any, _record: Any) -> None:
    """The driver would wait for an answer to each BEGIN (`storage.engine.prepared`)."""
    connection.autocommit = True


def _check_connection(connection: Any, _record: Any, _proxy: Any) -> None:
    """A server that has ended an idle connection has said so, and says nothing else: no need to ask it."""
    if not connection.closed:
        poll = select.poll()
        poll.register(connection.fileno(), select.POLLIN)
        if not poll.poll(0):
            return
    raise DisconnectionError


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """SQLAlchemy begins transactions; FULL survives a power cut too, and shared commits pay for it."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    """A deferred BEGIN would read first and then fail to write beside another process."""
    if READING.items() <= connection.get_execution_options().items():
        connection.exec_driver_sql("BEGIN")
        return
    patience = 0 if AT_ONCE.items() <= connection.get_execution_options().items() else BUSY
    connection.exec_driver_sql(f"PRAGMA busy_timeout={1000 * patience}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


class _Writer:
    """For one SQLite file. Jobs that arrived together share a commit, but no failure."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._jobs: deque[Job] = deque()
        self._work: asyncio.Task[None] | None = None
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="sqlite-disk")

    async def run(self, call: Call) -> Result:
        job = Job(call, asyncio.get_running_loop().create_future())
        self._jobs.append(job)
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._work_off())
        return await job.future

    def run_now(self, call: Call) -> Result:
        with self._engine.begin() as connection:
            return _run_all(connection, [call])[0]

    def close(self) -> None:
        self._disk.shutdown()

    async def _work_off(self) -> None:
        while self._jobs:
            await asyncio.sleep(0)  # what this turn of the loop still brings shares the commit
            batch = [self._jobs.popleft() for _ in range(min(len(self._jobs), SHARED_COMMIT))]
            await self._run_together([job for job in batch if not job.future.done()])

    async def _run_together(self, jobs: list[Job]) -> None:
        """One commit for all. If one of them fails, all are undone and run again, each in a savepoint.

        Most batches need no savepoints, and those would cost a tenth of a tap.
        """
        outcomes: Sequence[Outcome]
        try:
            outcomes = await self._commit(_run_all, jobs)
        except Exception as error:  # noqa: BLE001 # handed to whoever waits for the job
            outcomes = [error] if len(jobs) == 1 else await self._run_apart(jobs)
        for job, outcome in zip(jobs, outcomes, strict=True):
            _tell(job, outcome)

    async def _run_apart(self, jobs: list[Job]) -> Sequence[Outcome]:
        try:
            return await self._commit(_run_each, jobs)
        except Exception as error:  # noqa: BLE001 # the commit failed: it is the outcome of every job in it
            return [error] * len(jobs)

    async def _commit(
        self, run: Callable[[Connection, list[Call]], Sequence[T]], jobs: list[Job]
    ) -> Sequence[T]:
        with await self._begin() as connection:
            outcomes = run(connection, [job.call for job in jobs])
            commit = self._disk.submit(connection.commit)
            try:
                await asyncio.wrap_future(commit)
            finally:
                futures.wait([commit])  # also when the loop ends meanwhile
        return outcomes

    async def _begin(self) -> Connection:
        """A connection in a transaction, as soon as no other process writes: the command line, a back-up."""
        give_up_at = time.monotonic() + BUSY
        while True:
            connection = self._engine.connect().execution_options(**AT_ONCE)
            try:
                connection.begin()
            except OperationalError as error:
                connection.close()
                if not _is_busy(error) or time.monotonic() > give_up_at:
                    raise
                await asyncio.sleep(LOOK_AGAIN)
            else:
                return connection


def _is_busy(error: OperationalError) -> bool:
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code is not None and code & 0xFF == sqlite3.SQLITE_BUSY


def _run_all(connection: Connection, calls: list[Call]) -> list[Result]:
    """In one session, for each of its own would cost a twentieth of a tap; none sees another's objects."""
    with Session(connection, expire_on_commit=False, join_transaction_mode="rollback_only") as session:
        return [_run(session, call) for call in calls]


def _run(session: Session, call: Call) -> Result:
    result = call(session)
    session.flush()
    session.expunge_all()
    return Result.of(result, session)


def _run_each(connection: Connection, calls: list[Call]) -> list[Outcome]:
    return [_run_in_savepoint(connection, call) for call in calls]


def _run_in_savepoint(connection: Connection, call: Call) -> Outcome:
    with Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
        try:
            result = call(session)
            session.commit()
        except Exception as error:  # noqa: BLE001 # handed to whoever waits for the job
            session.rollback()
            return error
        return Result.of(result, session)


def _tell(job: Job, outcome: Outcome) -> None:
    if job.future.done():  # whoever waited has gone
        return
    if isinstance(outcome, Exception):
        job.future.set_exception(outcome)
    else:
        job.future.set_result(outcome)


class _Pool:
    """Threads for PostgreSQL, a transaction each."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(POOL, thread_name_prefix="postgresql")

    async def run(self, call: Call) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.run_now, call)

    def close(self) -> None:
        self._threads.shutdown()

    def run_now(self, call: Call) -> Result:
        for attempt in range(1, TRIES + 1):
            try:
                with Session(self._engine, expire_on_commit=False) as session, session.begin():
                    value = call(session)
                    session.flush()
                    return Result.of(value, session)
            except OperationalError as error:
                if attempt == TRIES or getattr(error.orig, "sqlstate", "") not in ("40001", "40P01"):
                    raise
        raise AssertionError("the last try returns or raises")
