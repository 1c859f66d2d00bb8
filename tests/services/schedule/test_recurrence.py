"""The days of a series: examples, and what holds of every rule."""

from calendar import monthrange
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.services.schedule.recurrence import MOST, Rule, Unit, WhenClosed, days, problems

MONDAY = date(2018, 10, 29)
WORKDAYS = (0, 1, 2, 3, 4)

rules = st.builds(
    Rule,
    unit=st.sampled_from(Unit),
    every=st.integers(1, 9),
    weekdays=st.lists(st.integers(0, 6), unique=True, max_size=7).map(tuple),
    count=st.integers(2, MOST),
    when_closed=st.sampled_from(WhenClosed),
)
firsts = st.dates(date(2020, 1, 1), date(2030, 12, 31))
closed_days = st.sets(st.integers(0, 400), max_size=60)


def always(_: date) -> bool:
    return True


def test_a_block_copied_ten_times_day_by_day_without_weekends_gives_ten_and_no_weekend() -> None:
    found = days(Rule(Unit.DAY, weekdays=WORKDAYS, count=10), MONDAY, always)
    assert len(found) == 10
    assert not [day for day in found if day.weekday() >= 5]
    assert found[-1] == date(2018, 11, 9)


def test_a_month_without_the_day_takes_its_last() -> None:
    found = days(Rule(Unit.MONTH, count=5), date(2027, 10, 31), always)
    assert [f"{day:%m/%d}" for day in found] == ["10/31", "11/30", "12/31", "01/31", "02/29"]


def test_chosen_weekdays_every_other_week_begin_in_the_first_week() -> None:
    found = days(Rule(Unit.WEEK, 2, weekdays=(0, 3), count=5), date(2026, 3, 18), always)
    assert [f"{day:%a %m/%d}" for day in found] == [
        "Wed 03/18",
        "Thu 03/19",
        "Mon 03/30",
        "Thu 04/02",
        "Mon 04/13",
    ]


def test_a_closed_day_is_skipped_or_shifted_and_none_comes_twice() -> None:
    def is_open(day: date) -> bool:
        return day not in (date(2026, 5, 25), date(2026, 5, 26))  # Memorial Day, and the day after it

    first = date(2026, 5, 18)
    skipped = days(Rule(Unit.WEEK, weekdays=(0, 2), count=4), first, is_open)
    assert [f"{day:%a %d}" for day in skipped] == ["Mon 18", "Wed 20", "Wed 27", "Mon 01"]
    shifted = days(Rule(Unit.WEEK, weekdays=(0, 2), count=4, when_closed=WhenClosed.SHIFT), first, is_open)
    assert [f"{day:%a %d}" for day in shifted] == ["Mon 18", "Wed 20", "Wed 27", "Mon 01"]


def test_until_is_the_last_day_that_may_be() -> None:
    found = days(Rule(Unit.WEEK, until=date(2026, 4, 1)), date(2026, 3, 18), always)
    assert found == [date(2026, 3, 18), date(2026, 3, 25), date(2026, 4, 1)]


def test_the_clocks_do_not_move_the_day() -> None:
    """2026-03-08 and 2026-11-01: a rule over dates knows no hours."""
    found = days(Rule(Unit.DAY, count=4), date(2026, 3, 7), always)
    assert found == [date(2026, 3, 7) + timedelta(step) for step in range(4)]
    assert days(Rule(Unit.WEEK, count=3), date(2026, 10, 25), always)[1] == date(2026, 11, 1)


def test_a_rule_that_cannot_be_is_said_in_sentences() -> None:
    assert [each.message for each in problems(Rule(Unit.WEEK, 0, (9,)), MONDAY)] == [
        "Repeat every 1 to 99 days, weeks or months.",
        "Choose days from Monday to Sunday.",
        "Say how many visits, or until when.",
    ]
    assert [each.message for each in problems(Rule(Unit.WEEK, count=400), MONDAY)] == [
        "A series has at most 104 visits, not 400. Book these first, then continue from the last one."
    ]
    assert [each.message for each in problems(Rule(Unit.WEEK, count=1, until=MONDAY), MONDAY)] == [
        "A series has at least 2 visits.",
        "Choose a day after the first visit on 10/29/2018.",
    ]


@given(rules, firsts, closed_days)
def test_days_ascend_are_open_and_as_many_as_wanted(rule: Rule, first: date, closed: set[int]) -> None:
    def is_open(day: date) -> bool:
        return (day - first).days not in closed

    found = days(rule, first, is_open)
    assert found[0] == first
    assert found == sorted(set(found))
    assert all(is_open(day) for day in found[1:])
    assert len(found) <= (rule.count or 0)
    if rule.unit is Unit.WEEK and len(found) != rule.count:
        assert found[-1] + timedelta(7 * rule.every + 6) > first + timedelta(5 * 366), "it stops far ahead"
    if rule.unit is not Unit.WEEK and rule.weekdays:
        assert all(day.weekday() in rule.weekdays for day in found[1:])


@given(st.integers(1, 9), firsts, st.integers(2, 40))
def test_months_keep_their_day_or_end(every: int, first: date, count: int) -> None:
    for step, day in enumerate(days(Rule(Unit.MONTH, every, count=count), first, always)):
        months = (day.year - first.year) * 12 + day.month - first.month
        assert months == step * every
        assert day.day == min(first.day, monthrange(day.year, day.month)[1])
