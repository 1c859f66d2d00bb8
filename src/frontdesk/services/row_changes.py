"""The row changes of a command: noted as they reach the database, however they get there."""

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import LargeBinary, bindparam, event, insert, inspect, select, update
from sqlalchemy.orm import ColumnProperty, InstanceState, Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from frontdesk.models.base import Base, Row, Versioned
from frontdesk.models.security.audit import AuditPart
from frontdesk.services.prepared import Prepared
from frontdesk.services.work import Work

_KEPT_AT_MOST = 2_000
"""So many changes of an act stay in memory for its entry; from here on they go to the disk in parts."""
_QUICK = 1
"""zlib's level: row changes repeat their keys, and shrink to a tenth even so."""
_MANY = 100
"""So many rows written at once go there at once, as they are: no change of its own is made of each."""
_PART, _INSERTS, _UPDATES = "part", "inserts", "updates"
_encode = msgspec.json.Encoder(order="deterministic").encode

# Any, in this file: values of every column type, and what JSON holds of them.
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row, before and after: `values` of an insert or delete, `[old, new]` pairs of an update.

    Where the act is "part", it stands for many: `values` has their number by table, and their seal.
    """

    table: str
    id: int | str
    act: str
    values: Values

    @property
    def tables(self) -> tuple[str, ...]:
        """Whose rows it tells of."""
        return tuple(self.values["rows"]) if self.act == _PART else (self.table,)

    @property
    def is_part(self) -> bool:
        """Whether it stands for rows that `of_part` reads."""
        return self.act == _PART


@dataclass(frozen=True, slots=True)
class Update:
    """New values of a row that was read at `version`; `old` and `new` have the same columns."""

    id: int
    version: int
    old: Values
    new: Values


class AuditedSession(Session):
    """A session that keeps the row changes of everything it flushes."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.entry_id = 0
        """Whose changes these are."""
        self.row_changes: list[RowChange] = []
        """What the entry will tell; `put_down` takes from it."""
        self._parts: list[RowChange] = []

    def all_changes(self) -> tuple[RowChange, ...]:
        """What the entry says: the parts that went to the disk, then each change since."""
        return (*self._parts, *self.row_changes)

    def put_down(self) -> None:
        """Take what has gathered out of memory, where it is much."""
        if len(self.row_changes) >= _KEPT_AT_MOST:
            self._put_down()

    def note_many(self, table: str, act: str, rows: Sequence[Values | Update]) -> None:
        """Rows written at once, as they were written."""
        self.row_changes.append(RowChange(table, 0, act, {"rows": rows}))
        self._put_down()

    def _put_down(self) -> None:
        told, place = _encode(self.row_changes), len(self._parts) + 1
        packed = zlib.compress(told, _QUICK)
        _insert_part.run(self, {"entry_id": self.entry_id, "place": place, "changes": packed})
        rows = Counter[str]()
        for change in self.row_changes:
            rows[change.table] += len(change.values["rows"]) if change.act in (_INSERTS, _UPDATES) else 1
        seal = {"rows": dict(sorted(rows.items())), "sha256": hashlib.sha256(told).hexdigest()}
        self._parts.append(RowChange(AuditPart.__tablename__, place, _PART, seal))
        self.row_changes.clear()


def of_part(session: Session, entry_id: int, part: RowChange) -> tuple[RowChange, ...] | None:
    """The changes that a part of an entry stands for; None where they are not what was sealed."""
    packed = session.scalar(
        select(AuditPart.changes).where(AuditPart.entry_id == entry_id, AuditPart.place == int(part.id))
    )
    try:
        told = zlib.decompress(packed or b"")
    except zlib.error:
        return None
    if hashlib.sha256(told).hexdigest() != part.values["sha256"]:
        return None
    return tuple(_singly(msgspec.json.decode(told, type=tuple[RowChange, ...])))


def _singly(changes: Sequence[RowChange]) -> Iterator[RowChange]:
    for change in changes:
        if change.act == _INSERTS:
            for row in change.values["rows"]:
                told = {key: value for key, value in row.items() if value is not None}
                yield RowChange(change.table, row["id"], "insert", told)
        elif change.act == _UPDATES:
            for row in change.values["rows"]:
                old, new = row["old"], row["new"]
                told = {key: [old[key], new[key]] for key in new if old[key] != new[key]}
                yield RowChange(change.table, row["id"], "update", told)
        else:
            yield change


def each_of(
    session: Session, entry_id: int, changes: Sequence[RowChange], tables: frozenset[str]
) -> Iterator[RowChange]:
    """The changes of an entry; for each part that tells of these tables, what it stands for."""
    for change in changes:
        if not change.is_part:
            yield change
        elif not tables.isdisjoint(change.tables):
            yield from of_part(session, entry_id, change) or ()


def insert_rows(work: Work, model: type[Row], rows: Sequence[Values]) -> None:
    """Write many new rows in one round trip, each noted as if it had been added alone; ids are given.

    The rows name the same columns each, do not enter the session, and what waits in it goes to the
    database first.
    """
    if not rows:
        return
    insert_quietly(work, model, rows)
    session = work.session
    if not model.in_audit or not isinstance(session, AuditedSession):
        return
    table = str(model.__tablename__)
    guarded = _guarded(model)
    if len(rows) >= _MANY and not guarded:
        session.note_many(table, _INSERTS, rows)
        return
    for row in rows:
        told = {key: value for key, value in row.items() if value is not None}
        for attribute in guarded:
            if attribute.key in told:
                told[attribute.key] = _plain(attribute, told[attribute.key])
        session.row_changes.append(RowChange(table, row["id"], "insert", told))
    session.put_down()


