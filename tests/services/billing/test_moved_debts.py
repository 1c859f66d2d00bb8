"""An insurer decides otherwise after the patient's part went to another household: nobody owes it twice."""

from datetime import timedelta

from frontdesk.formats.x12.remittance import PaidClaim
from frontdesk.services.billing import (
    account_transfers,
    balances,
    charges,
    credit_list,
    explain,
    household_ledger,
    payer_accounts,
    payments,
    remittance_voiding,
    remittances,
    roll_forward,
)
from frontdesk.services.billing.charges import Party
from frontdesk.services.billing.household_ledger import LedgerVerb
from frontdesk.services.registration import accounts
from frontdesk.services.registration.drafts import GuarantorDraft
from tests.builders.billing import TODAY, paid
from tests.builders.claims import insured, sent
from tests.builders.payer import CONTRACT, COPAY, answer, let_in, mirrored, received, written
from tests.builders.registration import patient
from tests.office import Office
from tests.refusal import refusal
from tests.services.billing.explained import everything_is_explained

WHOLE, CONTRACTUAL, SHARE = 13000, 3844, 4000
ON = TODAY + timedelta(days=5)


class Moved:
    """BCBS left $40.00 to the patient, whose debt the sister took over five days later."""

    def __init__(self, office: Office, *, cents: int = SHARE) -> None:
        self.office = office
        self.who = insured(office)
        self.claim = sent(office, self.who)
        self.first = answer(office, self.claim, [(CONTRACT, CONTRACTUAL), (COPAY, SHARE)])
        self.remittance = received(office, self.first)
        office.do(remittances.post, remittance_id=self.remittance)
        self.own = self._account()
        office.clock.advance(days=5)
        self.sister = patient(office, "Ingrid", "Osterhout")
        guarantor = GuarantorDraft(patient_id=self.sister)
        office.do(accounts.change_guarantor, patient_id=self.who, guarantor=guarantor)
        self.other = self._account()
        (self.line,) = (
            line.charge_line_id for line in office.ask(balances.lines_of_account, account_id=self.own)
        )
        self.posting = self.move(self.line, self.other, cents)
        self.there = self.line_of(self.other)

    def _account(self) -> int:
        found = self.office.ask(accounts.account_of, patient_id=self.who)
        assert found is not None
        return found.id

    def line_of(self, account_id: int) -> int:
        (line,) = self.office.ask(balances.lines_of_account, account_id=account_id)
        return line.charge_line_id

    def move(self, line: int, to: int, cents: int) -> int:
        return self.office.do(
            account_transfers.move_line,
            charge_line_id=line,
            to_account_id=to,
            amount_cents=cents,
            reason="The sister pays",
        )

    def decides_again(self, *answers: PaidClaim) -> int:
        """Status 22, and what the payer says instead."""
        data = written(mirrored(self.first), *answers, trace="0098817999")
        remittance = let_in(self.office, data)
        self.office.do(remittances.post, remittance_id=remittance)
        return remittance

    def owed(self, account_id: int) -> tuple[int, int, int]:
        found = self.office.ask(balances.of_account, account_id=account_id)
        return found.payer_cents, found.patient_cents, found.credit_cents

    def agrees(self, *more: int) -> None:
        """Lines and what is on none are the account, accounts are the receivables, and each is explained."""
        every = (self.own, self.other, *more)
        total = 0
        for account_id in every:
            balance = self.office.ask(balances.of_account, account_id=account_id)
            lines = self.office.ask(balances.lines_of_account, account_id=account_id, with_void=True)
            assert sum(line.open_cents for line in lines) - balance.credit_cents == balance.total_cents
            told = self.office.ask(explain.account, account_id=account_id).sentences
            assert sum(each.amount_cents for each in told) == balance.total_cents
            total += balance.total_cents
        payers = sum(each.balance_cents for each in self.office.ask(payer_accounts.accounts))
        assert self.office.ask(balances.receivable) == total + payers
        rolled = self.office.ask(roll_forward.by_party, on=ON)
        assert rolled.agrees
        assert rolled.together.closing_cents == total + payers
        everything_is_explained(self.office, list(every), ON)


def test_what_the_insurer_takes_back_nobody_else_owes(office: Office) -> None:
    moved = Moved(office)
    assert (moved.owed(moved.own), moved.owed(moved.other)) == ((0, 0, 0), (0, SHARE, 0))
    moved.decides_again()
    assert (moved.owed(moved.own), moved.owed(moved.other)) == ((WHOLE, 0, 0), (0, 0, 0))
    told = [each.text for each in office.ask(explain.account, account_id=moved.other).sentences]
    assert told[-1] == (
        "On 03/22/2026 $40.00 went to another household: A-00002 to A-00001, the insurer's decision changed."
    )
    moved.agrees()
    (line,) = office.ask(household_ledger.ledger, account_id=moved.other).lines
    assert LedgerVerb.BACK not in line.verbs
    assert LedgerVerb.VOID not in line.verbs
    with refusal("Some of it was paid, given up or moved on since. Nothing was moved back."):
        office.do(account_transfers.take_back, posting_id=moved.posting, reason="Back")


