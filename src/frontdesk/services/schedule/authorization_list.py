"""The work about authorizations: missing for coming visits, asked for, denied, running low, ending."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from frontdesk.kernel.names import last_first
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.authorization import AuthorizationGrant, AuthorizationUse, UnitState
from frontdesk.models.registration.coverage import Coverage, Policy, SelfPay
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer, Plan
from frontdesk.models.schedule.appointment import (
    Appointment,
    Lifecycle,
    Readiness,
    ReadinessItem,
    ReadinessState,
)
from frontdesk.models.schedule.visit_coverage import AuthorizationStep, VisitAuthorization, VisitCoverage
from frontdesk.models.schedule.visit_coverage import StepKind as StepKind
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.command import query
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.registration import authorization_alerts, authorizations, coverages
from frontdesk.services.registration.authorizations import Grant
from frontdesk.services.schedule import visit_payers
from frontdesk.services.work import Work


class Standing(StrEnum):
    """Why a line is on the list, the most pressing first."""

    DENIED = "denied"
    MISSING = "missing"
    CHASE = "chase"
    ASKED = "asked"
    LOW = "low"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A coming visit without its authorization, or an authorization that runs out."""

    standing: Standing
    patient_id: int
    patient: str
    payer: str
    payer_phone: str
    coverage_id: int | None
    """The one whose payer is to be asked; None where no coverage is on file."""
    appointment_id: int | None
    visit: str
    starts: datetime | None
    provider: str
    provider_id: int | None
    missing: int
    """Units that the visit lacks."""
    answer_days: int
    """Working days that the payer's answer usually takes."""
    chase_on: date | None
    reference: str
    note: str
    grant: Grant | None

    @property
    def key(self) -> tuple[int, int]:
        return (self.appointment_id or 0, self.grant.id if self.grant else 0)


@query(permission="registration.view")
def work_list(work: Work) -> tuple[WorkLine, ...]:
    """Everything that somebody must see to, the most pressing first; a constant number of statements."""
    order = list(Standing)
    lines = [*_visits(work), *_grants(work)]
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                order.index(line.standing),
                line.starts.date() if line.starts else _end(line),
                line.starts or datetime.combine(_end(line), time()),
                line.patient,
                line.key,
            ),
        )
    )


def count(work: Work) -> int:
    """How many lines wait for somebody; what the payer was asked and has time to answer does not."""
    return sum(line.standing is not Standing.ASKED for line in work_list(work))


def unauthorized(work: Work, appointment_ids: tuple[int, ...]) -> set[int]:
    """Those of these visits that need an authorization and lack it; one statement."""
    if not appointment_ids:
        return set()
    rows = _UNAUTHORIZED.rows(work.session, {"visits": appointment_ids})
    return {visit_id for (visit_id,) in rows}


def _visits(work: Work) -> list[WorkLine]:
    ahead = authorization_alerts.in_force(work).days_ahead
    until = datetime.combine(work.today + timedelta(days=ahead + 1), time())
    rows = work.session.execute(
        _lacking()
        .where(
            Appointment.starts >= datetime.combine(work.today, time()),
            Appointment.starts < until,
            Appointment.lifecycle.in_((Lifecycle.BOOKED, Lifecycle.ARRIVED, Lifecycle.IN_PROGRESS)),
        )
        .order_by(Appointment.starts, Appointment.id)
    ).all()
    last = _last_steps(work, [row.id for row in rows])
    payers = visit_payers.of_visits(work, {row.id: (row.patient_id, row.starts.date()) for row in rows})
    lines = []
    for row in rows:
        step = last.get(row.id)
        payer = payers.get(row.id)
        lines.append(
            WorkLine(
                standing=_standing(work, step),
                patient_id=row.patient_id,
                patient=last_first(row.legal_last, row.preferred_name or row.legal_first),
                payer=payer.plan if payer else "",
                payer_phone=payer.phone if payer else "",
                coverage_id=payer.coverage_id if payer else None,
                appointment_id=row.id,
                visit=row.name,
                starts=row.starts,
                provider=row.short_name,
                provider_id=row.provider_id,
                missing=row.wanted - row.has,
                answer_days=row.authorization_days,
                chase_on=step.chase_on if step else None,
                reference=step.reference if step else "",
                note=step.note if step else "",
                grant=None,
            )
        )
    return lines


