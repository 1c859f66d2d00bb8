"""The clinicians' questions before an urgent visit is booked, and that they were asked."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.types import Stamp

LONGEST_QUESTION, LONGEST_DUTY = 200, 400


class RedFlag(Versioned):
    """A question that stops the booking when it is answered with yes. Switched off, never deleted."""

    __tablename__ = "red_flag"
    question: Mapped[str] = mapped_column(Text)
    what_to_do: Mapped[str] = mapped_column(Text)
    """What the desk says and does at a yes, word for word."""
    sort_order: Mapped[int] = mapped_column(Integer, default=0)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    reviewed_by: Mapped[str] = mapped_column(String(120), default="")
    """The clinician who stands for it; empty while none has looked."""
    reviewed_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        CheckConstraint(f"length(question) BETWEEN 1 AND {LONGEST_QUESTION}", name="question"),
        CheckConstraint(f"length(what_to_do) BETWEEN 1 AND {LONGEST_DUTY}", name="what_to_do"),
        CheckConstraint("(reviewed_by = '') = (reviewed_on IS NULL)", name="reviewed_by_somebody"),
    )


class RedFlagAnswer(Row):
    """One question as it was answered. Never changed; the words of the question stay with the question."""

    __tablename__ = "red_flag_answer"
    red_flag_id: Mapped[int] = mapped_column(ForeignKey("red_flag.id"))
    red_flag_version: Mapped[int] = mapped_column(Integer)
    """Which writing of the question was asked."""
    is_yes: Mapped[bool] = mapped_column(Boolean)
    patient_id: Mapped[int | None] = mapped_column(ForeignKey("patient.id"), index=True)
    at: Mapped[datetime] = mapped_column(Stamp)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))


append_only(RedFlagAnswer)
