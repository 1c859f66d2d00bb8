"""What patients answer to reminders: a confirmation, a no, an end to all messages, or words for a person.

Answers are read at the desk and entered here; no mailbox is read and no gateway calls in.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Conflict, Finding, Refused, refuse_if_any
from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import fold
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, Channel, Confirmation, Lifecycle
from frontdesk.models.schedule.reminder import (
    LONGEST_WORDS,
    AttemptResult,
    ReminderAttempt,
    ReminderJob,
    ReminderOptOut,
    ReminderReply,
)
from frontdesk.models.schedule.reminder import ReplyMeaning as ReplyMeaning
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.registration.phone_numbers import stored_phone
from frontdesk.services.schedule import confirmation, reminder_jobs, taking_back
from frontdesk.services.schedule.reminder_plan import MESSAGES
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_reminder_reply", "What a patient answered is kept as it came. Take the entry back instead.")
says("uq_reminder_reply_takes_back_id", "This entry has been taken back already.")
says("uq_reminder_opt_out_stands", "This number or address wants no messages already.")

_WORDS: Final = {
    ReplyMeaning.STOP: "stop stopall unsubscribe cancel end quit revoke optout alto parar basta",
    ReplyMeaning.START: "start unstop empezar",
    ReplyMeaning.CONFIRM: "c yes y ok okay confirm confirmed si confirmo 1",
    ReplyMeaning.DECLINE: "no n decline 2",
}
"""STOP and its like end the messages whatever else is written (47 CFR 64.1200(a)(10))."""


@dataclass(frozen=True, slots=True)
class Replied:
    """What an answer wrote: its row, what it set on which visits, and the calls that it asks for."""

    reply_id: int
    meaning: ReplyMeaning
    events: tuple[tuple[int, int], ...]
    """Visits, each with the event on it."""
    opt_out_id: int | None
    job_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it stands in the log."""

    id: int
    at: datetime
    channel: Channel
    sender: str
    said: str
    meaning: ReplyMeaning
    patient: str
    patient_id: int | None


@dataclass(frozen=True, slots=True)
class OptOut:
    """A number or address that wants no messages."""

    id: int
    channel: Channel
    address: str
    since: datetime


def meaning_of(said: str) -> ReplyMeaning:
    """What an answer asks for, by its first word; an answer in own words is for a person."""
    words = fold(said).split()
    if not words:
        return ReplyMeaning.OTHER
    for meaning, known in _WORDS.items():
        is_short = len(words) <= 3 or meaning is ReplyMeaning.STOP
        if words[0] in known.split() and is_short:
            return meaning
    return ReplyMeaning.OTHER


@query(permission="schedule.view")
def replies(work: Work, *, limit: int = 200) -> tuple[Reply, ...]:
    """The answers that stand, newest first; one statement."""
    taken = select(ReminderReply.takes_back_id).where(ReminderReply.takes_back_id.is_not(None))
    asked = (
        select(ReminderReply, Patient.id, Patient.legal_last, Patient.legal_first)
        .outerjoin(Appointment, Appointment.id == ReminderReply.appointment_id)
        .outerjoin(Patient, Patient.id == Appointment.patient_id)
        .where(ReminderReply.takes_back_id.is_(None), ReminderReply.id.not_in(taken))
        .order_by(ReminderReply.id.desc())
        .limit(limit)
    )
    return tuple(
        Reply(
            id=row.id,
            at=work.wall(row.at),
            channel=row.channel,
            sender=row.sender,
            said=row.said,
            meaning=row.meaning,
            patient=last_first(last, first) if last else "",
            patient_id=patient_id,
        )
        for row, patient_id, last, first in work.session.execute(asked)
    )


@query(permission="schedule.view")
def opt_outs(work: Work) -> tuple[OptOut, ...]:
    """The numbers and addresses that want no messages, newest first; one statement."""
    rows = work.session.scalars(
        select(ReminderOptOut).where(ReminderOptOut.ended_at.is_(None)).order_by(ReminderOptOut.id.desc())
    )
    return tuple(OptOut(row.id, row.channel, row.address, work.wall(row.since_at)) for row in rows)


def _taken_back(done: Performed) -> Undo:
    return Undo(take_back, replied=done.result)


@command("Record reply", permission="schedule.book", undo=_taken_back)
def record(work: Work, *, channel: Channel, sender: str, said: str) -> Replied:
    """Takes an answer down and does what it asks for: confirms, declines, ends messages, or has them called.

    It is about the visits of the newest message to that number or address. No visit is called off by it.
    """
    address = _address(channel, sender)
    refuse_if_any(_findings(channel, address, said))
    meaning = meaning_of(said)
    jobs = _jobs_of(work, channel, address)
    visits = [(job, work.get(Appointment, job.appointment_id)) for job in jobs]
    work.concerns(*(visit.patient_id for _, visit in visits))
    to_come = [
        (job, visit)
        for job, visit in visits
        if visit.lifecycle is Lifecycle.BOOKED and visit.starts > work.local_now
    ]
    row = work.add(
        ReminderReply(
            at=work.now,
            channel=channel,
            sender=address,
            said=said.strip(),
            meaning=meaning,
            appointment_id=visits[0][1].id if visits else None,
            user_id=work.actor.user_id,
            station_id=work.station.id,
        )
    )
    work.flush()
    opt_out_id = None
    if meaning is ReplyMeaning.STOP:
        opt_out_id = _stop(work, channel, address)
    elif meaning is ReplyMeaning.START:
        _start_again(work, channel, address)
    outcome = {
        ReplyMeaning.CONFIRM: Confirmation.CONFIRMED,
        ReplyMeaning.DECLINE: Confirmation.DECLINED,
    }.get(meaning)
    events = []
    if outcome is not None:
        for _, visit in to_come:
            event_id = confirmation.record(
                work, appointment_id=visit.id, channel=channel, outcome=outcome, note=""
            )
            events.append((visit.id, event_id))
    why = _WHY.get(meaning)
    calls = [] if why is None else [reminder_jobs.call_instead(work, job, why).id for job, _ in to_come]
    return Replied(row.id, meaning, tuple(events), opt_out_id, tuple(calls))


