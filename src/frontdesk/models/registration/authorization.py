"""What a payer allowed in advance, and how much of it is used or promised."""

from datetime import date
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import refuse_when
from frontdesk.models.types import Choice


class GrantKind(StrEnum):
    """Who allows: the payer beforehand, or another physician who sends the patient."""

    AUTHORIZATION = "authorization"
    REFERRAL = "referral"


class UnitKind(StrEnum):
    """What is counted: a visit takes one of the visits, or as many units as its charges say."""

    VISITS = "visits"
    UNITS = "units"


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
    codes: Mapped[str] = mapped_column(Text, default="")
    """The CPT and HCPCS codes that it covers, with blanks between; empty: whatever is done."""
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("provider.id"))
    """The only provider it is for; empty: any."""
    counts: Mapped[UnitKind] = mapped_column(Choice(UnitKind), default=UnitKind.VISITS)
    units: Mapped[int] = mapped_column(Integer)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    """False where the payer took it back, or it was entered in error."""
    __table_args__ = (
        UniqueConstraint("coverage_id", "number"),
        CheckConstraint("trim(number) <> ''", name="numbered"),
        CheckConstraint("length(codes) <= 400", name="codes_short"),
        CheckConstraint("units BETWEEN 1 AND 9999", name="grants_something"),
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


class AuthorizationAlert(Row):
    """When the desk is told that an authorization runs out: the office's own numbers, in one row."""

    __tablename__ = "authorization_alert"
    low_at: Mapped[int] = mapped_column(Integer)
    """So many units left, or fewer, are few."""
    days_before_end: Mapped[int] = mapped_column(Integer)
    """So many days before its last day an authorization is on the list."""
    chase_after_days: Mapped[int] = mapped_column(Integer)
    """So many days after asking, the payer is asked again."""
    days_ahead: Mapped[int] = mapped_column(Integer)
    """So many days ahead visits without their authorization are on the list."""
    __table_args__ = (
        CheckConstraint("low_at BETWEEN 0 AND 99", name="low_at"),
        CheckConstraint("days_before_end BETWEEN 0 AND 365", name="days_before_end"),
        CheckConstraint("chase_after_days BETWEEN 1 AND 90", name="chase_after_days"),
        CheckConstraint("days_ahead BETWEEN 1 AND 365", name="days_ahead"),
    )


TAKEN = "authorization_taken"
_OTHERS = (
    "(SELECT coalesce(sum(units), 0) FROM authorization_use WHERE grant_id = NEW.grant_id "
    "AND id <> NEW.id AND state <> 'released')"
)
for _verb, _act in (("insert", "INSERT"), ("update", "UPDATE OF grant_id, units, state")):
    refuse_when(
        AuthorizationUse,
        f"authorization_use_within_{_verb}",
        _act,
        message=TAKEN,
        when=f"NEW.state <> 'released' AND NEW.units + {_OTHERS} > "
        "(SELECT units FROM authorization_grant WHERE id = NEW.grant_id)",
    )
refuse_when(
    AuthorizationGrant,
    "authorization_grant_within_update",
    "UPDATE OF units",
    message=TAKEN,
    when="NEW.units < (SELECT coalesce(sum(units), 0) FROM authorization_use WHERE grant_id = NEW.id "
    "AND state <> 'released')",
)
