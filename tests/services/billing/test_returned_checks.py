"""A check that the bank sends back: what it paid is owed again, in one act, whatever day it was taken."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from frontdesk.kernel.errors import Refused
from frontdesk.models.billing.receipts import ReceiptTender, TenderKind
from frontdesk.models.billing.returned_check import NoChecks, ReturnedCheck
from frontdesk.services.billing import (
    aging,
    asking,
    balances,
    bank_credits,
    collection_calls,
    counting,
    day_close,
    deposit,
    drawers,
    explain,
    household_ledger,
    no_checks,
    parties,
    payments,
    receipts,
    returned_checks,
    roll_forward,
    statement_rules,
)
from frontdesk.services.billing.asked import Allocation
from frontdesk.services.billing.bank_credits import Due
from frontdesk.services.billing.counting import Count, Pieces
from frontdesk.services.billing.explain_subject import About, Subject
from frontdesk.services.billing.payments import Payment, Tender
from frontdesk.services.billing.returned_checks import ReturnDraft, ReturnReason
from frontdesk.services.billing.statement_rules import StatementRules
from tests.builders.billing import TODAY, at_work, cash, charged, paid, visit
from tests.builders.refunds import refunded
from tests.builders.registration import coverage, danielle
from tests.office import Office
from tests.refusal import refusal
from tests.services.billing.explained import everything_is_explained
from tests.services.billing.explained_reports import comes_to
from tests.services.billing.test_seal import refused

LATER = TODAY + timedelta(days=3)
TODAY_IN_WORDS = "Tuesday, March 17"


def check(cents: int, number: str = "1042") -> Tender:
    return Tender(TenderKind.CHECK, cents, check_number=number, check_bank="Harbor Bank")


class Bounced:
    """$130.00 owed, $80.00 of it paid by check; three days later the bank sends the check back."""

    def __init__(self, office: Office, cents: int = 8000) -> None:
        self.office = office
        self.who = danielle(office)
        (self.line,) = charged(office, self.who)
        self.receipt_id = paid(office, self.who, cents, line=self.line, tender=check(cents)).receipt_id
        with at_work(office) as work:
            self.account = parties.account_of(work, self.who, TODAY)
        office.clock.advance(days=3)

    @property
    def tender_id(self) -> int:
        return self.office.ask(returned_checks.checks, receipt_id=self.receipt_id).checks[0].tender_id

    def comes_back(
        self, because: ReturnReason = ReturnReason.NSF, note: str = "", fee: int = 0, mark: bool = False
    ) -> int:
        draft = ReturnDraft(self.tender_id, because, note, fee, mark)
        return self.office.do(returned_checks.record, draft=draft)

    def left(self) -> tuple[int, int]:
        """What patients owe, and the household's credit."""
        found = self.office.ask(balances.of_account, account_id=self.account)
        return found.patient_cents, found.credit_cents


def test_what_it_paid_is_owed_again_and_as_old_as_it_was(office: Office) -> None:
    bounced = Bounced(office)
    bounced.comes_back(ReturnReason.CLOSED)
    assert bounced.left() == (13000, 0)
    assert office.ask(balances.receivable) == 13000
    office.clock.advance(days=40)
    day = LATER + timedelta(days=40)
    assert office.ask(aging.aging, on=day, account_id=bounced.account).patient.to_60 == 13000
    told = office.ask(explain.account, account_id=bounced.account).sentences
    assert (
        "On 03/20/2026 the bank did not pay $80.00 of receipt R-000001: Check 1042: account closed.",
        8000,
    ) in [(each.text, each.amount_cents) for each in told]
    everything_is_explained(office, [bounced.account], day)


def test_the_receipt_stands_and_says_that_its_check_came_back(office: Office) -> None:
    bounced = Bounced(office)
    (before,) = office.ask(receipts.of_patient, patient_id=bounced.who)
    assert (before.may_return, before.returned) == (True, "")
    bounced.comes_back()
    (after,) = office.ask(receipts.of_patient, patient_id=bounced.who)
    assert (after.may_return, after.returned, after.is_void) == (False, "Check 1042 came back", False)
    (by,) = office.ask(receipts.paper, receipt_id=bounced.receipt_id).paid_by
    assert by.text == "Check 1042, Harbor Bank, came back 03/20/2026"
    with refusal("The bank did not pay a check of receipt R-000001. If it did after all, enter that first."):
        office.do(payments.void, receipt_id=bounced.receipt_id, reason="Check came back")


