"""Random acts on the ledger, checked to the cent against a naive second one after each."""

import shutil
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from frontdesk.kernel.clock import SetClock
from frontdesk.models.billing.journal import Party, PostingKind
from frontdesk.services.billing import (
    aging,
    balances,
    charges,
    counting,
    credits,
    day_close,
    drawers,
    explain,
    journal,
    payments,
    receipts,
)
from frontdesk.services.billing.counting import Count
from frontdesk.services.billing.sheet import Ticked
from frontdesk.services.database import Database
from frontdesk.services.registration import accounts
from tests.builders.billing import PRICES, answered, below, charged, code_lists, paid, visit
from tests.builders.refunds import refunded
from tests.builders.registration import coverage, danielle, patient
from tests.conftest import TUESDAY
from tests.office import KEY, Office
from tests.services.billing.naive_ledger import Fact, Naive

PART = st.integers(1, 100)


class Ledger(RuleBasedStateMachine):
    """A month at the desk, in any order."""

    template: Path
    made: dict[str, object]

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "office.db"
        shutil.copy(self.template, path)
        self.clock = SetClock(TUESDAY)
        self.office = Office(
            Database.open_file(path, KEY, station="Front desk 2", clock=self.clock), self.clock
        )
        self.office.made = dict(self.made)
        self.naive = Naive()
        self.answers: list[tuple[int, int, list[Fact]]] = []
        self.receipts: dict[int, tuple[int, list[Fact]]] = {}
        self.visits: list[tuple[int, int]] = []
        self.own: list[tuple[int, list[Fact]]] = []
        self.first: dict[int, list[Fact]] = {}

    def teardown(self) -> None:
        self.office.database.close()
        self.folder.cleanup()

    @initialize()
    def households(self) -> None:
        self.people = [int(str(self.made["insured"])), int(str(self.made["self-pay"]))]
        found = [self.office.ask(accounts.account_of, patient_id=person) for person in self.people]
        self.accounts = [account.id for account in found if account is not None]

    @property
    def today(self) -> date:
        return self.clock.now().astimezone(ZoneInfo("America/Los_Angeles")).date()

    @property
    def posting_day(self) -> date:
        """The day that the ledger is at: tomorrow once today is closed."""
        return below(self.office, journal.open_day)

    def lines(self, *, owing: bool = True, payer: bool = False) -> list[int]:
        return [
            n for n in self.naive.visit_of if n in self.first and (self.naive.at(n, payer=payer) > 0) is owing
        ]

    # -- acts -----------------------------------------------------------------

    @rule(who=st.integers(0, 1), codes=st.lists(st.sampled_from(sorted(PRICES)), min_size=1, max_size=2))
    def visit_is_charged(self, who: int, codes: list[str]) -> None:
        start = datetime.combine(self.today, datetime.min.time()) + timedelta(
            hours=12, minutes=5 * len(self.visits)
        )
        appointment = visit(self.office, self.people[who], start)
        self.visits.append((who, appointment))
        made = charged(
            self.office, self.people[who], *(Ticked(code) for code in codes), appointment_id=appointment
        )
        for line, code in zip(made, codes, strict=True):
            account = self.accounts[who]
            self.first[line] = [
                self.naive.charge(account, appointment, line, PRICES[code], self.today, payer=who == 0)
            ]
        self.naive.apply_held(self.accounts[who], self.posting_day)

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

    @rule(pays=PART, contract=PART, share=PART, pick=st.integers(0, 99))
    @precondition(lambda self: self.lines(payer=True))
    def insurer_answers(self, pays: int, contract: int, share: int, pick: int) -> None:
        owing = self.lines(payer=True)
        line = owing[pick % len(owing)]
        account, on = self.naive.account_of[line], self.posting_day
        owed, whole = self.naive.at(line, payer=True), pays + contract + share
        parts = [owed * part // whole for part in (pays, contract, share)]
        posting = (
            answered(self.office, line, payer_cents=parts[0], contract_cents=parts[1], patient_cents=parts[2])
            if any(parts)
            else 0
        )
        if not posting:
            return
        facts = [self.naive.note(account, line, -cents, on, payer=True) for cents in parts if cents]
        if parts[2]:
            facts.append(self.naive.note(account, line, parts[2], on))
        self.answers.append((posting, line, facts))
        below(self.office, credits.apply_held, account_id=account)
        self.naive.apply_held(account, on)

    @rule(pick=st.integers(0, 99))
    @precondition(lambda self: self.answers)
    def insurer_takes_back(self, pick: int) -> None:
        posting, _, facts = self.answers.pop(pick % len(self.answers))
        below(
            self.office,
            journal.reverse,
            posting_id=posting,
            kind=PostingKind.REMITTANCE_REVERSAL,
            reason="Status 22",
        )
        self.naive.take_back(facts)

    @rule(part=PART, pick=st.integers(0, 99), payer=st.booleans())
    def office_writes_off(self, part: int, pick: int, payer: bool) -> None:
        owing = self.lines(payer=payer)
        if not owing:
            return
        line = owing[pick % len(owing)]
        cents = max(1, self.naive.at(line, payer=payer) * part // 100)
        side = Party.PAYER if payer else Party.PATIENT
        self.office.do(
            charges.write_off, charge_line_id=line, responsible=side, amount_cents=cents, reason="Small"
        )
        account = self.naive.account_of[line]
        self.own.append((line, [self.naive.note(account, line, -cents, self.posting_day, payer=payer)]))

    @rule(cents=st.integers(-20000, 20000).filter(bool), pick=st.integers(0, 99))
    @precondition(lambda self: self.first)
    def patients_part_is_corrected(self, cents: int, pick: int) -> None:
        line = list(self.first)[pick % len(self.first)]
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
    @precondition(lambda self: self.first)
    def charge_is_voided(self, pick: int) -> None:
        answered_lines = {line for _, line, _ in self.answers}
        free = [line for line in self.first if line not in answered_lines]
        if not free:
            return
        line = free[pick % len(free)]
        self.office.do(charges.void, charge_line_id=line, reason="Charged in error")
        self.naive.free(line=line)
        self.naive.take_back(self.first.pop(line))
        del self.naive.visit_of[line]
        for whose, facts in self.own:
            if whose == line:
                self.naive.take_back(facts)

    @rule(pick=st.integers(0, 99))
    @precondition(lambda self: self.receipts)
    def receipt_is_voided(self, pick: int) -> None:
        receipt = list(self.receipts)[pick % len(self.receipts)]
        self.office.do(payments.void, receipt_id=receipt, reason="Check came back")
        self.naive.free(receipt=receipt)
        self.naive.take_back(self.receipts.pop(receipt)[1])

    @rule(part=PART, pick=st.integers(0, 99))
    def credit_is_refunded(self, part: int, pick: int) -> None:
        left = {
            place: cents for account in self.accounts for place, cents in self.naive.credits(account).items()
        }
        if not left:
            return
        place = list(left)[pick % len(left)]
        cents = max(1, left[place] * part // 100)
        refunded(self.office, place[0], cents)
        self.receipts.pop(place[0], None)  # a refunded receipt is never voided
        account = next(a for a in self.accounts if place in self.naive.credits(a))
        self.naive.note(account, place, cents, self.posting_day)

    @rule()
    def overpaid_lines_are_freed(self) -> None:
        for line in list(self.naive.visit_of):
            on_line = [a for a in self.naive.applied if a[1] == line and a[2][0].stands]
            too_much = min(-self.naive.at(line), sum(facts[0].cents for _, _, facts in on_line))
            if too_much <= 0:
                continue
            assert self.office.do(payments.free_overpaid, charge_line_id=line) == too_much
            for receipt, _, facts in reversed(on_line):
                if too_much <= 0:
                    break
                cents, credit = facts[0].cents, facts[0].place
                self.naive.take_back(facts)
                keep = cents - min(cents, too_much)
                too_much -= cents - keep
                assert isinstance(credit, tuple)
                assert credit[0] == receipt
                if keep:
                    self.naive.apply(credit, line, keep, self.posting_day)

    @rule(days=st.integers(0, 40))
    def day_is_closed(self, days: int) -> None:
        if below(self.office, journal.open_day) <= self.today:
            for drawer in self.office.ask(drawers.drawers):
                count = Count(drawer.id, self.today, (), 0, 0, "Counted by a test")
                if below(self.office, drawers.open_day, drawer.id) <= self.today:
                    self.office.do(counting.count, count=count)
            before = self.office.ask(day_close.roll_forward, on=self.today)
            self.office.do(day_close.close, on=self.today)
            after = self.office.ask(day_close.roll_forward, on=self.today)
            assert (after.opening_cents, after.closing_cents) == (before.opening_cents, before.closing_cents)
        self.clock.advance(days=max(1, days))

    # -- what always holds ----------------------------------------------------

    @invariant()
    def both_ledgers_agree(self) -> None:
        if not hasattr(self, "accounts"):
            return
        total = 0
        for account in self.accounts:
            balance = self.office.ask(balances.of_account, account_id=account)
            assert (balance.payer_cents, balance.patient_cents, balance.credit_cents) == (
                self.naive.balance(account)
            )
            lines = self.office.ask(balances.lines_of_account, account_id=account)
            assert sum(line.open_cents for line in lines) - balance.credit_cents == balance.total_cents
            told = self.office.ask(explain.account, account_id=account)
            assert sum(sentence.amount_cents for sentence in told.sentences) == balance.total_cents
            total += balance.total_cents
        receivable = self.office.ask(balances.receivable)
        assert receivable == total
        rolled = self.office.ask(day_close.roll_forward, on=self.posting_day)
        assert rolled.closing_cents == receivable
        seen = self.office.ask(aging.aging, on=self.posting_day)
        assert seen.total == receivable
        for side, payer in ((seen.payer, True), (seen.patient, False)):
            assert (side.to_30, side.to_60, side.to_90, side.over_90, side.credit) == (
                self.naive.aged(self.posting_day, payer=payer)
            )

    @invariant()
    def no_receipt_number_comes_twice(self) -> None:
        if hasattr(self, "people"):
            numbers = [
                row.number for p in self.people for row in self.office.ask(receipts.of_patient, patient_id=p)
            ]
            assert len(numbers) == len(set(numbers))


@pytest.fixture
def template(file_office: Office, tmp_path: Path) -> Path:
    """An office with two households, one of them insured, copied for each run of acts."""
    code_lists(file_office)
    insured, walter = danielle(file_office), patient(file_office, "Walter", "Harris")
    coverage(file_office, insured)
    visit(file_office, walter)
    Ledger.made = {**file_office.made, "insured": insured, "self-pay": walter}
    target = tmp_path / "template.db"
    file_office.database.close()
    shutil.copy(tmp_path / "office.db", target)
    return target


def test_any_order_of_acts_keeps_every_sum(template: Path) -> None:
    Ledger.template = template
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=12,
            stateful_step_count=22,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
