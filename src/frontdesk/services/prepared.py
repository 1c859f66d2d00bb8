"""Statements for what runs on every keystroke and in every act: their text is made once for each engine."""

from collections import namedtuple
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import msgspec
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ClauseElement,
    ColumnElement,
    Connection,
    Dialect,
    LargeBinary,
    Select,
    SelectBase,
    String,
    Text,
    TypeDecorator,
    bindparam,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql import coercions, roles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal

# Any, in this file: the drivers' values, and what the columns' types make of them.
Convert = Any


@dataclass(frozen=True, slots=True)
class _Text:
    """What one engine is sent."""

    statement: str
    is_select: bool
    names: tuple[str, ...] | None
    """The order of the values, where the driver counts them."""
    fixed: dict[str, Any]
    bound: tuple[tuple[str, Convert], ...]
    read: tuple[tuple[int, Convert], ...]
    quick: tuple[tuple[str, Convert], ...]
    """`bound` for many rows, in which the same days and words come again and again."""

    def values(self, given: Mapping[str, Any]) -> Any:
        values = {**self.fixed, **given}
        for name, convert in self.bound:
            values[name] = convert(given[name])
        return values if self.names is None else tuple(values[name] for name in self.names)

    def many(self, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        """The values of many rows, each of which gives all that is not fixed."""
        quick, fixed, names = self.quick, self.fixed, self.names
        made = []
        for row in rows:
            values = {**fixed, **row}
            for name, convert in quick:
                values[name] = convert(values[name])
            made.append(values if names is None else tuple([values[name] for name in names]))
        return made

    def rows(self, found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """What the driver found as the columns' types have it, a column at a time."""
        if not self.read or not found:
            return found
        columns: list[Any] = [*zip(*found, strict=True)]
        for place, convert in self.read:
            columns[place] = map(convert, columns[place])
        return [*zip(*columns, strict=True)]


class Prepared:
    """A statement whose text does not depend on its values; they are written and read as by the ORM."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._texts: dict[str, _Text] = {}

    def rows(self, session: Session, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Runs it in the session's transaction, on the driver's own cursor; what was added goes first."""
        session.flush()
        connection = session.connection()
        text = self._text(connection)
        return text.rows(_executed(connection, text, text.values(values)))

    def named(self, session: Session, values: Mapping[str, Any]) -> list[Any]:
        """As `rows`, with each value under the name of its column."""
        return [*map(self._row._make, self.rows(session, values))]

    def run(self, session: Session, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Runs a statement that writes; what it gives back. Nothing is flushed before it."""
        connection = session.connection()
        text = self._text(connection)
        return _executed(connection, text, text.values(values))

    def run_many(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> int:
        """The same for each of many rows; how many rows of the table it touched."""
        connection = session.connection()
        text = self._text(connection)
        return connection.exec_driver_sql(text.statement, text.many(rows)).rowcount

    def sent(self, connection: Connection, values: Mapping[str, Any]) -> tuple[str, Any]:
        """The text and the values as the driver gets them."""
        text = self._text(connection)
        return text.statement, text.values(values)

    @cached_property
    def _row(self) -> Any:
        assert isinstance(self._statement, Select)
        return namedtuple("_row", self._statement.selected_columns.keys())

    def _text(self, connection: Connection) -> _Text:
        name = connection.dialect.name
        if name not in self._texts:
            self._texts[name] = self._made(connection.dialect)
        return self._texts[name]

    def _made(self, dialect: Dialect) -> _Text:
        compiled = self._statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        given = {name: bind for name, bind in compiled.binds.items() if bind.required}
        expanded = compiled.construct_expanded_state(dict.fromkeys(given))
        types = {name: bind.type for name, bind in compiled.binds.items()}
        fixed: dict[str, Any] = {}
        bound: list[tuple[str, Convert]] = []
        quick: list[tuple[str, Convert]] = []
        for name, value in expanded.parameters.items():
            kind = types.get(name)
            convert = expanded.processors.get(name) if kind is None else _written(kind, dialect)
            if name not in given:
                fixed[name] = value if convert is None else convert(value)
            elif convert is not None:
                bound.append((name, convert))
                is_large = isinstance(kind, LargeBinary)
                quick.append((name, convert if is_large else _remembering(convert)))
        columns = self._statement.selected_columns if isinstance(self._statement, Select) else ()
        readers = (
            (place, _remembering(column.type.dialect_impl(dialect).result_processor(dialect, None)))
            for place, column in enumerate(columns)
        )
        places = expanded.positiontup
        return _Text(
            expanded.statement,
            isinstance(self._statement, SelectBase),
            None if places is None else tuple(places),
            fixed,
            tuple(bound),
            tuple((place, convert) for place, convert in readers if convert is not None),
            tuple(quick),
        )


def among(column: InstrumentedAttribute[Any] | ColumnElement[Any], several: str) -> ColumnElement[bool]:
    """For a WHERE: the column is one of the ids or words given under this name, however many they are."""
    kind = Text() if isinstance(column.type, String) else BigInteger()
    return _Among(column, bindparam(several, type_=_Several(kind)))


class _Several(TypeDecorator[Collection[int | str]]):
    """Many ids or words as one value."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: Text | BigInteger) -> None:
        super().__init__()
        self.kind = kind

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(ARRAY(self.kind) if _has_arrays(dialect) else Text())

    def process_bind_param(self, value: Collection[int | str] | None, dialect: Dialect) -> Any:
        several = [*(value or ())]
        return several if _has_arrays(dialect) else msgspec.json.encode(several).decode()


class _Among(ColumnElement[bool]):
    """A text of one length for any number of ids, which the engine therefore keeps ready."""

    type = Boolean()
    inherit_cache = True
    _is_implicitly_boolean = True
    _traverse_internals = [
        ("column", InternalTraversal.dp_clauseelement),
        ("ids", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, column: Any, ids: Any) -> None:
        self.column = coercions.expect(roles.ExpressionElementRole, column)
        self.ids = ids

    @property
    def _from_objects(self) -> Any:
        return self.column._from_objects


@compiles(_Among)
def _array(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    return f"{compiler.process(element.column, **options)} = ANY ({compiler.process(element.ids, **options)})"


@compiles(_Among, "sqlite")
def _list(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    ids = compiler.process(element.ids, **options)
    return f"{compiler.process(element.column, **options)} IN (SELECT value FROM json_each({ids}))"


def _has_arrays(dialect: Dialect) -> bool:
    return dialect.name == "postgresql"


def _written(kind: Any, dialect: Dialect) -> Convert:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _executed(connection: Connection, text: _Text, values: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement, on the driver's own cursor."""
    statement = text.statement
    heard = connection.dispatch
    if heard.before_cursor_execute or heard.after_cursor_execute:  # somebody listens to what is sent
        return _by_sqlalchemy(connection, statement, values)
    driver = connection.dialect.loaded_dbapi
    try:
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute(statement, values)
            # Of a SELECT it is known; psycopg describes each column anew whenever it is asked.
            return [*cursor.fetchall()] if text.is_select or cursor.description else []
    except driver.Error as error:
        if _was_answered(connection, error):
            raise DBAPIError.instance(statement, None, error, driver.Error, hide_parameters=True) from error
        # Once more by SQLAlchemy, which says what is the matter with the file or the connection.
        return _by_sqlalchemy(connection, statement, values)


def _by_sqlalchemy(connection: Connection, statement: str, values: Any) -> list[tuple[Any, ...]]:
    result = connection.exec_driver_sql(statement, values)
    return [tuple(row) for row in result] if result.returns_rows else []


def _was_answered(connection: Connection, error: Any) -> bool:
    """Whether a server said no, after which it takes no other statement of this transaction."""
    is_gone = connection.dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    return getattr(error, "sqlstate", None) is not None and not is_gone


def _remembering(convert: Convert) -> Convert:
    """The same few days and words come again and again."""
    return None if convert is None else lru_cache(4096)(convert)
