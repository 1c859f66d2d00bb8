"""Estimates of what care will cost: versions that never change, and how each was given to the patient."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only, refuse_when
from frontdesk.models.types import Cents, Choice, Stamp

MOST_VISITS = 60


class EstimateWay(StrEnum):
    """How an estimate reached the patient: on paper or electronically (45 CFR 149.610(e))."""

    PRINTED = "printed"
    MAILED = "mailed"
    EMAILED = "emailed"


class EstimateRule(Versioned):
    """What the office decides about estimates; one row, or none before it decided."""

    __tablename__ = "estimate_rule"
    self_pay_discount_percent: Mapped[int] = mapped_column(Integer, default=0)
    """Taken off the office's fees for who pays without insurance."""
    ask_percent: Mapped[int] = mapped_column(Integer, default=100)
    """How much of an estimate is offered as a payment ahead; 0 offers none."""
    singleton: Mapped[int] = mapped_column(Integer, default=1, unique=True)
    __table_args__ = (
        CheckConstraint("singleton = 1", name="only_one"),
        CheckConstraint("self_pay_discount_percent BETWEEN 0 AND 100", name="discount"),
        CheckConstraint("ask_percent BETWEEN 0 AND 100", name="ask"),
    )


class Estimate(Versioned):
    """For one patient: of a visit that is booked, or of care that was asked about."""

    __tablename__ = "estimate"
    number: Mapped[int] = mapped_column(unique=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    visit_type_id: Mapped[int] = mapped_column(ForeignKey("visit_type.id"))
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"), unique=True)
    requested_on: Mapped[date | None]
    """The day on which the patient asked for it; empty where the booking alone calls for it."""
    __table_args__ = (
        CheckConstraint("appointment_id IS NOT NULL OR requested_on IS NOT NULL", name="called_for"),
    )


class EstimateVersion(Row):
    """An estimate as it was written once, in the words and figures that the patient gets."""

    __tablename__ = "estimate_version"
    estimate_id: Mapped[int] = mapped_column(ForeignKey("estimate.id"))
    edition: Mapped[int] = mapped_column(Integer)
    written_at: Mapped[datetime] = mapped_column(Stamp)
    written_by: Mapped[str] = mapped_column(Text)
    is_good_faith: Mapped[bool]
    """For who pays without insurance; else an informal estimate of the patient's share."""
    service: Mapped[str] = mapped_column(Text)
    """The primary service in plain words."""
    service_on: Mapped[date | None]
    visits: Mapped[int] = mapped_column(Integer, default=1)
    until_on: Mapped[date | None]
    """The last day of recurring visits, within twelve months."""
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))
    provider: Mapped[str] = mapped_column(Text)
    provider_npi: Mapped[str] = mapped_column(Text)
    fees_cents: Mapped[int] = mapped_column(Cents)
    """What the office charges, before a discount or an insurer."""
    total_cents: Mapped[int] = mapped_column(Cents)
    """What the patient is expected to pay."""
    why: Mapped[str] = mapped_column(Text, default="")
    """How an informal estimate was reckoned."""
    separately: Mapped[str] = mapped_column(Text, default="")
    """What will be scheduled separately before or after, where it is known."""
    __table_args__ = (
        UniqueConstraint("estimate_id", "edition"),
        CheckConstraint(f"visits BETWEEN 1 AND {MOST_VISITS}", name="visits"),
        CheckConstraint("(visits > 1) = (until_on IS NOT NULL)", name="recurring_until"),
        CheckConstraint("fees_cents BETWEEN 1 AND 999999999", name="fees_possible"),
        CheckConstraint("total_cents BETWEEN 0 AND fees_cents", name="total_possible"),
        CheckConstraint("length(separately) <= 400", name="separately"),
    )


class EstimateLine(Row):
    """One expected service of a version; amounts are for all units of one visit."""

    __tablename__ = "estimate_line"
    # Deferred: the version that adds up its lines is inserted after them.
    version_id: Mapped[int] = mapped_column(
        ForeignKey("estimate_version.id", deferrable=True, initially="DEFERRED"), index=True
    )
    place: Mapped[int] = mapped_column(Integer)
    code: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    diagnosis: Mapped[str] = mapped_column(Text, default="")
    units: Mapped[int] = mapped_column(Integer)
    fee_cents: Mapped[int] = mapped_column(Cents)
    expected_cents: Mapped[int] = mapped_column(Cents)
    """The patient's part of it."""
    __table_args__ = (
        CheckConstraint("units BETWEEN 1 AND 99", name="units"),
        CheckConstraint("fee_cents > 0", name="fee_possible"),
        CheckConstraint("expected_cents BETWEEN 0 AND fee_cents", name="expected_possible"),
    )


class EstimateGiven(Row):
    """That a version reached the patient: how, when, by whom."""

    __tablename__ = "estimate_given"
    version_id: Mapped[int] = mapped_column(ForeignKey("estimate_version.id"), index=True)
    way: Mapped[EstimateWay] = mapped_column(Choice(EstimateWay))
    given_at: Mapped[datetime] = mapped_column(Stamp)
    given_by: Mapped[str] = mapped_column(Text)
    taken_back_at: Mapped[datetime | None] = mapped_column(Stamp)
    """Where it was noted by mistake."""
    __table_args__ = (Index("ix_estimate_given_given_at", "given_at"),)


append_only(EstimateVersion)
append_only(EstimateLine)
append_only(EstimateGiven, but=("taken_back_at",))
refuse_when(
    EstimateLine,
    "estimate_is_written",
    "INSERT",
    message="estimate_is_written",
    when="EXISTS (SELECT 1 FROM estimate_version WHERE estimate_version.id = NEW.version_id)",
)
refuse_when(
    EstimateVersion,
    "estimate_sums",
    "INSERT",
    message="estimate_sums",
    when="NEW.total_cents IS DISTINCT FROM"
    " (SELECT sum(expected_cents) * NEW.visits FROM estimate_line WHERE version_id = NEW.id)"
    " OR NEW.fees_cents IS DISTINCT FROM"
    " (SELECT sum(fee_cents) * NEW.visits FROM estimate_line WHERE version_id = NEW.id)",
)
