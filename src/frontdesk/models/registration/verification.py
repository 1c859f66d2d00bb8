"""What a payer said about a coverage: each answer is a row, none is changed."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String
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
    out_of_pocket_left_cents: Mapped[int | None] = mapped_column(Cents)
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
            "way <> 'phone' OR result = 'no_answer' OR (reference <> '' AND said_by <> '')",
            name="phone_names_its_source",
        ),
        Index("ix_coverage_verification_latest", "coverage_id", "verified_at"),
    )


append_only(CoverageVerification)
