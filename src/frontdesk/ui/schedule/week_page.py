"""The week of one provider: the day's cards, a column for each day."""

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.schedule import month, named_views
from frontdesk.services.schedule.day import DaySheet, DayVisit
from frontdesk.services.schedule.month import DayLoad
from frontdesk.services.schedule.named_views import BookView, NamedViewDraft, NamedViewView
from frontdesk.services.schedule.week import WeekSheet
from frontdesk.services.visit import week as visit_week
from frontdesk.services.visit.week import FlaggedWeek
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, Toolbar, column, row, scrolled
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.chip_row import ChipRow
from frontdesk.ui.kit.page import Errand, Key, Page
from frontdesk.ui.schedule.advancing import KEY as NEXT_STATUS_KEY
from frontdesk.ui.schedule.advancing import Advancing
from frontdesk.ui.schedule.day_grid import DayGrid
from frontdesk.ui.schedule.flag_legend import FlagLegend
from frontdesk.ui.schedule.free_place import errand_at
from frontdesk.ui.schedule.geometry import GridColumn, Slot
from frontdesk.ui.schedule.mini_month import MiniMonth
from frontdesk.ui.schedule.moving import Moving
from frontdesk.ui.schedule.named_views_button import ACT as NAMED_VIEW
from frontdesk.ui.schedule.named_views_button import NamedViewsButton
from frontdesk.ui.schedule.print_menu import PrintMenu
from frontdesk.ui.schedule.side_drawer import SideDrawer
from frontdesk.ui.schedule.view_switch import view_switch
from frontdesk.ui.schedule.visit_acts import VisitActs
from frontdesk.ui.schedule.week_heads import WeekHeads
from frontdesk.ui.schedule.week_side import CALLS, CallList, ProviderList, WeekFactsCard
from frontdesk.ui.schedule.worklists_button import WorklistsButton
from frontdesk.ui.text import counted, tr

_TICK_MS = 10_000
_QUARTER_PX = 19
"""A little less than the day's, so that the legend fits below."""


