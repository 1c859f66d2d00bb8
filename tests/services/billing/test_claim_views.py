"""Claims found whatever state they are in; a closed one is worked again from where its payer left it."""

from datetime import timedelta

from sqlalchemy import update

from frontdesk.models.billing.claims import Claim, ClaimState
from frontdesk.services.billing import claim_detail, claim_views, claims, remittances
from tests.builders.billing import at_work
from tests.builders.claims import insured, ready, sent
from tests.builders.payer import CONTRACT, answer, received
from tests.office import Office


def found(office: Office, typed: str) -> list[str]:
    return [row.number for row in office.ask(claim_views.find, typed=typed)]


def test_a_claim_is_found_by_its_number_the_payers_number_or_the_patient(office: Office) -> None:
    one = sent(office)
    ready(office, insured(office, "Minh", "Tran", "TRA1"))
    office.do(remittances.post, remittance_id=received(office, answer(office, one, [(CONTRACT, 3844)])))
    assert found(office, "00002") == ["26-00002"]
    assert found(office, "2026081234501") == ["26-00001"]
    assert found(office, "tran, minh") == found(office, "tran minh") == ["26-00002"]
    assert found(office, "26-0") == ["26-00002", "26-00001"]
    assert found(office, "nobody") == found(office, " ") == []


def test_what_was_paid_long_ago_is_neither_counted_nor_listed(office: Office) -> None:
    paid = sent(office)
    office.do(remittances.post, remittance_id=received(office, answer(office, paid, [(CONTRACT, 3844)])))

    def shown() -> tuple[int, int]:
        counts = {each.state: each.claims for each in office.ask(claim_views.counts)}
        return counts[ClaimState.PAID], len(office.ask(claim_views.worklist, states=(ClaimState.PAID,)))

    assert shown() == (1, 1)
    with at_work(office) as work:
        long_ago = work.now - timedelta(days=claim_views.PAID_DAYS, seconds=1)
        work.session.execute(update(Claim).where(Claim.id == paid).values(state_since_at=long_ago))
    assert shown() == (0, 0)
    assert found(office, "00001") == ["26-00001"], "it is still found by its number"


def test_a_closed_claim_is_worked_again_from_where_its_payer_left_it(office: Office) -> None:
    never = ready(office)
    denied = sent(office, insured(office, "Minh", "Tran", "TRA1"))
    partly = sent(office, insured(office, "Ana", "Ruiz", "RUI1"))
    paid = sent(office, insured(office, "Otto", "Beck", "BEC1"))
    some = (
        answer(office, denied, [(("CO", "50"), 13000)], status="4"),
        answer(office, partly, [(CONTRACT, 3844), (("CO", "16"), 1000)]),
        answer(office, paid, [(CONTRACT, 3844)]),
    )
    office.do(remittances.post, remittance_id=received(office, *some))
    office.do(claims.hold, claim_id=never, reason="Wait")
    states = {}
    for claim in (never, denied, partly, paid):
        office.do(claims.close, claim_id=claim, reason="Done")
        office.do(claims.reopen, claim_id=claim)
        states[claim] = office.ask(claim_detail.detail, claim_id=claim).row.state
    assert states == {
        never: ClaimState.HELD,
        denied: ClaimState.DENIED,
        partly: ClaimState.PART_PAID,
        paid: ClaimState.PAID,
    }
