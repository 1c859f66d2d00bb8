"""Reminders on their way: planned from the rules, claimed by one desk, and what came of each try.

A message goes out at most once. A desk claims it in one transaction, sends it outside of any, and
records the answer in another. A desk that goes down in between leaves the claim; after a while the
message counts as unknown, and a person calls instead: nobody can say whether it arrived.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from frontdesk.kernel.errors import Conflict, Finding, Refused
from frontdesk.models.schedule.appointment import Appointment, Channel
from frontdesk.models.schedule.reminder import (
    LONGEST_ANSWER,
    AttemptResult,
    JobState,
    ReminderAttempt,
    ReminderJob,
    ReminderRule,
)
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.schedule import reminder_due, reminder_facts
from frontdesk.services.schedule.reminder_plan import MESSAGES, next_try
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

_INSTEAD: Final = {
    Channel.TEXT: "The text could not be sent.",
    Channel.EMAIL: "The e-mail could not be sent.",
}
_UNKNOWN: Final = {
    Channel.TEXT: "Nobody can say whether the text arrived.",
    Channel.EMAIL: "Nobody can say whether the e-mail arrived.",
}

says("reminder_job_kept", "Reminders are kept. Withdraw it instead.")
says("reminder_job_once", "This message was sent, or given up, already. Call the patient instead.")
says("reminder_job_same", "A reminder keeps its visit and its time. Make another for the new time.")
says("append_only_reminder_attempt", "What came of a reminder is kept as it was.")
says("uq_reminder_job_occurrence", "Another desk has planned this reminder already.")
says("uq_reminder_job_notice", "This message waits to be sent already.")


@dataclass(frozen=True, slots=True)
class Claim:
    """What this desk sends now: one message, for one visit or several of a household; or nothing any more."""

    job_ids: tuple[int, ...]
    channel: Channel
    sent_to: str


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many reminders were planned, withdrawn, and given up as unknown."""

    planned: int
    withdrawn: int
    unknown: int


@query(permission="schedule.view")
def is_work_waiting(work: Work) -> bool:
    """Whether anything is to be planned, claimed or given up: asked before anything is written."""
    if reminder_facts.outstanding(work):
        return True
    return any(
        work.session.scalar(asked.with_only_columns(func.count()).order_by(None))
        for asked in (reminder_due.due(work), reminder_due.stale(work), reminder_due.late_notices(work))
    )


@command(
    "Plan reminders",
    permission="schedule.send_reminders",
    undo=irreversible("Reminders follow the rules and the book. Switch the rule off instead."),
)
def refresh(work: Work) -> Refreshed:
    """Makes and withdraws jobs as the rules and the book want them, and gives up what a desk left behind."""
    wanted = reminder_facts.outstanding(work)
    for each in wanted.new:
        work.add(
            ReminderJob(
                appointment_id=each.appointment_id,
                starts=each.starts,
                rule_id=each.rule_id,
                channel=each.channel,
                due_at=work.instant(each.due),
            )
        )
    for job_id, due in wanted.renewed:
        job = work.get(ReminderJob, job_id)
        job.state, job.due_at, job.why = JobState.PLANNED, work.instant(due), ""
    for job_id in wanted.withdrawn:
        job = work.get(ReminderJob, job_id)
        job.state, job.why = JobState.WITHDRAWN, "No longer wanted: the visit or a rule changed."
    late = list(work.session.scalars(reminder_due.late_notices(work)))
    for job in late:
        job.state, job.why = JobState.WITHDRAWN, "It could not be sent in time."
    work.flush()
    stale = list(work.session.scalars(reminder_due.stale(work)))
    for job in stale:
        _attempt(work, job, AttemptResult.UNKNOWN, answer="The desk that was sending it went down.")
        _settle(work, job, JobState.UNKNOWN)
        call_instead(work, job, _UNKNOWN[job.channel])
    return Refreshed(len(wanted.new) + len(wanted.renewed), len(wanted.withdrawn) + len(late), len(stale))


@command(
    "Claim reminder",
    permission="schedule.send_reminders",
    undo=irreversible("A message that is being sent cannot be called back."),
)
def claim(work: Work) -> Claim | None:
    """Takes the next due message for this desk alone; None when nothing is due.

    Two desks never take the same: the rows are locked, and their version must be the one that was read.
    """
    first = work.session.scalars(
        reminder_due.due(work).limit(1).with_for_update(of=ReminderJob, skip_locked=True)
    ).first()
    if first is None:
        return None
    addresses = reminder_due.addresses(work, [first, *reminder_due.relatives(work, first)])
    sent_to = addresses.get(first.id, "")
    if not sent_to:
        _settle(work, first, JobState.FAILED)
        call_instead(work, first, "The patient has no number or address for this any more.")
        return Claim((), first.channel, "")
    same = [id for id, address in addresses.items() if address.lower() == sent_to.lower()]
    ours = list(
        work.session.scalars(
            select(ReminderJob)
            .where(ReminderJob.id.in_(same), ReminderJob.state == JobState.PLANNED)
            .order_by(ReminderJob.starts, ReminderJob.id)
            .with_for_update(skip_locked=True)
        )
    )
    for job in ours:
        job.state, job.claimed_at, job.station_id = JobState.CLAIMED, work.now, work.station.id
    return Claim(tuple(job.id for job in ours), first.channel, sent_to)


