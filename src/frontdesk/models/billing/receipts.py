"""Money taken at the desk: a receipt and how it was paid."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.guards import append_only, refuse_when
from frontdesk.models.types import Cents, Choice, Stamp


class TenderKind(StrEnum):
    """How a part of the money was handed over."""

    CASH = "cash"
    CHECK = "check"
    CARD = "card"
    AGENCY = "agency"
    """By the collection agency's own payment, which comes to the bank and into no drawer."""


class IssueWay(StrEnum):
    """How a receipt left the desk."""

    PRINTED = "printed"
    EMAILED = "emailed"


class CashDrawer(Row):
    """A drawer that is counted by itself; it stands at one station."""

    __tablename__ = "cash_drawer"

    name: Mapped[str] = mapped_column(Text, unique=True)
    station_id: Mapped[int | None] = mapped_column(ForeignKey("station.id"), unique=True)
    float_cents: Mapped[int] = mapped_column(Cents, default=0)
    """The change that stays in it overnight."""
    is_active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (
        CheckConstraint("float_cents >= 0 AND float_cents < 1000000000", name="float_possible"),
    )


class Receipt(Row):
    """What one person paid at once. Its number is never used again, whatever becomes of it."""

    __tablename__ = "receipt"

    number: Mapped[int] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    drawer_id: Mapped[int] = mapped_column(ForeignKey("cash_drawer.id"))
    received_on: Mapped[date]
    received_at: Mapped[datetime] = mapped_column(Stamp)
    received_by: Mapped[str] = mapped_column(Text)
    """The name of the person at the desk, as it is printed."""
    total_cents: Mapped[int] = mapped_column(Cents)
    note: Mapped[str] = mapped_column(Text, default="")
    """What the desk wrote beside it, or why it took what it was asked about."""

    __table_args__ = (
        CheckConstraint("total_cents > 0 AND total_cents < 1000000000", name="total_possible"),
        CheckConstraint("length(note) <= 200", name="note"),
        Index("ix_receipt_drawer_id_received_on", "drawer_id", "received_on"),
    )


class ReceiptTender(Row):
    """One of the ways a receipt was paid. A card leaves its brand and last four digits, no more."""

    __tablename__ = "receipt_tender"

    # Deferred: the receipt that adds up its tenders is inserted after them.
    receipt_id: Mapped[int] = mapped_column(
        ForeignKey("receipt.id", deferrable=True, initially="DEFERRED"), index=True
    )
    kind: Mapped[TenderKind] = mapped_column(Choice(TenderKind))
    amount_cents: Mapped[int] = mapped_column(Cents)
    """What stays in the drawer: for cash, what was handed over less the change."""
    tendered_cents: Mapped[int | None] = mapped_column(Cents)
    check_number: Mapped[str] = mapped_column(Text, default="")
    check_bank: Mapped[str] = mapped_column(Text, default="")
    card_brand: Mapped[str] = mapped_column(Text, default="")
    card_last4: Mapped[str] = mapped_column(Text, default="")
    card_auth: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        CheckConstraint("amount_cents > 0 AND amount_cents < 1000000000", name="amount_possible"),
        CheckConstraint("(tendered_cents IS NOT NULL) = (kind = 'cash')", name="cash_is_tendered"),
        CheckConstraint(
            "tendered_cents IS NULL OR tendered_cents >= amount_cents", name="tendered_is_enough"
        ),
        CheckConstraint("(check_number <> '') = (kind = 'check')", name="check_has_number"),
        CheckConstraint("check_bank = '' OR kind = 'check'", name="check_has_bank"),
        CheckConstraint(
            "length(check_number) <= 20 AND length(check_bank) <= 60 AND length(card_brand) <= 20",
            name="as_long_as_a_slip",
        ),
        CheckConstraint("(card_last4 <> '') = (kind = 'card')", name="card_has_last4"),
        CheckConstraint("length(card_last4) IN (0, 4) AND length(card_auth) <= 12", name="no_card_number"),
    )


class ReceiptIssue(Row):
    """A receipt that left the desk: the first is the original, each later one a copy."""

    __tablename__ = "receipt_issue"
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"), index=True)
    way: Mapped[IssueWay] = mapped_column(Choice(IssueWay))
    at: Mapped[datetime] = mapped_column(Stamp)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


append_only(ReceiptIssue)
append_only(Receipt)
append_only(ReceiptTender)
refuse_when(
    ReceiptTender,
    "receipt_is_complete",
    "INSERT",
    message="receipt_is_complete",
    when="EXISTS (SELECT 1 FROM receipt WHERE receipt.id = NEW.receipt_id)",
)
refuse_when(
    Receipt,
    "receipt_sums",
    "INSERT",
    message="receipt_sums",
    when="NEW.total_cents IS DISTINCT FROM"
    " (SELECT sum(amount_cents) FROM receipt_tender WHERE receipt_tender.receipt_id = NEW.id)",
)
refuse_when(
    Receipt,
    "drawer_is_counted",
    "INSERT",
    message="drawer_is_counted",
    when="EXISTS (SELECT 1 FROM drawer_count WHERE drawer_count.drawer_id = NEW.drawer_id"
    " AND drawer_count.counted_on >= NEW.received_on AND drawer_count.set_aside_at IS NULL)",
)
refuse_when(
    Receipt,
    "receipt_of_sealed_day",
    "INSERT",
    message="receipt_of_sealed_day",
    when="EXISTS (SELECT 1 FROM day_close WHERE day_close.closed_on >= NEW.received_on)",
)
