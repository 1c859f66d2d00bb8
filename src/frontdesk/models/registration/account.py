"""The account: who pays what insurance does not, and for which patients."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import no_overlap


class Account(Versioned):
    """A guarantor: a patient who pays for the household, or a person the practice does not treat."""

    __tablename__ = "account"
    number: Mapped[str] = mapped_column(String(20), unique=True)
    holder_patient_id: Mapped[int | None] = mapped_column(ForeignKey("patient.id"))
    holder_first: Mapped[str] = mapped_column(String(60), default="")
    holder_last: Mapped[str] = mapped_column(String(60), default="")
    holder_phone: Mapped[str] = mapped_column(String(20), default="")
    street: Mapped[str] = mapped_column(String(120), default="")
    unit: Mapped[str] = mapped_column(String(60), default="")
    city: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[str] = mapped_column(String(2), default="")
    postal_code: Mapped[str] = mapped_column(String(10), default="")
    __table_args__ = (
        CheckConstraint("(holder_patient_id IS NULL) = (holder_last <> '')", name="one_holder"),
        Index(
            "uq_account_holder_patient",
            "holder_patient_id",
            unique=True,
            sqlite_where=text("holder_patient_id IS NOT NULL"),
            postgresql_where=text("holder_patient_id IS NOT NULL"),
        ),
    )


class AccountMember(Row):
    """A patient whose balance goes to an account, from one day to another; one account at a time."""

    __tablename__ = "account_member"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (CheckConstraint("valid_until >= valid_from", name="ends_after_start"),)


no_overlap(AccountMember, by="patient_id", starts="valid_from", ends="valid_until")
