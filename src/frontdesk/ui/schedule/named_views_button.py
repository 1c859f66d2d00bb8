"""The views that are kept under a name: a small menu, and Ctrl+F1 to Ctrl+F8."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from frontdesk.services.schedule import named_views
from frontdesk.services.schedule.named_views import KEYS, NamedViewDraft, NamedViewView
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.page import Errand, Key, Page, Panel
from frontdesk.ui.schedule.named_view_dialogs import ChangeViewDialog, KeepViewDialog
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

ACT: Final = "named_view"
"""The act of the errand that sends a page to show a kept view."""
KEY: Final = f"Ctrl+F1–F{KEYS}"


class NamedViewsButton(Panel):
    """Opens kept views on their pages; keeps what its own page shows."""

    topics = frozenset({"named_view"})

    def __init__(
        self,
        page: Page,
        shown: Callable[[], NamedViewDraft],
        choose_columns: Callable[[], object] | None = None,
        choose_words: str = "",
    ) -> None:
        super().__init__(page.desk)
        self._page, self._shown, self._choose_columns = page, shown, choose_columns
        self._choose_words = choose_words or tr("Choose columns…")
        self.views: tuple[NamedViewView, ...] = ()
        """One's own and the office's."""
        self.button = IconButton("bookmark", tr("Kept views"), keys=KEY)
        self.button.clicked.connect(self.open)
        self.setLayout(row(self.button, gap=0))
        for number in range(1, KEYS + 1):
            bound = QShortcut(QKeySequence(f"Ctrl+F{number}"), self)
            bound.setContext(Qt.ShortcutContext.WindowShortcut)
            bound.activated.connect(lambda number=number: self.open_by_key(number))

    def key(self) -> Key:
        """For the F1 sheet; bound here."""
        return Key(KEY, tr("Kept views"))

    def reload(self) -> None:
        self.desk.ask(self, self._show, named_views.named_views)

    def open(self) -> None:
        self.menu().popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    def open_by_key(self, number: int) -> None:
        """One's own goes before the office's."""
        with_key = [view for view in self.views if view.draft.key_number == number]
        for view in sorted(with_key, key=lambda view: view.draft.is_shared)[:1]:
            self._apply(view)

    def menu(self) -> QMenu:
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for view in self.views:
            icon = theme().icon("users" if view.draft.is_shared else "bookmark", "text-2")
            entry = menu.addAction(icon, view.draft.name)
            entry.setShortcut(QKeySequence(view.keys))
            entry.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            entry.triggered.connect(lambda _=False, view=view: self._apply(view))
        if self.views:
            menu.addSeparator()
        if self._choose_columns is not None:
            columns = menu.addAction(theme().icon("columns-3", "text-2"), self._choose_words)
            columns.triggered.connect(self._choose_columns)
        menu.addAction(theme().icon("bookmark-plus", "text-2"), tr("Keep this view…"), self.keep)
        changeable = [view for view in self.views if view.may_change]
        if changeable:
            change = menu.addMenu(theme().icon("pencil", "text-2"), tr("Rename or remove"))
            for view in changeable:
                entry = change.addAction(view.draft.name)
                entry.triggered.connect(lambda _=False, view=view: self.change(view))
        return menu

    def keep(self) -> None:
        """Asks for a name; the first free key is offered."""
        taken = {view.draft.key_number for view in self.views}
        free = next((number for number in range(1, KEYS + 1) if number not in taken), 0)
        dialog = KeepViewDialog(self._page, self.desk, self._shown(), free, self._page.told.emit)
        dialog.open()
        dialog.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def change(self, view: NamedViewView) -> None:
        dialog = ChangeViewDialog(self._page, self.desk, view, self._page.told.emit)
        dialog.open()
        dialog.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _apply(self, view: NamedViewView) -> None:
        self._page.go.emit(view.draft.book_view.value, Errand(ACT, about_id=view.id))

    def _show(self, views: tuple[NamedViewView, ...]) -> None:
        self.views = views
