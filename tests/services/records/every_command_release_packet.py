"""Every command of the pages, packets, fees and deliveries of a release, and of the accounting, once."""

from datetime import date, timedelta

from frontdesk.services.records import (
    accounting,
    disclosures,
    release_choice,
    release_deliveries,
    release_fee_rules,
    release_fees,
    release_packets,
    release_sending,
    release_steps,
    suspensions,
)
from frontdesk.services.records.disclosures import DisclosureDraft, Ground
from frontdesk.services.records.release_deliveries import Outcome
from frontdesk.services.records.release_fee_rules import FeeRule
from frontdesk.services.records.release_fees import Costs, FeeFor, FeeMethod, PaidHow
from tests.builders.packets import BY_MAIL, checked, request, sent
from tests.builders.records import filed
from tests.builders.registration import patient
from tests.office import Office


def run(office: Office) -> None:
    """Walk through the commands, leaving the office usable."""
    edith = patient(office, "Edith", "Nowak")
    papers = tuple(filed(office, edith, title) for title in ("First letter", "Second letter"))
    _sent(office, edith)
    _open(office, edith, papers)
    _accounting(office, edith)


def _sent(office: Office, edith: int) -> None:
    request_id = request(office, edith, name="Edith Nowak")
    checked(office, request_id)
    office.do(release_choice.propose, request_id=request_id)
    office.do(release_fees.state, request_id=request_id, costs=Costs(), waived="Few", instead_of=None)
    office.do(release_steps.prepare, request_id=request_id)
    went = sent(office, request_id)
    office.do(release_deliveries.note_mailed, sending_id=went.sending_id, answer="It took the message.")
    office.do(release_packets.open_packet, packet_id=went.packet_id)
    office.do(release_packets.note_print, packet_id=went.packet_id, pages=3)
    office.do(release_packets.note_saved, packet_id=went.packet_id)
    office.do(
        release_deliveries.note_proof,
        sending_id=went.sending_id,
        outcome=Outcome.FAILED,
        happened_on=office.ask(release_deliveries.sendings, request_id=request_id)[0].sent_on,
        words="Returned to the office",
    )
    office.do(release_sending.send_again, packet_id=went.packet_id, after=went.sending_id, letter=BY_MAIL)


def _open(office: Office, edith: int, papers: tuple[int, ...]) -> None:
    first, second = papers
    request_id = request(office, edith, name="Sunset Home Health")
    checked(office, request_id)
    proposed = office.do(release_choice.propose, request_id=request_id)
    office.do(release_choice.take_back_proposal, request_id=request_id, document_ids=proposed)
    office.do(release_choice.choose, request_id=request_id, document_id=first, pages="1", instead_of=None)
    office.do(
        release_choice.put_back,
        request_id=request_id,
        document_id=first,
        pages=None,
        reason="",
        instead_of="1",
    )
    office.do(release_choice.propose, request_id=request_id)
    rule = FeeRule(FeeFor.ACCESS, FeeMethod.COST, reviewed_by="M. Hess", reviewed_on=date(2026, 3, 1))
    office.do(release_fee_rules.set_fee_rule, rule=rule)
    fee = office.do(release_fees.state, request_id=request_id, costs=Costs(labor_cents=300), instead_of=None)
    for receipt in ("R-1", "R-2"):
        payment = office.do(
            release_fees.enter_payment,
            fee_id=fee.fee_id,
            amount_cents=300,
            paid_on=date(2026, 3, 16),
            how=PaidHow.CASH,
            receipt_number=receipt,
        )
        if receipt == "R-1":
            office.do(release_fees.take_back_payment, payment_id=payment, reason="Another patient's")
    assert second in office.ask(release_choice.choice, request_id=request_id).document_ids


def _accounting(office: Office, edith: int) -> None:
    today = date(2026, 3, 17)
    draft = DisclosureDraft(today, "County Health", "Report by telephone", "Law", Ground.PUBLIC_HEALTH)
    entry = office.do(disclosures.enter, patient_id=edith, draft=draft)
    office.do(disclosures.correct, disclosure_id=entry, draft=draft)
    other = office.do(disclosures.enter, patient_id=edith, draft=draft)
    office.do(disclosures.strike, disclosure_id=other, because="Twice")
    last = office.do(disclosures.enter, patient_id=edith, draft=draft)
    assert last
    for is_given in (True, False):
        asked = office.do(accounting.ask, patient_id=edith, asked_by="Edith Nowak", asked_on=today)
        office.do(accounting.withdraw, accounting_id=asked)
        office.do(accounting.take_up_again, accounting_id=asked)
        if is_given:
            office.do(accounting.extend, accounting_id=asked, reason="Charts are off site")
            office.do(accounting.give, accounting_id=asked)
    suspended = office.do(
        suspensions.suspend,
        patient_id=edith,
        agency="Portland Police",
        stated_by="Sgt. Ortiz",
        is_written=False,
        starts_on=today,
        ends_on=today + timedelta(days=20),
    )
    office.do(suspensions.end_suspension, suspension_id=suspended, ends_on=today + timedelta(days=10))
