"""What may be wrong with a paper that is typed in, and what its sums say meanwhile."""

from dataclasses import replace

import pytest

from frontdesk.kernel.errors import Refused
from frontdesk.models.billing.claims import ClaimState
from frontdesk.services.billing import (
    balances,
    claim_detail,
    paper_answer_claims,
    paper_answer_sums,
    paper_answers,
    remittance_views,
    remittances,
)
from frontdesk.services.billing.paper_answer_sums import Decided, Paper, PaperReason
from frontdesk.services.billing.sheet import Ticked
from tests.builders.claims import insured, ready, sent, twice_insured
from tests.builders.paper_answer import entered, paper, payer_of, typed
from tests.builders.payer import CONTRACT, COPAY
from tests.office import Office
from tests.refusal import refusal


def state_of(office: Office, claim_id: int) -> ClaimState:
    return office.ask(claim_detail.detail, claim_id=claim_id).row.state


def owed(office: Office, claim_id: int) -> tuple[int, int]:
    """What the payer and the patient owe."""
    patient_id = office.ask(claim_detail.detail, claim_id=claim_id).row.patient_id
    balance = office.ask(balances.of_patient, patient_id=patient_id)
    return balance.payer_cents, balance.patient_cents


def test_a_claim_that_was_never_answered_has_nothing_to_take_back(office: Office) -> None:
    claim = sent(office)
    with refusal(
        "Nothing was posted on claim 26-00001 that the payer could take back. If it takes money for a claim "
        "that is not here, type it as an amount apart from the claims (WO)."
    ):
        office.ask(paper_answer_claims.taken_back, claim_id=claim)


def test_a_paper_that_does_not_balance_is_refused_whole(office: Office) -> None:
    claim = sent(office, None, Ticked("99213"), Ticked("93000"))
    good = typed(office, claim, [(CONTRACT, 3844)])
    wrong = replace(good, lines=(replace(good.lines[0], paid_cents=9100), good.lines[1]))
    told = paper(office, wrong, cents=20000)
    with pytest.raises(Refused) as said:
        office.do(paper_answers.enter, paper=told)
    assert [(each.message, each.field) for each in said.value.findings] == [
        (
            "99213 of claim 26-00001 does not balance: $130.00 was billed, and $0.56 is not explained.",
            "claim",
        ),
        ("The claims come to $171.00, and the check is for $200.00: $29.00 is missing.", "paid_cents"),
    ]
    assert office.ask(remittance_views.remittances_in) == ()
    assert office.ask(paper_answers.waiting) == ()


def test_a_claim_of_another_payer_or_one_that_was_not_sent_is_refused(office: Office) -> None:
    mine = sent(office)
    with refusal("Choose the payer first."):
        office.ask(paper_answer_claims.open_claim, payer_id=None, claim_id=mine)
    twice_insured(office, "Esther", "XQP884120558")
    with refusal(
        "Claim 26-00001 was sent to BCBS, not to Kaiser. "
        "Look at the paper: choose another claim, or the other payer."
    ):
        office.ask(paper_answer_claims.open_claim, payer_id=payer_of(office, "Kaiser"), claim_id=mine)
    (found,) = office.ask(paper_answer_claims.find, payer_id=payer_of(office, "Kaiser"), typed="2600001")
    assert found.why_not.startswith("Claim 26-00001 was sent to BCBS")
    waits = ready(office, insured(office, "Ada", "Quinn", "XQP884120559"))
    with refusal("Claim 26-00002 is ready to send. The payer cannot have answered it."):
        office.ask(paper_answer_claims.open_claim, payer_id=payer_of(office), claim_id=waits)


def test_a_claim_stands_once_on_a_paper(office: Office) -> None:
    told = typed(office, sent(office), [(CONTRACT, 3844)])
    with refusal("Claim 26-00001 stands twice on this paper. Take one of the two out."):
        entered(office, told, told)


