"""Where a visit stands: the sum of its events. Pure; the only place that adds them up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from frontdesk.models.schedule.appointment import (
    AppointmentEvent,
    CancelledBy,
    Confirmation,
    EventKind,
    Lifecycle,
    Stage,
)

PLACES = (EventKind.BOOKED, EventKind.MOVED, EventKind.RESIZED)
"""Events that say where in the book the visit is."""

STAGES = {
    EventKind.ARRIVED: Stage.ARRIVED,
    EventKind.CHECK_IN_STARTED: Stage.CHECKING_IN,
    EventKind.READY: Stage.READY,
    EventKind.ROOMED: Stage.ROOMED,
    EventKind.PROVIDER_IN: Stage.WITH_PROVIDER,
    EventKind.PROVIDER_OUT: Stage.SEEN,
    EventKind.CHECK_OUT_STARTED: Stage.CHECKING_OUT,
    EventKind.COMPLETED: Stage.GONE,
}
"""The way through the office, in order."""

_ENDS = {
    EventKind.CANCELLED: Lifecycle.CANCELLED,
    EventKind.NO_SHOW: Lifecycle.NO_SHOW,
    EventKind.LEFT: Lifecycle.LEFT,
    EventKind.IN_ERROR: Lifecycle.IN_ERROR,
}
_CALLED_OFF = (Lifecycle.CANCELLED, Lifecycle.NO_SHOW)
_OCCUPIES = (
    Lifecycle.HELD,
    Lifecycle.BOOKED,
    Lifecycle.ARRIVED,
    Lifecycle.IN_PROGRESS,
    Lifecycle.COMPLETED,
)


@dataclass(slots=True)
class Standing:
    """All three axes but readiness, with the stamps that lists show."""

    lifecycle: Lifecycle = Lifecycle.IN_ERROR
    """A visit whose booking was taken back was never one."""
    stage: Stage = Stage.EXPECTED
    stage_at: datetime | None = None
    confirmation: Confirmation = Confirmation.NONE
    contact_attempts: int = 0
    place: AppointmentEvent | None = None
    room_id: int | None = None
    arrived_at: datetime | None = None
    ready_at: datetime | None = None
    roomed_at: datetime | None = None
    provider_in_at: datetime | None = None
    provider_out_at: datetime | None = None
    completed_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancelled_by: CancelledBy | None = None
    is_late_cancellation: bool = False
    rescheduled_to_id: int | None = None
    needs_rebooking: bool = False
    rebooking_attempts: int = 0
    is_off_book: bool = False

    @property
    def occupying_event_id(self) -> int | None:
        """The placement whose resources are taken; none after the visit was called off."""
        return self.place.id if self.place and self.lifecycle in _OCCUPIES else None


def occupies(lifecycle: Lifecycle) -> bool:
    """Whether a visit has its place in the book, and what was promised to it."""
    return lifecycle in _OCCUPIES


def void(events: Iterable[AppointmentEvent]) -> set[int]:
    """The ids of events that were replaced or taken back, and not brought again."""
    found: set[int] = set()
    for event in sorted(events, key=lambda event: event.id, reverse=True):
        if event.id not in found and event.corrects_id is not None:
            found.add(event.corrects_id)
    return found


def live(events: Sequence[AppointmentEvent]) -> list[AppointmentEvent]:
    """The events that hold, in order; a correction stands in its original's place."""
    by_id = {event.id: event for event in events}
    gone = void(events)

    def position(event: AppointmentEvent) -> int:
        while event.corrects_id is not None:
            event = by_id[event.corrects_id]
        return event.id

    holding = (event for event in events if event.id not in gone and event.kind is not EventKind.TAKEN_BACK)
    return sorted(holding, key=position)


def standing(events: Sequence[AppointmentEvent]) -> Standing:
    """Adds up what happened."""
    at = Standing()
    for event in live(events):
        _add(at, event)
    return at


def _add(at: Standing, event: AppointmentEvent) -> None:
    kind = event.kind
    if kind in PLACES:
        at.place = event
        if kind is EventKind.BOOKED:
            at.lifecycle = Lifecycle.BOOKED
        elif kind is EventKind.MOVED:
            at.confirmation, at.contact_attempts = Confirmation.NONE, 0
    elif kind is EventKind.CONTACTED:
        assert event.outcome is not None, "ck_appointment_event_contacted"
        if at.lifecycle in _CALLED_OFF:
            at.rebooking_attempts += 1  # what is said about a new time says nothing of the old
        else:
            at.confirmation = event.outcome
            at.contact_attempts += 1
    elif kind in STAGES:
        _add_step(at, event)
    elif kind in _ENDS:
        at.lifecycle, at.room_id = _ENDS[kind], None
        at.stage, at.stage_at = (Stage.GONE if kind is EventKind.LEFT else Stage.EXPECTED), event.at
        if kind is EventKind.CANCELLED:
            at.cancelled_at, at.cancelled_by = event.at, event.cancelled_by
            at.is_late_cancellation = event.is_late
        at.needs_rebooking, at.is_off_book = event.wants_rebooking, event.leaves_book
        at.rebooking_attempts = 0
    elif kind is EventKind.RESTORED:
        at.lifecycle, at.stage, at.stage_at = Lifecycle.BOOKED, Stage.EXPECTED, None
        at.cancelled_at, at.cancelled_by, at.is_late_cancellation = None, None, False
        at.needs_rebooking, at.rebooking_attempts, at.is_off_book = False, 0, False
    elif kind is EventKind.NO_LONGER_WANTED:
        at.needs_rebooking = False
    elif kind is EventKind.RESCHEDULED:
        at.rescheduled_to_id = event.rescheduled_to_id
        at.needs_rebooking = False
        if at.lifecycle is not Lifecycle.NO_SHOW:
            at.lifecycle = Lifecycle.RESCHEDULED


def _add_step(at: Standing, event: AppointmentEvent) -> None:
    kind = event.kind
    at.stage, at.stage_at = STAGES[kind], event.at
    if kind is EventKind.ARRIVED:
        at.lifecycle, at.arrived_at = Lifecycle.ARRIVED, event.at
    elif kind is EventKind.READY:
        at.ready_at = event.at
    elif kind is EventKind.ROOMED:
        at.room_id, at.roomed_at = event.room_id, event.at
    elif kind is EventKind.PROVIDER_IN:
        at.lifecycle, at.provider_in_at = Lifecycle.IN_PROGRESS, event.at
    elif kind is EventKind.PROVIDER_OUT:
        at.provider_out_at = event.at
    elif kind is EventKind.CHECK_OUT_STARTED:
        at.room_id = None
    elif kind is EventKind.COMPLETED:
        at.lifecycle, at.completed_at, at.room_id = Lifecycle.COMPLETED, event.at, None
