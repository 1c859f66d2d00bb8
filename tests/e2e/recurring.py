"""A weekly series, moved in part and moved back; a late cancellation, and its new time from the list."""

from PySide6.QtCore import Qt

from frontdesk.kernel.text import us_time
from frontdesk.services.schedule import unscheduled, visits
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.series_changes import Scope
from frontdesk.services.schedule.visits import VisitDetail
from frontdesk.services.schedule.words import Lifecycle
from frontdesk.ui.schedule.calling_off_dialog import CallingOffDialog, Fee
from frontdesk.ui.schedule.day_page import DayPage
from frontdesk.ui.schedule.find_slot_page import FindSlotPage
from frontdesk.ui.schedule.series_dialog import SeriesDialog
from frontdesk.ui.schedule.series_panel import SeriesPanel
from frontdesk.ui.schedule.unscheduled_page import UnscheduledPage
from tests.e2e.tour import Tour

_WHO = "Kowalski, Jan"
_CALLS_OFF = "Bauer, Monique"


def a_series(tour: Tour) -> str:
    """S on a visit: every week, four in all; what is in the way of each is seen before any is booked."""
    hands = tour.driver
    hands.workplace.go("schedule")
    visit = _chosen(tour, _WHO)
    hands.press("S")
    dialog = hands.dialog
    assert isinstance(dialog, SeriesDialog)
    hands.fill(dialog.count, "4")
    hands.expect("Book 3 more visits", dialog)
    tour.look("every visit of the series, and what is in its way")
    hands.click(dialog.verb)
    hands.expect("Booked a series of 4 visits")
    tour.remembers["series"] = visit.id
    return hands.workplace.status.said


def this_and_following(tour: Tour) -> str:
    """Carried half an hour earlier by keys: one panel asks which visits are meant; Enter moves them."""
    hands = tour.driver
    visit = _chosen(tour, _WHO)
    hands.press("Ctrl+X", "Up", "Up", "Return")
    panel = hands.dialog
    assert isinstance(panel, SeriesPanel)
    hands.click_button("This and following", panel)
    assert panel.scope.value() is Scope.FOLLOWING
    tour.look("this and following, each with what is in its way")
    hands.click(panel.verb)
    hands.expect("visits of the series")
    tour.remembers["series starts"] = visit.starts
    moved = _visit(tour, visit.id)
    assert moved.starts != visit.starts, "it stands where it was"
    return f"{hands.workplace.status.said}, the first to {us_time(moved.starts)}"


def one_undo(tour: Tour) -> str:
    """Ctrl+Z brings all of them back."""
    hands = tour.driver
    hands.press("Ctrl+Z")
    back = _visit(tour, _remembered(tour, "series"))
    assert back.starts == tour.remembers["series starts"], "it was not moved back"
    return hands.workplace.status.said


def a_late_cancellation(tour: Tour) -> str:
    """Del on a visit of today: late, so the fee is due; it is waived with a reason."""
    hands = tour.driver
    visit = _chosen(tour, _CALLS_OFF)
    hands.press("Del")
    dialog = hands.dialog
    assert isinstance(dialog, CallingOffDialog)
    hands.expect("Late: less than 24 hours", dialog)
    hands.expect("Charge $25.00", dialog)
    hands.write("Child is ill")
    hands.click_button("Waive it", dialog)
    assert dialog.fee.value() is Fee.WAIVE
    hands.fill(dialog.waive_reason, "First time in six years")
    tour.look("late, with the fee waived")
    hands.press("Return")
    hands.expect("Canceled")
    tour.remembers["called off"] = visit.id
    return f"{hands.workplace.status.said}, the fee waived"


def rebooked_from_the_list(tour: Tour) -> str:
    """The unscheduled list: Enter looks for a new time, 1 holds it, Ctrl+Enter books; the two are linked."""
    hands = tour.driver
    hands.workplace.go("unscheduled")
    hands.settle()
    assert isinstance(hands.page, UnscheduledPage)
    hands.click_row(_CALLS_OFF)
    tour.look("who wants a new time")
    hands.press("Return")
    assert isinstance(hands.page, FindSlotPage)
    hands.until(lambda: bool(_openings(tour)), "no opening was found")
    page = hands.page
    page.openings.pick(0)
    hands.expect("Held for you until")
    hands.press("Ctrl+Return")
    hands.until(lambda: isinstance(hands.page, DayPage), "it was not booked")
    old = _visit(tour, _remembered(tour, "called off"))
    assert old.lifecycle is Lifecycle.RESCHEDULED, f"the old one is {old.lifecycle}"
    assert old.rescheduled_to_id is not None
    waiting = hands.desk.database.ask(hands.desk.actor, unscheduled.entries)
    assert old.id not in [each.appointment_id for each in waiting]
    new = _visit(tour, old.rescheduled_to_id)
    return f"linked to {new.starts:%a %m/%d} {us_time(new.starts)}; {len(waiting)} still wait"


def _chosen(tour: Tour, name: str) -> DayVisit:
    """The visit of that name on today's page, with the keys on it."""
    page = tour.driver.page
    assert isinstance(page, DayPage)
    page.to_today()
    tour.driver.settle()
    assert page._shown is not None
    visit = next(each for each in page._shown.sheet.visits if each.patient == name)
    page.grid.setFocus(Qt.FocusReason.OtherFocusReason)
    page.grid.choose(visit.id)
    return visit


def _visit(tour: Tour, id: int) -> VisitDetail:
    desk = tour.driver.desk
    return desk.database.ask(desk.actor, visits.visit, appointment_id=id)


def _remembered(tour: Tour, name: str) -> int:
    found = tour.remembers[name]
    assert isinstance(found, int)
    return found


def _openings(tour: Tour) -> object:
    page = tour.driver.page
    assert isinstance(page, FindSlotPage)
    return page.openings.openings
