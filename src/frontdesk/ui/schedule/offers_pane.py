"""What was offered today: open offers with the time they have left, and what came of the others."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import clock_time
from frontdesk.services.schedule.waitlist_offers import OfferLine, OfferOutcome
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.label import Badge, Label
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.schedule.waitlist_look import stands
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_STATES = {
    OfferOutcome.ACCEPTED: (tr("Accepted"), "ok", "check"),
    OfferOutcome.DECLINED: (tr("Declined"), "neutral", "x"),
    OfferOutcome.WITHDRAWN: (tr("Withdrawn"), "neutral", "undo-2"),
    OfferOutcome.EXPIRED: (tr("Ran out"), "warn", "clock-alert"),
}


class OffersPane(Frame):
    """Enter goes on with an open offer. Ticks by the clock, without asking."""

    opened = Signal(object)
    """OfferLine."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("detail", parent=parent)
        self._desk = desk
        self.setFixedWidth(theme().px(300))
        self._open = Badge()
        self.model: ListModel[OfferLine] = ListModel(self._look, key=lambda offer: offer.id)
        self.list = RowList(self.model, says=tr("Offers of today"))
        self.list.opened.connect(self.opened)
        self.nothing = EmptyState("phone-call", tr("Nothing was offered today"))
        head = row(Label(tr("Offers today"), "strong"), self._open, None, margins=(12, 8, 12, 8))
        self.setLayout(column(head, self.list, self.nothing, gap=0))
        self.show_offers(())

    def show_offers(self, offers: tuple[OfferLine, ...]) -> None:
        self.model.show(offers)
        set_shown(self.list, bool(offers))
        set_shown(self.nothing, not offers)
        self.tick()

    def tick(self) -> None:
        now = self._desk.local_now
        self._open.show_count(sum(stands(offer, now) for offer in self.model.rows()))
        self.list.viewport().update()

    def _look(self, offer: OfferLine) -> Item:
        now = self._desk.local_now
        step = (Words(tr("next step of a chain"), "text-3", "link"),) if offer.after_id is not None else ()
        by = Words(tr("by {name} at {time}", name=offer.offered_by, time=clock_time(offer.offered)), "text-3")
        if stands(offer, now):
            left = max(1, -int((now - offer.until).total_seconds() // 60))
            return Item(
                title=offer.patient,
                lines=((Words(offer.said_time), *step), (by,)),
                icon="phone-call",
                icon_color="info",
                chip=tr("{minutes} min left", minutes=left),
                chip_tone="info" if left > 3 else "warn",
                chip_icon="timer",
            )
        words, tone, icon = _STATES[offer.outcome or OfferOutcome.EXPIRED]
        said = (Words(f"“{offer.said}”"),) if offer.said else (by,)
        return Item(
            title=offer.patient,
            lines=((Words(offer.said_time), *step), said),
            icon="phone",
            icon_color="text-3",
            chip=words,
            chip_tone=tone,
            chip_icon=icon,
        )
