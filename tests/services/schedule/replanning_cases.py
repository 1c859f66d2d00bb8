"""Small offices for the re-planning tests, and the slow sure way to the least cost."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from hypothesis import strategies as st

from frontdesk.models.schedule.visit_type import PhaseKind, Role
from frontdesk.services.schedule.fit import Puzzle
from frontdesk.services.schedule.intervals import Interval, difference, normal
from frontdesk.services.schedule.pattern import PROVIDER, Phase, Want, by_want
from frontdesk.services.schedule.replanning import GRID_MINUTES, Cap, Displaced, NewPlace

DAY = 150
"""Minutes of a small office's day: ten starts."""
ROOM: Want = (Role.ROOM, "exam")
SCANNER: Want = (Role.DEVICE, "ultrasound")
_MAIN = PhaseKind.PROCEDURE
PATTERNS = (
    (15, (Phase(_MAIN, PROVIDER, 0, 15),)),
    (30, (Phase(_MAIN, PROVIDER, 0, 30),)),
    (45, (Phase(_MAIN, PROVIDER, 15, 15), Phase(_MAIN, ROOM, 0, 45))),
    (30, (Phase(_MAIN, PROVIDER, 0, 30), Phase(_MAIN, ROOM, 0, 40))),
    (30, (Phase(_MAIN, PROVIDER, 0, 10), Phase(_MAIN, PROVIDER, 20, 10), Phase(_MAIN, SCANNER, 5, 20))),
)
"""Length and phases of the kinds of visit."""
PROVIDERS = (1, 2, 3)
THINGS: Mapping[Want, tuple[int, ...]] = {ROOM: (11, 12), SCANNER: (21,)}

Case = tuple[list[Displaced], dict[int, list[Cap]]]


@st.composite
def free_time(draw: st.DrawFn) -> list[Interval]:
    """A day with up to three stretches taken."""
    taken = draw(
        st.lists(
            st.tuples(st.integers(0, 9), st.integers(1, 4)).map(lambda s: (s[0] * 15, (s[0] + s[1]) * 15)),
            max_size=3,
        )
    )
    return difference([(0, DAY)], normal(taken))


@st.composite
def cases(draw: st.DrawFn, most: int = 4) -> Case:
    """Up to `most` visits that lost their provider, in an office of three with two rooms and a scanner."""
    provider_free = {id: draw(free_time()) for id in draw(st.sets(st.sampled_from(PROVIDERS), min_size=1))}
    things = {want: {id: draw(free_time()) for id in ids} for want, ids in THINGS.items()}
    displaced = []
    for id in range(draw(st.integers(1, most))):
        minutes, phases = draw(st.sampled_from(PATTERNS))
        may = draw(st.sets(st.sampled_from(sorted(provider_free)), min_size=1))
        displaced.append(
            Displaced(
                id=id,
                patient_id=draw(st.integers(0, 3)),
                planned=draw(st.sampled_from((0, 10, 30, 45, 60))),
                weight=draw(st.sampled_from((1, 1, 3, 8))),
                puzzle=Puzzle(
                    minutes,
                    phases,
                    {each: provider_free[each] for each in sorted(may)},
                    {want: things[want] for want in by_want(phases) if want != PROVIDER},
                    draw(free_time()),
                ),
                extra_minutes={each: draw(st.sampled_from((0, 5, 60))) for each in sorted(may)},
                is_new_patient=draw(st.booleans()),
            )
        )
    caps = {
        id: [Cap(0, 90, draw(st.none() | st.integers(0, 2)), draw(st.none() | st.integers(0, 1)))]
        for id in sorted(provider_free)
        if draw(st.booleans())
    }
    return displaced, caps


def unplaced_cost(visit: Displaced) -> int:
    """What the method says a visit without a time costs: twice what the latest time could."""
    latest = max((free[-1][1] for free in visit.puzzle.provider_free.values() if free), default=0)
    return 2 * visit.weight * (max(latest - visit.planned, 0) + max(visit.extra_minutes.values()) + 1)


def total(displaced: Sequence[Displaced], found: Mapping[int, NewPlace]) -> int:
    """What a plan costs, counted anew."""
    cost = 0
    for visit in displaced:
        place = found.get(visit.id)
        if place is None:
            cost += unplaced_cost(visit)
        else:
            cost += visit.weight * (place.start - visit.planned + visit.extra_minutes[place.provider_id])
    return cost


