"""Whether a visit may stand at a place in the book: everything that speaks against it, at once."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import clock_time, us_date, us_time, weekday_date
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.schedule import (
    caps,
    clock_changes,
    downtime,
    hours,
    known,
    lead,
    resources,
    staff_hours,
    taken,
    visit_types,
)
from frontdesk.services.schedule.checks_ground import Ground, OneDay
from frontdesk.services.schedule.hours import Session
from frontdesk.services.schedule.intervals import Interval, covers, minute_of, time_of
from frontdesk.services.schedule.occupancy import Stretch, next_opening_sentence, who_has
from frontdesk.services.schedule.pattern import PROVIDER, Phase, Want, by_want, fitted
from frontdesk.services.schedule.resources import BookableProvider, BookableThing
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.words import from_to
from frontdesk.services.work import Work

OVERBOOK = "schedule.overbook"
GRACE = timedelta(minutes=5)
"""A walk-in is written down a little after the patient came."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the book that was found good, or was allowed with a reason."""

    slot: Slot
    ends: datetime
    site_id: int
    stretches: tuple[Stretch, ...]
    is_new_patient: bool
    is_overbooked: bool
    needed_reason: bool
    """Whether something had to be overridden."""

    @property
    def beside_others(self) -> frozenset[int]:
        """The resources that are taken twice on purpose: only ever the provider."""
        return frozenset((self.slot.provider_id,)) if self.is_overbooked else frozenset()


@dataclass(slots=True)
class _Day:
    """A wanted place with the book of its day."""

    work: Work
    patient: Patient
    kind: VisitType
    provider: BookableProvider
    slot: Slot
    minutes: int
    phases: tuple[Phase, ...]
    ground: Ground
    book: OneDay
    things: dict[Want, tuple[BookableThing, ...]]
    starts: int
    is_new_patient: bool
    beside_id: int | None

    @property
    def hours(self) -> hours.Hours:
        return self.book.hours

    @property
    def ends(self) -> int:
        return self.starts + self.minutes

    @property
    def session(self) -> Session | None:
        """The one in which the provider's part begins."""
        return self.hours.session_at(self.provider.id, self.stretches_of(PROVIDER)[0][0])

    @property
    def site_id(self) -> int:
        """Where the provider is then; where they belong when they have no hours then."""
        return self.session.site_id if self.session else self.provider.site_id

    def stretches_of(self, want: Want) -> list[tuple[int, int]]:
        """When one kind of resource is needed."""
        return [(self.starts + each.offset, self.starts + each.ends) for each in by_want(self.phases)[want]]

    def said(self, starts: int, ends: int) -> str:
        return from_to(time_of(starts, self.hours.origin), time_of(ends, self.hours.origin))


def place(
    work: Work,
    *,
    patient: Patient,
    visit_type_id: int,
    slot: Slot,
    override_reason: str = "",
    beside: Appointment | None = None,
    beside_hold: int | None = None,
    may_have_begun: bool = False,
    beside_also: Collection[int] = (),
    says_next: bool = True,
    ground: Ground | None = None,
) -> Place:
    """The place for a visit with all its resources; raises `Refused` with everything against it.

    What is overridable passes with a reason, for those who may overbook. `beside` is the visit
    itself when it is moved: it does not stand in its own way, nor do those that move with it.
    `says_next`: whether a refusal names the next opening, which is a search of its own. `ground`: the
    book, where several places are looked at; it has looked past the same visits.
    """
    ground = ground or Ground(
        work,
        patient_id=patient.id,
        visit_type_id=visit_type_id,
        provider_ids=(slot.provider_id,),
        first=slot.starts.date(),
        last=slot.starts.date(),
        beside=sorted({*beside_also, *((beside.id,) if beside else ())}),
        beside_hold=beside_hold,
    )
    kind, phases = ground.needs
    findings = list(known.against_booking(work, patient))
    if beside is None and not kind.is_active:
        findings.append(Finding(f"{kind.name} is no longer offered. Choose another.", field="visit_type_id"))
    minutes = slot.minutes or kind.minutes
    of_length = tuple(visit_types.against_booking(kind, phases, minutes))
    if of_length or minutes is None:
        raise Refused(*findings, *of_length)
    slot = Slot(slot.provider_id, slot.starts.replace(second=0, microsecond=0), minutes, slot.resource_ids)
    needs = fitted(phases, kind.minutes, minutes)
    impossible = list(_of_time(work, slot, minutes, needs, may_have_begun=may_have_begun))
    found = slot.provider_id in ground.providers
    if not found:
        impossible.append(Finding("This provider no longer sees patients. Choose another.", "provider_id"))
    if not found or any(finding.field == "starts" for finding in impossible):
        raise Refused(*impossible, *findings)
    day = _day(work, patient, slot, needs, ground, beside.id if beside else None)
    overlapped = list(_provider_is_taken(day))
    chosen, missing = _things(day)
    in_the_book = [*_of_hours(day), *overlapped, *missing, *_of_lead(day, beside)]
    if says_next and (impossible or in_the_book) and not override_reason.strip():
        in_the_book = _with_next_opening(day, [*impossible, *in_the_book])
    else:
        in_the_book = [*impossible, *in_the_book]
    is_overbooked = any(finding.overridable for finding in overlapped)
    own = [*_of_caps(day, is_overbooked=is_overbooked), *_of_own_visits(day)]
    unfit = resources.unfit(work, slot.resource_ids, day.things, kind.name)
    findings = [*in_the_book, *own, *unfit, *findings]
    _refuse_what_stands(work, findings, override_reason)
    return Place(
        slot=Slot(slot.provider_id, slot.starts, minutes, tuple(thing.id for thing in chosen.values())),
        ends=slot.starts + timedelta(minutes=minutes),
        site_id=day.site_id,
        stretches=tuple(_stretches(day, chosen)),
        is_new_patient=day.is_new_patient,
        is_overbooked=is_overbooked,
        needed_reason=bool(findings),
    )


