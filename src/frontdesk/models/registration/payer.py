"""Payers and the plans they sell."""

from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.types import Cents, Choice


class PayerKind(StrEnum):
    """What sort of payer; the claim's filing indicator follows from it (005010X222A1 2000B SBR09)."""

    COMMERCIAL = "commercial"
    BLUE = "blue"
    HMO = "hmo"
    MEDICARE = "medicare"
    MEDICAID = "medicaid"
    TRICARE = "tricare"
    WORKERS_COMP = "workers_comp"
    AUTO = "auto"
    OTHER = "other"


class Payer(Versioned):
    """Who a claim goes to."""

    __tablename__ = "payer"
    name: Mapped[str] = mapped_column(String(120), unique=True)
    payer_id: Mapped[str] = mapped_column(String(30), default="")
    """The id that the payer or its clearing house is addressed by (2010BB NM109)."""
    kind: Mapped[PayerKind] = mapped_column(Choice(PayerKind))
    phone: Mapped[str] = mapped_column(String(20), default="")
    street: Mapped[str] = mapped_column(String(120), default="")
    city: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[str] = mapped_column(String(2), default="")
    postal_code: Mapped[str] = mapped_column(String(10), default="")
    timely_filing_days: Mapped[int] = mapped_column(Integer, default=365)
    appeal_days: Mapped[int] = mapped_column(Integer, default=180)
    """After its decision, to ask for another one."""
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    __table_args__ = (
        CheckConstraint("trim(name) <> ''", name="named"),
        CheckConstraint("timely_filing_days > 0", name="has_time_to_file"),
        CheckConstraint("appeal_days > 0", name="has_time_to_appeal"),
    )


class Plan(Versioned):
    """A product of a payer, with what its members usually pay at the desk."""

    __tablename__ = "plan"
    payer_id: Mapped[int] = mapped_column(ForeignKey("payer.id"))
    name: Mapped[str] = mapped_column(String(120))
    copay_cents: Mapped[int | None] = mapped_column(Cents)
    """The usual office-visit copay; None where the plan has none or it is not known."""
    needs_referral: Mapped[bool] = mapped_column(Boolean, default=False)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    __table_args__ = (
        UniqueConstraint("payer_id", "name"),
        CheckConstraint("trim(name) <> ''", name="named"),
        CheckConstraint("copay_cents >= 0", name="copay_not_negative"),
    )
