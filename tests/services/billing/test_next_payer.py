"""Two payers: what the first leaves is asked of the second, with all that the first said."""

import io

from frontdesk.formats.x12.envelope import Reader
from frontdesk.formats.x12.professional_claim import Claim as WrittenClaim
from frontdesk.formats.x12.professional_claim_reader import ProfessionalClaimReader
from frontdesk.models.billing.claims import ClaimState
from frontdesk.services.billing import (
    aging,
    balances,
    batches,
    claim_detail,
    claim_views,
    claims,
    next_payer,
    remittances,
)
from frontdesk.services.billing.claim_detail import ClaimDetail
from tests.builders.claims import insured, sent, twice_insured
from tests.builders.payer import CONTRACT, COPAY, DEDUCTIBLE, answer, mirrored, received
from tests.formats.x12.judges import pyx12_complaints, x12sdk_models
from tests.office import Office
from tests.refusal import refusal

PRIOR = ("OA", "23")


def newest(office: Office, patient_id: int) -> ClaimDetail:
    rows = office.ask(claim_views.of_patient, patient_id=patient_id)
    return office.ask(claim_detail.detail, claim_id=max(row.id for row in rows))


def written(office: Office, claim_id: int) -> tuple[str, WrittenClaim]:
    (batch,) = office.do(batches.build, claim_ids=(claim_id,)).batch_ids
    office.do(batches.mark_sent, batch_id=batch)
    text = office.ask(batches.file_of, batch_id=batch).text
    reader = Reader(io.BytesIO(text.encode()))
    (claim,) = (claim for message in reader.transaction_sets() for claim in ProfessionalClaimReader(message))
    return text, claim


def owed(office: Office, patient_id: int) -> tuple[int, int]:
    balance = office.ask(balances.of_patient, patient_id=patient_id)
    return balance.payer_cents, balance.patient_cents


def test_what_the_first_payer_leaves_is_asked_of_the_second(office: Office) -> None:
    patient_id = twice_insured(office)
    first = sent(office, patient_id)
    remittance = received(office, answer(office, first, [(CONTRACT, 3844), (DEDUCTIBLE, 3000)]))
    office.do(remittances.post, remittance_id=remittance)
    assert office.ask(claim_detail.detail, claim_id=first).row.state is ClaimState.PAID
    assert owed(office, patient_id) == (3000, 0)

    second = newest(office, patient_id)
    assert (second.row.state, second.row.payer, second.follows) == (
        ClaimState.READY,
        "Kaiser PPO",
        "26-00001",
    )
    assert second.problems == ()
    text, claim = written(office, second.row.id)
    assert pyx12_complaints(text) == ""
    assert x12sdk_models(text) == 1
    (prior,) = claim.other_payers
    assert (claim.policy.rank, prior.policy.rank, prior.policy.payer_name, prior.paid_cents) == (
        "S",
        "P",
        "BCBS",
        6156,
    )
    (decided,) = claim.lines[0].prior
    assert (decided.paid_cents, [(a.code, a.amount_cents) for a in decided.adjustments]) == (
        6156,
        [("CO-45", 3844), ("PR-1", 3000)],
    )

    told = answer(office, second.row.id, [(PRIOR, 6156), (CONTRACT, 3844), (COPAY, 500)])
    office.do(remittances.post, remittance_id=received(office, told, trace="K1"))
    assert newest(office, patient_id).row.state is ClaimState.PAID
    assert owed(office, patient_id) == (0, 500)


def test_the_first_claim_names_the_second_insurance(office: Office) -> None:
    first = sent(office, twice_insured(office))
    row = office.ask(claim_detail.detail, claim_id=first)
    assert row.problems == ()
    (batch,) = office.ask(batches.batches)
    text = office.ask(batches.file_of, batch_id=batch.id).text
    assert "SBR*S*18*0071-442******HM~OI***Y***Y~NM1*IL*1*CASTILLO*RAYMOND****MI*KXQP884~" in text
    assert pyx12_complaints(text) == ""


