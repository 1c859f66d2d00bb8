"""Putting the statements of one household on hold."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import statement_holds
from frontdesk.services.billing.statement_run import Candidate
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr


class HoldDialog(Dialog):
    """Why, and until when; without a day until somebody releases it."""

    held = Signal(str)

    def __init__(self, parent: QWidget, desk: Desk, account: Candidate) -> None:
        super().__init__(
            parent,
            tr("Hold the statements of {name}?", name=account.name),
            tr("Runs leave this household out and show why. Without a day, until somebody releases it."),
            icon="circle-pause",
        )
        self._desk, self._account = desk, account
        self.because, self.until_on = TextEdit(), DateEdit()
        self.form = Form()
        self.form.add("because", tr("Why"), self.because)
        self.form.add("until_on", tr("Until"), self.until_on, span=6)
        self.body.addWidget(self.form)
        self.add_verb(tr("Cancel"), keys="Esc")
        self.add_verb(tr("Hold"), self._hold, kind="primary", keys="Enter", closes=False)
        self.because.setFocus()

    def _hold(self) -> None:
        self.form.clear_errors()
        if self.form.check():
            self._desk.do(
                self,
                self._done,
                statement_holds.hold,
                account_id=self._account.account_id,
                because=self.because.value(),
                until_on=self.until_on.value(),
            )

    def _done(self, _: int) -> None:
        self.held.emit(tr("Held the statements of {name}", name=self._account.name))
        self.accept()
