"""Remittances: taken in, balanced, matched, posted, explained."""

from datetime import date

import msgspec
import pytest

from frontdesk.formats.x12.remittance import Adjustment, Organization, Person, ProviderAdjustment
from frontdesk.kernel.errors import Refused
from frontdesk.models.billing.claims import Claim, ClaimState
from frontdesk.models.billing.remittances import MatchBasis, RemittanceState
from frontdesk.services.billing import (
    balances,
    claim_detail,
    claim_views,
    remittance_views,
    remittances,
)
from frontdesk.services.billing.remittance_views import AnswerState, DepositPart
from frontdesk.services.billing.sheet import Ticked
from frontdesk.services.records import content
from tests.builders.billing import at_work, paid
from tests.builders.claims import insured, sent
from tests.builders.payer import (
    CONTRACT,
    COPAY,
    DEDUCTIBLE,
    answer,
    delivered,
    let_in,
    paid_claim,
    paid_line,
    received,
    written,
)
from tests.office import Office
from tests.refusal import refusal


def state_of(office: Office, claim_id: int) -> ClaimState:
    return office.ask(claim_detail.detail, claim_id=claim_id).row.state


def patient_of(office: Office, claim_id: int) -> int:
    return office.ask(claim_detail.detail, claim_id=claim_id).row.patient_id


def test_a_balanced_remittance_is_posted_whole(office: Office) -> None:
    claim = sent(office)
    remittance = received(office, answer(office, claim, [(CONTRACT, 3844), (COPAY, 3000)]))
    sheet = office.ask(remittance_views.sheet, remittance_id=remittance)
    assert sheet.row.name == "835-0317-01"
    assert sheet.heading == "BCBS, EFT 0098817243 of 03/16/2026"
    assert sheet.why_not == ""
    assert [row.state for row in sheet.answers] == [AnswerState.MATCHED]
    assert (sheet.deposit.deposit_cents, sheet.deposit.to_post_cents) == (6156, 6156)

    office.do(remittances.post, remittance_id=remittance)

    balance = office.ask(balances.of_patient, patient_id=patient_of(office, claim))
    assert (balance.payer_cents, balance.patient_cents) == (0, 3000)
    assert state_of(office, claim) is ClaimState.PAID
    with refusal("835-0317-01 is posted already."):
        office.do(remittances.post, remittance_id=remittance)


def test_a_copay_paid_at_the_visit_settles_the_share_that_the_payer_leaves(office: Office) -> None:
    who = insured(office)
    claim = sent(office, who)
    visit = office.ask(claim_detail.detail, claim_id=claim).appointment_id
    paid(office, who, 3000, copay_of=visit)
    remittance = received(office, answer(office, claim, [(CONTRACT, 3844), (COPAY, 3000)]))
    office.do(remittances.post, remittance_id=remittance)
    balance = office.ask(balances.of_patient, patient_id=who)
    assert (balance.total_cents, balance.patient_cents, balance.credit_cents) == (0, 0, 0)


def test_a_denial_is_never_written_off_by_itself(office: Office) -> None:
    claim = sent(office)
    remittance = received(office, answer(office, claim, [(CONTRACT, 3844), (("CO", "27"), 9156)], status="4"))
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    assert row.state is AnswerState.DENIED
    assert row.review == (
        "Denied CO-27, coverage ended before the service (also CO-45). Bill the patient or find new coverage."
    )
    office.do(remittances.post, remittance_id=remittance)
    balance = office.ask(balances.of_patient, patient_id=patient_of(office, claim))
    assert balance.payer_cents == 13000
    shown = office.ask(claim_views.worklist, states=(ClaimState.DENIED,))
    assert [(row.problem_code, row.problem) for row in shown] == [
        ("CO-27", "Coverage ended before the service")
    ]


def test_the_same_remittance_is_taken_in_once(office: Office) -> None:
    claim = sent(office)
    data = written(answer(office, claim, [(CONTRACT, 3844)]))
    first = delivered(office, data)
    with_breaks = data.replace(b"~", b"~\r\n").replace(b"000000001", b"000000002")
    again = delivered(office, with_breaks)
    assert again.remittance_ids == ()
    assert again.known == first.remittance_ids
    office.do(remittances.post, remittance_id=first.remittance_ids[0])
    assert delivered(office, data).known == first.remittance_ids


