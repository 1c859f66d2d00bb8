"""One claim at two desks: whoever comes second is told, in either order, and the first one's words stand."""

from collections.abc import Callable

import pytest

from frontdesk.kernel.errors import Conflict
from frontdesk.models.billing.claims import Claim, ClaimState, EventKind
from frontdesk.services.billing import (
    appeals,
    claim_detail,
    claim_parts,
    claim_steps,
    claims,
    next_payer,
    remittances,
)
from tests.builders.billing import at_work
from tests.builders.claims import ready, sent, twice_insured
from tests.builders.payer import answer, received
from tests.office import Office
from tests.refusal import refusal


@pytest.mark.parametrize("place_first", [True, False])
def test_the_second_of_two_edits_is_a_conflict(office: Office, place_first: bool) -> None:
    claim = ready(office)
    seen = office.ask(claim_detail.detail, claim_id=claim).row.version

    def place() -> None:
        office.do(claims.set_place_of_service, claim_id=claim, code="22", version=seen)

    def point() -> None:
        office.do(claims.point_line, claim_id=claim, line=1, pointers="B", version=seen)

    first, second = (place, point) if place_first else (point, place)
    first()
    with pytest.raises(Conflict):
        second()
    with at_work(office) as work:
        assert work.get(Claim, claim).place_of_service == ("22" if place_first else "11")


@pytest.mark.parametrize("hold_first", [True, False])
def test_held_at_one_desk_and_voided_at_another(office: Office, hold_first: bool) -> None:
    claim = ready(office)
    seen = office.ask(claim_detail.detail, claim_id=claim).row.version
    if hold_first:
        office.do(claims.hold, claim_id=claim, reason="Waiting for the referral", version=seen)
        with pytest.raises(Conflict):
            office.do(claims.void, claim_id=claim, reason="Wrong insurer", version=seen)
        expected = ClaimState.HELD
    else:
        office.do(claims.void, claim_id=claim, reason="Wrong insurer", version=seen)
        with refusal("Claim 26-00001 is void. It cannot be held."):
            office.do(claims.hold, claim_id=claim, reason="Waiting for the referral")
        expected = ClaimState.VOID
    assert office.ask(claim_detail.detail, claim_id=claim).row.state is expected


def _ready(office: Office) -> int:
    return ready(office)


def _held(office: Office) -> int:
    claim = ready(office)
    office.do(claims.hold, claim_id=claim, reason="Later")
    return claim


def _rejected(office: Office) -> int:
    claim = sent(office)
    office.do(claims.record_answer, claim_id=claim, is_accepted=False, code="A7", sentence="No such member")
    return claim


def _accepted(office: Office) -> int:
    claim = sent(office)
    office.do(claims.record_answer, claim_id=claim, is_accepted=True)
    return claim


def _denied(office: Office) -> int:
    claim = sent(office, twice_insured(office))
    office.do(remittances.post, remittance_id=received(office, answer(office, claim, DENIED, status="4")))
    return claim


DENIED = [(("CO", "50"), 13000)]
VERBS: tuple[tuple[Callable[[Office], int], Callable[..., object], dict[str, object]], ...] = (
    (_ready, claims.hold, {"reason": "Waiting"}),
    (_ready, claims.void, {"reason": "Wrong insurer"}),
    (_ready, claims.set_place_of_service, {"code": "22"}),
    (_ready, claims.point_line, {"line": 1, "pointers": "B"}),
    (_ready, claim_parts.set_accident, {"accident": None}),
    (_ready, claim_parts.set_provider, {"line": 0, "role": "referring", "provider": None}),
    (_ready, claim_parts.set_drug, {"line": 1, "drug": None}),
    (_held, claims.unhold, {}),
    (_held, claims.close, {"reason": "Paid in cash"}),
    (_rejected, claims.send_again, {}),
    (_accepted, claims.correct, {"reason": "Wrong modifier"}),
    (_denied, appeals.appeal, {"reason": "Records sent"}),
    (_denied, next_payer.bill, {"reason": "Not covered"}),
)
CONFLICT = (
    "Another desk changed this claim while you had it open. "
    "Nothing of yours was saved. Look at what changed, then save again."
)


@pytest.mark.parametrize(("make", "act", "said"), VERBS, ids=[verb[1].__name__ for verb in VERBS])
def test_no_verb_acts_on_a_claim_that_another_desk_changed(
    office: Office, make: Callable[[Office], int], act: Callable[..., object], said: dict[str, object]
) -> None:
    claim = make(office)
    seen = office.ask(claim_detail.detail, claim_id=claim).row
    with at_work(office) as work:
        claim_steps.record(work, work.get(Claim, claim), EventKind.CHANGED, "At another desk")
        work.session.commit()
    with pytest.raises(Conflict) as refused:
        office.do(act, claim_id=claim, version=seen.version, **said)
    assert str(refused.value) == CONFLICT
    assert office.ask(claim_detail.detail, claim_id=claim).row.state is seen.state
