"""Drugs by their National Drug Code: what the office gives, and what a charge had."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.billing.claim_parts import DrugUnit
from frontdesk.models.guards import append_only
from frontdesk.models.types import Choice


class DrugCode(Versioned):
    """A package that the office gives under one of its service codes."""

    __tablename__ = "drug_code"

    code: Mapped[str] = mapped_column(Text)
    """The service code that is charged, such as J1100."""
    ndc: Mapped[str] = mapped_column(Text)
    """Eleven digits, 5-4-2, without hyphens."""
    name: Mapped[str] = mapped_column(Text)
    unit: Mapped[DrugUnit] = mapped_column(Choice(DrugUnit))
    thousandths: Mapped[int]
    """Of the drug's unit, for one unit of the service code: 100 is 0.1 ML."""
    is_active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (
        UniqueConstraint("code", "ndc"),
        CheckConstraint("length(ndc) = 11", name="ndc_eleven"),
        CheckConstraint("thousandths BETWEEN 1 AND 999999999", name="quantity_possible"),
    )


class ChargeDrug(Row):
    """What was given on a charge line, as it goes on the claim."""

    __tablename__ = "charge_drug"

    charge_line_id: Mapped[int] = mapped_column(ForeignKey("charge_line.id"), unique=True)
    ndc: Mapped[str] = mapped_column(Text)
    unit: Mapped[DrugUnit] = mapped_column(Choice(DrugUnit))
    thousandths: Mapped[int]
    """How much in all, in thousandths of the unit."""

    __table_args__ = (
        CheckConstraint("length(ndc) = 11", name="ndc_eleven"),
        CheckConstraint("thousandths BETWEEN 1 AND 999999999", name="quantity_possible"),
        Index("ix_charge_drug_ndc", "ndc"),
    )


append_only(ChargeDrug)
