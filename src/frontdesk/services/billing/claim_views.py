"""What the claims page lists: counts by state, and claims in rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, Select, func, or_, select

from frontdesk.kernel.names import last_first
from frontdesk.models.billing.claims import Claim
from frontdesk.models.billing.claims import ClaimState as ClaimState
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer, Plan
from frontdesk.services.command import query
from frontdesk.services.registration import search
from frontdesk.services.registration.coverages import plan_name
from frontdesk.services.work import Work

PAID_DAYS = 30
"""How long a paid claim is still counted and listed: after that nobody works it any more."""


@dataclass(frozen=True, slots=True)
class ClaimCount:
    """How many claims stand in a state, and what they ask for."""

    state: ClaimState
    claims: int
    charge_cents: int


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in the list."""

    id: int
    version: int
    number: str
    state: ClaimState
    patient_id: int
    patient: str
    service_on: date
    payer: str
    problem_code: str
    problem: str
    problem_count: int
    charge_cents: int
    age_days: int
    """Since the visit."""


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """The claims of a list that are in one state, and what they ask for."""

    state: ClaimState
    claims: tuple[ClaimRow, ...]

    @property
    def charge_cents(self) -> int:
        return sum(claim.charge_cents for claim in self.claims)


def by_state(claims: Iterable[ClaimRow]) -> tuple[ClaimGroup, ...]:
    """Claims that come by state, as a worklist gives them, in their groups."""
    return tuple(ClaimGroup(state, tuple(own)) for state, own in groupby(claims, lambda each: each.state))


@query(permission="billing.view")
def counts(work: Work, *, payer_id: int | None = None) -> tuple[ClaimCount, ...]:
    """Claims by state; the paid ones of the last 30 days only."""
    wanted = select(Claim.state, func.count(), func.sum(Claim.charge_cents)).where(_is_worked(work))
    if payer_id is not None:
        wanted = wanted.where(Claim.payer_id == payer_id)
    found = {
        state: (many, cents) for state, many, cents in work.session.execute(wanted.group_by(Claim.state))
    }
    return tuple(ClaimCount(state, *map(int, found.get(state, (0, 0)))) for state in ClaimState)


@query(permission="billing.view")
def worklist(
    work: Work, *, states: tuple[ClaimState, ...], payer_id: int | None = None, limit: int = 500
) -> tuple[ClaimRow, ...]:
    """Claims in these states, the newest visit of each state first; those that `counts` counts."""
    wanted = rows().where(Claim.state.in_(states), _is_worked(work))
    if payer_id is not None:
        wanted = wanted.where(Claim.payer_id == payer_id)
    found = work.session.execute(wanted.order_by(Claim.service_on.desc(), Claim.id).limit(limit))
    found_rows = [row_of(work, *values) for values in found]
    order = {state: place for place, state in enumerate(states)}
    return tuple(sorted(found_rows, key=lambda row: order[row.state]))


def _is_worked(work: Work) -> ColumnElement[bool]:
    since = work.now - timedelta(days=PAID_DAYS)
    return (Claim.state != ClaimState.PAID) | (Claim.state_since_at >= since)


@query(permission="billing.view")
def of_patient(work: Work, *, patient_id: int) -> tuple[ClaimRow, ...]:
    """A patient's claims, the newest visit first."""
    found = work.session.execute(
        rows().where(Claim.patient_id == patient_id).order_by(Claim.service_on.desc(), Claim.id)
    )
    return tuple(row_of(work, *values) for values in found)


@query(permission="billing.view")
def find(work: Work, *, typed: str, limit: int = 20) -> tuple[ClaimRow, ...]:
    """Claims in any state, by their number or its last digits, by the payer's own number of them, or by the
    patient as the search of patients understands it; the newest first."""
    fragment = typed.strip()
    if not fragment:
        return ()
    by_number = (
        Claim.number.endswith(fragment, autoescape=True),
        Claim.number.startswith(fragment, autoescape=True),
        Claim.payer_control_number == fragment.upper(),
    )
    newest = rows().order_by(Claim.service_on.desc(), Claim.number.desc()).limit(limit)
    found = work.session.execute(newest.where(or_(*by_number))).all()
    if not found:
        patients = [line.patient_id for line in search.search(work, typed=typed, limit=limit).patients]
        found = work.session.execute(newest.where(Claim.patient_id.in_(patients))).all()
    return tuple(row_of(work, *values) for values in found)


def rows() -> Select[Claim, Patient, Payer, Plan]:
    """Claims with what a row of the list shows."""
    return (
        select(Claim, Patient, Payer, Plan)
        .join(Patient, Claim.patient_id == Patient.id)
        .join(Payer, Claim.payer_id == Payer.id)
        .join(Coverage, Claim.coverage_id == Coverage.id)
        .join(Policy, Coverage.policy_id == Policy.id)
        .join(Plan, Policy.plan_id == Plan.id)
    )


def row_of(work: Work, claim: Claim, patient: Patient, payer: Payer, plan: Plan) -> ClaimRow:
    """A claim as the list shows it."""
    return ClaimRow(
        id=claim.id,
        version=claim.version,
        number=claim.number,
        state=claim.state,
        patient_id=claim.patient_id,
        patient=last_first(patient.legal_last, patient.legal_first),
        service_on=claim.service_on,
        payer=plan_name(payer.name, plan.name),
        problem_code=claim.problem_code,
        problem=claim.problem,
        problem_count=claim.problem_count,
        charge_cents=claim.charge_cents,
        age_days=(work.today - claim.service_on).days,
    )
