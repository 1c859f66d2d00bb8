"""Why no time was found, in sentences: which one thing, were it otherwise, would let the visit fit."""

from collections.abc import Iterator
from functools import reduce

from frontdesk.kernel.text import us_date, weekday_date
from frontdesk.services.schedule import fit
from frontdesk.services.schedule.intervals import (
    Interval,
    intersection,
    on_grid,
    starts_within,
    time_of,
)
from frontdesk.services.schedule.pattern import PROVIDER, Phase, Want, by_want
from frontdesk.services.schedule.search import Search
from frontdesk.services.schedule.words import from_to, when

_GRID_MINUTES = 15


def sentences(search: Search) -> tuple[str, ...]:
    """The reasons, most telling first; never empty."""
    return tuple(_missing(search)) or tuple(_in_the_way(search)) or (_nothing_at_all(search),)


def _missing(search: Search) -> Iterator[str]:
    """What no waiting would mend."""
    first, last = us_date(search.origin.date()), us_date(search.last)
    if not search.providers:
        yield "No provider fits the request."
    elif not any(search.hours.open_sessions(id) for id in search.providers):
        who = _only_provider(search)
        yield f"{who or 'No provider'} has {'no ' if who else ''}hours from {first} to {last}."
    for (_, wanted), several in search.things.items():
        if not several:
            yield f"There is no {wanted} that could be booked."


def _in_the_way(search: Search) -> Iterator[str]:
    """Each single thing without which there would be a time."""
    needs = by_want(search.puzzle.phases)
    providers = fit.starts_for_any(needs[PROVIDER], search.puzzle.provider_free.values())
    things = {
        want: fit.starts_for_any(phases, search.puzzle.things_free[want].values())
        for want, phases in needs.items()
        if want != PROVIDER
    }
    patient = starts_within(search.puzzle.patient_free, 0, search.puzzle.minutes)
    for want, phases in needs.items():
        if want != PROVIDER:
            others = _all_of(
                providers, patient, *(starts for other, starts in things.items() if other != want)
            )
            if (start := _first(others)) is not None:
                yield _thing_is_taken(search, want, phases, start)
    without_patient = _all_of(providers, *things.values())
    if (start := _first(without_patient)) is not None:
        yield f"Outside the patient's times the first opening is {_at(search, start)}."
    if (start := _first(_all_of(patient, *things.values()))) is not None and not providers:
        yield _nothing_at_all(search)


def _thing_is_taken(search: Search, want: Want, phases: list[Phase], start: int) -> str:
    several = search.things[want]
    on = weekday_date(time_of(start, search.origin).date())
    if len(several) > 1:
        return f"Every {want[1]} is booked on {on} at {_time(search, start)}."
    (thing,) = several
    for busy_from, busy_to in search.taken[thing.id]:
        if any(busy_from < start + phase.ends and start + phase.offset < busy_to for phase in phases):
            span = from_to(time_of(busy_from, search.origin), time_of(busy_to, search.origin))
            return f"{thing.name} is booked {span} on {on}."
    return f"{thing.name} is not free long enough on {on}."


def _nothing_at_all(search: Search) -> str:
    who = _only_provider(search) or "No provider"
    has = "has no" if _only_provider(search) else "has"
    span = f"from {us_date(search.origin.date())} to {us_date(search.last)}"
    return f"{who} {has} {search.puzzle.minutes} free minutes together {span}."


def _only_provider(search: Search) -> str:
    names = [provider.name for provider in search.providers.values()]
    return names[0] if len(names) == 1 else ""


def _all_of(*several: list[Interval]) -> list[Interval]:
    return reduce(intersection, several)


def _first(starts: list[Interval]) -> int | None:
    return next(iter(on_grid(starts, _GRID_MINUTES)), None)


def _at(search: Search, start: int) -> str:
    return when(time_of(start, search.origin), search.origin.date())


def _time(search: Search, start: int) -> str:
    at = time_of(start, search.origin)
    return when(at, at.date())
