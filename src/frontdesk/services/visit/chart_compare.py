"""Two charts side by side: everything that identifies, and how much hangs on each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from frontdesk.kernel.money import dollars
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import age_on, fold, us_date, us_phone
from frontdesk.models.records.consent import Consent
from frontdesk.models.records.document import Document, DocumentState
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.registration.payer import Payer, Plan
from frontdesk.models.registration.reach import PatientAddress, PatientContact, PatientPhone
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.billing import balances
from frontdesk.services.command import query
from frontdesk.services.registration.panel import member_id_shown
from frontdesk.services.visit.patient_panel import CALLED_OFF
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class CompareLine:
    """One thing that both charts say, or only one."""

    label: str
    one: str
    other: str
    is_same: bool
    is_weight: bool = False
    """How much hangs on a chart: says nothing about who the person is."""

    @property
    def differs(self) -> bool:
        """Both say something, and not the same."""
        return bool(self.one and self.other) and not self.is_same and not self.is_weight


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two charts, line by line."""

    one: str
    other: str
    """Names with chart numbers."""
    lines: tuple[CompareLine, ...]
    heavier_id: int
    """The chart with more in it: the one that usually stays."""


@query(permission="registration.view")
def comparison(work: Work, *, one_id: int, other_id: int) -> Comparison:
    """A constant number of statements."""
    one, other = work.get(Patient, one_id), work.get(Patient, other_id)
    sides = [_told(work, each) for each in (one, other)]
    lines = tuple(
        CompareLine(label, mine, theirs, _alike(mine, theirs), is_weight=label in _WEIGHTS)
        for (label, mine), (_, theirs) in zip(sides[0], sides[1], strict=True)
        if mine or theirs
    )
    return Comparison(
        one=f"{first_last(one.legal_first, one.legal_last)}, {one.chart_number}",
        other=f"{first_last(other.legal_first, other.legal_last)}, {other.chart_number}",
        lines=lines,
        heavier_id=max((one, other), key=lambda each: (_weight(work, each.id), -each.id)).id,
    )


_WEIGHTS = frozenset(
    {"Registered", "Visits", "Last visit", "Next visit", "Balance", "Documents", "Consents", "Status"}
)


def _told(work: Work, patient: Patient) -> list[tuple[str, str]]:
    now = work.local_now
    visits = work.session.execute(
        select(func.count(), func.max(Appointment.starts).filter(Appointment.starts <= now)).where(
            Appointment.patient_id == patient.id, Appointment.lifecycle.not_in(CALLED_OFF)
        )
    ).one()
    upcoming = work.session.scalar(
        select(func.min(Appointment.starts)).where(
            Appointment.patient_id == patient.id,
            Appointment.lifecycle.not_in(CALLED_OFF),
            Appointment.starts > now,
        )
    )
    documents = _count(
        work, Document, Document.patient_id == patient.id, Document.state == DocumentState.FILED
    )
    consents = _count(work, Consent, Consent.patient_id == patient.id)
    cents = balances.of_patient(work, patient_id=patient.id).total_cents
    status = "" if patient.status is PatientStatus.ACTIVE else patient.status.value.capitalize()
    return [
        ("Name", " ".join(filter(None, (patient.legal_first, patient.legal_middle, patient.legal_last)))),
        ("Suffix", patient.suffix),
        ("Preferred name", patient.preferred_name),
        ("Former last name", patient.former_last_name),
        ("Born", f"{us_date(patient.born_on)}, {age_on(patient.born_on, patient.died_on or work.today)}"),
        ("Sex", "" if patient.sex == "unknown" else patient.sex.value.capitalize()),
        ("Phones", "\n".join(us_phone(number) for number in _phones(work, patient.id))),
        ("Address", "\n".join(_addresses(work, patient.id))),
        ("E-mail", patient.email),
        ("Coverage", "\n".join(_coverages(work, patient.id))),
        ("Contacts", "\n".join(_contacts(work, patient.id))),
        ("Employer", patient.employer),
        ("Primary care", patient.primary_care),
        ("Language", patient.language),
        ("Status", status),
        ("Registered", us_date(work.wall(patient.registered_at).date())),
        ("Visits", str(visits[0])),
        ("Last visit", _day(visits[1])),
        ("Next visit", _day(upcoming)),
        ("Balance", dollars(cents)),
        ("Documents", str(documents)),
        ("Consents", str(consents)),
    ]


def _weight(work: Work, patient_id: int) -> int:
    return sum(
        _count(work, model, model.patient_id == patient_id) for model in (Appointment, Document, Consent)
    )


def _count(work: Work, model: type[Any], *where: Any) -> int:  # Any: a mapped class and its conditions
    return work.session.scalar(select(func.count()).select_from(model).where(*where)) or 0


def _phones(work: Work, patient_id: int) -> Sequence[str]:
    return work.session.scalars(
        select(PatientPhone.number)
        .where(PatientPhone.patient_id == patient_id, PatientPhone.ended_on.is_(None))
        .order_by(PatientPhone.rank, PatientPhone.id)
    ).all()


def _addresses(work: Work, patient_id: int) -> list[str]:
    rows = work.session.scalars(
        select(PatientAddress)
        .where(
            PatientAddress.patient_id == patient_id,
            func.coalesce(PatientAddress.valid_until, work.today) >= work.today,
        )
        .order_by(PatientAddress.kind, PatientAddress.id)
    )
    return [
        ", ".join(filter(None, (row.street, row.unit, f"{row.city}, {row.state} {row.postal_code}")))
        for row in rows
        if row.kind != "confidential"
    ]


def _coverages(work: Work, patient_id: int) -> list[str]:
    rows = work.session.execute(
        select(Payer.name, Plan.name, Policy.member_id)
        .join(Plan, Plan.payer_id == Payer.id)
        .join(Policy, Policy.plan_id == Plan.id)
        .join(Coverage, Coverage.policy_id == Policy.id)
        .where(
            Coverage.patient_id == patient_id,
            Coverage.is_active,
            func.coalesce(Coverage.effective_until, work.today) >= work.today,
        )
        .order_by(Coverage.rank, Coverage.id)
    )
    return [f"{payer} {plan}, {member_id_shown(member_id)}" for payer, plan, member_id in rows]


def _contacts(work: Work, patient_id: int) -> list[str]:
    rows = work.session.execute(
        select(PatientContact.name, PatientContact.relationship)
        .where(PatientContact.patient_id == patient_id, PatientContact.ended_on.is_(None))
        .order_by(PatientContact.id)
    )
    return [f"{name}, {relationship}" for name, relationship in rows]


def _day(at: datetime | None) -> str:
    return "" if at is None else us_date(at.date())


def _alike(one: str, other: str) -> bool:
    return fold(one) == fold(other)
