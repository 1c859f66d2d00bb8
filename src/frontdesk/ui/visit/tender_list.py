"""The parts of a split payment that are entered already, each with its way back out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.kernel.money import dollars
from frontdesk.services.billing.tenders import Tender, TenderKind
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_ICONS = {TenderKind.CARD: "credit-card", TenderKind.CASH: "banknote", TenderKind.CHECK: "signature"}


class TenderList(QWidget):
    """Takes no room while nothing is split."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tenders: tuple[Tender, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(2))
        self.show_tenders(())

    def add(self, tender: Tender) -> None:
        """One more part."""
        self.show_tenders((*self.tenders, tender))
        self.changed.emit()

    def show_tenders(self, tenders: tuple[Tender, ...]) -> None:
        """These parts, without telling anybody."""
        self.tenders = tenders
        while (taken := self._column.takeAt(0)) is not None:
            if (widget := taken.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, tender in enumerate(tenders):
            words = said(tender)
            out = IconButton("x", tr("Take out: {what}", what=words))
            out.clicked.connect(lambda _checked=False, place=place: self._take_out(place))
            line = QWidget()
            line.setLayout(
                row(
                    IconLabel(_ICONS[tender.kind], "text-2"),
                    Label(words),
                    None,
                    Label(dollars(tender.amount_cents), "strong"),
                    out,
                )
            )
            self._column.addWidget(line)
        set_shown(self, bool(tenders))

    def _take_out(self, place: int) -> None:
        self.show_tenders((*self.tenders[:place], *self.tenders[place + 1 :]))
        self.changed.emit()


def said(tender: Tender) -> str:
    """One part in words: "Visa ending 4417"."""
    match tender.kind:
        case TenderKind.CARD:
            return tr(
                "{brand} ending {last4}", brand=tender.card_brand or tr("Card"), last4=tender.card_last4
            )
        case TenderKind.CHECK:
            return tr("Check {number}", number=tender.check_number)
        case TenderKind.AGENCY:
            return tr("By the collection agency")
        case TenderKind.CASH:
            back = tender.change_cents
            return tr("Cash, change {back}", back=dollars(back)) if back > 0 else tr("Cash")
