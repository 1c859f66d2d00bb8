"""Pieces of the consents card: the line about the tablet, the notes, the buttons that wrap."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class TabletLine(QWidget):
    """How far the patient is in the window of their own, and the way to take it back."""

    back_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = Label("", "medium", wrap=True)
        self._back = Button(tr("Take back"), height="small")
        self._back.clicked.connect(self.back_wanted)
        line = row(IconLabel("tablet", "accent"), self._words, self._back)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()

    @property
    def text(self) -> str:
        return self._words.text()

    def show_words(self, words: str) -> None:
        """ "On the tablet. Consent to treat: reading, 40 percent"."""
        self._words.setText(tr("On the tablet. {words}", words=words))
        self.show()


class SigningNotes(Form):
    """Who interpreted, and what the patient asked; kept with the signature."""

    def __init__(self) -> None:
        super().__init__()
        self.interpreter = TextEdit(hint=tr("Name, language, in person or by phone"))
        self.note = TextEdit(hint=tr("What was asked, and what was answered"))
        self.add("interpreter", tr("Interpreter"), self.interpreter, span=5)
        self.add("note", tr("Questions answered"), self.note, span=7)
        self.hide()

    def turn(self) -> None:
        """Open, or put away while nothing is written."""
        is_empty = not (self.interpreter.value() or self.note.value())
        self.setVisible(not self.isVisible() or not is_empty)
        if self.isVisible():
            self.interpreter.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Another patient: nothing of the one before."""
        self.interpreter.set_value("")
        self.note.set_value("")
        self.hide()


class Verbs(QWidget):
    """Who signs, and the buttons: on one line where there is room, else on two."""

    def __init__(self, who: CheckBox, buttons: QHBoxLayout) -> None:
        super().__init__()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme().px(6))
        self._line.addWidget(who)
        self._line.addLayout(buttons, 1)
        self._one_line = self._line.minimumSize().width()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = self.width() >= self._one_line
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if direction != self._line.direction():
            self._line.setDirection(direction)
            self.updateGeometry()
