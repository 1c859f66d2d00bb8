"""Members of staff with hours are offered and booked in them only."""

from datetime import date, time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.models.schedule.appointment import CancelledBy
from frontdesk.models.schedule.visit_type import Role
from frontdesk.services.schedule import booking, openings, staff_hours
from frontdesk.services.schedule.search import OpeningRequest
from frontdesk.services.schedule.staff_hours import StaffHours
from frontdesk.services.schedule.visit_types import PhaseDraft
from tests.builders.office import staff_member
from tests.builders.schedule import SINCE, WEDNESDAY, at, book, doctor, visit_type
from tests.office import Office
from tests.refusal import refusal


def injection(office: Office) -> int:
    staff_member(office)
    return visit_type(office, "Injection", 15, PhaseDraft(Role.STAFF, 0, 15, "injections"))


def hours(office: Office, starts: str = "9:00", ends: str = "12:00") -> int:
    """Of Jo Whitten, on Wednesdays."""
    drafted = StaffHours(staff_member(office), 2, at(starts).time(), at(ends).time(), SINCE)
    return office.do(staff_hours.add_staff_hours, hours=drafted)


def test_outside_the_hours_nothing_is_booked(office: Office) -> None:
    kind, lee = injection(office), doctor(office)
    hours(office, "9:00", "10:00")
    with refusal("Jo Whitten works from 9:00 to 10:00 that day. The next opening is 9:00 AM."):
        book(office, "8:50", visit_type_id=kind)
    with refusal(
        "Jo Whitten has no hours on Thursday, March 19. The next opening is Wednesday, March 25 at 9:00 AM."
    ):
        book(office, at("9:00", date(2026, 3, 19)), visit_type_id=kind)
    request = OpeningRequest(kind, provider_ids=(lee,))
    assert office.ask(openings.first_openings, request=request).found[0].starts == at("9:00", WEDNESDAY)


def test_a_canceled_visit_does_not_come_back_outside_the_hours(office: Office) -> None:
    visit = book(office, "9:00", visit_type_id=injection(office))
    canceled = office.done(booking.cancel, appointment_id=visit, by=CancelledBy.PATIENT)
    hours(office, "10:00", "12:00")
    said = "Jo Whitten works from 10:00 to 12:00 that day. The next opening is 10:00 AM."
    with refusal(said):
        office.do(booking.restore, appointment_id=visit)
    with refusal(said):
        office.database.undo(office.actor, canceled.entry_id)


def test_without_any_a_person_is_there_whenever_a_provider_is(office: Office) -> None:
    book(office, "4:00", visit_type_id=injection(office))


def test_hours_do_not_overlap(office: Office) -> None:
    hours(office)
    with refusal("This overlaps Jo Whitten's hours on Wednesdays from 9:00 to 12:00."):
        hours(office, "11:30", "1:00")
    hours(office, "12:00", "1:00")


def test_hours_are_ended_and_begin_anew(office: Office) -> None:
    first = hours(office)
    office.do(staff_hours.end_staff_hours, staff_session_id=first, last_day=date(2026, 3, 31))
    later = StaffHours(staff_member(office), 2, time(8), time(12), date(2026, 4, 1))
    office.do(staff_hours.add_staff_hours, hours=later)
    with refusal("This overlaps Jo Whitten's hours on Wednesdays from 8:00 to 12:00."):
        office.do(staff_hours.end_staff_hours, staff_session_id=first, last_day=None)
    with refusal("This would end before it begins. Withdraw it instead."):
        office.do(staff_hours.end_staff_hours, staff_session_id=first, last_day=date(2025, 1, 1))
    assert [each.hours.starts for each in office.ask(staff_hours.staff_hours)] == [time(8), time(9)]


def test_withdrawn_hours_come_back_only_where_they_fit(office: Office) -> None:
    first = hours(office)
    done = office.done(staff_hours.set_staff_hours_active, staff_session_id=first, is_active=False)
    assert office.ask(staff_hours.staff_hours, staff_id=staff_member(office)) == ()
    hours(office, "11:00", "1:00")
    with refusal("This overlaps Jo Whitten's hours on Wednesdays from 11:00 to 1:00."):
        office.database.undo(office.actor, done.entry_id)


def test_hours_that_cannot_be_are_refused_with_all_their_faults(office: Office) -> None:
    wrong = StaffHours(staff_member(office), 7, time(12), time(8), SINCE, date(2025, 1, 1), every_weeks=9)
    with refusal(
        "Choose a day of the week. The end comes after the start, on the same day. "
        "A rule comes back every week, or every second to fourth. The last day is not before the first."
    ):
        office.do(staff_hours.add_staff_hours, hours=wrong)


@pytest.mark.parametrize("wrong", ["ends = starts", "weekday = 7", "every_weeks = 0"])
def test_the_database_keeps_the_facts_of_hours(office: Office, wrong: str) -> None:
    hours(office)
    with office.database.engines.write.connect() as connection, pytest.raises(SQLAlchemyError):
        connection.execute(text(f"UPDATE staff_session SET {wrong}"))
