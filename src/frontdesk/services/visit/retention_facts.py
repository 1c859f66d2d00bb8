"""What the rules of retention ask about patients, in three statements for any number of them."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import Select, and_, exists, func, select

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


def quiet_since(day: date) -> Select[int]:
    """The patients of whom nothing was filed after a day, and who did not come after it."""
    since = datetime.combine(day, time.max)
    filed = exists().where(
        Document.patient_id == Patient.id, Document.document_on > day, Document.state.in_(_IN_CHART)
    )
    came = exists().where(
        Appointment.patient_id == Patient.id, Appointment.starts > since, Appointment.lifecycle.in_(_COMES)
    )
    return select(Patient.id).where(~filed, ~came)


def facts(work: Work, patients: Select[*tuple[Any, ...]]) -> dict[int, PatientFacts]:  # Any: ids
    """What the triggers ask about these patients, in three statements."""
    session = work.session
    adult = adult_at(session.scalar(select(Practice.state)) or "")
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
            last_contact_on=_later(filed_on, came_at),
            has_coverage=patient_id in covered,
            coverage_until=covered.get(patient_id),
            adult_at=adult,
        )
        for patient_id, born_on, died_on, filed_on, came_at in session.execute(
            select(Patient.id, Patient.born_on, Patient.died_on, _FILED_ON, _CAME_AT).where(
                Patient.id.in_(patients)
            )
        )
    }


def _later(filed_on: date | None, came_at: datetime | None) -> date | None:
    came_on = None if came_at is None else came_at.date()
    return max(filter(None, (filed_on, came_on)), default=None)


_FILED_ON: Final = (
    select(func.max(Document.document_on))
    .where(Document.patient_id == Patient.id, Document.state.in_(_IN_CHART))
    .scalar_subquery()
)
_CAME_AT: Final = (
    select(func.max(Appointment.starts))
    .where(Appointment.patient_id == Patient.id, Appointment.lifecycle.in_(_COMES))
    .scalar_subquery()
)
