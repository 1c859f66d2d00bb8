"""The user menu: how the window looks, the keys, lock."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from frontdesk.ui.text import tr
from frontdesk.ui.theme import SCALES, ThemeName, theme

_THEMES: tuple[tuple[ThemeName, str], ...] = (
    ("light", "Light"),
    ("dark", "Dark"),
    ("hc", "High contrast"),
)


class UserMenu(QMenu):
    """Tells what was chosen; ticks what is so."""

    theme_chosen = Signal(str)
    scale_chosen = Signal(int)
    keys_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        view = self.addMenu(tr("&View"))
        self._themes = QActionGroup(self)
        for name, words in _THEMES:
            self._add(view, self._themes, tr(words), name, partial(self.theme_chosen.emit, name))
        view.addSeparator()
        self._scales = QActionGroup(self)
        for scale in SCALES:
            words = f"{scale}%"
            self._add(view, self._scales, words, scale, partial(self.scale_chosen.emit, scale))
        self.addAction(tr("&Keys\tF1")).triggered.connect(self.keys_wanted)
        self.addSeparator()
        self.addAction(tr("&Lock\tCtrl+L")).triggered.connect(self.lock_wanted)
        self.aboutToShow.connect(self._tick)

    def _add(
        self, menu: QMenu, group: QActionGroup, words: str, value: object, chosen: Callable[[], object]
    ) -> None:
        action = QAction(words, self)
        action.setCheckable(True)
        action.setData(value)
        action.triggered.connect(lambda _checked: chosen())
        group.addAction(action)
        menu.addAction(action)

    def _tick(self) -> None:
        for action in self._themes.actions():
            action.setChecked(action.data() == theme().name)
        for action in self._scales.actions():
            action.setChecked(action.data() == theme().scale)
