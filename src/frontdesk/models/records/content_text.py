"""The words that stand in a content's bytes: derived from them, once for all documents that show them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Base
from frontdesk.models.types import Choice, Stamp


class TextState(StrEnum):
    """What came of reading."""

    PENDING = "pending"
    TEXT = "text"
    NO_TEXT = "no_text"
    """A scan or a picture: it shows words, and holds none."""
    FAILED = "failed"
    """It could not be read in the time and room that are given."""
    ERASED = "erased"
    """The bytes were destroyed, and the words with them."""


class ContentText(Base):
    """One content's text as it is read; found again from the bytes, so it may be made anew."""

    __tablename__ = "content_text"
    in_audit = False
    __table_args__ = (
        CheckConstraint("state = 'text' OR text = ''", name="text_where_read"),
        Index(
            "ix_content_text_pending",
            "sha256",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
    )

    sha256: Mapped[str] = mapped_column(ForeignKey("document_content.sha256"), primary_key=True)
    state: Mapped[TextState] = mapped_column(Choice(TextState, name="text_state"))
    text: Mapped[str] = mapped_column(Text, default="")
    is_cut: Mapped[bool] = mapped_column(default=False)
    """Whether there is more than is kept here."""
    read_at: Mapped[datetime | None] = mapped_column(Stamp)
