"""Remittances as payers really send them: twice, in pieces, under other codes, without a decision."""

from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from frontdesk.formats.x12.remittance import PaidClaim
from frontdesk.models.billing.claims import ClaimState
from frontdesk.models.billing.remittance_policy import AutoPostLevel
from frontdesk.services.billing import (
    answer_pages,
    auto_post,
    balances,
    batches,
    claim_detail,
    claims,
    remittance_holds,
    remittance_views,
    remittance_voiding,
    remittances,
)
from frontdesk.services.billing.answer_pages import AnswerOrder, PageWish, Way
from frontdesk.services.billing.remittance_views import AnswerRow, AnswerState, RemittanceSheet
from frontdesk.services.billing.sheet import Ticked
from tests.builders.claims import insured, ready, sent
from tests.builders.payer import CONTRACT, COPAY, DEDUCTIBLE, answer, delivered, mirrored, received, written
from tests.office import Office
from tests.refusal import refusal


@dataclass(frozen=True)
class Owed:
    """Where a claim stands after a remittance."""

    payer_cents: int
    patient_cents: int
    state: ClaimState


def owed(office: Office, claim_id: int) -> Owed:
    row = office.ask(claim_detail.detail, claim_id=claim_id).row
    balance = office.ask(balances.of_patient, patient_id=row.patient_id)
    return Owed(balance.payer_cents, balance.patient_cents, row.state)


def by_code(office: Office, claim_id: int) -> dict[str, tuple[int, int]]:
    """By service: what the payer paid, and what was adjusted."""
    who = office.ask(claim_detail.detail, claim_id=claim_id).row.patient_id
    lines = office.ask(balances.lines_of_patient, patient_id=who)
    return {line.code: (line.payer_paid_cents, line.adjusted_cents) for line in lines}


def rows(office: Office, remittance_id: int) -> tuple[AnswerRow, ...]:
    return office.ask(remittance_views.sheet, remittance_id=remittance_id).answers


def posted(office: Office, *claims: PaidClaim, trace: str) -> int:
    remittance = received(office, *claims, trace=trace)
    office.do(remittances.post, remittance_id=remittance)
    return remittance


def test_a_denial_that_moved_nothing_is_taken_back_and_the_claim_paid(office: Office) -> None:
    claim = sent(office)
    denied = answer(office, claim, [(("CO", "29"), 13000)], status="4")
    posted(office, denied, trace="1")
    posted(office, mirrored(denied), answer(office, claim, [(CONTRACT, 3844)]), trace="2")
    assert owed(office, claim) == Owed(0, 0, ClaimState.PAID)


def test_a_claim_that_is_answered_twice_is_looked_at_first(office: Office) -> None:
    claim = sent(office)
    good = answer(office, claim, [(CONTRACT, 3844), (COPAY, 3000)])
    posted(office, good, trace="1")
    twice = received(office, good, answer(office, sent(office), [(CONTRACT, 3844)]), trace="2")
    (row,) = [row for row in rows(office, twice) if row.claim_number == good.claim_number]
    assert row.state is AnswerState.REVIEW
    assert row.review == (
        "835-0317-01 answered this claim before and paid $61.56. Is it the same answer twice?"
    )
    office.do(remittances.unmatch, remittance_claim_id=row.id, version=row.version)
    office.do(remittances.keep_unapplied, remittance_claim_id=row.id)
    office.do(remittances.post, remittance_id=twice)
    assert owed(office, claim) == Owed(0, 3000, ClaimState.PAID)


def test_what_waits_is_looked_at_anew_when_the_other_is_posted_and_voided(office: Office) -> None:
    claim = sent(office)
    good = answer(office, claim, [(CONTRACT, 3844)])
    first, second = received(office, good, trace="1"), received(office, good, trace="2")
    said = "835-0317-01 said the same of each claim (1 answer), to the cent, under another check number."
    assert office.ask(remittance_views.sheet, remittance_id=second).why_not == said
    office.do(remittance_holds.release, remittance_id=second, reason="Paid twice, the bank shows it")
    assert [row.state for row in rows(office, second)] == [AnswerState.MATCHED]
    office.do(remittances.post, remittance_id=first)
    assert [row.state for row in rows(office, second)] == [AnswerState.REVIEW]
    assert rows(office, first)[0].review == "", "it was the first"
    office.do(remittance_voiding.void, remittance_id=first, reason="Another file")
    assert [row.state for row in rows(office, second)] == [AnswerState.MATCHED]


