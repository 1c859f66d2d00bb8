"""Who sees to a coverage, who was asked, answers that fit nobody, and the files that were written."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from frontdesk.kernel.text import us_date, us_date_time
from frontdesk.services.registration import verification_assignments, verifications
from frontdesk.services.registration.eligibility_failures import failures_said
from frontdesk.services.registration.verification_assignments import Assignee
from frontdesk.services.registration.verifications import (
    VerificationDraft,
    VerificationResult,
    VerificationWay,
)
from frontdesk.services.visit import eligibility_asking, eligibility_intake
from frontdesk.services.visit.eligibility_asking import BatchRow
from frontdesk.services.visit.eligibility_intake import LooseAnswer
from frontdesk.services.visit.eligibility_list import ToVerify
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme
from frontdesk.ui.visit.eligibility_files import EligibilityFiles

Told = Callable[[str], object]


class AssignDialog(Dialog):
    """Somebody of the office sees to a coverage."""

    def __init__(self, parent: QWidget, desk: Desk, line: ToVerify, told: Told) -> None:
        super().__init__(
            parent,
            tr("Who verifies {plan} of {patient}?", plan=line.plan, patient=line.patient),
            icon="user-check",
            icon_color="accent",
            width=420,
        )
        self._desk, self._line, self._told = desk, line, told
        self.person: Combo[int | None] = Combo(((None, tr("Nobody in particular")),))
        self.form = Form()
        self.form.add("user_id", tr("Person"), self.person)
        self.body.addWidget(self.form)
        self.add_verb(tr("Leave as it is"), keys="Esc")
        self.add_verb(tr("Assign"), self.assign, kind="primary", closes=False)
        self.person.setFocus(Qt.FocusReason.OtherFocusReason)
        desk.ask(self, self._show, verification_assignments.assignees)

    def assign(self) -> None:
        """Keep it."""
        if self._line.coverage_id is not None:
            self._desk.do(
                self,
                self._assigned,
                verification_assignments.assign,
                coverage_ids=(self._line.coverage_id,),
                user_id=self.person.value(),
            )

    def _show(self, people: tuple[Assignee, ...]) -> None:
        nobody: tuple[tuple[int | None, str], ...] = ((None, tr("Nobody in particular")),)
        self.person.set_options((*nobody, *((each.user_id, each.name) for each in people)))
        self.person.set_value(self._line.assignee.user_id if self._line.assignee else None)

    def _assigned(self, _: object) -> None:
        self._told(tr("Assigned to {name}", name=self.person.currentText()))
        self.accept()


class AskedDialog(Dialog):
    """Somebody was asked, and there is no answer yet."""

    def __init__(
        self, parent: QWidget, desk: Desk, coverage_id: int, plan: str, service_on: date, told: Told
    ) -> None:
        super().__init__(
            parent,
            tr("Who was asked about {plan}?", plan=plan),
            tr("The note stands beside the coverage. The last answer stays as it is."),
            icon="phone-outgoing",
            icon_color="accent",
            width=480,
        )
        self._desk, self._coverage_id, self._service_on, self._told = desk, coverage_id, service_on, told
        self.said_by, self.note = TextEdit(), TextEdit(hint=tr("Calls back after 2, hotline was busy, …"))
        self.form = Form()
        self.form.add("said_by", tr("Who was asked"), self.said_by, span=5)
        self.form.add("note", tr("What came of it"), self.note, span=7)
        self.body.addWidget(self.form)
        self.add_verb(tr("Not now"), keys="Esc")
        self.add_verb(tr("Keep note"), self.keep, kind="primary", closes=False)
        self.said_by.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Kept as a try without an answer."""
        if self.form.check():
            self._desk.do(
                self,
                self._kept,
                verifications.record,
                draft=VerificationDraft(
                    coverage_id=self._coverage_id,
                    way=VerificationWay.PHONE,
                    result=VerificationResult.NO_ANSWER,
                    service_on=self._service_on,
                    said_by=self.said_by.value(),
                    note=self.note.value(),
                ),
            )

    def _kept(self, _: object) -> None:
        self._told(tr("Noted who was asked"))
        self.accept()


