"""Asks another office for records: whom, what, why they may give it, until when."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError, Refused
from frontdesk.kernel.text import us_date
from frontdesk.services.records import filing, outbound, outbound_views, prior_providers, release_people
from frontdesk.services.records.filing import Reader
from frontdesk.services.records.outbound import AskDraft, Asked, Basis
from frontdesk.services.records.outbound_views import AuthorizationChoice
from frontdesk.services.records.prior_providers import PriorView
from frontdesk.services.records.release_people import RequestPatient
from frontdesk.services.registration.search import FoundPatient
from frontdesk.services.visit import outside_records
from frontdesk.services.visit.outside_records import VisitToCome
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.outside_office import OfficeChoice
from frontdesk.ui.finding.patient_box import PatientBox
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, NoteEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr

_NONE = 0


class AskDialog(Dialog):
    """Ctrl+Enter writes it down; what an open request asks already is said, and may be asked again."""

    def __init__(
        self, parent: QWidget, desk: Desk, told: Callable[[str], object], *, patient_id: int | None = None
    ) -> None:
        super().__init__(
            parent,
            tr("Which records are asked for?"),
            tr("A letter is written. It is sent and noted in the next step."),
            icon="mail-question-mark",
            icon_color="text-2",
            width=720,
        )
        self._desk, self._told, self._patient_id = desk, told, patient_id
        self._visits: tuple[VisitToCome, ...] = ()
        self._forms: tuple[AuthorizationChoice, ...] = ()
        self._again = False
        self.patient = PatientBox(desk)
        self.office = OfficeChoice(desk)
        self.items = NoteEdit(hint=tr("One thing a line: discharge summary 03/2026"), lines=4)
        self.visit: Combo[int] = Combo(((_NONE, tr("No visit")),))
        self.needed, self.covers_from, self.covers_until = DateEdit(), DateEdit(), DateEdit()
        self.basis: Combo[Basis] = Combo(
            (
                (Basis.TREATMENT, tr("Treatment: none is needed")),
                (Basis.AUTHORIZATION, tr("The patient signed for it")),
            )
        )
        self.authorization: Combo[int] = Combo(hint=tr("Choose the signed form"))
        self.guarded = CheckBox(tr("Psychotherapy notes or substance use treatment are among it"))
        self.provider: Combo[int] = Combo(((_NONE, tr("The office")),))
        self.note = NoteEdit(hint=tr("What the letter says besides"), lines=2)
        self._make_form()
        self.add_verb(tr("Ask nothing"), keys="Esc")
        self.save = self.add_verb(
            tr("Write the request"), self._save, kind="primary", keys="Ctrl+Return", closes=False
        )
        self.save.setShortcut("Ctrl+Return")
        self.patient.chosen.connect(self._found)
        self.patient.textEdited.connect(self._forget)
        self.visit.chosen.connect(self._take_day)
        self.basis.chosen.connect(self._show_authorization)
        self._show_authorization(Basis.TREATMENT)
        desk.ask(self, self._show_providers, filing.possible_readers)
        if patient_id is not None:
            self._ask_about()
        (self.office if patient_id else self.patient).setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_form(self) -> None:
        form = self.form = Form()
        form.add("patient_id", tr("Patient"), self.patient, span=5)
        form.add("office_id", tr("Whom to ask"), self.office, span=7)
        form.add("items", tr("What is asked for"), self.items)
        form.add("visit_id", tr("Needed for"), self.visit, span=6)
        form.add("needed_on", tr("Needed by"), self.needed, span=3)
        form.add("provider_id", tr("Who treats the patient"), self.provider, span=3)
        form.add("basis", tr("Authorization"), self.basis, span=6)
        form.add("authorization", tr("Signed form"), self.authorization, span=6)
        form.add_wide(self.guarded)
        form.add("covers_from", tr("Of the time from"), self.covers_from, span=3)
        form.add("covers_until", tr("Until"), self.covers_until, span=3)
        form.add("note", tr("Besides"), self.note, span=6)
        self.body.addWidget(form)

    # -- who ------------------------------------------------------------------

    def _found(self, patient: FoundPatient) -> None:
        self._patient_id = patient.patient_id
        self._ask_about()
        self.office.setFocus(Qt.FocusReason.TabFocusReason)

    def _forget(self) -> None:
        self._patient_id = None

    def _ask_about(self) -> None:
        ask, patient_id = self._desk.ask, self._patient_id
        if patient_id is not None:
            ask(self, self._show_patient, release_people.people, patient_id=patient_id)
            ask(self, self._show_priors, prior_providers.priors, patient_id=patient_id)
            ask(self, self._show_visits, outside_records.visits_to_come, patient_id=patient_id)
            ask(self, self._show_forms, outbound_views.authorizations, patient_id=patient_id)

    def _show_patient(self, people: RequestPatient) -> None:
        if people.patient_id == self._patient_id:
            self.patient.setText(f"{people.name}, {us_date(people.born_on)}")
            self.patient.setCursorPosition(0)

    def _show_priors(self, priors: tuple[PriorView, ...]) -> None:
        self.office.show_first(tuple(dict.fromkeys(each.office.id for each in priors)))

    def _show_visits(self, visits: tuple[VisitToCome, ...]) -> None:
        self._visits = visits
        options = tuple((each.appointment_id, each.words) for each in visits)
        self.visit.set_options(((_NONE, tr("No visit")), *options))
        later = [each for each in visits if each.starts.date() > self._desk.today] or list(visits)
        if later and self.needed.value() is None:
            self.visit.set_value(later[0].appointment_id)
            self._take_day(later[0].appointment_id)

    def _show_forms(self, forms: tuple[AuthorizationChoice, ...]) -> None:
        self._forms = forms
        self.authorization.set_options(tuple((place, each.words) for place, each in enumerate(forms)))

    def _show_providers(self, readers: tuple[Reader, ...]) -> None:
        options = tuple((each.provider_id, each.name) for each in readers)
        self.provider.set_options(((_NONE, tr("The office")), *options))

    def _take_day(self, appointment_id: int) -> None:
        for each in self._visits:
            if each.appointment_id == appointment_id:
                self.needed.set_value(each.needed_on)

    def _show_authorization(self, basis: Basis) -> None:
        is_signed = basis is Basis.AUTHORIZATION
        self.authorization.setEnabled(is_signed)
        self.guarded.setEnabled(is_signed)
        if not is_signed:
            self.guarded.setChecked(False)
            self.authorization.set_value(None)

    # -- what is saved ----------------------------------------------------------

    def _save(self) -> None:
        self.banner.say("block", "")
        if not self.form.check():
            return
        if self._patient_id is None:
            self.form.row("patient_id").set_error(tr("Choose the patient whose records are asked for."))
            self.patient.setFocus()
            return
        self._desk.do(
            self, self._written, outbound.ask, draft=self._draft(self._patient_id), again=self._again
        )

    def _draft(self, patient_id: int) -> AskDraft:
        place = self.authorization.value()
        form = self._forms[place] if place is not None else AuthorizationChoice(None, None, "")
        return AskDraft(
            patient_id=patient_id,
            office_id=self.office.value(),
            items=tuple(self.items.value().split("\n")),
            needed_on=self.needed.value(),
            visit_id=self.visit.value() or None,
            basis=self.basis.value() or Basis.TREATMENT,
            is_guarded=self.guarded.isChecked(),
            consent_id=form.consent_id,
            authorization_document_id=form.document_id,
            provider_id=self.provider.value() or None,
            covers_from=self.covers_from.value(),
            covers_until=self.covers_until.value(),
            note=self.note.value(),
        )

    def refused(self, error: FrontdeskError) -> None:
        super().refused(error)
        if isinstance(error, Refused) and all(finding.overridable for finding in error.findings):
            self._again = True
            self.save.setText(tr("Ask all the same"))

    def _written(self, asked: Asked) -> None:
        self.accept()
        self._told(tr("Wrote {number}; the letter is to be sent", number=asked.number))
