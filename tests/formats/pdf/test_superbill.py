"""The sheet of a superbill."""

from dataclasses import replace

from frontdesk.formats.pdf.superbill import SuperbillLine, SuperbillPaper, superbill_pdf
from tests.formats.pdf.reading import pages, words
from tests.formats.pdf.test_letterhead import PRACTICE
from tests.formats.pdf.test_receipt import LONG_NAME

PAPER = SuperbillPaper(
    sender=PRACTICE,
    number="SB-000123",
    service_on="03/17/2026",
    provider="Dr. Lee",
    patient="Foster, Danielle",
    born_on="06/14/1982",
    chart_number="HP-01042",
    payer="Cascade Health Plan",
    copay="$30.00",
    place_of_service="11",
    sections=(
        ("Office visits", tuple((f"992{number:02d}", f"Office label {number}") for number in range(1, 12))),
        ("Procedures", tuple((f"992{number:02d}", f"Office label {number}") for number in range(12, 16))),
    ),
    diagnoses=(),
    lines=(),
)
ENTERED = replace(
    PAPER,
    diagnoses=(("G43.909", "Migraine, unspecified"), ("I10", "Hypertension")),
    lines=(SuperbillLine("99213", "Office label 13", "25", "AB", 1, 13000),),
)


def test_it_names_the_visit_and_offers_the_codes() -> None:
    said = words(superbill_pdf(PAPER))
    for text in ("Superbill SB-000123", "Foster, Danielle", "Dr. Lee", "Cascade Health Plan", "HP-01042"):
        assert text in said
    assert "99201 Office label 1" in said
    assert "99215 Office label 15" in said
    assert "Diagnoses A D B E C F Follow-up" in said
    assert "Entered" not in said


def test_what_was_entered_is_on_it() -> None:
    said = words(superbill_pdf(ENTERED))
    assert "G43.909 Migraine, unspecified" in said
    assert "99213 Office label 13 25 AB 1 130.00" in said
    assert "Total $130.00" in said


def test_the_barcode_says_its_number() -> None:
    assert words(superbill_pdf(PAPER)).count("SB-000123") >= 2


def test_thirty_codes_fit_on_one_page_and_many_lines_run_over() -> None:
    choices = tuple((f"{number:05d}", "Office visit, moderate") for number in range(30))
    assert len(pages(superbill_pdf(replace(PAPER, sections=(("Services", choices),))))) == 1
    found = pages(
        superbill_pdf(replace(ENTERED, sections=(("Services", choices * 2),), lines=ENTERED.lines * 50))
    )
    assert len(found) == 3


def test_twelve_diagnoses_and_long_names_are_whole() -> None:
    twelve = tuple((f"M51.{number}", LONG_NAME) for number in range(12))
    said = words(superbill_pdf(replace(PAPER, patient=LONG_NAME, diagnoses=twelve)))
    assert "M51.11" in said
    assert LONG_NAME in said


def test_an_office_without_codes_writes_them_down() -> None:
    assert "no usual codes yet" in words(superbill_pdf(replace(PAPER, sections=())))


def test_the_same_values_give_the_same_bytes() -> None:
    assert superbill_pdf(ENTERED) == superbill_pdf(ENTERED)
