"""The audit log: what changed in a session, written as one entry linked into the station's chain."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import LargeBinary, bindparam, event, func, insert, inspect, select, update
from sqlalchemy.orm import ColumnProperty, InstanceState, Session

from frontdesk.models.base import Base, Row
from frontdesk.models.security.audit import AuditEntry, AuditPatient, Station
from frontdesk.services.command import Command, query
from frontdesk.services.prepared import Prepared
from frontdesk.services.work import Actor, Work


@dataclass(frozen=True, slots=True)
class Intent:
    """A command as it was meant: enough to do it again, elsewhere or later."""

    id: int
    at: datetime
    station_id: int
    user_id: int | None
    name: str
    initials: str
    command: str
    arguments: dict[str, Any]  # Any: JSON

    @property
    def actor(self) -> Actor:
        """Whoever meant it; what they may do was checked when they did."""
        return Actor(self.user_id, self.name, self.initials, frozenset({"*"}))


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row, before and after: `values` of an insert or delete, `[old, new]` pairs of an update."""

    table: str
    id: int | str
    act: str
    values: dict[str, Any]  # Any: column values as JSON holds them


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log, as other code reads it."""

    position: int
    intent: Intent
    result: Any  # Any: JSON; the command's declaration turns it back into its type
    changes: tuple[RowChange, ...]
    patient_ids: tuple[int, ...]
    undoes_id: int | None
    sequence: int = 0
    hash: str = ""


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What verifying the log showed; `broken` holds a sentence per entry that does not fit."""

    entries: int
    broken: tuple[str, ...]


CHANNEL = "frontdesk_changes"
"""Where a server tells the desks that there is a new entry."""
_encode = msgspec.json.Encoder(order="deterministic").encode


class AuditedSession(Session):
    """A session that keeps the row changes of everything it flushes."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.row_changes: list[RowChange] = []


def write(
    session: AuditedSession,
    work: Work,
    declared: Command,
    intent: Intent,
    result: Any,
    undoes_id: int | None,
    *,
    heads: "Heads",
) -> Entry:
    """Add the entry of a finished command, still inside its transaction; a server tells the others of it."""
    changes = tuple(session.row_changes)
    patients = tuple(sorted(work.patients))
    values: dict[str, Any] = {
        "id": intent.id,
        "station_id": intent.station_id,
        "at": intent.at,
        "user_id": intent.user_id,
        "command": declared.name,
        "intent": _encode(intent).decode(),
        "result": _encode(result).decode(),
        "changes": _encode(changes).decode(),
        "undoes_id": undoes_id,
    }
    heads.link(session, values, patients)
    insert_it = _insert_and_tell if session.connection().dialect.name == "postgresql" else _insert
    position = insert_it.run(session, values).one()[0]
    if patients:
        _insert_patients.run(
            session, *({"entry_id": intent.id, "patient_id": patient} for patient in patients)
        )
    return Entry(position, intent, result, changes, patients, undoes_id, values["sequence"], values["hash"])


class Heads:
    """The ends of the stations' chains as this process left them: the next entry is linked without asking.

    What is remembered is never trusted: the station's row moves on only from the very head that the
    entry was linked to, else the head is read, and kept from others until the commit.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[int, str]] = {}

    def link(self, session: Session, values: dict[str, Any], patients: tuple[int, ...]) -> None:
        """Fill in the entry's place in the chain, and make it the station's last."""
        station = values["station_id"]
        known = self._known.pop(station, None)
        if known is None or not self._moved(session, values, patients, known):
            (row,) = _head.rows(session, {"station": station})
            moved = self._moved(session, values, patients, (row[0], row[1]))
            assert moved, "the head was locked, or the whole file is"

    def keep(self, entry: Entry) -> None:
        """The entry was committed."""
        self._known[entry.intent.station_id] = (entry.sequence, entry.hash)

    def _moved(
        self, session: Session, values: dict[str, Any], patients: tuple[int, ...], head: tuple[int, str]
    ) -> bool:
        values["sequence"], values["previous_hash"] = head[0] + 1, head[1]
        values["hash"] = _hash(values, patients)
        moved = _move_head.run(
            session,
            {
                "station": values["station_id"],
                "sequence": values["sequence"],
                "hash": values["hash"],
                "from_sequence": head[0],
                "from_hash": head[1],
            },
        )
        return moved.rowcount == 1


def read(session: Session, *, id: int) -> Entry | None:
    """The entry of an intent, if that was ever done."""
    found = session.execute(select(AuditEntry).where(AuditEntry.id == id)).scalar_one_or_none()
    return None if found is None else _read(session, found)


def after(session: Session, position: int, *, limit: int = 1000) -> Iterator[Entry]:
    """The entries behind a position of the log, in its order."""
    found = session.execute(
        select(AuditEntry).where(AuditEntry.position > position).order_by(AuditEntry.position).limit(limit)
    )
    yield from (_read(session, entry) for entry in found.scalars())


def is_undone(session: Session, *, id: int) -> bool:
    """Whether an entry was already taken back."""
    return session.execute(select(AuditEntry.id).where(AuditEntry.undoes_id == id)).first() is not None


