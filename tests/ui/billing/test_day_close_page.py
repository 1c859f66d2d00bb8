"""A drawer counted blind, over and short with its reason, and the day sealed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from frontdesk.services.billing import counting, day_close, drawers
from frontdesk.services.billing.card_batch import Fit, Matched
from frontdesk.services.billing.counting import Count, Pieces
from frontdesk.ui.billing.bank_dialog import BankDialog
from frontdesk.ui.billing.card_batch_dialog import CardBatchDialog
from frontdesk.ui.billing.day_close_page import DayClosePage
from frontdesk.ui.billing.frame import ReasonDialog
from tests.builders.billing import TODAY, charged, paid
from tests.builders.registration import danielle
from tests.office import Office

Settle = Callable[[], None]
Show = Callable[[type[DayClosePage]], DayClosePage]


@pytest.fixture
def drawer(file_office: Office) -> int:
    """The desk's drawer: $200.00 of change, and $30.00 taken today."""
    dani = danielle(file_office)
    (line,) = charged(file_office, dani)
    paid(file_office, dani, 3000, line=line)
    (found,) = file_office.ask(drawers.drawers)
    file_office.do(drawers.set_float, drawer_id=found.id, float_cents=20_000)
    return found.id


def _count(page: DayClosePage, hundreds: str, ones: str) -> None:
    """Typed with Enter from field to field, as on a number pad."""
    page.count.begin()
    edit = page.count.pieces[10_000]
    QTest.keyClicks(edit, hundreds)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert page.count.pieces[5_000].hasFocus()
    QTest.keyClicks(page.count.pieces[100], ones)


def test_nothing_of_what_should_be_there_is_shown_before_the_count(
    shown: Show, drawer: int, settle: Settle
) -> None:
    page = shown(DayClosePage)
    assert page._middle.currentWidget() is page.count
    assert "230" not in " ".join(label.text() for label in page.count.findChildren(type(page.side.why)))


def test_a_short_drawer_needs_a_reason_and_then_the_day_is_sealed(
    shown: Show, file_office: Office, drawer: int, settle: Settle
) -> None:
    page = shown(DayClosePage)
    page.seal()
    settle()
    sentence = "Front desk 2 drawer has money of Tuesday, March 17 and was not counted. Count it first."
    assert page.banner.text == sentence
    page.clear_complaints()
    _count(page, "2", "27")
    page.finish()
    settle()
    for _ in range(3):
        settle()
    assert page._middle.currentWidget() is page._outcome
    assert page.variance._card.accessibleName() == "3.00 short. What could explain it"
    assert page.side.why.text() == "1 difference has no reason yet."
    page.finish()
    settle()
    assert page.variance.form.row("reason").error == "Say why the drawer is over or short."
    QTest.keyClicks(page.variance.reason, "Wrong change given")
    page.finish()
    for _ in range(3):
        settle()
    assert page.variance.isHidden()
    (found,) = file_office.ask(day_close.state, on=TODAY).drawers
    assert found.counted is not None
    assert (found.counted.over_short_cents, found.counted.reason) == (-300, "Wrong change given")

    page._close()
    for _ in range(3):
        settle()
    state = file_office.ask(day_close.state, on=TODAY)
    assert state.is_closed
    assert page.side.seal_button.isHidden()
    assert page._sealed.text() == "Sealed by Dana Brooks"


def test_a_number_that_cannot_be_read_is_said_at_the_cash(shown: Show, drawer: int, settle: Settle) -> None:
    page = shown(DayClosePage)
    QTest.keyClicks(page.count.pieces[2_000], "two")
    page.finish()
    assert page.count.form.row("cash").error == "A whole number from 0 to 100,000 is expected."


def test_enter_takes_the_likeliest_cause_as_the_reason(
    shown: Show, file_office: Office, drawer: int, settle: Settle
) -> None:
    page = shown(DayClosePage)
    _count(page, "2", "")
    page.finish()
    for _ in range(3):
        settle()
    assert page.variance.leads.hasFocus()
    QTest.keyClick(page.variance.leads, Qt.Key.Key_Return)
    assert page.variance.reason.hasFocus()
    sentence = page.variance.reason.value()
    assert sentence.endswith("is over $30.00, as much as is missing: it may not lie here.")
    page.finish()
    for _ in range(3):
        settle()
    (found,) = file_office.ask(day_close.state, on=TODAY).drawers
    assert found.counted is not None
    assert found.counted.reason == sentence


def test_a_count_set_aside_fills_its_pieces_in_again(
    shown: Show, file_office: Office, drawer: int, settle: Settle
) -> None:
    page = shown(DayClosePage)
    _count(page, "2", "27")
    page.finish()
    for _ in range(3):
        settle()
    page.variance.again_button.click()
    dialog = page.findChild(ReasonDialog)
    assert dialog is not None
    dialog.reason.set_value("A receipt was missing")
    dialog._go()
    for _ in range(4):
        settle()
    assert page._middle.currentWidget() is page.count
    assert (page.count.pieces[10_000].value(), page.count.pieces[100].value()) == (2, 27)


def test_the_card_batch_is_compared_in_a_dialog(
    shown: Show, file_office: Office, drawer: int, settle: Settle
) -> None:
    page = shown(DayClosePage)
    _count(page, "2", "30")
    page.finish()
    for _ in range(3):
        settle()
    page.show_batch()
    dialog = page.findChild(CardBatchDialog)
    assert dialog is not None
    dialog.report.set_value("081532 4417 25.00")
    dialog.compare()
    for _ in range(2):
        settle()
    (row,) = dialog.table._rows.rows()
    assert isinstance(row, Matched)
    assert (row.fit, row.off_cents) == (Fit.NO_RECEIPT, 2500)
    dialog.report.set_value("nothing here")
    dialog.compare()
    for _ in range(2):
        settle()
    assert (
        dialog.form.row("report").error == "No line has an amount such as 25.00. Enter a sale on each line."
    )


def test_a_deposit_is_found_on_the_bank_s_statement(
    shown: Show, file_office: Office, drawer: int, settle: Settle
) -> None:
    pieces = (Pieces(10_000, 2), Pieces(1_000, 3))
    file_office.do(counting.count, count=Count(drawer, TODAY, pieces, 0, 0))
    page = shown(DayClosePage)
    page.show_bank()
    dialog = page.findChild(BankDialog)
    assert dialog is not None
    for _ in range(2):
        settle()
    assert dialog._sum.text() == "1 has not arrived, 30.00"
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    for _ in range(3):
        settle()
    assert dialog._sum.text() == "0 have not arrived, 0.00"
    assert dialog.back_button.isEnabled()
    dialog.withdraw()
    for _ in range(3):
        settle()
    assert dialog._sum.text() == "1 has not arrived, 30.00"
