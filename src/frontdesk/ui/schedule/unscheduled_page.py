"""The unscheduled list: who was called off or missed and wants a new time; called, booked anew, or let go."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date_time, us_time
from frontdesk.services.billing import missed_fees
from frontdesk.services.billing.missed_fees import MissedFees
from frontdesk.services.schedule import unscheduled
from frontdesk.services.schedule.unscheduled import Unscheduled
from frontdesk.services.schedule.words import CancelledBy, Confirmation
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import AmountEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.schedule.visit_dialogs import Then, opened
from frontdesk.ui.schedule.worklists import WorklistPage
from frontdesk.ui.text import counted, tr

_BY = {
    CancelledBy.PATIENT: "Canceled by patient",
    CancelledBy.OFFICE: "Canceled by office",
    CancelledBy.PROVIDER: "Canceled by provider",
}
_CALLS = {
    Confirmation.ATTEMPTED: "No answer",
    Confirmation.MESSAGE_LEFT: "Message left",
    Confirmation.UNREACHABLE: "Not reachable",
}


class UnscheduledPage(WorklistPage):
    """Enter looks for a new time; the letters do the rest while the list has the focus."""

    title = "Unscheduled"
    part = "unscheduled"
    shows_patient = False
    topics = frozenset({"appointment", "appointment_event", "patient", "patient_phone"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.model = TableModel[Unscheduled](
            [
                Column("Patient", lambda each: Cell(each.patient, role="strong"), width=150),
                Column("Phone", lambda each: each.phone, width=124),
                Column("Visit", lambda each: Cell(each.visit_type, detail=each.provider), width=200),
                Column("Was", lambda each: us_date_time(each.was), width=162, sort_by=lambda each: each.was),
                Column("What happened", _happened, width=200),
                Column("Since", self._since, width=76, sort_by=lambda each: each.since),
                Column("Calls", _calls, sort_by=lambda each: each.attempts),
            ],
            key=lambda each: each.appointment_id,
        )
        self.table = Table(self.model, says=tr("Visits that want a new time"))
        self.table.chosen.connect(self._chose)
        self.table.opened.connect(self._rebook)
        self.empty = EmptyState(
            "calendar-check",
            tr("Nobody waits for a new time"),
            tr("Visits that are canceled or missed and wanted anew come here."),
        )
        self.new_time = Button(tr("Find a new time"), "primary", icon="calendar-search", keys="Return")
        self.call = Button(tr("Record call"), icon="phone", keys="C")
        self.let_go = Button(tr("No longer wanted"), icon="user-x", keys="X")
        self.fees = Button(tr("Fees"), "ghost", icon="coins")
        self.new_time.clicked.connect(self.rebook)
        self.call.clicked.connect(self.record_call)
        self.let_go.clicked.connect(self.no_longer_wanted)
        self.fees.clicked.connect(self.change_fees)
        set_shown(self.fees, desk.may("billing.edit_fees"))
        acts = Frame(
            "column",
            row(self.new_time, self.call, self.let_go, None, self.fees, gap=8, margins=(12, 8, 12, 8)),
        )
        self.set_content(Frame("surface", column(acts, self.table, self.empty, gap=0)))
        set_shown(self.empty, False)
        self._enable(None)
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("Return", tr("Find a new time")),
            Key("C", tr("Record call"), self._by_key(self.record_call)),
            Key("X", tr("No longer wanted"), self._by_key(self.no_longer_wanted)),
            Key("Esc", tr("Day view"), self.to_home),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.sub_tabs, self.table)

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show, unscheduled.entries)

    # -- what is done ---------------------------------------------------------

    def rebook(self) -> None:
        entry = self.table.current()
        if entry is not None:
            self._rebook(entry)

    def _rebook(self, entry: Unscheduled) -> None:
        if self.desk.may("schedule.book"):
            self.go.emit("find_slot", Errand("rebook", entry.patient_id, entry.appointment_id))

    def record_call(self) -> None:
        entry = self.table.current()
        if entry is not None:
            dialog = CallDialog(self, self.desk, entry, self.told.emit)
            opened(dialog, dialog.note)

    def no_longer_wanted(self) -> None:
        entry = self.table.current()
        if entry is not None:
            dialog = LetGoDialog(self, self.desk, entry, self.told.emit)
            opened(dialog, dialog.reason)

    def change_fees(self) -> None:
        self.desk.ask(self, self._open_fees, missed_fees.rules)

    # -- inside ---------------------------------------------------------------

    def _show(self, entries: tuple[Unscheduled, ...]) -> None:
        had = self.table.current()
        self.model.show(entries)
        set_shown(self.table, bool(entries))
        set_shown(self.empty, not entries)
        if entries and self.table.current() is None and had is None:
            self.table.choose(entries[0].appointment_id)
        self._enable(self.table.current())

    def _chose(self, entry: Unscheduled | None) -> None:
        self.patient_chosen.emit(entry.patient_id if entry else None)
        self._enable(entry)

    def _enable(self, entry: Unscheduled | None) -> None:
        for button in (self.new_time, self.call, self.let_go):
            button.setEnabled(entry is not None and self.desk.may("schedule.book"))

    def _since(self, entry: Unscheduled) -> str:
        days = (self.desk.today - entry.since.date()).days
        return us_time(entry.since) if days == 0 else counted(days, "{count} day", "{count} days")

    def _by_key(self, act: Callable[[], None]) -> Callable[[], None]:
        """A letter acts only while the list has the focus."""

        def pressed() -> None:
            if self.table.hasFocus():
                act()

        return pressed

    def _open_fees(self, fees: MissedFees) -> None:
        dialog = FeesDialog(self, self.desk, fees, self.told.emit)
        opened(dialog, dialog.late)


class CallDialog(Dialog):
    """What came of a call about a new time."""

    def __init__(self, parent: QWidget, desk: Desk, entry: Unscheduled, then: Then) -> None:
        name = _spoken(entry)
        super().__init__(
            parent,
            tr("{name}: what came of the call?", name=name),
            entry.phone,
            icon="phone",
            icon_color="text-2",
        )
        self._desk, self._entry, self._then = desk, entry, then
        outcomes = tuple((each, tr(words)) for each, words in _CALLS.items())
        self.outcome = Segmented(outcomes, says=tr("Outcome"))
        self.note = TextEdit()
        form = Form()
        form.add("outcome", tr("Outcome"), self.outcome)
        form.add("note", tr("Note"), self.note)
        self.body.addWidget(form)
        self.add_verb(tr("Record call"), self._record, kind="primary", keys="Return", closes=False)
        self.add_verb(tr("Do not record"), keys="Esc")

    def _record(self) -> None:
        self._desk.do(
            self,
            self._done,
            unscheduled.called,
            appointment_id=self._entry.appointment_id,
            outcome=self.outcome.value(),
            note=self.note.value(),
        )

    def _done(self, _: int) -> None:
        self.accept()
        self._then(tr("Called {name} about a new time", name=_spoken(self._entry)))


class LetGoDialog(Dialog):
    """Takes a visit off the list, with the reason."""

    def __init__(self, parent: QWidget, desk: Desk, entry: Unscheduled, then: Then) -> None:
        super().__init__(
            parent,
            tr("{name} wants no new time?", name=_spoken(entry)),
            tr("The visit leaves the list and stays on record."),
            icon="user-x",
        )
        self._desk, self._entry, self._then = desk, entry, then
        self.reason = TextEdit()
        form = Form()
        form.add("reason", tr("Why"), self.reason)
        self.body.addWidget(form)
        self.add_verb(tr("Take off the list"), self._let_go, kind="primary", keys="Return", closes=False)
        self.add_verb(tr("Keep on the list"), keys="Esc")

    def _let_go(self) -> None:
        self._desk.do(
            self,
            self._done,
            unscheduled.no_longer_wanted,
            appointment_id=self._entry.appointment_id,
            reason=self.reason.value(),
        )

    def _done(self, _: int) -> None:
        self.accept()
        self._then(tr("Took {name} off the unscheduled list", name=_spoken(self._entry)))


class FeesDialog(Dialog):
    """The office's fees for visits called off late or missed."""

    def __init__(self, parent: QWidget, desk: Desk, fees: MissedFees, then: Then) -> None:
        super().__init__(
            parent,
            tr("Fees for missed visits"),
            tr("Asked from now on. Empty or $0.00 asks nothing."),
            icon="coins",
            icon_color="text-2",
        )
        self._desk, self._then = desk, then
        self.late, self.missed = AmountEdit(), AmountEdit()
        self.late.set_value(fees.late_cancel_cents)
        self.missed.set_value(fees.no_show_cents)
        self.form = Form()
        self.form.add("late_cancel_cents", tr("Canceled less than 24 hours before"), self.late, span=6)
        self.form.add("no_show_cents", tr("Did not come"), self.missed, span=6)
        self.body.addWidget(self.form)
        self.add_verb(tr("Set fees"), self._set, kind="primary", keys="Return", closes=False)
        self.add_verb(tr("Keep as they were"), keys="Esc")

    def _set(self) -> None:
        if self.form.check():
            self._desk.do(
                self,
                self._done,
                missed_fees.set_fees,
                late_cancel_cents=self.late.value() or 0,
                no_show_cents=self.missed.value() or 0,
            )

    def _done(self, _: MissedFees) -> None:
        self.accept()
        late, missed = dollars(self.late.value() or 0), dollars(self.missed.value() or 0)
        self._then(tr("Set the fees: {late} late, {missed} missed", late=late, missed=missed))


def _spoken(entry: Unscheduled) -> str:
    return " ".join(reversed(entry.patient.split(", ")))


def _happened(entry: Unscheduled) -> Cell:
    said = tr("Did not come") if entry.is_missed or entry.by is None else tr(_BY[entry.by])
    detail = ", ".join(part for part in (tr("late") if entry.is_late else "", entry.reason) if part)
    return Cell(said, icon="user-x" if entry.is_missed else "ban", detail=detail)


def _calls(entry: Unscheduled) -> Cell:
    if entry.last_call is None:
        return Cell(tr("Not called yet"), color="text-3")
    said = tr(_CALLS.get(entry.last_call.outcome, "Called"))
    return Cell(
        said,
        icon="phone",
        count=str(entry.attempts) if entry.attempts > 1 else "",
        detail=f"{entry.last_call.at:%m/%d}" + (f", {entry.last_call.note}" if entry.last_call.note else ""),
    )
