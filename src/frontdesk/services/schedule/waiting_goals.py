"""How long patients should stay in each state: the thresholds of the flow board's clocks."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Conflict, Finding, Refused
from frontdesk.models.schedule.waiting_goal import WaitingGoal
from frontdesk.models.schedule.waiting_goal import WaitingState as WaitingState
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.work import Work

STANDARD: Final[Mapping[WaitingState, int]] = {
    WaitingState.CHECKING_IN: 10,
    WaitingState.READY: 15,
    WaitingState.IN_ROOM: 10,
    WaitingState.CHECK_OUT: 8,
}
"""Minutes, until the office says otherwise."""
LONGEST: Final = 240


@query(permission="schedule.view")
def goals(work: Work) -> dict[WaitingState, int]:
    """Minutes by state, all states."""
    return by_state(work)


def by_state(work: Work) -> dict[WaitingState, int]:
    """Minutes by state, all states; one statement."""
    kept = work.session.execute(select(WaitingGoal.state, WaitingGoal.minutes))
    return {**STANDARD, **{row.state: row.minutes for row in kept}}


def _set_back(done: Performed) -> Undo:
    given = done.arguments
    return Undo(set_goal, state=given["state"], minutes=given["before"], before=given["minutes"])


@command("Change waiting goal", permission="visit.edit_setup", undo=_set_back)
def set_goal(work: Work, *, state: WaitingState, minutes: int, before: int) -> None:
    """From now on this is the goal; `before` is what the desk saw."""
    if not 1 <= minutes <= LONGEST:
        raise Refused(Finding(f"Enter 1 to {LONGEST} minutes.", state.value))
    if by_state(work)[state] != before:
        raise Conflict(
            "Another desk changed this goal. Nothing of yours was saved. Look at it, then save again."
        )
    row = work.session.scalar(select(WaitingGoal).where(WaitingGoal.state == state))
    if row is None:
        work.add(WaitingGoal(state=state, minutes=minutes))
    else:
        row.minutes = minutes
