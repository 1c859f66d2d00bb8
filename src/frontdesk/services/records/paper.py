"""Consent forms on paper: printed with a code, handed out, and found again when they are scanned."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from frontdesk.formats import consent_code
from frontdesk.formats.pdf.blank_consent import blank_consents_pdf
from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.records.consent import Consent, ConsentForm, ConsentPrint
from frontdesk.models.records.document import Document, DocumentState
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.records import answering, consents, filing, scans, sheets
from frontdesk.services.records.filing import Category, Indexing
from frontdesk.services.records.scans import PageFound
from frontdesk.services.records.signers import Representative
from frontdesk.services.work import Work

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """A form for a patient."""

    patient_id: int
    form_id: int


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet that was printed and has not come back."""

    print_id: int
    patient_id: int
    form_id: int
    key: str
    printed_at: datetime
    """The office's wall time."""
    is_handed_out: bool


@command(
    "Print consent forms",
    permission="records.take_consent",
    undo=irreversible("The paper has left the printer. What is not signed is thrown away."),
)
def print_forms(work: Work, *, wanted: tuple[Wanted, ...]) -> tuple[int, ...]:
    """Note each sheet that is about to be printed; their ids, which the sheets' codes carry."""
    if not wanted:
        raise Refused(Finding("Choose at least one form to print."))
    if len(wanted) > MOST_AT_ONCE:
        raise Refused(
            Finding(f"These are {len(wanted)} forms. Print at most {MOST_AT_ONCE} at once, then the rest.")
        )
    findings: list[Finding] = []
    made = []
    for each in wanted:
        work.get(Patient, each.patient_id)
        findings += answering.in_force(work, work.get(ConsentForm, each.form_id), work.today)
        work.concerns(each.patient_id)
        made.append(
            work.add(
                ConsentPrint(
                    patient_id=each.patient_id,
                    form_id=each.form_id,
                    printed_at=work.now,
                    printed_by_id=work.actor.user_id,
                )
            ).id
        )
    refuse_if_any(list(dict.fromkeys(findings)))
    return tuple(made)


@query(permission="records.view")
def printed_pdf(work: Work, *, print_ids: tuple[int, ...]) -> bytes:
    """The sheets in one PDF, in that order, each page with its code."""
    found = sheets.blank_sheets(work, print_ids)
    if not found:
        raise Refused(Finding("These sheets are no longer there. Print the forms again."))
    return blank_consents_pdf(sheets.sender(work), found)


def _taken_back(done: Performed) -> Undo:
    return Undo(not_handed_out, print_ids=done.result)


def _handed_out_again(done: Performed) -> Undo:
    return Undo(mark_handed_out, print_ids=done.result)


@command("Mark forms as handed out", permission="records.take_consent", undo=_taken_back)
def mark_handed_out(work: Work, *, print_ids: tuple[int, ...]) -> tuple[int, ...]:
    """The patient, or who came with them, has the paper; those that were not handed out before."""
    marked = []
    for print_id in print_ids:
        sheet = work.get(ConsentPrint, print_id)
        work.concerns(sheet.patient_id)
        if sheet.handed_out_at is None:
            sheet.handed_out_at = work.now
            sheet.handed_out_by_id = work.actor.user_id
            marked.append(print_id)
    if not marked:
        raise Refused(Finding("These forms were handed out already."))
    return tuple(marked)


@command("Take back handed-out forms", permission="records.take_consent", undo=_handed_out_again)
def not_handed_out(work: Work, *, print_ids: tuple[int, ...]) -> tuple[int, ...]:
    """They were not handed out after all."""
    for print_id in print_ids:
        sheet = work.get(ConsentPrint, print_id)
        work.concerns(sheet.patient_id)
        sheet.handed_out_at = sheet.handed_out_by_id = None
    return print_ids


@query(permission="records.view")
def found_in(work: Work, *, document_id: int) -> tuple[PageFound, ...]:
    """What the codes on a document's pages say; a page without one is left out."""
    return scans.pages_found(work, work.get(Document, document_id))


