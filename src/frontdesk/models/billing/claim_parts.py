"""What only some claims say: an accident, other providers, the drug that was given."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.types import Choice


class AccidentKind(StrEnum):
    """What the visit is related to (005010X222A1 2300 CLM11; CMS-1500 box 10)."""

    AUTO = "AA"
    EMPLOYMENT = "EM"
    OTHER = "OA"


class ClaimAccident(Versioned):
    """That a claim is about an accident."""

    __tablename__ = "claim_accident"

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), unique=True)
    kind: Mapped[AccidentKind] = mapped_column(Choice(AccidentKind))
    happened_on: Mapped[date | None] = mapped_column(Date)
    state: Mapped[str] = mapped_column(Text, default="")
    """Where, for an auto accident: two letters."""

    __table_args__ = (CheckConstraint("length(state) IN (0, 2)", name="state_of_two_letters"),)


class ProviderRole(StrEnum):
    """What another provider did for the visit (005010X222A1 2310A, 2310D, 2420D to F; box 17)."""

    REFERRING = "referring"
    PRIMARY_CARE = "primary care"
    """Who the patient's doctor is, where another one referred (P3)."""
    ORDERING = "ordering"
    SUPERVISING = "supervising"


class ClaimProvider(Versioned):
    """Another provider that a claim names, for all its lines or for one."""

    __tablename__ = "claim_provider"

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    place: Mapped[int] = mapped_column(default=0)
    """Of the line; 0 is the whole claim."""
    role: Mapped[ProviderRole] = mapped_column(Choice(ProviderRole))
    last_name: Mapped[str] = mapped_column(Text)
    first_name: Mapped[str] = mapped_column(Text, default="")
    npi: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        UniqueConstraint("claim_id", "place", "role"),
        CheckConstraint("place BETWEEN 0 AND 50", name="line_possible"),
        CheckConstraint("trim(last_name) <> ''", name="named"),
    )


class SuperbillProvider(Row):
    """Another provider as named at charge entry; each claim of the visit begins with it."""

    __tablename__ = "superbill_provider"

    superbill_id: Mapped[int] = mapped_column(ForeignKey("superbill.id"))
    place: Mapped[int]
    """Of the line; 0 is the whole visit."""
    role: Mapped[ProviderRole] = mapped_column(Choice(ProviderRole))
    last_name: Mapped[str] = mapped_column(Text)
    first_name: Mapped[str] = mapped_column(Text, default="")
    npi: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        UniqueConstraint("superbill_id", "place", "role"),
        CheckConstraint("place BETWEEN 0 AND 50", name="line_possible"),
        CheckConstraint("trim(last_name) <> ''", name="named"),
    )


class DrugUnit(StrEnum):
    """In what the drug was measured (005010X222A1 2410 CTP05)."""

    EACH = "UN"
    MILLILITRE = "ML"
    MILLIGRAM = "ME"
    GRAM = "GR"
    INTERNATIONAL = "F2"


class ClaimDrug(Versioned):
    """The drug behind a line of a claim, by its NDC."""

    __tablename__ = "claim_drug"

    claim_line_id: Mapped[int] = mapped_column(ForeignKey("claim_line.id"), unique=True)
    ndc: Mapped[str] = mapped_column(Text)
    """Eleven digits, 5-4-2, without hyphens."""
    thousandths: Mapped[int]
    """How much of the unit, times 1000: 2500 is 2.5 ML."""
    unit: Mapped[DrugUnit] = mapped_column(Choice(DrugUnit))

    __table_args__ = (
        CheckConstraint("length(ndc) = 11", name="ndc_of_eleven"),
        CheckConstraint("thousandths BETWEEN 1 AND 999999999", name="given_some"),
    )