def test_a_claim_twice_in_one_file_is_never_posted_by_itself(office: Office) -> None:
    claim = sent(office)
    payer = office.ask(auto_post.levels)[0].payer_id
    office.do(auto_post.set_level, payer_id=payer, level=AutoPostLevel.OPEN_TOO)
    good = answer(office, claim, [(CONTRACT, 3844)])
    taken = delivered(office, written(good, good))
    assert taken.posted == ()
    assert [row.state for row in rows(office, taken.remittance_ids[0])] == [
        AnswerState.MATCHED,
        AnswerState.REVIEW,
    ]
    office.do(remittances.post, remittance_id=taken.remittance_ids[0])
    # The money is there twice; the contract rate is written off once.
    assert owed(office, claim) == Owed(-9156, 0, ClaimState.PAID)


def test_a_later_payment_without_a_reversal_writes_the_contract_rate_off_once(office: Office) -> None:
    claim = sent(office)
    posted(office, answer(office, claim, [(CONTRACT, 3844), (("CO", "16"), 9156)]), trace="1")
    assert owed(office, claim).state is ClaimState.DENIED
    later = received(office, answer(office, claim, [(CONTRACT, 3844)]), trace="2")
    assert rows(office, later)[0].state is AnswerState.REVIEW
    office.do(remittances.post, remittance_id=later)
    assert owed(office, claim) == Owed(0, 0, ClaimState.PAID)


def test_a_line_that_comes_in_pieces_stays_one_line(office: Office) -> None:
    claim = sent(office, None, Ticked("99213"), Ticked("93000"))
    good = answer(office, claim, [(CONTRACT, 3844)], [(CONTRACT, 2000)])
    visit, test = good.lines
    first = replace(test, charge_cents=5000, paid_cents=3000)
    rest = replace(test, number=3, charge_cents=3000, paid_cents=3000, adjustments=())
    posted(office, replace(good, lines=(visit, first, rest)), trace="1")
    assert by_code(office, claim) == {"99213": (9156, -3844), "93000": (6000, -2000)}


@pytest.mark.parametrize("numbered", [True, False])
def test_a_code_that_the_payer_changed_pays_the_service_that_was_billed(
    office: Office, numbered: bool
) -> None:
    claim = sent(office, None, Ticked("99213"), Ticked("93000"))
    good = answer(office, claim, [(CONTRACT, 3844)], [(CONTRACT, 1000)])
    lines = tuple(
        replace(
            line,
            code=code,
            submitted_code=line.code,
            control_number=line.control_number if numbered else "",
        )
        for line, code in zip(good.lines, ("99212", "93005"), strict=True)
    )
    remittance = posted(office, replace(good, lines=lines), trace="1")
    assert by_code(office, claim) == {"99213": (9156, -3844), "93000": (7000, -1000)}
    (row,) = rows(office, remittance)
    detail = office.ask(remittance_views.answer_detail, remittance_claim_id=row.id)
    assert [(line.code, line.billed_code) for line in detail.lines] == [
        ("99212", "99213"),
        ("93005", "93000"),
    ]


def test_a_bundle_pays_its_first_service_and_nothing_for_the_other(office: Office) -> None:
    """CO-94 (above the charge) on the first line, CO-97 (included) on the second."""
    claim = sent(office, None, Ticked("99213"), Ticked("93000"))
    good = answer(office, claim, [(("CO", "94"), -2000)], [(("CO", "97"), 8000)])
    lines = tuple(
        replace(line, code="99215", submitted_code=line.code, control_number="") for line in good.lines
    )
    posted(office, replace(good, lines=lines), trace="1")
    assert by_code(office, claim) == {"99213": (15000, 2000), "93000": (0, 0)}
    assert owed(office, claim) == Owed(8000, 0, ClaimState.PART_PAID)


