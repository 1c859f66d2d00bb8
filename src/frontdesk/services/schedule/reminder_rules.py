"""The office's rules for reminders: when, by which channels, for which visits; and single visits left out."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.models.schedule.appointment import Appointment, Channel
from frontdesk.models.schedule.reminder import ReminderRule, ReminderTypeOff, ReminderVisitOff
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

CHANNELS: Final = (
    (Channel.TEXT, "Text"),
    (Channel.EMAIL, "E-mail"),
    (Channel.PHONE, "Phone call"),
    (Channel.LETTER, "Printed card"),
)
MOST_HOURS: Final = 720

says("uq_reminder_rule_name", "There is a rule of this name already. Choose another name.", field="name")
says("ck_reminder_rule_hours_before", "Choose between 1 hour and 30 days.", field="hours_before")


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule as it is typed. `channels` in the order in which they are tried."""

    name: str
    hours_before: int
    channels: tuple[Channel, ...]
    not_within_hours: int = 1
    says_preparation: bool = False
    if_unconfirmed: bool = False
    family_together: bool = True
    guardian_below_age: int = 18
    off_type_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule as it stands."""

    id: int
    version: int
    draft: RuleDraft
    is_active: bool


@query(permission="schedule.view")
def rules(work: Work) -> tuple[RuleView, ...]:
    """All rules, the earliest reminder first; two statements."""
    off: dict[int, list[int]] = {}
    for rule_id, type_id in work.session.execute(
        select(ReminderTypeOff.rule_id, ReminderTypeOff.visit_type_id)
        .where(ReminderTypeOff.is_off)
        .order_by(ReminderTypeOff.visit_type_id)
    ):
        off.setdefault(rule_id, []).append(type_id)
    rows = work.session.scalars(
        select(ReminderRule).order_by(ReminderRule.hours_before.desc(), ReminderRule.id)
    )
    return tuple(
        RuleView(row.id, row.version, _draft_of(row, tuple(off.get(row.id, ()))), row.is_active)
        for row in rows
    )


def _added(done: Performed) -> Undo:
    return Undo(set_active, rule_id=done.result, is_active=False)


@command("Add reminder rule", permission="schedule.edit_reminders", undo=_added)
def add(work: Work, *, draft: RuleDraft, is_active: bool = True) -> int:
    """The new rule's id; undone, it is switched off."""
    refuse_if_any(_findings(draft))
    row = work.add(ReminderRule(**_values(draft), is_active=is_active))
    work.flush()
    _leave_out(work, row.id, draft.off_type_ids)
    return row.id


def _changed(done: Performed) -> Undo:
    return Undo(change, rule_id=done.arguments["rule_id"], draft=done.result)


@command("Change reminder rule", permission="schedule.edit_reminders", undo=_changed)
def change(work: Work, *, rule_id: int, draft: RuleDraft, version: int | None = None) -> RuleDraft:
    """Puts another rule in its place, from the next planning on; gives back what it was."""
    row = work.get(ReminderRule, rule_id, version)
    refuse_if_any(_findings(draft))
    off = work.session.scalars(
        select(ReminderTypeOff.visit_type_id)
        .where(ReminderTypeOff.rule_id == rule_id, ReminderTypeOff.is_off)
        .order_by(ReminderTypeOff.visit_type_id)
    )
    before = _draft_of(row, tuple(off))
    for name, value in _values(draft).items():
        setattr(row, name, value)
    _leave_out(work, rule_id, draft.off_type_ids)
    return before


def _switched(done: Performed) -> Undo:
    return Undo(set_active, rule_id=done.arguments["rule_id"], is_active=not done.arguments["is_active"])


@command("Switch reminder rule", permission="schedule.edit_reminders", undo=_switched)
def set_active(work: Work, *, rule_id: int, is_active: bool) -> None:
    """Switches a rule on or off; what it has planned is withdrawn with the next planning."""
    work.get(ReminderRule, rule_id).is_active = is_active


