"""Views of the book that people keep under a name and a key: "Morning team", "To call"."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.types import Choice, Stamp

LONGEST = 40
KEYS = 8
"""Ctrl+F1 to Ctrl+F8: F1 to F12 alone are the window's."""


class BookView(StrEnum):
    """The views of the book, by their pages."""

    DAY = "schedule"
    WEEK = "week"
    MONTH = "month"
    RESOURCES = "resources"
    LIST = "list"


class NamedView(Versioned):
    """What a view shows, without the day: it opens on the day that is looked at."""

    __tablename__ = "named_view"
    name: Mapped[str] = mapped_column(Text)
    key_number: Mapped[int | None] = mapped_column(Integer)
    """The digit after Ctrl+F; without one it is only in the menu."""
    book_view: Mapped[BookView] = mapped_column(Choice(BookView))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    """Only the providers of this place."""
    only_status: Mapped[str] = mapped_column(String(20), default="")
    """A computed status, which the services know; empty: any."""
    unconfirmed_only: Mapped[bool] = mapped_column(Boolean, default=False)
    needs_work: Mapped[bool] = mapped_column(Boolean, default=False)
    is_shared: Mapped[bool] = mapped_column(Boolean)
    """For everybody in the office."""
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    """Who keeps it, and sees it where it is not shared."""
    kept_at: Mapped[datetime] = mapped_column(Stamp)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Stamp)
    __table_args__ = (
        CheckConstraint(f"length(name) BETWEEN 1 AND {LONGEST}", name="name"),
        CheckConstraint(f"key_number BETWEEN 1 AND {KEYS}", name="key_number"),
        Index(
            "uq_named_view_own_key",
            "user_id",
            "key_number",
            unique=True,
            sqlite_where=sql("NOT is_shared AND withdrawn_at IS NULL"),
            postgresql_where=sql("NOT is_shared AND withdrawn_at IS NULL"),
        ),
        Index(
            "uq_named_view_shared_key",
            "key_number",
            unique=True,
            sqlite_where=sql("is_shared AND withdrawn_at IS NULL"),
            postgresql_where=sql("is_shared AND withdrawn_at IS NULL"),
        ),
    )


class NamedViewProvider(Row):
    """A provider whose column a named view shows; without any it shows all."""

    __tablename__ = "named_view_provider"
    named_view_id: Mapped[int] = mapped_column(ForeignKey("named_view.id"))
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))
    __table_args__ = (UniqueConstraint("named_view_id", "provider_id"),)


class NamedViewResource(Row):
    """A row of the Resources view that a named view shows; without any it shows all."""

    __tablename__ = "named_view_resource"
    named_view_id: Mapped[int] = mapped_column(ForeignKey("named_view.id"))
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    __table_args__ = (UniqueConstraint("named_view_id", "resource_id"),)


append_only(NamedView, but={"name", "key_number", "withdrawn_at", "version"})
append_only(NamedViewProvider)
append_only(NamedViewResource)
