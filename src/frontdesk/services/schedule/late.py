"""Who runs late today, and which patients must be told what."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import clock_time, us_phone
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.reach import PatientPhone
from frontdesk.models.schedule.appointment import Appointment, Channel, Lifecycle
from frontdesk.models.schedule.visit_notice import NoticeKind
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.registration import phones
from frontdesk.services.schedule import known, lengths, notices, pace, reminder_facts
from frontdesk.services.schedule.notices import Notice
from frontdesk.services.schedule.pace import Pace
from frontdesk.services.schedule.simulation import ON_TIME_WITHIN
from frontdesk.services.schedule.status import Status, status_of
from frontdesk.services.schedule.taken import STANDING
from frontdesk.services.work import Work

TELL_BEYOND = 10
"""Minutes by which a patient may wait, or what they were told may be wrong, before somebody tells them."""
LEFT = "Left a message: "
_ROUND_TO = 5


class Told(StrEnum):
    """How the patient was told of a delay."""

    PHONE = "phone"
    TEXT = "text"
    MESSAGE = "message"
    IN_PERSON = "in_person"


_CHANNELS = {
    Told.PHONE: Channel.PHONE,
    Told.TEXT: Channel.TEXT,
    Told.MESSAGE: Channel.PHONE,
    Told.IN_PERSON: Channel.IN_PERSON,
}


@dataclass(frozen=True, slots=True)
class LateProvider:
    """How a provider's day runs."""

    provider_id: int
    provider: str
    late_minutes: int
    words: str
    busy_until: datetime | None
    waiting: int
    """How many are still to be seen."""

    @property
    def is_late(self) -> bool:
        return self.late_minutes >= ON_TIME_WITHIN


@dataclass(frozen=True, slots=True)
class Phone:
    """A number and what may be done with it."""

    number: str
    kind: str
    text_ok: bool
    voicemail_ok: bool


@dataclass(frozen=True, slots=True)
class LatePatient:
    """A patient whose visit will start at another time than they expect. Times are wall times."""

    appointment_id: int
    patient_id: int
    patient: str
    provider_id: int
    provider: str
    what: str
    starts: datetime
    predicted: datetime
    come_at: datetime
    """What to name: the predicted start, to the next five minutes."""
    is_here: bool
    say: str
    phones: tuple[Phone, ...]
    told: tuple[Notice, ...]
    """What they were told of delays, oldest first."""
    is_told: bool
    """Whether what they were told last is still right."""
    may_text: bool
    """Whether a text can be sent: they allow it, and the office has a gateway."""

    @property
    def late_minutes(self) -> int:
        return (self.predicted - self.starts) // timedelta(minutes=1)

    @property
    def may_leave_message(self) -> bool:
        return not self.is_here and any(phone.voicemail_ok for phone in self.phones)


@dataclass(frozen=True, slots=True)
class RunningLate:
    """The whole list at one moment."""

    at: datetime
    providers: tuple[LateProvider, ...]
    """Those with patients still to be seen, the latest first."""
    patients: tuple[LatePatient, ...]
    """By provider in the same order, then by time."""

    @property
    def to_tell(self) -> int:
        return sum(not patient.is_told for patient in self.patients)


@query(permission="schedule.view")
def running_late(work: Work) -> RunningLate:
    """Today's list; seven statements."""
    rows = _todays(work)
    paces = _paces(work, rows)
    told = defaultdict(list, notices.standing(work, [row.visit.id for row in rows]))
    texts = Channel.TEXT in reminder_facts.usable(work)
    reached = defaultdict(list, phones.in_use_of(work, [row.visit.patient_id for row in rows]))
    names = {row.visit.provider_id: row.provider for row in rows}
    providers = sorted(
        (
            LateProvider(
                provider_id=provider_id,
                provider=names[provider_id],
                late_minutes=ahead.late_minutes,
                words=ahead.words,
                busy_until=ahead.busy_until,
                waiting=len(ahead.predicted),
            )
            for provider_id, ahead in paces.items()
            if ahead.predicted
        ),
        key=lambda each: (-each.late_minutes, each.provider),
    )
    place = {each.provider_id: number for number, each in enumerate(providers)}
    patients = [
        patient
        for row in rows
        if (at := paces[row.visit.provider_id].predicted.get(row.visit.id))
        and (
            patient := _patient(
                row, at, told.get(row.visit.id, []), reached.get(row.visit.patient_id, []), texts=texts
            )
        )
    ]
    patients.sort(key=lambda each: (place[each.provider_id], each.starts, each.appointment_id))
    return RunningLate(work.local_now, tuple(providers), tuple(patients))


def to_tell(work: Work) -> int:
    """How many patients somebody must tell; four statements, for the worklists' counts."""
    rows = _todays(work)
    paces = _paces(work, rows)
    told = defaultdict(list, notices.standing(work, [row.visit.id for row in rows]))
    return sum(
        not patient.is_told
        for row in rows
        if (at := paces[row.visit.provider_id].predicted.get(row.visit.id))
        and (patient := _patient(row, at, told[row.visit.id], [], texts=False))
    )


def _untold(done: Performed) -> Undo:
    return Undo(notices.take_back, notice_id=done.result)


