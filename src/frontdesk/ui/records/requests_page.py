"""The requests page: whoever wants copies, and whatever was asked of others, by deadline."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QStackedWidget, QWidget

from frontdesk.services.records import request_list
from frontdesk.services.records.request_list import RequestList
from frontdesk.services.records.request_row import RequestRow, Waits, Which
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row, scrolled
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.label import EndingLabel, Rule
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Table, TableModel
from frontdesk.ui.records import request_look
from frontdesk.ui.records.frame import RecordsTabPage
from frontdesk.ui.records.request_kinds import KINDS
from frontdesk.ui.records.request_panels import RequestPanels
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

NEW_REQUEST = "request_records"
"""The errand that begins a new request for a patient."""
_NARROW = 860
_VERY_NARROW = 620
_CHIPS = ("late", "week", Waits.SIGNATURE, Waits.OTHERS)


class RequestsPage(RecordsTabPage):
    """The list on top; below it the chosen request: what it is, what it lacks, what happened."""

    title = "Requests"
    part = "records_requests"
    topics = frozenset().union({"patient", "release_rule"}, *(panels.topics for _, panels in KINDS))

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._answer: RequestList | None = None
        self._only: str = ""
        self._wanted: tuple[str, int] | None = None
        self._patient_id: int | None = None
        self.toolbar.show_title(tr("Records"))  # the tabs need the room
        self.which = Segmented(
            ((Which.OPEN, tr("Open")), (Which.SENT, tr("Sent")), (Which.ALL, tr("All"))),
            says=tr("Which requests"),
        )
        self.which.chosen.connect(self._other_which)
        self.add = Button(tr("New request"), "primary", icon="file-plus", keys="Ctrl+N")
        self.add.clicked.connect(self.new_request)
        set_shown(self.add, desk.may("records.release"))
        self.toolbar.add(self.which, self.add)
        self.model = TableModel[RequestRow](
            request_look.columns(lambda: desk.today), key=lambda each: (each.kind, each.id)
        )
        self.table = Table(self.model, says=tr("Requests, what is due first on top"))
        self.table.chosen.connect(self._chose)
        self.table.opened.connect(lambda _: self._open())
        self.kinds: dict[str, RequestPanels] = {name: panels(desk, self) for name, panels in KINDS}
        self.nothing = EmptyState(
            "inbox",
            tr("No request is open"),
            tr("What comes by mail, fax or at the desk is written down here."),
        )
        self._build()
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show, request_list.requests, which=self.which.value())

    def keys(self) -> tuple[Key, ...]:
        shown = self.shown_kind()
        own = shown.panel_keys() if shown is not None else ()
        return (
            Key("↑↓", tr("Request")),
            Key("Enter", tr("Open")),
            Key("Ctrl+Return", tr("Next act"), self._act),
            Key("Ctrl+N", tr("New request"), self.new_request),
            Key("Alt+M", tr("More"), self._more),
            *own,
        )

    def panes(self) -> tuple[QWidget, ...]:
        shown = self.shown_kind()
        return (shown.checks, self.table) if shown is not None else (self.table,)

    def open_with(self, errand: Errand) -> None:
        """A request by its id; of a patient alone, a new one for them."""
        if errand.about_id is not None:
            self._wanted = (errand.typed or KINDS[0][0], errand.about_id)
            self.which.set_value(Which.ALL)
            self.reload()
        elif errand.patient_id is not None and errand.act == NEW_REQUEST:
            self._patient_id = errand.patient_id
            if errand.typed in self.kinds:
                self.kinds[errand.typed].new(errand.patient_id)
            else:
                self.new_request()

    # -- what is shown --------------------------------------------------------------

    def shown_kind(self) -> RequestPanels | None:
        """The panels of the chosen request."""
        chosen = self.table.current()
        return self.kinds.get(chosen.kind) if chosen is not None else None

    def _show(self, answer: RequestList) -> None:
        self._answer = answer
        self._access.setText(tr("Access requests: {count} days from receipt", count=answer.access_days))
        counts = (answer.past_deadline, answer.due_this_week, answer.for_signature, answer.for_others)
        words = (
            tr("{count} past deadline"),
            tr("{count} due this week"),
            tr("Waiting for a signature {count}"),
            tr("Waiting for others {count}"),
        )
        looks = (("block", "circle-alert"), ("warn", "triangle-alert"), ("outline", ""), ("outline", ""))
        for name, count, said, (tone, icon) in zip(_CHIPS, counts, words, looks, strict=True):
            is_on = self._only == name
            if not count and is_on:
                self._only = ""
            self.chips[name].show_state(
                said.format(count=count) if count else "", "accent" if is_on and count else tone, icon
            )
        self._show_rows()

    def _show_rows(self) -> None:
        answer = self._answer
        if answer is None:
            return
        rows = [each for each in answer.rows if self._fits(each)]
        self.model.show(rows)
        self._top.setCurrentWidget(self.table if rows else self.nothing)
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        elif rows and self.table.current() is None:
            self.table.choose_first()
        self._chose(self.table.current())

    def _fits(self, each: RequestRow) -> bool:
        if self._only == "late":
            return request_list.is_past(each, self.desk.today)
        if self._only == "week":
            return request_list.is_due_this_week(each, self.desk.today)
        return not self._only or each.waits == self._only

    def _chose(self, chosen: RequestRow | None) -> None:
        set_shown(self._below, chosen is not None)
        if chosen is None:
            return
        self._patient_id = chosen.patient_id
        panels = self.kinds[chosen.kind]
        if self._below.currentWidget() is not panels:
            self._below.setCurrentWidget(panels)
            self.bind_keys()
        panels.show_row(chosen)
        self.patient_chosen.emit(chosen.patient_id)

    # -- what people do ---------------------------------------------------------------

    def new_request(self) -> None:
        """Ctrl+N: of the one kind there is, else of the kind that is chosen from a menu."""
        if not self.desk.may("records.release"):
            return
        writable = [panels for panels in self.kinds.values() if panels.new_words]
        if len(writable) == 1:
            writable[0].new(self._patient_id)
        else:
            self.new_menu().popup(self.add.mapToGlobal(QPoint(0, self.add.height())))

    def new_menu(self) -> QMenu:
        menu = QMenu(self)
        for panels in self.kinds.values():
            if panels.new_words:
                act = menu.addAction(theme().icon(panels.new_icon, "text-2"), tr(panels.new_words))
                act.triggered.connect(lambda _=False, panels=panels: panels.new(self._patient_id))
        return menu

    def _other_which(self) -> None:
        self._only = ""
        self.reload()

    def _filter(self, name: str) -> None:
        self._only = "" if self._only == name else name
        if self._only and self.which.value() is not Which.OPEN:
            self.which.set_value(Which.OPEN)
        self.reload()

    def _open(self) -> None:
        """Enter: to the checklist of the request."""
        shown = self.shown_kind()
        if shown is not None:
            shown.checks.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _act(self) -> None:
        shown = self.shown_kind()
        if shown is not None and shown.first.isVisible():
            shown.act()

    def _more(self) -> None:
        shown = self.shown_kind()
        if shown is not None and shown.more.isVisible():
            shown.open_more()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.width()
        self.table.setColumnHidden(request_look.KIND, width < theme().px(_NARROW))
        self.table.setColumnHidden(request_look.DUE, width < theme().px(_NARROW))
        self.table.setColumnHidden(request_look.WHO, width < theme().px(_VERY_NARROW))

    def _build(self) -> None:
        self.chips: dict[str, Chip] = {}
        for name in _CHIPS:
            chip = Chip("", "outline", acts=True, tall=True)
            chip.clicked.connect(lambda _=False, name=name: self._filter(name))
            self.chips[name] = chip
        self._access = EndingLabel("", "secondary", "text-2")
        self._access.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        bar = Frame("bar", row(*self.chips.values(), None, self._access, margins=(12, 0, 8, 0)))
        bar.setFixedHeight(theme().px(40))
        self._top = QStackedWidget()
        self._top.addWidget(self.table)
        self._top.addWidget(self.nothing)
        self._below = QStackedWidget()
        for panels in self.kinds.values():
            self._below.addWidget(panels)
            panels.told.connect(self.told)
            panels.go.connect(self.go)
        content = QWidget()
        below = Frame("surface", column(Rule(), scrolled(self._below), gap=0))
        whole = column(bar, self._top, below, gap=0)
        whole.setStretch(1, 60)
        whole.setStretch(2, 40)
        content.setLayout(whole)
        self.set_content(content)
