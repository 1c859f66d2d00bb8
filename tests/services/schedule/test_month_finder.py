"""The month of a request: which days fit, which have too little, which are full."""

from datetime import date, time

from frontdesk.services.schedule import month_finder
from frontdesk.services.schedule.month_finder import DayFit, FoundDay
from frontdesk.services.schedule.search import OpeningRequest, Window
from tests.builders.office import provider
from tests.builders.schedule import at, book, visit_type, walter, works
from tests.office import Office
from tests.refusal import refusal

MARCH = date(2026, 3, 1)


def month(office: Office, kind: int, *windows: Window, first_day: date = MARCH) -> dict[int, FoundDay]:
    request = OpeningRequest(kind, windows=windows)
    found = office.ask(month_finder.month_fit, request=request, first_day=first_day)
    return {each.day.day: each for each in found}


def test_days_that_fit_are_short_are_full_or_are_closed(office: Office) -> None:
    okafor = provider(office, "Okafor")
    for weekday in (2, 3, 4):
        works(office, okafor, "8:00", "10:00", weekday=weekday)
    kind = visit_type(office, "Physical", 60)
    book(office, "8:30", minutes=60, provider_id=okafor, patient_id=walter(office))
    book(office, at("8:00", date(2026, 3, 19)), minutes=120, provider_id=okafor)

    days = month(office, kind)

    assert len(days) == 31
    assert days[11].fit is DayFit.CLOSED, "it has passed"
    assert days[16].fit is DayFit.CLOSED, "nobody works on Mondays"
    assert days[18].fit is DayFit.SHORT
    assert days[19].fit is DayFit.FULL
    assert (days[20].fit, days[20].starts) == (DayFit.FITS, 5)


def test_days_on_which_the_patient_cannot_come_are_closed(office: Office) -> None:
    works(office, provider(office, "Okafor"), "8:00", "10:00", weekday=2)
    days = month(office, visit_type(office), Window(3, time(8)))
    assert {each.fit for each in days.values()} == {DayFit.CLOSED}


def test_a_month_that_has_passed_is_closed(office: Office) -> None:
    days = month(office, visit_type(office), first_day=date(2026, 2, 1))
    assert (len(days), {each.fit for each in days.values()}) == (28, {DayFit.CLOSED})


def test_a_type_without_a_length_is_refused(office: Office) -> None:
    with refusal("Consult has no length yet. Say how long this visit is."):
        month(office, visit_type(office, "Consult", None))
