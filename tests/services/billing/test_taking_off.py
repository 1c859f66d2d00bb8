"""An answer that was posted on the wrong claim: off it, to the payer's account or to the right one."""

from msgspec.structs import replace
from sqlalchemy import select

from frontdesk.models.billing.claims import ClaimLine, ClaimState
from frontdesk.services.billing import (
    balances,
    claim_detail,
    payer_accounts,
    payer_settling,
    remittance_views,
    remittances,
    roll_forward,
    taking_off,
)
from frontdesk.services.billing.claim_views import ClaimRow
from frontdesk.services.billing.remittance_views import AnswerRow
from tests.builders.billing import TODAY, at_work, paid
from tests.builders.claims import insured, sent
from tests.builders.payer import CONTRACT, COPAY, answer, received
from tests.office import Office
from tests.refusal import refusal

CO_16 = ("CO", "16")


def misposted(office: Office, right: int, wrong: int, *, denied: bool = False) -> AnswerRow:
    """The payer answers one claim by a number of its own, and a person takes it for another."""
    reasons = [(CO_16, 13000)] if denied else [(CONTRACT, 3844), (COPAY, 3000)]
    said = answer(office, right, reasons, status="4" if denied else "1")
    lines = tuple(replace(line, control_number="") for line in said.lines)
    remittance = received(office, replace(said, claim_number="77-1", lines=lines))
    (row,) = office.ask(remittance_views.sheet, remittance_id=remittance).answers
    office.do(remittances.match, remittance_claim_id=row.id, claim_id=wrong)
    office.do(remittances.post, remittance_id=remittance)
    (row,) = office.ask(remittance_views.sheet, remittance_id=remittance).answers
    return row


def two(office: Office) -> tuple[int, int]:
    """Two claims that look alike."""
    return sent(office), sent(office, insured(office, "Ada", "Pool", "POO000001"))


def claim(office: Office, claim_id: int) -> ClaimRow:
    return office.ask(claim_detail.detail, claim_id=claim_id).row


def owed(office: Office, claim_id: int) -> tuple[int, int]:
    """By the payer and by the patient."""
    found = office.ask(balances.of_patient, patient_id=claim(office, claim_id).patient_id)
    return found.payer_cents, found.patient_cents


def test_the_right_claim_gets_it_and_the_deposit_stays(office: Office) -> None:
    right, wrong = two(office)
    row = misposted(office, right, wrong)
    before = office.ask(balances.receivable)
    assert (claim(office, wrong).state, owed(office, wrong)) == (ClaimState.PAID, (0, 3000))
    office.do(
        taking_off.take_off,
        remittance_claim_id=row.id,
        reason="The payer's letter of 03/16",
        claim_id=right,
        version=row.version,
    )
    assert (claim(office, wrong).state, owed(office, wrong)) == (ClaimState.ACCEPTED, (13000, 0))
    assert (claim(office, right).state, owed(office, right)) == (ClaimState.PAID, (0, 3000))
    assert office.ask(balances.receivable) == before
    assert office.ask(payer_accounts.accounts) == ()
    assert office.ask(roll_forward.by_party, on=TODAY).agrees


def test_without_a_claim_it_waits_on_the_payers_account(office: Office) -> None:
    right, wrong = two(office)
    row = misposted(office, right, wrong)
    office.do(taking_off.take_off, remittance_claim_id=row.id, reason="Not hers", claim_id=None)
    assert (claim(office, wrong).state, owed(office, wrong)) == (ClaimState.ACCEPTED, (13000, 0))
    (account,) = office.ask(payer_accounts.accounts)
    assert (account.balance_cents, account.open_items) == (-6156, 1)

    office.do(payer_settling.match_later, remittance_claim_id=row.id, claim_id=right)
    assert (claim(office, right).state, owed(office, right)) == (ClaimState.PAID, (0, 3000))
    assert owed(office, wrong) == (13000, 0)
    (account,) = office.ask(payer_accounts.accounts)
    assert (account.balance_cents, account.open_items) == (0, 0)

    # And once more: each time the ledger mirrors only what stands.
    office.do(taking_off.take_off, remittance_claim_id=row.id, reason="Hers after all", claim_id=wrong)
    assert (owed(office, right), owed(office, wrong)) == ((13000, 0), (0, 3000))
    assert office.ask(roll_forward.by_party, on=TODAY).agrees


def test_what_the_patient_paid_on_it_is_their_credit(office: Office) -> None:
    right, wrong = two(office)
    row = misposted(office, right, wrong)
    patient_id = claim(office, wrong).patient_id
    with at_work(office) as work:
        line = work.session.scalar(select(ClaimLine.charge_line_id).where(ClaimLine.claim_id == wrong))
    paid(office, patient_id, 3000, line=line)
    assert owed(office, wrong) == (0, 0)
    office.do(taking_off.take_off, remittance_claim_id=row.id, reason="Not hers", claim_id=right)
    assert owed(office, wrong) == (13000, 0)
    assert office.ask(balances.of_patient, patient_id=patient_id).credit_cents == 3000


def test_a_denial_of_another_claim(office: Office) -> None:
    right, wrong = two(office)
    row = misposted(office, right, wrong, denied=True)
    assert claim(office, wrong).state is ClaimState.DENIED
    with refusal("Nothing was paid here that could wait. Say which claim it belongs to."):
        office.do(taking_off.take_off, remittance_claim_id=row.id, reason="Not hers", claim_id=None)
    office.do(taking_off.take_off, remittance_claim_id=row.id, reason="Not hers", claim_id=right)
    assert (claim(office, wrong).state, claim(office, wrong).problem) == (ClaimState.ACCEPTED, "")
    assert claim(office, right).state is ClaimState.DENIED


def test_what_cannot_be_taken_off(office: Office) -> None:
    right, wrong = two(office)
    waiting = received(office, answer(office, right, [(CONTRACT, 3844)]), trace="9")
    (row,) = office.ask(remittance_views.sheet, remittance_id=waiting).answers
    with refusal("Only a payer's posted decision on a claim can be taken off it."):
        office.do(taking_off.take_off, remittance_claim_id=row.id, reason="Not hers", claim_id=wrong)
    office.do(remittances.discard, remittance_ids=(waiting,))
    row = misposted(office, right, wrong)
    with refusal("Say how you know."):
        office.do(taking_off.take_off, remittance_claim_id=row.id, reason=" ", claim_id=right)
    number = claim(office, wrong).number
    with refusal(f"It stands on claim {number} already. Choose another."):
        office.do(taking_off.take_off, remittance_claim_id=row.id, reason="Not hers", claim_id=wrong)
