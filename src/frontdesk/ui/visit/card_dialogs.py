"""Another card from a day on, a further coverage, an injury's case, a plan that is not listed yet."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.services.registration import coverage_order, coverages, payers
from frontdesk.services.registration.coverage_order import FamilyPolicy
from frontdesk.services.registration.drafts import (
    CoverageDraft,
    MedicareSecondary,
    PolicyDraft,
    Relationship,
)
from frontdesk.services.registration.payers import PayerDraft, PayerKind, PayerView, PlanChoice
from frontdesk.services.visit import covering
from frontdesk.services.visit.covering import Consequences
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import AmountEdit, DateEdit, PhoneEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr

RELATIONS = (
    (Relationship.SELF, "Self"),
    (Relationship.SPOUSE, "Spouse"),
    (Relationship.CHILD, "Parent"),
    (Relationship.OTHER, "Somebody else"),
)
"""Who holds the policy, seen from the patient."""
KINDS = (
    (PayerKind.COMMERCIAL, "Commercial"),
    (PayerKind.BLUE, "Blue Cross, Blue Shield"),
    (PayerKind.HMO, "HMO"),
    (PayerKind.MEDICARE, "Medicare"),
    (PayerKind.MEDICAID, "Medicaid"),
    (PayerKind.TRICARE, "TRICARE"),
    (PayerKind.WORKERS_COMP, "Workers' compensation"),
    (PayerKind.AUTO, "Auto"),
    (PayerKind.OTHER, "Other"),
)
REASONS = (
    (None, "Not Medicare, or none"),
    (MedicareSecondary.WORKING_AGED, "Works, or the spouse does (65 or older)"),
    (MedicareSecondary.DISABLED, "Disabled, under 65, large group plan"),
    (MedicareSecondary.END_STAGE_RENAL, "Kidney failure, coordination period"),
    (MedicareSecondary.NO_FAULT, "No-fault or auto"),
    (MedicareSecondary.WORKERS_COMP, "Workers' compensation"),
    (MedicareSecondary.LIABILITY, "Liability of another"),
    (MedicareSecondary.VETERANS, "Veterans Affairs"),
    (MedicareSecondary.BLACK_LUNG, "Black lung"),
    (MedicareSecondary.PUBLIC_HEALTH, "Public health service"),
)
Then = Callable[[], object]


class NewCardDialog(Dialog):
    """From which day another card holds, and what that means for claims."""

    def __init__(
        self, parent: QWidget, desk: Desk, policy_id: int, card: PolicyDraft, then: Then, *, is_in_use: bool
    ) -> None:
        super().__init__(
            parent,
            tr("From which day does the new card hold?"),
            tr("A claim went out on the card on file, so it is kept as it was. The new one follows it.")
            if is_in_use
            else tr("The card on file ends on the day before, and stays in the history."),
            icon="id-card",
            icon_color="accent",
            width=500,
        )
        self._desk, self._policy_id, self._card, self._then = desk, policy_id, card, then
        self.starts = DateEdit()
        self.starts.set_value(desk.today)
        self.form = Form()
        self.form.add("effective_from", tr("Holds from"), self.starts, span=6)
        self.facts = Banner("info", icon="receipt")
        self.body.addWidget(self.form)
        self.body.addWidget(self.facts)
        self.add_verb(tr("Keep typing"), keys="Esc")
        self.add_verb(tr("Enter new card"), self.save, kind="primary", closes=False)
        self.starts.textChanged.connect(lambda _: self._ask())
        self.starts.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask()

    def save(self) -> None:
        """The new edition from that day on."""
        if self.form.check():
            card = replace(
                self._card, effective_from=self.starts.value() or self._desk.today, effective_until=None
            )
            self._desk.do(self, self._saved, covering.new_card, policy_id=self._policy_id, card=card)

    def _ask(self) -> None:
        if self.starts.problem() == "" and (day := self.starts.value()) is not None:
            self._desk.ask(self, self._show, covering.consequences, policy_id=self._policy_id, from_day=day)

    def _show(self, found: Consequences) -> None:
        self.facts.say("info", " ".join(found.sentences), icon="receipt")
        self.adjustSize()

    def _saved(self, _: int) -> None:
        self.accept()
        self._then()


@dataclass(frozen=True, slots=True)
class Further:
    """What a further coverage stands beside."""

    patient_id: int
    patient: str
    rank: int
    is_case: bool = False


class AddCoverageDialog(Dialog):
    """The second card, or the policy of an injury; a family's policy is found by its member id."""

    def __init__(self, parent: QWidget, desk: Desk, beside: Further, then: Callable[[int], object]) -> None:
        place = coverages.PLACES[beside.rank - 1]
        question = (
            tr("Which policy pays for the injury of {name}?", name=beside.patient)
            if beside.is_case
            else tr("What does the {place} card of {name} say?", place=place, name=beside.patient)
        )
        super().__init__(parent, question, icon="shield-check", icon_color="accent", width=600)
        self._desk, self._beside, self._then = desk, beside, then
        self._plans: dict[int, PlanChoice] = {}
        self._shared: FamilyPolicy | None = None
        self.plan: Combo[int] = Combo(hint=tr("Choose the plan"))
        self.relation: Combo[Relationship] = Combo(tuple((each, tr(words)) for each, words in RELATIONS))
        self.member, self.group, self.first, self.last = TextEdit(), TextEdit(), TextEdit(), TextEdit()
        self.starts, self.ends, self.born_on = DateEdit(), DateEdit(), DateEdit(century_ends=2026)
        self.case_number, self.employer, self.adjuster = TextEdit(), TextEdit(), TextEdit()
        self.injured_on, self.phone, self.state, self.note = DateEdit(), PhoneEdit(), TextEdit(), TextEdit()
        self.reason: Combo[MedicareSecondary | None] = Combo(
            tuple((each, tr(words)) for each, words in REASONS)
        )
        self.family = Banner("info", icon="users")
        self.family.acted.connect(self.share)
        self.form = Form()
        self._fill()
        self.body.addWidget(self.family)
        self.body.addWidget(self.form)
        self.add_verb(tr("Not now"), keys="Esc")
        if desk.may("registration.payers"):
            self.add_verb(tr("Plan not listed…"), self.add_plan, closes=False)
        verb = tr("Add case") if beside.is_case else tr("Add coverage")
        self.add_verb(verb, self.save, kind="primary", closes=False)
        self.relation.chosen.connect(lambda _: self._dress())
        self.plan.chosen.connect(lambda _: self._dress())
        self.member.editingFinished.connect(self._look_for_family)
        self._dress()
        self._load()
        self.plan.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_plan(self) -> None:
        """The plan on the card is not listed: it is added while the patient stands there."""
        AddPlanDialog(self.parentWidget() or self, self._desk, self._plan_added).open()

    def share(self) -> None:
        """The family's policy, as it is on file."""
        found = self._shared
        if found is None:
            return
        self.plan.set_value(found.card.plan_id)
        self.group.set_value(found.card.group_number)
        self.starts.set_value(found.card.effective_from)
        if self.relation.value() is Relationship.SELF:
            self.relation.set_value(Relationship.CHILD)
        self.family.say("ok", tr("Shares the policy of {name}.", name=found.subscriber), icon="users")
        self._dress()

    def save(self) -> None:
        """One coverage more."""
        if self.form.check():
            self._desk.do(
                self,
                self._saved,
                coverages.add,
                patient_id=self._beside.patient_id,
                policy=self._policy(),
                coverage=CoverageDraft(
                    self._beside.rank,
                    self.relation.value() or Relationship.SELF,
                    secondary_reason=self.reason.value() if self._beside.rank > 1 else None,
                    cob_note=self.note.value(),
                ),
            )

    def _policy(self) -> PolicyDraft:
        if self._is_shared and self._shared is not None:
            return self._shared.card
        is_own = self.relation.value() is Relationship.SELF
        return PolicyDraft(
            plan_id=self.plan.value() or 0,
            member_id=self.member.value(),
            effective_from=self.starts.value() or self.injured_on.value() or self._desk.today,
            effective_until=self.ends.value(),
            group_number=self.group.value(),
            subscriber_patient_id=self._beside.patient_id if is_own else None,
            subscriber_first="" if is_own else self.first.value(),
            subscriber_last="" if is_own else self.last.value(),
            subscriber_born_on=None if is_own else self.born_on.value(),
            case_number=self.case_number.value() if self._beside.is_case else "",
            injured_on=self.injured_on.value() if self._beside.is_case else None,
            adjuster=self.adjuster.value(),
            adjuster_phone=self.phone.value() or "",
            employer=self.employer.value(),
            case_state=self.state.value(),
        )

    @property
    def _is_shared(self) -> bool:
        return self._shared is not None and self.plan.value() == self._shared.card.plan_id

    def _look_for_family(self) -> None:
        if not self._beside.is_case and self.member.value():
            self._desk.ask(
                self,
                self._found_family,
                coverage_order.on_file,
                member_id=self.member.value(),
                patient_id=self._beside.patient_id,
            )

    def _found_family(self, found: tuple[FamilyPolicy, ...]) -> None:
        self._shared = found[0] if found else None
        self.family.say(
            "info",
            tr("Use the policy of {name}?", name=found[0].subscriber) if found else "",
            action=tr("Use it") if found else "",
            icon="users",
        )
        self.adjustSize()

    def _load(self) -> None:
        self._desk.ask(self, self._show_plans, payers.plans)

    def _show_plans(self, plans: tuple[PlanChoice, ...]) -> None:
        cases = (PayerKind.WORKERS_COMP, PayerKind.AUTO, PayerKind.OTHER)
        fitting = [plan for plan in plans if not self._beside.is_case or plan.kind in cases]
        self._plans = {plan.plan_id: plan for plan in fitting}
        self.plan.set_options(
            tuple((plan.plan_id, coverages.plan_name(plan.payer, plan.name)) for plan in fitting)
        )

    def _plan_added(self, plan_id: int) -> None:
        def show(plans: tuple[PlanChoice, ...]) -> None:
            self._show_plans(plans)
            self.plan.set_value(plan_id)

        self._desk.ask(self, show, payers.plans)

    def _dress(self) -> None:
        by_other = self.relation.value() is not Relationship.SELF and not self._is_shared
        for name in ("subscriber_first", "subscriber_last", "subscriber_born_on"):
            set_shown(self.form.row(name), by_other)
        if not self._beside.is_case:
            plan = self._plans.get(self.plan.value() or 0)
            is_medicare = plan is not None and plan.kind is PayerKind.MEDICARE
            set_shown(self.form.row("secondary_reason"), is_medicare and self._beside.rank > 1)
        self.adjustSize()

    def _saved(self, coverage_id: int) -> None:
        self.accept()
        self._then(coverage_id)

    def _fill(self) -> None:
        add, is_case = self.form.add, self._beside.is_case
        add("plan_id", tr("Payer and plan"), self.plan, span=7)
        if is_case:
            add("case_number", tr("Claim number"), self.case_number, span=5)
            add("injured_on", tr("Date of injury"), self.injured_on, span=4)
            add("case_state", tr("State"), self.state, span=3)
            add("employer", tr("Employer"), self.employer, span=5)
            add("adjuster", tr("Adjuster"), self.adjuster, span=7)
            add("adjuster_phone", tr("Their phone"), self.phone, span=5)
        else:
            add("member_id", tr("Member ID"), self.member, span=5)
            add("group_number", tr("Group"), self.group, span=4)
            add("effective_from", tr("Valid from"), self.starts, span=4)
            add("effective_until", tr("Until"), self.ends, span=4)
        add("relationship", tr("Subscriber"), self.relation, span=5)
        add("subscriber_first", tr("Subscriber's first name"), self.first, span=4)
        add("subscriber_last", tr("Last name"), self.last, span=4)
        add("subscriber_born_on", tr("Birth date"), self.born_on, span=4)
        if not is_case:
            add("secondary_reason", tr("Why Medicare pays second"), self.reason, span=12)
            add("cob_note", tr("What was said of who pays first"), self.note, span=12)


