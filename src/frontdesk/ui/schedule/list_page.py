"""The book as a list: the visits of a day or a week, filtered, sorted, printed."""

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.kernel.text import weekday_date
from frontdesk.services.schedule import month, named_views
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.month import DayLoad
from frontdesk.services.schedule.named_views import BookView, NamedViewDraft, NamedViewView
from frontdesk.services.schedule.status import Status
from frontdesk.services.visit import visit_list
from frontdesk.services.visit.visit_list import ListedVisit, VisitList, Wanted
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, Toolbar, column, row, scrolled
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Errand, Key, Page
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.schedule.list_filters import ListFilters
from frontdesk.ui.schedule.mini_month import MiniMonth
from frontdesk.ui.schedule.named_views_button import ACT as NAMED_VIEW
from frontdesk.ui.schedule.named_views_button import NamedViewsButton
from frontdesk.ui.schedule.print_menu import PrintMenu
from frontdesk.ui.schedule.side_drawer import SideDrawer
from frontdesk.ui.schedule.view_switch import view_switch
from frontdesk.ui.schedule.visit_table import VisitTable
from frontdesk.ui.schedule.worklists_button import WorklistsButton
from frontdesk.ui.text import counted, tr

_DAY, _WEEK = 1, 7


class ListPage(Page):
    """Enter opens a visit on its day; typing jumps to a patient."""

    title = "List of visits"
    permission = "schedule.view"
    topics = frozenset(
        {"appointment", "patient", "coverage_verification", "consent", "visit_type_form", "journal_entry"}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._day = desk.today
        self._shown: VisitList | None = None
        self.table = VisitTable()
        self.table.chosen.connect(self._chose)
        self.table.opened.connect(self._open)
        self.month = MiniMonth()
        self.filters = ListFilters()
        self.filters.changed.connect(self._filter)
        self.span = Segmented[int](((_DAY, tr("A day")), (_WEEK, tr("The week"))), says=tr("How much"))
        self.span.chosen.connect(self._filter)
        self.find_button = Button(
            tr("Find a slot"), "primary", icon="calendar-search", keys="Ctrl+F", height="large"
        )
        self.find_button.clicked.connect(lambda: self.go.emit("find_slot", Errand("find_slot")))
        below = QWidget()
        below.setLayout(
            column(
                self.month,
                row(self.span, None, margins=(12, 2, 12, 8)),
                row(Label(tr("Show"), "caption", "text-3"), margins=(12, 6, 12, 0)),
                self.filters,
                None,
                gap=0,
            )
        )
        self.side = SideDrawer(
            column(row(self.find_button, margins=(12, 10, 12, 6)), scrolled(below), gap=0),
            tr("Days and filters"),
        )
        self.nothing = EmptyState("list", "")
        self.nothing.acted.connect(self._show_all)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)
        self._build_toolbar()
        self.set_content(Frame("surface", row(self.side, self._stack, gap=0)))
        self.month.day_chosen.connect(self.show_day)
        self.month.month_asked.connect(self._show_month_of)
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Visit")),
            Key("Return", tr("Open on its day")),
            Key("PgUp", tr("Day before"), lambda: self.turn(-1)),
            Key("PgDown", tr("Next day"), lambda: self.turn(1)),
            Key("Ctrl+T", tr("Today"), self.to_today),
            self.prints.key(),
            self.named.key(),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.find_button, self.month, self.filters, self.table)

    def home(self) -> QWidget:
        return self.table

    # -- which days -----------------------------------------------------------

    def reload(self) -> None:
        first, last = self.days
        self.month.show_month(self._day.replace(day=1), self._day, self.desk.today)
        self.desk.ask(
            self, self._show, visit_list.visit_list, first=first, last=last, wanted=self.filters.wanted()
        )
        self._show_month_of(self._day.replace(day=1))

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last that are shown."""
        if self.span.value() == _DAY:
            return self._day, self._day
        monday = self._day - timedelta(self._day.weekday())
        return monday, monday + timedelta(6)

    def show_day(self, day: date) -> None:
        self._day = day
        self.clear_complaints()
        self.reload()

    def turn(self, by: int) -> None:
        """Days, or weeks where a week is shown."""
        self.show_day(self._day + timedelta(by * (self.span.value() or _DAY)))

    def to_today(self) -> None:
        self.show_day(self.desk.today)

    def open_with(self, errand: Errand) -> None:
        if errand.act == NAMED_VIEW and errand.about_id is not None:
            self.desk.ask(self, self._show_named, named_views.named_view, named_view_id=errand.about_id)
        elif errand.starts is not None:
            self.show_day(errand.starts.date())

    def _show_named(self, view: NamedViewView) -> None:
        """With the filters that were kept, on the days that are shown."""
        draft = view.draft
        statuses = (Status(draft.only_status),) if draft.only_status else ()
        self.filters.set_wanted(
            Wanted(draft.provider_ids, statuses, draft.unconfirmed_only, draft.needs_work)
        )
        self.reload()

    def _what_is_kept(self) -> NamedViewDraft:
        wanted = self.filters.wanted()
        return NamedViewDraft(
            "",
            BookView.LIST,
            provider_ids=wanted.provider_ids,
            only_status=next((status.value for status in wanted.statuses), ""),
            unconfirmed_only=wanted.unconfirmed_only,
            needs_work=wanted.needs_work,
        )

    # -- what is shown --------------------------------------------------------

    def _filter(self) -> None:
        self.reload()

    def _show(self, shown: VisitList) -> None:
        self._shown = shown
        self.filters.show_providers(shown.providers)
        self.table.lines.show(shown.lines)
        first, last = shown.first, shown.last
        words = weekday_date(first) if first == last else f"{first:%B} {first.day} – {last:%B} {last.day}"
        count = len(shown.lines)
        of = counted(shown.of, "{count} visit", "{count} visits")
        self.toolbar.show_title(words, of if count == shown.of else tr("{count} of {of}", count=count, of=of))
        if not shown.lines:
            self._say_nothing(shown)
        self._stack.setCurrentIndex(0 if shown.lines else 1)

    def _say_nothing(self, shown: VisitList) -> None:
        if shown.of:
            self.nothing.say(
                "list-filter",
                tr("No visit passes the filters"),
                counted(shown.of, "{count} visit is hidden.", "{count} visits are hidden."),
                action=tr("Show all visits"),
            )
        else:
            self.nothing.say("calendar-x", tr("No visits"), tr("Nobody is booked on these days."))

    def _show_all(self) -> None:
        self.filters.clear()
        self._stack.setCurrentIndex(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_month_of(self, first: date) -> None:
        self.month.show_month(first, self._day, self.desk.today)
        self.desk.ask(self, self._show_load, month.month_load, first_day=first)

    def _show_load(self, load: tuple[DayLoad, ...]) -> None:
        if load and load[0].day == self.month.first_day:
            self.month.show_load(load)

    # -- what is done ---------------------------------------------------------

    def print_list(self) -> None:
        """As it is filtered; the file is named for the days alone."""
        first, last = self.days
        name = f"visits-{first:%Y-%m-%d}" + ("" if first == last else f"-to-{last:%Y-%m-%d}")
        dialog = PaperDialog(self, self.desk, tr("List of visits"), f"{name}.pdf")
        dialog.open()
        self.desk.ask(
            dialog,
            dialog.show_pdf,
            visit_list.visit_list_pdf,
            first=first,
            last=last,
            wanted=self.filters.wanted(),
        )

    def _chose(self, line: ListedVisit | None) -> None:
        self.patient_chosen.emit(line.visit.patient_id if line else None)

    def _open(self, line: ListedVisit) -> None:
        visit = line.visit
        self.go.emit(
            "schedule",
            Errand("show", patient_id=visit.patient_id, appointment_id=visit.id, starts=visit.starts),
        )

    # -- the frame ------------------------------------------------------------

    def _build_toolbar(self) -> None:
        before = IconButton("chevron-left", tr("Day before"), keys="PgUp")
        today = Button(tr("Today"))
        after = IconButton("chevron-right", tr("Next day"), keys="PgDn")
        before.clicked.connect(lambda: self.turn(-1))
        today.clicked.connect(self.to_today)
        after.clicked.connect(lambda: self.turn(1))
        self.prints = PrintMenu(
            self, self._meant_day, self._meant_visit, own=(tr("This list as it is filtered"), self.print_list)
        )
        self.worklists = WorklistsButton(self.desk)
        self.worklists.go.connect(self.go)
        self.toolbar = Toolbar(" ")
        self.toolbar.add_left(self.side.button, before, today, after)
        self.named = NamedViewsButton(self, self._what_is_kept)
        self.toolbar.add(
            self.prints.button, self.worklists, self.named, view_switch(self, "list", self._in_view)
        )
        self.set_toolbar(self.toolbar)

    def _in_view(self) -> Errand:
        return Errand("show", starts=datetime.combine(self._meant_day(), time()))

    def _meant_day(self) -> date:
        line = self.table.current()
        return line.visit.starts.date() if line else self._day

    def _meant_visit(self) -> DayVisit | None:
        line = self.table.current()
        return line.visit if line else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.worklists.fit(self.width())
        self.side.fit(self.width())
