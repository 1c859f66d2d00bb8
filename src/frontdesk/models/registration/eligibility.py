"""Questions to payers that went out in files (270), the files that came back (271), and who sees to them."""

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

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.types import Choice, Stamp


class AnswerBasis(StrEnum):
    """What tied a payer's answer to a coverage."""

    NONE = "none"
    TRACE = "trace"
    MEMBER = "member"
    """Member id, name and birth date, where no trace number of ours came back."""
    PERSON = "person"


class EligibilitySettings(Versioned):
    """How this office verifies: how far ahead, how long an answer is good, where files lie."""

    __tablename__ = "eligibility_settings"
    singleton: Mapped[int] = mapped_column(Integer, default=1, unique=True)
    days_ahead: Mapped[int] = mapped_column(Integer, default=3)
    eligibility_days: Mapped[int] = mapped_column(Integer, default=30)
    """An answer on whether the coverage holds is good for so many days."""
    before_visit_days: Mapped[int | None] = mapped_column(Integer)
    """And must have been given at most so many days before the visit; None: no such rule."""
    benefits_days: Mapped[int] = mapped_column(Integer, default=365)
    benefits_renew_yearly: Mapped[bool] = mapped_column(Boolean, default=True)
    """Benefits asked in one calendar year do not hold in the next."""
    service_types: Mapped[str] = mapped_column(Text, default="30")
    """What is asked about, X12 codes with blanks between."""
    outgoing_folder: Mapped[str] = mapped_column(Text, default="")
    incoming_folder: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        CheckConstraint("singleton = 1", name="only_one"),
        CheckConstraint("days_ahead BETWEEN 0 AND 60", name="days_ahead_range"),
        CheckConstraint("eligibility_days BETWEEN 1 AND 366", name="eligibility_days_range"),
        CheckConstraint("before_visit_days BETWEEN 0 AND 60", name="before_visit_days_range"),
        CheckConstraint("benefits_days BETWEEN 1 AND 1000", name="benefits_days_range"),
    )


class EligibilityBatch(Row):
    """One file of questions as it was made."""

    __tablename__ = "eligibility_batch"
    number: Mapped[int] = mapped_column(Integer, unique=True)
    receiver: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Stamp, index=True)
    made_by: Mapped[str] = mapped_column(String(120))
    inquiries: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(ForeignKey("document_content.sha256"))


class EligibilityInquiry(Row):
    """One question about a coverage on a day; its trace number comes back with the answer."""

    __tablename__ = "eligibility_inquiry"
    batch_id: Mapped[int] = mapped_column(ForeignKey("eligibility_batch.id"), index=True)
    trace: Mapped[str] = mapped_column(Text, unique=True)
    coverage_id: Mapped[int] = mapped_column(ForeignKey("coverage.id"))
    service_on: Mapped[date] = mapped_column(Date)
    __table_args__ = (Index("ix_eligibility_inquiry_coverage_id", "coverage_id", "id"),)


class EligibilityFile(Row):
    """A payer's file that was read."""

    __tablename__ = "eligibility_file"
    received_at: Mapped[datetime] = mapped_column(Stamp, index=True)
    received_by: Mapped[str] = mapped_column(String(120))
    answers: Mapped[int] = mapped_column(Integer)
    note: Mapped[str] = mapped_column(Text, default="")
    """What did not fit in its envelopes, in a sentence."""
    sha256: Mapped[str] = mapped_column(ForeignKey("document_content.sha256"), unique=True)


class EligibilityAnswer(Versioned):
    """What a file says of one patient; only the match may change."""

    __tablename__ = "eligibility_answer"
    file_id: Mapped[int] = mapped_column(ForeignKey("eligibility_file.id"))
    place: Mapped[int] = mapped_column(Integer)
    fingerprint: Mapped[str] = mapped_column(Text, unique=True)
    """SHA-256 of what it says, so that the same answer is kept once, in whatever envelope."""
    payer_name: Mapped[str] = mapped_column(Text)
    trace: Mapped[str] = mapped_column(Text)
    member_id: Mapped[str] = mapped_column(Text)
    last_name: Mapped[str] = mapped_column(Text)
    first_name: Mapped[str] = mapped_column(Text)
    born_on: Mapped[date | None] = mapped_column(Date)
    reject_codes: Mapped[str] = mapped_column(Text, default="")
    coverage_id: Mapped[int | None] = mapped_column(ForeignKey("coverage.id"), index=True)
    inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("eligibility_inquiry.id"), index=True)
    basis: Mapped[AnswerBasis] = mapped_column(Choice(AnswerBasis))
    match_note: Mapped[str] = mapped_column(Text, default="")
    """Why it was matched, or why not, in a sentence."""
    set_aside_reason: Mapped[str] = mapped_column(Text, default="")
    """Why nobody needs to match it; empty while it waits."""
    __table_args__ = (
        UniqueConstraint("file_id", "place"),
        CheckConstraint("(coverage_id IS NULL) = (basis = 'none')", name="match_has_basis"),
        CheckConstraint("coverage_id IS NULL OR set_aside_reason = ''", name="matched_or_set_aside"),
        Index("ix_eligibility_answer_basis", "basis", "set_aside_reason"),
    )


class VerificationAssignment(Row):
    """Who sees to the verification of a coverage, and what they noted; the newest row holds."""

    __tablename__ = "verification_assignment"
    coverage_id: Mapped[int] = mapped_column(ForeignKey("coverage.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    assigned_at: Mapped[datetime] = mapped_column(Stamp)
    assigned_by: Mapped[str] = mapped_column(String(120))
    __table_args__ = (Index("ix_verification_assignment_coverage_id", "coverage_id", "id"),)


append_only(EligibilityBatch)
append_only(EligibilityInquiry)
append_only(EligibilityFile)
append_only(
    EligibilityAnswer,
    but=("coverage_id", "inquiry_id", "basis", "match_note", "set_aside_reason", "version"),
)
append_only(VerificationAssignment)
