"""Whole changes of a provider's week: the same rule on several days, another rule from a day on."""

from dataclasses import dataclass
from datetime import date, timedelta

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.schedule.template import TemplateBlock, TemplateSession
from frontdesk.services.command import Performed, Undo, command, irreversible
from frontdesk.services.schedule import staff_hours, templates
from frontdesk.services.schedule.staff_hours import StaffHours
from frontdesk.services.schedule.templates import BlockDraft, RuleKind, SessionDraft
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Succeeded:
    """A rule that another took the place of."""

    rule_id: int
    """The one that holds from now on."""
    former_until: date | None
    """Until when the former was to hold."""
    was_withdrawn: bool
    """Whether the former never came to hold, as the new one begins no later."""


def _sessions_withdrawn(done: Performed) -> Undo:
    return Undo(set_rules_active, kind=RuleKind.SESSION, rule_ids=done.result, is_active=False)


@command("Add weekly hours", permission="schedule.edit_templates", undo=_sessions_withdrawn)
def add_sessions(work: Work, *, drafts: tuple[SessionDraft, ...]) -> tuple[int, ...]:
    """Gives a provider hours on several days of the week at once."""
    if not drafts:
        raise Refused(Finding("Choose a day of the week.", field="weekday"))
    return tuple(templates.add_session(work, draft=draft) for draft in drafts)


def _blocks_withdrawn(done: Performed) -> Undo:
    return Undo(set_rules_active, kind=RuleKind.BLOCK, rule_ids=done.result, is_active=False)


@command("Keep weekly time", permission="schedule.edit_templates", undo=_blocks_withdrawn)
def add_blocks(work: Work, *, drafts: tuple[BlockDraft, ...]) -> tuple[int, ...]:
    """Keeps time on several days of the week at once."""
    if not drafts:
        raise Refused(Finding("Choose a day of the week.", field="weekday"))
    return tuple(templates.add_block(work, draft=draft) for draft in drafts)


def _staff_hours_withdrawn(done: Performed) -> Undo:
    return Undo(set_staff_hours_active, rule_ids=done.result, is_active=False)


@command("Add hours of staff", permission="schedule.edit_templates", undo=_staff_hours_withdrawn)
def add_staff_hours(work: Work, *, hours: tuple[StaffHours, ...]) -> tuple[int, ...]:
    """Gives a member of staff hours on several days of the week at once."""
    if not hours:
        raise Refused(Finding("Choose a day of the week.", field="weekday"))
    return tuple(staff_hours.add_staff_hours(work, hours=each) for each in hours)


def _staff_switched_back(done: Performed) -> Undo:
    return Undo(
        set_staff_hours_active,
        rule_ids=done.arguments["rule_ids"],
        is_active=not done.arguments["is_active"],
    )


@command(
    "Withdraw hours of staff or put them back",
    permission="schedule.edit_templates",
    undo=_staff_switched_back,
)
def set_staff_hours_active(work: Work, *, rule_ids: tuple[int, ...], is_active: bool) -> None:
    """Withdraws several hours of staff as if they had not been, or brings them back."""
    for rule_id in rule_ids:
        staff_hours.set_staff_hours_active(work, staff_session_id=rule_id, is_active=is_active)


def _switched_back(done: Performed) -> Undo:
    return Undo(
        set_rules_active,
        kind=done.arguments["kind"],
        rule_ids=done.arguments["rule_ids"],
        is_active=not done.arguments["is_active"],
    )


@command(
    "Withdraw weekly rules or bring them back", permission="schedule.edit_templates", undo=_switched_back
)
def set_rules_active(work: Work, *, kind: RuleKind, rule_ids: tuple[int, ...], is_active: bool) -> None:
    """Withdraws several rules as if they had not been, or brings them back."""
    for rule_id in rule_ids:
        templates.set_rule_active(work, kind=kind, rule_id=rule_id, is_active=is_active)


def _former_session(done: Performed) -> Undo:
    return _former(RuleKind.SESSION, done)


def _former_block(done: Performed) -> Undo:
    return _former(RuleKind.BLOCK, done)


def _former(kind: RuleKind, done: Performed) -> Undo:
    return Undo(
        put_former_back,
        kind=kind,
        rule_id=done.result.rule_id,
        former_id=done.arguments["rule_id"],
        former_until=done.result.former_until,
        was_withdrawn=done.result.was_withdrawn,
    )


@command("Change weekly hours", permission="schedule.edit_templates", undo=_former_session)
def change_session(work: Work, *, rule_id: int, draft: SessionDraft) -> Succeeded:
    """Other hours from the draft's first day on; until then the former hold. Booked visits stay."""
    row = work.get(TemplateSession, rule_id)
    until, withdrawn = _end_former(work, RuleKind.SESSION, row, draft.weekly.effective_from)
    return Succeeded(templates.add_session(work, draft=draft), until, withdrawn)


@command("Change kept time", permission="schedule.edit_templates", undo=_former_block)
def change_block(work: Work, *, rule_id: int, draft: BlockDraft) -> Succeeded:
    """Other kept time from the draft's first day on; until then the former holds."""
    row = work.get(TemplateBlock, rule_id)
    until, withdrawn = _end_former(work, RuleKind.BLOCK, row, draft.weekly.effective_from)
    return Succeeded(templates.add_block(work, draft=draft), until, withdrawn)


@command(
    "Put former weekly rule back",
    permission="schedule.edit_templates",
    undo=irreversible("Change the weekly hours again."),
)
def put_former_back(
    work: Work,
    *,
    kind: RuleKind,
    rule_id: int,
    former_id: int,
    former_until: date | None,
    was_withdrawn: bool,
) -> None:
    """Takes the new rule away, and lets the former hold as long as it did."""
    templates.set_rule_active(work, kind=kind, rule_id=rule_id, is_active=False)
    if was_withdrawn:
        templates.set_rule_active(work, kind=kind, rule_id=former_id, is_active=True)
    else:
        templates.end_rule(work, kind=kind, rule_id=former_id, last_day=former_until)


def _end_former(
    work: Work, kind: RuleKind, row: TemplateSession | TemplateBlock, from_day: date
) -> tuple[date | None, bool]:
    if not row.is_active:
        raise Refused(Finding("This was withdrawn meanwhile. Add it anew."))
    if row.effective_until is not None and row.effective_until < from_day:
        raise Refused(
            Finding("The former hours have ended before that day. Add new ones.", field="effective_from")
        )
    until = row.effective_until
    withdrawn = from_day <= row.effective_from
    if withdrawn:
        templates.set_rule_active(work, kind=kind, rule_id=row.id, is_active=False)
    else:
        templates.end_rule(work, kind=kind, rule_id=row.id, last_day=from_day - timedelta(1))
    work.flush()
    return until, withdrawn
