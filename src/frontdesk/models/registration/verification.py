"""What a payer said about a coverage: each answer is a row, none is changed."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.guards import append_only
from frontdesk.models.types import Cents, Choice, Stamp


class VerificationWay(StrEnum):
    """How the payer was asked."""

    ELECTRONIC = "electronic"
    PHONE = "phone"
    PORTAL = "portal"


class VerificationResult(StrEnum):
    """What came of it."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    NOT_FOUND = "not_found"
    NO_ANSWER = "no_answer"
    REJECTED = "rejected"
    """The payer would not answer the question (AAA); it says nothing of the coverage."""


UNANSWERED = (VerificationResult.NO_ANSWER, VerificationResult.REJECTED)
"""What never hides an answer from before."""


class CoverageVerification(Row):
    """One question to a payer and its answer; amounts are None where the payer did not say."""

    __tablename__ = "coverage_verification"
    coverage_id: Mapped[int] = mapped_column(ForeignKey("coverage.id"))
    verified_at: Mapped[datetime] = mapped_column(Stamp)
    verified_by: Mapped[str] = mapped_column(String(120))
    way: Mapped[VerificationWay] = mapped_column(Choice(VerificationWay))
    result: Mapped[VerificationResult] = mapped_column(Choice(VerificationResult))
    service_on: Mapped[date] = mapped_column(Date)
    """The day that was asked about."""
    copay_cents: Mapped[int | None] = mapped_column(Cents)
    coinsurance_percent: Mapped[int | None] = mapped_column(Integer)
    """The patient's part."""
    deductible_cents: Mapped[int | None] = mapped_column(Cents)
    deductible_left_cents: Mapped[int | None] = mapped_column(Cents)
    out_of_pocket_cents: Mapped[int | None] = mapped_column(Cents)
    out_of_pocket_left_cents: Mapped[int | None] = mapped_column(Cents)
    has_benefits: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether it says what the plan pays, not only whether it holds."""
    plan_said: Mapped[str] = mapped_column(Text, default="")
    """What the payer calls the plan."""
    plan_begins_on: Mapped[date | None] = mapped_column(Date)
    plan_ends_on: Mapped[date | None] = mapped_column(Date)
    reject_codes: Mapped[str] = mapped_column(Text, default="")
    """Each AAA as level, reason and follow-up: "subscriber 72 C"; several with commas."""
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("eligibility_answer.id"), index=True)
    """The part of the payer's file that it was read from."""
    reference: Mapped[str] = mapped_column(String(60), default="")
    said_by: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[str] = mapped_column(String(400), default="")
    __table_args__ = (
        CheckConstraint("copay_cents >= 0", name="copay_not_negative"),
        CheckConstraint("coinsurance_percent BETWEEN 0 AND 100", name="coinsurance_is_percent"),
        CheckConstraint(
            "deductible_left_cents BETWEEN 0 AND deductible_cents", name="deductible_left_of_total"
        ),
        CheckConstraint("out_of_pocket_left_cents >= 0", name="out_of_pocket_not_negative"),
        CheckConstraint(
            "out_of_pocket_left_cents BETWEEN 0 AND out_of_pocket_cents", name="out_of_pocket_left_of_total"
        ),
        CheckConstraint("result <> 'rejected' OR reject_codes <> ''", name="rejected_with_code"),
        CheckConstraint(
            "way <> 'phone' OR result = 'no_answer' OR (reference <> '' AND said_by <> '')",
            name="phone_names_its_source",
        ),
        Index("ix_coverage_verification_latest", "coverage_id", "verified_at"),
    )


class CoverageBenefit(Row):
    """One thing a payer says of a coverage, in the shape of X12 EB; codes as they came, known or not."""

    __tablename__ = "coverage_benefit"
    in_audit = False
    verification_id: Mapped[int] = mapped_column(ForeignKey("coverage_verification.id"))
    place: Mapped[int] = mapped_column(Integer)
    information: Mapped[str] = mapped_column(Text)
    """EB01: 1 active, A coinsurance, B copay, C deductible, G out-of-pocket limit, F limits, ..."""
    coverage_level: Mapped[str] = mapped_column(Text, default="")
    """EB02: IND, FAM, ..."""
    service_types: Mapped[str] = mapped_column(Text, default="")
    """EB03, with blanks between: "30 98"."""
    insurance_type: Mapped[str] = mapped_column(Text, default="")
    plan: Mapped[str] = mapped_column(Text, default="")
    period: Mapped[str] = mapped_column(Text, default="")
    """EB06: 23 calendar year, 29 remaining, ..."""
    amount_cents: Mapped[int | None] = mapped_column(Cents)
    percent_hundredths: Mapped[int | None] = mapped_column(Integer)
    """Of one per cent: 2000 is 20 %."""
    quantity_qualifier: Mapped[str] = mapped_column(Text, default="")
    quantity: Mapped[str] = mapped_column(Text, default="")
    needs_authorization: Mapped[str] = mapped_column(Text, default="")
    """EB11: Y, N, U, or not said."""
    in_network: Mapped[str] = mapped_column(Text, default="")
    """EB12: Y, N, W not applicable, U unknown, or not said."""
    procedure: Mapped[str] = mapped_column(Text, default="")
    begins_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    messages: Mapped[str] = mapped_column(Text, default="")
    """The payer's own words, a line each."""
    others: Mapped[str] = mapped_column(Text, default="")
    """Who else is named: other payers, primary care, whom to call; a line each."""
    text: Mapped[str] = mapped_column(Text, default="")
    """The segments as they came; empty for what a person wrote down."""
    __table_args__ = (
        UniqueConstraint("verification_id", "place"),
        CheckConstraint("information <> ''", name="says_something"),
    )


class VerificationWithdrawal(Row):
    """An answer that was kept for the wrong coverage; it no longer counts and stays on record."""

    __tablename__ = "verification_withdrawal"
    verification_id: Mapped[int] = mapped_column(ForeignKey("coverage_verification.id"), unique=True)
    withdrawn_at: Mapped[datetime] = mapped_column(Stamp)
    withdrawn_by: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text)
    __table_args__ = (CheckConstraint("trim(reason) <> ''", name="has_a_reason"),)


append_only(CoverageVerification)
append_only(CoverageBenefit)
append_only(VerificationWithdrawal)
