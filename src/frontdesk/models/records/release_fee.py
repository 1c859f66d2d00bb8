"""What copies cost: the office's rule for each who asks, what was stated on a request, what was paid."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.types import Cents, Choice, Stamp


class FeeFor(StrEnum):
    """For whom a rule is."""

    ACCESS = "access"
    """The patient's own copy (45 CFR 164.524(c)(4): cost-based, nothing for the search)."""
    ATTORNEY = "attorney"
    INSURER = "insurer"
    COURT = "court"
    OTHER = "other"
    FREE = "free"
    """Other providers, public health, oversight: no fee is asked."""


class FeeMethod(StrEnum):
    """How a fee comes about."""

    NONE = "none"
    FLAT = "flat"
    COST = "cost"
    """Labor for copying, supplies and postage, as they were."""
    PER_PAGE = "per_page"
    """A base and so much for each page, by steps, as state law sets it."""


class PaidHow(StrEnum):
    """How a fee was paid."""

    CASH = "cash"
    CHECK = "check"
    CARD = "card"
    OTHER = "other"


class ReleaseFeeRule(Versioned):
    """The office's own rule for one kind of requester; what is not set here is as shipped."""

    __tablename__ = "release_fee_rule"
    __table_args__ = (
        UniqueConstraint("fee_for"),
        CheckConstraint("flat_cents >= 0 AND base_cents >= 0 AND most_cents >= 0", name="amounts"),
        CheckConstraint("(reviewed_on IS NULL) = (trim(reviewed_by) = '')", name="reviewed"),
    )
    fee_for: Mapped[FeeFor] = mapped_column(Choice(FeeFor))
    method: Mapped[FeeMethod] = mapped_column(Choice(FeeMethod))
    flat_cents: Mapped[int] = mapped_column(Cents)
    base_cents: Mapped[int] = mapped_column(Cents)
    tiers: Mapped[str] = mapped_column(Text)
    """As JSON: up to which page, and cents for each; the last step has no end."""
    most_cents: Mapped[int] = mapped_column(Cents)
    """Never more than this; 0: no limit."""
    paid_first: Mapped[bool]
    """Whether copies leave only when the fee is paid."""
    reviewed_by: Mapped[str] = mapped_column(Text, default="")
    reviewed_on: Mapped[date | None]


class ReleaseFee(Row):
    """A fee as it was stated: an invoice. Another one replaces it, it is never changed."""

    __tablename__ = "release_fee"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("replaces_id"),
        CheckConstraint("total_cents >= 0", name="total"),
        CheckConstraint("waived = '' OR total_cents = 0", name="waived"),
    )
    request_id: Mapped[int] = mapped_column(ForeignKey("release_request.id"), index=True)
    number: Mapped[int]
    lines: Mapped[str] = mapped_column(Text)
    """As JSON: words and cents of each line."""
    total_cents: Mapped[int] = mapped_column(Cents)
    pages: Mapped[int]
    paid_first: Mapped[bool]
    waived: Mapped[str] = mapped_column(Text, default="")
    """Why nothing is asked, where the rule would ask for something."""
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("release_fee.id"))
    stated_on: Mapped[date]
    stated_at: Mapped[datetime] = mapped_column(Stamp)
    stated_by: Mapped[str] = mapped_column(Text)
    stated_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class ReleaseFeePaid(Row):
    """Money that came for a fee; what was entered by mistake is taken back by a row of its own."""

    __tablename__ = "release_fee_paid"
    __table_args__ = (
        UniqueConstraint("takes_back_id"),
        CheckConstraint("(takes_back_id IS NULL) = (amount_cents > 0)", name="amount"),
        CheckConstraint("takes_back_id IS NOT NULL OR trim(receipt_number) <> ''", name="receipt_number"),
    )
    fee_id: Mapped[int] = mapped_column(ForeignKey("release_fee.id"), index=True)
    amount_cents: Mapped[int] = mapped_column(Cents)
    paid_on: Mapped[date]
    how: Mapped[PaidHow] = mapped_column(Choice(PaidHow))
    receipt_number: Mapped[str] = mapped_column(Text, default="")
    takes_back_id: Mapped[int | None] = mapped_column(ForeignKey("release_fee_paid.id"))
    recorded_at: Mapped[datetime] = mapped_column(Stamp)
    recorded_by: Mapped[str] = mapped_column(Text)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


append_only(ReleaseFee)
append_only(ReleaseFeePaid)
