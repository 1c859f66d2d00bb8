"""Showing and hiding parts of a window, also before they have their place in it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def set_shown(part: QWidget, shown: bool) -> None:
    """Like `setVisible`, but a part without a parent yet does not flash up as a window of its own."""
    if shown and part.parentWidget() is None:
        part.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)  # it appears with its parent
    else:
        part.setVisible(shown)


def show_instead(part: QWidget, other: QWidget) -> None:
    """One part in the place of another; the focus that was in the other comes along."""
    had_focus = other.window().focusWidget() in (other, *other.findChildren(QWidget))
    set_shown(part, True)
    if had_focus:
        inside = (part, *part.findChildren(QWidget))
        takes = (each for each in inside if each.focusPolicy() & Qt.FocusPolicy.TabFocus)
        target = next((each for each in takes if each.isVisibleTo(part)), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
    set_shown(other, False)
