"""The first step: who, what, how soon, when the patient can come, and with whom."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.office.providers import ProviderView
from frontdesk.services.registration.search import FoundPatient
from frontdesk.services.schedule.search import OpeningRequest
from frontdesk.services.schedule.visit_types import VisitTypeView
from frontdesk.services.schedule.words import Urgency
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.patient_box import PatientBox
from frontdesk.ui.kit.card import Frame, column, scrolled
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import NumberEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Rule
from frontdesk.ui.schedule.limits import NO_LIMITS, LimitChips, Limits
from frontdesk.ui.schedule.needs_card import NeedsCard
from frontdesk.ui.schedule.on_the_line import OnTheLine
from frontdesk.ui.schedule.pane_head import PaneHead
from frontdesk.ui.schedule.week_times import Cell, WeekTimes
from frontdesk.ui.text import tr

ANYBODY, EACH = 0, -1
"""What the list of providers offers besides each of them."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The patient that the visit is for."""

    patient_id: int
    name: str
    born_on: date


@dataclass(frozen=True, slots=True)
class Wish:
    """Everything that stands in the request, to put it aside and take it up."""

    caller: Caller | None = None
    visit_type_id: int | None = None
    minutes: int | None = None
    urgency: Urgency = Urgency.ROUTINE
    times: frozenset[Cell] = frozenset()
    provider: int = ANYBODY
    note: str = ""
    limits: Limits = NO_LIMITS
    comes_next: int | None = None
    """The type of visit that is booked for the same patient after this one."""


