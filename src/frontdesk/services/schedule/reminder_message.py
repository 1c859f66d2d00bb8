"""What a claimed reminder says: put together at the moment it is sent, from the book as it is then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from frontdesk.formats.calendar_entry import CalendarEntry, calendar_ics
from frontdesk.kernel.text import us_phone
from frontdesk.models.office.practice import Practice, Site
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, AppointmentEvent, Channel, EventKind
from frontdesk.models.schedule.reminder import ReminderJob, ReminderRule
from frontdesk.models.schedule.visit_notice import VisitNotice
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.command import query
from frontdesk.services.schedule.reminder_templates import words_for
from frontdesk.services.schedule.reminder_words import About, Words, language_of, said_day, written
from frontdesk.services.work import Work

_ABOUT = {"en": "About your visit on {day}", "es": "Sobre su cita del {day}"}
_NOTICE = {
    "en": "{practice}: {said} Questions? Call {phone}.",
    "es": "{practice}: {said} ¿Preguntas? Llame al {phone}.",
}
_STOP = {"en": " Reply STOP to end texts.", "es": " Responda STOP para no recibir más mensajes."}


@dataclass(frozen=True, slots=True)
class Message:
    """A message ready to go; `calendar` is an .ics file, `paper` a PDF: both for e-mail."""

    subject: str
    body: str
    calendar: bytes
    paper: bytes = b""
    paper_name: str = "paper.pdf"


@dataclass(frozen=True, slots=True)
class _Told:
    job: ReminderJob
    appointment: Appointment
    patient: Patient
    provider: str
    kind: VisitType
    site: Site


@query(permission="schedule.view")
def message(work: Work, *, job_ids: tuple[int, ...]) -> Message:
    """The words of claimed jobs, all for the same number or address; a constant number of statements."""
    told = told_of(work, job_ids)
    practice = work.session.scalars(select(Practice)).one()
    first = told[0]
    language = language_of(first.patient.language)
    words = _words(work, told, practice, language)
    if first.job.channel is not Channel.EMAIL:
        return Message("", words.body, b"")
    return Message(words.subject, words.body, _calendar(work, told, practice))


def told_of(work: Work, job_ids: Sequence[int]) -> list[_Told]:
    """The jobs with their visits, in the order of their starts."""
    asked = (
        select(ReminderJob, Appointment, Patient, Provider.short_name, VisitType, Site)
        .join(Appointment, Appointment.id == ReminderJob.appointment_id)
        .join(Patient, Patient.id == Appointment.patient_id)
        .join(Provider, Provider.id == Appointment.provider_id)
        .join(VisitType, VisitType.id == Appointment.visit_type_id)
        .join(Site, Site.id == Appointment.site_id)
        .where(ReminderJob.id.in_(job_ids))
        .order_by(ReminderJob.starts, ReminderJob.id)
    )
    return [_Told(*row) for row in work.session.execute(asked)]


def about(appointment: Appointment, patient: Patient, provider: str, kind: VisitType, *, says: bool) -> About:
    """What a message may say of a visit; its preparation only where the rule says so."""
    return About(
        first_name=patient.preferred_name or patient.legal_first,
        provider=provider,
        starts=appointment.starts,
        arrive=appointment.starts - timedelta(minutes=kind.arrive_early_minutes),
        preparation=kind.preparation if says else "",
    )


def _words(work: Work, told: list[_Told], practice: Practice, language: str) -> Words:
    first = told[0]
    if first.job.notice_id is not None:
        said = work.get(VisitNotice, first.job.notice_id).said
        body = _NOTICE[language].format(practice=practice.name, said=said, phone=us_phone(practice.phone))
        stop = _STOP[language] if first.job.channel is Channel.TEXT else ""
        day = said_day(first.job.starts.date(), language)
        return Words(_ABOUT[language].format(day=day), body + stop)
    assert first.job.rule_id is not None, "ck_reminder_job_of_a_rule_or_a_notice"
    says = work.get(ReminderRule, first.job.rule_id).says_preparation
    template = words_for(work, first.job.channel, language)
    visits = [about(each.appointment, each.patient, each.provider, each.kind, says=says) for each in told]
    return written(
        template.subject,
        template.body,
        language,
        practice=practice.name,
        phone=first.site.phone or practice.phone,
        about=visits,
    )


def _calendar(work: Work, told: list[_Told], practice: Practice) -> bytes:
    moves = dict(
        work.session.execute(
            select(AppointmentEvent.appointment_id, func.count())
            .where(
                AppointmentEvent.appointment_id.in_([each.appointment.id for each in told]),
                AppointmentEvent.kind.in_((EventKind.MOVED, EventKind.RESIZED, EventKind.TAKEN_BACK)),
            )
            .group_by(AppointmentEvent.appointment_id)
        ).all()
    )
    entries = tuple(
        CalendarEntry(
            uid=f"visit-{each.appointment.id}@frontdesk",
            sequence=moves.get(each.appointment.id, 0),
            starts=each.appointment.starts,
            ends=each.appointment.ends,
            summary=f"{practice.name}, {each.provider}",
            place=f"{each.site.address1}, {each.site.city}, {each.site.state} {each.site.zip[:5]}",
            description=us_phone(each.site.phone or practice.phone),
        )
        for each in told
    )
    return calendar_ics(entries, zone=told[0].site.zone, stamped_at=work.now)
