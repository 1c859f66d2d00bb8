"""What was found on the bank's statement: a payer's or an agency's payment, or a day's deposit."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.billing.agency_payment import AgencyRemittance
from frontdesk.models.guards import append_only
from frontdesk.models.types import Cents, Stamp

_STANDS = "withdrawn_at IS NULL"


class BankCredit(Row):
    """Money that arrived, as somebody read it on the statement. Withdrawn, never changed."""

    __tablename__ = "bank_credit"

    remittance_id: Mapped[int | None] = mapped_column(ForeignKey("remittance.id"))
    deposit_on: Mapped[date | None]
    """The day whose cash and checks were brought there."""
    agency_remittance_id: Mapped[int | None] = mapped_column(ForeignKey(AgencyRemittance.id))
    seen_on: Mapped[date]
    """The statement's date."""
    amount_cents: Mapped[int] = mapped_column(Cents)
    note: Mapped[str] = mapped_column(Text, default="")
    noted_at: Mapped[datetime] = mapped_column(Stamp)
    noted_by: Mapped[str] = mapped_column(Text)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Stamp)

    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN remittance_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN deposit_on IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN agency_remittance_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_or_the_other",
        ),
        CheckConstraint("amount_cents > 0 AND amount_cents < 1000000000", name="amount_possible"),
        CheckConstraint("length(note) <= 200", name="note"),
        Index(
            "uq_bank_credit_remittance_id",
            "remittance_id",
            unique=True,
            sqlite_where=text(_STANDS),
            postgresql_where=text(_STANDS),
        ),
        Index(
            "uq_bank_credit_deposit_on",
            "deposit_on",
            unique=True,
            sqlite_where=text(_STANDS),
            postgresql_where=text(_STANDS),
        ),
        Index(
            "uq_bank_credit_agency_remittance_id",
            "agency_remittance_id",
            unique=True,
            sqlite_where=text(_STANDS),
            postgresql_where=text(_STANDS),
        ),
    )


append_only(BankCredit, but=("withdrawn_at",))
