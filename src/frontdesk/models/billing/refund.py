"""Refunds: asked for by one person, approved by another, paid, and posted to the ledger."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.guards import append_only, two_persons
from frontdesk.models.types import Cents, Choice, Stamp

LONGEST_REASON = 200


class RefundState(StrEnum):
    """How far a refund came."""

    ASKED = "asked"
    APPROVED = "approved"
    PAID = "paid"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    VOID = "void"


class RefundWay(StrEnum):
    """How the money goes back; never from the drawer."""

    CHECK = "check"
    CARD = "card"


class Refund(Versioned):
    """Money that goes back to who paid it: what is left of a receipt, or what a payer paid too much."""

    __tablename__ = "refund"
    number: Mapped[int] = mapped_column(unique=True)
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    patient_id: Mapped[int | None] = mapped_column(ForeignKey("patient.id"), index=True)
    payer_id: Mapped[int | None] = mapped_column(ForeignKey("payer.id"), index=True)
    charge_line_id: Mapped[int | None] = mapped_column(ForeignKey("charge_line.id"))
    """The line on which a payer paid too much; empty where it is money of the payer on no line."""
    remittance_claim_id: Mapped[int | None] = mapped_column(ForeignKey("remittance_claim.id"), index=True)
    """The insurer's answer that leaves the patient less than they paid; paid once that is posted."""
    amount_cents: Mapped[int] = mapped_column(Cents)
    way: Mapped[RefundWay] = mapped_column(Choice(RefundWay))
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[RefundState] = mapped_column(Choice(RefundState))
    asked_at: Mapped[datetime] = mapped_column(Stamp)
    asked_by: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[datetime | None] = mapped_column(Stamp)
    approved_by: Mapped[str] = mapped_column(Text, default="")
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    paid_at: Mapped[datetime | None] = mapped_column(Stamp)
    paid_by: Mapped[str] = mapped_column(Text, default="")
    reference: Mapped[str] = mapped_column(Text, default="")
    """The check's number, or the last four digits of the card."""
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id"), unique=True)
    ended_at: Mapped[datetime | None] = mapped_column(Stamp)
    """When it was refused, withdrawn or voided."""
    ended_by: Mapped[str] = mapped_column(Text, default="")
    ended_because: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        CheckConstraint("amount_cents > 0 AND amount_cents < 1000000000", name="amount_possible"),
        CheckConstraint(
            "(receipt_id IS NOT NULL AND account_id IS NOT NULL AND payer_id IS NULL"
            " AND charge_line_id IS NULL) OR (receipt_id IS NULL AND payer_id IS NOT NULL)",
            name="one_payee",
        ),
        CheckConstraint(f"trim(reason) <> '' AND length(reason) <= {LONGEST_REASON}", name="reason"),
        CheckConstraint(f"length(ended_because) <= {LONGEST_REASON}", name="ended_because"),
        CheckConstraint("length(reference) <= 20", name="reference"),
        CheckConstraint(
            f"approved_at IS NULL OR {two_persons('approved_by', 'asked_by')}",
            name="two_persons",
        ),
        CheckConstraint(
            "approved_at IS NOT NULL OR state NOT IN ('approved', 'paid', 'void')", name="approved_first"
        ),
        CheckConstraint(
            "(state IN ('paid', 'void')) = (paid_at IS NOT NULL)"
            " AND (paid_at IS NULL) = (posting_id IS NULL) AND (paid_at IS NULL) = (reference = '')",
            name="paid_is_posted",
        ),
        CheckConstraint(
            "(state IN ('refused', 'withdrawn', 'void')) = (ended_at IS NOT NULL)"
            " AND (ended_at IS NULL) = (ended_because = '')",
            name="ended_with_reason",
        ),
        Index("ix_refund_state", "state"),
    )


append_only(
    Refund,
    but=(
        "version",
        "state",
        "approved_at",
        "approved_by",
        "approved_by_id",
        "paid_at",
        "paid_by",
        "reference",
        "posting_id",
        "ended_at",
        "ended_by",
        "ended_because",
    ),
)