def test_a_check_number_that_comes_twice_with_other_words_is_held(office: Office) -> None:
    claim = sent(office)
    delivered(office, written(answer(office, claim, [(CONTRACT, 3844)])))
    second = delivered(office, written(answer(office, claim, [(CONTRACT, 4000)])))
    assert second.held == second.remittance_ids
    with refusal("835-0317-01 has the same check or EFT number, 0098817243, and says something else."):
        office.do(remittances.post, remittance_id=second.remittance_ids[0])


def test_a_payment_that_its_claims_do_not_add_up_to_is_held(office: Office) -> None:
    claim = sent(office)
    taken = delivered(office, written(answer(office, claim, [(CONTRACT, 3844)]), paid_cents=10000))
    said = (
        "The claims do not add up to the payment: the payer says $100.00, its amounts come to $91.56. "
        "Nothing of it is posted. Ask the payer for a corrected file."
    )
    with refusal(said):
        office.do(remittances.post, remittance_id=taken.held[0])
    assert state_of(office, claim) is ClaimState.SENT


def test_a_line_that_does_not_balance_holds_the_remittance(office: Office) -> None:
    claim = sent(office)
    good = answer(office, claim, [(CONTRACT, 3844)])
    wrong = msgspec.structs.replace(good, lines=(msgspec.structs.replace(good.lines[0], paid_cents=9100),))
    taken = delivered(office, written(wrong))
    row = office.ask(remittance_views.sheet, remittance_id=taken.held[0]).row
    assert row.state is RemittanceState.HELD
    assert row.held_reason == (
        "Line 1 of claim 26-00001 does not balance: the payer says $91.00, its amounts come to $91.56."
        " Nothing of it is posted. Ask the payer for a corrected file."
    )


def test_a_payment_for_another_practice_is_held(office: Office) -> None:
    claim = sent(office)
    other = Organization("LAKE VIEW CLINIC", "XX", "1993999998")
    taken = delivered(office, written(answer(office, claim), payee=other))
    with refusal(
        "The payment is for another practice: LAKE VIEW CLINIC, number 1993999998."
        " Nothing of it is posted. Tell the payer, and discard it."
    ):
        office.do(remittances.post, remittance_id=taken.held[0])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda data: data[: data.index(b"CLP*") + 6],
            "Nothing was taken in. Segment 13, CLP: expected a terminator; the file ends here.",
        ),
        (
            lambda data: data.replace(b"*91.56*", b"*91,56*"),
            (
                "Nothing was taken in. Segment 4, BPR02: expected an amount in dollars and cents such as "
                "12.5 or -40."
            ),
        ),
        (
            lambda data: data.replace(b"SE*18*", b"SE*17*"),
            "Nothing was taken in. Segment 20, SE01: expected 18, the number of segments from ST to SE.",
        ),
        (
            lambda data: data[data.index(b"GS*") :],
            (
                "Nothing was taken in. Segment 1, ISA: expected an interchange header (ISA) of 106 "
                "characters, with its 16 elements at their fixed places."
            ),
        ),
    ],
)
def test_a_broken_file_is_refused_with_its_place(office: Office, change: object, sentence: str) -> None:
    assert callable(change)
    data = written(answer(office, sent(office), [(CONTRACT, 3844)]))
    with pytest.raises(Refused) as refused:
        delivered(office, change(data))
    assert refused.value.findings[0].message == sentence
    assert office.ask(remittance_views.remittances_in) == ()


def test_a_file_without_remittances_says_what_it_holds(office: Office) -> None:
    data = written(answer(office, sent(office))).replace(b"ST*835*", b"ST*277*")
    with refusal(
        "There is no remittance (835) in this file. It holds 277. "
        "Choose the file that the payer calls 835 or ERA."
    ):
        delivered(office, data)


def test_a_cut_claim_number_goes_to_a_person(office: Office) -> None:
    claim = sent(office)
    good = answer(office, claim, [(CONTRACT, 3844)])
    line = msgspec.structs.replace(good.lines[0], control_number="")
    remittance = received(office, msgspec.structs.replace(good, claim_number="26-0000", lines=(line,)))

    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    assert row.state is AnswerState.NO_MATCH
    with refusal("Not balanced: $91.56 has no claim."):
        office.do(remittances.post, remittance_id=remittance)

    detail = office.ask(remittance_views.answer_detail, remittance_claim_id=row.id)
    assert detail.match_note == "The payer sent claim number 26-0000, which is none of ours."
    (candidate,) = detail.candidates
    assert (candidate.number, candidate.fits) == ("26-00001", 4)
    assert [d.name for d in candidate.details if not d.fits] == ["Claim number"]

    office.do(remittances.match, remittance_claim_id=row.id, claim_id=candidate.claim_id)
    office.do(remittances.post, remittance_id=remittance)
    assert state_of(office, claim) is ClaimState.PAID


