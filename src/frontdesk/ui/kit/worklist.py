"""What worklists share: sub-tabs with counts, the way back, the width of what stands beside a list."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import Frame, Toolbar, row
from frontdesk.ui.kit.cell import Group
from frontdesk.ui.kit.page import Page
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Table
from frontdesk.ui.kit.tabs import SubTabs
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

K = TypeVar("K")
R = TypeVar("R")

_DETAIL, _DETAIL_LARGE = 360, 320
"""Design pixels of what stands beside a list; at the largest sizes the list needs more of the page."""


class DetailWidth(QObject):
    """Keeps the detail of a worklist as wide as those of the others."""

    def __init__(self, detail: QWidget) -> None:
        super().__init__(detail)
        self._detail = detail
        self._fit()
        theme().changed.connect(self._fit)

    def _fit(self) -> None:
        self._detail.setFixedWidth(theme().px(_DETAIL if theme().scale <= 150 else _DETAIL_LARGE))


class ListOrNothing(Frame):
    """A list and the detail of its chosen row; only the empty state while it has no rows."""

    def __init__(
        self,
        table: Table[Any],  # Any: the rows do not matter here
        nothing: EmptyState,
        detail: QWidget | None = None,
    ) -> None:
        self._table, self._nothing, self._detail = table, nothing, detail
        self._stack = QStackedWidget()
        self._stack.addWidget(table)
        self._stack.addWidget(nothing)
        whole = row(self._stack, *((detail,) if detail is not None else ()), gap=0)
        whole.setStretchFactor(self._stack, 1)
        super().__init__("surface", whole)

    def show_filled(self, is_filled: bool) -> None:
        """After the rows were shown: the first one is chosen where none is."""
        self._stack.setCurrentWidget(self._table if is_filled else self._nothing)
        if self._detail is not None:
            set_shown(self._detail, is_filled)
        if is_filled and self._table.current() is None:
            self._table.choose_first()


def in_groups(
    looks: Mapping[K, tuple[str, str, str]], lines: Iterable[R], group_of: Callable[[R], K]
) -> list[tuple[Group, list[R]]]:
    """The lines under the heads of their groups, in the order of `looks`: words, icon and color of each."""
    found: dict[K, list[R]] = {}
    for line in lines:
        found.setdefault(group_of(line), []).append(line)
    return [
        (Group(tr(words), str(len(found[which])), icon, color), found[which])
        for which, (words, icon, color) in looks.items()
        if which in found
    ]


class WorklistPage(Page):
    """A list of a tab's work; a tab's own base says which lists there are, and asks for their counts."""

    part: ClassVar[str] = ""
    """Its name in `lists` and in shell/pages.py."""
    lists: ClassVar[tuple[tuple[str, str], ...]] = ()
    """The page's name in shell/pages.py and the words of its sub-tab, in the order of the tabs."""
    home_page: ClassVar[str] = ""
    """Where Esc leads."""
    home_words: ClassVar[str] = ""
    shows_patient = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        back = IconButton("arrow-left", tr(self.home_words), keys="Esc")
        back.clicked.connect(self.to_home)
        self.sub_tabs = SubTabs(tuple((name, tr(words)) for name, words in self.lists), says=tr("Worklists"))
        self.sub_tabs.set_value(self.part)
        self.sub_tabs.chosen.connect(self._open_part)
        self.toolbar = Toolbar()
        self.toolbar.add_left(back, self.sub_tabs)
        self.turns_with(self.sub_tabs)
        self.set_toolbar(self.toolbar)

    def to_home(self) -> None:
        """Back to the tab's first page."""
        self.go.emit(self.home_page, None)

    def show_waiting(self, waiting: Mapping[str, int]) -> None:
        """How much waits on each list."""
        for name, _ in self.lists:
            self.sub_tabs.show_count(name, waiting.get(name, 0))

    def _open_part(self, part: str) -> None:
        if part != self.part:
            self.sub_tabs.set_value(self.part)
            self.go.emit(part, None)
