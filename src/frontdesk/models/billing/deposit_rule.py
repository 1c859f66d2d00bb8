"""What the office asks ahead for a kind of visit."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.types import Cents

MOST_CENTS = 1_000_000


class DepositRule(Versioned):
    """The deposit of one kind of visit; no row, or no cents, asks nothing."""

    __tablename__ = "deposit_rule"
    visit_type_id: Mapped[int] = mapped_column(ForeignKey("visit_type.id"), unique=True)
    amount_cents: Mapped[int] = mapped_column(Cents)
    self_pay_only: Mapped[bool] = mapped_column(default=False)
    """Asked only of patients who pay without insurance."""
    __table_args__ = (CheckConstraint(f"amount_cents BETWEEN 0 AND {MOST_CENTS}", name="amount_possible"),)
