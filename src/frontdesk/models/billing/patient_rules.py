"""What the office decides about asking patients for money: statements, dunning texts, collections."""

from datetime import date

from sqlalchemy import CheckConstraint, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.types import Cents

LONGEST_TEXT = 400


class StatementRule(Versioned):
    """One row; no row means the defaults of `services.billing.statement_rules`."""

    __tablename__ = "statement_rule"
    minimum_cents: Mapped[int] = mapped_column(Cents)
    cycle_days: Mapped[int] = mapped_column(Integer)
    days_to_pay: Mapped[int] = mapped_column(Integer)
    small_balance_cents: Mapped[int] = mapped_column(Cents)
    """Up to here a debt is not worth its statement."""
    agency: Mapped[str] = mapped_column(Text)
    agency_days: Mapped[int] = mapped_column(Integer)
    """How old a debt must be before an agency gets it."""
    return_address: Mapped[str] = mapped_column(Text)
    """Where payments are sent, a line each; empty: the practice's own address."""
    next_look_days: Mapped[int] = mapped_column(Integer)
    """What the dialogs of an old debt propose: when it is looked at again, when a promise is due, how
    long hardship holds."""
    promise_days: Mapped[int] = mapped_column(Integer)
    hardship_days: Mapped[int] = mapped_column(Integer)
    sends_email: Mapped[bool]
    """Whether a run may send statements by e-mail to those who agreed to it."""
    returned_check_cents: Mapped[int] = mapped_column(Cents, default=0)
    """What a check costs that the bank sends back; nothing asks nothing."""
    singleton: Mapped[int] = mapped_column(Integer, default=1, unique=True)
    __table_args__ = (
        CheckConstraint("singleton = 1", name="only_one"),
        CheckConstraint("minimum_cents BETWEEN 1 AND 1000000", name="minimum"),
        CheckConstraint("cycle_days BETWEEN 1 AND 365", name="cycle"),
        CheckConstraint("days_to_pay BETWEEN 1 AND 90", name="days_to_pay"),
        CheckConstraint("small_balance_cents BETWEEN 0 AND 10000", name="small_balance"),
        CheckConstraint("agency_days BETWEEN 30 AND 3650", name="agency_days"),
        CheckConstraint("next_look_days BETWEEN 1 AND 365", name="next_look"),
        CheckConstraint("promise_days BETWEEN 1 AND 92", name="promise"),
        CheckConstraint("hardship_days BETWEEN 1 AND 730", name="hardship"),
        CheckConstraint("returned_check_cents BETWEEN 0 AND 10000", name="returned_check"),
        CheckConstraint("length(agency) <= 120 AND length(return_address) <= 300", name="lengths"),
    )


class DunningText(Row):
    """What a statement says at an age of the debt, from a day on; of one day, the last one written."""

    __tablename__ = "dunning_text"
    level: Mapped[int] = mapped_column(Integer)
    """0 to 30 days, 1 over 30, 2 over 60, 3 over 90."""
    effective_on: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint("level BETWEEN 0 AND 3", name="four_levels"),
        CheckConstraint(f"trim(text) <> '' AND length(text) <= {LONGEST_TEXT}", name="text"),
    )


append_only(DunningText)
