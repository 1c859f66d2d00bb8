"""Remittances: what payers say they paid, kept as they said it, with the claim that it was matched to."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.billing.remittance_policy import Treatment as Treatment
from frontdesk.models.guards import append_only, refuse_when
from frontdesk.models.types import Cents, Choice, Stamp

_A_CHECK_ON_PAPER = "sha256 IS NULL AND method <> 'NON' AND state <> 'discarded'"


class RemittanceState(StrEnum):
    """How far a remittance came."""

    HELD = "held"
    """It does not balance, or is not ours; `held_reason` says which."""
    OPEN = "open"
    POSTED = "posted"
    DISCARDED = "discarded"


class MatchBasis(StrEnum):
    """What tied the payer's answer to our claim."""

    NONE = "none"
    LINE_NUMBER = "line_number"
    CLAIM_NUMBER = "claim_number"
    DETAILS = "details"
    """Name, date, fee and subscriber id, where the payer sent no number."""
    PERSON = "person"


class Verdict(StrEnum):
    """What a person decided on the amounts of an answer that no rule settles; done with the posting."""

    WRITE_OFF = "write_off"
    PATIENT = "patient"
    """The patient owes it."""
    APPEAL = "appeal"
    """It stays open, and the payer is asked to decide again."""
    KEEP = "keep"
    """It stays open with the payer; a part may be written off."""


class Remittance(Versioned):
    """One payment of a payer with its explanation: an 835, or a paper that was typed in."""

    __tablename__ = "remittance"

    name: Mapped[str] = mapped_column(Text)
    """As people say it: "835-0316-02", on paper "EOB-0316-01"."""
    payer_name: Mapped[str] = mapped_column(Text)
    payer_id: Mapped[int | None] = mapped_column(ForeignKey("payer.id"))
    trace: Mapped[str] = mapped_column(Text)
    """Check or EFT number (TRN02)."""
    payer_identifier: Mapped[str] = mapped_column(Text)
    method: Mapped[str] = mapped_column(Text)
    """ACH, CHK, FWT, NON."""
    paid_cents: Mapped[int] = mapped_column(Cents)
    claims_paid_cents: Mapped[int] = mapped_column(Cents)
    taken_back_cents: Mapped[int] = mapped_column(Cents)
    """Sum of the PLBs; positive lowers the payment."""
    claims: Mapped[int]
    paid_on: Mapped[date]
    deposited_on: Mapped[date | None]
    """The day the office brought its check to the bank; empty where the payer's day says it."""
    received_at: Mapped[datetime] = mapped_column(Stamp)
    sha256: Mapped[str | None] = mapped_column(ForeignKey("document_content.sha256"))
    """The file it came in; empty for one on paper."""
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    """The scan of the paper it came on."""
    fingerprint: Mapped[str] = mapped_column(Text, unique=True)
    """SHA-256 of what the 835 says, so that the same one is taken in once, in whatever envelope."""
    state: Mapped[RemittanceState] = mapped_column(Choice(RemittanceState))
    held_reason: Mapped[str] = mapped_column(Text, default="")
    posted_at: Mapped[datetime | None] = mapped_column(Stamp)

    __table_args__ = (
        CheckConstraint("(state = 'posted') = (posted_at IS NOT NULL)", name="posted_has_time"),
        CheckConstraint("sha256 IS NULL OR document_id IS NULL", name="file_or_paper"),
        CheckConstraint("state <> 'held' OR held_reason <> ''", name="held_has_reason"),
        Index("ix_remittance_state", "state"),
        Index("ix_remittance_trace", "trace"),
        Index(
            "uq_remittance_paper_check",
            "payer_id",
            "trace",
            unique=True,
            sqlite_where=text(_A_CHECK_ON_PAPER),
            postgresql_where=text(_A_CHECK_ON_PAPER),
        ),
    )


