"""Any amount of any screen, in words that sum to it."""

from sqlalchemy import select

from frontdesk.formats.x12.remittance import ProviderAdjustment
from frontdesk.models.security.audit import AuditPatient
from frontdesk.services.billing import (
    charges,
    counting,
    drawers,
    explain_amount,
    explain_print,
    payments,
    remittance_views,
    remittances,
    statements,
)
from frontdesk.services.billing.counting import Count, Pieces
from frontdesk.services.billing.explain import Explanation
from frontdesk.services.billing.explain_subject import About, Part, Subject
from frontdesk.services.registration import accounts
from tests.builders import payer
from tests.builders.billing import TODAY, answered, at_work, charged, paid
from tests.builders.claims import sent
from tests.builders.payer import CONTRACT, COPAY
from tests.builders.refunds import refunded
from tests.builders.registration import coverage, danielle
from tests.formats.pdf.reading import words
from tests.office import Office
from tests.refusal import refusal
from tests.services.billing.explained import everything_is_explained
from tests.services.billing.explained_reports import comes_to


def told(office: Office, about: About, id: int = 0, part: Part = Part.OPEN) -> Explanation:
    return office.ask(explain_amount.amount, subject=Subject(about, id, part))


def household(office: Office, patient_id: int) -> int:
    found = office.ask(accounts.account_of, patient_id=patient_id)
    assert found is not None
    return found.id


