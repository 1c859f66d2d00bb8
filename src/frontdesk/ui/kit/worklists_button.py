"""The way from a tab's first page to its worklists: one button with how much waits on all of them."""

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme


class WorklistsButton(Panel):
    """Opens the first list; takes no room while there is none. A tab's own asks for the counts."""

    lists: ClassVar[tuple[tuple[str, str], ...]] = ()
    narrow_below: ClassVar[int] = 1080
    """Below this many design pixels of the page the toolbar has no room for its words."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.button = Button(tr("Worklists"), icon="list-todo")
        self.button.clicked.connect(self.open_first)
        self._count, self._is_narrow = 0, False
        self.setLayout(row(self.button, gap=0))
        set_shown(self, bool(self.lists))

    def minimumSizeHint(self) -> QSize:
        """As if it were narrow: else it would keep the window from becoming so."""
        return QSize(theme().px(72), super().minimumSizeHint().height())

    def open_first(self) -> None:
        """The lists' own sub-tabs lead on to the others."""
        self.go.emit(self.lists[0][0], None)

    def show_waiting(self, waiting: Mapping[str, int]) -> None:
        """How much waits on each list."""
        count = sum(waiting.values())
        self._count = count
        self._word()
        self.button.setAccessibleName(
            counted(count, "Worklists: {count} entry waits", "Worklists: {count} entries wait")
        )
        self.button.setToolTip(self.button.accessibleName())

    def fit(self, page_width: int) -> None:
        """Where it is narrow, the figure alone."""
        self._is_narrow = page_width < theme().px(self.narrow_below)
        self._word()

    def _word(self) -> None:
        figure = str(self._count or "")
        self.button.setText(figure if self._is_narrow else tr("{count} to do", count=figure))
        if not self._count and not self._is_narrow:
            self.button.setText(tr("Worklists"))
