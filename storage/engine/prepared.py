"""Statements on the way of a tap: compiled once for each database, executed by its driver itself.

SQLAlchemy takes several times as long to execute one as SQLite takes for it (docs/performance.md).

On PostgreSQL a `write` waits for the transaction's next statement or its end, BEGIN for its first: they go to
the server and back at once. An error is raised by what the write went with.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Connection, Dialect, Engine, Executable, event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapper, class_mapper
from sqlalchemy.orm.attributes import instance_state
from sqlmodel import Session, SQLModel

Convert = Callable[[Any], Any]
Row = tuple[Any, ...]
Parameters = dict[str, Any]
M = TypeVar("M", bound=SQLModel)
_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
Readers = tuple[tuple[int, Convert], ...]  # which values of a row are converted
Check = Callable[[int], None]  # of how many rows a statement has changed


@dataclass
class _Compiled:
    sql: str
    constants: dict[str, Any]
    given: dict[str, Convert | None]  # None where the driver takes the value as it is
    readers: Readers | None = None  # known with the first rows


class Prepared:
    """A statement on tables, with a `bindparam` for each value that it is given when it is executed.

    So are the `columns` that an INSERT or UPDATE writes. What each database writes in its own way is
    given as a function of its `insert`.
    """

    def __init__(self, statement: Executable | Callable[[Any], Executable], *columns: str) -> None:
        self._statement: Any = statement
        self._columns = columns or None
        self._compiled: dict[str, _Compiled] = {}

    def all(self, session: Session, **values: Any) -> list[Row]:
        compiled, cursor = self._execute(session, values)
        return self._rows(session.connection(), compiled, cursor)

    def ask(self, session: Session, **values: Any) -> Callable[[], list[Row]]:
        """The same, but read with what is read next; what this gives back gives the rows."""
        connection, compiled = self._ready(session)
        found: list[Row] = []

        def take(cursor: Any) -> None:
            found.extend(self._rows(connection, compiled, cursor))

        def rows() -> list[Row]:
            _send_waiting(connection)
            return found

        write(connection, Statement(compiled.sql, _parameters(compiled, values), take))
        return rows

    def _rows(self, connection: Connection, compiled: _Compiled, cursor: Any) -> list[Row]:
        if compiled.readers is None:
            compiled.readers = self._readers(connection.dialect, cursor.description)
        rows: list[Row] = cursor.fetchall()
        return [_read(row, compiled.readers) for row in rows] if compiled.readers else rows

    def first(self, session: Session, **values: Any) -> Row | None:
        return next(iter(self.all(session, **values)), None)

    def change(self, session: Session, **values: Any) -> int:
        """Gives how many rows it has changed."""
        _, cursor = self._execute(session, values)
        count: int = cursor.rowcount
        return count

    def write(self, session: Session, check: Check | None = None, /, **values: Any) -> None:
        """The same where nothing that follows asks for the count; `check` raises if it is the wrong one."""
        connection, compiled = self._ready(session)

        def then(cursor: Any) -> None:
            if check:
                check(cursor.rowcount)

        write(connection, Statement(compiled.sql, _parameters(compiled, values), check and then))

    def write_each(self, session: Session, rows: Sequence[dict[str, Any]]) -> None:
        """In one round trip."""
        connection, compiled = self._ready(session)
        write(connection, Statement(compiled.sql, [_parameters(compiled, values) for values in rows]))

    def _execute(self, session: Session, values: dict[str, Any]) -> tuple[_Compiled, Any]:
        connection, compiled = self._ready(session)
        return compiled, execute(connection, Statement(compiled.sql, _parameters(compiled, values)))

    def _ready(self, session: Session) -> tuple[Connection, _Compiled]:
        session.flush()
        connection = session.connection()
        dialect = connection.dialect
        if dialect.name not in self._compiled:
            self._compiled[dialect.name] = self._compile(dialect)
        return connection, self._compiled[dialect.name]

    def _compile(self, dialect: Dialect) -> _Compiled:
        named = sqlite.dialect(paramstyle="named") if dialect.name == "sqlite" else dialect
        given_by = self._statement
        written = given_by(_INSERTS[dialect.name]) if callable(given_by) else given_by
        statement = written.compile(dialect=named, column_keys=self._columns)
        constants: dict[str, Any] = {}
        given: dict[str, Convert | None] = {}
        for bind, name in statement.bind_names.items():
            convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if bind.required:
                given[name] = convert
            else:
                constants[name] = convert(bind.effective_value) if convert else bind.effective_value
        return _Compiled(str(statement), constants, given)

    def _readers(self, dialect: Dialect, description: Sequence[Sequence[Any]]) -> Readers:
        found = (
            (place, column.type.dialect_impl(dialect).result_processor(dialect, described[1]))
            for place, (column, described) in enumerate(
                zip(self._statement.selected_columns, description, strict=True)
            )
        )
        return tuple((place, convert) for place, convert in found if convert)


class PreparedEntity(Generic[M]):
    """The row of `entity` that is `where`, as an object of the session; `id` is the first of its columns."""

    def __init__(self, entity: type[M], where: ColumnElement[bool], *, lock: bool = False) -> None:
        table = entity.metadata.tables[str(entity.__tablename__)]
        found = select(table).where(where)
        self._rows = Prepared(found.with_for_update() if lock else found)
        self._names = [column.name for column in table.columns]
        self._entity = entity

    @cached_property
    def _mapper(self) -> Mapper[M]:
        return class_mapper(self._entity)

    def one_or_none(self, session: Session, **values: Any) -> M | None:
        row = self._rows.first(session, **values)
        if row is None:
            return None
        key = self._mapper.identity_key_from_primary_key(row[:1])
        known: M | None = session.identity_map.get(key)
        if known is not None:
            return known
        found: M = self._mapper.class_manager.new_instance()
        found.__dict__.update(zip(self._names, row, strict=True))
        state = instance_state(found)
        state.key, state.session_id = key, session.hash_key
        session.identity_map.add(state)
        return found


def insert_into(session: Session, table: type[SQLModel]) -> Any:
    """An INSERT in the words of the session's database, which can leave what is there as it is."""
    return _INSERTS[session.get_bind().dialect.name](table)


