"""The Resources view: who, which room and which device is taken when, and moving all of it at once."""

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QSizePolicy, QStackedWidget, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import weekday_date
from frontdesk.services.schedule import downtime, lifecycle, named_views
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.named_views import BookView, NamedViewDraft, NamedViewView
from frontdesk.services.schedule.resource_day import ResourceRow
from frontdesk.services.schedule.words import ResourceKind
from frontdesk.services.visit import day as visit_day
from frontdesk.services.visit.day import FlaggedResources
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, Toolbar, column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.label import EndingLabel
from frontdesk.ui.kit.page import Errand, Key, Page
from frontdesk.ui.schedule import resource_bar
from frontdesk.ui.schedule.advancing import KEY as NEXT_STATUS_KEY
from frontdesk.ui.schedule.advancing import Advancing
from frontdesk.ui.schedule.geometry import Slot
from frontdesk.ui.schedule.moving import Moving, spoken
from frontdesk.ui.schedule.named_views_button import ACT as NAMED_VIEW
from frontdesk.ui.schedule.named_views_button import NamedViewsButton
from frontdesk.ui.schedule.out_of_service import OutOfServiceDialog
from frontdesk.ui.schedule.print_menu import PrintMenu
from frontdesk.ui.schedule.resource_grid import ResourceGrid
from frontdesk.ui.schedule.rows_dialog import RowsDialog
from frontdesk.ui.schedule.view_switch import view_switch
from frontdesk.ui.schedule.visit_acts import VisitActs
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_TICK_MS = 10_000
_NARROW = 700
_BOTH_CHIPS = 1300
"""From this many design pixels on, the toolbar holds both chips."""


