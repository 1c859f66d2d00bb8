"""Documents of the chart that stand for something: the patient's photo, a guardian's papers."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.types import Choice, Stamp


class PaperPurpose(StrEnum):
    """What a tied document shows."""

    PHOTO = "photo"
    AUTHORITY = "authority"


class TiedPaper(Versioned):
    """One document in its purpose; a newer one ends it, never overwrites it."""

    __tablename__ = "tied_paper"
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    purpose: Mapped[PaperPurpose] = mapped_column(Choice(PaperPurpose))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("patient_contact.id"), index=True)
    """The guardian whose authority the paper shows."""
    expires_on: Mapped[date | None] = mapped_column(Date)
    tied_at: Mapped[datetime] = mapped_column(Stamp)
    ended_at: Mapped[datetime | None] = mapped_column(Stamp)
    __table_args__ = (
        CheckConstraint("(purpose = 'authority') = (contact_id IS NOT NULL)", name="authority_is_somebodys"),
        Index("ix_tied_paper_patient_id_purpose", "patient_id", "purpose"),
    )
