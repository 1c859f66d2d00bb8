"""A check-in as desks share it: who has it open, what is typed and unsaved, who was identified how."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.guards import append_only
from frontdesk.models.types import Choices, Stamp, only_words_of

LONGEST = 20_000
"""Characters of what one person left half-way in one check-in."""


class Identifier(StrEnum):
    """What the patient was asked for, or showed, and what was compared with the record."""

    NAME = "name"
    BIRTH_DATE = "birth_date"
    PHOTO_ID = "photo_id"
    ADDRESS = "address"
    PHONE = "phone"
    MEMBER_ID = "member_id"


class VisitOpening(Row):
    """A check-in that is open at a desk; `seen_at` is the desk's last sign of life."""

    __tablename__ = "visit_opening"
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), index=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    opened_by: Mapped[str] = mapped_column(String(120))
    opened_at: Mapped[datetime] = mapped_column(Stamp)
    seen_at: Mapped[datetime] = mapped_column(Stamp)
    ended_at: Mapped[datetime | None] = mapped_column(Stamp)
    __table_args__ = (
        Index(
            "uq_visit_opening_open",
            "appointment_id",
            unique=True,
            sqlite_where=sql("ended_at IS NULL"),
            postgresql_where=sql("ended_at IS NULL"),
        ),
    )


class UnfinishedCheckIn(Row):
    """What a person typed in a check-in and did not save; empty once nothing is left."""

    __tablename__ = "unfinished_check_in"
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    kept_by: Mapped[str] = mapped_column(String(120))
    kept_at: Mapped[datetime] = mapped_column(Stamp)
    content: Mapped[str] = mapped_column(Text, info={"secret": True})
    """As the page wrote it; only the page reads it."""
    named: Mapped[str] = mapped_column(Text)
    """The fields by their labels, for the other desks."""
    __table_args__ = (
        UniqueConstraint("appointment_id", "user_id"),
        CheckConstraint(f"length(content) <= {LONGEST}", name="content"),
        CheckConstraint("length(named) <= 2000", name="named"),
    )


class IdentityCheck(Row):
    """At least two identifiers were compared at the desk, for this visit."""

    __tablename__ = "identity_check"
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), index=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    identifiers: Mapped[tuple[Identifier, ...]] = mapped_column(Choices(Identifier))
    checked_at: Mapped[datetime] = mapped_column(Stamp)
    checked_by: Mapped[str] = mapped_column(String(120))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    __table_args__ = (
        CheckConstraint(only_words_of("identifiers", Identifier), name="identifiers_known"),
        CheckConstraint("identifiers LIKE '%,%'", name="two_identifiers"),
    )


append_only(IdentityCheck)
append_only(VisitOpening, but={"seen_at", "ended_at"})
