"""What of a day goes on paper: its lists, and the slips that go with the patients."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import weekday_date
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.visit import papers
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.page import Key, Page
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.records.packet_dialog import PacketDialog, open_day_packet
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

KEY = "Ctrl+P"


class PrintMenu:
    """A button for the page's toolbar, and the papers of the day that the page shows.

    The files are named for the day; who comes stands in them alone.
    """

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

    def key(self) -> Key:
        return Key(KEY, tr("Print"), self.open)

    def open(self) -> None:
        """Under the button."""
        self.menu().popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    def menu(self) -> QMenu:
        menu = QMenu(self._page)
        icon = theme().icon
        if self._own is not None:
            words, act = self._own
            menu.addAction(icon("printer", "text-2"), words, act)
            menu.addSeparator()
        menu.addAction(icon("list", "text-2"), tr("Day list"), self.day_list)
        menu.addAction(icon("users", "text-2"), tr("Day list, a page for each provider"), self.by_provider)
        menu.addAction(icon("door-open", "text-2"), tr("Room list"), self.room_list)
        menu.addSeparator()
        visit = self._chosen()
        if visit is not None:
            words = tr("Routing slip of {name}", name=visit.patient)
            menu.addAction(icon("ticket", "text-2"), words, lambda: self.slip(visit))
        menu.addAction(icon("tickets", "text-2"), tr("Routing slips of the day"), self.slips)
        menu.addSeparator()
        if visit is not None:
            words = tr("Preparation packet of {name}...", name=visit.patient)
            menu.addAction(icon("book-open-check", "text-2"), words, lambda: self.packet(visit))
        menu.addAction(icon("book-open-check", "text-2"), tr("Preparation packets of the day"), self.packets)
        return menu

    # -- the papers -----------------------------------------------------------

    def day_list(self) -> None:
        show = self._shown(tr("Visits on {day}", day=weekday_date(self._day())), "visits")
        self._page.desk.ask(
            self, show, papers.day_list_pdf, day=self._day(), provider_ids=self._provider_ids()
        )

    def by_provider(self) -> None:
        show = self._shown(tr("Visits on {day}", day=weekday_date(self._day())), "visits-by-provider")
        self._page.desk.ask(
            self,
            show,
            papers.day_list_pdf,
            day=self._day(),
            provider_ids=self._provider_ids(),
            by_provider=True,
        )

    def room_list(self) -> None:
        show = self._shown(tr("Rooms on {day}", day=weekday_date(self._day())), "rooms")
        self._page.desk.ask(self, show, papers.room_list_pdf, day=self._day())

    def slips(self) -> None:
        show = self._shown(tr("Routing slips of {day}", day=weekday_date(self._day())), "routing-slips")
        self._page.desk.ask(
            self, show, papers.day_slips_pdf, day=self._day(), provider_ids=self._provider_ids()
        )

    def slip(self, visit: DayVisit) -> None:
        show = self._shown(tr("Routing slip"), "routing-slip")
        self._page.desk.ask(self, show, papers.routing_slip_pdf, appointment_id=visit.id)

    def packet(self, visit: DayVisit) -> None:
        PacketDialog(self._page, self._page.desk, visit.id).open()

    def packets(self) -> None:
        """Of one provider where only one is shown, else of all."""
        ids = self._provider_ids()
        open_day_packet(self._page, self._page.desk, self._day(), ids[0] if len(ids) == 1 else None)

    def refused(self, error: FrontdeskError) -> None:
        self._page.refused(error)

    def _shown(self, title: str, name: str) -> Callable[[bytes], None]:
        """Opens the paper when it has come; a refused one opens nothing."""
        self._page.clear_complaints()
        file_name = f"{name}-{self._day():%Y-%m-%d}.pdf"

        def show(pdf: bytes) -> None:
            dialog = PaperDialog(self._page, self._page.desk, title, file_name)
            dialog.show_pdf(pdf)
            dialog.open()

        return show
