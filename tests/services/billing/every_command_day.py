"""The day's end: drawers counted, set aside, explained, and the day closed. Runs last."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from frontdesk.models.billing.receipts import Receipt, ReceiptTender
from frontdesk.services.billing import (
    bank_credits,
    counting,
    day_close,
    day_signatures,
    drawer_differences,
    drawers,
    no_checks,
    papers,
    returned_checks,
    superbill_batch,
    superbill_scans,
    superbill_templates,
    superbills,
)
from frontdesk.services.billing.counting import Count
from frontdesk.services.billing.returned_checks import ReturnDraft, ReturnReason
from frontdesk.services.billing.superbill_templates import Section, TemplateDraft
from tests.builders.billing import TODAY, at_work, visit
from tests.builders.records import received
from tests.builders.registration import patient
from tests.office import Office


def run(office: Office) -> None:
    """For an office with one drawer that took money today."""
    _superbills_come_back(office)
    (drawer,) = office.ask(drawers.drawers)
    office.do(drawers.set_float, drawer_id=drawer.id, float_cents=10000)
    office.do(drawers.set_float, drawer_id=drawer.id, float_cents=0)
    first = office.do(counting.count, count=Count(drawer.id, TODAY, (), 0, 0))
    office.do(
        drawer_differences.set_aside, drawer_count_id=first.drawer_count_id, reason="A receipt was missing"
    )
    second = office.do(counting.count, count=Count(drawer.id, TODAY, (), 0, 0))
    office.do(drawer_differences.explain, drawer_count_id=second.drawer_count_id, reason="Taken to the bank")
    office.do(day_signatures.set_needs_two, needs_two=True)
    office.do(day_signatures.set_needs_two, needs_two=False)
    office.do(day_signatures.sign, on=TODAY)
    office.do(day_close.close, on=TODAY)
    (due, *_) = office.ask(bank_credits.expected, since=date(2026, 1, 1), until=TODAY)
    seen = office.do(bank_credits.find, due=due.due, seen_on=TODAY, amount_cents=due.amount_cents)
    office.do(bank_credits.withdraw, credit_id=seen)
    office.do(bank_credits.put_back, credit_id=seen)
    _a_check_comes_back(office)


def _a_check_comes_back(office: Office) -> None:
    """The next day, twice: the first time it was another one."""
    office.clock.advance(minutes=24 * 60)
    for is_paid in (True, False):
        with at_work(office) as work:
            taken = select(ReceiptTender.id).where(ReceiptTender.check_number == "2099")
            tender = work.session.scalars(taken).one()
        draft = ReturnDraft(tender, ReturnReason.CLOSED, no_checks=True)
        returned = office.do(returned_checks.record, draft=draft)
        if is_paid:
            office.do(returned_checks.take_back, returned_id=returned, reason="It was another check")
    account_id = _account_of(office, tender)
    office.do(no_checks.allow, account_id=account_id)
    office.do(no_checks.mark, account_id=account_id, returned_check_id=returned)
    office.clock.advance(minutes=-24 * 60)  # the other domains go on that day


def _account_of(office: Office, tender_id: int) -> int:
    with at_work(office) as work:
        return work.get(Receipt, work.get(ReceiptTender, tender_id).receipt_id).account_id


def _superbills_come_back(office: Office) -> None:
    draft = TemplateDraft("Standard", TODAY, (Section("Office visits", ("99213", "99214")),))
    office.do(superbill_templates.write, draft=draft)
    second = office.do(superbill_templates.write, draft=replace(draft, name="Standard, short"))
    office.do(superbill_templates.withdraw, template_id=second)
    office.do(superbill_templates.put_back, template_id=second)
    office.do(superbill_batch.issue_day, on=TODAY)
    dora = patient(office, "Dora", "Lindqvist", date(1971, 4, 9))
    bills = [office.do(superbills.issue, appointment_id=visit(office, dora)) for _ in range(2)]
    office.do(
        superbill_scans.read_at_desk,
        typed=str(office.ask(superbills.sheet_of, superbill_id=bills[0]).row.number),
    )
    scan = received(
        office, office.ask(papers.superbill_pdf, superbill_id=bills[1]), arrived_as="superbill.pdf"
    )
    office.do(superbill_scans.take_in, document_id=scan)
