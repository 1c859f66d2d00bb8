"""Boxes of closed paper charts that stand with a vendor: what is in each, where it is, and its moves."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.types import Choice, Stamp


class BoxPlace(StrEnum):
    """Where a box is."""

    HERE = "here"
    OFF_SITE = "off_site"
    RECALLED = "recalled"
    """Asked back from the vendor, not here yet."""
    DESTROYED = "destroyed"


class BoxMoveKind(StrEnum):
    """What can happen to a box."""

    PACKED = "packed"
    SENT = "sent"
    RECALLED = "recalled"
    CAME_BACK = "came_back"
    TAKEN_BACK = "taken_back"
    """The move before was a mistake."""
    DESTROYED = "destroyed"


class StorageBox(Versioned):
    """One box, known by its number here and by the vendor's own barcode."""

    __tablename__ = "storage_box"
    number: Mapped[int] = mapped_column(Integer, unique=True)
    vendor: Mapped[str] = mapped_column(String(120))
    location: Mapped[str] = mapped_column(String(120), default="")
    """Where it stands there, as the vendor says it."""
    barcode: Mapped[str] = mapped_column(String(40), default="")
    place: Mapped[BoxPlace] = mapped_column(Choice(BoxPlace), default=BoxPlace.HERE)
    since_on: Mapped[date]
    __table_args__ = (CheckConstraint("trim(vendor) <> ''", name="has_a_vendor"),)


class BoxedVolume(Versioned):
    """That a volume lies in a box, or lay there once."""

    __tablename__ = "boxed_volume"
    box_id: Mapped[int] = mapped_column(ForeignKey("storage_box.id"), index=True)
    volume_id: Mapped[int] = mapped_column(ForeignKey("chart_volume.id"))
    put_in_at: Mapped[datetime] = mapped_column(Stamp)
    taken_out_at: Mapped[datetime | None] = mapped_column(Stamp)
    __table_args__ = (
        Index(
            "uq_boxed_volume_once",
            "volume_id",
            unique=True,
            sqlite_where=text("taken_out_at IS NULL"),
            postgresql_where=text("taken_out_at IS NULL"),
        ),
    )


class BoxMove(Row):
    """A line of a box's log."""

    __tablename__ = "box_move"
    box_id: Mapped[int] = mapped_column(ForeignKey("storage_box.id"), index=True)
    kind: Mapped[BoxMoveKind] = mapped_column(Choice(BoxMoveKind))
    place: Mapped[BoxPlace] = mapped_column(Choice(BoxPlace))
    moved_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")
    moved_at: Mapped[datetime] = mapped_column(Stamp)
    moved_by: Mapped[str] = mapped_column(String(120))
    moved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


append_only(BoxMove)
