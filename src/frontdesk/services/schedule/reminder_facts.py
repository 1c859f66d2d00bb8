"""What the planning of reminders starts from: rules in force, visits to come, and what was planned before."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import or_, select

from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.schedule.appointment import Appointment, Channel, Confirmation, Lifecycle
from frontdesk.models.schedule.message_settings import MailServer, QuietHours, TextGateway
from frontdesk.models.schedule.reminder import (
    JobState,
    ReminderJob,
    ReminderRule,
    ReminderTypeOff,
    ReminderVisitOff,
)
from frontdesk.services.schedule import reminder_reach
from frontdesk.services.schedule.reminder_plan import (
    Difference,
    Quiet,
    Rule,
    Standing,
    Visit,
    difference,
    plan,
)
from frontdesk.services.work import Work

_GONE = (PatientStatus.DECEASED, PatientStatus.MERGED, PatientStatus.INACTIVE)


def rules_in_force(work: Work) -> tuple[Rule, ...]:
    """The active rules, the earliest reminder first; two statements."""
    off: dict[int, set[int]] = {}
    for rule_id, type_id in work.session.execute(
        select(ReminderTypeOff.rule_id, ReminderTypeOff.visit_type_id).where(ReminderTypeOff.is_off)
    ):
        off.setdefault(rule_id, set()).add(type_id)
    rows = work.session.scalars(
        select(ReminderRule)
        .where(ReminderRule.is_active)
        .order_by(ReminderRule.hours_before.desc(), ReminderRule.id)
    )
    return tuple(rule_of(row, frozenset(off.get(row.id, ()))) for row in rows)


def rule_of(row: ReminderRule, off_types: frozenset[int] = frozenset()) -> Rule:
    """A stored rule as the planning knows it."""
    return Rule(
        id=row.id,
        hours_before=row.hours_before,
        not_within_hours=row.not_within_hours,
        channels=tuple(Channel(each) for each in row.channels.split(",")),
        if_unconfirmed=row.if_unconfirmed,
        guardian_below_age=row.guardian_below_age,
        off_types=off_types,
    )


def quiet_of(work: Work) -> Quiet:
    """The office's quiet hours; the usual ones until somebody sets others."""
    row = work.session.scalar(select(QuietHours))
    return Quiet() if row is None else Quiet(row.starts, row.ends)


def usable(work: Work) -> frozenset[Channel]:
    """The channels that the office has: calls and cards always, messages where a server is switched on."""
    channels = {Channel.PHONE, Channel.LETTER}
    if work.session.scalar(select(TextGateway.is_on)):
        channels.add(Channel.TEXT)
    if work.session.scalar(select(MailServer.is_on)):
        channels.add(Channel.EMAIL)
    return frozenset(channels)


def outstanding(work: Work) -> Difference:
    """What must change so that the jobs are as the rules want them; a constant number of statements."""
    rules = rules_in_force(work)
    standing = _standing(work)
    if not rules and not any(job.state is JobState.PLANNED for job in standing):
        return Difference()
    visits = _visits(work, max((rule.hours_before for rule in rules), default=0), standing)
    reached = reminder_reach.reaches(work, {visit.patient_id for visit in visits}) if visits else {}
    quiet = quiet_of(work)
    wanted = plan(rules, visits, reached, quiet, work.local_now, usable=usable(work))
    to_come = {(visit.id, visit.starts) for visit in visits if not visit.is_confirmed}
    return difference(wanted, standing, to_come)


def skipped_rules(work: Work, appointment_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """The rules that were switched off for single visits."""
    off: dict[int, set[int]] = {}
    asked = select(ReminderVisitOff.appointment_id, ReminderVisitOff.rule_id).where(
        ReminderVisitOff.appointment_id.in_(appointment_ids), ReminderVisitOff.is_off
    )
    for appointment_id, rule_id in work.session.execute(asked):
        off.setdefault(appointment_id, set()).add(rule_id)
    return {id: frozenset(rules) for id, rules in off.items()}


def _visits(work: Work, hours: int, standing: tuple[Standing, ...]) -> tuple[Visit, ...]:
    """Booked visits that a rule may reach by now or within a day, and those that have something planned."""
    until = work.local_now + timedelta(hours=hours + 24)
    planned = {job.appointment_id for job in standing if job.state is JobState.PLANNED}
    asked = (
        select(Appointment)
        .join(Patient, Patient.id == Appointment.patient_id)
        .where(
            Appointment.lifecycle == Lifecycle.BOOKED,
            Appointment.starts > work.local_now,
            or_(Appointment.starts <= until, Appointment.id.in_(planned)),
            Patient.status.not_in(_GONE),
        )
        .order_by(Appointment.starts, Appointment.id)
    )
    rows = work.session.scalars(asked).all()
    off = skipped_rules(work, [row.id for row in rows])
    return tuple(
        Visit(
            id=row.id,
            patient_id=row.patient_id,
            visit_type_id=row.visit_type_id,
            starts=row.starts,
            booked_at=work.wall(row.booked_at),
            is_confirmed=row.confirmation is Confirmation.CONFIRMED,
            off_rules=off.get(row.id, frozenset()),
        )
        for row in rows
    )


def _standing(work: Work) -> tuple[Standing, ...]:
    asked = (
        select(ReminderJob)
        .where(
            ReminderJob.rule_id.is_not(None),
            or_(ReminderJob.state == JobState.PLANNED, ReminderJob.starts > work.local_now),
        )
        .order_by(ReminderJob.id)
    )
    return tuple(standing_of(work, row) for row in work.session.scalars(asked))


def standing_of(work: Work, row: ReminderJob) -> Standing:
    """A stored job as the planning knows it."""
    assert row.rule_id is not None, "notices are not planned"
    return Standing(
        id=row.id,
        appointment_id=row.appointment_id,
        starts=row.starts,
        rule_id=row.rule_id,
        channel=row.channel,
        state=row.state,
        due=work.wall(row.due_at),
        tries=row.tries,
        is_instead=row.channel is Channel.PHONE and row.why != "",
    )
