"""Refunds by two persons, and the worklist of credits they come from."""

import io

import pytest
from pypdf import PdfReader
from sqlalchemy import event, update
from sqlalchemy.exc import IntegrityError

from frontdesk.kernel.errors import Conflict
from frontdesk.models.billing.journal import EntryKind, Party, PostingKind
from frontdesk.models.billing.refund import Refund
from frontdesk.services.billing import (
    balances,
    credit_list,
    credits,
    journal,
    parties,
    payments,
    refund_papers,
    refunds,
    using_credit,
)
from frontdesk.services.billing.credit_list import CreditKind
from frontdesk.services.billing.journal import Draft, Entry
from frontdesk.services.billing.refunds import RefundDraft, RefundState, RefundWay
from frontdesk.services.work import Actor
from tests.builders.billing import answered, at_work, below, charged, paid, visit
from tests.builders.collections import account
from tests.builders.refunds import MANAGER, approved, asked, refunded
from tests.builders.registration import coverage, danielle, patient
from tests.office import Office
from tests.refusal import refusal


def test_a_refund_needs_a_second_person(office: Office) -> None:
    receipt = paid(office, danielle(office), 5000).receipt_id
    refund = asked(office, receipt, 2000)
    with refusal("You asked for this refund yourself. A second person with the right to refund approves it."):
        office.do(refunds.approve, refund_id=refund, version=1)
    with pytest.raises(IntegrityError, match="two_persons"), at_work(office) as work:
        work.session.execute(
            update(Refund).values(
                state=RefundState.APPROVED, approved_at=work.now, approved_by=office.actor.name
            )
        )
    with pytest.raises(IntegrityError, match="append_only_refund"), at_work(office) as work:
        work.session.execute(update(Refund).values(amount_cents=1))


def test_a_new_name_makes_no_second_person() -> None:
    dana = Actor(7, "Dana Brooks")
    assert dana.is_person(7, "Dana Hill"), "she married since"
    assert not dana.is_person(8, "Dana Brooks")
    assert dana.is_person(None, "Dana Brooks")
    assert not dana.is_person(None, "Dana Hill")


def test_a_paid_refund_is_in_the_ledger_and_a_void_takes_it_back(office: Office) -> None:
    dani = danielle(office)
    receipt = paid(office, dani, 5000).receipt_id
    refund = refunded(office, receipt, 2000)
    assert office.ask(balances.of_patient, patient_id=dani).credit_cents == 3000
    (row,) = office.ask(credit_list.refund_list, states=(RefundState.PAID,))
    assert (row.number, row.payee, row.reference) == ("RF-000001", "Danielle Foster", "2071")
    assert (row.asked_by, row.approved_by, row.paid_by) == ("Dana Brooks", "Maria Hess", "Dana Brooks")
    office.do(refunds.void, refund_id=refund, reason="The check came back")
    assert office.ask(balances.of_patient, patient_id=dani).credit_cents == 5000
    with refusal("RF-000001 was not paid out. There is nothing to void."):
        office.do(refunds.void, refund_id=refund, reason="Again")


def test_what_is_asked_for_is_not_asked_for_twice(office: Office) -> None:
    receipt = paid(office, danielle(office), 5000).receipt_id
    with refusal("Only $50.00 of this receipt is left."):
        asked(office, receipt, 5001)
    asked(office, receipt, 2000)
    with refusal("Only $50.00 of this receipt is left. $20.00 of it is asked for already."):
        asked(office, receipt, 3001)
    (credit,) = office.ask(credit_list.worklist)
    assert (credit.kind, credit.left_cents, credit.asked_cents) == (CreditKind.FREE, 5000, 2000)
    assert (credit.name, credit.about) == ("Danielle Foster", "Receipt R-000001")


def test_a_credit_that_was_used_meanwhile_is_not_paid_out(office: Office) -> None:
    dani = danielle(office)
    receipt = paid(office, dani, 5000).receipt_id
    first = asked(office, receipt, 4000)
    approved(office, first)
    below(
        office,
        journal.post,
        Draft(
            PostingKind.REFUND,
            (
                Entry(
                    EntryKind.REFUND,
                    3000,
                    Party.PATIENT,
                    account_id=below(office, parties.account_of, dani, office.clock.now().date()),
                    patient_id=dani,
                ),
            ),
            receipt_id=receipt,
        ),
    )
    with refusal("Only $20.00 of this receipt is left."):
        office.do(refunds.pay, refund_id=first, reference="2071", version=2)


