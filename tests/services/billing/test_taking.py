"""What the desk is asked about, split and family payments, deposits, waivers, copies."""

from datetime import date

import pytest

from frontdesk.kernel.errors import Refused
from frontdesk.models.billing.receipts import IssueWay, TenderKind
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.services.billing import (
    asking,
    balances,
    counting,
    day_close,
    deposits,
    drawers,
    payments,
    receipts,
    waiving,
)
from frontdesk.services.billing.asked import Allocation
from frontdesk.services.billing.counting import Count
from frontdesk.services.billing.payments import Payment, Tender
from frontdesk.services.registration.drafts import GuarantorDraft
from tests.builders.billing import TODAY, at_work, cash, charged, paid, visit
from tests.builders.registration import coverage, danielle, patient
from tests.office import Office
from tests.refusal import refusal

AHEAD = (Allocation("prepayment", 3000),)


def child(office: Office, of: int) -> int:
    return patient(office, "Mia", "Foster", date(2018, 5, 2), guarantor=GuarantorDraft(patient_id=of))


def test_the_same_payment_within_a_minute_is_asked_about(office: Office) -> None:
    dani = danielle(office)
    payment = Payment(dani, (cash(3000),), AHEAD)
    first = office.do(payments.take, payment=payment)
    office.clock.advance(seconds=59)
    with pytest.raises(Refused) as asked:
        office.do(payments.take, payment=payment)
    (finding,) = asked.value.findings
    assert finding.message == ("$30.00 was taken a moment ago, receipt R-000001. Say why it is taken twice.")
    assert finding.overridable
    second = office.do(
        payments.take, payment=Payment(dani, (cash(3000),), AHEAD, taken_because="Pays two months")
    )
    assert second.number == "R-000002"
    assert office.ask(receipts.paper, receipt_id=second.receipt_id).note == "Pays two months"
    office.clock.advance(seconds=60)
    assert office.do(payments.take, payment=payment).number == "R-000003"
    office.do(payments.void, receipt_id=first.receipt_id, reason="Wrong patient")


def test_after_a_void_the_same_payment_is_taken_at_once(file_office: Office) -> None:
    dani = danielle(file_office)
    first = file_office.do(payments.take, payment=Payment(dani, (cash(3000),), AHEAD))
    file_office.do(payments.void, receipt_id=first.receipt_id, reason="Wrong way of paying")
    check = Tender(TenderKind.CHECK, 3000, check_number="1042", check_bank="First Bank")
    again = file_office.do(payments.take, payment=Payment(dani, (check,), AHEAD))
    paper = file_office.ask(receipts.paper, receipt_id=again.receipt_id)
    assert paper.paid_by == (receipts.PaidBy("Check 1042, First Bank", 3000),)


def test_money_for_a_merged_chart_or_one_who_has_died(file_office: Office) -> None:
    dani, into = danielle(file_office), patient(file_office, "Daniela", "Foster")
    with at_work(file_office) as work:
        gone = work.get(Patient, dani)
        gone.status, gone.merged_into_id = PatientStatus.MERGED, into
        chart = work.get(Patient, into).chart_number
    with refusal(f"This chart was merged into another. Take the payment on chart {chart}."):
        file_office.do(payments.take, payment=Payment(dani, (cash(3000),), AHEAD))
    with at_work(file_office) as work:
        work.get(Patient, into).status = PatientStatus.DECEASED
    with pytest.raises(Refused, match="This patient has died") as asked:
        file_office.do(payments.take, payment=Payment(into, (cash(3000),), AHEAD))
    assert asked.value.findings[0].overridable
    file_office.do(
        payments.take, payment=Payment(into, (cash(3000),), AHEAD, taken_because="Paid by the estate")
    )


