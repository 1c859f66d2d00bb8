"""Who of those that wait fits where: every phase and resource, the patient's times, and enough notice.

Plain values in, plain values out: minutes from an origin, no database.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from frontdesk.models.schedule.template import BlockKind
from frontdesk.models.schedule.urgency import Urgency
from frontdesk.services.schedule import fit
from frontdesk.services.schedule.hours import DAY, Block, Hours, Session
from frontdesk.services.schedule.intervals import (
    Interval,
    Intervals,
    difference,
    intersection,
    normal,
    on_grid,
    union,
)
from frontdesk.services.schedule.pattern import PROVIDER, Phase, Want
from frontdesk.services.schedule.resources import BookableProvider, BookableThing
from frontdesk.services.schedule.search import Window

GRID_MINUTES = 15
GIVEN_AWAY_MINUTES = 4 * 60
"""So long before it begins, time kept for procedures or new patients may be given, with a reason."""
WORTH_SAYING_MINUTES = 10
"""A free stretch shorter than this is no news to anybody."""
_MAY_BE_GIVEN = (BlockKind.PROCEDURE, BlockKind.NEW_PATIENT)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the matching must know of one who waits."""

    entry_id: int
    patient_id: int
    urgency: Urgency
    since: datetime
    minutes: int
    phases: tuple[Phase, ...]
    opens_blocks: tuple[BlockKind, ...]
    new_from: int | None
    """From which minute on the patient counts as new; the first of all where nobody here has seen them."""
    ready: int = 0
    """The first minute by which the patient can have prepared."""
    provider_ids: frozenset[int] = frozenset()
    windows: tuple[Window, ...] = ()
    notice_minutes: int = 0
    wanted_until: int | None = None
    """The last minute of the last day."""
    own_starts: int | None = None
    """The start of the later visit that would move up."""
    own_ends: int | None = None
    own_provider_id: int | None = None
    own_appointment_id: int | None = None

    @property
    def rank(self) -> tuple[int, datetime, int]:
        """Urgency, then the longest waiting."""
        return list(Urgency).index(self.urgency), self.since, self.entry_id


_Asked = tuple[tuple[BlockKind, ...], int, int, bool, Interval]


@dataclass(frozen=True, slots=True)
class Ground:
    """The book over some days, and the patients' own visits in it."""

    hours: Hours
    days: Intervals
    """What no visit crosses: midnight, and the hour that the clocks skip."""
    full: Collection[tuple[int, Session]]
    """The sessions of each provider that take no more visits."""
    full_for_new: Collection[tuple[int, Session]]
    """Those that take no more visits of new patients."""
    providers: Mapping[int, BookableProvider]
    things: Mapping[Want, tuple[BookableThing, ...]]
    taken: Mapping[int, Intervals]
    """When each provider is taken."""
    things_free: Mapping[int, Intervals]
    """When each room, device and person can be had."""
    own: Mapping[int, Intervals]
    """The patients' visits."""
    now: int
    bookable: dict[_Asked, list[Interval]] = field(default_factory=dict)
    """What was worked out of the hours before: many who wait ask for the same."""

    @property
    def all_of_it(self) -> Interval:
        return 0, self.hours.days * DAY


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of a provider's day that is free, or is about to be."""

    provider_id: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class Fit:
    """A start that suits; in kept time it says of which kind, and whether a reason is needed."""

    provider_id: int
    starts: int
    place: BlockKind | None
    needs_reason: bool = False


def first_fit(ground: Ground, waiting: Waiting, within: Interval) -> Fit | None:
    """The earliest start of any wanted provider; kept time with a reason only where there is no other."""
    for with_reason in (False, True):
        found = [
            (minute, order, provider_id)
            for order, provider_id in enumerate(ground.providers)
            if (starts := starts_of(ground, waiting, within, with_reason=with_reason).get(provider_id))
            and (minute := next(iter(on_grid(starts, GRID_MINUTES)), None)) is not None
        ]
        if found:
            minute, _, provider_id = min(found)
            return Fit(provider_id, minute, place_at(ground, provider_id, minute), with_reason)
        if not _may_take_kept(waiting):
            break
    return None