@query(permission="security.verify_audit")
def verify(work: Work) -> ChainCheck:
    """Recompute every station's chain from its first entry."""
    broken: list[str] = []
    heads: dict[int, tuple[int, str]] = {}
    patients: dict[int, list[int]] = {}
    for entry_id, patient_id in work.session.execute(
        select(AuditPatient.entry_id, AuditPatient.patient_id).order_by(AuditPatient.patient_id)
    ):
        patients.setdefault(entry_id, []).append(patient_id)
    count = 0
    entries = select(AuditEntry).order_by(AuditEntry.station_id, AuditEntry.sequence)
    for entry in work.session.execute(entries.execution_options(yield_per=500)).scalars():
        sequence, previous = heads.get(entry.station_id, (0, ""))
        where = f"entry {entry.sequence} of station {entry.station_id}"
        if entry.sequence != sequence + 1:
            broken.append(f"Before {where} entries are missing.")
        if entry.previous_hash != previous:
            broken.append(f"The link of {where} to the entry before it does not fit.")
        sealed = {name: getattr(entry, name) for name in _SEALED}
        if entry.hash != _hash(sealed, tuple(patients.get(entry.id, ()))):
            broken.append(f"The text of {where} was changed after it was written.")
        heads[entry.station_id] = (entry.sequence, entry.hash)
        count += 1
    broken.extend(
        f"The last entries of station {station.id} are missing."
        for station in work.session.execute(select(Station).order_by(Station.id)).scalars()
        if (station.audit_sequence, station.audit_hash) != heads.get(station.id, (0, ""))
    )
    return ChainCheck(count, tuple(broken))


def _read(session: Session, entry: AuditEntry) -> Entry:
    patients = session.execute(
        select(AuditPatient.patient_id)
        .where(AuditPatient.entry_id == entry.id)
        .order_by(AuditPatient.patient_id)
    )
    return Entry(
        entry.position,
        msgspec.json.decode(entry.intent, type=Intent),
        msgspec.json.decode(entry.result),
        msgspec.json.decode(entry.changes, type=tuple[RowChange, ...]),
        tuple(patients.scalars()),
        entry.undoes_id,
        entry.sequence,
        entry.hash,
    )


_SEALED = ("previous_hash", "station_id", "sequence", "id", "intent", "result", "changes", "undoes_id")

# Plain statements, compiled once: they run around every command.
_ENTRY = Base.metadata.tables[AuditEntry.__tablename__]
_STATION = Base.metadata.tables[Station.__tablename__]
_head = Prepared(
    select(_STATION.c.audit_sequence, _STATION.c.audit_hash)
    .where(_STATION.c.id == bindparam("station"))
    .with_for_update()
)
_entry = insert(_ENTRY).values(
    {column.name: bindparam(column.name) for column in _ENTRY.columns if column.name != "position"}
)
_insert = Prepared(_entry.returning(_ENTRY.c.position))
_insert_and_tell = Prepared(_entry.returning(_ENTRY.c.position, func.pg_notify(CHANNEL, "")))
_insert_patients = Prepared(insert(Base.metadata.tables[AuditPatient.__tablename__]))
_move_head = Prepared(
    update(_STATION)
    .where(
        _STATION.c.id == bindparam("station"),
        _STATION.c.audit_sequence == bindparam("from_sequence"),
        _STATION.c.audit_hash == bindparam("from_hash"),
    )
    .values(audit_sequence=bindparam("sequence"), audit_hash=bindparam("hash"))
)


def _hash(sealed: Mapping[str, Any], patients: tuple[int, ...]) -> str:
    told = [*(sealed[name] for name in _SEALED), patients]
    return hashlib.sha256(_encode(told)).hexdigest()


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


def insert_rows(work: Work, model: type[Row], rows: Sequence[dict[str, Any]]) -> None:
    """Write many new rows in one round trip, each noted as if it had been added alone; ids are given.

    Any: column values. The rows do not enter the session; what waits in it goes to the database first.
    """
    session = work.session
    session.flush()
    session.connection().execute(insert(Base.metadata.tables[str(model.__tablename__)]), rows)
    if not model.in_audit or not isinstance(session, AuditedSession):
        return
    table, columns = str(model.__tablename__), tuple(inspect(model).column_attrs)
    keys = tuple(attribute.key for attribute in columns)
    guarded = tuple(attribute for attribute in columns if _is_guarded(attribute))
    for row in rows:
        told = {key: value for key in keys if (value := row.get(key)) is not None}
        for attribute in guarded:
            if attribute.key in told:
                told[attribute.key] = _plain(attribute, told[attribute.key])
        session.row_changes.append(RowChange(table, row["id"], "insert", told))


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


def _values(state: InstanceState[Base]) -> dict[str, Any]:
    loaded = state.dict
    return {
        attribute.key: _plain(attribute, loaded[attribute.key])
        for attribute in state.mapper.column_attrs
        if loaded.get(attribute.key) is not None
    }


def _differences(state: InstanceState[Base]) -> dict[str, Any]:
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


def _is_guarded(attribute: ColumnProperty[Any]) -> bool:
    """Whether `_plain` may show a value of this column otherwise than it is."""
    column = attribute.columns[0]
    return bool(column.info.get("secret")) or isinstance(column.type, LargeBinary)


def _plain(attribute: ColumnProperty[Any], value: Any) -> Any:
    """A value as the log shows it: bytes by their length, and nothing of what a column calls secret."""
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    return "(secret)" if attribute.columns[0].info.get("secret") and value is not None else value
