"""The plan of a chain in words: who moves where, in which order they are called, and what is said to each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from frontdesk.kernel.text import counted, us_time
from frontdesk.models.schedule.resource_booking import ResourceBooking
from frontdesk.services.command import query
from frontdesk.services.schedule import waitlist, waitlist_words
from frontdesk.services.schedule import waitlist_ground as loading
from frontdesk.services.schedule.chain import Step, best_chain
from frontdesk.services.schedule.intervals import Interval, difference, minute_of, normal, union
from frontdesk.services.schedule.waitlist import EntryLine, FitView, Hole
from frontdesk.services.schedule.waitlist_fit import Fit, Gap, Ground, Waiting, fit_in
from frontdesk.services.schedule.waitlist_offers import OFFER_LASTS
from frontdesk.services.work import Work

LONGEST_DAYS = 60
"""A visit further ahead than this is no part of a chain."""


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One call of a chain."""

    entry: EntryLine
    fit: FitView
    frees: Hole | None
    """The time that the next step takes."""
    say: str


@dataclass(frozen=True, slots=True)
class ChainPlan:
    """The calls in their order: each is made when the one before was a yes."""

    steps: tuple[PlanStep, ...]
    minutes: int
    days_gained: int

    @property
    def says(self) -> str:
        """ "2 calls, 45 min filled, 5 days gained"."""
        calls = counted(len(self.steps), "call")
        days = counted(self.days_gained, "day")
        return f"{calls}, {self.minutes} min filled" + (f", {days} gained" if self.days_gained else "")


@query(permission="schedule.view")
def plan_for(work: Work, *, hole: Hole, without: tuple[int, ...] = ()) -> ChainPlan:
    """The best chain that fills a hole, without some entries; no steps where nobody fits.

    A constant number of statements.
    """
    found = {each.row.id: each for each in loading.waiting_entries(work)}
    first = min(work.today, hole.starts.date())
    last = max([hole.starts.date(), *(each.own.starts.date() for each in found.values() if each.own)])
    days = min((last - first).days, LONGEST_DAYS) + 1
    ground, waiting = loading.ground(
        work, found.values(), first, days, beside_appointment=hole.appointment_id
    )
    origin = ground.hours.origin
    in_reach = [
        each
        for each in waiting
        if each.entry_id not in without
        and (each.own_appointment_id is None or each.own_appointment_id != hole.appointment_id)
    ]
    booked = _booked(work, [each.own_appointment_id for each in in_reach if each.own_appointment_id], origin)

    known: dict[tuple[int, int | None], Fit | None] = {}
    grounds: dict[int | None, Ground] = {None: ground}

    def fits(who: Waiting, gap: Gap, moved: tuple[Waiting, ...]) -> Fit | None:
        """Only the last who moved leaves a time free: the others' times are taken again by the next."""
        last = moved[-1].own_appointment_id if moved else None
        asked = (who.entry_id, last)
        if asked not in known:
            if last not in grounds:
                grounds[last] = _without(ground, booked.get(last or 0, ()))
            fit = fit_in(grounds[last], who, gap)
            known[asked] = None if fit is None or fit.needs_reason else fit
        return known[asked]

    steps = best_chain(
        Gap(hole.provider_id, minute_of(hole.starts, origin), minute_of(hole.ends, origin)), in_reach, fits
    )
    lines = {
        line.id: line
        for line in waitlist.lines_of(
            work,
            [found[step.waiting.entry_id] for step in steps],
            ground,
            {step.waiting.entry_id: step.waiting for step in steps},
        )
    }
    return ChainPlan(
        steps=tuple(_shown(work, ground, step, lines[step.waiting.entry_id]) for step in steps),
        minutes=sum(step.waiting.minutes for step in steps),
        days_gained=sum(step.days_gained for step in steps),
    )


def _shown(work: Work, ground: Ground, step: Step, line: EntryLine) -> PlanStep:
    fit = waitlist.view_of(work, ground, step.waiting, step.fit)
    own = line.own_starts
    until = us_time(work.local_now + OFFER_LASTS)
    say = waitlist_words.offer(fit.provider, fit.slot.starts, work.today, until=until, own=own)
    return PlanStep(line, fit, line.own_hole, say)


def _booked(
    work: Work, appointment_ids: Sequence[int], origin: datetime
) -> dict[int, list[tuple[int, Interval]]]:
    """What each of these visits takes, resource by resource; one statement."""
    asked = (
        select(
            ResourceBooking.appointment_id,
            ResourceBooking.resource_id,
            ResourceBooking.starts,
            ResourceBooking.ends,
        )
        .where(ResourceBooking.appointment_id.in_(appointment_ids), ResourceBooking.is_active)
        .order_by(ResourceBooking.id)
    )
    found: dict[int, list[tuple[int, Interval]]] = {}
    for appointment_id, resource_id, starts, ends in work.session.execute(asked):
        span = (minute_of(starts, origin), minute_of(ends, origin))
        found.setdefault(appointment_id or 0, []).append((resource_id, span))
    return found


def _without(ground: Ground, booked: Sequence[tuple[int, Interval]]) -> Ground:
    """The book as it will be when this visit has moved away."""
    freed: dict[int, list[Interval]] = {}
    for resource_id, span in booked:
        freed.setdefault(resource_id, []).append(span)
    return replace(
        ground,
        taken={
            id: difference(spans, normal(freed[id])) if id in freed else spans
            for id, spans in ground.taken.items()
        },
        things_free={
            id: union((spans, normal(freed[id]))) if id in freed else spans
            for id, spans in ground.things_free.items()
        },
    )
