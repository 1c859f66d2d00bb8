"""What each patient answered to the office's forms, sealed; and the papers that were handed out for it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.records.consent_form import AnswerKind as AnswerKind
from frontdesk.models.records.consent_form import ConsentForm as ConsentForm
from frontdesk.models.records.consent_form import Needed as Needed
from frontdesk.models.records.consent_form import Signer as Signer
from frontdesk.models.types import Choice, Stamp


class Answer(StrEnum):
    """A revocation is an answer of its own that points at the signature it ends."""

    SIGNED = "signed"
    REFUSED = "refused"
    REVOKED = "revoked"


class Medium(StrEnum):
    """How the answer was given."""

    SCREEN = "screen"
    PAPER = "paper"
    SPOKEN = "spoken"


class ConsentPrint(Versioned):
    """A form printed for a patient; its id is all that the sheet's code carries."""

    __tablename__ = "consent_print"
    __table_args__ = (
        CheckConstraint("handed_out_at IS NOT NULL OR handed_out_by_id IS NULL", name="handed_out"),
        Index("ix_consent_print_patient_id_form_id", "patient_id", "form_id"),
    )
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    form_id: Mapped[int] = mapped_column(ForeignKey("consent_form.id"), index=True)
    printed_at: Mapped[datetime] = mapped_column(Stamp)
    printed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    handed_out_at: Mapped[datetime | None] = mapped_column(Stamp)
    handed_out_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class Consent(Row):
    """A patient's answer with the very words that were on the screen, sealed by a hash over all of it."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256_whole"),
        CheckConstraint("(answer = 'revoked') = (revokes_id IS NOT NULL)", name="revokes_one"),
        CheckConstraint("(strokes <> '') = (answer = 'signed' AND medium = 'screen')", name="strokes"),
        CheckConstraint(
            "witness_strokes = '' OR (strokes <> '' AND trim(witness_name) <> '')", name="witness_strokes"
        ),
        CheckConstraint("answer = 'signed' OR expires_on IS NULL", name="expires_on"),
        CheckConstraint("(answer = 'revoked') = (counts_from IS NOT NULL)", name="counts_from"),
        CheckConstraint("counts_from >= answered_on", name="counts_later"),
        CheckConstraint("print_id IS NULL OR medium = 'paper'", name="printed"),
        UniqueConstraint("revokes_id"),
        UniqueConstraint("print_id"),
        CheckConstraint("expires_on >= answered_on", name="expires_later"),
        Index("ix_consent_patient_id_answered_on", "patient_id", "answered_on"),
    )

    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    sealed_patient_id: Mapped[int] = mapped_column(BigInteger)
    """The chart in which it was given, as the seal has it; charts that are merged leave it alone."""
    form_id: Mapped[int] = mapped_column(ForeignKey("consent_form.id"), index=True)
    answer: Mapped[Answer] = mapped_column(Choice(Answer))
    medium: Mapped[Medium] = mapped_column(Choice(Medium))
    title: Mapped[str] = mapped_column(Text)
    text_frozen: Mapped[str] = mapped_column(Text)
    answered_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(Stamp)
    expires_on: Mapped[date | None]
    signer_name: Mapped[str] = mapped_column(Text)
    relation: Mapped[str] = mapped_column(Text, default="")
    authority: Mapped[str] = mapped_column(Text, default="")
    """What the right of a representative rests on: parent, court order, power of attorney."""
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("patient_contact.id"), index=True)
    """The representative where they are on file."""
    note: Mapped[str] = mapped_column(Text, default="")
    """What the patient asked, and what was said; why they refused or revoked."""
    interpreter: Mapped[str] = mapped_column(Text, default="")
    """Who interpreted, and the language."""
    answers: Mapped[str] = mapped_column(Text, default="")
    """The form's questions with their answers, as JSON."""
    strokes: Mapped[str] = mapped_column(Text, default="")
    witness_name: Mapped[str] = mapped_column(Text, default="")
    witness_strokes: Mapped[str] = mapped_column(Text, default="")
    revokes_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id"))
    counts_from: Mapped[date | None]
    """The first day on which a revoked signature no longer counts."""
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    print_id: Mapped[int | None] = mapped_column(ForeignKey("consent_print.id"))
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    parts: Mapped[str] = mapped_column(Text, default="")
    """A SHA-256 of each part, as JSON: which of them differs where the seal is broken."""
    sha256: Mapped[str] = mapped_column(String(64))


append_only(Consent)
