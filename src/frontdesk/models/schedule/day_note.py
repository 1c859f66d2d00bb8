"""What staff leave on a day for each other: "Dr. Lee leaves at 3 for a school play"."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.types import Stamp

LONGEST = 500


class DayNote(Versioned):
    """One writing of a day's note. Its words stay; a change ends it and writes another."""

    __tablename__ = "day_note"
    day: Mapped[date] = mapped_column(Date)
    text: Mapped[str] = mapped_column(Text)
    written_by: Mapped[str] = mapped_column(String(120))
    """The person's name, as the other desks see it."""
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    written_at: Mapped[datetime] = mapped_column(Stamp)
    ended_at: Mapped[datetime | None] = mapped_column(Stamp)
    """When it was changed or taken off; empty on the one that stands."""
    __table_args__ = (
        CheckConstraint(f"length(text) BETWEEN 1 AND {LONGEST}", name="text"),
        Index(
            "uq_day_note_day",
            "day",
            unique=True,
            sqlite_where=sql("ended_at IS NULL"),
            postgresql_where=sql("ended_at IS NULL"),
        ),
    )


append_only(DayNote, but={"ended_at", "version"})
