"""A document in a chart or still in the tray, who must read it, and when it changed charts."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only, refuse_when
from frontdesk.models.types import Choice, Stamp


class Category(StrEnum):
    """The drawers of a chart, in the order the left column shows them."""

    VISIT_NOTE = "visit_note"
    LAB_RESULT = "lab_result"
    IMAGING = "imaging"
    HOSPITAL = "hospital"
    LETTER = "letter"
    CONSENT = "consent"
    IDENTITY = "identity"


class DocumentState(StrEnum):
    """A withdrawn document was added by mistake: off every list, never deleted.

    Of a disposed one only this entry is left: its bytes were destroyed when the law allowed it.
    """

    TO_FILE = "to_file"
    FILED = "filed"
    WITHDRAWN = "withdrawn"
    DISPOSED = "disposed"


class Sensitivity(StrEnum):
    """Classes that law or the office guards more closely than the rest (42 CFR Part 2, state law)."""

    ORDINARY = "ordinary"
    MENTAL_HEALTH = "mental_health"
    SUBSTANCE_USE = "substance_use"
    HIV = "hiv"
    REPRODUCTIVE = "reproductive"
    GENETIC = "genetic"
    PSYCHOTHERAPY = "psychotherapy"
    """A therapist's own notes, kept apart from the chart (45 CFR 164.501)."""


class RetentionClass(StrEnum):
    """What a record counts as where the years are counted for which it is kept."""

    MEDICAL = "medical"
    PAPER_CHART = "paper_chart"
    CONSENT = "consent"
    IDENTITY = "identity"
    CLAIM = "claim"
    DISCLOSURE = "disclosure"
    PERMANENT = "permanent"


class Document(Versioned):
    """What the chart says about one piece of content; the patient may be a guess until it is filed."""

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint(
            "state <> 'filed' OR (patient_id IS NOT NULL AND category IS NOT NULL"
            " AND document_on IS NOT NULL AND title <> '')",
            name="filed_whole",
        ),
        CheckConstraint("pages > 0", name="pages"),
        Index("ix_document_patient_id_document_on", "patient_id", "document_on"),
        Index("ix_document_state_received_at", "state", "received_at"),
        Index("ix_document_source_filed_at", "source", "filed_at"),
        Index("ix_document_category_filed_at", "category", "filed_at"),
    )

    patient_id: Mapped[int | None] = mapped_column(ForeignKey("patient.id"))
    state: Mapped[DocumentState] = mapped_column(Choice(DocumentState), default=DocumentState.TO_FILE)
    category: Mapped[Category | None] = mapped_column(Choice(Category))
    title: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(Text, default="")
    author: Mapped[str] = mapped_column(Text, default="")
    """Who wrote it, where that is not whoever sent it."""
    document_on: Mapped[date | None]
    received_at: Mapped[datetime] = mapped_column(Stamp)
    received_on: Mapped[date | None]
    """The day stamped on the paper, where it came before it was scanned."""
    arrived_as: Mapped[str] = mapped_column(Text, default="")
    sha256: Mapped[str] = mapped_column(ForeignKey("document_content.sha256"), index=True)
    media_type: Mapped[str] = mapped_column(Text)
    pages: Mapped[int | None]
    sensitivity: Mapped[Sensitivity] = mapped_column(Choice(Sensitivity), default=Sensitivity.ORDINARY)
    retention_class: Mapped[RetentionClass | None] = mapped_column(Choice(RetentionClass))
    """Where somebody said it; else it follows from the category."""
    set_aside_at: Mapped[datetime | None] = mapped_column(Stamp)
    filed_at: Mapped[datetime | None] = mapped_column(Stamp)
    archived_at: Mapped[datetime | None] = mapped_column(Stamp)
    """Filed, and out of the daily view: a preliminary report after the final one."""
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class DocumentMove(Row):
    """A document found in the wrong chart and moved; the chart it left keeps this trace."""

    __tablename__ = "document_move"
    __table_args__ = (CheckConstraint("from_patient_id <> to_patient_id", name="other_chart"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    from_patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    to_patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    reason: Mapped[str] = mapped_column(Text)
    moved_at: Mapped[datetime] = mapped_column(Stamp)
    moved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class DocumentReading(Versioned):
    """A provider who must read a document, and when they did."""

    __tablename__ = "document_reading"
    __table_args__ = (
        UniqueConstraint("document_id", "provider_id"),
        CheckConstraint("read_at IS NOT NULL OR read_by_id IS NULL", name="read_by_someone"),
        Index("ix_document_reading_provider_id_read_at", "provider_id", "read_at"),
    )

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))
    asked_at: Mapped[datetime] = mapped_column(Stamp)
    read_at: Mapped[datetime | None] = mapped_column(Stamp)
    read_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


append_only(DocumentMove)
refuse_when(
    Document,
    "document_stays_disposed",
    "UPDATE OF state, sha256, title, category, document_on",
    message="document_stays_disposed",
    when="OLD.state = 'disposed'",
)
refuse_when(
    Document,
    "document_disposed_kept",
    "DELETE",
    message="document_stays_disposed",
    when="OLD.state = 'disposed'",
)
