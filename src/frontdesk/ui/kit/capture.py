"""A picture of a window with the dialogs before it, as the person sees it; works without a display."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget


def capture(window: QWidget) -> QImage:
    """The window, and over it each of its visible dialogs and menus at its place."""
    picture = window.grab().toImage()
    painter = QPainter(picture)
    origin = window.mapToGlobal(QPoint(0, 0))
    for other in QApplication.topLevelWidgets():
        owner = other.parentWidget()
        if other.isVisible() and owner is not None and owner.window() is window:
            painter.drawPixmap(other.mapToGlobal(QPoint(0, 0)) - origin, other.grab())
    painter.end()
    return picture
