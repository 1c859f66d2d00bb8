"""The whole sheet of one patient: a part at a time, each section saved on its own, by keyboard alone."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.registration import patients
from frontdesk.services.registration.drafts import AddressKind
from frontdesk.services.visit.patient_sheet import PatientSheet, patient_sheet
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner, EmptyState
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, Toolbar, column, row, scrolled
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.label import Avatar, EndingLabel, Label
from frontdesk.ui.kit.page import Errand, Key, Page, Panel, Parked
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.tabs import SubTabs
from frontdesk.ui.registration.changed_table import ChangedCard
from frontdesk.ui.registration.entered import Typed
from frontdesk.ui.registration.restricted import Restricted
from frontdesk.ui.registration.sheet_papers import PapersCard
from frontdesk.ui.registration.sheet_people import ContactsCard, PayerCard
from frontdesk.ui.registration.sheet_priors import PriorsCard
from frontdesk.ui.registration.sheet_reach import AddressSection, PhonesSection
from frontdesk.ui.registration.sheet_section import SheetSection
from frontdesk.ui.registration.sheet_standing import AlertsCard, StandingCard
from frontdesk.ui.registration.sheet_stays import StaysCard
from frontdesk.ui.registration.sheet_who import DetailsSection, FormerSection, IdentitySection
from frontdesk.ui.text import counted, tr

_PARTS = (
    ("who", "Who"),
    ("reach", "Phones and addresses"),
    ("people", "People and papers"),
    ("standing", "Standing and alerts"),
    ("changed", "Changes"),
)


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What was typed in a sheet and not saved, by section."""

    patient_id: int
    appointment_id: int | None
    part: str
    typed: tuple[Typed, ...]


