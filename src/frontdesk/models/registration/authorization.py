"""What a payer allowed in advance, and how much of it is used or promised."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.types import Choice


class GrantKind(StrEnum):
    """Who allows: the payer beforehand, or another physician who sends the patient."""

    AUTHORIZATION = "authorization"
    REFERRAL = "referral"


class UnitState(StrEnum):
    """What became of the units that a visit takes."""

    BOOKED = "booked"
    USED = "used"
    RELEASED = "released"


class AuthorizationGrant(Versioned):
    """A number under which the payer covers so many units of something, until a day."""

    __tablename__ = "authorization_grant"
    coverage_id: Mapped[int] = mapped_column(ForeignKey("coverage.id"), index=True)
    kind: Mapped[GrantKind] = mapped_column(Choice(GrantKind))
    number: Mapped[str] = mapped_column(String(50))
    what_for: Mapped[str] = mapped_column(String(120), default="")
    """Service or codes, in the office's words."""
    units: Mapped[int] = mapped_column(Integer)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("coverage_id", "number"),
        CheckConstraint("trim(number) <> ''", name="numbered"),
        CheckConstraint("units > 0", name="grants_something"),
        CheckConstraint("valid_until >= valid_from", name="ends_after_start"),
    )


class AuthorizationUse(Versioned):
    """Units taken by one visit: promised at booking, used at charge entry, given back on cancellation."""

    __tablename__ = "authorization_use"
    grant_id: Mapped[int] = mapped_column(ForeignKey("authorization_grant.id"), index=True)
    units: Mapped[int] = mapped_column(Integer)
    state: Mapped[UnitState] = mapped_column(Choice(UnitState))
    for_day: Mapped[date] = mapped_column(Date)
    __table_args__ = (CheckConstraint("units > 0", name="takes_something"),)
