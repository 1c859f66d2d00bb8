"""Appeals: until when a payer takes one, what ends soon, and the letter."""

import io
from dataclasses import replace
from datetime import timedelta

from pypdf import PdfReader

from frontdesk.models.billing.claims import Claim
from frontdesk.services.billing import appeal_letter, appeals, claim_deadlines, claim_detail, remittances
from frontdesk.services.billing.claim_deadlines import Deadline
from frontdesk.services.registration import payers
from tests.builders.billing import at_work
from tests.builders.claims import insured, ready, sent
from tests.builders.payer import CONTRACT, answer, mirrored, received
from tests.office import Office
from tests.refusal import refusal

DENIED = ("CO", "50")


def denied(office: Office, first: str = "Raymond", member: str = "XQP884120557") -> int:
    claim = sent(office, insured(office, first, "Castillo", member))
    remittance = received(office, answer(office, claim, [(DENIED, 13000)], status="4"), trace=member)
    office.do(remittances.post, remittance_id=remittance)
    return claim


def days_to_appeal(office: Office, days: int) -> None:
    (payer,) = office.ask(payers.payer_list)
    draft = replace(payer.draft, appeal_days=days, street="1 Payer Plaza", city="Portland", state="OR")
    office.do(payers.change_payer, payer_id=payer.id, draft=replace(draft, postal_code="97201"))


def left(office: Office, claim_id: int) -> int | None:
    found = office.ask(claim_detail.detail, claim_id=claim_id)
    return found.days_to_appeal if found.appeal_by_on else None


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_time_to_appeal_runs_from_the_payers_decision(office: Office) -> None:
    claim = denied(office)
    found = office.ask(claim_detail.detail, claim_id=claim)
    decision = office.ask(appeals.decision, claim_id=claim)
    assert decision is not None
    assert found.appeal_by_on == decision.appeal_by_on == decision.decided_on + timedelta(days=180)
    assert left(office, claim) == 179, "the payer paid yesterday"
    days_to_appeal(office, 10)
    assert left(office, claim) == 9


def test_what_ends_soon_is_listed_until_it_is_over(office: Office) -> None:
    first, second = denied(office), denied(office, "Ana", "XQP884120558")
    assert office.ask(claim_deadlines.appealing) == ()
    days_to_appeal(office, 15)
    by = office.ask(claim_detail.detail, claim_id=first).appeal_by_on
    assert by is not None
    assert office.ask(claim_deadlines.appealing) == (
        Deadline(first, "26-00001", by),
        Deadline(second, "26-00002", by),
    )
    office.do(appeals.appeal, claim_id=first, reason="Records sent")
    assert [each.claim_id for each in office.ask(claim_deadlines.appealing)] == [second]
    assert left(office, first) is None, "it runs"
    with at_work(office) as work:
        payer_id = work.get(Claim, second).payer_id
    assert office.ask(claim_deadlines.appealing, payer_id=payer_id + 1) == ()
    office.clock.advance(days=15)
    assert office.ask(claim_deadlines.appealing) == ()
    assert left(office, second) == -1


def test_a_decision_that_was_taken_back_is_none(office: Office) -> None:
    claim = sent(office)
    paid = answer(office, claim, [(CONTRACT, 3844)])
    for trace, answered in (("1", paid), ("2", mirrored(paid))):
        office.do(remittances.post, remittance_id=received(office, answered, trace=trace))
    assert left(office, claim) is None, "it lies with the payer again"


def test_the_letter_says_what_was_decided_and_why_to_decide_again(office: Office) -> None:
    claim = sent(office)
    with refusal("No answer of the payer on claim 26-00001 is posted. Post its remittance first."):
        office.ask(appeal_letter.letter_pdf, claim_id=claim, reason="The records show it.")
    told = answer(office, claim, [(DENIED, 13000)], status="4")
    office.do(remittances.post, remittance_id=received(office, told))
    days_to_appeal(office, 90)
    with refusal("Say what the appeal rests on."):
        office.ask(appeal_letter.letter_pdf, claim_id=claim, reason=" ")
    said = words(office.ask(appeal_letter.letter_pdf, claim_id=claim, reason="The records show it."))
    for part in (
        "BCBS Appeals 1 Payer Plaza Portland, OR 97201",
        "Appeal of claim 26-00001",
        "Raymond Castillo",
        "08/30/1966",
        "XQP884120557",
        "2026081234501",
        "EFT 0098817243 of 03/16/2026",
        "99213: $130.00 billed, $0.00 paid. CO-50 $130.00",
        "The records show it.",
        "NPI 1234567893, tax ID 93-1234567",
        "Explanation of benefits",
    ):
        assert part in said


def test_the_letter_comes_once_more_as_it_was_written(office: Office) -> None:
    claim = denied(office)
    office.do(appeals.appeal, claim_id=claim, reason="The records of 03/02 show it.")
    once = words(office.ask(appeal_letter.letter_pdf, claim_id=claim))
    assert "The records of 03/02 show it." in once
    assert "03/17/2026" in once
    office.clock.advance(days=30)
    assert words(office.ask(appeal_letter.letter_pdf, claim_id=claim, reason="Other words")) == once


def test_what_was_not_sent_is_named_before_its_time_to_file_ends(office: Office) -> None:
    waits, gone = ready(office), sent(office, insured(office, "Minh", "Tran", "TRA1"))
    by = office.ask(claim_detail.detail, claim_id=waits).file_by_on
    assert office.ask(claim_detail.detail, claim_id=gone).file_by_on == by
    office.clock.advance(days=(by - office.clock.now().date()).days - 15)
    assert office.ask(claim_deadlines.filing) == ()
    office.clock.advance(days=1)
    assert office.ask(claim_deadlines.filing) == (Deadline(waits, "26-00001", by),)
    office.clock.advance(days=15)
    assert office.ask(claim_deadlines.filing) == (), "it is too late"
