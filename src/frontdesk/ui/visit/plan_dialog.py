"""A payment plan is agreed on: how many instalments, how often, from when; each day and amount is shown."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import papers, plans
from frontdesk.services.billing.asked import AskItem
from frontdesk.services.billing.instalments import due_on
from frontdesk.services.billing.plans import PlanDraft, Rhythm
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, NumberEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.text import tr

RHYTHMS = ((Rhythm.MONTH, "Every month"), (Rhythm.TWO_WEEKS, "Every two weeks"))
_SHOWN = 6
"""Instalments that are named; of more, the last is."""


class PlanDialog(Dialog):
    """For the ticked balances; what is not yet charged cannot be paid in instalments."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        patient_id: int,
        items: tuple[AskItem, ...],
        then: Callable[[int], object],
    ) -> None:
        self._parts = plans.parts_of(items)
        super().__init__(
            parent,
            tr("Pay {amount} in installments?", amount=dollars(plans.total(self._parts))),
            tr("Each installment is asked for at the desk when it is due. A missed one is said."),
            icon="calendar-range",
            icon_color="accent",
            width=480,
        )
        self._desk, self._patient_id, self._then = desk, patient_id, then
        self.count = NumberEdit(least=2, most=60)
        self.count.set_value(4)
        self.rhythm: Combo[Rhythm] = Combo(tuple((rhythm, tr(words)) for rhythm, words in RHYTHMS))
        self.first_on = DateEdit()
        self.first_on.set_value(due_on(desk.today, Rhythm.MONTH, 1))
        self.form = Form()
        self.form.add("count", tr("Installments"), self.count, span=3)
        self.form.add("rhythm", tr("How often"), self.rhythm, span=5)
        self.form.add("first_on", tr("First due"), self.first_on, span=4)
        self.body.addWidget(self.form)
        self.preview = Label("", "body", "text-2", wrap=True)
        self.body.addWidget(self.preview)
        for edit in (self.count, self.first_on):
            edit.textChanged.connect(self._show)
        self.rhythm.chosen.connect(self._show)
        self.add_verb(tr("Not now"), keys="Esc")
        self.verb = self.add_verb(
            tr("Agree on plan"), self._agree, kind="primary", keys="Enter", closes=False
        )
        self.count.setFocus()
        self.count.selectAll()
        self._show()

    def _draft(self) -> PlanDraft | None:
        """What is typed so far, once all of it can be read."""
        count, rhythm, first = self.count.value(), self.rhythm.value(), self.first_on.value()
        if count is None or rhythm is None or first is None:
            return None
        return PlanDraft(self._patient_id, self._parts, count, rhythm, first)

    def _show(self, _: object = None) -> None:
        draft = self._draft()
        made = draft.preview() if draft is not None else ()
        named = made if len(made) <= _SHOWN else made[: _SHOWN - 1]
        said = [f"{us_date(each.due_on)} {dollars(each.amount_cents)}" for each in named]
        if len(named) < len(made):
            last = made[-1]
            said.append(
                tr("… to {day} {amount}", day=us_date(last.due_on), amount=dollars(last.amount_cents))
            )
        self.preview.setText(", ".join(said))

    def _agree(self) -> None:
        self.banner.say("block", "")
        draft = self._draft()
        if self.form.check() and draft is not None:
            self._desk.do(self, self._agreed, plans.agree, draft=draft)
        elif draft is None:
            self.banner.say("block", tr("Say how many installments, how often, and from when."))

    def _agreed(self, plan_id: int) -> None:
        self.accept()
        self._then(plan_id)


def open_agreement(parent: QWidget, desk: Desk, plan_id: int) -> None:
    """The agreement as a paper, to be signed and handed out."""
    paper = PaperDialog(parent, desk, tr("Payment plan"), "payment-plan.pdf")
    desk.ask(paper, paper.show_pdf, papers.plan_pdf, plan_id=plan_id)
    paper.open()