def test_a_request_whose_receipt_was_voided_says_so_and_is_closed(office: Office) -> None:
    dani = danielle(office)
    receipt = paid(office, dani, 5000).receipt_id
    first, second = asked(office, receipt, 2000), asked(office, receipt, 1000)
    approved(office, first)
    assert [row.blocked for row in office.ask(credit_list.refund_list)] == ["", ""]
    office.do(payments.void, receipt_id=receipt, reason="Wrong patient")
    words = "Receipt R-000001 was voided. Nothing of it is left to pay out."
    assert [row.blocked for row in office.ask(credit_list.refund_list)] == [words, words]
    assert not any(row.may_approve for row in office.database.ask(MANAGER, credit_list.refund_list))
    assert f"DO NOT PAY. {words}" in _words(office.ask(refund_papers.check_request_pdf, refund_id=first))
    with refusal("Only $0.00 of this receipt is left."):
        office.do(refunds.pay, refund_id=first, reference="2071", version=2)
    with refusal("Only $0.00 of this receipt is left."):
        approved(office, second)
    for refund in (first, second):
        office.do(refunds.withdraw, refund_id=refund, reason=words)
    assert office.ask(credit_list.refund_list) == ()
    (row, _) = office.ask(credit_list.refund_list, states=(RefundState.WITHDRAWN,))
    assert (row.ended_because, row.blocked) == (words, "")


