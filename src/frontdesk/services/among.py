"""`among(column, ids)`: one of many ids, as one parameter.

SQLAlchemy writes `IN (?, ?, ...)` anew for each call; for a day's patients that took longer than the answers.
"""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Boolean, ColumnElement, Dialect, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


def among(
    column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None] | ColumnElement[int],
    ids: Iterable[int],
) -> ColumnElement[bool]:
    """Whether the column holds one of these; nothing is among none."""
    return _Among(column, bindparam(None, tuple(ids), type_=_Ids()))


class _Ids(TypeDecorator[tuple[int, ...]]):
    """An array on PostgreSQL, JSON on SQLite."""

    impl = String
    cache_ok = True

    # Any, here and below: SQLAlchemy's own types for what a dialect makes of a type.
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind: TypeEngine[Any] = String() if dialect.name == "sqlite" else ARRAY(BigInteger)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Dialect) -> Any:
        given = list(value or ())
        return json.dumps(given) if dialect.name == "sqlite" else given


class _Among(FunctionElement[bool]):
    name = "among"
    type = Boolean()
    inherit_cache = True


@compiles(_Among, "sqlite")
def _on_sqlite(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, ids = (compiler.process(part, **options) for part in element.clauses)
    return f"({column} IN (SELECT value FROM json_each({ids})))"


@compiles(_Among, "postgresql")
def _on_postgresql(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, ids = (compiler.process(part, **options) for part in element.clauses)
    return f"({column} = ANY ({ids}))"
