"""Statements as they were sent: one per account, frozen."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.guards import append_only
from frontdesk.models.types import Cents


class Statement(Row):
    """What one household was asked to pay on a day, in the words and figures it was sent."""

    __tablename__ = "statement"

    number: Mapped[int] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    issued_on: Mapped[date]
    due_on: Mapped[date]
    balance_cents: Mapped[int] = mapped_column(Cents)
    dunning_level: Mapped[int]
    """0 the first time, 1 a reminder, 2 past 60 days, 3 past 90 days."""
    frozen: Mapped[str] = mapped_column(Text)
    """The whole statement as JSON, so that it prints again as it was."""

    __table_args__ = (
        CheckConstraint("balance_cents > 0", name="asks_for_something"),
        CheckConstraint("due_on >= issued_on", name="due_later"),
        CheckConstraint("dunning_level BETWEEN 0 AND 3", name="four_levels"),
    )


append_only(Statement)
