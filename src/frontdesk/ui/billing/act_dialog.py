"""A dialog that carries out one act: its fields, the refusal beside them, the words for the status bar."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr


class ActDialog(Dialog):
    """A class of it adds fields to `form` and says in `act` what is done with them."""

    told = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        question: str,
        consequence: str,
        *,
        verb: str,
        keep: str = "",
        icon: str = "",
        width: int = 480,
        told: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__(parent, question, consequence, icon=icon, icon_color="accent", width=width)
        self.desk = desk
        if told is not None:
            self.told.connect(told)
        self.form = Form()
        self.body.addWidget(self.form)
        self.add_verb(keep or tr("Cancel"), keys="Esc")
        self.verb = self.add_verb(verb, self.go, kind="primary", keys="Enter", closes=False)

    def go(self) -> None:
        """The primary verb: what can be read is sent, the rest is complained about."""
        self.form.clear_errors()
        self.banner.say("block", "")
        if self.form.check():
            self.act()

    def act(self) -> None:
        """Send the command; it answers `done`."""
        raise NotImplementedError

    def close_with(self, words: str) -> None:
        """It was carried out."""
        self.told.emit(words)
        self.accept()
