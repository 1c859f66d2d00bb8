"""How many persons a merge takes in this office."""

from sqlalchemy import select

from frontdesk.models.registration.merge import MergeRule
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.work import Work


@query(permission="registration.view")
def two_persons(work: Work) -> bool:
    """Whether a second person approves what one prepared."""
    return needs_two(work)


def _set_undone(done: Performed) -> Undo:
    return Undo(set_two_persons, needs_two=done.result)


@command("Change who approves merges", permission="security.manage_users", undo=_set_undone)
def set_two_persons(work: Work, *, needs_two: bool) -> bool:
    """Where one person works alone there is no second; every merge then says so. Gives back what held."""
    rule = work.session.scalars(select(MergeRule)).first()
    if rule is None:
        work.add(MergeRule(needs_two=needs_two))
        return True
    before, rule.needs_two = rule.needs_two, needs_two
    return before


def needs_two(work: Work) -> bool:
    """The office's rule; two where it set none."""
    rule = work.session.scalars(select(MergeRule)).first()
    return rule is None or rule.needs_two
