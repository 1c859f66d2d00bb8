"""The request queue: what is due first on top; taken on, booked or declined from here."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date, us_date_time, us_time
from frontdesk.services.schedule import request_queue, visit_requests
from frontdesk.services.schedule.request_queue import LogLine, RequestLine
from frontdesk.services.schedule.visit_requests import RequestState
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.side_panel import Section, SidePanel
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.kit.worklist import DetailWidth, ListOrNothing
from frontdesk.ui.schedule.request_dialog import CHANNELS, RequestDialog
from frontdesk.ui.schedule.waitlist_look import urgency_icon
from frontdesk.ui.schedule.worklists import WorklistPage
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

STATES = {
    RequestState.NEW: (tr("New"), "info", "inbox"),
    RequestState.WORKING: (tr("Working"), "outline", "pencil"),
    RequestState.WAITING: (tr("Waiting on patient"), "warn", "hourglass"),
    RequestState.BOOKED: (tr("Booked"), "ok", "check"),
    RequestState.DECLINED: (tr("Declined"), "neutral", "x"),
}
_BOOK = "schedule.book"
_CLOSED = (RequestState.BOOKED, RequestState.DECLINED)


class RequestsPage(WorklistPage):
    """Enter finds a slot; N writes a new one down, K takes on, P waits, D declines."""

    title = "Requests"
    part = "requests"
    topics = frozenset({"visit_request", "visit_request_event", "patient", "appointment"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._to_choose: int | None = None
        self.closed = CheckBox(tr("Show closed"))
        self.closed.toggled.connect(self.reload)
        self.add = Button(tr("Write down a request"), "primary", icon="plus", keys="Ctrl+N")
        self.add.clicked.connect(self.write_down)
        set_shown(self.add, desk.may(_BOOK))
        self.toolbar.add(self.closed, self.add)
        self.model = TableModel[RequestLine](
            [
                Column("Due", self._due, width=112),
                Column("Who", lambda each: Cell(each.name, role="strong"), width=150),
                Column("What is asked for", lambda each: each.draft.reason),
                Column("How soon", _soon, width=100),
                Column("Taken on by", lambda each: each.owner or tr("nobody"), width=110),
                Column("State", _state, width=150),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("Requests, what is due first on top"))
        self.table.chosen.connect(self._chose)
        self.table.opened.connect(self.find_slot)
        self.detail = RequestDetail(self)
        ColumnFit(
            self.table,
            self.model.columns,
            least=180,
            first_to_go=(tr("Taken on by"), tr("How soon"), tr("State")),
        )
        self.nothing = EmptyState(
            "inbox", tr("No request is open"), tr("What is asked for by phone or letter comes here.")
        )
        self.body = ListOrNothing(self.table, self.nothing, self.detail)
        self.set_content(self.body)
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Request")),
            Key("Return", tr("Find a slot")),
            Key("Ctrl+N", tr("Write down a request"), self.write_down),
            Key("K", tr("Take on"), lambda: self._key(RequestState.WORKING)),
            Key("P", tr("Wait on patient"), lambda: self._key(RequestState.WAITING)),
            Key("D", tr("Decline"), lambda: self._key(RequestState.DECLINED)),
            Key("Esc", tr("Day view"), self.to_home),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.detail.log, self.table)

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show, request_queue.requests, with_closed=self.closed.isChecked())

    def open_with(self, errand: Errand) -> None:
        self._to_choose = errand.about_id

    def _show(self, found: tuple[RequestLine, ...]) -> None:
        self.model.show(found)
        if self._to_choose is not None and self.table.choose(self._to_choose):
            self._to_choose = None
        self.body.show_filled(bool(found))

    def _chose(self, chosen: RequestLine | None) -> None:
        self.detail.show_request(chosen)
        if chosen is not None:
            self.patient_chosen.emit(chosen.draft.patient_id)
            self.desk.ask(self, self.detail.show_log, request_queue.log_of, request_id=chosen.id)

    def _due(self, each: RequestLine) -> Cell:
        words = _when(each.due, self.desk.local_now)
        if each.is_overdue:
            return Cell(words, tone="block", icon="clock-alert")
        return Cell(words)

    # -- what is done ---------------------------------------------------------

    def write_down(self) -> None:
        if self.desk.may(_BOOK):
            RequestDialog(self, self.desk, self.told.emit).open()

    def change(self) -> None:
        chosen = self.table.current()
        if chosen is not None and self.desk.may(_BOOK):
            RequestDialog(self, self.desk, self.told.emit, request=chosen).open()

    def find_slot(self, chosen: RequestLine | None = None) -> None:
        """To Find a slot with all that is known; the booking closes the request."""
        chosen = chosen or self.table.current()
        if chosen is None or chosen.state in _CLOSED:
            return
        errand = Errand("book_request", chosen.draft.patient_id, about_id=chosen.id)
        self.go.emit("find_slot", errand)

    def move_on(self, state: RequestState) -> None:
        """Says how far it is; whoever takes it on has it from now on."""
        chosen = self.table.current()
        if chosen is None or not self.desk.may(_BOOK):
            return
        if state is RequestState.WORKING:
            self.write_state(chosen, state, self.desk.actor.user_id, "")
        else:
            _NoteDialog(self, chosen, state).open()

    def write_state(self, chosen: RequestLine, state: RequestState, owner_id: int | None, note: str) -> None:
        self.clear_complaints()
        self.desk.do(
            self,
            lambda _: self._moved(state),
            visit_requests.move_on,
            request_id=chosen.id,
            state=state,
            owner_id=owner_id,
            note=note,
            version=chosen.version,
        )

    def _moved(self, state: RequestState) -> None:
        self.told.emit(tr("Request: {state}", state=STATES[state][0]))

    def _key(self, state: RequestState) -> None:
        if self.table.hasFocus():
            self.move_on(state)


class RequestDetail(SidePanel):
    """Everything about one request, what can be done with it, and its log."""

    def __init__(self, page: RequestsPage) -> None:
        super().__init__()
        DetailWidth(self)
        self._name = Label("", "section", wrap=True)
        self._state = Chip("", "outline")
        self._facts = Label("", "body", "text-2", wrap=True)
        self.finder = Button(tr("Find a slot"), "primary", icon="calendar-search", keys="Enter")
        self.take = Button(tr("Take on"), keys="K")
        self.wait = Button(tr("Wait on patient"), keys="P")
        self.decline = Button(tr("Decline"), keys="D")
        self.edit = Button(tr("Change"))
        self.finder.clicked.connect(lambda: page.find_slot())
        self.take.clicked.connect(lambda: page.move_on(RequestState.WORKING))
        self.wait.clicked.connect(lambda: page.move_on(RequestState.WAITING))
        self.decline.clicked.connect(lambda: page.move_on(RequestState.DECLINED))
        self.edit.clicked.connect(page.change)
        self._model: ListModel[LogLine] = ListModel(
            _log_item, key=lambda line: (line.at, line.state, line.note)
        )
        self.log = RowList(self._model, says=tr("What happened to the request"))
        head = QWidget()
        state = row(self._name, self._state)
        state.setStretchFactor(self._name, 1)
        head.setLayout(column(state, margins=(14, 12, 14, 8)))
        self.set_head(head)
        facts = QWidget()
        facts.setLayout(column(self._facts, margins=(14, 0, 14, 12)))
        self.add(facts)
        told = Section(tr("Log"))
        told.add(self.log)
        self.add(told)
        pairs = (row(self.take, self.wait, gap=6), row(self.decline, self.edit, gap=6))
        self.foot = Frame("foot", column(self.finder, *pairs, gap=6, margins=(12, 8, 12, 8)))
        self.set_foot(self.foot)
        self._may = page.desk.may(_BOOK)

    def show_request(self, shown: RequestLine | None) -> None:
        set_shown(self, shown is not None)
        if shown is None:
            return
        self._name.setText(shown.name)
        words, tone, icon = STATES[shown.state]
        self._state.show_state(words, tone, icon)
        taken = tr("taken {date}, by {name}", date=us_date(shown.taken.date()), name=shown.taken_by)
        visit = shown.visit_starts
        facts = (
            shown.draft.reason,
            shown.visit_type,
            tr("Asked by {name}", name=shown.asked_by) if shown.asked_by else "",
            shown.phone,
            tr("Wanted: {when}", when=shown.wanted) if shown.wanted else "",
            f"{CHANNELS[shown.draft.channel]}, {taken}",
            tr("Visit on {date}", date=us_date_time(visit)) if visit else "",
        )
        self._facts.setText("\n".join(fact for fact in facts if fact))
        is_open = shown.state not in _CLOSED
        for button in (self.finder, self.wait, self.decline, self.edit):
            set_shown(button, is_open and self._may)
        set_shown(self.take, shown.state is not RequestState.BOOKED and self._may)
        set_shown(self.foot, shown.state is not RequestState.BOOKED and self._may)

    def show_log(self, log: tuple[LogLine, ...]) -> None:
        self._model.show(log[::-1])
        self.log.setFixedHeight(self.log.height_of_all() + 2 * self.log.frameWidth() + theme().px(2))


class _NoteDialog(Dialog):
    """A word for the log: what the patient was asked, why nothing is booked."""

    def __init__(self, page: RequestsPage, request: RequestLine, state: RequestState) -> None:
        waits = state is RequestState.WAITING
        super().__init__(
            page,
            tr("What do you wait for?") if waits else tr("Decline this request?"),
            tr("It stays in the queue.") if waits else tr("It leaves the queue; its log stays."),
            icon=STATES[state][2],
            icon_color="text-2",
        )
        self._page, self._request, self._state = page, request, state
        self.note = TextEdit(hint=tr("Calls back about the day") if waits else tr("Sees another office"))
        form = Form()
        form.add("note", tr("Note for the log"), self.note)
        self.body.addWidget(form)
        self.add_verb(tr("Keep as it was"), keys="Esc")
        verb = tr("Wait on the patient") if waits else tr("Decline it")
        self.add_verb(verb, self._move, kind="primary", keys="Return")
        self.note.setFocus()

    def _move(self) -> None:
        self._page.write_state(self._request, self._state, self._request.draft.owner_id, self.note.value())


def _soon(each: RequestLine) -> Cell:
    icon, color = urgency_icon(each.draft.urgency)
    return Cell(each.how_soon, icon=icon, icon_color=color)


def _state(each: RequestLine) -> Cell:
    words, tone, icon = STATES[each.state]
    return Cell(words, tone=tone, icon=icon)


def _when(at: datetime, now: datetime) -> str:
    return us_time(at) if at.date() == now.date() else f"{at:%a} {us_time(at)}"


def _log_item(line: LogLine) -> Item:
    words, tone, icon = STATES[line.state]
    color = "text-2" if tone in ("outline", "neutral") else tone
    owner = (Words(tr("with {name}", name=line.owner), "text-3"),) if line.owner else ()
    note = ((Words(line.note),),) if line.note else ()
    by = (Words(tr("by {name}", name=line.by), "text-3"), *owner)
    return Item(
        title=words,
        lines=(by, *note),
        icon=icon,
        icon_color=color,
        trailing=Words(us_date_time(line.at), "text-3"),
    )
