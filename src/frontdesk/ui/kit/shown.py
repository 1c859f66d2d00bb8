"""Showing and hiding parts of a window, also before they have their place in it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def set_shown(part: QWidget, shown: bool) -> None:
    """Like `setVisible`, but a part without a parent yet does not flash up as a window of its own."""
    if shown and part.parentWidget() is None:
        part.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)  # it appears with its parent
    else:
        part.setVisible(shown)
