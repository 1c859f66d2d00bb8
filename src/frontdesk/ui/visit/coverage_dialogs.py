"""What the payer said on the phone, written down; and paying without insurance."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.services.registration import self_pay, verifications
from frontdesk.services.registration.verifications import (
    VerificationDraft,
    VerificationResult,
    VerificationWay,
)
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import AmountEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr

_RESULTS = (
    (VerificationResult.ACTIVE, "Active"),
    (VerificationResult.INACTIVE, "Not active"),
    (VerificationResult.NOT_FOUND, "Member not found"),
    (VerificationResult.NO_ANSWER, "Nobody answered"),
)
_WAYS = ((VerificationWay.PHONE, "By phone"), (VerificationWay.PORTAL, "On the payer’s website"))


class VerifyCoverage(Dialog):
    """One answer of a payer about one coverage."""

    def __init__(self, parent: QWidget, desk: Desk, coverage_id: int, plan: str, service_on: date) -> None:
        super().__init__(
            parent,
            tr("What does {plan} say?", plan=plan),
            tr("Ask whether the coverage is active on the day of the visit, and what the patient owes."),
            icon="shield-check",
            icon_color="accent",
            width=520,
        )
        self._desk, self._coverage_id, self._service_on = desk, coverage_id, service_on
        self.way: Combo[VerificationWay] = Combo(tuple((way, tr(words)) for way, words in _WAYS))
        self.answer: Combo[VerificationResult] = Combo(tuple((each, tr(words)) for each, words in _RESULTS))
        self.reference, self.said_by = TextEdit(), TextEdit()
        self.copay, self.deductible, self.left = AmountEdit(), AmountEdit(), AmountEdit()
        self.form = Form()
        self.form.add("way", tr("Asked"), self.way, span=6)
        self.form.add("result", tr("Answer"), self.answer, span=6)
        self.form.add("reference", tr("Reference number"), self.reference, span=6)
        self.form.add("said_by", tr("Who said so"), self.said_by, span=6)
        self.form.add("copay_cents", tr("Copay"), self.copay, span=4)
        self.form.add("deductible_cents", tr("Deductible"), self.deductible, span=4)
        self.form.add("deductible_left_cents", tr("Left of it"), self.left, span=4)
        self.body.addWidget(self.form)
        self.add_verb(tr("Not now"), keys="Esc")
        self.add_verb(tr("Record answer"), self.record, kind="primary", closes=False)
        self.answer.setFocus(Qt.FocusReason.OtherFocusReason)

    def record(self) -> None:
        """Write the answer down as it is said."""
        if not self.form.check():
            return
        self._desk.do(
            self,
            self._recorded,
            verifications.record,
            draft=VerificationDraft(
                coverage_id=self._coverage_id,
                way=self.way.value() or VerificationWay.PHONE,
                result=self.answer.value() or VerificationResult.ACTIVE,
                service_on=self._service_on,
                copay_cents=self.copay.value(),
                deductible_cents=self.deductible.value(),
                deductible_left_cents=self.left.value(),
                reference=self.reference.value(),
                said_by=self.said_by.value(),
            ),
        )

    def _recorded(self, _: int) -> None:
        self.accept()


class PayWithoutInsurance(Dialog):
    """The patient has no insurance, or chooses not to use it."""

    def __init__(self, parent: QWidget, desk: Desk, patient_id: int) -> None:
        super().__init__(
            parent,
            tr("Does the patient pay without insurance?"),
            tr("Nothing is billed to a payer while this holds. The patient gets the office’s own prices."),
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
        form = Form()
        form.add("valid_until", tr("How long"), self.how_long, span=6)
        form.add("reason", tr("Why"), self.reason, span=6)
        self.body.addWidget(form)
        self.body.addWidget(self.withholds)
        self.add_verb(tr("Use insurance"), keys="Esc")
        self.add_verb(tr("Pay without insurance"), self.choose, kind="primary", closes=False)
        self.how_long.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self) -> None:
        """Keep the choice."""
        self._desk.do(
            self,
            self._chosen,
            self_pay.choose,
            patient_id=self._patient_id,
            valid_from=self._desk.today,
            valid_until=self._desk.today if self.how_long.value() else None,
            withholds_from_payer=self.withholds.isChecked(),
            reason=self.reason.value(),
        )

    def _chosen(self, _: int) -> None:
        self.accept()