def test_one_receipt_paid_three_ways(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    ways = (
        cash(5000, 6000),
        Tender(TenderKind.CHECK, 3000, check_number="1042"),
        Tender(TenderKind.CARD, 5000, card_brand="Visa", card_last4="4417", card_auth="081532"),
    )
    what = (Allocation("line", 13000, charge_line_id=line),)
    taken = office.do(payments.take, payment=Payment(dani, ways, what))
    assert (taken.total_cents, taken.change_cents, taken.counts_on) == (13000, 1000, TODAY)
    paper = office.ask(receipts.paper, receipt_id=taken.receipt_id)
    assert [(by.text, by.amount_cents) for by in paper.paid_by] == [
        ("Cash", 5000),
        ("Check 1042", 3000),
        ("Visa ending 4417, approval 081532", 5000),
    ]
    office.do(payments.void, receipt_id=taken.receipt_id, reason="Wrong visit")
    assert office.ask(balances.of_patient, patient_id=dani).patient_cents == 13000


def test_a_mother_pays_for_both_on_one_receipt(office: Office) -> None:
    mother = danielle(office)
    mia = child(office, mother)
    coverage(office, mia, member_id="XQP884120558")
    (own,), (old,) = charged(office, mother), charged(office, mother)
    childs_visit = visit(office, mia)
    ask = office.ask(asking.ask_for, patient_id=mother)
    assert ask.total_cents == 26000
    (copay,) = ask.family
    assert (copay.patient, copay.label, copay.amount_cents) == ("Mia Foster", "Copay, visit today", 3000)
    what = (
        Allocation("line", 13000, charge_line_id=own),
        Allocation("line", 13000, charge_line_id=old),
        *copay.allocations,
        Allocation("prepayment", 500, patient_id=mia),
    )
    taken = office.do(payments.take, payment=Payment(mother, (cash(29500),), what))
    paper = office.ask(receipts.paper, receipt_id=taken.receipt_id)
    assert [(each.text, each.amount_cents) for each in paper.paid_for] == [
        ("Office visit, low, 03/17/2026", 13000),
        ("Office visit, low, 03/17/2026", 13000),
        ("Mia Foster: Copay", 3000),
        ("Mia Foster: Payment ahead", 500),
    ]
    assert office.ask(balances.of_patient, patient_id=mia).credit_cents == 3500
    assert [row.number for row in office.ask(receipts.of_patient, patient_id=mia)] == ["R-000001"]
    assert office.ask(asking.ask_for, patient_id=mother).family == ()
    assert office.ask(asking.ask_for, patient_id=mia, appointment_id=childs_visit).items == ()


def test_strangers_are_not_paid_for(file_office: Office) -> None:
    mother, stranger = danielle(file_office), patient(file_office, "Walter", "Harris")
    theirs = visit(file_office, stranger)
    copay = (Allocation("copay", 3000, appointment_id=theirs),)
    with refusal("A copay is for a visit of this patient. Choose the visit."):
        file_office.do(payments.take, payment=Payment(mother, (cash(3000),), copay))
    ahead = (Allocation("prepayment", 3000, patient_id=stranger),)
    with refusal("This patient belongs to another household."):
        file_office.do(payments.take, payment=Payment(mother, (cash(3000),), ahead))


def test_a_deposit_is_asked_for_beside_the_copay_and_held(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    appointment = visit(office, dani)
    kind = office.made["visit_type"]
    office.do(deposits.set_deposit, visit_type_id=kind, amount_cents=10000, self_pay_only=False)
    ask = office.ask(asking.ask_for, patient_id=dani, appointment_id=appointment)
    assert [(item.label, item.amount_cents) for item in ask.items] == [
        ("Copay, visit today", 3000),
        ("Deposit, visit today", 10000),
    ]
    paid(office, dani, 5000, copay_of=appointment)
    (item,) = office.ask(asking.ask_for, patient_id=dani, appointment_id=appointment).items
    assert (item.label, item.amount_cents, item.detail) == (
        "Deposit, visit today",
        8000,
        "$20.00 of $100.00 is paid.",
    )
    office.do(payments.take, payment=Payment(dani, (cash(8000),), item.allocations, appointment))
    assert office.ask(asking.ask_for, patient_id=dani, appointment_id=appointment).items == ()
    office.do(deposits.set_deposit, visit_type_id=kind, amount_cents=20000, self_pay_only=True)
    assert office.ask(asking.ask_for, patient_id=dani, appointment_id=appointment).items == ()
    with refusal("A deposit is from $0.00 to $10,000.00."):
        office.do(deposits.set_deposit, visit_type_id=kind, amount_cents=-1, self_pay_only=True)


def test_a_waived_copay_is_not_asked_for_until_it_is_taken_back(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    (line,) = charged(office, dani)
    answer = office.ask(asking.ask_for, patient_id=dani)
    appointment = visit(office, dani)
    ask = office.ask(asking.ask_for, patient_id=dani, appointment_id=appointment)
    (copay,) = ask.items
    with refusal("Say why it is waived."):
        office.do(waiving.waive, patient_id=dani, parts=copay.allocations, reason="")
    done = office.done(waiving.waive, patient_id=dani, parts=copay.allocations, reason="Hardship")
    assert office.ask(asking.ask_for, patient_id=dani, appointment_id=appointment).items == ()
    office.database.undo(office.actor, done.entry_id)
    assert office.ask(asking.ask_for, patient_id=dani, appointment_id=appointment).items == ask.items
    assert answer.credit_cents == 0
    assert line


def test_a_waived_balance_is_written_off_and_comes_back(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    part = (Allocation("line", 5000, charge_line_id=line),)
    done = office.done(waiving.waive, patient_id=dani, parts=part, reason="Hardship")
    assert office.ask(balances.of_patient, patient_id=dani).patient_cents == 8000
    office.database.undo(office.actor, done.entry_id)
    assert office.ask(balances.of_patient, patient_id=dani).patient_cents == 13000
    with refusal("Tick what is waived. A payment ahead is not asked for."):
        office.do(waiving.waive, patient_id=dani, parts=AHEAD, reason="Hardship")
    with refusal("The patient owes only $130.00 here."):
        part = (Allocation("line", 13001, charge_line_id=line),)
        office.do(waiving.waive, patient_id=dani, parts=part, reason="Hardship")


def test_the_first_paper_is_the_original_the_next_a_copy(office: Office) -> None:
    dani = danielle(office)
    taken = paid(office, dani, 3000)
    assert not office.ask(receipts.paper, receipt_id=taken.receipt_id).is_copy
    office.do(receipts.hand_out, receipt_id=taken.receipt_id, way=IssueWay.PRINTED)
    assert office.ask(receipts.paper, receipt_id=taken.receipt_id).is_copy


def test_a_receipt_of_a_closed_day_is_voided_in_todays_books(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    taken = paid(office, dani, 13000, line=line)
    (drawer,) = office.ask(drawers.drawers)
    office.do(counting.count, count=Count(drawer.id, TODAY, (), 0, 0, "To the bank"))
    office.do(day_close.close, on=TODAY)
    late = paid(office, dani, 700)
    assert late.counts_on == date(2026, 3, 18)
    before = office.ask(day_close.roll_forward, on=TODAY)
    office.clock.advance(days=3)
    office.do(payments.void, receipt_id=taken.receipt_id, reason="Check came back")
    assert office.ask(day_close.roll_forward, on=TODAY) == before
    rolled = office.ask(day_close.roll_forward, on=date(2026, 3, 20))
    assert rolled.closing_cents - rolled.opening_cents == 13000 - 700
    assert office.ask(balances.of_patient, patient_id=dani).patient_cents == 13000