class Statement(NamedTuple):
    sql: str
    parameters: Parameters | list[Parameters]
    then: Callable[[Any], None] | None = None  # is given its cursor


BEGIN, COMMIT = Statement("BEGIN", {}), Statement("COMMIT", {})
_WAITING: WeakKeyDictionary[Connection, list[Statement]] = WeakKeyDictionary()


def execute(connection: Connection, statement: Statement) -> Any:
    """A cursor of the driver. Raises what SQLAlchemy would raise."""
    return send(connection, [*_WAITING.pop(connection, ()), statement])[-1]


def write(connection: Connection, statement: Statement) -> None:
    if connection.dialect.name == "sqlite":
        send(connection, [statement])
    else:
        _WAITING.setdefault(connection, []).append(statement)


def send_what_waits(engine: Engine) -> None:
    """With or before what comes next on PostgreSQL, or with the end of the transaction."""
    event.listen(engine, "begin", lambda connection: write(connection, BEGIN))
    event.listen(engine, "before_cursor_execute", lambda connection, *_: _send_waiting(connection))
    event.listen(engine, "commit", _commit)
    event.listen(engine, "rollback", lambda connection: _WAITING.pop(connection, None))


def _commit(connection: Connection) -> None:
    waiting = _WAITING.get(connection, [])
    if any(statement.then for statement in waiting):
        _send_waiting(connection)
    if waiting == [BEGIN]:
        del _WAITING[connection]  # nothing was asked or written
    else:
        execute(connection, COMMIT)


def _send_waiting(connection: Connection) -> None:
    waiting = _WAITING.pop(connection, None)
    if waiting:
        send(connection, waiting)


def send(connection: Connection, statements: list[Statement]) -> list[Any]:
    """In one round trip."""
    driver: Any = connection.connection.driver_connection
    with _errors_as_sqlalchemy_has_them(connection, driver, statements):
        if len(statements) == 1:
            cursors = [_give(driver, statements[0])]
        else:
            with driver.pipeline():
                cursors = [_give(driver, statement) for statement in statements]
    for statement, cursor in zip(statements, cursors, strict=True):
        if statement.then:
            statement.then(cursor)
    return cursors


def _give(driver: Any, statement: Statement) -> Any:
    if isinstance(statement.parameters, list):
        return driver.cursor().executemany(statement.sql, statement.parameters)
    return driver.execute(statement.sql, statement.parameters)


@contextmanager
def _errors_as_sqlalchemy_has_them(
    connection: Connection, driver: Any, statements: list[Statement]
) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        dialect = connection.dialect
        assert dialect.dbapi
        kind = dialect.dbapi.Error
        is_lost = isinstance(error, kind) and dialect.is_disconnect(error, driver, None)
        if is_lost:
            connection.invalidate(error)
        raise DBAPIError.instance(
            "; ".join(statement.sql for statement in statements),
            statements[-1].parameters,
            error,
            kind,
            hide_parameters=True,
            connection_invalidated=is_lost,
            dialect=dialect,
        ) from error


def _parameters(compiled: _Compiled, values: dict[str, Any]) -> Parameters:
    parameters = compiled.constants.copy()
    for name, convert in compiled.given.items():
        parameters[name] = convert(values[name]) if convert else values[name]
    return parameters


def _read(row: Row, readers: Readers) -> Row:
    values = list(row)
    for place, convert in readers:
        values[place] = convert(values[place])
    return tuple(values)
