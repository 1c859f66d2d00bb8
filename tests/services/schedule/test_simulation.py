"""The rest of a provider's day: delays handed on, what is left of a visit, and what one more costs."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.services.schedule.simulation import (
    Expected,
    Length,
    longest_waits,
    price,
    project,
    run,
    with_visit,
)
from frontdesk.services.schedule.status import Status

CASTILLO, NOWAK, FOSTER, HARRIS, DONOVAN, MORENO = range(1, 7)
NOON = 12 * 60


def clock(said: str) -> int:
    hour, minute = said.split(":")
    return int(hour) * 60 + int(minute)


def expected(
    id: int,
    starts: str,
    minutes: int,
    status: Status = Status.CONFIRMED,
    provider_in: str = "",
    *,
    long: int = 0,
    promised: str = "",
) -> Expected:
    length = Length(minutes, long or minutes)
    return Expected(
        id,
        clock(starts),
        length,
        status,
        clock(provider_in) if provider_in else None,
        clock(promised) if promised else None,
    )


MORNING = [
    expected(CASTILLO, "10:00", 30, Status.IN_VISIT, "10:18"),
    expected(DONOVAN, "10:15", 15, Status.NOT_ARRIVED),
    expected(NOWAK, "10:30", 15, Status.READY),
    expected(FOSTER, "10:45", 30, Status.CHECKING_IN),
    expected(HARRIS, "11:15", 30),
]
"""Dr. Lee's of the mockup: Castillo was called in 18 minutes late."""


def test_delay_is_handed_on_until_a_pause_takes_it_up() -> None:
    found = project([*MORNING, expected(MORENO, "13:00", 15)], clock("10:42"))
    assert found.busy_until == clock("10:48")
    assert found.start_of == {
        NOWAK: clock("10:48"),
        FOSTER: clock("11:03"),
        HARRIS: clock("11:33"),
        MORENO: clock("13:00"),
    }
    assert (found.late_minutes, found.words) == (18, "Running 18 min late")
    assert (found.ends, found.overtime(clock("13:00"))) == (clock("13:15"), 15)


def test_nobody_waits_where_the_provider_is_free() -> None:
    found = project([expected(FOSTER, "11:00", 30)], clock("10:42"))
    assert found.start_of == {FOSTER: clock("11:00")}
    assert (found.late_minutes, found.words, found.busy_until) == (0, "On time", None)
    assert (found.longest_wait, found.overtime(NOON)) == (0, 0)


def test_an_empty_day_is_on_time() -> None:
    found = project((), clock("10:42"))
    assert (found.words, found.start_of, found.longest_wait) == ("On time", {}, 0)


def test_a_visit_that_runs_over_ends_now_where_nothing_is_known_of_its_kind() -> None:
    found = project(
        [
            expected(CASTILLO, "10:00", 30, Status.IN_VISIT, "10:00"),
            expected(NOWAK, "10:30", 15, Status.IN_ROOM),
        ],
        clock("10:42"),
    )
    assert found.start_of[NOWAK] == clock("10:42")
    assert found.words == "Running 12 min late"


@pytest.mark.parametrize(
    ("so_far", "usual", "long"),
    [
        (0, 30, 40),
        (24, 6, 16),
        (30, 0, 10),
        # Beyond: of the half that ran over, half had taken 8 minutes more, and four fifths 18.
        (31, 8, 18),
        (60, 8, 18),
    ],
)
def test_what_is_left_of_a_visit(so_far: int, usual: int, long: int) -> None:
    assert Length(30, 40).left(so_far) == Length(usual, long)


def test_a_visit_that_runs_over_delays_the_next_by_what_such_visits_take() -> None:
    running = expected(CASTILLO, "10:00", 30, Status.IN_VISIT, "10:00", long=40)
    found = project([running, expected(NOWAK, "10:30", 15, Status.IN_ROOM)], clock("10:42"))
    assert found.busy_until == clock("10:50")
    assert found.words == "Running 20 min late"


