"""Paper remittances as they are typed in: put aside and gone on with at any desk, until they are entered."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.guards import refuse_when
from frontdesk.models.types import Cents, Stamp


class PaperRemittance(Versioned):
    """What stands on a payer's paper, as far as somebody typed it in; entered, it is a remittance."""

    __tablename__ = "paper_remittance"

    payer_id: Mapped[int | None] = mapped_column(ForeignKey("payer.id"))
    trace: Mapped[str] = mapped_column(Text, default="")
    paid_on: Mapped[date | None]
    paid_cents: Mapped[int | None] = mapped_column(Cents)
    claims: Mapped[int]
    typed: Mapped[str] = mapped_column(Text)
    """JSON of `services.billing.paper_answer_sums.Paper`."""
    saved_at: Mapped[datetime] = mapped_column(Stamp)
    saved_by: Mapped[str] = mapped_column(Text)
    dropped_at: Mapped[datetime | None] = mapped_column(Stamp)
    entered_at: Mapped[datetime | None] = mapped_column(Stamp)
    remittance_id: Mapped[int | None] = mapped_column(ForeignKey("remittance.id"), index=True)
    """What it became; empty too for a letter that only says that claims are in process."""
    stood: Mapped[str] = mapped_column(Text, default="")
    """Where the claims stood that it says are in process: "8391 sent 8392 accepted"."""

    __table_args__ = (
        CheckConstraint("dropped_at IS NULL OR entered_at IS NULL", name="dropped_or_entered"),
        CheckConstraint("remittance_id IS NULL OR entered_at IS NOT NULL", name="entered_has_time"),
        Index("ix_paper_remittance_trace", "trace"),
    )


refuse_when(PaperRemittance, "paper_remittance_is_kept", "DELETE", message="paper_remittance_is_kept")
refuse_when(
    PaperRemittance,
    "entered_paper_is_not_changed",
    "UPDATE OF payer_id, trace, paid_on, paid_cents, claims, typed",
    message="entered_paper_is_not_changed",
    when="OLD.entered_at IS NOT NULL",
)

NOT_ENTERED = (PaperRemittance.entered_at.is_(None), PaperRemittance.dropped_at.is_(None))
"""For a WHERE: somebody is at it, or it is put aside."""
