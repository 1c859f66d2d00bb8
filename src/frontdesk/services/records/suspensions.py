"""Statements of agencies that a patient is not told of them for a time (45 CFR 164.528(a)(2))."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.records.disclosure import DisclosureSuspension, Ground
from frontdesk.models.records.document import Document
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.work import Work

SPOKEN_DAYS: Final = 30
"""164.528(a)(2)(ii)(C): a spoken statement holds no longer."""
MAY_SUSPEND: Final = frozenset({Ground.OVERSIGHT, Ground.LAW_ENFORCEMENT})
"""164.528(a)(2)(i): health oversight agencies and law enforcement officials."""


@dataclass(frozen=True, slots=True)
class Suspended:
    """A statement of an agency that the patient is not told for a time."""

    suspension_id: int
    version: int
    patient_id: int
    agency: str
    stated_by: str
    is_written: bool
    starts_on: date
    ends_on: date


def _ended(done: Performed) -> Undo:
    return Undo(end_suspension, suspension_id=done.result, ends_on=done.arguments["starts_on"])


@query(permission="records.view")
def suspensions(work: Work, *, patient_id: int) -> tuple[Suspended, ...]:
    """The statements of agencies about a patient, the latest first."""
    rows = work.session.scalars(
        select(DisclosureSuspension)
        .where(DisclosureSuspension.patient_id == patient_id)
        .order_by(DisclosureSuspension.ends_on.desc(), DisclosureSuspension.id)
    )
    return tuple(
        Suspended(
            row.id,
            row.version,
            row.patient_id,
            row.agency,
            row.stated_by,
            row.is_written,
            row.starts_on,
            row.ends_on,
        )
        for row in rows
    )


@command("Suspend accounting for an agency", permission="records.release", undo=_ended)
def suspend(
    work: Work,
    *,
    patient_id: int,
    agency: str,
    stated_by: str,
    is_written: bool,
    starts_on: date,
    ends_on: date,
    document_id: int | None = None,
) -> int:
    """What went to this agency is left out until the day; spoken statements hold for thirty days."""
    work.get(Patient, patient_id)
    work.concerns(patient_id)
    findings = []
    if not agency.strip():
        findings.append(Finding("Enter the agency, as it is called in its entries.", "agency"))
    if not stated_by.strip():
        findings.append(Finding("Enter the name of the official who stated it.", "stated_by"))
    if ends_on < starts_on:
        findings.append(Finding("It ends before it begins. Look at the dates again.", "ends_on"))
    elif not is_written and ends_on > starts_on + timedelta(days=SPOKEN_DAYS):
        findings.append(
            Finding(
                "Without a written statement it holds for thirty days at most. Enter an earlier day.",
                "ends_on",
            )
        )
    if document_id is not None:
        if not is_written:
            findings.append(Finding("A paper is a written statement. Mark it so.", "is_written"))
        if work.get(Document, document_id).patient_id != patient_id:
            findings.append(Finding("This document is not in the patient's chart.", "document_id"))
    refuse_if_any(findings)
    return work.add(
        DisclosureSuspension(
            patient_id=patient_id,
            agency=agency.strip(),
            stated_by=stated_by.strip(),
            is_written=is_written,
            starts_on=starts_on,
            ends_on=ends_on,
            document_id=document_id,
            recorded_at=work.now,
            recorded_by=work.actor.name,
        )
    ).id


@command(
    "End suspension of accounting",
    permission="records.release",
    undo=irreversible("Enter the agency's statement anew."),
)
def end_suspension(work: Work, *, suspension_id: int, ends_on: date, version: int | None = None) -> None:
    """The agency's reason is gone earlier than it stated."""
    row = work.get(DisclosureSuspension, suspension_id, version)
    work.concerns(row.patient_id)
    if not row.starts_on <= ends_on <= row.ends_on:
        raise Refused(
            Finding("It can end earlier than stated, not later. Enter a new statement for that.", "ends_on")
        )
    row.ends_on = ends_on
