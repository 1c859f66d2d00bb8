"""Which messages are due, which were left behind, and who of a household one message covers."""

from datetime import timedelta
from typing import Final

from sqlalchemy import Select, and_, or_, select

from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.reminder import JobState, ReminderJob, ReminderRule
from frontdesk.services.schedule import reminder_facts, reminder_reach
from frontdesk.services.schedule.reminder_plan import MESSAGES, Reach, families
from frontdesk.services.work import Work

CLAIM_LASTS: Final = timedelta(minutes=15)
"""Longer than any server is waited for: a claim that old belongs to a desk that went down."""
NOTICE_LASTS: Final = timedelta(hours=4)
"""What a person wrote for the day is stale after that, and held back."""
ADULT: Final = 18


def due(work: Work) -> Select[ReminderJob]:
    """Messages that are due, of visits that still stand, while it is not quiet; the longest due first."""
    usable = sorted(reminder_facts.usable(work).intersection(MESSAGES))
    asked = (
        select(ReminderJob)
        .join(Appointment, Appointment.id == ReminderJob.appointment_id)
        .where(
            ReminderJob.state == JobState.PLANNED,
            ReminderJob.channel.in_(usable),
            ReminderJob.due_at <= work.now,
            or_(
                ReminderJob.notice_id.is_not(None),
                and_(
                    Appointment.lifecycle == Lifecycle.BOOKED,
                    Appointment.starts == ReminderJob.starts,
                ),
            ),
        )
        .order_by(ReminderJob.due_at, ReminderJob.id)
    )
    if reminder_facts.quiet_of(work).covers(work.local_now):
        asked = asked.where(ReminderJob.notice_id.is_not(None))
    return asked


def stale(work: Work) -> Select[ReminderJob]:
    return (
        select(ReminderJob)
        .where(ReminderJob.state == JobState.CLAIMED, ReminderJob.claimed_at < work.now - CLAIM_LASTS)
        .order_by(ReminderJob.id)
    )


def late_notices(work: Work) -> Select[ReminderJob]:
    return (
        select(ReminderJob)
        .where(
            ReminderJob.notice_id.is_not(None),
            ReminderJob.channel.in_(MESSAGES),
            ReminderJob.state == JobState.PLANNED,
            ReminderJob.due_at < work.now - NOTICE_LASTS,
        )
        .order_by(ReminderJob.id)
    )


def relatives(work: Work, job: ReminderJob) -> list[ReminderJob]:
    """Jobs of the same rule, channel and day, which the same message may cover."""
    if job.rule_id is None or job.tries or not work.get(ReminderRule, job.rule_id).family_together:
        return []
    midnight = job.starts.replace(hour=0, minute=0, second=0, microsecond=0)
    asked = (
        select(ReminderJob)
        .join(Appointment, Appointment.id == ReminderJob.appointment_id)
        .where(
            ReminderJob.id != job.id,
            ReminderJob.rule_id == job.rule_id,
            ReminderJob.channel == job.channel,
            ReminderJob.state == JobState.PLANNED,
            ReminderJob.tries == 0,
            ReminderJob.starts >= midnight,
            ReminderJob.starts < midnight + timedelta(days=1),
            Appointment.lifecycle == Lifecycle.BOOKED,
            Appointment.starts == ReminderJob.starts,
        )
        .order_by(ReminderJob.id)
    )
    return list(work.session.scalars(asked))


def addresses(work: Work, jobs: list[ReminderJob]) -> dict[int, str]:
    """By job, where its message goes; the first job's own family only."""
    patients = dict(
        work.session.execute(
            select(Appointment.id, Appointment.patient_id).where(
                Appointment.id.in_([job.appointment_id for job in jobs])
            )
        ).all()
    )
    work.concerns(patients[jobs[0].appointment_id])
    reached = reminder_reach.reaches(work, patients.values())
    rule = work.get(ReminderRule, jobs[0].rule_id) if jobs[0].rule_id is not None else None
    below = 18 if rule is None else rule.guardian_below_age
    found = {
        job.id: reminder_reach.address_for(told_to(reached[patients[job.appointment_id]], below), job.channel)
        for job in jobs
    }
    grouped = families(
        [(job.id, job.rule_id or 0, found[job.id], job.starts) for job in jobs if found[job.id]]
    )
    family = next((group for group in grouped if jobs[0].id in group), (jobs[0].id,))
    return {id: found[id] for id in family}


def told_to(reach: Reach, below_age: int) -> Reach:
    if reach.age >= below_age:
        return reach
    return reach.guardian or Reach(reach.way)
