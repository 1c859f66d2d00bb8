"""The new patient gets a time today; it is moved, moved back, and never given twice."""

from datetime import datetime

from PySide6.QtCore import QPoint

from frontdesk.kernel.text import us_time
from frontdesk.services.schedule.day import DayVisit, day_sheet
from frontdesk.ui.schedule.day_page import DayPage
from frontdesk.ui.schedule.find_slot_page import FindSlotPage
from frontdesk.ui.schedule.geometry import DayGeometry, by_provider
from tests.e2e.registering import FIRST, LAST, NEW_PATIENT
from tests.e2e.tour import Tour


def a_refused_booking(tour: Tour) -> str:
    """Without a type of visit nothing is booked, and the field says so."""
    hands = tour.driver
    assert isinstance(hands.page, FindSlotPage)
    hands.expect(NEW_PATIENT)
    hands.press("Ctrl+Return")
    said = hands.refusals()
    assert said, "nothing was refused"
    return said[0]


def first_openings(tour: Tour) -> str:
    """The first times today, best first, each with its reason."""
    hands = tour.driver
    hands.choose("Visit type", "Urgent visit")
    hands.click(hands.button("Today", _page(tour).request))
    hands.enter({"Note for the visit": "Cough for three weeks"})
    found = _page(tour).openings.openings
    assert found, "no opening today"
    return f"{len(found)} today, the first at {us_time(found[0].starts)} with {found[0].provider}"


def book_it(tour: Tour) -> str:
    """1 picks the first opening and holds it while the caller decides; Ctrl+Enter books it."""
    hands = tour.driver
    hands.click(_page(tour).openings.list.viewport(), QPoint(200, 30))
    hands.expect("Held for you until")
    tour.look("the time is held for five minutes")
    hands.press("Ctrl+Return")
    hands.until(lambda: isinstance(hands.page, DayPage), "it was not booked")
    hands.expect("Booked")
    tour.remembers["visit"] = visit_of(tour).id
    return hands.workplace.status.said


def drag_it_into_lunch(tour: Tour) -> str:
    """Dropped where the provider eats, it asks for a reason; Esc keeps it where it was."""
    hands, before = tour.driver, visit_of(tour)
    _drag_to(tour, before.starts.replace(hour=13, minute=0))
    hands.expect("for lunch", hands.dialog)
    tour.look("nobody is booked into lunch without a reason")
    hands.press("Esc")
    assert visit_of(tour).starts == before.starts, "it was moved all the same"
    return "refused, with the next opening said"


def drag_it(tour: Tour) -> str:
    """Dragged to another hour with the mouse."""
    later = visit_of(tour).starts.replace(hour=13, minute=45)
    _drag_to(tour, later)
    after = visit_of(tour)
    assert after.starts == later, f"it is at {after.starts}, not at {later}"
    return tour.driver.workplace.status.said


def undo_it(tour: Tour) -> str:
    """Ctrl+Z brings it back."""
    hands, moved = tour.driver, visit_of(tour)
    hands.press("Ctrl+Z")
    after = visit_of(tour)
    assert after.starts != moved.starts, "it was not moved back"
    return hands.workplace.status.said


def visit_of(tour: Tour) -> DayVisit:
    """The new patient's visit as the day has it now."""
    desk = tour.driver.desk
    sheet = desk.database.ask(desk.actor, day_sheet, day=desk.today)
    return next(visit for visit in sheet.visits if LAST in visit.patient and FIRST in visit.patient)


def _page(tour: Tour) -> FindSlotPage:
    assert isinstance(tour.driver.page, FindSlotPage)
    return tour.driver.page


def _drag_to(tour: Tour, starts: datetime) -> None:
    """The new patient's card, by the mouse, to a time of the same provider."""
    hands, visit = tour.driver, visit_of(tour)
    sheet = hands.desk.database.ask(hands.desk.actor, day_sheet, day=hands.desk.today)
    assert isinstance(hands.page, DayPage)
    grid = hands.page.grid
    day = DayGeometry(by_provider(sheet), grid.viewport().width())
    card = day.card_of(visit.id)
    assert card is not None
    grip = QPoint(card.rect.x() + 40, card.rect.y() + 6)
    target = grip + QPoint(0, day.y_of(starts) - day.y_of(visit.starts))
    shift = QPoint(grid.horizontalScrollBar().value(), grid.verticalScrollBar().value())
    hands.drag(grid.viewport(), grip - shift, target - shift)
