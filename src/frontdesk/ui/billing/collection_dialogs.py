"""The acts on an old debt: the next stage, a call, a promise, hardship."""

from datetime import date

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import collection_calls, collection_steps, hardships, plans, statement_rules
from frontdesk.services.billing.collection_calls import CallOutcome
from frontdesk.services.billing.collection_list import CollectionRow
from frontdesk.services.billing.collection_steps import WORKED, Stage
from frontdesk.services.billing.hardship_scale import Proposal
from frontdesk.services.billing.hardships import Application, HardshipView
from frontdesk.services.billing.plans import PlanView
from frontdesk.services.billing.statement_rules import Proposals
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.billing.collection_look import OUTCOMES, STAGES
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import AmountEdit, DateEdit, NumberEdit, TextEdit
from frontdesk.ui.text import counted, tr

_ENTERED = (*WORKED, Stage.AGENCY_REVIEW, Stage.SETTLED)


class StepDialog(ActDialog):
    """Where the household stands now, and when it is looked at again."""

    def __init__(self, parent: QWidget, desk: Desk, row: CollectionRow) -> None:
        super().__init__(
            parent,
            desk,
            tr("What is the next step with {name}?", name=row.name),
            tr("Every step stays on record. What goes to the agency is approved by a second person."),
            verb=tr("Enter step"),
            icon="list-todo",
        )
        self._row = row
        self.stage: Combo[Stage] = Combo(tuple((each, tr(STAGES[each].words)) for each in _ENTERED))
        self.stage.set_value(_following(row.stage))
        self.next_on = DateEdit()
        self.words = TextEdit()
        self.form.add("stage", tr("Stage"), self.stage, span=7)
        self.form.add("next_on", tr("Look again on"), self.next_on, span=5)
        self.form.add("words", tr("Note"), self.words)
        self.stage.setFocus()
        desk.ask(self, self._propose, statement_rules.proposals)

    def _propose(self, days: Proposals) -> None:
        _offer(self.next_on, days.next_look_on)

    def act(self) -> None:
        self.desk.do(
            self,
            self._done,
            collection_steps.move,
            account_id=self._row.account_id,
            stage=self.stage.value() or Stage.OPEN,
            words=self.words.value(),
            next_on=self.next_on.value(),
            seen_id=self._row.step_id,
        )

    def _done(self, _: int) -> None:
        self.close_with(tr("Entered the next step with {name}", name=self._row.name))


class CallDialog(ActDialog):
    """What came of a call."""

    def __init__(self, parent: QWidget, desk: Desk, row: CollectionRow, phone: str, warning: str) -> None:
        number = phone or tr("no phone on record")
        super().__init__(
            parent,
            desk,
            tr("What came of the call to {name}?", name=row.name),
            f"{number}. {warning}".strip(),
            verb=tr("Log call"),
            icon="phone",
        )
        self._row = row
        self.outcome: Combo[CallOutcome] = Combo(tuple((each, tr(words)) for each, words in OUTCOMES.items()))
        self.next_on = DateEdit()
        self.words = TextEdit()
        self.form.add("outcome", tr("Outcome"), self.outcome, span=7)
        self.form.add("next_on", tr("Look again on"), self.next_on, span=5)
        self.form.add("words", tr("What was said"), self.words)
        self.outcome.setFocus()

    def act(self) -> None:
        self.desk.do(
            self,
            self._done,
            collection_calls.log_call,
            account_id=self._row.account_id,
            outcome=self.outcome.value() or CallOutcome.REACHED,
            words=self.words.value(),
            next_on=self.next_on.value(),
        )

    def _done(self, _: int) -> None:
        self.close_with(tr("Logged the call to {name}", name=self._row.name))


