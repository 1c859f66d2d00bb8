"""Half-done work that a person put aside, kept until they take it up again."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.guards import append_only
from frontdesk.models.types import Stamp

LONGEST = 100_000
"""Characters of what a page needs to go on."""


class ParkedWork(Row):
    """What stood on a page when the next person interrupted; belongs to the person, at any desk."""

    __tablename__ = "parked_work"
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    page: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(Text, info={"secret": True})
    content: Mapped[str] = mapped_column(Text, info={"secret": True})
    """As the page wrote it; empty once it was taken up."""
    parked_at: Mapped[datetime] = mapped_column(Stamp)
    taken_at: Mapped[datetime | None] = mapped_column(Stamp)
    __table_args__ = (
        CheckConstraint("title <> '' AND length(title) <= 300", name="title"),
        CheckConstraint(f"length(content) <= {LONGEST}", name="content"),
        CheckConstraint("(content = '') = (taken_at IS NOT NULL)", name="emptied_when_taken"),
        Index(
            "ix_parked_work_waiting",
            "user_id",
            "parked_at",
            sqlite_where=sql("taken_at IS NULL"),
            postgresql_where=sql("taken_at IS NULL"),
        ),
    )


append_only(ParkedWork, but={"content", "taken_at"})
