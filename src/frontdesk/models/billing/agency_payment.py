"""What a collection agency collected: its remittances, and each payment with the fee that it keeps."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.guards import append_only
from frontdesk.models.types import Cents, Choice, Stamp


class PaidTo(StrEnum):
    """Who got the household's money."""

    AGENCY = "agency"
    OFFICE = "office"
    """The household paid at the desk; the agency asks for its fee all the same."""


class AgencyRemittance(Row):
    """One list of an agency, as a file or a single payment by hand, posted whole."""

    __tablename__ = "agency_remittance"
    number: Mapped[int] = mapped_column(unique=True)
    agency: Mapped[str] = mapped_column(Text)
    file_sha256: Mapped[str | None] = mapped_column(Text, unique=True)
    """Of the file's bytes: no file is posted twice. Empty by hand."""
    posted_on: Mapped[date]
    posted_at: Mapped[datetime] = mapped_column(Stamp)
    posted_by: Mapped[str] = mapped_column(Text)
    bank_cents: Mapped[int] = mapped_column(Cents)
    """What should arrive at the bank: the payments to the agency less all fees. Below zero where the
    fees of payments to the office are more than that."""
    __table_args__ = (CheckConstraint("length(agency) <= 120", name="agency"),)


class AgencyPayment(Row):
    """One payment of a household that the agency reports."""

    __tablename__ = "agency_payment"
    remittance_id: Mapped[int] = mapped_column(ForeignKey("agency_remittance.id"), index=True)
    line: Mapped[int]
    """Of the file, from 1; 0 by hand."""
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    paid_on: Mapped[date]
    """When the household paid, as the agency says."""
    amount_cents: Mapped[int] = mapped_column(Cents)
    """What the household paid."""
    fee_cents: Mapped[int] = mapped_column(Cents)
    """What of it the agency keeps."""
    paid_to: Mapped[PaidTo] = mapped_column(Choice(PaidTo))
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"), unique=True)
    """The receipt that it made, or the desk's own of a payment to the office."""
    __table_args__ = (
        CheckConstraint("amount_cents > 0 AND amount_cents < 1000000000", name="amount_possible"),
        CheckConstraint("fee_cents >= 0 AND fee_cents < amount_cents", name="fee_is_a_part"),
    )


append_only(AgencyRemittance)
append_only(AgencyPayment)
