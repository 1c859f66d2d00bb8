"""How long patients should stay in each state: the office's figures, and who changed them meanwhile."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from frontdesk.kernel.errors import Conflict
from frontdesk.services.schedule import waiting_goals
from frontdesk.services.schedule.status import Status
from frontdesk.services.schedule.waiting_goals import STANDARD, WaitingState
from frontdesk.services.visit import board
from tests.builders.office import site
from tests.builders.visit import at_the_desk
from tests.office import Office
from tests.refusal import refusal


def test_the_board_s_clocks_follow_the_office_s_goal(office: Office) -> None:
    at_the_desk(office)
    assert office.ask(waiting_goals.goals) == STANDARD
    done = office.done(waiting_goals.set_goal, state=WaitingState.CHECKING_IN, minutes=6, before=10)
    shown = office.ask(board.board)
    assert shown.goals[Status.CHECKING_IN] == 6
    assert [card.limit_minutes for card in shown.lane(Status.CHECKING_IN)] == [6]
    office.database.undo(office.actor, done.entry_id)
    assert office.ask(waiting_goals.goals)[WaitingState.CHECKING_IN] == 10


@pytest.mark.parametrize("minutes", [0, -1, 241])
def test_a_goal_nobody_can_mean_is_refused(office: Office, minutes: int) -> None:
    site(office)
    with refusal("Enter 1 to 240 minutes."):
        office.do(waiting_goals.set_goal, state=WaitingState.READY, minutes=minutes, before=15)


def test_two_desks_do_not_overwrite_each_other(office: Office) -> None:
    site(office)
    office.do(waiting_goals.set_goal, state=WaitingState.READY, minutes=20, before=15)
    with pytest.raises(Conflict):
        office.do(waiting_goals.set_goal, state=WaitingState.READY, minutes=25, before=15)


def test_the_database_refuses_what_goes_round_the_service(office: Office) -> None:
    site(office)
    with pytest.raises(DBAPIError), office.database.engines.write.begin() as connection:
        connection.execute(
            text("INSERT INTO waiting_goal (id, version, state, minutes) VALUES (1, 1, 'ready', 0)")
        )
