"""The practice, its sites, and the days on which it is closed."""

from datetime import date

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned


class Practice(Versioned):
    """The one practice that this database belongs to; it bills under its own NPI and tax number."""

    __tablename__ = "practice"
    name: Mapped[str] = mapped_column(String(120))
    npi: Mapped[str] = mapped_column(String(10))
    tax_id: Mapped[str] = mapped_column(String(9))
    """Nine digits (EIN or SSN), without the dash."""
    tax_id_is_ssn: Mapped[bool] = mapped_column(Boolean, default=False)
    """Of a provider who bills alone, under their own Social Security number."""
    taxonomy: Mapped[str] = mapped_column(String(10), default="")
    address1: Mapped[str] = mapped_column(String(120))
    address2: Mapped[str] = mapped_column(String(120), default="")
    city: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(2))
    zip: Mapped[str] = mapped_column(String(9))
    """Five or nine digits."""
    phone: Mapped[str] = mapped_column(String(10))
    fax: Mapped[str] = mapped_column(String(10), default="")
    email: Mapped[str] = mapped_column(String(120), default="")
    zone: Mapped[str] = mapped_column(String(60))
    """IANA name, such as "America/Los_Angeles"."""
    lock_after_minutes: Mapped[int] = mapped_column(Integer, default=5)
    singleton: Mapped[int] = mapped_column(Integer, default=1, unique=True)
    __table_args__ = (
        CheckConstraint("singleton = 1", name="only_one"),
        CheckConstraint("length(npi) = 10", name="npi_length"),
        CheckConstraint("length(tax_id) = 9", name="tax_id_length"),
        CheckConstraint("length(zip) IN (5, 9)", name="zip_length"),
        CheckConstraint("lock_after_minutes BETWEEN 1 AND 60", name="lock_after_minutes_range"),
    )


class Site(Versioned):
    """A place where patients are seen."""

    __tablename__ = "site"
    name: Mapped[str] = mapped_column(String(120))
    zone: Mapped[str] = mapped_column(String(60))
    npi: Mapped[str] = mapped_column(String(10), default="")
    """Empty where the site bills under the practice's."""
    place_of_service: Mapped[str] = mapped_column(String(2), default="11")
    address1: Mapped[str] = mapped_column(String(120))
    address2: Mapped[str] = mapped_column(String(120), default="")
    city: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(2))
    zip: Mapped[str] = mapped_column(String(9))
    phone: Mapped[str] = mapped_column(String(10), default="")
    is_main: Mapped[bool] = mapped_column(Boolean, default=False)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    __table_args__ = (
        CheckConstraint("length(place_of_service) = 2", name="place_of_service_length"),
        CheckConstraint("is_active OR NOT is_main", name="main_site_is_active"),
        Index(
            "uq_site_main",
            "is_main",
            unique=True,
            sqlite_where=text("is_main"),
            postgresql_where=text("is_main"),
        ),
        Index(
            "uq_site_name",
            "name",
            unique=True,
            sqlite_where=text("is_active"),
            postgresql_where=text("is_active"),
        ),
    )


class Holiday(Versioned):
    """A day on which a site, or with no site the whole practice, is closed."""

    __tablename__ = "holiday"
    on: Mapped[date] = mapped_column(Date, index=True)
    name: Mapped[str] = mapped_column(String(80))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"), index=True)
    __table_args__ = (
        Index(
            "uq_holiday_practice",
            "on",
            unique=True,
            sqlite_where=text("site_id IS NULL"),
            postgresql_where=text("site_id IS NULL"),
        ),
        Index("uq_holiday_site", "on", "site_id", unique=True),
    )
