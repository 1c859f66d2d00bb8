"""Where cards stand: beside each other, never on each other, as few lanes as can be."""

from datetime import date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.status import Status
from frontdesk.services.schedule.words import Confirmation, Lifecycle
from frontdesk.ui.schedule import look, visit_card
from frontdesk.ui.schedule.geometry import side_by_side

EIGHT = datetime(2026, 3, 17, 8, 0)


def visit(number: int, quarter: int, quarters: int, status: Status) -> DayVisit:
    starts = EIGHT + quarter * timedelta(minutes=15)
    return DayVisit(
        id=number,
        version=1,
        patient_id=number,
        patient="Foster, Danielle",
        chart_number="HP-1",
        born_on=date(1982, 6, 14),
        provider_id=1,
        visit_type_id=1,
        starts=starts,
        ends=starts + quarters * timedelta(minutes=15),
        lifecycle=Lifecycle.BOOKED,
        confirmation=Confirmation.NONE,
        status=status,
        status_since=None,
        late_minutes=0,
        reason="Follow-up",
        note="",
        room="",
        is_new_patient=False,
        is_overbooked=False,
        is_video=False,
        interpreter="",
        predicted=None,
    )


STATUSES = st.sampled_from([Status.SCHEDULED, Status.CONFIRMED, Status.CANCELED, Status.NO_SHOW])
DAYS = st.lists(st.tuples(st.integers(0, 35), st.integers(1, 6), STATUSES), max_size=14).map(
    lambda drawn: [visit(number, *each) for number, each in enumerate(drawn)]
)


def overlap(one: DayVisit, other: DayVisit) -> bool:
    return one.starts < other.ends and other.starts < one.ends


@given(DAYS)
def test_no_two_visits_share_a_lane_at_the_same_time(visits: list[DayVisit]) -> None:
    for (lane, lanes, one), (other_lane, other_lanes, other) in combinations(side_by_side(visits), 2):
        if overlap(one, other):
            assert lane != other_lane
            assert lanes == other_lanes


@given(DAYS)
def test_every_visit_that_is_on_is_placed_once(visits: list[DayVisit]) -> None:
    placed = [each.id for _, _, each in side_by_side(visits)]
    on = {each.id for each in visits if each.status not in look.CALLED_OFF}
    assert len(placed) == len(set(placed))
    assert on <= set(placed)


@given(DAYS)
def test_one_called_off_yields_to_one_that_is_on(visits: list[DayVisit]) -> None:
    placed = [each for _, _, each in side_by_side(visits)]
    on = [each for each in visits if each.status not in look.CALLED_OFF]
    for each in placed:
        if each.status in look.CALLED_OFF:
            assert not any(overlap(each, other) for other in on)


@given(DAYS)
def test_lanes_are_no_more_than_meet_at_once(visits: list[DayVisit]) -> None:
    placed = side_by_side(visits)
    for lane, lanes, one in placed:
        assert 0 <= lane < lanes
        if lanes > 1:
            assert any(overlap(one, other) for _, _, other in placed if other is not one)


@pytest.mark.parametrize(("minutes", "lines"), [(15, 1), (20, 1), (30, 2), (45, 3)])
@pytest.mark.parametrize("quarter_px", [19, 20])
def test_half_an_hour_holds_name_and_reason_in_the_day_and_in_the_week(
    quarter_px: int, minutes: int, lines: int
) -> None:
    card = quarter_px * minutes // 15 - 2
    assert visit_card.lines_in(card) == lines
