"""First openings, against a search that tries every minute of random offices; and against booking."""

from datetime import datetime

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from frontdesk.kernel.errors import Refused
from frontdesk.models.registration.patient import Patient
from frontdesk.services.schedule import booking, checks, fit, month_finder, openings, search
from frontdesk.services.schedule.intervals import minute_of, on_grid, time_of
from frontdesk.services.schedule.month_finder import DayFit
from frontdesk.services.schedule.pattern import PROVIDER
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.work import Work
from tests.office import Office
from tests.services.schedule.by_trying import ByTrying
from tests.services.schedule.random_office import DAY, DAYS, PROVIDERS, RandomOffice, offices
from tests.services.schedule.random_rows import Ids, fill, people_and_things, request_of, undone

HALF_DAY = DAY // 2
QUARTERS = DAYS * DAY // 15
once = settings(max_examples=60, suppress_health_check=list(HealthCheck))


@pytest.fixture
def practice(office: Office) -> Office:
    people_and_things(office)
    return office


@once
@given(random=offices())
def test_the_openings_are_those_that_trying_finds(practice: Office, random: RandomOffice) -> None:
    tried = ByTrying(random, practice.database.zone)
    assume(PROVIDER in tried.needs)
    expected = tried.starts()
    with undone(practice, random.first, random.now) as work:
        ids = fill(practice, work, random)
        request = request_of(random, ids)
        found = {
            (ids.providers.index(provider_id), minute)
            for each in search.prepare(work, request)
            for provider_id, starts in fit.starts_of(each.puzzle).items()
            for minute in on_grid(starts, openings.GRID_MINUTES)
        }
        assert found == expected
        shown = openings.first_openings(work, request=request)
        firsts: dict[tuple[int, int, int], int] = {}
        for number, minute in sorted(expected):
            firsts.setdefault((number, tried.site(number, minute), minute // HALF_DAY), minute)
        origin = tried.origin
        assert {
            (ids.providers.index(each.slot.provider_id), minute_of(each.starts, origin))
            for each in shown.found
        } == {(number, minute) for (number, _, _), minute in firsts.items()}
        assert shown.found or shown.why_not
        month = month_finder.month_fit(work, request=request, first_day=random.first.replace(day=1))
        on_the_first = {minute for _, minute in expected if minute < DAY}
        fits = month[random.first.day - 1].fit is DayFit.FITS
        assert fits == bool(on_the_first)
        for each in shown.found[:3]:
            with work.session.begin_nested() as saved:
                booking.book(work, patient_id=ids.danielle, slot=each.slot, visit_type_id=ids.kind)
                saved.rollback()


@once
@given(
    random=offices(), picks=st.lists(st.integers(0, DAYS * DAY // 15 * PROVIDERS - 1), min_size=3, max_size=3)
)
def test_what_can_be_booked_is_what_trying_finds(
    practice: Office, random: RandomOffice, picks: list[int]
) -> None:
    tried = ByTrying(random, practice.database.zone)
    assume(PROVIDER in tried.needs)
    bookable = sorted(tried.starts(with_windows=False))
    with undone(practice, random.first, random.now) as work:
        ids = fill(practice, work, random)
        for pick in picks:
            number, minute = pick % PROVIDERS, pick // PROVIDERS * 15
            if random.only in (None, number) and minute >= random.now:
                assert _is_accepted(work, ids, random, number, time_of(minute, tried.origin)) == (
                    (number, minute) in bookable
                )
        for number, minute in bookable[:2]:
            assert _is_accepted(work, ids, random, number, time_of(minute, tried.origin))


def _is_accepted(work: Work, ids: Ids, random: RandomOffice, number: int, starts: datetime) -> bool:
    try:
        checks.place(
            work,
            patient=work.get(Patient, ids.danielle),
            visit_type_id=ids.kind,
            slot=Slot(ids.providers[number], starts, random.minutes),
        )
    except Refused:
        return False
    return True
