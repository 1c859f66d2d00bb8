"""The Insurance card of the check-in: the card in the patient's hand, and what the payer said of it."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import clock_time, us_date
from frontdesk.services.registration import coverage_order, coverages, payers, policies
from frontdesk.services.registration.coverage_order import FamilyPolicy
from frontdesk.services.registration.coverages import CoverageLine
from frontdesk.services.registration.drafts import CoverageDraft, PolicyDraft, Relationship
from frontdesk.services.registration.panel import PanelCoverage, member_id_shown
from frontdesk.services.registration.payers import PlanChoice
from frontdesk.services.registration.verifications import UNANSWERED, VerificationResult
from frontdesk.services.visit import insurance
from frontdesk.services.visit.check_in import CheckIn
from frontdesk.services.visit.insurance import InsuranceFacts
from frontdesk.ui.billing.outlook_banner import OutlookBanner
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button, LinkButton
from frontdesk.ui.kit.card import Card, column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.visit.benefits import Benefits
from frontdesk.ui.visit.card_dialogs import (
    RELATIONS,
    AddPlanDialog,
    NewCardDialog,
)
from frontdesk.ui.visit.insurance_acts import InsuranceActs
from frontdesk.ui.visit.insurance_words import authorization_said, case_said
from frontdesk.ui.visit.scan_tiles import ScanTiles
from frontdesk.ui.visit.typed import Entered, Typed

_SUBSCRIBER = ("subscriber_first", "subscriber_last", "subscriber_born_on")


class InsuranceCard(InsuranceActs):
    """`show_visit`; it enters, corrects and replaces the first coverage."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._before: PolicyDraft | None = None
        self._plans: tuple[PlanChoice, ...] = ()
        self._shared: FamilyPolicy | None = None
        self._wanted_plan: int | None = None
        self.card = Card(tr("Insurance"), "shield-check")
        self.chip = Chip("")
        self.verify_button = Button(tr("Verify…"), height="small", icon="refresh-cw", keys="F5")
        self.verify_button.clicked.connect(self.verify)
        self.card.add_to_head(self.chip, self.verify_button)
        self.form = Form(widens_below=440)
        self._fill_form()
        self._entered = Entered(self.form)
        self._entered.watch(self._show_verbs)
        self._paying = Banner("info", icon="wallet")
        self._paying.acted.connect(self._insure_again)
        self._missing = Banner("block")
        self.claim = OutlookBanner()
        self.case = Banner("info", icon="briefcase-medical")
        self.case.acted.connect(self.use_case)
        self.family = Banner("info", icon="users")
        self.family.acted.connect(self.share)
        self.tiles = ScanTiles(desk)
        self.tiles.told.connect(self.told)
        self.benefits = Benefits()
        self.benefits.add_wanted.connect(self.add_secondary)
        self._verbs = QWidget()
        self.add_button = Button(tr("Add coverage"), "tonal", height="small", icon="plus")
        self.correct_button = Button(tr("Correct this card"), height="small")
        self.replace_button = Button(tr("New card…"), "tonal", height="small")
        self.add_button.clicked.connect(self.add)
        self.correct_button.clicked.connect(self.correct)
        self.replace_button.clicked.connect(self.replace)
        self.plan_link = LinkButton(tr("Plan not listed…"))
        self.plan_link.clicked.connect(self.add_plan)
        self._verbs.setLayout(
            row(self.plan_link, None, self.correct_button, self.replace_button, self.add_button)
        )
        self.self_pay_link = LinkButton(tr("Pays without insurance…"))
        self.self_pay_link.clicked.connect(self.pay_without)
        self.history_link = LinkButton(tr("Coverages…"))
        self.history_link.clicked.connect(self.open_coverages)
        self.authorize_link = LinkButton(tr("Authorization…"))
        self.authorize_link.clicked.connect(self.authorize)
        for piece in (
            self.banner,
            self._paying,
            self._missing,
            self.claim,
            self.case,
            self.form,
            self.family,
            self._verbs,
            self.tiles,
            self.benefits,
        ):
            self.card.body.addWidget(piece)
        self.card.body.addStretch(1)
        self.benefits_link = LinkButton(tr("All benefits…"))
        self.benefits_link.clicked.connect(self.show_benefits)
        self.card.body.addLayout(
            row(
                self.benefits_link,
                self.history_link,
                self.authorize_link,
                None,
                self.self_pay_link,
                gap=16,
            )
        )
        self.setLayout(column(self.card))
        self.desk.ask(self, self._show_plans, payers.plans)

    # -- what is shown --------------------------------------------------------

    @property
    def typed(self) -> Typed:
        return self._entered.typed

    def put(self, typed: Typed) -> None:
        self._entered.put(typed)
        self._show_verbs()

    def drop(self) -> None:
        self._entered.drop()
        self.clear_complaints()

    def show_visit(self, visit: CheckIn) -> None:
        self._visit = visit
        first = visit.coverages[0] if visit.coverages else None
        card = visit.card.draft if visit.card else None
        self._before = card
        self._entered.show(_shown(first.line if first else None, card))
        self._copay.setText(dollars(first.copay_cents) if first and first.copay_cents is not None else "")
        self._relation.setEnabled(first is None)
        self.benefits.show_coverages(visit.coverages)
        set_shown(self.benefits, first is not None)
        set_shown(self.tiles, first is not None)
        set_shown(self.authorize_link, first is not None and self.desk.may("registration.authorize"))
        self.desk.ask(self, self._show_facts, insurance.facts, appointment_id=visit.appointment_id)
        self.claim.at_check_in(self.desk, visit.appointment_id)
        self._show_chip(first, paying=visit.self_pay is not None)
        set_shown(self.verify_button, first is not None)
        set_shown(self.benefits_link, first is not None and first.verification is not None)
        self._show_self_pay(visit)
        self._show_verbs()

    def start(self) -> None:
        """The focus to the plan."""
        self._plan.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- what people do -------------------------------------------------------

    def add(self) -> None:
        """The first coverage of the patient."""
        self.clear_complaints()
        if self._visit is not None and self.form.check():
            self.desk.do(
                self,
                self._saved,
                coverages.add,
                patient_id=self._visit.patient.patient_id,
                policy=self._shares or self._card(self._new_card()),
                coverage=CoverageDraft(1, self._relation.value() or Relationship.SELF),
            )

    def correct(self) -> None:
        """What was typed wrong on the same card."""
        self.clear_complaints()
        if self._visit is None or self._visit.card is None or not self.form.check():
            return
        before = self._visit.card.draft
        if self._visit.card.is_in_use:
            self.replace()
            return
        self.desk.do(
            self,
            self._saved,
            policies.correct,
            policy_id=self._visit.card.id,
            before=before,
            after=self._card(before),
        )

    def replace(self) -> None:
        """Another card holds from its first day, today unless another is typed."""
        self.clear_complaints()
        if self._visit is None or self._visit.card is None or not self.form.check():
            return
        card = self._visit.card
        NewCardDialog(
            self, self.desk, card.id, self._card(card.draft), self._replaced, is_in_use=card.is_in_use
        ).open()

    def add_plan(self) -> None:
        """The plan on the card is not listed: it is added while the patient stands there."""
        AddPlanDialog(self, self.desk, self._plan_added).open()

    def share(self) -> None:
        """The family's policy, as it is on file."""
        if self._shared is None:
            return
        card = self._shared.card
        self._plan.set_value(card.plan_id)
        self._group.set_value(card.group_number)
        self._from.set_value(card.effective_from)
        if self._relation.value() is Relationship.SELF:
            self._relation.set_value(Relationship.CHILD)
        self.family.say("ok", tr("Shares the policy of {name}.", name=self._shared.subscriber), icon="users")
        self._show_verbs()

    @property
    def _shares(self) -> PolicyDraft | None:
        """The family's policy, where it is used as it is."""
        found = self._shared
        return found.card if found is not None and self._plan.value() == found.card.plan_id else None

    def _look_for_family(self) -> None:
        if self._visit is not None and self._before is None and self._member.value():
            self.desk.ask(
                self,
                self._found_family,
                coverage_order.on_file,
                member_id=self._member.value(),
                patient_id=self._visit.patient.patient_id,
            )

    def _found_family(self, found: tuple[FamilyPolicy, ...]) -> None:
        self._shared = found[0] if found else None
        words = tr("Use the policy of {name}?", name=found[0].subscriber) if found else ""
        self.family.say("info", words, action=tr("Use it") if found else "", icon="users")

    def _plan_added(self, plan_id: int) -> None:
        self._wanted_plan = plan_id
        self.told.emit(tr("Added a plan"))
        self.desk.ask(self, self._show_plans, payers.plans)

    def _show_facts(self, facts: InsuranceFacts) -> None:
        if self._visit is None:
            return
        self._facts = facts
        self.tiles.show_scans(self._visit.patient.patient_id, facts.scans)
        words, is_wrong = authorization_said(facts)
        self._authorization.setText(words)
        self._authorization.setCursorPosition(0)
        self.form.row("authorization").set_error(
            tr("Ask the payer before the visit.") if is_wrong and self._visit.self_pay is None else ""
        )
        said, action = case_said(facts)
        self.case.say("info", said, action=action, icon="briefcase-medical")

    def _replaced(self) -> None:
        self.told.emit(tr("Entered a new card"))
        self._saved(None)

    def _saved(self, _: object) -> None:
        self._entered.keep()
        self._shared = None
        self.family.say("info", "")
        self._show_verbs()

    # -- inside ---------------------------------------------------------------

    @property
    def _is_in_use(self) -> bool:
        return self._visit is not None and self._visit.card is not None and self._visit.card.is_in_use

    def _card(self, before: PolicyDraft) -> PolicyDraft:
        """The card as it is typed."""
        return replace(
            before,
            plan_id=self._plan.value() or before.plan_id,
            member_id=self._member.value(),
            group_number=self._group.value(),
            effective_from=self._from.value() or before.effective_from,
        )

    def _new_card(self) -> PolicyDraft:
        assert self._visit is not None
        is_own = self._relation.value() is Relationship.SELF
        return PolicyDraft(
            plan_id=0,
            member_id="",
            effective_from=self.desk.today,
            subscriber_patient_id=self._visit.patient.patient_id if is_own else None,
            subscriber_first="" if is_own else self._first.value(),
            subscriber_last="" if is_own else self._last.value(),
            subscriber_born_on=None if is_own else self._born_on.value(),
        )

    def _show_plans(self, plans: tuple[PlanChoice, ...]) -> None:
        self._plans = plans
        kept = self._entered.typed
        self._plan.set_options(
            tuple((plan.plan_id, coverages.plan_name(plan.payer, plan.name)) for plan in plans)
        )
        if self._visit is not None:
            self.show_visit(self._visit)
        self._entered.put({name: value for name, value in kept.items() if name != "plan_id"})
        if self._wanted_plan is not None:
            self._plan.set_value(self._wanted_plan)
            self._wanted_plan = None
            self._show_verbs()

    def _show_verbs(self) -> None:
        has_card = self._before is not None
        is_dirty = bool(self.typed)
        set_shown(self._verbs, is_dirty or not has_card)
        set_shown(self.add_button, not has_card and is_dirty)
        set_shown(self.correct_button, has_card)
        set_shown(self.replace_button, has_card)
        self.correct_button.setText(tr("Correct this card…") if self._is_in_use else tr("Correct this card"))
        set_shown(self.form.row("effective_from"), not has_card)
        set_shown(self.plan_link, (is_dirty or not has_card) and self.desk.may("registration.payers"))
        by_other = not has_card and self._relation.value() is not Relationship.SELF and not self._shares
        for name in _SUBSCRIBER:
            set_shown(self.form.row(name), by_other)

    def _show_chip(self, first: PanelCoverage | None, *, paying: bool) -> None:
        if paying:
            self.chip.show_state(tr("Self-pay"), "info", "wallet")
            return
        if first is None:
            self.chip.show_state(tr("No coverage"), "block", "shield-off")
            return
        answer = first.verification
        if answer is None or answer.result in UNANSWERED:
            self.chip.show_state(tr("Not verified"), "block", "shield-question-mark")
            return
        is_today = answer.at.date() == self.desk.today
        when = tr("today {time}", time=clock_time(answer.at)) if is_today else us_date(answer.at.date())
        if answer.result is not VerificationResult.ACTIVE:
            self.chip.show_state(tr("Not active, asked {when}", when=when), "block", "shield-x")
        elif answer.is_stale:
            self.chip.show_state(tr("Last verified {when}", when=when), "warn", "clock-alert")
        else:
            self.chip.show_state(tr("Active, verified {when}", when=when), "ok", "check")

    def _show_self_pay(self, visit: CheckIn) -> None:
        choice = visit.self_pay
        words = ""
        if choice is not None:
            words = tr("Pays without insurance since {since}.", since=us_date(choice.valid_from))
            words += f" {choice.reason}." if choice.reason else ""
        self._paying.say("info", words, action=tr("Use insurance again") if words else "", icon="wallet")
        nothing = choice is None and not visit.coverages
        self._missing.say(
            "block", tr("No coverage on file. Enter the card, or choose self-pay.") if nothing else ""
        )
        set_shown(self.self_pay_link, choice is None)

    def _fill_form(self) -> None:
        add = self.form.add
        self._plan: Combo[int] = Combo(hint=tr("Choose the plan"))
        self._member, self._group = TextEdit(), TextEdit()
        self._relation: Combo[Relationship] = Combo(tuple((each, tr(words)) for each, words in RELATIONS))
        self._from, self._copay = DateEdit(), TextEdit()
        self._authorization = TextEdit()
        for known in (self._copay, self._authorization):
            known.setReadOnly(True)
            known.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._member.editingFinished.connect(self._look_for_family)
        self._first, self._last, self._born_on = TextEdit(), TextEdit(), DateEdit(century_ends=2026)
        add("plan_id", tr("Primary payer"), self._plan, span=5)
        add("member_id", tr("Member ID"), self._member, span=4)
        add("group_number", tr("Group"), self._group, span=3)
        add("relationship", tr("Subscriber"), self._relation, span=5)
        add("authorization", tr("Authorization"), self._authorization, span=4)
        add("copay", tr("Copay"), self._copay, span=3)
        add("effective_from", tr("Valid from"), self._from, span=5)
        add("subscriber_first", tr("Subscriber's first name"), self._first, span=4)
        add("subscriber_last", tr("Last name"), self._last, span=4)
        add("subscriber_born_on", tr("Birth date"), self._born_on, span=4)


def _shown(line: CoverageLine | None, card: PolicyDraft | None) -> Typed:
    return {
        "plan_id": card.plan_id if card else None,
        "member_id": _member_shown(card) if card else "",
        "group_number": card.group_number if card else "",
        "relationship": line.relationship if line else Relationship.SELF,
        "effective_from": us_date(card.effective_from) if card else "",
        "subscriber_first": "",
        "subscriber_last": "",
        "subscriber_born_on": "",
    }


def _member_shown(card: PolicyDraft) -> str:
    """In groups; a claim number is read out as it is written."""
    return card.member_id if card.case_number else member_id_shown(card.member_id)
