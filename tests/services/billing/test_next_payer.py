"""Two payers: what the first leaves is asked of the second, with all that the first said."""

import io

import pytest
from msgspec.structs import replace

from frontdesk.formats.x12.envelope import Reader
from frontdesk.formats.x12.professional_claim import Claim as WrittenClaim
from frontdesk.formats.x12.professional_claim_reader import ProfessionalClaimReader
from frontdesk.formats.x12.remittance import Person
from frontdesk.models.billing.claims import Claim, ClaimState
from frontdesk.models.registration.coverage import Relationship
from frontdesk.models.registration.payer import PayerKind
from frontdesk.services.billing import (
    aging,
    balances,
    batches,
    claim_detail,
    claim_views,
    claims,
    explain,
    next_payer,
    remittance_views,
    remittance_voiding,
    remittances,
)
from frontdesk.services.billing.claim_detail import ClaimDetail
from frontdesk.services.billing.remittance_views import AnswerState
from frontdesk.services.registration import coverages
from frontdesk.services.registration.drafts import CoverageDraft
from tests.builders.billing import at_work, paid
from tests.builders.claims import insured, sent, twice_insured
from tests.builders.payer import CONTRACT, COPAY, DEDUCTIBLE, answer, mirrored, received
from tests.builders.registration import card, plan
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


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"remarks": ("MA01", "MA18")}, "Forwarded by the payer of 26-00001"),
        ({"remarks": ("N89",)}, "Forwarded by the payer of 26-00001"),
        (
            {"forwarded_to": Person("AARP SUPPLEMENT")},
            "Forwarded by the payer of 26-00001 to AARP SUPPLEMENT",
        ),
    ],
)
def test_a_claim_that_a_remark_says_was_forwarded_is_not_billed_twice(
    office: Office, told: dict[str, object], said: str
) -> None:
    patient_id = twice_insured(office)
    first = sent(office, patient_id)
    paid = replace(answer(office, first, [(CONTRACT, 3844), (COPAY, 3000)]), **told)
    office.do(remittances.post, remittance_id=received(office, paid))
    second = newest(office, patient_id)
    assert second.row.state is ClaimState.SENT
    assert second.timeline[-1].detail == said


def test_what_was_forwarded_to_an_insurer_that_is_not_on_file_is_looked_at_first(office: Office) -> None:
    patient_id = insured(office)
    first = sent(office, patient_id)
    paid = answer(office, first, [(CONTRACT, 3844), (COPAY, 3000)], status="19")
    told = replace(paid, forwarded_to=Person("AARP SUPPLEMENT"))
    remittance = received(office, told)
    (row,) = office.ask(remittance_views.sheet, remittance_id=remittance).answers
    assert (row.state, row.review) == (
        AnswerState.REVIEW,
        (
            "The payer sent it on to AARP SUPPLEMENT, and no further coverage is on file. "
            "Add it first, or $30.00 goes to the patient."
        ),
    )
    second_insurance(office, patient_id)
    office.do(remittances.post, remittance_id=remittance)
    assert newest(office, patient_id).row.state is ClaimState.SENT
    assert owed(office, patient_id) == (3000, 0)


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


def second_insurance(office: Office, patient_id: int) -> None:
    """Found after the first payer had decided."""
    office.do(
        coverages.add,
        patient_id=patient_id,
        policy=card(office, patient_id, "KXQP884", plan_id=plan(office, "Kaiser", "PPO", PayerKind.HMO)),
        coverage=CoverageDraft(2, Relationship.SELF),
    )


def test_an_insurance_that_is_found_later_is_asked_for_what_was_left_to_the_patient(office: Office) -> None:
    patient_id = insured(office)
    first = sent(office, patient_id)
    told = answer(office, first, [(CONTRACT, 3844), (COPAY, 3000)])
    office.do(remittances.post, remittance_id=received(office, told))
    assert owed(office, patient_id) == (0, 3000)
    with refusal("The patient has no further insurance for this day. Enter it, or bill the patient."):
        office.do(next_payer.bill, claim_id=first, reason="Kaiser card")
    second_insurance(office, patient_id)
    made = office.do(next_payer.bill, claim_id=first, reason="Kaiser card of 03/17")
    assert owed(office, patient_id) == (3000, 0)
    said = [each.text for each in office.ask(explain.balance, patient_id=patient_id).sentences]
    assert said[-1] == (
        "On 03/17/2026 $30.00 of Office visit, low of 03/17/2026 moved from the patient to Kaiser: "
        "Kaiser card of 03/17."
    )
    second = office.ask(claim_detail.detail, claim_id=made)
    assert (second.row.state, second.row.payer, second.problems) == (ClaimState.READY, "Kaiser PPO", ())
    text, claim = written(office, made)
    assert pyx12_complaints(text) == ""
    assert claim.other_payers[0].paid_cents == 6156
    with refusal("Nothing of this claim was left to the patient. There is nothing to ask for."):
        office.do(next_payer.bill, claim_id=first, reason="Again")
    answered = answer(office, made, [(PRIOR, 6156), (CONTRACT, 3844), (COPAY, 500)])
    office.do(remittances.post, remittance_id=received(office, answered, trace="K1"))
    assert owed(office, patient_id) == (0, 500)


def test_what_the_patient_paid_is_to_their_credit_while_the_insurance_found_later_is_asked(
    office: Office,
) -> None:
    patient_id = insured(office)
    first = sent(office, patient_id)
    told = answer(office, first, [(CONTRACT, 3844), (COPAY, 3000)])
    office.do(remittances.post, remittance_id=received(office, told))
    (line,) = office.ask(balances.lines_of_patient, patient_id=patient_id)
    paid(office, patient_id, 2000, line=line.charge_line_id)
    second_insurance(office, patient_id)
    office.do(next_payer.bill, claim_id=first, reason="Kaiser card")
    (line,) = office.ask(balances.lines_of_patient, patient_id=patient_id)
    assert (line.payer_cents, line.patient_cents, line.patient_paid_cents) == (3000, 0, 0)
    assert office.ask(balances.of_patient, patient_id=patient_id).credit_cents == 2000


@pytest.mark.parametrize("is_void", [False, True])
def test_a_first_payer_that_takes_its_decision_back_undoes_what_was_asked_of_the_next(
    office: Office, is_void: bool
) -> None:
    patient_id = insured(office)
    first = sent(office, patient_id)
    told = answer(office, first, [(CONTRACT, 3844), (COPAY, 3000)])
    remittance = received(office, told)
    office.do(remittances.post, remittance_id=remittance)
    second_insurance(office, patient_id)
    office.do(next_payer.bill, claim_id=first, reason="Kaiser card")
    if is_void:
        office.do(remittance_voiding.void, remittance_id=remittance, reason="Another file")
    else:
        office.do(remittances.post, remittance_id=received(office, mirrored(told), trace="B1"))
    (line,) = office.ask(balances.lines_of_patient, patient_id=patient_id)
    assert (line.payer_cents, line.patient_cents) == (13000, 0)
    with at_work(office) as work:
        payer_id = work.get(Claim, first).payer_id
    rows = office.ask(aging.aging).rows
    assert {row.owner_id: row.aged.total for row in rows if row.aged.total} == {payer_id: 13000}
    assert newest(office, patient_id).timeline[-1].detail == "The payer of 26-00001 took its decision back."


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
