"""What of a patient's data was confirmed with the patient, when, and what changed since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from sqlalchemy import func, select

from frontdesk.kernel.text import us_date, us_phone
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.review import DemographicsReview, Section
from frontdesk.models.security.audit import AuditEntry, AuditPatient
from frontdesk.services.audit import Intent, RowChange
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.registration import merged
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_demographics_review", "A review stays on record. Review the section again.")

_IDENTITY = {
    "legal_first": "Legal first name",
    "legal_middle": "Middle name",
    "legal_last": "Legal last name",
    "suffix": "Suffix",
    "preferred_name": "Name used",
    "former_last_name": "Former last name",
    "born_on": "Birth date",
    "sex": "Sex",
}
_DETAILS = {
    "gender_identity": "Gender identity",
    "pronouns": "Pronouns",
    "language": "Language",
    "interpreter_needed": "Interpreter",
    "race": "Race",
    "ethnicity": "Ethnicity",
    "marital_status": "Marital status",
    "email": "E-mail",
    "reminder_way": "Reminders by",
    "employer": "Employer",
    "pharmacy": "Pharmacy",
    "primary_care": "Primary care",
}
_ADDRESS = {"street": "Street", "unit": "Unit", "city": "City", "state": "State", "postal_code": "ZIP"}
_PHONE = {"number": "Phone", "text_ok": "Text OK", "voicemail_ok": "Voicemail OK", "ended_on": "Phone ended"}
_CONTACT = {
    "name": "Contact",
    "relationship": "Relationship",
    "phone": "Contact's phone",
    "may_discuss": "May be told",
    "ended_on": "Contact ended",
}
_COVERAGE = {"rank": "Place", "effective_from": "Covered from", "effective_until": "Covered to"}
_POLICY = {"member_id": "Member ID", "group_number": "Group"}

_TABLES: Mapping[str, tuple[tuple[Section, Mapping[str, str]], ...]] = {
    "patient": ((Section.IDENTITY, _IDENTITY), (Section.DETAILS, _DETAILS)),
    "patient_address": ((Section.ADDRESS, _ADDRESS),),
    "patient_phone": ((Section.PHONES, _PHONE),),
    "patient_contact": ((Section.CONTACTS, _CONTACT),),
    "coverage": ((Section.COVERAGE, _COVERAGE),),
    "policy": ((Section.COVERAGE, _POLICY),),
}


@dataclass(frozen=True, slots=True)
class Review:
    """The last confirmation of a section, on the office's clock; None where there was none."""

    section: Section
    at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was; `before` or `after` is empty where there was or is nothing."""

    section: Section
    what: str
    before: str
    after: str
    at: datetime
    by: str


@command(
    "Mark as reviewed",
    permission="registration.edit",
    undo=irreversible("A review stays on record. Change what is wrong and review again."),
)
def mark_reviewed(work: Work, *, patient_id: int, sections: tuple[Section, ...]) -> None:
    """Write that these sections were confirmed with the patient now."""
    work.get(Patient, patient_id)
    work.concerns(patient_id)
    for section in sections:
        work.add(
            DemographicsReview(
                patient_id=patient_id,
                section=section,
                reviewed_at=work.now,
                reviewed_by=work.actor.name,
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
    found: list[Change] = []
    for entry in entries:
        meant = msgspec.json.decode(entry.intent, type=Intent)
        for change in msgspec.json.decode(entry.changes, type=tuple[RowChange, ...]):
            found += _changes(work, meant, change, patient_id)
    return tuple(found)


def _changes(work: Work, meant: Intent, change: RowChange, patient_id: int) -> list[Change]:
    if change.table == "patient" and change.id != patient_id:
        return []
    at, by = work.wall(meant.at), meant.name
    changes: list[Change] = []
    for section, columns in _TABLES.get(change.table, ()):
        for column, words in columns.items():
            if column not in change.values:
                continue
            value = change.values[column]
            old, new = value if change.act == "update" else (None, value)
            if change.act == "delete":
                old, new = value, None
            before, after = _said(column, old), _said(column, new)
            if before != after:
                changes.append(Change(section, words, before, after, at, by))
    return changes


def _said(column: str, value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column.endswith("_on") or column in ("effective_from", "effective_until"):
        return us_date(date.fromisoformat(str(value)))
    return us_phone(str(value)) if column in ("number", "phone") else str(value)