@command("Tell of delay", permission="schedule.book", undo=_untold)
def tell(work: Work, *, appointment_id: int, how: Told, said: str, promised: datetime) -> int:
    """Notes that the patient was told of a delay, or texts them, in these words. Gives back the notice."""
    visit = work.get(Appointment, appointment_id)
    work.concerns(visit.patient_id)
    name = known.spoken_name(work.get(Patient, visit.patient_id))
    if visit.lifecycle not in (Lifecycle.BOOKED, Lifecycle.ARRIVED):
        raise Refused(Finding(f"{name} no longer waits for this visit. Nothing was noted."))
    if how is Told.MESSAGE and not any(row.voicemail_ok for row in phones.in_use(work, visit.patient_id)):
        raise Refused(Finding(f"{name} allows no voicemail. Try again later, or tell them when they come."))
    if how is Told.TEXT and Channel.TEXT not in reminder_facts.usable(work):
        raise Refused(Finding("No text gateway is switched on. Call, or leave a message."))
    if how is Told.IN_PERSON and visit.lifecycle is Lifecycle.BOOKED:
        raise Refused(Finding(f"{name} has not arrived yet. Call them, or leave a message."))
    return notices.tell(
        work,
        appointment_id=appointment_id,
        kind=NoticeKind.DELAY,
        channel=_CHANNELS[how],
        said=f"{LEFT}{said}" if how is Told.MESSAGE else said,
        promised=promised,
    )


def sentence(provider: str, starts: datetime, predicted: datetime, promised: datetime | None) -> str:
    """What to say to a patient whose visit moves; `promised`: what they were told before, and is wrong."""
    at, before = clock_time(come_at(predicted)), clock_time(promised or starts)
    late = (predicted - starts) // timedelta(minutes=1)
    if promised is not None and late <= TELL_BEYOND:
        return f"{provider} has caught up. Please come at your booked time, {clock_time(starts)}."
    if promised is not None and predicted < promised:
        return f"{provider} is catching up. Please come at {at} instead of {before}."
    return (
        f"{provider} is running {late} minutes late. "
        f"Please come at {at} instead of {before}, or I can find you another time."
    )


def come_at(predicted: datetime) -> datetime:
    """A start as it is named to people: the next full five minutes."""
    minutes = -(-(predicted.hour * 60 + predicted.minute) // _ROUND_TO) * _ROUND_TO
    return datetime.combine(predicted, time()) + timedelta(minutes=minutes)


def _to_name(starts: datetime, predicted: datetime) -> datetime:
    """A delay that nobody is told about leaves the booked time."""
    return starts if predicted - starts <= timedelta(minutes=TELL_BEYOND) else come_at(predicted)


@dataclass(frozen=True, slots=True)
class _Row:
    visit: Appointment
    patient: Patient
    provider: str
    kind: str
    status: Status


def _todays(work: Work) -> list[_Row]:
    day, now = datetime.combine(work.today, time()), work.local_now
    asked = (
        select(Appointment, Patient, Provider.short_name, VisitType.name)
        .join(Patient, Patient.id == Appointment.patient_id)
        .join(Provider, Provider.id == Appointment.provider_id)
        .join(VisitType, VisitType.id == Appointment.visit_type_id)
        .where(
            Appointment.starts >= day,
            Appointment.starts < day + timedelta(days=1),
            Appointment.lifecycle.in_(STANDING),
        )
        .order_by(Appointment.starts, Appointment.id)
    )
    return [
        _Row(
            visit,
            patient,
            provider,
            kind,
            status_of(visit.lifecycle, visit.stage, visit.confirmation, visit.starts, now),
        )
        for visit, patient, provider, kind in work.session.execute(asked)
    ]


def _paces(work: Work, rows: Sequence[_Row]) -> dict[int, Pace]:
    return pace.of_day(work, (pace.placed(work, row.visit, row.status) for row in rows), lengths.load(work))


def _patient(
    row: _Row,
    predicted: datetime,
    notices_of: Sequence[Notice],
    reached: Sequence[PatientPhone],
    *,
    texts: bool,
) -> LatePatient | None:
    """The patient's line; None where there is nothing to tell and nothing was told."""
    visit = row.visit
    told = [each for each in notices_of if each.kind is NoticeKind.DELAY]
    promised = told[-1].promised if told else None
    is_here = row.status not in (Status.SCHEDULED, Status.CONFIRMED, Status.NOT_ARRIVED)
    beyond = timedelta(minutes=TELL_BEYOND)
    if promised is None and (is_here or predicted - visit.starts <= beyond):
        return None
    is_told = promised is not None and abs(predicted - promised) <= beyond
    return LatePatient(
        appointment_id=visit.id,
        patient_id=visit.patient_id,
        patient=last_first(row.patient.legal_last, row.patient.preferred_name or row.patient.legal_first),
        provider_id=visit.provider_id,
        provider=row.provider,
        what=visit.reason or row.kind,
        starts=visit.starts,
        predicted=predicted,
        come_at=promised if is_told and promised else _to_name(visit.starts, predicted),
        is_here=is_here,
        say=told[-1].said.removeprefix(LEFT)
        if is_told
        else sentence(row.provider, visit.starts, predicted, promised),
        phones=tuple(
            Phone(us_phone(phone.number), phone.kind.value, phone.text_ok, phone.voicemail_ok)
            for phone in reached
        ),
        told=tuple(told),
        is_told=is_told,
        may_text=texts and not is_here and any(phone.text_ok for phone in reached),
    )
