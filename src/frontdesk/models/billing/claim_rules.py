"""What the office says about the check of claims: rules by code, exceptions with an end, its laboratory."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.guards import also_create, append_only
from frontdesk.models.types import Choice, Stamp

LONGEST_DAYS = 366
"""No exception holds longer: it ends by itself, or somebody says anew why."""


class Weight(StrEnum):
    """How much a rule weighs by exception."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"
    OFF = "off"


class RuleOverride(Versioned):
    """That a rule weighs more or less, with one payer or all, for a reason and until a day."""

    __tablename__ = "rule_override"

    rule: Mapped[str] = mapped_column(Text)
    """Its name in `services.billing.scrub_table.RULES`."""
    payer_id: Mapped[int | None] = mapped_column(ForeignKey("payer.id"), index=True)
    """Empty: with all payers that have no exception of their own."""
    weight: Mapped[Weight] = mapped_column(Choice(Weight))
    reason: Mapped[str] = mapped_column(Text)
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date] = mapped_column(Date)
    """The last day on which it holds."""
    set_at: Mapped[datetime] = mapped_column(Stamp)
    set_by: Mapped[str] = mapped_column(Text)
    ended_at: Mapped[datetime | None] = mapped_column(Stamp)
    """When somebody ended it before its day."""
    ended_by: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        CheckConstraint("until_on >= from_on", name="ends_after_start"),
        CheckConstraint("length(trim(reason)) BETWEEN 1 AND 200", name="says_why"),
        CheckConstraint("(ended_at IS NULL) = (ended_by = '')", name="ended_by_somebody"),
        Index("ix_rule_override_until_on", "until_on"),
    )


append_only(RuleOverride, but=("ended_at", "ended_by", "version"))
also_create(
    RuleOverride,
    sqlite="CREATE TRIGGER rule_override_ends BEFORE INSERT ON rule_override "
    f"WHEN julianday(NEW.until_on) - julianday(NEW.from_on) > {LONGEST_DAYS} "
    "BEGIN SELECT RAISE(ABORT, 'rule_override_ends'); END",
    postgresql="ALTER TABLE rule_override ADD CONSTRAINT rule_override_ends "
    f"CHECK (until_on - from_on <= {LONGEST_DAYS})",
)


class CodeRuleKind(StrEnum):
    """What a payer wants with a code."""

    DIAGNOSIS = "diagnosis"
    """One of these diagnoses must be what it was done for."""
    INTERVAL = "interval"
    """Not again within so many days."""
    NOT_WITH = "not_with"
    """Not beside these other codes on the same day, but for a modifier that sets it apart."""
    NDC = "ndc"
    """The number of the drug, and how much of it was given."""
    REFERRING = "referring"
    ORDERING = "ordering"
    AUTHORIZATION = "authorization"
    PRACTICE_NUMBER = "practice_number"
    """The number that it gave the practice, beside the NPI; below for others."""
    PROVIDER_NUMBER = "provider_number"
    SITE_NUMBER = "site_number"
    REFERRING_NUMBER = "referring_number"


class CodeRule(Versioned):
    """What a payer, or every payer, wants with some codes: kept by the office, from letters and denials."""

    __tablename__ = "code_rule"

    kind: Mapped[CodeRuleKind] = mapped_column(Choice(CodeRuleKind))
    codes: Mapped[str] = mapped_column(Text)
    """Codes, beginnings of codes ("J*") and ranges ("80000-89999"), divided by blanks."""
    payer_id: Mapped[int | None] = mapped_column(ForeignKey("payer.id"), index=True)
    """Empty: every payer."""
    diagnoses: Mapped[str] = mapped_column(Text, default="")
    """Beginnings of the ICD-10-CM codes that do, without dots, divided by blanks."""
    other_codes: Mapped[str] = mapped_column(Text, default="")
    """As `codes`."""
    days: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, default="")
    """Why, or what to do, as it is said beside the problem."""
    source: Mapped[str] = mapped_column(Text, default="")
    """Where it stands: a policy's number, a letter."""
    is_active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (
        CheckConstraint("trim(codes) <> ''", name="names_codes"),
        CheckConstraint("length(codes) <= 400 AND length(other_codes) <= 400", name="codes_short"),
        CheckConstraint("length(note) <= 200 AND length(source) <= 120", name="words_short"),
        CheckConstraint("(kind = 'diagnosis') = (diagnoses <> '')", name="diagnoses_where_asked"),
        CheckConstraint("(kind = 'not_with') = (other_codes <> '')", name="others_where_asked"),
        CheckConstraint("(kind = 'interval') = (days IS NOT NULL)", name="days_where_asked"),
        CheckConstraint("days BETWEEN 1 AND 3660", name="days_possible"),
    )


class Certificate(StrEnum):
    """What a laboratory may do (42 CFR 493)."""

    WAIVER = "waiver"
    """Only the waived tests, each with the modifier QW."""
    MICROSCOPY = "microscopy"
    FULL = "full"


class Laboratory(Versioned):
    """The CLIA certificate of a site that tests specimens itself."""

    __tablename__ = "laboratory"

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), unique=True)
    number: Mapped[str] = mapped_column(Text)
    """Ten characters, the third a D (005010X222A1 2300 REF X4)."""
    certificate: Mapped[Certificate] = mapped_column(Choice(Certificate))
    valid_until: Mapped[date] = mapped_column(Date)

    __table_args__ = (
        CheckConstraint("length(number) = 10 AND substr(number, 3, 1) = 'D'", name="number_shape"),
    )
