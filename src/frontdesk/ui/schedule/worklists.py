"""What the schedule's worklists share: their sub-tabs with counts, and the way back to the day."""

from typing import ClassVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from frontdesk.services.schedule import overview
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import Toolbar
from frontdesk.ui.kit.page import Page
from frontdesk.ui.kit.tabs import SubTabs, TabStrip
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

LISTS: tuple[tuple[str, str], ...] = (
    ("requests", "Requests"),
    ("waitlist", "Waitlist"),
    ("recall", "Recall"),
    ("unscheduled", "Unscheduled"),
    ("calls", "Call list"),
    ("reminders", "Reminders"),
    ("late", "Running late"),
    ("replan", "Provider out"),
)
"""The page's name in shell/pages.py and the words of its sub-tab, in the order of the tabs."""

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


class WorklistPage(Page):
    """A list of the Schedule tab; `part` is its name in `LISTS` and in shell/pages.py."""

    part: ClassVar[str] = ""
    permission = "schedule.view"
    shows_patient = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        back = IconButton("arrow-left", tr("Day view"), keys="Esc")
        back.clicked.connect(self.to_day)
        self.sub_tabs = SubTabs(tuple((name, tr(words)) for name, words in LISTS), says=tr("Worklists"))
        self.sub_tabs.set_value(self.part)
        self.sub_tabs.chosen.connect(self._open_part)
        self.toolbar = Toolbar()
        self.toolbar.add_left(back, TabStrip(self.sub_tabs))
        self.set_toolbar(self.toolbar)

    def reload(self) -> None:
        self.desk.ask(self, self._show_waiting, overview.waiting)

    def to_day(self) -> None:
        """Back to the day of the book."""
        self.go.emit("schedule", None)

    def _open_part(self, part: str) -> None:
        if part != self.part:
            self.sub_tabs.set_value(self.part)
            self.go.emit(part, None)

    def _show_waiting(self, waiting: dict[str, int]) -> None:
        for name, _ in LISTS:
            self.sub_tabs.show_count(name, waiting.get(name, 0))
