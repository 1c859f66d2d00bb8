"""Refunds, plans, promises, credits and what the desk asks for: in words that sum to the amount."""

from datetime import timedelta

from frontdesk.models.registration.verification import VerificationResult, VerificationWay
from frontdesk.services.billing import (
    asking,
    collection_calls,
    credit_list,
    deposits,
    explain_amount,
    explain_print,
    plans,
    refunds,
    statement_run,
    waiving,
)
from frontdesk.services.billing.explain import Explanation
from frontdesk.services.billing.explain_subject import About, Part, Subject
from frontdesk.services.billing.plans import PlanDraft, Rhythm
from frontdesk.services.billing.refunds import RefundDraft, RefundWay
from frontdesk.services.billing.statement_run import RunFilters
from frontdesk.services.registration import verifications
from frontdesk.services.registration.verifications import VerificationDraft
from tests.builders.billing import TODAY, answered, charged, paid, visit
from tests.builders.collections import account, owing, placed, today
from tests.builders.refunds import MANAGER, approved, asked, refunded
from tests.builders.registration import coverage, danielle
from tests.formats.pdf.reading import words
from tests.office import Office
from tests.refusal import refusal
from tests.services.billing.explained_reports import comes_to

SERVICE = "Office visit, low of 03/17/2026"


def told(office: Office, subject: Subject) -> Explanation:
    return office.ask(explain_amount.amount, subject=subject)


def said(office: Office, subject: Subject) -> list[tuple[str, int]]:
    return [(each.text, each.amount_cents) for each in told(office, subject).sentences]


def test_a_refund_says_of_which_money_it_is_and_who_stood_behind_it(office: Office) -> None:
    dani = danielle(office)
    charged(office, dani)
    taken = paid(office, dani, 20000)
    subject = Subject(About.REFUND, asked(office, taken.receipt_id, 2000))
    found = told(office, subject)
    assert found.title == "Refund RF-000001 to Danielle Foster"
    assert said(office, subject) == [
        ("On 03/17/2026 $200.00 was paid, receipt R-000001.", 20000),
        ("$180.00 of it stays to the household's credit.", -18000),
    ]
    assert found.conclusion.startswith("Dana Brooks asked for it on 03/17/2026: Paid twice.")
    assert found.conclusion.endswith("A second person has to approve it before anything is paid.")
    approved(office, subject.id)
    assert told(office, subject).conclusion.endswith(
        "Maria Hess approved it on 03/17/2026. It is not paid yet."
    )
    office.do(refunds.pay, refund_id=subject.id, reference="2071", version=2)
    assert told(office, subject).conclusion.endswith("It was paid on 03/17/2026, check 2071.")
    refunded(office, taken.receipt_id, 500)  # what came later is no part of the story
    comes_to(office, subject, 2000)
    pdf = words(office.ask(explain_print.explanation_pdf, subject=subject))
    assert "Your refund explained" in pdf
    assert "Credit: money of yours that is on no visit yet." in pdf
    assert "Refund RF-000001 to Danielle Foster" in pdf
    assert "$180.00 of it stays to the household's credit. -180.00 20.00" in pdf


def test_a_refund_that_ended_says_why_and_the_credit_is_left(office: Office) -> None:
    dani = danielle(office)
    taken = paid(office, dani, 5000)
    refunded(office, taken.receipt_id, 1000)
    second = asked(office, taken.receipt_id, 4000)
    office.database.do(MANAGER, refunds.refuse, refund_id=second, reason="Use it for April")
    assert said(office, Subject(About.REFUND, second)) == [
        ("On 03/17/2026 $50.00 was paid, receipt R-000001.", 5000),
        ("On 03/17/2026 $10.00 of receipt R-000001 was refunded: RF-000001, check 2071: Paid twice.", -1000),
    ]
    assert told(office, Subject(About.REFUND, second)).conclusion.endswith(
        "It was refused on 03/17/2026: Use it for April. The money stays where it was."
    )
    comes_to(office, Subject(About.RECEIPT, taken.receipt_id, Part.FREE), 4000)
    assert said(office, Subject(About.ACCOUNT, account(office, dani), Part.CREDIT)) == [
        ("$40.00 is left of receipt R-000001 of 03/17/2026 over $50.00, held for no visit.", 4000)
    ]