def test_a_sealed_day_its_drawer_and_its_deposit_stay_as_they_were(office: Office) -> None:
    who = danielle(office)
    (line,) = charged(office, who)
    taken = paid(office, who, 8000, line=line, tender=check(8000))
    (drawer,) = office.ask(drawers.drawers)
    office.do(counting.count, count=Count(drawer.id, TODAY, (), 8000, 0))
    office.do(day_close.close, on=TODAY)
    office.clock.advance(days=3)
    slip = office.ask(deposit.slip, on=TODAY)
    rolled = office.ask(roll_forward.by_party, on=TODAY)
    (checked,) = office.ask(returned_checks.checks, receipt_id=taken.receipt_id).checks
    back = office.do(returned_checks.record, draft=ReturnDraft(checked.tender_id, ReturnReason.NSF))
    assert office.ask(deposit.slip, on=TODAY) == slip
    assert office.ask(roll_forward.by_party, on=TODAY) == rolled
    assert office.ask(roll_forward.by_party, on=LATER).together.payments_cents == 8000
    paid(office, who, 3000, line=line)
    counted = office.do(counting.count, count=Count(drawer.id, LATER, (Pieces(1000, 3),), 0, 0))
    assert counting.said_differences(counted) == ()
    office.do(day_close.close, on=LATER)

    waiting = office.ask(bank_credits.expected, since=TODAY, until=LATER)
    assert [(each.what, each.amount_cents, each.is_waiting) for each in waiting] == [
        (f"Deposit of {TODAY_IN_WORDS}", 8000, True),
        ("Deposit of Friday, March 20", 3000, True),
        ("Check 1042 came back, receipt R-000001", -8000, False),
    ]
    comes_to(office, Subject(About.RETURNED, back), -8000)
    with refusal("The bank took this back already."):
        office.do(
            bank_credits.find, due=Due(returned_check_id=back), seen_on=LATER, amount_cents=8000, note="-"
        )


def test_the_offices_fee_is_charged_with_it(office: Office) -> None:
    bounced = Bounced(office)
    assert office.ask(returned_checks.checks, account_id=bounced.account).fee_cents == 0
    with refusal("The office asks $0.00 for it by now. Look again."):
        bounced.comes_back(fee=2500)
    office.do(statement_rules.set_rules, rules=StatementRules(returned_check_cents=2500))
    with refusal("The fee for a returned check is at most $100.00."):
        office.do(statement_rules.set_rules, rules=StatementRules(returned_check_cents=10001))
    assert office.ask(returned_checks.checks, account_id=bounced.account).fee_cents == 2500
    bounced.comes_back(fee=2500)
    assert bounced.left() == (15500, 0)
    fee = office.ask(balances.lines_of_account, account_id=bounced.account)[0]
    assert (fee.label, fee.code, fee.patient_cents) == ("Returned check 1042", "FEE", 2500)
    everything_is_explained(office, [bounced.account], LATER)


def test_the_desk_is_asked_before_it_takes_the_next_check(office: Office) -> None:
    bounced = Bounced(office)
    bounced.comes_back(ReturnReason.STOPPED, mark=True)
    words = (
        "The office takes no checks from this household since 03/20/2026: "
        "check 1042 came back, payment stopped."
    )
    assert office.ask(asking.ask_for, patient_id=bounced.who).no_checks == words
    assert office.ask(household_ledger.ledger, account_id=bounced.account).no_checks == words
    payment = Payment(
        bounced.who, (check(1000, "1043"),), (Allocation("line", 1000, charge_line_id=bounced.line),)
    )
    with pytest.raises(Refused) as asked:
        office.do(payments.take, payment=payment)
    (finding,) = asked.value.findings
    assert (finding.message, finding.overridable) == (f"{words} Say why this one is taken.", True)
    by_cash = Payment(bounced.who, (cash(500),), (Allocation("line", 500, charge_line_id=bounced.line),))
    office.do(payments.take, payment=by_cash)
    certified = Payment(payment.patient_id, payment.tenders, payment.allocations, taken_because="Certified")
    office.do(payments.take, payment=certified)

    with refusal("No checks are taken from this household already."):
        office.do(no_checks.mark, account_id=bounced.account, returned_check_id=None)
    allowed = office.done(no_checks.allow, account_id=bounced.account)
    assert office.ask(asking.ask_for, patient_id=bounced.who).no_checks == ""
    with refusal("Checks are taken from this household already."):
        office.do(no_checks.allow, account_id=bounced.account)
    office.database.undo(office.actor, allowed.entry_id)
    assert office.ask(asking.ask_for, patient_id=bounced.who).no_checks == words


