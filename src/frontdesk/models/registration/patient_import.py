"""Taking over patients from files: which column means what, and the lines that a person must look at."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.types import Choice, Stamp


class ImportLayout(Versioned):
    """What the columns of a kind of file mean, kept for the next file of the kind."""

    __tablename__ = "import_layout"
    header_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    system: Mapped[str] = mapped_column(String(60))
    """Where the file comes from; its patient numbers are known by it."""
    columns: Mapped[str] = mapped_column(Text)
    """JSON: the number of the column, from 0, by field."""
    day_first: Mapped[bool] = mapped_column(Boolean, default=False)
    used_at: Mapped[datetime] = mapped_column(Stamp)
    __table_args__ = (
        CheckConstraint("length(header_sha256) = 64", name="header_sha256_whole"),
        CheckConstraint("trim(system) <> ''", name="names_its_system"),
    )


class ReviewState(StrEnum):
    """What became of a line that looked like a registered patient."""

    WAITING = "waiting"
    SAME = "same"
    REGISTERED = "registered"
    SKIPPED = "skipped"


class ImportReview(Versioned):
    """A line that may be a registered patient: nothing is done with it before a person has looked."""

    __tablename__ = "import_review"
    system: Mapped[str] = mapped_column(String(60))
    line: Mapped[int] = mapped_column(Integer)
    """Counted from 1 in its file, the header included."""
    content: Mapped[str] = mapped_column(Text)
    """JSON of the line, as it was understood."""
    content_sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[ReviewState] = mapped_column(Choice(ReviewState), default=ReviewState.WAITING)
    patient_id: Mapped[int | None] = mapped_column(ForeignKey("patient.id"), index=True)
    """The chart that the line went to."""
    decided_at: Mapped[datetime | None] = mapped_column(Stamp)
    decided_by: Mapped[str] = mapped_column(String(120), default="")
    __table_args__ = (
        UniqueConstraint("system", "content_sha256"),
        CheckConstraint(
            "(state IN ('same', 'registered')) = (patient_id IS NOT NULL)", name="went_to_a_chart"
        ),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided_once"),
        Index("ix_import_review_state", "state", "id"),
    )
