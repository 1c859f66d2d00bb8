"""The day's sheet, the month, and how late everybody runs."""

from datetime import date, timedelta

from frontdesk.models.schedule.appointment import CancelledBy
from frontdesk.models.schedule.template import BlockKind, ExceptionKind
from frontdesk.services.office.holidays import HolidayDraft, add_holidays
from frontdesk.services.schedule import booking, lifecycle, templates
from frontdesk.services.schedule.day import DaySheet, day_sheet
from frontdesk.services.schedule.month import month_load
from frontdesk.services.schedule.status import Status
from tests.builders.office import provider, room
from tests.builders.schedule import TODAY, WEDNESDAY, at, book, doctor, keeps, walter, works
from tests.builders.visit import statements
from tests.office import Office


def sheet(office: Office, day: date = TODAY) -> DaySheet:
    return office.ask(day_sheet, day=day)


def test_the_sheet_shows_columns_visits_and_counts(office: Office) -> None:
    lee = doctor(office)
    keeps(office, lee, "11:30", "11:45", weekday=1)
    keeps(office, lee, "4:30", "5:00", BlockKind.CHARTING, weekday=1)
    first = book(office, at("10:45", TODAY), reason="Migraine follow-up", minutes=30)
    second = book(office, at("11:15", TODAY), patient_id=walter(office))
    canceled = book(office, at("2:00", TODAY), patient_id=walter(office))
    office.do(booking.cancel, appointment_id=canceled, by=CancelledBy.PATIENT)
    office.do(lifecycle.arrive, appointment_id=first)

    found = sheet(office)
    assert [visit.id for visit in found.visits] == [first, second, canceled]
    dani = found.visits[0]
    assert (dani.patient, dani.reason, dani.status) == (
        "Foster, Danielle",
        "Migraine follow-up",
        Status.CHECKING_IN,
    )
    assert (dani.status_since, dani.predicted) == (at("10:42", TODAY), at("10:45", TODAY))
    assert found.visits[1].reason == "Follow-up"
    counts = dict(found.counts)
    assert (counts[Status.CHECKING_IN], counts[Status.SCHEDULED], counts[Status.CANCELED]) == (1, 1, 1)

    (column,) = found.columns
    assert (column.name, column.pace) == ("Dr. Lee", "On time")
    assert [(span.starts, span.ends) for span in column.sessions] == [
        (at("8:00", TODAY), at("12:00", TODAY)),
        (at("1:00", TODAY), at("5:00", TODAY)),
    ]
    assert [block.kind for block in column.blocks] == [BlockKind.URGENT, BlockKind.CHARTING]
    # 10:42 to 10:45, 11:45 to 12:00 and 1:00 to 4:30.
    assert column.open_minutes == 3 + 15 + 210
    assert (found.open_count, found.held_count) == (15, 1)


def test_a_day_without_anybody_is_empty(file_office: Office) -> None:
    doctor(file_office)
    found = sheet(file_office, date(2026, 3, 22))
    assert (found.columns, found.visits, found.open_count) == ((), (), 0)


def test_a_holiday_is_named(file_office: Office) -> None:
    doctor(file_office)
    file_office.do(add_holidays, days=(HolidayDraft(WEDNESDAY, "Staff day"),))
    found = sheet(file_office, WEDNESDAY)
    assert (found.holiday, found.columns) == ("Staff day", ())


def test_a_column_shows_its_rooms_and_absences(file_office: Office) -> None:
    okafor = provider(file_office, "Okafor")
    four, five = room(file_office, "4"), room(file_office, "5")
    works(file_office, okafor, "8:00", "12:00", weekday=2, room_ids=(four, five))
    file_office.do(
        templates.add_exception,
        provider_id=okafor,
        kind=ExceptionKind.OUT,
        starts=at("10:00"),
        ends=at("11:00"),
    )
    (column,) = sheet(file_office, WEDNESDAY).columns
    assert column.rooms == ("4", "5")
    assert [(span.starts, span.ends) for span in column.away] == [(at("10:00"), at("11:00"))]
    assert (column.open_minutes, column.pace) == (180, "")


def test_the_statements_do_not_grow_with_the_visits(office: Office) -> None:
    doctor(office)
    book(office, at("10:45", TODAY))
    few = statements(office, lambda: sheet(office))
    for quarter in range(8):
        book(office, at("1:00", TODAY) + timedelta(minutes=15 * quarter))
    assert statements(office, lambda: sheet(office)) == few
    assert few <= 10


def test_the_month_shows_how_full_its_days_are(office: Office) -> None:
    doctor(office)
    book(office, "8:00", minutes=240)
    book(office, "1:00", patient_id=walter(office), minutes=180)
    office.do(add_holidays, days=(HolidayDraft(date(2026, 3, 31), "Inventory"),))
    loads = {load.day: load for load in office.ask(month_load, first_day=date(2026, 3, 1))}
    assert len(loads) == 31
    wednesday = loads[WEDNESDAY]
    assert (wednesday.booked_minutes, wednesday.open_minutes, wednesday.heat) == (420, 480, 4)
    assert (loads[date(2026, 3, 22)].open_minutes, loads[date(2026, 3, 22)].heat) == (0, 0)
    assert loads[date(2026, 3, 31)].holiday == "Inventory"


def test_the_sheet_projects_the_running_day(file_office: Office) -> None:
    first = book(file_office, at("10:45", TODAY), minutes=30)
    second = book(file_office, at("11:15", TODAY), patient_id=walter(file_office), minutes=30)
    file_office.do(lifecycle.arrive, appointment_id=first)
    file_office.clock.advance(minutes=21)
    file_office.do(lifecycle.with_provider, appointment_id=first)
    found = sheet(file_office)
    assert found.columns[0].pace == "Running 18 min late"
    assert {visit.id: visit.predicted for visit in found.visits} == {first: None, second: at("11:33", TODAY)}