def test_a_denied_claim_pays_nothing_and_names_its_reason(office: Office) -> None:
    claim = sent(office)
    told = replace(typed(office, claim, [(CONTRACT, 3844)]), decided=Decided.DENIED)
    with refusal("Claim 26-00001 is denied, and something is paid on it. Say that it was processed."):
        entered(office, told)
    bare = paper_answer_sums.denied(told)
    for reason, sentence in (
        (PaperReason("CX", "16", 13000), "CX is no group. Type CO, PR, OA, PI or CR."),
        (PaperReason("CO", "", 13000), "type the code of the reason, such as 97."),
        (PaperReason("CO", "16", None), "type the amount of CO-16."),
    ):
        lines = (replace(bare.lines[0], reasons=(reason,)),)
        with refusal(f"99213 of claim 26-00001: {sentence}"):
            office.do(paper_answers.enter, paper=paper(office, replace(bare, lines=lines), cents=0))


def test_what_is_paid_above_the_charge_warns_and_passes(office: Office) -> None:
    claim = sent(office)
    told = typed(office, claim)
    over = replace(told, lines=(paper_answer_sums.settled(replace(told.lines[0], paid_cents=15000)),))
    assert over.lines[0].reasons == (PaperReason("OA", "94", -2000),)
    said = paper(office, over)
    (warning,) = paper_answer_sums.sums(said).warnings
    assert warning == (
        "99213 was paid $150.00, and $130.00 was billed. Look at the paper once more; "
        "what is too much stays to the payer's credit on the claim."
    )
    made = office.do(paper_answers.enter, paper=said).remittance_id
    assert made is not None
    office.do(remittances.post, remittance_id=made)
    assert owed(office, claim) == (-2000, 0)


def test_claims_are_found_by_number_patient_and_day(office: Office) -> None:
    claim = sent(office)
    other = sent(office, insured(office, "Esther", "Park", "XQP884120558"))
    ask = {"payer_id": payer_of(office)}
    numbers = {
        said: [head.claim_id for head in office.ask(paper_answer_claims.find, **ask, typed=said)]
        for said in ("26-00001", "2600001", "00002", "cast", "raymond c", "Park, Est", "03/17/2026", "zz", "")
    }
    assert numbers == {
        "26-00001": [claim],
        "2600001": [claim],
        "00002": [other],
        "cast": [claim],
        "raymond c": [claim],
        "Park, Est": [other],
        "03/17/2026": [claim, other],
        "zz": [],
        "": [],
    }
    told = typed(office, other, [(CONTRACT, 3844)])
    office.do(remittances.post, remittance_id=entered(office, told))
    found = office.ask(paper_answer_claims.find, **ask, typed="03/17/2026")
    assert [head.standing for head in found] == ["was sent", "was paid"], "it may be taken back"


def test_an_empty_paper_has_nothing_to_balance() -> None:
    sums = paper_answer_sums.sums(Paper())
    assert (sums.off_cents, sums.unbalanced, sums.claims, sums.warnings) == (0, 0, (), ())


def test_the_rest_of_a_line_goes_where_it_belongs() -> None:
    line = paper_answer_sums.PaperLine(1, "99213", 13000, 9156, 6156)
    line = line.with_usual(COPAY, 3000)
    assert paper_answer_sums.line_sum(line).contract_cents == 3844
    assert paper_answer_sums.settled(line).usual(CONTRACT) == 3844
    left = replace(line, reasons=())
    settled = paper_answer_sums.settled(left)
    assert settled.usual(CONTRACT) == 3844, "what was allowed and not paid is the patient's"
    assert paper_answer_sums.line_sum(settled).off_cents == 3000
    assert paper_answer_sums.settled(settled) == settled
    waiting = replace(line, reasons=(*line.reasons, PaperReason("CO", "97", None)))
    assert paper_answer_sums.settled(waiting).others == (PaperReason("CO", "97", 3844),)
    assert paper_answer_sums.line_sum(paper_answer_sums.settled(waiting)).off_cents == 0


@pytest.mark.parametrize(
    ("typed_so", "code"),
    [
        ("co-97", ("CO", "97")),
        ("PR 1", ("PR", "1")),
        ("oa23", ("OA", "23")),
        ("97", ("CO", "97")),
        ("", ("", "")),
    ],
)
def test_a_reason_is_read_as_people_type_it(typed_so: str, code: tuple[str, str]) -> None:
    assert paper_answer_sums.code_of(typed_so) == code
