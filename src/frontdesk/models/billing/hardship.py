"""Hardship: a household asks for a lower debt, another person decides by how much and until when."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only, two_persons
from frontdesk.models.types import Cents, Choice, Stamp

LONGEST_WORDS = 400


class HardshipState(StrEnum):
    """How far an application came."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    ENDED = "ended"


class Hardship(Versioned):
    """One application, as the household's form says it, and the decision of a second person."""

    __tablename__ = "hardship"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    state: Mapped[HardshipState] = mapped_column(Choice(HardshipState))
    people: Mapped[int] = mapped_column(Integer)
    """Who live on the income."""
    income_cents: Mapped[int] = mapped_column(Cents)
    """A year's, before taxes."""
    proof: Mapped[str] = mapped_column(Text)
    """What was shown: pay stubs, a letter of the state."""
    asked_on: Mapped[date]
    asked_at: Mapped[datetime] = mapped_column(Stamp)
    asked_by: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    percent: Mapped[int | None] = mapped_column(Integer)
    """By how much what is owed is lowered."""
    expires_on: Mapped[date | None]
    decided_at: Mapped[datetime | None] = mapped_column(Stamp)
    decided_by: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    because: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        CheckConstraint("people BETWEEN 1 AND 30", name="people"),
        CheckConstraint("income_cents >= 0 AND income_cents < 10000000000", name="income_possible"),
        CheckConstraint(f"trim(proof) <> '' AND length(proof) <= {LONGEST_WORDS}", name="proof"),
        CheckConstraint(f"length(because) <= {LONGEST_WORDS}", name="because"),
        CheckConstraint(
            "(state = 'asked') = (decided_at IS NULL) AND (decided_at IS NULL) = (because = '')",
            name="decided_with_reason",
        ),
        CheckConstraint(
            "(state IN ('granted', 'ended')) = (percent IS NOT NULL)"
            " AND (percent IS NULL) = (expires_on IS NULL)"
            " AND (percent IS NULL OR percent BETWEEN 1 AND 100)",
            name="granted_with_terms",
        ),
        CheckConstraint(
            f"decided_at IS NULL OR {two_persons('decided_by', 'asked_by')}",
            name="two_persons",
        ),
    )


class HardshipLine(Row):
    """A line that was lowered under a decision; once each."""

    __tablename__ = "hardship_line"
    hardship_id: Mapped[int] = mapped_column(ForeignKey("hardship.id"))
    charge_line_id: Mapped[int] = mapped_column(ForeignKey("charge_line.id"), unique=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"))


append_only(
    Hardship,
    but=(
        "version",
        "state",
        "percent",
        "expires_on",
        "decided_at",
        "decided_by",
        "decided_by_id",
        "because",
    ),
)
append_only(HardshipLine)
