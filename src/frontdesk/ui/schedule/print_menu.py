"""What of a day goes on paper: the button and its menu; `day_papers` makes the papers."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from frontdesk.services.schedule.day import DayVisit
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.page import Key, Page
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

if TYPE_CHECKING:
    from frontdesk.ui.schedule.day_papers import DayPapers

KEY = "Ctrl+P"


class PrintMenu:
    """A button for the page's toolbar, and the papers of the day that the page shows."""

    def __init__(
        self,
        page: Page,
        day: Callable[[], date],
        chosen: Callable[[], DayVisit | None],
        provider_ids: Callable[[], tuple[int, ...]] = tuple,
        *,
        own: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """`own` is the page's own paper, with its words: it comes first."""
        self._page, self._day, self._chosen, self._provider_ids = page, day, chosen, provider_ids
        self._own = own
        self.button = IconButton("printer", tr("Print"), keys=KEY)
        self.button.clicked.connect(self.open)

    @cached_property
    def papers(self) -> "DayPapers":
        # Loaded here: the papers need all that draws a PDF.
        from frontdesk.ui.schedule.day_papers import DayPapers

        return DayPapers(self._page, self._day, self._provider_ids)

    def key(self) -> Key:
        return Key(KEY, tr("Print"), self.open)

    def open(self) -> None:
        """Under the button."""
        self.menu().popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    def menu(self) -> QMenu:
        menu, papers = QMenu(self._page), self.papers
        icon = theme().icon
        if self._own is not None:
            words, act = self._own
            menu.addAction(icon("printer", "text-2"), words, act)
            menu.addSeparator()
        menu.addAction(icon("list", "text-2"), tr("Day list"), papers.day_list)
        menu.addAction(icon("users", "text-2"), tr("Day list, a page for each provider"), papers.by_provider)
        menu.addAction(icon("door-open", "text-2"), tr("Room list"), papers.room_list)
        menu.addSeparator()
        visit = self._chosen()
        if visit is not None:
            words = tr("Routing slip of {name}", name=visit.patient)
            menu.addAction(icon("ticket", "text-2"), words, lambda: papers.slip(visit))
        menu.addAction(icon("tickets", "text-2"), tr("Routing slips of the day"), papers.slips)
        menu.addSeparator()
        if visit is not None:
            words = tr("Preparation packet of {name}…", name=visit.patient)
            menu.addAction(icon("book-open-check", "text-2"), words, lambda: papers.packet(visit))
        menu.addAction(
            icon("book-open-check", "text-2"), tr("Preparation packets of the day"), papers.packets
        )
        return menu