def _lacking() -> Select[*tuple[Any, ...]]:
    """The visits that need more authorized units than they hold, and that a payer pays."""
    has = func.coalesce(
        select(func.sum(AuthorizationUse.units))
        .join(VisitAuthorization, VisitAuthorization.use_id == AuthorizationUse.id)
        .where(
            VisitAuthorization.appointment_id == Appointment.id, AuthorizationUse.state != UnitState.RELEASED
        )
        .scalar_subquery(),
        0,
    )
    wanted = func.coalesce(VisitCoverage.units, 1)
    pays_alone = exists().where(
        SelfPay.patient_id == Appointment.patient_id,
        SelfPay.valid_from <= func.date(Appointment.starts),
        or_(SelfPay.valid_until.is_(None), SelfPay.valid_until >= func.date(Appointment.starts)),
    )
    settled = exists().where(
        Readiness.appointment_id == Appointment.id,
        Readiness.item == ReadinessItem.AUTHORIZATION,
        Readiness.state.in_((ReadinessState.DONE, ReadinessState.WAIVED)),
    )
    is_blocked = exists().where(
        Readiness.appointment_id == Appointment.id,
        Readiness.item == ReadinessItem.AUTHORIZATION,
        Readiness.state == ReadinessState.BLOCKED,
    )
    correction = aliased(AuthorizationStep)
    not_needed = exists().where(
        AuthorizationStep.appointment_id == Appointment.id,
        AuthorizationStep.kind == StepKind.NOT_NEEDED,
        ~exists().where(correction.corrects_id == AuthorizationStep.id),
    )
    return (
        select(
            Appointment.id,
            Appointment.patient_id,
            Appointment.starts,
            Appointment.provider_id,
            Patient.legal_last,
            Patient.legal_first,
            Patient.preferred_name,
            Provider.short_name,
            VisitType.name,
            VisitType.authorization_days,
            wanted.label("wanted"),
            has.label("has"),
        )
        .join(VisitType, VisitType.id == Appointment.visit_type_id)
        .join(Patient, Patient.id == Appointment.patient_id)
        .join(Provider, Provider.id == Appointment.provider_id)
        .outerjoin(VisitCoverage, VisitCoverage.appointment_id == Appointment.id)
        .where(
            or_(VisitType.needs_authorization, is_blocked), wanted > has, ~pays_alone, ~settled, ~not_needed
        )
    )


_UNAUTHORIZED: Final = Prepared(
    _lacking().with_only_columns(Appointment.id).where(among(Appointment.id, "visits"))
)


def _last_steps(work: Work, appointment_ids: list[int]) -> dict[int, AuthorizationStep]:
    """The last step of each visit that was not taken back."""
    if not appointment_ids:
        return {}
    rows = work.session.scalars(
        select(AuthorizationStep)
        .where(AuthorizationStep.appointment_id.in_(appointment_ids))
        .order_by(AuthorizationStep.id)
    ).all()
    void = {row.corrects_id for row in rows}
    return {
        row.appointment_id: row for row in rows if row.id not in void and row.kind is not StepKind.TAKEN_BACK
    }


def _standing(work: Work, step: AuthorizationStep | None) -> Standing:
    if step is None or step.kind is StepKind.GRANTED:
        return Standing.MISSING
    if step.kind is StepKind.DENIED:
        return Standing.DENIED
    due = step.chase_on is None or step.chase_on <= work.today
    return Standing.CHASE if due else Standing.ASKED


def _grants(work: Work) -> list[WorkLine]:
    alerts = authorization_alerts.in_force(work)
    soon = work.today + timedelta(days=alerts.days_before_end)
    last = AuthorizationGrant.valid_until
    rows = work.session.execute(
        select(AuthorizationGrant.id, Coverage, Patient, Plan.name, Payer.name, Payer.phone)
        .join(Coverage, Coverage.id == AuthorizationGrant.coverage_id)
        .join(Patient, Patient.id == Coverage.patient_id)
        .join(Policy, Policy.id == Coverage.policy_id)
        .join(Plan, Plan.id == Policy.plan_id)
        .join(Payer, Payer.id == Plan.payer_id)
        .where(
            AuthorizationGrant.is_active,
            Coverage.is_active,
            AuthorizationGrant.valid_from <= work.today,
            or_(last.is_(None), last >= work.today),
            or_(and_(last.is_not(None), last <= soon), _taken() + alerts.low_at >= AuthorizationGrant.units),
        )
        .order_by(AuthorizationGrant.id)
    ).all()
    known = {grant.id: grant for grant in authorizations.by_id(work, [row[0] for row in rows])}
    lines = []
    for grant_id, coverage, patient, plan, payer, phone in rows:
        grant = known[grant_id]
        is_low = grant.remaining <= alerts.low_at
        if not is_low and grant.remaining == 0:
            continue
        lines.append(
            WorkLine(
                standing=Standing.LOW if is_low else Standing.ENDS,
                patient_id=patient.id,
                patient=last_first(patient.legal_last, patient.preferred_name or patient.legal_first),
                payer=coverages.plan_name(payer, plan),
                payer_phone=phone,
                coverage_id=coverage.id,
                appointment_id=None,
                visit=grant.what_for,
                starts=None,
                provider="",
                provider_id=grant.provider_id,
                missing=0,
                answer_days=0,
                chase_on=None,
                reference=grant.number,
                note="",
                grant=grant,
            )
        )
    return lines


def _taken() -> ColumnElement[int]:
    return func.coalesce(
        select(func.sum(AuthorizationUse.units))
        .where(
            AuthorizationUse.grant_id == AuthorizationGrant.id, AuthorizationUse.state != UnitState.RELEASED
        )
        .scalar_subquery(),
        0,
    )


def _end(line: WorkLine) -> date:
    until = line.grant.valid_until if line.grant else None
    return until or date.max
