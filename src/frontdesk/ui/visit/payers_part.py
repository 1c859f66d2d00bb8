"""The payers that the office bills and their plans, as a part of the check-in set-up."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_phone
from frontdesk.services.registration import payers
from frontdesk.services.registration.payers import PayerDraft, PayerKind, PayerView, PlanView
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Toolbar, column
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import AmountEdit, NumberEdit, PhoneEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr
from frontdesk.ui.visit.card_dialogs import KINDS, AddPlanDialog

Told = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class _Line:
    """A plan with its payer; a payer without a plan stands alone."""

    payer: PayerView
    plan: PlanView | None

    @property
    def key(self) -> tuple[int, int]:
        return (self.payer.id, self.plan.id if self.plan else 0)

    @property
    def is_active(self) -> bool:
        return self.payer.is_active and (self.plan is None or self.plan.is_active)


class PayersPart(SetupPart):
    """A line per plan; Enter changes the plan, P its payer, Delete switches the plan off or on again."""

    new_words = "Add plan"
    topics = frozenset({"payer", "plan"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._payers: tuple[PayerView, ...] = ()
        kinds = dict(KINDS)
        self.model = TableModel[_Line](
            [
                Column(tr("Payer"), lambda each: Cell(each.payer.draft.name, "strong")),
                Column(tr("Plan"), lambda each: each.plan.name if each.plan else tr("no plan"), width=190),
                Column(tr("Kind"), lambda each: tr(kinds[each.payer.draft.kind]), width=170),
                Column(tr("Payer ID"), lambda each: each.payer.draft.payer_id, width=90),
                Column(tr("Call"), lambda each: us_phone(each.payer.draft.phone), width=130),
                Column(tr("Copay"), _copay, width=80, align="right"),
                Column(tr("State"), _state, width=120),
            ],
            key=lambda each: each.key,
        )
        self.table = Table(self.model, says=tr("Payers and plans"))
        ColumnFit(
            self.table, self.model.columns, least=150, first_to_go=(tr("Kind"), tr("Payer ID"), tr("Call"))
        )
        self.table.opened.connect(lambda _: self.change_plan())
        new = Button(tr("Add plan"), "primary", icon="plus", keys="Ctrl+N")
        new.clicked.connect(self.new)
        change = Button(tr("Change plan"), icon="pencil", keys="Enter")
        change.clicked.connect(self.change_plan)
        payer = Button(tr("Change payer"), icon="building-2", keys="P")
        payer.clicked.connect(self.change_payer)
        switch = Button(tr("Switch off or on"), icon="power", keys="Delete")
        switch.clicked.connect(self.switch)
        bar = Toolbar()
        bar.add(switch, payer, change, new)
        self.setLayout(column(bar, self.banner, self.table, gap=0))

    def home(self) -> QWidget:
        return self.table

    def part_keys(self) -> tuple[Key, ...]:
        return (
            Key("Return", tr("Change plan")),
            Key("P", tr("Change payer"), self.on_list(self.change_payer)),
            Key("Delete", tr("Switch off or on"), self.on_list(self.switch)),
        )

    def reload(self) -> None:
        self.desk.ask(self, self._show_payers, payers.payer_list)

    def new(self) -> None:
        AddPlanDialog(self, self.desk, lambda _: self.told.emit(tr("Added a plan"))).open()

    def change_plan(self) -> None:
        line = self.table.current()
        if line is not None and line.plan is not None:
            PlanDialog(self, self.desk, line.payer.draft.name, line.plan, self.told.emit).open()
        elif line is not None:
            self.new()

    def change_payer(self) -> None:
        if (line := self.table.current()) is not None:
            PayerDialog(self, self.desk, line.payer, self.told.emit).open()

    def switch(self) -> None:
        """A plan that is off cannot be chosen for a new card; cards on file keep it."""
        line = self.table.current()
        if line is None or line.plan is None:
            return
        active = not line.plan.is_active
        words = tr("{plan} can be chosen again") if active else tr("{plan} is no longer offered")
        self.desk.do(
            self,
            lambda _: self.told.emit(words.format(plan=line.plan.name if line.plan else "")),
            payers.switch_plan,
            plan_id=line.plan.id,
            active=active,
        )

    def _show_payers(self, found: tuple[PayerView, ...]) -> None:
        self._payers = found
        self.desk.ask(self, self._show_plans, payers.plan_list)

    def _show_plans(self, plans: tuple[PlanView, ...]) -> None:
        lines: list[_Line] = []
        for payer in self._payers:
            own = [plan for plan in plans if plan.payer_id == payer.id]
            lines += [_Line(payer, plan) for plan in own] or [_Line(payer, None)]
        self.model.show(lines)
        if lines and self.table.current() is None:
            self.table.choose_first()


class PlanDialog(Dialog):
    """Another name, copay or referral rule of the same plan."""

    def __init__(self, parent: QWidget, desk: Desk, payer: str, plan: PlanView, told: Told) -> None:
        super().__init__(parent, tr("What is {payer} {plan} now?", payer=payer, plan=plan.name), width=480)
        self._desk, self._plan, self._told = desk, plan, told
        self.name, self.copay = TextEdit(plan.name), AmountEdit()
        self.copay.set_value(plan.copay_cents)
        self.referral = CheckBox(tr("A referral is needed"), checked=plan.needs_referral)
        self.form = Form()
        self.form.add("name", tr("Plan"), self.name, span=8)
        self.form.add("copay_cents", tr("Usual copay"), self.copay, span=4)
        self.body.addWidget(self.form)
        self.body.addWidget(self.referral)
        self.add_verb(tr("Keep as it is"), keys="Esc")
        self.add_verb(tr("Change plan"), self.save, kind="primary", keys="Enter", closes=False)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        if self.form.check():
            self._desk.do(
                self,
                self._saved,
                payers.change_plan,
                plan_id=self._plan.id,
                name=self.name.value(),
                copay_cents=self.copay.value(),
                needs_referral=self.referral.isChecked(),
            )

    def _saved(self, _: object) -> None:
        self.accept()
        self._told(tr("Changed plan {plan}", plan=self.name.value()))


class PayerDialog(Dialog):
    """How a payer is called, addressed and written to."""

    def __init__(self, parent: QWidget, desk: Desk, payer: PayerView, told: Told) -> None:
        super().__init__(parent, tr("What is {payer} now?", payer=payer.draft.name), width=560)
        self._desk, self._payer, self._told = desk, payer, told
        draft = payer.draft
        self.name, self.number, self.phone = TextEdit(draft.name), TextEdit(draft.payer_id), PhoneEdit()
        self.phone.set_value(draft.phone or None)
        self.kind: Combo[PayerKind] = Combo(tuple((kind, tr(words)) for kind, words in KINDS))
        self.kind.set_value(draft.kind)
        self.street, self.city = TextEdit(draft.street), TextEdit(draft.city)
        self.state, self.zip = TextEdit(draft.state), TextEdit(draft.postal_code)
        self.days, self.appeal_days = NumberEdit(), NumberEdit()
        self.days.set_value(draft.timely_filing_days)
        self.appeal_days.set_value(draft.appeal_days)
        form = self.form = Form()
        form.add("name", tr("Name"), self.name, span=7)
        form.add("kind", tr("Kind"), self.kind, span=5)
        form.add("payer_id", tr("Payer ID"), self.number, span=3)
        form.add("phone", tr("Provider line"), self.phone, span=4)
        form.add("timely_filing_days", tr("Days to file"), self.days, span=2)
        form.add("appeal_days", tr("Days to appeal"), self.appeal_days, span=3)
        form.add("street", tr("Street"), self.street, span=12)
        form.add("city", tr("City"), self.city, span=6)
        form.add("state", tr("State"), self.state, span=2)
        form.add("postal_code", tr("ZIP"), self.zip, span=4)
        self.body.addWidget(form)
        self.add_verb(tr("Keep as it is"), keys="Esc")
        self.add_verb(tr("Change payer"), self.save, kind="primary", keys="Enter", closes=False)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        if not self.form.check():
            return
        draft = PayerDraft(
            self.name.value(),
            self.kind.value() or PayerKind.OTHER,
            self.number.value(),
            self.phone.value() or "",
            self.street.value(),
            self.city.value(),
            self.state.value(),
            self.zip.value(),
            self.days.value() or 0,
            self.appeal_days.value() or 0,
        )
        self._desk.do(
            self,
            self._saved,
            payers.change_payer,
            payer_id=self._payer.id,
            draft=draft,
            version=self._payer.version,
        )

    def _saved(self, _: object) -> None:
        self.accept()
        self._told(tr("Changed payer {payer}", payer=self.name.value()))


def _copay(line: _Line) -> str:
    if line.plan is None or line.plan.copay_cents is None:
        return ""
    return dollars(line.plan.copay_cents)


def _state(line: _Line) -> Cell:
    if not line.is_active:
        return Cell(tr("Off"), tone="neutral")
    detail = tr("referral") if line.plan and line.plan.needs_referral else ""
    return Cell(tr("In use"), color="text-2", detail=detail)
