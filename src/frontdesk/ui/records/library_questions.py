"""The questions within a form, with their words in each language side by side."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.services.records.forms import AnswerKind, Asked
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class QuestionRows(QWidget):
    """A line for each question: how it is answered, whether it must be, and its words."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[_Line] = []
        self._add = Button(tr("Add a question"), icon="plus", height="small")
        self._add.clicked.connect(self.add_one)
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme().px(6))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._lines)
        whole.addLayout(row(self._add, None))

    def add_one(self) -> None:
        """An empty question at the end."""
        line = self._put(Asked(AnswerKind.YES_NO), "", "")
        line.english.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def show_questions(
        self, asked: tuple[Asked, ...], english: tuple[str, ...], spanish: tuple[str, ...]
    ) -> None:
        for line in self.lines:
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        for place, each in enumerate(asked):
            self._put(
                each,
                english[place] if place < len(english) else "",
                spanish[place] if place < len(spanish) else "",
            )

    def asked(self) -> tuple[Asked, ...]:
        return tuple(line.asked() for line in self.lines)

    def words(self, language: str) -> tuple[str, ...]:
        """The questions in a language; none where none of them has words in it."""
        found = tuple((line.english if language == "en" else line.spanish).value() for line in self.lines)
        return found if language == "en" or any(found) else ()

    def _put(self, asked: Asked, english: str, spanish: str) -> "_Line":
        line = _Line(asked, english, spanish)
        line.changed.connect(self.changed)
        line.removed.connect(lambda: self._remove(line))
        self.lines.append(line)
        self._lines.addWidget(line)
        return line

    def _remove(self, line: "_Line") -> None:
        self.lines.remove(line)
        self._lines.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()


class _Line(QWidget):
    changed = Signal()
    removed = Signal()

    def __init__(self, asked: Asked, english: str, spanish: str) -> None:
        super().__init__()
        self.kind: Combo[AnswerKind] = Combo(
            ((AnswerKind.YES_NO, tr("Yes or no")), (AnswerKind.TEXT, tr("In words")))
        )
        self.kind.set_value(asked.kind)
        self.kind.setAccessibleName(tr("How it is answered"))
        self.kind.setFixedWidth(theme().px(110))
        self.required = CheckBox(tr("Required"), checked=asked.is_required)
        self.english, self.spanish = TextEdit(english), TextEdit(spanish)
        self.english.setPlaceholderText(tr("Question in English"))
        self.spanish.setPlaceholderText(tr("Question in Spanish"))
        self.english.setAccessibleName(tr("Question in English"))
        self.spanish.setAccessibleName(tr("Question in Spanish"))
        remove = IconButton("x", tr("Take the question out"))
        remove.clicked.connect(self.removed)
        self.kind.chosen.connect(lambda _: self.changed.emit())
        self.required.toggled.connect(lambda _: self.changed.emit())
        for edit in (self.english, self.spanish):
            edit.textEdited.connect(lambda _: self.changed.emit())
        line = row(self.kind, self.required, self.english, self.spanish, remove, gap=6)
        line.setStretch(2, 1)
        line.setStretch(3, 1)
        self.setLayout(line)

    def asked(self) -> Asked:
        return Asked(self.kind.value() or AnswerKind.YES_NO, self.required.isChecked())
