"""The office's consent forms, by edition and language, and what each patient answered to them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.guards import append_only
from frontdesk.models.types import Choice, Stamp


class Needed(StrEnum):
    """How often a patient is asked for a form."""

    ONCE = "once"
    YEARLY = "yearly"
    EACH_VISIT = "each_visit"
    VISIT_TYPE = "visit_type"
    """At each visit of a kind that names the form, and at no other."""


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


class ConsentForm(Row):
    """One edition of a form in one language; a new edition asks every patient again."""

    __tablename__ = "consent_form"
    __table_args__ = (
        UniqueConstraint("key", "edition", "language"),
        CheckConstraint("edition > 0", name="edition"),
        CheckConstraint("guardian_below_age BETWEEN 0 AND 21", name="guardian_below_age"),
        CheckConstraint("text <> ''", name="text"),
    )

    key: Mapped[str] = mapped_column(Text)
    edition: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    needed: Mapped[Needed] = mapped_column(Choice(Needed))
    may_be_refused: Mapped[bool]
    guardian_below_age: Mapped[int]
    effective_on: Mapped[date]


class Consent(Row):
    """A patient's answer with the very words that were on the screen, sealed by a hash over all of it."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256_whole"),
        CheckConstraint("(answer = 'revoked') = (revokes_id IS NOT NULL)", name="revokes_one"),
        CheckConstraint("(strokes <> '') = (answer = 'signed' AND medium = 'screen')", name="strokes"),
        CheckConstraint("answer = 'signed' OR expires_on IS NULL", name="expires_on"),
        UniqueConstraint("revokes_id"),
        CheckConstraint("expires_on >= answered_on", name="expires_later"),
        Index("ix_consent_patient_id_answered_on", "patient_id", "answered_on"),
    )

    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
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
    note: Mapped[str] = mapped_column(Text, default="")
    strokes: Mapped[str] = mapped_column(Text, default="")
    revokes_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    sha256: Mapped[str] = mapped_column(String(64))


append_only(ConsentForm)
append_only(Consent)
