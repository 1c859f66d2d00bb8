"""First step of the set-up: where the office's data lives, and what this desk is called."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QWidget

from frontdesk.kernel.errors import Finding
from frontdesk.services import connection, keys
from frontdesk.services.connection import Connection
from frontdesk.services.places import Place
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, column, row
from frontdesk.ui.kit.choice import RadioButton
from frontdesk.ui.kit.edits import NumberEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.security.password_edit import PasswordEdit
from frontdesk.ui.security.steps import OfferLines, StepPage
from frontdesk.ui.text import tr


class PlaceStep(StepPage):
    """This computer only, or the office's server."""

    changed = Signal()
    """Another place than the one that was checked."""
    check_wanted = Signal()

    def __init__(self, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Where should the office's data live?"),
            tr("Patients, visits and claims are kept there, and nowhere else."),
            parent,
        )
        self._file = file
        self._here = OfferCard(
            "hard-drive",
            tr("This computer only"),
            (
                (True, tr("One desk. Works with no network at all")),
                (True, tr("Encrypted file, its key kept apart from it")),
                (False, tr("Only one person at a time")),
                (False, tr("You look after backups")),
            ),
            tr("Good for 1 provider, or for trying it out"),
        )
        self._server = OfferCard(
            "server",
            tr("Office server"),
            (
                (True, tr("All desks see the same schedule at once")),
                (True, tr("Fits 2 or more desks")),
                (False, tr("Needs one computer that stays on in the office")),
                (False, tr("Needs PostgreSQL 14 or newer on it")),
            ),
            tr("Stays inside your office network"),
        )
        self._group = QButtonGroup(self)
        for card in (self._here, self._server):
            self._group.addButton(card.radio)
            card.radio.toggled.connect(self._show_choice)
        self._local = LocalCard(file)
        self._remote = RemoteCard()
        self._remote.edited.connect(self.changed)
        self._remote.check_wanted.connect(self.check_wanted)
        self._station = TextEdit(tr("Front desk 1"))
        self.form.add("station", tr("Name of this desk"), self._station, span=6)
        self.body.addLayout(row(self._here, self._server, gap=16))
        desk = Card()
        desk.body.addWidget(self.form)
        for widget in (self._local, self._remote, desk):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self._here.radio.setChecked(True)
        self._show_choice()

    @property
    def is_server(self) -> bool:
        return self._server.radio.isChecked()

    @property
    def passphrase(self) -> str | None:
        """None where the keyring keeps the key."""
        return None if self.is_server else self._local.passphrase

    @property
    def url(self) -> str:
        """The server's address, with the password."""
        return self._remote.url

    @property
    def server_name(self) -> str:
        return self._remote.server_name

    @property
    def station(self) -> str:
        return self._station.value()

    def local_place(self) -> Place:
        return Place(file=str(self._file), station=self.station)

    def ask_for_passphrase(self, *, needed: bool) -> None:
        """Whether this computer has no keyring to keep the file's key in."""
        self._local.ask_for_passphrase(needed=needed)

    def show_connection(self, found: Connection) -> None:
        self._remote.show_connection(found)

    def show_checking(self) -> None:
        self._remote.show_checking()

    def show_wrong_passphrase(self, sentence: str) -> None:
        self._local.form.show_findings((Finding(sentence, "passphrase"),))

    def check(self) -> bool:
        card = self._remote if self.is_server else self._local
        if not (self.form.check() and card.form.check()):
            return False
        found = card.findings()
        mine = [] if self.station else [Finding(tr("Name this desk, such as Front desk 1."), "station")]
        self.form.show_findings(mine)
        card.form.show_findings(found)
        return not (found or mine)

    def take_focus(self) -> None:
        chosen = self._server if self.is_server else self._here
        chosen.radio.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_choice(self) -> None:
        self._local.setVisible(not self.is_server)
        self._remote.setVisible(self.is_server)
        self.changed.emit()


