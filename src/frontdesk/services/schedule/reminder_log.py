"""The log of reminders: what is planned, what went out, what failed, with each try."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import and_, func, or_, select

from frontdesk.kernel.names import last_first
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, Channel
from frontdesk.models.schedule.reminder import (
    AttemptResult,
    JobState,
    ReminderAttempt,
    ReminderJob,
    ReminderRule,
)
from frontdesk.models.security.audit import Station
from frontdesk.services.command import query
from frontdesk.services.work import Work

LOOK_BACK: Final = timedelta(days=30)
LIMIT: Final = 500


class Shown(StrEnum):
    """Which part of the log."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


_STATES: Final[Mapping[Shown, tuple[JobState, ...]]] = {
    Shown.WAITING: (JobState.PLANNED, JobState.CLAIMED),
    Shown.SENT: (JobState.SENT,),
    Shown.FAILED: (JobState.FAILED, JobState.UNKNOWN),
    Shown.WITHDRAWN: (JobState.WITHDRAWN,),
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try. Times are wall times."""

    at: datetime
    result: AttemptResult
    sent_to: str
    answer: str
    gateway_id: str
    next_try: datetime | None
    desk: str


@dataclass(frozen=True, slots=True)
class JobLine:
    """One reminder of the log. Times are wall times."""

    id: int
    patient_id: int
    patient: str
    starts: datetime
    what: str
    """The rule's name, or that a person wrote it."""
    channel: Channel
    state: JobState
    due: datetime
    tries: int
    why: str


@dataclass(frozen=True, slots=True)
class ReminderLog:
    """A part of the log, and how much is in each."""

    lines: tuple[JobLine, ...]
    counts: Mapping[str, int]


@query(permission="schedule.view")
def log(work: Work, *, shown: Shown) -> ReminderLog:
    """The last 30 days and what is to come; the next due first, else the newest first. Two statements."""
    recent = or_(ReminderJob.state.in_(_STATES[Shown.WAITING]), ReminderJob.due_at >= work.now - LOOK_BACK)
    by_state = dict(
        work.session.execute(
            select(ReminderJob.state, func.count()).where(recent).group_by(ReminderJob.state)
        ).all()
    )
    order = ReminderJob.due_at.asc() if shown is Shown.WAITING else ReminderJob.due_at.desc()
    asked = (
        select(ReminderJob, Patient, ReminderRule.name)
        .join(Appointment, Appointment.id == ReminderJob.appointment_id)
        .join(Patient, Patient.id == Appointment.patient_id)
        .outerjoin(ReminderRule, ReminderRule.id == ReminderJob.rule_id)
        .where(recent, ReminderJob.state.in_(_STATES[shown]))
        .order_by(order, ReminderJob.id)
        .limit(LIMIT)
    )
    lines = tuple(
        JobLine(
            id=job.id,
            patient_id=patient.id,
            patient=last_first(patient.legal_last, patient.preferred_name or patient.legal_first),
            starts=job.starts,
            what=rule or "Written by hand",
            channel=job.channel,
            state=job.state,
            due=work.wall(job.due_at),
            tries=job.tries,
            why=job.why,
        )
        for job, patient, rule in work.session.execute(asked)
    )
    counts = {part.value: sum(by_state.get(state, 0) for state in states) for part, states in _STATES.items()}
    return ReminderLog(lines, counts)


@query(permission="schedule.view")
def attempts(work: Work, *, job_id: int) -> tuple[Attempt, ...]:
    """Each try of one reminder, oldest first; one statement."""
    asked = (
        select(ReminderAttempt, Station.name)
        .join(Station, Station.id == ReminderAttempt.station_id)
        .where(ReminderAttempt.job_id == job_id)
        .order_by(ReminderAttempt.id)
    )
    return tuple(
        Attempt(
            at=work.wall(row.at),
            result=row.result,
            sent_to=row.sent_to,
            answer=row.answer,
            gateway_id=row.gateway_id,
            next_try=None if row.next_try_at is None else work.wall(row.next_try_at),
            desk=desk,
        )
        for row, desk in work.session.execute(asked)
    )


def count(work: Work) -> int:
    """How many messages failed for visits to come: somebody should look at the servers; one statement."""
    asked = select(func.count()).where(
        and_(
            ReminderJob.state.in_(_STATES[Shown.FAILED]),
            ReminderJob.starts > work.local_now,
        )
    )
    return work.session.scalar(asked) or 0
