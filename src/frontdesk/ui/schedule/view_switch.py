"""The views of the book: one switch on the toolbar of each."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.page import Errand, Page
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

VIEWS: tuple[tuple[str, str], ...] = (
    ("schedule", "Day"),
    ("week", "Week"),
    ("month", "Month"),
    ("resources", "Resources"),
    ("list", "List"),
)
"""The page's name in shell/pages.py and its word, in the order of the switch."""

NARROW = 980
"""Below this many design pixels the toolbar has no room for all of the segments."""


class ViewSwitch(QWidget):
    """A segment for each view; where the page is narrow, one button with a menu of them."""

    def __init__(self, page: Page, name: str, shows: Callable[[], Errand | None]) -> None:
        super().__init__()
        self._page, self._name, self._shows = page, name, shows
        self.segments = Segmented[str](tuple((view, tr(words)) for view, words in VIEWS), says=tr("View"))
        self.segments.set_value(name)
        self.segments.chosen.connect(self.open)
        self.button = Button(tr(dict(VIEWS)[name]), icon="chevrons-up-down")
        self.button.setAccessibleName(tr("View: {name}", name=self.button.text()))
        self.button.setMenu(self._menu())
        self.button.hide()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setLayout(row(self.segments, self.button, gap=0))
        page.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        """As if it were narrow: else the segments would keep the window from becoming so."""
        return self.button.sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        is_narrow = self._page.width() < theme().px(NARROW)
        self.segments.setVisible(not is_narrow)
        self.button.setVisible(is_narrow)

    def open(self, view: str) -> None:
        """The page of another view, at what this one shows."""
        if view != self._name:
            self.segments.set_value(self._name)
            self._page.go.emit(view, self._shows())

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for view, words in VIEWS:
            entry = menu.addAction(tr(words))
            entry.setCheckable(True)
            entry.setChecked(view == self._name)
            entry.triggered.connect(lambda _=False, view=view: self.open(view))
            group.addAction(entry)
        return menu


def nothing_to_show() -> Errand | None:
    """The other view stays where it was."""
    return None


def view_switch(page: Page, name: str, shows: Callable[[], Errand | None] = nothing_to_show) -> ViewSwitch:
    """The switch for the page of this name; another view opens its page, at what this one shows."""
    return ViewSwitch(page, name, shows)