def test_a_billed_code_without_its_qualifier_is_read(office: Office) -> None:
    good = answer(office, sent(office), [(CONTRACT, 3844)])
    data = written(replace(good, lines=(replace(good.lines[0], submitted_code="99213"),)))
    bare = data.replace(b"**1*HC:99213", b"**1*99213")
    assert bare != data
    assert len(delivered(office, bare).remittance_ids) == 1


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("23", "The payer did not decide, and forwarded it to another payer. The claim stays as it is."),
        ("25", "The payer only said what it would pay. The claim stays as it is."),
    ],
)
def test_an_answer_without_a_decision_moves_nothing(office: Office, status: str, said: str) -> None:
    claim = sent(office)
    remittance = received(office, answer(office, claim, [(CONTRACT, 13000)], status=status))
    (row,) = rows(office, remittance)
    assert (row.state, row.review, row.contract_cents) == (AnswerState.REVIEW, said, 0)
    office.do(remittances.post, remittance_id=remittance)
    assert owed(office, claim) == Owed(13000, 0, ClaimState.SENT)


def test_money_that_comes_without_a_decision_is_in_the_ledger_all_the_same(office: Office) -> None:
    claim = sent(office)
    posted(office, answer(office, claim, [(CONTRACT, 3844)], status="25"), trace="1")
    assert owed(office, claim) == Owed(3844, 0, ClaimState.PART_PAID)


def test_a_take_back_without_its_payment_can_be_kept_on_the_payers_account(office: Office) -> None:
    claim = sent(office)
    good = answer(office, claim, [(CONTRACT, 3844)])
    remittance = received(office, mirrored(good), answer(office, claim, [(DEDUCTIBLE, 4000)]), trace="1")
    with refusal(
        "The payer takes back $91.56 on claim 26-00001, but no such payment was posted here. "
        "Keep it on the payer's account, or post the first remittance before this one."
    ):
        office.do(remittances.post, remittance_id=remittance)
    back = rows(office, remittance)[0]
    office.do(remittances.unmatch, remittance_claim_id=back.id, version=back.version)
    office.do(remittances.keep_unapplied, remittance_claim_id=back.id)
    office.do(remittances.post, remittance_id=remittance)
    assert owed(office, claim) == Owed(0, 4000, ClaimState.PAID)


def test_an_answer_on_a_claim_that_was_never_sent_from_here_says_so(office: Office) -> None:
    waits, void = ready(office), ready(office, insured(office, "Minh", "Tran", "TRA1"))
    office.do(claims.void, claim_id=void, reason="Billed by hand")
    answers = [answer(office, claim, [(CONTRACT, 3844)]) for claim in (waits, void)]
    remittance = received(office, *answers)
    found = rows(office, remittance)
    assert [row.state for row in found] == [AnswerState.NO_MATCH, AnswerState.NO_MATCH]
    told = [office.ask(remittance_views.answer_detail, remittance_claim_id=row.id) for row in found]
    assert [each.match_note for each in told] == [
        "Claim 26-00001 is ready to send here: the payer should not have it. Look at it first.",
        "Claim 26-00002 is void here: the payer should not have it. Look at it first.",
    ]
    for batch in office.do(batches.build, claim_ids=(waits,)).batch_ids:
        office.do(batches.mark_sent, batch_id=batch)
    office.do(remittances.match, remittance_claim_id=found[0].id, claim_id=waits)
    office.do(remittances.keep_unapplied, remittance_claim_id=found[1].id)
    office.do(remittances.post, remittance_id=remittance)
    assert owed(office, waits) == Owed(0, 0, ClaimState.PAID)


def test_a_twin_that_is_discarded_frees_the_other(office: Office) -> None:
    claim = sent(office)
    wrong = received(office, answer(office, claim, [(CONTRACT, 3844)]))
    right = received(office, answer(office, claim, [(CONTRACT, 4000)]))
    said = "835-0317-01 has the same check or EFT number, 0098817243, and says something else."
    assert office.ask(remittance_views.sheet, remittance_id=right).doubt.says == said
    with refusal(f"{said} Discard one of them, or say why both are right."):
        office.do(remittance_holds.release, remittance_id=right, reason=" ")
    office.do(remittances.discard, remittance_ids=(wrong,))
    assert not office.ask(remittance_views.sheet, remittance_id=right).doubt
    done = office.done(remittance_holds.release, remittance_id=right, reason="")
    office.database.undo(office.actor, done.entry_id)
    assert office.ask(remittance_views.sheet, remittance_id=right).why_not == said
    office.do(remittance_holds.release, remittance_id=right, reason="")
    office.do(remittances.post, remittance_id=right)
    assert owed(office, claim) == Owed(0, 0, ClaimState.PAID)

    office.do(remittances.restore, remittance_ids=(wrong,))
    with refusal("835-0317-02 has the same check or EFT number, 0098817243, and says something else."):
        office.do(remittances.post, remittance_id=wrong)


