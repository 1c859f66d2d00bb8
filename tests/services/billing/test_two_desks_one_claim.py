"""One claim at two desks: whoever comes second is told, in either order, and the first one's words stand."""

import pytest

from frontdesk.kernel.errors import Conflict
from frontdesk.models.billing.claims import Claim, ClaimState
from frontdesk.services.billing import claim_detail, claims
from tests.builders.billing import at_work
from tests.builders.claims import ready
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
