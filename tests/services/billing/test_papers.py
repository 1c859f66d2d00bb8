"""The papers of the money, from the books to the page."""

from frontdesk.models.billing.receipts import IssueWay
from frontdesk.services.billing import counting, drawers, papers, plans, receipts, statements, superbills
from frontdesk.services.billing.counting import Count, Pieces
from frontdesk.services.billing.plans import Part, PlanDraft, Rhythm
from frontdesk.services.registration import accounts
from tests.builders.billing import TODAY, answered, cash, charged, code_lists, paid, visit
from tests.builders.registration import coverage, danielle, patient
from tests.formats.pdf.reading import words
from tests.office import Office


def test_a_receipt_shows_the_change(office: Office) -> None:
    carol = patient(office)
    (line,) = charged(office, carol)
    taken = paid(office, carol, 13000, line=line, tender=cash(13000, 15000))
    said = words(office.ask(papers.receipt_pdf, receipt_id=taken.receipt_id))
    assert f"Receipt {taken.number}" in said
    assert "Office visit, low, 03/17/2026 $130.00" in said
    assert "Handed over $150.00" in said
    assert "Change given $20.00" in said


def test_a_statement_shows_what_the_insurer_did(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    (line,) = charged(office, dani)
    answered(office, line, payer_cents=1736, contract_cents=2844, patient_cents=8420)
    household = office.ask(accounts.account_of, patient_id=dani)
    assert household is not None
    preview = words(office.ask(papers.statement_preview_pdf, account_id=household.id))
    assert "130.00 17.36 28.44 0.00 0.00 84.20" in preview
    statement = office.do(statements.issue, account_id=household.id)
    sent = words(office.ask(papers.statement_pdf, statement_id=statement))
    assert "Statement S-000001" in sent
    assert "Danielle Foster 2218 Alder Court, Apt 4" in sent
    assert f"{household.number}-00008420" in sent


def test_a_deposit_slip_shows_what_goes_to_the_bank(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    paid(office, dani, 3000, line=line)
    (drawer,) = office.ask(drawers.drawers)
    office.do(counting.count, count=Count(drawer.id, TODAY, (Pieces(1000, 3),), 0, 0))
    said = words(office.ask(papers.deposit_slip_pdf, on=TODAY))
    assert drawer.name in said
    assert "$10.00 3 30.00" in said
    assert "To deposit $30.00" in said


def test_a_superbill_offers_the_office_s_codes(office: Office) -> None:
    code_lists(office)
    bill = office.do(superbills.issue, appointment_id=visit(office, danielle(office)))
    said = words(office.ask(papers.superbill_pdf, superbill_id=bill))
    assert "SB-000001" in said
    assert "Foster, Danielle" in said
    assert "99213 Office visit, low" in said


def test_a_payment_plan_and_a_copy_as_papers(file_office: Office) -> None:
    dani = danielle(file_office)
    (line,) = charged(file_office, dani)
    draft = PlanDraft(dani, (Part(line, 13000),), 3, Rhythm.MONTH, TODAY)
    plan = file_office.do(plans.agree, draft=draft)
    said = words(file_office.ask(papers.plan_pdf, plan_id=plan))
    for wanted in ("Payment plan P-000001", "Danielle Foster", "05/17/2026", "$43.33", "Signature"):
        assert wanted in said, wanted
    taken = paid(file_office, dani, 4334, line=line)
    assert "copy" not in words(file_office.ask(papers.receipt_pdf, receipt_id=taken.receipt_id))
    file_office.do(receipts.hand_out, receipt_id=taken.receipt_id, way=IssueWay.PRINTED)
    assert "Receipt R-000001, copy" in words(file_office.ask(papers.receipt_pdf, receipt_id=taken.receipt_id))