def test_without_any_number_four_details_match(office: Office) -> None:
    claim = sent(office)
    good = answer(office, claim, [(CONTRACT, 3844)])
    line = msgspec.structs.replace(good.lines[0], control_number="")
    remittance = received(office, msgspec.structs.replace(good, claim_number="0", lines=(line,)))
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    assert row.state is AnswerState.REVIEW
    assert row.review == "No claim number; name, visit, amount and member ID all fit 26-00001."
    detail = office.ask(remittance_views.answer_detail, remittance_claim_id=row.id)
    assert detail.basis is MatchBasis.DETAILS


def test_a_number_like_ours_on_somebody_elses_claim_does_not_match(office: Office) -> None:
    sent(office)
    stranger = paid_claim(
        "26-00001",
        (msgspec.structs.replace(paid_line(1, "99215", 21000), served_on=date(2025, 5, 5)),),
        Person("NOBODY", "ANN", "", "", "MI", "ZZ1"),
    )
    stranger = msgspec.structs.replace(stranger, served_on=date(2025, 5, 5))
    remittance = received(office, stranger)
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    detail = office.ask(remittance_views.answer_detail, remittance_claim_id=row.id)
    assert detail.match_note == (
        "Claim number is that of 26-00001, but name, visit, amount and member ID all differ."
    )


def test_money_without_a_claim_is_kept_on_the_payers_account(office: Office) -> None:
    claim = sent(office)
    stranger = paid_claim("77-1", (paid_line(1, "99213", 5000),), Person("NOBODY", "ANN"))
    remittance = received(office, answer(office, claim, [(CONTRACT, 3844)]), stranger)
    before = office.ask(balances.receivable)
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[1]
    office.do(remittances.keep_unapplied, remittance_claim_id=row.id)
    office.do(remittances.post, remittance_id=remittance)
    # The deposit of 141.56 and the write-off of 38.44 leave the receivable.
    assert before - office.ask(balances.receivable) == 14156 + 3844


def test_what_the_payer_takes_back_is_part_of_the_deposit(office: Office) -> None:
    claim = sent(office)
    plb = ProviderAdjustment("1234567893", date(2026, 12, 31), "WO", "3102", 1835)
    remittance = received(office, answer(office, claim, [(CONTRACT, 3844)]), plb=(plb,))
    deposit = office.ask(remittance_views.sheet, remittance_id=remittance).deposit
    assert (deposit.deposit_cents, deposit.to_post_cents, deposit.taken_back_cents) == (7321, 9156, 1835)
    assert deposit.parts == (DepositPart("Taken back", -1835, ("WO, 3102",)),)
    before = office.ask(balances.receivable)
    office.do(remittances.post, remittance_id=remittance)
    assert before - office.ask(balances.receivable) == 7321 + 3844


def test_a_reversal_mirrors_the_first_payment_and_the_correction_follows(office: Office) -> None:
    claim = sent(office)
    first = answer(office, claim, [(CONTRACT, 3844), (DEDUCTIBLE, 9156)])
    office.do(remittances.post, remittance_id=received(office, first))
    who = patient_of(office, claim)
    paid(office, who, 9156, line=office.ask(claim_detail.detail, claim_id=claim).services[0].charge_line_id)

    line = first.lines[0]
    negative = tuple(
        msgspec.structs.replace(adjustment, amount_cents=-adjustment.amount_cents)
        for adjustment in line.adjustments
    )
    taken_back = msgspec.structs.replace(
        first,
        status="22",
        charge_cents=-first.charge_cents,
        paid_cents=-first.paid_cents,
        patient_cents=0,
        lines=(
            msgspec.structs.replace(
                line, charge_cents=-line.charge_cents, paid_cents=-line.paid_cents, adjustments=negative
            ),
        ),
    )
    corrected = answer(office, claim, [(CONTRACT, 3844), (COPAY, 3000)])
    second = let_in(office, written(taken_back, corrected, trace="0098817999"))
    states = [row.state for row in office.ask(remittance_views.sheet, remittance_id=second).answers]
    assert states == [AnswerState.REVERSAL, AnswerState.REVIEW]
    office.do(remittances.post, remittance_id=second)

    balance = office.ask(balances.of_patient, patient_id=who)
    assert (balance.payer_cents, balance.patient_cents, balance.credit_cents) == (0, 3000, 9156)
    assert state_of(office, claim) is ClaimState.PAID


