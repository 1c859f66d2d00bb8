"""A walk-in: who it is, the soonest times today, and what a squeeze-in would cost; then the check-in."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import us_date, us_time
from frontdesk.services.registration import panel
from frontdesk.services.registration.panel import Identity
from frontdesk.services.registration.search import FoundPatient
from frontdesk.services.schedule import openings, visit_types
from frontdesk.services.schedule.openings import Opening, Openings
from frontdesk.services.schedule.search import OpeningRequest
from frontdesk.services.schedule.squeeze import SqueezeIn
from frontdesk.services.schedule.visit_types import VisitTypeView
from frontdesk.services.schedule.words import Urgency
from frontdesk.services.visit import check_in, walk_in
from frontdesk.services.visit.walk_in import WalkedIn
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.patient_box import PatientBox
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, Toolbar, column, row, scrolled
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Errand, Key, Page
from frontdesk.ui.schedule.openings_pane import OpeningsPane
from frontdesk.ui.schedule.squeeze_dialog import Squeezed
from frontdesk.ui.schedule.squeezing import Squeezing
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_OPENINGS, _SQUEEZE_INS = 4, 4


class WalkInPage(Page):
    """Enter takes the soonest time: the patient is booked, arrived, and their check-in opens."""

    title = "Walk-in"
    permission = "visit.check_in"
    topics = frozenset({"appointment", "resource_booking", "slot_hold", "visit_type", "provider"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._who: tuple[int, str] | None = None
        self._types: dict[int, VisitTypeView] = {}
        self.patient = PatientBox(desk, can_register=True)
        self.visit_type: Combo[int] = Combo(hint=tr("Choose"))
        self.reason = TextEdit()
        self.form = Form()
        self.form.add("patient_id", tr("Patient"), self.patient)
        self.form.add("visit_type_id", tr("Visit type"), self.visit_type)
        self.form.add("reason", tr("Why the patient comes"), self.reason)
        self.register_button = Button(tr("Register a new patient"), icon="user-plus", keys="Ctrl+R")
        self.register_button.clicked.connect(self.register)
        self.choices = OpeningsPane(with_foot=False)
        self._build()
        self.patient.chosen.connect(self._found)
        self.patient.register_wanted.connect(self._register)
        self.patient.textEdited.connect(self._forget)
        self.visit_type.chosen.connect(lambda _: self._search())
        self.choices.picked.connect(self.take)
        self.squeezing = Squeezing(
            self,
            self.choices.squeeze_ins,
            limit=_SQUEEZE_INS,
            may_press=self._is_choosing,
            who=self._squeezed,
            then=self._squeezed_in,
        )
        for place in range(_OPENINGS):
            digit = QShortcut(QKeySequence(str(place + 1)), self)
            digit.activated.connect(lambda place=place: self._pick_by_key(place))
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("1–4", tr("Take the time")),
            Key("A–D", tr("Squeeze in")),
            Key("Ctrl+R", tr("Register a new patient"), self.register),
            Key("Esc", tr("Back to board"), self.back),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.form, self.choices.list)

    def home(self) -> QWidget | None:
        return self.patient

    def open_with(self, errand: Errand) -> None:
        """Somebody who stands at the desk; the patient may be known already."""
        self._start()
        if errand.patient_id is not None:
            self.desk.ask(self, self._show_patient, panel.identity, patient_id=errand.patient_id)
        self.patient.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def reload(self) -> None:
        self.desk.ask(self, self._show_types, visit_types.visit_types)
        self._search()

    def back(self) -> None:
        """To the board; nothing was booked."""
        self._start()
        self.go.emit("check_in", None)

    def register(self) -> None:
        """Nobody of that name is known: they are registered first, then the walk-in goes on."""
        self._register(self.patient.value() if self._who is None else "")

    def _register(self, typed: str) -> None:
        self.go.emit("registration", Errand("walk_in", typed=typed))

    # -- who ------------------------------------------------------------------

    def _found(self, patient: FoundPatient) -> None:
        self._show_who(patient.patient_id, patient.name, us_date(patient.born_on))

    def _show_patient(self, patient: Identity) -> None:
        self._show_who(patient.patient_id, patient.name, us_date(patient.born_on))

    def _show_who(self, patient_id: int, name: str, born_on: str) -> None:
        self._who = (patient_id, name)
        self.patient.setText(f"{name}, {born_on}")
        self.patient_chosen.emit(patient_id)
        self.desk.ask(self, self._show_usual, walk_in.usual_type, patient_id=patient_id)

    def _show_usual(self, visit_type_id: int | None) -> None:
        self.visit_type.set_value(visit_type_id)
        self._search()
        self.choices.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self) -> None:
        if self._who is not None:
            self._who = None
            self.patient_chosen.emit(None)
            self._search()

    def _start(self) -> None:
        self.clear_complaints()
        self._who = None
        self.patient.clear_patient()
        self.reason.set_value("")
        self._search()

    # -- when -----------------------------------------------------------------

    def _show_types(self, types: tuple[VisitTypeView, ...]) -> None:
        self._types = {kind.id: kind for kind in types if kind.minutes is not None}
        self.visit_type.set_options(tuple((kind.id, kind.name) for kind in self._types.values()))

    def _request(self) -> OpeningRequest | None:
        kind_id = self.visit_type.value()
        if self._who is None or kind_id is None:
            return None
        return OpeningRequest(
            visit_type_id=kind_id,
            patient_id=self._who[0],
            urgency=Urgency.TODAY,
            each_provider=True,
            days=1,
            limit=_OPENINGS,
        )

    def _search(self) -> None:
        request = self._request()
        self.squeezing.search(request)
        if request is None:
            self.choices.show_question(
                tr("Who is at the desk?"), tr("Type a name, a birth date or a phone, or register a patient.")
            )
            return
        self.desk.ask(self, self._show_openings, openings.first_openings, request=request)

    def _show_openings(self, answer: Openings) -> None:
        if self._who is None:
            return
        soonest = tuple(sorted(answer.found, key=lambda each: each.starts))
        self.choices.show_answer(replace(answer, found=soonest, more=0, say=""), None, self.desk.today)
        if soonest:
            self.choices.list.show_picked(0)

    # -- the act --------------------------------------------------------------

    def take(self, opening: Opening) -> None:
        """Booked, arrived and checking in; the check-in opens."""
        self.clear_complaints()
        kind_id = self.visit_type.value()
        if self._who is None or kind_id is None:
            self.refused(Refused(Finding(tr("Choose the patient."), "patient_id")))
            return
        patient_id, name = self._who
        self.desk.do(
            self,
            lambda walked: self._taken(walked, patient_id, name, opening),
            walk_in.take,
            patient_id=patient_id,
            slot=opening.slot,
            visit_type_id=kind_id,
            reason=self.reason.value(),
        )

    def _taken(self, walked: WalkedIn, patient_id: int, name: str, at: Opening) -> None:
        self.told.emit(
            tr(
                "{name} walked in, {time} with {provider}",
                name=name,
                time=us_time(at.starts),
                provider=at.provider,
            )
        )
        self._open(patient_id, walked.appointment_id)

    def _squeezed(self) -> Squeezed | None:
        kind_id = self.visit_type.value()
        if self._who is None or kind_id is None:
            self.refused(Refused(Finding(tr("Choose the patient."), "patient_id")))
            return None
        return Squeezed(*self._who, kind_id, self.reason.value())

    def _squeezed_in(self, appointment_id: int, _found: SqueezeIn) -> None:
        if self._who is not None:
            patient_id = self._who[0]
            self.desk.do(
                self,
                lambda _: self._open(patient_id, appointment_id),
                check_in.begin,
                appointment_id=appointment_id,
            )

    def _open(self, patient_id: int, appointment_id: int) -> None:
        self._start()
        self.go.emit("check_in_visit", Errand("check_in", patient_id, appointment_id))

    # -- inside ---------------------------------------------------------------

    def _is_choosing(self) -> bool:
        focus = QApplication.focusWidget()
        return self._who is not None and not (focus is not None and self.form.isAncestorOf(focus))

    def _pick_by_key(self, place: int) -> None:
        if self._is_choosing():
            self.choices.pick(place)

    def _build(self) -> None:
        back = Button(tr("Back to board"), "ghost", icon="arrow-left", keys="Esc")
        back.clicked.connect(self.back)
        toolbar = Toolbar(tr("Walk-in"))
        toolbar.add_left(back)
        if self.desk.may("registration.register"):
            toolbar.add(self.register_button)
        self.set_toolbar(toolbar)
        body = QWidget()
        body.setLayout(column(self.form, None, margins=(14, 12, 14, 12)))
        side = Frame("column", column(scrolled(body), gap=0))
        side.setFixedWidth(theme().px(300))
        self.set_content(Frame("surface", row(side, self.choices, gap=0)))
