"""Code sets by effective date, and what the office asks for each code."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.billing.code_lists import Dated, Published, publish, with_word_index
from frontdesk.models.guards import no_overlap
from frontdesk.models.types import Cents, Choice


class CodeSet(StrEnum):
    """Where a procedure code comes from."""

    OFFICE = "office"
    CPT = "cpt"
    HCPCS = "hcpcs"


class DiagnosisCode(Published):
    """An ICD-10-CM code, without its dot."""

    __tablename__ = "diagnosis_code"

    is_billable: Mapped[bool]

    __table_args__ = (
        UniqueConstraint("code", "effective_on"),
        CheckConstraint("code <> '' AND code NOT LIKE '%.%'", name="code_without_dot"),
        CheckConstraint("expires_on IS NULL OR expires_on >= effective_on", name="ends_after_start"),
    )


publish(DiagnosisCode)
with_word_index(DiagnosisCode, "diagnosis_words")


class ProcedureCode(Dated, Versioned):
    """A code the office charges, with the office's own label (never the AMA's wording)."""

    __tablename__ = "procedure_code"

    code: Mapped[str] = mapped_column(Text)
    code_set: Mapped[CodeSet] = mapped_column(Choice(CodeSet))
    label: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    """The label and the office's synonyms, folded for search."""
    is_favourite: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        CheckConstraint("expires_on IS NULL OR expires_on >= effective_on", name="ends_after_start"),
        CheckConstraint("length(code) BETWEEN 1 AND 10", name="code_length"),
        Index("ix_procedure_code_code", "code"),
    )


no_overlap(ProcedureCode, by="code", starts="effective_on", ends="expires_on")


class FeeSchedule(Dated, Versioned):
    """A price list: the office's own, or one agreed with a payer."""

    __tablename__ = "fee_schedule"

    name: Mapped[str] = mapped_column(Text, unique=True)
    payer_id: Mapped[int | None] = mapped_column(ForeignKey("payer.id"))
    """Whose list it is; empty for the office's own."""
    is_contract: Mapped[bool] = mapped_column(default=False)
    """What the payer allows, rather than what the office charges."""
    base_id: Mapped[int | None] = mapped_column(ForeignKey("fee_schedule.id"))
    """The list of which a contract pays a share, where it has no fee of its own for a code."""
    percent_tenths: Mapped[int | None]
    """The share: 1200 are 120 percent."""

    __table_args__ = (
        CheckConstraint("expires_on IS NULL OR expires_on >= effective_on", name="ends_after_start"),
        CheckConstraint("payer_id IS NOT NULL OR NOT is_contract", name="contract_has_payer"),
        CheckConstraint("(base_id IS NULL) = (percent_tenths IS NULL)", name="share_of_a_list"),
        CheckConstraint("base_id IS NULL OR (is_contract AND base_id <> id)", name="contract_rests_on"),
        CheckConstraint("percent_tenths BETWEEN 1 AND 10000", name="percent"),
        Index("ix_fee_schedule_payer_id", "payer_id"),
    )


class Fee(Dated, Versioned):
    """The price of one code in one list."""

    __tablename__ = "fee"

    fee_schedule_id: Mapped[int] = mapped_column(ForeignKey("fee_schedule.id"))
    code: Mapped[str] = mapped_column(Text)
    amount_cents: Mapped[int] = mapped_column(Cents)

    __table_args__ = (
        CheckConstraint("amount_cents > 0 AND amount_cents < 1000000000", name="amount_possible"),
        CheckConstraint("expires_on IS NULL OR expires_on >= effective_on", name="ends_after_start"),
        Index("ix_fee_code", "code"),
    )


no_overlap(Fee, by=("fee_schedule_id", "code"), starts="effective_on", ends="expires_on")