def test_what_came_back_by_mistake_pays_again_what_it_had_paid(office: Office) -> None:
    bounced = Bounced(office)
    office.do(statement_rules.set_rules, rules=StatementRules(returned_check_cents=2500))
    draft = ReturnDraft(bounced.tender_id, ReturnReason.NSF, fee_cents=2500, no_checks=True)
    done = office.done(returned_checks.record, draft=draft)
    assert bounced.left() == (15500, 0)
    office.database.undo(office.actor, done.entry_id)
    assert bounced.left() == (5000, 0)
    assert office.ask(asking.ask_for, patient_id=bounced.who).no_checks == ""
    (row,) = office.ask(receipts.of_patient, patient_id=bounced.who)
    assert (row.may_return, row.returned) == (True, "")
    with refusal("This check was paid after all already."):
        office.do(returned_checks.take_back, returned_id=done.result, reason="Paid")
    again = bounced.comes_back()
    paid(office, bounced.who, 10000, line=bounced.line)
    with refusal("Say how the office knows."):
        office.do(returned_checks.take_back, returned_id=again, reason=" ")
    office.do(returned_checks.take_back, returned_id=again, reason="The bank paid it the second time")
    # $30.00 was still owed on the line; the rest of the check is to the credit.
    assert bounced.left() == (0, 5000)
    everything_is_explained(office, [bounced.account], LATER)


def test_what_was_paid_beside_the_check_keeps_paying(office: Office) -> None:
    who = danielle(office)
    (first,) = charged(office, who)
    (second,) = charged(office, who)
    parts = (
        Allocation("line", 4000, charge_line_id=first),
        Allocation("line", 3000, charge_line_id=second),
        Allocation("prepayment", 1000),
    )
    taken = office.do(payments.take, payment=Payment(who, (cash(5000), check(3000)), parts))
    office.clock.advance(days=3)
    (row,) = office.ask(returned_checks.checks, receipt_id=taken.receipt_id).checks
    done = office.done(returned_checks.record, draft=ReturnDraft(row.tender_id, ReturnReason.NSF))
    with at_work(office) as work:
        account = parties.account_of(work, who, TODAY)
        lines = balances.lines_by_id(work, (first, second))
    balance = office.ask(balances.of_account, account_id=account)
    assert (balance.total_cents, balance.credit_cents) == (26000 - 5000, 0)
    assert [lines[each].patient_paid_cents for each in (first, second)] == [4000, 1000]
    everything_is_explained(office, [account], LATER)
    office.database.undo(office.actor, done.entry_id)
    balance = office.ask(balances.of_account, account_id=account)
    assert (balance.patient_cents, balance.credit_cents) == (26000 - 7000, 1000)
    everything_is_explained(office, [account], LATER)


def test_a_copay_by_check_is_asked_for_again(office: Office) -> None:
    who = danielle(office)
    coverage(office, who, member_id="PTC114209")
    appointment = visit(office, who)
    item = office.ask(asking.ask_for, patient_id=who, appointment_id=appointment).items[0]
    taken = paid(office, who, item.amount_cents, copay_of=appointment, tender=check(item.amount_cents))
    assert office.ask(asking.ask_for, patient_id=who, appointment_id=appointment).items == ()
    office.clock.advance(days=3)
    (row,) = office.ask(returned_checks.checks, receipt_id=taken.receipt_id).checks
    office.do(returned_checks.record, draft=ReturnDraft(row.tender_id, ReturnReason.NSF))
    (again,) = office.ask(asking.ask_for, patient_id=who, appointment_id=appointment).items
    assert again.amount_cents == item.amount_cents


