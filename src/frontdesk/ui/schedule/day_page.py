"""The Schedule tab's first page: a day of all providers, with what must be done about it."""

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import weekday_date
from frontdesk.services.schedule import month, named_views, visits
from frontdesk.services.schedule.day import DaySheet, DayVisit
from frontdesk.services.schedule.month import DayLoad
from frontdesk.services.schedule.named_views import BookView, NamedViewDraft, NamedViewView
from frontdesk.services.schedule.resources import BookableProvider
from frontdesk.services.schedule.status import Status
from frontdesk.services.schedule.visits import VisitDetail
from frontdesk.services.visit import day as visit_day
from frontdesk.services.visit.day import FlaggedDay
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, Toolbar, column, row, scrolled
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.chip_row import ChipRow
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Errand, Key, Page
from frontdesk.ui.schedule.advancing import KEY as NEXT_STATUS_KEY
from frontdesk.ui.schedule.advancing import Advancing
from frontdesk.ui.schedule.day_grid import DayGrid
from frontdesk.ui.schedule.day_heads import DayHeads
from frontdesk.ui.schedule.day_note import KEY as NOTE_KEY
from frontdesk.ui.schedule.day_note import DayNoteLine
from frontdesk.ui.schedule.free_place import errand_at
from frontdesk.ui.schedule.geometry import Slot
from frontdesk.ui.schedule.mini_month import MiniMonth
from frontdesk.ui.schedule.moving import Moving
from frontdesk.ui.schedule.named_view_dialogs import ColumnsDialog
from frontdesk.ui.schedule.named_views_button import ACT as NAMED_VIEW
from frontdesk.ui.schedule.named_views_button import NamedViewsButton
from frontdesk.ui.schedule.pin_strip import PinStrip
from frontdesk.ui.schedule.pinning import Pinning
from frontdesk.ui.schedule.print_menu import PrintMenu
from frontdesk.ui.schedule.side_drawer import SideDrawer
from frontdesk.ui.schedule.status_counts import StatusCounts
from frontdesk.ui.schedule.view_switch import NARROW as TOOLBAR_NARROW
from frontdesk.ui.schedule.view_switch import view_switch
from frontdesk.ui.schedule.visit_acts import VisitActs
from frontdesk.ui.schedule.waitlist_column import WaitlistColumn
from frontdesk.ui.schedule.worklists_button import WorklistsButton
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_TICK_MS = 10_000


