"""A series: a visit that comes again and again, one row per occurrence."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.schedule import booking, checks, hours, recurrence
from frontdesk.services.schedule.checks_ground import Ground
from frontdesk.services.schedule.nearby import Nearby
from frontdesk.services.schedule.recurrence import MOST, Rule
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.together import each_or_none, on
from frontdesk.services.work import Work

_HORIZON = timedelta(days=5 * 366)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A visit as it would stand, with all that is in its way."""

    slot: Slot
    ends: datetime
    findings: tuple[Finding, ...]
    alternative: Slot | None
    """The nearest time that is free, where something is in the way."""

    @property
    def is_free(self) -> bool:
        return not self.findings

    @property
    def can_be_overridden(self) -> bool:
        """Whether a reason lets it stand where it is."""
        return bool(self.findings) and all(finding.overridable for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Series:
    """The visits that were booked with a first one."""

    appointment_ids: tuple[int, ...]
    first_id: int
    is_new: bool
    """False where they continue a series that there was."""


@query(permission="schedule.view")
def preview(work: Work, *, appointment_id: int, rule: Rule) -> tuple[Occurrence, ...]:
    """The visits that a rule makes after a booked one, each looked at as booking would.

    Raises `Refused` with what is wrong with the rule.
    Each is looked at by the very check that booking makes; the statements do not grow with them.
    """
    first = work.get(Appointment, appointment_id)
    found = recurrence.problems(rule, first.starts.date())
    if found:
        raise Refused(*found)
    fall_on = _days(work, first, rule)
    if len(fall_on) > MOST:
        raise Refused(Finding(recurrence.too_many(), field="until"))
    slots = [
        Slot(first.provider_id, datetime.combine(day, first.starts.time()), booking.minutes_of(first))
        for day in fall_on[1:]
    ]
    return looked_at(work, [(first, slot) for slot in slots], not_on=fall_on)


def looked_at(
    work: Work,
    wanted: Sequence[tuple[Appointment, Slot]],
    *,
    not_on: Collection[date] = (),
    moves: bool = False,
) -> tuple[Occurrence, ...]:
    """What would stand against another visit like each at its place; or, if they `move`, against itself.

    As many statements as there are kinds, providers and lengths among them, not visits.
    """
    beside = sorted({visit.id for visit, _ in wanted}) if moves else []
    grounds: dict[tuple[int, int], Ground] = {}
    for patient_id, visit_type_id in {(visit.patient_id, visit.visit_type_id) for visit, _ in wanted}:
        slots = [
            slot
            for visit, slot in wanted
            if (visit.patient_id, visit.visit_type_id) == (patient_id, visit_type_id)
        ]
        grounds[patient_id, visit_type_id] = Ground(
            work,
            patient_id=patient_id,
            visit_type_id=visit_type_id,
            provider_ids=sorted({slot.provider_id for slot in slots}),
            first=min(slot.starts.date() for slot in slots),
            last=max(slot.starts.date() for slot in slots),
            beside=beside,
        )
    patients = {id: work.get(Patient, id) for id in {visit.patient_id for visit, _ in wanted}}
    found = [
        _against(
            work,
            patients[visit.patient_id],
            visit,
            slot,
            grounds[visit.patient_id, visit.visit_type_id],
            moves=moves,
        )
        for visit, slot in wanted
    ]
    in_the_way = [each for each, findings in zip(wanted, found, strict=True) if findings]
    around = _around(work, in_the_way)
    return tuple(
        Occurrence(
            slot=slot,
            ends=slot.starts + timedelta(minutes=_minutes(visit, slot)),
            findings=findings,
            alternative=around[_alike(visit, slot)].nearest(slot.starts, not_on) if findings else None,
        )
        for (visit, slot), findings in zip(wanted, found, strict=True)
    )


def _against(
    work: Work, patient: Patient, visit: Appointment, slot: Slot, ground: Ground, *, moves: bool
) -> tuple[Finding, ...]:
    try:
        checks.place(
            work,
            patient=patient,
            visit_type_id=visit.visit_type_id,
            slot=slot,
            beside=visit if moves else None,
            says_next=False,
            ground=ground,
        )
    except Refused as refused:
        return refused.findings
    return ()


_Alike = tuple[int, int, int, int]
"""Patient, kind of visit, provider and minutes."""


def _alike(visit: Appointment, slot: Slot) -> _Alike:
    return visit.patient_id, visit.visit_type_id, slot.provider_id, _minutes(visit, slot)


def _minutes(visit: Appointment, slot: Slot) -> int:
    return slot.minutes or booking.minutes_of(visit)


def _around(work: Work, wanted: Sequence[tuple[Appointment, Slot]]) -> dict[_Alike, Nearby]:
    days: dict[_Alike, list[date]] = {}
    for visit, slot in wanted:
        days.setdefault(_alike(visit, slot), []).append(slot.starts.date())
    return {
        alike: Nearby(
            work,
            patient_id=alike[0],
            visit_type_id=alike[1],
            provider_id=alike[2],
            minutes=alike[3],
            first=min(several),
            last=max(several),
        )
        for alike, several in days.items()
    }


def _unmake(done: Performed) -> Undo:
    return Undo(
        unmake,
        appointment_ids=done.result.appointment_ids,
        first_id=done.arguments["appointment_id"],
        was_single=done.result.is_new,
    )


@command("Book series", permission="schedule.book", undo=_unmake)
def make(work: Work, *, appointment_id: int, slots: tuple[Slot, ...], override_reason: str = "") -> Series:
    """Books visits like this one, and makes all of them a series; all of them or none.

    Raises `Refused` with everything against each of them. What is overridable passes with a reason.
    """
    first = booking.booked(work, appointment_id, None, "repeated")
    if not slots:
        raise Refused(Finding("None of the visits is left to book. Choose another rhythm or time."))
    if len(slots) >= MOST + 1:
        raise Refused(Finding(recurrence.too_many(len(slots) + 1)))

    def book(slot: Slot) -> int:
        return booking.book(
            work,
            patient_id=first.patient_id,
            slot=Slot(slot.provider_id, slot.starts, slot.minutes or booking.minutes_of(first)),
            visit_type_id=first.visit_type_id,
            reason=first.reason,
            note=first.note,
            override_reason=override_reason,
        )

    made = each_or_none(slots, book, lambda slot: on(slot.starts))
    is_new = first.series_id is None
    first.series_id = first.series_id or first.id
    for id in made:
        work.get(Appointment, id).series_id = first.series_id
    work.flush()
    return Series(made, first.series_id, is_new)


@command(
    "Take back series",
    permission="schedule.book",
    undo=irreversible("Book the series anew; the times may be gone."),
)
def unmake(work: Work, *, appointment_ids: tuple[int, ...], first_id: int, was_single: bool) -> None:
    """Takes back the visits that were booked with the first one; that stays."""
    each_or_none(
        reversed(appointment_ids),
        lambda id: booking.unbook(work, appointment_id=id),
        lambda id: on(work.get(Appointment, id).starts),
    )
    if was_single:
        work.get(Appointment, first_id).series_id = None


def _days(work: Work, first: Appointment, rule: Rule) -> list[date]:
    """Closed are holidays, and days on which the provider never works; an absence is a finding."""
    begins = first.starts.date()
    until = min(rule.until or begins + _HORIZON, begins + _HORIZON)
    worked = hours.load(work, begins, until, (first.provider_id,))
    sessions = worked.sessions.get(first.provider_id, ())
    works_on = {begins + timedelta(session.starts // hours.DAY) for session in sessions}
    return recurrence.days(rule, begins, works_on.__contains__)
