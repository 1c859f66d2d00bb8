"""What receivers and payers say of claims on the way (TA1, 999, 277CA, 277), and what we asked them (276)."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.types import Cents, Choice, Stamp


class AnswerKind(StrEnum):
    """Which message an answer came in."""

    ENVELOPE = "ta1"
    SYNTAX = "999"
    INTAKE = "277ca"
    STATUS = "277"


class ClaimAnswerFile(Row):
    """A file of answers that was read; the same bytes are read once."""

    __tablename__ = "claim_answer_file"

    received_at: Mapped[datetime] = mapped_column(Stamp, index=True)
    received_by: Mapped[str] = mapped_column(Text)
    kinds: Mapped[str] = mapped_column(Text)
    """The messages in it, divided by blanks: "999 277ca"."""
    answers: Mapped[int]
    sha256: Mapped[str] = mapped_column(ForeignKey("document_content.sha256"), unique=True)


class ClaimAnswer(Versioned):
    """One thing that a file says of a claim or of a whole file of claims; only whose it is may change."""

    __tablename__ = "claim_answer"

    file_id: Mapped[int] = mapped_column(ForeignKey("claim_answer_file.id"))
    place: Mapped[int]
    kind: Mapped[AnswerKind] = mapped_column(Choice(AnswerKind))
    outcome: Mapped[str] = mapped_column(Text)
    """Of `formats.x12.status_words.Outcome`."""
    code: Mapped[str] = mapped_column(Text, default="")
    """A7:562, R, 025: as the message has it."""
    sentence: Mapped[str] = mapped_column(Text)
    from_name: Mapped[str] = mapped_column(Text, default="")
    claim_number: Mapped[str] = mapped_column(Text, default="")
    """The claim as the message names it."""
    control_number: Mapped[str] = mapped_column(Text, default="")
    """Of the file of claims, where it is about one."""
    payer_control_number: Mapped[str] = mapped_column(Text, default="")
    charge_cents: Mapped[int | None] = mapped_column(Cents)
    answered_on: Mapped[date | None]
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"), index=True)
    claim_batch_id: Mapped[int | None] = mapped_column(ForeignKey("claim_batch.id"), index=True)
    set_aside_reason: Mapped[str] = mapped_column(Text, default="")
    """Why nobody needs to look for its claim; empty while it waits."""

    __table_args__ = (
        UniqueConstraint("file_id", "place"),
        CheckConstraint(
            "set_aside_reason = '' OR (claim_id IS NULL AND claim_batch_id IS NULL)",
            name="matched_or_set_aside",
        ),
        Index("ix_claim_answer_claim_number", "claim_number"),
    )


class ClaimInquiryBatch(Row):
    """One file of questions as it was made (276)."""

    __tablename__ = "claim_inquiry_batch"

    number: Mapped[int] = mapped_column(unique=True)
    receiver: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Stamp, index=True)
    made_by: Mapped[str] = mapped_column(Text)
    questions: Mapped[int]
    sha256: Mapped[str] = mapped_column(ForeignKey("document_content.sha256"))


class ClaimInquiry(Row):
    """One question: what became of this claim? Its trace number comes back with the answer."""

    __tablename__ = "claim_inquiry"

    batch_id: Mapped[int] = mapped_column(ForeignKey("claim_inquiry_batch.id"), index=True)
    trace: Mapped[str] = mapped_column(Text, unique=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))

    __table_args__ = (Index("ix_claim_inquiry_claim_id", "claim_id", "id"),)


append_only(ClaimAnswerFile)
append_only(ClaimAnswer, but=("claim_id", "claim_batch_id", "set_aside_reason", "version"))
append_only(ClaimInquiryBatch)
append_only(ClaimInquiry)
