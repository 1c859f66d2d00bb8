"""What stands between a person and the pages: a password or PIN, and a password of one's own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.kernel.errors import Finding, FrontdeskError, Refused
from frontdesk.services.security import door, passwords
from frontdesk.services.security.sign_in import Person, Verdict
from frontdesk.services.work import Actor
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.security.password_edit import PasswordEdit
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class Gate(QWidget):
    """Asks for the secret and, where somebody else chose it, for a new one; then the person is in."""

    signed_in = Signal(object)
    """Actor."""

    def __init__(self, desk: Desk, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._person: Person | None = None
        self._asking = AskSecret(desk, verb)
        self._asking.admitted.connect(self._admitted)
        self._choosing = ChoosePassword(desk)
        self._choosing.chosen.connect(self.signed_in)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._asking)
        column.addWidget(self._choosing)
        self._choosing.hide()

    def ask_for(self, person: Person) -> None:
        """Wait for this person's secret."""
        self._person = person
        self._choosing.hide()
        self._asking.show()
        self._asking.ask_for(person)

    def shut(self) -> None:
        """Take nothing until `ask_for`."""
        self._choosing.hide()
        self._asking.show()
        self._asking.shut()

    def take_focus(self) -> None:
        (self._asking if self._choosing.isHidden() else self._choosing).take_focus()

    def _admitted(self, verdict: Verdict) -> None:
        assert verdict.actor is not None, "the door names the person with its yes"
        assert self._person is not None, "a verdict is about somebody"
        if not verdict.must_change_password:
            self.signed_in.emit(verdict.actor)
            return
        self._asking.hide()
        self._choosing.ask_of(verdict.actor, self._person.login)
        self._choosing.show()
        self._choosing.take_focus()


class AskSecret(QWidget):
    """One secret, one button; the words of a refusal stand under the field."""

    admitted = Signal(object)
    """Verdict, with its actor."""

    def __init__(self, desk: Desk, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._person: Person | None = None
        self._secret = PasswordEdit(tall=True)
        self._secret.returnPressed.connect(self.try_it)
        self._secret.caps_lock_changed.connect(self._say_caps_lock)
        self._form = Form()
        self._row = self._form.add("secret", tr("Password"), self._secret)
        self._caps_lock = QWidget()
        warning = Label(tr("Caps Lock is on."), "secondary", "warn-tx")
        self._caps_lock.setLayout(row(IconLabel("triangle-alert", "warn", 14), warning, None))
        self._caps_lock.setAccessibleName(warning.text())
        self._caps_lock.hide()
        self._button = Button(verb, "primary", icon="lock-open", keys="Enter", height="large")
        self._button.clicked.connect(self.try_it)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)
        column.addWidget(self._caps_lock)
        column.addSpacing(theme().px(6))
        column.addWidget(self._button)
        self.shut()

    def ask_for(self, person: Person) -> None:
        self._person = person
        label = tr("Password or PIN") if person.pin_works else tr("Password")
        self._row.label().setText(label)
        self._secret.setAccessibleName(label)
        self._secret.hide_again()
        self._form.clear_errors()
        self._button.setEnabled(True)

    def shut(self) -> None:
        self._person = None
        self._secret.hide_again()
        self._button.setEnabled(False)

    def take_focus(self) -> None:
        self._secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def try_it(self) -> None:
        """Ask the door; nothing happens twice while it looks."""
        person, secret = self._person, self._secret.value()
        if person is None or not self._button.isEnabled():
            return
        self._form.clear_errors()
        if not secret:
            self._complain(tr("Type your password."))
            return
        self._button.setEnabled(False)
        database = self._desk.database
        if person.pin_works and secret.isdigit() and len(secret) in passwords.PIN_LENGTHS:
            self._desk.run(self, self._answered, door.enter_with_pin, database, user_id=person.id, pin=secret)
        else:
            self._desk.run(self, self._answered, door.enter, database, login=person.login, password=secret)

    def refused(self, error: FrontdeskError) -> None:
        self._button.setEnabled(True)
        self._complain(str(error))

    def _answered(self, verdict: Verdict) -> None:
        self._button.setEnabled(True)
        self._secret.hide_again()
        if self._person is None or verdict.user_id != self._person.id:
            return  # another person was chosen while the door was looking
        if verdict.actor is None:
            self._complain(verdict.sentence)
        else:
            self.admitted.emit(verdict)

    def _complain(self, sentence: str) -> None:
        self._form.show_findings((Finding(sentence, "secret"),))

    def _say_caps_lock(self, is_on: bool) -> None:
        self._caps_lock.setVisible(is_on)


class ChoosePassword(QWidget):
    """Twice the new password, before anything else."""

    chosen = Signal(object)
    """Actor."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._actor: Actor | None = None
        self._login = ""
        self._password, self._again = PasswordEdit(), PasswordEdit()
        self._form = Form()
        self._form.add("password", tr("New password"), self._password, message=what_is_good())
        self._form.add("again", tr("The same again"), self._again)
        self._password.returnPressed.connect(self._again.setFocus)
        self._again.returnPressed.connect(self.try_it)
        self._button = Button(
            tr("Keep this password"), "primary", icon="key-round", keys="Enter", height="large"
        )
        self._button.clicked.connect(self.try_it)
        words = tr("Somebody else knows the password you typed. Choose your own to come in.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Label(words, "body", "text-2", wrap=True))
        column.addWidget(self._form)
        column.addWidget(self._button)

    def ask_of(self, actor: Actor, login: str) -> None:
        self._actor, self._login = actor, login
        self._form.clear_errors()
        for edit in (self._password, self._again):
            edit.hide_again()

    def take_focus(self) -> None:
        self._password.setFocus(Qt.FocusReason.OtherFocusReason)

    def try_it(self) -> None:
        """Keep the password once both fields agree."""
        self._form.clear_errors()
        if self._password.value() != self._again.value():
            self._form.show_findings((Finding(tr("The two passwords differ. Type them again."), "again"),))
            return
        assert self._actor is not None, "asked of somebody"
        self._button.setEnabled(False)
        self._desk.run(
            self,
            self._kept,
            door.choose_password,
            self._desk.database,
            self._actor,
            login=self._login,
            password=self._password.value(),
        )

    def refused(self, error: FrontdeskError) -> None:
        self._button.setEnabled(True)
        findings = error.findings if isinstance(error, Refused) else (Finding(str(error)),)
        self._form.show_findings(Finding(one.message, one.field or "password") for one in findings)

    def _kept(self, _: None) -> None:
        self._button.setEnabled(True)
        for edit in (self._password, self._again):
            edit.hide_again()
        self.chosen.emit(self._actor)


def what_is_good() -> str:
    """What stands under a field for a new password."""
    return tr(
        "At least {least} characters. A few unrelated words are good.", least=passwords.PASSWORD_MINIMUM
    )
