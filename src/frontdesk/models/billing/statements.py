"""Statements as they were sent: one per account, frozen; the runs they went out in, and who gets none."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.types import Cents, Stamp


class StatementRun(Row):
    """Statements that were made together, by one person with one choice of households."""

    __tablename__ = "statement_run"
    number: Mapped[int] = mapped_column(unique=True)
    made_on: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(Stamp)
    made_by: Mapped[str] = mapped_column(Text)
    filters: Mapped[str] = mapped_column(Text)
    """JSON of the `RunFilters` by which the households were chosen."""


class StatementHold(Versioned):
    """A household that gets no statement for a while, and why."""

    __tablename__ = "statement_hold"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    because: Mapped[str] = mapped_column(Text)
    held_by: Mapped[str] = mapped_column(Text)
    held_at: Mapped[datetime] = mapped_column(Stamp)
    until_on: Mapped[date | None]
    """The last day of it; empty until somebody releases it."""
    ended_at: Mapped[datetime | None] = mapped_column(Stamp)
    __table_args__ = (CheckConstraint("trim(because) <> '' AND length(because) <= 200", name="because"),)


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
    """The whole statement as JSON, to be read by other parts of the program."""
    sha256: Mapped[str] = mapped_column(ForeignKey("document_content.sha256"))
    """The paper itself: what is printed again is these bytes."""
    run_id: Mapped[int | None] = mapped_column(ForeignKey("statement_run.id"), index=True)
    """Empty where it was made by itself."""

    __table_args__ = (
        CheckConstraint("balance_cents > 0", name="asks_for_something"),
        CheckConstraint("due_on >= issued_on", name="due_later"),
        CheckConstraint("dunning_level BETWEEN 0 AND 3", name="four_levels"),
    )


append_only(Statement)
append_only(StatementRun)
append_only(StatementHold, but=("version", "ended_at"))
