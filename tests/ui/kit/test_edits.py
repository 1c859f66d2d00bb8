"""What people type, in the forms they type it."""

from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import AmountEdit, DateEdit, NumberEdit, PhoneEdit, TimeEdit


@pytest.mark.parametrize(
    "typed", ["03/17/2026", "3/17/26", "3-17-2026", "3.17.26", "03172026", "031726", "2026-03-17"]
)
def test_a_date_is_read_in_any_usual_form(qtbot: QtBot, typed: str) -> None:
    edit = DateEdit()
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, typed)
    assert edit.value() == date(2026, 3, 17)
    assert edit.problem() == ""


def test_a_birth_year_of_two_digits_lies_in_the_past(qtbot: QtBot) -> None:
    edit = DateEdit(century_ends=2026)
    qtbot.addWidget(edit)
    edit.setText("6/14/82")
    assert edit.value() == date(1982, 6, 14)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("02/30/2026", "There is no such day in the calendar."),
        ("soon", "A date is expected as month, day, year: 03/17/2026."),
    ],
)
def test_what_is_no_date_is_said_in_a_sentence(qtbot: QtBot, typed: str, sentence: str) -> None:
    edit = DateEdit()
    qtbot.addWidget(edit)
    edit.setText(typed)
    assert edit.value() is None
    assert edit.problem() == sentence


def test_an_empty_field_has_no_value_and_no_problem(qtbot: QtBot) -> None:
    for edit in (DateEdit(), PhoneEdit(), AmountEdit(), TimeEdit(), NumberEdit()):
        qtbot.addWidget(edit)
        assert edit.value() is None
        assert edit.problem() == ""


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("9:30", time(9, 30)),
        ("930", time(9, 30)),
        ("2:30", time(14, 30)),
        ("2p", time(14, 0)),
        ("12 am", time(0, 0)),
        ("11:15 AM", time(11, 15)),
    ],
)
def test_a_time_without_am_or_pm_is_within_office_hours(qtbot: QtBot, typed: str, value: time) -> None:
    edit = TimeEdit()
    qtbot.addWidget(edit)
    edit.setText(typed)
    assert edit.value() == value


def test_a_phone_is_ten_digits(qtbot: QtBot) -> None:
    edit = PhoneEdit()
    qtbot.addWidget(edit)
    edit.setText("1 503 555.0148")
    assert edit.value() == "5035550148"
    edit.setText("555-0148")
    assert edit.problem() == "Ten digits with the area code are expected."


def test_an_amount_is_cents(qtbot: QtBot) -> None:
    edit = AmountEdit()
    qtbot.addWidget(edit)
    edit.setText("$1,443.76")
    assert edit.value() == 144376
    edit.setText("-5")
    assert edit.problem() == "The amount cannot be less than zero."
    edit.setText("1,000.50")
    assert edit.value() == 100050


@pytest.mark.parametrize(
    "typed", ["1.005", "12,50", "1.000,50", "1,00", "1e5", "1e999999999", "1_000", "NaN", "$", ".", "--5"]
)
def test_what_could_be_read_as_another_amount_is_none(qtbot: QtBot, typed: str) -> None:
    edit = AmountEdit()
    qtbot.addWidget(edit)
    edit.setText(typed)
    assert edit.problem() == "An amount in dollars and cents is expected: 30.00."


def test_a_left_field_is_written_in_the_offices_form(qtbot: QtBot) -> None:
    window, edit, other = QWidget(), AmountEdit(), AmountEdit()
    window.setLayout(column(edit, other))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    edit.setFocus()
    QTest.keyClicks(edit, "30")
    other.setFocus()
    assert edit.text() == "$30.00"


def test_a_number_keeps_between_its_bounds(qtbot: QtBot) -> None:
    edit = NumberEdit(least=1, most=12)
    qtbot.addWidget(edit)
    edit.setText("12")
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert edit.value() == 12
    QTest.keyClick(edit, Qt.Key.Key_Down)
    assert edit.value() == 11
    edit.setText("13")
    assert edit.problem() == "A whole number from 1 to 12 is expected."


def test_a_combo_keeps_its_value_over_new_options(qtbot: QtBot) -> None:
    combo: Combo[int] = Combo(((1, "BCBS"), (2, "Aetna")))
    qtbot.addWidget(combo)
    combo.set_value(2)
    combo.set_options(((3, "Cigna"), (2, "Aetna")))
    assert combo.value() == 2
    with qtbot.waitSignal(combo.chosen) as chosen:
        combo.setFocus()
        QTest.keyClick(combo, Qt.Key.Key_Up)
        combo.activated.emit(0)
    assert chosen.args == [3]


def test_a_combo_with_a_hint_starts_without_a_choice(qtbot: QtBot) -> None:
    combo: Combo[int] = Combo(((1, "BCBS"),), hint="Choose")
    qtbot.addWidget(combo)
    assert combo.value() is None
