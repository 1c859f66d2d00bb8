"""The phone worklist: whom to call about a visit to come, what to say, and what came of each call."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import age_on
from frontdesk.models.office.practice import Practice
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.registration.reach import PatientContact, PatientPhone
from frontdesk.models.schedule.appointment import (
    Appointment,
    AppointmentEvent,
    Channel,
    Confirmation,
    EventKind,
    Lifecycle,
)
from frontdesk.models.schedule.reminder import JobState, ReminderJob
from frontdesk.models.schedule.visit_notice import VisitNotice
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.schedule import confirmation, reminder_message, taking_back
from frontdesk.services.schedule.reminder_templates import words_for
from frontdesk.services.schedule.reminder_words import language_of, written
from frontdesk.services.work import Work

DAYS_AHEAD: Final = 2
"""Unconfirmed visits of so many working days to come are on the list."""
_OPEN: Final = (Confirmation.NONE, Confirmation.ATTEMPTED, Confirmation.MESSAGE_LEFT)
_ADULT: Final = 18
_NOT_CONFIRMED: Final = "Not confirmed"
_BY_RULE: Final = "A rule asks for a call."


class CallOutcome(StrEnum):
    """What came of a call, one key each."""

    CONFIRMED = "confirmed"
    MESSAGE_LEFT = "message_left"
    NO_ANSWER = "no_answer"
    DECLINED = "declined"
    WRONG_NUMBER = "wrong_number"


_MEANS: Final = {
    CallOutcome.CONFIRMED: Confirmation.CONFIRMED,
    CallOutcome.MESSAGE_LEFT: Confirmation.MESSAGE_LEFT,
    CallOutcome.NO_ANSWER: Confirmation.ATTEMPTED,
    CallOutcome.DECLINED: Confirmation.DECLINED,
    CallOutcome.WRONG_NUMBER: Confirmation.UNREACHABLE,
}


@dataclass(frozen=True, slots=True)
class CallPhone:
    """A number to dial, with what may be left on it."""

    number: str
    kind: str
    voicemail_ok: bool


@dataclass(frozen=True, slots=True)
class Call:
    """One line of the call list. Times are wall times."""

    appointment_id: int
    patient_id: int
    patient: str
    first_name: str
    starts: datetime
    provider_id: int
    provider: str
    tries: int
    """How often the patient was called or written to already."""
    last_tried: datetime | None
    why: str
    """ "Not confirmed"; "The text could not be sent."."""
    is_message_left: bool = False

    @property
    def is_again(self) -> bool:
        return self.tries > 0


@dataclass(frozen=True, slots=True)
class CallSheet:
    """What the desk has before it during one call."""

    call: Call
    ask_for: str
    """Whom to ask for: the patient, or a minor's guardian with the relation."""
    phones: tuple[CallPhone, ...]
    script: str
    voicemail: str
    """What may be left on a machine that takes messages; empty where none may be left."""
    language: str
    interpreter_needed: bool
    version: int


@dataclass(frozen=True, slots=True)
class Called:
    """What a call wrote: the visit's event, and the calls that it settled."""

    appointment_id: int
    event_id: int
    job_ids: tuple[int, ...]


@query(permission="schedule.view")
def call_list(work: Work) -> tuple[Call, ...]:
    """Who is to be called now: a rule asks for it, a message failed, or the visit is not confirmed.

    Two statements. Those not tried today come first, by the time of their visit.
    """
    return _sorted(work, _calls(work, _wanted(work)))


@query(permission="schedule.view")
def of_provider_week(work: Work, *, provider_id: int, monday: date) -> tuple[Call, ...]:
    """The part of the call list that falls into a provider's week, by the time of the visit."""
    first = datetime.combine(monday, time())
    within = and_(
        Appointment.provider_id == provider_id,
        Appointment.starts >= first,
        Appointment.starts < first + timedelta(days=7),
    )
    return tuple(sorted(_calls(work, _wanted(work).where(within)), key=lambda call: call.starts))


def count(work: Work) -> int:
    """How many are on the call list; one statement."""
    asked = _wanted(work).with_only_columns(func.count(Appointment.id.distinct())).order_by(None)
    return work.session.scalar(asked) or 0


def last_day(today: date) -> date:
    """The last day whose unconfirmed visits are on the list: two working days on."""
    day, left = today, DAYS_AHEAD
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


