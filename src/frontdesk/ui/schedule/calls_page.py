"""The call list: the next patient, what to say, and one key for what came of it."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.kernel.text import clock_time, us_time
from frontdesk.services.schedule import calls
from frontdesk.services.schedule.calls import Call, Called, CallOutcome, CallSheet
from frontdesk.services.visit import calling_off
from frontdesk.services.visit.calling_off import Next, Terms
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.schedule.call_sheet import OUTCOMES, CallSheetPanel
from frontdesk.ui.schedule.calling_off_dialog import CallingOffDialog
from frontdesk.ui.schedule.visit_dialogs import opened
from frontdesk.ui.schedule.worklists import WorklistPage
from frontdesk.ui.text import tr

_SAID = {
    CallOutcome.CONFIRMED: "{name} confirmed {time}",
    CallOutcome.MESSAGE_LEFT: "Left a message for {name}, {time}",
    CallOutcome.NO_ANSWER: "No answer from {name}, {time}",
    CallOutcome.DECLINED: "{name} does not come, {time}",
    CallOutcome.WRONG_NUMBER: "Wrong number of {name}, {time}",
}


class CallsPage(WorklistPage):
    """Who is to be called on the left, the call under way on the right."""

    title = "Call list"
    part = "calls"
    topics = frozenset({"appointment", "reminder_job", "patient_phone", "reminder_reply"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._sheet: CallSheet | None = None
        self._wanted: int | None = None
        self._model = TableModel[Call](
            [
                Column("Patient", lambda call: Cell(call.patient, role="strong")),
                Column("Visit", self._when, width=120),
                Column("Provider", lambda call: call.provider, width=120),
                Column("Why", _why, width=230),
                Column("Tried", self._tried, width=120),
            ],
            key=lambda call: call.appointment_id,
        )
        self.table = Table(self._model, says=tr("Patients to call"))
        self.table.chosen.connect(self._choose)
        ColumnFit(self.table, self._model.columns, least=170, first_to_go=("Provider", "Tried", "Why"))
        for outcome, (_, key, _) in OUTCOMES.items():
            bound = QShortcut(QKeySequence(key), self.table)
            bound.setContext(Qt.ShortcutContext.WidgetShortcut)
            bound.activated.connect(lambda outcome=outcome: self.record(outcome))
        self._nothing = EmptyState(
            "phone-off",
            tr("Nobody is to be called"),
            tr("Visits of the next two working days that are not confirmed come here, and failed messages."),
            action=tr("Day view"),
        )
        self._nothing.acted.connect(self.to_home)
        self._left = QStackedWidget()
        self._left.addWidget(self.table)
        self._left.addWidget(self._nothing)
        self.panel = CallSheetPanel()
        self.panel.outcome_wanted.connect(self.record)
        self.skip = Button(tr("Next patient"), icon="skip-forward", keys="Ctrl+Down")
        self.skip.clicked.connect(self.next_patient)
        self.toolbar.add(self.skip)
        content = row(gap=0)
        content.addWidget(self._left, 1)
        content.addWidget(self.panel)
        self.set_content(Frame("surface", content))
        self.bind_keys()

    # -- the page's contract --------------------------------------------------------

    def keys(self) -> tuple[Key, ...]:
        outcomes = tuple(Key(key, tr(words)) for words, key, _ in OUTCOMES.values())
        return (
            Key("↑↓", tr("Patient")),
            *outcomes,
            Key("Ctrl+Down", tr("Next patient"), self.next_patient),
            Key("Esc", tr("Day view"), self.to_home),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.panel, self.table)

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show, calls.call_list)

    def open_with(self, errand: Errand) -> None:
        """Begins with the call about a visit, where one is named."""
        self._wanted = errand.appointment_id
        self.reload_soon()

    # -- what is done ---------------------------------------------------------------

    def record(self, outcome: CallOutcome) -> None:
        """Notes what came of the call on the screen, and goes on to the next patient."""
        call = self.table.current()
        if call is None or self._sheet is None or self._sheet.call.appointment_id != call.appointment_id:
            return
        self.clear_complaints()
        self.desk.do(
            self,
            lambda done: self._recorded(call, outcome, done),
            calls.record,
            appointment_id=call.appointment_id,
            outcome=outcome,
            note=self.panel.note.value(),
        )

    def next_patient(self) -> None:
        """The one below, or the first again."""
        self._wanted = self._following()
        if self._wanted is not None:
            self.table.choose(self._wanted)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _recorded(self, call: Call, outcome: CallOutcome, _: Called) -> None:
        words = tr(_SAID[outcome], name=call.patient, time=self._said(call.starts))
        self.told.emit(words)
        self.panel.note.set_value("")
        following = self._following()
        self._wanted = following if following != call.appointment_id else None
        if self._wanted is not None:
            self.table.choose(self._wanted)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if outcome is CallOutcome.DECLINED:
            self._ask_whether_to_cancel(call)

    def _ask_whether_to_cancel(self, call: Call) -> None:
        """To call the visit off is an act of its own, asked for here and never done by itself."""

        def open_with(terms: Terms) -> None:
            dialog = CallingOffDialog(
                self,
                self.desk,
                call.patient,
                call.starts,
                terms,
                lambda words, then: self._called_off(call, words, then),
            )
            opened(dialog, dialog.first_field())

        self.desk.ask(self, open_with, calling_off.terms, appointment_id=call.appointment_id)

    def _called_off(self, call: Call, words: str, then: Next) -> None:
        self.told.emit(words)
        if then is Next.REBOOK:
            self.go.emit("find_slot", Errand("rebook", call.patient_id, call.appointment_id))

    # -- what is shown --------------------------------------------------------------

    def _show(self, found: tuple[Call, ...]) -> None:
        self._model.show(found)
        self._left.setCurrentWidget(self.table if found else self._nothing)
        self.skip.setEnabled(len(found) > 1)
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        elif found and self.table.current() is None:
            self.table.choose_first()
        if not found:
            self._choose(None)

    def _choose(self, call: Call | None) -> None:
        self.patient_chosen.emit(None if call is None else call.patient_id)
        if call is None:
            self._sheet = None
            self.panel.show_sheet(None)
        else:
            self.desk.ask(self, self._show_sheet, calls.sheet, appointment_id=call.appointment_id)

    def _show_sheet(self, sheet: CallSheet) -> None:
        call = self.table.current()
        if call is not None and call.appointment_id == sheet.call.appointment_id:
            self._sheet = sheet
            self.panel.show_sheet(sheet, may_record=self.desk.may("schedule.book"))

    def _following(self) -> int | None:
        listed = [call.appointment_id for call in self._model.rows()]
        current = self.table.current()
        if not listed or current is None or current.appointment_id not in listed:
            return listed[0] if listed else None
        return listed[(listed.index(current.appointment_id) + 1) % len(listed)]

    def _when(self, call: Call) -> str:
        return self._said(call.starts)

    def _said(self, starts: datetime) -> str:
        if starts.date() == self.desk.today:
            return tr("Today {time}", time=us_time(starts))
        return f"{starts:%a} {starts.month}/{starts.day}, {clock_time(starts)}"

    def _tried(self, call: Call) -> Cell:
        if not call.tries:
            return Cell("")
        ordinal = {1: tr("once"), 2: tr("twice")}.get(call.tries, tr("{count} times", count=call.tries))
        at = call.last_tried
        is_today = at is not None and at.date() == self.desk.today
        detail = clock_time(at) if at is not None and is_today else ""
        return Cell(ordinal, icon="phone-missed", icon_color="warn", detail=detail)


def _why(call: Call) -> Cell:
    is_failure = call.why not in ("Not confirmed", "A rule asks for a call.")
    if is_failure:
        return Cell(tr(call.why), icon="triangle-alert", icon_color="warn")
    return Cell(tr(call.why), color="text-2")
