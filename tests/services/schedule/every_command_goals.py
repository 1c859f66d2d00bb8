"""The thresholds of the flow board."""

from frontdesk.services.schedule import waiting_goals
from frontdesk.services.schedule.waiting_goals import WaitingState
from tests.office import Office


def run(office: Office) -> None:
    """One goal made shorter, then longer."""
    office.do(waiting_goals.set_goal, state=WaitingState.READY, minutes=12, before=15)
    office.do(waiting_goals.set_goal, state=WaitingState.READY, minutes=20, before=12)
