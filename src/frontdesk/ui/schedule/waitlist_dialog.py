"""Puts somebody on the waitlist, or changes what they wish: who, what, how soon, when, with whom."""

from collections.abc import Callable
from datetime import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.office import providers
from frontdesk.services.office.providers import ProviderView
from frontdesk.services.registration import panel
from frontdesk.services.registration.panel import Identity
from frontdesk.services.registration.search import FoundPatient
from frontdesk.services.schedule import visit_types, waitlist_entries
from frontdesk.services.schedule.search import Window
from frontdesk.services.schedule.visit_types import VisitTypeView
from frontdesk.services.schedule.waitlist_entries import ComingVisit, EntryDraft, KnownEntry
from frontdesk.services.schedule.words import Urgency
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.patient_box import PatientBox
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, NumberEdit, TextEdit, TimeEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.schedule.week_times import PARTS, Cell, WeekTimes
from frontdesk.ui.text import tr

_ANYBODY = 0
_NO_VISIT = 0
_NOTICE = (0, 30, 60, 120, 240, 24 * 60, 48 * 60)


class WaitlistDialog(Dialog):
    """By keyboard from the patient to the note; Ctrl+Enter saves from anywhere."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        then: Callable[[str], object],
        *,
        draft: EntryDraft | None = None,
        entry_id: int | None = None,
    ) -> None:
        is_new = entry_id is None
        super().__init__(
            parent,
            tr("Add to waitlist") if is_new else tr("Change what is wished"),
            tr("The entry says where it fits as soon as a time comes free. Nothing is booked by itself."),
            icon="list-plus",
            icon_color="text-2",
            width=600,
        )
        self._desk, self._then, self._entry_id = desk, then, entry_id
        self._version: int | None = None
        self._patient_id = draft.patient_id if draft else None
        self._types: dict[int, VisitTypeView] = {}
        self._wished = draft
        self.patient = PatientBox(desk)
        self.visit_type: Combo[int] = Combo(hint=tr("Choose"))
        self.minutes = NumberEdit(least=5, most=720)
        self.urgency = Segmented(
            (
                (Urgency.TODAY, tr("Today")),
                (Urgency.THIS_WEEK, tr("This week")),
                (Urgency.ROUTINE, tr("Routine")),
            ),
            says=tr("How soon"),
            fills=True,
        )
        self.urgency.set_value(Urgency.ROUTINE)
        self.reason = TextEdit(hint=tr("Back spasm"))
        self.provider: Combo[int] = Combo(((_ANYBODY, tr("Any provider")),))
        self.or_provider: Combo[int] = Combo(((_ANYBODY, tr("nobody else")),))
        self.times = WeekTimes()
        self.after, self.before = TimeEdit(), TimeEdit()
        self.notice: Combo[int] = Combo(tuple((minutes, _notice_words(minutes)) for minutes in _NOTICE))
        self.until = DateEdit()
        self.own: Combo[int] = Combo(((_NO_VISIT, tr("No visit is booked yet")),))
        self.note = TextEdit()
        self.form = Form()
        self.form.add("patient_id", tr("Patient"), self.patient, span=7)
        self.form.add("urgency", tr("How soon"), self.urgency, span=5)
        self.form.add("visit_type_id", tr("Visit type"), self.visit_type, span=7)
        self.form.add("minutes", tr("Minutes, if not the usual"), self.minutes, span=5)
        self.form.add("reason", tr("Reason"), self.reason, span=7)
        self.form.add("appointment_id", tr("Moves up the visit on"), self.own, span=5)
        self.form.add("provider_id", tr("With"), self.provider, span=4)
        self.form.add("or_provider", tr("Or with"), self.or_provider, span=4)
        self.form.add("notice_minutes", tr("Must know before"), self.notice, span=4)
        self.form.add("windows", tr("When the patient can come"), self.times, span=7)
        self.form.add("after", tr("Not before"), self.after, span=2)
        self.form.add("before", tr("Over by"), self.before, span=3)
        self.form.add("note", tr("Note for the desk"), self.note, span=7)
        self.form.add("wanted_until", tr("Last day wanted"), self.until, span=5)
        self.body.addWidget(self.form)
        self.add_verb(tr("Keep as it was"), keys="Esc")
        words = tr("Add to waitlist") if is_new else tr("Save the wish")
        self.save = self.add_verb(words, self._save, kind="primary", keys="Return", closes=False)
        self.patient.chosen.connect(self._found)
        desk.ask(self, self._show_types, visit_types.visit_types)
        desk.ask(self, self._show_providers, providers.providers)
        if entry_id is not None:
            desk.ask(self, self._show_entry, waitlist_entries.entry, entry_id=entry_id)
        elif draft is not None:
            self._show(draft)
        else:
            self.patient.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is shown --------------------------------------------------------

    def _show_entry(self, known: KnownEntry) -> None:
        self._version = known.version
        self._show(known.draft)

    def _show(self, draft: EntryDraft) -> None:
        self._wished, self._patient_id = draft, draft.patient_id
        self.urgency.set_value(draft.urgency)
        self.minutes.set_value(draft.minutes)
        self.reason.set_value(draft.reason)
        self.note.set_value(draft.note)
        if draft.notice_minutes not in _NOTICE:
            options = sorted({*_NOTICE, draft.notice_minutes})
            self.notice.set_options(tuple((minutes, _notice_words(minutes)) for minutes in options))
        self.notice.set_value(draft.notice_minutes)
        self.until.set_value(draft.wanted_until)
        cells, after, before = read_windows(draft.windows)
        self.times.show_ticked(cells)
        self.after.set_value(after)
        self.before.set_value(before)
        self._choose_wished()
        self._desk.ask(self, self._show_patient, panel.identity, patient_id=draft.patient_id)
        self._ask_for_visits(draft.patient_id)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_wished(self) -> None:
        """The lists may come before or after the wish."""
        if self._wished is not None:
            self.visit_type.set_value(self._wished.visit_type_id)
            first, second, *_ = (*self._wished.provider_ids, _ANYBODY, _ANYBODY)
            self.provider.set_value(first)
            self.or_provider.set_value(second)

    def _show_types(self, types: tuple[VisitTypeView, ...]) -> None:
        self._types = {kind.id: kind for kind in types}
        self.visit_type.set_options(tuple((kind.id, kind.name) for kind in types))
        self._choose_wished()

    def _show_providers(self, several: tuple[ProviderView, ...]) -> None:
        each = tuple((provider.id, provider.short_name) for provider in several)
        self.provider.set_options(((_ANYBODY, tr("Any provider")), *each))
        self.or_provider.set_options(((_ANYBODY, tr("nobody else")), *each))
        self._choose_wished()

    def _show_patient(self, patient: Identity) -> None:
        self.patient.setText(f"{patient.name}, {us_date(patient.born_on)}")
        self.patient.setCursorPosition(0)
        self.patient.setEnabled(self._entry_id is None)

    def _found(self, patient: FoundPatient) -> None:
        self._patient_id = patient.patient_id
        self._ask_for_visits(patient.patient_id)
        self.visit_type.setFocus(Qt.FocusReason.TabFocusReason)

    def _ask_for_visits(self, patient_id: int) -> None:
        self._desk.ask(self, self._show_visits, waitlist_entries.coming_visits, patient_id=patient_id)

    def _show_visits(self, visits: tuple[ComingVisit, ...]) -> None:
        each = tuple((visit.id, visit.words) for visit in visits)
        self.own.set_options(((_NO_VISIT, tr("No, a new visit")), *each))
        if self._wished is not None and self._wished.appointment_id is not None:
            self.own.set_value(self._wished.appointment_id)

    # -- what is done ---------------------------------------------------------

    def draft(self) -> EntryDraft | None:
        """What stands in the form; None where patient or type are still to be said."""
        kind = self.visit_type.value()
        if self._patient_id is None or kind is None:
            return None
        chosen = (self.provider.value() or _ANYBODY, self.or_provider.value() or _ANYBODY)
        return EntryDraft(
            patient_id=self._patient_id,
            visit_type_id=kind,
            minutes=self.minutes.value(),
            reason=self.reason.value(),
            urgency=self.urgency.value(),
            provider_ids=tuple(dict.fromkeys(id for id in chosen if id != _ANYBODY)),
            windows=windows_of(self.times.ticked, self.after.value(), self.before.value()),
            notice_minutes=self.notice.value() or 0,
            wanted_until=self.until.value(),
            appointment_id=self.own.value() or None,
            note=self.note.value(),
        )

    def _save(self) -> None:
        if not self.form.check():
            return
        draft = self.draft()
        if draft is None:
            missing = "patient_id" if self._patient_id is None else "visit_type_id"
            words = tr("Choose the patient.") if self._patient_id is None else tr("Choose the visit type.")
            self.form.row(missing).set_error(words)
            self.form.row(missing).control.setFocus()
            return
        if self._entry_id is None:
            self._desk.do(self, self._added, waitlist_entries.add, draft=draft)
        else:
            self._desk.do(
                self,
                self._changed,
                waitlist_entries.change,
                entry_id=self._entry_id,
                draft=draft,
                version=self._version,
            )

    def _added(self, _: int) -> None:
        self.accept()
        self._then(tr("Added to the waitlist"))

    def _changed(self, _: EntryDraft) -> None:
        self.accept()
        self._then(tr("Changed the wish on the waitlist"))


def windows_of(cells: frozenset[Cell], after: time | None, before: time | None) -> tuple[Window, ...]:
    """The ticked parts of the week within two times of the day; nothing at all means any time."""
    if not cells:
        if after is None and before is None:
            return ()
        return tuple(Window(weekday, after or time.min, before) for weekday in range(7))
    found = []
    for part, weekday in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        _, starts, ends = PARTS[part]
        starts = max(starts, after) if after else starts
        ends = min(ends, before) if ends and before else ends or before
        if ends is None or starts < ends:
            found.append(Window(weekday, starts, ends))
    return tuple(found)


def read_windows(windows: tuple[Window, ...]) -> tuple[frozenset[Cell], time | None, time | None]:
    """The cells and the two times that give these windows again, as near as the form can show them."""
    spans = {(window.starts, window.ends) for window in windows}
    parts = {(starts, ends): part for part, (_, starts, ends) in enumerate(PARTS)}
    if spans <= set(parts):
        on_weekdays = (window for window in windows if window.weekday < 5)
        return frozenset((parts[each.starts, each.ends], each.weekday) for each in on_weekdays), None, None
    starts = min(window.starts for window in windows)
    ends = [window.ends for window in windows]
    latest = None if None in ends else max(end for end in ends if end is not None)
    every_day = {window.weekday for window in windows} >= set(range(5))
    cells = (
        frozenset()
        if every_day
        else frozenset((part, window.weekday) for window in windows for part in range(3))
    )
    return cells, starts if starts != time.min else None, latest


def _notice_words(minutes: int) -> str:
    if minutes == 0:
        return tr("can come at once")
    if minutes % (24 * 60) == 0:
        days = minutes // (24 * 60)
        return tr("a day before") if days == 1 else tr("{days} days before", days=days)
    if minutes % 60 == 0:
        hours = minutes // 60
        return tr("an hour before") if hours == 1 else tr("{hours} hours before", hours=hours)
    return tr("{minutes} minutes before", minutes=minutes)
