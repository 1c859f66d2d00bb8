"""The nearest time to one that cannot be had: the same day if there is any, else the next."""

from collections.abc import Collection
from datetime import date

from frontdesk.services.command import query
from frontdesk.services.schedule import fit
from frontdesk.services.schedule.hours import DAY
from frontdesk.services.schedule.intervals import minute_of, on_grid, time_of
from frontdesk.services.schedule.openings import GRID_MINUTES, next_opening
from frontdesk.services.schedule.search import OpeningRequest, prepare
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.work import Work

_DAYS = 14


@query(permission="schedule.view")
def next_place(work: Work, *, patient_id: int, visit_type_id: int, wanted: Slot) -> Slot | None:
    """The place that a refusal names: the next opening with this provider from the wanted time on."""
    after = max(wanted.starts, work.local_now)
    request = OpeningRequest(
        visit_type_id=visit_type_id,
        patient_id=patient_id,
        provider_ids=(wanted.provider_id,),
        minutes=wanted.minutes,
        first_day=after.date(),
    )
    at = next_opening(work, request, after)
    return None if at is None else Slot(wanted.provider_id, at, wanted.minutes)


def nearest(
    work: Work,
    *,
    patient_id: int,
    visit_type_id: int,
    wanted: Slot,
    minutes: int,
    not_on: Collection[date] = (),
) -> Slot | None:
    """A free time with the same provider: the closest of that day, else the first of the two weeks after.

    `not_on`: days on which the patient comes anyway, but for the wanted one.
    """
    request = OpeningRequest(
        visit_type_id=visit_type_id,
        patient_id=patient_id,
        provider_ids=(wanted.provider_id,),
        minutes=minutes,
        first_day=wanted.starts.date(),
        days=_DAYS,
    )
    best: tuple[int, int] | None = None
    found: Slot | None = None
    for search in prepare(work, request):
        at = minute_of(wanted.starts, search.origin)
        others = {(day - search.origin.date()).days for day in not_on if day != wanted.starts.date()}
        starts = fit.starts_of(search.puzzle).get(wanted.provider_id, [])
        for minute in on_grid(starts, GRID_MINUTES):
            rank = (max(0, minute // DAY - at // DAY), abs(minute % DAY - at % DAY))
            if minute // DAY not in others and (best is None or rank < best):
                best = rank
                found = Slot(wanted.provider_id, time_of(minute, search.origin), minutes)
    return found
