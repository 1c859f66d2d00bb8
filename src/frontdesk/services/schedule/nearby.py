"""The nearest time to one that cannot be had: the same day if there is any, else the next."""

from collections.abc import Collection
from datetime import date, datetime

from frontdesk.services.command import query
from frontdesk.services.schedule import fit
from frontdesk.services.schedule.hours import DAY
from frontdesk.services.schedule.intervals import intersection, minute_of, on_grid, time_of
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


class Nearby:
    """The free times around several that cannot be had, with one search for all of them."""

    def __init__(
        self,
        work: Work,
        *,
        patient_id: int,
        visit_type_id: int,
        provider_id: int,
        minutes: int,
        first: date,
        last: date,
    ) -> None:
        self._provider_id, self._minutes = provider_id, minutes
        request = OpeningRequest(
            visit_type_id=visit_type_id,
            patient_id=patient_id,
            provider_ids=(provider_id,),
            minutes=minutes,
            first_day=first,
            days=(max(last, work.today) - max(first, work.today)).days + _DAYS,
        )
        self._today = work.today
        self._starts = [
            (search.origin, fit.starts_of(search.puzzle).get(provider_id, []))
            for search in prepare(work, request)
        ]

    def nearest(self, wanted: datetime, not_on: Collection[date] = ()) -> Slot | None:
        """The closest of that day, else of the first free day of the two weeks.

        `not_on`: days on which the patient comes anyway, but for the wanted one.
        """
        best: tuple[int, int] | None = None
        found: Slot | None = None
        since = max(wanted.date(), self._today)
        for origin, starts in self._starts:
            at = minute_of(wanted, origin)
            others = {(day - origin.date()).days for day in not_on if day != wanted.date()}
            first = (since - origin.date()).days * DAY
            for minute in on_grid(intersection(starts, [(first, first + _DAYS * DAY)]), GRID_MINUTES):
                rank = (max(0, minute // DAY - at // DAY), abs(minute % DAY - at % DAY))
                if minute // DAY not in others and (best is None or rank < best):
                    best = rank
                    found = Slot(self._provider_id, time_of(minute, origin), self._minutes)
        return found
