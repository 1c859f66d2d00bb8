"""Numbers that payers gave the practice, its providers and sites, and those who refer to it."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.guards import no_overlap
from frontdesk.models.types import Choice


class Holder(StrEnum):
    """Whose number it is."""

    PRACTICE = "practice"
    PROVIDER = "provider"
    SITE = "site"
    OTHER = "other"
    """Somebody outside who refers, orders or supervises."""


class Qualifier(StrEnum):
    """What kind of number it is (005010X222A1 REF01; CMS-1500 17a, 24I, 32b, 33b)."""

    OF_PAYER = "G2"
    LOCATION = "LU"
    LICENSE = "0B"
    UPIN = "1G"


class AssignedNumber(Versioned):
    """What a payer calls somebody beside the NPI, for some days or until further notice."""

    __tablename__ = "assigned_number"

    payer_id: Mapped[int] = mapped_column(ForeignKey("payer.id"))
    holder: Mapped[Holder] = mapped_column(Choice(Holder))
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("provider.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"), index=True)
    npi: Mapped[str] = mapped_column(Text, default="")
    """Of somebody outside."""
    name: Mapped[str] = mapped_column(Text, default="")
    """Of somebody outside, for the list."""
    whose: Mapped[str] = mapped_column(Text, default="")
    """Provider, site or NPI as one text: what may hold one number of a kind at a time."""
    qualifier: Mapped[Qualifier] = mapped_column(Choice(Qualifier))
    number: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    is_active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (
        CheckConstraint("(holder = 'provider') = (provider_id IS NOT NULL)", name="provider_of_provider"),
        CheckConstraint("(holder = 'site') = (site_id IS NOT NULL)", name="site_of_site"),
        CheckConstraint("(holder = 'other') = (npi <> '')", name="npi_of_other"),
        CheckConstraint(
            "whose = coalesce(CAST(provider_id AS TEXT), CAST(site_id AS TEXT), npi)", name="whose_it_is"
        ),
        CheckConstraint("length(number) BETWEEN 1 AND 50", name="number_fits"),
        CheckConstraint("valid_until >= valid_from", name="ends_after_start"),
    )


no_overlap(
    AssignedNumber,
    by=("payer_id", "holder", "whose", "qualifier"),
    starts="valid_from",
    ends="valid_until",
    when="is_active",
)