def test_a_claim_that_was_forwarded_counts_as_sent(office: Office) -> None:
    patient_id = twice_insured(office)
    first = sent(office, patient_id)
    told = answer(office, first, [(CONTRACT, 3844), (COPAY, 3000)], status="19")
    office.do(remittances.post, remittance_id=received(office, told))
    second = newest(office, patient_id)
    assert second.row.state is ClaimState.SENT
    assert [event.detail for event in second.timeline] == [
        "Asks Kaiser for what 26-00001 left",
        "Forwarded by the payer of 26-00001",
    ]


def test_a_reversal_takes_the_transfer_back_and_warns(office: Office) -> None:
    patient_id = twice_insured(office)
    first = sent(office, patient_id)
    paid = answer(office, first, [(CONTRACT, 3844), (COPAY, 3000)])
    office.do(remittances.post, remittance_id=received(office, paid))
    office.do(remittances.post, remittance_id=received(office, mirrored(paid), trace="B1"))
    assert owed(office, patient_id) == (13000, 0)
    assert newest(office, patient_id).timeline[-1].detail == ("The payer of 26-00001 took its decision back.")


def test_a_denied_claim_can_be_asked_of_the_next_payer_with_a_reason(office: Office) -> None:
    patient_id = twice_insured(office)
    first = sent(office, patient_id)
    with refusal("Claim 26-00001 was sent. Its payer has to decide first."):
        office.do(next_payer.bill, claim_id=first, reason="Not covered")
    denied = received(office, answer(office, first, [(("CO", "96"), 13000)], status="4"))
    office.do(remittances.post, remittance_id=denied)
    with refusal("Say why the next payer is asked."):
        office.do(next_payer.bill, claim_id=first, reason=" ")
    made = office.do(next_payer.bill, claim_id=first, reason="Not covered by the first plan")
    second = office.ask(claim_detail.detail, claim_id=made)
    assert (second.row.state, second.follows) == (ClaimState.READY, "26-00001")
    assert owed(office, patient_id) == (13000, 0)
    with refusal("Nothing is open on this claim. There is nothing to ask for."):
        office.do(next_payer.bill, claim_id=first, reason="Again")


def test_without_further_insurance_the_rest_is_the_patients(office: Office) -> None:
    patient_id = insured(office, "Minh", "Tran", "TRA1")
    first = sent(office, patient_id)
    denied = received(office, answer(office, first, [(("CO", "96"), 13000)], status="4"))
    office.do(remittances.post, remittance_id=denied)
    with refusal("The patient has no further insurance for this day. Enter it, or bill the patient."):
        office.do(next_payer.bill, claim_id=first, reason="Not covered")


def test_a_second_payer_asked_before_the_first_decided_is_stopped(office: Office) -> None:
    patient_id = twice_insured(office)
    first = sent(office, patient_id)
    told = answer(office, first, [(CONTRACT, 3844), (COPAY, 3000)])
    office.do(remittances.post, remittance_id=received(office, told))
    replaced = office.do(claims.correct, claim_id=first, reason="Wrong modifier")
    second = newest(office, patient_id)
    rows = office.ask(claim_views.of_patient, patient_id=patient_id)
    follower = next(row for row in rows if row.payer == "Kaiser PPO")
    office.do(claims.check, claim_ids=(follower.id,))
    detail = office.ask(claim_detail.detail, claim_id=follower.id)
    assert detail.follows == office.ask(claim_detail.detail, claim_id=replaced).row.number
    assert [problem.message for problem in detail.problems] == [
        "Another insurer pays first, and has not decided yet."
    ]
    assert second.row.id == replaced


def test_each_payer_owes_its_own_part_in_the_aging(office: Office) -> None:
    patient_id = twice_insured(office)
    first = sent(office, patient_id)
    told = answer(office, first, [(("CO", "16"), 1000), (CONTRACT, 3844), (COPAY, 3000)])
    office.do(remittances.post, remittance_id=received(office, told))
    rows = {row.owner_id: row.aged.total for row in office.ask(aging.aging).rows}
    assert rows == {office.made["payer:BCBS"]: 1000, office.made["payer:Kaiser"]: 3000}