def test_a_reversal_of_what_was_never_posted_is_refused(office: Office) -> None:
    claim = sent(office)
    first = answer(office, claim)
    line = msgspec.structs.replace(first.lines[0], charge_cents=-13000, paid_cents=-13000)
    back = msgspec.structs.replace(first, status="22", charge_cents=-13000, paid_cents=-13000, lines=(line,))
    remittance = received(office, back)
    with refusal(
        "The payer takes back $130.00 on claim 26-00001, but no such payment was posted here. "
        "Keep it on the payer's account, or post the first remittance before this one."
    ):
        office.do(remittances.post, remittance_id=remittance)
    assert office.ask(balances.of_patient, patient_id=patient_of(office, claim)).payer_cents == 13000


def test_a_payment_as_a_total_is_spread_over_the_lines(office: Office) -> None:
    claim = sent(office, None, Ticked("99213"), Ticked("93000"))
    whole = msgspec.structs.replace(
        answer(office, claim), lines=(), paid_cents=15000, adjustments=answer_adjustment(6000)
    )
    remittance = received(office, whole)
    office.do(remittances.post, remittance_id=remittance)
    who = patient_of(office, claim)
    lines = office.ask(balances.lines_of_patient, patient_id=who)
    assert sorted((line.code, line.payer_paid_cents, line.adjusted_cents) for line in lines) == [
        ("93000", 2000, -6000),
        ("99213", 13000, 0),
    ]


def answer_adjustment(cents: int) -> tuple[Adjustment, ...]:
    line = paid_line(1, "99213", cents, reasons=[(CONTRACT, cents)])
    return line.adjustments


def test_an_imported_remittance_is_discarded_and_comes_back(office: Office) -> None:
    claim = sent(office)
    data = written(answer(office, claim, [(CONTRACT, 3844)]))
    done = office.done(remittances.take_in, sha256=content.store_bytes(office.database, data, "a.835").sha256)
    office.database.undo(office.actor, done.entry_id)
    assert office.ask(remittance_views.remittances_in) == ()
    assert delivered(office, data).remittance_ids == done.result.remittance_ids


def test_the_answer_explains_itself_in_the_panel(office: Office) -> None:
    claim = sent(office)
    remittance = received(office, answer(office, claim, [(CONTRACT, 3844), (COPAY, 3000)]))
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    detail = office.ask(remittance_views.answer_detail, remittance_claim_id=row.id)
    assert detail.meanings == (
        ("CO-45", "Above the contracted or allowed fee. Write it off; never bill the patient."),
        ("PR-3", "Copay. The patient owes it, or the next payer."),
    )
    (line,) = detail.lines
    assert (line.code, line.charge_cents, line.adjusted_cents, line.paid_cents) == (
        "99213",
        13000,
        6844,
        6156,
    )


def test_a_match_is_told_to_the_other_desks(office: Office) -> None:
    claim = sent(office)
    remittance = received(office, answer(office, claim, [(CONTRACT, 3844)]))
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    done = office.done(remittances.unmatch, remittance_claim_id=row.id)
    assert "remittance_claim" in done.changes.topics


def test_what_the_payer_says_of_the_whole_claim_is_shown_and_moves_nothing(office: Office) -> None:
    claim = sent(office)
    who = patient_of(office, claim)
    with at_work(office) as work:
        appointment = work.get(Claim, claim).appointment_id
    paid(office, who, 2000, copay_of=appointment)
    told = msgspec.structs.replace(
        answer(office, claim, [(CONTRACT, 3844), (COPAY, 3000)]),
        remarks=("MA01", "MA18"),
        amounts=(("MOA02", 6156), ("F5", 2500), ("I", 120), ("Q9", 100)),
    )
    remittance = received(office, told)
    (row,) = office.ask(remittance_views.sheet, remittance_id=remittance).answers
    detail = office.ask(remittance_views.answer_detail, remittance_claim_id=row.id)
    assert [(each.words, each.cents, each.detail) for each in detail.amounts] == [
        ("Payable by the HCPCS rates", 6156, ""),
        ("Paid by the patient, as the payer has it", 2500, "$20.00 is recorded here for the visit."),
        ("Interest, which comes with the deposit and is on no claim", 120, ""),
        ("Amount Q9: look it up in the payer's list", 100, ""),
    ]
    assert [code for code, _ in detail.meanings] == ["CO-45", "PR-3", "MA01", "MA18"]
    office.do(remittances.post, remittance_id=remittance)
    balance = office.ask(balances.of_patient, patient_id=who)
    assert (balance.payer_cents, balance.patient_cents, balance.credit_cents) == (0, 1000, 0)