class DayPage(Page):
    """Shows a day; moves, lengthens and advances its visits."""

    title = "Schedule"
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
            "schedule_exception",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._shown: FlaggedDay | None = None
        self._only: Status | None = None
        self._to_choose: int | None = None
        self._provider_ids: tuple[int, ...] = ()
        self._load: tuple[DayLoad, ...] = ()
        self._day = self._today()
        self._ticked = desk.local_now.replace(second=0, microsecond=0)
        self.note = DayNoteLine(desk, self._day)
        self.note.told.connect(self.told)
        self.grid = DayGrid()
        self.heads = DayHeads()
        self.month = MiniMonth()
        self.counts = StatusCounts()
        self.find_button = Button(
            tr("Find a slot"), "primary", icon="calendar-search", keys="Ctrl+F", height="large"
        )
        self.waitlist = WaitlistColumn(desk)
        below = QWidget()
        parts = column(
            self.month,
            row(Label(tr("Visits by status"), "caption", "text-3"), None, margins=(12, 10, 12, 2)),
            self.counts,
            gap=0,
        )
        parts.addWidget(self.waitlist, 1)
        below.setLayout(parts)
        self.side = SideDrawer(
            column(row(self.find_button, margins=(12, 10, 12, 6)), scrolled(below), gap=0),
            tr("Month and counts"),
        )
        self._build_toolbar()
        self.closed = EmptyState("calendar-x", "")
        self.closed.acted.connect(self.to_next_working_day)
        self._stack = QStackedWidget()
        self._stack.addWidget(Frame("surface", column(self.heads, self.grid, gap=0)))
        self._stack.addWidget(self.closed)
        below_grid = column(self._stack, gap=0)
        self.set_content(
            Frame("surface", column(self.note, self.waitlist.freed, row(self.side, below_grid, gap=0), gap=0))
        )
        self.grid.chosen.connect(self._chose)
        moving = Moving(self)
        self.grid.moved.connect(moving.move)
        self.grid.copied.connect(moving.copy)
        self.grid.resized.connect(moving.resize)
        self.pins = PinStrip(desk)
        self.pinning = Pinning(self, self.grid, self.pins, moving)
        self.pins.told.connect(self.told)
        below_grid.addWidget(self.pins)
        self.acts = VisitActs(self, self.grid, moving, self.pinning.pin)
        self.steps = Advancing(self, self.grid)
        self.grid.opened.connect(self.acts.open)
        self.grid.slot_opened.connect(self._book_at)
        self.grid.width_changed.connect(self._show_heads)
        self.heads.late_opened.connect(self._open_late)
        self.heads.out_asked.connect(self._note_out)
        self.month.day_chosen.connect(self.show_day)
        self.month.month_asked.connect(self._show_month_of)
        self.counts.status_chosen.connect(self._show_only)
        self.find_button.clicked.connect(self.find_slot)
        self.waitlist.patient_chosen.connect(self.patient_chosen)
        self.waitlist.go.connect(self.go)
        self.waitlist.told.connect(self.told)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._clock.start(_TICK_MS)
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("←→", tr("Provider")),
            Key("↑↓", tr("Visit")),
            Key("T", tr("Today"), self.to_today),
            Key(NEXT_STATUS_KEY, tr("Next status")),
            Key("PgUp", tr("Day before"), lambda: self.turn(-1)),
            Key("PgDown", tr("Next day"), lambda: self.turn(1)),
            self.prints.key(),
            self.named.key(),
            Key(NOTE_KEY, tr("Note on the day"), self.note.edit),
            *self.acts.keys(),
        )

    def panes(self) -> tuple[QWidget, ...]:
        card = self.pins.first_card()
        return (self.find_button, self.waitlist.list, *((card,) if card is not None else ()), self.grid)

    # -- which day ------------------------------------------------------------

    def reload(self) -> None:
        self.month.show_month(self._day.replace(day=1), self._day, self.desk.today)
        self._ask_day()
        self.desk.ask(self, self._show_load, month.month_load, first_day=self._day.replace(day=1))

    def _ask_day(self) -> None:
        self.desk.ask(self, self._show, visit_day.flagged_day, day=self._day, provider_ids=self._provider_ids)

    def show_day(self, day: date) -> None:
        """Turn to a day."""
        self._day = day
        self.clear_complaints()
        self.reload()
        self.note.show_day(day)

    def turn(self, days: int) -> None:
        """Days forward, or back."""
        self.show_day(self._day + timedelta(days))

    def to_today(self) -> None:
        self.show_day(self._today())

    def open_with(self, errand: Errand) -> None:
        if errand.act == NAMED_VIEW and errand.about_id is not None:
            self.desk.ask(self, self._show_named, named_views.named_view, named_view_id=errand.about_id)
        elif errand.act in ("book", "find_slot"):
            self.go.emit("find_slot", errand)
        elif errand.appointment_id is not None:
            self._to_choose = errand.appointment_id
            if errand.starts is not None:
                self.show_day(errand.starts.date())
            else:
                self.desk.ask(self, self._show_day_of, visits.visit, appointment_id=errand.appointment_id)
        elif errand.starts is not None:
            self.show_day(errand.starts.date())

    def _show_named(self, view: NamedViewView) -> None:
        """The kept columns and status, on the day that is shown."""
        self._show_only(Status(view.draft.only_status) if view.draft.only_status else None)
        self.counts.show_only(self._only)
        self.show_columns_of(view.draft.provider_ids)

    def show_columns_of(self, provider_ids: tuple[int, ...]) -> None:
        """Only these providers; none named: all."""
        self._provider_ids = provider_ids
        self._ask_day()

    def choose_columns(self) -> None:
        self.desk.ask(self, self._ask_columns, named_views.columns)

    def _ask_columns(self, providers: tuple[BookableProvider, ...]) -> None:
        ColumnsDialog(self, providers, self._provider_ids, self.show_columns_of).open()

    def _what_is_kept(self) -> NamedViewDraft:
        only = self._only.value if self._only is not None else ""
        return NamedViewDraft("", BookView.DAY, provider_ids=self._provider_ids, only_status=only)

    def _show_day_of(self, visit: VisitDetail) -> None:
        self.show_day(visit.starts.date())

    # -- what is shown --------------------------------------------------------

    def _show(self, shown: FlaggedDay) -> None:
        self._shown = shown
        sheet = shown.sheet
        self.grid.show_day(sheet, shown.flags, self.desk.local_now)
        if self._to_choose is not None:
            self.grid.choose(self._to_choose)
            self._to_choose = None
        self._show_whether_closed(sheet)
        chosen = len(self._provider_ids)
        self._columns.show_state(
            counted(chosen, "{count} column", "{count} columns") if chosen else "", "accent", "x"
        )
        self._show_heads()
        self.counts.show_counts(sheet.counts)
        kept = [visit for visit in sheet.visits if visit.status not in (Status.CANCELED, Status.NO_SHOW)]
        detail = sheet.holiday or counted(len(kept), "{count} visit", "{count} visits")
        self.toolbar.show_title(weekday_date(sheet.day), detail)
        need = shown.need_work
        self._work.show_state(
            counted(need, "{count} visit needs work", "{count} visits need work") if need else "",
            "warn",
            "list-checks",
        )
        self._open_slots.show_state(
            tr("{open} open, {held} held", open=sheet.open_count, held=sheet.held_count)
            if sheet.columns
            else "",
            "outline",
            "calendar-plus",
        )
        self._fit()

    def _show_load(self, load: tuple[DayLoad, ...]) -> None:
        if load and load[0].day == self.month.first_day:
            self._load = load
            self.month.show_load(load)

    def _show_whether_closed(self, sheet: DaySheet) -> None:
        """Nobody works and nobody comes: say so, instead of an empty grid."""
        if sheet.visits or any(column.sessions for column in sheet.columns):
            if self.closed.isVisible():
                self._stack.setCurrentIndex(0)
                self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        why = sheet.holiday or tr("No provider has hours on this day.")
        self.closed.say(
            "calendar-x",
            tr("Closed on {day}", day=weekday_date(sheet.day)),
            why,
            action=tr("To the next working day"),
        )
        self._stack.setCurrentIndex(1)

    def to_next_working_day(self) -> None:
        """As far as the month in view knows; else just on."""
        later = (each.day for each in self._load if each.day > self._day and each.open_minutes)
        self.show_day(next(later, self._day + timedelta(1)))

    def _show_month_of(self, first: date) -> None:
        self.month.show_month(first, self._day, self._today())
        self.desk.ask(self, self._show_load, month.month_load, first_day=first)

    def _show_heads(self) -> None:
        if self._shown is not None:
            self.heads.show_columns(self._shown.sheet.columns, self.grid.column_lefts, self.grid.columns_seen)

    def _show_only(self, status: Status | None) -> None:
        self._only = status
        self.grid.show_only(status)

    def _tick(self) -> None:
        if not self.isVisible():
            return
        self.grid.tick(self.desk.local_now)
        minute = self.desk.local_now.replace(second=0, microsecond=0)
        if minute != self._ticked:
            self._ticked = minute
            if self._day == minute.date():
                # How late everybody runs moves with the clock.
                self._ask_day()

    # -- what is done ---------------------------------------------------------

    def find_slot(self) -> None:
        visit = self.grid.current
        self.go.emit("find_slot", Errand("find_slot", patient_id=visit.patient_id if visit else None))

    def refused(self, error: FrontdeskError) -> None:
        """What the next step still needs is asked for; the rest is said."""
        if not self.steps.mends(error):
            super().refused(error)

    def _book_at(self, slot: Slot) -> None:
        self.go.emit("find_slot", errand_at(self.grid.columns, slot))

    def _chose(self, visit: DayVisit | None) -> None:
        self.patient_chosen.emit(visit.patient_id if visit else None)

    def _open_late(self, provider_id: int) -> None:
        self.go.emit("late", Errand("late", provider_id=provider_id))

    def _note_out(self, provider_id: int) -> None:
        self.go.emit("replan", Errand("provider_out", provider_id=provider_id))

    def _build_toolbar(self) -> None:
        before = IconButton("chevron-left", tr("Day before"), keys="PgUp")
        today = Button(tr("Today"), keys="T")
        after = IconButton("chevron-right", tr("Next day"), keys="PgDn")
        before.clicked.connect(lambda: self.turn(-1))
        today.clicked.connect(self.to_today)
        after.clicked.connect(lambda: self.turn(1))
        self._work = Chip("", "warn", tall=True)
        self._open_slots = Chip("", "outline", tall=True)
        self._columns = Chip("", "accent", "x", acts=True, tall=True)
        self._columns.setToolTip(tr("Show all columns"))
        self._columns.clicked.connect(lambda: self.show_columns_of(()))
        self.toolbar = Toolbar(" ")
        self.toolbar.add_left(self.side.button, before, today, after)
        self.worklists = WorklistsButton(self.desk)
        self.worklists.go.connect(self.go)
        self.switch = view_switch(self, "schedule", self._in_view)
        self._chips = ChipRow(self._columns, self._work, self._open_slots)
        self.prints = PrintMenu(
            self, lambda: self._day, lambda: self.grid.current, lambda: self._provider_ids
        )
        self.named = NamedViewsButton(self, self._what_is_kept, self.choose_columns)
        self.toolbar.add(
            self._chips,
            self.note.button,
            self.prints.button,
            self.worklists,
            self.named,
            self.switch,
        )
        self.set_toolbar(self.toolbar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.side.fit(self.width())
        self.worklists.fit(self.width())
        has_room = self.width() >= theme().px(TOOLBAR_NARROW)
        self.toolbar.title.setText(
            weekday_date(self._day) if has_room else f"{self._day:%a, %b} {self._day.day}"
        )
        self._chips.fit()

    def _in_view(self) -> Errand:
        return Errand("show", starts=datetime.combine(self._day, time()))

    def _today(self) -> date:
        return self.desk.today
