"""Who pays for a visit: the coverage chosen for it, or the patient's own in their order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.payer import Payer, Plan
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.models.schedule.visit_coverage import VisitCoverage
from frontdesk.services.command import query
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.registration import coverages
from frontdesk.services.registration.coverages import CoverageLine
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class VisitPayer:
    """Who is to be asked about a visit."""

    coverage_id: int
    plan: str
    phone: str


@query(permission="registration.view")
def covering(work: Work, *, appointment_id: int) -> tuple[CoverageLine, ...]:
    """What pays for a visit, in the order of payment."""
    visit = work.get(Appointment, appointment_id)
    return lines_of(work, visit)


def lines_of(work: Work, visit: Appointment) -> tuple[CoverageLine, ...]:
    """The same for a visit at hand: the chosen coverage first, then what stands beside it."""
    on = visit.starts.date()
    first = chosen(work, visit.id)
    if first is None:
        return coverages.in_force(work, visit.patient_id, on)
    case = work.get(Coverage, first).case_number
    lines = coverages.in_force(work, visit.patient_id, on, case=case)
    return tuple(sorted(lines, key=lambda line: line.id != first))


def of_visits(work: Work, visits: Mapping[int, tuple[int, date]]) -> dict[int, VisitPayer]:
    """The first payer of each visit (patient and day by visit), in two statements."""
    if not visits:
        return {}
    asked = select(VisitCoverage.appointment_id, VisitCoverage.coverage_id).where(
        VisitCoverage.appointment_id.in_(sorted(visits)), VisitCoverage.coverage_id.is_not(None)
    )
    wanted_of: dict[int, int | None] = dict(work.session.execute(asked).all())
    rows = work.session.execute(
        select(Coverage, Plan.name, Payer.name, Payer.phone)
        .join(Policy, Policy.id == Coverage.policy_id)
        .join(Plan, Plan.id == Policy.plan_id)
        .join(Payer, Payer.id == Plan.payer_id)
        .where(
            Coverage.patient_id.in_(sorted({patient_id for patient_id, _ in visits.values()})),
            Coverage.is_active,
        )
        .order_by(Coverage.rank, Coverage.id)
    ).all()
    found = {}
    for appointment_id, (patient_id, on) in visits.items():
        for coverage, plan, payer, phone in rows:
            wanted = wanted_of.get(appointment_id)
            is_meant = coverage.id == wanted if wanted is not None else not coverage.case_number
            holds = coverage.effective_from <= on <= (coverage.effective_until or on)
            if coverage.patient_id == patient_id and is_meant and holds:
                found[appointment_id] = VisitPayer(coverage.id, coverages.plan_name(payer, plan), phone)
                break
    return found


def of_cases(work: Work, appointment_ids: Sequence[int]) -> set[int]:
    """Those of these visits that an injury's policy pays for; one statement."""
    return {visit_id for (visit_id,) in _OF_CASES.rows(work.session, {"visits": appointment_ids})}


_OF_CASES: Final = Prepared(
    select(VisitCoverage.appointment_id)
    .join(Coverage, Coverage.id == VisitCoverage.coverage_id)
    .where(among(VisitCoverage.appointment_id, "visits"), Coverage.case_number != "")
)


def chosen(work: Work, appointment_id: int) -> int | None:
    """The coverage chosen for a visit, if one was."""
    return work.session.scalar(
        select(VisitCoverage.coverage_id).where(VisitCoverage.appointment_id == appointment_id)
    )
