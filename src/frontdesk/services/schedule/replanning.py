"""New times for many visits at once, with the least weighted delay together. Plain values in and out.

A visit may start on the grid from its old start on, nobody is asked to come sooner. Its cost is its
weight times the minutes that it is later, with some minutes more for another provider; a visit without
a time costs more than the latest time could. First the visits that stand to lose most are placed, one
after another; then small groups that stand in each other's way are solved anew, exactly, until none
gets better. Steps are counted, not timed: the same book gives the same times on every desk.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import product

from frontdesk.services.schedule.fit import Puzzle, serves, starts_of
from frontdesk.services.schedule.intervals import Interval, intersection, on_grid
from frontdesk.services.schedule.pattern import PROVIDER, Phase, Want, by_want

GRID_MINUTES = 15
_GROUP = 6
"""How many visits are solved together."""
_STEPS_OF_GROUP = 4_000
_STEPS = 150_000
"""How many places are looked at, for one group and for all."""


@dataclass(frozen=True, slots=True)
class Displaced:
    """A visit that needs a new time. All minutes count from one origin."""

    id: int
    patient_id: int
    planned: int
    weight: int
    puzzle: Puzzle
    extra_minutes: Mapping[int, int]
    """What a provider costs besides the delay; nothing where not named."""
    is_new_patient: bool = False


@dataclass(frozen=True, slots=True)
class Cap:
    """How many more visits, and new patients, a session takes."""

    starts: int
    ends: int
    visits: int | None
    new_patients: int | None


@dataclass(frozen=True, slots=True)
class NewPlace:
    """Where a visit goes."""

    provider_id: int
    start: int
    thing_ids: tuple[int, ...]
    cost: int


def replan(displaced: Sequence[Displaced], caps: Mapping[int, Sequence[Cap]]) -> dict[int, NewPlace]:
    """The new place of each visit by its id; a visit for which there is none is not among them."""
    plan = _Plan([_Ladder(visit) for visit in displaced], caps)
    plan.place_by_regret()
    plan.improve()
    return {
        plan.ladders[number].visit.id: NewPlace(rung.provider_id, rung.start, things, rung.cost)
        for number, (rung, things) in sorted(plan.placed.items())
    }


@dataclass(frozen=True, slots=True)
class _Rung:
    """A start with a provider, and what it costs."""

    cost: int
    start: int
    provider_id: int


class _Ladder:
    """The places that a visit could have, were it alone: the cheapest first, made as they are asked for."""

    def __init__(self, visit: Displaced) -> None:
        self.visit = visit
        self.needs = by_want(visit.puzzle.phases)
        self._rungs: list[_Rung] = []
        self._more = merge(*_rungs(visit), key=_cost)
        ends = (free[-1][1] for free in visit.puzzle.provider_free.values() if free)
        latest = max(ends, default=0)
        dearest = max(visit.extra_minutes.values(), default=0)
        self.unplaced_cost = 2 * visit.weight * (max(latest - visit.planned, 0) + dearest + 1)

    def __iter__(self) -> Iterator[_Rung]:
        place = 0
        while True:
            if place == len(self._rungs):
                found = next(self._more, None)
                if found is None:
                    return
                self._rungs.append(found)
            yield self._rungs[place]
            place += 1

    def below(self, cost: int) -> Iterator[_Rung]:
        for rung in self:
            if rung.cost >= cost:
                return
            yield rung


def _rungs(visit: Displaced) -> Iterator[Iterator[_Rung]]:
    def of(provider_id: int, starts: list[Interval]) -> Iterator[_Rung]:
        extra = visit.extra_minutes.get(provider_id, 0)
        for start in _starts_from(visit.planned, starts):
            yield _Rung(visit.weight * (start - visit.planned + extra), start, provider_id)

    for provider_id, starts in starts_of(visit.puzzle).items():
        yield of(provider_id, starts)


def _starts_from(planned: int, starts: Sequence[Interval]) -> Iterator[int]:
    """The old start itself, where it is possible, then the grid."""
    later = intersection(starts, [(planned, max((ends for _, ends in starts), default=planned))])
    if later and later[0][0] == planned and planned % GRID_MINUTES:
        yield planned
    yield from on_grid(later, GRID_MINUTES)


def _cost(rung: _Rung) -> tuple[int, int]:
    return rung.cost, rung.start


_Placed = tuple[_Rung, tuple[int, ...]]


class _Plan:
    """Who is placed where so far; visits are known by their number in the order given."""

    def __init__(self, ladders: list[_Ladder], caps: Mapping[int, Sequence[Cap]]) -> None:
        self.ladders = ladders
        self.placed: dict[int, _Placed] = {}
        self._caps = caps
        self._taken: dict[tuple[str, int], list[tuple[int, int, int]]] = {}
        """What the plan takes of each resource and patient: from, to, by whom."""
        self._steps_left = _STEPS

    # -- what is taken -------------------------------------------------------------

    def fit(self, number: int, rung: _Rung) -> tuple[int, ...] | None:
        """The first things for a visit at a place beside the others; None where it does not fit."""
        return next(self.fits(number, rung), None)

    def fits(self, number: int, rung: _Rung) -> Iterator[tuple[int, ...]]:
        """Each choice of things for a visit at a place, the preferred ones first."""
        ladder, start = self.ladders[number], rung.start
        visit = ladder.visit
        if (
            self._clash(("patient", visit.patient_id), ((start, start + visit.puzzle.minutes),))
            or self._clash(("thing", rung.provider_id), _spans(ladder.needs[PROVIDER], start))
            or any(self._is_full(cap, rung, visit) for cap in self._caps.get(rung.provider_id, ()))
        ):
            return iter(())
        wanted = ((want, phases) for want, phases in ladder.needs.items() if want != PROVIDER)
        return product(*(self._free_things(visit, want, phases, start) for want, phases in wanted))

    def put(self, number: int, rung: _Rung, things: tuple[int, ...]) -> None:
        self.placed[number] = (rung, things)
        for key, starts, ends in self._stretches(number):
            self._taken.setdefault(key, []).append((starts, ends, number))

    def take_out(self, number: int) -> _Placed | None:
        if number not in self.placed:
            return None
        for key, starts, ends in self._stretches(number):
            self._taken[key].remove((starts, ends, number))
        return self.placed.pop(number)

    def cost(self, numbers: Iterable[int]) -> int:
        return sum(
            self.placed[number][0].cost if number in self.placed else self.ladders[number].unplaced_cost
            for number in numbers
        )

    def _stretches(self, number: int) -> Iterator[tuple[tuple[str, int], int, int]]:
        rung, things = self.placed[number]
        visit = self.ladders[number].visit
        yield ("patient", visit.patient_id), rung.start, rung.start + visit.puzzle.minutes
        ids = iter(things)
        for want, phases in self.ladders[number].needs.items():
            id = rung.provider_id if want == PROVIDER else next(ids)
            for starts, ends in _spans(phases, rung.start):
                yield ("thing", id), starts, ends

    def _clash(self, key: tuple[str, int], spans: Iterable[Interval]) -> bool:
        taken = self._taken.get(key, ())
        return any(a < ends and starts < b for starts, ends in spans for a, b, _ in taken)

    def _free_things(self, visit: Displaced, want: Want, phases: list[Phase], start: int) -> Iterator[int]:
        spans = _spans(phases, start)
        for id, free in visit.puzzle.things_free[want].items():
            if serves(phases, free, start) and not self._clash(("thing", id), spans):
                yield id

    def _is_full(self, cap: Cap, rung: _Rung, visit: Displaced) -> bool:
        if not cap.starts <= rung.start < cap.ends:
            return False
        inside = self._within(cap, rung.provider_id)
        if cap.visits is not None and len(inside) >= cap.visits:
            return True
        new = sum(self.ladders[number].visit.is_new_patient for number in inside)
        return visit.is_new_patient and cap.new_patients is not None and new >= cap.new_patients

    def _within(self, cap: Cap, provider_id: int) -> list[int]:
        return [
            number
            for number, (rung, _) in self.placed.items()
            if rung.provider_id == provider_id and cap.starts <= rung.start < cap.ends
        ]

    # -- the first plan ------------------------------------------------------------

    def place_by_regret(self) -> None:
        """Next is always the visit that would lose most, were its best place given to another."""
        waiting = list(range(len(self.ladders)))
        while waiting:
            best: tuple[int, int, _Rung, tuple[int, ...]] | None = None
            hopeless = []
            for number in waiting:
                first, second = self._two_best(number)
                if first is None:
                    hopeless.append(number)
                    continue
                after = second.cost if second else self.ladders[number].unplaced_cost
                regret = after - first[0].cost
                if best is None or regret > best[0]:
                    best = (regret, number, *first)
            if best is not None:
                _, number, rung, things = best
                self.put(number, rung, things)
                waiting.remove(number)
            for number in hopeless:
                waiting.remove(number)

    def _two_best(self, number: int) -> tuple[_Placed | None, _Rung | None]:
        first: _Placed | None = None
        for rung in self.ladders[number]:
            things = self.fit(number, rung)
            if things is None:
                continue
            if first is not None:
                return first, rung
            first = (rung, things)
        return first, None

    # -- making it better ----------------------------------------------------------

    def improve(self) -> None:
        """Solves groups anew until none gets better, or the steps are used up."""
        again = True
        while again and self._steps_left > 0:
            again = False
            for number in sorted(range(len(self.ladders)), key=self._loss, reverse=True):
                if self._loss(number) > 0 and self._solve(self._group(number)):
                    again = True

    def _loss(self, number: int) -> int:
        """What the visit would gain, were it alone."""
        ideal = next(iter(self.ladders[number]), None)
        return 0 if ideal is None else self.cost((number,)) - ideal.cost

    def _group(self, number: int) -> list[int]:
        """The visit, those in the way of a better place for it, those in the way of theirs, and so on.

        Another may lose by it no more than the visit would gain.
        """
        group, gain = [number], self._loss(number)
        for member in group:
            most = self.cost((member,)) + (0 if member == number else gain)
            for other in self._in_the_way(member, most):
                if other not in group:
                    group.append(other)
                if len(group) == _GROUP:
                    return group
        return group

    def _in_the_way(self, number: int, most: int) -> Iterator[int]:
        """Whoever has what a visit would need at a place that costs less than `most`."""
        ladder = self.ladders[number]
        puzzle = ladder.visit.puzzle
        for rung in ladder.below(most):
            self._steps_left -= 1
            spans = [(("patient", ladder.visit.patient_id), [(rung.start, rung.start + puzzle.minutes)])]
            for want, phases in ladder.needs.items():
                ids = (rung.provider_id,) if want == PROVIDER else tuple(puzzle.things_free[want])
                spans += [(("thing", id), _spans(phases, rung.start)) for id in ids]
            for key, wanted in spans:
                for a, b, other in self._taken.get(key, ()):
                    if any(a < ends and starts < b for starts, ends in wanted):
                        yield other
            for cap in self._caps.get(rung.provider_id, ()):
                if cap.starts <= rung.start < cap.ends:
                    yield from self._within(cap, rung.provider_id)

    def _solve(self, group: list[int]) -> bool:
        """Places a group anew, at the least cost beside the others; says whether it got better."""
        before = {number: self.take_out(number) for number in group}
        cost_before = sum(
            placed[0].cost if placed else self.ladders[number].unplaced_cost
            for number, placed in before.items()
        )
        search = _Group(self, group, cost_before, min(_STEPS_OF_GROUP, self._steps_left))
        search.look(0, 0)
        self._steps_left -= search.steps
        chosen = before if search.best is None else search.best
        for number in group:
            placed = chosen.get(number)
            if placed is not None:
                self.put(number, *placed)
        return search.best is not None


class _Group:
    """Branch and bound over the places of a few visits."""

    def __init__(self, plan: _Plan, members: list[int], cost: int, steps: int) -> None:
        self._plan = plan
        self._members = members
        self._least = cost
        self._allowed = steps
        self.steps = 0
        self.best: Mapping[int, _Placed | None] | None = None
        floors = [self._floor(number) for number in members]
        self._floors = [sum(floors[place:]) for place in range(len(members) + 1)]

    def look(self, place: int, cost: int) -> None:
        """Tries all for the member at `place`, those before it being placed."""
        if place == len(self._members):
            self._least = cost
            self.best = {number: self._plan.placed.get(number) for number in self._members}
            return
        number = self._members[place]
        ladder, rest = self._plan.ladders[number], self._floors[place + 1]
        for rung in ladder:
            if cost + rung.cost + rest >= self._least or self.steps >= self._allowed:
                break
            self.steps += 1
            for things in self._plan.fits(number, rung):
                if cost + rung.cost + rest >= self._least:
                    break
                self._plan.put(number, rung, things)
                self.look(place + 1, cost + rung.cost)
                self._plan.take_out(number)
        if cost + ladder.unplaced_cost + rest < self._least:
            self.look(place + 1, cost + ladder.unplaced_cost)

    def _floor(self, number: int) -> int:
        """The least that the visit costs beside those outside the group."""
        ladder = self._plan.ladders[number]
        found = next((rung for rung in ladder if self._plan.fit(number, rung) is not None), None)
        return ladder.unplaced_cost if found is None else found.cost


def _spans(phases: Iterable[Phase], start: int) -> list[Interval]:
    return [(start + phase.offset, start + phase.ends) for phase in phases]
