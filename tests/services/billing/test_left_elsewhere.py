"""What a patient left on another household is said at the desk, and paid in the same act if it is meant."""

from dataclasses import replace
from datetime import timedelta

from frontdesk.models.billing.receipts import TenderKind
from frontdesk.models.registration.account import Account
from frontdesk.services.billing import (
    account_transfers,
    asking,
    balances,
    charges,
    payments,
    plans,
    receipts,
    returned_checks,
    using_credit,
)
from frontdesk.services.billing.asked import Allocation, AskItem
from frontdesk.services.billing.payments import Payment, Tender
from frontdesk.services.billing.plans import Part, PlanDraft, Rhythm
from frontdesk.services.billing.returned_checks import ReturnDraft, ReturnReason
from tests.builders.billing import TODAY, at_work, cash
from tests.office import Office
from tests.refusal import refusal
from tests.services.billing.explained import everything_is_explained
from tests.services.billing.test_account_transfers import Family

NOT_OURS = "This charge belongs to another household."
ON = TODAY + timedelta(days=5)


def left(office: Office, child: int) -> AskItem:
    (item,) = office.ask(asking.ask_for, patient_id=child).elsewhere
    return item


def test_what_the_mother_still_owes_is_offered_and_not_due(office: Office) -> None:
    family = Family(office)
    _copies(office, family)
    asked = office.ask(asking.ask_for, patient_id=family.child)
    assert (asked.total_cents, asked.account_id) == (13000, family.fathers)
    (item,) = asked.elsewhere
    assert (item.household, item.amount_cents, item.is_asked) == (
        "account A-00001 of Ingrid Osterhout",
        13000,
        False,
    )
    assert item.allocations == (
        Allocation("line", 13000, charge_line_id=family.line, account_id=family.mothers),
    )
    everything_is_explained(office, [family.mothers, family.fathers], ON)


def test_both_are_paid_in_one_act_each_on_its_household(office: Office) -> None:
    family = Family(office)
    own = _copies(office, family)
    item = left(office, family.child)
    parts = (Allocation("line", 13000, charge_line_id=own), replace(item.allocations[0], amount_cents=4000))
    taken = office.do(payments.take, payment=Payment(family.child, (cash(17000),), parts))
    assert family.both() == (9000, 0)
    for account_id in (family.mothers, family.fathers):
        assert office.ask(balances.of_account, account_id=account_id).credit_cents == 0
    assert [each.text for each in office.ask(receipts.paper, receipt_id=taken.receipt_id).paid_for] == [
        "Copies, 03/22/2026",
        "Office visit, low, 03/17/2026, account A-00001",
    ]
    everything_is_explained(office, [family.mothers, family.fathers], ON)
    office.do(payments.void, receipt_id=taken.receipt_id, reason="Wrong patient")
    assert family.both() == (13000, 13000)
    everything_is_explained(office, [family.mothers, family.fathers], ON)


def test_nobody_pays_another_households_debt_by_accident(office: Office) -> None:
    family = Family(office)
    (part,) = left(office, family.child).allocations
    with refusal(NOT_OURS):
        office.do(
            payments.take,
            payment=Payment(family.child, (cash(13000),), (replace(part, account_id=None),)),
        )
    with refusal(NOT_OURS):
        office.do(
            payments.take,
            payment=Payment(family.child, (cash(13000),), (replace(part, account_id=family.fathers),)),
        )
    with refusal(NOT_OURS):
        father = _holder(office, family.fathers)
        office.do(payments.take, payment=Payment(father, (cash(13000),), (part,)))
    with refusal(NOT_OURS):
        office.do(using_credit.use, patient_id=family.child, parts=(part,))
    # Moved here since: what was offered there is not owed there any more.
    family.move()
    with refusal("The patient owes only $0.00 on Office visit, low. Take the rest as a payment ahead."):
        office.do(payments.take, payment=Payment(family.child, (cash(13000),), (part,)))
    assert office.ask(asking.ask_for, patient_id=family.child).elsewhere == ()
    assert family.both() == (0, 13000)


def test_what_is_paid_in_installments_there_is_offered_by_installments(office: Office) -> None:
    family = Family(office)
    mother = _holder(office, family.mothers)
    draft = PlanDraft(mother, (Part(family.line, 13000),), 2, Rhythm.MONTH, ON + timedelta(days=7))
    office.do(plans.agree, draft=draft)
    assert office.ask(asking.ask_for, patient_id=family.child).elsewhere == ()


def test_a_check_that_paid_both_comes_back_on_both(office: Office) -> None:
    family = Family(office)
    own = _copies(office, family)
    (part,) = left(office, family.child).allocations
    parts = (Allocation("line", 13000, charge_line_id=own), part)
    check = Tender(TenderKind.CHECK, 26000, check_number="1042")
    taken = office.do(payments.take, payment=Payment(family.child, (check,), parts))
    assert family.both() == (0, 0)
    office.clock.advance(days=3)
    (row,) = office.ask(returned_checks.checks, receipt_id=taken.receipt_id).checks
    done = office.done(returned_checks.record, draft=ReturnDraft(row.tender_id, ReturnReason.NSF))
    assert family.both() == (13000, 13000)
    everything_is_explained(office, [family.mothers, family.fathers], ON + timedelta(days=3))
    office.database.undo(office.actor, done.entry_id)
    assert family.both() == (0, 0)


def test_what_was_moved_to_a_relative_is_left_elsewhere_too(office: Office) -> None:
    family = Family(office)
    family.move(9000)
    family.office.do(
        account_transfers.move_line,
        charge_line_id=family.there(),
        to_account_id=family.mothers,
        amount_cents=1000,
        reason="Agreed",
    )
    found = office.ask(asking.ask_for, patient_id=family.child)
    assert found.total_cents == 8000
    assert sum(each.amount_cents for each in found.elsewhere) == 5000


def _copies(office: Office, family: Family) -> int:
    """A fee of $130.00 that the father owes."""
    return office.do(charges.add_fee, patient_id=family.child, label="Copies", amount_cents=13000, on=ON)


def _holder(office: Office, account_id: int) -> int:
    with at_work(office) as work:
        return work.get(Account, account_id).holder_patient_id or 0
