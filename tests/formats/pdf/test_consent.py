"""The sheet of a signed consent."""

import io
from dataclasses import replace

from pypdf import PdfReader

from frontdesk.formats.pdf.consent import ConsentSheet, consent_pdf
from frontdesk.services.records.forms import shipped_forms
from tests.builders.records import STROKES
from tests.formats.pdf.test_letterhead import PRACTICE

SHEET = ConsentSheet(
    sender=PRACTICE,
    title="Consent to treat",
    text="I agree.\n\n## What this means\n\n- I may ask.\n- I may refuse.",
    patient_name="Danielle Foster",
    chart_number="HP-01042",
    born_on="06/14/1982",
    signer="Danielle Foster",
    answered="Signed on the screen on 03/17/2026 at 10:42 AM.",
    note="",
    strokes=STROKES,
    seal="ab" * 32,
)


def test_the_sheet_shows_everything_that_was_agreed() -> None:
    words = PdfReader(io.BytesIO(consent_pdf(SHEET))).pages[0].extract_text()
    for said in (
        "Consent to treat",
        "I agree.",
        "What this means",
        "I may refuse.",
        "HP-01042",
        SHEET.answered,
    ):
        assert said in words


def test_a_sheet_without_ink_is_a_sheet_too() -> None:
    assert consent_pdf(replace(SHEET, strokes=())).startswith(b"%PDF-")


def test_every_shipped_form_fits_on_two_pages() -> None:
    for draft in shipped_forms():
        for wording in draft.wordings:
            pdf = consent_pdf(replace(SHEET, title=wording.title, text=wording.text))
            assert len(PdfReader(io.BytesIO(pdf)).pages) <= 2
