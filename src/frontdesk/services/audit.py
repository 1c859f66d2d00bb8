"""The audit log: what changed in a session, written as one entry linked into the station's chain."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from frontdesk.models.base import Base
from frontdesk.models.security.audit import AuditEntry, AuditPatient, Station
from frontdesk.services.command import Command, query
from frontdesk.services.prepared import Prepared
from frontdesk.services.row_changes import AuditedSession as AuditedSession
from frontdesk.services.row_changes import RowChange as RowChange
from frontdesk.services.row_changes import Update as Update
from frontdesk.services.row_changes import insert_quietly as insert_quietly
from frontdesk.services.row_changes import insert_rows as insert_rows
from frontdesk.services.row_changes import of_part
from frontdesk.services.row_changes import update_rows as update_rows
from frontdesk.services.sentences import says
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


says("uq_audit_entry_undoes_id", "This was undone already, at another desk. Nothing was changed.")

CHANNEL = "frontdesk_changes"
"""Where a server tells the desks that there is a new entry."""
_AT_ONCE = 1_000
_encode = msgspec.json.Encoder(order="deterministic").encode


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
    changes = session.all_changes()
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
    position = insert_it.run(session, values)[0][0]
    for start in range(0, len(patients), _AT_ONCE):
        some = patients[start : start + _AT_ONCE]
        _insert_patients.run_many(
            session, [{"entry_id": intent.id, "patient_id": patient} for patient in some]
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
        return bool(moved)


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
        elif not _parts_hold(work.session, entry):
            broken.append(f"A part of {where} was changed after it was written.")
        heads[entry.station_id] = (entry.sequence, entry.hash)
        count += 1
    broken.extend(
        f"The last entries of station {station.id} are missing."
        for station in work.session.execute(select(Station).order_by(Station.id)).scalars()
        if (station.audit_sequence, station.audit_hash) != heads.get(station.id, (0, ""))
    )
    return ChainCheck(count, tuple(broken))


def _parts_hold(session: Session, entry: AuditEntry) -> bool:
    if _PART_MARK not in entry.changes:
        return True
    told = msgspec.json.decode(entry.changes, type=tuple[RowChange, ...])
    parts = [change for change in told if change.is_part]
    return all(of_part(session, entry.id, part) is not None for part in parts)


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


_PART_MARK = '"act":"part"'
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
    .returning(_STATION.c.id)
)


def _hash(sealed: Mapping[str, Any], patients: tuple[int, ...]) -> str:
    told = [*(sealed[name] for name in _SEALED), patients]
    return hashlib.sha256(_encode(told)).hexdigest()
