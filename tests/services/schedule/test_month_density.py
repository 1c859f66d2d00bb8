"""How full the days of a month are, by provider."""

from datetime import date, timedelta

from frontdesk.models.schedule.appointment import CancelledBy
from frontdesk.models.schedule.template import BlockKind
from frontdesk.services.office.holidays import HolidayDraft, add_holidays
from frontdesk.services.schedule import booking
from frontdesk.services.schedule.month_density import MonthSheet, month_sheet
from tests.builders.schedule import TODAY, WEDNESDAY, at, book, doctor, keeps, walter
from tests.builders.visit import statements
from tests.office import Office

MARCH = date(2026, 3, 1)


def sheet(office: Office) -> MonthSheet:
    return office.ask(month_sheet, first=MARCH)


def test_each_provider_has_their_own_load(office: Office) -> None:
    lee, okafor = doctor(office), doctor(office, "Okafor")
    keeps(office, lee, "4:00", "5:00", BlockKind.CHARTING)
    book(office, "8:00", minutes=240)
    canceled = book(office, "1:00", patient_id=walter(office), provider_id=okafor)
    office.do(booking.cancel, appointment_id=canceled, by=CancelledBy.PATIENT)
    days = {each.day: each for each in sheet(office).days}
    assert len(days) == 31
    wednesday = dict(days[WEDNESDAY].by_provider)
    hers = wednesday[lee]
    assert (hers.visits, hers.booked_minutes, hers.working_minutes) == (1, 240, 420)
    assert (hers.heat, hers.open_count) == (2, 12)
    assert (wednesday[okafor].visits, wednesday[okafor].heat, wednesday[okafor].open_count) == (0, 0, 32)
    whole = days[WEDNESDAY].whole
    assert (whole.visits, whole.booked_minutes, whole.working_minutes, whole.open_count) == (1, 240, 900, 44)
    assert sheet(office).of(lee).visits == 1
    assert sheet(office).of(None).working_minutes == 22 * 2 * 480 - 4 * 60


def test_what_has_passed_is_not_open_and_a_holiday_is_named(office: Office) -> None:
    doctor(office)
    office.do(add_holidays, days=(HolidayDraft(date(2026, 3, 31), "Inventory"),))
    days = {each.day: each for each in sheet(office).days}
    assert days[TODAY - timedelta(1)].whole.open_count == 0
    assert days[TODAY].whole.open_count == 21  # from 10:42 on, without lunch
    assert (days[date(2026, 3, 31)].holiday, days[date(2026, 3, 31)].by_provider) == ("Inventory", ())
    assert days[date(2026, 3, 22)].whole.share == 0.0


def test_the_statements_do_not_grow(office: Office) -> None:
    doctor(office)
    book(office, "8:00")
    few = statements(office, lambda: sheet(office))
    doctor(office, "Okafor")
    for quarter in range(1, 9):
        book(office, at("8:00") + timedelta(minutes=15 * quarter))
    assert statements(office, lambda: sheet(office)) == few
    assert few <= 7
