"""What of a patient's data was confirmed with the patient, when, and what changed since."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.review import DemographicsReview
from frontdesk.models.registration.review import Section as Section
from frontdesk.models.security.audit import AuditEntry, AuditPatient
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.registration import merged
from frontdesk.services.registration.change_words import Change as Change
from frontdesk.services.registration.change_words import read_entry, rows_of, told
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_demographics_review", "A review stays on record. Review the section again.")


@dataclass(frozen=True, slots=True)
class Review:
    """The last confirmation of a section, on the office's clock; None where there was none."""

    section: Section
    at: datetime | None
    by: str


@command(
    "Mark as reviewed",
    permission="registration.edit",
    undo=irreversible("A review stays on record. Change what is wrong and review again."),
)
def mark_reviewed(
    work: Work, *, patient_id: int, sections: tuple[Section, ...], appointment_id: int | None = None
) -> None:
    """Write that these sections were confirmed with the patient now, at this visit where there is one."""
    work.get(Patient, patient_id)
    work.concerns(patient_id)
    for section in sections:
        work.add(
            DemographicsReview(
                patient_id=patient_id,
                section=section,
                reviewed_at=work.now,
                reviewed_by=work.actor.name,
                appointment_id=appointment_id,
            )
        )


@query(permission="registration.view")
def reviews(work: Work, *, patient_id: int) -> tuple[Review, ...]:
    """Each section with its last confirmation."""
    newest = (
        select(
            DemographicsReview.id,
            func.row_number()
            .over(
                partition_by=DemographicsReview.section,
                order_by=(DemographicsReview.reviewed_at.desc(), DemographicsReview.id.desc()),
            )
            .label("place"),
        )
        .where(DemographicsReview.patient_id == patient_id)
        .subquery()
    )
    rows = work.session.scalars(
        select(DemographicsReview)
        .join(newest, newest.c.id == DemographicsReview.id)
        .where(newest.c.place == 1)
    )
    last = {row.section: row for row in rows}
    return tuple(
        Review(section, work.wall(last[section].reviewed_at), last[section].reviewed_by)
        if section in last
        else Review(section, None, "")
        for section in Section
    )


@query(permission="registration.view")
def changes_since(work: Work, *, patient_id: int, since: datetime) -> tuple[Change, ...]:
    """What changed after an office time, from the audit log, the newest first."""
    entries = work.session.scalars(
        select(AuditEntry)
        .join(AuditPatient, AuditPatient.entry_id == AuditEntry.id)
        .where(
            AuditPatient.patient_id.in_(merged.charts_of(work, patient_id)),
            AuditEntry.at > work.instant(since),
        )
        .order_by(AuditEntry.at.desc(), AuditEntry.position.desc())
    )
    log = [read_entry(work, entry) for entry in entries]
    kept = rows_of(work, log)
    found = tuple(change for entry in log for change in told(work, entry, patient_id))
    # Until here: the session forgets rows that nobody holds, and would ask for them one by one.
    del kept
    return found
