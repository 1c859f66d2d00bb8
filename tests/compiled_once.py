"""Statements are compiled once for all databases of a run.

SQLAlchemy keeps what it compiled with each engine, and each test opens engines of its own: half the time of
a test of the services would go into compiling what the test before it compiled.
"""

from sqlalchemy import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

_STATEMENTS = 10_000
_kept: dict[type, LRUCache[object, object]] = {}


def begin() -> None:
    """From now on all engines of one dialect look in one place, as equals."""
    Engine._compiled_cache = property(_of_its_dialect, lambda engine, own: None)  # type: ignore[assignment]
    DefaultDialect.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign]
    DefaultDialect.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[method-assign]


def _of_its_dialect(engine: Engine) -> LRUCache[object, object]:
    return _kept.setdefault(type(engine.dialect), LRUCache(_STATEMENTS))
