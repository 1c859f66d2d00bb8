"""What to look at before a remittance is posted, a line each, with what its finding calls for."""

from collections.abc import Iterator
from functools import partial
from html import escape

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.services.billing.remittance_views import AnswerRow, AnswerState, Verb
from frontdesk.ui.billing.answer_list import LOOK
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import row, scrolled
from frontdesk.ui.kit.label import IconLabel, Label, Rule
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_LINE = 34
_MOST_SHOWN = 4
_MOST_LISTED = 60
"""Of more, the first that nothing was decided on; the table has them all."""
_WORDS = {
    Verb.REFUND: "Refund",
    Verb.APPEAL: "Appeal",
    Verb.PATIENT: "Bill patient",
    Verb.WRITE_OFF: "Write off",
    Verb.AGAIN: "Decide anew",
    Verb.WITHDRAW: "Withdraw refund",
    Verb.OPEN: "Open",
}
VERB_KEYS = tuple(
    (key, _WORDS[verb], verb)
    for key, verb in (("A", Verb.APPEAL), ("W", Verb.WRITE_OFF), ("B", Verb.PATIENT), ("R", Verb.REFUND))
)
"""Each verb that has a key of its own, with its words."""


class ReviewList(QWidget):
    """Name, sentence, and the verbs that work now; hidden when there is nothing to review."""

    wanted = Signal(object, object)
    """An answer, and the verb for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = Label("", "caption", "text-2")
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(theme().px(14), 0, theme().px(14), 0)
        self._lines.setSpacing(0)
        self._verbs: dict[tuple[int, Verb], Button] = {}
        self._inner = QWidget()
        self._inner.setLayout(self._lines)
        self._inner.installEventFilter(self)
        self._area = scrolled(self._inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, theme().px(4))
        whole.setSpacing(0)
        whole.addWidget(Rule())
        whole.addLayout(row(self._head, margins=(14, 8, 14, 4)))
        whole.addWidget(self._area)

    def show_answers(self, answers: tuple[AnswerRow, ...], waiting: int, *, is_open: bool) -> None:
        """`waiting` is what is to be decided on all pages; `is_open` while it may be: it is not posted."""
        found = [answer for answer in answers if answer.review and answer.state is not AnswerState.NO_MATCH]
        set_shown(self, bool(found))
        self._head.setText(_head(waiting, is_open=is_open))
        found = sorted(found, key=lambda answer: answer.is_settled)[:_MOST_LISTED]
        left_at = self._focused()
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._verbs = {}
        for answer in found:
            line = self._line(answer, is_last=answer is found[-1])
            self._lines.addWidget(line)
            line.show()  # at once, so that it can take the focus
        self._lines.addStretch(1)
        self._fit()
        self._focus_again(left_at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """New lines have their height only once they are shown."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return False

    def button(self, answer_id: int, verb: Verb) -> Button | None:
        """The button of an answer's verb, where its finding calls for it."""
        return self._verbs.get((answer_id, verb))

    def _line(self, answer: AnswerRow, *, is_last: bool) -> QWidget:
        look = LOOK[answer.state]
        icon, tone = ("circle-check", "ok") if answer.is_settled else (look.icon, look.tone)
        line = row(IconLabel(icon, draw.mark_token(tone)))
        line.addWidget(_Sentence(answer), 1)
        for button in self._buttons(answer):
            line.addWidget(button)
        holder = QWidget()
        whole = QVBoxLayout(holder)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        line.setContentsMargins(0, theme().px(3), 0, theme().px(3))
        whole.addLayout(line, 1)
        if not is_last:
            whole.addWidget(Rule())
        holder.setMinimumHeight(theme().px(_LINE))
        return holder

    def _buttons(self, answer: AnswerRow) -> Iterator[Button]:
        for verb in answer.verbs:
            words = tr(_WORDS[verb])
            button = Button(words, height="small")
            button.setAccessibleName(f"{words}: {answer.patient}")
            button.clicked.connect(partial(self.wanted.emit, answer, verb))
            self._verbs[answer.id, verb] = button
            yield button

    def _fit(self) -> None:
        """As high as the lines are where it is so wide, up to a few of them."""
        wanted = max(0, self._lines.heightForWidth(self.width()))
        self._area.setFixedHeight(min(wanted, theme().px(_LINE) * _MOST_SHOWN))

    def _focused(self) -> int | None:
        focus = self.window().focusWidget()
        return next((answer_id for (answer_id, _), button in self._verbs.items() if button is focus), None)

    def _focus_again(self, answer_id: int | None) -> None:
        """Whoever works down the list with the keys goes on where they were."""
        button = next((b for (id, _), b in self._verbs.items() if id == answer_id), None)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)


class _Sentence(Label):
    """The name in bold and what was found; two lines where one is too narrow."""

    def __init__(self, answer: AnswerRow) -> None:
        super().__init__("", "body", "text-2", wrap=True)
        said = answer.review
        self._name = escape(answer.patient)
        self._words = escape(said if said[1:2].isupper() else said[:1].lower() + said[1:])
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAccessibleName(f"{answer.patient}: {answer.review}")
        self.setToolTip(answer.review)
        self._say()
        theme().changed.connect(self._say)

    def _say(self) -> None:
        ink = theme().color("text").name()
        self.setText(f'<span style="font-weight:600; color:{ink}">{self._name}:</span> {self._words}')


def _head(waiting: int, *, is_open: bool) -> str:
    if not is_open:
        return tr("What was to review")
    if not waiting:
        return tr("Everything is decided")
    return tr("To review before posting") + "  ·  " + counted(waiting, "{count} claim", "{count} claims")