class AddPlanDialog(Dialog):
    """A plan, of a payer there is or of a new one."""

    def __init__(self, parent: QWidget, desk: Desk, then: Callable[[int], object]) -> None:
        super().__init__(
            parent,
            tr("Which plan is on the card?"),
            tr("It can be chosen at once, at every desk."),
            icon="plus",
            icon_color="accent",
            width=520,
        )
        self._desk, self._then = desk, then
        self.payer: Combo[int] = Combo(((0, tr("New payer")),))
        self.payer_name, self.number, self.phone = TextEdit(), TextEdit(), PhoneEdit()
        self.kind: Combo[PayerKind] = Combo(tuple((kind, tr(words)) for kind, words in KINDS))
        self.plan, self.copay = TextEdit(hint=tr("PPO, Plan G, …")), AmountEdit()
        self.form = Form()
        self.form.add("payer", tr("Payer"), self.payer, span=6)
        self.form.add("payer_name", tr("Payer's name"), self.payer_name, span=6)
        self.form.add("kind", tr("Kind"), self.kind, span=5)
        self.form.add("payer_id", tr("Payer ID"), self.number, span=3)
        self.form.add("phone", tr("Provider line"), self.phone, span=4)
        self.form.add("name", tr("Plan"), self.plan, span=8)
        self.form.add("copay_cents", tr("Usual copay"), self.copay, span=4)
        self.body.addWidget(self.form)
        self.add_verb(tr("Not now"), keys="Esc")
        self.add_verb(tr("Add plan"), self.save, kind="primary", closes=False)
        self.payer.chosen.connect(lambda _: self._dress())
        desk.ask(self, self._show_payers, payers.payer_list)
        self.payer.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """The payer where it is new, then its plan; both or none."""
        if not self.form.check():
            return
        draft = None
        if not self.payer.value():
            draft = PayerDraft(
                self.payer_name.value(),
                self.kind.value() or PayerKind.COMMERCIAL,
                self.number.value(),
                self.phone.value() or "",
            )
        self._desk.do(
            self,
            self._saved,
            payers.add_plan_with_payer,
            payer_id=self.payer.value() or None,
            payer=draft,
            name=self.plan.value(),
            copay_cents=self.copay.value(),
        )

    def _show_payers(self, found: tuple[PayerView, ...]) -> None:
        known = tuple((each.id, each.draft.name) for each in found if each.is_active)
        self.payer.set_options(((0, tr("New payer")), *known))
        self._dress()

    def _dress(self) -> None:
        for name in ("payer_name", "kind", "payer_id", "phone"):
            set_shown(self.form.row(name), not self.payer.value())
        self.adjustSize()

    def _saved(self, plan_id: int) -> None:
        self.accept()
        self._then(plan_id)