def _wanted(work: Work) -> "Select[Appointment, Patient, str, ReminderJob | None]":
    """Booked visits to come with somebody to call; each with its waiting call, where there is one."""
    tomorrow = datetime.combine(work.today + timedelta(days=1), time())
    until = datetime.combine(last_day(work.today) + timedelta(days=1), time())
    unconfirmed = and_(
        Appointment.confirmation.in_(_OPEN), Appointment.starts >= tomorrow, Appointment.starts < until
    )
    settled_today = (
        select(AppointmentEvent.id)
        .where(
            AppointmentEvent.appointment_id == Appointment.id,
            AppointmentEvent.kind == EventKind.CONTACTED,
            AppointmentEvent.outcome != Confirmation.ATTEMPTED,
            AppointmentEvent.at >= work.instant(datetime.combine(work.today, time())),
            Appointment.confirmation == AppointmentEvent.outcome,
        )
        .exists()
    )
    waiting = and_(
        ReminderJob.appointment_id == Appointment.id,
        ReminderJob.starts == Appointment.starts,
        ReminderJob.channel == Channel.PHONE,
        ReminderJob.state == JobState.PLANNED,
        ReminderJob.due_at <= work.now,
    )
    return (
        select(Appointment, Patient, Provider.short_name, ReminderJob)
        .join(Patient, Patient.id == Appointment.patient_id)
        .join(Provider, Provider.id == Appointment.provider_id)
        .outerjoin(ReminderJob, waiting)
        .where(
            Appointment.lifecycle == Lifecycle.BOOKED,
            Appointment.starts > work.local_now,
            Patient.status.not_in((PatientStatus.DECEASED, PatientStatus.MERGED)),
            or_(ReminderJob.id.is_not(None), and_(unconfirmed, ~settled_today)),
        )
        .order_by(Appointment.starts, Appointment.id, ReminderJob.id)
    )


def _calls(work: Work, asked: "Select[Appointment, Patient, str, ReminderJob | None]") -> list[Call]:
    found: dict[int, Call] = {}
    for appointment, patient, provider, found_job in work.session.execute(asked):
        job: ReminderJob | None = found_job  # an outer join: mostly there is none
        is_open = job is None or appointment.confirmation in _OPEN
        why = (job.why if job is not None else "") or (_NOT_CONFIRMED if is_open else _BY_RULE)
        if appointment.id in found:
            continue
        found[appointment.id] = Call(
            appointment_id=appointment.id,
            patient_id=patient.id,
            patient=last_first(patient.legal_last, patient.preferred_name or patient.legal_first),
            first_name=patient.preferred_name or patient.legal_first,
            starts=appointment.starts,
            provider_id=appointment.provider_id,
            provider=provider,
            tries=appointment.contact_attempts,
            last_tried=None,
            why=why,
            is_message_left=appointment.confirmation is Confirmation.MESSAGE_LEFT,
        )
    tried = _last_tried(work, found)
    return [replace(call, last_tried=tried.get(id)) for id, call in found.items()]


def _sorted(work: Work, calls: Iterable[Call]) -> tuple[Call, ...]:
    def order(call: Call) -> tuple[bool, datetime, datetime, int]:
        is_tried = call.last_tried is not None and call.last_tried.date() == work.today
        tried = call.last_tried if is_tried and call.last_tried is not None else datetime.min
        return (is_tried, tried, call.starts, call.appointment_id)

    return tuple(sorted(calls, key=order))


def _last_tried(work: Work, appointment_ids: Iterable[int]) -> dict[int, datetime]:
    later = aliased(AppointmentEvent)
    asked = (
        select(AppointmentEvent.appointment_id, func.max(AppointmentEvent.at))
        .where(
            AppointmentEvent.appointment_id.in_(list(appointment_ids)),
            AppointmentEvent.kind == EventKind.CONTACTED,
            ~select(later.id).where(later.corrects_id == AppointmentEvent.id).exists(),
        )
        .group_by(AppointmentEvent.appointment_id)
    )
    return {id: work.wall(at) for id, at in work.session.execute(asked)}


@query(permission="schedule.view")
def sheet(work: Work, *, appointment_id: int) -> CallSheet:
    """The script, the numbers and whom to ask for; a constant number of statements."""
    asked = (
        select(Appointment, Patient, Provider.short_name, ReminderJob)
        .join(Patient, Patient.id == Appointment.patient_id)
        .join(Provider, Provider.id == Appointment.provider_id)
        .outerjoin(
            ReminderJob,
            and_(
                ReminderJob.appointment_id == Appointment.id,
                ReminderJob.channel == Channel.PHONE,
                ReminderJob.state == JobState.PLANNED,
                ReminderJob.due_at <= work.now,
            ),
        )
        .where(Appointment.id == appointment_id)
        .order_by(ReminderJob.notice_id.is_(None), ReminderJob.id)
    )
    work.get(Appointment, appointment_id)
    call = _calls(work, asked)[0]
    appointment, patient, provider, found_job = work.session.execute(asked).all()[0]
    job: ReminderJob | None = found_job
    practice = work.session.scalars(select(Practice)).one()
    language = language_of(patient.language)
    template = words_for(work, Channel.PHONE, language)
    kind = work.get(VisitType, appointment.visit_type_id)
    about = reminder_message.about(appointment, patient, provider, kind, says=False)
    script = written("", template.body, language, practice=practice.name, phone=practice.phone, about=[about])
    said = script.body
    notice_id = None if job is None else job.notice_id
    if notice_id is not None:
        said = f"{_HELLO[language].format(practice=practice.name)} {work.get(VisitNotice, notice_id).said}"
    ask_for, phones = _whom(work, patient)
    may_leave = any(phone.voicemail_ok for phone in phones)
    about_nobody = _VOICEMAIL[language].format(
        practice=practice.name,
        first_name=call.first_name,
        phone=written("", "{phone}", language, practice="", phone=practice.phone, about=[about]).body,
    )
    return CallSheet(
        call=call,
        ask_for=ask_for,
        phones=phones,
        script=said,
        voicemail=about_nobody if may_leave else "",
        language=patient.language,
        interpreter_needed=patient.interpreter_needed,
        version=appointment.version,
    )


