"""A legal hold is placed, or released."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.services.records import legal_holds
from frontdesk.services.records.legal_holds import HoldLine
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.patient_box import PatientBox
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_FOUND_HEIGHT = 90
"""Room for the patients that are found below the field."""


class PlaceHold(Dialog):
    """On the whole chart, or on what is dated within some days; without a patient it asks for one."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        told: Callable[[str], object],
        *,
        patient_id: int | None = None,
        name: str = "",
        document_id: int | None = None,
    ) -> None:
        super().__init__(
            parent,
            tr("Place a legal hold on the chart of {name}?", name=name)
            if name
            else tr("Place a legal hold?"),
            tr("Nothing it covers is destroyed until the hold is released, whatever the rules say."),
            icon="lock",
            icon_color="accent",
        )
        self._desk, self._told, self._patient_id = desk, told, patient_id
        self._document_id = document_id
        self.patient = PatientBox(desk)
        self.matter = TextEdit(hint=tr("State v. Bell, audit of 2026, letter of 03/16, …"))
        self.note = TextEdit(hint=tr("Who asked, and how"))
        self.covers_from, self.covers_to = DateEdit(), DateEdit()
        self._form = Form()
        if patient_id is None:
            self._form.add("patient_id", tr("Patient"), self.patient)
        self._form.add("matter", tr("Matter"), self.matter)
        self._form.add("note", tr("Note"), self.note)
        if document_id is None:
            self._form.add("covers_from", tr("Only what is dated from"), self.covers_from, span=6)
            self._form.add("covers_to", tr("To"), self.covers_to, span=6)
        self.body.addWidget(self._form)
        if patient_id is None:
            self.body.addSpacing(theme().px(_FOUND_HEIGHT))
        self.add_verb(tr("No hold"), keys="Esc")
        self.add_verb(tr("Place hold"), self._place, kind="primary", closes=False)
        (self.matter if patient_id is not None else self.patient).setFocus()

    def _place(self) -> None:
        chosen = self.patient.patient
        patient_id = self._patient_id or (chosen.patient_id if chosen is not None else None)
        if patient_id is None:
            message = tr("Choose the patient from the list below the field.")
            self.refused(Refused(Finding(message, "patient_id")))
        elif self._form.check():
            self._desk.do(
                self,
                self._placed,
                legal_holds.place,
                patient_id=patient_id,
                matter=self.matter.value(),
                note=self.note.value(),
                covers_from=self.covers_from.value(),
                covers_to=self.covers_to.value(),
                document_ids=() if self._document_id is None else (self._document_id,),
            )

    def _placed(self, _: int) -> None:
        self.accept()
        self._told(tr("Placed a legal hold"))


class ReleaseHold(Dialog):
    """The matter is over; it asks who says so."""

    def __init__(self, parent: QWidget, desk: Desk, hold: HoldLine, told: Callable[[str], object]) -> None:
        super().__init__(
            parent,
            tr("Release {number}, {matter}?", number=hold.number, matter=hold.matter),
            tr(
                "What it covers follows the rules again and may come up for destruction. It stays in the log."
            ),
            icon="lock-open",
        )
        self._desk, self._hold_id, self._told = desk, hold.id, told
        self.reason = TextEdit(hint=tr("Letter of counsel, 03/16/2026: the case is dismissed"))
        form = Form()
        form.add("reason", tr("Who says that the matter is over"), self.reason)
        self.body.addWidget(form)
        self.add_verb(tr("Keep the hold"), keys="Esc")
        self.add_verb(tr("Release hold"), self._release, kind="danger", closes=False)
        self.reason.setFocus()

    def _release(self) -> None:
        self._desk.do(
            self, self._released, legal_holds.release, hold_id=self._hold_id, reason=self.reason.value()
        )

    def _released(self, _: object) -> None:
        self.accept()
        self._told(tr("Released the legal hold"))
