"""Claims: what is asked of a payer, every version of it that went out, and what became of it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only, refuse_when
from frontdesk.models.types import Cents, Choice, Stamp


class ClaimState(StrEnum):
    """Where a claim stands."""

    DRAFT = "draft"
    """Its superbill is entered, not released yet."""
    FAILED = "failed"
    """Something stands in the way of sending it."""
    READY = "ready"
    HELD = "held"
    BATCHED = "batched"
    SENT = "sent"
    PASSED = "passed"
    """Its file passed the receiver's check of the syntax (999); nothing is said of the claim itself."""
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    IN_PROCESS = "in_process"
    """The payer says that it is at work on it (277)."""
    PAID = "paid"
    PART_PAID = "part_paid"
    DENIED = "denied"
    APPEALED = "appealed"
    """Denied or paid too little, and the payer was asked to decide again."""
    CORRECTED = "corrected"
    """Another claim took its place."""
    VOID = "void"
    CLOSED = "closed"


class Frequency(StrEnum):
    """What the claim is to the payer (005010X222A1 2300 CLM05-3)."""

    ORIGINAL = "1"
    REPLACEMENT = "7"
    VOID = "8"


class Severity(StrEnum):
    """How much a finding of the check weighs."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


class EventKind(StrEnum):
    """What happened to a claim."""

    MADE = "made"
    CHECKED = "checked"
    CHANGED = "changed"
    HELD = "held"
    RELEASED = "released"
    BATCHED = "batched"
    SENT = "sent"
    UNBATCHED = "unbatched"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    ASKED = "asked"
    REMITTED = "remitted"
    APPEALED = "appealed"
    CORRECTED = "corrected"
    VOIDED = "voided"
    CLOSED = "closed"
    NOTE = "note"


class BatchState(StrEnum):
    """How far a file of claims came."""

    MADE = "made"
    SENT = "sent"
    DISSOLVED = "dissolved"


class Channel(StrEnum):
    """How a batch of claims goes out."""

    FILE = "file"
    PAPER = "paper"
    """Printed on the CMS-1500; the bytes kept are the PDF's."""


class Claim(Versioned):
    """One visit's charges as one payer is asked for them."""

    __tablename__ = "claim"

    number: Mapped[str] = mapped_column(Text, unique=True)
    """As people say it: "26-04127"; the payer gives it back (CLM01, CLP01)."""
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    superbill_id: Mapped[int] = mapped_column(ForeignKey("superbill.id"), index=True)
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))
    coverage_id: Mapped[int] = mapped_column(ForeignKey("coverage.id"))
    payer_id: Mapped[int] = mapped_column(ForeignKey("payer.id"))
    service_on: Mapped[date]
    charge_cents: Mapped[int] = mapped_column(Cents)
    place_of_service: Mapped[str] = mapped_column(Text, default="")
    diagnoses: Mapped[str] = mapped_column(Text)
    """ICD-10-CM codes without dots, divided by blanks, the main one first."""
    frequency: Mapped[Frequency] = mapped_column(Choice(Frequency), default=Frequency.ORIGINAL)
    payer_control_number: Mapped[str] = mapped_column(Text, default="")
    """What the payer calls it, once it answered; for a replacement or void, what it called the first one."""
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"), unique=True)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"), unique=True)
    """The claim to the payer before, which this one asks for the rest of."""
    state: Mapped[ClaimState] = mapped_column(Choice(ClaimState))
    state_since_at: Mapped[datetime] = mapped_column(Stamp)
    claim_batch_id: Mapped[int | None] = mapped_column(ForeignKey("claim_batch.id"), index=True)
    file_by_on: Mapped[date]
    """The last day on which the payer takes it."""
    problem_code: Mapped[str] = mapped_column(Text, default="")
    """Of the payer's answer: CO-50 of a remittance, A7:562 of a rejection."""
    problem: Mapped[str] = mapped_column(Text, default="")
    """What the list shows: the first finding, the answer, or the reason for holding."""
    problem_count: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        CheckConstraint("charge_cents > 0", name="charge_possible"),
        CheckConstraint("follows_id <> id", name="follows_another"),
        CheckConstraint("state <> 'batched' OR claim_batch_id IS NOT NULL", name="batched_has_batch"),
        CheckConstraint("(frequency = '1') = (replaces_id IS NULL)", name="replacement_names_original"),
        Index("ix_claim_state", "state", "service_on"),
        Index("ix_claim_service_on", "service_on", "charge_cents"),
        Index(
            "uq_claim_one_draft",
            "superbill_id",
            unique=True,
            sqlite_where=text("state = 'draft'"),
            postgresql_where=text("state = 'draft'"),
        ),
    )


