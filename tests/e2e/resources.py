"""A procedure that needs a room, the ultrasound, two people and a preparation: booked, seen, moved as one."""

from datetime import timedelta

from PySide6.QtCore import QPoint

from frontdesk.kernel.text import us_time, weekday_date
from frontdesk.services.schedule import day
from frontdesk.services.schedule.openings import Opening
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.schedule.day_page import DayPage
from frontdesk.ui.schedule.find_slot_page import FindSlotPage
from frontdesk.ui.schedule.resource_page import ResourcePage
from frontdesk.ui.theme import theme
from tests.e2e.scheduling import visit_of
from tests.e2e.tour import Tour

_QUARTER = timedelta(minutes=15)


def a_procedure(tour: Tour) -> str:
    """One opening is one time at which all of it is free: nothing is looked up room by room."""
    hands = tour.driver
    patient_id = visit_of(tour).patient_id
    hands.workplace.go("find_slot", Errand("book", patient_id=patient_id))
    hands.settle()
    page = hands.page
    assert isinstance(page, FindSlotPage)
    hands.choose("Visit type", "Ultrasound-guided biopsy")
    hands.choose("With", "Dr. Whitfield")
    hands.until(lambda: bool(page.openings.openings), "no opening")
    tour.look("openings at which room, ultrasound, assistant and sonographer are free")
    found = page.openings.openings
    first = found[0]
    assert {"Imaging", "Ultrasound 1", "K. Ortega", "Jo Whitten"} == set(first.things)
    other = next(each for each in found if each.starts - first.starts >= timedelta(hours=2))
    hands.click(page.openings.list.viewport(), QPoint(200, 30))
    hands.expect("Held for you until")
    hands.press("Ctrl+Return")
    hands.until(lambda: isinstance(hands.page, DayPage), "it was not booked")
    hands.expect("Booked")
    tour.remembers["procedure"], tour.remembers["other opening"] = first, other
    return f"{us_time(first.starts)} on {weekday_date(first.starts.date())}: {', '.join(first.things)}"


def seen_on_all_it_holds(tour: Tour) -> str:
    """The resources view of that day: preparation, procedure, recovery and cleaning, each where it is."""
    hands, at = tour.driver, _opening(tour, "procedure")
    hands.workplace.go("resources", Errand("show", appointment_id=_procedure(tour).id, starts=at.starts))
    hands.settle()
    page = hands.page
    assert isinstance(page, ResourcePage)
    assert page.grid.current is not None, "the procedure is not shown"
    hands.expect("No double booking")
    theme().use("dark")
    tour.look("the resources in the dark")
    theme().use("light")
    return page.grid.accessibleDescription()


def moved_as_one(tour: Tour) -> str:
    """Carried with the keys to another time: room, device, assistant and sonographer go along."""
    hands, before = tour.driver, _opening(tour, "procedure")
    to = _opening(tour, "other opening")
    page = hands.page
    assert isinstance(page, ResourcePage)
    page.grid.setFocus()
    hands.press("Ctrl+X")
    days = (to.starts.date() - before.starts.date()).days
    hands.press(*["PgDown" if days > 0 else "PgUp"] * abs(days))
    quarters = (to.starts - before.starts - timedelta(days)) // _QUARTER
    hands.press(*["Right" if quarters > 0 else "Left"] * abs(quarters))
    tour.look("carried to another time")
    hands.press("Ctrl+V")
    sheet = hands.desk.database.ask(hands.desk.actor, day.day_sheet, day=to.starts.date())
    patient_id = visit_of(tour).patient_id
    moved = [each for each in sheet.visits if each.patient_id == patient_id and each.starts == to.starts]
    assert moved, hands.workplace.status.said
    hands.expect("No double booking")
    return hands.workplace.status.said


def taken_back(tour: Tour) -> str:
    """One undo brings all of it back."""
    hands = tour.driver
    hands.press("Ctrl+Z")
    assert _procedure(tour).starts == _opening(tour, "procedure").starts
    said = hands.workplace.status.said
    hands.workplace.go("schedule", None)
    hands.settle()
    return said


def _opening(tour: Tour, name: str) -> Opening:
    found = tour.remembers[name]
    assert isinstance(found, Opening)
    return found


def _procedure(tour: Tour) -> day.DayVisit:
    desk, at = tour.driver.desk, _opening(tour, "procedure")
    sheet = desk.database.ask(desk.actor, day.day_sheet, day=at.starts.date())
    patient_id = visit_of(tour).patient_id
    return next(each for each in sheet.visits if each.patient_id == patient_id and each.starts == at.starts)
