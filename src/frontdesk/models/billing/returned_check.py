"""Checks that the bank did not pay, and the households from which the office takes none any more."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.guards import append_only
from frontdesk.models.types import Choice, Stamp

LONGEST_NOTE = 200


class ReturnReason(StrEnum):
    """Why the bank sent a check back."""

    NSF = "nsf"
    STOPPED = "stopped"
    CLOSED = "closed"
    OTHER = "other"


class ReturnedCheck(Row):
    """A check that came back, with what it was taken back by; ended where it was paid after all."""

    __tablename__ = "returned_check"
    tender_id: Mapped[int] = mapped_column(ForeignKey("receipt_tender.id"))
    because: Mapped[ReturnReason] = mapped_column(Choice(ReturnReason))
    note: Mapped[str] = mapped_column(Text, default="")
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id"), unique=True)
    """What takes the payment back; empty where all of it had been refunded."""
    fee_line_id: Mapped[int | None] = mapped_column(ForeignKey("charge_line.id"))
    refunded_line_id: Mapped[int | None] = mapped_column(ForeignKey("charge_line.id"))
    """What of it had been refunded, and is owed as a charge of its own."""
    at: Mapped[datetime] = mapped_column(Stamp)
    done_by: Mapped[str] = mapped_column(Text)
    ended_at: Mapped[datetime | None] = mapped_column(Stamp)
    ended_because: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        CheckConstraint(f"length(note) <= {LONGEST_NOTE}", name="note"),
        CheckConstraint("because <> 'other' OR trim(note) <> ''", name="other_is_said"),
        CheckConstraint("posting_id IS NOT NULL OR refunded_line_id IS NOT NULL", name="taken_back"),
        CheckConstraint("(ended_at IS NULL) = (ended_because = '')", name="ended_with_reason"),
        CheckConstraint(f"length(ended_because) <= {LONGEST_NOTE}", name="ended_because"),
        Index(
            "uq_returned_check_tender",
            "tender_id",
            unique=True,
            sqlite_where=sql("ended_at IS NULL"),
            postgresql_where=sql("ended_at IS NULL"),
        ),
    )


class NoChecks(Row):
    """From when the office takes no checks from a household; ended where it does again."""

    __tablename__ = "no_checks"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    returned_check_id: Mapped[int | None] = mapped_column(ForeignKey("returned_check.id"))
    at: Mapped[datetime] = mapped_column(Stamp)
    done_by: Mapped[str] = mapped_column(Text)
    ended_at: Mapped[datetime | None] = mapped_column(Stamp)


append_only(ReturnedCheck, but=("ended_at", "ended_because"))
append_only(NoChecks, but=("ended_at",))
