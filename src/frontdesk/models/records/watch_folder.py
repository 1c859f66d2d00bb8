"""A folder into which a fax server or a scanner puts files; each station has its own path to it."""

from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.types import Choice


class Afterwards(StrEnum):
    """What becomes of a file that is in the tray."""

    MOVE = "move"
    REMOVE = "remove"


class WatchFolder(Versioned):
    """The folder that one station looks through."""

    __tablename__ = "watch_folder"
    __table_args__ = (
        CheckConstraint("length(path) BETWEEN 1 AND 400", name="path"),
        CheckConstraint("length(source) <= 120", name="source"),
    )

    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"), unique=True)
    path: Mapped[str] = mapped_column(Text)
    afterwards: Mapped[Afterwards] = mapped_column(Choice(Afterwards), default=Afterwards.MOVE)
    source: Mapped[str] = mapped_column(Text, default="")
    """Written on what comes in here: "Fax"."""
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
