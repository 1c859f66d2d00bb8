"""One visit in full, and all visits of a patient."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import us_date_time
from frontdesk.models.office.resources import Provider, Resource
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import (
    Appointment,
    AppointmentEvent,
    CancelledBy,
    Confirmation,
    EventKind,
    Lifecycle,
    Stage,
)
from frontdesk.models.schedule.resource_booking import ResourceBooking
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.models.security.accounts import UserAccount
from frontdesk.models.security.audit import Station
from frontdesk.services.command import query
from frontdesk.services.schedule.happened import SAID
from frontdesk.services.schedule.standing import PLACES, void
from frontdesk.services.schedule.status import Status, status_of
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened to a visit, in words."""

    event_id: int
    kind: EventKind
    at: datetime
    """Wall time."""
    said: str
    who: str
    desk: str
    holds: bool
    """False where it was taken back or corrected."""


@dataclass(frozen=True, slots=True)
class VisitDetail:
    """A visit with everything the schedule knows of it. Times are wall times."""

    id: int
    version: int
    patient_id: int
    patient: str
    provider_id: int
    provider: str
    site_id: int
    visit_type_id: int
    visit_type: str
    starts: datetime
    ends: datetime
    lifecycle: Lifecycle
    stage: Stage
    confirmation: Confirmation
    status: Status
    reason: str
    note: str
    override_reason: str
    is_new_patient: bool
    room_id: int | None
    things: tuple[str, ...]
    """The rooms, devices and staff it is booked on."""
    cancelled_by: CancelledBy | None
    is_late_cancellation: bool
    rescheduled_to_id: int | None
    series_id: int | None
    arrived_at: datetime | None
    history: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit in a patient's list."""

    id: int
    starts: datetime
    provider_id: int
    provider: str
    reason: str
    lifecycle: Lifecycle
    status: Status


@dataclass(frozen=True, slots=True)
class PatientVisits:
    """A patient's visits: the last, today's, the next, and how they were kept."""

    today: tuple[VisitLine, ...]
    last: VisitLine | None
    next: VisitLine | None
    kept: int
    canceled: int
    no_shows: int


@query(permission="schedule.view")
def visit(work: Work, *, appointment_id: int) -> VisitDetail:
    """One visit with its history; raises NotFound. Four statements."""
    work.get(Appointment, appointment_id)
    asked = (
        select(Appointment, Patient, Provider.short_name, VisitType.name)
        .join(Patient, Patient.id == Appointment.patient_id)
        .join(Provider, Provider.id == Appointment.provider_id)
        .join(VisitType, VisitType.id == Appointment.visit_type_id)
        .where(Appointment.id == appointment_id)
    )
    appointment, patient, provider, visit_type = work.session.execute(asked).one()
    return VisitDetail(
        id=appointment.id,
        version=appointment.version,
        patient_id=patient.id,
        patient=last_first(patient.legal_last, patient.preferred_name or patient.legal_first),
        provider_id=appointment.provider_id,
        provider=provider,
        site_id=appointment.site_id,
        visit_type_id=appointment.visit_type_id,
        visit_type=visit_type,
        starts=appointment.starts,
        ends=appointment.ends,
        lifecycle=appointment.lifecycle,
        stage=appointment.stage,
        confirmation=appointment.confirmation,
        status=_status(work, appointment),
        reason=appointment.reason,
        note=appointment.note,
        override_reason=appointment.override_reason,
        is_new_patient=appointment.is_new_patient,
        room_id=appointment.room_id,
        things=_things(work, appointment),
        cancelled_by=appointment.cancelled_by,
        is_late_cancellation=appointment.is_late_cancellation,
        rescheduled_to_id=appointment.rescheduled_to_id,
        series_id=appointment.series_id,
        arrived_at=appointment.arrived_at and work.wall(appointment.arrived_at),
        history=_history(work, appointment_id),
    )