class WeekPage(Page):
    """Shows a provider's week; all that can be done with a visit of the day is done here too."""

    title = "Week"
    permission = "schedule.view"
    topics = frozenset(
        {
            "appointment",
            "resource_booking",
            "slot_hold",
            "patient",
            "coverage_verification",
            "consent",
            "visit_type_form",
            "journal_entry",
            "template_session",
            "template_block",
            "schedule_exception",
            "provider",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._shown: FlaggedWeek | None = None
        self._day = desk.today
        self._provider_id: int | None = None
        self._to_choose: int | None = None
        self.grid = DayGrid(quarter_px=_QUARTER_PX)
        self.grid.setAccessibleName(tr("Week of one provider"))
        self.heads = WeekHeads()
        self.month = MiniMonth()
        self.providers = ProviderList()
        self.facts = WeekFactsCard()
        self.calls = CallList(self._start_calling)
        self.find_button = Button(
            tr("Find a slot"), "primary", icon="calendar-search", keys="Ctrl+F", height="large"
        )
        below = QWidget()
        below.setLayout(column(self.month, self.providers, self.facts, self.calls, None, gap=0))
        self.side = SideDrawer(
            column(row(self.find_button, margins=(12, 10, 12, 6)), scrolled(below), gap=0),
            tr("Month and providers"),
        )
        self._build_toolbar()
        self.nobody = EmptyState(
            "users", tr("Nobody's week to show"), tr("The office has no active provider yet.")
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(Frame("surface", column(self.heads, self.grid, FlagLegend(), gap=0)))
        self._stack.addWidget(self.nobody)
        self.set_content(Frame("surface", row(self.side, self._stack, gap=0)))
        self.grid.chosen.connect(self._chose)
        moving = Moving(self)
        self.grid.moved.connect(moving.move)
        self.grid.copied.connect(moving.copy)
        self.grid.resized.connect(moving.resize)
        self.acts = VisitActs(self, self.grid, moving)
        self.steps = Advancing(self, self.grid)
        self.grid.opened.connect(self.acts.open)
        self.grid.slot_opened.connect(self._book_at)
        self.grid.width_changed.connect(self._show_heads)
        self.month.day_chosen.connect(self.show_day)
        self.month.month_asked.connect(self._show_month_of)
        self.providers.provider_chosen.connect(self.show_provider)
        self.calls.visit_chosen.connect(self.grid.choose)
        self.calls.call_wanted.connect(self._call)
        self.find_button.clicked.connect(self._find_slot)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._clock.start(_TICK_MS)
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("←→", tr("Day")),
            Key("↑↓", tr("Visit")),
            Key("PgDown", tr("Next provider"), lambda: self.turn_provider(1)),
            Key("PgUp", tr("Provider before"), lambda: self.turn_provider(-1)),
            Key("T", tr("This week"), self.to_this_week),
            Key("Ctrl+PgUp", tr("Week before"), lambda: self.turn(-1)),
            Key("Ctrl+PgDown", tr("Next week"), lambda: self.turn(1)),
            Key(NEXT_STATUS_KEY, tr("Next status")),
            self.prints.key(),
            self.named.key(),
            *self.acts.keys(),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.find_button, self.providers.list, self.calls.list, self.grid)

    # -- which week -----------------------------------------------------------

    def reload(self) -> None:
        self.desk.ask(self, self._show, visit_week.flagged_week, day=self._day, provider_id=self._provider_id)
        self._show_month_of(self.month.first_day if self._is_in_month() else self._day.replace(day=1))

    def show_day(self, day: date) -> None:
        """Turn to the week of a day."""
        self._day = day
        self.clear_complaints()
        self.reload()

    def show_provider(self, provider_id: int) -> None:
        """The same week of another provider."""
        self._provider_id = provider_id
        self.clear_complaints()
        self.reload()

    def turn(self, weeks: int) -> None:
        """Weeks forward, or back."""
        self.show_day(self._day + timedelta(weeks=weeks))

    def turn_provider(self, by: int) -> None:
        """The next provider of the list, or the one before."""
        ids = [each.id for each in self._shown.sheet.providers] if self._shown else []
        if self._provider_id in ids:
            place = ids.index(self._provider_id) + by
            if 0 <= place < len(ids):
                self.show_provider(ids[place])

    def to_this_week(self) -> None:
        self.show_day(self.desk.today)

    def open_with(self, errand: Errand) -> None:
        if errand.act == NAMED_VIEW and errand.about_id is not None:
            self.desk.ask(self, self._show_named, named_views.named_view, named_view_id=errand.about_id)
            return
        if errand.provider_id is not None:
            self._provider_id = errand.provider_id
        self._to_choose = errand.appointment_id
        if errand.starts is not None:
            self._day = errand.starts.date()
        self.reload()

    def _show_named(self, view: NamedViewView) -> None:
        """The week of the first provider that was kept, or of the one who is shown."""
        for provider_id in view.draft.provider_ids[:1]:
            self._provider_id = provider_id
        self.reload()

    def _what_is_kept(self) -> NamedViewDraft:
        return NamedViewDraft("", BookView.WEEK, provider_ids=self._shown_ids())

    # -- what is shown --------------------------------------------------------

    def _show(self, shown: FlaggedWeek) -> None:
        self._shown = shown
        week = shown.sheet
        self._provider_id = week.provider.id if week.provider else None
        self._stack.setCurrentIndex(0 if week.provider else 1)
        self.grid.show_columns(columns_of(week), shown.flags, self.desk.local_now)
        if self._to_choose is not None:
            self.grid.choose(self._to_choose)
            self._to_choose = None
        self._show_heads()
        self.providers.show_providers(week)
        self.facts.show_facts(week)
        self.calls.show_calls(week.facts.to_call)
        self.toolbar.show_title(week_words(week), week.provider.full_name if week.provider else "")
        unconfirmed = len(week.facts.to_call)
        self._unconfirmed.show_state(
            tr("{count} unconfirmed", count=unconfirmed) if unconfirmed else "", "outline", "circle"
        )
        self._open_slots.show_state(
            counted(week.open_count, "{count} open", "{count} open") if week.provider else "",
            "outline",
            "calendar-plus",
        )
        self._fit()

    def _show_month_of(self, first: date) -> None:
        self.month.show_month(first, self._day, self.desk.today)
        of = () if self._provider_id is None else (self._provider_id,)
        self.desk.ask(self, self._show_load, month.month_load, first_day=first, provider_ids=of)

    def _show_load(self, load: tuple[DayLoad, ...]) -> None:
        if load and load[0].day == self.month.first_day:
            self.month.show_load(load)

    def _is_in_month(self) -> bool:
        return self._day.replace(day=1) == self.month.first_day

    def _show_heads(self) -> None:
        if self._shown is not None:
            self.heads.show_week(
                self._shown.sheet, self.grid.column_lefts, self.grid.columns_seen, self.desk.today
            )

    def _tick(self) -> None:
        if self.isVisible():
            self.grid.tick(self.desk.local_now)

    # -- what is done ---------------------------------------------------------

    def refused(self, error: FrontdeskError) -> None:
        """What the next step still needs is asked for; the rest is said."""
        if not self.steps.mends(error):
            super().refused(error)

    def _find_slot(self) -> None:
        visit = self.grid.current
        self.go.emit("find_slot", Errand("find_slot", patient_id=visit.patient_id if visit else None))

    def _book_at(self, slot: Slot) -> None:
        self.go.emit("find_slot", errand_at(self.grid.columns, slot))

    def _chose(self, visit: DayVisit | None) -> None:
        self.patient_chosen.emit(visit.patient_id if visit else None)

    def _call(self, visit_id: int) -> None:
        """What the patient says is recorded on their card."""
        self.grid.choose(visit_id)
        if self.grid.current is not None and self.desk.may("schedule.book"):
            self.acts.confirm(self.grid.current)

    def _start_calling(self) -> None:
        self.go.emit(CALLS, None)

    # -- the frame ------------------------------------------------------------

    def _build_toolbar(self) -> None:
        before = IconButton("chevron-left", tr("Week before"), keys="Ctrl+PgUp")
        this = Button(tr("This week"), keys="T")
        after = IconButton("chevron-right", tr("Next week"), keys="Ctrl+PgDn")
        before.clicked.connect(lambda: self.turn(-1))
        this.clicked.connect(self.to_this_week)
        after.clicked.connect(lambda: self.turn(1))
        self._unconfirmed = Chip("", "outline", tall=True)
        self._open_slots = Chip("", "outline", tall=True)
        self.worklists = WorklistsButton(self.desk)
        self.worklists.go.connect(self.go)
        self.switch = view_switch(self, "week", self._in_view)
        self.toolbar = Toolbar(" ")
        self.toolbar.add_left(self.side.button, before, this, after)
        self._chips = ChipRow(self._unconfirmed, self._open_slots)
        self.prints = PrintMenu(self, self._meant_day, lambda: self.grid.current, self._shown_ids)
        self.named = NamedViewsButton(self, self._what_is_kept)
        self.toolbar.add(self._chips, self.prints.button, self.worklists, self.named, self.switch)
        self.set_toolbar(self.toolbar)

    def _in_view(self) -> Errand:
        return Errand(
            "show", provider_id=self._provider_id, starts=datetime.combine(self._meant_day(), time())
        )

    def _meant_day(self) -> date:
        """The chosen visit's day; else today where it is in the week, else Monday."""
        visit, monday = self.grid.current, self._day - timedelta(self._day.weekday())
        is_now = monday <= self.desk.today < monday + timedelta(7)
        return visit.starts.date() if visit else self.desk.today if is_now else monday

    def _shown_ids(self) -> tuple[int, ...]:
        return () if self._provider_id is None else (self._provider_id,)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.side.fit(self.width())
        self.worklists.fit(self.width())
        self._chips.fit()


def columns_of(week: WeekSheet) -> tuple[GridColumn, ...]:
    """A column for each day of the week."""
    return tuple(_column(week, day) for day in week.days if week.provider is not None)


def _column(week: WeekSheet, day: DaySheet) -> GridColumn:
    (of,) = day.columns
    return GridColumn(
        provider_id=of.provider_id,
        day=day.day,
        said=f"{of.name}, {day.day:%A}",
        sessions=of.sessions,
        away=of.away,
        blocks=of.blocks,
        holds=of.holds,
        runs_late=of.runs_late,
        visits=day.visits,
    )


def week_words(week: WeekSheet) -> str:
    """ "March 16–20", "March 30–April 3"."""
    first, last = week.days[0].day, week.days[-1].day
    until = str(last.day) if last.month == first.month else f"{last:%B} {last.day}"
    return f"{first:%B} {first.day}–{until}"
