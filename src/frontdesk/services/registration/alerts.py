"""What the desk must know about a patient before it says a word."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.reach import AlertKind as AlertKind
from frontdesk.models.registration.reach import PatientAlert
from frontdesk.services.command import Performed, Undo, command
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert that holds today."""

    id: int
    kind: AlertKind
    sentence: str
    expires_on: date | None


def _add_undone(done: Performed) -> Undo:
    return Undo(end, alert_id=done.result)


@command(
    "Add desk alert",
    permission="registration.edit",
    undo=_add_undone,
)
def add(
    work: Work, *, patient_id: int, kind: AlertKind, sentence: str, expires_on: date | None = None
) -> int:
    """The new alert's id; it is shown from today to its last day."""
    work.get(Patient, patient_id)
    work.concerns(patient_id)
    findings: list[Finding] = []
    if not sentence.strip():
        findings.append(Finding("Enter what the desk must know.", "sentence"))
    if len(sentence.strip()) > 200:
        findings.append(
            Finding("The alert is longer than 200 letters. Shorten it to one sentence.", "sentence")
        )
    if expires_on is not None and expires_on < work.today:
        findings.append(Finding("The last day of the alert has passed. Choose today or later.", "expires_on"))
    refuse_if_any(findings)
    alert = PatientAlert(
        patient_id=patient_id,
        kind=kind,
        sentence=" ".join(sentence.split()),
        starts_on=work.today,
        expires_on=expires_on,
    )
    return work.add(alert).id


def _end_undone(done: Performed) -> Undo:
    return Undo(resume, alert_id=done.arguments["alert_id"])


@command(
    "End desk alert",
    permission="registration.edit",
    undo=_end_undone,
)
def end(work: Work, *, alert_id: int) -> None:
    """The alert is no longer shown."""
    alert = work.get(PatientAlert, alert_id)
    work.concerns(alert.patient_id)
    alert.ended_at = work.now


def _resume_undone(done: Performed) -> Undo:
    return Undo(end, alert_id=done.arguments["alert_id"])


@command(
    "Resume desk alert",
    permission="registration.edit",
    undo=_resume_undone,
)
def resume(work: Work, *, alert_id: int) -> None:
    """Take back that an alert ended."""
    alert = work.get(PatientAlert, alert_id)
    work.concerns(alert.patient_id)
    alert.ended_at = None


def in_force(work: Work, patient_id: int) -> tuple[Alert, ...]:
    """The alerts that hold today, the oldest first."""
    rows = work.session.scalars(
        select(PatientAlert)
        .where(
            PatientAlert.patient_id == patient_id,
            PatientAlert.ended_at.is_(None),
            PatientAlert.starts_on <= work.today,
            or_(PatientAlert.expires_on.is_(None), PatientAlert.expires_on >= work.today),
        )
        .order_by(PatientAlert.id)
    )
    return tuple(Alert(row.id, row.kind, row.sentence, row.expires_on) for row in rows)
