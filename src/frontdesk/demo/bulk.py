"""Rows by the ten thousand: collected as plain values, written table by table inside one piece of work."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Table, insert

from frontdesk.models import every_table
from frontdesk.models.base import Base, Row
from frontdesk.services.work import Work

CHUNK: Final = 2_000

# The database adds up a receipt's tenders and a posting's entries when the sum arrives: these go in last,
# the posting after the receipt that it names.
_SUMS_LAST: Final = ("receipt", "posting")


class Rows:
    """What is to be written; ids come from the work, as a service's would.

    The masses pass by the ORM session, so the audit entry does not list each row: the intent of
    the command that wrote them (how many patients, which seed) gives the same rows again.
    """

    def __init__(self, work: Work) -> None:
        self.work = work
        self.written = 0
        self._leaves_out = False
        # Any, in this file: column values of every table.
        self._waiting: dict[str, list[dict[str, Any]]] = {}
        self._models: dict[str, type[Base]] = {}
        self._blank: dict[str, dict[str, Any]] = {}

    def add(self, model: type[Row], **values: Any) -> int:
        """Take in a row and give its id; columns not named get the model's default."""
        values.setdefault("id", 0)
        values["id"] = values["id"] or self.work.new_id()
        self.put(model, **values)
        made: int = values["id"]
        return made

    @contextmanager
    def leaving_out(self) -> Iterator[None]:
        """Rows get their ids and are not written, so that those after them are the same as with them."""
        self._leaves_out = True
        yield
        self._leaves_out = False

    def put(self, model: type[Base], **values: Any) -> None:
        """Take in a row that has its whole key."""
        if self._leaves_out:
            return
        name = model.__tablename__
        if name not in self._blank:
            self._models[name] = model
            self._blank[name] = _defaults(model)
            self._waiting[name] = []
        self._waiting[name].append({**self._blank[name], **values})

    def write(self) -> None:
        """Send everything to the database, parents before children."""
        for name in _order(self._waiting):
            waiting = self._waiting[name]
            for start in range(0, len(waiting), CHUNK):
                self.work.session.execute(
                    insert(table_of(self._models[name])), waiting[start : start + CHUNK]
                )
            self.written += len(waiting)
            self._waiting[name] = []


def _order(names: Iterable[str]) -> list[str]:
    wanted = set(names)
    parts = [table.name for table in every_table() if table.name in wanted.difference(_SUMS_LAST)]
    return parts + [name for name in _SUMS_LAST if name in wanted]


def table_of(model: type[Base]) -> Table:
    """The table of a model: rows go in as they are, not as objects."""
    assert isinstance(model.__table__, Table)
    return model.__table__


def _defaults(model: type[Base]) -> dict[str, Any]:
    """Each column with the plain value it has when nobody names it."""
    found: dict[str, Any] = {}
    for column in model.__table__.columns:
        if column.default is not None and column.default.is_scalar:
            found[column.name] = column.default.arg
        elif column.nullable:
            found[column.name] = None
        elif column.name == "version":
            found[column.name] = 1
    return found
