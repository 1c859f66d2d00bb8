"""What was done is said where nothing is covered that is acted on next."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.toast import KEPT_CLEAR, Toast


def covered(qtbot: QtBot, part: QWidget) -> bool:
    """Whether a toast in a window lies over what stands in its lower left corner."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    part.setParent(window)
    part.setGeometry(QRect(0, 340, 300, 60))
    toast = Toast(window)
    window.show()
    toast.say("Held Tue 4:15 PM for 5 minutes", lambda: None)
    return toast.geometry().intersects(part.geometry())


def test_a_toast_stands_clear_of_the_main_button(qtbot: QtBot) -> None:
    assert not covered(qtbot, Button("Book Tue 4:15 PM", "primary"))
    assert covered(qtbot, Button("Show more"))


def test_a_toast_stands_clear_of_what_is_kept_clear(qtbot: QtBot) -> None:
    hints = QWidget()
    hints.setProperty(KEPT_CLEAR, True)
    assert not covered(qtbot, hints)