def _refuse_what_stands(work: Work, findings: list[Finding], override_reason: str) -> None:
    if not findings:
        return
    if not override_reason.strip() or not all(finding.overridable for finding in findings):
        raise Refused(*findings)
    work.require(OVERBOOK)


def _of_time(
    work: Work, slot: Slot, minutes: int, needs: tuple[Phase, ...], *, may_have_begun: bool
) -> Iterator[Finding]:
    """What no book could mend; those of the field `starts` leave nothing further to look at."""
    midnight = datetime.combine(slot.starts, time())
    starts = minute_of(slot.starts, midnight)
    ends = starts + max(minutes, *(phase.ends for phase in needs))
    gaps = clock_changes.skipped(work.zone, midnight, 1)
    if ends >= hours.DAY:
        yield Finding(
            "A visit cannot run past midnight. Start it earlier, or make it shorter.", field="starts"
        )
    elif gap := next((gap for gap in gaps if gap[0] < ends and starts < gap[1]), None):
        skipped = us_time(max(slot.starts, time_of(gap[0], midnight)))
        yield Finding(
            f"There is no {skipped} on {us_date(midnight.date())}: the clocks go forward that night.",
            field="starts",
        )
    elif not may_have_begun and slot.starts < work.local_now - GRACE:
        said = us_time(slot.starts) if slot.starts.date() == work.today else us_date(slot.starts.date())
        yield Finding(f"{said} has passed.", field="slot")


def _of_lead(day: _Day, beside: Appointment | None) -> Iterator[Finding]:
    """A patient who must prepare is told in time; a visit that keeps its start was told before."""
    prepared = lead.earliest(day.work, day.kind)
    must_prepare = day.kind.preparation_hours and day.slot.starts < prepared
    if must_prepare and (beside is None or beside.starts != day.slot.starts):
        yield Finding(lead.too_soon(day.kind, prepared, day.work.today), field="slot", overridable=True)


def _day(
    work: Work,
    patient: Patient,
    slot: Slot,
    needs: tuple[Phase, ...],
    ground: Ground,
    beside_id: int | None,
) -> _Day:
    assert slot.minutes is not None, "place() has filled it in"
    book = ground.day(slot.starts.date())
    wants = {phase.want for phase in needs}
    return _Day(
        work=work,
        patient=patient,
        kind=ground.needs[0],
        provider=ground.providers[slot.provider_id],
        slot=slot,
        minutes=slot.minutes,
        phases=needs,
        ground=ground,
        book=book,
        things={want: several for want, several in ground.things.items() if want in wants},
        starts=minute_of(slot.starts, book.hours.origin),
        is_new_patient=ground.acquaintance.is_new(slot.starts),
        beside_id=beside_id,
    )


def _of_hours(day: _Day) -> Iterator[Finding]:
    """Closed days, absences, hours and kept time, in this order: the first two explain the others."""
    on, name = day.slot.starts.date(), day.provider.name
    if on in day.hours.holidays:
        yield Finding(f"The office is closed on {weekday_date(on)}: {day.hours.holidays[on]}.", field="slot")
        return
    stretches = day.stretches_of(PROVIDER)
    away = [
        each
        for each in day.hours.away.get(day.provider.id, ())
        if any(each.starts < ends and starts < each.ends for starts, ends in stretches)
    ]
    if away:
        why = f" ({away[0].reason})" if away[0].reason else ""
        span = day.said(max(away[0].starts, 0), min(away[0].ends, hours.DAY))
        yield Finding(f"{name} is away from {span}{why}.", field="slot")
        return
    sessions = day.hours.open_sessions(day.provider.id, day.session.site_id if day.session else None)
    if not sessions:
        yield Finding(f"{name} has no hours on {weekday_date(on)}.", field="slot", overridable=True)
    elif not all(covers(sessions, starts, ends) for starts, ends in stretches):
        spans = " and ".join(day.said(*session) for session in sessions)
        yield Finding(f"{name} sees patients from {spans} that day.", field="slot", overridable=True)
    now = minute_of(day.work.local_now, day.hours.origin)
    for block in day.hours.blocks.get(day.provider.id, ()):
        touched = any(block.starts < ends and starts < block.ends for starts, ends in stretches)
        if touched and not block.is_open(day.kind.opens_blocks, now):
            yield Finding(f"{block.said(name, day.hours.origin)}.", field="slot", overridable=True)