@query(permission="records.view")
def found_by_code(work: Work, *, code: str) -> PageFound:
    """What a code says that was typed from the paper, or read by a scanner at the desk."""
    read = consent_code.read(code)
    if read is None:
        raise Refused(
            Finding(
                "This is not the code of a form of this office, or a letter is wrong. Look at it again.",
                "code",
            )
        )
    return scans.said_of(work, read, page=read.page)


@command(
    "Record scanned consent",
    permission="records.take_consent",
    undo=irreversible("A signature stays on record. Revoke the consent, with the patient's reason."),
)
def record_scanned(
    work: Work,
    *,
    document_id: int,
    print_id: int,
    signed_on: date,
    representative: Representative | None = None,
    witness_name: str = "",
    note: str = "",
    version: int | None = None,
) -> int:
    """Record the paper signature that a scan shows, and file the scan where it holds nothing else.

    A scan with other pages too stays in the tray, on this patient's name, for somebody to look through.
    """
    document = work.get(Document, document_id, version)
    sheet = work.get(ConsentPrint, print_id)
    found = scans.pages_found(work, document)
    if print_id not in {page.print_id for page in found}:
        raise Refused(Finding("No page of this document bears the code of this form. Look at it again."))
    if document.state is DocumentState.WITHDRAWN:
        raise Refused(Finding("This document was withdrawn. Restore it first."))
    if document.patient_id not in (None, sheet.patient_id):
        if document.state is DocumentState.FILED:
            raise Refused(Finding("This sheet lies in another patient's chart. Move it first."))
        document.patient_id = None  # a guess that the code corrects
    others = {page.patient_id for page in found if page.patient_id is not None} - {sheet.patient_id}
    if others:
        raise Refused(
            Finding(
                "This scan holds forms of several patients. Split it first, so that each chart gets its own."
            )
        )
    consent_id = consents.sign_on_paper(
        work,
        patient_id=sheet.patient_id,
        form_id=sheet.form_id,
        signed_on=signed_on,
        representative=representative,
        document_id=document_id,
        print_id=print_id,
        witness_name=witness_name,
        note=note,
    )
    if document.state is DocumentState.TO_FILE:
        form = work.get(ConsentForm, sheet.form_id)
        if {page.page for page in found if page.print_id} >= set(range(1, (document.pages or 1) + 1)):
            titles = {page.title for page in found}
            title = form.title if len(titles) == 1 else "Signed forms"
            indexing = Indexing(Category.CONSENT, title, signed_on, document.source)
            filing.file(work, document_id=document_id, patient_id=sheet.patient_id, indexing=indexing)
        else:
            document.patient_id = sheet.patient_id
    return consent_id


@query(permission="records.view")
def out(work: Work, *, patient_ids: tuple[int, ...]) -> tuple[Printed, ...]:
    """The sheets of these patients that were printed and have not come back, newest first."""
    return outstanding(work, patient_ids)


def outstanding(work: Work, patient_ids: tuple[int, ...]) -> tuple[Printed, ...]:
    """The same within a service; one statement."""
    rows = work.session.execute(
        select(
            ConsentPrint.id,
            ConsentPrint.patient_id,
            ConsentPrint.form_id,
            ConsentForm.key,
            ConsentPrint.printed_at,
            ConsentPrint.handed_out_at,
        )
        .join(ConsentForm, ConsentForm.id == ConsentPrint.form_id)
        .outerjoin(Consent, Consent.print_id == ConsentPrint.id)
        .where(ConsentPrint.patient_id.in_(patient_ids), Consent.id.is_(None))
        .order_by(ConsentPrint.printed_at.desc(), ConsentPrint.id.desc())
    )
    return tuple(
        Printed(id, patient_id, form_id, key, work.wall(printed_at), handed_out_at is not None)
        for id, patient_id, form_id, key, printed_at, handed_out_at in rows
    )
