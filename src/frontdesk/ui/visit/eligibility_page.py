"""Coverage to verify before the visits of the next days: two clocks, one letter for each act."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import clock_time, us_time
from frontdesk.services.registration import verification_assignments
from frontdesk.services.registration.verifications import VerificationResult
from frontdesk.services.visit import eligibility_list
from frontdesk.services.visit.eligibility_asking import Question
from frontdesk.services.visit.eligibility_list import Standing, ToVerify, Worklist
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.kit.worklist import ListOrNothing, in_groups
from frontdesk.ui.registration.worklists import FrontWorklistPage
from frontdesk.ui.text import counted, tr
from frontdesk.ui.visit.benefits_dialog import WAYS, BenefitsDialog
from frontdesk.ui.visit.eligibility_detail import EligibilityDetail
from frontdesk.ui.visit.eligibility_dialogs import AskedDialog, AssignDialog, FilesDialog, LooseDialog
from frontdesk.ui.visit.eligibility_files import EligibilityFiles
from frontdesk.ui.visit.verify_dialog import VerifyCoverage

_GROUPS = {
    Standing.MISSING: ("No coverage on file", "shield-off", "block"),
    Standing.INACTIVE: ("Not active", "shield-x", "block"),
    Standing.FAILED: ("Asked without an answer", "shield-alert", "warn"),
    Standing.DUE: ("To verify", "shield-question-mark", "warn"),
    Standing.ASKED: ("Question written, answer awaited", "hourglass", "text-2"),
    Standing.GOOD: ("Verified", "shield-check", "ok"),
}
_ASKABLE = (Standing.DUE, Standing.FAILED)
_MAY = "registration.verify"


class EligibilityPage(FrontWorklistPage):
    """Enter opens the visit; files of answers may be dropped on the list."""

    title = "Coverage to verify"
    part = "eligibility"
    topics = frozenset(
        {
            "appointment",
            "coverage",
            "coverage_verification",
            "eligibility_answer",
            "eligibility_inquiry",
            "eligibility_settings",
            "self_pay",
            "verification_assignment",
            "verification_withdrawal",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAcceptDrops(True)
        self._wanted: tuple[int, int] | None = None
        self._wanted_patient: int | None = None
        self.files = EligibilityFiles(desk, self)
        self.files.told.connect(self.told)
        self.files.failed.connect(self._file_failed)
        self.loose = Button("", icon="circle-question-mark", keys="L")
        self.loose.clicked.connect(self.show_loose)
        self.read_button = Button(tr("Read answers"), icon="file-down", keys="R")
        self.read_button.clicked.connect(self.read_answers)
        self.write_button = Button(tr("Write all questions"), "tonal", icon="file-up", keys="Shift+W")
        self.write_button.clicked.connect(self.ask_all)
        for button in (self.read_button, self.write_button):
            set_shown(button, desk.may(_MAY))
        self.toolbar.add(self.loose, self.read_button, self.write_button)
        self.model = TableModel[ToVerify](
            [
                Column(tr("Visit"), self._when, width=132),
                Column(tr("Patient"), lambda each: Cell(each.patient, role="strong")),
                Column(tr("Coverage"), lambda each: each.plan or tr("none"), width=170),
                Column(tr("Holds"), self._holds, width=170),
                Column(tr("Benefits"), self._benefits, width=110),
                Column(tr("Way"), _way, width=120),
                Column(tr("With"), lambda each: each.assignee.initials if each.assignee else "", width=50),
            ],
            key=lambda each: each.key,
        )
        self.table = Table(self.model, says=tr("Coverage to verify, what is worst first"))
        self.table.chosen.connect(self._chose)
        self.table.opened.connect(self.open_visit)
        ColumnFit(
            self.table,
            self.model.columns,
            least=150,
            first_to_go=(tr("Way"), tr("With"), tr("Benefits"), tr("Coverage"), tr("Holds")),
        )
        self.detail = EligibilityDetail(self, may_verify=desk.may(_MAY))
        self.nothing = EmptyState(
            "shield-check",
            tr("Nobody is expected"),
            tr("Patients of the next days come here, with what their payers said last."),
        )
        self.body = ListOrNothing(self.table, self.nothing, self.detail)
        self.set_content(self.body)
        self.bind_keys()

    # -- the page's contract --------------------------------------------------

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Coverage")),
            Key("P", tr("Phone or website"), self._in_list(self.verify)),
            Key("W", tr("Write question"), self._in_list(self.ask_one)),
            Key("Shift+W", tr("Write all that are due"), self._in_list(self.ask_all)),
            Key("R", tr("Read answers"), self._in_list(self.read_answers)),
            Key("N", tr("Note who was asked"), self._in_list(self.note)),
            Key("B", tr("Benefits"), self._in_list(self.show_benefits)),
            Key("A", tr("Assign to me"), self._in_list(self.assign_to_me)),
            Key("O", tr("Assign to somebody"), self._in_list(self.assign)),
            Key("L", tr("Answers that fit nobody"), self._in_list(self.show_loose)),
            Key("F", tr("Files of questions"), self._in_list(self.show_files)),
            Key("Return", tr("Open the visit")),
            Key("Esc", tr("Flow board"), self.to_home),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.detail.phone, self.table)

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show, eligibility_list.to_verify)

    def open_with(self, errand: Errand) -> None:
        """Begins with a patient, where one is named."""
        self._wanted_patient = errand.patient_id
        self.reload_soon()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.desk.may(_MAY) and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.clear_complaints()
            self.files.read(paths)

    # -- what is done ---------------------------------------------------------

    def ask_one(self) -> None:
        """A file with the question about the chosen coverage."""
        line = self._chosen()
        if line is not None and line.coverage_id is not None:
            self.files.ask((Question(line.coverage_id, line.starts.date()),))

    def ask_all(self) -> None:
        """A file with all questions that are due and can be asked."""
        if not self.desk.may(_MAY):
            return
        self.clear_complaints()
        self.files.ask(
            tuple(
                Question(each.coverage_id, each.starts.date())
                for each in self.model.rows()
                if each.coverage_id is not None and each.standing in _ASKABLE
            )
        )

    def read_answers(self) -> None:
        """The new files of the office's folder, or those that are chosen."""
        if self.desk.may(_MAY):
            self.clear_complaints()
            self.files.choose_and_read()

    def verify(self) -> None:
        """Write down what the payer says."""
        line = self._chosen()
        if line is not None and line.coverage_id is not None:
            VerifyCoverage(
                self,
                self.desk,
                line.coverage_id,
                line.plan,
                line.starts.date(),
                payer_phone=line.payer_phone,
            ).open()

    def note(self) -> None:
        """Somebody was asked; there is no answer yet."""
        line = self._chosen()
        if line is not None and line.coverage_id is not None:
            AskedDialog(
                self, self.desk, line.coverage_id, line.plan, line.starts.date(), self.told.emit
            ).open()

    def show_benefits(self) -> None:
        """All that the payer said last."""
        line = self.table.current()
        if line is not None and line.answer is not None:
            BenefitsDialog(self, self.desk, line.answer.id, line.patient, line.plan).open()

    def assign_to_me(self) -> None:
        """The signed-in person sees to it."""
        line, user_id = self._chosen(), self.desk.actor.user_id
        if line is not None and line.coverage_id is not None and user_id is not None:
            self.desk.do(
                self,
                lambda _: self.told.emit(tr("{patient} is yours", patient=line.patient)),
                verification_assignments.assign,
                coverage_ids=(line.coverage_id,),
                user_id=user_id,
            )

    def assign(self) -> None:
        """Somebody else sees to it."""
        line = self._chosen()
        if line is not None and line.coverage_id is not None:
            AssignDialog(self, self.desk, line, self.told.emit).open()

    def show_loose(self) -> None:
        """Answers that no coverage fits."""
        if self.desk.may(_MAY) and self.loose.isEnabled():
            LooseDialog(self, self.desk, self.table.current(), self.told.emit).open()

    def show_files(self) -> None:
        """The files that were written."""
        if self.desk.may(_MAY):
            FilesDialog(self, self.desk, self.files).open()

    def open_visit(self, _: object = None) -> None:
        """The patient's check-in."""
        line = self.table.current()
        if line is not None:
            self.go.emit("check_in_visit", Errand("check_in", line.patient_id, line.appointment_id))

    # -- what is shown --------------------------------------------------------

    def _show(self, found: Worklist) -> None:
        self.model.show_groups(in_groups(_GROUPS, found.rows, lambda line: line.standing))
        self.loose.setText(counted(found.loose, "{count} fits nobody", "{count} fit nobody"))
        self.loose.setEnabled(found.loose > 0)
        set_shown(self.loose, found.loose > 0 and self.desk.may(_MAY))
        self.write_button.setEnabled(any(line.standing in _ASKABLE for line in found.rows))
        if self._wanted_patient is not None:
            line = next((each for each in found.rows if each.patient_id == self._wanted_patient), None)
            self._wanted_patient = None
            if line is not None:
                self.table.choose(line.key)
        self.body.show_filled(bool(found.rows))
        self._chose(self.table.current())

    def _chose(self, chosen: ToVerify | None) -> None:
        self.detail.show_line(chosen)
        self.patient_chosen.emit(chosen.patient_id if chosen else None)

    def _chosen(self) -> ToVerify | None:
        if not self.desk.may(_MAY):
            return None
        self.clear_complaints()
        return self.table.current()

    def _in_list(self, act: Callable[[], object]) -> Callable[[], None]:
        """A letter acts only while the list has the keyboard."""

        def run() -> None:
            if self.table.hasFocus():
                act()

        return run

    def _file_failed(self, error: FrontdeskError) -> None:
        self.refused(error)

    def _when(self, each: ToVerify) -> str:
        if each.starts.date() == self.desk.today:
            return tr("Today {time}", time=us_time(each.starts))
        return f"{each.starts:%a} {each.starts.month}/{each.starts.day}, {clock_time(each.starts)}"

    def _holds(self, each: ToVerify) -> Cell:
        answer = each.answer
        if answer is None:
            return Cell(tr("never asked"), tone="block") if each.coverage_id else Cell("")
        age = self._age(answer.at.date())
        if answer.result is not VerificationResult.ACTIVE:
            return Cell(tr("not active, {age}", age=age), tone="block")
        return Cell(tr("active, {age}", age=age), tone="warn" if each.eligibility_due else "ok")

    def _benefits(self, each: ToVerify) -> Cell:
        if each.coverage_id is None:
            return Cell("")
        if each.benefits_on is None:
            return Cell(tr("never asked"), tone="warn")
        return Cell(self._age(each.benefits_on), tone="warn" if each.benefits_due else "")

    def _age(self, on: date) -> str:
        days = (self.desk.today - on).days
        if days == 0:
            return tr("today")
        return counted(days, "{count} day ago", "{count} days ago")


def _way(each: ToVerify) -> str:
    if each.last_try is not None:
        return tr("{way}, failed", way=tr(WAYS[each.last_try.way]))
    return tr(WAYS[each.answer.way]) if each.answer is not None else ""
