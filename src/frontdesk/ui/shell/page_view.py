"""Holds the pages: one too large for the window scrolls, so that the window never outgrows the screen."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from frontdesk.ui.kit.front_stack import FrontStack
from frontdesk.ui.theme import theme


class PageView(QScrollArea):
    """The pages as large as their place, or as they need; what has the focus is always in sight."""

    def __init__(self, stack: FrontStack) -> None:
        super().__init__()
        self._stack = stack
        self.setWidget(stack)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(240), theme().px(160))

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._stack.isAncestorOf(now):
            self.ensureWidgetVisible(now, theme().px(12), theme().px(12))
