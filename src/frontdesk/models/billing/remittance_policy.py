"""What a remittance may do by itself: the treatment of a reason, and how far a payer is trusted."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Id, Versioned
from frontdesk.models.guards import append_only, no_overlap
from frontdesk.models.types import Choice


class Treatment(StrEnum):
    """What an adjustment does to the ledger."""

    CONTRACT = "contract"
    """Written off: the office agreed to it."""
    PATIENT = "patient"
    """Moved to the patient."""
    PRIOR = "prior"
    """Settled by a payer before; nothing moves."""
    ACCOUNT = "account"
    """Leaves the visit for the payer's own account: a withhold, a bonus, interest within a claim."""
    WRITE_OFF = "write_off"
    """A person gave it up; no rule ever does."""
    OPEN = "open"
    """Stays with the payer until a person decides."""


class AutoPostLevel(StrEnum):
    """How far a payer's remittances may post by themselves; each level allows what those before it do."""

    NEVER = "never"
    CLEAN = "clean"
    """Everything matched by its number, nothing to review, no reason but those that settle everywhere."""
    POLICY = "policy"
    """Also with reasons that the office's own policy settles, and with interest."""
    OPEN_TOO = "open_too"
    """Also with denials and amounts that stay open; they are on the list of claims to work."""


class RemittancePolicy(Versioned):
    """What becomes of one reason, from a day on; of one payer, or of all."""

    __tablename__ = "remittance_policy"

    payer_id: Mapped[int | None] = mapped_column(ForeignKey("payer.id"), index=True)
    payer_key: Mapped[int] = mapped_column(Id)
    """The payer's id, or 0 for all payers: an empty payer equals no other."""
    group_code: Mapped[str] = mapped_column(Text)
    """CAS01: CO, PR, OA, PI."""
    reason_code: Mapped[str] = mapped_column(Text)
    """CARC."""
    remark: Mapped[str] = mapped_column(Text, default="")
    """RARC; empty: with any remark or none."""
    treatment: Mapped[Treatment] = mapped_column(Choice(Treatment))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    stands: Mapped[bool] = mapped_column(default=True)
    """False once it was taken back as if it had never been."""

    __table_args__ = (
        CheckConstraint("payer_key = coalesce(payer_id, 0)", name="payer_key"),
        CheckConstraint("group_code IN ('CO', 'PR', 'OA', 'PI')", name="group"),
        CheckConstraint("reason_code <> '' AND length(reason_code) <= 5", name="reason"),
        CheckConstraint("length(remark) <= 5", name="remark"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("treatment <> 'contract' OR group_code <> 'PR'", name="share_is_not_written_off"),
        CheckConstraint("treatment <> 'write_off'", name="giving_up_is_no_rule"),
        CheckConstraint(
            "treatment <> 'patient' OR group_code IN ('PR', 'OA')", name="contract_is_not_billed_to_patient"
        ),
    )


class RemittanceAutoPost(Versioned):
    """How far one payer's remittances post by themselves; a payer without a row never does."""

    __tablename__ = "remittance_auto_post"

    payer_id: Mapped[int] = mapped_column(ForeignKey("payer.id"))
    level: Mapped[AutoPostLevel] = mapped_column(Choice(AutoPostLevel))

    __table_args__ = (Index("uq_remittance_auto_post_payer_id", "payer_id", unique=True),)


no_overlap(
    RemittancePolicy,
    by=("payer_key", "group_code", "reason_code", "remark"),
    starts="starts_on",
    ends="ends_on",
    when="stands",
)
append_only(RemittancePolicy, but=("ends_on", "stands", "version"))
