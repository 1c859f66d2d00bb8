"""Superbills that come back: read by the desk's scanner, or found by their bars on a scanned page."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import select

from frontdesk.formats import superbill_code
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.charges import Superbill, SuperbillState
from frontdesk.models.records.document import Document, DocumentState
from frontdesk.models.registration.patient import Patient
from frontdesk.services.billing import superbills
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.records import filing, scans, splitting
from frontdesk.services.records.filing import Category, Indexing
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class SheetFound:
    """A superbill on a page of a scan."""

    page: int
    """Of the scan, from 1."""
    superbill_id: int
    number: str
    patient_id: int
    patient: str
    chart_number: str
    service_on: date
    is_out: bool
    """Whether it is still with the patient, so that the scan brings it back."""
    sentence: str


@dataclass(frozen=True, slots=True)
class CameBack:
    """A superbill that was read at the desk."""

    superbill_id: int
    number: str
    patient_id: int
    was_out: bool


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a scan brought back: the superbills, and the pages in the charts."""

    superbill_ids: tuple[int, ...]
    document_ids: tuple[int, ...]


@query(permission="billing.view")
def found_in(work: Work, *, document_id: int) -> tuple[SheetFound, ...]:
    """The superbills whose bars a document shows, in the order of its pages."""
    document = work.get(Document, document_id)
    numbers = {
        number: page.page
        for page in reversed(scans.codes_by_page(work, document))
        for text in page.texts
        if (number := superbill_code.read(text)) is not None
    }
    found = work.session.execute(
        select(Superbill, Patient)
        .join(Patient, Superbill.patient_id == Patient.id)
        .where(Superbill.number.in_(sorted(numbers)))
    )
    sheets = [_sheet(bill, patient, numbers[bill.number]) for bill, patient in found]
    return tuple(sorted(sheets, key=lambda each: (each.page, each.number)))


@command(
    "Take scanned superbill in",
    permission="billing.enter_charges",
    undo=irreversible("The page is taken out of the chart in Records; the superbill stays returned."),
)
def take_in(work: Work, *, document_id: int, version: int | None = None) -> TakenIn:
    """Mark each superbill on a scan as returned and file its pages in its patient's chart.

    A stack scanned at once is cut before each superbill; pages without bars go with the one before.
    """
    work.require("records.file")
    document = work.get(Document, document_id, version)
    if document.state is not DocumentState.TO_FILE:
        raise Refused(Finding("This document does not wait to be filed any more."))
    sheets = found_in(work, document_id=document_id)
    if not sheets:
        raise Refused(Finding("No page of this document bears the bars of a superbill. Look at it again."))
    if any(first.page == after.page for first, after in pairwise(sheets)):
        raise Refused(Finding("Two superbills lie on one page. Scan them one by one."))
    parts: tuple[int, ...] = (document_id,)
    if len(sheets) > 1:
        starts = tuple(sheet.page for sheet in sheets[1:])
        parts = splitting.split_at(work, document_id=document_id, starts=starts).part_ids
    for sheet, part_id in zip(sheets, parts, strict=True):
        _file(work, sheet, part_id)
        if sheet.is_out:
            superbills.take_back(work, superbill_id=sheet.superbill_id)
    return TakenIn(tuple(sheet.superbill_id for sheet in sheets), parts)


@command(
    "Read superbill at the desk",
    permission="billing.enter_charges",
    undo=irreversible("A superbill that came back lies at the desk; reopen it with a reason."),
)
def read_at_desk(work: Work, *, typed: str) -> CameBack:
    """The sheet whose bars the scanner read, or whose number was typed: it is back, if it was out."""
    number = superbill_code.typed(typed)
    bill = work.session.scalar(select(Superbill).where(Superbill.number == number)) if number else None
    if bill is None:
        raise Refused(Finding("There is no superbill of this number. Look at it again.", "number"))
    work.concerns(bill.patient_id)
    was_out = bill.state is SuperbillState.ISSUED
    if was_out:
        superbills.take_back(work, superbill_id=bill.id)
    return CameBack(bill.id, superbill_code.written(bill.number), bill.patient_id, was_out)


def _file(work: Work, sheet: SheetFound, document_id: int) -> None:
    document = work.get(Document, document_id)
    if document.patient_id not in (None, sheet.patient_id):
        document.patient_id = None  # a guess that the bars correct
    title = f"Superbill {sheet.number}"
    indexing = Indexing(Category.VISIT_NOTE, title, sheet.service_on, document.source)
    filing.file(work, document_id=document_id, patient_id=sheet.patient_id, indexing=indexing)


def _sheet(bill: Superbill, patient: Patient, page: int) -> SheetFound:
    number, name = superbill_code.written(bill.number), last_first(patient.legal_last, patient.legal_first)
    is_out = bill.state is SuperbillState.ISSUED
    state = "it is back with this page" if is_out else f"it is {bill.state.value} already"
    return SheetFound(
        page=page,
        superbill_id=bill.id,
        number=number,
        patient_id=patient.id,
        patient=name,
        chart_number=patient.chart_number,
        service_on=bill.service_on,
        is_out=is_out,
        sentence=f"Superbill {number} of {name}, visit of {us_date(bill.service_on)}: {state}.",
    )