def test_what_was_paid_on_it_there_is_that_households_credit(office: Office) -> None:
    moved = Moved(office)
    paid(office, moved.who, 2500, line=moved.there)
    moved.decides_again()
    assert (moved.owed(moved.own), moved.owed(moved.other)) == ((WHOLE, 0, 0), (0, 0, 2500))
    (credit,) = office.ask(credit_list.worklist)
    assert (credit.account_id, credit.left_cents) == (moved.other, 2500)
    moved.agrees()


def test_what_is_decided_the_same_anew_stays_where_it_was_paid(office: Office) -> None:
    moved = Moved(office)
    paid(office, moved.who, SHARE, line=moved.there)
    moved.decides_again(moved.first)
    assert (moved.owed(moved.own), moved.owed(moved.other)) == ((0, 0, 0), (0, 0, 0))
    moved.agrees()


def test_of_a_smaller_share_the_rest_comes_back(office: Office) -> None:
    moved = Moved(office)
    moved.decides_again(answer(office, moved.claim, [(CONTRACT, CONTRACTUAL), (COPAY, 1500)]))
    assert (moved.owed(moved.own), moved.owed(moved.other)) == ((0, 0, 0), (0, 1500, 0))
    moved.agrees()


def test_a_larger_share_is_asked_where_the_service_was_charged(office: Office) -> None:
    moved = Moved(office)
    moved.decides_again(answer(office, moved.claim, [(CONTRACT, CONTRACTUAL), (COPAY, 5000)]))
    assert (moved.owed(moved.own), moved.owed(moved.other)) == ((0, 1000, 0), (0, SHARE, 0))
    moved.agrees()


def test_what_was_paid_before_the_move_is_a_credit_where_it_was_paid(office: Office) -> None:
    moved = Moved(office, cents=2500)
    taken = paid(office, moved.sister, 1500)
    office.do(
        account_transfers.move_credit,
        receipt_id=taken.receipt_id,
        account_id=moved.other,
        appointment_id=None,
        to_account_id=moved.own,
        amount_cents=1500,
        reason="It was the patient's",
    )
    office.do(
        payments.apply_credit, receipt_id=taken.receipt_id, charge_line_id=moved.line, amount_cents=1500
    )
    assert moved.owed(moved.own) == (0, 0, 0)
    moved.decides_again()
    assert (moved.owed(moved.own), moved.owed(moved.other)) == ((WHOLE, 0, 1500), (0, 0, 0))
    moved.agrees()


def test_what_was_moved_on_comes_back_from_there(office: Office) -> None:
    moved = Moved(office)
    third = office.ask(
        household_ledger.household_of, patient_id=patient(office, "Harald", "Vinterberg")
    ).account_id
    moved.move(moved.there, third, 3000)
    paid(office, moved.who, 500, line=moved.there)
    moved.decides_again()
    assert moved.owed(moved.own) == (WHOLE, 0, 0)
    assert (moved.owed(moved.other), moved.owed(third)) == ((0, 0, 500), (0, 0, 0))
    moved.agrees(third)


def test_what_the_office_gave_up_there_stays_given_up(office: Office) -> None:
    moved = Moved(office)
    office.do(
        charges.write_off,
        charge_line_id=moved.there,
        responsible=Party.PATIENT,
        amount_cents=1000,
        reason="Hardship",
    )
    moved.decides_again()
    assert (moved.owed(moved.own), moved.owed(moved.other)) == ((WHOLE, -1000, 0), (0, 0, 0))
    moved.agrees()


def test_a_voided_remittance_brings_it_back_too(office: Office) -> None:
    moved = Moved(office)
    paid(office, moved.who, 2500, line=moved.there)
    office.do(remittance_voiding.void, remittance_id=moved.remittance, reason="Wrong deposit")
    assert (moved.owed(moved.own), moved.owed(moved.other)) == ((WHOLE, 0, 0), (0, 0, 2500))
    moved.agrees()
    office.do(remittances.post, remittance_id=moved.remittance)
    assert (moved.owed(moved.own), moved.owed(moved.other)) == ((0, SHARE, 0), (0, 0, 2500))
    moved.agrees()
