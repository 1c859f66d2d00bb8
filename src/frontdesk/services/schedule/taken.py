"""What is taken: the bookings and live holds of resources, and the patient's own visits."""

from collections.abc import Collection
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import bindparam, or_, select

from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.resource_booking import ResourceBooking, SlotHold
from frontdesk.services.prepared import Prepared, among
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
    beside = {*beside_also, beside_appointment} - {None}
    taken: dict[int, list[Taken]] = {id: [] for id in resource_ids}
    wanted = {"resources": resource_ids, "begin": origin, "end": until, "now": work.now}
    for row in _TAKEN.rows(work.session, wanted):
        resource_id, starts, ends, appointment_id, hold_id, held_by, held_until = row
        if appointment_id in beside or (hold_id is not None and hold_id == beside_hold):
            continue
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
    """When each resource is taken, no matter by what: for searches over months."""
    found: dict[int, list[Interval]] = {id: [] for id in resource_ids}
    wanted = {"resources": resource_ids, "begin": origin, "end": until, "now": work.now}
    for resource_id, starts, ends in _SPANS.rows(work.session, wanted):
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
    beside = {*beside_also, beside_appointment}
    return [
        PatientVisit(minute_of(starts, origin), minute_of(ends, origin), provider_id)
        for id, starts, ends, provider_id in _OF_PATIENT.rows(
            work.session, {"patient": patient_id, "begin": origin, "end": until}
        )
        if id not in beside
    ]


_TAKEN: Final = Prepared(
    select(
        ResourceBooking.resource_id,
        ResourceBooking.starts,
        ResourceBooking.ends,
        ResourceBooking.appointment_id,
        ResourceBooking.slot_hold_id,
        SlotHold.held_by,
        SlotHold.expires_at,
    )
    .outerjoin(SlotHold, SlotHold.id == ResourceBooking.slot_hold_id)
    .where(
        ResourceBooking.is_active,
        among(ResourceBooking.resource_id, "resources"),
        ResourceBooking.starts >= bindparam("begin"),
        ResourceBooking.starts < bindparam("end"),
        or_(ResourceBooking.slot_hold_id.is_(None), SlotHold.expires_at > bindparam("now")),
    )
    .order_by(ResourceBooking.starts, ResourceBooking.id)
)
_SPANS: Final = Prepared(
    select(ResourceBooking.resource_id, ResourceBooking.starts, ResourceBooking.ends)
    .where(
        ResourceBooking.is_active,
        among(ResourceBooking.resource_id, "resources"),
        ResourceBooking.starts >= bindparam("begin"),
        ResourceBooking.starts < bindparam("end"),
        or_(
            ResourceBooking.slot_hold_id.is_(None),
            ResourceBooking.slot_hold_id.in_(
                select(SlotHold.id).where(SlotHold.expires_at > bindparam("now"))
            ),
        ),
    )
    .order_by(ResourceBooking.resource_id, ResourceBooking.starts)
)
_OF_PATIENT: Final = Prepared(
    select(Appointment.id, Appointment.starts, Appointment.ends, Appointment.provider_id)
    .where(
        Appointment.patient_id == bindparam("patient"),
        Appointment.starts >= bindparam("begin"),
        Appointment.starts < bindparam("end"),
        Appointment.lifecycle.in_(STANDING),
    )
    .order_by(Appointment.starts, Appointment.id)
)
