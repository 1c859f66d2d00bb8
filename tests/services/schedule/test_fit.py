"""Where a visit fits, against a search that tries every minute."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.models.schedule.visit_type import PhaseKind, Role
from frontdesk.services.schedule import fit
from frontdesk.services.schedule.fit import Puzzle
from frontdesk.services.schedule.intervals import Interval, difference, intersection, normal, on_grid, union
from frontdesk.services.schedule.pattern import PROVIDER, Phase, Want, by_want, fitted

HORIZON = 72
ROOM: Want = (Role.ROOM, "exam")
DEVICE: Want = (Role.DEVICE, "ultrasound")

intervals = st.lists(
    st.tuples(st.integers(0, HORIZON), st.integers(1, 14)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    max_size=5,
).map(normal)


def _phases_of(want: Want) -> st.SearchStrategy[list[Phase]]:
    """One or two stretches that do not overlap."""
    return st.tuples(st.integers(0, 6), st.integers(1, 6), st.integers(0, 4), st.integers(0, 5)).map(
        lambda n: [
            Phase(PhaseKind.PROCEDURE, want, offset, minutes)
            for offset, minutes in ((n[0], n[1]), (n[0] + n[1] + n[2], n[3]))
            if minutes
        ]
    )


@st.composite
def puzzles(draw: st.DrawFn) -> Puzzle:
    """A small random office of one to three providers, rooms and devices."""
    wants = draw(st.sampled_from([(), (ROOM,), (DEVICE,), (ROOM, DEVICE)]))
    phases = draw(_phases_of(PROVIDER))
    for want in wants:
        phases = phases + draw(_phases_of(want))
    several = st.lists(intervals, min_size=1, max_size=3).map(lambda each: dict(enumerate(each)))
    provider_free = draw(several)
    return Puzzle(
        minutes=draw(st.integers(1, 12)),
        phases=tuple(phases),
        provider_free=provider_free,
        things_free={want: draw(several) for want in wants},
        patient_free=draw(intervals),
        begins=draw(st.none() | st.fixed_dictionaries(dict.fromkeys(provider_free, intervals))),
        days=draw(st.none() | st.just([(0, HORIZON // 2), (HORIZON // 2, HORIZON)])),
    )


def _free(spans: Sequence[Interval], starts: int, ends: int) -> bool:
    return all(any(a <= minute < b for a, b in spans) for minute in range(starts, ends))


def _by_trying(puzzle: Puzzle, provider_id: int) -> set[int]:
    """Every start at which each minute of each phase finds its resource free."""
    wanted = by_want(puzzle.phases)
    longest = max(puzzle.minutes, *(phase.ends for phase in puzzle.phases))

    def may(start: int) -> bool:
        begins = start + wanted[PROVIDER][0].offset
        return (puzzle.begins is None or _free(puzzle.begins[provider_id], begins, begins + 1)) and (
            puzzle.days is None
            or any(starts <= start and start + longest <= ends for starts, ends in puzzle.days)
        )

    def can(spans: Sequence[Interval], phases: list[Phase], start: int) -> bool:
        return all(_free(spans, start + phase.offset, start + phase.ends) for phase in phases)

    return {
        start
        for start in range(-20, HORIZON + 20)
        if may(start)
        and _free(puzzle.patient_free, start, start + puzzle.minutes)
        and can(puzzle.provider_free[provider_id], wanted[PROVIDER], start)
        and all(
            any(can(spans, phases, start) for spans in puzzle.things_free[want].values())
            for want, phases in wanted.items()
            if want != PROVIDER
        )
    }


@settings(max_examples=300, deadline=None)
@given(puzzles())
def test_the_starts_are_those_that_trying_every_minute_finds(puzzle: Puzzle) -> None:
    found = fit.starts_of(puzzle)
    for provider_id in puzzle.provider_free:
        assert set(on_grid(found.get(provider_id, []), 1)) == _by_trying(puzzle, provider_id)


@settings(max_examples=100, deadline=None)
@given(puzzles())
def test_at_every_start_there_is_something_of_each_kind(puzzle: Puzzle) -> None:
    for starts in fit.starts_of(puzzle).values():
        for start in on_grid(starts, 1):
            assert None not in fit.things_at(puzzle, start).values()


@given(intervals, intervals)
def test_interval_arithmetic_is_set_arithmetic(one: list[Interval], other: list[Interval]) -> None:
    def minutes(spans: list[Interval]) -> set[int]:
        return set(on_grid(spans, 1))

    assert minutes(union([one, other])) == minutes(one) | minutes(other)
    assert minutes(intersection(one, other)) == minutes(one) & minutes(other)
    assert minutes(difference(one, other)) == minutes(one) - minutes(other)


def test_a_change_of_length_falls_at_the_end() -> None:
    def spans(minutes: int) -> list[tuple[int, int]]:
        doctor = Phase(PhaseKind.PROCEDURE, PROVIDER, 10, 20)
        cleaning = Phase(PhaseKind.CLEANING, ROOM, 30, 15)
        return [(phase.offset, phase.minutes) for phase in fitted([doctor, cleaning], 30, minutes)]

    assert spans(30) == [(10, 20), (30, 15)]
    assert spans(45) == [(10, 35), (45, 15)]
    assert spans(20) == [(10, 10), (20, 15)]


def test_a_type_without_phases_needs_its_provider_throughout() -> None:
    (phase,) = fitted([], 15, 25)
    assert (phase.want, phase.offset, phase.minutes) == (PROVIDER, 0, 25)
