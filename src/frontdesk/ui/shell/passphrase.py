"""Asks for the passphrase of the office's file, where no keyring holds its key."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services import places
from frontdesk.services.database import Database
from frontdesk.services.places import Place
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.security.background import Background
from frontdesk.ui.security.password_edit import PasswordEdit
from frontdesk.ui.shell.header import Logo
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

Open = Callable[[Place, str], Database]


def _open(place: Place, passphrase: str) -> Database:
    return places.open_place(place, passphrase=passphrase)


class PassphraseWindow(QWidget):
    """Stays until the file is open."""

    opened = Signal(object)
    """The Database."""

    def __init__(self, place: Place, open_it: Open = _open) -> None:
        super().__init__()
        self._place = place
        self._open_it = open_it
        self._background = Background(self)
        self._edit = PasswordEdit()
        self._edit.returnPressed.connect(self.try_it)
        self._form = Form()
        self._row = self._form.add("passphrase", tr("Passphrase"), self._edit)
        self._button = Button(tr("Open the office"), "primary", icon="lock-open", keys="Enter")
        self._button.clicked.connect(self.try_it)
        head = row(Logo(), Label(tr("The office's file is locked"), "section"), None, gap=10)
        foot = row(None, self._button)
        self.setLayout(
            column(Frame("surface", column(head, self._form, foot, gap=12, margins=(24, 24, 24, 20))))
        )
        self.setWindowTitle("Frontdesk")
        self.setFixedWidth(theme().px(420))

    def try_it(self) -> None:
        passphrase = self._edit.value()
        if not passphrase:
            self._row.set_error(tr("Type the passphrase."))
            return
        self._row.clear_error()
        self._button.setEnabled(False)
        self._background.run(lambda: self._open_it(self._place, passphrase), self._opened, self.refused)

    def refused(self, error: FrontdeskError) -> None:
        self._button.setEnabled(True)
        self._row.set_error(str(error))
        self._edit.selectAll()
        self._edit.setFocus()

    def _opened(self, database: Database) -> None:
        self.opened.emit(database)
