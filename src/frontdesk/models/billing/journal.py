"""The ledger: postings of signed journal entries that nobody, not even the database owner's tool, may change.

A posting is written last, after its entries: while it is inserted the database adds the entries up and
refuses a sum that does not hold. Once it stands, no entry can join it.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Id, Row
from frontdesk.models.guards import append_only, refuse_when
from frontdesk.models.types import Cents, Choice, Stamp

_FIRST_CHARGE = "kind IN ('charge', 'fee') AND reverses_id IS NULL"


class PostingKind(StrEnum):
    """Why a group of entries was written; the receptionist's act behind it."""

    CHARGE = "charge"
    CHARGE_VOID = "charge_void"
    FEE = "fee"
    RECEIPT = "receipt"
    RECEIPT_VOID = "receipt_void"
    CHECK_RETURN = "check_return"
    """The bank did not pay a check of the receipt."""
    APPLICATION = "application"
    REMITTANCE = "remittance"
    REMITTANCE_REVERSAL = "remittance_reversal"
    TRANSFER = "transfer"
    ACCOUNT_TRANSFER = "account_transfer"
    ACCOUNT_TRANSFER_BACK = "account_transfer_back"
    """What was moved comes back, because the insurer decided otherwise."""
    WRITE_OFF = "write_off"
    REFUND = "refund"
    CORRECTION = "correction"


class EntryKind(StrEnum):
    """What one entry does. A positive amount raises what is owed, a negative one lowers it."""

    CHARGE = "charge"
    FEE = "fee"
    PAYMENT = "payment"
    CONTRACTUAL = "contractual"
    WRITE_OFF = "write_off"
    TRANSFER = "transfer"
    UNAPPLIED = "unapplied"
    REFUND = "refund"
    ACCOUNT_TRANSFER = "account_transfer"
    CORRECTION = "correction"
    INTEREST = "interest"
    """What a payer pays for paying late: income of its own, on no visit."""
    INCOME = "income"
    """What else a payer pays on no visit: a capitation, a bonus, an incentive."""


class Party(StrEnum):
    """Who owes the money."""

    PAYER = "payer"
    PATIENT = "patient"


class Posting(Row):
    """One act on the ledger: its entries stand or fall together and sum to `total_cents`."""

    __tablename__ = "posting"

    kind: Mapped[PostingKind] = mapped_column(Choice(PostingKind))
    posted_on: Mapped[date]
    posted_at: Mapped[datetime] = mapped_column(Stamp)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    total_cents: Mapped[int] = mapped_column(Cents)
    reason: Mapped[str] = mapped_column(default="")
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"))
    """The receipt itself, or the one whose money an application or refund uses."""
    remittance_id: Mapped[int | None] = mapped_column(ForeignKey("remittance.id"))
    remittance_claim_id: Mapped[int | None] = mapped_column(ForeignKey("remittance_claim.id"))
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id"), unique=True)

    __table_args__ = (
        UniqueConstraint("id", "posted_on"),
        CheckConstraint(
            "total_cents = 0"
            " OR kind NOT IN ('application', 'transfer', 'account_transfer', 'account_transfer_back')",
            name="nets_to_zero",
        ),
        CheckConstraint(
            "reverses_id IS NOT NULL OR kind NOT IN ('charge_void', 'receipt_void', 'remittance_reversal')",
            name="reversal_names_what_it_reverses",
        ),
        CheckConstraint(
            "receipt_id IS NOT NULL OR kind NOT IN ('receipt', 'receipt_void', 'check_return')",
            name="receipt_named",
        ),
        Index("ix_posting_posted_on", "posted_on"),
        Index("ix_posting_receipt_id", "receipt_id"),
        Index("ix_posting_remittance_claim_id", "remittance_claim_id"),
        Index("ix_posting_remittance_id", "remittance_id"),
    )