class ClaimLine(Row):
    """A charge line on a claim; where it points may be put right until the claim goes out."""

    __tablename__ = "claim_line"

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    charge_line_id: Mapped[int] = mapped_column(ForeignKey("charge_line.id"), index=True)
    place: Mapped[int]
    control_number: Mapped[str] = mapped_column(Text, unique=True)
    """REF 6R: the payer gives it back with each line of its remittance."""
    diagnosis_pointers: Mapped[str] = mapped_column(Text, default="")
    """Up to four letters A to L, the first the main reason."""

    __table_args__ = (
        UniqueConstraint("claim_id", "place"),
        UniqueConstraint("claim_id", "charge_line_id"),
        CheckConstraint("length(diagnosis_pointers) <= 4", name="four_pointers_at_most"),
    )


class ClaimFinding(Row):
    """What the last check found; written anew by each check."""

    __tablename__ = "claim_finding"
    in_audit = False

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    place: Mapped[int]
    """Its order: what blocks comes first."""
    rule: Mapped[str] = mapped_column(Text)
    severity: Mapped[Severity] = mapped_column(Choice(Severity))
    owner: Mapped[str] = mapped_column(Text)
    message: Mapped[str] = mapped_column(Text)
    advice: Mapped[str] = mapped_column(Text, default="")
    target: Mapped[str] = mapped_column(Text, default="")
    """Where it is put right: "patient", "coverage", "claim", "practice", ..."""
    field: Mapped[str] = mapped_column(Text, default="")
    line: Mapped[int | None]
    suggestion: Mapped[str] = mapped_column(Text, default="")
    """The value that puts it right, where there is only one."""


