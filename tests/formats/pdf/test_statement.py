"""The sheet of a statement."""

from dataclasses import replace
from datetime import date

from frontdesk.formats.pdf.statement import StatementItem, StatementSheet, statement_pdf
from tests.formats.pdf.reading import pages, place, words
from tests.formats.pdf.test_letterhead import PRACTICE
from tests.formats.pdf.test_receipt import LONG_NAME

ITEM = StatementItem(
    service_on=date(2026, 2, 3),
    patient="Foster, Danielle",
    label="Office visit, moderate",
    charged_cents=16500,
    insurance_paid_cents=9840,
    adjusted_cents=4200,
    patient_paid_cents=625,
    insurance_open_cents=0,
    share_cents=1835,
)
SHEET = StatementSheet(
    sender=PRACTICE,
    number="S-000042",
    account_number="A-01042",
    addressee=("Danielle Foster", "88 Alder Lane, Unit 5", "Portland, OR 97204-1234"),
    issued_on=date(2026, 3, 17),
    due_on=date(2026, 4, 7),
    message="Thank you for your visit. This is what remains after your insurance.",
    items=(ITEM,),
    credit_cents=500,
    due_cents=1335,
    aged=(("Up to 30 days", 0), ("31 to 60 days", 1835), ("61 to 90 days", 0), ("Over 90 days", 0)),
)


def test_it_says_what_became_of_each_price_and_what_is_due() -> None:
    said = words(statement_pdf(SHEET))
    assert "Statement S-000042" in said
    assert SHEET.message in said
    assert "02/03/2026 Office visit, moderate, Foster, Danielle 165.00 98.40 42.00 6.25 0.00 18.35" in said
    assert "Your credit Amount due 0.00 18.35 0.00 0.00 -5.00 $13.35" in said
    assert "Due by 04/07/2026" in said


def test_without_credit_nothing_is_said_of_it() -> None:
    assert "credit" not in words(statement_pdf(replace(SHEET, credit_cents=0)))


def test_the_address_stands_in_the_envelope_s_window() -> None:
    pdf = statement_pdf(SHEET)
    for line in ("Danielle Foster", "88 Alder Lane", "97204-1234"):
        left, top = place(pdf, line)
        assert 0.75 * 72 < left < 1.2 * 72
        assert 2.0 * 72 < top < 3.0 * 72


def test_the_stub_s_barcode_says_account_and_amount() -> None:
    pdf = statement_pdf(SHEET)
    assert "A-01042-00001335" in words(pdf)
    assert place(pdf, "A-01042-00001335")[1] > 9 * 72


def test_three_pages_of_lines_have_one_stub_at_the_end() -> None:
    found = pages(statement_pdf(replace(SHEET, items=(ITEM,) * 45)))
    assert len(found) == 3
    assert ["Detach and return" in page for page in found] == [False, False, True]
    assert all("Your share" in page for page in found)


def test_a_stub_that_finds_no_room_takes_a_page() -> None:
    for count in range(1, 30):
        found = pages(statement_pdf(replace(SHEET, items=(ITEM,) * count)))
        assert "Detach and return" in found[-1]


def test_a_statement_without_lines_is_a_statement() -> None:
    empty = replace(SHEET, number="", items=(), credit_cents=0, due_cents=0)
    assert len(pages(statement_pdf(empty))) == 1


def test_long_names_are_whole() -> None:
    sheet = replace(
        SHEET, addressee=(LONG_NAME, *SHEET.addressee[1:]), items=(replace(ITEM, patient=LONG_NAME),)
    )
    assert words(statement_pdf(sheet)).count(LONG_NAME) >= 2


def test_the_same_values_give_the_same_bytes() -> None:
    assert statement_pdf(SHEET) == statement_pdf(SHEET)
