"""Who pays for a visit: the coverage chosen for it, or the patient's own in their order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.payer import Payer, Plan
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.models.schedule.visit_coverage import VisitCoverage
from frontdesk.services.command import Performed, Undo, command, query
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


def _chosen_before(done: Performed) -> Undo:
    return Undo(choose, appointment_id=done.arguments["appointment_id"], coverage_id=done.result)


@command("Choose coverage of visit", permission="registration.coverage", undo=_chosen_before)
def choose(work: Work, *, appointment_id: int, coverage_id: int | None) -> int | None:
    """What pays first for this visit; None: the patient's first coverage. Gives back the former choice."""
    visit = work.get(Appointment, appointment_id)
    work.concerns(visit.patient_id)
    if coverage_id is not None:
        row = work.get(Coverage, coverage_id)
        on = visit.starts.date()
        if row.patient_id != visit.patient_id:
            raise Refused(Finding("This coverage is another patient's. Choose one of this patient."))
        if (
            not row.is_active
            or on < row.effective_from
            or (row.effective_until is not None and on > row.effective_until)
        ):
            raise Refused(
                Finding("This coverage does not hold on the day of the visit. Choose another.", "coverage_id")
            )
    before = chosen(work, appointment_id)
    known = work.session.scalar(select(VisitCoverage).where(VisitCoverage.appointment_id == appointment_id))
    if known is not None:
        known.coverage_id = coverage_id
    elif coverage_id is not None:
        work.add(VisitCoverage(appointment_id=appointment_id, coverage_id=coverage_id, units=1))
    return before


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
    asked = (
        select(VisitCoverage.appointment_id)
        .join(Coverage, Coverage.id == VisitCoverage.coverage_id)
        .where(VisitCoverage.appointment_id.in_(appointment_ids), Coverage.case_number != "")
    )
    return set(work.session.scalars(asked))


def chosen(work: Work, appointment_id: int) -> int | None:
    """The coverage chosen for a visit, if one was."""
    return work.session.scalar(
        select(VisitCoverage.coverage_id).where(VisitCoverage.appointment_id == appointment_id)
    )
