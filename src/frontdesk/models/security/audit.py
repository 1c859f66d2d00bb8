"""The audit log: one line per command, chained per station, and the desks that write it."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Base, Id, Row
from frontdesk.models.guards import append_only
from frontdesk.models.types import Stamp


class Station(Row):
    """A desk, and the head of its chain of audit entries."""

    __tablename__ = "station"
    in_audit = False
    name: Mapped[str] = mapped_column(String(80), unique=True)
    audit_sequence: Mapped[int] = mapped_column(BigInteger, default=0)
    audit_hash: Mapped[str] = mapped_column(String(64), default="")


class AuditEntry(Base):
    """What was done: who, at which desk, when, by which command with what arguments, and what changed."""

    __tablename__ = "audit_entry"
    in_audit = False
    __table_args__ = (
        UniqueConstraint("station_id", "sequence"),
        # What somebody did, or what was done so, newest first.
        Index("ix_audit_entry_user_id_at", "user_id", "at"),
        Index("ix_audit_entry_command_at", "command", "at"),
        Index(
            "uq_audit_entry_undoes_id",
            "undoes_id",
            unique=True,
            sqlite_where=text("undoes_id IS NOT NULL"),
            postgresql_where=text("undoes_id IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )
    position: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=True)
    """The database's own count, for readers that follow the log."""
    id: Mapped[int] = mapped_column(BigInteger, unique=True)
    """The intent's id: the same act is never done twice."""
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    sequence: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(Stamp, index=True)
    user_id: Mapped[int | None] = mapped_column(BigInteger)
    command: Mapped[str] = mapped_column(String(120))
    intent: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(Text)
    changes: Mapped[str] = mapped_column(Text)
    undoes_id: Mapped[int | None] = mapped_column(BigInteger)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditPatient(Base):
    """Whose record an entry concerns."""

    __tablename__ = "audit_patient"
    in_audit = False
    entry_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    patient_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    __table_args__ = (Index("ix_audit_patient_of", "patient_id", "entry_id"),)


class AuditPart(Base):
    """Row changes of an act that changed very many: they go to the disk while it runs, not at its end."""

    __tablename__ = "audit_part"
    in_audit = False
    entry_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    changes: Mapped[bytes] = mapped_column(LargeBinary)
    """JSON as in an entry's `changes`, compressed by zlib; the entry holds the SHA-256 of the JSON."""


class NumberSequence(Base):
    """The last number given out under a name: receipts, charts, claims. Numbers are never given twice."""

    __tablename__ = "number_sequence"
    in_audit = False
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    last: Mapped[int] = mapped_column(Integer)


append_only(AuditEntry)
append_only(AuditPatient)
append_only(AuditPart)
