"""Small questions of the Records tab: another chart, a reason."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.services.records import archiving, consents, filing, tray
from frontdesk.services.records.viewing import OpenedDocument
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.patient_box import PatientBox
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_FOUND_HEIGHT = 130
"""Room for what is found below the field."""

Then = Callable[[], object]


class WrongChart(Dialog):
    """Moves a document to the chart it belongs to."""

    def __init__(self, parent: QWidget, desk: Desk, opened: OpenedDocument, then: Then) -> None:
        is_filed = opened.is_filed
        super().__init__(
            parent,
            tr("Whose chart does it belong to?"),
            tr("The document leaves this chart. Both charts keep a note of the move.")
            if is_filed
            else tr("It is not filed yet. It moves to the other patient's part of the tray."),
            icon="folder-symlink",
            icon_color="accent",
        )
        self._desk, self._opened, self._then = desk, opened, then
        self._patient = PatientBox(desk)
        self._reason = TextEdit(hint=tr("Names alike, wrong birth date, …"))
        form = Form()
        form.add("patient_id", tr("Patient"), self._patient)
        if is_filed:
            form.add("reason", tr("Why it is moved"), self._reason)
        self.body.addWidget(form)
        self.body.addSpacing(theme().px(_FOUND_HEIGHT))
        self.add_verb(tr("Cancel"), keys="Esc")
        if not is_filed:
            self.add_verb(tr("No chart yet"), self._to_nobody, closes=False)
        self.add_verb(tr("Move to this chart"), self._move, kind="primary", closes=False)
        self._patient.setFocus()

    def _to_nobody(self) -> None:
        self._desk.do(
            self,
            self._moved,
            tray.suggest_chart,
            document_id=self._opened.document_id,
            patient_id=None,
            version=self._opened.version,
        )

    def _move(self) -> None:
        chosen = self._patient.patient
        if chosen is None:
            self.refused(
                Refused(Finding(tr("Choose the patient from the list below the field."), "patient_id"))
            )
        elif self._opened.is_filed:
            self._desk.do(
                self,
                self._moved,
                filing.refile,
                document_id=self._opened.document_id,
                patient_id=chosen.patient_id,
                reason=self._reason.value(),
                version=self._opened.version,
            )
        else:
            self._desk.do(
                self,
                self._moved,
                tray.suggest_chart,
                document_id=self._opened.document_id,
                patient_id=chosen.patient_id,
                version=self._opened.version,
            )

    def _moved(self, _result: object) -> None:
        self.accept()
        self._then()


class PutAway(Dialog):
    """Takes a filed document out of the daily view, or back into the tray."""

    def __init__(self, parent: QWidget, desk: Desk, opened: OpenedDocument, then: Then) -> None:
        super().__init__(
            parent,
            tr("Take this document out of the daily view?"),
            tr("It stays in the chart, under Archived. In the tray it waits to be filed again."),
            icon="archive",
            icon_color="accent",
        )
        self._desk, self._opened, self._then = desk, opened, then
        self._reason = TextEdit(hint=tr("The final report is there, sent twice, …"))
        form = Form()
        form.add("reason", tr("Why it is archived"), self._reason)
        self.body.addWidget(form)
        self.add_verb(tr("Cancel"), keys="Esc")
        self.add_verb(tr("Back to the tray"), self._unfile, closes=False)
        self.add_verb(tr("Archive"), self._archive, kind="primary", closes=False)
        self._reason.setFocus()

    def _archive(self) -> None:
        self._desk.do(
            self,
            self._done,
            archiving.archive,
            document_id=self._opened.document_id,
            reason=self._reason.value(),
            version=self._opened.version,
        )

    def _unfile(self) -> None:
        self._desk.do(
            self,
            self._done,
            filing.unfile,
            document_id=self._opened.document_id,
            version=self._opened.version,
        )

    def _done(self, _result: object) -> None:
        self.accept()
        self._then()


class Withdraw(Dialog):
    """Takes a document that was added by mistake out of the tray."""

    def __init__(self, parent: QWidget, desk: Desk, document_id: int, then: Then) -> None:
        super().__init__(
            parent,
            tr("Why is this document not wanted?"),
            tr("It leaves the tray. Undo brings it back; its bytes and this note are kept."),
        )
        self._desk, self._document_id, self._then = desk, document_id, then
        self._reason = TextEdit(hint=tr("Sent to the wrong office, blank page, …"))
        form = Form()
        form.add("reason", tr("Reason"), self._reason)
        self.body.addWidget(form)
        self.add_verb(tr("Keep it"), keys="Esc")
        self.add_verb(tr("Take out"), self._withdraw, kind="primary", closes=False)
        self._reason.setFocus()

    def _withdraw(self) -> None:
        self._desk.do(
            self,
            self._withdrawn,
            tray.withdraw,
            document_id=self._document_id,
            reason=self._reason.value(),
        )

    def _withdrawn(self, _result: object) -> None:
        self.accept()
        self._then()


class Revoke(Dialog):
    """Ends a signed consent."""

    def __init__(self, parent: QWidget, desk: Desk, consent_id: int, then: Then) -> None:
        super().__init__(
            parent,
            tr("Revoke this consent?"),
            tr("It no longer counts from that day on. What was signed stays readable."),
            icon="file-x",
        )
        self._desk, self._consent_id, self._then = desk, consent_id, then
        self._reason = TextEdit(hint=tr("Called on 03/17, no longer wants text messages, …"))
        self._told_on, self._counts_from = DateEdit(), DateEdit()
        self._told_on.set_value(desk.today)
        self._counts_from.set_value(desk.today)
        self._form = Form()
        self._form.add("reason", tr("What the patient said"), self._reason)
        self._form.add("told_on", tr("Told the office on"), self._told_on, span=6)
        self._form.add("counts_from", tr("No longer counts from"), self._counts_from, span=6)
        self.body.addWidget(self._form)
        self.add_verb(tr("Keep it"), keys="Esc")
        self.add_verb(tr("Revoke consent"), self._revoke, kind="danger", closes=False)
        self._reason.setFocus()

    def _revoke(self) -> None:
        if not self._form.check():
            return
        self._desk.do(
            self,
            self._revoked,
            consents.revoke,
            consent_id=self._consent_id,
            reason=self._reason.value(),
            told_on=self._told_on.value(),
            counts_from=self._counts_from.value(),
        )

    def _revoked(self, _result: object) -> None:
        self.accept()
        self._then()
