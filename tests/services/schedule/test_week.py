"""A provider's week: its days, its facts, and whom to call."""

from datetime import date, timedelta

from frontdesk.models.schedule.appointment import CancelledBy, Channel, Confirmation
from frontdesk.models.schedule.template import BlockKind, ExceptionKind
from frontdesk.services.schedule import booking, confirmation, lifecycle, templates
from frontdesk.services.schedule.week import WeekSheet, week_sheet
from frontdesk.services.visit.week import flagged_week
from tests.builders.office import site
from tests.builders.schedule import TODAY, WEDNESDAY, at, book, doctor, keeps, walter, works
from tests.builders.visit import statements
from tests.office import Office

MONDAY = date(2026, 3, 16)


def sheet(office: Office, day: date = TODAY, provider_id: int | None = None) -> WeekSheet:
    return office.ask(week_sheet, day=day, provider_id=provider_id)


def test_the_week_shows_its_provider_and_working_days(office: Office) -> None:
    lee, okafor = doctor(office), doctor(office, "Okafor")
    with_lee = book(office, at("9:30"))
    book(office, at("9:30"), patient_id=walter(office), provider_id=okafor)
    found = sheet(office, WEDNESDAY, lee)
    assert found.monday == MONDAY
    assert found.provider is not None
    assert (found.provider.name, found.provider.full_name) == ("Dr. Lee", "Dr. Grace Lee")
    assert [each.id for each in found.providers] == [lee, okafor]
    assert [each.day for each in found.days] == [MONDAY + timedelta(ahead) for ahead in range(5)]
    assert [visit.id for visit in found.visits] == [with_lee]
    assert {len(each.columns) for each in found.days} == {1}


def test_each_day_has_its_own_hours_open_time_and_absence(office: Office) -> None:
    lee = doctor(office)
    office.do(
        templates.add_exception,
        provider_id=lee,
        kind=ExceptionKind.OUT,
        starts=at("1:00", date(2026, 3, 19)),
        ends=at("9:00", date(2026, 3, 20)),
        reason="conference",
    )
    days = {each.day: each.columns[0] for each in sheet(office).days}
    assert days[MONDAY].open_minutes == 0  # it is past
    assert days[WEDNESDAY].open_minutes == 8 * 60
    assert [span.starts for span in days[WEDNESDAY].sessions] == [at("8:00"), at("1:00")]
    thursday, friday = days[date(2026, 3, 19)], days[date(2026, 3, 20)]
    assert (thursday.open_minutes, friday.open_minutes) == (4 * 60, 7 * 60)
    assert [(away.starts, away.reason) for away in thursday.away] == [
        (at("1:00", date(2026, 3, 19)), "conference")
    ]
    assert [away.ends for away in friday.away] == [at("9:00", date(2026, 3, 20))]


def test_how_full_a_day_is_leaves_lunch_and_absence_out(office: Office) -> None:
    lee = doctor(office)
    keeps(office, lee, "4:30", "5:00", BlockKind.CHARTING)
    office.do(
        templates.add_exception,
        provider_id=lee,
        kind=ExceptionKind.OUT,
        starts=at("8:00"),
        ends=at("9:00"),
    )
    book(office, "1:00", minutes=195)
    loads = {load.day: load for load in sheet(office).loads}
    assert (loads[WEDNESDAY].booked_minutes, loads[WEDNESDAY].open_minutes) == (195, 390)
    assert loads[WEDNESDAY].share == 0.5


def test_a_saturday_is_there_where_somebody_works(office: Office) -> None:
    lee = doctor(office)
    works(office, lee, "9:00", "12:00", weekday=5)
    assert [each.day.weekday() for each in sheet(office).days] == [0, 1, 2, 3, 4, 5]


def test_the_facts_of_a_week(office: Office) -> None:
    doctor(office)
    first = book(office, at("10:45", TODAY), minutes=30)
    missed = book(office, at("11:15", TODAY), patient_id=walter(office))
    office.do(lifecycle.arrive, appointment_id=first)
    office.clock.advance(minutes=45)
    office.do(lifecycle.with_provider, appointment_id=first)
    office.clock.advance(minutes=15)
    office.do(booking.mark_no_show, appointment_id=missed)
    canceled = book(office, "2:00")
    office.do(booking.cancel, appointment_id=canceled, by=CancelledBy.PATIENT)
    called = book(office, "3:00")
    office.do(
        confirmation.record, appointment_id=called, channel=Channel.PHONE, outcome=Confirmation.ATTEMPTED
    )
    sure = book(office, "4:00")
    office.do(confirmation.record, appointment_id=sure, channel=Channel.PHONE, outcome=Confirmation.CONFIRMED)
    facts = sheet(office).facts
    assert (facts.booked, facts.booked_minutes) == (3, 60)
    assert facts.average_late == 42  # 11:27 instead of 10:45
    assert (facts.ended, facts.no_shows) == (1, 1)
    (call,) = facts.to_call
    assert (call.appointment_id, call.patient, call.attempts) == (called, "Foster, Danielle", 1)


def test_an_office_without_providers_has_an_empty_week(office: Office) -> None:
    site(office)
    found = sheet(office)
    assert (found.provider, found.providers, found.visits) == (None, (), ())
    assert len(found.days) == 5
    assert (found.facts.booked, found.facts.average_late, found.open_count) == (0, None, 0)


def test_the_statements_do_not_grow_with_the_visits(office: Office) -> None:
    doctor(office)
    for ahead in range(3):
        book(office, at("4:00", WEDNESDAY + timedelta(ahead)))
    few = statements(office, lambda: office.ask(flagged_week, day=TODAY))
    for ahead in range(3):
        for quarter in range(4):
            book(office, at("1:00", WEDNESDAY + timedelta(ahead)) + timedelta(minutes=15 * quarter))
    assert statements(office, lambda: office.ask(flagged_week, day=TODAY)) == few
    assert statements(office, lambda: sheet(office)) <= 15
