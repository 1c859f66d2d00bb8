"""The Reports part of Billing: figures, charts, what is behind them, and files."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from frontdesk.services.billing.reports import ChartName, FigureName
from frontdesk.ui.billing.reports_page import ReportsPage
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.kit.paper_dialog import PaperDialog
from tests.builders.billing import charged
from tests.builders.claims import sent
from tests.builders.registration import danielle
from tests.office import Office

Settle = Callable[[], None]
Show = Callable[[type[ReportsPage]], ReportsPage]


def test_an_empty_office_says_so(shown: Show, file_office: Office) -> None:
    danielle(file_office)
    page = shown(ReportsPage)
    assert page.nothing.isVisible()
    assert not page.csv_button.isEnabled()
    page.choose_file()
    page.show_pdf()


def test_a_bar_opens_what_is_behind_it_and_a_row_its_claim(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    sent(file_office)
    charged(file_office, danielle(file_office))
    page = shown(ReportsPage)
    chart = page.cards[ChartName.OWED].chart
    assert chart.accessibleDescription() == "BCBS: $130.00"
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Return)
    settle()
    assert page.panel.isVisible()
    assert page.panel.sum.text() == "$130.00"
    (row,) = page.panel.behind.rows
    assert (row.who, row.cents) == ("Castillo, Raymond", 13000)
    QAbstractItemModelTester(page.panel.model)
    went: list[tuple[str, Errand]] = []
    page.go.connect(lambda name, errand: went.append((name, errand)))
    page.panel.table.opened.emit(page.panel.table.current())
    assert went[0][0] == "statements"
    page.close_panel()
    assert not page.panel.isVisible()


def test_a_figure_opens_its_claims(shown: Show, file_office: Office, settle: Settle) -> None:
    claim = sent(file_office)
    page = shown(ReportsPage)
    tile = next(tile for tile in page.tiles.tiles if tile.figure.name is FigureName.CLEAN)
    assert tile.accessibleName() == "Clean-claim rate: 100.0%, 1 of 1 claims sent"
    tile.click()
    settle()
    assert page.panel.behind.count == 0
    went: list[Errand] = []
    page.go.connect(lambda _, errand: went.append(errand))
    page.open_bar(ChartName.OWED, None, -1)
    settle()
    assert page.panel.behind.count == 0  # no patient owes anything
    assert claim
    assert went == []


def test_another_payer_shows_other_figures(shown: Show, file_office: Office, settle: Settle) -> None:
    sent(file_office)
    charged(file_office, danielle(file_office))
    page = shown(ReportsPage)
    bars = page.cards[ChartName.OWED].chart
    assert [mark.name for mark in bars.marks] == ["BCBS", "Patients"]
    page.filter.payer.set_value(page.filter.payer._values[1])
    page.filter.changed.emit()
    settle()
    assert [mark.name for mark in bars.marks] == ["BCBS"]


def test_the_figures_go_into_a_file_and_on_paper(
    shown: Show, file_office: Office, settle: Settle, tmp_path: Path
) -> None:
    sent(file_office)
    page = shown(ReportsPage)
    page.save(tmp_path / "billing-report.csv")
    settle()
    settle()
    assert "Days in A/R" in (tmp_path / "billing-report.csv").read_text("utf-8-sig")
    page.show_pdf()
    settle()
    dialog = page.window().findChild(PaperDialog)
    assert isinstance(dialog, PaperDialog)
    assert dialog.save_button.isEnabled()
    dialog.reject()
