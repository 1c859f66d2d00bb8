"""The Superbills part of Billing: what came back from the rooms is entered, checked and released."""

from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.kernel.text import weekday_date
from frontdesk.services.billing import superbill_batch, superbill_scans, superbills
from frontdesk.services.billing.overview import LOOK_BACK_DAYS
from frontdesk.services.billing.superbill_batch import DayIssued
from frontdesk.services.billing.superbill_scans import CameBack
from frontdesk.services.billing.superbills import Missing, SuperbillRow, SuperbillSheet, SuperbillState
from frontdesk.ui.billing.frame import BillingPage
from frontdesk.ui.billing.issue_day_dialog import IssueDayDialog
from frontdesk.ui.billing.missing_panel import MissingPanel
from frontdesk.ui.billing.superbill_entry import EntryDraft, SuperbillEntry
from frontdesk.ui.billing.superbill_list import Entry, SuperbillList
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit import list_detail
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column
from frontdesk.ui.kit.list_detail import ListDetail
from frontdesk.ui.kit.page import Errand, Key, Parked
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import counted, tr

_LISTED = (
    SuperbillState.ISSUED,
    SuperbillState.RETURNED,
    SuperbillState.ENTERED,
    SuperbillState.CHECKED,
)


@dataclass(frozen=True, slots=True)
class _Where:
    """What a parked superbill needs to be as it was."""

    superbill_id: int
    draft: EntryDraft


