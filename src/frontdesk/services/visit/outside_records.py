"""Records of other offices that a visit needs: what has not come yet, until when, and for which visit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import clock_time
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.command import query
from frontdesk.services.records import asking_rules, outbound_requests, outbound_views
from frontdesk.services.records.outbound_views import OutboundLine
from frontdesk.services.records.request_row import RequestDetail
from frontdesk.services.work import Work

TO_COME = (Lifecycle.HELD, Lifecycle.BOOKED)
DAYS_AHEAD = 14


@dataclass(frozen=True, slots=True)
class Planned:
    """A visit, whose, and on which day."""

    appointment_id: int
    patient_id: int
    on: date


@dataclass(frozen=True, slots=True)
class Awaited:
    """What a visit still waits for."""

    appointment_id: int
    lines: tuple[OutboundLine, ...]

    @property
    def words(self) -> str:
        """ "Waiting: sputum culture, Cascade General"."""
        first = self.lines[0]
        if len(self.lines) > 1:
            return f"{len(self.lines)} outside records awaited"
        return f"{first.says}, {first.office}"


@dataclass(frozen=True, slots=True)
class VisitToCome:
    """A visit for which records can be asked, and when they would have to be here."""

    appointment_id: int
    starts: datetime
    words: str
    needed_on: date


@dataclass(frozen=True, slots=True)
class VisitWithout:
    """A visit of the coming days whose outside records have not come."""

    appointment_id: int
    patient_id: int
    patient_name: str
    starts: datetime
    awaited: Awaited
    needed_on: date
    is_late: bool
    """They should be here already, or the visit comes before the day that was named."""


def awaited(work: Work, visits: Sequence[Planned]) -> Mapping[int, Awaited]:
    """What each visit waits for: asked for it, or needed by its day. One statement where nothing is."""
    waiting = outbound_views.open_of(work, sorted({visit.patient_id for visit in visits}))
    if not waiting:
        return {}
    asked_for = {line.visit_id for lines in waiting.values() for line in lines if line.visit_id is not None}
    moved = work.session.execute(
        select(Appointment.id, Appointment.rescheduled_to_id).where(
            Appointment.id.in_(asked_for), Appointment.rescheduled_to_id.is_not(None)
        )
    )
    now = {old: new for old, new in moved if new is not None}
    found: dict[int, Awaited] = {}
    for visit in visits:
        lines = tuple(
            line
            for line in waiting.get(visit.patient_id, ())
            if line.needed_on <= visit.on
            or (line.visit_id is not None and now.get(line.visit_id, line.visit_id) == visit.appointment_id)
        )
        if lines:
            found[visit.appointment_id] = Awaited(visit.appointment_id, lines)
    return found


@query(permission="schedule.view")
def of_visit(work: Work, *, appointment_id: int) -> Awaited | None:
    """What one visit waits for; None where all is here."""
    visit = work.get(Appointment, appointment_id)
    planned = Planned(visit.id, visit.patient_id, visit.starts.date())
    return awaited(work, (planned,)).get(appointment_id)


@query(permission="schedule.view")
def visits_to_come(work: Work, *, patient_id: int) -> tuple[VisitToCome, ...]:
    """The patient's visits from now on, the next first, each with the day by which records must be here."""
    days = asking_rules.in_force(work).before_visit_days
    rows = work.session.execute(
        select(Appointment.id, Appointment.starts, VisitType.name, Provider.short_name)
        .join(VisitType, VisitType.id == Appointment.visit_type_id)
        .join(Provider, Provider.id == Appointment.provider_id)
        .where(
            Appointment.patient_id == patient_id,
            Appointment.starts >= work.local_now,
            Appointment.lifecycle.in_(TO_COME),
        )
        .order_by(Appointment.starts, Appointment.id)
    )
    return tuple(
        VisitToCome(
            appointment_id,
            starts,
            f"{starts:%m/%d/%y} {clock_time(starts)} {who}, {kind}",
            max(work.today, asking_rules.weekday(starts.date() - timedelta(days=days), back=True)),
        )
        for appointment_id, starts, kind, who in rows
    )


@query(permission="schedule.view")
def visits_without(work: Work, *, first: date, last: date) -> tuple[VisitWithout, ...]:
    """The visits of these days that wait for records of others, by time."""
    rows = work.session.execute(
        select(
            Appointment.id,
            Appointment.patient_id,
            Appointment.starts,
            Patient.legal_last,
            Patient.legal_first,
        )
        .join(Patient, Patient.id == Appointment.patient_id)
        .where(
            Appointment.starts >= datetime.combine(first, datetime.min.time()),
            Appointment.starts < datetime.combine(last + timedelta(days=1), datetime.min.time()),
            Appointment.lifecycle.in_(TO_COME),
        )
        .order_by(Appointment.starts, Appointment.id)
    ).all()
    found = awaited(work, [Planned(row.id, row.patient_id, row.starts.date()) for row in rows])
    return tuple(
        VisitWithout(
            appointment_id=row.id,
            patient_id=row.patient_id,
            patient_name=last_first(row.legal_last, row.legal_first),
            starts=row.starts,
            awaited=found[row.id],
            needed_on=min(line.needed_on for line in found[row.id].lines),
            is_late=any(
                line.needed_on < work.today or line.needed_on > row.starts.date()
                for line in found[row.id].lines
            ),
        )
        for row in rows
        if row.id in found
    )


def open_count(work: Work) -> int:
    """How many visits of the coming two weeks wait for records of others."""
    return len(visits_without(work, first=work.today, last=work.today + timedelta(days=DAYS_AHEAD)))


@query(permission="records.view")
def detail(work: Work, *, request_id: int) -> RequestDetail:
    """A request to others with the visit for which it is needed: the three panels of the requests page."""
    shown = outbound_views.request(work, request_id=request_id)
    visit = work.session.get(Appointment, shown.line.visit_id) if shown.line.visit_id else None
    if visit is not None and visit.rescheduled_to_id is not None:
        visit = work.get(Appointment, visit.rescheduled_to_id)
    if visit is None or visit.lifecycle not in TO_COME:
        return outbound_requests.detail_of(work, shown)
    words = f"the visit {visit.starts:%m/%d} {clock_time(visit.starts)}"
    is_before = visit.starts.date() < shown.line.needed_on
    return outbound_requests.detail_of(work, shown, visit=words, visit_is_before=is_before)
