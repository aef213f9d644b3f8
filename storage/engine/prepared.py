"""Statements on the way of a tap: compiled once for each database, executed by its driver itself.

SQLAlchemy takes several times as long to execute one as SQLite takes for it (docs/performance.md).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Dialect, Executable, select
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
        if compiled.readers is None:
            compiled.readers = self._readers(session.connection().dialect, cursor.description)
        rows: list[Row] = cursor.fetchall()
        return [_read(row, compiled.readers) for row in rows] if compiled.readers else rows

    def first(self, session: Session, **values: Any) -> Row | None:
        return next(iter(self.all(session, **values)), None)

    def change(self, session: Session, **values: Any) -> int:
        """Gives how many rows it has changed."""
        _, cursor = self._execute(session, values)
        count: int = cursor.rowcount
        return count

    def change_each(self, session: Session, rows: Sequence[dict[str, Any]]) -> None:
        """In one round trip."""
        connection, compiled = self._ready(session)
        execute(connection, compiled.sql, [_parameters(compiled, values) for values in rows])

    def _execute(self, session: Session, values: dict[str, Any]) -> tuple[_Compiled, Any]:
        connection, compiled = self._ready(session)
        return compiled, execute(connection, compiled.sql, _parameters(compiled, values))

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


def execute(connection: Connection, sql: str, parameters: Parameters | list[Parameters]) -> Any:
    """A cursor of the driver. Raises what SQLAlchemy would raise."""
    driver: Any = connection.connection.driver_connection
    try:
        if isinstance(parameters, list):
            return driver.cursor().executemany(sql, parameters)
        return driver.execute(sql, parameters)
    except Exception as error:
        dialect = connection.dialect
        assert dialect.dbapi
        kind = dialect.dbapi.Error
        raise DBAPIError.instance(
            sql,
            parameters,
            error,
            kind,
            hide_parameters=True,
            connection_invalidated=isinstance(error, kind) and dialect.is_disconnect(error, driver, None),
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
