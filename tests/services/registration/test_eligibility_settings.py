"""The two clocks of a verification: whether the coverage holds, and what the plan pays."""

from datetime import date

import pytest

from frontdesk.kernel.errors import Conflict
from frontdesk.services.registration import eligibility_settings, verifications
from frontdesk.services.registration.eligibility_settings import SettingsDraft
from tests.builders.office import site
from tests.builders.registration import coverage, danielle, verification
from tests.office import Office
from tests.refusal import refusal

TODAY = date(2026, 3, 17)


@pytest.mark.parametrize(
    ("answered", "visit", "before", "due"),
    [
        (None, date(2026, 3, 18), None, True),
        (date(2026, 2, 15), date(2026, 3, 18), None, False),
        (date(2026, 2, 14), date(2026, 3, 18), None, True),
        (date(2026, 3, 1), date(2026, 3, 18), 3, True),
        (date(2026, 3, 15), date(2026, 3, 18), 3, False),
        (date(2026, 3, 1), date(2026, 3, 30), 3, False),
    ],
)
def test_whether_it_holds_is_asked_by_age_and_shortly_before_the_visit(
    answered: date | None, visit: date, before: int | None, due: bool
) -> None:
    assert SettingsDraft(before_visit_days=before).eligibility_due(answered, visit, TODAY) is due


@pytest.mark.parametrize(
    ("answered", "visit", "yearly", "due"),
    [
        (None, date(2026, 3, 18), True, True),
        (date(2025, 11, 2), date(2026, 3, 18), True, True),
        (date(2025, 11, 2), date(2026, 3, 18), False, False),
        (date(2025, 3, 1), date(2026, 3, 18), False, True),
        (date(2026, 1, 2), date(2026, 3, 18), True, False),
    ],
)
def test_what_the_plan_pays_is_asked_by_age_and_in_each_year(
    answered: date | None, visit: date, yearly: bool, due: bool
) -> None:
    draft = SettingsDraft(benefits_renew_yearly=yearly)
    assert draft.benefits_due(answered, visit, TODAY) is due


def test_the_office_decides_how_long_an_answer_is_good(office: Office) -> None:
    coverage_id = coverage(office, danielle(office))
    verification(office, coverage_id)
    office.clock.advance(days=10)
    answer = office.ask(verifications.latest, coverage_id=coverage_id)
    assert answer is not None
    assert not answer.is_stale
    office.do(eligibility_settings.set_up, draft=SettingsDraft(eligibility_days=7))
    answer = office.ask(verifications.latest, coverage_id=coverage_id)
    assert answer is not None
    assert answer.is_stale


def test_settings_that_make_no_sense_are_refused_and_another_desk_is_noticed(office: Office) -> None:
    site(office)
    with refusal(
        "Enter how many days ahead the list looks, from 0 to 60. Enter a number of days from 1 to 366. "
        "Enter a number of days from 0 to 60, or nothing. Enter a number of days from 1 to 1000. "
        "Enter service type codes of one or two characters, such as 30 and 98."
    ):
        office.do(
            eligibility_settings.set_up,
            draft=SettingsDraft(
                days_ahead=61, eligibility_days=0, before_visit_days=-1, benefits_days=0, service_types=()
            ),
        )
    office.do(eligibility_settings.set_up, draft=SettingsDraft(days_ahead=5), version=0)
    with pytest.raises(Conflict):
        office.do(eligibility_settings.set_up, draft=SettingsDraft(), version=0)
