"""How the rest of a provider's day will run, from the day's own stamps. Pure: minutes from midnight.

One recurrence does it all (Lindley, 1952): a visit starts when it is booked, or when the one before
is over. Beside the starts of a day that takes its usual course runs by when they are on four days of
five: when the provider is free is taken as normal, and as nobody is seen before their time, what is
handed on is the greater of that and the booked time (Clark, 1961: its mean and variance).
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import erf, exp, log, pi, sqrt
from operator import attrgetter

from frontdesk.services.schedule.status import Status

ON_TIME_WITHIN = 5
"""Minutes of delay that nobody is told about."""

# A tuple: it compares by identity first, and an enum's hash is a Python function. This runs at each stamp.
_WAITING = (Status.CONFIRMED, Status.SCHEDULED, Status.CHECKING_IN, Status.READY, Status.IN_ROOM)
_IN_VISIT = Status.IN_VISIT
_BOOKED = attrgetter("starts")

# Beyond the median the tail is taken as exponential, through the 80th percentile: two figures give no more.
_HALF_OF_TAIL = log(2) / log(2.5)
_FOUR_FIFTHS_OF_TAIL = log(5) / log(2.5)

_FOUR_OF_FIVE = 0.8416212335729143
"""Standard deviations of the 80th percentile above the mean."""
_ROOT_2, _ROOT_2_PI = sqrt(2), sqrt(2 * pi)
_SURELY = 5.0
"""Standard deviations beyond which nothing is left to chance."""


@dataclass(frozen=True, slots=True)
class Length:
    """How many minutes a visit takes: of ten alike, five are over by `usual`, eight by `long`."""

    usual: int
    long: int

    def left(self, so_far: int) -> "Length":
        """What is left of a visit that has run for `so_far` minutes.

        Within its usual length it is expected to take that, so that what was told stays true; beyond,
        half of those that ran over took as long again as the first figure says.
        """
        if so_far <= self.usual:
            return Length(self.usual - so_far, self.long - so_far)
        tail = self.long - self.usual
        return Length(round(tail * _HALF_OF_TAIL), round(tail * _FOUR_FIFTHS_OF_TAIL))


@dataclass(frozen=True, slots=True)
class Expected:
    """A visit as the simulation sees it. Times are minutes from the day's midnight."""

    id: int
    starts: int
    length: Length
    status: Status
    provider_in: int | None = None
    promised: int | None = None
    """The start that the patient was told last, where one was."""


@dataclass(frozen=True, slots=True)
class Projection:
    """When each waiting patient will be seen."""

    waiting: Sequence[Expected]
    """In the order in which they will be seen."""
    starts: Sequence[float]
    """When each of them is expected to be called in."""
    latest: Sequence[float]
    """By when each of them is called in on four days of five."""
    busy_until: int | None
    """When the provider will be done with the patient they are with."""
    ends: float
    """When the provider will be done with everybody."""

    @property
    def start_of(self) -> Mapping[int, float]:
        """The expected starts by visit."""
        return {visit.id: start for visit, start in zip(self.waiting, self.starts, strict=True)}

    @property
    def late_minutes(self) -> int:
        """How much after their time the next patient will be seen."""
        return int(self.starts[0] - self.waiting[0].starts) if self.waiting else 0

    @property
    def words(self) -> str:
        """ "Running 18 min late", or "On time"."""
        return f"Running {self.late_minutes} min late" if self.late_minutes >= ON_TIME_WITHIN else "On time"

    @property
    def longest_wait(self) -> int:
        """Minutes beyond their time that nobody waits longer than, on four days of five."""
        return max(
            (round(at - visit.starts) for visit, at in zip(self.waiting, self.latest, strict=True)), default=0
        )

    def past_promise(self) -> frozenset[int]:
        """Who will be seen later than they were told."""
        return frozenset(
            visit.id
            for visit, start in zip(self.waiting, self.starts, strict=True)
            if visit.promised is not None and start > visit.promised
        )

    def within(self, spans: Iterable[tuple[int, int]]) -> int:
        """Minutes of these spans, such as lunch, in which the provider is expected to see patients."""
        inside = 0.0
        for starts, ends in spans:
            for visit, since in zip(self.waiting, self.starts, strict=True):
                until = since + visit.length.usual
                if since < ends and starts < until:
                    inside += min(until, ends) - max(since, starts)
        return round(inside)

    def overtime(self, closes: int) -> int:
        """Minutes that the provider will work beyond the end of their day."""
        return max(0, round(self.ends - closes))


