"""The names a patient had before, each until a day, for finding old charts and records."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.types import Stamp


class FormerName(Versioned):
    """A name that was the patient's until a day; taken off, never deleted, where it was an error."""

    __tablename__ = "former_name"
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    first: Mapped[str] = mapped_column(String(60), default="")
    """Empty where only the last name was another."""
    last: Mapped[str] = mapped_column(String(60))
    used_until: Mapped[date | None] = mapped_column(Date)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Stamp)
    __table_args__ = (CheckConstraint("trim(last) <> ''", name="named"),)
