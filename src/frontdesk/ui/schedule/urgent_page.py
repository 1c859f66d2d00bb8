"""An urgent request: the red-flag questions first, then how soon, and what could be done at which price."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import us_date
from frontdesk.services.registration import panel
from frontdesk.services.registration.panel import Identity
from frontdesk.services.registration.search import FoundPatient
from frontdesk.services.schedule import booking, openings, red_flags, visit_types
from frontdesk.services.schedule.openings import Opening, Openings
from frontdesk.services.schedule.red_flags import Answer, RedFlagView
from frontdesk.services.schedule.search import OpeningRequest
from frontdesk.services.schedule.squeeze import SqueezeIn
from frontdesk.services.schedule.visit_types import VisitTypeView
from frontdesk.services.schedule.words import Urgency
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.patient_box import PatientBox
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, Toolbar, column, row, scrolled
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Errand, Key, Page, Parked
from frontdesk.ui.schedule.confirm_pane import said_time
from frontdesk.ui.schedule.openings_pane import OpeningsPane
from frontdesk.ui.schedule.red_flag_script import RedFlagScript
from frontdesk.ui.schedule.request_pane import Caller
from frontdesk.ui.schedule.squeeze_dialog import Squeezed
from frontdesk.ui.schedule.squeeze_list import as_opening
from frontdesk.ui.schedule.squeezing import Squeezing
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_OPENINGS, _SQUEEZE_INS = 3, 4


@dataclass(frozen=True, slots=True)
class _UnderWay:
    """A request that was put aside."""

    caller: Caller | None
    visit_type_id: int | None
    urgency: Urgency
    note: str
    is_cleared: bool


class UrgentPage(Page):
    """Nothing is offered before every question was answered with no."""

    title = "Urgent request"
    permission = "schedule.book"
    parks = _UnderWay
    topics = frozenset({"red_flag", "appointment", "resource_booking", "slot_hold", "visit_type", "provider"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._caller: Caller | None = None
        self._types: dict[int, VisitTypeView] = {}
        self.patient = PatientBox(desk, can_register=True)
        self.visit_type: Combo[int] = Combo(hint=tr("Choose"))
        self.urgency = Segmented(
            ((Urgency.TODAY, tr("Today")), (Urgency.THIS_WEEK, tr("This week"))),
            says=tr("How soon"),
            fills=True,
        )
        self.note = TextEdit()
        self.form = Form()
        self.form.add("patient_id", tr("Patient"), self.patient)
        self.form.add("visit_type_id", tr("Visit type"), self.visit_type)
        self.form.add("urgency", tr("How soon"), self.urgency)
        self.form.add("note", tr("Note for the visit"), self.note)
        self.script = RedFlagScript()
        self.no_script = Banner("warn")
        self.choices = OpeningsPane()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.script)
        self._stack.addWidget(self.choices)
        self._build()
        self.patient.chosen.connect(self._found)
        self.patient.register_wanted.connect(self._register)
        self.patient.textEdited.connect(self._forget)
        self.visit_type.chosen.connect(lambda _: self._search())
        self.urgency.chosen.connect(lambda _: self._search())
        self.script.cleared.connect(self._cleared)
        self.script.stopped.connect(self._stopped)
        self.choices.picked.connect(self.book)
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
        self._start()
        self.bind_keys()

    def _register(self, typed: str) -> None:
        self.go.emit("register", Errand("register", typed=typed))

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("N", tr("No"), lambda: self._answer_by_key(is_yes=False)),
            Key("Y", tr("Yes"), lambda: self._answer_by_key(is_yes=True)),
            Key("1–3", tr("Book")),
            Key("A–D", tr("Squeeze in")),
            Key("Esc", tr("Day view"), self.to_day),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.patient, self.choices.list if self.is_cleared else self.script.no)

    @property
    def is_cleared(self) -> bool:
        """Whether every question was answered with no."""
        return self._stack.currentIndex() == 1

    def open_with(self, errand: Errand) -> None:
        """Another request, of the patient in focus where there is one."""
        self._start()
        if errand.patient_id is not None:
            self.desk.ask(self, self._show_patient, panel.identity, patient_id=errand.patient_id)

    def reload(self) -> None:
        self.desk.ask(self, self._show_script, red_flags.script)
        self.desk.ask(self, self._show_types, visit_types.visit_types)
        if self.is_cleared:
            self._search()

    def park(self) -> Parked | None:
        if self._caller is None and not self.note.value() and not self.is_cleared:
            return None
        title = tr("Urgent: {name}", name=self._caller.name) if self._caller else tr("Urgent request")
        state = _UnderWay(
            self._caller, self.visit_type.value(), self.urgency.value(), self.note.value(), self.is_cleared
        )
        self._start()
        return Parked(title, state)

    def take_up(self, state: object) -> None:
        assert isinstance(state, _UnderWay)
        self._start()
        self._show_caller(state.caller)
        self.visit_type.set_value(state.visit_type_id)
        self.urgency.set_value(state.urgency)
        self.note.set_value(state.note)
        if state.is_cleared:
            self._to_choices()

    def to_day(self) -> None:
        self.go.emit("schedule", None)

    # -- the questions --------------------------------------------------------

    def _show_script(self, script: tuple[RedFlagView, ...]) -> None:
        self.script.show_script(script)
        self.no_script.say(
            "warn",
            ""
            if script
            else tr("No red-flag questions are set up. Ask a clinician before you book an urgent visit."),
        )
        if not script and not self.is_cleared:
            self._to_choices()

    def _answer_by_key(self, *, is_yes: bool) -> None:
        if not self._is_typing():
            self.script.answer(is_yes=is_yes)

    def _cleared(self, answers: tuple[Answer, ...]) -> None:
        self._record(answers, lambda: None)
        self._to_choices()

    def _stopped(self, answers: tuple[Answer, ...]) -> None:
        self._record(answers, self.script.say_recorded)

    def _record(self, answers: tuple[Answer, ...], then: Callable[[], object]) -> None:
        patient_id = self._caller.patient_id if self._caller else None

        def recorded(_: tuple[int, ...]) -> None:
            self.told.emit(tr("Recorded the answers to the red-flag questions"))
            then()

        self.desk.do(self, recorded, red_flags.answer, answers=answers, patient_id=patient_id)

    # -- what could be done ---------------------------------------------------

    def _to_choices(self) -> None:
        self._stack.setCurrentIndex(1)
        self._search()
        first = self.patient if self._caller is None else self.choices.list
        first.setFocus()

    def _show_types(self, types: tuple[VisitTypeView, ...]) -> None:
        had = self.visit_type.value()
        self._types = {kind.id: kind for kind in types}
        self.visit_type.set_options(tuple((kind.id, kind.name) for kind in types))
        urgent = next((kind.id for kind in types if "urgent" in kind.opens_blocks), None)
        named = next((kind.id for kind in types if kind.name.startswith("Urgent")), None)
        self.visit_type.set_value(had or urgent or named)
        if self.is_cleared and had is None:
            self._search()

    def _request(self, limit: int) -> OpeningRequest | None:
        kind = self._types.get(self.visit_type.value() or 0)
        if kind is None or kind.minutes is None:
            return None
        return OpeningRequest(
            visit_type_id=kind.id,
            patient_id=self._caller.patient_id if self._caller else None,
            urgency=self.urgency.value(),
            days=1 if self.urgency.value() is Urgency.TODAY else 7,
            limit=limit,
        )

    def _search(self) -> None:
        if not self.is_cleared:
            return
        request = self._request(_OPENINGS)
        self.squeezing.search(request)
        if request is None:
            self.choices.show_question(tr("Which visit?"), tr("Choose a type of visit that has a length."))
            return
        self.desk.ask(self, self._show_openings, openings.first_openings, request=request)

    def _show_openings(self, answer: Openings) -> None:
        self.choices.show_answer(replace(answer, more=0), None, self.desk.today)

    # -- the booking ----------------------------------------------------------

    def book(self, opening: Opening) -> None:
        """One click: what is free is booked at once, and undone with one undo."""
        caller, kind_id = self._asked_for()
        if caller is None or kind_id is None:
            return
        self.desk.do(
            self,
            lambda appointment_id: self._booked(appointment_id, caller, opening),
            booking.book,
            patient_id=caller.patient_id,
            slot=opening.slot,
            visit_type_id=kind_id,
            note=self.note.value(),
        )

    def _squeezed(self) -> Squeezed | None:
        caller, kind_id = self._asked_for()
        if caller is None or kind_id is None:
            return None
        return Squeezed(caller.patient_id, caller.name, kind_id, self.note.value())

    def _squeezed_in(self, appointment_id: int, found: SqueezeIn) -> None:
        if self._caller is not None:
            self._booked(appointment_id, self._caller, as_opening(found))

    def _asked_for(self) -> tuple[Caller | None, int | None]:
        self.clear_complaints()
        if self._caller is None:
            self.refused(Refused(Finding(tr("Choose the patient."), "patient_id")))
            self.patient.setFocus()
        return self._caller, self.visit_type.value()

    def _booked(self, appointment_id: int, caller: Caller, at: Opening) -> None:
        self._start()
        self.told.emit(tr("Booked {name}, {time}", name=caller.name, time=said_time(at)))
        self.go.emit("schedule", Errand("show", caller.patient_id, appointment_id, starts=at.starts))

    # -- who ------------------------------------------------------------------

    def _show_patient(self, patient: Identity) -> None:
        self._show_caller(Caller(patient.patient_id, patient.name, patient.born_on))

    def _found(self, patient: FoundPatient) -> None:
        self._show_caller(Caller(patient.patient_id, patient.name, patient.born_on))
        (self.choices.list if self.is_cleared else self.script.no).setFocus()

    def _forget(self) -> None:
        if self._caller is not None:
            self._caller = None
            self.patient_chosen.emit(None)
            self._search()

    def _show_caller(self, caller: Caller | None) -> None:
        self._caller = caller
        self.patient.setText(f"{caller.name}, {us_date(caller.born_on)}" if caller else "")
        self.patient_chosen.emit(caller.patient_id if caller else None)
        self._search()

    def _start(self) -> None:
        self.clear_complaints()
        self._stack.setCurrentIndex(0)
        self.script.start_over()
        self._show_caller(None)
        self.urgency.set_value(Urgency.TODAY)
        self.note.set_value("")
        self.script.no.setFocus()

    def _is_typing(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.form.isAncestorOf(focus)

    def _is_choosing(self) -> bool:
        return self.is_cleared and not self._is_typing()

    def _pick_by_key(self, place: int) -> None:
        if self._is_choosing():
            self.choices.pick(place)

    def _build(self) -> None:
        back = Button(tr("Day view"), "ghost", icon="arrow-left", keys="Esc")
        back.clicked.connect(self.to_day)
        toolbar = Toolbar(tr("Urgent request"))
        toolbar.add_left(back)
        self.set_toolbar(toolbar)
        body = QWidget()
        body.setLayout(column(self.form, None, margins=(14, 12, 14, 12)))
        side = Frame("column", column(scrolled(body), gap=0))
        side.setFixedWidth(theme().px(300))
        right = QWidget()
        right.setLayout(column(self.no_script, self._stack, gap=0))
        self.set_content(Frame("surface", row(side, right, gap=0)))