def fit_in(ground: Ground, waiting: Waiting, gap: Gap) -> Fit | None:
    """The first start that uses the gap: inside it where possible, else running into it.

    A time that comes too late for how soon the patient must be seen is no fit.
    """
    day = gap.starts // DAY * DAY
    if gap.starts >= _too_late(ground, waiting.urgency):
        return None
    for with_reason in (False, True):
        found = starts_of(ground, waiting, (day, day + DAY), with_reason=with_reason, only=gap.provider_id)
        starts = found.get(gap.provider_id, [])
        minutes = [
            at
            for at in sorted({*on_grid(starts, GRID_MINUTES), *_at(starts, gap.starts)})
            if at < gap.ends and gap.starts < at + waiting.minutes
        ]
        inside = [at for at in minutes if at >= gap.starts]
        chosen = next(iter(inside or minutes[::-1]), None)
        if chosen is not None:
            place = place_at(ground, gap.provider_id, chosen)
            return Fit(gap.provider_id, chosen, place, with_reason)
        if not _may_take_kept(waiting):
            break
    return None


def _too_late(ground: Ground, urgency: Urgency) -> int:
    """The first minute that is after today, or after this week; the end of all where there is no hurry."""
    today = ground.now // DAY
    if urgency is Urgency.TODAY:
        return (today + 1) * DAY
    if urgency is Urgency.THIS_WEEK:
        return (today + 7 - (ground.hours.origin.weekday() + today) % 7) * DAY
    return ground.all_of_it[1]


def starts_of(
    ground: Ground,
    waiting: Waiting,
    within: Interval,
    *,
    with_reason: bool = False,
    only: int | None = None,
) -> dict[int, list[Interval]]:
    """All minutes at which the visit may start, for each wanted provider that has any, or for one."""
    worked = ground.hours
    wanted = [
        id
        for id in (ground.providers if only is None else (only,))
        if id in waiting.provider_ids or not waiting.provider_ids
    ]
    patient_free = _patient_free(ground, waiting, within)
    if not patient_free or not wanted:
        return {}
    found: dict[int, list[Interval]] = {}
    for site_id in worked.sites():
        puzzle = fit.Puzzle(
            waiting.minutes,
            waiting.phases,
            {
                id: _provider_free(ground, waiting, id, site_id, within, with_reason=with_reason)
                for id in wanted
            },
            {
                want: {
                    thing.id: overlapping(ground.things_free[thing.id], within)
                    for thing in ground.things.get(want, ())
                    if thing.site_id == site_id
                }
                for want in {phase.want for phase in waiting.phases} - {PROVIDER}
            },
            patient_free,
            {id: _begins(ground, waiting, id, site_id) for id in wanted},
            ground.days,
        )
        for provider_id, starts in fit.starts_of(puzzle).items():
            found[provider_id] = union((found.get(provider_id, []), starts))
    return found


def place_at(ground: Ground, provider_id: int, minute: int) -> BlockKind | None:
    """The kind of kept time that a start lies in."""
    return next(
        (
            block.kind
            for block in ground.hours.blocks.get(provider_id, ())
            if block.starts <= minute < block.ends
        ),
        None,
    )


def too_short(ground: Ground, waiting: Waiting, within: Interval) -> Interval | None:
    """The longest free stretch that the patient and a wanted provider have in common, if it is too short."""
    mine = _patient_free(ground, waiting, within)
    free = [
        stretch
        for id in ground.providers
        if id in waiting.provider_ids or not waiting.provider_ids
        for site_id in ground.hours.sites()
        for stretch in intersection(
            _provider_free(ground, waiting, id, site_id, within, with_reason=False), mine
        )
    ]
    worth_saying = (span for span in free if span[1] - span[0] >= WORTH_SAYING_MINUTES)
    longest = max(worth_saying, key=lambda span: (span[1] - span[0], -span[0]), default=None)
    return longest if longest is not None and longest[1] - longest[0] < waiting.minutes else None


