"""A drawer counted blind, over and short with its reason, and the day sealed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from frontdesk.services.billing import day_close, drawers
from frontdesk.ui.billing.day_close_page import DayClosePage
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
    assert "230" not in " ".join(label.text() for label in page.count.findChildren(type(page._why)))


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
    assert page.count.form.row("reason").error == "The drawer is $3.00 short. Give the reason."
    QTest.keyClicks(page.count.reason, "Wrong change given")
    page.finish()
    for _ in range(3):
        settle()
    assert page._middle.currentWidget() is page.result
    (found,) = file_office.ask(day_close.state, on=TODAY).drawers
    assert found.counted is not None
    assert (found.counted.over_short_cents, found.counted.reason) == (-300, "Wrong change given")

    page._close()
    for _ in range(3):
        settle()
    state = file_office.ask(day_close.state, on=TODAY)
    assert state.is_closed
    assert page.seal_button.isHidden()
    assert page._sealed.text() == "Sealed by Dana Brooks"


def test_a_number_that_cannot_be_read_is_said_at_the_cash(shown: Show, drawer: int, settle: Settle) -> None:
    page = shown(DayClosePage)
    QTest.keyClicks(page.count.pieces[2_000], "two")
    page.finish()
    assert page.count.form.row("cash").error == "A whole number from 0 to 100,000 is expected."
