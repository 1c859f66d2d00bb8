"""Why a balance is what it is: one sentence per act, with the amount by which it changed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from frontdesk.kernel.money import dollars, ledger
from frontdesk.services.billing import explain_amount, explain_papers
from frontdesk.services.billing.explain import Explanation
from frontdesk.services.billing.explain_subject import Subject
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import LinkButton
from frontdesk.ui.kit.card import scrolled
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.label import Label, Rule
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class ExplainedBalance(QWidget):
    """The sentences, their amounts on the right, and what is left in the last line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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

    def _lay_out(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if self.explanation is None:
            return
        settled = 0 if self._shows_all else settled_sentences(self.explanation)
        if settled:
            words = tr("{count} earlier sentences add up to nothing. Show them.", count=settled)
            link = LinkButton(words)
            link.clicked.connect(self.show_all)
            self._grid.addWidget(link, 0, 0, 1, 2)
        end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        line = 1
        for sentence in self.explanation.sentences[settled:]:
            self._grid.addWidget(Label(sentence.text, "secondary", wrap=True), line, 0)
            if sentence.amount_cents:
                amount = Label(ledger(sentence.amount_cents), "secondary", "text-2")
                self._grid.addWidget(amount, line, 1, end)
            line += 1
        self._grid.addWidget(Rule(), line, 0, 1, 2)
        self._grid.addWidget(Label(self.explanation.conclusion, "strong", wrap=True), line + 1, 0)
        self._grid.addWidget(Label(dollars(self.explanation.total_cents), "strong"), line + 1, 1, end)
        self._grid.setRowStretch(line + 2, 1)


def settled_sentences(explanation: Explanation) -> int:
    """How many of the first sentences come to zero together, so that the rest explains the balance alone."""
    settled = total = 0
    for number, sentence in enumerate(explanation.sentences, 1):
        total += sentence.amount_cents
        if total == 0 and number < len(explanation.sentences):
            settled = number
    return settled if explanation.total_cents else 0


class ExplainDialog(Dialog):
    """One amount explained; what is about a patient can go with them on paper."""

    def __init__(self, parent: QWidget, desk: Desk, subject: object) -> None:
        super().__init__(parent, tr("Why this amount?"), icon="receipt-text", icon_color="accent", width=620)
        assert isinstance(subject, Subject)
        self._desk = desk
        self._subject = subject
        self._title = Label("", "body", "text-2", wrap=True)
        self.explained = ExplainedBalance()
        area = scrolled(self.explained)
        area.setFixedHeight(theme().px(360))
        self.body.addWidget(self._title)
        self.body.addWidget(area)
        if subject.is_for_patients and subject.id:
            self.add_verb(tr("PDF for the patient…"), self.print_paper, closes=False)
        self.add_verb(tr("Close"), kind="primary", keys="Esc")
        desk.ask(self, self.show_explanation, explain_amount.amount, subject=subject)

    def show_explanation(self, explanation: Explanation) -> None:
        self._title.setText(explanation.title)
        self.explained.show_explanation(explanation)

    def print_paper(self) -> None:
        """Written down first: whose balance went on paper is in the log of the record."""
        self._desk.do(self, self._show_paper, explain_papers.note_print, subject=self._subject)

    def _show_paper(self, _: None) -> None:
        name = f"explained-balance-{self._desk.today}.pdf"
        parent = self.parentWidget() or self
        self.accept()
        dialog = PaperDialog(parent, self._desk, tr("Your balance explained"), name)
        dialog.open()
        self._desk.ask(dialog, dialog.show_pdf, explain_papers.explanation_pdf, subject=self._subject)