class RequestPane(Frame):
    """Each change that matters to the search is announced at once."""

    changed = Signal()
    caller_chosen = Signal(object)
    """Caller or None."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("column", parent=parent)
        self._caller: Caller | None = None
        self._types: dict[int, VisitTypeView] = {}
        self._wanted_type: int | None = None
        self._comes_next: int | None = None
        self._wanted_provider = ANYBODY
        self.patient = PatientBox(desk)
        self.visit_type: Combo[int] = Combo(hint=tr("Choose"))
        self.minutes = NumberEdit(least=5, most=720)
        self.needs = NeedsCard()
        self.urgency = Segmented(
            (
                (Urgency.TODAY, tr("Today")),
                (Urgency.THIS_WEEK, tr("This week")),
                (Urgency.ROUTINE, tr("Routine")),
            ),
            says=tr("How soon"),
            fills=True,
        )
        self.times = WeekTimes()
        self.limits = LimitChips()
        self.provider: Combo[int] = Combo(((ANYBODY, tr("Whoever is first")), (EACH, tr("First of each"))))
        self.note = TextEdit()
        self.form = form = Form()
        form.add("patient_id", tr("Patient"), self.patient)
        form.add("visit_type_id", tr("Visit type"), self.visit_type)
        self._minutes_row = form.add("minutes", tr("Minutes"), self.minutes, span=6)
        form.add_wide(self.needs)
        form.add("urgency", tr("How soon"), self.urgency)
        form.add("times", tr("When the patient can come"), self.times)
        form.add_wide(self.limits)
        form.add("provider_id", tr("With"), self.provider)
        form.add("note", tr("Note for the visit"), self.note)
        body = QWidget()
        body.setLayout(column(form, None, margins=(14, 12, 14, 12)))
        self.on_the_line = OnTheLine(desk)
        head = PaneHead(1, tr("Request"), tr("Alt 1"))
        self.setLayout(column(head, scrolled(body), Rule(), self.on_the_line, gap=0))
        self.patient.chosen.connect(self._found)
        self.patient.textEdited.connect(self._forget)
        self.visit_type.chosen.connect(self._type_chosen)
        self.minutes.value_changed.connect(self.changed)
        self.urgency.chosen.connect(lambda _: self.changed.emit())
        self.times.changed.connect(self.changed)
        self.limits.changed.connect(self.changed)
        self.provider.chosen.connect(self._provider_chosen)
        self.on_the_line.add_wanted.connect(self._add)
        self.on_the_line.leave_out_wanted.connect(lambda: self._book_next(None))
        self.show_wish(Wish())

    # -- what is offered ------------------------------------------------------

    def show_types(self, types: tuple[VisitTypeView, ...]) -> None:
        self._types = {kind.id: kind for kind in types}
        self.visit_type.set_options(tuple((kind.id, kind.name) for kind in types))
        self.visit_type.set_value(self._wanted_type)
        self._show_needs()

    def show_providers(self, providers: tuple[ProviderView, ...]) -> None:
        each = tuple((provider.id, provider.short_name) for provider in providers)
        self.provider.set_options(
            ((ANYBODY, tr("Whoever is first")), (EACH, tr("First of each provider")), *each)
        )
        self.provider.set_value(self._wanted_provider)
        self.limits.show_providers(dict(each))
        self._show_needs()

    # -- what is asked --------------------------------------------------------

    @property
    def caller(self) -> Caller | None:
        return self._caller

    @property
    def kind(self) -> VisitTypeView | None:
        """The type of visit that is chosen."""
        return self._types.get(self.visit_type.value() or 0)

    @property
    def length(self) -> int | None:
        """Minutes; None while the type has none and none are given."""
        return (self.kind.minutes if self.kind else None) or self.minutes.value()

    @property
    def is_empty(self) -> bool:
        return self.wish() == Wish()

    def wish(self) -> Wish:
        return Wish(
            self._caller,
            self._wanted_type,
            self.minutes.value(),
            self.urgency.value(),
            self.times.ticked,
            self._wanted_provider,
            self.note.value(),
            self.limits.limits,
            self._comes_next,
        )

    def next_wish(self) -> Wish | None:
        """The patient's next booking, once this one is made."""
        return Wish(self._caller, self._comes_next) if self._comes_next is not None else None

    def show_wish(self, wish: Wish) -> None:
        """Without announcing it."""
        self._wanted_type, self._wanted_provider = wish.visit_type_id, wish.provider
        self._comes_next = wish.comes_next
        self.visit_type.set_value(wish.visit_type_id)
        self.minutes.set_value(wish.minutes)
        self.urgency.set_value(wish.urgency)
        self.times.show_ticked(wish.times)
        self.provider.set_value(wish.provider)
        self.note.set_value(wish.note)
        self.limits.show_limits(wish.limits)
        self.show_caller(wish.caller)
        self._show_needs()

    def show_caller(self, caller: Caller | None) -> None:
        self._caller = caller
        self.on_the_line.show_patient(caller.patient_id if caller else None)
        self.patient.setText(f"{caller.name}, {us_date(caller.born_on)}" if caller else "")
        self.patient.setCursorPosition(0)

    def request(self, limit: int) -> OpeningRequest | None:
        """None while the type of visit or its length is still to be said."""
        kind, wish = self.kind, self.wish()
        if kind is None or self.length is None:
            return None
        return OpeningRequest(
            visit_type_id=kind.id,
            patient_id=self._caller.patient_id if self._caller else None,
            provider_ids=(wish.provider,) if wish.provider > 0 else (),
            each_provider=wish.provider == EACH,
            minutes=None if kind.minutes else self.length,
            urgency=wish.urgency,
            windows=self.times.windows(),
            not_before=wish.limits.after,
            done_by=wish.limits.before,
            without_provider_ids=wish.limits.not_with,
            first_day=wish.limits.first_day,
            limit=limit,
        )

    def _found(self, patient: FoundPatient) -> None:
        self.show_caller(Caller(patient.patient_id, patient.name, patient.born_on))
        self.caller_chosen.emit(self._caller)
        self.changed.emit()
        if self.kind is None:
            self.visit_type.setFocus(Qt.FocusReason.TabFocusReason)

    def _forget(self) -> None:
        if self._caller is not None:
            self._caller = self._comes_next = None
            self.on_the_line.show_patient(None)
            self.caller_chosen.emit(None)
            self.changed.emit()

    def _type_chosen(self, visit_type_id: int) -> None:
        self._wanted_type = visit_type_id
        self._show_needs()
        self.changed.emit()

    def _add(self, visit_type_id: int) -> None:
        """What is due: the visit that is looked for, or the one after it."""
        if self.kind is not None:
            self._book_next(visit_type_id)
        else:
            self.visit_type.set_value(visit_type_id)
            self._type_chosen(visit_type_id)

    def _book_next(self, visit_type_id: int | None) -> None:
        self._comes_next = visit_type_id
        self._show_needs()

    def _provider_chosen(self, provider_id: int) -> None:
        self._wanted_provider = provider_id
        self._show_needs()
        self.changed.emit()

    def _show_needs(self) -> None:
        kind = self.kind
        self._minutes_row.setVisible(kind is not None and kind.minutes is None)
        who = self.provider.currentText() if (self.provider.value() or 0) > 0 else ""
        self.needs.show_type(kind, who)
        self.on_the_line.show_types(self._wanted_type, self._comes_next)
