"""Paying without insurance."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.services.visit import insurance
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr


class PayWithoutInsurance(Dialog):
    """The patient has no insurance, or chooses not to use it."""

    def __init__(self, parent: QWidget, desk: Desk, patient_id: int) -> None:
        super().__init__(
            parent,
            tr("Does the patient pay without insurance?"),
            tr("Nothing is billed to a payer while this holds. The patient gets the office's own prices."),
            icon="wallet",
            icon_color="accent",
            width=480,
        )
        self._desk, self._patient_id = desk, patient_id
        self.how_long: Combo[bool] = Combo(
            ((True, tr("For today only")), (False, tr("Until further notice")))
        )
        self.reason = TextEdit(hint=tr("Has no insurance, wishes it so, …"))
        self.withholds = CheckBox(tr("The payer must not hear of this visit"))
        self.duty = Banner("info", icon="eye-off")
        self.withholds.toggled.connect(self._say_duty)
        form = Form()
        form.add("valid_until", tr("How long"), self.how_long, span=6)
        form.add("reason", tr("Why"), self.reason, span=6)
        self.body.addWidget(form)
        self.body.addWidget(self.withholds)
        self.body.addWidget(self.duty)
        self.add_verb(tr("Use insurance"), keys="Esc")
        self.add_verb(tr("Pay without insurance"), self.choose, kind="primary", closes=False)
        self.how_long.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_duty(self, withholds: bool) -> None:
        """What the office promises, and on which condition."""
        words = tr(
            "The patient has this right for what is paid in full (45 CFR 164.522). "
            "No claim is made while it holds; collect the whole price today."
        )
        self.duty.say("info", words if withholds else "", icon="eye-off")
        self.adjustSize()

    def choose(self) -> None:
        """Keep the choice."""
        self._desk.do(
            self,
            self._chosen,
            insurance.pay_alone,
            patient_id=self._patient_id,
            valid_until=self._desk.today if self.how_long.value() else None,
            withholds_from_payer=self.withholds.isChecked(),
            reason=self.reason.value(),
        )

    def _chosen(self, _: int) -> None:
        self.accept()