def insert_quietly(work: Work, model: type[Row], rows: Sequence[Values]) -> None:
    """As `insert_rows`, for what a kept file says: the log names the file, and does not copy it."""
    if rows:
        work.session.flush()
        _insert(str(model.__tablename__), tuple(rows[0])).run_many(work.session, rows)


def update_rows(work: Work, model: type[Versioned], changed: Sequence[Update]) -> None:
    """Write new values of many rows in one round trip, each noted as if it had been changed alone.

    All name the same columns. Raises Conflict, by way of StaleDataError, where another desk was faster.
    """
    if not changed:
        return
    session, table = work.session, str(model.__tablename__)
    session.flush()
    statement = _update(table, tuple(changed[0].new))
    keyed = [{"_id": each.id, "_version": each.version} | _set(each.new) for each in changed]
    if statement.run_many(session, keyed) != len(changed):
        raise StaleDataError(f"{table}: another desk changed one of {len(changed)} rows")
    known = session.identity_map
    for each in changed:
        if (row := known.get(model.__mapper__.identity_key_from_primary_key((each.id,)))) is not None:
            session.expire(row)
    if not model.in_audit or not isinstance(session, AuditedSession):
        return
    assert not _guarded(model), f"{table} has columns that no log may show"
    if len(changed) >= _MANY:
        session.note_many(table, _UPDATES, changed)
        return
    for each in changed:
        told = {key: [each.old[key], new] for key, new in each.new.items() if each.old[key] != new}
        session.row_changes.append(RowChange(table, each.id, "update", told))
    session.put_down()


_insert_part = Prepared(insert(Base.metadata.tables[AuditPart.__tablename__]))


@cache
def _insert(table: str, columns: tuple[str, ...]) -> Prepared:
    target = Base.metadata.tables[table]
    values: Values = {name: bindparam(name) for name in columns}
    for column in target.columns:
        if column.name not in values and column.default is not None:
            assert isinstance(column.default, ScalarElementColumnDefault), (
                f"{table}.{column.name} is not given"
            )
            values[column.name] = column.default.arg
    return Prepared(insert(target).values(values))


@cache
def _update(table: str, columns: tuple[str, ...]) -> Prepared:
    target = Base.metadata.tables[table]
    values: Values = {name: bindparam(f"new_{name}") for name in columns}
    return Prepared(
        update(target)
        .where(target.c.id == bindparam("_id"), target.c.version == bindparam("_version"))
        .values({**values, "version": target.c.version + 1})
    )


def _set(values: Values) -> Values:
    return {f"new_{name}": value for name, value in values.items()}


@event.listens_for(AuditedSession, "after_flush")
def _collect(session: AuditedSession, _: object) -> None:
    changes = session.row_changes
    for row in session.new:
        _note(changes, row, "insert", lambda state: _values(state))
    # Changed rows come in no order of their own, and a replayed entry must be the same to the byte.
    for row in sorted(session.dirty, key=_place):
        _note(changes, row, "update", _differences)
    for row in session.deleted:
        _note(changes, row, "delete", lambda state: _values(state))
    session.put_down()


def _place(row: Base) -> tuple[str, tuple[Any, ...]]:
    """Any: a key may be a number or text, but is the same kind within a table."""
    return row.__tablename__, inspect(row).mapper.primary_key_from_instance(row)


def _note(changes: list[RowChange], row: Base, act: str, of: Any) -> None:
    if not row.in_audit:
        return
    state: InstanceState[Base] = inspect(row)
    values = of(state)
    if values:
        key = state.mapper.primary_key_from_instance(row)
        name = key[0] if len(key) == 1 else "/".join(map(str, key))
        changes.append(RowChange(str(state.mapper.local_table.description), name, act, values))


def _values(state: InstanceState[Base]) -> Values:
    loaded = state.dict
    return {
        attribute.key: _plain(attribute, loaded[attribute.key])
        for attribute in state.mapper.column_attrs
        if loaded.get(attribute.key) is not None
    }


def _differences(state: InstanceState[Base]) -> Values:
    changed = {}
    touched = state.committed_state
    for attribute in state.mapper.column_attrs:
        if attribute.key not in touched:
            continue
        history = state.attrs[attribute.key].history
        if history.has_changes() and attribute.key != "version":
            old = history.deleted[0] if history.deleted else None
            new = history.added[0] if history.added else None
            if old != new:
                changed[attribute.key] = [_plain(attribute, old), _plain(attribute, new)]
    return changed


@cache
def _guarded(model: type[Base]) -> tuple[ColumnProperty[Any], ...]:
    """The columns of which `_plain` may show a value otherwise than it is."""
    return tuple(
        attribute
        for attribute in inspect(model).column_attrs
        if attribute.columns[0].info.get("secret") or isinstance(attribute.columns[0].type, LargeBinary)
    )


def _plain(attribute: ColumnProperty[Any], value: Any) -> Any:
    """A value as the log shows it: bytes by their length, and nothing of what a column calls secret."""
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    return "(secret)" if attribute.columns[0].info.get("secret") and value is not None else value
