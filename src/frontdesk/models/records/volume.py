"""The paper charts: volumes with their shelf and holder, what each holds, and every move of them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.records.document import Category
from frontdesk.models.types import Choice, Stamp


class FilingOrder(StrEnum):
    """How the shelves are sorted."""

    TERMINAL_DIGIT = "terminal_digit"
    MIDDLE_DIGIT = "middle_digit"
    STRAIGHT = "straight"
    ALPHABETIC = "alphabetic"


class Place(StrEnum):
    """Where a volume can be."""

    SHELF = "shelf"
    PULLED = "pulled"
    """Taken from the shelf for a day's visits, not handed over yet."""
    DESK = "desk"
    """A provider's."""
    ROOM = "room"
    PERSON = "person"
    TO_REFILE = "to_refile"
    """Brought back, not on its shelf yet."""
    OFF_SITE = "off_site"
    MISSING = "missing"
    DESTROYED = "destroyed"
    """Shredded in a disposal run, which its words name; its entry stays."""


class MoveKind(StrEnum):
    """What can happen to a volume."""

    CHECKED_OUT = "checked_out"
    HANDED_OVER = "handed_over"
    RETURNED = "returned"
    REFILED = "refiled"
    MISSING = "missing"
    FOUND = "found"
    DESTROYED = "destroyed"
    TAKEN_BACK = "taken_back"
    """A move was a mistake."""


class PaperRule(Versioned):
    """How the office keeps paper: one row; without it there is none."""

    __tablename__ = "paper_rule"
    single: Mapped[int] = mapped_column(Integer, default=1, unique=True)
    keeps_paper: Mapped[bool]
    filing_order: Mapped[FilingOrder] = mapped_column(Choice(FilingOrder))
    __table_args__ = (CheckConstraint("single = 1", name="one_row"),)


class Standing:
    """Where a volume is and for whom: the same columns on the volume and on each of its moves."""

    place: Mapped[Place] = mapped_column(Choice(Place), default=Place.SHELF)
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("provider.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    words: Mapped[str] = mapped_column(String(120), default="")
    """Who has it where that is no user, or which box it is in."""
    out_at: Mapped[datetime | None] = mapped_column(Stamp)
    """Since when it is off its shelf."""
    out_by: Mapped[str] = mapped_column(String(120), default="")
    out_for: Mapped[str] = mapped_column(String(120), default="")
    """ "Dr. Lee, 11:15"."""
    for_on: Mapped[date | None] = mapped_column(Date)
    """The day whose visits it was pulled for."""
    due_on: Mapped[date | None] = mapped_column(Date)


def _whole() -> tuple[CheckConstraint, ...]:
    """The checks on a standing, of each table its own."""
    return (
        CheckConstraint("(place = 'desk') = (provider_id IS NOT NULL)", name="desk_is_somebodys"),
        CheckConstraint("(place = 'room') = (room_id IS NOT NULL)", name="room_is_one"),
        CheckConstraint("place <> 'person' OR user_id IS NOT NULL OR words <> ''", name="person_is_somebody"),
        CheckConstraint("place <> 'off_site' OR words <> ''", name="box_is_named"),
        CheckConstraint("(place = 'shelf') = (out_at IS NULL)", name="out_since"),
    )


class ChartVolume(Standing, Versioned):
    """One folder of paper. It keeps the number on its label when charts are merged."""

    __tablename__ = "chart_volume"
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    number: Mapped[int]
    filed_as: Mapped[str] = mapped_column(String(40), index=True)
    """The chart number on its label."""
    barcode: Mapped[str] = mapped_column(String(40), unique=True)
    home: Mapped[str] = mapped_column(String(80))
    """ "Bay C, shelf 4, H-0917"."""
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    since_at: Mapped[datetime] = mapped_column(Stamp)
    """Since when it is where it is."""
    __table_args__ = (
        CheckConstraint("number BETWEEN 1 AND 999", name="number"),
        CheckConstraint("home <> ''", name="has_a_home"),
        CheckConstraint("barcode <> ''", name="has_a_barcode"),
        CheckConstraint("closed_on >= opened_on", name="closed_after_opened"),
        *_whole(),
        Index("ix_chart_volume_place", "place"),
        Index("ix_chart_volume_for_on", "for_on"),
    )


class VolumePart(Row):
    """What of the chart stands in a volume, from when to when, and when it was scanned."""

    __tablename__ = "volume_part"
    volume_id: Mapped[int] = mapped_column(ForeignKey("chart_volume.id"), index=True)
    category: Mapped[Category] = mapped_column(Choice(Category))
    from_on: Mapped[date]
    until_on: Mapped[date]
    scanned_on: Mapped[date | None]
    __table_args__ = (CheckConstraint("until_on >= from_on", name="ends_after_it_begins"),)


class VolumeMove(Standing, Row):
    """One move, and where the volume stood after it."""

    __tablename__ = "volume_move"
    volume_id: Mapped[int] = mapped_column(ForeignKey("chart_volume.id"))
    number: Mapped[int]
    """The moves of a volume in their order, whatever the clocks of the desks say."""
    kind: Mapped[MoveKind] = mapped_column(Choice(MoveKind))
    takes_back_id: Mapped[int | None] = mapped_column(ForeignKey("volume_move.id"))
    note: Mapped[str] = mapped_column(String(200), default="")
    moved_at: Mapped[datetime] = mapped_column(Stamp)
    moved_by: Mapped[str] = mapped_column(String(120))
    moved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    __table_args__ = (
        *_whole(),
        UniqueConstraint("volume_id", "number"),
        Index("ix_volume_move_kind_for_on", "kind", "for_on"),
    )


class VolumeLook(Row):
    """A place where somebody looked for a missing volume, since the move that says it is missing."""

    __tablename__ = "volume_look"
    move_id: Mapped[int] = mapped_column(ForeignKey("volume_move.id"))
    spot: Mapped[str] = mapped_column(String(160))
    """The place's name in the search: "beside:12"."""
    looked_at: Mapped[datetime] = mapped_column(Stamp)
    looked_by: Mapped[str] = mapped_column(String(120))
    __table_args__ = (UniqueConstraint("move_id", "spot"),)


append_only(VolumeMove)
