"""Code sets by effective date, and what the office asks for each code."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import also_create, append_only, no_overlap
from frontdesk.models.types import Cents, Choice


class CodeSet(StrEnum):
    """Where a procedure code comes from."""

    OFFICE = "office"
    CPT = "cpt"
    HCPCS = "hcpcs"


class DiagnosisCode(Row):
    """An ICD-10-CM code, without its dot, from the day it is valid."""

    __tablename__ = "diagnosis_code"
    in_audit = False

    code: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    """The label folded for search."""
    is_billable: Mapped[bool]
    effective_on: Mapped[date]
    expires_on: Mapped[date | None]
    """The last day on which the code may be used."""

    __table_args__ = (
        UniqueConstraint("code", "effective_on"),
        CheckConstraint("code <> '' AND code NOT LIKE '%.%'", name="code_without_dot"),
        CheckConstraint("expires_on IS NULL OR expires_on >= effective_on", name="ends_after_start"),
    )


append_only(DiagnosisCode, but=("expires_on",))
# Words are found by each engine's own full-text index; the rows never change, so it only grows.
also_create(
    DiagnosisCode,
    sqlite="CREATE VIRTUAL TABLE diagnosis_words USING fts5"
    "(words, content='diagnosis_code', content_rowid='id', prefix='2 3')",
    postgresql="CREATE INDEX ix_diagnosis_code_words ON diagnosis_code"
    " USING gin (to_tsvector('simple', words))",
)
also_create(
    DiagnosisCode,
    sqlite="CREATE TRIGGER diagnosis_words_insert AFTER INSERT ON diagnosis_code BEGIN"
    " INSERT INTO diagnosis_words (rowid, words) VALUES (NEW.id, NEW.words); END",
)


class ProcedureCode(Versioned):
    """A code the office charges, with the office's own label (never the AMA's wording)."""

    __tablename__ = "procedure_code"

    code: Mapped[str] = mapped_column(Text)
    code_set: Mapped[CodeSet] = mapped_column(Choice(CodeSet))
    label: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    """The label and the office's synonyms, folded for search."""
    effective_on: Mapped[date]
    expires_on: Mapped[date | None]
    is_favourite: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        CheckConstraint("expires_on IS NULL OR expires_on >= effective_on", name="ends_after_start"),
        CheckConstraint("length(code) BETWEEN 1 AND 10", name="code_length"),
        Index("ix_procedure_code_code", "code"),
    )


no_overlap(ProcedureCode, by="code", starts="effective_on", ends="expires_on")


class PlaceOfService(Row):
    """Where a service is given: the two digits of CMS's list."""

    __tablename__ = "place_of_service"
    in_audit = False

    code: Mapped[str] = mapped_column(Text, unique=True)
    label: Mapped[str] = mapped_column(Text)


class FeeSchedule(Versioned):
    """A price list: the office's own, or one agreed with a payer."""

    __tablename__ = "fee_schedule"

    name: Mapped[str] = mapped_column(Text, unique=True)
    payer_id: Mapped[int | None] = mapped_column(ForeignKey("payer.id"))
    """Whose list it is; empty for the office's own."""
    is_contract: Mapped[bool] = mapped_column(default=False)
    """What the payer allows, rather than what the office charges."""
    effective_on: Mapped[date]
    expires_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("expires_on IS NULL OR expires_on >= effective_on", name="ends_after_start"),
        CheckConstraint("payer_id IS NOT NULL OR NOT is_contract", name="contract_has_payer"),
        Index("ix_fee_schedule_payer_id", "payer_id"),
    )


class Fee(Versioned):
    """The price of one code in one list."""

    __tablename__ = "fee"

    fee_schedule_id: Mapped[int] = mapped_column(ForeignKey("fee_schedule.id"))
    code: Mapped[str] = mapped_column(Text)
    amount_cents: Mapped[int] = mapped_column(Cents)
    effective_on: Mapped[date]
    expires_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("amount_cents > 0 AND amount_cents < 1000000000", name="amount_possible"),
        CheckConstraint("expires_on IS NULL OR expires_on >= effective_on", name="ends_after_start"),
        Index("ix_fee_code", "code"),
    )


no_overlap(Fee, by=("fee_schedule_id", "code"), starts="effective_on", ends="expires_on")
