"""Lines on which a payer allowed less than its contract: how little counts, and what was let go."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.types import Cents, Stamp

_STANDS = "taken_back_at IS NULL"


class ContractRule(Versioned):
    """One row; no row means the defaults of `services.billing.underpaid`."""

    __tablename__ = "contract_rule"
    tolerance_cents: Mapped[int] = mapped_column(Cents)
    """Up to here a line is paid as agreed."""
    singleton: Mapped[int] = mapped_column(Integer, default=1, unique=True)
    __table_args__ = (
        CheckConstraint("singleton = 1", name="only_one"),
        CheckConstraint("tolerance_cents BETWEEN 0 AND 10000", name="tolerance"),
    )


class AcceptedUnderpayment(Row):
    """A line whose difference the office lets go, and why."""

    __tablename__ = "accepted_underpayment"
    remittance_line_id: Mapped[int] = mapped_column(ForeignKey("remittance_line.id"))
    short_cents: Mapped[int] = mapped_column(Cents)
    """By how much the payer allowed less then."""
    because: Mapped[str] = mapped_column(Text)
    accepted_at: Mapped[datetime] = mapped_column(Stamp)
    accepted_by: Mapped[str] = mapped_column(Text)
    taken_back_at: Mapped[datetime | None] = mapped_column(Stamp)
    __table_args__ = (
        CheckConstraint("trim(because) <> '' AND length(because) <= 200", name="because"),
        Index(
            "uq_accepted_underpayment_line",
            "remittance_line_id",
            unique=True,
            sqlite_where=text(_STANDS),
            postgresql_where=text(_STANDS),
        ),
    )


append_only(AcceptedUnderpayment, but=("taken_back_at",))
