"""Arithmetic on sorted, disjoint, half-open intervals of whole minutes.

Everything about finding a time is done with these: each function walks its arguments once.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from heapq import merge

Interval = tuple[int, int]
Intervals = Sequence[Interval]

_MINUTE = timedelta(minutes=1)


def minute_of(at: datetime, origin: datetime) -> int:
    """Whole minutes from `origin`, seconds rounded up: a time that has begun has passed."""
    return -((origin - at) // _MINUTE)


def time_of(minute: int, origin: datetime) -> datetime:
    """The wall time `minute` minutes after `origin`."""
    return origin + minute * _MINUTE


def normal(spans: Iterable[Interval]) -> list[Interval]:
    """Sorted, touching and overlapping ones made one, empty ones dropped."""
    return _joined(sorted(spans))


def union(several: Iterable[Intervals]) -> list[Interval]:
    """What lies in any of them."""
    return _joined(merge(*several))


def intersection(one: Intervals, other: Intervals) -> list[Interval]:
    """What lies in both."""
    common: list[Interval] = []
    first, second = iter(one), iter(other)
    a, b = next(first, None), next(second, None)
    while a and b:
        starts, ends = max(a[0], b[0]), min(a[1], b[1])
        if starts < ends:
            common.append((starts, ends))
        if a[1] <= b[1]:
            a = next(first, None)
        else:
            b = next(second, None)
    return common


def difference(one: Intervals, taken: Intervals) -> list[Interval]:
    """What lies in `one` and not in `taken`."""
    left: list[Interval] = []
    index = 0
    for starts, ends in one:
        while index < len(taken) and taken[index][1] <= starts:
            index += 1
        at = index
        while at < len(taken) and taken[at][0] < ends:
            if starts < taken[at][0]:
                left.append((starts, taken[at][0]))
            starts = max(starts, taken[at][1])
            at += 1
        if starts < ends:
            left.append((starts, ends))
    return left


def starts_within(free: Intervals, offset: int, minutes: int) -> list[Interval]:
    """The starts for which the stretch [start + offset, start + offset + minutes) is free."""
    return [(a - offset, b - offset - minutes + 1) for a, b in free if b - a >= minutes]


def on_grid(starts: Intervals, step: int) -> list[int]:
    """Every start that falls on a multiple of `step`."""
    return [at for a, b in starts for at in range(-(-a // step) * step, b, step)]


def covers(free: Intervals, starts: int, ends: int) -> bool:
    """Whether one of the intervals holds the whole stretch."""
    return any(a <= starts and ends <= b for a, b in free)


def _joined(spans: Iterable[Interval]) -> list[Interval]:
    joined: list[Interval] = []
    for starts, ends in spans:
        if starts >= ends:
            continue
        if joined and starts <= joined[-1][1]:
            if ends > joined[-1][1]:
                joined[-1] = (joined[-1][0], ends)
        else:
            joined.append((starts, ends))
    return joined