def test_how_far_a_start_may_slip_adds_up_and_a_pause_takes_it_up() -> None:
    three = [expected(id, at, 15, long=18) for id, at in ((1, "8:00"), (2, "8:15"), (3, "8:30"))]
    found = project([*three, expected(4, "8:47", 15, long=18), expected(5, "10:00", 15)], 0)
    assert [round(at - visit.starts, 1) for visit, at in zip(found.waiting, found.latest, strict=True)] == [
        0.0,
        3.0,
        4.9,
        4.3,
        0.0,
    ]
    assert found.longest_wait == 5


def test_four_days_of_five_keep_within_the_latest_start() -> None:
    """The closed form beside ten thousand drawn days, for visits one after another without a gap."""
    chance, spread, days = Random(3), 4.0, 10_000
    booked = [15.0 * place for place in range(12)]
    _, latest, _ = run([(at, 15.0, spread) for at in booked], 0.0)
    within = [0] * len(booked)
    for _ in range(days):
        lengths = [chance.gauss(15.0, spread / 0.8416) for _ in booked]
        starts, _, _ = run([(at, long, 0.0) for at, long in zip(booked, lengths, strict=True)], 0.0)
        for place, (start, by) in enumerate(zip(starts, latest, strict=True)):
            within[place] += start <= by
    assert all(0.77 <= count / days <= 0.83 for count in within[1:]), within


def test_the_longest_wait_before_and_after_a_visit_more() -> None:
    day = [expected(id, at, 30, long=36) for id, at in ((1, "9:00"), (2, "9:30"), (3, "10:30"))]
    assert longest_waits(day, expected(4, "10:00", 30, long=36), 0) == (6, 13)
    assert longest_waits(day, expected(4, "15:00", 30, long=36), 0) == (6, 6)


def test_a_price_names_who_waits_how_much_longer() -> None:
    found = price(
        MORNING, expected(MORENO, "10:45", 15, Status.SCHEDULED), now=clock("10:42"), closes=clock("12:00")
    )
    assert found.starts == clock("11:33")
    assert found.added == ((HARRIS, 15),)
    assert (found.greatest, found.total, found.overtime) == (15, 15, 15)


def test_a_price_in_a_gap_is_nothing() -> None:
    found = price(MORNING, expected(MORENO, "14:00", 15), now=clock("10:42"), closes=clock("17:00"))
    assert (found.added, found.greatest, found.overtime, found.past_promise) == ((), 0, 0, ())


def test_a_price_names_whose_promised_time_would_pass() -> None:
    day = [expected(FOSTER, "10:45", 30, promised="10:30"), expected(HARRIS, "11:15", 30, promised="11:20")]
    found = price(day, expected(MORENO, "10:45", 15), now=clock("10:42"), closes=NOON)
    assert found.past_promise == (HARRIS,), "Foster's had passed before"


def _days() -> st.SearchStrategy[list[Expected]]:
    statuses = st.sampled_from(
        [Status.CONFIRMED, Status.READY, Status.IN_VISIT, Status.DONE, Status.NOT_ARRIVED, Status.CANCELED]
    )
    visit = st.tuples(st.integers(480, 1020), st.integers(5, 60), st.integers(0, 30), statuses)
    return st.lists(visit, max_size=20).map(
        lambda drawn: [
            Expected(id, starts, Length(usual, usual + more), status)
            for id, (starts, usual, more, status) in enumerate(sorted(drawn, key=lambda each: each[0]))
        ]
    )


@given(_days(), st.integers(480, 1080), st.integers(0, 60), st.integers(5, 60))
def test_whatever_the_day_nobody_is_seen_early_twice_or_sooner_for_a_visit_more(
    day: list[Expected], now: int, ahead: int, minutes: int
) -> None:
    found = project(day, now)
    free: float = now if found.busy_until is None else found.busy_until
    for visit, start, latest in zip(found.waiting, found.starts, found.latest, strict=True):
        assert start == max(visit.starts, free)
        assert latest >= start
        free = start + visit.length.usual
    assert found.ends == free

    added = Expected(-1, now + ahead, Length(minutes, minutes), Status.SCHEDULED)
    after = project(with_visit(day, added), now)
    assert all(after.start_of[id] >= start for id, start in found.start_of.items())
    # The longest that anybody waits more is the visit's own length.
    assert price(day, added, now=now, closes=1020).greatest <= minutes
