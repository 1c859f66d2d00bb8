"""Words that a person wrote for a visit, on their way by text or e-mail like any reminder."""

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.schedule.appointment import Appointment, Channel
from frontdesk.models.schedule.reminder import JobState, ReminderJob
from frontdesk.services.schedule import reminder_due, reminder_facts, reminder_reach
from frontdesk.services.schedule.reminder_plan import MESSAGES
from frontdesk.services.work import Work


def queue(work: Work, *, notice_id: int, appointment: Appointment, channel: Channel) -> ReminderJob | None:
    """Puts words that a person wrote for a visit on their way; None where the office has no such channel.

    Raises `Refused` where the patient has no number or address that takes them.
    """
    if channel not in MESSAGES or channel not in reminder_facts.usable(work):
        return None
    reach = reminder_reach.reaches(work, [appointment.patient_id])[appointment.patient_id]
    if not reminder_reach.address_for(reminder_due.told_to(reach, reminder_due.ADULT), channel):
        what = "text" if channel is Channel.TEXT else "e-mail"
        raise Refused(
            Finding(f"This patient cannot be reached by {what}. Call, and note the call instead.", "channel")
        )
    return work.add(
        ReminderJob(
            appointment_id=appointment.id,
            starts=appointment.starts,
            notice_id=notice_id,
            channel=channel,
            due_at=work.now,
        )
    )


def withdraw(work: Work, notice_id: int) -> None:
    """Holds back what was not sent yet of a notice that was taken back."""
    asked = select(ReminderJob).where(
        ReminderJob.notice_id == notice_id, ReminderJob.state == JobState.PLANNED
    )
    for job in work.session.scalars(asked.order_by(ReminderJob.id)):
        job.state, job.why = JobState.WITHDRAWN, "The notice was taken back."