def _skipped(done: Performed) -> Undo:
    arguments = done.arguments
    return Undo(
        skip_for_visit,
        appointment_id=arguments["appointment_id"],
        rule_id=arguments["rule_id"],
        is_off=not arguments["is_off"],
    )


@command("Leave out reminder", permission="schedule.book", undo=_skipped)
def skip_for_visit(work: Work, *, appointment_id: int, rule_id: int, is_off: bool) -> None:
    """Switches a rule off, or on again, for one visit, as the patient wishes."""
    work.concerns(work.get(Appointment, appointment_id).patient_id)
    work.get(ReminderRule, rule_id)
    leave_out(work, appointment_id, (rule_id,), is_off=is_off)


def leave_out(work: Work, appointment_id: int, rule_ids: tuple[int, ...], *, is_off: bool = True) -> None:
    """One row per visit and rule, however often the patient thinks again."""
    if not rule_ids:
        return
    rows = {
        row.rule_id: row
        for row in work.session.scalars(
            select(ReminderVisitOff).where(ReminderVisitOff.appointment_id == appointment_id)
        )
    }
    for rule_id in rule_ids:
        if rule_id in rows:
            rows[rule_id].is_off = is_off
        elif is_off:
            work.add(ReminderVisitOff(appointment_id=appointment_id, rule_id=rule_id))


def is_preparation_said(work: Work) -> bool:
    """Whether the office lets its reminders say how to prepare: some active rule does."""
    allowed = select(ReminderRule.id).where(ReminderRule.is_active, ReminderRule.says_preparation)
    return work.session.scalar(allowed.limit(1)) is not None


def _findings(draft: RuleDraft) -> list[Finding]:
    findings = []
    if not draft.name.strip():
        findings.append(Finding("Give the rule a name, such as “Text, 2 days before”.", field="name"))
    if not 1 <= draft.hours_before <= MOST_HOURS:
        findings.append(Finding("Choose between 1 hour and 30 days.", field="hours_before"))
    elif not 0 <= draft.not_within_hours <= draft.hours_before:
        findings.append(
            Finding("This is earlier than the reminder itself. Choose fewer hours.", field="not_within_hours")
        )
    if not draft.channels:
        findings.append(Finding("Choose at least one way to reach the patient.", field="channels"))
    if not 0 <= draft.guardian_below_age <= 21:
        findings.append(Finding("Choose an age from 0 to 21.", field="guardian_below_age"))
    return findings


def _leave_out(work: Work, rule_id: int, type_ids: tuple[int, ...]) -> None:
    rows = {
        row.visit_type_id: row
        for row in work.session.scalars(
            select(ReminderTypeOff)
            .where(ReminderTypeOff.rule_id == rule_id)
            .order_by(ReminderTypeOff.visit_type_id)
        )
    }
    for type_id, row in rows.items():
        row.is_off = type_id in type_ids
    for type_id in sorted(set(type_ids).difference(rows)):
        work.get(VisitType, type_id)
        work.add(ReminderTypeOff(rule_id=rule_id, visit_type_id=type_id))


def _values(draft: RuleDraft) -> dict[str, object]:
    return {
        "name": draft.name.strip(),
        "hours_before": draft.hours_before,
        "not_within_hours": draft.not_within_hours,
        "channels": ",".join(draft.channels),
        "says_preparation": draft.says_preparation,
        "if_unconfirmed": draft.if_unconfirmed,
        "family_together": draft.family_together,
        "guardian_below_age": draft.guardian_below_age,
    }


def _draft_of(row: ReminderRule, off_type_ids: tuple[int, ...]) -> RuleDraft:
    return RuleDraft(
        name=row.name,
        hours_before=row.hours_before,
        channels=tuple(Channel(each) for each in row.channels.split(",")),
        not_within_hours=row.not_within_hours,
        says_preparation=row.says_preparation,
        if_unconfirmed=row.if_unconfirmed,
        family_together=row.family_together,
        guardian_below_age=row.guardian_below_age,
        off_type_ids=off_type_ids,
    )
