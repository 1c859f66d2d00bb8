"""What a picked time would do to the day: each resource's bar with the visit, the provider's load."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from frontdesk.kernel.names import first_last
from frontdesk.kernel.timespan import Span
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.resource_booking import ResourceBooking
from frontdesk.models.schedule.visit_type import PhaseKind, Role
from frontdesk.services.command import query
from frontdesk.services.schedule import downtime, hours, lengths, pace, resources, staff_hours, taken
from frontdesk.services.schedule.hours import DAY
from frontdesk.services.schedule.intervals import Interval, Intervals, minute_of, time_of
from frontdesk.services.schedule.pattern import PROVIDER, Phase, fitted
from frontdesk.services.schedule.simulation import Expected, longest_waits
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.status import Status
from frontdesk.services.schedule.visit_types import needs_of
from frontdesk.services.work import Work

SHORT_WAIT = 15
"""Minutes; a time that keeps a provider's longest wait under this has a word for it."""
_NEW = -1
"""The added visit among those that have an id."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One resource's day, or the patient's: when it is open, when it is taken, and the visit."""

    name: str
    open: tuple[Span, ...]
    busy: tuple[Span, ...]
    needed: tuple[Span, ...]
    cleaning: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """A day before and after a visit at `slot`."""

    slot: Slot
    provider: str
    bars: tuple[Bar, ...]
    """The provider, then rooms, devices and staff, then the patient."""
    booked_before: int
    """Minutes of the provider."""
    booked_after: int
    wait_before: int
    """The longest wait that is predicted for the provider's day, on four days of five."""
    wait_after: int


@dataclass(frozen=True, slots=True)
class Wait:
    """What an opening does to the longest wait of its provider's day."""

    before: int
    after: int

    @property
    def added(self) -> int:
        return self.after - self.before


@query(permission="schedule.view")
def slot_preview(work: Work, *, slot: Slot, visit_type_id: int, patient_id: int | None) -> Preview:
    """The day of an opening, resource by resource; a constant number of statements."""
    kind, phases = needs_of(work, visit_type_id)
    minutes = slot.minutes or kind.minutes or 0
    needs = fitted(phases, kind.minutes, minutes)
    on = slot.starts.date()
    doctors = resources.providers(work, (slot.provider_id,))
    worked = hours.load(work, on, on, tuple(doctors))
    things = resources.candidates(work, sorted({phase.want for phase in needs} - {PROVIDER}))
    chosen = [
        (want, thing)
        for want, several in sorted(things.items(), key=lambda each: list(Role).index(each[0][0]))
        for thing in several
        if thing.id in slot.resource_ids
    ]
    ids = [thing.id for _, thing in chosen]
    until = worked.origin + timedelta(1)
    busy = taken.load_spans(work, worked.origin, until, [*doctors, *ids])
    out = downtime.load(work, worked.origin, until, ids)
    at_work = staff_hours.load(work, on, on, ids)
    starts = minute_of(slot.starts, worked.origin)
    whole = [(0, DAY)]
    name = doctors[slot.provider_id].name if slot.provider_id in doctors else ""

    def bar(name: str, free: Intervals, busy: Intervals, parts: list[Phase]) -> Bar:
        def spans(several: Collection[Interval]) -> tuple[Span, ...]:
            return tuple(Span(*(time_of(minute, worked.origin) for minute in each)) for each in several)

        def of(is_cleaning: bool) -> list[Interval]:
            return [
                (starts + phase.offset, starts + phase.ends)
                for phase in parts
                if (phase.kind is PhaseKind.CLEANING) == is_cleaning
            ]

        return Bar(name, spans(free), spans(busy), spans(of(False)), spans(of(True)))

    def of_want(want: tuple[object, str]) -> list[Phase]:
        return [phase for phase in needs if phase.want == want]

    bars = [
        bar(name, worked.open_sessions(slot.provider_id), busy.get(slot.provider_id, ()), of_want(PROVIDER))
    ]
    bars += [
        bar(
            thing.name,
            at_work.get(thing.id, whole),
            sorted([*busy[thing.id], *downtime.spans(out.get(thing.id, ()))]),
            of_want(want),
        )
        for want, thing in chosen
    ]
    if patient_id is not None:
        own = taken.of_patient(work, patient_id, worked.origin, until)
        here = Phase(
            PhaseKind.PROCEDURE, PROVIDER, -kind.arrive_early_minutes, minutes + kind.arrive_early_minutes
        )
        patient = work.get(Patient, patient_id)
        called = first_last(patient.preferred_name or patient.legal_first, patient.legal_last)
        bars.append(bar(called, whole, [(visit.starts, visit.ends) for visit in own], [here]))
    before = _booked(work, slot.provider_id, worked.origin, until)
    (wait,) = _waits(work, visit_type_id, (slot,), kind.minutes)
    return Preview(
        slot=slot,
        provider=name,
        bars=tuple(bars),
        booked_before=before,
        booked_after=before + sum(phase.minutes for phase in of_want(PROVIDER)),
        wait_before=wait.before,
        wait_after=wait.after,
    )


@query(permission="schedule.view")
def expected_waits(work: Work, *, slots: tuple[Slot, ...], visit_type_id: int) -> tuple[Wait, ...]:
    """For each time, what it would do to the longest wait of the provider's day; five statements."""
    kind, _ = needs_of(work, visit_type_id)
    return _waits(work, visit_type_id, slots, kind.minutes)


def _waits(work: Work, visit_type_id: int, slots: tuple[Slot, ...], usual: int | None) -> tuple[Wait, ...]:
    if not slots:
        return ()
    days = [slot.starts.date() for slot in slots]
    providers = sorted({slot.provider_id for slot in slots})
    booked = pace.days(work, providers, min(days), max(days))
    known = lengths.load(work)
    now = work.local_now
    found = []
    for slot, on in zip(slots, days, strict=True):
        midnight = datetime.combine(on, datetime.min.time())
        minutes = slot.minutes or usual or 0
        added = Expected(
            id=_NEW,
            starts=minute_of(slot.starts, midnight),
            length=known.of(visit_type_id, slot.provider_id, minutes),
            status=Status.SCHEDULED,
        )
        minute = minute_of(now, midnight) if on == now.date() else 0
        found.append(Wait(*longest_waits(booked.get((slot.provider_id, on), []), added, minute)))
    return tuple(found)


def _booked(work: Work, provider_id: int, origin: datetime, until: datetime) -> int:
    """Minutes of the provider that visits take; holds are not counted."""
    asked = select(ResourceBooking.starts, ResourceBooking.ends).where(
        ResourceBooking.resource_id == provider_id,
        ResourceBooking.is_active,
        ResourceBooking.appointment_id.is_not(None),
        ResourceBooking.starts >= origin,
        ResourceBooking.starts < until,
    )
    return sum(
        minute_of(ends, origin) - minute_of(starts, origin) for starts, ends in work.session.execute(asked)
    )
