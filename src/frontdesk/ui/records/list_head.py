"""Above the table: what is listed, since when, in which order; and what acts on several lines."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, row
from frontdesk.ui.kit.label import Badge, EndingLabel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.records.lines import Order
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_ORDERS = {Order.NEWEST: "Newest", Order.OLDEST: "Oldest", Order.BY_SENDER: "By sender"}
_LAST_YEARS = (0, 2, 5)
"""How far back a chart is listed: all of it, the last two years, the last five."""


class ListHead(Frame):
    """Each press of a filter goes on to the next choice."""

    changed = Signal()
    join_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, first: QWidget, parent: QWidget | None = None) -> None:
        super().__init__("bar", parent=parent)
        self.order = Order.NEWEST
        self._years = 0
        self._this_year = 0
        self._words = EndingLabel("", "strong")
        self._count = Badge()
        self.since_button = Button("", "ghost", icon="list-filter", height="small")
        self.order_button = Button("", "ghost", icon="arrow-down-up", height="small")
        self.join_button = Button("", "tonal", icon="layers", keys="Ctrl+M", height="small")
        self.folder_button = IconButton("folder-cog", tr("Watch folder"), keys="Ctrl+Shift+W")
        self.since_button.clicked.connect(self._next_since)
        self.order_button.clicked.connect(self._next_order)
        self.join_button.clicked.connect(self.join_wanted)
        self.folder_button.clicked.connect(self.folder_wanted)
        pieces = (first, self._words, self._count, None, self.join_button, self.since_button)
        self.setLayout(row(*pieces, self.order_button, self.folder_button, gap=6, margins=(12, 0, 6, 0)))
        self.setFixedHeight(theme().px(37))
        self.show_marked(0)

    @property
    def since(self) -> int:
        """The first year that is listed; 0: all."""
        return self._this_year - self._years + 1 if self._years else 0

    def show_list(self, words: str, count: int, *, of_chart: bool, this_year: int, sets_up: bool) -> None:
        self._this_year = this_year
        self._words.setText(words)
        self._count.show_count(count)
        set_shown(self.since_button, of_chart)
        set_shown(self.order_button, of_chart)
        set_shown(self.folder_button, sets_up)
        self._say()

    def show_words(self, *, shown: bool) -> None:
        """On a narrow page the box beside says what is listed."""
        self._words.setVisible(shown)

    def show_marked(self, count: int) -> None:
        """How many lines are chosen to be put together."""
        self.join_button.setText(tr("Put {count} together", count=count))
        set_shown(self.join_button, count > 1)

    def _next_since(self) -> None:
        self._years = _LAST_YEARS[(_LAST_YEARS.index(self._years) + 1) % len(_LAST_YEARS)]
        self._say()
        self.changed.emit()

    def _next_order(self) -> None:
        orders = list(Order)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        since = tr("Since {year}", year=self.since) if self.since else tr("All years")
        self.since_button.setText(since)
        self.order_button.setText(tr(_ORDERS[self.order]))
        self.since_button.setAccessibleName(tr("Listed: {since}", since=since))
        self.order_button.setAccessibleName(tr("Order: {order}", order=tr(_ORDERS[self.order])))
