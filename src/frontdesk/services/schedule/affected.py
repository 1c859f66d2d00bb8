"""The visits of an absence: who is here, who needs a new time, who was moved, and who knows of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from frontdesk.kernel.names import last_first
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.reach import PatientPhone
from frontdesk.models.schedule.appointment import (
    Appointment,
    AppointmentEvent,
    Channel,
    Confirmation,
    Lifecycle,
    Stage,
)
from frontdesk.models.schedule.resource_booking import ResourceBooking
from frontdesk.models.schedule.template import BlockKind, ScheduleException
from frontdesk.models.schedule.urgency import Urgency
from frontdesk.models.schedule.visit_notice import NoticeKind
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.command import query
from frontdesk.services.schedule import known, notices, reminder_due, reminder_facts, reminder_reach
from frontdesk.services.schedule.notices import Notice
from frontdesk.services.schedule.standing import Standing, standing
from frontdesk.services.schedule.words import when
from frontdesk.services.work import Work

Span = tuple[datetime, datetime]


class State(StrEnum):
    """How far a visit of an absence is, in the order in which the desk sees to them."""

    HERE = "here"
    TO_REPLAN = "to_replan"
    MOVED = "moved"
    NO_ANSWER = "no_answer"
    MESSAGE_LEFT = "message_left"
    TOLD = "told"
    REBOOKED = "rebooked"
    CALLED_OFF = "called_off"
    SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Phone:
    """A number of the patient's, and what may be done with it."""

    number: str
    kind: str
    text_ok: bool
    voicemail_ok: bool


@dataclass(frozen=True, slots=True)
class AffectedVisit:
    """A visit that loses, or has lost, its provider. Times are wall times."""

    id: int
    version: int
    patient_id: int
    patient: str
    """As lists have it: "Foster, Danielle"."""
    spoken: str
    reason: str
    visit_type_id: int
    urgency: Urgency
    phones: tuple[Phone, ...]
    was: datetime
    """When it was to be, with the provider who is out."""
    starts: datetime
    ends: datetime
    provider_id: int
    provider: str
    state: State
    stage: Stage
    calls: int
    """How often the patient was called since the visit was moved."""
    notice_kind: NoticeKind
    say: str
    """What to tell the patient now."""
    told: Notice | None
    """What they were told last about this."""
    takes_texts: bool
    """Whether the office can text them."""


@dataclass(frozen=True, slots=True)
class Affected:
    """An absence with its visits, those that need the desk first in front."""

    provider: str
    starts: datetime
    ends: datetime
    visits: tuple[AffectedVisit, ...]

    @property
    def replanned(self) -> int:
        """Those whose patients need not wait for a decision any more."""
        return sum(visit.state not in (State.HERE, State.TO_REPLAN) for visit in self.visits)

    @property
    def told(self) -> int:
        return sum(visit.state in (State.TOLD, State.REBOOKED) for visit in self.visits)


@dataclass(slots=True)
class Visit:
    """A visit of an absence, before it is put into words."""

    row: Appointment
    patient: Patient
    kind: VisitType
    instead: Appointment | None
    """The visit that was booked in its place."""
    provider: str
    was: datetime
    state: State
    urgency: Urgency

    @property
    def place(self) -> Appointment:
        """Where the patient is seen now."""
        return self.instead or self.row


@query(permission="schedule.view")
def affected(work: Work, *, absence_id: int) -> Affected:
    """Everybody whose visit an absence takes away, or took; seventeen statements. Raises NotFound."""
    absence = work.get(ScheduleException, absence_id)
    provider = work.get(Provider, absence.provider_id).short_name
    found = visits_of(work, absence)
    told = notices.standing(work, [visit.row.id for visit in found])
    patient_ids = sorted({visit.patient.id for visit in found})
    phones = _phones(work, patient_ids)
    texted = _take_texts(work, patient_ids)
    lines = [
        _line(
            work,
            visit,
            provider,
            phones.get(visit.patient.id, ()),
            told.get(visit.row.id, ()),
            takes_texts=visit.patient.id in texted,
        )
        for visit in found
    ]
    lines.sort(key=lambda line: (_ORDER[line.state], _RANK[line.urgency], line.was, line.id))
    return Affected(provider, absence.starts, absence.ends, tuple(lines))


