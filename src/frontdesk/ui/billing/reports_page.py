"""The Reports part of Billing: key figures, charts, what is behind each of them, and the way to paper."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QStackedWidget, QWidget

from frontdesk.services.billing import reports, reports_filter, reports_open, reports_papers
from frontdesk.services.billing.reports import Chart, ChartName, Dashboard, FigureName
from frontdesk.services.billing.reports_behind import BehindRow
from frontdesk.services.billing.reports_open import BEHIND_FIGURE
from frontdesk.ui.billing import amounts, reports_charts
from frontdesk.ui.billing.frame import BillingPage
from frontdesk.ui.billing.reports_behind_panel import BehindPanel
from frontdesk.ui.billing.reports_figures import FigureTiles
from frontdesk.ui.billing.reports_filter_bar import ReportsFilter
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, scrolled
from frontdesk.ui.kit.chart import WHOLE, Mark
from frontdesk.ui.kit.chart_card import ChartCard
from frontdesk.ui.kit.explained import Amount, Offer
from frontdesk.ui.kit.list_detail import ListDetail
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.paper_dialog import PaperDialog, write_file
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_TWO_BESIDE = 760


class ReportsPage(BillingPage):
    """The filter on top, figures and charts below it, the rows behind a bar at the side."""

    title = "Reports"
    part = "reports"
    topics = frozenset({"journal_entry", "claim", "claim_event", "remittance", "superbill"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.dashboard: Dashboard | None = None
        self.cards: dict[ChartName, ChartCard] = {}
        self.csv_button = Button(tr("Save as CSV…"), icon="file-spreadsheet", keys="Ctrl+S")
        self.csv_button.clicked.connect(self.choose_file)
        self.pdf_button = Button(tr("As PDF…"), icon="file-text", keys="Ctrl+P")
        self.pdf_button.clicked.connect(self.show_pdf)
        self.toolbar.add(self.csv_button, self.pdf_button)
        self.filter = ReportsFilter(desk)
        self.filter.changed.connect(self._look)
        self.tiles = FigureTiles(frozenset(BEHIND_FIGURE))
        self.tiles.opened.connect(self.open_figure)
        self._grid = QGridLayout()
        self._beside = 0
        self.nothing = EmptyState(
            "chart-column",
            tr("Nothing to report in these days"),
            tr("Choose a longer period, or all payers, providers and sites."),
        )
        self.panel = BehindPanel()
        self.panel.opened.connect(self._open_row)
        self.panel.chosen.connect(self._choose_row)
        self.panel.closed.connect(self.close_panel)
        self._build()
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓←→", tr("Bar and part"), when=self.tiles),
            Key("Enter", tr("What is behind it"), when=self.tiles),
            Key("Esc", tr("Close the list"), self.close_panel, self.panel),
            Key("Ctrl+S", tr("Save as CSV"), self.choose_file, self.csv_button),
            Key("Ctrl+P", tr("As PDF"), self.show_pdf, self.pdf_button),
        )

    def panes(self) -> tuple[QWidget, ...]:
        charts = tuple(card.chart for card in self.cards.values())
        return (self.filter.period, *self.tiles.tiles[:1], *charts, self.panel.table)

    def home(self) -> QWidget | None:
        return self.filter.period

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self.filter.show_choices, reports_filter.narrowings)
        self._look()

    # -- what is shown --------------------------------------------------------------

    def _look(self) -> None:
        self.close_panel()
        self.desk.ask(self, self.show_dashboard, reports.dashboard, wanted=self.filter.wanted())

    def show_dashboard(self, found: Dashboard) -> None:
        self.dashboard = found
        self.tiles.show_figures(found.figures, found.wanted)
        for chart in found.charts:
            if chart.name not in self.cards:
                self._add_card(chart)
            reports_charts.show(self.cards[chart.name], chart)
        self._stack.setCurrentIndex(1 if found.is_empty else 0)
        for button in (self.csv_button, self.pdf_button):
            button.setEnabled(not found.is_empty)
        self.keys_changed.emit()

    def _add_card(self, chart: Chart) -> None:
        card = reports_charts.card_of(chart)
        card.chart.opened.connect(partial(self.open_bar, chart.name))
        Offer(card.chart, partial(self._of_bar, card))
        Offer(card.table, partial(self._of_row, card))
        self.cards[chart.name] = card
        self._beside = 0
        self._lay_out()

    def _of_bar(self, card: ChartCard) -> tuple[Amount, ...]:
        """The chosen bar, or the chosen part of it."""
        place, part = card.chart.at
        chosen = card.chart.marks[place : place + 1]
        return self._amounts(card, chosen[0], None if part == WHOLE else part) if chosen else ()

    def _of_row(self, card: ChartCard) -> tuple[Amount, ...]:
        """The bar as a row of the table: the whole and each part."""
        mark = card.table.current()
        if mark is None:
            return ()
        parts = [place for place, value in enumerate(mark.values) if value] if len(mark.values) > 1 else []
        return tuple(each for part in (None, *parts) for each in self._amounts(card, mark, part))

    def _amounts(self, card: ChartCard, mark: Mark, part: int | None) -> tuple[Amount, ...]:
        if self.dashboard is None:
            return ()
        name = next(name for name, each in self.cards.items() if each is card)
        words, _, value = card.chart.words_of(
            card.chart.marks.index(mark), WHOLE if part is None else part
        ).rpartition(": ")
        return (amounts.of_bar(name, mark, part, self.dashboard.wanted, words, value),)

    # -- what is behind -------------------------------------------------------------

    def open_figure(self, name: FigureName) -> None:
        """The claims or visits behind a key figure."""
        if self.dashboard is not None:
            self._open_panel(tr(BEHIND_FIGURE[name]), amounts.of_list(name, self.dashboard.wanted))
            self.desk.ask(
                self,
                self.panel.show_behind,
                reports_open.behind_figure,
                wanted=self.dashboard.wanted,
                name=name,
            )

    def open_bar(self, name: ChartName, about: object, part: int) -> None:
        """The rows behind a bar, or behind one part of it."""
        chart = self.cards[name].chart
        if self.dashboard is not None:
            title = chart.words_of(chart.at[0], part).rpartition(":")[0]
            whole = self._of_bar(self.cards[name])
            self._open_panel(title, whole[0] if whole else None)
            self.desk.ask(
                self,
                self.panel.show_behind,
                reports_open.behind_bar,
                wanted=self.dashboard.wanted,
                chart=name,
                about=about,
                part=None if part == WHOLE else part,
            )

    def close_panel(self) -> None:
        """Esc: the charts alone again."""
        set_shown(self.panel, False)

    def _open_panel(self, title: str, whole: Amount | None) -> None:
        self.clear_complaints()
        self.panel.show_title(title, whole)
        set_shown(self.panel, True)
        self._beside_panel.show_detail()

    def _open_row(self, found: BehindRow) -> None:
        if found.claim_id is not None:
            self.go.emit("claims", Errand("claim", patient_id=found.patient_id, about_id=found.claim_id))
        elif found.patient_id is not None:
            self.go.emit("statements", Errand("explain_balance", patient_id=found.patient_id))

    def _choose_row(self, found: BehindRow | None) -> None:
        self.patient_chosen.emit(found.patient_id if found is not None else None)

    # -- paper ------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Ctrl+S: where the table goes."""
        if self.dashboard is None or self.dashboard.is_empty:
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save as CSV"), f"billing-report-{self.desk.today}.csv", "CSV (*.csv)"
        )
        if chosen:
            self.save(Path(chosen))

    def save(self, path: Path) -> None:
        """The figures and charts as a table for a spreadsheet."""
        self.clear_complaints()
        wanted = self.filter.wanted()
        self.desk.ask(self, partial(self._write, path), reports_papers.report_csv, wanted=wanted)

    def show_pdf(self) -> None:
        """Ctrl+P: the same as pages, to save or print."""
        if self.dashboard is None or self.dashboard.is_empty:
            return
        dialog = PaperDialog(self, self.desk, tr("Billing report"), f"billing-report-{self.desk.today}.pdf")
        self.desk.ask(dialog, dialog.show_pdf, reports_papers.report_pdf, wanted=self.filter.wanted())
        dialog.open()

    def _write(self, path: Path, file: bytes) -> None:
        self.desk.run(self, self._saved, write_file, path, file)

    def _saved(self, path: Path) -> None:
        self.told.emit(tr("Saved the billing report as {path}", path=path))

    # -- how it stands ------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """One or two charts beside each other."""
        beside = 2 if self._left.width() >= theme().px(_TWO_BESIDE) else 1
        if beside != self._beside:
            self._beside = beside
            cards = list(self.cards.values())
            for place, card in enumerate(cards):
                is_odd = place == len(cards) - 1 and place % beside == 0
                self._grid.addWidget(card, place // beside, place % beside, 1, beside if is_odd else 1)
            self._grid.setColumnStretch(0, 1)
            self._grid.setColumnStretch(1, 1 if beside == 2 else 0)

    def _build(self) -> None:
        px = theme().px
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(10))
        charts = QWidget()
        charts.setLayout(column(self.tiles, self._grid, None, gap=10, margins=(12, 12, 12, 12)))
        self._left = scrolled(charts)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._left)
        self._stack.addWidget(self.nothing)
        self._beside_panel = ListDetail(
            self._stack,
            self.panel,
            opens=(),
            back=tr("Figures and charts"),
            show=tr("Open the list"),
            above=self.filter,
            detail_width=470,
            narrow_below=860,
        )
        self.set_content(Frame("canvas", column(self._beside_panel, gap=0)))
        set_shown(self.panel, False)
