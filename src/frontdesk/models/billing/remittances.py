"""Remittances: what payers say they paid, kept as they said it, with the claim that it was matched to."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.billing.remittance_policy import Treatment as Treatment
from frontdesk.models.guards import append_only, refuse_when
from frontdesk.models.types import Cents, Choice, Stamp


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


class Remittance(Versioned):
    """One payment of a payer with its explanation (an 835)."""

    __tablename__ = "remittance"

    name: Mapped[str] = mapped_column(Text)
    """As people say it: "835-0316-02"."""
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
    received_at: Mapped[datetime] = mapped_column(Stamp)
    sha256: Mapped[str] = mapped_column(ForeignKey("document_content.sha256"))
    """The file it came in."""
    fingerprint: Mapped[str] = mapped_column(Text, unique=True)
    """SHA-256 of what the 835 says, so that the same one is taken in once, in whatever envelope."""
    state: Mapped[RemittanceState] = mapped_column(Choice(RemittanceState))
    held_reason: Mapped[str] = mapped_column(Text, default="")
    posted_at: Mapped[datetime | None] = mapped_column(Stamp)

    __table_args__ = (
        CheckConstraint("(state = 'posted') = (posted_at IS NOT NULL)", name="posted_has_time"),
        CheckConstraint("state <> 'held' OR held_reason <> ''", name="held_has_reason"),
        Index("ix_remittance_state", "state"),
        Index("ix_remittance_trace", "trace"),
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
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"), index=True)
    basis: Mapped[MatchBasis] = mapped_column(Choice(MatchBasis))
    match_note: Mapped[str] = mapped_column(Text, default="")
    """Why it was matched, or why not, in a sentence."""
    is_unapplied: Mapped[bool] = mapped_column(default=False)
    """A person decided to keep the money on the payer's account."""
    decided: Mapped[Treatment | None] = mapped_column(Choice(Treatment))
    """What a person decided on the amounts that no rule settles."""
    decided_note: Mapped[str] = mapped_column(Text, default="")
    """Why it was decided so."""
    review: Mapped[str] = mapped_column(Text, default="")
    """What a person should look at before or after posting; empty when nothing."""

    __table_args__ = (
        UniqueConstraint("remittance_id", "place"),
        CheckConstraint("(claim_id IS NULL) = (basis = 'none')", name="match_has_basis"),
        CheckConstraint("claim_id IS NULL OR NOT is_unapplied", name="matched_or_unapplied"),
        CheckConstraint("decided IS NULL OR decided IN ('write_off', 'patient')", name="decided_so"),
        CheckConstraint("decided IS NULL OR decided_note <> ''", name="decision_has_note"),
        Index("ix_remittance_claim_payer_control_number", "payer_control_number"),
    )


class RemittanceLine(Row):
    """One SVC of a claim."""

    __tablename__ = "remittance_line"
    in_audit = False

    remittance_claim_id: Mapped[int] = mapped_column(ForeignKey("remittance_claim.id"))
    place: Mapped[int]
    code: Mapped[str] = mapped_column(Text)
    modifiers: Mapped[str] = mapped_column(Text)
    charge_cents: Mapped[int] = mapped_column(Cents)
    paid_cents: Mapped[int] = mapped_column(Cents)
    served_on: Mapped[date | None]
    control_number: Mapped[str] = mapped_column(Text)
    remarks: Mapped[str] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("remittance_claim_id", "place"),)


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
    but=("state", "held_reason", "posted_at", "payer_id", "version"),
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
        "review",
        "contract_cents",
        "patient_cents",
        "other_cents",
        "version",
    ),
)
append_only(RemittanceLine)
append_only(RemittanceAdjustment, but=("treatment", "policy_id"))
refuse_when(
    RemittanceAdjustment,
    "treatment_is_posted",
    "UPDATE OF treatment, policy_id",
    message="treatment_is_posted",
    when="EXISTS (SELECT 1 FROM remittance_claim AS answer JOIN remittance"
    " ON remittance.id = answer.remittance_id"
    " WHERE answer.id = OLD.remittance_claim_id AND remittance.state = 'posted')",
)
append_only(ProviderAdjustment, but=("posting_id",))
