"""What happens at the desk, in any order: money taken, kept, given back, given up, agreed on."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from frontdesk.models.billing.journal import Party
from frontdesk.models.billing.receipts import Receipt
from frontdesk.services.billing import (
    agency_payments,
    balances,
    charges,
    day_close,
    old_debt,
    payments,
    plans,
    receipts,
    small_balances,
    using_credit,
    waiving,
)
from frontdesk.services.billing.agency_lines import PaidTo
from frontdesk.services.billing.asked import Allocation
from frontdesk.services.billing.payments import Payment
from frontdesk.services.billing.plans import Part, PlanDraft, Rhythm
from frontdesk.services.work import Work
from tests.builders.billing import below, cash, paid
from tests.builders.collections import placed_before
from tests.builders.merging import apart, merged
from tests.builders.refunds import refunded
from tests.services.billing.ledger_machine import Machine
from tests.services.billing.naive_ledger import Fact

PICK, PART = st.integers(0, 99), st.integers(1, 100)


class Desk(Machine):
    """Households and what they pay."""

    def __init__(self) -> None:
        super().__init__()
        self.people: list[int] = []
        self.visits: list[tuple[int, int]] = []
        """Whose, and the visit."""
        self.receipts: dict[int, tuple[int, list[Fact]]] = {}
        self.own: list[tuple[int, list[Fact]]] = []
        """What the office changed on a line by itself; a void takes it back."""
        self.was_merged = False
        self.planned: dict[int, int] = {}
        """Lines on a plan, and the plan."""

    def lines(self, *, payer: int = 0) -> list[int]:
        """Lines on which somebody owes something."""
        return [line for line in self.naive.visit_of if self.naive.at(line, payer=payer) > 0]

    @rule(part=PART, pick=st.integers(0, 99))
    @precondition(lambda self: self.lines())
    def patient_pays_on_a_line(self, part: int, pick: int) -> None:
        owing = self.lines()
        line = owing[pick % len(owing)]
        who = self.accounts.index(self.naive.account_of[line])
        cents = max(1, self.naive.at(line) * part // 100)
        taken = paid(self.office, self.people[who], cents, line=line)
        receipt = taken.receipt_id
        self.receipts[receipt] = (
            self.accounts[who],
            [self.naive.note(self.accounts[who], (receipt, None), -cents, self.posting_day)],
        )
        self.naive.apply((receipt, None), line, cents, self.posting_day)
        self.naive.apply_held(self.accounts[who], self.posting_day)

    @rule(cents=st.integers(1, 50000), who=st.integers(0, 1), pick=st.integers(-3, 99))
    def patient_pays_ahead(self, cents: int, who: int, pick: int) -> None:
        own = [appointment for whose, appointment in self.visits if whose == who]
        held_for = own[pick % len(own)] if own and pick >= 0 else None
        taken = paid(self.office, self.people[who], cents, copay_of=held_for)
        place = (taken.receipt_id, held_for)
        fact = self.naive.note(self.accounts[who], place, -cents, self.posting_day)
        self.receipts[taken.receipt_id] = (self.accounts[who], [fact])
        self.naive.apply_held(self.accounts[who], self.posting_day)

    @rule(cents=st.integers(-20000, 20000).filter(bool), pick=st.integers(0, 99))
    @precondition(lambda self: self.naive.visit_of)
    def patients_part_is_corrected(self, cents: int, pick: int) -> None:
        line = list(self.naive.visit_of)[pick % len(self.naive.visit_of)]
        self.office.do(
            charges.correct,
            charge_line_id=line,
            responsible=Party.PATIENT,
            amount_cents=cents,
            reason="Other price",
        )
        account = self.naive.account_of[line]
        self.own.append((line, [self.naive.note(account, line, cents, self.posting_day)]))
        self.naive.apply_held(account, self.posting_day)

    @rule(pick=st.integers(0, 99))
    @precondition(lambda self: self.receipts)
    def receipt_is_voided(self, pick: int) -> None:
        receipt = list(self.receipts)[pick % len(self.receipts)]
        self.office.do(payments.void, receipt_id=receipt, reason="Check came back")
        self.naive.free(receipt=receipt)
        self.naive.take_back(self.receipts.pop(receipt)[1])
        self.receipt_ends(receipt)

    def receipt_ends(self, receipt: int) -> None:
        """What else knows of a receipt that is void now."""

    @rule(part=PART, pick=st.integers(0, 99))
    def credit_is_refunded(self, part: int, pick: int) -> None:
        """By the household that paid; what was moved to another is refunded there."""
        left = [
            (account, place, cents)
            for account in self.accounts
            for place, cents in self.naive.credits(account).items()
            if below(self.office, Work.get, Receipt, place[0]).account_id == account
        ]
        if not left:
            return
        account, place, most = left[pick % len(left)]
        cents = max(1, most * part // 100)
        refunded(self.office, place[0], cents)
        self.receipts.pop(place[0], None)  # a refunded receipt is never voided
        self.naive.refund(account, place[0], cents, self.posting_day)

    @rule()
    def overpaid_lines_are_freed(self) -> None:
        for line in list(self.naive.visit_of):
            if too_much := self.naive.free_overpaid(line, self.posting_day):
                assert self.office.do(payments.free_overpaid, charge_line_id=line) == too_much

    @rule(cents=st.integers(100, 9000), ahead=st.integers(100, 9000), pick=PICK)
    @precondition(lambda self: self.visits)
    def patient_pays_a_copay_and_more(self, cents: int, ahead: int, pick: int) -> None:
        who, visit = self.visits[pick % len(self.visits)]
        parts = (
            Allocation("copay", cents, appointment_id=visit),
            Allocation("prepayment", ahead),
        )
        payment = Payment(self.people[who], (cash(cents + ahead),), parts, taken_because="Pays again")
        receipt, account = self.office.do(payments.take, payment=payment).receipt_id, self.accounts[who]
        self.receipts[receipt] = (
            account,
            [
                self.naive.note(account, (receipt, held_for), -each, self.posting_day)
                for held_for, each in ((visit, cents), (None, ahead))
            ],
        )
        self.naive.apply_held(account, self.posting_day)

    @rule(part=PART, pick=PICK)
    @precondition(lambda self: self.lines())
    def credit_is_used(self, part: int, pick: int) -> None:
        line = self.lines()[pick % len(self.lines())]
        account = self.naive.account_of[line]
        if not any(visit is None for _, visit in self.naive.credits(account)):
            return
        cents = max(1, self.naive.at(line) * part // 100)
        who = self.accounts.index(account)
        wanted = (Allocation("line", cents, charge_line_id=line),)
        used = self.office.do(using_credit.use, patient_id=self.people[who], parts=wanted)
        assert used == self.naive.use(account, line, cents, self.posting_day)

    @rule(part=PART, pick=PICK, again=st.booleans())
    @precondition(lambda self: self.lines())
    def hardship_is_granted(self, part: int, pick: int, again: bool) -> None:
        line = self.lines()[pick % len(self.lines())]
        account = self.naive.account_of[line]
        who = self.accounts.index(account)
        cents = max(1, self.naive.at(line) * part // 100)
        wanted = (Allocation("line", cents, charge_line_id=line),)
        made = self.office.do(
            waiving.waive, patient_id=self.people[who], parts=wanted, reason="Hardship, as proven"
        )
        facts = [self.naive.note(account, line, -cents, self.posting_day)]
        if again:
            self.office.do(waiving.ask_again, waiver_ids=(), posting_ids=made.posting_ids)
            self.naive.take_back(facts)
        else:
            self.own.append((line, facts))

    @rule(part=PART, pick=PICK, count=st.integers(2, 6))
    @precondition(lambda self: any(line not in self.planned for line in self.lines()))
    def plan_is_agreed(self, part: int, pick: int, count: int) -> None:
        free = [line for line in self.lines() if line not in self.planned]
        line = free[pick % len(free)]
        who = self.accounts.index(self.naive.account_of[line])
        cents = max(count * 100, self.naive.at(line) * part // 100)
        if cents > self.naive.at(line):
            return
        draft = PlanDraft(
            self.people[who],
            (Part(line, cents),),
            count,
            Rhythm.MONTH,
            self.today + timedelta(days=14),
        )
        self.planned[line] = self.office.do(plans.agree, draft=draft)

    @rule(cents=st.integers(2, 30000), share=st.integers(0, 60), who=st.integers(0, 1))
    def agency_passes_on(self, cents: int, share: int, who: int) -> None:
        account, on = self.accounts[who], self.posting_day
        below(self.office, placed_before, account_id=account)
        found = reversed(self.office.ask(balances.lines_of_account, account_id=account, only_open=True))
        owing = [(line.charge_line_id, line.patient_cents) for line in found if line.patient_cents > 0]
        owed = below(self.office, old_debt.owed_on_lines, (account,)).get(account, 0)
        fee = min(cents * share // 100, cents - 1, max(owed, 0))
        self.office.do(
            agency_payments.record,
            account_id=account,
            paid_on=self.today,
            amount_cents=cents,
            fee_cents=fee,
            paid_to=PaidTo.AGENCY,
            is_another=True,
        )
        receipt = max(
            row.id for each in self.people for row in self.office.ask(receipts.of_patient, patient_id=each)
        )
        facts = [self.naive.note(account, (receipt, None), fee - cents, on)]
        to_pay = min(cents - fee, sum(each for _, each in owing) - fee)
        for line, open_cents in owing:
            pays = min(to_pay, open_cents)
            gives_up = min(fee, open_cents - pays)
            to_pay, fee = to_pay - pays, fee - gives_up
            if pays:
                self.naive.apply((receipt, None), line, pays, on)
            if gives_up:
                given_up = self.naive.note(account, line, -gives_up, on)
                facts.append(given_up)
                self.own.append((line, [given_up]))
        self.receipts[receipt] = (account, facts)
        self.naive.apply_held(account, on)

    @rule(pick=PICK)
    @precondition(lambda self: self.planned)
    def plan_is_ended(self, pick: int) -> None:
        line = list(self.planned)[pick % len(self.planned)]
        self.office.do(plans.end, plan_id=self.planned.pop(line), reason="Pays at once")

    @rule()
    def small_balances_are_written_off(self) -> None:
        small = [each.account_id for each in self.office.ask(small_balances.worklist).rows]
        small = [account for account in small if account in self.accounts]
        if not small:
            return
        self.office.do(small_balances.write_off, account_ids=tuple(small), reason="Not worth a stamp")
        for line in list(self.naive.visit_of):
            cents, account = self.naive.at(line), self.naive.account_of[line]
            if account in small and cents:
                self.own.append((line, [self.naive.note(account, line, -cents, self.posting_day)]))

    @rule(way=st.booleans())
    @precondition(lambda self: len(self.receipts) > 1 and not self.was_merged)
    def charts_are_merged_and_taken_apart(self, way: bool) -> None:
        self.was_merged = True
        stays, goes = self.people if way else reversed(self.people)
        into, gone = (self.accounts[self.people.index(who)] for who in (stays, goes))
        merge_id = merged(self.office, stays, goes)
        both = [self.naive.balance(account) for account in (into, gone)]
        balance = self.office.ask(balances.of_account, account_id=into)
        assert (balance.payer_cents, balance.patient_cents, balance.credit_cents) == tuple(
            sum(column) for column in zip(*both, strict=True)
        )
        lines = self.office.ask(balances.lines_of_account, account_id=into)
        assert sum(line.open_cents for line in lines) - balance.credit_cents == balance.total_cents
        rolled = self.office.ask(day_close.roll_forward, on=self.posting_day)
        assert rolled.closing_cents == self.office.ask(balances.receivable)
        apart(self.office, merge_id)

    @invariant()
    def both_ledgers_agree(self) -> None:
        self.agree()

    @invariant()
    def no_receipt_number_comes_twice(self) -> None:
        numbers = [
            row.number for p in self.people for row in self.office.ask(receipts.of_patient, patient_id=p)
        ]
        assert len(numbers) == len(set(numbers))