def urgency_of(opens: Collection[BlockKind], days_ahead: int) -> Urgency:
    """How soon the patient should be seen: who was booked for the same day could not wait then."""
    if BlockKind.URGENT in opens or days_ahead <= 0:
        return Urgency.TODAY
    return Urgency.THIS_WEEK if days_ahead <= 2 else Urgency.ROUTINE


def visits_of(work: Work, absence: ScheduleException) -> list[Visit]:
    """The visits that stood in an absence since it was noted, by their old start; three statements."""
    spans: dict[int, list[Span]] = {}
    ids: set[int] = set()
    booked = select(
        ResourceBooking.appointment_id, ResourceBooking.event_id, ResourceBooking.starts, ResourceBooking.ends
    ).where(
        ResourceBooking.resource_id == absence.provider_id,
        ResourceBooking.starts >= datetime.combine(absence.starts.date(), time()),
        ResourceBooking.starts < absence.ends,
        ResourceBooking.appointment_id.is_not(None),
    )
    for appointment_id, event_id, starts, ends in work.session.execute(booked):
        if appointment_id is not None and event_id is not None:
            spans.setdefault(event_id, []).append((starts, ends))
            ids.add(appointment_id)
    events: dict[int, list[AppointmentEvent]] = {}
    happened = (
        select(AppointmentEvent)
        .where(AppointmentEvent.appointment_id.in_(sorted(ids)))
        .order_by(AppointmentEvent.id)
    )
    for event in work.session.scalars(happened):
        events.setdefault(event.appointment_id, []).append(event)
    was = {
        id: start for id, several in events.items() if (start := _start_lost(work, absence, several, spans))
    }
    found = []
    for row, patient, kind, instead, provider in _rows(work, sorted(was)):
        days = (was[row.id].date() - work.wall(row.booked_at).date()).days
        found.append(
            Visit(
                row=row,
                patient=patient,
                kind=kind,
                instead=instead,
                provider=provider,
                was=was[row.id],
                state=_state(work, absence, row, events[row.id], spans),
                urgency=urgency_of(kind.opens_blocks, days),
            )
        )
    return sorted(found, key=lambda visit: (visit.was, visit.row.id))


def _rows(
    work: Work, ids: Sequence[int]
) -> Sequence[Row[Appointment, Patient, VisitType, Appointment | None, str]]:
    instead = aliased(Appointment)
    asked = (
        select(Appointment, Patient, VisitType, instead, Provider.short_name)
        .join(Patient, Patient.id == Appointment.patient_id)
        .join(VisitType, VisitType.id == Appointment.visit_type_id)
        .outerjoin(instead, instead.id == Appointment.rescheduled_to_id)
        .join(Provider, Provider.id == func.coalesce(instead.provider_id, Appointment.provider_id))
        .where(Appointment.id.in_(ids))
        .order_by(Appointment.id)
    )
    return work.session.execute(asked).all()


def _start_lost(
    work: Work,
    absence: ScheduleException,
    events: Sequence[AppointmentEvent],
    spans: dict[int, list[Span]],
) -> datetime | None:
    """When the visit was to be while it stood in the absence; None where it never did since it was noted."""
    found = None
    for count, until in enumerate([*events[1:], None], start=1):
        if until is not None and until.id < absence.id:
            continue
        as_of = work.local_now if until is None else work.wall(until.recorded_at)
        at = standing(events[:count])
        if at.place is not None and _is_in(absence, at, spans, as_of):
            found = at.place.starts
    return found


def _is_in(absence: ScheduleException, at: Standing, spans: dict[int, list[Span]], as_of: datetime) -> bool:
    """Whether a visit is during the absence; or before, on its first day, and not begun until then."""
    place = at.place
    if place is None or place.starts is None or place.id not in spans:
        return False
    waits = at.lifecycle in (Lifecycle.BOOKED, Lifecycle.ARRIVED)
    if not waits and at.stage is not Stage.WITH_PROVIDER:
        return False
    if any(starts < absence.ends and absence.starts < ends for starts, ends in spans[place.id]):
        return True
    is_left_over = absence.starts <= as_of and place.starts.date() == absence.starts.date()
    return waits and is_left_over and place.starts < absence.starts