class RemittanceClaim(Versioned):
    """One CLP; only the match may change."""

    __tablename__ = "remittance_claim"

    remittance_id: Mapped[int] = mapped_column(ForeignKey("remittance.id"))
    place: Mapped[int]
    claim_number: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    """CLP02; 22 is a reversal, 4 a denial."""
    patient_last: Mapped[str] = mapped_column(Text)
    patient_first: Mapped[str] = mapped_column(Text)
    member_id: Mapped[str] = mapped_column(Text)
    payer_control_number: Mapped[str] = mapped_column(Text)
    served_on: Mapped[date | None]
    charge_cents: Mapped[int] = mapped_column(Cents)
    paid_cents: Mapped[int] = mapped_column(Cents)
    contract_cents: Mapped[int] = mapped_column(Cents)
    patient_cents: Mapped[int] = mapped_column(Cents)
    other_cents: Mapped[int] = mapped_column(Cents)
    """Adjusted for reasons that no rule settles."""
    remarks: Mapped[str] = mapped_column(Text, default="")
    amounts: Mapped[str] = mapped_column(Text, default="")
    """AMT and MOA of the claim as a whole, each with its cents: "F5:2500 I:120"; no part of the balance."""
    forwarded_to: Mapped[str] = mapped_column(Text, default="")
    """NM1 TT: the insurer that the payer sent it on to."""
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"), index=True)
    basis: Mapped[MatchBasis] = mapped_column(Choice(MatchBasis))
    match_note: Mapped[str] = mapped_column(Text, default="")
    """Why it was matched, or why not, in a sentence."""
    is_unapplied: Mapped[bool] = mapped_column(default=False)
    """A person decided to keep the money on the payer's account."""
    decided: Mapped[Verdict | None] = mapped_column(Choice(Verdict))
    decided_note: Mapped[str] = mapped_column(Text, default="")
    """Why it was decided so."""
    decided_off_cents: Mapped[int] = mapped_column(Cents, default=0)
    """How much is written off, where the decision is about the rest of it."""
    review: Mapped[str] = mapped_column(Text, default="")
    """What a person should look at before or after posting; empty when nothing."""

    __table_args__ = (
        UniqueConstraint("remittance_id", "place"),
        CheckConstraint("(claim_id IS NULL) = (basis = 'none')", name="match_has_basis"),
        CheckConstraint("claim_id IS NULL OR NOT is_unapplied", name="matched_or_unapplied"),
        CheckConstraint("decided IS NULL OR decided_note <> ''", name="decision_has_note"),
        CheckConstraint(
            "decided_off_cents = 0 OR (decided_off_cents > 0 AND decided <> 'write_off'"
            " AND decided IS NOT NULL)",
            name="part_is_decided",
        ),
        Index("ix_remittance_claim_payer_control_number", "payer_control_number"),
    )


class RemittanceLine(Row):
    """One SVC of a claim."""

    __tablename__ = "remittance_line"
    in_audit = False

    remittance_claim_id: Mapped[int] = mapped_column(ForeignKey("remittance_claim.id"))
    place: Mapped[int]
    code: Mapped[str] = mapped_column(Text)
    submitted_code: Mapped[str] = mapped_column(Text, default="")
    """What the office billed, where the payer answers another code."""
    modifiers: Mapped[str] = mapped_column(Text)
    charge_cents: Mapped[int] = mapped_column(Cents)
    paid_cents: Mapped[int] = mapped_column(Cents)
    served_on: Mapped[date | None]
    control_number: Mapped[str] = mapped_column(Text)
    remarks: Mapped[str] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("remittance_claim_id", "place"),)

    @property
    def billed_code(self) -> str:
        """By which the office knows the service."""
        return self.submitted_code or self.code


class RemittanceAdjustment(Row):
    """One reason of a CAS, of a line or (line 0) of the whole claim."""

    __tablename__ = "remittance_adjustment"
    in_audit = False

    remittance_claim_id: Mapped[int] = mapped_column(ForeignKey("remittance_claim.id"), index=True)
    line: Mapped[int]
    group_code: Mapped[str] = mapped_column(Text)
    reason_code: Mapped[str] = mapped_column(Text)
    amount_cents: Mapped[int] = mapped_column(Cents)
    treatment: Mapped[Treatment] = mapped_column(Choice(Treatment))
    policy_id: Mapped[int | None] = mapped_column(ForeignKey("remittance_policy.id"))
    """The office's row that settled it; empty where it was a rule for everybody."""
    written_off_cents: Mapped[int] = mapped_column(Cents, default=0)
    """What of it is written off by a person, while the rest is treated as is said."""

    @property
    def parts(self) -> tuple[tuple[int, Treatment], ...]:
        """Its cents by what becomes of them; what is written off of it first."""
        rest = (self.amount_cents - self.written_off_cents, self.treatment)
        return ((self.written_off_cents, Treatment.WRITE_OFF), rest) if self.written_off_cents else (rest,)


class ProviderAdjustment(Row):
    """One pair of a PLB: money that belongs to no claim; positive lowers the payment."""

    __tablename__ = "provider_adjustment"
    in_audit = False

    remittance_id: Mapped[int] = mapped_column(ForeignKey("remittance.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    """PLB03-1: WO, FB, L6, ..."""
    reference: Mapped[str] = mapped_column(Text)
    """PLB03-2: what it is about, in the payer's numbers."""
    amount_cents: Mapped[int] = mapped_column(Cents)
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id"))
    """What it came to in the ledger, once its remittance is posted."""


append_only(
    Remittance,
    but=("state", "held_reason", "posted_at", "payer_id", "document_id", "version"),
)
append_only(
    RemittanceClaim,
    but=(
        "claim_id",
        "basis",
        "match_note",
        "is_unapplied",
        "decided",
        "decided_note",
        "decided_off_cents",
        "review",
        "contract_cents",
        "patient_cents",
        "other_cents",
        "version",
    ),
)
append_only(RemittanceLine)
append_only(RemittanceAdjustment, but=("treatment", "policy_id", "written_off_cents"))
refuse_when(
    RemittanceAdjustment,
    "treatment_is_posted",
    "UPDATE OF treatment, policy_id, written_off_cents",
    message="treatment_is_posted",
    when="EXISTS (SELECT 1 FROM remittance_claim AS answer JOIN remittance"
    " ON remittance.id = answer.remittance_id"
    " WHERE answer.id = OLD.remittance_claim_id AND remittance.state = 'posted')",
)
append_only(ProviderAdjustment, but=("posting_id",))
