"""Lines allowed below the contract: found, explained, appealed or let go; and what is no alarm."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from frontdesk.models.billing.claims import Claim, ClaimState
from frontdesk.models.billing.codes import FeeSchedule
from frontdesk.models.billing.underpaid import AcceptedUnderpayment, ContractRule
from frontdesk.services.billing import appeals, fee_lists, fees, remittances, underpaid
from frontdesk.services.billing.contract_prices import Contracts, share
from frontdesk.services.billing.sheet import Ticked
from frontdesk.services.billing.underpaid import Underpaid
from frontdesk.services.billing.underpaid_rule import is_short
from tests.builders.billing import at_work
from tests.builders.claims import sent
from tests.builders.payer import CONTRACT, COPAY, answer, received
from tests.office import Office
from tests.refusal import refusal

SINCE = date(2026, 1, 1)


def contract(office: Office, claim_id: int, cents: int, code: str = "99213") -> int:
    """What the claim's payer agreed to; the list's id."""
    payer_id = payer_of(office, claim_id)
    made = office.do(
        fees.add_schedule, name="BCBS 2026", effective_on=SINCE, payer_id=payer_id, is_contract=True
    )
    office.do(fees.set_fee, fee_schedule_id=made, code=code, amount_cents=cents, effective_on=SINCE)
    return made


def payer_of(office: Office, claim_id: int) -> int:
    with at_work(office) as work:
        return work.get(Claim, claim_id).payer_id


def short(office: Office) -> tuple[Underpaid, ...]:
    return office.ask(underpaid.worklist).lines


def answered(office: Office, claim_id: int, *reasons: tuple[tuple[str, str], int], status: str = "1") -> None:
    remittance = received(office, answer(office, claim_id, list(reasons), status=status))
    office.do(remittances.post, remittance_id=remittance)


def test_a_line_below_the_contract_explains_itself(office: Office) -> None:
    claim = sent(office)
    contract(office, claim, 10000)
    answered(office, claim, (CONTRACT, 3844), (COPAY, 3000))
    found = office.ask(underpaid.worklist)
    (line,) = found.lines
    assert (line.agreed_cents, line.allowed_cents, line.short_cents) == (10000, 9156, 844)
    assert line.says == (
        "BCBS 2026 allows $100.00 (99213). The payer allowed $91.56: $61.56 paid, "
        "$30.00 left to the patient. $8.44 less, and no reason beside the contract explains it."
    )
    assert [(each.payer, each.lines, each.short_cents) for each in found.payers] == [("BCBS", 1, 844)]
    assert found.open_cents == 844


def test_the_tolerance_of_the_office_counts_at_once(office: Office) -> None:
    claim = sent(office)
    contract(office, claim, 10000)
    answered(office, claim, (CONTRACT, 3844), (COPAY, 3000))
    assert office.do(underpaid.set_tolerance, tolerance_cents=844) == 100
    assert short(office) == ()
    office.do(underpaid.set_tolerance, tolerance_cents=843)
    assert len(short(office)) == 1
    with refusal("A difference that nobody minds is at most $100.00."):
        office.do(underpaid.set_tolerance, tolerance_cents=10_001)
    with pytest.raises(IntegrityError, match="tolerance"), at_work(office) as work:
        work.session.execute(update(ContractRule).values(tolerance_cents=-1))


def test_it_is_let_go_with_a_reason_and_put_back(office: Office) -> None:
    claim = sent(office)
    contract(office, claim, 10000)
    answered(office, claim, (CONTRACT, 3844))
    (line,) = short(office)
    with refusal("Say why less is accepted."):
        office.do(underpaid.accept, line_id=line.line_id, because=" ")
    with refusal("A reason has at most 200 characters. Shorten it."):
        office.do(underpaid.accept, line_id=line.line_id, because="x" * 201)
    accepted = office.do(underpaid.accept, line_id=line.line_id, because="Not worth the letter")
    with refusal("This difference was let go before."):
        office.do(underpaid.accept, line_id=line.line_id, because="Again")
    (line,) = short(office)
    assert (line.is_open, line.because) == (False, "Not worth the letter")
    assert office.ask(underpaid.worklist).open_cents == 0
    with pytest.raises(IntegrityError, match="append_only_accepted"), at_work(office) as work:
        work.session.execute(update(AcceptedUnderpayment).values(because="Never"))
    with pytest.raises(IntegrityError, match=r"accepted_underpayment"), at_work(office) as work:
        work.session.execute(
            insert(AcceptedUnderpayment).values(
                id=work.new_id(),
                remittance_line_id=line.line_id,
                short_cents=1,
                because="Twice",
                accepted_at=work.now,
                accepted_by="Nobody",
            )
        )
    office.do(underpaid.take_back, accepted_id=accepted)
    with refusal("This was taken back before."):
        office.do(underpaid.take_back, accepted_id=accepted)
    assert short(office)[0].is_open


def test_an_appeal_rests_on_both_amounts(office: Office) -> None:
    claim = sent(office)
    contract(office, claim, 10000)
    answered(office, claim, (CONTRACT, 3844))
    (line,) = short(office)
    assert underpaid.may_appeal(line)
    words = underpaid.appeal_words(line)
    assert words == "99213 of 03/17/2026: the contract allows $100.00, $91.56 was allowed."
    office.do(appeals.appeal, claim_id=claim, reason=words, version=line.claim_version)
    (line,) = short(office)
    assert (line.claim_state, line.is_open) == (ClaimState.APPEALED, False)


@pytest.mark.parametrize(
    ("reasons", "status"),
    [
        (((CONTRACT, 3000), (("CO", "59"), 3000)), "1"),
        (((CONTRACT, 3000), (("CO", "97"), 3000)), "1"),
        (((CONTRACT, 3000), (("CO", "253"), 200)), "1"),
        (((CONTRACT, 3844),), "2"),
        (((CONTRACT, 13000),), "4"),
    ],
)
def test_what_the_payer_explains_is_no_alarm(
    office: Office, reasons: tuple[tuple[tuple[str, str], int], ...], status: str
) -> None:
    claim = sent(office)
    contract(office, claim, 10000)
    answered(office, claim, *reasons, status=status)
    assert short(office) == ()


def test_a_modifier_with_a_price_of_its_own_is_compared_by_that_alone(office: Office) -> None:
    claim = sent(office, None, Ticked("99213", modifiers=("52",)))
    listed = contract(office, claim, 10000)
    answered(office, claim, (CONTRACT, 6000))
    assert short(office) == ()
    office.do(fees.set_fee, fee_schedule_id=listed, code="99213-52", amount_cents=8000, effective_on=SINCE)
    (line,) = short(office)
    assert (line.code, line.agreed_cents, line.short_cents) == ("99213 52", 8000, 1000)


def test_a_contract_pays_a_share_of_another_list(office: Office) -> None:
    claim = sent(office)
    payer_id = payer_of(office, claim)
    base = office.do(fees.add_schedule, name="Medicare 2026", effective_on=SINCE)
    office.do(fees.set_fee, fee_schedule_id=base, code="99213", amount_cents=9233, effective_on=SINCE)

    def rests(base_id: int | None, tenths: int | None, *, is_contract: bool = True) -> int:
        return office.do(
            fees.add_schedule,
            name="BCBS 2026",
            effective_on=SINCE,
            payer_id=payer_id,
            is_contract=is_contract,
            base_id=base_id,
            percent_tenths=tenths,
        )

    with refusal("A share needs both the list and the percentage."):
        rests(base, None)
    with refusal("Only a contract pays a share of another list."):
        rests(base, 1200, is_contract=False)
    with refusal("A share is 0.1 to 1,000 percent."):
        rests(base, 10_001)
    made = rests(base, 1150)
    on = date(2026, 3, 17)
    assert office.ask(fees.allowed, code="99213", on=on, payer_id=payer_id) == 10618
    assert [each.share for each in office.ask(fee_lists.lists, on=on) if each.share] == [
        "115% of Medicare 2026"
    ]
    office.do(fees.set_fee, fee_schedule_id=made, code="99213", amount_cents=9900, effective_on=SINCE)
    assert office.ask(fees.allowed, code="99213", on=on, payer_id=payer_id) == 9900
    with at_work(office) as work:
        assert Contracts(work).price(payer_id, "99213", "52", on) is None
    with pytest.raises(IntegrityError, match="contract_rests_on"), at_work(office) as work:
        work.session.execute(
            insert(FeeSchedule).values(
                id=work.new_id(),
                name="Loose",
                is_contract=False,
                effective_on=SINCE,
                base_id=base,
                percent_tenths=10,
                version=1,
            )
        )


def test_never_more_is_agreed_than_was_charged(office: Office) -> None:
    claim = sent(office)
    contract(office, claim, 20000)
    answered(office, claim, (CONTRACT, 13))
    assert short(office) == ()


@given(cents=st.integers(1, 100_000), tenths=st.integers(1, 10_000))
def test_a_share_is_within_half_a_cent(cents: int, tenths: int) -> None:
    assert abs(share(cents, tenths) * 1000 - cents * tenths) <= 500


@given(
    agreed=st.integers(1, 9_000),
    allowed=st.integers(0, 9_000),
    cut=st.integers(1, 9_000),
    least=st.integers(0, 100),
)
def test_only_an_unexplained_gap_over_the_tolerance_is_short(
    agreed: int, allowed: int, cut: int, least: int
) -> None:
    plain = is_short(agreed, allowed, [("CO", "45", cut)], least)
    assert plain == (allowed > 0 and agreed - allowed > least)
    assert not is_short(agreed, allowed, [("CO", "59", 1)], least)
    if is_short(agreed, allowed, [("CO", "16", cut)], least):
        assert cut < agreed - allowed - least
