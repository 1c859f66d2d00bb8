"""What the rules of retention ask about patients, in four statements for any number of them."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import Select, and_, func, select

from frontdesk.models.office.practice import Practice
from frontdesk.models.records.document import Document, DocumentState
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer, PayerKind, Plan
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.services.records.retention_engine import PatientFacts, adult_at
from frontdesk.services.work import Work

_COMES: Final = (
    Lifecycle.HELD,
    Lifecycle.BOOKED,
    Lifecycle.ARRIVED,
    Lifecycle.IN_PROGRESS,
    Lifecycle.COMPLETED,
)
"""A visit that was, or that is to come: the patient is one of the office's."""
_IN_CHART: Final = (DocumentState.FILED, DocumentState.DISPOSED)


def facts_of(work: Work, patient_ids: Collection[int]) -> dict[int, PatientFacts]:
    """What the triggers ask about single patients."""
    return facts(work, select(Patient.id).where(Patient.id.in_(sorted(set(patient_ids)))))


def quiet_since(day: date) -> Select[int | None]:
    """The patients of whom nothing was filed after a day, and who did not come after it."""
    since = datetime.combine(day, time.max)
    came = select(Appointment.patient_id).where(Appointment.starts > since, Appointment.lifecycle.in_(_COMES))
    wanted: Select[int | None] = (
        select(Document.patient_id)
        .where(Document.patient_id.is_not(None), Document.state.in_(_IN_CHART))
        .where(Document.patient_id.not_in(came))
        .group_by(Document.patient_id)
        .having(func.max(Document.document_on) <= day)
    )
    return wanted


def facts(work: Work, patients: Select[*tuple[Any, ...]]) -> dict[int, PatientFacts]:  # Any: ids
    """What the triggers ask about these patients, in four statements."""
    session = work.session
    adult = adult_at(session.scalar(select(Practice.state)) or "")
    newest = session.execute(
        select(Document.patient_id, func.max(Document.document_on))
        .where(
            Document.patient_id.in_(patients),
            Document.state.in_(_IN_CHART),
        )
        .group_by(Document.patient_id)
    )
    last = {patient_id: dated_on for patient_id, dated_on in newest if patient_id and dated_on}
    for patient_id, starts in session.execute(
        select(Appointment.patient_id, func.max(Appointment.starts))
        .where(Appointment.patient_id.in_(patients), Appointment.lifecycle.in_(_COMES))
        .group_by(Appointment.patient_id)
    ):
        last[patient_id] = max(last.get(patient_id, date.min), starts.date())
    covered: dict[int, date | None] = {}
    for patient_id, until, open_ended in session.execute(
        select(
            Coverage.patient_id,
            func.max(Coverage.effective_until),
            func.count() - func.count(Coverage.effective_until),
        )
        .join(Policy, Policy.id == Coverage.policy_id)
        .join(Plan, Plan.id == Policy.plan_id)
        .join(Payer, Payer.id == Plan.payer_id)
        .where(
            Coverage.patient_id.in_(patients),
            and_(Coverage.is_active, Payer.kind == PayerKind.MEDICARE),
        )
        .group_by(Coverage.patient_id)
    ):
        covered[patient_id] = None if open_ended else until
    return {
        patient_id: PatientFacts(
            born_on=born_on,
            died_on=died_on,
            last_contact_on=last.get(patient_id),
            has_coverage=patient_id in covered,
            coverage_until=covered.get(patient_id),
            adult_at=adult,
        )
        for patient_id, born_on, died_on in session.execute(
            select(Patient.id, Patient.born_on, Patient.died_on).where(Patient.id.in_(patients))
        )
    }
