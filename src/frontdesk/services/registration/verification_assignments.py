"""Who of the office sees to the verification of a coverage."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.registration.coverage import Coverage
from frontdesk.models.registration.eligibility import VerificationAssignment
from frontdesk.models.security.accounts import UserAccount
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_verification_assignment", "Who was assigned stays on record. Assign anew.")


@dataclass(frozen=True, slots=True)
class Assignee:
    """Somebody who can be assigned."""

    user_id: int
    name: str
    initials: str


@dataclass(frozen=True, slots=True)
class Before:
    """Who had a coverage before."""

    coverage_id: int
    user_id: int | None


@query(permission="registration.view")
def assignees(work: Work) -> tuple[Assignee, ...]:
    """The people who sign in here, by name."""
    found = work.session.scalars(
        select(UserAccount).where(UserAccount.is_active).order_by(UserAccount.name, UserAccount.id)
    )
    return tuple(Assignee(row.id, row.name, row.initials) for row in found)


def _assigned_back(done: Performed) -> Undo | None:
    return Undo(put_back, before=done.result) if done.result else None


@command("Assign verification", permission="registration.verify", undo=_assigned_back)
def assign(work: Work, *, coverage_ids: tuple[int, ...], user_id: int | None) -> tuple[Before, ...]:
    """This person sees to these coverages, None: nobody in particular; gives back who did before."""
    if user_id is not None and not work.get(UserAccount, user_id).is_active:
        raise Refused(Finding("This account is switched off. Choose somebody else.", "user_id"))
    had = of_coverages(work, coverage_ids)
    changed = []
    for coverage_id in coverage_ids:
        before = had.get(coverage_id)
        previous = before.user_id if before else None
        if previous != user_id:
            changed.append(Before(coverage_id, previous))
            _write(work, coverage_id, user_id)
    return tuple(changed)


def _put_back_again(done: Performed) -> Undo | None:
    return Undo(put_back, before=done.result) if done.result else None


@command("Assign verification as before", permission="registration.verify", undo=_put_back_again)
def put_back(work: Work, *, before: tuple[Before, ...]) -> tuple[Before, ...]:
    """Each coverage goes back to whom it had; gives back who had it meanwhile."""
    had = of_coverages(work, [each.coverage_id for each in before])
    for each in before:
        _write(work, each.coverage_id, each.user_id)
    return tuple(
        Before(each.coverage_id, now.user_id if (now := had.get(each.coverage_id)) else None)
        for each in before
    )


def of_coverages(work: Work, coverage_ids: Sequence[int]) -> dict[int, Assignee]:
    """Who sees to each, in one statement; the newest assignment holds."""
    if not coverage_ids:
        return {}
    newest = (
        select(func.max(VerificationAssignment.id).label("id"))
        .where(VerificationAssignment.coverage_id.in_(coverage_ids))
        .group_by(VerificationAssignment.coverage_id)
        .subquery()
    )
    found = work.session.execute(
        select(VerificationAssignment.coverage_id, UserAccount.id, UserAccount.name, UserAccount.initials)
        .join(newest, newest.c.id == VerificationAssignment.id)
        .join(UserAccount, UserAccount.id == VerificationAssignment.user_id)
    )
    return {coverage_id: Assignee(user_id, name, initials) for coverage_id, user_id, name, initials in found}


def _write(work: Work, coverage_id: int, user_id: int | None) -> None:
    work.concerns(work.get(Coverage, coverage_id).patient_id)
    work.add(
        VerificationAssignment(
            coverage_id=coverage_id, user_id=user_id, assigned_at=work.now, assigned_by=work.actor.name
        )
    )
