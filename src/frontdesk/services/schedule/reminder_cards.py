"""Printed reminders of a day's visits: handed over at the desk, or mailed to who wants letters."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import or_, select

from frontdesk.formats.pdf.letterhead import Sender
from frontdesk.formats.pdf.reminder_card import ReminderCard, reminder_cards_pdf
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date, us_phone
from frontdesk.models.office.practice import Practice
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.patient import Patient, ReminderWay
from frontdesk.models.registration.reach import PatientAddress
from frontdesk.models.schedule.appointment import Appointment, Channel, Lifecycle
from frontdesk.models.schedule.reminder import JobState, ReminderJob
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.registration import addresses
from frontdesk.services.schedule import reminder_message, reminder_rules, reminder_templates
from frontdesk.services.schedule.reminder_words import language_of, said_day, said_time, written
from frontdesk.services.work import Work


@query(permission="schedule.view")
def cards_pdf(work: Work, *, day: date, only_mailed: bool) -> bytes:
    """The cards of a day in the order of the visits; `only_mailed`: of those who want letters."""
    practice = work.session.scalars(select(Practice)).one()
    midnight = datetime.combine(day, time())
    asked = (
        select(Appointment, Patient, Provider.short_name, VisitType)
        .join(Patient, Patient.id == Appointment.patient_id)
        .join(Provider, Provider.id == Appointment.provider_id)
        .join(VisitType, VisitType.id == Appointment.visit_type_id)
        .where(
            Appointment.lifecycle == Lifecycle.BOOKED,
            Appointment.starts >= midnight,
            Appointment.starts < midnight + timedelta(days=1),
        )
        .order_by(Appointment.starts, Appointment.id)
    )
    if only_mailed:
        asked = asked.where(Patient.reminder_way == ReminderWay.LETTER)
    rows = work.session.execute(asked).all()
    addresses = _addresses(work, [patient.id for _, patient, _, _ in rows])
    words = {
        each.language: each.draft
        for each in reminder_templates.templates(work)
        if each.channel is Channel.LETTER
    }
    says = reminder_rules.is_preparation_said(work)
    cards = []
    for appointment, patient, provider, kind in rows:
        language = language_of(patient.language)
        about = reminder_message.about(appointment, patient, provider, kind, says=says)
        said = written(
            "",
            words[language].body,
            language,
            practice=practice.name,
            phone=practice.phone,
            about=[about],
        )
        day_said, time_said = said_day(day, language), said_time(appointment.starts, language)
        cards.append(
            ReminderCard(
                name=first_last(patient.preferred_name or patient.legal_first, patient.legal_last),
                address=addresses.get(patient.id, ()),
                when=f"{day_said}, {time_said}",
                words=said.body,
            )
        )
    work.concerns(*(patient.id for _, patient, _, _ in rows))
    city = f"{practice.city}, {practice.state} {practice.zip[:5]}"
    sender = Sender(practice.name, (practice.address1, city, us_phone(practice.phone)))
    return reminder_cards_pdf(sender, f"Reminder cards for {us_date(day)}", tuple(cards))


def _mailed_back(done: Performed) -> Undo:
    return Undo(mark_not_mailed, job_ids=done.result)


@command("Mark cards as mailed", permission="schedule.send_reminders", undo=_mailed_back)
def mark_mailed(work: Work, *, day: date) -> tuple[int, ...]:
    """The cards that the rules want for a day's visits are in the mail; gives back which."""
    midnight = datetime.combine(day, time())
    jobs = work.session.scalars(
        select(ReminderJob)
        .where(
            ReminderJob.channel == Channel.LETTER,
            ReminderJob.state == JobState.PLANNED,
            ReminderJob.starts >= midnight,
            ReminderJob.starts < midnight + timedelta(days=1),
        )
        .order_by(ReminderJob.id)
    ).all()
    for job in jobs:
        job.state = JobState.SENT
    return tuple(job.id for job in jobs)


@command(
    "Take back mailed cards",
    permission="schedule.send_reminders",
    undo=irreversible("Mark the cards as mailed again."),
)
def mark_not_mailed(work: Work, *, job_ids: tuple[int, ...]) -> None:
    """The cards were not mailed after all."""
    for job_id in job_ids:
        job = work.get(ReminderJob, job_id)
        if job.channel is Channel.LETTER and job.state is JobState.SENT:
            job.state = JobState.PLANNED


def _addresses(work: Work, patient_ids: list[int]) -> dict[int, tuple[str, ...]]:
    """Where mail goes: the confidential address before all others (45 CFR 164.522(b))."""
    asked = select(PatientAddress).where(
        PatientAddress.patient_id.in_(patient_ids),
        PatientAddress.valid_from <= work.today,
        or_(PatientAddress.valid_until.is_(None), PatientAddress.valid_until >= work.today),
    )
    rows = sorted(
        work.session.scalars(asked), key=lambda row: (-addresses.MAIL_ORDER.index(row.kind), row.id)
    )
    return {
        row.patient_id: (
            f"{row.street}, {row.unit}" if row.unit else row.street,
            f"{row.city}, {row.state} {row.postal_code}",
        )
        for row in rows
    }
