"""What cannot be, through every act that places a visit, on both engines: refused in a sentence."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text

from frontdesk.kernel.errors import Refused
from frontdesk.services.office.holidays import HolidayDraft, add_holidays
from frontdesk.services.registration import patients
from frontdesk.services.schedule import booking, series, series_changes, visits
from frontdesk.services.schedule.recurrence import Rule, Unit
from frontdesk.services.schedule.series_changes import Placement
from frontdesk.services.schedule.slot import Slot
from tests.builders.office import provider
from tests.builders.registration import danielle
from tests.builders.schedule import TODAY, WEDNESDAY, at, book, doctor, visit_type, walter
from tests.office import Office
from tests.refusal import refusal

Act = Callable[[Office, int, Slot], object]
AUTUMN = date(2026, 11, 1)
"""Between 1:00 and 2:00 AM every time comes twice."""
SPRING = date(2027, 3, 14)
"""There is no time between 2:00 and 3:00 AM."""


def move(office: Office, visit: int, to: Slot) -> object:
    return office.do(booking.move, appointment_id=visit, to=to)


def copy(office: Office, visit: int, to: Slot) -> object:
    return office.do(booking.copy, appointment_id=visit, to=to)


def move_series(office: Office, visit: int, to: Slot) -> object:
    return office.do(series_changes.move, placements=(Placement(visit, to),))


def make_series(office: Office, visit: int, to: Slot) -> object:
    return office.do(series.make, appointment_id=visit, slots=(to,))


EACH = pytest.mark.parametrize("act", [move, copy, move_series, make_series])


def said(act: Act, office: Office, visit: int, to: Slot) -> str:
    """What an act is refused with, without which of several visits is meant."""
    with pytest.raises(Refused) as refused:
        act(office, visit, to)
    return re.sub(r"^\w{3}, \w{3} \d+, \d+:\d\d [AP]M: ", "", refused.value.findings[0].message)


@EACH
def test_a_past_time(office: Office, act: Act) -> None:
    visit = book(office, "9:30")
    to = Slot(doctor(office), at("9:00", TODAY))
    assert said(act, office, visit, to) == "9:00 AM has passed. The next opening is 10:45 AM."


@EACH
def test_a_closed_day(office: Office, act: Act) -> None:
    visit = book(office, "9:30")
    office.do(add_holidays, days=(HolidayDraft(date(2026, 3, 19), "Staff day"),))
    assert said(act, office, visit, Slot(doctor(office), at("9:30", date(2026, 3, 19)))) == (
        "The office is closed on Thursday, March 19: Staff day. "
        "The next opening is Friday, March 20 at 8:00 AM."
    )


@EACH
def test_a_deceased_patient(office: Office, act: Act) -> None:
    visit = book(office, "9:30")
    with office.database.engines.write.begin() as on:
        on.execute(text("UPDATE patient SET status = 'deceased'"))
    to = Slot(doctor(office), at("10:00"))
    assert said(act, office, visit, to) == "Danielle Foster is recorded as deceased. Nothing can be booked."


@EACH
def test_a_restricted_patient(office: Office, act: Act) -> None:
    visit = book(office, "9:30")
    office.do(patients.restrict, patient_id=danielle(office), restricted=True)
    office.actor = type(office.actor)(None, "Rosa Diaz", "RD", frozenset({"schedule.book", "schedule.view"}))
    to = Slot(doctor(office), at("10:00"))
    assert said(act, office, visit, to) == ("This chart is restricted. Ask somebody who may open it to book.")


@EACH
def test_a_provider_without_hours(office: Office, act: Act) -> None:
    visit = book(office, "9:30")
    to = Slot(provider(office, "Okafor"), at("10:00"))
    assert said(act, office, visit, to) == (
        "Dr. Okafor has no hours on Wednesday, March 18. There is no opening in the next 90 days."
    )


@EACH
def test_an_overlap_by_one_minute(office: Office, act: Act) -> None:
    visit = book(office, "9:30")
    book(office, "10:00", patient_id=walter(office))
    to = Slot(doctor(office), at("10:14"))
    assert said(act, office, visit, to) == (
        "Dr. Lee is booked from 10:00 to 10:15. The next opening is 10:15 AM."
    )


@EACH
def test_across_midnight(office: Office, act: Act) -> None:
    visit = book(office, "9:30", minutes=30)
    to = Slot(doctor(office), datetime(2026, 3, 19, 23, 45))
    assert said(act, office, visit, to) == (
        "A visit cannot run past midnight. Start it earlier, or make it shorter."
    )


@EACH
def test_the_hour_that_the_clocks_skip(office: Office, act: Act) -> None:
    visit = book(office, "9:30")
    to = Slot(doctor(office), datetime(2027, 3, 14, 2, 30))
    assert said(act, office, visit, to) == (
        "There is no 2:30 AM on 03/14/2027: the clocks go forward that night."
    )


def test_a_type_without_length(office: Office) -> None:
    with refusal("Wart has no length yet. Say how long this visit is."):
        book(office, "9:30", visit_type_id=visit_type(office, "Wart", None))


def test_the_hour_that_comes_twice_is_booked_once_and_as_long_as_it_is(office: Office) -> None:
    starts = datetime.combine(AUTUMN, at("9:30").time()).replace(hour=1)
    first = book(office, starts, minutes=90, override_reason="Night clinic")
    found = office.ask(visits.visit, appointment_id=first)
    assert (found.starts, found.ends - found.starts) == (starts, timedelta(minutes=90))
    with pytest.raises(Refused) as refused:
        book(office, starts, patient_id=walter(office))
    assert "Dr. Lee is booked from 1:30 to 3:00." in [each.message for each in refused.value.findings]


def test_a_series_through_the_night_of_the_clocks_says_which_visit_cannot_be(office: Office) -> None:
    works_nights = datetime.combine(SPRING - timedelta(14), at("9:30").time()).replace(hour=2)
    first = book(office, works_nights, override_reason="Night clinic")
    slots = tuple(Slot(doctor(office), works_nights + timedelta(7 * week)) for week in (1, 2))
    with pytest.raises(Refused) as refused:
        office.do(series.make, appointment_id=first, slots=slots, override_reason="Night clinic")
    assert [each.message for each in refused.value.findings] == [
        "Sun, Mar 14, 2:30 AM: There is no 2:30 AM on 03/14/2027: the clocks go forward that night."
    ]


def test_a_series_of_400(office: Office) -> None:
    with refusal(
        "A series has at most 104 visits, not 400. Book these first, then continue from the last one."
    ):
        office.ask(series.preview, appointment_id=book(office), rule=Rule(Unit.DAY, count=400))


def test_nothing_of_a_refused_act_stays(office: Office) -> None:
    visit = book(office, "9:30")
    with pytest.raises(Refused):
        move_series(office, visit, Slot(doctor(office), datetime(2026, 3, 19, 23, 50)))
    with refusal("Dr. Lee is booked from 9:30 to 9:45. The next opening is 9:45 AM."):
        book(office, "9:30", patient_id=walter(office))
    assert office.ask(visits.visit, appointment_id=visit).starts.date() == WEDNESDAY