def test_what_was_refunded_of_it_is_owed_as_a_charge(office: Office) -> None:
    who = danielle(office)
    taken = paid(office, who, 8000, tender=check(8000))
    office.clock.advance(days=3)
    refunded(office, taken.receipt_id, 3000)
    (row,) = office.ask(returned_checks.checks, receipt_id=taken.receipt_id).checks
    back = office.do(returned_checks.record, draft=ReturnDraft(row.tender_id, ReturnReason.CLOSED))
    with at_work(office) as work:
        account = parties.account_of(work, who, TODAY)
    balance = office.ask(balances.of_account, account_id=account)
    assert (balance.patient_cents, balance.credit_cents) == (3000, 0)
    (line,) = office.ask(balances.lines_of_account, account_id=account)
    assert line.label == "Refund of check 1042, which came back"
    everything_is_explained(office, [account], LATER)
    office.do(returned_checks.take_back, returned_id=back, reason="Paid")
    balance = office.ask(balances.of_account, account_id=account)
    assert (balance.patient_cents, balance.credit_cents) == (0, 5000)


def test_a_promise_is_not_kept_by_it(office: Office) -> None:
    bounced = Bounced(office)
    office.do(
        collection_calls.promise,
        account_id=bounced.account,
        amount_cents=5000,
        due_on=LATER + timedelta(days=7),
    )
    office.clock.advance(minutes=5)
    taken = paid(office, bounced.who, 5000, line=bounced.line, tender=check(5000, "1050"))
    office.clock.advance(days=1)
    (row,) = office.ask(returned_checks.checks, receipt_id=taken.receipt_id).checks
    with at_work(office) as work:
        assert collection_calls.promises(work, [bounced.account])[bounced.account].paid_cents == 5000
    office.do(returned_checks.record, draft=ReturnDraft(row.tender_id, ReturnReason.NSF))
    with at_work(office) as work:
        assert collection_calls.promises(work, [bounced.account])[bounced.account].paid_cents == 0
    everything_is_explained(office, [bounced.account], LATER + timedelta(days=1))


def test_what_cannot_come_back_is_refused(office: Office) -> None:
    bounced = Bounced(office)
    with refusal("Write what the bank says."):
        bounced.comes_back(ReturnReason.OTHER, note=" ")
    with refusal("A note has at most 200 characters. Shorten it."):
        bounced.comes_back(note="x" * 201)
    draft = ReturnDraft(bounced.tender_id, ReturnReason.OTHER, "Refer to maker")
    office.do(returned_checks.record, draft=draft)
    with refusal("Check 1042 came back already."):
        office.do(returned_checks.record, draft=draft)
    fresh = paid(office, bounced.who, 1000, tender=check(1000, "1043"))
    assert office.ask(returned_checks.checks, receipt_id=fresh.receipt_id).checks == ()
    tender = _tender(office, fresh.receipt_id)
    with refusal("This check is still in the drawer. Void the receipt instead."):
        office.do(returned_checks.record, draft=ReturnDraft(tender, ReturnReason.NSF))
    by_cash = paid(office, bounced.who, 1000)
    with refusal("Only a check comes back from the bank."):
        office.do(
            returned_checks.record, draft=ReturnDraft(_tender(office, by_cash.receipt_id), ReturnReason.NSF)
        )
    office.do(payments.void, receipt_id=fresh.receipt_id, reason="Wrong patient")
    office.clock.advance(days=1)
    with refusal("Receipt R-000002 was voided before. Nothing of it counts."):
        office.do(returned_checks.record, draft=ReturnDraft(tender, ReturnReason.NSF))


def test_what_was_written_of_it_stays_on_record(office: Office) -> None:
    bounced = Bounced(office)
    bounced.comes_back(mark=True)
    assert refused(office, update(ReturnedCheck).values(note="x")) == (
        "That a check came back stays on record. Say that it was paid after all."
    )
    assert refused(office, update(NoChecks).values(done_by="x")) == (
        "That no checks were taken stays on record. Take checks again instead."
    )


def test_a_check_comes_back_once_for_whichever_desk(office: Office) -> None:
    bounced = Bounced(office)
    tender_id = bounced.tender_id
    bounced.comes_back()
    again = insert(ReturnedCheck).values(
        id=1,
        tender_id=tender_id,
        because=ReturnReason.NSF,
        posting_id=None,
        refunded_line_id=bounced.line,
        at=office.clock.now(),
        done_by="Another desk",
    )
    assert refused(office, again) == "Another desk has just entered that this check came back."
    long = again.values(id=2, tender_id=tender_id, note="x" * 201)
    assert refused(office, long) == "A note has at most 200 characters. Shorten it."


def _tender(office: Office, receipt_id: int) -> int:
    with at_work(office) as work:
        return work.session.scalars(
            select(ReceiptTender.id).where(ReceiptTender.receipt_id == receipt_id)
        ).one()