class JournalEntry(Row):
    """One signed amount on a charge line, or (line empty) money of the account that is not applied yet."""

    __tablename__ = "journal_entry"

    posting_id: Mapped[int] = mapped_column(Id)
    posted_on: Mapped[date]
    kind: Mapped[EntryKind] = mapped_column(Choice(EntryKind))
    responsible: Mapped[Party] = mapped_column(Choice(Party))
    amount_cents: Mapped[int] = mapped_column(Cents)
    aged_from_on: Mapped[date]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    patient_id: Mapped[int | None] = mapped_column(ForeignKey("patient.id"))
    payer_id: Mapped[int | None] = mapped_column(ForeignKey("payer.id"))
    charge_line_id: Mapped[int | None] = mapped_column(ForeignKey("charge_line.id"))
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
    group_code: Mapped[str] = mapped_column(default="")
    reason_code: Mapped[str] = mapped_column(default="")
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("journal_entry.id"), unique=True)

    __table_args__ = (
        # Deferred, because the posting that sums its entries is inserted after them.
        ForeignKeyConstraint(
            ["posting_id", "posted_on"],
            ["posting.id", "posting.posted_on"],
            deferrable=True,
            initially="DEFERRED",
        ),
        CheckConstraint("amount_cents <> 0 AND abs(amount_cents) < 1000000000", name="amount_possible"),
        CheckConstraint("account_id IS NOT NULL OR payer_id IS NOT NULL", name="belongs_to_someone"),
        CheckConstraint("account_id IS NOT NULL OR charge_line_id IS NULL", name="line_has_account"),
        CheckConstraint("responsible <> 'payer' OR payer_id IS NOT NULL", name="payer_is_named"),
        CheckConstraint(
            "reverses_id IS NOT NULL"
            " OR (kind IN ('charge', 'fee', 'refund') AND amount_cents > 0)"
            " OR (kind IN ('payment', 'write_off') AND amount_cents < 0)"
            " OR kind IN ('contractual', 'transfer', 'unapplied', 'account_transfer', 'correction')"
            " OR kind IN ('interest', 'income')",
            name="sign_fits_kind",
        ),
        CheckConstraint(
            "CASE WHEN kind IN ('unapplied', 'refund', 'interest', 'income') THEN charge_line_id IS NULL"
            " WHEN kind IN ('charge', 'fee', 'payment', 'contractual', 'write_off', 'transfer')"
            " THEN charge_line_id IS NOT NULL ELSE 1 = 1 END",
            name="line_fits_kind",
        ),
        Index("ix_journal_entry_posting_id", "posting_id"),
        Index("ix_journal_entry_charge_line_id", "charge_line_id"),
        Index("ix_journal_entry_account_id", "account_id"),
        Index(
            "ix_journal_entry_on_no_line",
            "account_id",
            sqlite_where=text("charge_line_id IS NULL"),
            postgresql_where=text("charge_line_id IS NULL"),
        ),
        Index("ix_journal_entry_posted_on", "posted_on"),
        Index("ix_journal_entry_appointment_id", "appointment_id"),
        Index(
            "uq_journal_entry_one_charge",
            "charge_line_id",
            unique=True,
            sqlite_where=text(_FIRST_CHARGE),
            postgresql_where=text(_FIRST_CHARGE),
        ),
    )


append_only(Posting)
append_only(JournalEntry)

refuse_when(
    JournalEntry,
    "posting_is_complete",
    "INSERT",
    message="posting_is_complete",
    when="EXISTS (SELECT 1 FROM posting WHERE posting.id = NEW.posting_id)",
)
refuse_when(
    JournalEntry,
    "reversal_mirrors_its_entry",
    "INSERT",
    message="reversal_mirrors_its_entry",
    when="NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM journal_entry AS first"
    " WHERE first.id = NEW.reverses_id AND first.amount_cents = -NEW.amount_cents"
    " AND first.kind = NEW.kind AND first.responsible = NEW.responsible"
    " AND coalesce(first.charge_line_id, 0) = coalesce(NEW.charge_line_id, 0)"
    " AND coalesce(first.account_id, 0) = coalesce(NEW.account_id, 0)"
    " AND coalesce(first.payer_id, 0) = coalesce(NEW.payer_id, 0))",
)
refuse_when(
    JournalEntry,
    "charge_entry_is_its_line",
    "INSERT",
    message="charge_entry_is_its_line",
    when="NEW.kind IN ('charge', 'fee') AND NEW.reverses_id IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM charge_line WHERE charge_line.id = NEW.charge_line_id"
    " AND charge_line.amount_cents = NEW.amount_cents AND charge_line.account_id = NEW.account_id)",
)
refuse_when(
    Posting,
    "posting_sums",
    "INSERT",
    message="posting_sums",
    when="NEW.total_cents IS DISTINCT FROM"
    " (SELECT sum(amount_cents) FROM journal_entry WHERE journal_entry.posting_id = NEW.id)",
)
refuse_when(
    Posting,
    "transfer_nets_to_zero",
    "INSERT",
    message="transfer_nets_to_zero",
    when="EXISTS (SELECT 1 FROM journal_entry WHERE journal_entry.posting_id = NEW.id"
    " AND kind IN ('transfer', 'account_transfer')"
    " GROUP BY kind, CASE kind WHEN 'transfer' THEN charge_line_id END HAVING sum(amount_cents) <> 0)",
)
refuse_when(
    Posting,
    "reversal_is_whole",
    "INSERT",
    message="reversal_is_whole",
    when="NEW.reverses_id IS NOT NULL AND ("
    "EXISTS (SELECT 1 FROM journal_entry AS first WHERE first.posting_id = NEW.reverses_id AND NOT EXISTS"
    " (SELECT 1 FROM journal_entry AS back WHERE back.reverses_id = first.id AND back.posting_id = NEW.id))"
    " OR EXISTS (SELECT 1 FROM journal_entry AS back WHERE back.posting_id = NEW.id AND NOT EXISTS"
    " (SELECT 1 FROM journal_entry AS first"
    " WHERE first.id = back.reverses_id AND first.posting_id = NEW.reverses_id)))",
)
refuse_when(
    Posting,
    "receipt_is_posted_whole",
    "INSERT",
    message="receipt_is_posted_whole",
    when="NEW.kind = 'receipt' AND NEW.total_cents IS DISTINCT FROM"
    " (SELECT -receipt.total_cents FROM receipt WHERE receipt.id = NEW.receipt_id)",
)
refuse_when(
    Posting,
    "day_is_sealed",
    "INSERT",
    message="day_is_sealed",
    when="EXISTS (SELECT 1 FROM day_close WHERE day_close.closed_on >= NEW.posted_on)",
)