class PatientSheetPage(Page):
    """Opened for one patient; what is left unsaved is there again when it is opened next."""

    parks = Unsaved
    title = "Patient sheet"
    permission = "registration.edit"
    shows_patient = True
    topics = frozenset(
        {
            "patient",
            "patient_phone",
            "patient_address",
            "patient_contact",
            "patient_alert",
            "former_name",
            "tied_paper",
            "id_scan",
            "demographics_review",
            "account_member",
            "appointment",
            "required_field",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._patient_id: int | None = None
        self._appointment_id: int | None = None
        self._sheet: PatientSheet | None = None
        self._opened: set[int] = set()
        self._left: dict[int, Unsaved] = {}
        self._to_put: Unsaved | None = None
        self._make_sections()
        self._make_head()
        self._stack = QStackedWidget()
        self._made: dict[str, QWidget] = {}
        for name, _ in _PARTS:
            inner = QWidget()
            inner.setLayout(column(*self._parts[name], None, gap=12, margins=(12, 12, 12, 12)))
            self._made[name] = scrolled(inner)
            self._stack.addWidget(self._made[name])
        self._closed = QWidget()
        self._stack.addWidget(self._closed)
        self._nobody = EmptyState(
            "user-round",
            tr("No patient is open here"),
            tr("Press Ctrl+K, type a name, and choose Edit the patient."),
        )
        self._stack.addWidget(self._nobody)
        self._stack.setCurrentWidget(self._nobody)
        self.set_content(Frame("canvas", column(self.head, self.missing, self._stack, gap=0)))
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("Alt+1–5", tr("Part")),
            Key("Ctrl+Return", tr("Save"), self.save),
            Key("Ctrl+Shift+Return", tr("Reviewed with the patient"), self.mark_reviewed),
            Key("F12", tr("Park")),
            Key("Esc", tr("Back"), self.back),
            *(
                Key(f"Alt+{place}", tr(words), partial(self.show_part, name))
                for place, (name, words) in enumerate(_PARTS, 1)
            ),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.tabs, self._made[self.tabs.value()])

    def home(self) -> QWidget | None:
        return self.tabs

    # -- which patient --------------------------------------------------------

    def open_with(self, errand: Errand) -> None:
        if errand.patient_id is not None:
            self._open(errand.patient_id, errand.appointment_id)
            if errand.act in self._parts:
                self.tabs.set_value(errand.act)
                self.show_part(errand.act)

    def reload(self) -> None:
        if self._patient_id is not None:
            self.desk.ask(self, self._show, patient_sheet, patient_id=self._patient_id)

    def park(self) -> Parked | None:
        if self._sheet is None:
            return None
        parked = Parked(tr("Sheet: {name}", name=self._sheet.who.name), self._unsaved())
        self._clear()
        return parked

    def take_up(self, state: object) -> None:
        assert isinstance(state, Unsaved)
        self._left[state.patient_id] = state
        self._open(state.patient_id, state.appointment_id)
        self.show_part(state.part)

    def back(self) -> None:
        """Where one came from; what was typed waits until the sheet is opened again."""
        patient_id, appointment_id = self._patient_id, self._appointment_id
        self._keep()
        self._clear()
        if appointment_id is not None and patient_id is not None:
            self.go.emit("check_in_visit", Errand("check_in", patient_id, appointment_id))
        else:
            self.go.emit("check_in", None)

    def _open(self, patient_id: int, appointment_id: int | None) -> None:
        if patient_id != self._patient_id:
            self._keep()
            self._clear()
        self._patient_id, self._appointment_id = patient_id, appointment_id
        self._to_put = self._left.pop(patient_id, None)
        for section in self.sections:
            if self._sheet is None:
                section.open_for(patient_id, appointment_id)
            section.appointment_id = appointment_id
        for card in self.cards:
            card.patient_id = patient_id
        self.contacts.appointment_id = appointment_id
        self.patient_chosen.emit(patient_id)
        self.changed.show_patient(patient_id)
        self.show_part(self.tabs.value())
        self.reload()

    def _keep(self) -> None:
        if self._patient_id is not None and self.is_dirty:
            self._left[self._patient_id] = self._unsaved()

    def _unsaved(self) -> Unsaved:
        assert self._patient_id is not None
        return Unsaved(
            self._patient_id,
            self._appointment_id,
            self.tabs.value(),
            tuple(section.typed for section in self.sections),
        )

    def _clear(self) -> None:
        self._patient_id, self._appointment_id, self._sheet = None, None, None
        for section in self.sections:
            section.entered.drop()
            section.entered.forget()
        self.complain("")
        self.missing.say("info", "")
        set_shown(self.head, False)
        self._stack.setCurrentWidget(self._nobody)

    @property
    def is_dirty(self) -> bool:
        """Whether something is typed and not saved."""
        return self._sheet is not None and any(section.typed for section in self.sections)

    # -- what is shown --------------------------------------------------------

    def _show(self, sheet: PatientSheet) -> None:
        who = sheet.who
        if who.patient_id != self._patient_id:
            return
        if self._is_closed(sheet):
            self._show_closed()
            return
        is_first, self._sheet = self._sheet is None, sheet
        set_shown(self.head, True)
        self.avatar.show_initials(who.initials)
        self.name.setText(who.name)
        self.detail.setText(
            tr(
                "{born} · {age} y · Chart {number}",
                born=us_date(who.born_on),
                age=who.age,
                number=who.chart_number,
            )
        )
        self.restricted.show_state(
            tr("Restricted") if who.is_restricted else "", "warn", "lock" if who.is_restricted else ""
        )
        for section in self.sections:
            section.show_sheet(sheet)
        for card in self.cards:
            card.show_sheet(sheet)
        if self._to_put is not None:
            for section, typed in zip(self.sections, self._to_put.typed, strict=True):
                section.entered.put(typed)
            self._to_put = None
        self._show_missing(sheet)
        self.show_part(self.tabs.value(), focus=is_first)

    def _show_missing(self, sheet: PatientSheet) -> None:
        musts = [each.words for each in sheet.missing if each.is_must]
        others = [each.words for each in sheet.missing if not each.is_must]
        said = [tr("Missing: {what}.", what=", ".join(musts))] if musts else []
        said += [tr("Ask when there is time: {what}.", what=", ".join(others))] if others else []
        self.missing.say("warn" if musts else "info", " ".join(said))

    def _show_closed(self) -> None:
        closed = Restricted(self._break_glass)
        self._stack.removeWidget(self._closed)
        self._closed.deleteLater()
        holder = QWidget()
        holder.setLayout(column(closed, None, margins=(12, 12, 12, 12)))
        self._closed = holder
        self._stack.addWidget(holder)
        self._stack.setCurrentWidget(holder)
        set_shown(self.head, True)
        self.name.setText(tr("Restricted record"))
        self.detail.setText("")

    def _is_closed(self, sheet: PatientSheet) -> bool:
        who = sheet.who
        return (
            who.is_restricted
            and who.patient_id not in self._opened
            and not self.desk.may("registration.open_restricted")
        )

    def _break_glass(self, reason: str) -> None:
        patient_id = self._patient_id
        if patient_id is None:
            return

        def opened(_: None) -> None:
            self._opened.add(patient_id)
            self.reload()

        self.desk.do(self, opened, patients.open_record, patient_id=patient_id, reason=reason)

    def show_part(self, name: str, *, focus: bool = True) -> None:
        """Turn to a part, and to its first field."""
        self.tabs.set_value(name)
        if self._sheet is None:
            return
        self._stack.setCurrentWidget(self._made[name])
        if focus:
            first = self._parts[name][0]
            if isinstance(first, SheetSection):
                first.start()
            else:
                buttons = first.findChildren(Button)
                target = next((each for each in buttons if each.isVisibleTo(first)), None)
                (target or self.tabs).setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- what people do -------------------------------------------------------

    def save(self) -> None:
        """Every section of this part that was typed over; one that is refused does not hold the others."""
        for section in self._here():
            section.save()

    def mark_reviewed(self) -> None:
        """The sections of this part were confirmed with the patient."""
        for section in self._here():
            if section.section is not None and not section.typed:
                section.mark_reviewed()

    def _here(self) -> list[SheetSection[Any]]:
        shown = self._parts[self.tabs.value()]
        return [section for section in self.sections if section in shown]

    def _heard_typing(self) -> None:
        count = sum(bool(section.typed) for section in self.sections) if self._sheet is not None else 0
        self.state.show_state(
            counted(count, "{count} section not saved", "{count} sections not saved") if count else "",
            "warn",
            "pencil",
        )

    # -- building -------------------------------------------------------------

    def _make_sections(self) -> None:
        desk = self.desk
        self.identity, self.former, self.details = (
            IdentitySection(desk),
            FormerSection(desk),
            DetailsSection(desk),
        )
        self.phones = PhonesSection(desk)
        self.home_address = AddressSection(desk, AddressKind.HOME, tr("Home address"), "house")
        self.mailing = AddressSection(desk, AddressKind.MAILING, tr("Mailing address, if another"), "mail")
        self.confidential = AddressSection(
            desk, AddressKind.CONFIDENTIAL, tr("Confidential address"), "eye-off"
        )
        self.stays = StaysCard(desk)
        self.contacts, self.payer, self.papers = ContactsCard(desk), PayerCard(desk), PapersCard(desk)
        self.standing, self.alerts, self.priors = StandingCard(desk), AlertsCard(desk), PriorsCard(desk)
        self.changed = ChangedCard(desk)
        self.sections: tuple[SheetSection[Any], ...] = (
            self.identity,
            self.former,
            self.details,
            self.phones,
            self.home_address,
            self.mailing,
            self.confidential,
        )
        people = (self.contacts, self.payer, self.papers, self.priors)
        self.cards = (self.stays, *people, self.standing, self.alerts)
        self._parts: dict[str, tuple[Panel, ...]] = {
            "who": (self.identity, self.former, self.details),
            "reach": (self.phones, self.home_address, self.mailing, self.confidential, self.stays),
            "people": people,
            "standing": (self.standing, self.alerts),
            "changed": (self.changed,),
        }
        for section in self.sections:
            section.stale.connect(self.reload_soon)
            section.dirty_changed.connect(self._heard_typing)
        for panel in (*self.sections, *self.cards):
            panel.told.connect(self.told)
            panel.go.connect(self.go)

    def _make_head(self) -> None:
        back = IconButton("arrow-left", tr("Back"), keys="Esc")
        back.clicked.connect(self.back)
        self.tabs = SubTabs(tuple((name, tr(words)) for name, words in _PARTS), says=tr("Parts of the sheet"))
        self.tabs.chosen.connect(self.show_part)
        self.toolbar = Toolbar()
        self.toolbar.add_left(back, self.tabs)
        self.turns_with(self.tabs)
        park = Button(tr("Park"), icon="circle-pause", keys="F12")
        park.clicked.connect(self.park_wanted)
        self.save_button = Button(tr("Save"), "primary", icon="check", keys="Ctrl+Enter")
        self.save_button.clicked.connect(self.save)
        self.toolbar.add(park, self.save_button)
        self.set_toolbar(self.toolbar)
        self.avatar = Avatar(size=36)
        self.name, self.detail = Label("", "page"), EndingLabel("", "secondary", "text-2")
        self.restricted, self.state = Chip(""), Chip("")
        for chip in (self.restricted, self.state):
            chip.show_state("", "neutral")
        line = row(
            self.avatar,
            column(row(self.name, self.restricted, self.state, None, gap=8), self.detail, gap=0),
            gap=10,
            margins=(12, 6, 12, 6),
        )
        line.setStretch(1, 1)
        self.head = Frame("bar", line)
        self.missing = Banner("warn")
        set_shown(self.missing, False)
        set_shown(self.head, False)
