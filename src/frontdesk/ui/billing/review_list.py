"""What a person should look at before a remittance is posted, a line each."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.services.billing.remittance_views import AnswerRow, AnswerState
from frontdesk.ui.billing.answer_list import LOOK
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import row, scrolled
from frontdesk.ui.kit.label import EndingLabel, IconLabel, Label, Rule
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_LINE = 34
_MOST_SHOWN = 4


class ReviewList(QWidget):
    """Name, sentence, and a button that opens the claim; hidden when there is nothing to review."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = Label("", "caption", "text-2")
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(theme().px(14), 0, theme().px(14), 0)
        self._lines.setSpacing(0)
        inner = QWidget()
        inner.setLayout(self._lines)
        self._area = scrolled(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, theme().px(4))
        whole.setSpacing(0)
        whole.addWidget(Rule())
        whole.addLayout(row(self._head, margins=(14, 8, 14, 4)))
        whole.addWidget(self._area)

    def show_answers(self, answers: tuple[AnswerRow, ...]) -> None:
        found = [answer for answer in answers if answer.review and answer.state is not AnswerState.NO_MATCH]
        set_shown(self, bool(found))
        self._head.setText(counted(len(found), "{count} claim to review", "{count} claims to review"))
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for answer in found:
            self._lines.addWidget(self._line(answer))
        self._lines.addStretch(1)
        self._area.setFixedHeight(theme().px(_LINE) * min(_MOST_SHOWN, len(found)))

    def _line(self, answer: AnswerRow) -> QWidget:
        look = LOOK[answer.state]
        button = Button(tr("Open"), height="small")
        button.setAccessibleName(tr("Open {patient}", patient=answer.patient))
        button.clicked.connect(lambda: self.opened.emit(answer.id))
        line = row(IconLabel(look.icon, draw.mark_token(look.tone)), Label(f"{answer.patient}:", "strong"))
        line.addWidget(EndingLabel(answer.review, "body", "text-2"), 1)
        line.addWidget(button)
        holder = QWidget()
        holder.setLayout(line)
        holder.setFixedHeight(theme().px(_LINE))
        return holder