def test_a_request_whose_credit_was_used_says_what_is_left(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    receipt = paid(office, dani, 5000).receipt_id
    asked(office, receipt, 4000)
    office.do(payments.apply_credit, receipt_id=receipt, charge_line_id=line, amount_cents=1000)
    assert [row.blocked for row in office.ask(credit_list.refund_list)] == [""]
    office.do(payments.apply_credit, receipt_id=receipt, charge_line_id=line, amount_cents=3000)
    (row,) = office.ask(credit_list.refund_list)
    assert row.blocked == "Only $10.00 of receipt R-000001 is left. Ask for that much instead."
    office.do(payments.apply_credit, receipt_id=receipt, charge_line_id=line, amount_cents=1000)
    (row,) = office.ask(credit_list.refund_list)
    assert row.blocked == "Nothing of receipt R-000001 is left to pay out."


def test_a_payers_request_says_what_is_left_too(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    (line,) = charged(office, dani)
    answered(office, line, payer_cents=14000)
    (credit,) = office.ask(credit_list.worklist)
    draft = RefundDraft(1000, RefundWay.CHECK, "Paid too much", None, credit.payer_id, line)
    office.do(refunds.ask_for, draft=draft)
    assert [row.blocked for row in office.ask(credit_list.refund_list)] == [""]
    answered(office, line, contract_cents=-600)
    (row,) = office.ask(credit_list.refund_list)
    assert row.blocked == "Only $4.00 of this credit is left. Ask for that much instead."


def test_the_words_and_numbers_of_a_refund_are_checked(office: Office) -> None:
    receipt = paid(office, danielle(office), 5000).receipt_id
    with refusal("Give the reason."):
        office.do(refunds.ask_for, draft=RefundDraft(100, RefundWay.CHECK, " ", receipt_id=receipt))
    with refusal("A reason has at most 200 characters. Shorten it."):
        office.do(refunds.ask_for, draft=RefundDraft(100, RefundWay.CHECK, "x" * 201, receipt_id=receipt))
    with refusal("Choose the credit that is refunded."):
        office.do(refunds.ask_for, draft=RefundDraft(100, RefundWay.CHECK, "Paid twice"))
    by_card = asked(office, receipt, 100, RefundWay.CARD)
    with pytest.raises(Conflict, match="further on than you saw"):
        office.do(refunds.pay, refund_id=by_card, reference="4242", version=1)
    approved(office, by_card)
    with refusal("Enter the last four digits of the card."):
        office.do(refunds.pay, refund_id=by_card, reference="424", version=2)
    by_check = asked(office, receipt, 100)
    approved(office, by_check)
    with refusal("Enter the number of the check."):
        office.do(refunds.pay, refund_id=by_check, reference=" ", version=2)
    with refusal("A check's number has at most 20 characters."):
        office.do(refunds.pay, refund_id=by_check, reference="1" * 21, version=2)


def test_a_payer_gets_back_what_it_paid_too_much_on_a_line(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    (line,) = charged(office, dani)
    answered(office, line, payer_cents=14000)
    (credit,) = office.ask(credit_list.worklist)
    assert (credit.kind, credit.name, credit.left_cents) == (CreditKind.PAYER_LINE, "BCBS", 1000)
    draft = RefundDraft(1000, RefundWay.CARD, "Paid too much", None, credit.payer_id, line)
    with refusal("A payer is refunded by check."):
        office.do(refunds.ask_for, draft=draft)
    draft = RefundDraft(1001, RefundWay.CHECK, "Paid too much", None, credit.payer_id, line)
    with refusal("Only $10.00 of this credit is left."):
        office.do(refunds.ask_for, draft=draft)
    draft = RefundDraft(1000, RefundWay.CHECK, "Paid too much", None, credit.payer_id, line)
    refund = office.do(refunds.ask_for, draft=draft)
    office.database.do(MANAGER, refunds.approve, refund_id=refund, version=1)
    office.do(refunds.pay, refund_id=refund, reference="2072", version=2)
    assert office.ask(balances.of_patient, patient_id=dani).total_cents == 0
    assert office.ask(balances.receivable) == 0
    assert office.ask(credit_list.worklist) == ()
    office.do(refunds.void, refund_id=refund, reason="Sent to the wrong address")
    assert [row.left_cents for row in office.ask(credit_list.worklist)] == [1000]


def test_what_a_patient_paid_too_much_on_a_line_is_listed(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    (line,) = charged(office, dani)
    answered(office, line, payer_cents=9000, patient_cents=4000)
    paid(office, dani, 4000, line=line)
    answered(office, line, contract_cents=0, patient_cents=-1500)
    (credit,) = office.ask(credit_list.worklist)
    assert (credit.kind, credit.left_cents, credit.about) == (
        CreditKind.OVERPAID,
        1500,
        "Office visit, low (Foster, Danielle)",
    )


def test_the_credits_cost_the_same_number_of_statements_however_many_there_are(file_office: Office) -> None:
    engine, asked_of_it = file_office.database.engines.read, list[str]()

    def statements() -> int:
        asked_of_it.clear()
        event.listen(engine, "before_cursor_execute", note)
        file_office.ask(credit_list.worklist)
        file_office.ask(credit_list.refund_list)
        event.remove(engine, "before_cursor_execute", note)
        return len(asked_of_it)

    def note(*told: object) -> None:
        asked_of_it.append(str(told[2]))

    def pays_too_much(who: int) -> None:
        coverage(file_office, who)
        (line,) = charged(file_office, who)
        answered(file_office, line, payer_cents=9000, patient_cents=4000)
        paid(file_office, who, 4000, line=line)
        answered(file_office, line, contract_cents=0, patient_cents=-1500)
        asked(file_office, paid(file_office, who, 2000).receipt_id, 1000)

    pays_too_much(danielle(file_office))
    first = statements()
    for name in ("Ann", "Ben", "Cleo"):
        pays_too_much(patient(file_office, name, "Grantham"))
    assert len(file_office.ask(credit_list.worklist)) >= 8
    assert statements() == first


def test_a_credit_is_used_on_what_is_owed_first(office: Office) -> None:
    dani = danielle(office)
    paid(office, dani, 5000)
    whose = account(office, dani)
    with refusal("There is no free credit, or nothing that it could pay."):
        office.do(using_credit.use_on_oldest, account_id=whose)
    charged(office, dani)
    (credit,) = office.ask(credit_list.worklist)
    assert credit.owes_cents == 13000
    assert office.do(using_credit.use_on_oldest, account_id=whose) == 5000
    assert office.ask(credit_list.worklist) == ()


def test_money_held_for_a_visit_is_a_credit_once_the_visit_is_over(office: Office) -> None:
    dani = danielle(office)
    appointment = visit(office, dani)
    paid(office, dani, 15000, copay_of=appointment)
    office.clock.advance(days=1)
    assert office.ask(credit_list.worklist) == ()
    coverage(office, dani)
    (line,) = charged(office, dani, appointment_id=appointment)
    assert office.ask(credit_list.worklist) == ()
    answered(office, line, payer_cents=11000, patient_cents=2000)
    below(office, credits.apply_held, account_id=account(office, dani))
    (credit,) = office.ask(credit_list.worklist)
    assert credit.left_cents == 13000


def test_the_papers_of_a_refund_say_who_asked_and_who_approved(office: Office) -> None:
    refund = asked(office, paid(office, danielle(office), 5000).receipt_id, 2000)
    assert "NOT APPROVED YET." in _words(office.ask(refund_papers.check_request_pdf, refund_id=refund))
    approved(office, refund)
    request = _words(office.ask(refund_papers.check_request_pdf, refund_id=refund))
    assert "Please pay $20.00 to Danielle Foster." in request
    assert "Approved by Maria Hess." in request
    letter = _words(office.ask(refund_papers.letter_pdf, refund_id=refund))
    assert "We return $20.00 to you with the enclosed check. The reason: Paid twice." in letter


def _words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)
