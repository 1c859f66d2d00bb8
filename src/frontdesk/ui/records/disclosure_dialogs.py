"""Entries of the accounting by hand, requests for it, and agencies of which the patient is not told yet."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt

from frontdesk.services.records import accounting, disclosures, suspensions
from frontdesk.services.records.accounting import Asked
from frontdesk.services.records.disclosures import GROUNDS, DisclosureDraft, DisclosureLine, Ground
from frontdesk.services.registration.search import FoundPatient
from frontdesk.ui.finding.patient_box import PatientBox
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import AmountEdit, DateEdit, NoteEdit, NumberEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.text import tr


class _AboutPatient(Dialog):
    """A form about one patient, who is named before or found here."""

    def __init__(
        self,
        panel: Panel,
        question: str,
        words: str,
        *,
        icon: str,
        verb: str,
        patient: tuple[int, str] | None,
        finds: bool = True,
    ) -> None:
        super().__init__(panel, question, words, icon=icon, icon_color="text-2", width=600)
        self._panel = panel
        self.patient_id = patient[0] if patient is not None else None
        self.patient = PatientBox(panel.desk)
        self.form = Form()
        if finds:
            self.form.add("patient_id", tr("Patient"), self.patient, span=8)
            if patient is not None:
                self.patient.setText(patient[1])
        self.patient.chosen.connect(self._found)
        self.patient.textEdited.connect(self._forget)
        self.body.addWidget(self.form)
        self.add_verb(tr("Keep as it was"), keys="Esc")
        save = self.add_verb(verb, self.save, kind="primary", keys="Ctrl+Return", closes=False)
        save.setShortcut("Ctrl+Return")

    def save(self) -> None:
        """Sends the act; the refusal comes back beside its field."""
        raise NotImplementedError

    def named(self) -> int | None:
        """The patient; None, and said so, where nobody was chosen or a field cannot be read."""
        readable = self.form.check()
        if self.patient_id is None:
            self.form.row("patient_id").set_error(tr("Choose the patient."))
            return None
        return self.patient_id if readable else None

    def _found(self, found: FoundPatient) -> None:
        self.patient_id = found.patient_id

    def _forget(self, _: str) -> None:
        self.patient_id = None

    def _done(self, _: object) -> None:
        self.accept()
        self._panel.told.emit(tr("Written into the accounting"))


class EntryDialog(_AboutPatient):
    """A disclosure that no release wrote, or a correction of an entry."""

    def __init__(
        self, panel: Panel, patient: tuple[int, str] | None, entry: DisclosureLine | None = None
    ) -> None:
        super().__init__(
            panel,
            tr("Correct this entry") if entry is not None else tr("What was disclosed?"),
            tr("The old entry is kept, and stands no more.")
            if entry is not None
            else tr("For what did not leave with a request: a report by telephone, a form to an office."),
            icon="megaphone",
            verb=tr("Save the correction") if entry is not None else tr("Enter the disclosure"),
            patient=patient,
            finds=entry is None,
        )
        self._entry = entry
        self.on, self.until, self.times = DateEdit(), DateEdit(), NumberEdit(least=2, most=999)
        self.on.set_value(panel.desk.today)
        self.recipient, self.address = TextEdit(), NoteEdit(lines=2)
        self.what = TextEdit(hint=tr("Positive culture, by telephone"))
        self.purpose = TextEdit(hint=tr("Reportable disease"))
        self.ground: Combo[Ground] = Combo(tuple((ground, tr(words)) for ground, words in GROUNDS.items()))
        self.ground.set_value(Ground.PUBLIC_HEALTH)
        self.part_2 = CheckBox(tr("Records under 42 CFR part 2 were in it"))
        form = self.form
        form.add("disclosed_on", tr("Day"), self.on, span=4)
        form.add("recipient", tr("Who received it"), self.recipient, span=6)
        form.add("ground", tr("Ground"), self.ground, span=6)
        form.add("recipient_address", tr("Address, if known"), self.address)
        form.add("what", tr("What, in a few words"), self.what)
        form.add("purpose", tr("Purpose"), self.purpose)
        form.add("until_on", tr("Of a series: last day"), self.until, span=6)
        form.add("times", tr("How many times"), self.times, span=6)
        form.add_wide(self.part_2)
        if entry is not None:
            self._show(entry.draft)
        first = self.patient if patient is None and entry is None else self.recipient
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        desk = self._panel.desk
        if self._entry is not None:
            if self.form.check():
                desk.do(
                    self,
                    self._done,
                    disclosures.correct,
                    disclosure_id=self._entry.disclosure_id,
                    draft=self._draft(),
                )
            return
        patient_id = self.named()
        if patient_id is not None:
            desk.do(self, self._done, disclosures.enter, patient_id=patient_id, draft=self._draft())

    def _draft(self) -> DisclosureDraft:
        return DisclosureDraft(
            disclosed_on=self.on.value() or self._panel.desk.today,
            recipient=self.recipient.value(),
            what=self.what.value(),
            purpose=self.purpose.value(),
            ground=self.ground.value() or Ground.PUBLIC_HEALTH,
            recipient_address=self.address.value(),
            has_part_2=self.part_2.isChecked(),
            until_on=self.until.value(),
            times=self.times.value(),
        )

    def _show(self, draft: DisclosureDraft) -> None:
        self.on.set_value(draft.disclosed_on)
        self.recipient.set_value(draft.recipient)
        self.address.set_value(draft.recipient_address)
        self.what.set_value(draft.what)
        self.purpose.set_value(draft.purpose)
        self.ground.set_value(draft.ground)
        self.part_2.setChecked(draft.has_part_2)
        self.until.set_value(draft.until_on)
        self.times.set_value(draft.times)


class AskDialog(_AboutPatient):
    """Somebody asks for the accounting; the first in twelve months is free."""

    def __init__(self, panel: Panel, patient: tuple[int, str] | None) -> None:
        super().__init__(
            panel,
            tr("Who asks for their accounting?"),
            tr("It covers six years, and is due in sixty days. The first in twelve months is free."),
            icon="file-question-mark",
            verb=tr("Take the request"),
            patient=patient,
        )
        self.on, self.start, self.end, self.fee = DateEdit(), DateEdit(), DateEdit(), AmountEdit()
        self.on.set_value(panel.desk.today)
        self.by = TextEdit(patient[1] if patient is not None else "")
        self.form.add("asked_on", tr("Asked on"), self.on, span=4)
        self.form.add("asked_by", tr("Asked by"), self.by)
        self.form.add("from_on", tr("From, if not six years"), self.start, span=4)
        self.form.add("until_on", tr("Until, if not today"), self.end, span=4)
        self.form.add("fee_cents", tr("Fee"), self.fee, span=4)
        (self.patient if patient is None else self.by).setFocus(Qt.FocusReason.OtherFocusReason)

    def _found(self, found: FoundPatient) -> None:
        super()._found(found)
        if not self.by.value():
            self.by.set_value(found.name)

    def save(self) -> None:
        patient_id = self.named()
        if patient_id is not None:
            self._panel.desk.do(
                self,
                self._done,
                accounting.ask,
                patient_id=patient_id,
                asked_by=self.by.value(),
                asked_on=self.on.value() or self._panel.desk.today,
                from_on=self.start.value(),
                until_on=self.end.value(),
                fee_cents=self.fee.value() or 0,
            )


class SuspendDialog(_AboutPatient):
    """An agency states that the patient is not told for a time."""

    def __init__(self, panel: Panel, patient: tuple[int, str] | None, agency: str = "") -> None:
        super().__init__(
            panel,
            tr("Which agency must not be named for now?"),
            tr("What went to it is left out of the accounting until the day. Without a paper: thirty days."),
            icon="eye-off",
            verb=tr("Suspend until then"),
            patient=patient,
        )
        today = panel.desk.today
        self.agency, self.by = TextEdit(agency), TextEdit(hint=tr("name and badge"))
        self.start, self.end = DateEdit(), DateEdit()
        self.start.set_value(today)
        self.end.set_value(today + timedelta(days=suspensions.SPOKEN_DAYS))
        self.written = CheckBox(tr("The statement is on paper"))
        self.form.add("agency", tr("Agency, as in its entries"), self.agency, span=6)
        self.form.add("stated_by", tr("Who stated it"), self.by, span=6)
        self.form.add("starts_on", tr("From"), self.start, span=6)
        self.form.add("ends_on", tr("Until"), self.end, span=6)
        self.form.add_wide(self.written)

    def save(self) -> None:
        patient_id = self.named()
        if patient_id is not None:
            self._panel.desk.do(
                self,
                self._done,
                suspensions.suspend,
                patient_id=patient_id,
                agency=self.agency.value(),
                stated_by=self.by.value(),
                is_written=self.written.isChecked(),
                starts_on=self.start.value() or self._panel.desk.today,
                ends_on=self.end.value() or self._panel.desk.today,
            )


class WhyDialog(Dialog):
    """A reason, for what is struck or takes longer."""

    def __init__(
        self,
        panel: Panel,
        question: str,
        words: str,
        *,
        field: str,
        verb: str,
        then: Callable[["WhyDialog", str], object],
    ) -> None:
        super().__init__(panel, question, words, width=480)
        self._panel = panel
        self._then = then
        self.reason = TextEdit()
        self.form = Form()
        self.form.add(field, tr("Reason"), self.reason)
        self.body.addWidget(self.form)
        self.add_verb(tr("Keep as it was"), keys="Esc")
        self.add_verb(
            verb, lambda: self._then(self, self.reason.value()), kind="primary", keys="Return", closes=False
        )
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def finished_well(self, _: object) -> None:
        self.accept()
        self._panel.told.emit(tr("Written into the accounting"))


def strike(panel: Panel, entry: DisclosureLine) -> None:
    """Asks why an entry is struck."""

    def go(dialog: WhyDialog, because: str) -> None:
        panel.desk.do(
            dialog,
            dialog.finished_well,
            disclosures.strike,
            disclosure_id=entry.disclosure_id,
            because=because,
        )

    WhyDialog(
        panel,
        tr("Strike this entry?"),
        tr("It stands no more, and is kept with the reason."),
        field="because",
        verb=tr("Strike it"),
        then=go,
    ).open()


def extend(panel: Panel, asked: Asked) -> None:
    """Asks why the accounting takes longer."""

    def go(dialog: WhyDialog, reason: str) -> None:
        panel.desk.do(
            dialog,
            dialog.finished_well,
            accounting.extend,
            accounting_id=asked.accounting_id,
            reason=reason,
            version=asked.version,
        )

    WhyDialog(
        panel,
        tr("Thirty days more?"),
        tr("Once, and the patient is told the reason in writing before the time is over."),
        field="reason",
        verb=tr("Extend"),
        then=go,
    ).open()
