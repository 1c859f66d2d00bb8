"""The sheet of a receipt."""

from dataclasses import replace

from frontdesk.formats.pdf.receipt import ReceiptSheet, receipt_pdf
from tests.formats.pdf.reading import pages, place, words
from tests.formats.pdf.test_letterhead import PRACTICE

LONG_NAME = "Wilhelmina Łucja Núñez-Fernández de la Torre y Montgomery-Smythe"
SHEET = ReceiptSheet(
    sender=PRACTICE,
    number="R-000123",
    patient="Danielle Foster",
    chart_number="HP-01042",
    account_number="A-01042",
    received_at="03/17/2026 10:42 AM",
    received_by="Maya Ortiz",
    paid_for=(("Copay", "$30.00"), ("Office visit, moderate, 02/03/2026", "$18.35")),
    paid_by=(("Visa ending 4417, approval 081532", "$28.35"), ("Cash", "$20.00")),
    total="$48.35",
    tendered="$50.00",
    change="$1.65",
    open_now="Nothing is open on this account.",
    void="",
)


def test_it_says_what_was_paid_for_and_how() -> None:
    said = words(receipt_pdf(SHEET))
    assert "Receipt R-000123" in said
    assert "Office visit, moderate, 02/03/2026 $18.35" in said
    assert "Total $48.35" in said
    assert "Visa ending 4417, approval 081532 $28.35" in said
    assert "Handed over $50.00" in said
    assert "Change given $1.65" in said
    assert "Nothing is open on this account." in said
    assert "VOID" not in said


def test_without_change_nothing_is_said_of_it() -> None:
    said = words(receipt_pdf(replace(SHEET, tendered="", change="")))
    assert "Handed over" not in said
    assert "Change" not in said


def test_a_voided_receipt_says_so_and_why() -> None:
    assert "VOID: Taken twice" in words(receipt_pdf(replace(SHEET, void="Taken twice")))


def test_a_usual_receipt_stays_in_the_upper_half() -> None:
    six = tuple((f"Lab work {number}, 02/03/2026", "$1.00") for number in range(6))
    pdf = receipt_pdf(replace(SHEET, patient=LONG_NAME, paid_for=six))
    _, below_top = place(pdf, "Nothing is open")
    assert below_top < 792 / 2


def test_long_names_are_whole() -> None:
    assert LONG_NAME in words(receipt_pdf(replace(SHEET, patient=LONG_NAME)))


def test_many_lines_run_over_pages() -> None:
    many = tuple((f"Visit {number}", "$1.00") for number in range(90))
    found = pages(receipt_pdf(replace(SHEET, paid_for=many)))
    assert len(found) == 3
    assert "Visit 89 $1.00 Total $48.35" in found[-1]


def test_a_receipt_for_nothing_in_particular_is_a_receipt() -> None:
    assert "Total $48.35" in words(receipt_pdf(replace(SHEET, paid_for=())))


def test_the_same_values_give_the_same_bytes() -> None:
    assert receipt_pdf(SHEET) == receipt_pdf(SHEET)
