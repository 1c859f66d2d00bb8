"""Two charts that may be one person's: what speaks for it, and what the desk decided."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.types import Choice, Stamp


class PairState(StrEnum):
    """What became of a pair. One that is `DIFFERENT` is offered again only when more speaks for it."""

    OPEN = "open"
    LATER = "later"
    DIFFERENT = "different"
    MERGED = "merged"


class PairSource(StrEnum):
    """Where a pair came from."""

    DESK = "desk"
    """Somebody was registered all the same."""
    SWEEP = "sweep"


class DuplicatePair(Versioned):
    """The lower id first, so that a pair stands once."""

    __tablename__ = "duplicate_pair"
    one_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    points: Mapped[float] = mapped_column(Float)
    is_certain: Mapped[bool] = mapped_column(Boolean, default=False)
    reasons: Mapped[str] = mapped_column(Text)
    """JSON: what speaks for it, in words."""
    state: Mapped[PairState] = mapped_column(Choice(PairState), default=PairState.OPEN)
    source: Mapped[PairSource] = mapped_column(Choice(PairSource))
    found_at: Mapped[datetime] = mapped_column(Stamp)
    decided_at: Mapped[datetime | None] = mapped_column(Stamp)
    decided_by: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    later_on: Mapped[date | None] = mapped_column(Date)
    """The day on which it is offered again."""
    is_again: Mapped[bool] = mapped_column(Boolean, default=False)
    """Decided before; offered again because more speaks for it now."""
    __table_args__ = (
        UniqueConstraint("one_id", "other_id"),
        CheckConstraint("one_id < other_id", name="lower_first"),
        CheckConstraint("(state = 'open') OR decided_at IS NOT NULL", name="decided_with_time"),
        CheckConstraint("(state = 'later') = (later_on IS NOT NULL)", name="later_has_a_day"),
        CheckConstraint("length(note) <= 200", name="note"),
        Index("ix_duplicate_pair_state", "state", "points"),
    )


class DuplicateSweep(Versioned):
    """One pass over the patients; the next looks only at those that changed since it began."""

    __tablename__ = "duplicate_sweep"
    begun_at: Mapped[datetime] = mapped_column(Stamp)
    since_id: Mapped[int] = mapped_column(BigInteger)
    """Audit entries and patients with a greater id are looked at; 0: everybody."""
    until_id: Mapped[int] = mapped_column(BigInteger)
    cursor_id: Mapped[int] = mapped_column(BigInteger, default=0)
    """The last patient that was looked at."""
    compared: Mapped[int] = mapped_column(Integer, default=0)
    found: Mapped[int] = mapped_column(Integer, default=0)
    finished_at: Mapped[datetime | None] = mapped_column(Stamp)
