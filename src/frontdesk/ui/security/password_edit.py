"""Where a password or PIN is typed: hidden until asked for, with a word about Caps Lock."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_SIDE = 28
_TALL = 34


class PasswordEdit(QLineEdit):
    """The value is what was typed, blanks and all."""

    caps_lock_changed = Signal(bool)

    def __init__(self, *, tall: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caps_lock = False
        self._tall = tall
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoAutoUppercase)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._eye = IconButton("eye", tr("Show what is typed"), parent=self)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show)

    def value(self) -> str:
        return self.text()

    def problem(self) -> str:
        return ""

    def hide_again(self) -> None:
        """Empty and hidden, for the next person."""
        self.clear()
        self._eye.setChecked(False)

    def sizeHint(self) -> QSize:
        usual = super().sizeHint()
        return QSize(usual.width(), theme().px(_TALL)) if self._tall else usual

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._look_at_caps_lock(event)
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = min(theme().px(_SIDE), self.height())
        self._eye.setGeometry(QRect(self.width() - side - 2, (self.height() - side) // 2, side, side))
        self.setTextMargins(0, 0, side, 0)

    def _look_at_caps_lock(self, event: QKeyEvent) -> None:
        """Qt does not tell the lock's state: a capital without Shift, or a small letter with it, does."""
        typed = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            is_on = False  # it has just changed; the next letter tells
        elif len(typed) == 1 and typed.lower() != typed.upper():
            is_on = typed.isupper() != bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        else:
            return
        if is_on != self._caps_lock:
            self._caps_lock = is_on
            self.caps_lock_changed.emit(is_on)

    def _show(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._eye.show_icon("eye-off" if shown else "eye")
        self.setFocus(Qt.FocusReason.OtherFocusReason)
