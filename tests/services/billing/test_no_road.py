"""A claim with a block in force gets into no batch: not by any service, nor by a statement round them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.kernel.errors import Refused
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import (
    Claim,
    ClaimFinding,
    ClaimLine,
    ClaimState,
    ClaimVersion,
    Frequency,
    Severity,
)
from frontdesk.services.billing import batches, charges, claim_detail, claims, rule_overrides
from frontdesk.services.billing.rule_overrides import OverrideDraft, Weight
from tests.builders.billing import TODAY, at_work
from tests.builders.claims import drafted, insured, ready, sent
from tests.office import Office
from tests.refusal import refusal


def _state(office: Office, claim_id: int) -> ClaimState:
    return office.ask(claim_detail.detail, claim_id=claim_id).row.state


def _rows(office: Office) -> tuple[int, int]:
    """How many claims stand in a batch, and how many versions were kept."""
    with at_work(office) as work:
        batched = work.session.scalars(select(Claim.id).where(Claim.claim_batch_id.is_not(None))).all()
        return len(batched), len(work.session.scalars(select(ClaimVersion.id)).all())


def _blocked(office: Office) -> int:
    claim = ready(office)
    office.do(claims.set_place_of_service, claim_id=claim, code="")
    assert _state(office, claim) is ClaimState.FAILED
    return claim


def test_a_claim_that_needs_a_fix_is_not_chosen(office: Office) -> None:
    claim = _blocked(office)
    with refusal("Claim 26-00001 needs a fix. Only a claim that is ready can be sent."):
        office.do(batches.build, claim_ids=(claim,))
    with refusal("No claim is ready to send."):
        office.do(batches.build)
    assert _rows(office) == (0, 0)


def test_a_block_that_appears_after_the_choice_stops_the_claim_alone(office: Office) -> None:
    chosen, other = ready(office), ready(office, insured(office, "Minh", "Tran", "TRA100004"))
    with at_work(office) as work:
        line = work.session.scalar(select(ClaimLine.charge_line_id).where(ClaimLine.claim_id == chosen))
    assert line is not None
    office.do(charges.void, charge_line_id=line, reason="Entered twice")
    built = office.do(batches.build, claim_ids=(chosen, other))
    assert (built.claims, built.stopped) == (1, (chosen,))
    assert (_state(office, chosen), _state(office, other)) == (ClaimState.FAILED, ClaimState.BATCHED)


def test_holding_and_releasing_is_no_way_round(office: Office) -> None:
    claim = _blocked(office)
    office.do(claims.hold, claim_id=claim, reason="Later")
    with refusal("Claim 26-00001 is on hold. Only a claim that is ready can be sent."):
        office.do(batches.build, claim_ids=(claim,))
    office.do(claims.unhold, claim_id=claim)
    assert _state(office, claim) is ClaimState.FAILED


def test_a_rejected_claim_sent_again_is_checked_anew(office: Office) -> None:
    claim = sent(office)
    office.do(claims.record_answer, claim_id=claim, is_accepted=False, code="A7", sentence="No such member")
    office.do(claims.set_place_of_service, claim_id=claim, code="")
    office.do(claims.send_again, claim_id=claim)
    assert _state(office, claim) is ClaimState.FAILED
    with pytest.raises(Refused):
        office.do(batches.build, claim_ids=(claim,))


def test_a_correction_without_the_payers_number_stays_here(office: Office) -> None:
    claim = sent(office)
    office.do(claims.record_answer, claim_id=claim, is_accepted=True)
    new = office.do(claims.correct, claim_id=claim, reason="Wrong units", frequency=Frequency.REPLACEMENT)
    (problem,) = office.ask(claim_detail.detail, claim_id=new).problems
    assert problem.message == "The payer's number of the first claim is missing."
    with pytest.raises(Refused):
        office.do(batches.build, claim_ids=(new,))


def test_a_file_taken_apart_checks_its_claims(office: Office) -> None:
    claim = ready(office)
    (batch,) = office.do(batches.build).batch_ids
    with office.database.engines.write.begin() as connection:
        connection.execute(update(ChargeLine).values(voided_at=office.clock.now(), void_reason="Twice"))
    office.do(batches.dissolve, batch_ids=(batch,))
    assert _state(office, claim) is ClaimState.FAILED


def test_an_exception_that_ended_lets_nothing_through(office: Office) -> None:
    claim = ready(office)
    with office.database.engines.write.begin() as connection:
        connection.execute(text("UPDATE practice SET taxonomy = ''"))
    draft = OverrideDraft("billing_taxonomy", Weight.OFF, "BCBS asks for none", TODAY + timedelta(days=1))
    office.do(rule_overrides.make, draft=draft)
    assert _state(office, claim) is ClaimState.READY
    office.clock.advance(days=2)
    assert office.do(batches.build).stopped == (claim,)
    assert _rows(office) == (0, 0)


def _batch_of_another(office: Office) -> int:
    other = ready(office, insured(office, "Minh", "Tran", "TRA100004"))
    (batch,) = office.do(batches.build, claim_ids=(other,)).batch_ids
    return batch


def _version(office: Office, claim: int, batch: int) -> Any:  # Any: a statement of some kind
    values = {
        "id": 2,
        "claim_id": claim,
        "number": 7,
        "claim_batch_id": batch,
        "made_at": office.clock.now(),
        "content": "{}",
    }
    return insert(ClaimVersion).values(**values)


ROADS: tuple[Callable[[Office, int, int], Any], ...] = (
    lambda _, claim, batch: (
        update(Claim).where(Claim.id == claim).values(state=ClaimState.BATCHED, claim_batch_id=batch)
    ),
    lambda _, claim, batch: update(Claim).where(Claim.id == claim).values(claim_batch_id=batch),
    lambda _, claim, batch: (
        update(Claim).where(Claim.id == claim).values(state=ClaimState.SENT, claim_batch_id=batch)
    ),
    lambda _, claim, __: update(Claim).where(Claim.id == claim).values(state=ClaimState.SENT),
    _version,
)


@pytest.mark.parametrize("road", ROADS, ids=("batched", "in a batch", "sent in a batch", "sent", "version"))
def test_the_database_knows_no_road_either(office: Office, road: Callable[[Office, int, int], Any]) -> None:
    claim, batch = _blocked(office), _batch_of_another(office)
    with (
        pytest.raises(SQLAlchemyError, match="blocked_claim"),
        office.database.engines.write.begin() as connection,
    ):
        connection.execute(road(office, claim, batch))


def test_a_ready_claim_with_a_block_is_kept_out_too(office: Office) -> None:
    claim, batch = ready(office), _batch_of_another(office)
    with office.database.engines.write.begin() as connection:
        connection.execute(
            insert(ClaimFinding).values(
                id=1,
                claim_id=claim,
                place=1,
                rule="test",
                severity=Severity.BLOCK,
                owner="desk",
                message="Stopped.",
            )
        )
    for road in ROADS:
        with (
            pytest.raises(SQLAlchemyError, match="blocked_claim"),
            office.database.engines.write.begin() as connection,
        ):
            connection.execute(road(office, claim, batch))


def test_a_claim_is_not_made_in_a_batch(office: Office) -> None:
    claim, batch = drafted(office), _batch_of_another(office)
    with office.database.engines.write.begin() as connection:
        row = connection.execute(select(Claim.__table__).where(Claim.id == claim)).mappings().one()
    copied = {**row, "id": 9, "number": "26-9", "state": ClaimState.BATCHED, "claim_batch_id": batch}
    with (
        pytest.raises(SQLAlchemyError, match="blocked_claim"),
        office.database.engines.write.begin() as connection,
    ):
        connection.execute(insert(Claim).values(**copied))


def test_what_was_found_is_not_made_lighter(office: Office) -> None:
    _blocked(office)
    with (
        pytest.raises(SQLAlchemyError, match="finding_is_found_anew"),
        office.database.engines.write.begin() as connection,
    ):
        connection.execute(update(ClaimFinding).values(severity=Severity.INFO))
    with office.database.engines.write.begin() as connection:
        connection.execute(delete(ClaimFinding))  # A new check writes them anew.