class PromiseDialog(ActDialog):
    """What somebody said they pay, and by when."""

    def __init__(self, parent: QWidget, desk: Desk, row: CollectionRow) -> None:
        super().__init__(
            parent,
            desk,
            tr("What does {name} promise?", name=row.name),
            tr(
                "{owed} is owed. Receipts by that day show whether it was kept.", owed=dollars(row.owed_cents)
            ),
            verb=tr("Note promise"),
            icon="handshake",
        )
        self._row = row
        self.amount, self.due_on = AmountEdit(), DateEdit()
        self.amount.set_value(max(row.owed_cents, 0))
        self.form.add("amount_cents", tr("Amount"), self.amount, span=6)
        self.form.add("due_on", tr("By"), self.due_on, span=6)
        self.amount.setFocus()
        desk.ask(self, self._propose, statement_rules.proposals)

    def _propose(self, days: Proposals) -> None:
        _offer(self.due_on, days.promise_on)

    def act(self) -> None:
        self.desk.do(
            self,
            self._done,
            collection_calls.promise,
            account_id=self._row.account_id,
            amount_cents=self.amount.value() or 0,
            due_on=self.due_on.value() or date.min,
        )

    def _done(self, _: int) -> None:
        self.close_with(tr("Noted the promise of {name}", name=self._row.name))


class PlanDialog(ActDialog):
    """What becomes of a payment plan that is not kept: it begins anew, or ends."""

    def __init__(self, parent: QWidget, desk: Desk, row: CollectionRow, plan: PlanView) -> None:
        missed = counted(plan.missed, "{count} installment is missed", "{count} installments are missed")
        super().__init__(
            parent,
            desk,
            tr("What becomes of plan {number} of {name}?", number=plan.number, name=row.name),
            tr(
                "{missed}, {left} is left. Anew: what is open, from another day on.",
                missed=missed,
                left=dollars(plan.left_cents),
            ),
            verb=tr("Save"),
            icon="calendar-sync",
        )
        self._row, self._plan = row, plan
        self.what: Segmented[bool] = Segmented(
            ((True, tr("Begins anew")), (False, tr("Ends"))), says=tr("The plan"), fills=True
        )
        self.first_on, self.words = DateEdit(), TextEdit()
        self.form.add("what", tr("The plan"), self.what, span=7)
        self.form.add("first_on", tr("First installment on"), self.first_on, span=5)
        self.form.add("reason", tr("Why"), self.words)
        self.words.setFocus()
        desk.ask(self, self._propose, statement_rules.proposals)

    def _propose(self, days: Proposals) -> None:
        _offer(self.first_on, days.promise_on)

    def act(self) -> None:
        if self.what.value():
            self.desk.do(
                self,
                self._anew,
                plans.restart,
                plan_id=self._plan.id,
                first_on=self.first_on.value() or date.min,
                reason=self.words.value(),
            )
        else:
            self.desk.do(self, self._ended, plans.end, plan_id=self._plan.id, reason=self.words.value())

    def _anew(self, _: int) -> None:
        self.close_with(tr("The plan of {name} begins anew", name=self._row.name))

    def _ended(self, _: None) -> None:
        self.close_with(tr("Ended the plan of {name}", name=self._row.name))


class ApplicationDialog(ActDialog):
    """What the household's hardship form says."""

    def __init__(self, parent: QWidget, desk: Desk, row: CollectionRow) -> None:
        super().__init__(
            parent,
            desk,
            tr("Does {name} apply for hardship?", name=row.name),
            tr("A second person decides by how much what they owe is lowered, and until when."),
            verb=tr("Enter application"),
            icon="hand-heart",
        )
        self._row = row
        self.people, self.income, self.proof = NumberEdit(least=1, most=30), AmountEdit(), TextEdit()
        self.form.add("people", tr("People on this income"), self.people, span=6)
        self.form.add("income_cents", tr("Income of a year"), self.income, span=6)
        self.form.add("proof", tr("What was shown"), self.proof)
        self.people.setFocus()

    def act(self) -> None:
        income = self.income.value()
        application = Application(
            self._row.account_id,
            self.people.value() or 0,
            -1 if income is None else income,
            self.proof.value(),
        )
        self.desk.do(self, self._done, hardships.apply, application=application)

    def _done(self, _: int) -> None:
        self.close_with(tr("Entered the application of {name}", name=self._row.name))


