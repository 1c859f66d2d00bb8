"""An answer that was kept for the wrong coverage is withdrawn."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.services.registration import verifications
from frontdesk.services.registration.verifications import Verification
from frontdesk.services.visit import eligibility_intake
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr


class WithdrawDialog(Dialog):
    """From a file, the answer goes back to those that fit nobody; else the reason is asked for."""

    def __init__(self, parent: QWidget, desk: Desk, answer: Verification, then: Callable[[], object]) -> None:
        is_from_file = answer.answer_id is not None
        super().__init__(
            parent,
            tr("Does this answer not count?"),
            tr("It stays on record. It waits among the answers that fit nobody, to be matched.")
            if is_from_file
            else tr("It stays on record. The answer before it, if there is one, holds again."),
            icon="shield-alert",
            width=460,
        )
        self._desk, self._answer, self._then = desk, answer, then
        self.reason = TextEdit(hint=tr("Read from another card, …"))
        self.form = Form()
        self.form.add("reason", tr("Why it does not count"), self.reason)
        self.body.addWidget(self.form)
        set_shown(self.form, not is_from_file)
        self.keep_button = self.add_verb(tr("It counts"), keys="Esc")
        self.withdraw_button = self.add_verb(tr("Withdraw it"), self.withdraw, kind="danger", closes=False)
        field = self.keep_button if is_from_file else self.reason
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def withdraw(self) -> None:
        """It no longer counts."""
        if self._answer.answer_id is not None:
            self._desk.do(self, self._withdrawn, eligibility_intake.unmatch, answer_id=self._answer.answer_id)
        elif self.form.check():
            self._desk.do(
                self,
                self._withdrawn,
                verifications.withdraw,
                verification_id=self._answer.id,
                reason=self.reason.value(),
            )

    def _withdrawn(self, _: object) -> None:
        self.accept()
        self._then()
