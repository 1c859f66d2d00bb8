"""What the patient panel shows beside registration: consents, balance, and the visits around today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from frontdesk.models.billing.journal import JournalEntry, Party
from frontdesk.models.billing.statements import Statement
from frontdesk.models.office.resources import Provider
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.appointment import Stage as Stage
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.billing import balances, parties
from frontdesk.services.command import query
from frontdesk.services.records.standing import FormStanding
from frontdesk.services.registration import panel
from frontdesk.services.schedule import visit_forms
from frontdesk.services.work import Work

CALLED_OFF = (Lifecycle.CANCELLED, Lifecycle.RESCHEDULED, Lifecycle.IN_ERROR)


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit of the patient in a few words."""

    appointment_id: int
    starts: datetime
    provider: str
    what: str
    lifecycle: Lifecycle
    stage: Stage


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """How the patient kept past visits."""

    kept: int
    cancelled: int
    missed: int


@dataclass(frozen=True, slots=True)
class Owed:
    """What the patient owes themselves; negative: a credit."""

    cents: int
    since: date | None
    statements: int
    """How many statements have asked for it."""


@dataclass(frozen=True, slots=True)
class PatientPanel:
    """Everything of one patient that stands at the right of the window."""

    patient: panel.Panel
    forms: tuple[FormStanding, ...]
    owed: Owed
    today: VisitLine | None
    last: VisitLine | None
    next: VisitLine | None
    record: VisitRecord


@query(permission="registration.view")
def patient_panel(work: Work, *, patient_id: int) -> PatientPanel:
    """The panel of one patient; a constant number of statements."""
    day = datetime.combine(work.today, datetime.min.time())
    next_day = day + timedelta(days=1)
    return PatientPanel(
        patient=panel.panel(work, patient_id=patient_id),
        forms=visit_forms.required_for(work, patient_id=patient_id),
        owed=_owed(work, patient_id),
        today=_visit(work, patient_id, day, next_day),
        last=_visit(work, patient_id, None, day, backwards=True),
        next=_visit(work, patient_id, next_day, None),
        record=_record(work, patient_id),
    )


def _visit(
    work: Work, patient_id: int, since: datetime | None, until: datetime | None, *, backwards: bool = False
) -> VisitLine | None:
    keys = (Appointment.starts, Appointment.id)
    wanted = (
        select(Appointment, Provider.short_name, VisitType.name)
        .join(Provider, Provider.id == Appointment.provider_id)
        .join(VisitType, VisitType.id == Appointment.visit_type_id)
        .where(Appointment.patient_id == patient_id, Appointment.lifecycle.not_in(CALLED_OFF))
        .order_by(*((key.desc() for key in keys) if backwards else keys))
        .limit(1)
    )
    if since is not None:
        wanted = wanted.where(Appointment.starts >= since)
    if until is not None:
        wanted = wanted.where(Appointment.starts < until)
    if backwards:
        wanted = wanted.where(Appointment.lifecycle == Lifecycle.COMPLETED)
    found = work.session.execute(wanted).one_or_none()
    if found is None:
        return None
    visit, provider, kind = found
    return VisitLine(visit.id, visit.starts, provider, visit.reason or kind, visit.lifecycle, visit.stage)


def _record(work: Work, patient_id: int) -> VisitRecord:
    found = work.session.execute(
        select(Appointment.lifecycle, func.count())
        .where(Appointment.patient_id == patient_id)
        .group_by(Appointment.lifecycle)
    )
    counts = dict(found.all())
    return VisitRecord(
        counts.get(Lifecycle.COMPLETED, 0),
        counts.get(Lifecycle.CANCELLED, 0),
        counts.get(Lifecycle.NO_SHOW, 0),
    )


def _owed(work: Work, patient_id: int) -> Owed:
    cents = balances.patient_due_by_patient(work, (patient_id,)).get(patient_id, 0)
    if cents <= 0:
        return Owed(cents, None, 0)
    open_lines = (
        select(func.min(JournalEntry.aged_from_on).label("since"))
        .where(
            JournalEntry.patient_id == patient_id,
            JournalEntry.responsible == Party.PATIENT,
            JournalEntry.charge_line_id.is_not(None),
        )
        .group_by(JournalEntry.charge_line_id)
        .having(func.sum(JournalEntry.amount_cents) > 0)
        .subquery()
    )
    since = work.session.scalar(select(func.min(open_lines.c.since)))
    account_id = parties.account_of(work, patient_id, work.today)
    statements = work.session.scalar(
        select(func.count()).select_from(Statement).where(Statement.account_id == account_id)
    )
    return Owed(cents, since, int(statements or 0))