def problems(
    displaced: Sequence[Displaced], caps: Mapping[int, Sequence[Cap]], found: Mapping[int, NewPlace]
) -> list[str]:
    """What is wrong with a plan, minute by minute; nothing where it is good."""
    said: list[str] = []
    used: set[tuple[str, int, int]] = set()
    for visit in displaced:
        place = found.get(visit.id)
        if place is None:
            continue
        if place.start < visit.planned:
            said.append(f"{visit.id} is sooner than it was")
        if place.start != visit.planned and place.start % GRID_MINUTES:
            said.append(f"{visit.id} is off the grid")
        taken = minutes_of(visit, place.provider_id, place.start, place.thing_ids)
        if taken is None:
            said.append(f"{visit.id} is where somebody has no time")
        elif taken & used:
            said.append(f"{visit.id} is where another is: {sorted(taken & used)[0]}")
        else:
            used |= taken
    for provider_id, several in caps.items():
        for cap in several:
            inside = [
                visit
                for visit in displaced
                if (place := found.get(visit.id)) is not None
                and place.provider_id == provider_id
                and cap.starts <= place.start < cap.ends
            ]
            if cap.visits is not None and len(inside) > cap.visits:
                said.append(f"{provider_id} has too many visits")
            new = sum(visit.is_new_patient for visit in inside)
            if cap.new_patients is not None and new > cap.new_patients:
                said.append(f"{provider_id} has too many new patients")
    return said


def minutes_of(
    visit: Displaced, provider_id: int, start: int, thing_ids: Sequence[int]
) -> set[tuple[str, int, int]] | None:
    """Every minute of everybody that a visit takes at a place; None where one of them is not free."""
    puzzle = visit.puzzle
    taken = {("patient", visit.patient_id, minute) for minute in range(start, start + puzzle.minutes)}
    if not all(_is_free(puzzle.patient_free, minute) for _, _, minute in taken):
        return None
    if provider_id not in puzzle.provider_free:
        return None
    wants = [want for want in by_want(puzzle.phases) if want != PROVIDER]
    serving = {PROVIDER: provider_id, **dict(zip(wants, thing_ids, strict=True))}
    for phase in puzzle.phases:
        id = serving[phase.want]
        free = (
            puzzle.provider_free[id] if phase.want == PROVIDER else puzzle.things_free[phase.want].get(id, ())
        )
        for minute in range(start + phase.offset, start + phase.ends):
            if not _is_free(free, minute):
                return None
            taken.add(("thing", id, minute))
    return taken


def _is_free(free: Sequence[Interval], minute: int) -> bool:
    return any(starts <= minute < ends for starts, ends in free)


def least_cost(displaced: Sequence[Displaced], caps: Mapping[int, Sequence[Cap]]) -> int:
    """The least that any plan costs: every start, provider and thing of every visit is tried."""
    options = [sorted(_options(visit), key=lambda option: option[0]) for visit in displaced]
    best = sum(unplaced_cost(visit) for visit in displaced)

    def look(
        number: int, cost: int, used: set[tuple[str, int, int]], counted: dict[tuple[int, int, str], int]
    ) -> None:
        nonlocal best
        if cost >= best:
            return
        if number == len(displaced):
            best = cost
            return
        visit = displaced[number]
        for price, start, provider_id, taken in options[number]:
            if cost + price >= best:
                break
            if taken & used:
                continue
            again = dict(counted)
            if all(
                _count(again, cap, provider_id, place, start, visit)
                for place, cap in enumerate(caps.get(provider_id, ()))
            ):
                look(number + 1, cost + price, used | taken, again)
        look(number + 1, cost + unplaced_cost(visit), used, counted)

    look(0, 0, set(), {})
    return best


def _count(
    counted: dict[tuple[int, int, str], int],
    cap: Cap,
    provider_id: int,
    place: int,
    start: int,
    visit: Displaced,
) -> bool:
    if not cap.starts <= start < cap.ends:
        return True
    for what, most, is_meant in (
        ("visits", cap.visits, True),
        ("new", cap.new_patients, visit.is_new_patient),
    ):
        if is_meant:
            key = (provider_id, place, what)
            counted[key] = counted.get(key, 0) + 1
            if most is not None and counted[key] > most:
                return False
    return True


def _options(visit: Displaced) -> Iterator[tuple[int, int, int, set[tuple[str, int, int]]]]:
    puzzle = visit.puzzle
    wants = [want for want in by_want(puzzle.phases) if want != PROVIDER]
    starts = sorted({visit.planned, *range(0, DAY, GRID_MINUTES)})
    for start in starts:
        if start < visit.planned:
            continue
        for provider_id in puzzle.provider_free:
            for thing_ids in product(*(puzzle.things_free[want] for want in wants)):
                taken = minutes_of(visit, provider_id, start, thing_ids)
                if taken is not None:
                    price = visit.weight * (start - visit.planned + visit.extra_minutes[provider_id])
                    yield price, start, provider_id, taken
