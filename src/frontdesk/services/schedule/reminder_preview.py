"""What the rules will do for a visit before it is booked: said at the desk, line by line."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from frontdesk.kernel.text import us_phone
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Channel
from frontdesk.models.schedule.reminder import ReminderRule
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.command import query
from frontdesk.services.schedule import reminder_facts, reminder_reach
from frontdesk.services.schedule.reminder_plan import Reach, Rule, Visit, channel_of, due_of, told_to
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """One rule, and what it does for this visit."""

    rule_id: int
    name: str
    detail: str
    """Where it goes or what it says; where it does not go out: why."""
    goes_out: bool


@dataclass(frozen=True, slots=True)
class RemindersAhead:
    """The lines in the order in which they come, and the language that they are in."""

    lines: tuple[ReminderLine, ...]
    language: str
    interpreter_needed: bool


@query(permission="schedule.view")
def ahead(work: Work, *, patient_id: int, visit_type_id: int, starts: datetime) -> RemindersAhead:
    """The reminders of a visit that is about to be booked; a constant number of statements."""
    patient = work.get(Patient, patient_id)
    kind = work.get(VisitType, visit_type_id)
    rules = reminder_facts.rules_in_force(work)
    rows = {row.id: row for row in work.session.scalars(select(ReminderRule))}
    reach = reminder_reach.reaches(work, [patient_id])[patient_id]
    quiet, usable = reminder_facts.quiet_of(work), reminder_facts.usable(work)
    visit = Visit(0, patient_id, visit_type_id, starts, work.local_now)
    lines = []
    for rule in rules:
        if visit_type_id in rule.off_types:
            continue
        channel = channel_of(rule, reach, usable)
        if channel is None:
            detail, goes_out = "no way on file", False
        elif due_of(rule, visit, channel, quiet, work.local_now) is None:
            detail, goes_out = "the visit is too near", False
        else:
            says = rows[rule.id].says_preparation
            detail, goes_out = _detail(rule, reach, channel, kind.preparation if says else ""), True
        lines.append(ReminderLine(rule.id, rows[rule.id].name, detail, goes_out))
    return RemindersAhead(tuple(lines), patient.language, patient.interpreter_needed)


def _detail(rule: Rule, reach: Reach, channel: Channel, preparation: str) -> str:
    told = told_to(rule, reach)
    assert told is not None, "channel_of found a way"
    if preparation:
        return preparation
    if told is not reach:
        return "to the guardian"
    if rule.if_unconfirmed:
        return "if not confirmed"
    if channel is Channel.TEXT:
        return us_phone(told.text)
    return {Channel.EMAIL: told.email, Channel.PHONE: "by phone"}.get(channel, "by mail")
