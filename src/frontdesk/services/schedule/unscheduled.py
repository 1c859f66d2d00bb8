"""The unscheduled list: visits called off or missed for which the patient wants a new time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import us_phone
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.reach import PatientPhone
from frontdesk.models.schedule.appointment import (
    Appointment,
    AppointmentEvent,
    CancelledBy,
    Channel,
    Confirmation,
    EventKind,
    Lifecycle,
)
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.schedule import history
from frontdesk.services.schedule.standing import void
from frontdesk.services.schedule.taking_back import take_back
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

_TOLD = (EventKind.CANCELLED, EventKind.NO_SHOW, EventKind.CONTACTED, EventKind.TAKEN_BACK)

says(
    "ck_appointment_event_no_longer_wanted_because",
    "Say why no new time is wanted.",
    field="reason",
)


@dataclass(frozen=True, slots=True)
class Call:
    """What came of the last call about a new time; wall time."""

    at: datetime
    outcome: Confirmation
    note: str


@dataclass(frozen=True, slots=True)
class Unscheduled:
    """A visit that waits for a new time."""

    appointment_id: int
    version: int
    patient_id: int
    patient: str
    phone: str
    provider: str
    visit_type_id: int
    visit_type: str
    was: datetime
    since: datetime
    """When it was called off or missed; wall time."""
    is_missed: bool
    by: CancelledBy | None
    is_late: bool
    reason: str
    attempts: int
    last_call: Call | None


@query(permission="schedule.view")
def entries(work: Work) -> tuple[Unscheduled, ...]:
    """The list, longest waiting first; three statements."""
    asked = (
        select(Appointment, Patient, Provider.short_name, VisitType.name)
        .join(Patient, Patient.id == Appointment.patient_id)
        .join(Provider, Provider.id == Appointment.provider_id)
        .join(VisitType, VisitType.id == Appointment.visit_type_id)
        .where(Appointment.needs_rebooking)
    )
    rows = work.session.execute(asked).all()
    happened = _events(work, [visit.id for visit, *_ in rows])
    numbers = _phones(work, [patient.id for _, patient, *_ in rows])
    found = [
        _entry(work, visit, patient, provider, kind, happened.get(visit.id, []), numbers.get(patient.id, ""))
        for visit, patient, provider, kind in rows
    ]
    return tuple(sorted(found, key=lambda each: (each.since, each.appointment_id)))


def count(work: Work) -> int:
    """How many wait."""
    asked = select(func.count()).select_from(Appointment).where(Appointment.needs_rebooking)
    return work.session.scalar(asked) or 0


def _taken_back(done: Performed) -> Undo:
    return Undo(take_back, appointment_id=done.arguments["appointment_id"], event_id=done.result)


@command("Record call about new time", permission="schedule.book", undo=_taken_back)
def called(work: Work, *, appointment_id: int, outcome: Confirmation, note: str = "") -> int:
    """Notes that the patient was called about a new time. Gives back the event's id."""
    visit = _waiting(work, appointment_id)
    if outcome not in (Confirmation.ATTEMPTED, Confirmation.MESSAGE_LEFT, Confirmation.UNREACHABLE):
        raise Refused(
            Finding("Say what came of it: no answer, message left, or not reachable.", field="outcome")
        )
    return history.record(
        work,
        visit,
        EventKind.CONTACTED,
        channel=Channel.PHONE,
        outcome=outcome,
        reason=note.strip(),
    ).id


@command("No longer wanted", permission="schedule.book", undo=_taken_back)
def no_longer_wanted(work: Work, *, appointment_id: int, reason: str) -> int:
    """Takes a visit off the list, with the reason. Gives back the event's id."""
    visit = _waiting(work, appointment_id)
    if not reason.strip():
        raise Refused(Finding("Say why no new time is wanted.", field="reason"))
    return history.record(work, visit, EventKind.NO_LONGER_WANTED, reason=reason.strip()).id


def _waiting(work: Work, appointment_id: int) -> Appointment:
    visit = work.get(Appointment, appointment_id)
    work.concerns(visit.patient_id)
    if not visit.needs_rebooking:
        raise Refused(Finding("This visit is no longer on the unscheduled list."))
    return visit


def _entry(
    work: Work,
    visit: Appointment,
    patient: Patient,
    provider: str,
    kind: str,
    happened: list[AppointmentEvent],
    phone: str,
) -> Unscheduled:
    ends = (EventKind.CANCELLED, EventKind.NO_SHOW)
    end = next(each for each in reversed(happened) if each.kind in ends)
    calls = [each for each in happened if each.kind is EventKind.CONTACTED and each.id > end.id]
    last = calls[-1] if calls else None
    return Unscheduled(
        appointment_id=visit.id,
        version=visit.version,
        patient_id=patient.id,
        patient=last_first(patient.legal_last, patient.preferred_name or patient.legal_first),
        phone=us_phone(phone) if phone else "",
        provider=provider,
        visit_type_id=visit.visit_type_id,
        visit_type=visit.reason or kind,
        was=visit.starts,
        since=work.wall(end.at),
        is_missed=visit.lifecycle is Lifecycle.NO_SHOW,
        by=visit.cancelled_by,
        is_late=visit.is_late_cancellation,
        reason=end.reason,
        attempts=visit.rebooking_attempts,
        last_call=Call(work.wall(last.at), last.outcome, last.reason) if last and last.outcome else None,
    )


def _events(work: Work, ids: list[int]) -> dict[int, list[AppointmentEvent]]:
    asked = (
        select(AppointmentEvent)
        .where(
            AppointmentEvent.appointment_id.in_(ids),
            AppointmentEvent.kind.in_(_TOLD),
        )
        .order_by(AppointmentEvent.id)
    )
    found: dict[int, list[AppointmentEvent]] = {}
    events = work.session.scalars(asked).all()
    gone = void(events)
    for event in events:
        if event.id not in gone and event.kind is not EventKind.TAKEN_BACK:
            found.setdefault(event.appointment_id, []).append(event)
    return found


def _phones(work: Work, patient_ids: list[int]) -> dict[int, str]:
    """The first number of each."""
    asked = (
        select(PatientPhone.patient_id, PatientPhone.number)
        .where(PatientPhone.patient_id.in_(patient_ids), PatientPhone.ended_on.is_(None))
        .order_by(PatientPhone.rank.desc(), PatientPhone.id.desc())
    )
    return dict(work.session.execute(asked).all())
