"""The card "Waiting from others" below the parts of a chart: what was asked of other offices, until when."""

from frontdesk.services.records import outbound_views
from frontdesk.services.records.outbound_views import OutboundLine
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.page import Errand, Page, Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.records.paper_card import PaperCard
from frontdesk.ui.text import counted, tr


class WaitingCard(Panel):
    """Shown where something is awaited: what is needed first, and the way to its request."""

    topics = frozenset({"outbound_request", "outbound_item"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._patient_id: int | None = None
        self._first: OutboundLine | None = None
        self.count = Chip()
        self.what = EndingLabel("", "strong")
        self.who = Label("", "secondary", "text-2", wrap=True)
        self.open_button = Button(tr("Open request"), icon="clock", height="small")
        self.open_button.clicked.connect(self.open_request)
        head = row(Label(tr("Waiting from others"), "caption", "text-3"), None, self.count, gap=6)
        acts = row(self.open_button, None)
        card = Frame("card-subtle", column(head, self.what, self.who, acts, gap=4, margins=(10, 8, 10, 10)))
        card.setAccessibleName(tr("Waiting from others"))
        self.setLayout(column(card, margins=(0, 0, 0, 8)))
        set_shown(self, False)

    def show_patient(self, patient_id: int | None) -> None:
        """The card of this chart; none for the tray."""
        if patient_id != self._patient_id:
            self._patient_id = patient_id
            self._show(())
        self.reload()

    def reload(self) -> None:
        if self._patient_id is not None:
            self.desk.ask(self, self._show, outbound_views.lines, patient_id=self._patient_id)

    def reload_soon(self) -> None:
        """It is hidden while nothing is awaited, and hears all the same that something is now."""
        self.reload()

    def open_request(self) -> None:
        """The request that is needed first, on its page."""
        first = self._first
        if first is not None:
            self.go.emit(
                "records_requests",
                Errand("records_requests", about_id=first.request_id, typed="outbound"),
            )

    def _show(self, lines: tuple[OutboundLine, ...]) -> None:
        own = [line for line in lines if line.patient_id == self._patient_id]
        self._first = first = own[0] if own else None
        if first is not None:
            tone = "warn" if first.is_chase_due or first.needed_on < self.desk.today else "neutral"
            self.count.show_state(str(sum(len(line.waits_for) for line in own)), tone)
            more = len(first.waits_for) - 1
            besides = counted(more, " and {count} more", " and {count} more") if more else ""
            self.what.setText(f"{first.waits_for[0]}{besides}")
            self.who.setText(tr("{office}, by {day}", office=first.office, day=f"{first.needed_on:%m/%d/%y}"))
        set_shown(self, first is not None)


class ChartFoot(Panel):
    """Both cards below the parts of a chart; what they tell and where they lead is the page's."""

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(desk)
        self.waiting, self.paper = WaitingCard(desk), PaperCard(desk)
        self.paper.told.connect(page.told)
        self.waiting.go.connect(page.go)
        self.setLayout(column(self.waiting, self.paper, gap=0))

    def show_patient(self, patient_id: int | None) -> None:
        """The cards of this chart; none for the tray."""
        self.waiting.show_patient(patient_id)
        self.paper.show_patient(patient_id)
