"""Money at the desk."""

import pytest
from sqlalchemy import select

from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim
from frontdesk.models.billing.receipts import TenderKind
from frontdesk.services.billing import asking, balances, charges, credits, payments, receipts, using_credit
from frontdesk.services.billing.asking import Allocation
from frontdesk.services.billing.payments import Payment, Tender
from frontdesk.services.registration import accounts
from frontdesk.services.registration.drafts import GuarantorDraft
from tests.builders.billing import answered, at_work, below, cash, charged, paid, visit
from tests.builders.claims import sent
from tests.builders.refunds import refunded
from tests.builders.registration import coverage, danielle, patient
from tests.office import Office
from tests.refusal import refusal

CARD = Tender(TenderKind.CARD, 11420, card_brand="Visa", card_last4="4417", card_auth="081532")


def test_the_desk_asks_for_the_copay_and_the_past_deductible(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    (line,) = charged(office, dani)
    answered(office, line, contract_cents=4580, patient_cents=8420)
    appointment = visit(office, dani)

    ask = office.ask(asking.ask_for, patient_id=dani, appointment_id=appointment)
    assert [(i.label, i.because, i.amount_cents) for i in ask.items] == [
        ("Copay, visit today", "BCBS PPO asks for a copay at each visit.", 3000),
        ("Balance, visit 03/17/2026", "deductible", 8420),
    ]
    everything = tuple(a for item in ask.items for a in item.allocations)
    taken = office.do(payments.take, payment=Payment(dani, (CARD,), everything, appointment))
    assert (taken.number, taken.total_cents, taken.change_cents) == ("R-000001", 11420, 0)

    assert office.ask(asking.ask_for, patient_id=dani, appointment_id=appointment).items == ()
    paper = office.ask(receipts.paper, receipt_id=taken.receipt_id)
    assert [(i.text, i.amount_cents) for i in paper.paid_for] == [
        ("Office visit, low, 03/17/2026", 8420),
        ("Copay", 3000),
    ]
    assert paper.paid_by == (receipts.PaidBy("Visa ending 4417, approval 081532", 11420),)
    assert paper.printed_at == "03/17/2026 10:42 AM"


def test_copay_money_is_held_until_the_insurer_names_the_patients_share(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    appointment = visit(office, dani)
    paid(office, dani, 3000, copay_of=appointment)
    (line,) = charged(office, dani, appointment_id=appointment)
    assert office.ask(balances.of_patient, patient_id=dani) == balances.Balance(10000, 13000, 0, 3000)

    answered(office, line, payer_cents=6156, contract_cents=3844, patient_cents=3000, carc="3")
    account = below(office, balances.lines_by_id, (line,))[line]
    assert (account.payer_cents, account.patient_cents) == (0, 3000)
    (credit,) = office.ask(credits.of_account, account_id=_account(office, dani))
    assert below(office, credits.apply_held, account_id=credit.account_id) == 3000
    assert office.ask(balances.of_patient, patient_id=dani) == balances.Balance(0, 0, 0, 0)


def test_cash_gives_change_and_short_cash_is_refused(office: Office) -> None:
    dani = danielle(office)
    assert paid(office, dani, 3000, tender=cash(3000, 5000)).change_cents == 2000
    with refusal("The cash handed over is $5.00 short."):
        paid(office, dani, 3000, tender=cash(3000, 2500))


@pytest.mark.parametrize(
    ("cents", "sentence"),
    [
        (0, "Enter an amount above zero."),
        (-1, "Enter an amount above zero."),
        (10**9, "$10,000,000.00 is more than the ledger takes. Check the amount."),
    ],
)
def test_amounts_that_make_no_sense_are_refused(file_office: Office, cents: int, sentence: str) -> None:
    dani = danielle(file_office)
    with refusal(sentence):
        paid(file_office, dani, cents)


@pytest.mark.parametrize(
    ("tender", "sentence"),
    [
        (
            Tender(TenderKind.CARD, 100, card_last4="4111 1111 1111 1111", card_auth="1"),
            "That looks like a card number. Enter only its last four digits.",
        ),
        (
            Tender(TenderKind.CHECK, 100, check_number="5555-5555-5555-4444"),
            "That looks like a card number. Enter only its last four digits.",
        ),
        (
            Tender(TenderKind.CARD, 100, card_last4="441"),
            "Enter the last four digits that the slip shows. Enter the approval code from the terminal.",
        ),
        (Tender(TenderKind.CHECK, 100), "Enter the number of the check."),
        (Tender(TenderKind.CASH, 100, check_number="12"), "Only a check has a check number."),
    ],
)
def test_a_tender_names_what_it_must_and_no_card_number(
    file_office: Office, tender: Tender, sentence: str
) -> None:
    dani = danielle(file_office)
    with refusal(sentence):
        paid(file_office, dani, 100, tender=tender)


def test_a_payment_larger_than_the_debt_goes_ahead_only_by_name(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    with refusal("The patient owes only $130.00 on Office visit, low. Take the rest as a payment ahead."):
        paid(office, dani, 13001, line=line)
    both = (Allocation("line", 13000, charge_line_id=line), Allocation("prepayment", 1))
    office.do(payments.take, payment=Payment(dani, (cash(13001),), both))
    assert office.ask(balances.of_patient, patient_id=dani) == balances.Balance(-1, 0, 0, 1)


def test_paid_and_allocated_must_agree(file_office: Office) -> None:
    dani = danielle(file_office)
    payment = Payment(dani, (cash(3000),), (Allocation("prepayment", 2500),))
    with refusal("$30.00 is paid but $25.00 is allocated. Make the two agree."):
        file_office.do(payments.take, payment=payment)


def test_a_voided_receipt_takes_everything_back_and_its_number_is_gone(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    first = paid(office, dani, 5000, line=line)
    office.do(payments.void, receipt_id=first.receipt_id, reason="Wrong patient")
    assert office.ask(balances.of_patient, patient_id=dani).patient_cents == 13000
    assert paid(office, dani, 5000, line=line).number == "R-000002"
    assert office.ask(receipts.paper, receipt_id=first.receipt_id).void_reason == "Wrong patient"
    with refusal("Receipt R-000001 was voided before."):
        office.do(payments.void, receipt_id=first.receipt_id, reason="Again")
    with refusal("Say why the receipt is voided."):
        office.do(payments.void, receipt_id=first.receipt_id, reason=" ")


def test_a_receipt_that_was_refunded_in_part_cannot_be_voided(office: Office) -> None:
    dani = danielle(office)
    taken = paid(office, dani, 10000)
    refunded(office, taken.receipt_id, 1580)
    assert office.ask(balances.of_patient, patient_id=dani).credit_cents == 8420
    with refusal("$15.80 of this receipt was refunded. It can no longer be voided."):
        office.do(payments.void, receipt_id=taken.receipt_id, reason="Mistake")


def test_a_mother_pays_for_her_child_but_not_for_strangers(office: Office) -> None:
    mother = danielle(office)
    child = patient(office, "Mia", "Foster", guarantor=GuarantorDraft(patient_id=mother))
    stranger = patient(office, "Walter", "Harris")
    (childs,), (strangers,) = charged(office, child), charged(office, stranger)
    paid(office, mother, 13000, line=childs)
    assert office.ask(balances.of_patient, patient_id=child).total_cents == 0
    with refusal("This charge belongs to another household."):
        paid(office, mother, 13000, line=strangers)


def test_only_what_the_patient_overpaid_may_move(office: Office) -> None:
    """Service 100, insurer paid 150, patient 30, second service 100 open: only 30 may move."""
    dani = danielle(office)
    coverage(office, dani)
    (line,) = charged(office, dani)
    answered(office, line, patient_cents=3000)
    paid(office, dani, 3000, line=line)
    answered(office, line, payer_cents=15000)
    # The insurer corrects itself: the share was never the patient's.
    answered(office, line, patient_cents=-3000)
    both = below(office, balances.lines_by_id, (line,))[line]
    assert (both.payer_cents, both.patient_cents) == (-2000, -3000)

    assert office.do(payments.free_overpaid, charge_line_id=line) == 3000
    (second,) = charged(office, dani)
    answered(office, second, patient_cents=13000)
    more = (Allocation("line", 3001, charge_line_id=second),)
    assert office.do(using_credit.use, patient_id=dani, parts=more) == 3000
    assert below(office, balances.lines_by_id, (second,))[second].patient_cents == 10000
    with refusal("The patient has not paid too much here. An insurer's overpayment stays."):
        office.do(payments.free_overpaid, charge_line_id=line)


def test_a_voided_charge_leaves_the_money_to_the_patients_credit(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    paid(office, dani, 5000, line=line)
    office.do(charges.void, charge_line_id=line, reason="Charged twice")
    assert office.ask(balances.of_patient, patient_id=dani) == balances.Balance(-5000, 0, 0, 5000)
    with refusal("This charge was voided before. Nothing was changed."):
        office.do(charges.void, charge_line_id=line, reason="Charged twice")


def test_a_charge_the_insurer_answered_is_not_voided(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    (line,) = charged(office, dani)
    answered(office, line, payer_cents=100)
    with refusal("The insurer has already answered on this charge. Correct the claim instead."):
        office.do(charges.void, charge_line_id=line, reason="Charged twice")


def test_a_charge_on_a_claim_that_went_out_is_not_voided(office: Office) -> None:
    claim_id = sent(office)
    with at_work(office) as work:
        line = work.session.scalar(
            select(ChargeLine.id).where(ChargeLine.superbill_id == work.get(Claim, claim_id).superbill_id)
        )
    assert line is not None
    with refusal("This charge went to the insurer on claim 26-00001. Correct or void the claim instead."):
        office.do(charges.void, charge_line_id=line, reason="Charged twice")


def _account(office: Office, patient_id: int) -> int:
    found = office.ask(accounts.account_of, patient_id=patient_id)
    assert found is not None
    return found.id
