"""Charts: walked by keys, spoken, opened; the same values as a table."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from frontdesk.kernel.money import dollars
from frontdesk.ui.kit.chart import WHOLE, Chart, Mark, Series
from frontdesk.ui.kit.chart_bars import BarChart
from frontdesk.ui.kit.chart_card import ChartCard
from frontdesk.ui.kit.chart_line import LineChart
from frontdesk.ui.theme import theme

SERIES = (Series("Young", "heat-2"), Series("Old", "block"), Series("Credit", "st-done"))
MARKS = (
    Mark("BCBS", (10_000, 2_000, 0), "bcbs"),
    Mark("Kaiser", (0, 500, -1_500), "kaiser", "2 claims"),
)


def said(value: float) -> str:
    return dollars(int(value))


def shown(qtbot: QtBot, chart: Chart, widget: QWidget | None = None) -> None:
    widget = widget or chart
    qtbot.addWidget(widget)
    widget.resize(600, 300)
    widget.show()
    widget.activateWindow()
    chart.setFocus()
    qtbot.waitUntil(chart.hasFocus)


def press(chart: Chart, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(chart, key)


def test_bars_are_walked_and_say_what_they_are(qtbot: QtBot) -> None:
    chart = BarChart("Owed", said)
    shown(qtbot, chart)
    assert chart.accessibleDescription() == ""
    chart.show_marks(SERIES, MARKS)
    assert chart.accessibleDescription() == "BCBS: $120.00"
    press(chart, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert chart.accessibleDescription() == "BCBS, Old: $20.00"
    press(chart, Qt.Key.Key_Right)  # no credit there: the whole comes again
    assert chart.at == (0, WHOLE)
    press(chart, Qt.Key.Key_Down)
    assert chart.accessibleDescription() == "Kaiser: -$10.00 (2 claims)"
    press(chart, Qt.Key.Key_Down, Qt.Key.Key_Left)
    assert chart.accessibleDescription() == "Kaiser, Credit: -$15.00"
    press(chart, Qt.Key.Key_Home)
    assert chart.at[0] == 0


def test_enter_and_a_click_open_a_part(qtbot: QtBot) -> None:
    chart = BarChart("Owed", said)
    opened: list[tuple[object, int]] = []
    chart.opened.connect(lambda key, part: opened.append((key, part)))
    shown(qtbot, chart)
    chart.show_marks(SERIES, MARKS)
    press(chart, Qt.Key.Key_Down, Qt.Key.Key_Return)
    area = next(rect for place, part, rect in chart.areas() if (place, part) == (0, 1))
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=area.center())
    assert opened == [("kaiser", WHOLE), ("bcbs", 1)]
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(2, 290))  # beside every bar
    assert len(opened) == 2


def test_parts_stand_beside_each_other_and_a_credit_on_the_other_side(qtbot: QtBot) -> None:
    chart = BarChart("Owed", said)
    shown(qtbot, chart)
    chart.show_marks(SERIES, MARKS)
    at = {(place, part): rect for place, part, rect in chart.areas()}
    assert at[0, 0].right() + 1 == at[0, 1].left()
    assert at[0, 0].width() == pytest.approx(5 * at[0, 1].width(), abs=3)
    assert at[1, 2].right() + 1 == at[1, 1].left() == at[0, 0].left()


@pytest.mark.parametrize("name", ["light", "dark", "hc"])
def test_a_chart_paints_in_every_theme(qtbot: QtBot, name: str) -> None:
    for chart in (BarChart("Owed", said), BarChart("By month", said, upright=True), LineChart("Days", said)):
        shown(qtbot, chart)
        chart.show_marks(SERIES[:1] if isinstance(chart, LineChart) else SERIES, MARKS)
        theme().use(name, 100)  # type: ignore[arg-type] # a name of the parameters
        assert not chart.grab().isNull()
    theme().use("light", 100)


def test_upright_bars_and_points_are_walked_from_left_to_right(qtbot: QtBot) -> None:
    for chart in (BarChart("By month", said, upright=True), LineChart("Days", said)):
        shown(qtbot, chart)
        chart.show_marks(SERIES[:1], (Mark("Jan", (100,), 1), Mark("Feb", (200,), 2)))
        press(chart, Qt.Key.Key_Right)
        assert chart.accessibleDescription() == "Feb: $2.00"
        press(chart, Qt.Key.Key_Up)  # one part only
        assert chart.at == (1, WHOLE)


def test_the_choice_stays_with_its_key_over_other_values(qtbot: QtBot) -> None:
    chart = BarChart("Owed", said)
    shown(qtbot, chart)
    chart.show_marks(SERIES, MARKS)
    chart.choose(1)
    chart.show_marks(SERIES, MARKS[::-1])
    assert chart.at == (0, WHOLE)
    chart.show_marks(SERIES, ())
    assert chart.accessibleDescription() == "Nothing to show"
    press(chart, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return)


def test_a_card_shows_the_same_values_as_a_table(qtbot: QtBot) -> None:
    chart = BarChart("Owed", said)
    names = [series.name for series in SERIES]
    card = ChartCard("Owed", chart, row_title="Payer", columns=names, nothing="Nobody owes anything.")
    card.show_values("Owed", SERIES, MARKS)
    shown(qtbot, chart, card)
    opened: list[object] = []
    chart.opened.connect(lambda key, _: opened.append(key))
    card.table_button.click()
    assert card.table.isVisible()
    assert not chart.isVisible()
    QAbstractItemModelTester(card.model)
    row = [card.model.index(1, place).data() for place in range(5)]
    assert row == ["Kaiser 2 claims", "$0.00", "$5.00", "-$15.00", "-$10.00"]
    card.table.opened.emit(card.model.at(1))
    assert opened == ["kaiser"]
    card.show_values("Owed", SERIES, ())
    assert not card.table.isVisible()