def run(
    visits: Iterable[tuple[float, float, float]], free: float, slip: float = 0.0
) -> tuple[list[float], list[float], float]:
    """The starts, by when they are on four days of five, and when all is over.

    `visits` are their booked times, lengths, and what the 80th percentile lies above the length;
    `free` is when the provider is, `slip` what its 80th percentile lies above that.
    """
    starts: list[float] = []
    latest: list[float] = []
    mean, deviation = free, slip / _FOUR_OF_FIVE
    for booked, length, spread in visits:
        start = booked if booked > free else free
        starts.append(start)
        free = start + length
        if deviation:
            after = mean - booked
            z = after / deviation
            if z < -_SURELY:
                latest.append(booked)
                mean, variance = booked, 0.0
            else:
                by = mean + deviation * _FOUR_OF_FIVE
                latest.append(by if by > start else start)
                variance = deviation * deviation
                if z < _SURELY:
                    density = deviation * exp(z * z * -0.5) / _ROOT_2_PI
                    chance = 0.5 + 0.5 * erf(z / _ROOT_2)
                    over = after * chance + density
                    variance = (after * after + variance) * chance + after * density - over * over
                    mean = booked + over
        else:
            mean, variance = start, 0.0
            latest.append(start)
        mean += length
        if spread:
            variance += (spread / _FOUR_OF_FIVE) ** 2
        deviation = sqrt(variance) if variance > 0.0 else 0.0
    return starts, latest, free


def project(visits: Iterable[Expected], now: int) -> Projection:
    """One after another, in the order in which they are given: that of their booked times.

    Who has not come 15 minutes after their time is not waited for.
    """
    waiting: list[Expected] = []
    queue: list[tuple[float, float, float]] = []
    busy_until: int | None = None
    slip = 0.0
    for visit in visits:
        status, length = visit.status, visit.length
        if status in _WAITING:
            waiting.append(visit)
            queue.append((visit.starts, length.usual, length.long - length.usual))
        elif status is _IN_VISIT:
            left = length.left(now - (visit.starts if visit.provider_in is None else visit.provider_in))
            over = now + max(left.usual, 0)
            if busy_until is None or over > busy_until:
                busy_until, slip = over, float(left.long - left.usual)
    starts, latest, ends = run(queue, now if busy_until is None else busy_until, slip)
    return Projection(waiting, starts, latest, busy_until, ends)


def with_visit(visits: Sequence[Expected], added: Expected) -> list[Expected]:
    """The day with one visit more, behind those that are booked at the same time."""
    at = bisect_right(visits, added.starts, key=_BOOKED)
    return [*visits[:at], added, *visits[at:]]


def longest_waits(visits: Sequence[Expected], added: Expected, now: int) -> tuple[int, int]:
    """The predicted longest wait of a provider's day, before and after a visit is added.

    `now` is 0 on a later day.
    """
    return project(visits, now).longest_wait, project(with_visit(visits, added), now).longest_wait


@dataclass(frozen=True, slots=True)
class Price:
    """What a visit more costs those who come after it."""

    added: tuple[tuple[int, int], ...]
    """The visits that start later because of it, and by how many minutes, in their order."""
    starts: int
    """When the added visit itself is expected to be called in."""
    overtime: int
    """Minutes beyond the provider's day that are added."""
    own_time: int
    """Minutes of the provider's breaks that are taken for it."""
    past_promise: tuple[int, ...]
    """Who would be seen later than they were told, and would not be without it."""

    @property
    def greatest(self) -> int:
        """The most that anybody waits longer."""
        return max((minutes for _, minutes in self.added), default=0)

    @property
    def total(self) -> int:
        """All the minutes together that others wait longer."""
        return sum(minutes for _, minutes in self.added)


def price(
    visits: Sequence[Expected],
    added: Expected,
    *,
    now: int,
    closes: int,
    breaks: Sequence[tuple[int, int]] = (),
    before: Projection | None = None,
) -> Price:
    """The day simulated with the visit and without it; `before`: the latter, where it is known."""
    before = before or project(visits, now)
    after = project(with_visit(visits, added), now)
    starts, promised = before.start_of, before.past_promise()
    itself, later = added.starts, []
    for visit, start in zip(after.waiting, after.starts, strict=True):
        if visit is added:
            itself = round(start)
        elif (minutes := round(start - starts[visit.id])) > 0:
            later.append((visit.id, minutes))
    late = after.past_promise() - promised if later else frozenset()
    return Price(
        added=tuple(later),
        starts=itself,
        overtime=after.overtime(closes) - before.overtime(closes),
        own_time=max(0, after.within(breaks) - before.within(breaks)) if breaks else 0,
        past_promise=tuple(id for id, _ in later if id in late),
    )