@query(permission="schedule.view")
def visits_of_patient(work: Work, *, patient_id: int) -> PatientVisits:
    """What the patient panel shows; four statements, however long the patient has been coming."""
    tally = dict(
        work.session.execute(
            select(Appointment.lifecycle, func.count())
            .where(Appointment.patient_id == patient_id)
            .group_by(Appointment.lifecycle)
        ).all()
    )
    midnight = work.local_now.replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = midnight.replace(hour=23, minute=59, second=59)
    lines = (
        select(Appointment, Provider.short_name, VisitType.name)
        .join(Provider, Provider.id == Appointment.provider_id)
        .join(VisitType, VisitType.id == Appointment.visit_type_id)
        .where(Appointment.patient_id == patient_id, Appointment.lifecycle != Lifecycle.IN_ERROR)
    )
    coming = Appointment.lifecycle == Lifecycle.BOOKED
    seen = Appointment.lifecycle == Lifecycle.COMPLETED
    onwards = lines.order_by(Appointment.starts, Appointment.id)
    backwards = lines.order_by(Appointment.starts.desc(), Appointment.id.desc())
    today = onwards.where(Appointment.starts.between(midnight, tomorrow))
    last = backwards.where(Appointment.starts < midnight, seen).limit(1)
    after = onwards.where(Appointment.starts > tomorrow, coming).limit(1)

    def found(asked: Select[Appointment, str, str]) -> tuple[VisitLine, ...]:
        return tuple(
            VisitLine(
                id=row.id,
                starts=row.starts,
                provider_id=row.provider_id,
                provider=provider,
                reason=row.reason or visit_type,
                lifecycle=row.lifecycle,
                status=_status(work, row),
            )
            for row, provider, visit_type in work.session.execute(asked)
        )

    return PatientVisits(
        today=found(today),
        last=next(iter(found(last)), None),
        next=next(iter(found(after)), None),
        kept=tally.get(Lifecycle.COMPLETED, 0),
        canceled=tally.get(Lifecycle.CANCELLED, 0) + tally.get(Lifecycle.RESCHEDULED, 0),
        no_shows=tally.get(Lifecycle.NO_SHOW, 0),
    )


def _status(work: Work, row: Appointment) -> Status:
    return status_of(row.lifecycle, row.stage, row.confirmation, row.starts, work.local_now)


def _things(work: Work, appointment: Appointment) -> tuple[str, ...]:
    asked = (
        select(Resource.name)
        .join(ResourceBooking, ResourceBooking.resource_id == Resource.id)
        .where(
            ResourceBooking.appointment_id == appointment.id,
            ResourceBooking.is_active,
            Resource.id != appointment.provider_id,
        )
        .order_by(Resource.kind, Resource.name)
    )
    return tuple(dict.fromkeys(work.session.scalars(asked)))


def _history(work: Work, appointment_id: int) -> tuple[HistoryLine, ...]:
    asked = (
        select(AppointmentEvent, UserAccount.name, Station.name, Resource.name, Provider.short_name)
        .join(Station, Station.id == AppointmentEvent.station_id)
        .outerjoin(UserAccount, UserAccount.id == AppointmentEvent.user_id)
        .outerjoin(Resource, Resource.id == AppointmentEvent.room_id)
        .outerjoin(Provider, Provider.id == AppointmentEvent.provider_id)
        .where(AppointmentEvent.appointment_id == appointment_id)
        .order_by(AppointmentEvent.id)
    )
    rows = work.session.execute(asked).all()
    events = {event.id: event for event, *_ in rows}
    gone = void(events.values())
    return tuple(
        HistoryLine(
            event_id=event.id,
            kind=event.kind,
            at=work.wall(event.at),
            said=_said(event, events, room or "", provider or ""),
            who=who or "Frontdesk",
            desk=desk,
            holds=event.id not in gone,
        )
        for event, who, desk, room, provider in rows
    )


def _said(event: AppointmentEvent, events: dict[int, AppointmentEvent], room: str, provider: str) -> str:
    """ "Moved to 03/19/2026 9:30 AM with Dr. Lee: works late"."""
    if event.kind is EventKind.TAKEN_BACK and event.corrects_id is not None:
        taken_back = events[event.corrects_id].kind
        return f"Taken back: {SAID.get(taken_back, 'the taking back')}"
    said = SAID[event.kind]
    if event.kind in PLACES and event.starts is not None:
        to = "for" if event.kind is EventKind.BOOKED else "to"
        said += f" {to} {us_date_time(event.starts)} with {provider}"
    elif event.kind is EventKind.CONTACTED and event.outcome is not None and event.channel is not None:
        said = f"{event.outcome.value} by {event.channel.value}".replace("_", " ")
    elif event.kind is EventKind.CANCELLED and event.cancelled_by is not None:
        said += f" by the {event.cancelled_by.value}" + (", late" if event.is_late else "")
    elif event.kind is EventKind.ROOMED:
        said = f"taken to {room}"
    if event.corrects_id is not None:
        said += " (time corrected)"
    return f"{said[0].upper()}{said[1:]}" + (f": {event.reason}" if event.reason else "")
