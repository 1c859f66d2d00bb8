"""Every command that changes a provider's week as a whole, once."""

from datetime import date, time

from frontdesk.models.schedule.template import BlockKind
from frontdesk.services.schedule import week_changes
from frontdesk.services.schedule.staff_hours import StaffHours
from frontdesk.services.schedule.templates import BlockDraft, RuleKind, SessionDraft, Weekly
from tests.builders.office import provider, staff_member
from tests.office import Office

JULY, AUGUST = date(2027, 7, 1), date(2027, 8, 2)


def run(office: Office) -> None:
    """Hours and kept time of a provider, changed and changed back."""
    who = provider(office, "Marsh")

    def hours(weekday: int, starts: int, since: date) -> SessionDraft:
        return SessionDraft(Weekly(who, weekday, time(starts), time(12), since))

    def kept(weekday: int, starts: int, since: date) -> BlockDraft:
        return BlockDraft(Weekly(who, weekday, time(starts), time(12), since), BlockKind.URGENT)

    sessions = office.do(week_changes.add_sessions, drafts=(hours(0, 8, JULY), hours(1, 8, JULY)))
    blocks = office.do(week_changes.add_blocks, drafts=(kept(0, 11, JULY), kept(1, 11, JULY)))
    changed = office.do(week_changes.change_session, rule_id=sessions[0], draft=hours(0, 9, AUGUST))
    office.do(week_changes.change_block, rule_id=blocks[0], draft=kept(0, 10, JULY))
    office.do(
        week_changes.put_former_back,
        kind=RuleKind.SESSION,
        rule_id=changed.rule_id,
        former_id=sessions[0],
        former_until=changed.former_until,
        was_withdrawn=changed.was_withdrawn,
    )
    office.do(week_changes.set_rules_active, kind=RuleKind.BLOCK, rule_ids=blocks[1:], is_active=False)
    nurse = staff_member(office, "A. Lind", "blood draw")
    on_both = tuple(StaffHours(nurse, day, time(8), time(12), JULY) for day in (0, 1))
    made = office.do(week_changes.add_staff_hours, hours=on_both)
    office.do(week_changes.set_staff_hours_active, rule_ids=made[1:], is_active=False)