class SuperbillsPage(BillingPage):
    """The list on the left, the entry on the right."""

    parks = _Where
    title = "Superbills"
    part = "superbills"
    topics = frozenset({"superbill", "appointment", "charge_line", "patient"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._bills: tuple[SuperbillRow, ...] = ()
        self._chosen: Entry | None = None
        self._wanted: int | None = None
        self.list = SuperbillList()
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._begin)
        self.list.scanned.connect(self._read_in)
        self.missing = MissingPanel(desk)
        self.missing.opened.connect(self._work_on)
        self.missing.closed.connect(self._leave_missing)
        self.missing.told.connect(self.told)
        self.missing_button = Button(tr("Missing superbills"), icon="file-x", keys="Ctrl+M")
        self.missing_button.clicked.connect(self.show_missing)
        self.day_button = Button(tr("Issue for a day…"), icon="printer", keys="Ctrl+Shift+I")
        self.day_button.clicked.connect(self.issue_day)
        set_shown(self.day_button, desk.may("billing.enter_charges"))
        self.toolbar.add(self.missing_button, self.day_button)
        self.entry = SuperbillEntry(desk)
        self.entry.stepped.connect(self._stepped)
        self.entry.told.connect(self.told)
        self.entry.go.connect(self.go)
        self._empty = EmptyState(
            "circle-check", tr("Every visit is charged"), tr("Superbills that come back show up here.")
        )
        self._empty.acted.connect(self._issue)
        self._right = QStackedWidget()
        self._right.addWidget(self._empty)
        self._right.addWidget(self.entry)
        self._right.addWidget(self.missing)
        self.beside = ListDetail(
            self.list,
            self._right,
            opens=(self.list.list,),
            back=tr("Superbills"),
            show=tr("Open the superbill"),
            list_width=292,
            narrow_below=860,
        )
        self.beside.turned.connect(self._turned)
        self.set_content(Frame("surface", column(self.beside, gap=0)))
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def keys(self) -> tuple[Key, ...]:
        leave = Key("Esc", tr("Back to the superbill"), self._leave_missing)
        return (
            Key("↑↓", tr("Superbill"), when=lambda: self.list.list.current() is not None),
            *((leave,) if self._right.currentWidget() is self.missing else ()),
            Key("Ctrl+Return", tr("Next step"), self.entry.next_step, self.entry.next_button),
            Key("/", tr("Find, or scan a number"), lambda: list_detail.focus(self.list.search)),
            Key("Ctrl+M", tr("Missing superbills"), self.show_missing),
            Key("Ctrl+Shift+I", tr("Issue the superbills of a day"), self.issue_day),
            Key("Ctrl+D", tr("Diagnoses"), lambda: list_detail.focus(self.entry.diagnoses), self.entry),
            Key("Ctrl+R", tr("Services"), lambda: list_detail.focus(self.entry.services), self.entry),
        )

    def panes(self) -> tuple[QWidget, ...]:
        entry = self.entry
        return (
            entry.diagnoses.search,
            entry.services.search,
            entry.usual,
            self.missing.table,
            self.list.list,
        )

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show_bills, superbills.of_state, states=_LISTED)

    def open_with(self, errand: Errand) -> None:
        """One superbill; or the one of a visit, issued if it has none; or the list of those missing."""
        if errand.act == "missing":
            self.show_missing()
        elif errand.about_id is not None:
            self._wanted = errand.about_id
            self._ask_sheet(errand.about_id)
        elif errand.appointment_id is not None:
            self.desk.do(self, self._issued, superbills.issue, appointment_id=errand.appointment_id)

    def park(self) -> Parked | None:
        sheet = self.entry.sheet
        if sheet is None or not self.entry.has_draft():
            return None
        title = tr("Superbill: {name}", name=sheet.row.patient)
        return Parked(title, _Where(sheet.row.id, self.entry.draft()))

    def take_up(self, state: object) -> None:
        assert isinstance(state, _Where)
        self.entry.keep(state.superbill_id, state.draft)
        self._wanted = state.superbill_id
        self._ask_sheet(state.superbill_id)

    # -- what is missing, and what comes back ---------------------------------------

    def show_missing(self) -> None:
        """The report of the visits that are not charged; again, and it is left."""
        if self._right.currentWidget() is self.missing:
            self._leave_missing()
            return
        self._right.setCurrentWidget(self.missing)
        self.beside.show_detail()
        self.bind_keys()
        self.missing.begin()

    def issue_day(self) -> None:
        """Every visit of a day gets its superbill, and all are printed together."""
        IssueDayDialog(self, self.desk, self._day_issued).open()

    def _day_issued(self, issued: DayIssued) -> None:
        words = counted(issued.new, "Issued {count} superbill", "Issued {count} superbills")
        self.told.emit(words)
        dialog = PaperDialog(
            self, self.desk, tr("Superbills, {day}", day=weekday_date(issued.on)), "superbills.pdf"
        )
        dialog.open()
        self.desk.ask(dialog, dialog.show_pdf, superbill_batch.sheets_pdf, superbill_ids=issued.superbill_ids)

    def _leave_missing(self) -> None:
        self._right.setCurrentWidget(self.entry if self.entry.sheet is not None else self._empty)
        self._choose(self.list.list.current())
        self.beside.show_list()
        self.bind_keys()
        self.list.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turned(self, to_detail: bool) -> None:
        """Back at the list in a narrow window: the report is left too."""
        if not to_detail and self._right.currentWidget() is self.missing:
            self._leave_missing()

    def _work_on(self, visit: Missing) -> None:
        if visit.superbill_id is not None:
            self._wanted = visit.superbill_id
            self._ask_sheet(visit.superbill_id)
        else:
            self.desk.do(self, self._issued, superbills.issue, appointment_id=visit.appointment_id)

    def _read_in(self, typed: str) -> None:
        """A number from the scanner at the desk: the sheet is back, and the next may be scanned."""
        self.clear_complaints()
        self.desk.do(self, self._came_back, superbill_scans.read_at_desk, typed=typed)

    def _came_back(self, back: CameBack) -> None:
        words = tr("{number} is back") if back.was_out else tr("{number} was back already")
        self.told.emit(words.format(number=back.number))
        self._wanted = back.superbill_id
        self._ask_sheet(back.superbill_id)

    # -- inside -------------------------------------------------------------------

    def _show_bills(self, bills: tuple[SuperbillRow, ...]) -> None:
        self._bills = bills
        today = self.desk.today
        self.desk.ask(
            self,
            self._show_list,
            superbills.missing,
            since=today - timedelta(days=LOOK_BACK_DAYS),
            until=today,
        )

    def _show_list(self, missing: tuple[Missing, ...]) -> None:
        self.list.show_superbills(self._bills, missing)
        sheet = self.entry.sheet
        if self._wanted is not None:
            if self.list.choose(self._wanted):
                self._wanted = None
        elif self._right.currentWidget() is self.missing:
            return
        elif self._chosen is None and (first := self.list.first()) is not None:
            self.list.list.choose(first.key)
        elif sheet is not None and self._right.currentWidget() is self.entry:
            self._ask_sheet(sheet.row.id)

    def _choose(self, entry: Entry | None) -> None:
        if entry is None:
            return
        self._chosen = entry
        self.patient_chosen.emit(entry.patient_id)
        if entry.superbill_id is not None:
            self._ask_sheet(entry.superbill_id)
            return
        self._empty.say(
            "file-x",
            tr("{name} has no superbill", name=entry.patient),
            tr(
                "The visit of {day} with {provider} took place, and nothing was charged.",
                day=weekday_date(entry.service_on),
                provider=entry.provider,
            ),
            action=tr("Issue it now"),
        )
        self._right.setCurrentWidget(self._empty)
        self.keys_changed.emit()

    def _ask_sheet(self, superbill_id: int) -> None:
        self.desk.ask(self, self._show_sheet, superbills.sheet_of, superbill_id=superbill_id)

    def _show_sheet(self, sheet: SuperbillSheet) -> None:
        wanted = self._wanted
        if wanted is not None and wanted != sheet.row.id:
            return
        if wanted is not None and self.list.choose(wanted):
            self._wanted = None
        self.entry.show_sheet(sheet)
        self._right.setCurrentWidget(self.entry)
        self.keys_changed.emit()
        if wanted is not None:
            self._wanted = None
            self.patient_chosen.emit(sheet.row.patient_id)
            self.beside.show_detail()
            self.entry.begin()

    def _begin(self) -> None:
        if self._right.currentWidget() is self.entry:
            self.entry.begin()
        else:
            self._issue()

    def _issue(self) -> None:
        if self._chosen is not None and self._chosen.superbill_id is None:
            self.desk.do(self, self._issued, superbills.issue, appointment_id=self._chosen.appointment_id)

    def _issued(self, superbill_id: int) -> None:
        self._wanted = superbill_id
        self._ask_sheet(superbill_id)

    def _stepped(self, superbill_id: int, state: object) -> None:
        if state is not SuperbillState.RELEASED:
            self._ask_sheet(superbill_id)
            self.entry.next_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        following = self.list.after(("bill", superbill_id))
        self._chosen = None
        if following is not None:
            self.list.list.choose(following.key)
            self.list.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._empty.say(
                "circle-check", tr("Every visit is charged"), tr("Superbills that come back show up here.")
            )
            self._right.setCurrentWidget(self._empty)
            self.keys_changed.emit()