def _state(
    work: Work,
    absence: ScheduleException,
    row: Appointment,
    events: Sequence[AppointmentEvent],
    spans: dict[int, list[Span]],
) -> State:
    if _is_in(absence, standing(events), spans, work.local_now):
        return State.TO_REPLAN if row.lifecycle is Lifecycle.BOOKED else State.HERE
    if row.lifecycle in (Lifecycle.BOOKED, Lifecycle.ARRIVED):
        return _TALKED.get(row.confirmation, State.MOVED)
    if row.lifecycle in (Lifecycle.IN_PROGRESS, Lifecycle.COMPLETED):
        return State.SEEN
    return State.CALLED_OFF if row.rescheduled_to_id is None else State.REBOOKED


_TALKED = {
    Confirmation.CONFIRMED: State.TOLD,
    Confirmation.MESSAGE_LEFT: State.MESSAGE_LEFT,
    Confirmation.ATTEMPTED: State.NO_ANSWER,
    Confirmation.UNREACHABLE: State.NO_ANSWER,
}
_ORDER = {state: place for place, state in enumerate(State)}
_RANK = {urgency: place for place, urgency in enumerate(Urgency)}


def _line(
    work: Work,
    visit: Visit,
    provider: str,
    phones: Iterable[Phone],
    told: Sequence[Notice],
    *,
    takes_texts: bool,
) -> AffectedVisit:
    row, patient = visit.row, visit.patient
    state = visit.state
    stands = state in (State.HERE, State.TO_REPLAN)
    kind = NoticeKind.PROVIDER_OUT if stands else NoticeKind.NEW_TIME
    about = [each for each in told if each.kind is kind and (stands or each.promised == row.starts)]
    if about and state in (State.MOVED, State.NO_ANSWER, State.MESSAGE_LEFT):
        state = State.TOLD
    if row.lifecycle is Lifecycle.ARRIVED and not stands:
        state = State.TOLD
    return AffectedVisit(
        id=row.id,
        version=row.version,
        patient_id=patient.id,
        patient=last_first(patient.legal_last, patient.preferred_name or patient.legal_first),
        spoken=known.spoken_name(patient),
        reason=row.reason or visit.kind.name,
        visit_type_id=row.visit_type_id,
        urgency=visit.urgency,
        phones=tuple(phones),
        was=visit.was,
        starts=visit.place.starts,
        ends=visit.place.ends,
        provider_id=visit.place.provider_id,
        provider=visit.provider,
        state=state,
        stage=row.stage,
        calls=row.contact_attempts,
        notice_kind=kind,
        say=_said(work, visit, provider, stands=stands),
        told=about[-1] if about else None,
        takes_texts=takes_texts,
    )


def _said(work: Work, visit: Visit, provider: str, *, stands: bool) -> str:
    day = "today" if visit.was.date() == work.today else f"on {when(visit.was, work.today)}"
    if stands:
        return f"{provider} is out and cannot see you {day}. We are looking for another time for you."
    starts = visit.place.starts
    new = "today at " if starts.date() == work.today else ""
    return (
        f"{provider} is out and cannot see you {day}. "
        f"Your visit is now {new}{when(starts, work.today)} with {visit.provider}."
    )


def _phones(work: Work, patient_ids: Sequence[int]) -> dict[int, list[Phone]]:
    asked = (
        select(PatientPhone)
        .where(PatientPhone.patient_id.in_(patient_ids), PatientPhone.ended_on.is_(None))
        .order_by(PatientPhone.patient_id, PatientPhone.rank, PatientPhone.id)
    )
    found: dict[int, list[Phone]] = {}
    for row in work.session.scalars(asked):
        found.setdefault(row.patient_id, []).append(
            Phone(row.number, row.kind.value, row.text_ok, row.voicemail_ok)
        )
    return found


def _take_texts(work: Work, patient_ids: Sequence[int]) -> set[int]:
    """Those whom the office can text: it has a gateway, and they, or a minor's guardian, allow it."""
    if Channel.TEXT not in reminder_facts.usable(work):
        return set()
    return {
        id
        for id, reach in reminder_reach.reaches(work, patient_ids).items()
        if reminder_reach.address_for(reminder_due.told_to(reach, reminder_due.ADULT), Channel.TEXT)
    }
