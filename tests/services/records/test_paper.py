"""A form goes out on paper and comes back through the scanner."""

from datetime import date

import pytest

from frontdesk.formats import consent_code
from frontdesk.formats.consent_code import SheetCode
from frontdesk.kernel.errors import Refused
from frontdesk.services.records import paper, splitting, standing, tray
from frontdesk.services.records import signed as signed_consents
from frontdesk.services.records.chart import chart
from frontdesk.services.records.paper import Wanted
from frontdesk.services.records.scans import Verdict
from frontdesk.services.records.standing import Standing
from tests.builders.records import PNG, library, received, sheet, text_of
from tests.builders.registration import patient
from tests.builders.scans import empty_page, scanned, scanned_pdf
from tests.office import Office
from tests.refusal import refusal


def _printed(office: Office, patient_id: int, *keys: str) -> tuple[tuple[int, ...], bytes]:
    """The ids of the sheets of a patient, and their PDF."""
    ids = library(office)
    sheets = office.do(paper.print_forms, wanted=tuple(Wanted(patient_id, ids[key]) for key in keys))
    return sheets, office.ask(paper.printed_pdf, print_ids=sheets)


def _standing(office: Office, patient_id: int, key: str) -> Standing:
    return next(
        each.standing for each in office.ask(standing.required_for, patient_id=patient_id) if each.key == key
    )


def _filed(office: Office, patient_id: int) -> set[str]:
    years = office.ask(chart, patient_id=patient_id).years
    return {line.title for year in years for line in year.lines if line.document_id is not None}


def test_a_code_names_nobody_and_is_checked() -> None:
    code = SheetCode(1790_000_000_000 << 21 | 12345, 1, 2)
    written = consent_code.written(code)
    assert written.startswith("FDC1-")
    assert consent_code.read(written.lower()) == code
    for place in range(len(written)):
        other = "7" if written[place] != "7" else "8"
        assert consent_code.read(written[:place] + other + written[place + 1 :]) is None
    for foreign in ("", "https://example.com", "FDC1", "FDC2" + written[4:], "9" * 24):
        assert consent_code.read(foreign) is None


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_poor_turned_scan_finds_its_patient_and_form(file_office: Office, turned: int) -> None:
    dani = patient(file_office, "Danielle", "Foster")
    (print_id,), pdf = _printed(file_office, dani, "consent_to_treat")
    assert "Danielle Foster" in text_of(pdf)
    document = received(file_office, scanned(pdf, turned=turned, askew=2), arrived_as="scan.jpg")

    (found,) = file_office.ask(paper.found_in, document_id=document)

    assert (found.verdict, found.print_id, found.patient_id) == (Verdict.OURS, print_id, dani)
    assert found.sentence.startswith("“Consent to treat” of Foster, Danielle, chart ")


def test_the_paper_signature_is_recorded_and_the_scan_filed(office: Office) -> None:
    dani = patient(office, "Danielle", "Foster")
    (print_id,), pdf = _printed(office, dani, "consent_to_treat")
    assert office.ask(paper.out, patient_ids=(dani,))[0].print_id == print_id
    document = received(office, scanned(pdf, turned=180), arrived_as="scan.jpg")
    with refusal("03/18/2026 is still to come. Enter the day it was signed."):
        office.do(paper.record_scanned, document_id=document, print_id=print_id, signed_on=date(2026, 3, 18))

    consent = office.do(
        paper.record_scanned, document_id=document, print_id=print_id, signed_on=date(2026, 3, 16)
    )

    assert _standing(office, dani, "consent_to_treat") is Standing.SIGNED
    assert office.do(signed_consents.open_consent, consent_id=consent).check.holds
    assert office.ask(tray.tray) == ()
    assert "Consent to treat" in _filed(office, dani)
    (found,) = office.ask(paper.found_in, document_id=document)
    assert found.verdict is Verdict.RECORDED
    assert found.sentence == "“Consent to treat” of Foster, Danielle: recorded already, signed on 03/16/2026."
    assert office.ask(paper.out, patient_ids=(dani,)) == ()
    with pytest.raises(Refused):
        office.do(paper.record_scanned, document_id=document, print_id=print_id, signed_on=date(2026, 3, 16))


def test_a_form_in_the_middle_of_a_long_scan(office: Office) -> None:
    dani = patient(office, "Danielle", "Foster")
    (first, second), pdf = _printed(office, dani, "consent_to_treat", "privacy_notice")
    pages = (empty_page(), scanned(pdf, 0, turned=90), empty_page(), scanned(pdf, 1, turned=180))
    document = received(office, scanned_pdf(*pages))

    found = office.ask(paper.found_in, document_id=document)

    assert [(each.page, each.print_id) for each in found] == [(2, first), (4, second)]
    for print_id in (first, second):
        office.do(paper.record_scanned, document_id=document, print_id=print_id, signed_on=date(2026, 3, 17))
    assert _standing(office, dani, "privacy_notice") is Standing.SIGNED
    (line,) = office.ask(tray.tray)
    assert line.patient_id == dani  # the other pages are looked at by somebody


