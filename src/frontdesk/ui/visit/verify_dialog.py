"""What a payer says on the phone or on its website, written down whole."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import us_phone
from frontdesk.services.registration import verifications
from frontdesk.services.registration.verifications import (
    VerificationDraft,
    VerificationResult,
    VerificationWay,
)
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import column, scrolled
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import AmountEdit, DateEdit, NumberEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_RESULTS = (
    (VerificationResult.ACTIVE, "Active"),
    (VerificationResult.INACTIVE, "Not active"),
    (VerificationResult.NOT_FOUND, "Member not found"),
    (VerificationResult.NO_ANSWER, "Nobody answered"),
)
_WAYS = ((VerificationWay.PHONE, "By phone"), (VerificationWay.PORTAL, "On the payer's website"))
_NEEDS = ((None, "Not said"), (False, "No"), (True, "Yes"))
_SUMS = (
    ("deductible", "Deductible"),
    ("out_of_pocket", "Out-of-pocket limit"),
    ("family_deductible", "Family deductible"),
    ("family_out_of_pocket", "Family limit"),
    ("outside_deductible", "Deductible, out of network"),
    ("outside_out_of_pocket", "Limit, out of network"),
)


_AROUND = 150
"""Design pixels that the dialog takes beside its fields."""


class VerifyCoverage(Dialog):
    """One answer of a payer about one coverage."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        coverage_id: int,
        plan: str,
        service_on: date,
        *,
        payer_phone: str = "",
        result: VerificationResult = VerificationResult.ACTIVE,
        asks: Callable[[], object] | None = None,
    ) -> None:
        """`asks` writes the question into a file instead, where the one who opens it can do that."""
        consequence = tr(
            "Ask whether the coverage is active on the day of the visit, and what the patient owes."
        )
        if payer_phone:
            consequence = tr("Call {phone}.", phone=us_phone(payer_phone)) + " " + consequence
        super().__init__(
            parent,
            tr("What does {plan} say?", plan=plan),
            consequence,
            icon="shield-check",
            icon_color="accent",
            width=680,
        )
        self._desk, self._coverage_id, self._service_on = desk, coverage_id, service_on
        self.way: Combo[VerificationWay] = Combo(tuple((way, tr(words)) for way, words in _WAYS))
        self.answer: Combo[VerificationResult] = Combo(tuple((each, tr(words)) for each, words in _RESULTS))
        self.answer.set_value(result)
        self.reference, self.said_by, self.note = TextEdit(), TextEdit(), TextEdit()
        self.copay, self.percent = AmountEdit(), NumberEdit(most=100)
        self.outside_copay, self.outside_percent = AmountEdit(), NumberEdit(most=100)
        self.needs: Combo[bool | None] = Combo(tuple((each, tr(words)) for each, words in _NEEDS))
        self.plan = TextEdit()
        self.begins, self.ends = DateEdit(), DateEdit(century_ends=2099)
        self.sums = {name: (AmountEdit(), AmountEdit()) for name, _ in _SUMS}
        self.form, self.told = Form(), Form()
        self._fill()
        hint = Label(tr("Leave empty what was not said. Nothing is taken to be zero."), "secondary", "text-3")
        self._fields = QWidget()
        self._fields.setLayout(column(self.form, self.told, hint, gap=8))
        self._area = scrolled(self._fields)
        self.body.addWidget(self._area)
        self.answer.chosen.connect(self._show_told)
        self._show_told()
        self.add_verb(tr("Not now"), keys="Esc")
        if asks is not None:
            self.add_verb(tr("Ask in a file"), asks)
        self.add_verb(tr("Record answer"), self.record, kind="primary", closes=False)
        self.answer.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def deductible(self) -> AmountEdit:
        return self.sums["deductible"][0]

    @property
    def left(self) -> AmountEdit:
        return self.sums["deductible"][1]

    def record(self) -> None:
        """Write the answer down as it is said."""
        is_told = self.answer.value() is not VerificationResult.NO_ANSWER
        if not self.form.check() or (is_told and not self.told.check()):
            return
        self._desk.do(self, self._recorded, verifications.record, draft=self._draft(is_told=is_told))

    def _draft(self, *, is_told: bool) -> VerificationDraft:
        plain = VerificationDraft(
            coverage_id=self._coverage_id,
            way=self.way.value() or VerificationWay.PHONE,
            result=self.answer.value() or VerificationResult.ACTIVE,
            service_on=self._service_on,
            reference=self.reference.value(),
            said_by=self.said_by.value(),
            note=self.note.value(),
        )
        if not is_told:
            return plain
        sums: dict[str, Any] = {}  # any: only the names of amounts
        for name, (whole, left) in self.sums.items():
            sums |= {f"{name}_cents": whole.value(), f"{name}_left_cents": left.value()}
        return replace(
            plain,
            copay_cents=self.copay.value(),
            coinsurance_percent=self.percent.value(),
            outside_copay_cents=self.outside_copay.value(),
            outside_coinsurance_percent=self.outside_percent.value(),
            needs_authorization=self.needs.value(),
            plan_said=self.plan.value(),
            plan_begins_on=self.begins.value(),
            plan_ends_on=self.ends.value(),
            **sums,
        )

    def _fill(self) -> None:
        add = self.form.add
        add("way", tr("Asked"), self.way, span=4)
        add("result", tr("Answer"), self.answer, span=4)
        add("reference", tr("Reference number"), self.reference, span=4)
        add("said_by", tr("Who said so"), self.said_by, span=4)
        add("note", tr("Note"), self.note, span=8)
        add = self.told.add
        add("plan_said", tr("Plan, as the payer calls it"), self.plan, span=6)
        add("plan_begins_on", tr("Valid from"), self.begins, span=3)
        add("plan_ends_on", tr("Valid until"), self.ends, span=3)
        add("copay_cents", tr("Copay"), self.copay, span=2)
        add("coinsurance_percent", tr("Or percent"), self.percent, span=2)
        add("outside_copay_cents", tr("Out of network"), self.outside_copay, span=3)
        add("outside_coinsurance_percent", tr("Or percent"), self.outside_percent, span=2)
        add("needs_authorization", tr("Authorization"), self.needs, span=3)
        self.outside_percent.setAccessibleName(tr("Percent, out of network"))
        for name, words in _SUMS:
            whole, left = self.sums[name]
            add(f"{name}_cents", tr(words), whole, span=4)
            add(f"{name}_left_cents", tr("Left of it"), left, span=2)
            if name != "deductible":
                left.setAccessibleName(tr("{what}, left of it", what=tr(words)))

    def _show_told(self, _: object = None) -> None:
        set_shown(self.told, self.answer.value() is not VerificationResult.NO_ANSWER)
        self._fit()

    def _fit(self) -> None:
        """As high as its fields, as far as the window has room; the fields scroll at the largest sizes."""
        layout = self._fields.layout()
        assert layout is not None
        layout.activate()
        window = self.parentWidget()
        assert window is not None
        room = window.height() - theme().px(_AROUND)
        self._area.setFixedHeight(min(layout.sizeHint().height(), room))
        self.adjustSize()

    def refused(self, error: FrontdeskError) -> None:
        super().refused(error)
        self._fit()

    def _recorded(self, _: int) -> None:
        self.accept()