def test_a_payment_that_comes_again_under_another_number_is_held(office: Office) -> None:
    one, other = sent(office), sent(office, insured(office, "Minh", "Tran", "TRA1"))
    said = [answer(office, claim, [(CONTRACT, 3844)]) for claim in (one, other)]
    posted(office, *said, trace="1")
    again = delivered(office, written(*said, trace="2"))
    words = "835-0317-01 said the same of each claim (2 answers), to the cent, under another check number."
    assert again.held == again.remittance_ids
    with refusal(words):
        office.do(remittances.post, remittance_id=again.held[0])
    with refusal(f"{words} Discard one of them, or say why both are right."):
        office.do(remittance_holds.release, remittance_id=again.held[0], reason="")
    assert owed(office, one) == Owed(0, 0, ClaimState.PAID)
    office.do(remittances.discard, remittance_ids=again.held)
    assert delivered(office, written(said[0], trace="3")).held == (), "of one claim only, it is asked there"


def test_a_payment_below_zero_waits_for_a_reason(office: Office) -> None:
    claim = sent(office)
    good = answer(office, claim, [(CONTRACT, 3844)])
    posted(office, good, trace="1")
    back = delivered(office, written(mirrored(good), trace="2"))
    words = "The payment is below zero: it takes $91.56 from the bank instead of carrying it over."
    with refusal(words):
        office.do(remittances.post, remittance_id=back.held[0])
    assert owed(office, claim) == Owed(0, 0, ClaimState.PAID)
    office.do(remittance_holds.release, remittance_id=back.held[0], reason="The bank shows it")
    office.do(remittances.post, remittance_id=back.held[0])
    assert owed(office, claim).payer_cents == 13000


def test_a_payment_without_claim_and_reason_says_how_it_is_entered(office: Office) -> None:
    sent(office)
    taken = delivered(office, written(trace="1", paid_cents=500000))
    words = (
        "It pays $5,000.00 and names neither a claim nor a reason. Nothing of it is posted. Discard it and "
        "enter the payment by hand with its reason, such as a capitation (CT), or ask the payer for a "
        "corrected file."
    )
    assert taken.waiting == (f"835-0317-01: {words}",)
    with refusal(words):
        office.do(remittance_holds.release, remittance_id=taken.held[0], reason="It is fine")


def test_a_claim_below_zero_that_is_no_reversal_is_on_no_claim(office: Office) -> None:
    claim = sent(office)
    odd = replace(mirrored(answer(office, claim, [(CONTRACT, 3844)])), status="1")
    remittance = received(office, odd, answer(office, sent(office), [(CONTRACT, 3844)]), trace="1")
    (row,) = [row for row in rows(office, remittance) if row.state is AnswerState.NO_MATCH]
    told = office.ask(remittance_views.answer_detail, remittance_claim_id=row.id).match_note
    assert told == (
        "The payer counts claim 26-00001 below zero (-$130.00), and does not say that it takes an answer "
        "back. Keep it on the payer's account, and ask."
    )
    office.do(remittances.keep_unapplied, remittance_claim_id=row.id)
    office.do(remittances.post, remittance_id=remittance)
    assert owed(office, claim) == Owed(13000, 0, ClaimState.SENT)


def test_two_parts_of_one_check_are_both_posted_with_a_reason(office: Office) -> None:
    first, second = sent(office), sent(office)
    posted(office, answer(office, first, [(CONTRACT, 3844)]), trace="7")
    rest = received(office, answer(office, second, [(CONTRACT, 3844)]), trace="7")
    office.do(remittance_holds.release, remittance_id=rest, reason="Second file of the check")
    office.do(remittances.post, remittance_id=rest)
    assert owed(office, second) == Owed(0, 0, ClaimState.PAID)


