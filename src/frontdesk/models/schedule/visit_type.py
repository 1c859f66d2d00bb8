"""The kinds of visit an office gives, and what each needs, minute by minute."""

from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.schedule.template import BlockKind
from frontdesk.models.types import Choice, Choices, only_words_of


class PhaseKind(StrEnum):
    """Which part of a visit this is."""

    PREPARATION = "preparation"
    PROCEDURE = "procedure"
    RECOVERY = "recovery"
    CLEANING = "cleaning"


class Role(StrEnum):
    """Which kind of resource a phase needs."""

    PROVIDER = "provider"
    ROOM = "room"
    DEVICE = "device"
    STAFF = "staff"


class VisitType(Versioned):
    """A kind of visit. Switched off, never deleted: past visits name it."""

    __tablename__ = "visit_type"
    name: Mapped[str] = mapped_column(String(80))
    short_name: Mapped[str] = mapped_column(String(20), default="")
    minutes: Mapped[int | None] = mapped_column(Integer)
    """Empty while the office has not decided; then each visit needs its own length."""
    arrive_early_minutes: Mapped[int] = mapped_column(Integer, default=0)
    preparation: Mapped[str] = mapped_column(String(200), default="")
    """What the patient is told: "full bladder"."""
    preparation_hours: Mapped[int] = mapped_column(Integer, default=0)
    """How long before the visit the patient must be told: no opening is offered sooner."""
    needs_authorization: Mapped[bool] = mapped_column(Boolean, default=False)
    authorization_days: Mapped[int] = mapped_column(Integer, default=0)
    """Working days that the payer's answer usually takes: an opening sooner bears a warning."""
    color: Mapped[str] = mapped_column(String(20), default="")
    opens_blocks: Mapped[tuple[BlockKind, ...]] = mapped_column(Choices(BlockKind), default=())
    """The kinds of kept time that this type may be booked into."""
    for_new_patients: Mapped[bool] = mapped_column(Boolean, default=False)
    is_video: Mapped[bool] = mapped_column(Boolean, default=False)
    sort_order: Mapped[int] = mapped_column(Integer, default=0)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    __table_args__ = (
        CheckConstraint("name <> ''", name="has_a_name"),
        CheckConstraint(only_words_of("opens_blocks", BlockKind), name="opens_blocks"),
        CheckConstraint("minutes BETWEEN 5 AND 720", name="minutes_in_a_day"),
        CheckConstraint("arrive_early_minutes BETWEEN 0 AND 240", name="arrive_early_minutes"),
        CheckConstraint("preparation_hours BETWEEN 0 AND 720", name="preparation_hours"),
        CheckConstraint("authorization_days BETWEEN 0 AND 60", name="authorization_days"),
        Index(
            "uq_visit_type_name",
            "name",
            unique=True,
            sqlite_where=text("is_active"),
            postgresql_where=text("is_active"),
        ),
    )


class VisitTypePhase(Row):
    """One stretch of one resource, counted from the start of the visit.

    A type without phases needs its provider from start to end. Phases that want the same kind of
    thing are served by the same thing. When a visit is made longer or shorter than its type, the
    change falls at the end: what lies at or after the type's end moves with it.
    """

    __tablename__ = "visit_type_phase"
    visit_type_id: Mapped[int] = mapped_column(ForeignKey("visit_type.id"), index=True)
    kind: Mapped[PhaseKind] = mapped_column(Choice(PhaseKind), default=PhaseKind.PROCEDURE)
    role: Mapped[Role] = mapped_column(Choice(Role))
    wanted: Mapped[str] = mapped_column(String(60), default="")
    """Room kind, device kind or skill; empty for the provider, who is the visit's own."""
    offset_minutes: Mapped[int] = mapped_column(Integer)
    minutes: Mapped[int] = mapped_column(Integer)
    __table_args__ = (
        CheckConstraint("offset_minutes BETWEEN 0 AND 720", name="offset"),
        CheckConstraint("minutes BETWEEN 1 AND 720", name="length"),
        CheckConstraint("(role = 'provider') = (wanted = '')", name="wants_a_kind"),
    )
