from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.kernel.months import month_end, months_later, next_month

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def test_a_day_that_a_month_does_not_have_is_its_last() -> None:
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_later(date(2024, 2, 29), -72) == date(2018, 2, 28)


@given(DAYS)
def test_the_day_after_a_month_is_the_first_of_the_next(day: date) -> None:
    assert month_end(day) + timedelta(days=1) == next_month(day)
    assert month_end(day).month == day.month
    assert next_month(day) == months_later(day.replace(day=1), 1)
