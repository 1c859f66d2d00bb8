"""Registers a patient: fields on the left, who is registered already on the right."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from frontdesk.kernel.errors import Finding, FrontdeskError, Refused
from frontdesk.services.registration import patients, required
from frontdesk.services.registration.begun import begun
from frontdesk.services.registration.duplicates import LookAlike, candidates
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, Toolbar, row, scrolled
from frontdesk.ui.kit.page import Errand, Key, Page, Parked
from frontdesk.ui.registration.look_alikes import LookAlikes
from frontdesk.ui.registration.register_form import RegisterForm
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_PAUSE_MS = 200
_LOOK_ALIKES = 300
_NARROW = 900


class RegisterPage(Page):
    """One patient at a time; parked and taken up as it was."""

    title = "Register a patient"
    permission = "registration.register"
    parks = dict[str, object]
    topics = frozenset({"required_field"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.form = RegisterForm(desk)
        self.look_alikes = LookAlikes()
        self._books_after = False
        self._walks_in = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._seek)
        self.form.changed.connect(self._pause.start)
        self.look_alikes.opened.connect(self._open_chart)
        self.toolbar = toolbar = Toolbar(tr("Register a patient"))
        book = Button(tr("Register and book"), icon="calendar-plus")
        book.clicked.connect(self._register_and_book)
        self.register_button = Button(tr("Register"), "primary", icon="user-plus", keys="Ctrl+Enter")
        self.register_button.clicked.connect(self._register)
        if desk.may("schedule.book"):
            toolbar.add(book)
        toolbar.add(self.register_button)
        self.set_toolbar(toolbar)
        content = QWidget()
        self._sides = row(self.form, self.look_alikes, gap=12, margins=(12, 12, 12, 12))
        self._sides.setStretch(0, 1)
        content.setLayout(self._sides)
        canvas = Frame("canvas", row(scrolled(content)))
        self.set_content(canvas)
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("Ctrl+Return", tr("Register"), self._register),
            Key("Alt+M", tr("More about the patient"), self.form.more.turn),
            Key("F12", tr("Park")),
            Key("Esc", tr("Back"), self.back),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.form, self.look_alikes)

    def home(self) -> QWidget | None:
        return self.form.first

    def open_with(self, errand: Errand) -> None:
        self._walks_in = errand.act == "walk_in"
        if errand.typed and not self.form.is_touched:
            self.form.begin_with(begun(errand.typed, self.desk.today))
        self.form.first.setFocus()

    def reload(self) -> None:
        self.desk.ask(self, self._show_needed, required.rules)

    def _show_needed(self, rules: tuple[required.Rule, ...]) -> None:
        """What cannot be left out, before somebody is told so."""
        musts = [
            tr(required.WORDS[rule.field])
            for rule in rules
            if rule.occasion is required.Occasion.NEW_PATIENT and rule.is_must and rule.is_active
        ]
        needed = ", ".join((tr("name"), tr("birth date"), *musts))
        self.toolbar.show_title(tr("Register a patient"), tr("Needed: {fields}", fields=needed))

    def back(self) -> None:
        """To the board; what was typed stands here when the page is opened again."""
        self.go.emit("check_in", None)

    def park(self) -> Parked | None:
        if not self.form.is_touched:
            return None
        name = f"{self.form.first.value()} {self.form.last.value()}".strip()
        parked = Parked(tr("Registering: {name}", name=name) if name else self.title, self.form.typed())
        self._begin_anew()
        return parked

    def take_up(self, state: object) -> None:
        assert isinstance(state, dict)
        self.form.put_back(state)

    def refused(self, error: FrontdeskError) -> None:
        findings = error.findings if isinstance(error, Refused) else (Finding(str(error)),)
        self.register_button.setEnabled(True)
        homeless = self.form.show_findings(findings)
        if findings and all(finding.overridable for finding in findings):
            self.look_alikes.ask_for_reason(now=bool(homeless))
        self.complain(" ".join(finding.message for finding in homeless))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pause.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = theme().px
        is_narrow = self.width() < px(_NARROW)
        # Who is registered already comes first where there is no room beside.
        upward, across = QBoxLayout.Direction.BottomToTop, QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(upward if is_narrow else across)
        self.look_alikes.setMinimumWidth(0 if is_narrow else px(_LOOK_ALIKES))
        self.look_alikes.setMaximumWidth(px(10_000) if is_narrow else px(_LOOK_ALIKES))
        self.form.stand_in_one_column(is_narrow)

    def _register_and_book(self) -> None:
        self._books_after = True
        self._send()

    def _register(self) -> None:
        self._books_after = False
        self._send()

    def _send(self) -> None:
        self.complain("")
        if not self.register_button.isEnabled() or not self.form.check():
            return
        self.register_button.setEnabled(False)
        override = self.look_alikes.reason.value() if self.look_alikes.asks_for_reason else ""
        self.desk.do(self, self._registered, patients.register, draft=self.form.draft(), override=override)

    def _registered(self, patient_id: int) -> None:
        name = f"{self.form.first.value()} {self.form.last.value()}"
        self.told.emit(tr("Registered {name}", name=name))
        self._begin_anew()
        self.patient_chosen.emit(patient_id)
        if self._books_after:
            self.go.emit("find_slot", Errand("book", patient_id))
        elif self._walks_in:
            self.go.emit("walk_in", Errand("walk_in", patient_id))

    def _begin_anew(self) -> None:
        self.form.clear()
        self.look_alikes.show_found(())
        self.look_alikes.forget_reason()
        self.register_button.setEnabled(True)
        self.complain("")
        self.form.first.setFocus()

    def _seek(self) -> None:
        person = self.form.person()
        if person is None:
            self.look_alikes.show_found(())
        else:
            self.desk.ask(self, self._show_look_alikes, candidates, person=person)

    def _show_look_alikes(self, found: tuple[LookAlike, ...]) -> None:
        self.look_alikes.show_found(found if self.form.is_touched else ())

    def _open_chart(self, patient_id: int) -> None:
        """The other is the one: what was typed here is not needed."""
        self.patient_chosen.emit(patient_id)
        if self._walks_in:
            self._begin_anew()
            self.go.emit("walk_in", Errand("walk_in", patient_id))
