"""The pinboard: visits that somebody has laid aside while the days are turned."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.guards import append_only
from frontdesk.models.types import Stamp


class PinnedVisit(Row):
    """A visit on one person's pinboard; it keeps its place in the book."""

    __tablename__ = "pinned_visit"
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    pinned_at: Mapped[datetime] = mapped_column(Stamp)
    ended_at: Mapped[datetime | None] = mapped_column(Stamp)
    """When it was put down or taken off."""
    __table_args__ = (
        Index(
            "uq_pinned_visit",
            "appointment_id",
            sql("coalesce(user_id, 0)"),
            unique=True,
            sqlite_where=sql("ended_at IS NULL"),
            postgresql_where=sql("ended_at IS NULL"),
        ),
    )


append_only(PinnedVisit, but=("ended_at",))
