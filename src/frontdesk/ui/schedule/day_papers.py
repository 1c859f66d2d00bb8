"""The papers of a day: its lists, and the slips that go with the patients."""

from collections.abc import Callable
from datetime import date

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import weekday_date
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.visit import papers
from frontdesk.ui.kit.page import Page
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.records.packet_dialog import PacketDialog, open_day_packet
from frontdesk.ui.text import tr


class DayPapers:
    """Makes and shows them for a page. The files are named for the day; who comes stands in them alone."""

    def __init__(
        self, page: Page, day: Callable[[], date], provider_ids: Callable[[], tuple[int, ...]]
    ) -> None:
        self._page, self._day, self._provider_ids = page, day, provider_ids

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