def test_two_forms_and_nothing_else_are_filed_together(file_office: Office) -> None:
    dani = patient(file_office, "Danielle", "Foster")
    (first, second), pdf = _printed(file_office, dani, "consent_to_treat", "privacy_notice")
    document = received(file_office, scanned_pdf(scanned(pdf, 0), scanned(pdf, 1)))
    for print_id in (first, second):
        file_office.do(
            paper.record_scanned, document_id=document, print_id=print_id, signed_on=date(2026, 3, 17)
        )
    assert "Signed forms" in _filed(file_office, dani)


def test_forms_of_two_patients_in_one_scan_are_not_filed_in_one_chart(file_office: Office) -> None:
    dani, marcus = patient(file_office, "Danielle", "Foster"), patient(file_office, "Marcus", "Bell")
    (of_dani,), one = _printed(file_office, dani, "consent_to_treat")
    _, other = _printed(file_office, marcus, "consent_to_treat")
    document = received(file_office, scanned_pdf(scanned(one), scanned(other)))
    with refusal(
        "This scan holds forms of several patients. Split it first, so that each chart gets its own."
    ):
        file_office.do(
            paper.record_scanned, document_id=document, print_id=of_dani, signed_on=date(2026, 3, 17)
        )


def test_a_scan_of_two_patients_is_split_and_each_part_recorded(office: Office) -> None:
    dani, marcus = patient(office, "Danielle", "Foster"), patient(office, "Marcus", "Bell")
    (of_dani,), one = _printed(office, dani, "consent_to_treat")
    (of_marcus,), other = _printed(office, marcus, "consent_to_treat")
    pages = (empty_page(), scanned(one), empty_page(), scanned(other, turned=180))
    document = received(office, scanned_pdf(*pages))

    parts = office.do(splitting.split, document_id=document).part_ids

    assert [(line.patient_id, line.pages) for line in office.ask(tray.tray)] == [(dani, 3), (marcus, 1)]
    for part, print_id in zip(parts, (of_dani, of_marcus), strict=True):
        office.do(paper.record_scanned, document_id=part, print_id=print_id, signed_on=date(2026, 3, 17))
    assert _standing(office, marcus, "consent_to_treat") is Standing.SIGNED
    assert "Consent to treat" in _filed(office, marcus)
    with refusal("This document is filed already. Open it in the chart."):
        office.do(splitting.put_together, document_id=document, part_ids=parts)


def test_what_cannot_be_split_is_said(file_office: Office) -> None:
    dani = patient(file_office, "Danielle", "Foster")
    _, pdf = _printed(file_office, dani, "consent_to_treat", "messages")
    document = received(file_office, pdf)
    with refusal("This scan holds forms of one patient only. There is nothing to split."):
        file_office.do(splitting.split, document_id=document)


def test_codes_that_are_not_ours_are_said(file_office: Office) -> None:
    from reportlab.pdfgen.canvas import Canvas

    from frontdesk.formats.pdf.barcode import draw_square

    canvas = Canvas("unused.pdf")
    draw_square(canvas, "https://example.com/coupon", 400, 80, 60)
    canvas.showPage()
    draw_square(canvas, consent_code.written(SheetCode(77, 1, 1)), 400, 80, 60)
    canvas.showPage()
    document = received(file_office, canvas.getpdfdata())
    found = file_office.ask(paper.found_in, document_id=document)
    assert [(each.page, each.verdict, each.sentence) for each in found] == [
        (1, Verdict.FOREIGN, "Page 1 bears a code that is not one of this office's forms."),
        (
            2,
            Verdict.UNKNOWN,
            (
                "Page 2 bears the code of a form that was not printed here. "
                "It may be another office's, or from before the data were restored."
            ),
        ),
    ]
    plain = received(file_office, sheet("No code"))
    assert file_office.ask(paper.found_in, document_id=plain) == ()
    with refusal("No page of this document bears the code of this form. Look at it again."):
        dani = patient(file_office, "Danielle", "Foster")
        (print_id,), _ = _printed(file_office, dani, "consent_to_treat")
        file_office.do(
            paper.record_scanned, document_id=plain, print_id=print_id, signed_on=date(2026, 3, 17)
        )
    dot = received(file_office, PNG, arrived_as="dot.png")
    assert file_office.ask(paper.found_in, document_id=dot) == ()


def test_a_typed_code_finds_the_sheet(file_office: Office) -> None:
    dani = patient(file_office, "Danielle", "Foster")
    (print_id,), pdf = _printed(file_office, dani, "consent_to_treat")
    code = next(line for line in text_of(pdf).splitlines() if line.startswith("FDC1-"))
    assert file_office.ask(paper.found_by_code, code=f" {code.lower()}").print_id == print_id
    with refusal("This is not the code of a form of this office, or a letter is wrong. Look at it again."):
        file_office.ask(paper.found_by_code, code="FDC1-1234")


def test_handed_out_is_noted_once(file_office: Office) -> None:
    dani = patient(file_office, "Danielle", "Foster")
    print_ids, _ = _printed(file_office, dani, "consent_to_treat", "messages")
    assert file_office.do(paper.mark_handed_out, print_ids=print_ids) == print_ids
    with refusal("These forms were handed out already."):
        file_office.do(paper.mark_handed_out, print_ids=print_ids)
    with refusal("Choose at least one form to print."):
        file_office.do(paper.print_forms, wanted=())