@command(
    "Record sent reminder",
    permission="schedule.send_reminders",
    undo=irreversible("What came of a message stays on record."),
)
def record(
    work: Work,
    *,
    job_ids: tuple[int, ...],
    result: AttemptResult,
    sent_to: str,
    gateway_id: str = "",
    answer: str = "",
    wait_seconds: int | None = None,
) -> None:
    """What came of a try: sent, to be tried again, or a call by a person in its place."""
    for job_id in job_ids:
        job = work.get(ReminderJob, job_id)
        if job.state not in (JobState.CLAIMED, JobState.UNKNOWN):
            raise Conflict("This message was settled meanwhile. Nothing was changed.")
        work.concerns(work.get(Appointment, job.appointment_id).patient_id)
        was_given_up = job.state is JobState.UNKNOWN
        job.tries += 1
        again = None
        if result is AttemptResult.TEMPORARY and not was_given_up:
            again = _next_try(work, job, wait_seconds)
        _attempt(
            work,
            job,
            result,
            sent_to=sent_to,
            gateway_id=gateway_id.replace("\0", ""),
            answer=answer.replace("\0", ""),
            next_try_at=again and work.instant(again),
        )
        if result is AttemptResult.SENT:
            _settle(work, job, JobState.SENT)
        elif again is not None:
            _settle(work, job, JobState.PLANNED)
            job.due_at = work.instant(again)
        elif result is AttemptResult.UNKNOWN:
            _settle(work, job, JobState.UNKNOWN)
            call_instead(work, job, _UNKNOWN[job.channel])
        elif not was_given_up:
            _settle(work, job, JobState.FAILED)
            call_instead(work, job, _INSTEAD[job.channel])


@command(
    "Mark reminder as bounced",
    permission="schedule.book",
    undo=irreversible("The message came back. A person calls the patient instead."),
)
def mark_bounced(work: Work, *, job_id: int, said: str) -> int:
    """Notes that a sent message came back, and in which words; gives back the call in its place."""
    job = work.get(ReminderJob, job_id)
    work.concerns(work.get(Appointment, job.appointment_id).patient_id)
    if job.channel not in MESSAGES or job.state is not JobState.SENT:
        raise Refused(Finding("Only a message that was sent can come back."))
    last = work.session.scalars(
        select(ReminderAttempt).where(ReminderAttempt.job_id == job_id).order_by(ReminderAttempt.id.desc())
    ).first()
    _attempt(
        work,
        job,
        AttemptResult.BOUNCED,
        sent_to=last.sent_to if last is not None else "",
        answer=said.strip() or "It came back.",
    )
    job.state = JobState.FAILED
    return call_instead(work, job, "The message came back.").id


def withdraw_calls(work: Work, job_ids: tuple[int, ...]) -> None:
    """Calls that nobody needs to make after all."""
    for job_id in job_ids:
        job = work.get(ReminderJob, job_id)
        if job.channel is Channel.PHONE and job.state is JobState.PLANNED:
            job.state, job.why = JobState.WITHDRAWN, "What asked for this call was taken back."


def call_instead(work: Work, job: ReminderJob, why: str) -> ReminderJob:
    """The call that takes the place of a message; the one there is, where there is one."""
    same = select(ReminderJob).where(
        ReminderJob.appointment_id == job.appointment_id,
        ReminderJob.starts == job.starts,
        ReminderJob.channel == Channel.PHONE,
        ReminderJob.notice_id == job.notice_id
        if job.notice_id is not None
        else ReminderJob.rule_id == job.rule_id,
    )
    call = work.session.scalars(same).first()
    if call is None:
        call = work.add(
            ReminderJob(
                appointment_id=job.appointment_id,
                starts=job.starts,
                rule_id=job.rule_id,
                notice_id=job.notice_id,
                channel=Channel.PHONE,
                due_at=work.now,
                why=why,
            )
        )
    elif call.state is JobState.WITHDRAWN or call.due_at > work.now:
        call.state, call.due_at, call.why = JobState.PLANNED, work.now, why
    work.flush()
    return call


def _next_try(work: Work, job: ReminderJob, wait_seconds: int | None) -> datetime | None:
    latest = job.starts
    if job.rule_id is not None:
        latest -= timedelta(hours=work.get(ReminderRule, job.rule_id).not_within_hours)
    wait = None if wait_seconds is None else timedelta(seconds=wait_seconds)
    return next_try(job.tries, work.local_now, wait, reminder_facts.quiet_of(work), latest)


def _settle(work: Work, job: ReminderJob, state: JobState) -> None:
    job.state, job.claimed_at = state, None
    work.flush()


def _attempt(
    work: Work,
    job: ReminderJob,
    result: AttemptResult,
    *,
    sent_to: str = "",
    gateway_id: str = "",
    answer: str = "",
    next_try_at: datetime | None = None,
) -> None:
    work.add(
        ReminderAttempt(
            job_id=job.id,
            at=work.now,
            channel=job.channel,
            result=result,
            sent_to=sent_to,
            gateway_id=gateway_id,
            answer=answer[:LONGEST_ANSWER],
            next_try_at=next_try_at,
            station_id=work.station.id,
            user_id=work.actor.user_id,
        )
    )