def test_what_does_not_balance_stays_held(office: Office) -> None:
    claim = sent(office)
    off = delivered(office, written(answer(office, claim, [(CONTRACT, 3844)]), paid_cents=1)).held[0]
    with refusal(
        "The claims do not add up to the payment: the payer says $0.01, its amounts come to $91.56."
        " Nothing of it is posted. Ask the payer for a corrected file."
    ):
        office.do(remittance_holds.release, remittance_id=off, reason="It is fine")
    with refusal("Say why it is held."):
        office.do(
            remittance_holds.hold, remittance_id=received(office, answer(office, claim), trace="9"), reason=""
        )
    office.do(remittances.discard, remittance_ids=(off,))
    with refusal("835-0317-01 is not held. Look at it again."):
        office.do(remittance_holds.release, remittance_id=off, reason="")
    with refusal("835-0317-01 does not wait to be posted."):
        office.do(remittance_holds.hold, remittance_id=off, reason="Not ours")


def test_answers_without_money_share_the_number_of_zeros(office: Office) -> None:
    for _ in range(2):
        data = written(answer(office, sent(office), [(DEDUCTIBLE, 13000)]), trace="0")
        assert delivered(office, data.replace(b"*ACH*", b"*NON*")).held == ()


def test_a_page_costs_the_same_however_many_come_before_it(office: Office) -> None:
    """Five answers, two at a time: forward, back, in each order, and found by name or number."""
    names = ("Ann", "Bea", "Cyd", "Dot", "Eve")
    claims = [sent(office, insured(office, first, f"Keeling{first}", f"KEE20{first}")) for first in names]
    good = [answer(office, claim, [(CONTRACT, 3844)]) for claim in reversed(claims)]
    lost = replace(good[3], claim_number="77-1", lines=())
    lost = replace(lost, adjustments=good[3].lines[0].adjustments)
    remittance = received(office, *good[:3], lost, good[4])

    def page(wish: PageWish) -> RemittanceSheet:
        return office.ask(remittance_views.sheet, remittance_id=remittance, wish=wish, limit=2)

    def names_of(sheet: RemittanceSheet) -> list[str]:
        return [row.patient.partition(", ")[2].title() for row in sheet.answers]

    first = page(PageWish())
    assert (names_of(first), first.page.first, first.page.last, first.page.count) == (["Bea", "Eve"], 1, 2, 5)
    second = page(PageWish(AnswerOrder.LOOK_FIRST, first.page.ends, Way.AFTER))
    third = page(PageWish(AnswerOrder.LOOK_FIRST, second.page.ends, Way.AFTER))
    assert (names_of(second), names_of(third), third.page.first) == (["Dot", "Cyd"], ["Ann"], 5)
    assert third.total == first.total
    again = page(PageWish(AnswerOrder.LOOK_FIRST, third.page.starts, Way.BEFORE))
    assert (names_of(again), again.page.first) == (["Dot", "Cyd"], 3)
    assert page(again.page.wish).answers == again.answers
    whole_first = page(PageWish(AnswerOrder.LOOK_FIRST, again.page.starts, Way.BEFORE))
    assert names_of(whole_first) == ["Bea", "Eve"]
    assert names_of(page(PageWish(AnswerOrder.BY_NAME))) == ["Ann", "Bea"]
    assert names_of(page(PageWish(AnswerOrder.AS_SENT))) == ["Eve", "Dot"]

    def found(typed: str) -> list[str]:
        return [
            each.claim_number for each in office.ask(answer_pages.find, remittance_id=remittance, typed=typed)
        ]

    assert found("keelingc") == found("cyd KEELINGCYD") == ["26-00003"]
    assert (found("77-"), found("00001"), found(""), found("%")) == (["77-1"], ["26-00001"], [], [])
    (cyd,) = office.ask(answer_pages.find, remittance_id=remittance, typed="00003")
    spot = office.ask(answer_pages.spot_of, remittance_claim_id=cyd.id, order=AnswerOrder.BY_NAME)
    assert names_of(page(PageWish(AnswerOrder.BY_NAME, spot))) == ["Cyd", "Dot"]
