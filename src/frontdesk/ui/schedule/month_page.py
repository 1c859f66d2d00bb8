"""The month: how full each day is, by provider; Enter opens the day."""

from dataclasses import dataclass
from datetime import date, datetime, time

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.months import month_end
from frontdesk.services.schedule import month_density, named_views
from frontdesk.services.schedule.month_density import Density, MonthSheet
from frontdesk.services.schedule.named_views import BookView, NamedViewDraft, NamedViewView
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, Toolbar, column, row, scrolled
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Errand, Key, Page
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.schedule.heat_legend import HeatLegend
from frontdesk.ui.schedule.month_grid import MonthGrid
from frontdesk.ui.schedule.named_views_button import ACT as NAMED_VIEW
from frontdesk.ui.schedule.named_views_button import NamedViewsButton
from frontdesk.ui.schedule.side_drawer import SideDrawer
from frontdesk.ui.schedule.view_switch import view_switch
from frontdesk.ui.schedule.worklists_button import WorklistsButton
from frontdesk.ui.text import counted, tr


@dataclass(frozen=True, slots=True)
class _Whose:
    """A line of the providers: one, or all of them."""

    id: int | None
    name: str
    density: Density


class MonthPage(Page):
    """Arrows walk the days, also into the next month; PgUp and PgDn turn it."""

    title = "Month"
    permission = "schedule.view"
    topics = frozenset(
        {
            "appointment",
            "resource_booking",
            "slot_hold",
            "template_session",
            "template_block",
            "schedule_exception",
            "holiday",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._day = desk.today
        self._provider_id: int | None = None
        self._shown: MonthSheet | None = None
        self.grid = MonthGrid()
        self.grid.chosen.connect(self.show_day)
        self.grid.opened.connect(self._open)
        self._model = ListModel[_Whose](_look, key=lambda each: each.id or 0)
        self.providers = RowList(self._model, says=tr("Whose month"), lined=False)
        self.providers.chosen.connect(self._chose_provider)
        self.find_button = Button(
            tr("Find a slot"), "primary", icon="calendar-search", keys="Ctrl+F", height="large"
        )
        self.find_button.clicked.connect(self._find_slot)
        below = QWidget()
        below.setLayout(
            column(
                row(Label(tr("Whose month"), "caption", "text-3"), margins=(12, 8, 12, 4)),
                self.providers,
                row(Label(tr("How full"), "caption", "text-3"), margins=(12, 14, 12, 4)),
                HeatLegend(),
                None,
                gap=0,
            )
        )
        self.side = SideDrawer(
            column(row(self.find_button, margins=(12, 10, 12, 6)), scrolled(below), gap=0), tr("Providers")
        )
        self._scroll = scrolled(self.grid)
        self._build_toolbar()
        self.set_content(Frame("surface", row(self.side, self._scroll, gap=0)))
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("←→↑↓", tr("Day")),
            Key("Return", tr("Open the day")),
            Key("PgDown", tr("Next month"), lambda: self.turn(1)),
            Key("PgUp", tr("Month before"), lambda: self.turn(-1)),
            Key("T", tr("Today"), self.to_today),
            self.named.key(),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.find_button, self.providers, self.grid)

    # -- which month ----------------------------------------------------------

    def reload(self) -> None:
        self.desk.ask(self, self._show, month_density.month_sheet, first=self._day.replace(day=1))

    def show_day(self, day: date) -> None:
        """Choose a day, and turn to its month."""
        is_same = day.replace(day=1) == self._day.replace(day=1)
        self._day = day
        if is_same and self._shown is not None:
            self._show(self._shown)
        else:
            self.reload()

    def turn(self, months: int) -> None:
        """To the same day of another month, or its last."""
        number = self._day.year * 12 + self._day.month - 1 + months
        first = date(number // 12, number % 12 + 1, 1)
        last = month_end(first)
        self.show_day(first.replace(day=min(self._day.day, last.day)))

    def to_today(self) -> None:
        self.show_day(self.desk.today)

    def open_with(self, errand: Errand) -> None:
        if errand.act == NAMED_VIEW and errand.about_id is not None:
            self.desk.ask(self, self._show_named, named_views.named_view, named_view_id=errand.about_id)
        if errand.starts is not None:
            self.show_day(errand.starts.date())

    def _show_named(self, view: NamedViewView) -> None:
        """Of the provider that was kept, or of all."""
        self._provider_id = next(iter(view.draft.provider_ids), None)
        self.reload()

    def _what_is_kept(self) -> NamedViewDraft:
        of = () if self._provider_id is None else (self._provider_id,)
        return NamedViewDraft("", BookView.MONTH, provider_ids=of)

    # -- what is shown --------------------------------------------------------

    def _show(self, shown: MonthSheet) -> None:
        if shown.first != self._day.replace(day=1):
            return
        self._shown = shown
        ids = [each.id for each in shown.providers]
        if self._provider_id not in ids:
            self._provider_id = None
        self.grid.show_month(shown, self._day, self.desk.today, self._provider_id)
        rect = self.grid.day_rect(self._day)
        self._scroll.ensureVisible(
            rect.center().x(), rect.center().y(), rect.width() // 2, rect.height() // 2
        )
        self._show_providers(shown)
        density = shown.of(self._provider_id)
        detail = counted(density.visits, "{count} visit", "{count} visits")
        if density.open_count:
            detail = tr("{visits}, {open} open", visits=detail, open=density.open_count)
        self.toolbar.show_title(f"{shown.first:%B} {shown.first.year}", detail)

    def _show_providers(self, shown: MonthSheet) -> None:
        everybody = _Whose(None, tr("All providers"), shown.of(None))
        each = (_Whose(provider.id, provider.name, shown.of(provider.id)) for provider in shown.providers)
        with QSignalBlocker(self.providers):  # nobody chose anything
            self._model.show((everybody, *each))
            self.providers.choose(self._provider_id or 0)
        self.providers.setFixedHeight(self.providers.height_of_all())

    # -- what is done ---------------------------------------------------------

    def _chose_provider(self, whose: _Whose | None) -> None:
        if whose is not None and whose.id != self._provider_id and self._shown is not None:
            self._provider_id = whose.id
            self._show(self._shown)

    def _open(self, day: date) -> None:
        self.go.emit("schedule", Errand("show", starts=datetime.combine(day, time())))

    def _find_slot(self) -> None:
        self.go.emit("find_slot", Errand("find_slot"))

    # -- the frame ------------------------------------------------------------

    def _build_toolbar(self) -> None:
        before = IconButton("chevron-left", tr("Month before"), keys="PgUp")
        today = Button(tr("Today"), keys="T")
        after = IconButton("chevron-right", tr("Next month"), keys="PgDn")
        before.clicked.connect(lambda: self.turn(-1))
        today.clicked.connect(self.to_today)
        after.clicked.connect(lambda: self.turn(1))
        self.worklists = WorklistsButton(self.desk)
        self.worklists.go.connect(self.go)
        self.toolbar = Toolbar(" ")
        self.toolbar.add_left(self.side.button, before, today, after)
        self.named = NamedViewsButton(self, self._what_is_kept)
        self.toolbar.add(self.worklists, self.named, view_switch(self, "month", self._in_view))
        self.set_toolbar(self.toolbar)

    def _in_view(self) -> Errand:
        return Errand("show", provider_id=self._provider_id, starts=datetime.combine(self._day, time()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.fit(self.width())
        self.worklists.fit(self.width())


def _look(whose: _Whose) -> Item:
    density = whose.density
    share = tr("{percent}%", percent=round(100 * density.share)) if density.working_minutes else ""
    return Item(whose.name, trailing=Words(share, "text-2"))
