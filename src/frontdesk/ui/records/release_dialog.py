"""Writes a request for copies down, or changes it: who asks, on what ground, for what, sent how."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError, Refused
from frontdesk.kernel.text import us_date
from frontdesk.services.records import release_people, releases
from frontdesk.services.records.release_people import RequestPatient
from frontdesk.services.records.release_words import (
    BASES,
    CAME_BY,
    CATEGORIES,
    COPY_FORMS,
    DELIVERIES,
    REQUESTERS,
    capital,
)
from frontdesk.services.records.releases import (
    Basis,
    CameBy,
    CopyForm,
    Delivery,
    ReleaseDraft,
    Requester,
)
from frontdesk.services.registration.search import FoundPatient
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.patient_box import PatientBox
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, NumberEdit, PhoneEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.records.release_scope import ScopePicker
from frontdesk.ui.text import tr

_NOBODY = 0
_GROUND_OF = {
    Requester.PATIENT: Basis.ACCESS,
    Requester.REPRESENTATIVE: Basis.ACCESS,
    Requester.PROVIDER: Basis.TREATMENT,
    Requester.COURT: Basis.COURT_ORDER,
    Requester.PUBLIC_HEALTH: Basis.PUBLIC_HEALTH,
    Requester.GOVERNMENT: Basis.REQUIRED_BY_LAW,
}
"""The usual ground of who asks; of the others it is the patient's signature."""


