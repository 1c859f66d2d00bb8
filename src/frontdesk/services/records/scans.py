"""The codes on scanned pages, and which printed forms they belong to."""

import threading
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import BinaryIO, cast

from sqlalchemy import select

from frontdesk.formats import consent_code, page_codes, superbill_code
from frontdesk.formats.consent_code import SheetCode
from frontdesk.formats.page_codes import PageCodes, Unreadable
from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import us_date
from frontdesk.models.records.consent import Consent, ConsentForm, ConsentPrint
from frontdesk.models.records.content import MediaType
from frontdesk.models.records.document import Document
from frontdesk.models.registration.patient import Patient
from frontdesk.services.records import content, forms
from frontdesk.services.records.chunk_file import ChunkFile
from frontdesk.services.records.signers import needs_representative
from frontdesk.services.work import Work

_DRAWN = frozenset({MediaType.PDF.value, MediaType.PNG.value, MediaType.JPEG.value, MediaType.TIFF.value})


class Verdict(StrEnum):
    """What a code turned out to be."""

    OURS = "ours"
    RECORDED = "recorded"
    """Ours, and its signature is on record already."""
    UNKNOWN = "unknown"
    """It looks like ours, but no such sheet was printed here."""
    FOREIGN = "foreign"
    """Somebody else's code: a package, a pharmacy label."""
    UNREADABLE = "unreadable"
    """The file cannot be drawn, so no code can be looked for."""


@dataclass(frozen=True, slots=True)
class PageFound:
    """A page with a code, and what it belongs to."""

    page: int
    """Of the scan, from 1."""
    verdict: Verdict
    sentence: str
    print_id: int | None = None
    sheet_page: int = 0
    sheet_pages: int = 0
    patient_id: int | None = None
    patient_name: str = ""
    chart_number: str = ""
    form_id: int | None = None
    title: str = ""
    needs_guardian: bool = False
    needs_witness: bool = False


def pages_found(work: Work, document: Document) -> tuple[PageFound, ...]:
    """Each page of a document that bears a code, in order; what is plain text bears none."""
    if document.media_type not in _DRAWN:
        return ()
    try:
        pages = _codes(work, document)
    except Unreadable:
        return (PageFound(1, Verdict.UNREADABLE, "This file cannot be drawn, so no code was looked for."),)
    found = []
    for page in pages:
        read = [(text, consent_code.read(text)) for text in page.texts]
        ours = [code for _, code in read if code is not None]
        found += [said_of(work, code, page=page.page) for code in ours]
        is_superbill = any(superbill_code.read(text) is not None for text in page.texts)
        if not ours and read and not is_superbill:
            found.append(
                PageFound(
                    page.page,
                    Verdict.FOREIGN,
                    f"Page {page.page} bears a code that is not one of this office's forms.",
                )
            )
    return _with_missing_pages(tuple(found))


def codes_by_page(work: Work, document: Document) -> tuple[PageCodes, ...]:
    """What the codes on each page say; empty where the document cannot be drawn."""
    if document.media_type not in _DRAWN:
        return ()
    try:
        return _codes(work, document)
    except Unreadable:
        return ()


def texts_of(work: Work, document: Document) -> tuple[str, ...]:
    """What all codes on a document say, whoever printed them; empty where it cannot be drawn."""
    return tuple(text for page in codes_by_page(work, document) for text in page.texts)


def said_of(work: Work, code: SheetCode, *, page: int) -> PageFound:
    """What a code of ours belongs to."""
    row = work.session.execute(
        select(ConsentPrint, ConsentForm, Patient)
        .join(ConsentForm, ConsentForm.id == ConsentPrint.form_id)
        .join(Patient, Patient.id == ConsentPrint.patient_id)
        .where(ConsentPrint.id == code.print_id)
    ).one_or_none()
    if row is None:
        return PageFound(
            page,
            Verdict.UNKNOWN,
            f"Page {page} bears the code of a form that was not printed here. "
            "It may be another office's, or from before the data were restored.",
        )
    sheet, form, patient = row
    answered_on = work.session.scalar(select(Consent.answered_on).where(Consent.print_id == sheet.id))
    name = last_first(patient.legal_last, patient.legal_first)
    if answered_on is not None:
        verdict = Verdict.RECORDED
        sentence = f"“{form.title}” of {name}: recorded already, signed on {us_date(answered_on)}."
    else:
        verdict, sentence = Verdict.OURS, f"“{form.title}” of {name}, chart {patient.chart_number}."
        newer = [
            face
            for face in forms.current_forms(work)
            if face.key == form.key and form.edition < face.asks_since
        ]
        if newer:
            sentence += " There is a new edition since: it will have to be signed again."
    return PageFound(
        page,
        verdict,
        sentence,
        print_id=sheet.id,
        sheet_page=code.page,
        sheet_pages=code.pages,
        patient_id=patient.id,
        patient_name=name,
        chart_number=patient.chart_number,
        form_id=form.id,
        title=form.title,
        needs_guardian=needs_representative(patient, form, work.today),
        needs_witness=form.needs_witness,
    )


def _with_missing_pages(found: tuple[PageFound, ...]) -> tuple[PageFound, ...]:
    """Says so where not every page of a sheet is in the scan."""
    there: dict[int, set[int]] = {}
    for each in found:
        if each.print_id is not None:
            there.setdefault(each.print_id, set()).add(each.sheet_page)
    said: set[int] = set()
    complete = []
    for each in found:
        missing = set(range(1, each.sheet_pages + 1)) - there.get(each.print_id or 0, set())
        if each.print_id is not None and missing and each.print_id not in said:
            said.add(each.print_id)
            which = ", ".join(str(number) for number in sorted(missing))
            word = "Page" if len(missing) == 1 else "Pages"
            sentence = f"{each.sentence} {word} {which} of {each.sheet_pages} not in the scan."
            complete.append(replace(each, sentence=sentence))
        else:
            complete.append(each)
    return tuple(complete)


def _codes(work: Work, document: Document) -> tuple[PageCodes, ...]:
    """Looked for once: the same bytes bear the same codes."""
    with _looking:  # of two who ask for the same scan one looks, and the other has the answer too
        known = _seen.get(document.sha256)
        if known is None:
            file = cast("BinaryIO", ChunkFile(content.opened(work.session, document.sha256)))
            known = page_codes.codes_of(file, is_pdf=document.media_type == MediaType.PDF.value)
            if len(_seen) >= _MOST_SEEN:
                _seen.clear()
            _seen[document.sha256] = known
        return known


_looking = threading.Lock()
_MOST_SEEN = 200
_seen: dict[str, tuple[PageCodes, ...]] = {}