def _provider_free(
    ground: Ground, waiting: Waiting, provider_id: int, site_id: int, within: Interval, *, with_reason: bool
) -> list[Interval]:
    asked = (waiting.opens_blocks, provider_id, site_id, with_reason, within)
    free = ground.bookable.get(asked)
    if free is None:
        free = ground.bookable[asked] = _bookable(ground, *asked)
    return difference(free, overlapping(ground.taken.get(provider_id, ()), within))


def _bookable(
    ground: Ground,
    opens_blocks: tuple[BlockKind, ...],
    provider_id: int,
    site_id: int,
    with_reason: bool,
    within: Interval,
) -> list[Interval]:
    """When the provider sees patients at a site, were nothing booked."""
    worked, now = ground.hours, ground.now
    free = worked.bookable(provider_id, opens_blocks, now, site_id)
    if with_reason:
        given = normal(
            (block.starts, block.ends)
            for block in worked.blocks.get(provider_id, ())
            if _is_given_away(block, now)
        )
        free = union((free, intersection(worked.open_sessions(provider_id, site_id), given)))
    return intersection(intersection(free, ground.days), [within])


def overlapping(spans: Intervals, within: Interval) -> Intervals:
    """Those of sorted spans that touch a stretch of time."""
    first = bisect_right(spans, within[0], key=lambda span: span[1])
    return spans[first : bisect_left(spans, within[1], key=lambda span: span[0])]


def _begins(ground: Ground, waiting: Waiting, provider_id: int, site_id: int) -> list[Interval]:
    """When the provider's part may begin: in a session that takes one more of this kind."""
    return [
        own
        for session, own in ground.hours.own_minutes(provider_id)
        if session.site_id == site_id and (provider_id, session) not in _full(ground, waiting, session)
    ]


def _full(ground: Ground, waiting: Waiting, session: Session) -> Collection[tuple[int, Session]]:
    is_new = waiting.new_from is not None and session.starts // DAY * DAY >= waiting.new_from
    return ground.full_for_new if is_new else ground.full


def _is_given_away(block: Block, now: int) -> bool:
    return block.kind in _MAY_BE_GIVEN and now <= block.starts <= now + GIVEN_AWAY_MINUTES


def _may_take_kept(waiting: Waiting) -> bool:
    return waiting.urgency is not Urgency.ROUTINE


def _patient_free(ground: Ground, waiting: Waiting, within: Interval) -> list[Interval]:
    """When the patient can come, knows early enough, and is not elsewhere; no stretch runs past midnight."""
    ends = min(
        within[1],
        within[1] if waiting.wanted_until is None else waiting.wanted_until,
        within[1] if waiting.own_starts is None else waiting.own_starts,
    )
    starts = max(within[0], ground.now + waiting.notice_minutes, waiting.ready)
    if starts >= ends:
        return []
    days = overlapping(ground.days, (starts, ends))
    free = intersection(intersection(list(_windows(ground, waiting.windows)), days), [(starts, ends)])
    return difference(free, ground.own.get(waiting.patient_id, ()))


def _windows(ground: Ground, windows: Sequence[Window]) -> Iterator[Interval]:
    if not windows:
        yield from ((day * DAY, (day + 1) * DAY) for day in range(ground.hours.days))
        return
    for day in range(ground.hours.days):
        midnight = day * DAY
        weekday = (ground.hours.origin.weekday() + day) % 7
        yield from normal(
            (midnight + _minute(each.starts), midnight + (_minute(each.ends) if each.ends else DAY))
            for each in windows
            if each.weekday == weekday
        )


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _at(starts: Intervals, minute: int) -> Iterator[int]:
    if any(a <= minute < b for a, b in starts):
        yield minute