class ReleaseDialog(Dialog):
    """Ctrl+Enter saves; a request of the same sender is said, and may be written down all the same."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        told: Callable[[str], object],
        *,
        patient_id: int | None = None,
        request_id: int | None = None,
        version: int | None = None,
    ) -> None:
        is_new = request_id is None
        super().__init__(
            parent,
            tr("Who asks for copies?") if is_new else tr("Change the request"),
            tr("The deadline follows from the day it came and from the ground."),
            icon="file-output",
            icon_color="text-2",
            width=760,
        )
        self._desk, self._told = desk, told
        self._patient_id, self._request_id, self._version = patient_id, request_id, version
        self._before: ReleaseDraft | None = None
        self._again = False
        self._make_fields()
        self._make_form()
        self.add_verb(tr("Keep as it was"), keys="Esc")
        words = tr("Write it down") if is_new else tr("Save the request")
        self.save = self.add_verb(words, self._save, kind="primary", keys="Ctrl+Return", closes=False)
        self.save.setShortcut("Ctrl+Return")
        self.patient.chosen.connect(self._found)
        self.patient.textEdited.connect(self._forget)
        self.requester.chosen.connect(self._ask_ground)
        self.contact.chosen.connect(self._take_contact)
        if request_id is not None:
            desk.ask(self, self._show_draft, releases.draft_of, request_id=request_id)
        elif patient_id is not None:
            self._ask_people()
        (self.requester if patient_id else self.patient).setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_fields(self) -> None:
        self.patient = PatientBox(self._desk)
        self.requester: Combo[Requester] = Combo(tuple(REQUESTERS.items()))
        self.basis: Combo[Basis] = Combo(tuple(BASES.items()))
        self.name, self.attention, self.reference = TextEdit(), TextEdit(), TextEdit()
        self.contact: Combo[int] = Combo(((_NOBODY, tr("Not on file")),))
        self.came_by: Combo[CameBy] = Combo(
            tuple((way, tr(capital(words))) for way, words in CAME_BY.items())
        )
        self.received, self.pages, self.wanted_by = DateEdit(), NumberEdit(least=1, most=999), DateEdit()
        self.received.set_value(self._desk.today)
        self.phone, self.fax, self.email = PhoneEdit(), PhoneEdit(), TextEdit()
        self.address = TextEdit(hint=tr("street, city, state, ZIP"))
        self.purpose = TextEdit(hint=tr("Legal, at the patient's request"))
        self.covers_from, self.covers_until = DateEdit(), DateEdit()
        self.covers = TextEdit(hint=tr("visits and hospital"))
        self.parts = {each: CheckBox(tr(capital(words))) for each, words in CATEGORIES.items()}
        self.letter: Combo[int] = Combo(((_NOBODY, tr("Not scanned")),))
        self.scope = ScopePicker(self._desk)
        self.copy_form: Combo[CopyForm] = Combo(tuple(COPY_FORMS.items()))
        self.delivery: Combo[Delivery] = Combo(tuple(DELIVERIES.items()))
        self.deliver_to = TextEdit(hint=tr("the sender's own"))

    def _make_form(self) -> None:
        self.form = form = Form()
        form.add("patient_id", tr("Patient"), self.patient, span=5)
        form.add("came_by", tr("Came"), self.came_by, span=3)
        form.add("received_on", tr("On"), self.received, span=2)
        form.add("came_pages", tr("Pages"), self.pages, span=2)
        form.add("requester", tr("Who asks"), self.requester, span=3)
        form.add("basis", tr("Ground"), self.basis, span=4)
        form.add("requester_name", tr("Name"), self.name, span=5)
        form.add("contact_id", tr("On file as"), self.contact, span=4)
        form.add("attention", tr("Attention"), self.attention, span=3)
        form.add("their_reference", tr("Their number"), self.reference, span=2)
        form.add("letter_document_id", tr("The request itself"), self.letter, span=3)
        form.add("requester_phone", tr("Phone"), self.phone, span=3)
        form.add("requester_fax", tr("Fax"), self.fax, span=3)
        form.add("requester_email", tr("E-mail"), self.email, span=3)
        form.add("wanted_by", tr("Wanted by"), self.wanted_by, span=3)
        form.add("requester_address", tr("Address"), self.address, span=6)
        form.add("purpose", tr("Purpose"), self.purpose, span=6)
        form.add("covers_from", tr("Covers from"), self.covers_from, span=3)
        form.add("covers_until", tr("Until"), self.covers_until, span=3)
        form.add("covers_words", tr("In the sender's words"), self.covers, span=6)
        parts = QWidget()
        parts.setLayout(row(*self.parts.values(), None, gap=14))
        form.add("categories", tr("Parts of the chart; none checked: all"), parts)
        form.add("document_ids", tr("Of whom, and which by name"), self.scope, span=4)
        form.add("copy_form", tr("Copy"), self.copy_form, span=3)
        form.add("delivery", tr("Send by"), self.delivery, span=2)
        form.add("deliver_to", tr("To"), self.deliver_to, span=3)
        self.body.addWidget(form)

    # -- who ------------------------------------------------------------------

    def _found(self, patient: FoundPatient) -> None:
        self._patient_id = patient.patient_id
        self._ask_people()
        self.requester.setFocus(Qt.FocusReason.TabFocusReason)

    def _forget(self) -> None:
        self._patient_id = None

    def _ask_people(self) -> None:
        if self._patient_id is not None:
            self._desk.ask(self, self._show_people, release_people.people, patient_id=self._patient_id)

    def _show_people(self, people: RequestPatient) -> None:
        if people.patient_id != self._patient_id:
            return
        self._people = people
        self.patient.setText(f"{people.name}, {us_date(people.born_on)}")
        self.patient.setCursorPosition(0)
        each = tuple((one.contact_id, one.words) for one in people.representatives)
        self.contact.set_options(((_NOBODY, tr("Not on file")), *each))
        papers = tuple((one.document_id, one.words) for one in people.papers)
        self.letter.set_options(((_NOBODY, tr("Not scanned")), *papers))
        self.scope.show_papers(people.papers)
        if self._before is not None:
            self.contact.set_value(self._before.contact_id or _NOBODY)
            self.letter.set_value(self._before.letter_document_id or _NOBODY)
        elif not self.name.value() and self.requester.value() is Requester.PATIENT:
            self.name.set_value(people.spoken)

    def _ask_ground(self, requester: Requester) -> None:
        self.basis.set_value(_GROUND_OF.get(requester, Basis.AUTHORIZATION))
        people = self._known()
        if people is None:
            return
        if requester is Requester.PATIENT:
            self.name.set_value(people.spoken)
        elif self.name.value() == people.spoken:
            self.name.set_value("")

    def _take_contact(self, contact_id: int) -> None:
        people = self._known()
        named = [each for each in people.representatives if each.contact_id == contact_id] if people else []
        if named:
            self.requester.set_value(Requester.REPRESENTATIVE)
            self.basis.set_value(Basis.ACCESS)
            self.name.set_value(named[0].name)

    def _known(self) -> RequestPatient | None:
        return getattr(self, "_people", None)

    # -- what is saved ----------------------------------------------------------

    def _show_draft(self, draft: ReleaseDraft) -> None:
        self._before = draft
        self._patient_id = draft.patient_id
        self.patient.setEnabled(False)
        self.requester.set_value(draft.requester)
        self.basis.set_value(draft.basis)
        self.came_by.set_value(draft.came_by)
        self.copy_form.set_value(draft.copy_form)
        self.delivery.set_value(draft.delivery)
        for edit, text in (
            (self.name, draft.requester_name),
            (self.attention, draft.attention),
            (self.reference, draft.their_reference),
            (self.email, draft.requester_email),
            (self.address, draft.requester_address),
            (self.purpose, draft.purpose),
            (self.covers, draft.covers_words),
            (self.deliver_to, draft.deliver_to),
        ):
            edit.set_value(text)
        self.phone.set_value(draft.requester_phone or None)
        self.fax.set_value(draft.requester_fax or None)
        self.pages.set_value(draft.came_pages)
        for day, value in (
            (self.received, draft.received_on),
            (self.wanted_by, draft.wanted_by),
            (self.covers_from, draft.covers_from),
            (self.covers_until, draft.covers_until),
        ):
            day.set_value(value)
        for category, box in self.parts.items():
            box.setChecked(category in draft.categories)
        self.scope.show_scope(draft.provider_ids, draft.document_ids)
        self._ask_people()

    def _save(self) -> None:
        self.banner.say("block", "")
        if not self.form.check():
            return
        if self._patient_id is None:
            self.form.row("patient_id").set_error(tr("Choose the patient whose chart is asked for."))
            return
        draft = self._draft(self._patient_id)
        if self._request_id is None:
            self._desk.do(self, self._written, releases.write_down, draft=draft, again=self._again)
        else:
            self._desk.do(
                self,
                self._written,
                releases.change,
                request_id=self._request_id,
                draft=draft,
                version=self._version,
            )

    def _draft(self, patient_id: int) -> ReleaseDraft:
        return ReleaseDraft(
            patient_id=patient_id,
            requester=self.requester.value() or Requester.PATIENT,
            basis=self.basis.value() or Basis.ACCESS,
            requester_name=self.name.value(),
            came_by=self.came_by.value() or CameBy.IN_PERSON,
            received_on=self.received.value() or self._desk.today,
            copy_form=self.copy_form.value() or CopyForm.ELECTRONIC,
            delivery=self.delivery.value() or Delivery.PICK_UP,
            attention=self.attention.value(),
            requester_phone=self.phone.value() or "",
            requester_fax=self.fax.value() or "",
            requester_email=self.email.value(),
            requester_address=self.address.value(),
            their_reference=self.reference.value(),
            contact_id=self.contact.value() or None,
            came_pages=self.pages.value(),
            letter_document_id=self.letter.value() or None,
            purpose=self.purpose.value(),
            covers_from=self.covers_from.value(),
            covers_until=self.covers_until.value(),
            covers_words=self.covers.value(),
            categories=tuple(each for each, box in self.parts.items() if box.isChecked()),
            provider_ids=self.scope.provider_ids,
            document_ids=self.scope.document_ids,
            deliver_to=self.deliver_to.value(),
            wanted_by=self.wanted_by.value(),
        )

    def refused(self, error: FrontdeskError) -> None:
        super().refused(error)
        if isinstance(error, Refused) and all(finding.overridable for finding in error.findings):
            self._again = True
            self.save.setText(tr("Write it down all the same"))

    def _written(self, _: Any) -> None:  # Any: an id, or the draft before
        self.accept()
        self._told(tr("Wrote down the request") if self._request_id is None else tr("Changed the request"))
