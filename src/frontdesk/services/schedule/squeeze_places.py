"""Where a visit could be squeezed in: starts that only a reason lets pass. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from frontdesk.models.schedule.template import BlockKind
from frontdesk.services.schedule import caps, fit, taken
from frontdesk.services.schedule.hours import DAY, Block
from frontdesk.services.schedule.intervals import Interval, difference, intersection, normal, on_grid
from frontdesk.services.schedule.openings import GRID_MINUTES
from frontdesk.services.schedule.pattern import PROVIDER, by_want
from frontdesk.services.schedule.search import Search

AnyStretch = TypeVar("AnyStretch", Block, taken.Taken)


class How(StrEnum):
    """In what way a visit is squeezed in."""

    URGENT = "in the urgent block"
    NEW_PATIENT = "in the new patient block"
    PROCEDURE = "in the procedure block"
    LUNCH = "over lunch"
    CHARTING = "over charting time"
    DOUBLE = "double-booked"


BLOCKS = {
    BlockKind.URGENT: How.URGENT,
    BlockKind.NEW_PATIENT: How.NEW_PATIENT,
    BlockKind.PROCEDURE: How.PROCEDURE,
    BlockKind.LUNCH: How.LUNCH,
    BlockKind.CHARTING: How.CHARTING,
}
OWN_TIME = (How.LUNCH, How.CHARTING)
"""What is the provider's to give."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A start at which a reason would let a visit pass, in minutes from the search's origin."""

    provider_id: int
    minute: int
    how: How
    beside: tuple[int, ...]
    """The visits at the same time."""


def candidates(
    search: Search, provider_id: int, now: int, booked: Sequence[taken.Taken], doubled: Sequence[caps.Start]
) -> Iterator[Candidate]:
    """Every start on the grid that only a reason lets pass: kept time, own time, beside others. Pure."""
    phases = by_want(search.puzzle.phases)[PROVIDER]
    sessions = search.hours.open_sessions(provider_id, search.site_id)
    held = normal((each.starts, each.ends) for each in booked if each.held_by)
    there = fit.starts_for(phases, difference(sessions, held))
    starts = intersection(
        intersection(fit.starts_for_all_but_provider(search.puzzle), there), [(now, search.hours.days * DAY)]
    )
    plain = fit.starts_of(search.puzzle).get(provider_id, [])
    blocks = _of_each_day(search.hours.blocks.get(provider_id, ()))
    visits = _of_each_day(booked)
    for minute in on_grid(difference(starts, plain), GRID_MINUTES):
        needed = [(minute + phase.offset, minute + phase.ends) for phase in phases]
        beside = tuple(
            dict.fromkeys(
                each.appointment_id
                for each in visits.get(minute // DAY, ())
                if each.appointment_id is not None and _overlaps(needed, each.starts, each.ends)
            )
        )
        how = _how(search, blocks.get(minute // DAY, ()), needed, now, is_double=bool(beside))
        if how is not None and not (beside and _enough(search, provider_id, minute, doubled)):
            yield Candidate(provider_id, minute, how, beside)


def _how(
    search: Search, blocks: Sequence[Block], needed: Sequence[Interval], now: int, *, is_double: bool
) -> How | None:
    """The most that is asked of anybody: own time before kept time; None where nothing is in the way."""
    touched = [
        BLOCKS[block.kind]
        for block in blocks
        if _overlaps(needed, block.starts, block.ends) and not block.is_open(search.kind.opens_blocks, now)
    ]
    if is_double:
        # Beside a visit and into kept time as well: two people's plans at once is too much to ask.
        return None if touched else How.DOUBLE
    return next((how for how in touched if how in OWN_TIME), next(iter(touched), None))


def _enough(search: Search, provider_id: int, minute: int, doubled: Sequence[caps.Start]) -> bool:
    """Whether the session has as many overbooked visits as it takes."""
    for session in search.hours.sessions.get(provider_id, ()):
        if session.starts <= minute < session.ends:
            inside = sum(
                each.is_overbooked for each in doubled if session.starts <= each.minute < session.ends
            )
            return inside >= session.most_overbooked
    return True


def _of_each_day(stretches: Iterable[AnyStretch]) -> dict[int, list[AnyStretch]]:
    """None runs across midnight."""
    days: dict[int, list[AnyStretch]] = {}
    for each in stretches:
        days.setdefault(each.starts // DAY, []).append(each)
    return days


def _overlaps(needed: Iterable[Interval], starts: int, ends: int) -> bool:
    return any(starts < until and since < ends for since, until in needed)