_WHY: Final = {
    ReplyMeaning.DECLINE: "The patient wrote that they cannot come.",
    ReplyMeaning.OTHER: "The patient answered in their own words.",
}


@command("Take back reply", permission="schedule.book", undo=irreversible("Enter the answer again."))
def take_back(work: Work, *, replied: Replied) -> int:
    """Takes an entry back with all that it set; both rows stay. Gives back the new row's id."""
    row = work.get(ReminderReply, replied.reply_id)
    for appointment_id, event_id in replied.events:
        taking_back.take_back(work, appointment_id=appointment_id, event_id=event_id)
    if replied.opt_out_id is not None:
        work.get(ReminderOptOut, replied.opt_out_id).ended_at = work.now
    reminder_jobs.withdraw_calls(work, replied.job_ids)
    again = work.add(
        ReminderReply(
            at=work.now,
            channel=row.channel,
            sender=row.sender,
            said="",
            meaning=row.meaning,
            appointment_id=row.appointment_id,
            user_id=work.actor.user_id,
            station_id=work.station.id,
            takes_back_id=row.id,
        )
    )
    return again.id


def _allowed_again(done: Performed) -> Undo:
    return Undo(stop_messages, channel=done.result.channel, address=done.result.address)


@command("Allow messages again", permission="schedule.book", undo=_allowed_again)
def allow_again(work: Work, *, opt_out_id: int) -> OptOut:
    """The patient wants messages to this number or address again."""
    row = work.get(ReminderOptOut, opt_out_id)
    if row.ended_at is not None:
        raise Conflict("Messages to this number or address are allowed again already.")
    row.ended_at = work.now
    return OptOut(row.id, row.channel, row.address, work.wall(row.since_at))


def _stopped_again(done: Performed) -> Undo:
    return Undo(allow_again, opt_out_id=done.result)


@command("Stop messages", permission="schedule.book", undo=_stopped_again)
def stop_messages(work: Work, *, channel: Channel, address: str) -> int:
    """No messages to this number or address from now on, as somebody asked at the desk."""
    stored = _address(channel, address)
    refuse_if_any(_findings(channel, stored, "STOP"))
    made = _stop(work, channel, stored)
    if made is None:
        raise Refused(Finding("This number or address wants no messages already.", field="address"))
    return made


def _address(channel: Channel, sender: str) -> str:
    if channel is Channel.TEXT and sender.strip():
        return stored_phone(sender)
    return sender.strip().lower()


def _findings(channel: Channel, address: str, said: str) -> list[Finding]:
    findings = []
    if channel not in MESSAGES:
        findings.append(Finding("Choose text or e-mail; a call is noted on the call list.", field="channel"))
    if not address:
        findings.append(Finding("Write the number or address that the answer came from.", field="sender"))
    if not said.strip():
        findings.append(Finding("Write what the patient answered.", field="said"))
    elif len(said.strip()) > LONGEST_WORDS:
        findings.append(
            Finding(f"This is longer than {LONGEST_WORDS} characters. Enter the part that matters.", "said")
        )
    return findings


def _jobs_of(work: Work, channel: Channel, address: str) -> list[ReminderJob]:
    """The visits of the newest message that went to this number or address."""
    sent = (
        select(ReminderAttempt.at)
        .where(
            ReminderAttempt.channel == channel,
            ReminderAttempt.sent_to == address,
            ReminderAttempt.result == AttemptResult.SENT,
        )
        .order_by(ReminderAttempt.at.desc())
        .limit(1)
    )
    newest = work.session.scalar(sent)
    if newest is None:
        return []
    asked = (
        select(ReminderJob)
        .join(ReminderAttempt, ReminderAttempt.job_id == ReminderJob.id)
        .where(
            ReminderAttempt.channel == channel,
            ReminderAttempt.sent_to == address,
            ReminderAttempt.at == newest,
        )
        .order_by(ReminderJob.starts, ReminderJob.id)
    )
    return list(work.session.scalars(asked).unique())


def _stop(work: Work, channel: Channel, address: str) -> int | None:
    if _standing(work, channel, address) is not None:
        return None
    return work.add(ReminderOptOut(channel=channel, address=address, since_at=work.now)).id


def _start_again(work: Work, channel: Channel, address: str) -> None:
    row = _standing(work, channel, address)
    if row is not None:
        row.ended_at = work.now


def _standing(work: Work, channel: Channel, address: str) -> ReminderOptOut | None:
    return work.session.scalar(
        select(ReminderOptOut).where(
            ReminderOptOut.channel == channel,
            ReminderOptOut.address == address,
            ReminderOptOut.ended_at.is_(None),
        )
    )
