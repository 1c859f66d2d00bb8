"""What became of a document's pages: each arrangement is a version of its own, and the first stays."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.guards import append_only
from frontdesk.models.types import Choice, Stamp


class VersionCause(StrEnum):
    """What made a version."""

    CAME_IN = "came_in"
    ARRANGED = "arranged"
    """Pages turned, moved, left out."""
    SPLIT = "split"
    JOINED = "joined"
    BROUGHT_BACK = "brought_back"
    """An earlier version is shown again."""


class DocumentVersion(Row):
    """One state of a document's pages, from the first change on; before it the document is as it came."""

    __tablename__ = "document_version"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("pages > 0", name="pages"),
    )

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    cause: Mapped[VersionCause] = mapped_column(Choice(VersionCause))
    sha256: Mapped[str] = mapped_column(ForeignKey("document_content.sha256"), index=True)
    media_type: Mapped[str] = mapped_column(Text)
    pages: Mapped[int | None]
    made_of: Mapped[str] = mapped_column(Text, default="")
    """Its pages in order, as JSON: the content, the page of it from 1, the degrees it was turned."""
    reason: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(Stamp)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


append_only(DocumentVersion)
