"""Where a visit fits: every phase on every resource at once, by interval arithmetic.

Plain values in, plain values out: minutes from an origin, no database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from frontdesk.services.schedule.intervals import (
    Interval,
    Intervals,
    covers,
    intersection,
    starts_within,
    union,
)
from frontdesk.services.schedule.pattern import PROVIDER, Phase, Want, by_want


@dataclass(frozen=True, slots=True)
class Puzzle:
    """A visit, and the free time of everybody and everything it needs."""

    minutes: int
    phases: Sequence[Phase]
    provider_free: Mapping[int, Intervals]
    things_free: Mapping[Want, Mapping[int, Intervals]]
    """Of each wanted kind but the provider: the candidates' free time, in the order of preference."""
    patient_free: Intervals
    """When the patient can come and is not elsewhere; a visit lies within one of these."""
    begins: Mapping[int, Intervals] | None = None
    """At which minutes each provider's part may begin: in a session that takes one more. None: at any."""
    days: Intervals | None = None
    """What no visit crosses with any of its phases, such as midnight. None: there is nothing such."""


def starts_of(puzzle: Puzzle) -> dict[int, list[Interval]]:
    """All minutes at which the visit may start, as intervals, for each provider that has any."""
    phases = by_want(puzzle.phases)
    common = starts_for_all_but_provider(puzzle)
    found: dict[int, list[Interval]] = {}
    for provider_id, free in puzzle.provider_free.items():
        starts = intersection(common, starts_for(phases[PROVIDER], free))
        if starts and puzzle.begins is not None:
            begins = starts_within(puzzle.begins[provider_id], phases[PROVIDER][0].offset, 1)
            starts = intersection(starts, begins)
        if starts:
            found[provider_id] = starts
    return found


def starts_for_all_but_provider(puzzle: Puzzle) -> list[Interval]:
    """When patient, rooms, devices and staff would all be there."""
    common = starts_within(puzzle.patient_free, 0, puzzle.minutes)
    if puzzle.days is not None:
        longest = max(puzzle.minutes, *(phase.ends for phase in puzzle.phases))
        common = intersection(common, starts_within(puzzle.days, 0, longest))
    for want, phases in by_want(puzzle.phases).items():
        if want != PROVIDER:
            common = intersection(common, starts_for_any(phases, puzzle.things_free[want].values()))
    return common


def starts_for_any(phases: Sequence[Phase], several: Iterable[Intervals]) -> list[Interval]:
    """When at least one of the candidates can serve all its phases."""
    return union(starts_for(phases, free) for free in several)


def starts_for(phases: Sequence[Phase], free: Intervals) -> list[Interval]:
    """When one resource can serve all its phases."""
    starts = starts_within(free, phases[0].offset, phases[0].minutes)
    for phase in phases[1:]:
        starts = intersection(starts, starts_within(free, phase.offset, phase.minutes))
    return starts


def things_at(puzzle: Puzzle, start: int) -> dict[Want, int | None]:
    """The first candidate of each kind that is free for a visit at `start`; None where all are taken."""
    return {
        want: next((id for id, free in puzzle.things_free[want].items() if serves(phases, free, start)), None)
        for want, phases in by_want(puzzle.phases).items()
        if want != PROVIDER
    }


def serves(phases: Iterable[Phase], free: Intervals, start: int) -> bool:
    """Whether a resource is free for all its phases of a visit at `start`."""
    return all(covers(free, start + phase.offset, start + phase.ends) for phase in phases)
