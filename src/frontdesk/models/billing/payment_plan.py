"""Payment plans: what a household agreed to pay of its open lines, in instalments with their days."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only, refuse_when
from frontdesk.models.types import Cents, Choice, Stamp

MOST_INSTALMENTS = 60


class Rhythm(StrEnum):
    """How often an instalment is due."""

    TWO_WEEKS = "two_weeks"
    MONTH = "month"


class PaymentPlan(Versioned):
    """An agreement. Its lines and instalments never change; another agreement is another plan."""

    __tablename__ = "payment_plan"
    number: Mapped[int] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    agreed_on: Mapped[date]
    agreed_by: Mapped[str] = mapped_column(Text)
    """The person at the desk, as the agreement shows it."""
    rhythm: Mapped[Rhythm] = mapped_column(Choice(Rhythm))
    total_cents: Mapped[int] = mapped_column(Cents)
    ended_at: Mapped[datetime | None] = mapped_column(Stamp)
    ended_because: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        CheckConstraint("total_cents > 0 AND total_cents < 1000000000", name="total_possible"),
        CheckConstraint("(ended_at IS NULL) = (ended_because = '')", name="ended_with_reason"),
        CheckConstraint("length(ended_because) <= 200", name="ended_because"),
    )


class PlanLine(Row):
    """A part of a charge line that is paid in instalments; a line is in one standing plan at most."""

    __tablename__ = "payment_plan_line"
    # Deferred: the plan that adds up its lines is inserted after them.
    plan_id: Mapped[int] = mapped_column(
        ForeignKey("payment_plan.id", deferrable=True, initially="DEFERRED"), index=True
    )
    charge_line_id: Mapped[int] = mapped_column(ForeignKey("charge_line.id"))
    amount_cents: Mapped[int] = mapped_column(Cents)
    stands: Mapped[bool] = mapped_column(default=True)
    """Off once its plan has ended."""
    __table_args__ = (
        CheckConstraint("amount_cents > 0 AND amount_cents < 1000000000", name="amount_possible"),
        Index(
            "uq_payment_plan_line_standing",
            "charge_line_id",
            unique=True,
            sqlite_where=sql("stands"),
            postgresql_where=sql("stands"),
        ),
    )


class PlanInstalment(Row):
    """What is to be paid by a day."""

    __tablename__ = "payment_plan_instalment"
    plan_id: Mapped[int] = mapped_column(
        ForeignKey("payment_plan.id", deferrable=True, initially="DEFERRED"), index=True
    )
    place: Mapped[int] = mapped_column(Integer)
    due_on: Mapped[date]
    amount_cents: Mapped[int] = mapped_column(Cents)
    __table_args__ = (
        UniqueConstraint("plan_id", "place"),
        CheckConstraint(f"place BETWEEN 1 AND {MOST_INSTALMENTS}", name="place"),
        CheckConstraint("amount_cents > 0 AND amount_cents < 1000000000", name="amount_possible"),
    )


append_only(PaymentPlan, but=("version", "ended_at", "ended_because"))
append_only(PlanLine, but=("stands",))
append_only(PlanInstalment)
for _table in (PlanLine, PlanInstalment):
    refuse_when(
        _table,
        f"{_table.__tablename__}_is_agreed",
        "INSERT",
        message="payment_plan_is_agreed",
        when="EXISTS (SELECT 1 FROM payment_plan WHERE payment_plan.id = NEW.plan_id)",
    )
    refuse_when(
        PaymentPlan,
        f"{_table.__tablename__}_sums",
        "INSERT",
        message="payment_plan_sums",
        when="NEW.total_cents IS DISTINCT FROM"
        f" (SELECT sum(amount_cents) FROM {_table.__tablename__} WHERE plan_id = NEW.id)",
    )
