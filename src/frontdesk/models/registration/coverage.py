"""A subscriber's policy, the patients it covers and in which order, and self-pay by choice."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import but_merging, no_overlap, refuse_when
from frontdesk.models.registration.patient import Sex
from frontdesk.models.types import Choice, Stamp


class Relationship(StrEnum):
    """What the patient is to the subscriber."""

    SELF = "self"
    SPOUSE = "spouse"
    CHILD = "child"
    OTHER = "other"


class MedicareSecondary(StrEnum):
    """Why Medicare does not pay first; the codes of 005010X222A1 2000B SBR05."""

    WORKING_AGED = "12"
    END_STAGE_RENAL = "13"
    NO_FAULT = "14"
    WORKERS_COMP = "15"
    PUBLIC_HEALTH = "16"
    BLACK_LUNG = "41"
    VETERANS = "42"
    DISABLED = "43"
    LIABILITY = "47"


class Policy(Versioned):
    """A subscriber's contract with a plan, as one card shows it.

    Once a claim went out on it, what the card says is fixed: a correction is a new policy that
    names the one it `replaces_id`.
    """

    __tablename__ = "policy"
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    member_id: Mapped[str] = mapped_column(String(40), index=True)
    """As printed, without blanks, dashes and dots."""
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
    adjuster: Mapped[str] = mapped_column(String(80), default="")
    """Who decides on the case at the payer."""
    adjuster_phone: Mapped[str] = mapped_column(String(20), default="")
    employer: Mapped[str] = mapped_column(String(120), default="")
    """Where the injury happened, for workers' compensation."""
    case_state: Mapped[str] = mapped_column(String(2), default="")
    """Whose law the case is under."""
    effective_from: Mapped[date] = mapped_column(Date)
    effective_until: Mapped[date | None] = mapped_column(Date)
    """The last covered day."""
    first_used_at: Mapped[datetime | None] = mapped_column(Stamp)
    """When the first claim went out on it."""
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("policy.id"))
    __table_args__ = (
        CheckConstraint(
            "member_id <> '' AND replace(replace(replace(member_id, ' ', ''), '-', ''), '.', '') = member_id",
            name="member_id_without_blanks",
        ),
        CheckConstraint("injured_on IS NULL OR case_number <> ''", name="injury_has_a_case"),
        CheckConstraint("(subscriber_patient_id IS NULL) = (subscriber_last <> '')", name="one_subscriber"),
        CheckConstraint("effective_until >= effective_from", name="ends_after_start"),
    )


refuse_when(
    Policy,
    "policy_in_use_update",
    "UPDATE OF plan_id, member_id, group_number, subscriber_first, subscriber_last, "
    "subscriber_born_on, case_number, injured_on, case_state, effective_from, first_used_at",
    message="policy_in_use",
    when="OLD.first_used_at IS NOT NULL",
)
refuse_when(
    Policy,
    "policy_in_use_subscriber",
    "UPDATE OF subscriber_patient_id",
    message="policy_in_use",
    when=f"OLD.first_used_at IS NOT NULL AND {but_merging(Policy, 'subscriber_patient_id')}",
)
refuse_when(Policy, "policy_kept", "DELETE", message="policy_in_use", when="OLD.first_used_at IS NOT NULL")


class Coverage(Versioned):
    """That a policy covers a patient, in which place, and for which days; one policy per place and day.

    The places of an injury's case are counted by themselves: its policy pays for the visits of the
    case and for no others.
    """

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
    case_number: Mapped[str] = mapped_column(String(40), default="")
    """The case that it pays for; empty: every ordinary visit."""
    secondary_reason: Mapped[MedicareSecondary | None] = mapped_column(Choice(MedicareSecondary))
    """Why Medicare pays after another, where it does."""
    cob_note: Mapped[str] = mapped_column(Text, default="")
    """What was said about who pays first."""
    __table_args__ = (
        CheckConstraint("length(cob_note) <= 500", name="cob_note_short"),
        CheckConstraint("secondary_reason IS NULL OR rank > 1", name="first_is_not_secondary"),
        CheckConstraint("rank BETWEEN 1 AND 9", name="rank_one_to_nine"),
        CheckConstraint("effective_until >= effective_from", name="ends_after_start"),
    )


no_overlap(
    Coverage,
    by=("patient_id", "case_number", "rank"),
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
