"""Loads what the matching of the waitlist needs: whoever waits, and the book; constant statements."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import bindparam, func, or_, select

from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.visit_type import VisitType, VisitTypePhase
from frontdesk.models.schedule.waitlist import WaitlistEntry, WaitlistProvider, WaitlistWindow
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.schedule import (
    caps,
    downtime,
    hours,
    known,
    lead,
    resources,
    staff_hours,
    taken,
    visit_types,
)
from frontdesk.services.schedule.intervals import Interval, difference, intersection, minute_of, normal, union
from frontdesk.services.schedule.pattern import PROVIDER, Phase, fitted
from frontdesk.services.schedule.search import Window, days_of
from frontdesk.services.schedule.waitlist_fit import Ground, Waiting
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the waitlist with what stands around it; inside the service only."""

    row: WaitlistEntry
    patient: Patient
    kind: VisitType
    own: Appointment | None
    provider_ids: tuple[int, ...]
    windows: tuple[Window, ...]

    @property
    def minutes(self) -> int | None:
        """A visit that moves up keeps its own length."""
        if self.own is not None:
            return int((self.own.ends - self.own.starts).total_seconds() // 60)
        return self.row.minutes or self.kind.minutes


def waiting_entries(work: Work, entry_ids: Collection[int] | None = None) -> tuple[Entry, ...]:
    """Everybody who waits and may still be booked, or those named; three statements."""
    asked = (
        select(WaitlistEntry, Patient, VisitType, Appointment)
        .join(Patient, Patient.id == WaitlistEntry.patient_id)
        .join(VisitType, VisitType.id == WaitlistEntry.visit_type_id)
        .outerjoin(Appointment, Appointment.id == WaitlistEntry.appointment_id)
        .order_by(WaitlistEntry.id)
    )
    if entry_ids is None:
        asked = asked.where(
            WaitlistEntry.ended_at.is_(None),
            or_(WaitlistEntry.wanted_until.is_(None), WaitlistEntry.wanted_until >= work.today),
            Patient.status.in_((PatientStatus.ACTIVE, PatientStatus.PROSPECTIVE, PatientStatus.INACTIVE)),
        )
    else:
        asked = asked.where(WaitlistEntry.id.in_(entry_ids))
    rows = work.session.execute(asked).all()
    ids = [row.id for row, *_ in rows]
    wanted: dict[int, list[int]] = {}
    for entry_id, provider_id in _PROVIDERS.rows(work.session, {"entries": ids}):
        wanted.setdefault(entry_id, []).append(provider_id)
    windows: dict[int, list[Window]] = {}
    for entry_id, weekday, starts, ends in _WINDOWS.rows(work.session, {"entries": ids}):
        windows.setdefault(entry_id, []).append(Window(weekday, starts, ends))
    return tuple(
        Entry(row, patient, kind, own, tuple(wanted.get(row.id, ())), tuple(windows.get(row.id, ())))
        for row, patient, kind, own in rows
    )


def ground(
    work: Work, entries: Iterable[Entry], first: date, days: int, *, beside_appointment: int | None = None
) -> tuple[Ground, tuple[Waiting, ...]]:
    """The book over some days and those who wait as the matching sees them, best ranked first.

    Whoever has no length of visit, or whose own visit is no longer to come, is left out. One visit of the
    book may be looked past: it is about to go.
    """
    entries = tuple(entries)
    last = first + timedelta(days - 1)
    doctors = resources.providers(work)
    worked = hours.load(work, first, last, tuple(doctors))
    origin, until = worked.origin, worked.origin + timedelta(days)
    phases = _phases(work, {each.kind.id for each in entries})
    patient_ids = sorted({each.row.patient_id for each in entries})
    are_capped = caps.are_set(worked)
    last_seen = _last_seen(work, patient_ids) if are_capped else {}
    waiting = sorted(
        (
            _waiting(work, each, minutes, phases.get(each.kind.id, []), origin, last_seen)
            for each in entries
            if (minutes := each.minutes) is not None
            and _is_to_come(work, each.own)
            and not any(visit_types.against_booking(each.kind, tuple(phases.get(each.kind.id, ())), minutes))
        ),
        key=lambda each: each.rank,
    )
    wants = sorted({phase.want for each in waiting for phase in each.phases} - {PROVIDER})
    things = resources.candidates(work, wants)
    starts = (
        caps.starts_of(work, origin, until, tuple(doctors), beside_appointment=beside_appointment)
        if are_capped
        else {}
    )
    ids = [thing.id for several in things.values() for thing in several]
    booked = _taken(work, origin, until, [*doctors, *ids], beside_appointment)
    out = downtime.load(work, origin, until, ids)
    at_work = staff_hours.load(work, first, last, ids)
    whole_days = days_of(work, origin, days)

    def free_of(thing_id: int) -> list[Interval]:
        there = intersection(whole_days, at_work[thing_id]) if thing_id in at_work else whole_days
        gone = normal(downtime.spans(out.get(thing_id, ())))
        return difference(there, union((booked[thing_id], gone)))

    return (
        Ground(
            hours=worked,
            days=whole_days,
            full=_full_sessions(worked, starts, for_new_patient=False),
            full_for_new=_full_sessions(worked, starts, for_new_patient=True),
            providers=doctors,
            things=things,
            taken=booked,
            things_free={id: free_of(id) for id in ids},
            own=_own_visits(work, patient_ids, origin, until, beside_appointment),
            now=minute_of(work.local_now, origin),
        ),
        tuple(waiting),
    )


def _full_sessions(
    worked: hours.Hours, starts: dict[int, list[caps.Start]], *, for_new_patient: bool
) -> frozenset[tuple[int, hours.Session]]:
    return frozenset(
        (provider_id, session)
        for provider_id, sessions in worked.sessions.items()
        for session in sessions
        if caps.full(session, starts.get(provider_id, ()), for_new_patient=for_new_patient)
    )


def _is_to_come(work: Work, own: Appointment | None) -> bool:
    return own is None or (own.lifecycle is Lifecycle.BOOKED and own.starts > work.local_now)


def _waiting(
    work: Work,
    entry: Entry,
    minutes: int,
    phases: Sequence[Phase],
    origin: datetime,
    last_seen: dict[int, datetime],
) -> Waiting:
    row, own = entry.row, entry.own
    last = row.wanted_until
    return Waiting(
        entry_id=row.id,
        patient_id=row.patient_id,
        urgency=row.urgency,
        since=row.added_at,
        minutes=minutes,
        phases=fitted(phases, entry.kind.minutes, minutes),
        opens_blocks=entry.kind.opens_blocks,
        new_from=_new_from(entry, last_seen.get(row.patient_id), origin),
        ready=minute_of(lead.earliest(work, entry.kind), origin),
        provider_ids=frozenset(entry.provider_ids),
        windows=entry.windows,
        notice_minutes=row.notice_minutes,
        wanted_until=minute_of(datetime.combine(last + timedelta(1), time()), origin) if last else None,
        own_starts=minute_of(own.starts, origin) if own else None,
        own_ends=minute_of(own.ends, origin) if own else None,
        own_provider_id=own.provider_id if own else None,
        own_appointment_id=own.id if own else None,
    )


def _phases(work: Work, visit_type_ids: Collection[int]) -> dict[int, list[Phase]]:
    found: dict[int, list[Phase]] = {}
    for each in _PHASES.named(work.session, {"visit_types": visit_type_ids}):
        found.setdefault(each.visit_type_id, []).append(
            Phase(each.kind, (each.role, each.wanted), each.offset_minutes, each.minutes)
        )
    return found


def _new_from(entry: Entry, last_seen: datetime | None, origin: datetime) -> int | None:
    if entry.kind.for_new_patients or last_seen is None:
        return minute_of(datetime.min, origin)
    return minute_of(datetime.combine(last_seen + known.NEW_AFTER + timedelta(1), time()), origin)


def _last_seen(work: Work, patient_ids: Collection[int]) -> dict[int, datetime]:
    return dict(_SEEN.rows(work.session, {"patients": patient_ids}))


def _taken(
    work: Work, origin: datetime, until: datetime, ids: list[int], beside_appointment: int | None
) -> dict[int, list[Interval]]:
    if beside_appointment is None:
        return taken.load_spans(work, origin, until, ids)
    loaded = taken.load(work, origin, until, ids, beside_appointment=beside_appointment)
    return {id: taken.spans(several) for id, several in loaded.items()}


def _own_visits(
    work: Work, patient_ids: Collection[int], origin: datetime, until: datetime, beside: int | None
) -> dict[int, list[Interval]]:
    found: dict[int, list[Interval]] = {}
    asked = {"patients": patient_ids, "begin": origin, "end": until}
    for patient_id, id, starts, ends in _OWN.rows(work.session, asked):
        if id != beside:
            found.setdefault(patient_id, []).append((minute_of(starts, origin), minute_of(ends, origin)))
    return {patient_id: normal(spans) for patient_id, spans in found.items()}


_PROVIDERS: Final = Prepared(
    select(WaitlistProvider.entry_id, WaitlistProvider.provider_id)
    .where(among(WaitlistProvider.entry_id, "entries"))
    .order_by(WaitlistProvider.id)
)
_WINDOWS: Final = Prepared(
    select(WaitlistWindow.entry_id, WaitlistWindow.weekday, WaitlistWindow.starts, WaitlistWindow.ends)
    .where(among(WaitlistWindow.entry_id, "entries"))
    .order_by(WaitlistWindow.weekday, WaitlistWindow.starts, WaitlistWindow.id)
)
_PHASES: Final = Prepared(
    select(VisitTypePhase)
    .where(among(VisitTypePhase.visit_type_id, "visit_types"))
    .order_by(VisitTypePhase.offset_minutes, VisitTypePhase.id)
)
_SEEN: Final = Prepared(
    select(Appointment.patient_id, func.max(Appointment.starts))
    .where(
        among(Appointment.patient_id, "patients"),
        Appointment.lifecycle == Lifecycle.COMPLETED,
    )
    .group_by(Appointment.patient_id)
)
_OWN: Final = Prepared(
    select(Appointment.patient_id, Appointment.id, Appointment.starts, Appointment.ends)
    .where(
        among(Appointment.patient_id, "patients"),
        Appointment.starts >= bindparam("begin"),
        Appointment.starts < bindparam("end"),
        Appointment.lifecycle.in_(taken.STANDING),
    )
    .order_by(Appointment.starts, Appointment.id)
)
