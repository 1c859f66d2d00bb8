"""The slip of a deposit."""

from dataclasses import replace
from datetime import date

from frontdesk.formats.pdf.deposit_slip import DepositSheet, deposit_slip_pdf
from tests.formats.pdf.reading import pages, words
from tests.formats.pdf.test_letterhead import PRACTICE
from tests.formats.pdf.test_receipt import LONG_NAME

SHEET = DepositSheet(
    sender=PRACTICE,
    on=date(2026, 3, 17),
    drawers=("Front 1", "Front 2"),
    cash=((10000, 1), (2000, 12), (500, 9), (25, 14)),
    float_cents=20000,
    cash_cents=18850,
    checks=(("1042", 12500), ("887", 4000)),
    check_cents=16500,
    total_cents=35350,
    card_cents=48212,
    prepared_by="Dana Brooks",
)


def test_it_counts_the_pieces_and_lists_the_checks() -> None:
    said = words(deposit_slip_pdf(SHEET))
    assert "Deposit slip 03/17/2026" in said
    assert "Front 1, Front 2" in said
    assert "$20.00 12 240.00" in said
    assert "$0.25 14 3.50" in said
    assert "Float stays -200.00" in said
    assert "2 887 40.00" in said
    assert "To deposit $353.50" in said
    assert "not part of this deposit: $482.12" in said


def test_many_checks_run_over_pages() -> None:
    checks = tuple((f"{number:06d}", 1000) for number in range(110))
    found = pages(deposit_slip_pdf(replace(SHEET, checks=checks)))
    assert len(found) >= 3
    assert "110 000109 10.00" in " ".join(found)
    assert "Sealed by" in found[-1]


def test_as_many_checks_as_fit_beside_the_cash_fit() -> None:
    every = tuple((worth, 99) for worth in (10000, 5000, 2000, 1000, 500, 200, 100, 50, 25, 10, 5, 1))
    for count in range(15, 22):
        checks = tuple((f"{number}", 1000) for number in range(count))
        sheet = replace(SHEET, cash=every, checks=checks, drawers=(LONG_NAME,) * 3, prepared_by=LONG_NAME)
        assert len(pages(deposit_slip_pdf(sheet))) <= 2


def test_a_day_without_cash_or_checks_has_a_slip() -> None:
    nothing = replace(SHEET, cash=(), checks=(), float_cents=0, cash_cents=0, check_cents=0, total_cents=0)
    assert "To deposit $0.00" in words(deposit_slip_pdf(nothing))


def test_the_same_values_give_the_same_bytes() -> None:
    assert deposit_slip_pdf(SHEET) == deposit_slip_pdf(SHEET)