_HELLO: Final = {
    "en": "Hello, this is {practice}.",
    "es": "Hola, le llamamos de {practice}.",
}
_VOICEMAIL: Final = {
    "en": "This is {practice} with a message for {first_name}. Call us back at {phone}.",
    "es": "Le llamamos de {practice} con un mensaje para {first_name}. Llámenos al {phone}.",
}
"""A machine may be heard by others: no time, no provider (45 CFR 164.510(b), minimum necessary)."""


def _whom(work: Work, patient: Patient) -> tuple[str, tuple[CallPhone, ...]]:
    phones = tuple(
        CallPhone(row.number, row.kind.value, row.voicemail_ok)
        for row in work.session.scalars(
            select(PatientPhone)
            .where(PatientPhone.patient_id == patient.id, PatientPhone.ended_on.is_(None))
            .order_by(PatientPhone.rank, PatientPhone.id)
        )
    )
    if age_on(patient.born_on, work.today) >= _ADULT:
        return f"{patient.preferred_name or patient.legal_first} {patient.legal_last}", phones
    guardian = work.session.scalars(
        select(PatientContact)
        .where(
            PatientContact.patient_id == patient.id,
            PatientContact.is_guardian,
            PatientContact.ended_on.is_(None),
        )
        .order_by(PatientContact.id)
    ).first()
    if guardian is None:
        return f"A parent or guardian of {patient.preferred_name or patient.legal_first}", phones
    own = (CallPhone(guardian.phone, "guardian", voicemail_ok=False),) if guardian.phone else ()
    return f"{guardian.name}, {guardian.relationship}", own or phones


def _taken_back(done: Performed) -> Undo:
    called: Called = done.result
    return Undo(
        take_back, appointment_id=called.appointment_id, event_id=called.event_id, job_ids=called.job_ids
    )


@command("Record call", permission="schedule.book", undo=_taken_back)
def record(work: Work, *, appointment_id: int, outcome: CallOutcome, note: str = "") -> Called:
    """Notes what came of a call on the visit's confirmation alone; the visit itself stays as it is.

    Every outcome but no answer settles the calls that waited for this visit.
    """
    said = "Wrong number" if outcome is CallOutcome.WRONG_NUMBER and not note.strip() else note
    event_id = confirmation.record(
        work, appointment_id=appointment_id, channel=Channel.PHONE, outcome=_MEANS[outcome], note=said
    )
    if outcome is CallOutcome.NO_ANSWER:
        return Called(appointment_id, event_id, ())
    jobs = list(work.session.scalars(_waiting(work, appointment_id)))
    for job in jobs:
        job.state = JobState.SENT
    return Called(appointment_id, event_id, tuple(job.id for job in jobs))


@command(
    "Take back call",
    permission="schedule.book",
    undo=irreversible("Note the call again."),
)
def take_back(work: Work, *, appointment_id: int, event_id: int, job_ids: tuple[int, ...]) -> None:
    """Takes a call back: the confirmation is as before, and the patient is on the list again."""
    taking_back.take_back(work, appointment_id=appointment_id, event_id=event_id)
    for job_id in job_ids:
        job = work.get(ReminderJob, job_id)
        if job.channel is not Channel.PHONE:
            raise Refused(Finding("Only a call can be taken back; a message is out."))
        job.state = JobState.PLANNED


def _waiting(work: Work, appointment_id: int) -> Select[ReminderJob]:
    return (
        select(ReminderJob)
        .where(
            ReminderJob.appointment_id == appointment_id,
            ReminderJob.channel == Channel.PHONE,
            ReminderJob.state == JobState.PLANNED,
            ReminderJob.due_at <= work.now,
        )
        .order_by(ReminderJob.id)
    )
