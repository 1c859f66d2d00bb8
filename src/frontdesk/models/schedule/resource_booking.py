"""Which resource is taken when, by a visit or by a hold: the table that refuses double booking."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import no_overlap
from frontdesk.models.schedule.visit_type import PhaseKind
from frontdesk.models.types import Choice, Stamp, WallTime


class SlotHold(Versioned):
    """A time kept for a caller while the booking is talked over; it ends by itself."""

    __tablename__ = "slot_hold"
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))
    visit_type_id: Mapped[int] = mapped_column(ForeignKey("visit_type.id"))
    patient_id: Mapped[int | None] = mapped_column(ForeignKey("patient.id"))
    starts: Mapped[datetime] = mapped_column(WallTime)
    ends: Mapped[datetime] = mapped_column(WallTime)
    held_by: Mapped[str] = mapped_column(String(120))
    """The person's name, as the other desks see it."""
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    expires_at: Mapped[datetime] = mapped_column(Stamp, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(Stamp)
    """When it was given up or turned into a visit, or was found expired."""
    __table_args__ = (CheckConstraint("ends > starts", name="ends_after_start"),)


class ResourceBooking(Row):
    """One stretch of one resource. Each placement of a visit writes its own; only the last is active."""

    __tablename__ = "resource_booking"
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("appointment_event.id"))
    """The event that put the visit there."""
    slot_hold_id: Mapped[int | None] = mapped_column(ForeignKey("slot_hold.id"), index=True)
    phase: Mapped[PhaseKind] = mapped_column(Choice(PhaseKind), default=PhaseKind.PROCEDURE)
    starts: Mapped[datetime] = mapped_column(WallTime)
    ends: Mapped[datetime] = mapped_column(WallTime)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    """Whether the resource is taken: not after a cancellation, a move away, or the end of a hold."""
    is_exclusive: Mapped[bool] = mapped_column(Boolean, default=True)
    """Whether the database refuses another beside it: an overbooked visit is active, not exclusive."""
    __table_args__ = (
        CheckConstraint("ends > starts", name="ends_after_start"),
        CheckConstraint("date(starts) = date(ends)", name="within_one_day"),
        CheckConstraint("is_active OR NOT is_exclusive", name="exclusive_while_active"),
        CheckConstraint("(appointment_id IS NULL) <> (slot_hold_id IS NULL)", name="for_one_thing"),
        CheckConstraint("(appointment_id IS NULL) = (event_id IS NULL)", name="placed_by_an_event"),
        Index("ix_resource_booking_resource_starts", "resource_id", "starts"),
        Index("ix_resource_booking_starts", "starts"),
    )


no_overlap(ResourceBooking, by="resource_id", when="is_exclusive", within_days=1)
