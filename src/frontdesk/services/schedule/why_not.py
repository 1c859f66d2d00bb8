"""Why no time was found, in sentences: which one thing, were it otherwise, would let the visit fit."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from frontdesk.kernel.text import us_date, weekday_date
from frontdesk.services.schedule import caps, downtime, fit, lead
from frontdesk.services.schedule.hours import DAY
from frontdesk.services.schedule.intervals import (
    Interval,
    covers,
    difference,
    intersection,
    normal,
    on_grid,
    time_of,
)
from frontdesk.services.schedule.pattern import PROVIDER, Phase, Want, by_want
from frontdesk.services.schedule.resources import BookableThing
from frontdesk.services.schedule.search import Search
from frontdesk.services.schedule.words import from_to, when

_GRID_MINUTES = 15

Start = tuple[int, int]
"""A minute, and the provider who could then."""


def sentences(searches: Sequence[Search]) -> tuple[str, ...]:
    """The reasons, most telling first, of a request at one or several sites; never empty."""
    missing = tuple(_missing(searches))
    in_the_way = dict.fromkeys(sentence for search in searches for sentence in _in_the_way(search))
    return missing or tuple(in_the_way) or (_nothing_at_all(searches[0]),)


def _missing(searches: Sequence[Search]) -> Iterator[str]:
    """What no waiting would mend."""
    search = searches[0]
    first, last = us_date(search.origin.date()), us_date(search.last)
    if not search.providers:
        yield "No provider fits the request."
    elif not any(search.hours.open_sessions(id) for id in search.providers):
        who = _only_provider(search)
        yield f"{who or 'No provider'} has {'no ' if who else ''}hours from {first} to {last}."
    for want in search.things:
        if not any(each.things[want] for each in searches):
            yield f"There is no {want[1]} that could be booked."


def _in_the_way(search: Search) -> Iterator[str]:
    """Each single thing without which there would be a time."""
    puzzle = search.puzzle
    whole = [(0, search.hours.days * DAY)]
    for want, phases in by_want(puzzle.phases).items():
        if want == PROVIDER or not search.things[want]:
            continue
        if at := _first(replace(puzzle, things_free={**puzzle.things_free, want: {0: whole}})):
            yield _thing_is_taken(search, want, phases, at[0])
    yield from _provider_keeps(search)
    yield from _session_is_full(search)
    yield from _patient_is_elsewhere(search)
    if search.ready > search.now:
        sooner = intersection(search.wanted, [(search.now, search.hours.days * DAY)])
        if _first(replace(puzzle, patient_free=_beside_own(search, sooner))):
            ready = time_of(search.ready, search.origin)
            yield lead.too_soon(search.kind, ready, search.today)


def _thing_is_taken(search: Search, want: Want, phases: list[Phase], start: int) -> str:
    several = search.things[want]
    on = weekday_date(time_of(start, search.origin).date())
    if len(several) == 1:
        return f"{_against(search, several[0], phases, start)} on {on}."
    stretches = [(start + phase.offset, start + phase.ends) for phase in phases]
    all_booked = all(_meeting(search.taken[thing.id], stretches) for thing in several)
    what = f"Every {want[1]} is booked" if all_booked else f"No {want[1]} is free"
    return f"{what} on {on} at {_time(search, start)}."


def _against(search: Search, thing: BookableThing, phases: list[Phase], start: int) -> str:
    stretches = [(start + phase.offset, start + phase.ends) for phase in phases]
    midnight = time_of(start - start % DAY, search.origin)
    for out in search.out.get(thing.id, ()):
        if _meeting([(out.starts, out.ends)], stretches):
            shifted = out._replace(
                starts=out.starts - start + start % DAY, ends=out.ends - start + start % DAY
            )
            return downtime.said(thing.name, shifted, midnight)
    at_work = search.at_work.get(thing.id)
    if at_work is not None and not all(covers(at_work, *stretch) for stretch in stretches):
        return f"{thing.name} has no hours that suit"
    if busy := _meeting(search.taken[thing.id], stretches):
        return f"{thing.name} is booked {_span(search, busy)}"
    return f"{thing.name} is not free long enough"


def _provider_keeps(search: Search) -> Iterator[str]:
    """The first time that a block, were it not kept, would open."""
    unkept = {
        id: difference(search.hours.open_sessions(id, search.site_id), search.taken[id])
        for id in search.providers
    }
    if at := _first(replace(search.puzzle, provider_free=unkept)):
        start, id = at
        stretches = [
            (start + phase.offset, start + phase.ends) for phase in by_want(search.puzzle.phases)[PROVIDER]
        ]
        for block in search.hours.blocks.get(id, ()):
            is_open = block.is_open(search.kind.opens_blocks, search.now)
            if not is_open and _meeting([(block.starts, block.ends)], stretches):
                kept = block.said(search.providers[id].name, search.origin)
                yield f"{kept}, on {weekday_date(time_of(start, search.origin).date())}."
                return


def _session_is_full(search: Search) -> Iterator[str]:
    """The first time that a session, were there no cap, would take."""
    if not search.full:
        return
    begins = {
        id: [own for session, own in search.hours.own_minutes(id) if session.site_id == search.site_id]
        for id in search.providers
    }
    if at := _first(replace(search.puzzle, begins=begins)):
        start, id = at
        begin = start + by_want(search.puzzle.phases)[PROVIDER][0].offset
        session = search.hours.session_at(id, begin)
        if session is not None and (id, session) in search.full:
            on = weekday_date(time_of(start, search.origin).date())
            span = _span(search, (session.starts, session.ends))
            full = caps.said(session, search.full[id, session])
            yield f"{search.providers[id].name}'s session from {span} on {on} {full}."


def _patient_is_elsewhere(search: Search) -> Iterator[str]:
    later = [(max(search.now, search.ready), search.hours.days * DAY)]
    if search.own and (at := _first(replace(search.puzzle, patient_free=intersection(search.wanted, later)))):
        visit = _meeting(_own(search), [(at[0], at[0] + search.puzzle.minutes)])
        if visit:
            on = weekday_date(time_of(at[0], search.origin).date())
            yield f"The patient has another visit from {_span(search, visit)} on {on}."
    if search.has_windows:
        days = [(day * DAY, (day + 1) * DAY - 1) for day in range(search.hours.days)]
        if at := _first(replace(search.puzzle, patient_free=_beside_own(search, intersection(days, later)))):
            said = when(time_of(at[0], search.origin), search.origin.date())
            yield f"Outside the patient's times the first opening is {said}."


def _own(search: Search) -> list[Interval]:
    return normal((visit.starts, visit.ends) for visit in search.own)


def _beside_own(search: Search, free: list[Interval]) -> list[Interval]:
    return difference(free, _own(search))


def _nothing_at_all(search: Search) -> str:
    who = _only_provider(search) or "No provider"
    has = "has no" if _only_provider(search) else "has"
    span = f"from {us_date(search.origin.date())} to {us_date(search.last)}"
    return f"{who} {has} {search.puzzle.minutes} free minutes together {span}."


def _only_provider(search: Search) -> str:
    names = [provider.name for provider in search.providers.values()]
    return names[0] if len(names) == 1 else ""


def _first(puzzle: fit.Puzzle) -> Start | None:
    """The earliest start on the grid, and whose it is."""
    firsts = (
        (next(iter(on_grid(starts, _GRID_MINUTES)), None), id) for id, starts in fit.starts_of(puzzle).items()
    )
    return min(((minute, id) for minute, id in firsts if minute is not None), default=None)


def _meeting(busy: Sequence[Interval], stretches: Sequence[Interval]) -> Interval | None:
    """The first of the busy times that shares a minute with a stretch."""
    return next(
        (each for each in busy if any(each[0] < ends and starts < each[1] for starts, ends in stretches)),
        None,
    )


def _span(search: Search, span: Interval) -> str:
    return from_to(*(time_of(minute, search.origin) for minute in span))


def _time(search: Search, start: int) -> str:
    at = time_of(start, search.origin)
    return when(at, at.date())
