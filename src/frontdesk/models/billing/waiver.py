"""A copay or deposit that the office did not ask for at one visit, and why."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.guards import append_only
from frontdesk.models.types import Cents, Stamp


class VisitWaiver(Row):
    """What of a visit is not asked for at the desk; ended when it was a mistake."""

    __tablename__ = "visit_waiver"
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    purpose: Mapped[str] = mapped_column(Text)
    amount_cents: Mapped[int] = mapped_column(Cents)
    because: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Stamp)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Stamp)
    __table_args__ = (
        CheckConstraint("purpose IN ('copay', 'deposit')", name="purpose"),
        CheckConstraint("amount_cents > 0 AND amount_cents < 1000000000", name="amount_possible"),
        CheckConstraint("because <> '' AND length(because) <= 200", name="because"),
        Index("ix_visit_waiver_appointment_id", "appointment_id"),
        Index(
            "uq_visit_waiver_standing",
            "appointment_id",
            "purpose",
            unique=True,
            sqlite_where=sql("ended_at IS NULL"),
            postgresql_where=sql("ended_at IS NULL"),
        ),
    )


append_only(VisitWaiver, but=("ended_at",))
