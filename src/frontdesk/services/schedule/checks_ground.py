"""What a check of places in the book looks at, each part loaded once however many the places are."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TypeVar

from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.schedule import caps, downtime, hours, known, resources, staff_hours, taken
from frontdesk.services.schedule.hours import DAY
from frontdesk.services.schedule.intervals import Interval
from frontdesk.services.schedule.pattern import PROVIDER, Phase, Want
from frontdesk.services.schedule.resources import BookableProvider, BookableThing
from frontdesk.services.schedule.visit_types import needs_of
from frontdesk.services.work import Work

_Stretch = TypeVar("_Stretch", taken.Taken, taken.PatientVisit)


@dataclass(frozen=True, slots=True)
class OneDay:
    """The book of a day, in minutes from its midnight."""

    hours: hours.Hours
    booked: dict[int, list[taken.Taken]]
    out: dict[int, list[downtime.Out]]
    at_work: dict[int, list[Interval]]
    """The hours of the staff who have any."""
    own: list[taken.PatientVisit]


class Ground:
    """The book from a day to a day, as a kind of visit of a patient with some providers needs it.

    Looks past `beside` and `beside_hold`: the visits that are moved, and what a desk itself holds.
    """

    def __init__(
        self,
        work: Work,
        *,
        patient_id: int,
        visit_type_id: int,
        provider_ids: Collection[int],
        first: date,
        last: date,
        beside: Collection[int] = (),
        beside_hold: int | None = None,
    ) -> None:
        self._work = work
        self._patient_id, self._visit_type_id = patient_id, visit_type_id
        self._provider_ids = tuple(provider_ids)
        self._first, self._last = first, last
        self._beside, self._beside_hold = beside, beside_hold
        self._origin = datetime.combine(first, time())
        self._until = datetime.combine(last, time()) + timedelta(1)

    @cached_property
    def needs(self) -> tuple[VisitType, tuple[Phase, ...]]:
        """The kind of visit and its phases."""
        return needs_of(self._work, self._visit_type_id)

    @cached_property
    def providers(self) -> dict[int, BookableProvider]:
        return resources.providers(self._work, self._provider_ids)

    @cached_property
    def things(self) -> dict[Want, tuple[BookableThing, ...]]:
        """The rooms, devices and staff of every kind that a phase wants."""
        wants = {phase.want for phase in self.needs[1]} - {PROVIDER}
        return resources.candidates(self._work, sorted(wants))

    @cached_property
    def acquaintance(self) -> known.Acquaintance:
        return known.acquaintance(self._work, self._patient_id)

    def day(self, on: date) -> OneDay:
        """The book of one day of the span."""
        midnight = (on - self._first).days * DAY
        return OneDay(
            hours=self._hours.on(on),
            booked={
                id: [
                    each._replace(starts=each.starts - midnight, ends=each.ends - midnight)
                    for each in _of_day(several, midnight)
                ]
                for id, several in self._booked.items()
            },
            out={
                id: [
                    each.after(midnight)
                    for each in several
                    if each.starts < midnight + DAY and midnight < each.ends
                ]
                for id, several in self._out.items()
            },
            at_work={
                id: [
                    (starts - midnight, ends - midnight)
                    for starts, ends in spans
                    if midnight <= starts < midnight + DAY
                ]
                for id, spans in self._at_work.items()
            },
            own=[
                each._replace(starts=each.starts - midnight, ends=each.ends - midnight)
                for each in _of_day(self._own, midnight)
            ],
        )

    def starts_of(self, provider_id: int, on: date, beside_id: int | None) -> list[caps.Start]:
        """Where the standing visits of a provider's day begin; only a visit itself is looked past."""
        midnight = (on - self._first).days * DAY
        return [
            each._replace(minute=each.minute - midnight)
            for each in self._starts.get(provider_id, ())
            if midnight <= each.minute < midnight + DAY and each.appointment_id != beside_id
        ]

    @cached_property
    def _hours(self) -> hours.Hours:
        return hours.load(self._work, self._first, self._last, self._provider_ids)

    @cached_property
    def _thing_ids(self) -> list[int]:
        return [thing.id for several in self.things.values() for thing in several]

    @cached_property
    def _booked(self) -> dict[int, list[taken.Taken]]:
        return taken.load(
            self._work,
            self._origin,
            self._until,
            [*self._provider_ids, *self._thing_ids],
            beside_hold=self._beside_hold,
            beside_also=self._beside,
        )

    @cached_property
    def _out(self) -> dict[int, list[downtime.Out]]:
        return downtime.load(self._work, self._origin, self._until, self._thing_ids)

    @cached_property
    def _at_work(self) -> dict[int, list[Interval]]:
        return staff_hours.load(self._work, self._first, self._last, self._thing_ids)

    @cached_property
    def _own(self) -> list[taken.PatientVisit]:
        return taken.of_patient(
            self._work, self._patient_id, self._origin, self._until, beside_also=self._beside
        )

    @cached_property
    def _starts(self) -> dict[int, list[caps.Start]]:
        return caps.starts_of(self._work, self._origin, self._until, self._provider_ids)


def _of_day(several: Sequence[_Stretch], midnight: int) -> Sequence[_Stretch]:
    """Of what is sorted by its start, what begins on a day."""
    first = bisect_left(several, midnight, key=lambda each: each.starts)
    return several[first : bisect_left(several, midnight + DAY, key=lambda each: each.starts)]