class ClaimVersion(Row):
    """A claim exactly as it went into a file."""

    __tablename__ = "claim_version"
    in_audit = False

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    number: Mapped[int]
    claim_batch_id: Mapped[int] = mapped_column(ForeignKey("claim_batch.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(Stamp)
    content: Mapped[str] = mapped_column(Text)
    """JSON of `formats.x12.professional_claim.Claim`."""

    __table_args__ = (UniqueConstraint("claim_id", "number"),)


class ClaimEvent(Row):
    """One entry of a claim's timeline."""

    __tablename__ = "claim_event"

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    kind: Mapped[EventKind] = mapped_column(Choice(EventKind))
    at: Mapped[datetime] = mapped_column(Stamp)
    by: Mapped[str] = mapped_column(Text)
    """The name of whoever did it."""
    detail: Mapped[str] = mapped_column(Text, default="")


class ClaimBatch(Versioned):
    """Claims that go to one receiver together, in a file or on paper; the bytes are kept as they were."""

    __tablename__ = "claim_batch"

    number: Mapped[int] = mapped_column(unique=True)
    channel: Mapped[Channel] = mapped_column(Choice(Channel), default=Channel.FILE)
    receiver: Mapped[str] = mapped_column(Text)
    receiver_number: Mapped[str] = mapped_column(Text)
    control_number: Mapped[int] = mapped_column(unique=True)
    """ISA13, GS06 and, in an acknowledgment, what it is about."""
    state: Mapped[BatchState] = mapped_column(Choice(BatchState))
    made_at: Mapped[datetime] = mapped_column(Stamp)
    sent_at: Mapped[datetime | None] = mapped_column(Stamp)
    claims: Mapped[int]
    charge_cents: Mapped[int] = mapped_column(Cents)
    sha256: Mapped[str] = mapped_column(ForeignKey("document_content.sha256"))
    sent_despite: Mapped[str] = mapped_column(Text, default="")
    """Why it counts as sent though claims in it have a block by now: mostly, that it had left."""
    made_anew_id: Mapped[int | None] = mapped_column(ForeignKey("claim_batch.id"), unique=True)
    """The batch that took its place when claims were taken out of it."""

    __table_args__ = (
        CheckConstraint("claims > 0 AND charge_cents > 0", name="holds_claims"),
        CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name="sent_has_time"),
        CheckConstraint("sent_despite = '' OR state = 'sent'", name="sent_despite_something"),
        CheckConstraint("made_anew_id IS NULL OR state = 'dissolved'", name="only_dissolved_is_made_anew"),
    )


class Clearinghouse(Versioned):
    """The one mailbox that all claims go through; without it each payer gets a file of its own."""

    __tablename__ = "clearinghouse"

    name: Mapped[str] = mapped_column(Text)
    receiver_number: Mapped[str] = mapped_column(Text)
    submitter_number: Mapped[str] = mapped_column(Text)
    is_test: Mapped[bool] = mapped_column(default=False)
    singleton: Mapped[int] = mapped_column(default=1, unique=True)

    __table_args__ = (
        CheckConstraint("singleton = 1", name="only_one"),
        CheckConstraint("length(receiver_number) BETWEEN 2 AND 15", name="receiver_number_length"),
        CheckConstraint("length(submitter_number) BETWEEN 2 AND 15", name="submitter_number_length"),
    )


append_only(ClaimVersion)
append_only(ClaimEvent)
append_only(ClaimBatch, but=("state", "sent_at", "sent_despite", "made_anew_id", "version"))

_BLOCKED = (
    "EXISTS (SELECT 1 FROM claim_finding WHERE claim_finding.claim_id = {claim} AND severity = 'block')"
)
refuse_when(
    Claim,
    "blocked_claim_is_not_batched",
    "UPDATE OF state, claim_batch_id",
    message="blocked_claim",
    when="NEW.state = 'batched'"
    f" AND (OLD.state NOT IN ('ready', 'batched') OR {_BLOCKED.format(claim='NEW.id')})",
)
refuse_when(
    Claim,
    "claim_in_batch_is_batched",
    "UPDATE OF claim_batch_id",
    message="blocked_claim",
    when="NEW.claim_batch_id IS NOT NULL AND NEW.claim_batch_id IS DISTINCT FROM OLD.claim_batch_id"
    " AND NEW.state <> 'batched'",
)
refuse_when(
    Claim, "claim_is_not_made_batched", "INSERT", message="blocked_claim", when="NEW.state = 'batched'"
)
# On paper a claim goes out without a batch; one that its payer forwarded follows another.
refuse_when(
    Claim,
    "blocked_claim_is_not_sent",
    "UPDATE OF state",
    message="blocked_claim",
    when="NEW.state = 'sent' AND NEW.follows_id IS NULL"
    " AND OLD.state IN ('draft', 'failed', 'ready', 'held', 'rejected')"
    f" AND (OLD.state <> 'ready' OR {_BLOCKED.format(claim='NEW.id')})",
)
# A block that was found once the claim was in a batch: it leaves with a reason only.
refuse_when(
    Claim,
    "blocked_claim_leaves_with_a_reason",
    "UPDATE OF state",
    message="blocked_in_batch",
    when="NEW.state = 'sent' AND OLD.state = 'batched'"
    f" AND {_BLOCKED.format(claim='NEW.id')}"
    " AND NOT EXISTS (SELECT 1 FROM claim_batch WHERE claim_batch.id = NEW.claim_batch_id"
    " AND claim_batch.sent_despite <> '')",
)
refuse_when(ClaimFinding, "finding_is_found_anew", "UPDATE", message="finding_is_found_anew")
refuse_when(
    ClaimVersion,
    "blocked_claim_has_no_version",
    "INSERT",
    message="blocked_claim",
    when=_BLOCKED.format(claim="NEW.claim_id"),
)
