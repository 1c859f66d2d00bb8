"""A series: a visit that comes again and again, one row per occurrence."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.schedule import booking, checks, hours, recurrence
from frontdesk.services.schedule.nearby import nearest
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

    Raises `Refused` with what is wrong with the rule. Some nine statements for each occurrence: each
    is looked at by the very check that booking makes.
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
    return tuple(looked_at(work, first, slot, not_on=fall_on) for slot in slots)


def looked_at(
    work: Work,
    visit: Appointment,
    slot: Slot,
    *,
    not_on: Collection[date] = (),
    moves: bool = False,
    beside_also: Collection[int] = (),
) -> Occurrence:
    """What would stand against another visit like this one at a place; or, if it `moves`, against itself."""
    minutes = slot.minutes or booking.minutes_of(visit)
    findings: tuple[Finding, ...] = ()
    try:
        checks.place(
            work,
            patient=work.get(Patient, visit.patient_id),
            visit_type_id=visit.visit_type_id,
            slot=slot,
            beside=visit if moves else None,
            beside_also=beside_also,
            says_next=False,
        )
    except Refused as refused:
        findings = refused.findings
    return Occurrence(
        slot=slot,
        ends=slot.starts + timedelta(minutes=minutes),
        findings=findings,
        alternative=nearest(
            work,
            patient_id=visit.patient_id,
            visit_type_id=visit.visit_type_id,
            wanted=slot,
            minutes=minutes,
            not_on=not_on,
        )
        if findings
        else None,
    )


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
