"""One household with an old debt: who, what is agreed, and every step and call."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import collection_list
from frontdesk.services.billing.collection_calls import CallView
from frontdesk.services.billing.collection_list import CollectionDetail, CollectionRow
from frontdesk.services.billing.collection_steps import Stage
from frontdesk.services.billing.hardships import HardshipState, HardshipView
from frontdesk.ui.billing import amounts, collection_look
from frontdesk.ui.billing.collection_look import OUTCOMES, STAGES
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.explained import Offer
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.side_panel import Facts, Section, SidePanel
from frontdesk.ui.kit.wrapping import wrapped
from frontdesk.ui.text import counted, tr


class CollectionPanel(Panel):
    """Asks for the household that it is told to show; its verbs are the page's."""

    topics = frozenset({"collection_step", "collection_call", "hardship", "payment_plan"})
    step_wanted = Signal()
    call_wanted = Signal()
    promise_wanted = Signal()
    plan_wanted = Signal()
    hardship_wanted = Signal()
    place_wanted = Signal()
    recall_wanted = Signal()
    agency_paid_wanted = Signal()
    detailed = Signal(object)
    """The CollectionDetail, once it is there."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._row: CollectionRow | None = None
        self.shown: CollectionDetail | None = None
        self._name = EndingLabel("", "section")
        self._due = Label("", "figure")
        Offer(self._due, lambda: amounts.of_debt(self._row, desk.today)[:1])
        self._stage = Chip()
        self._address = EndingLabel("", "secondary", "text-2")
        self.warning = Banner("warn")
        self._facts = Facts()
        Offer(self._facts, lambda: amounts.of_debt(self._row, desk.today)[1:])
        self._hardship = Section(tr("Hardship"))
        self._history = Section(tr("Steps and calls"))
        self._build()

    def show_row(self, row: CollectionRow) -> None:
        """Another household, or the same one again."""
        if self._row is None or row.account_id != self._row.account_id:
            self.shown = None
        self._row = row
        self._name.setText(row.name)
        self._due.setText(dollars(row.owed_cents))
        look = STAGES[row.stage] if row.stage else None
        self._stage.show_state(
            tr(look.words) if look else tr("Not begun"),
            look.tone if look else "neutral",
            look.icon if look else "",
        )
        self._facts.show_facts(_facts(row))
        set_shown(self.place_button, False)
        set_shown(self.plan_button, bool(row.missed_instalments))
        is_placed = row.stage is Stage.PLACED
        set_shown(self.recall_button, is_placed)
        set_shown(self.step_button, not is_placed)
        set_shown(self.promise_button, not is_placed)
        set_shown(self.agency_paid_button, is_placed)
        self.reload()

    def reload(self) -> None:
        if self._row is not None:
            self.desk.ask(self, self._show, collection_list.detail, account_id=self._row.account_id)

    def _show(self, found: CollectionDetail) -> None:
        if self._row is None or found.account_id != self._row.account_id:
            return
        self.shown = found
        where = tr("Account {number}", number=self._row.account_number)
        parts = (where, found.phone or tr("no phone"), found.address or tr("no address"))
        self._address.setText("  ·  ".join(parts))
        self.warning.say("warn", found.call_warning, icon="phone")
        set_shown(self.place_button, self._row.stage is Stage.AGENCY_REVIEW and found.may_place)
        self.place_button.setText(tr("Place with {agency}", agency=found.agency or tr("the agency")))
        self._hardship.clear()
        for each in found.hardships:
            self._hardship.add(Label(_said_hardship(each), "secondary", "text", wrap=True))
        set_shown(self._hardship, bool(found.hardships))
        self._history.clear()
        for at, words, by in _history(found):
            line = Facts(((f"{at:%m/%d/%y}", f"{words}  ·  {by}"),))
            self._history.add(line)
        if not found.steps and not found.calls:
            self._history.add(Label(tr("Nothing was done yet."), "secondary", "text-2"))
        self.detailed.emit(found)

    def _build(self) -> None:
        side = SidePanel()
        name = row(self._name)
        name.addWidget(self._due, 0, Qt.AlignmentFlag.AlignRight)
        head = QWidget()
        head.setLayout(
            column(name, row(self._stage, None), self._address, self.warning, gap=4, margins=(14, 11, 14, 10))
        )
        side.set_head(head)
        facts = Section()
        facts.add(self._facts)
        for section in (facts, self._hardship, self._history):
            side.add(section)
        self.hardship_button = Button(tr("Hardship"), icon="hand-heart", keys="A")
        self.call_button = Button(tr("Call"), icon="phone", keys="C")
        self.promise_button = Button(tr("Promise"), icon="handshake", keys="P")
        self.plan_button = Button(tr("Missed plan"), icon="calendar-sync", keys="D")
        self.agency_paid_button = Button(tr("Agency paid"), icon="hand-coins", keys="M")
        self.place_button = Button("", "primary", icon="building-2", keys="B")
        self.recall_button = Button(tr("Recall"), "primary", icon="undo-2", keys="R")
        self.step_button = Button(tr("Next step"), "primary", icon="arrow-right", keys="Ctrl+Enter")
        self.hardship_button.clicked.connect(self.hardship_wanted)
        self.call_button.clicked.connect(self.call_wanted)
        self.promise_button.clicked.connect(self.promise_wanted)
        self.plan_button.clicked.connect(self.plan_wanted)
        self.place_button.clicked.connect(self.place_wanted)
        self.recall_button.clicked.connect(self.recall_wanted)
        self.agency_paid_button.clicked.connect(self.agency_paid_wanted)
        self.step_button.clicked.connect(self.step_wanted)
        desk_verbs = (
            self.call_button,
            self.promise_button,
            self.plan_button,
            self.agency_paid_button,
            self.hardship_button,
        )
        last_verbs = (self.place_button, self.recall_button, self.step_button)
        side.set_foot(Frame("foot", wrapped(*desk_verbs, None, *last_verbs, margins=(14, 10, 14, 10))))
        self.setLayout(column(side, gap=0))


def _facts(shown: CollectionRow) -> tuple[tuple[str, str], ...]:
    facts = [
        (tr("Oldest debt"), us_date(shown.oldest_on)),
        (tr("Over 90 days"), dollars(shown.over_90_cents)),
    ]
    if shown.next_on:
        facts.append((tr("Next look"), us_date(shown.next_on)))
    if shown.last_call_on:
        facts.append((tr("Last call"), us_date(shown.last_call_on)))
    if shown.promise is not None:
        promise = shown.promise
        words = tr(
            "{amount} by {day}, {paid} came in. {state}.",
            amount=dollars(promise.amount_cents),
            day=us_date(promise.due_on),
            paid=dollars(promise.paid_cents),
            state=collection_look.promised(promise).text,
        )
        facts.append((tr("Promise"), words))
    if shown.missed_instalments:
        many = counted(shown.missed_instalments, "{count} installment", "{count} installments")
        facts.append((tr("Plan"), tr("{many} missed, {cents}", many=many, cents=dollars(shown.missed_cents))))
    return tuple(facts)


def _said_hardship(each: HardshipView) -> str:
    if each.state is HardshipState.ASKED:
        return tr(
            "Asked on {day} by {name}; waits for a second person. Shown: {proof}",
            day=us_date(each.asked_on),
            name=each.asked_by,
            proof=each.proof,
        )
    if each.expires_on is None:
        return tr("Refused by {name}: {why}", name=each.decided_by, why=each.because)
    said = tr(
        "{percent}% until {day}, granted by {name}: {why}",
        percent=each.percent,
        day=us_date(each.expires_on),
        name=each.decided_by,
        why=each.because,
    )
    return said if each.is_in_force else tr("Over: {said}", said=said)


def _history(found: CollectionDetail) -> list[tuple[datetime, str, str]]:
    """Steps and calls together, the newest first."""
    steps = [
        (step.at, ": ".join(part for part in (tr(STAGES[step.stage].words), step.words) if part), step.by)
        for step in found.steps
    ]
    calls = [(call.at, f"{_said_call(call)}: {call.words}", call.by) for call in found.calls]
    return sorted((*steps, *calls), key=lambda each: each[0], reverse=True)


def _said_call(call: CallView) -> str:
    return tr("Call, {outcome}", outcome=tr(OUTCOMES[call.outcome]).lower())
