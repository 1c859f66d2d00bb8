"""Finding a time on the phone: who and what, the openings, and the booking."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import Finding, FrontdeskError, Refused
from frontdesk.kernel.text import clock_time
from frontdesk.services.office import providers
from frontdesk.services.office.providers import ProviderView
from frontdesk.services.registration import panel
from frontdesk.services.registration.panel import Identity
from frontdesk.services.schedule import held, openings, request_queue, visit_types, visits
from frontdesk.services.schedule.held import Kept
from frontdesk.services.schedule.openings import Opening, Openings
from frontdesk.services.schedule.request_queue import RequestLine
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.squeeze import SqueezeIn
from frontdesk.services.schedule.visit_types import VisitTypeView
from frontdesk.services.schedule.visits import VisitDetail
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand, Key, Parked
from frontdesk.ui.schedule.asked_time import as_opening
from frontdesk.ui.schedule.booking_ways import Wanted, as_asked, as_before, book_picked, what_is_missing
from frontdesk.ui.schedule.confirm_pane import said_time
from frontdesk.ui.schedule.holding import Holding
from frontdesk.ui.schedule.reason_dialog import ask_for_reason
from frontdesk.ui.schedule.request_pane import Caller, Wish
from frontdesk.ui.schedule.slot_panes import SlotPanes
from frontdesk.ui.schedule.squeeze_dialog import Squeezed
from frontdesk.ui.schedule.squeeze_list import as_opening as as_opening_of
from frontdesk.ui.schedule.squeezing import Squeezing
from frontdesk.ui.schedule.under_way import UnderWay, begun
from frontdesk.ui.text import tr

_FIRST_SHOWN = 4
_MORE = 5
_SQUEEZE_INS = 2
_TICK_MS = 5_000


class FindSlotPage(SlotPanes):
    """Searches at every change of the request; holds what is picked; books with Ctrl+Enter."""

    parks = UnderWay

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._asked: Slot | None = None
        self._replaces: int | None = None
        self._answers: int | None = None
        self._picked: Opening | None = None
        self._to_pick: Opening | None = None
        self._limit = _FIRST_SHOWN
        self._names: dict[int, str] = {}
        self._reason = ""
        self._books_when_held = False
        self.holding = Holding(desk, self)
        self.request.changed.connect(self._request_changed)
        self.request.caller_chosen.connect(self._caller_chosen)
        self.openings.picked.connect(self.pick)
        self.openings.more_wanted.connect(self._show_more)
        self.openings.month.month_asked.connect(self._ask_month)
        self.openings.month.day_chosen.connect(lambda day: self.request.limits.set(first_day=day))
        self.squeezing = Squeezing(
            self,
            self.openings.squeeze_ins,
            limit=_SQUEEZE_INS,
            may_press=self.is_choosing,
            who=self._squeezed,
            then=self._squeezed_in,
        )
        self.confirm.book_wanted.connect(self.book)
        self.confirm.hold_wanted.connect(self.hold_only)
        self.holding.held.connect(self._is_held)
        self.holding.lost.connect(lambda: self.confirm.show_held(None, has_ended=True))
        self.holding.failed.connect(self._not_held)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._clock.start(_TICK_MS)
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("1–4", tr("Pick")),
            Key("A–B", tr("Squeeze in")),
            Key("Ctrl+Return", tr("Book"), self.book),
            Key("Alt+1–3", tr("Step")),
            Key("Esc", tr("Day view"), self.back),
        )

    # -- coming and going -----------------------------------------------------

    def open_with(self, errand: Errand) -> None:
        """A patient, or a time that was pointed at, begins a new request; without, the old one goes on."""
        if errand.patient_id is None and errand.starts is None and errand.about_id is None:
            self._focus_request()
            return
        self.clear()
        if errand.starts is not None and errand.provider_id is not None:
            self._asked = Slot(errand.provider_id, errand.starts)
        if errand.patient_id is not None:
            self.desk.ask(self, self._show_patient, panel.identity, patient_id=errand.patient_id)
        if errand.act == "rebook" and errand.appointment_id is not None:
            self._replaces = errand.appointment_id
            self.desk.ask(self, self._show_replaced, visits.visit, appointment_id=errand.appointment_id)
        if errand.act == "book_request" and errand.about_id is not None:
            self._answers = errand.about_id
            self.desk.ask(self, self._show_request, request_queue.request, request_id=errand.about_id)
        elif errand.act == "book_recall":
            self.request.show_wish(replace(self.request.wish(), visit_type_id=errand.about_id))
        elif errand.act == "book_held" and errand.about_id is not None:
            self.desk.ask(self, self._take_up_held, held.kept, hold_id=errand.about_id)

    def back(self) -> None:
        """To the day; the request is dropped, and the time is free again."""
        self.clear()
        super().back()

    def clear(self) -> None:
        """An empty request; what was held is given up."""
        self.holding.let_go()
        self._start(UnderWay(Wish()))

    def park(self) -> Parked | None:
        if self.request.is_empty:
            return None
        caller = self.request.caller
        parked = UnderWay(
            self.request.wish(),
            self._asked,
            self._picked,
            self.holding.hold_id,
            self.holding.until,
            self._replaces,
            self._answers,
        )
        self.holding.forget()
        self._start(UnderWay(Wish()))
        title = tr("Booking: {name}", name=caller.name) if caller else tr("Booking")
        return Parked(title, parked)

    def take_up(self, state: object) -> None:
        assert isinstance(state, UnderWay)
        self.holding.let_go()
        self._start(state)
        slot = state.picked.slot if state.picked else state.asked
        if slot and state.hold_id and state.until and self.desk.local_now < state.until:
            self.holding.keep(state.hold_id, slot, state.until)
        self._to_pick = state.picked
        self.patient_chosen.emit(state.wish.caller.patient_id if state.wish.caller else None)
        self._search()

    def _take_up_held(self, kept: Kept) -> None:
        """The booking of a time that was held only."""
        self.take_up(begun(kept))

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page came to the front: the time is free again. Locking only hides the window's work."""
        super().hideEvent(event)
        if self.isHidden() and (self.holding.hold_id is not None or self.holding.is_pending):
            self.holding.let_go()
            self.confirm.show_held(None, has_ended=True)

    def _start(self, work: UnderWay) -> None:
        self._asked, self._to_pick, self._limit = work.asked, None, _FIRST_SHOWN
        self._replaces, self._answers = work.replaces, work.answers
        self._reason, self._books_when_held = "", False
        self.clear_complaints()
        self.request.show_wish(work.wish)
        self._show_picked(None)
        self.openings.show_question(
            tr("Who is it for, and what?"), tr("Choose the patient and the type of visit.")
        )
        self._focus_request()

    # -- what is offered ------------------------------------------------------

    def reload(self) -> None:
        self.desk.ask(self, self._show_types, visit_types.visit_types)
        self.desk.ask(self, self._show_providers, providers.providers)
        if self._picked is None:
            self._search()

    def _show_types(self, types: tuple[VisitTypeView, ...]) -> None:
        had = self.request.kind
        self.request.show_types(types)
        if had is None and self.request.kind is not None:
            self._search()

    def _show_providers(self, found: tuple[ProviderView, ...]) -> None:
        self._names = {provider.id: provider.short_name for provider in found}
        self.request.show_providers(found)

    def _show_patient(self, patient: Identity) -> None:
        self.request.show_caller(Caller(patient.patient_id, patient.name, patient.born_on))
        self.patient_chosen.emit(patient.patient_id)
        self.request.visit_type.setFocus(Qt.FocusReason.OtherFocusReason)
        self._request_changed()

    def _show_request(self, asked: RequestLine) -> None:
        """What was asked for, to be searched at once."""
        self.request.show_wish(as_asked(self.request.wish(), asked))
        self._request_changed()

    def _show_replaced(self, visit: VisitDetail) -> None:
        """The same kind of visit again, with the same provider if possible."""
        self.request.show_wish(as_before(self.request.wish(), visit))
        self._request_changed()

    def _caller_chosen(self, caller: Caller | None) -> None:
        self._replaces = None  # another patient's visit takes no other's place
        self.patient_chosen.emit(caller.patient_id if caller else None)

    def _request_changed(self) -> None:
        self._limit = _FIRST_SHOWN
        self.holding.let_go()
        self._show_picked(None)
        self.clear_complaints()
        self._search()

    def _ask_month(self, first: date) -> None:
        self.openings.month.ask(self, self.request.request(self._limit), first)

    def _show_more(self) -> None:
        self._limit += _MORE
        self._search()

    def _search(self) -> None:
        request = self.request.request(self._limit)
        self.squeezing.search(request)
        if request is not None:
            self.desk.ask(self, self._show_openings, openings.first_openings, request=request)
        elif self.request.kind is not None:
            self.openings.show_question(tr("How long?"), tr("Say how many minutes this visit takes."))
        else:
            self.openings.show_question(
                tr("Which visit?") if self.request.caller else tr("Who is it for, and what?"),
                tr("Choose the patient and the type of visit."),
            )

    def _show_openings(self, answer: Openings) -> None:
        if self.request.kind is None:
            return
        asked = self._asked_opening()
        self.openings.show_answer(answer, asked, self.desk.today)
        self.openings.ask_waits(self, self.request.kind.id)
        if self.openings.month.isVisible():
            self._ask_month(self.openings.month.first_day)
        wanted = self._to_pick or (asked if self.request.caller is not None else None)
        self._to_pick = None
        if wanted is not None:
            self.pick(wanted)
        elif self._picked is not None:
            self.openings.show_picked(self._picked)

    def _asked_opening(self) -> Opening | None:
        """The time that was pointed at, as if it had been found; holding it tells whether it is free."""
        kind, length = self.request.kind, self.request.length
        if self._asked is None or kind is None or length is None:
            return None
        return as_opening(self._asked, kind, length, self._names.get(self._asked.provider_id, ""))

    # -- what is picked and held ----------------------------------------------

    def pick(self, opening: Opening) -> None:
        """Show it, and hold it for the caller."""
        self.clear_complaints()
        self._show_picked(opening)
        caller, kind = self.request.caller, self.request.kind
        if self.holding.holds(opening.slot, self.desk.local_now):
            self.confirm.show_held(self.holding.until)
        elif caller is not None and kind is not None and self.desk.may("schedule.book"):
            self.holding.take(caller.patient_id, opening.slot, kind.id)
        if kind is not None:
            self.confirm.ask_day(self, kind.id, caller.patient_id if caller else None)
        if caller is not None and kind is not None:
            self.confirm.reminders.ask(self, caller.patient_id, kind.id, opening.starts)
        self.confirm.book.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_picked(self, opening: Opening | None) -> None:
        self._picked, self._reason, self._books_when_held = opening, "", False
        self.openings.show_picked(opening)
        self.confirm.show_opening(opening, self.request.kind)
        self._steps.show_confirm(opening is not None)

    def _is_held(self) -> None:
        self.confirm.show_held(self.holding.until)
        if self._picked is not None:
            self.told.emit(tr("Held {time} for 5 minutes", time=said_time(self._picked)))
        if self._books_when_held:
            self.book()

    def _not_held(self, error: FrontdeskError) -> None:
        """What can be overridden is only a warning here: booking asks for the reason."""
        if isinstance(error, Refused) and all(finding.overridable for finding in error.findings):
            self.confirm.warn(" ".join(finding.message for finding in error.findings))
            if self._books_when_held:
                self.book()
            return
        self._show_picked(None)
        super().refused(error)
        self.openings.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._asked = None
        self._search()

    def _tick(self) -> None:
        if self.holding.until is not None and not self.holding.lasts(self.desk.local_now):
            self.holding.forget()
            self.confirm.show_held(None, has_ended=True)

    # -- the booking ----------------------------------------------------------

    def book(self) -> None:
        """Book what is picked, as soon as it is held."""
        self.clear_complaints()
        picked, caller, kind = self._picked, self.request.caller, self.request.kind
        missing = what_is_missing(caller, kind)
        if missing:
            super().refused(Refused(*missing))
        elif picked is None:
            self.complain(tr("Pick an opening first: press its number."))
        elif self.holding.is_pending:
            self._books_when_held = True
        elif caller is not None and kind is not None:
            book_picked(
                self.desk,
                self,
                lambda appointment_id: self._booked(appointment_id, caller, picked),
                Wanted(
                    patient_id=caller.patient_id,
                    slot=picked.slot,
                    visit_type_id=kind.id,
                    note=self.request.note.value(),
                    override_reason=self._reason,
                    hold_id=self.holding.hold_id,
                    no_reminders=self.confirm.reminders.left_out(),
                ),
                replaces=self._replaces,
                answers=self._answers,
            )

    def hold_only(self) -> None:
        """Leave, and keep the time for the patient: it is booked from the day, or is free again by itself."""
        picked, until = self._picked, self.holding.until
        if picked is not None and until is not None:
            self.holding.forget()
            self._start(UnderWay(Wish()))
            self.told.emit(tr("{time} is held until {end}", time=said_time(picked), end=clock_time(until)))
            self.go.emit("schedule", Errand("show", starts=picked.starts))

    def refused(self, error: FrontdeskError) -> None:
        """What a reason lets pass asks for it; everything else is said where it belongs."""
        is_refusal = isinstance(error, Refused) and self._picked is not None and not self._reason
        findings = error.findings if isinstance(error, Refused) else ()
        if is_refusal and all(finding.overridable for finding in findings):
            ask_for_reason(self, findings, self._book_with, verb=tr("Book with this reason"))
        else:
            self._reason = ""
            super().refused(error)

    def _book_with(self, reason: str) -> None:
        self._reason = reason
        self.book()

    def _squeezed(self) -> Squeezed | None:
        caller, kind = self.request.caller, self.request.kind
        if caller is None or kind is None:
            super().refused(Refused(Finding(tr("Choose the patient."), "patient_id")))
            return None
        self.holding.let_go()
        note = self.request.note.value()
        return Squeezed(
            caller.patient_id, caller.name, kind.id, note, replaces=self._replaces, answers=self._answers
        )

    def _squeezed_in(self, appointment_id: int, found: SqueezeIn) -> None:
        if self.request.caller is not None:
            self._booked(appointment_id, self.request.caller, as_opening_of(found))

    def _booked(self, appointment_id: int, caller: Caller, at: Opening) -> None:
        self.holding.forget()
        self.confirm.reminders.put_on_waitlist(self, appointment_id, caller.patient_id)
        after = self.request.next_wish()
        self._start(UnderWay(after or Wish()))
        self.told.emit(tr("Booked {name}, {time}", name=caller.name, time=said_time(at)))
        if after is not None:
            self._search()
            return
        errand = Errand("show", caller.patient_id, appointment_id, starts=at.starts)
        self.go.emit("schedule", errand)
