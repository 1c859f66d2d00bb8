"""What the pages of the Records tab share: the sub-tabs with what waits on each."""

from collections.abc import Mapping
from typing import ClassVar, Final

from PySide6.QtWidgets import QWidget

from frontdesk.services.visit import records_overview
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import Toolbar
from frontdesk.ui.kit.page import Page
from frontdesk.ui.kit.tabs import SubTabs
from frontdesk.ui.text import tr

PARTS: Final[tuple[tuple[str, str], ...]] = (
    ("records", "Documents"),
    ("records_requests", "Requests"),
    ("disclosures", "Disclosures"),
    ("find_documents", "Find"),
    ("retention", "Retention"),
    ("paper_charts", "Paper charts"),
    ("access_log", "Access"),
)
"""The page's name in shell/pages.py and the words of its sub-tab, in the order of the tabs."""


class RecordsTabPage(Page):
    """A page of the Records tab; `part` is its name in `PARTS`."""

    part: ClassVar[str] = ""
    permission = "records.view"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.sub_tabs = SubTabs(tuple((name, tr(words)) for name, words in PARTS), says=tr("Records"))
        self.sub_tabs.set_value(self.part)
        self.sub_tabs.chosen.connect(self._open_part)
        self.toolbar = Toolbar(tr("Records"))
        self.toolbar.add_left(self.toolbar.title, self.toolbar.detail, self.sub_tabs)
        self.turns_with(self.sub_tabs)
        self.set_toolbar(self.toolbar)

    def reload(self) -> None:
        self.desk.ask(self, self._show_waiting, records_overview.waiting)

    def _open_part(self, part: str) -> None:
        if part != self.part:
            self.sub_tabs.set_value(self.part)
            self.go.emit(part, None)

    def _show_waiting(self, waiting: Mapping[str, int | None]) -> None:
        for name, _ in PARTS:
            count = waiting.get(name, 0)
            self.sub_tabs.show_tab(name, count is not None or name == self.part)
            self.sub_tabs.show_count(name, count or 0)
