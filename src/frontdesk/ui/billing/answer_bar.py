"""Above the claims of a long remittance: find one, choose the order, turn the pages."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import ledger
from frontdesk.services.billing import answer_pages
from frontdesk.services.billing.answer_pages import AnswerOrder, AnswerPage, FoundAnswer, PageWish, Spot, Way
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.label import EndingLabel, Rule
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.row_list import Item, Words
from frontdesk.ui.kit.search_box import SearchBox, Suggestion
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr

_FEW = 20
"""So many are seen at a glance: nothing is to be found or turned."""
_WORDS = 9
_ORDERS = (
    (AnswerOrder.LOOK_FIRST, "Look first"),
    (AnswerOrder.AS_SENT, "As sent"),
    (AnswerOrder.BY_NAME, "By name"),
)


class AnswerBar(Panel):
    """Hidden while the remittance is short."""

    wished = Signal()
    """Another page is wanted: `wish` says which."""
    found = Signal(object)
    """An answer on the page that is shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._remittance_id = 0
        self._page: AnswerPage | None = None
        self.wish = PageWish()
        self.sought: int | None = None
        """The answer to be chosen once its page is here."""
        self.search = SearchBox(tr("Find a patient or claim number"), keys="/")
        self.search.searched.connect(self._find)
        self.search.picked.connect(self.seek)
        self._order = Combo(tuple((order, tr(words)) for order, words in _ORDERS))
        self._order.setMinimumContentsLength(_WORDS)
        self._order.setAccessibleName(tr("Order of the claims"))
        self._order.chosen.connect(lambda order: self._wish(PageWish(order)))
        self._place = EndingLabel("", "secondary", "text-2")
        self._before = IconButton("chevron-left", tr("Page before"), keys="Shift+PgUp")
        self._after = IconButton("chevron-right", tr("Next page"), keys="Shift+PgDown")
        self._before.clicked.connect(lambda: self.turn(Way.BEFORE))
        self._after.clicked.connect(lambda: self.turn(Way.AFTER))
        line = row(gap=8, margins=(12, 6, 12, 6))
        line.addWidget(self.search, 1)
        for widget in (self._order, self._place, self._before, self._after):
            line.addWidget(widget)
        self.setLayout(column(line, Rule(), gap=0))
        set_shown(self, False)

    def show_page(self, remittance_id: int, page: AnswerPage) -> None:
        """The page that is in the table now."""
        self._remittance_id, self._page, self.wish = remittance_id, page, page.wish
        set_shown(self, page.count > _FEW)
        for widget in (self._order, self._place, self._before, self._after):
            set_shown(widget, not page.is_whole)
        self._order.set_value(page.wish.order)
        place = tr("{first:,} to {last:,} of {count:,}")
        self._place.setText(place.format(first=page.first, last=page.last, count=page.count))
        self._before.setEnabled(page.first > 1)
        self._after.setEnabled(page.last < page.count)

    def start(self) -> None:
        """Another remittance: its first page."""
        self.wish, self.sought = PageWish(), None
        self.search.clear()

    def turn(self, way: Way) -> None:
        """Shift with the page keys: the page before or the next."""
        page = self._page
        if page is None or page.is_whole:
            return
        if way is Way.BEFORE and page.first > 1:
            self._wish(PageWish(page.wish.order, page.starts, way))
        elif way is Way.AFTER and page.last < page.count:
            self._wish(PageWish(page.wish.order, page.ends, way))

    def to_search(self) -> None:
        """/: the field takes the keys."""
        if self.isVisible():
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def seek(self, answer_id: object) -> None:
        """Show an answer, on whatever page it is."""
        if not isinstance(answer_id, int) or self._page is None:
            return
        self.search.clear()
        if answer_id in self._page.ids:
            self.found.emit(answer_id)
            return
        order = self._page.wish.order

        def go(spot: Spot) -> None:
            self.sought = answer_id
            self._wish(PageWish(order, spot))

        self.desk.ask(self, go, answer_pages.spot_of, remittance_claim_id=answer_id, order=order)

    def _wish(self, wish: PageWish) -> None:
        self.wish = wish
        self.wished.emit()

    def _find(self, typed: str) -> None:
        self.desk.ask(
            self,
            lambda found: self._show_found(typed, found),
            answer_pages.find,
            remittance_id=self._remittance_id,
            typed=typed,
        )

    def _show_found(self, typed: str, found: tuple[FoundAnswer, ...]) -> None:
        self.search.show_found(typed, [_suggestion(answer) for answer in found])


def _suggestion(answer: FoundAnswer) -> Suggestion:
    trailing = Words(ledger(answer.paid_cents), "text-2")
    return Suggestion(answer.id, Item(answer.patient, ((Words(answer.claim_number),),), trailing=trailing))
