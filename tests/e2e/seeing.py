"""From the waiting room to a room, to the provider, and to the check-out."""

from PySide6.QtCore import Qt

from frontdesk.services.schedule.status import Status
from frontdesk.ui.visit.board_page import BoardPage
from frontdesk.ui.visit.check_out_page import CheckOutPage
from tests.e2e.tour import Tour


def goes_to_a_room(tour: Tour) -> str:
    """Space asks for a room that is free; Enter takes the first."""
    hands = tour.driver
    tour.pass_time(minutes=8)
    _choose(tour, Status.READY)
    hands.press("Space")
    hands.expect("Which room", hands.dialog)
    tour.look("only free rooms are offered")
    hands.press("Return")
    _choose(tour, Status.IN_ROOM)
    return hands.workplace.status.said


def is_seen(tour: Tour) -> str:
    """Space for the provider going in, and Space again for coming out."""
    hands = tour.driver
    tour.pass_time(minutes=5)
    hands.press("Space")
    _choose(tour, Status.IN_VISIT)
    tour.look("the provider is with her")
    tour.pass_time(minutes=12)
    hands.press("Space")
    _choose(tour, Status.CHECK_OUT)
    return "12 minutes with the provider"


def checks_out(tour: Tour) -> str:
    """Enter opens the check-out: nothing is left to pay today."""
    hands = tour.driver
    tour.pass_time(minutes=2)
    hands.press("Return")
    hands.until(lambda: isinstance(hands.page, CheckOutPage), "the check-out did not open")
    hands.expect("Nothing due")
    tour.look("nothing is left to pay")
    hands.press("Ctrl+Return")
    hands.until(lambda: isinstance(hands.page, BoardPage), "she is not checked out")
    return hands.workplace.status.said


def _choose(tour: Tour, status: Status) -> None:
    """Down the lane to the new patient's card."""
    hands = tour.driver
    assert isinstance(hands.page, BoardPage)
    lane = hands.page.lanes[status]
    lane.setFocus(Qt.FocusReason.TabFocusReason)
    hands.settle()
    seen = set()
    while lane.current is None or lane.current.appointment_id != tour.remembers["visit"]:
        hands.press("Down")
        assert lane.current is not None, f"nobody is in “{status}”"
        assert lane.current.appointment_id not in seen, f"she is not in “{status}”"
        seen.add(lane.current.appointment_id)
