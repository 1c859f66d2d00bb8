"""What a person should look at before a remittance is posted, a line each, with what can be decided."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.services.billing.remittance_views import AnswerRow, AnswerState, Treatment
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
    """Name, sentence, and the verbs that work now; hidden when there is nothing to review."""

    opened = Signal(object)
    decided = Signal(object, object)
    """The answer, and what becomes of its open amount (None: decide anew)."""

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

    def show_answers(self, answers: tuple[AnswerRow, ...], *, is_open: bool) -> None:
        """`is_open` while something may still be decided: it is not posted."""
        found = [
            answer
            for answer in answers
            if (answer.review or answer.decided) and answer.state is not AnswerState.NO_MATCH
        ]
        set_shown(self, bool(found))
        waiting = sum(answer.decided is None for answer in found)
        self._head.setText(
            counted(waiting, "{count} claim to review", "{count} claims to review")
            if waiting
            else tr("Everything is decided")
        )
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for answer in found:
            self._lines.addWidget(self._line(answer, is_open=is_open))
        self._lines.addStretch(1)
        self._area.setFixedHeight(theme().px(_LINE) * min(_MOST_SHOWN, len(found)))

    def _line(self, answer: AnswerRow, *, is_open: bool) -> QWidget:
        look = LOOK[answer.state]
        line = row(IconLabel(look.icon, draw.mark_token(look.tone)), Label(f"{answer.patient}:", "strong"))
        line.addWidget(EndingLabel(_words(answer), "body", "text-2"), 1)
        for button in self._verbs(answer, is_open=is_open):
            line.addWidget(button)
        holder = QWidget()
        holder.setLayout(line)
        holder.setFixedHeight(theme().px(_LINE))
        return holder

    def _verbs(self, answer: AnswerRow, *, is_open: bool) -> Iterator[Button]:
        """What works now: deciding while it is not posted, and looking at the claim."""
        if is_open and answer.decided is not None:
            yield self._button(tr("Decide anew"), answer, lambda: self.decided.emit(answer, None))
        elif is_open and answer.open_cents and answer.claim_id is not None:
            yield self._button(
                tr("Write off"), answer, lambda: self.decided.emit(answer, Treatment.WRITE_OFF)
            )
            yield self._button(
                tr("Bill patient"), answer, lambda: self.decided.emit(answer, Treatment.PATIENT)
            )
        yield self._button(tr("Open"), answer, lambda: self.opened.emit(answer.id))

    def _button(self, words: str, answer: AnswerRow, act: Callable[[], object]) -> Button:
        button = Button(words, height="small")
        button.setAccessibleName(f"{words}: {answer.patient}")
        button.clicked.connect(lambda: act())
        return button


def _words(answer: AnswerRow) -> str:
    if answer.decided is Treatment.WRITE_OFF:
        return tr("written off when posted. {why}", why=answer.decided_note)
    if answer.decided is Treatment.PATIENT:
        return tr("billed to the patient when posted. {why}", why=answer.decided_note)
    return answer.review
