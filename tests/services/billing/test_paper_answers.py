"""An insurer's answer on paper: typed in, balanced, put aside, entered; then a remittance like any other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from frontdesk.kernel.errors import Conflict, FrontdeskError, Refused
from frontdesk.models.billing.claims import ClaimState
from frontdesk.models.billing.remittances import MatchBasis, RemittanceState, Treatment
from frontdesk.services.billing import (
    balances,
    bank_credits,
    batches,
    claim_detail,
    claim_views,
    eob,
    paper_answer_claims,
    paper_answer_sums,
    paper_answers,
    remittance_policy,
    remittance_views,
    remittances,
)
from frontdesk.services.billing.paper_answer_sums import Paper, PaperItem, PaperReason, Way
from frontdesk.services.billing.remittance_views import AnswerState
from frontdesk.services.billing.sheet import Ticked
from frontdesk.services.database import Database
from tests.builders.claims import insured, sent, twice_insured
from tests.builders.paper_answer import ON, entered, in_process, paper, payer_of, refused, typed
from tests.builders.payer import CONTRACT, COPAY, DEDUCTIBLE, answer, delivered, received, written
from tests.office import Office
from tests.refusal import refusal


def state_of(office: Office, claim_id: int) -> ClaimState:
    return office.ask(claim_detail.detail, claim_id=claim_id).row.state


def owed(office: Office, claim_id: int) -> tuple[int, int]:
    """What the payer and the patient owe."""
    patient_id = office.ask(claim_detail.detail, claim_id=claim_id).row.patient_id
    balance = office.ask(balances.of_patient, patient_id=patient_id)
    return balance.payer_cents, balance.patient_cents


def test_a_paper_becomes_a_remittance_and_is_posted_as_one(office: Office) -> None:
    claim = sent(office)
    told = replace(
        paper(office, typed(office, claim, [(CONTRACT, 3844), (COPAY, 3000)])), deposited_on=date(2026, 3, 17)
    )
    assert paper_answer_sums.sums(told).off_cents == 0
    made = office.do(paper_answers.enter, paper=told).remittance_id
    assert made is not None
    sheet = office.ask(remittance_views.sheet, remittance_id=made)
    assert (sheet.row.name, sheet.heading) == ("EOB-0317-01", "BCBS, check 0071064 of 03/16/2026")
    assert (sheet.row.is_paper, sheet.row.banked_on) == (True, date(2026, 3, 17))
    assert [row.state for row in sheet.answers] == [AnswerState.MATCHED]
    detail = office.ask(remittance_views.answer_detail, remittance_claim_id=sheet.answers[0].id)
    assert detail.basis is MatchBasis.LINE_NUMBER
    (expected,) = office.ask(bank_credits.expected, since=ON, until=ON)
    assert (expected.what, expected.amount_cents) == ("BCBS, check 0071064", 6156)

    office.do(remittances.post, remittance_id=made)

    assert owed(office, claim) == (0, 3000)
    assert state_of(office, claim) is ClaimState.PAID
    assert office.ask(eob.eob_pdf, remittance_claim_id=sheet.answers[0].id).startswith(b"%PDF")


def test_paper_and_file_post_the_same_entries(office: Office) -> None:
    """One way of posting: the same answer leaves the same balances, whatever it came on."""
    by_file, by_paper = (
        sent(office, insured(office, name, "Castillo", number), Ticked("99213"), Ticked("93000"))
        for name, number in (("Raymond", "XQP884120557"), ("Esther", "XQP884120558"))
    )
    reasons = ([(CONTRACT, 3844), (COPAY, 3000)], [(CONTRACT, 1000), (DEDUCTIBLE, 2000), (("CO", "97"), 500)])
    office.do(remittances.post, remittance_id=received(office, answer(office, by_file, *reasons)))
    office.do(remittances.post, remittance_id=entered(office, typed(office, by_paper, *reasons)))
    assert owed(office, by_file) == owed(office, by_paper) == (500, 5000)
    assert state_of(office, by_file) is state_of(office, by_paper)


def test_the_offices_policy_settles_a_paper_too(office: Office) -> None:
    claim = sent(office)
    office.do(
        remittance_policy.treat,
        payer_id=payer_of(office),
        group="CO",
        reason="97",
        treatment=Treatment.CONTRACT,
        starts_on=date(2026, 1, 1),
    )
    office.do(remittances.post, remittance_id=entered(office, typed(office, claim, [(("CO", "97"), 500)])))
    assert owed(office, claim) == (0, 0)


def test_a_letter_denies_without_money(office: Office) -> None:
    claim = sent(office)
    told = replace(refused(office, claim, ("CO", "16"), "m51, n290"), remarks="ma130")
    made = entered(office, told, trace="")
    sheet = office.ask(remittance_views.sheet, remittance_id=made)
    assert sheet.heading == "BCBS, letter of 03/16/2026"
    assert [row.state for row in sheet.answers] == [AnswerState.DENIED]
    detail = office.ask(remittance_views.answer_detail, remittance_claim_id=sheet.answers[0].id)
    assert detail.lines[0].remarks == "M51 N290"
    assert {"M51", "N290", "MA130"} <= {code for code, _ in detail.meanings}
    office.do(remittances.post, remittance_id=made)
    assert (state_of(office, claim), owed(office, claim)) == (ClaimState.DENIED, (13000, 0))


def test_a_letter_that_a_claim_is_in_process_is_noted_on_the_claim_and_goes_back(office: Office) -> None:
    claim = sent(office)
    made = office.do(paper_answers.enter, paper=paper(office, in_process(office, claim), trace=""))
    assert (made.remittance_id, made.in_process) == (None, (claim,))
    assert state_of(office, claim) is ClaimState.IN_PROCESS
    assert office.ask(paper_answers.waiting) == ()
    office.do(paper_answers.take_up, paper_id=made.paper_id)
    assert state_of(office, claim) is ClaimState.SENT
    assert [each.paper_id for each in office.ask(paper_answers.waiting)] == [made.paper_id]


def test_what_the_payer_takes_or_adds_apart_from_the_claims_is_part_of_the_check(office: Office) -> None:
    claim = sent(office)
    told = replace(
        paper(office, typed(office, claim, [(CONTRACT, 3844)]), cents=9156 + 210 - 1835),
        items=(PaperItem("L6", True, 210), PaperItem("WO", False, 1835, "3102")),
    )
    sums = paper_answer_sums.sums(told)
    assert (sums.claims_paid_cents, sums.taken_back_cents, sums.off_cents) == (9156, 1625, 0)
    made = office.do(paper_answers.enter, paper=told).remittance_id
    assert made is not None
    sheet = office.ask(remittance_views.sheet, remittance_id=made)
    assert sorted(part.cents for part in sheet.deposit.parts) == [-1835, 210]
    before = office.ask(balances.receivable)
    office.do(remittances.post, remittance_id=made)
    assert before - office.ask(balances.receivable) == 9156 + 3844 - 1835


def test_an_earlier_answer_is_taken_back_and_decided_anew_on_the_same_paper(office: Office) -> None:
    claim = sent(office)
    first = [(CONTRACT, 3844), (COPAY, 3000)]
    office.do(remittances.post, remittance_id=entered(office, typed(office, claim, first)))
    back = office.ask(paper_answer_claims.taken_back, claim_id=claim)
    assert [(line.charge_cents, line.paid_cents) for line in back.lines] == [(-13000, -6156)]
    again = typed(office, claim, [(CONTRACT, 3844), (COPAY, 2000)])
    made = entered(office, back, again, trace="0071065")
    states = [row.state for row in office.ask(remittance_views.sheet, remittance_id=made).answers]
    assert states == [AnswerState.REVERSAL, AnswerState.MATCHED]
    office.do(remittances.post, remittance_id=made)
    assert owed(office, claim) == (0, 2000)
    with refusal(
        "What is taken back on claim 26-00001 no longer stands in the ledger. "
        "Take the claim out and add it again."
    ):
        office.do(paper_answers.enter, paper=paper(office, back, trace="0071066", cents=0))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"payer_id": None}, "Choose the payer."),
        ({"trace": " "}, "Type the number of the check or EFT."),
        ({"paid_cents": None}, "Type what was paid, or choose letter, no money."),
        ({"way": Way.LETTER}, "A letter brings no money. Choose check or EFT, or take the amount out."),
        ({"paid_on": None}, "Type the date on the paper."),
        ({"paid_on": date(2026, 4, 1)}, "04/01/2026 has not come yet. Look at the date."),
        (
            {"deposited_on": date(2026, 3, 1)},
            "It cannot be deposited before 03/16/2026, the date on it.",
        ),
        ({"document_id": 77}, "The scan is no longer in Records. Choose it again."),
        ({"claims": ()}, "Nothing is typed in yet. Add the claims that the paper names."),
        ({"items": (PaperItem("L6", True),)}, "Type the amount of L6, or take it out."),
    ],
)
def test_each_thing_that_is_missing_is_said(office: Office, change: dict[str, object], sentence: str) -> None:
    told = paper(office, typed(office, sent(office), [(CONTRACT, 3844)]))
    with pytest.raises(Refused) as said:
        office.do(paper_answers.enter, paper=replace(told, **change))  # type: ignore[arg-type] # a table's row
    assert sentence in [each.message for each in said.value.findings]


def test_the_same_check_is_entered_once_on_paper_or_by_file(office: Office) -> None:
    one, other = (
        sent(office, insured(office, name, "Castillo", number))
        for name, number in (("Raymond", "XQP884120557"), ("Esther", "XQP884120558"))
    )
    entered(office, typed(office, one, [(CONTRACT, 3844)]), trace="0071064")
    with refusal(
        "BCBS, check 0071064 of 03/16/2026 is here already as EOB-0317-01, waiting to be posted. "
        "Nothing was entered twice."
    ):
        entered(office, typed(office, other, [(CONTRACT, 1000)]), trace="71064")
    later = delivered(office, written(answer(office, other, [(CONTRACT, 1000)]), trace="0071064"))
    with refusal("EOB-0317-01 has the same check or EFT number, 0071064, and says something else."):
        office.do(remittances.post, remittance_id=later.held[0])
    received(office, answer(office, other, [(CONTRACT, 2000)]), trace="5550001")
    with refusal(
        "BCBS, EFT 5550001 of 03/16/2026 is here already as 835-0317-03, waiting to be posted. "
        "Nothing was entered twice."
    ):
        entered(office, typed(office, one, [(CONTRACT, 100)]), trace="5550001")


def test_the_same_letter_is_entered_once(office: Office) -> None:
    told = refused(office, sent(office), ("CO", "16"))
    entered(office, told, trace="")
    with refusal(
        "BCBS, letter of 03/16/2026 is here already as EOB-0317-01, waiting to be posted. "
        "Nothing was entered twice."
    ):
        entered(office, told, trace="")


def test_a_check_on_paper_stands_once_behind_the_services_back(office: Office) -> None:
    entered(office, typed(office, sent(office), [(CONTRACT, 3844)]))
    copied = "name, payer_name, payer_id, trace, payer_identifier, method, paid_cents, claims_paid_cents"
    rest = "taken_back_cents, claims, paid_on, received_at, state, held_reason"
    with pytest.raises(DatabaseError), office.database.engines.write.begin() as connection:
        connection.execute(
            text(
                f"INSERT INTO remittance (id, version, fingerprint, {copied}, {rest})"
                f" SELECT id + 1, 1, 'another', {copied}, {rest} FROM remittance"
            )
        )


def test_a_paper_is_put_aside_and_another_desk_goes_on_with_it(office: Office) -> None:
    claim = sent(office)
    begun = replace(paper(office, typed(office, claim)), paid_on=None)
    saved = office.do(paper_answers.save, paper=begun)
    (waits,) = office.ask(paper_answers.waiting)
    assert (waits.payer, waits.trace, waits.claims) == ("BCBS", "0071064", 1)
    found = office.ask(paper_answers.opened, paper_id=saved.paper_id)
    assert (found.paper, [head.number for head in found.heads]) == (begun, ["26-00001"])
    whole = replace(paper(office, typed(office, claim, [(CONTRACT, 3844)])))
    office.do(paper_answers.enter, paper=whole, paper_id=saved.paper_id, version=saved.version)
    assert office.ask(paper_answers.waiting) == ()
    with pytest.raises(Conflict):
        office.do(paper_answers.save, paper=begun, paper_id=saved.paper_id, version=saved.version)
    with refusal("This paper is entered already. Look at it under Remittances."):
        office.do(paper_answers.save, paper=begun, paper_id=saved.paper_id)


def test_a_check_that_another_desk_is_at_is_said_while_typing(office: Office) -> None:
    told = paper(office, typed(office, sent(office)))
    saved = office.do(paper_answers.save, paper=told)

    def known(besides: int | None) -> str:
        return office.ask(paper_answers.known_check, payer_id=told.payer_id, trace="0071064", besides=besides)

    assert known(None).endswith("Continue that one.")
    assert known(saved.paper_id) == ""
    office.do(paper_answers.drop, paper_id=saved.paper_id)
    assert known(None) == ""
    with refusal("This paper was dropped. Undo brings it back."):
        office.ask(paper_answers.opened, paper_id=saved.paper_id)
    office.do(paper_answers.restore, paper_id=saved.paper_id)
    with refusal("This paper was not dropped."):
        office.do(paper_answers.restore, paper_id=saved.paper_id)


def test_a_mistake_in_typing_is_put_right_before_posting(office: Office) -> None:
    claim = sent(office)
    wrong = paper(office, typed(office, claim, [(CONTRACT, 3800)]))
    made = office.do(paper_answers.enter, paper=wrong)
    assert office.do(paper_answers.take_up, paper_id=made.paper_id) == wrong
    with refusal("This paper was not entered yet. Go on with it."):
        office.do(paper_answers.take_up, paper_id=made.paper_id)
    again = office.do(paper_answers.enter, paper=wrong, paper_id=made.paper_id)
    assert again.remittance_id == made.remittance_id, "the same words are the same remittance"
    office.do(paper_answers.take_up, paper_id=made.paper_id)
    right = paper(office, typed(office, claim, [(CONTRACT, 3844)]))
    other = office.do(paper_answers.enter, paper=right, paper_id=made.paper_id)
    assert other.remittance_id != made.remittance_id
    (row,) = office.ask(remittance_views.remittances_in)
    assert (row.name, row.state) == ("EOB-0317-02", RemittanceState.OPEN)
    office.do(remittances.post, remittance_id=row.id)
    with refusal("EOB-0317-02 is posted. Void what was posted first, then change it."):
        office.do(paper_answers.take_up, paper_id=made.paper_id)


def test_what_is_entered_is_not_changed_behind_the_services_back(office: Office) -> None:
    made = office.do(
        paper_answers.enter, paper=paper(office, typed(office, sent(office), [(CONTRACT, 3844)]))
    )
    for statement in (
        "UPDATE paper_remittance SET typed = '{}' WHERE id = :id",
        "DELETE FROM paper_remittance WHERE id = :id",
        "UPDATE paper_remittance SET dropped_at = saved_at WHERE id = :id",
    ):
        with pytest.raises(DatabaseError), office.database.engines.write.begin() as connection:
            connection.execute(text(statement), {"id": made.paper_id})


def test_it_says_who_may_not(office: Office) -> None:
    told = paper(office, typed(office, sent(office)))
    reader = replace(office.actor, permissions=frozenset({"billing.view"}))
    with pytest.raises(FrontdeskError):
        office.database.do(reader, paper_answers.save, paper=told)


def test_a_second_payers_paper_begins_with_what_the_first_has_settled(office: Office) -> None:
    first = sent(office, twice_insured(office))
    told = typed(office, first, [(CONTRACT, 3844), (COPAY, 3000)])
    office.do(remittances.post, remittance_id=entered(office, told))
    (second,) = office.ask(claim_views.worklist, states=(ClaimState.READY,))
    for batch in office.do(batches.build, claim_ids=(second.id,)).batch_ids:
        office.do(batches.mark_sent, batch_id=batch)
    kaiser = payer_of(office, "Kaiser")
    claim = office.ask(paper_answer_claims.open_claim, payer_id=kaiser, claim_id=second.id).claim
    assert claim.lines[0].reasons == (PaperReason("OA", "23", 10000),)
    paid = replace(claim, lines=(paper_answer_sums.settled(replace(claim.lines[0], paid_cents=3000)),))
    whole = Paper(payer_id=kaiser, trace="5501", paid_on=ON, paid_cents=3000, claims=(paid,))
    made = office.do(paper_answers.enter, paper=whole).remittance_id
    assert made is not None
    office.do(remittances.post, remittance_id=made)
    assert owed(office, first) == (0, 0)


def test_two_desks_that_enter_the_same_check_at_once_enter_it_once(
    office: Office, another: Callable[[], Database]
) -> None:
    one, other = (
        sent(office, insured(office, name, "Castillo", number))
        for name, number in (("Raymond", "XQP884120557"), ("Esther", "XQP884120558"))
    )
    papers = [paper(office, typed(office, each, [(CONTRACT, 3844)])) for each in (one, other)]
    desks = [office.database, another()]
    with ThreadPoolExecutor(2) as pool:
        done = [
            pool.submit(desk.do, office.actor, paper_answers.enter, paper=each)
            for desk, each in zip(desks, papers, strict=True)
        ]
    said = [str(each.exception()) for each in done if each.exception() is not None]
    assert len(said) == 1
    assert said[0].startswith("BCBS, check 0071064 of 03/16/2026 is here already as EOB-0317-")
    assert len(office.ask(remittance_views.remittances_in)) == 1
