"""What the office asks for a visit called off late or missed, and what came of it for each such visit."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.types import Cents, Choice, Stamp

MOST_CENTS = 100_000


class MissedKind(StrEnum):
    """What the patient did."""

    LATE_CANCEL = "late_cancel"
    NO_SHOW = "no_show"


class MissedFeeRule(Versioned):
    """The office's fee; no row, or no cents, asks nothing."""

    __tablename__ = "missed_fee_rule"
    kind: Mapped[MissedKind] = mapped_column(Choice(MissedKind), unique=True)
    amount_cents: Mapped[int] = mapped_column(Cents)
    __table_args__ = (CheckConstraint(f"amount_cents BETWEEN 0 AND {MOST_CENTS}", name="amount_possible"),)


class MissedFee(Row):
    """The fee of one visit: charged, or waived with the reason."""

    __tablename__ = "missed_fee"
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    kind: Mapped[MissedKind] = mapped_column(Choice(MissedKind))
    amount_cents: Mapped[int] = mapped_column(Cents)
    charge_line_id: Mapped[int | None] = mapped_column(ForeignKey("charge_line.id"))
    waived_because: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Stamp)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Stamp)
    """When the calling off was taken back; empty while it stands."""
    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="asks_something"),
        CheckConstraint("(charge_line_id IS NULL) = (waived_because <> '')", name="charged_or_waived"),
        CheckConstraint("length(waived_because) <= 200", name="waived_because"),
        Index(
            "uq_missed_fee_appointment",
            "appointment_id",
            unique=True,
            sqlite_where=sql("ended_at IS NULL"),
            postgresql_where=sql("ended_at IS NULL"),
        ),
    )


append_only(MissedFee, but=("ended_at",))
