"""The Schedule tab's first page: a day of all providers, with what must be done about it."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import Finding, FrontdeskError, Refused
from frontdesk.kernel.text import us_time, weekday_date
from frontdesk.services.schedule import booking, month
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.month import DayLoad
from frontdesk.services.schedule.slot import Slot as BookedSlot
from frontdesk.services.schedule.status import Status
from frontdesk.services.visit import day as visit_day
from frontdesk.services.visit import flow
from frontdesk.services.visit.day import FlaggedDay
from frontdesk.services.visit.flow import Stepped
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, Toolbar, column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Errand, Key, Page
from frontdesk.ui.schedule.day_grid import DayGrid
from frontdesk.ui.schedule.day_heads import DayHeads
from frontdesk.ui.schedule.geometry import Slot
from frontdesk.ui.schedule.mini_month import MiniMonth
from frontdesk.ui.schedule.reason_dialog import ask_for_reason
from frontdesk.ui.schedule.room_dialog import ask_for_room
from frontdesk.ui.schedule.status_counts import StatusCounts
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
            "journal_entry",
            "template_session",
            "schedule_exception",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._shown: FlaggedDay | None = None
        self._only: Status | None = None
        self._day = self._today()
        self._build_toolbar()
        self.grid = DayGrid()
        self.heads = DayHeads()
        self.month = MiniMonth()
        self.counts = StatusCounts()
        self.find_button = Button(
            tr("Find a slot"), "primary", icon="calendar-search", keys="Ctrl+F", height="large"
        )
        side = Frame(
            "column",
            column(
                row(self.find_button, margins=(12, 10, 12, 6)),
                self.month,
                row(Label(tr("Visits by status"), "caption", "text-3"), None, margins=(12, 10, 12, 2)),
                self.counts,
                None,
                gap=0,
            ),
        )
        side.setFixedWidth(theme().px(216))
        self.side = side
        self.set_content(Frame("surface", row(side, column(self.heads, self.grid, gap=0), gap=0)))
        self.grid.chosen.connect(self._chose)
        self.grid.opened.connect(self._open)
        self.grid.moved.connect(self._move)
        self.grid.resized.connect(self._resize)
        self.grid.slot_opened.connect(self._book_at)
        self.grid.page_asked.connect(self.turn)
        self.grid.width_changed.connect(self._show_heads)
        self.month.day_chosen.connect(self.show_day)
        self.month.month_asked.connect(self._show_month_of)
        self.counts.status_chosen.connect(self._show_only)
        self.find_button.clicked.connect(self.find_slot)
        self.setFocusProxy(self.grid)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._clock.start(_TICK_MS)
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("←→", tr("Provider")),
            Key("↑↓", tr("Visit")),
            Key("T", tr("Today"), self.to_today),
            Key("Space", tr("Next status"), self.advance),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.find_button, self.grid)

    # -- which day ------------------------------------------------------------

    def reload(self) -> None:
        self.month.show_month(self._day.replace(day=1), self._day, self.desk.today)
        self.desk.ask(self, self._show, visit_day.flagged_day, day=self._day)
        self.desk.ask(self, self._show_load, month.month_load, first_day=self._day.replace(day=1))

    def show_day(self, day: date) -> None:
        """Turn to a day."""
        self._day = day
        self.clear_complaints()
        self.reload()

    def turn(self, days: int) -> None:
        """Days forward, or back."""
        self.show_day(self._day + timedelta(days))

    def to_today(self) -> None:
        self.show_day(self._today())

    def open_with(self, errand: Errand) -> None:
        if errand.act in ("book", "find_slot"):
            self.go.emit("find_slot", errand)
        elif errand.appointment_id is not None:
            self.grid.choose(errand.appointment_id)

    # -- what is shown --------------------------------------------------------

    def _show(self, shown: FlaggedDay) -> None:
        self._shown = shown
        sheet = shown.sheet
        self.grid.show_day(sheet, shown.flags, self.desk.local_now)
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
            tr("{open} open, {held} held", open=sheet.open_count, held=sheet.held_count),
            "outline",
            "calendar-plus",
        )

    def _show_load(self, load: tuple[DayLoad, ...]) -> None:
        if load and load[0].day == self.month.first_day:
            self.month.show_load(load)

    def _show_month_of(self, first: date) -> None:
        self.month.show_month(first, self._day, self._today())
        self.desk.ask(self, self._show_load, month.month_load, first_day=first)

    def _show_heads(self) -> None:
        if self._shown is not None:
            self.heads.show_columns(self._shown.sheet.columns, self.grid.column_lefts)

    def _show_only(self, status: Status | None) -> None:
        self.grid.show_only(status)

    def _tick(self) -> None:
        if self.isVisible():
            self.grid.tick(self.desk.local_now)

    # -- what is done ---------------------------------------------------------

    def advance(self) -> None:
        """The chosen visit's next step."""
        visit = self.grid.current
        if visit is None or not self.grid.hasFocus():
            return
        self.clear_complaints()
        self.desk.do(self, self._stepped, flow.advance, appointment_id=visit.id)

    def find_slot(self) -> None:
        visit = self.grid.current
        self.go.emit("find_slot", Errand("find_slot", patient_id=visit.patient_id if visit else None))

    def refused(self, error: FrontdeskError) -> None:
        """A step that needs a room or a reason asks for it; everything else is said."""
        visit = self.grid.current
        fields = {finding.field for finding in error.findings} if isinstance(error, Refused) else set()
        if visit is not None and fields == {"room_id"} and visit.status is Status.READY:
            ask_for_room(self, self.desk, visit.patient, self._step_with)
        elif visit is not None and isinstance(error, Refused) and _can_be_overridden(error.findings):
            if visit.status is Status.CHECKING_IN:
                self.go.emit("check_in", Errand("check_in", visit.patient_id, visit.id))
            else:
                ask_for_reason(self, error.findings, self._again_with)
        else:
            super().refused(error)

    def _stepped(self, _: Stepped) -> None:
        self._again = None

    def _step_with(self, room_id: int) -> None:
        visit = self.grid.current
        if visit is not None:
            self.desk.do(self, self._stepped, flow.advance, appointment_id=visit.id, room_id=room_id)

    def _move(self, visit: DayVisit, slot: Slot) -> None:
        self._place(visit, BookedSlot(slot.provider_id, slot.starts, visit_minutes(visit)), "")

    def _place(self, visit: DayVisit, to: BookedSlot, reason: str) -> None:
        self.clear_complaints()
        self._again = (visit, to)
        self.desk.do(
            self,
            self._moved,
            booking.move,
            appointment_id=visit.id,
            to=to,
            override_reason=reason,
            version=visit.version,
        )

    def _again_with(self, reason: str) -> None:
        """What was refused once, now with a reason."""
        if self._again is not None:
            visit, to = self._again
            self._place(visit, to, reason)

    _again: tuple[DayVisit, BookedSlot] | None = None

    def _moved(self, _: int) -> None:
        if self._again is not None:
            visit, to = self._again
            name = " ".join(reversed(visit.patient.split(", ")))
            self.told.emit(tr("Moved {name} to {time}", name=name, time=us_time(to.starts)))
        self._again = None

    def _resize(self, visit: DayVisit, until: datetime) -> None:
        self.clear_complaints()
        minutes = int((until - visit.starts).total_seconds() // 60)
        self.desk.do(
            self,
            self._resized,
            booking.resize,
            appointment_id=visit.id,
            minutes=minutes,
            version=visit.version,
        )

    def _resized(self, _: int) -> None:
        """The page hears of it as of every change."""

    def _book_at(self, slot: Slot) -> None:
        self.go.emit("find_slot", Errand("book", about_id=None))

    def _chose(self, visit: DayVisit | None) -> None:
        self.patient_chosen.emit(visit.patient_id if visit else None)

    def _open(self, visit: DayVisit) -> None:
        self.go.emit("check_in", Errand("check_in", visit.patient_id, visit.id))

    def _build_toolbar(self) -> None:
        before = IconButton("chevron-left", tr("Day before"), keys="PgUp")
        today = Button(tr("Today"), keys="T")
        after = IconButton("chevron-right", tr("Next day"), keys="PgDn")
        before.clicked.connect(lambda: self.turn(-1))
        today.clicked.connect(self.to_today)
        after.clicked.connect(lambda: self.turn(1))
        self._work = Chip("", "warn", tall=True)
        self._open_slots = Chip("", "outline", tall=True)
        self.toolbar = Toolbar(" ")
        self.toolbar.add_left(before, today, after)
        self.toolbar.add(self._work, self._open_slots)
        self.set_toolbar(self.toolbar)

    def _today(self) -> date:
        return self.desk.today


def visit_minutes(visit: DayVisit) -> int:
    """How long the visit is booked for."""
    return int((visit.ends - visit.starts).total_seconds() // 60)


def _can_be_overridden(findings: tuple[Finding, ...]) -> bool:
    return bool(findings) and all(finding.overridable for finding in findings)
