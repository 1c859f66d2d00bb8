"""A subscriber's policy, the patients it covers and in which order, and self-pay by choice."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import no_overlap, refuse_when
from frontdesk.models.registration.patient import Sex
from frontdesk.models.types import Choice, Stamp


class Relationship(StrEnum):
    """What the patient is to the subscriber."""

    SELF = "self"
    SPOUSE = "spouse"
    CHILD = "child"
    OTHER = "other"


class Policy(Versioned):
    """A subscriber's contract with a plan, as one card shows it.

    Once a claim went out on it, what the card says is fixed: a correction is a new policy that
    names the one it `replaces_id`.
    """

    __tablename__ = "policy"
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    member_id: Mapped[str] = mapped_column(String(40), index=True)
    """As printed, without blanks."""
    group_number: Mapped[str] = mapped_column(String(40), default="")
    subscriber_patient_id: Mapped[int | None] = mapped_column(ForeignKey("patient.id"), index=True)
    """None where the subscriber is no patient here; the name then stands in the row."""
    subscriber_first: Mapped[str] = mapped_column(String(60), default="")
    subscriber_last: Mapped[str] = mapped_column(String(60), default="")
    subscriber_born_on: Mapped[date | None] = mapped_column(Date)
    subscriber_sex: Mapped[Sex] = mapped_column(Choice(Sex), default=Sex.UNKNOWN)
    case_number: Mapped[str] = mapped_column(String(40), default="")
    """The claim number of an injury, for workers' compensation and auto."""
    injured_on: Mapped[date | None] = mapped_column(Date)
    effective_from: Mapped[date] = mapped_column(Date)
    effective_until: Mapped[date | None] = mapped_column(Date)
    """The last covered day."""
    first_used_at: Mapped[datetime | None] = mapped_column(Stamp)
    """When the first claim went out on it."""
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("policy.id"))
    __table_args__ = (
        CheckConstraint(
            "member_id <> '' AND replace(member_id, ' ', '') = member_id", name="member_id_without_blanks"
        ),
        CheckConstraint("(subscriber_patient_id IS NULL) = (subscriber_last <> '')", name="one_subscriber"),
        CheckConstraint("effective_until >= effective_from", name="ends_after_start"),
    )


refuse_when(
    Policy,
    "policy_in_use_update",
    "UPDATE OF plan_id, member_id, group_number, subscriber_patient_id, subscriber_first, subscriber_last, "
    "subscriber_born_on, effective_from, first_used_at",
    message="policy_in_use",
    when="OLD.first_used_at IS NOT NULL",
)
refuse_when(Policy, "policy_kept", "DELETE", message="policy_in_use", when="OLD.first_used_at IS NOT NULL")


class Coverage(Versioned):
    """That a policy covers a patient, in which place, and for which days; one policy per place and day."""

    __tablename__ = "coverage"
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)
    rank: Mapped[int] = mapped_column(Integer)
    """1 pays first."""
    relationship: Mapped[Relationship] = mapped_column(Choice(Relationship))
    effective_from: Mapped[date] = mapped_column(Date)
    effective_until: Mapped[date | None] = mapped_column(Date)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    """False where it was entered in error; kept for the record."""
    __table_args__ = (
        CheckConstraint("rank BETWEEN 1 AND 9", name="rank_one_to_nine"),
        CheckConstraint("effective_until >= effective_from", name="ends_after_start"),
    )


no_overlap(
    Coverage,
    by=("patient_id", "rank"),
    starts="effective_from",
    ends="effective_until",
    when="is_active",
)


class SelfPay(Row):
    """That the patient chose to pay without insurance, for some days or until further notice."""

    __tablename__ = "self_pay"
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    withholds_from_payer: Mapped[bool] = mapped_column(Boolean, default=False)
    """The patient asked that the plan not be told of what they paid in full (45 CFR 164.522(a)(1)(vi))."""
    reason: Mapped[str] = mapped_column(String(200), default="")
    __table_args__ = (
        CheckConstraint("valid_until >= valid_from", name="ends_after_start"),
        Index("ix_self_pay_patient_id", "patient_id", "valid_from"),
    )


no_overlap(SelfPay, by="patient_id", starts="valid_from", ends="valid_until")