def test_a_receipt_says_where_its_money_went(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    taken = paid(office, dani, 20000)
    refunded(office, taken.receipt_id, 2000)
    found = told(office, About.RECEIPT, taken.receipt_id)
    assert [(each.text, each.amount_cents) for each in found.sentences] == [
        ("On 03/17/2026 $20.00 of receipt R-000001 was refunded: RF-000001, check 2071: Paid twice.", 2000),
        ("$180.00 of it is on no visit yet.", 18000),
    ]
    assert found.title == "Receipt R-000001"
    assert line
    comes_to(office, Subject(About.RECEIPT, taken.receipt_id), 20000)


def test_a_voided_receipt_says_so(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    taken = paid(office, dani, 5000, line=line)
    office.do(payments.void, receipt_id=taken.receipt_id, reason="Check came back")
    found = told(office, About.RECEIPT, taken.receipt_id)
    assert found.conclusion == "It was voided on 03/17/2026: Check came back. Nothing of it counts."
    assert found.total_cents == 5000


def test_one_side_of_a_transfer_says_its_amount(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    (line,) = charged(office, dani)
    answered(office, line, payer_cents=4000, patient_cents=9000)
    patient = told(office, About.LINE, line, Part.PATIENT)
    assert [(each.text, each.amount_cents) for each in patient.sentences] == [
        (
            "On 03/17/2026 BCBS left $90.00 of Office visit, low of 03/17/2026 to the patient: deductible.",
            9000,
        )
    ]
    insurer = told(office, About.LINE, line, Part.PAYER)
    assert [each.amount_cents for each in insurer.sentences] == [13000, -4000, -9000]
    assert insurer.conclusion == "Nothing is open."


def test_a_remittance_is_its_claims_less_what_was_held_back(office: Office) -> None:
    claim = sent(office)
    held = ProviderAdjustment("1234567893", TODAY, "WO", "3102", 1835)
    remittance = payer.received(
        office, payer.answer(office, claim, [(CONTRACT, 3000), (COPAY, 2000)]), plb=[held]
    )
    found = told(office, About.REMITTANCE, remittance)
    assert [each.amount_cents for each in found.sentences] == [8000, -1835]
    assert found.conclusion.endswith("It is not posted yet.")
    (answer,) = office.ask(remittance_views.sheet, remittance_id=remittance).answers
    parts = ((Part.PAID, 8000), (Part.CONTRACT, 3000), (Part.PATIENT, 2000), (Part.OTHER, 0))
    for part, cents in (*parts, (Part.CHARGED, 13000)):
        comes_to(office, Subject(About.ANSWER, answer.id, part), cents)
    paid_words = [each.text for each in told(office, About.ANSWER, answer.id, Part.PAID).sentences]
    assert paid_words == [
        "The claim asked for $130.00.",
        "99213: CO-45 Above the contracted or allowed fee.",
        "99213: PR-3 Copay.",
    ]
    office.do(remittances.post, remittance_id=remittance)
    comes_to(office, Subject(About.REMITTANCE, remittance), 8000 - 1835)
    comes_to(office, Subject(About.CLAIM, claim, Part.CHARGED), 13000)
    comes_to(office, Subject(About.CLAIM, claim, Part.PAID), 8000)


def test_a_claim_still_asks_for_a_line_that_was_voided_since(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    claim = sent(office)
    found = told(office, About.CLAIM, claim, Part.CHARGED)
    assert found.conclusion == "The claim asks for $130.00."
    line = found.sentences[0].charge_line_id
    assert line is not None
    comes_to(office, Subject(About.LINE, line, Part.CHARGED), 13000)


def test_a_statement_says_what_each_visit_left(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    paid(office, dani, 3000, line=line)
    account = household(office, dani)
    statement = office.do(statements.issue, account_id=account)
    found = told(office, About.STATEMENT, statement)
    assert [(each.text, each.amount_cents) for each in found.sentences] == [
        (
            "03/17/2026, Office visit, low for Foster, Danielle: cost $130.00, you paid $30.00.",
            10000,
        )
    ]
    everything_is_explained(office, [account], TODAY)


def test_a_counted_drawer_says_what_should_be_in_it(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    paid(office, dani, 3000, line=line)
    gone = paid(office, dani, 1000)
    office.do(payments.void, receipt_id=gone.receipt_id, reason="Typed twice")
    (drawer,) = office.ask(drawers.drawers)
    office.do(drawers.set_float, drawer_id=drawer.id, float_cents=20000)
    counted = office.do(counting.count, count=Count(drawer.id, TODAY, (Pieces(1000, 23),), 0, 0))
    found = told(office, About.DRAWER, counted.drawer_count_id, Part.CASH)
    assert [(each.text, each.amount_cents) for each in found.sentences] == [
        ("The float that stays in it.", 20000),
        ("Receipt R-000001.", 3000),
        ("Receipt R-000002.", 1000),
        ("Receipt R-000002 was voided and given back.", -1000),
    ]
    comes_to(office, Subject(About.DRAWER, counted.drawer_count_id, Part.CARD), 0)


def test_a_long_day_folds_what_is_too_much_to_read(office: Office) -> None:
    dani = danielle(office)
    for _ in range(123):
        office.do(charges.add_fee, patient_id=dani, label="Form", amount_cents=100, on=TODAY)
    found = office.ask(explain_amount.amount, subject=Subject(About.DAY, part=Part.CHARGED, on=TODAY))
    assert len(found.sentences) == 121
    assert (found.sentences[-1].text, found.total_cents) == ("And 3 more of the kind.", 12300)


def test_the_paper_says_it_to_the_patient_and_the_log_keeps_that_it_was_printed(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    paid(office, dani, 3000, line=line)
    for subject in (
        Subject(About.PATIENT, dani),
        Subject(About.ACCOUNT, household(office, dani)),
        Subject(About.LINE, line),
    ):
        done = office.done(explain_print.note_print, subject=subject)
        with at_work(office) as work:
            logged = select(AuditPatient.patient_id).where(AuditPatient.entry_id == done.entry_id)
            assert work.session.scalars(logged).all() == [dani]
    said = words(office.ask(explain_print.explanation_pdf, subject=Subject(About.LINE, line)))
    assert "Your balance explained" in said
    assert "cost $130.00, owed by the patient. 130.00 130.00" in said
    assert "went to Office visit, low of 03/17/2026. -30.00 100.00" in said
    assert "In all $100.00" in said
    assert "Deductible:" not in said  # only the words that stand on the paper are explained
    assert "The patient owes $100.00." in said


def test_the_offices_own_amounts_are_no_paper_for_a_patient(office: Office) -> None:
    danielle(office)
    with refusal("This amount is the office's. Print the explanation of one patient's balance."):
        office.ask(explain_print.explanation_pdf, subject=Subject(About.DAY, part=Part.CHARGED, on=TODAY))
    with refusal("This amount is the office's. Print the explanation of one patient's balance."):
        office.do(explain_print.note_print, subject=Subject(About.DAY, part=Part.CHARGED, on=TODAY))
