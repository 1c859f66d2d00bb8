"""What of a paper remittance scrolls: the check, its claims, and the lines of the chosen one."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QScrollArea, QStackedWidget, QWidget

from frontdesk.ui.billing.paper_answer_entry import PaperClaimEntry
from frontdesk.ui.billing.paper_answer_head import PaperHead
from frontdesk.ui.billing.paper_answer_side import PaperSide
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_BESIDE_FROM, _NARROW = 1120, 780


class PaperBody(QScrollArea):
    """The lines stand beside the claims, or below them where it is narrow; what has the focus is in sight."""

    def __init__(self, head: PaperHead, side: PaperSide, entry: PaperClaimEntry) -> None:
        super().__init__()
        self._side, self._entry = side, entry
        self._nothing = EmptyState(
            "file-input",
            tr("No claim is typed in yet"),
            tr("Choose the payer, then find each claim of the paper by its number, its patient or its day."),
        )
        self._lines = QWidget()
        self._lines.setLayout(column(entry, None, gap=0))
        self._right = QStackedWidget()
        self._right.addWidget(self._nothing)
        self._right.addWidget(self._lines)
        self._lower = row(side, gap=0)
        self._lower.addWidget(self._right, 1)
        inner = QWidget()
        whole = column(head, gap=0)
        whole.addLayout(self._lower, 1)
        inner.setLayout(whole)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def show_lines(self, shown: bool) -> None:
        """The lines of the chosen claim, or what to do first."""
        self._right.setCurrentWidget(self._lines if shown else self._nothing)

    def fit(self, width: int) -> bool:
        """Lay out for a page so wide; whether that is narrow."""
        px = theme().px
        beside, is_narrow = width >= px(_BESIDE_FROM), width < px(_NARROW)
        way = QBoxLayout.Direction
        self._lower.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._side.set_beside(beside)
        self._entry.lines.set_stacked(is_narrow)
        return is_narrow

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            QTimer.singleShot(0, self._show_focus)  # a row that was just put in has its place then

    def _show_focus(self) -> None:
        now = QApplication.focusWidget()
        if now is not None and self.isAncestorOf(now):
            self.ensureWidgetVisible(now, theme().px(12), theme().px(12))
