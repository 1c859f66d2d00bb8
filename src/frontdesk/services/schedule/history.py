"""What happened to a visit: events are added here, and everything that follows from them is kept in step."""

from datetime import datetime
from typing import Final, TypedDict, Unpack

from sqlalchemy import select

from frontdesk.models.schedule.appointment import (
    Appointment,
    AppointmentEvent,
    CancelledBy,
    Channel,
    Confirmation,
    EventKind,
)
from frontdesk.services import audit
from frontdesk.services.schedule import lengths, occupancy, rooming, visit_authorizations
from frontdesk.services.schedule.standing import Standing, standing
from frontdesk.services.work import Work

_COLUMNS: Final = tuple(AppointmentEvent.__table__.columns.keys())


class Facts(TypedDict, total=False):
    """What an event may say beside its kind and time."""

    at: datetime
    reason: str
    corrects_id: int
    starts: datetime
    ends: datetime
    provider_id: int
    is_overbooked: bool
    room_id: int
    channel: Channel
    outcome: Confirmation
    cancelled_by: CancelledBy
    is_late: bool
    wants_rebooking: bool
    leaves_book: bool
    rescheduled_to_id: int


def begin(work: Work, appointment: Appointment, **facts: Unpack[Facts]) -> AppointmentEvent:
    """Books a new visit: its row and its first event."""
    appointment.id = work.new_id()
    event = _event(work, appointment.id, EventKind.BOOKED, facts)
    at = standing([event])
    _show(appointment, at)
    work.add(appointment)
    audit.insert_rows(work, AppointmentEvent, [{name: getattr(event, name) for name in _COLUMNS}])
    visit_authorizations.follow(work, appointment, None, at)
    return event


def record(work: Work, appointment: Appointment, kind: EventKind, **facts: Unpack[Facts]) -> AppointmentEvent:
    """Adds an event; the visit's row, its resources and its room follow.

    Raises `Refused` when a resource or room that the visit would take again is taken meanwhile.
    """
    events = events_of(work, appointment.id)
    work.comes_after(events[-1].id)
    before = standing(events)
    event = work.add(_event(work, appointment.id, kind, facts))
    after = standing([*events, event])
    occupancy.follow(work, appointment, before, after)
    rooming.follow(work, before, after, is_taken_back=kind is EventKind.TAKEN_BACK)
    _show(appointment, after)
    work.flush()
    lengths.follow(work, appointment, before, after)
    visit_authorizations.follow(work, appointment, before, after)
    return event


def events_of(work: Work, appointment_id: int) -> list[AppointmentEvent]:
    """Everything that was recorded, oldest first."""
    asked = (
        select(AppointmentEvent)
        .where(AppointmentEvent.appointment_id == appointment_id)
        .order_by(AppointmentEvent.id)
    )
    return list(work.session.scalars(asked))


def _event(work: Work, appointment_id: int, kind: EventKind, facts: Facts) -> AppointmentEvent:
    event = AppointmentEvent(
        id=work.new_id(),
        appointment_id=appointment_id,
        kind=kind,
        at=facts.get("at", work.now),
        recorded_at=work.now,
        user_id=work.actor.user_id,
        station_id=work.station.id,
        reason=facts.get("reason", ""),
        is_overbooked=facts.get("is_overbooked", False),
        is_late=facts.get("is_late", False),
        wants_rebooking=facts.get("wants_rebooking", False),
        leaves_book=facts.get("leaves_book", False),
    )
    for name, value in facts.items():
        setattr(event, name, value)
    return event


def _show(appointment: Appointment, at: Standing) -> None:
    """Writes on the visit's row what its events add up to."""
    if at.place is not None:
        place = at.place
        assert place.starts is not None, "ck_appointment_event_placed_somewhere"
        assert place.ends is not None, "ck_appointment_event_placed_somewhere"
        assert place.provider_id is not None, "ck_appointment_event_placed_somewhere"
        appointment.starts, appointment.ends = place.starts, place.ends
        appointment.provider_id, appointment.is_overbooked = place.provider_id, place.is_overbooked
    appointment.lifecycle = at.lifecycle
    appointment.stage, appointment.stage_at = at.stage, at.stage_at
    appointment.confirmation, appointment.contact_attempts = at.confirmation, at.contact_attempts
    appointment.room_id = at.room_id
    appointment.arrived_at, appointment.ready_at = at.arrived_at, at.ready_at
    appointment.roomed_at = at.roomed_at
    appointment.provider_in_at, appointment.provider_out_at = at.provider_in_at, at.provider_out_at
    appointment.completed_at = at.completed_at
    appointment.cancelled_at, appointment.cancelled_by = at.cancelled_at, at.cancelled_by
    appointment.is_late_cancellation = at.is_late_cancellation
    appointment.rescheduled_to_id = at.rescheduled_to_id
    appointment.needs_rebooking, appointment.is_off_book = at.needs_rebooking, at.is_off_book
    appointment.rebooking_attempts = at.rebooking_attempts
