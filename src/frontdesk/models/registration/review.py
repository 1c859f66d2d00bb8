"""Who confirmed which part of a patient's data with the patient, and when."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.guards import append_only
from frontdesk.models.types import Choice, Stamp


class Section(StrEnum):
    """A part of the demographics that is confirmed as one."""

    IDENTITY = "identity"
    DETAILS = "details"
    ADDRESS = "address"
    PHONES = "phones"
    CONTACTS = "contacts"
    COVERAGE = "coverage"


class DemographicsReview(Row):
    """One confirmation; the user is named as they were called that day."""

    __tablename__ = "demographics_review"
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    section: Mapped[Section] = mapped_column(Choice(Section))
    reviewed_at: Mapped[datetime] = mapped_column(Stamp)
    reviewed_by: Mapped[str] = mapped_column(String(120))
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    """The visit at which it was confirmed; none on the phone."""
    __table_args__ = (Index("ix_demographics_review_latest", "patient_id", "section", "reviewed_at"),)


append_only(DemographicsReview)
