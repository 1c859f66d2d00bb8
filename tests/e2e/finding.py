"""A time is found: by phone in a few keys, by the month, and why there is none."""

from datetime import datetime, time, timedelta

from sqlalchemy import text

from frontdesk.services.schedule import downtime
from frontdesk.services.work import SYSTEM
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.schedule.day_page import DayPage
from frontdesk.ui.schedule.find_slot_page import FindSlotPage
from tests.e2e.tour import Tour

MOST_KEYS = 12


def a_routine_booking(tour: Tour) -> str:
    """After the name: Enter takes the patient, a letter the type, 1 the opening, Ctrl+Enter books."""
    hands = tour.driver
    page = _find(tour, None)
    page.request.patient.setFocus()
    hands.write("harris walter")
    hands.until(lambda: page.request.patient._found is not None, "nobody was found")
    before = hands.keystrokes
    hands.press("Return", "F")
    hands.until(lambda: bool(page.openings.openings), "no opening")
    hands.press("1")
    hands.expect("Held for you until")
    tour.look("the picked time on everything it needs")
    hands.press("Ctrl+Return")
    hands.until(lambda: isinstance(hands.page, DayPage), "it was not booked")
    used = hands.keystrokes - before
    assert used <= MOST_KEYS, f"it took {used} keys"
    said = hands.workplace.status.said
    hands.press("Ctrl+Z")
    return f"{used} keys after the name. {said}; undone"


def limits_and_the_month(tour: Tour) -> str:
    """Not before two, not with the first one offered; then a day of next month."""
    hands = tour.driver
    page = _find(tour, _walter(tour))
    hands.choose("Visit type", "OB ultrasound")
    hands.until(lambda: bool(page.openings.openings), "no opening")
    first = page.openings.openings[0].slot.provider_id
    page.request.limits.set(after=time(14))
    page.request.limits.set(not_with=(first,))
    hands.until(
        lambda: (
            bool(page.openings.openings)
            and all(
                each.starts.hour >= 14 and each.slot.provider_id != first for each in page.openings.openings
            )
        ),
        "the limits do not hold",
    )
    hands.click(page.openings.by_month)
    hands.settle()
    hands.press("Down", "Return")
    said = page.openings.month.days.accessibleDescription()
    day = page.request.limits.limits.first_day
    assert day is not None
    hands.until(
        lambda: bool(page.openings.openings) and page.openings.openings[0].starts.date() >= day,
        "it does not look from that day on",
    )
    return said


def why_there_is_none(tour: Tour) -> str:
    """The one ultrasound is out for months: no time is offered, and the reason is named."""
    hands, database = tour.driver, tour.driver.desk.database
    page = _find(tour, _walter(tour))
    hands.choose("Visit type", "OB ultrasound")
    hands.until(lambda: bool(page.openings.openings), "no opening")
    with database.engines.read.connect() as connection:
        asked = text("SELECT id FROM resource WHERE name = 'Ultrasound 1'")
        scanner = connection.execute(asked).scalar_one()
    now = datetime.combine(hands.desk.today, time())
    out = database.do(
        SYSTEM,
        downtime.take_out,
        resource_id=scanner,
        starts=now,
        ends=now + timedelta(days=120),
        reason="repair",
        visits_stay=True,
    )
    hands.expect("Ultrasound 1 is out of service")
    said = page.openings.nothing._text.text()
    tour.look("why nothing fits")
    database.do(SYSTEM, downtime.put_back, downtime_id=out.result)
    hands.until(lambda: bool(page.openings.openings), "the openings did not come back")
    hands.press("Esc")
    return said


def _find(tour: Tour, patient_id: int | None) -> FindSlotPage:
    tour.driver.workplace.go("find_slot", Errand("book", patient_id=patient_id))
    tour.driver.settle()
    page = tour.driver.page
    assert isinstance(page, FindSlotPage)
    if patient_id is None:
        page.clear()
        tour.driver.settle()
    return page


def _walter(tour: Tour) -> int:
    with tour.driver.desk.database.engines.read.connect() as connection:
        asked = text("SELECT id FROM patient WHERE legal_last = 'Harris' AND legal_first = 'Walter'")
        return int(connection.execute(asked).scalar_one())