def _provider_is_taken(day: _Day) -> Iterator[Finding]:
    stretches = day.stretches_of(PROVIDER)
    for starts, ends, other in _clashes(day.book.booked[day.provider.id], stretches):
        span = (time_of(starts, day.hours.origin), time_of(ends, day.hours.origin))
        # What another desk is just offering to a caller is not taken away from under it.
        yield Finding(who_has(day.provider.name, span, other), field="slot", overridable=not other.held_by)


def _clashes(
    busy: list[taken.Taken], stretches: list[tuple[int, int]]
) -> Iterator[tuple[int, int, taken.Taken]]:
    """What overlaps, visits that follow each other said as one span."""
    first: taken.Taken | None = None
    until = 0
    for other in busy:
        if not any(other.starts < ends and starts < other.ends for starts, ends in stretches):
            continue
        if first and other.starts <= until and other.held_by == first.held_by:
            until = max(until, other.ends)
            continue
        if first:
            yield first.starts, until, first
        first, until = other, other.ends
    if first:
        yield first.starts, until, first


def _things(day: _Day) -> tuple[dict[Want, BookableThing], list[Finding]]:
    """For each wanted kind the thing asked for, or the first that is free; and what cannot be had."""
    chosen: dict[Want, BookableThing] = {}
    missing: list[Finding] = []
    site_id = day.site_id
    for want, several in day.things.items():
        here = [thing for thing in several if thing.site_id == site_id]
        asked = [thing for thing in here if thing.id in day.slot.resource_ids] or here
        stretches = day.stretches_of(want)
        free = next((thing for thing in asked if not _against(day, thing, stretches)), None)
        if free:
            chosen[want] = free
        elif len(asked) == 1:
            missing.append(Finding(_against(day, asked[0], stretches), field="slot"))
        elif asked:
            at = clock_time(time_of(stretches[0][0], day.hours.origin))
            all_booked = all(any(_clashes(day.book.booked[thing.id], stretches)) for thing in asked)
            what = f"Every {want[1]} is booked" if all_booked else f"No {want[1]} is free"
            missing.append(Finding(f"{what} at {at}.", field="slot"))
        else:
            missing.append(Finding(f"There is no {want[1]} that could be booked.", field="visit_type_id"))
    return chosen, missing


def _against(day: _Day, thing: BookableThing, stretches: list[Interval]) -> str:
    """Why a room, device or person cannot be had then: out of service, off hours, or booked."""
    origin = day.hours.origin
    if out := downtime.against(thing.name, day.book.out.get(thing.id, ()), stretches, origin):
        return out
    if off := staff_hours.against(thing.name, day.book.at_work.get(thing.id), stretches, origin):
        return off
    for starts, ends, other in _clashes(day.book.booked[thing.id], stretches):
        span = (time_of(starts, origin), time_of(ends, origin))
        return who_has(thing.name, span, other)
    return ""


def _of_caps(day: _Day, *, is_overbooked: bool) -> Iterator[Finding]:
    session = day.session
    if session is None or not (caps.are_set(day.hours) or is_overbooked):
        return
    starts = day.ground.starts_of(day.provider.id, day.slot.starts.date(), day.beside_id)
    span = f"{day.provider.name}'s session from {day.said(session.starts, session.ends)}"
    for_new = day.kind.for_new_patients or day.is_new_patient
    if what := caps.full(session, starts, for_new_patient=for_new):
        yield Finding(f"{span} {caps.said(session, what)}.", field="slot", overridable=True)
    doubled = sum(each.is_overbooked for each in starts if session.starts <= each.minute < session.ends)
    if is_overbooked and doubled >= session.most_overbooked:
        yield Finding(f"{span} takes no more overbooked visits.", field="slot")


def _of_own_visits(day: _Day) -> Iterator[Finding]:
    for visit in day.book.own:
        if visit.starts < day.ends and day.starts < visit.ends:
            name, span = known.spoken_name(day.patient), day.said(visit.starts, visit.ends)
            yield Finding(f"{name} has another visit from {span}.", field="slot", overridable=True)


def _with_next_opening(day: _Day, findings: list[Finding]) -> list[Finding]:
    """Says with the first finding when the provider could do it instead."""
    then = next_opening_sentence(
        day.work,
        visit_type_id=day.kind.id,
        provider_id=day.provider.id,
        patient_id=day.patient.id,
        minutes=day.minutes,
        wanted=day.slot.starts,
    )
    first, *others = findings
    return [Finding(f"{first.message} {then}", first.field, first.overridable), *others]


def _stretches(day: _Day, chosen: dict[Want, BookableThing]) -> Iterator[Stretch]:
    for phase in day.phases:
        id = day.provider.id if phase.want == PROVIDER else chosen[phase.want].id
        starts = day.slot.starts + timedelta(minutes=phase.offset)
        yield Stretch(id, starts, starts + timedelta(minutes=phase.minutes), phase.kind)
