"""The superbill of a visit and the charge lines that come from it; the line is the unit of the ledger."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.types import Cents, Choice, Stamp


class SuperbillState(StrEnum):
    """How far a superbill came; it only goes forward, except that a checked one may be reopened."""

    ISSUED = "issued"
    RETURNED = "returned"
    ENTERED = "entered"
    CHECKED = "checked"
    RELEASED = "released"


class Superbill(Versioned):
    """The sheet that goes with a visit and comes back with what was done."""

    __tablename__ = "superbill"

    number: Mapped[int] = mapped_column(unique=True)
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), unique=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))
    service_on: Mapped[date]
    state: Mapped[SuperbillState] = mapped_column(Choice(SuperbillState))
    coverage_id: Mapped[int | None] = mapped_column(ForeignKey("coverage.id"))
    """The coverage billed first; empty for self-pay."""
    place_of_service: Mapped[str] = mapped_column(Text, default="11")
    issued_at: Mapped[datetime] = mapped_column(Stamp)
    returned_at: Mapped[datetime | None] = mapped_column(Stamp)
    entered_at: Mapped[datetime | None] = mapped_column(Stamp)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    checked_at: Mapped[datetime | None] = mapped_column(Stamp)
    released_at: Mapped[datetime | None] = mapped_column(Stamp)

    __table_args__ = (
        Index("ix_superbill_state", "state"),
        Index("ix_superbill_service_on", "service_on"),
        Index("ix_superbill_provider_id", "provider_id", "service_on"),
    )


class SuperbillDiagnosis(Row):
    """One of up to twelve diagnoses, A to L; the lines point at its place."""

    __tablename__ = "superbill_diagnosis"

    superbill_id: Mapped[int] = mapped_column(ForeignKey("superbill.id"))
    place: Mapped[int]
    code: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    """As it read on the day of the visit."""

    __table_args__ = (
        UniqueConstraint("superbill_id", "place"),
        UniqueConstraint("superbill_id", "code"),
        CheckConstraint("place BETWEEN 1 AND 12", name="twelve_at_most"),
    )


class ChargeLine(Row):
    """One service with its price. Voided, never changed: a correction is a new line."""

    __tablename__ = "charge_line"

    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    superbill_id: Mapped[int | None] = mapped_column(ForeignKey("superbill.id"), index=True)
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("provider.id"))
    coverage_id: Mapped[int | None] = mapped_column(ForeignKey("coverage.id"))
    """The coverage billed first; empty when the patient pays."""
    service_on: Mapped[date]
    place: Mapped[int]
    """Its order on the superbill, from 1."""
    code: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    modifiers: Mapped[str] = mapped_column(Text, default="")
    """Up to four, divided by blanks: "25 59"."""
    units: Mapped[int]
    amount_cents: Mapped[int] = mapped_column(Cents)
    """For all units together."""
    diagnosis_pointers: Mapped[str] = mapped_column(Text, default="")
    """Up to four letters A to L, the first the main reason: "AB"."""
    place_of_service: Mapped[str] = mapped_column(Text, default="11")
    is_fee: Mapped[bool] = mapped_column(default=False)
    """An office fee, such as for a missed visit; never on a claim."""
    moved_from_id: Mapped[int | None] = mapped_column(ForeignKey("charge_line.id"), index=True)
    """The line of another household whose debt was moved here; it has no charge of its own."""
    voided_at: Mapped[datetime | None] = mapped_column(Stamp)
    void_reason: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        CheckConstraint("amount_cents > 0 AND amount_cents < 1000000000", name="amount_possible"),
        CheckConstraint("units BETWEEN 1 AND 999", name="units_possible"),
        CheckConstraint("length(diagnosis_pointers) <= 4", name="four_pointers_at_most"),
        CheckConstraint("length(modifiers) <= 11", name="four_modifiers_at_most"),
        CheckConstraint("(voided_at IS NULL) = (void_reason = '')", name="void_has_reason"),
        CheckConstraint("NOT is_fee OR coverage_id IS NULL", name="fee_is_the_patients"),
        CheckConstraint(
            "moved_from_id IS NULL"
            " OR (coverage_id IS NULL AND superbill_id IS NULL AND appointment_id IS NULL)",
            name="moved_is_the_patients",
        ),
        Index("ix_charge_line_service_on", "service_on"),
    )


append_only(ChargeLine, but=("voided_at", "void_reason"))
