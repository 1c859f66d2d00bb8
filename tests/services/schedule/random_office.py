"""Random small offices over two days, as plain values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from frontdesk.models.schedule.template import (
    BlockKind,
)
from frontdesk.models.schedule.visit_type import PhaseKind, Role
from frontdesk.services.schedule.pattern import PROVIDER, Phase, Want

DAY = 24 * 60
DAYS = 2
PROVIDERS, THINGS = 2, 6
ROOM, DEVICE, STAFF = (Role.ROOM, "exam"), (Role.DEVICE, "ultrasound"), (Role.STAFF, "injections")
KIND_OF: tuple[Want, ...] = (ROOM, ROOM, DEVICE, DEVICE, STAFF, STAFF)
SITE_OF = (0, 1, 0, 0, 0, 1)
STEPS = 48
"""Of five minutes each: everything happens in four hours of each day."""


@dataclass(frozen=True)
class Weekly:
    """Something of one provider or thing on one day, from a minute to a minute of that day."""

    whose: int
    day: int
    starts: int
    ends: int
    site: int = 0
    most_visits: int | None = None
    most_new: int | None = None
    block: BlockKind = BlockKind.URGENT
    release_hours: int | None = None


@dataclass(frozen=True)
class Span:
    """Something from a minute to a minute, counted from midnight of the first day."""

    whose: int
    starts: int
    ends: int
    site: int = 0
    is_hold: bool = False
    is_live: bool = True
    is_danielles: bool = False
    is_new: bool = False


@dataclass(frozen=True)
class RandomOffice:
    """All that a search depends on, as plain values."""

    first: date
    now: int
    """Minutes from midnight of the first day; may be before it."""
    kind_minutes: int
    minutes: int | None
    phases: tuple[Phase, ...]
    opens: BlockKind | None
    for_new: bool
    preparation_hours: int
    was_here: bool
    sessions: tuple[Weekly, ...]
    blocks: tuple[Weekly, ...]
    staff: tuple[Weekly, ...]
    extra: tuple[Span, ...]
    out: tuple[Span, ...]
    booked: tuple[Span, ...]
    """Of providers, then of things."""
    down: tuple[Span, ...]
    holiday: tuple[int, int | None] | None
    off: frozenset[int]
    """Things that are switched off."""
    windows: tuple[tuple[int, int, int | None], ...]
    only: int | None
    without: int | None
    not_before: int | None
    done_by: int | None


def _apart(several: Sequence[Any]) -> tuple[Any, ...]:
    """Those that do not overlap an earlier one of the same owner."""
    kept: list[Any] = []
    for each in several:
        if not any(
            other.whose == each.whose
            and getattr(other, "day", 0) == getattr(each, "day", 0)
            and other.starts < each.ends
            and each.starts < other.ends
            for other in kept
        ):
            kept.append(each)
    return tuple(kept)


@st.composite
def offices(draw: st.DrawFn) -> RandomOffice:
    """Nights in which the clocks change and evenings at midnight among them."""
    first = draw(st.sampled_from([date(2026, 3, 17), date(2026, 3, 7), date(2026, 10, 31)]))
    hour = draw(st.sampled_from([8, 8, 0, 20]))

    def stretch(longest: int = STEPS, shortest: int = 1) -> tuple[int, int]:
        begin = draw(st.integers(0, STEPS - shortest))
        return hour * 60 + 5 * begin, hour * 60 + 5 * min(STEPS, begin + draw(st.integers(shortest, longest)))

    def weekly(
        owners: int, most: int, shortest: int = 1, **others: st.SearchStrategy[Any]
    ) -> tuple[Weekly, ...]:
        made = []
        for _ in range(draw(st.integers(1 if shortest > 1 else 0, most))):
            starts, ends = stretch(shortest=shortest)
            drawn = {name: draw(strategy) for name, strategy in others.items()}
            day, whose = draw(st.integers(0, DAYS - 1)), draw(st.integers(0, owners - 1))
            made.append(Weekly(whose, day, starts, min(ends, DAY - 1), **drawn))
        return _apart(made)

    def spans(owners: int, most: int, longest: int, **others: st.SearchStrategy[Any]) -> tuple[Span, ...]:
        made = []
        for _ in range(draw(st.integers(0, most))):
            starts, ends = stretch(longest)
            drawn = {name: draw(strategy) for name, strategy in others.items()}
            whole = DAY * draw(st.integers(0, DAYS - 1))
            made.append(Span(draw(st.integers(0, owners - 1)), whole + starts, whole + ends, **drawn))
        return tuple(made)

    booked = spans(
        PROVIDERS + THINGS,
        7,
        6,
        is_hold=st.sampled_from([False, False, True]),
        is_live=st.booleans(),
        is_danielles=st.booleans(),
        is_new=st.booleans(),
    )
    minutes = draw(st.integers(2, 7)) * 5
    sites, closed = st.integers(0, 1), st.sampled_from([None, 0, 1])
    return RandomOffice(
        first=first,
        now=draw(st.one_of(st.just(-600), st.just(-600), st.integers(hour * 60 - 30, hour * 60 + 200))),
        kind_minutes=minutes,
        minutes=draw(st.one_of(st.none(), st.integers(2, 12).map(lambda each: each * 5))),
        phases=tuple(phase for want in (PROVIDER, ROOM, DEVICE, STAFF) for phase in _phases(draw, want)),
        opens=draw(st.sampled_from([None, BlockKind.URGENT, BlockKind.PROCEDURE])),
        for_new=draw(st.booleans()),
        preparation_hours=draw(st.sampled_from([0, 0, 0, 1, 14])),
        was_here=draw(st.booleans()),
        sessions=weekly(
            PROVIDERS,
            8,
            STEPS // 4,
            site=st.sampled_from([0, 0, 1]),
            most_visits=st.sampled_from([None, None, None, 1, 2]),
            most_new=st.sampled_from([None, None, None, 0, 1]),
        ),
        blocks=weekly(
            PROVIDERS,
            3,
            block=st.sampled_from([BlockKind.URGENT, BlockKind.PROCEDURE, BlockKind.LUNCH]),
            release_hours=st.sampled_from([None, 0, 2, 24]),
        ),
        staff=tuple(Weekly(each.whose + 4, each.day, each.starts, each.ends) for each in weekly(2, 2)),
        extra=spans(PROVIDERS, 2, STEPS, site=sites),
        out=spans(PROVIDERS, 1, STEPS // 2),
        booked=tuple(
            each for each in _apart(booked) if each.ends % DAY and each.ends // DAY == each.starts // DAY
        ),
        down=spans(THINGS, 2, STEPS // 2),
        holiday=draw(st.one_of(st.none(), st.none(), st.tuples(st.integers(0, DAYS - 1), closed))),
        off=draw(st.frozensets(st.integers(0, THINGS - 1), max_size=1)),
        windows=tuple(
            (draw(st.integers(0, DAYS - 1)), starts, draw(st.sampled_from([min(ends, DAY - 1), None])))
            for starts, ends in (stretch() for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))))
        ),
        only=draw(st.sampled_from([None, None, 0, 1])),
        without=draw(st.sampled_from([None, None, None, 0, 1])),
        not_before=draw(st.sampled_from([None, None, hour * 60 + 45])),
        done_by=draw(st.sampled_from([None, None, hour * 60 + 180])),
    )


def _phases(draw: st.DrawFn, want: Want) -> Iterator[Phase]:
    """None, one, or two that do not overlap; they may begin later and end later than the visit."""
    at = 0
    for _ in range(draw(st.sampled_from([0, 0, 1, 1, 2]))):
        at += 5 * draw(st.integers(0, 4))
        length = 5 * draw(st.integers(1, 5))
        yield Phase(draw(st.sampled_from(PhaseKind)), want, at, length)
        at += length