class DecisionDialog(ActDialog):
    """The second person grants by a share until a day; without a share it is refused."""

    def __init__(self, parent: QWidget, desk: Desk, row: CollectionRow, asked: HardshipView) -> None:
        super().__init__(
            parent,
            desk,
            tr("Is hardship granted to {name}?", name=row.name),
            tr(
                "{people} people on {income} a year; shown: {proof}. Without a share it is refused.",
                people=asked.people,
                income=dollars(asked.income_cents),
                proof=asked.proof,
            ),
            verb=tr("Decide"),
            icon="scale",
        )
        self._row, self._asked = row, asked
        if asked.proposal is not None:
            self.banner.say("info", _said_proposal(asked.proposal, asked.people))
        self.percent, self.expires_on, self.because = NumberEdit(least=1, most=100), DateEdit(), TextEdit()
        self.form.add("percent", tr("Lower by, in %"), self.percent, span=6)
        self.form.add("expires_on", tr("Until"), self.expires_on, span=6)
        self.form.add("because", tr("Why"), self.because)
        if asked.proposal is not None and asked.proposal.lower_percent:
            self.percent.set_value(asked.proposal.lower_percent)
        self.percent.setFocus()
        desk.ask(self, self._propose, statement_rules.proposals)

    def _propose(self, days: Proposals) -> None:
        _offer(self.expires_on, days.hardship_until_on)

    def act(self) -> None:
        percent, until = self.percent.value(), self.expires_on.value()
        if percent is None:
            self.desk.do(
                self,
                self._refused,
                hardships.refuse,
                hardship_id=self._asked.id,
                because=self.because.value(),
                version=self._asked.version,
            )
        else:
            self.desk.do(
                self,
                self._granted,
                hardships.grant,
                hardship_id=self._asked.id,
                percent=percent,
                expires_on=until or date.min,
                because=self.because.value(),
                version=self._asked.version,
            )

    def _refused(self, _: None) -> None:
        self.close_with(tr("Refused hardship to {name}", name=self._row.name))

    def _granted(self, cents: int) -> None:
        self.close_with(tr("Lowered {name}'s debt by {cents}", name=self._row.name, cents=dollars(cents)))


class InForceDialog(ActDialog):
    """What becomes of a hardship that is in force: it lowers what was billed since, or ends."""

    def __init__(self, parent: QWidget, desk: Desk, row: CollectionRow, granted: HardshipView) -> None:
        super().__init__(
            parent,
            desk,
            tr("What becomes of the hardship of {name}?", name=row.name),
            tr(
                "{percent}% until {day}. Lower the bills since as those before, or end it for what comes.",
                percent=granted.percent,
                day=us_date(granted.expires_on) if granted.expires_on else "",
            ),
            verb=tr("Save"),
            icon="hand-heart",
        )
        self._row, self._granted = row, granted
        self.what: Segmented[bool] = Segmented(
            ((True, tr("Bills since")), (False, tr("Ends"))), says=tr("The hardship"), fills=True
        )
        self.because = TextEdit(hint=tr("Only where it ends"))
        self.form.add("what", tr("The hardship"), self.what)
        self.form.add("because", tr("Why"), self.because)
        self.what.setFocus()

    def act(self) -> None:
        if self.what.value():
            self.desk.do(self, self._lowered, hardships.lower_new, hardship_id=self._granted.id)
        else:
            self.desk.do(
                self,
                self._ended,
                hardships.end,
                hardship_id=self._granted.id,
                because=self.because.value(),
                version=self._granted.version,
            )

    def _lowered(self, cents: int) -> None:
        self.close_with(tr("Lowered {name}'s debt by {cents}", name=self._row.name, cents=dollars(cents)))

    def _ended(self, _: None) -> None:
        self.close_with(tr("Ended the hardship of {name}", name=self._row.name))


def _said_proposal(proposal: Proposal, people: int) -> str:
    """What the office's scale says of the household."""
    said = tr(
        "{share}% of the guideline for {people}, {income}.",
        share=proposal.income_percent,
        people=counted(people, "{count} person", "{count} people"),
        income=dollars(proposal.guideline_cents),
    )
    if not proposal.lower_percent:
        return f"{said} {tr('That is above your scale.')}"
    day = us_date(proposal.set_on) if proposal.set_on else ""
    lowers = tr("Your scale of {day} lowers by {percent}%.", day=day, percent=proposal.lower_percent)
    return f"{said} {lowers}"


def _following(stage: Stage | None) -> Stage:
    """What usually comes next."""
    if stage in (Stage.FINAL_NOTICE, Stage.RECALLED):
        return Stage.AGENCY_REVIEW
    if stage is None or stage not in WORKED:
        return Stage.FIRST_NOTICE if stage is None else Stage.SETTLED
    return WORKED[WORKED.index(stage) + 1]


def _offer(field: DateEdit, day: date) -> None:
    """The office's day, unless somebody was faster."""
    if not field.text():
        field.set_value(day)
