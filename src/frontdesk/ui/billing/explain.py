"""Why a balance is what it is: one sentence per act, with the amount by which it changed."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from frontdesk.kernel.money import dollars, ledger
from frontdesk.services.billing import explain_amount, explain_print
from frontdesk.services.billing.explain import Explanation
from frontdesk.services.billing.explain_subject import Subject
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import LinkButton
from frontdesk.ui.kit.card import column, row, scrolled
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.label import Label, Rule
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_LEAST, _MOST = 60, 360
"""How tall the sentences stand in the dialog: in a low window, and at most."""


class ExplainedBalance(QWidget):
    """The sentences, their amounts on the right; in the last line what is left, where it ends with it."""

    grown = Signal()
    """Other sentences are laid out."""

    def __init__(self, parent: QWidget | None = None, *, ends: bool = True) -> None:
        super().__init__(parent)
        self._ends = ends
        self.explanation: Explanation | None = None
        self._shows_all = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(16))
        self._grid.setVerticalSpacing(theme().px(8))
        self._grid.setColumnStretch(0, 1)

    def show_explanation(self, explanation: Explanation) -> None:
        self.explanation = explanation
        self._shows_all = False
        self._lay_out()

    def show_all(self) -> None:
        """Also what is long settled."""
        self._shows_all = True
        self._lay_out()

    def minimumSizeHint(self) -> QSize:
        """Of the width alone: a scroll area would keep room for lines that are broken as often as can be."""
        return QSize(super().minimumSizeHint().width(), 0)

    def height_in(self, width: int) -> int:
        """How tall it stands in so many pixels, before it is shown."""
        for place in range(self._grid.count()):
            item = self._grid.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.show()  # what is hidden still has no height
                widget.ensurePolished()
        return max(0, self._grid.totalHeightForWidth(width))

    def _lay_out(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if self.explanation is None:
            return
        settled = 0 if self._shows_all else self.explanation.settled
        if settled:
            words = tr("{count} earlier entries cancel out. Show them.", count=settled)
            link = LinkButton(words)
            link.clicked.connect(self.show_all)
            self._grid.addWidget(link, 0, 0, 1, 2)
        end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        line = 1
        for sentence in self.explanation.sentences[settled:]:
            self._grid.addWidget(Label(sentence.text, "secondary", wrap=True), line, 0)
            if sentence.amount_cents:
                amount = Label(_said(self.explanation, sentence.amount_cents), "secondary", "text-2")
                self._grid.addWidget(amount, line, 1, end)
            line += 1
        if self._ends:
            end_lines = Conclusion()
            end_lines.show_explanation(self.explanation)
            self._grid.addWidget(end_lines, line, 0, 1, 2)
        self._grid.setRowStretch(line + 1, 1)
        self.grown.emit()


class Conclusion(QWidget):
    """The last line: what is left and who owes it, and the sum."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._total = Label("", "strong", wrap=True), Label("", "strong")
        line = row(gap=16)
        line.addWidget(self._words, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._total, 0, Qt.AlignmentFlag.AlignTop)
        self._line = line
        self.setLayout(column(Rule(), line, gap=8))

    def show_explanation(self, explanation: Explanation) -> None:
        self._words.setText(explanation.conclusion)
        total = explanation.total_cents
        self._total.setText(f"{total:,}" if explanation.is_count else dollars(total))

    def keep_clear(self, pixels: int) -> None:
        """So much at the right edge: the sum stands under amounts that have a scroll bar beside them."""
        self._line.setContentsMargins(0, 0, pixels, 0)


def _said(explanation: Explanation, amount: int) -> str:
    return f"{amount:,}" if explanation.is_count else ledger(amount)


class ExplainDialog(Dialog):
    """One amount explained; what is about a patient can go with them on paper."""

    def __init__(self, parent: QWidget, desk: Desk, subject: object) -> None:
        super().__init__(parent, tr("Why this amount?"), icon="receipt-text", icon_color="accent", width=620)
        assert isinstance(subject, Subject)
        self._desk = desk
        self._subject = subject
        self._title = Label("", "body", "text-2", wrap=True)
        self.explained = ExplainedBalance(ends=False)
        self.explained.grown.connect(self._fit)
        self._area = scrolled(self.explained)
        self._end = Conclusion()
        for piece in (self._title, self._area, self._end):
            self.body.addWidget(piece)
        if subject.is_for_patients and subject.id:
            self.add_verb(tr("PDF for the patient…"), self.print_paper, closes=False)
        self.add_verb(tr("Close"), kind="primary", keys="Esc")
        desk.ask(self, self.show_explanation, explain_amount.amount, subject=subject)

    def show_explanation(self, explanation: Explanation) -> None:
        self._title.setText(explanation.title)
        self._end.show_explanation(explanation)
        self.explained.show_explanation(explanation)

    def _fit(self) -> None:
        """As tall as its sentences, up to what the window has room for; more is scrolled to."""
        window = self.parentWidget()
        self._area.setFixedHeight(0)
        self.adjustSize()
        room = window.height() - self.height() - theme().px(24) if window is not None else 0
        needed = self.explained.height_in(self._area.viewport().width())
        height = min(needed, theme().px(_MOST), max(room, theme().px(_LEAST)))
        self._area.setFixedHeight(height)
        self._end.keep_clear(self._area.verticalScrollBar().sizeHint().width() if height < needed else 0)
        self.adjustSize()
        if window is not None and self.isVisible():
            self.move(window.mapToGlobal(window.rect().center()) - self.rect().center())

    def print_paper(self) -> None:
        """Written down first: whose balance went on paper is in the log of the record."""
        self._desk.do(self, self._show_paper, explain_print.note_print, subject=self._subject)

    def _show_paper(self, _: None) -> None:
        name = f"explained-balance-{self._desk.today}.pdf"
        parent = self.parentWidget() or self
        self.accept()
        dialog = PaperDialog(parent, self._desk, tr("Explained for the patient"), name)
        dialog.open()
        self._desk.ask(dialog, dialog.show_pdf, explain_print.explanation_pdf, subject=self._subject)
