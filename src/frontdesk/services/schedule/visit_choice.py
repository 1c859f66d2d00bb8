"""Choosing who pays for one visit: the policy of an injury, or another of the patient's coverages."""

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.registration.coverage import Coverage
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.models.schedule.visit_coverage import VisitCoverage
from frontdesk.services.command import Performed, Undo, command
from frontdesk.services.schedule import visit_authorizations, visit_payers
from frontdesk.services.work import Work


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
    before = visit_payers.chosen(work, appointment_id)
    known = work.session.scalar(select(VisitCoverage).where(VisitCoverage.appointment_id == appointment_id))
    if known is not None:
        known.coverage_id = coverage_id
    elif coverage_id is not None:
        work.add(VisitCoverage(appointment_id=appointment_id, coverage_id=coverage_id, units=1))
    work.flush()
    visit_authorizations.settle(work, visit)
    return before