class OfferCard(QFrame):
    """One of two ways, with what it gives and what it asks; a click anywhere chooses it."""

    def __init__(
        self,
        icon: str,
        title: str,
        lines: Sequence[tuple[bool, str]],
        foot: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.radio = RadioButton()
        self.radio.setAccessibleName(title)
        self.radio.setAccessibleDescription(". ".join((*(words for _, words in lines), foot)))
        self.radio.toggled.connect(self._mark)
        head = row(self.radio, IconLabel(icon, "text", 20), Label(title, "section"), None, gap=12)
        under = Label(foot, "secondary", "text-3")
        self.setLayout(column(head, OfferLines(lines), under, gap=10, margins=(18, 14, 18, 14)))
        self._mark(chosen=False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.radio.setChecked(True)
        self.radio.setFocus(Qt.FocusReason.MouseFocusReason)

    def _mark(self, chosen: bool) -> None:
        self.setProperty("look", "card-current" if chosen else "card")
        self.style().unpolish(self)
        self.style().polish(self)


class LocalCard(Card):
    """The file on this computer: where, and what opens it."""

    def __init__(self, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(tr("The file on this computer"), "hard-drive", parent)
        self._is_there = keys.exists_for(file)
        self._needs_passphrase = False
        self._passphrase, self._again = PasswordEdit(), PasswordEdit()
        self._about = Label("", "body", "text-2", wrap=True)
        self._where = Label(str(file), "secondary", "text-3", wrap=True)
        self.form = Form()
        self.form.add(
            "passphrase",
            tr("Passphrase"),
            self._passphrase,
            span=6,
            message=""
            if self._is_there
            else tr("At least {least} characters. Use four unrelated words.", least=keys.PASSPHRASE_MINIMUM),
        )
        if not self._is_there:
            self.form.add("again", tr("The same again"), self._again, span=6)
        for widget in (self._about, self.form, self._where):
            self.body.addWidget(widget)
        self.ask_for_passphrase(needed=False)

    @property
    def passphrase(self) -> str | None:
        return self._passphrase.value() if self._needs_passphrase else None

    def ask_for_passphrase(self, *, needed: bool) -> None:
        self._needs_passphrase = needed
        self.form.setVisible(needed)
        there = tr("There is already an office's file here. It is opened, not replaced.") + " "
        kept = tr("The file is encrypted. Its key is kept in this computer's keyring.")
        typed = tr(
            "This computer has no keyring to keep the file's key in, so a passphrase opens the file. "
            "Write it down and lock it away: without it nobody can open the file again."
        )
        self._about.setText((there if self._is_there else "") + (typed if needed else kept))

    def findings(self) -> list[Finding]:
        if not self._needs_passphrase or self._is_there:
            return []
        if found := keys.passphrase_findings(self._passphrase.value()):
            return found
        if self._passphrase.value() != self._again.value():
            return [Finding(tr("The two passphrases differ. Type them again."), "again")]
        return []


class RemoteCard(Card):
    """The office's server: its address, and whether it can be used."""

    edited = Signal()
    check_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Connect to the office server"), "server", parent)
        self._server, self._database = TextEdit(hint="frontdesk-office"), TextEdit("frontdesk")
        self._port = NumberEdit(least=1, most=65535)
        self._port.set_value(5432)
        self._user, self._password = TextEdit("frontdesk"), PasswordEdit()
        self.form = Form()
        self.form.add("server", tr("Server name or IP address"), self._server, span=8)
        self.form.add("port", tr("Port"), self._port, span=4)
        self.form.add("database", tr("Database"), self._database, span=4)
        self.form.add("user", tr("User"), self._user, span=4)
        self.form.add("password", tr("Password"), self._password, span=4)
        for edit in (self._server, self._port, self._database, self._user, self._password):
            edit.textEdited.connect(self._forget)
        self._check = Button(tr("&Check connection"), icon="plug-zap")
        self._check.clicked.connect(self.check_wanted)
        self._banner = Banner("ok", icon="shield-check")
        self.body.addWidget(self.form)
        self.body.addLayout(row(self._check, None))
        self.body.addWidget(self._banner)

    @property
    def url(self) -> str:
        return connection.url_of(
            server=self._server.value(),
            port=self._port.value() or 5432,
            database=self._database.value(),
            user=self._user.value(),
            password=self._password.value(),
        )

    @property
    def server_name(self) -> str:
        return self._server.value()

    def findings(self) -> list[Finding]:
        missing = (
            ("server", self._server, tr("Type the server's name or IP address.")),
            ("database", self._database, tr("Name the database on the server.")),
            ("user", self._user, tr("Type the user name that the server knows.")),
        )
        return [Finding(sentence, name) for name, edit, sentence in missing if not edit.value()]

    def show_checking(self) -> None:
        self.form.clear_errors()
        self._check.setEnabled(False)
        self._banner.say("info", tr("Looking for the server…"))

    def show_connection(self, found: Connection) -> None:
        self._check.setEnabled(True)
        if found.works:
            self._banner.say("ok", found.sentence, icon="shield-check")
            return
        homeless = self.form.show_findings((Finding(found.sentence, found.field),))
        self._banner.say("block", " ".join(finding.message for finding in homeless))

    def _forget(self) -> None:
        self._banner.say("info", "")
        self.edited.emit()