def test_a_payers_refund_is_no_paper_for_a_patient(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    (line,) = charged(office, dani)
    answered(office, line, payer_cents=15000)
    (credit,) = office.ask(credit_list.worklist)
    draft = RefundDraft(1500, RefundWay.CHECK, "Paid too much", payer_id=credit.payer_id, charge_line_id=line)
    subject = Subject(About.REFUND, office.do(refunds.ask_for, draft=draft), side="payer")
    service = "Office visit, low (99213)"
    assert said(office, subject) == [
        (f"03/17/2026: {service} for Danielle Foster cost $130.00, sent to BCBS.", -13000),
        (f"On 03/17/2026 BCBS paid $150.00 for {service} of 03/17/2026.", 15000),
        ("$5.00 of it is not given back.", -500),
    ]
    comes_to(office, Subject(About.LINE, line, Part.CREDIT, payer_id=credit.payer_id), 2000)
    assert not subject.is_for_patients
    with refusal("This amount is the office's. Print the explanation of one patient's balance."):
        office.do(explain_print.note_print, subject=Subject(About.REFUND, subject.id))


def test_a_plan_says_what_is_in_it_and_which_instalments_are_paid(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    draft = PlanDraft(dani, (plans.Part(line, 9000),), 3, Rhythm.MONTH, TODAY)
    plan = office.do(plans.agree, draft=draft)
    assert said(office, Subject(About.LINE, line, Part.ASKED))[-1] == (
        "$90.00 of it is paid in installments, payment plan P-000001.",
        -9000,
    )
    comes_to(office, Subject(About.LINE, line, Part.ASKED), 4000)
    paid(office, dani, 8000, line=line)
    office.clock.advance(days=40)
    assert said(office, Subject(About.PLAN, plan)) == [
        (f"$90.00 of {SERVICE} for Danielle Foster is in the plan.", 9000),
        ("Installment 1, due on 03/17/2026, is paid.", -3000),
        ("Installment 2, $30.00, was due on 04/17/2026. $10.00 of it is paid.", -1000),
        ("Installment 3, $30.00, is due on 05/17/2026.", 0),
    ]
    found = told(office, Subject(About.PLAN, plan))
    assert found.conclusion == (
        "Agreed on 03/17/2026 with Dana Brooks: $90.00. $40.00 is paid, $50.00 is still open."
        " The next $20.00 was due on 04/17/2026."
    )
    comes_to(office, Subject(About.PLAN, plan, Part.ASKED), 2000)
    comes_to(office, Subject(About.PLAN, plan, Part.CHARGED), 9000)
    assert said(office, Subject(About.ACCOUNT, account(office, dani), Part.MISSED)) == [
        ("Plan P-000001. Installment 2, $30.00, was due on 04/17/2026. $10.00 of it is paid.", 2000)
    ]
    office.do(plans.end, plan_id=plan, reason="Moved away")
    assert told(office, Subject(About.PLAN, plan)).conclusion.endswith("The plan has ended: Moved away.")
    pdf = words(office.ask(explain_print.explanation_pdf, subject=Subject(About.PLAN, plan)))
    assert "Your payment plan explained" in pdf
    assert "Installment 1, due on 03/17/2026, is paid. -30.00 60.00" in pdf


def test_a_promise_says_what_kept_it_and_what_did_not_come(office: Office) -> None:
    dani = danielle(office)
    whose = owing(office, dani)
    due_on = today(office) + timedelta(days=7)
    promise = office.do(collection_calls.promise, account_id=whose, amount_cents=5000, due_on=due_on)
    office.clock.advance(days=1)
    paid(office, dani, 2000)
    came = ("On 07/26/2026 $20.00 was paid, receipt R-000001.", 2000)
    subject = Subject(About.PROMISE, promise)
    assert said(office, subject) == [came, ("$30.00 has not come in yet.", 3000)]
    assert told(office, subject).conclusion == ("$50.00 was promised by 08/01/2026; Dana Brooks noted it.")
    office.clock.advance(days=30)
    assert said(office, subject)[1] == ("$30.00 did not come in by that day.", 3000)
    assert said(office, Subject(About.PROMISE, promise, Part.PAID)) == [came]


def test_a_copay_says_who_asks_for_it_and_how_the_office_knows(office: Office) -> None:
    dani = danielle(office)
    covered = coverage(office, dani)
    appointment = visit(office, dani)
    kind = office.made["visit_type"]
    office.do(deposits.set_deposit, visit_type_id=kind, amount_cents=10000, self_pay_only=False)
    copay = Subject(About.VISIT, appointment, Part.COPAY)
    usual = (
        "PPO of BCBS asks for a copay of $30.00 at each visit, as the office has it for this plan;"
        " the insurer has not said it for this patient."
    )
    assert said(office, copay) == [(usual, 3000)]
    draft = VerificationDraft(
        coverage_id=covered,
        way=VerificationWay.PHONE,
        result=VerificationResult.ACTIVE,
        service_on=TODAY,
        copay_cents=2500,
        deductible_cents=150000,
        deductible_left_cents=90000,
        reference="K-4711",
        said_by="Kim",
    )
    office.do(verifications.record, draft=draft)
    paid(office, dani, 4000, copay_of=appointment)
    asks = (
        "PPO of BCBS asks for a copay of $25.00 at each visit."
        " Dana Brooks asked the insurer by phone on 03/17/2026; Kim answered, reference K-4711."
    )
    assert said(office, copay) == [(asks, 2500), ("$25.00 of it was paid ahead.", -2500)]
    assert told(office, copay).conclusion == "Nothing is left to ask."
    assert said(office, Subject(About.COVERAGE, covered, Part.COPAY)) == [(asks, 2500)]
    assert said(office, Subject(About.COVERAGE, covered, Part.DEDUCTIBLE)) == [
        ("The deductible of the plan is $1,500.00 a year.", 150000),
        ("$600.00 of it was used up by then.", -60000),
    ]
    deposit = Subject(About.VISIT, appointment, Part.DEPOSIT)
    comes_to(office, deposit, 8500)
    ask = office.ask(asking.ask_for, patient_id=dani, appointment_id=appointment)
    parts = ask.items[0].allocations
    office.do(waiving.waive, patient_id=dani, parts=parts, reason="Financial hardship, as documented")
    assert said(office, deposit)[1:] == [
        ("$85.00 of it is not asked for: Financial hardship, as documented.", -8500),
        ("$15.00 of it was paid ahead.", -1500),
    ]


def test_lists_come_to_the_sum_of_their_rows(office: Office) -> None:
    dani = danielle(office)
    whose = owing(office, dani)
    run = office.do(statement_run.issue_all, account_ids=(whose,), filters=RunFilters())
    (made,) = office.ask(statement_run.runs)
    comes_to(office, Subject(About.RUN, run), made.total_cents)
    placed(office, whose)
    comes_to(office, Subject(About.AGENCY), 13000)
    comes_to(office, Subject(About.SMALL), 0)
