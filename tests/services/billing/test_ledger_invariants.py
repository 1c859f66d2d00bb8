"""Random acts on the ledger, checked to the cent against a naive second one after each."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim
from frontdesk.models.billing.journal import Party, PostingKind
from frontdesk.services.billing import (
    charges,
    claims,
    credits,
    journal,
    superbills,
)
from frontdesk.services.billing.claim_steps import EDITABLE
from frontdesk.services.billing.sheet import Sheet, Ticked
from frontdesk.services.registration import accounts
from tests.builders.billing import (
    MIGRAINE,
    PRICES,
    answered,
    at_work,
    below,
    charged,
    code_lists,
    visit,
)
from tests.builders.registration import coverage, danielle, patient
from tests.office import Office
from tests.services.billing.desk_acts import PART
from tests.services.billing.household_acts import Households
from tests.services.billing.naive_ledger import Fact


class Ledger(Households):
    """A month at the desk, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[tuple[int, int, list[Fact]]] = []
        self.billed: list[list[int]] = []
        """The lines of each superbill."""

    @initialize()
    def households(self) -> None:
        self.people = [int(str(self.made["insured"])), int(str(self.made["self-pay"]))]
        found = [self.office.ask(accounts.account_of, patient_id=person) for person in self.people]
        self.accounts = [account.id for account in found if account is not None]

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
        self.billed.append(list(made))
        for line, code in zip(made, codes, strict=True):
            account = self.accounts[who]
            self.first[line] = [
                self.naive.charge(account, appointment, line, PRICES[code], self.today, payer=who == 0)
            ]
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

    @rule(pick=st.integers(0, 99))
    @precondition(lambda self: self.first)
    def charge_is_voided(self, pick: int) -> None:
        kept = {line for _, line, _ in self.answers} | self.moved_from()
        free = [line for line in self.first if line not in kept]
        if not free:
            return
        line = free[pick % len(free)]
        self.office.do(charges.void, charge_line_id=line, reason="Charged in error")
        self._is_void(line)

    @rule(pick=st.integers(0, 99), again=st.booleans())
    def superbill_is_reopened(self, pick: int, again: bool) -> None:
        decided = {line for _, line, _ in self.answers} | self.moved_from()
        free = [lines for lines in self.billed if not decided.intersection(lines)]
        if not free:
            return
        lines = free[pick % len(free)]
        self.billed.remove(lines)
        standing = [line for line in lines if line in self.first]
        if not standing:
            return
        account, visit = self.naive.account_of[standing[0]], self.naive.visit_of[standing[0]]
        served_on = self.first[standing[0]][0].since
        with at_work(self.office) as work:
            bill = work.get(ChargeLine, standing[0]).superbill_id or 0
        self.office.do(superbills.reopen, superbill_id=bill, reason="Entered for another")
        for line in standing:
            self._is_void(line)
        if again:
            sheet = Sheet((MIGRAINE,), (Ticked("99213"),))
            (line,) = self.office.do(superbills.enter, superbill_id=bill, sheet=sheet)
            is_insured = account == self.accounts[0]
            cents = PRICES["99213"]
            self.first[line] = [self.naive.charge(account, visit, line, cents, served_on, payer=is_insured)]
            self.billed.append([line])
            self.naive.apply_held(account, self.posting_day)

    @rule(pick=st.integers(0, 99))
    def claim_is_voided(self, pick: int) -> None:
        """It is asked of nobody; what the insurer owes stays in the ledger."""
        with at_work(self.office) as work:
            open_claims = work.session.scalars(
                select(Claim.id).where(Claim.state.in_(EDITABLE)).order_by(Claim.id)
            ).all()
        if open_claims:
            claim = open_claims[pick % len(open_claims)]
            self.office.do(claims.void, claim_id=claim, reason="The patient pays alone")

    def _is_void(self, line: int) -> None:
        self.naive.free(line=line)
        self.naive.take_back(self.first.pop(line))
        del self.naive.visit_of[line]
        for whose, facts in self.own:
            if whose == line:
                self.naive.take_back(facts)


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