class ResourcePage(Page):
    """Shows the resources of a day; moves visits between them."""

    title = "Resources"
    permission = "schedule.view"
    shows_patient = True
    topics = frozenset(
        {
            "appointment",
            "resource_booking",
            "slot_hold",
            "patient",
            "resource",
            "room",
            "resource_downtime",
            "staff_session",
            "template_session",
            "template_block",
            "schedule_exception",
            "coverage_verification",
            "consent",
            "visit_type_form",
            "journal_entry",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._day = desk.today
        self._shown: FlaggedResources | None = None
        self._to_choose: int | None = None
        self._resource_ids: tuple[int, ...] = ()
        self._build_toolbar()
        self.grid = ResourceGrid()
        self.closed = EmptyState("calendar-x", "")
        self.closed.acted.connect(lambda: self.turn(1))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self.closed)
        self.set_content(Frame("surface", column(self._stack, _Foot(), gap=0)))
        self._moving = Moving(self)
        self.grid.chosen.connect(self._chose)
        self.grid.opened.connect(self._open)
        self.grid.moved.connect(self._moving.move)
        self.grid.copied.connect(self._moving.copy)
        self.grid.roomed.connect(self._room)
        self.grid.slot_opened.connect(self._book_at)
        self.grid.row_menu_asked.connect(self._show_row_menu)
        out = QShortcut(QKeySequence("O"), self.grid)
        out.setContext(Qt.ShortcutContext.WidgetShortcut)
        out.activated.connect(self.turn_service)
        self.acts = VisitActs(self, self.grid, self._moving)
        self.steps = Advancing(self, self.grid)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._clock.start(_TICK_MS)
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Resource")),
            Key("←→", tr("Visit")),
            Key("T", tr("Today"), self.to_today),
            Key(NEXT_STATUS_KEY, tr("Next status")),
            Key("PgUp", tr("Day before"), lambda: self.turn(-1)),
            Key("PgDown", tr("Next day"), lambda: self.turn(1)),
            Key("O", tr("Out of service, or back")),
            self.prints.key(),
            self.named.key(),
            *self.acts.keys(),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.find_button, self.grid)

    # -- which day ------------------------------------------------------------

    def reload(self) -> None:
        self.desk.ask(self, self._show, visit_day.flagged_resources, day=self._day)

    def show_day(self, day: date) -> None:
        """Turn to a day."""
        self._day = day
        self.clear_complaints()
        self.reload()

    def turn(self, days: int) -> None:
        """Days forward, or back."""
        self.show_day(self._day + timedelta(days))

    def to_today(self) -> None:
        self.show_day(self.desk.today)

    def open_with(self, errand: Errand) -> None:
        if errand.act == NAMED_VIEW and errand.about_id is not None:
            self.desk.ask(self, self._show_named, named_views.named_view, named_view_id=errand.about_id)
            return
        self._to_choose = errand.appointment_id
        if errand.starts is not None:
            self.show_day(errand.starts.date())
        elif self._to_choose is not None:
            self.reload()

    def _show_named(self, view: NamedViewView) -> None:
        """The kept rows, on the day that is shown."""
        self.show_rows_of(view.draft.resource_ids)

    def show_rows_of(self, resource_ids: tuple[int, ...]) -> None:
        """Only these; none named: all."""
        self._resource_ids = resource_ids
        self.reload()

    def choose_rows(self) -> None:
        if self._shown is not None:
            groups = self._shown.day.groups
            RowsDialog(self, groups, self._resource_ids, self.show_rows_of).open()

    # -- what is shown --------------------------------------------------------

    def _show(self, shown: FlaggedResources) -> None:
        self._shown = shown
        sheet = shown.day.sheet
        day = shown.day.only(self._resource_ids)
        self.grid.show_day(day, shown.flags, self.desk.local_now)
        count = len(self._resource_ids)
        self._rows.show_state(counted(count, "{count} row", "{count} rows") if count else "", "accent", "x")
        if self._to_choose is not None:
            self.grid.choose(self._to_choose)
            self._to_choose = None
        is_closed = not sheet.columns
        if is_closed:
            self.closed.say(
                "calendar-x",
                tr("Closed on {day}", day=weekday_date(sheet.day)),
                sheet.holiday or tr("No provider has hours on this day."),
                action=tr("To the next day"),
            )
        self._stack.setCurrentIndex(1 if is_closed else 0)
        self.toolbar.show_title(weekday_date(sheet.day), sheet.holiday or tr("people, rooms, equipment"))
        double = shown.day.double_bookings
        if is_closed:
            self._double.show_state("", "ok")
        elif double:
            words = counted(double, "{count} double booking", "{count} double bookings")
            self._double.show_state(words, "warn", "triangle-alert")
        else:
            self._double.show_state(tr("No double booking"), "ok", "check")
        self._fit()

    def _tick(self) -> None:
        if self.isVisible() and self._shown is not None:
            self.grid.tick(self.desk.local_now)

    # -- what is done ---------------------------------------------------------

    def refused(self, error: FrontdeskError) -> None:
        """What the next step still needs is asked for; the rest is said."""
        if not self.steps.mends(error):
            super().refused(error)

    def find_slot(self) -> None:
        visit = self.grid.current
        self.go.emit("find_slot", Errand("find_slot", patient_id=visit.patient_id if visit else None))

    def _room(self, visit: DayVisit, room_id: int, name: str) -> None:
        """The patient is in a room that was not booked: they go to another one."""
        self.clear_complaints()
        words = tr("Moved {name} to {place}", name=spoken(visit), place=name)
        self.desk.do(
            self,
            lambda _: self.told.emit(words),
            lifecycle.room,
            appointment_id=visit.id,
            room_id=room_id,
            version=visit.version,
        )

    def turn_service(self) -> None:
        """Takes the chosen thing out of service; one that is out is put back."""
        thing = self.grid.row
        if thing is None or thing.kind is ResourceKind.PROVIDER or not self.desk.may("schedule.book"):
            return
        out = next((each for each in thing.outages if each.id is not None), None)
        if out is not None and out.id is not None:
            self._put_back(thing, out.id)
        else:
            self._take_out(thing)

    def _take_out(self, thing: ResourceRow) -> None:
        now = self.desk.local_now.replace(second=0, microsecond=0)
        is_today = self._day == now.date()
        starts = now if is_today else datetime.combine(self._day, time(8))
        OutOfServiceDialog(self, self.desk, thing, starts, self.told.emit).open()

    def _put_back(self, thing: ResourceRow, downtime_id: int) -> None:
        self.clear_complaints()
        words = tr("Put {name} back into service", name=thing.name)
        self.desk.do(self, lambda _: self.told.emit(words), downtime.put_back, downtime_id=downtime_id)

    def _show_row_menu(self, thing: ResourceRow, at: QPoint) -> None:
        if thing.kind is ResourceKind.PROVIDER or not self.desk.may("schedule.book"):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = tr("Put back into service") if thing.is_out else tr("Take out of service")
        entry = menu.addAction(theme().icon("wrench", "text-2"), words)
        entry.setShortcut(QKeySequence("O"))
        entry.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        entry.triggered.connect(self.turn_service)
        menu.popup(at)

    def _what_is_shown(self) -> Errand:
        visit = self.grid.current
        return Errand(
            "show", appointment_id=visit.id if visit else None, starts=datetime.combine(self._day, time())
        )

    def _book_at(self, slot: Slot) -> None:
        self.go.emit("find_slot", Errand("book", provider_id=slot.provider_id, starts=slot.starts))

    def _chose(self, visit: DayVisit | None) -> None:
        self.patient_chosen.emit(visit.patient_id if visit else None)

    def _open(self, visit: DayVisit) -> None:
        self.go.emit("check_in", Errand("check_in", visit.patient_id, visit.id))

    # -- how it is built ------------------------------------------------------

    def _build_toolbar(self) -> None:
        before = IconButton("chevron-left", tr("Day before"), keys="PgUp")
        today = Button(tr("Today"), keys="T")
        after = IconButton("chevron-right", tr("Next day"), keys="PgDn")
        before.clicked.connect(lambda: self.turn(-1))
        today.clicked.connect(self.to_today)
        after.clicked.connect(lambda: self.turn(1))
        self._double = Chip("", "ok", tall=True)
        self.find_button = Button(tr("Find a slot"), "primary", icon="calendar-search", keys="Ctrl+F")
        self.find_button.clicked.connect(self.find_slot)
        self.toolbar = Toolbar(" ")
        self.toolbar.add_left(before, today, after)
        self.prints = PrintMenu(self, lambda: self._day, lambda: self.grid.current)
        self.named = NamedViewsButton(
            self,
            lambda: NamedViewDraft("", BookView.RESOURCES, resource_ids=self._resource_ids),
            self.choose_rows,
            tr("Choose rows…"),
        )
        self.switch = view_switch(self, "resources", self._what_is_shown)
        self._rows = Chip("", "accent", "x", acts=True, tall=True)
        self._rows.setToolTip(tr("Show all rows"))
        self._rows.clicked.connect(lambda: self.show_rows_of(()))
        self.toolbar.add(
            self._rows, self._double, self.find_button, self.prints.button, self.named, self.switch
        )
        self.set_toolbar(self.toolbar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_wide = self.width() >= theme().px(_NARROW)
        has_room = is_wide and (not self._resource_ids or self.width() >= theme().px(_BOTH_CHIPS))
        self._double.setVisible(has_room and bool(self._double.text()))
        self.find_button.setVisible(is_wide)


class _Foot(QWidget):
    """The sentence on what a bar is, and what the fills mean."""

    def __init__(self) -> None:
        super().__init__()
        sentence = tr(
            "One visit holds its provider, room and equipment together; moving any bar moves all three."
        )
        frame = Frame(
            "foot", row(EndingLabel(sentence, "secondary", "text-2"), _Legend(), margins=(12, 0, 12, 0))
        )
        frame.setFixedHeight(theme().px(30))
        self.setLayout(column(frame, gap=0))


class _Legend(QWidget):
    """Swatches with their words."""

    def __init__(self) -> None:
        super().__init__()
        self._entries = (
            ("cleaning", tr("Cleaning")),
            ("urgent", tr("Urgent hold")),
            ("new_patient", tr("New patient")),
        )
        self.setAccessibleName(", ".join(words for _, words in self._entries))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        px = theme().px
        widths = (draw.role_width(words, "secondary") + px(44) for _, words in self._entries)
        return QSize(sum(widths), px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        px = theme().px
        painter = QPainter(self)
        x = 0
        for kind, words in self._entries:
            swatch = QRect(x + px(16), (self.height() - px(12)) // 2, px(22), px(12))
            resource_bar.paint_legend(painter, swatch, kind)
            width = draw.role_width(words, "secondary")
            place = QRect(swatch.right() + px(6), 0, width + 1, self.height())
            draw.words(painter, place, words, "secondary", "text-2", Qt.AlignmentFlag.AlignLeft, elide=False)
            x += width + px(44)
        painter.end()
