"""The work about estimates: due by when and for whom, changed since, billed far above."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, or_, select

from frontdesk.kernel.names import last_first
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.estimate import Estimate
from frontdesk.models.billing.journal import EntryKind, JournalEntry
from frontdesk.models.office.practice import Holiday
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.coverage import Coverage, SelfPay
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.billing import estimate_clock
from frontdesk.services.billing.estimate_newest import is_covered, newest, recurring
from frontdesk.services.billing.estimates import said_estimate
from frontdesk.services.command import query
from frontdesk.services.work import Work

AHEAD_DAYS = 120
"""Visits further ahead come to the list as they come nearer; their clock has run out by then in any case."""


class Standing(StrEnum):
    """Why a line is on the list, the most pressing first."""

    OVERDUE = "overdue"
    DUE = "due"
    CHANGED = "changed"
    EXCEEDED = "exceeded"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class EstimateLineOfWork:
    """One estimate that is due, was given, or was exceeded."""

    standing: Standing
    patient_id: int
    patient: str
    appointment_id: int | None
    visit: str
    provider: str
    starts: datetime | None
    due_on: date | None
    because: str
    """Why it is due on that day; what changed; by how much it was exceeded."""
    estimate_id: int | None
    number: str
    total_cents: int | None
    is_written: bool
    billed_cents: int | None = None

    @property
    def key(self) -> tuple[int, int]:
        """The same before and after it is written."""
        return (self.appointment_id or 0, 0 if self.appointment_id else self.estimate_id or 0)


@query(permission="billing.view")
def work_list(work: Work, *, with_given: bool = False) -> tuple[EstimateLineOfWork, ...]:
    """What somebody must see to, the most pressing first; a constant number of statements."""
    closed = closed_days(work, work.today - timedelta(days=400), work.today + timedelta(days=AHEAD_DAYS))
    lines = [*_of_visits(work, closed), *_asked_for(work, closed), *_exceeded(work)]
    order = list(Standing)
    kept = [line for line in lines if with_given or line.standing is not Standing.GIVEN]
    return tuple(
        sorted(
            kept,
            key=lambda line: (
                order.index(line.standing),
                line.due_on or date.max,
                line.starts or datetime.max,
                line.patient,
                line.key,
            ),
        )
    )


def count(work: Work) -> int:
    """How many must be written or given; what was exceeded waits for the patient, not for the desk."""
    return sum(
        line.standing in (Standing.OVERDUE, Standing.DUE, Standing.CHANGED) for line in work_list(work)
    )


def closed_days(work: Work, first: date, last: date) -> frozenset[date]:
    """The days on which the whole practice is closed."""
    found = select(Holiday.on).where(Holiday.on.between(first, last), Holiday.site_id.is_(None))
    return frozenset(work.session.scalars(found))


def _of_visits(work: Work, closed: frozenset[date]) -> list[EstimateLineOfWork]:
    rows = work.session.execute(
        _uninsured()
        .where(
            Appointment.starts > work.local_now,
            Appointment.starts < datetime.combine(work.today + timedelta(days=AHEAD_DAYS), time()),
            Appointment.lifecycle == Lifecycle.BOOKED,
        )
        .order_by(Appointment.starts, Appointment.id)
    ).all()
    written = newest(work, Estimate.appointment_id.in_([row.id for row in rows]))
    spans = recurring(work, {row.patient_id for row in rows})
    lines = []
    for row in rows:
        known = written.get(row.id)
        if known is None and is_covered(spans, row.patient_id, row.visit_type_id, row.starts.date()):
            continue
        due = estimate_clock.due(
            booked_on=work.wall(row.booked_at).date(),
            service_on=row.starts.date(),
            requested_on=row.requested_on,
            closed=closed,
        )
        if due is None and known is None:
            continue
        on, because = (due.on, due.because) if due else (None, "")
        standing = Standing.GIVEN if known and known.is_given else _standing(work, on)
        if standing is Standing.GIVEN and known is not None:
            if known.service_on != row.starts.date() or known.provider_id != row.provider_id:
                standing = Standing.CHANGED
                because = "the visit was moved since; a new version is due a business day before"
                on = _day_before(row.starts.date(), closed)
            else:
                because = ""
        lines.append(
            EstimateLineOfWork(
                standing=standing,
                patient_id=row.patient_id,
                patient=last_first(row.legal_last, row.preferred_name or row.legal_first),
                appointment_id=row.id,
                visit=row.name,
                provider=row.short_name,
                starts=row.starts,
                due_on=on,
                because=because,
                estimate_id=known.estimate_id if known else None,
                number=said_estimate(known.number) if known else "",
                total_cents=known.total_cents if known else None,
                is_written=known is not None,
            )
        )
    return lines


def _uninsured() -> Select[*tuple[Any, ...]]:  # Any: as SQLAlchemy says of so many columns
    """Visits of patients who have no coverage on that day, or chose to pay themselves."""
    on = func.date(Appointment.starts)
    covered = (
        select(Coverage.id)
        .where(
            Coverage.patient_id == Appointment.patient_id,
            Coverage.case_number == "",
            func.date(Coverage.effective_from) <= on,
            or_(Coverage.effective_until.is_(None), func.date(Coverage.effective_until) >= on),
        )
        .exists()
    )
    pays = (
        select(SelfPay.id)
        .where(
            SelfPay.patient_id == Appointment.patient_id,
            func.date(SelfPay.valid_from) <= on,
            or_(SelfPay.valid_until.is_(None), func.date(SelfPay.valid_until) >= on),
        )
        .exists()
    )
    return (
        select(
            Appointment.id,
            Appointment.patient_id,
            Appointment.provider_id,
            Appointment.visit_type_id,
            Appointment.starts,
            Appointment.booked_at,
            Estimate.requested_on,
            VisitType.name,
            Provider.short_name,
            Patient.legal_last,
            Patient.legal_first,
            Patient.preferred_name,
        )
        .join(VisitType, VisitType.id == Appointment.visit_type_id)
        .join(Provider, Provider.id == Appointment.provider_id)
        .join(Patient, Patient.id == Appointment.patient_id)
        .outerjoin(Estimate, Estimate.appointment_id == Appointment.id)
        .where(or_(pays, ~covered))
    )


def _asked_for(work: Work, closed: frozenset[date]) -> list[EstimateLineOfWork]:
    """Estimates that were asked for without a visit, until they are given."""
    rows = work.session.execute(
        select(
            Estimate.id,
            Estimate.patient_id,
            Estimate.requested_on,
            VisitType.name,
            Patient.legal_last,
            Patient.legal_first,
            Patient.preferred_name,
        )
        .join(VisitType, VisitType.id == Estimate.visit_type_id)
        .join(Patient, Patient.id == Estimate.patient_id)
        .where(
            Estimate.appointment_id.is_(None),
            Estimate.requested_on >= work.today - timedelta(days=AHEAD_DAYS),
        )
        .order_by(Estimate.id)
    ).all()
    written = {
        each.estimate_id: each
        for each in newest(work, Estimate.id.in_([row.id for row in rows]), by_visit=False).values()
    }
    lines = []
    for row in rows:
        known = written[row.id]
        due = estimate_clock.due(
            booked_on=None, service_on=None, requested_on=row.requested_on, closed=closed
        )
        assert due is not None, "it was asked for"
        lines.append(
            EstimateLineOfWork(
                standing=Standing.GIVEN if known.is_given else _standing(work, due.on),
                patient_id=row.patient_id,
                patient=last_first(row.legal_last, row.preferred_name or row.legal_first),
                appointment_id=None,
                visit=row.name,
                provider="",
                starts=None,
                due_on=due.on,
                because=due.because,
                estimate_id=row.id,
                number=said_estimate(known.number),
                total_cents=known.total_cents,
                is_written=True,
            )
        )
    return lines


def _exceeded(work: Work) -> list[EstimateLineOfWork]:
    """Visits billed so much above their good-faith estimate that the patient may dispute the bill."""
    since = datetime.combine(work.today - timedelta(days=estimate_clock.DISPUTE_DAYS), time())
    billed = (
        select(ChargeLine.appointment_id, func.sum(JournalEntry.amount_cents).label("cents"))
        .join(JournalEntry, JournalEntry.charge_line_id == ChargeLine.id)
        .where(
            ChargeLine.voided_at.is_(None),
            ~ChargeLine.is_fee,
            JournalEntry.kind.in_((EntryKind.CHARGE, EntryKind.WRITE_OFF, EntryKind.CORRECTION)),
        )
        .group_by(ChargeLine.appointment_id)
        .subquery()
    )
    rows = work.session.execute(
        select(
            Appointment.id,
            Appointment.patient_id,
            Appointment.starts,
            VisitType.name,
            Provider.short_name,
            Patient.legal_last,
            Patient.legal_first,
            Patient.preferred_name,
            billed.c.cents,
        )
        .join(Estimate, Estimate.appointment_id == Appointment.id)
        .join(billed, billed.c.appointment_id == Appointment.id)
        .join(VisitType, VisitType.id == Appointment.visit_type_id)
        .join(Provider, Provider.id == Appointment.provider_id)
        .join(Patient, Patient.id == Appointment.patient_id)
        .where(Appointment.starts >= since, Appointment.starts < work.local_now)
        .order_by(Appointment.id)
    ).all()
    written = newest(work, Estimate.appointment_id.in_([row.id for row in rows]), good_faith=True)
    return [
        EstimateLineOfWork(
            standing=Standing.EXCEEDED,
            patient_id=row.patient_id,
            patient=last_first(row.legal_last, row.preferred_name or row.legal_first),
            appointment_id=row.id,
            visit=row.name,
            provider=row.short_name,
            starts=row.starts,
            due_on=None,
            because="billed $400 or more above the estimate: the patient may dispute the bill",
            estimate_id=known.estimate_id,
            number=said_estimate(known.number),
            total_cents=known.total_cents,
            is_written=True,
            billed_cents=int(row.cents),
        )
        for row in rows
        if (known := written.get(row.id)) is not None
        and int(row.cents) - known.total_cents >= estimate_clock.DISPUTE_CENTS
    ]


def _standing(work: Work, due_on: date | None) -> Standing:
    return Standing.OVERDUE if due_on is not None and due_on < work.today else Standing.DUE


def _day_before(day: date, closed: Sequence[date] | frozenset[date]) -> date:
    """The last business day before a day."""
    day -= timedelta(days=1)
    while not estimate_clock.is_business_day(day, closed):
        day -= timedelta(days=1)
    return day
