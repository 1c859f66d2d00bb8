"""What is taken: the bookings and live holds of resources, and the patient's own visits."""

from collections.abc import Collection
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import bindparam, or_, select

from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.resource_booking import ResourceBooking, SlotHold
from frontdesk.services.schedule.intervals import Interval, minute_of, normal
from frontdesk.services.work import Work

STANDING = (Lifecycle.BOOKED, Lifecycle.ARRIVED, Lifecycle.IN_PROGRESS, Lifecycle.COMPLETED)
"""A visit in one of these has its patient, and its resources."""


class Taken(NamedTuple):
    """A stretch of a resource, in minutes from the origin, and by what it is taken."""

    starts: int
    ends: int
    appointment_id: int | None
    held_by: str
    held_until: datetime | None


def load(
    work: Work,
    origin: datetime,
    until: datetime,
    resource_ids: Collection[int],
    *,
    beside_appointment: int | None = None,
    beside_hold: int | None = None,
    beside_also: Collection[int] = (),
) -> dict[int, list[Taken]]:
    """What is taken of each resource, sorted; one visit and one hold may be looked past.

    `beside_also` are visits that move away together with it.
    """
    asked = _TAKEN
    if beside_also:
        asked = asked.where(
            or_(
                ResourceBooking.appointment_id.is_(None),
                ResourceBooking.appointment_id.not_in(sorted(beside_also)),
            )
        )
    if beside_appointment is not None:
        asked = asked.where(
            or_(
                ResourceBooking.appointment_id.is_(None),
                ResourceBooking.appointment_id != beside_appointment,
            )
        )
    if beside_hold is not None:
        asked = asked.where(
            or_(ResourceBooking.slot_hold_id.is_(None), ResourceBooking.slot_hold_id != beside_hold)
        )
    taken: dict[int, list[Taken]] = {id: [] for id in resource_ids}
    wanted = {"resources": tuple(resource_ids), "begin": origin, "end": until, "now": work.now}
    for resource_id, starts, ends, appointment_id, held_by, held_until in work.session.execute(asked, wanted):
        taken[resource_id].append(
            Taken(
                minute_of(starts, origin), minute_of(ends, origin), appointment_id, held_by or "", held_until
            )
        )
    return taken


def spans(taken: list[Taken]) -> list[Interval]:
    """Only when, with what touches made one."""
    return normal((each.starts, each.ends) for each in taken)


def load_spans(
    work: Work, origin: datetime, until: datetime, resource_ids: Collection[int]
) -> dict[int, list[Interval]]:
    """When each resource is taken, no matter by what: for searches over months, so without ORM rows."""
    booking = ResourceBooking.__table__.c
    live_holds = select(SlotHold.id).where(SlotHold.expires_at > work.now)
    asked = (
        select(booking.resource_id, booking.starts, booking.ends)
        .where(
            booking.is_active,
            booking.resource_id.in_(resource_ids),
            booking.starts >= origin,
            booking.starts < until,
            or_(booking.slot_hold_id.is_(None), booking.slot_hold_id.in_(live_holds)),
        )
        .order_by(booking.resource_id, booking.starts)
    )
    found: dict[int, list[Interval]] = {id: [] for id in resource_ids}
    for resource_id, starts, ends in work.session.execute(asked):
        after, length = starts - origin, ends - starts
        minute = after.days * 1440 + after.seconds // 60
        found[resource_id].append((minute, minute + length.seconds // 60))
    return {id: normal(taken) for id, taken in found.items()}


class PatientVisit(NamedTuple):
    """A visit that the patient has, in minutes from the origin."""

    starts: int
    ends: int
    provider_id: int


def of_patient(
    work: Work,
    patient_id: int,
    origin: datetime,
    until: datetime,
    *,
    beside_appointment: int | None = None,
    beside_also: Collection[int] = (),
) -> list[PatientVisit]:
    """The patient's standing visits, sorted."""
    asked = _OF_PATIENT
    if beside_also:
        asked = asked.where(Appointment.id.not_in(sorted(beside_also)))
    if beside_appointment is not None:
        asked = asked.where(Appointment.id != beside_appointment)
    return [
        PatientVisit(minute_of(starts, origin), minute_of(ends, origin), provider_id)
        for starts, ends, provider_id in work.session.execute(
            asked, {"patient": patient_id, "begin": origin, "end": until}
        )
    ]


# Every booking asks these; making the statements anew took longer than their answers.
_TAKEN: Final = (
    select(
        ResourceBooking.resource_id,
        ResourceBooking.starts,
        ResourceBooking.ends,
        ResourceBooking.appointment_id,
        SlotHold.held_by,
        SlotHold.expires_at,
    )
    .outerjoin(SlotHold, SlotHold.id == ResourceBooking.slot_hold_id)
    .where(
        ResourceBooking.is_active,
        ResourceBooking.resource_id.in_(bindparam("resources", expanding=True)),
        ResourceBooking.starts >= bindparam("begin"),
        ResourceBooking.starts < bindparam("end"),
        or_(ResourceBooking.slot_hold_id.is_(None), SlotHold.expires_at > bindparam("now")),
    )
    .order_by(ResourceBooking.starts, ResourceBooking.id)
)
_OF_PATIENT: Final = (
    select(Appointment.starts, Appointment.ends, Appointment.provider_id)
    .where(
        Appointment.patient_id == bindparam("patient"),
        Appointment.starts >= bindparam("begin"),
        Appointment.starts < bindparam("end"),
        Appointment.lifecycle.in_(STANDING),
    )
    .order_by(Appointment.starts, Appointment.id)
)
