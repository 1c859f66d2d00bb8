"""Statements for what runs on every keystroke and in every act: their text is made once for each engine."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ClauseElement, Connection, CursorResult, Dialect, Select
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

# Any, in this file: the drivers' values, and what the columns' types make of them.
Convert = Any


@dataclass(frozen=True, slots=True)
class _Text:
    """What one engine is sent."""

    statement: str
    names: tuple[str, ...] | None
    """The order of the values, where the driver counts them."""
    fixed: dict[str, Any]
    bound: tuple[tuple[str, Convert], ...]
    read: tuple[tuple[int, Convert], ...]

    def values(self, given: Mapping[str, Any]) -> Any:
        values = {**self.fixed, **given}
        for name, convert in self.bound:
            values[name] = convert(given[name])
        return values if self.names is None else tuple(values[name] for name in self.names)

    def row(self, row: Sequence[Any]) -> tuple[Any, ...]:
        values = list(row)
        for place, convert in self.read:
            values[place] = convert(values[place])
        return tuple(values)


class Prepared:
    """A statement whose text does not depend on its values; they are written and read as by the ORM."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._texts: dict[str, _Text] = {}

    def rows(self, session: Session, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Runs it in the session's transaction, on the driver's own cursor."""
        connection = session.connection()
        text = self._text(connection)
        bound = text.values(values)
        cursor = connection.connection.cursor()
        try:
            with closing(cursor):
                cursor.execute(text.statement, bound)
                found = cursor.fetchall()
        except connection.dialect.loaded_dbapi.Error:
            # Once more by SQLAlchemy, which says what is the matter.
            found = connection.exec_driver_sql(text.statement, bound).fetchall()
        return [text.row(row) for row in found]

    def run(self, session: Session, *values: Mapping[str, Any]) -> CursorResult[Any]:
        """Runs a statement that writes, once or for each of several rows; nothing is flushed before it."""
        connection = session.connection()
        text = self._text(connection)
        bound = [text.values(each) for each in values]
        return connection.exec_driver_sql(text.statement, bound if len(bound) > 1 else bound[0])

    def sent(self, connection: Connection, values: Mapping[str, Any]) -> tuple[str, Any]:
        """The text and the values as the driver gets them."""
        text = self._text(connection)
        return text.statement, text.values(values)

    def _text(self, connection: Connection) -> _Text:
        name = connection.dialect.name
        if name not in self._texts:
            self._texts[name] = self._made(connection.dialect)
        return self._texts[name]

    def _made(self, dialect: Dialect) -> _Text:
        compiled = self._statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        fixed: dict[str, Any] = {}
        bound: list[tuple[str, Convert]] = []
        for name, bind in compiled.binds.items():
            convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if not bind.required:
                fixed[name] = bind.value if convert is None else convert(bind.value)
            elif convert is not None:
                bound.append((name, convert))
        columns = self._statement.selected_columns if isinstance(self._statement, Select) else ()
        readers = (
            (place, _remembering(column.type.dialect_impl(dialect).result_processor(dialect, None)))
            for place, column in enumerate(columns)
        )
        places = compiled.positiontup
        return _Text(
            str(compiled),
            None if places is None else tuple(places),
            fixed,
            tuple(bound),
            tuple((place, convert) for place, convert in readers if convert is not None),
        )


def _remembering(convert: Convert) -> Convert:
    """The same few days and words come again and again."""
    return None if convert is None else lru_cache(4096)(convert)