class LooseDialog(Dialog):
    """Answers that no coverage fits: a person says whose they are, or that they are nobody's here."""

    def __init__(self, parent: QWidget, desk: Desk, line: ToVerify | None, told: Told) -> None:
        super().__init__(
            parent,
            tr("Whose answers are these?"),
            tr("No coverage here fits them. Compare name, birth date and member ID before you match one."),
            icon="circle-question-mark",
            icon_color="accent",
            width=860,
        )
        self._desk, self._line, self._told = desk, line, told
        self.model = TableModel[LooseAnswer](
            [
                Column(tr("Name"), lambda each: Cell(each.name or tr("not said"), "strong"), width=170),
                Column(tr("Born"), lambda each: us_date(each.born_on) if each.born_on else "", width=92),
                Column(tr("Member ID"), lambda each: each.member_id, width=140),
                Column(tr("Payer"), lambda each: each.payer, width=140),
                Column(tr("Why"), lambda each: each.why),
            ],
            key=lambda each: each.answer_id,
        )
        self.table = Table(self.model, says=tr("Answers that fit nobody"))
        self.table.setFixedHeight(theme().px(200))
        self.table.chosen.connect(self._chose)
        self.body.addWidget(self.table)
        self._whole = Label("", "secondary", "text-2", wrap=True)
        self.body.addWidget(self._whole)
        self.reason = TextEdit(hint=tr("Another office's patient, …"))
        self.form = Form()
        self.form.add("reason", tr("Why nobody needs to match it"), self.reason)
        self.body.addWidget(self.form)
        self.add_verb(tr("Close"), keys="Esc")
        self.aside_button = self.add_verb(tr("Set aside"), self.set_aside, closes=False)
        about = tr("It is about {patient}", patient=line.patient) if line is not None else tr("Match")
        self.match_button = self.add_verb(about, self.match, kind="primary", closes=False)
        self.match_button.setEnabled(line is not None and line.coverage_id is not None)
        self._look()

    def match(self) -> None:
        """It is about the coverage that is chosen in the list behind."""
        answer, line = self.table.current(), self._line
        if answer is not None and line is not None and line.coverage_id is not None:
            self._desk.do(
                self,
                lambda _: self._done(tr("Matched the answer to {patient}", patient=line.patient)),
                eligibility_intake.match,
                answer_id=answer.answer_id,
                coverage_id=line.coverage_id,
                version=answer.version,
            )

    def set_aside(self) -> None:
        """It is nobody's here."""
        answer = self.table.current()
        self.form.clear_errors()
        if answer is not None:
            self._desk.do(
                self,
                lambda _: self._done(tr("Set an answer aside")),
                eligibility_intake.set_aside,
                answer_id=answer.answer_id,
                reason=self.reason.value(),
            )

    def _done(self, words: str) -> None:
        self._told(words)
        self.reason.set_value("")
        self._look()

    def _look(self) -> None:
        self._desk.ask(self, self._show, eligibility_intake.loose)

    def _show(self, found: tuple[LooseAnswer, ...]) -> None:
        if not found:
            self.accept()
            return
        self.model.show(found)
        if self.table.current() is None:
            self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chose(self, chosen: LooseAnswer | None) -> None:
        if chosen is None:
            return
        at = us_date_time(chosen.received_at)
        refused = " ".join(f"{what}. {advice}" for what, advice in failures_said(chosen.reject_codes))
        self._whole.setText(" ".join(part for part in (chosen.why, refused, tr("Read {at}.", at=at)) if part))


class FilesDialog(Dialog):
    """The files of questions that were written; each can be saved once more."""

    def __init__(self, parent: QWidget, desk: Desk, files: EligibilityFiles) -> None:
        super().__init__(
            parent,
            tr("Files of questions"),
            tr("Each is kept as it was written. Upload it to the payer or clearinghouse, or save it again."),
            icon="file-up",
            icon_color="accent",
            width=640,
        )
        self._desk, self._files = desk, files
        self.model = TableModel[BatchRow](
            [
                Column(tr("File"), lambda each: Cell(each.name, "strong"), width=150),
                Column(tr("To"), lambda each: each.receiver),
                Column(tr("Questions"), lambda each: str(each.inquiries), width=80, align="right"),
                Column(tr("Written"), _written, width=250),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("Files of questions"))
        self.table.setFixedHeight(theme().px(200))
        self.body.addWidget(self.table)
        self.add_verb(tr("Close"), keys="Esc")
        self.add_verb(tr("Save again…"), self.save, kind="primary", closes=False)
        desk.ask(self, self._show, eligibility_asking.files)

    def save(self) -> None:
        """Ask where, and save the chosen file."""
        chosen = self.table.current()
        folder = QFileDialog.getExistingDirectory(self, tr("Folder for questions to payers"))
        if chosen is not None and folder:
            self._files.save_again(chosen.id, Path(folder))

    def _show(self, found: tuple[BatchRow, ...]) -> None:
        self.model.show(found)
        self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _written(each: BatchRow) -> str:
    return f"{us_date_time(each.made_at)}, {each.made_by}"
