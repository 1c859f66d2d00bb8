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
    ClaimBatch,
    ClaimFinding,
    ClaimLine,
    ClaimState,
    ClaimVersion,
    Frequency,
    Severity,
)
from frontdesk.services.billing import batch_blocks, batches, charges, claim_detail, claims, rule_overrides
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


def _later_block(office: Office, claim: int) -> None:
    """Somebody voids a charge behind the claim, at another desk."""
    with at_work(office) as work:
        line = work.session.scalar(select(ClaimLine.charge_line_id).where(ClaimLine.claim_id == claim))
    with office.database.engines.write.begin() as connection:
        values = {"voided_at": office.clock.now(), "void_reason": "Twice"}
        connection.execute(update(ChargeLine).where(ChargeLine.id == line).values(**values))


def _two_in_a_file(office: Office) -> tuple[int, int, int]:
    bad, good = ready(office), ready(office, insured(office, "Minh", "Tran", "TRA100004"))
    (batch,) = office.do(batches.build).batch_ids
    assert office.ask(batch_blocks.blocked_in, batch_id=batch) == ()
    _later_block(office, bad)
    return batch, bad, good


def test_a_block_found_once_the_claim_is_in_a_file_stops_the_file(office: Office) -> None:
    batch, bad, good = _two_in_a_file(office)
    (found,) = office.ask(batch_blocks.blocked_in, batch_id=batch)
    assert (found.claim_id, found.patient, found.blocks) == (bad, "Castillo, Raymond", 1)
    sentence = (
        "Claim 26-00001 has a problem now that stops this file. Take it out, or say why it counts as sent."
    )
    with refusal(sentence):
        office.do(batches.mark_sent, batch_id=batch)
    assert (_state(office, bad), _state(office, good)) == (ClaimState.BATCHED, ClaimState.BATCHED)


def test_it_is_taken_out_and_the_file_is_made_anew(office: Office) -> None:
    batch, bad, good = _two_in_a_file(office)
    before = office.ask(batches.file_of, batch_id=batch)
    anew = office.do(batch_blocks.take_out, batch_id=batch, claim_ids=(bad,))
    assert (anew.number, anew.taken_out) == (2, (bad,))
    assert (_state(office, bad), _state(office, good)) == (ClaimState.FAILED, ClaimState.BATCHED)
    assert office.ask(batches.file_of, batch_id=batch) == before
    assert anew.batch_id is not None
    text = office.ask(batches.file_of, batch_id=anew.batch_id).text
    assert "CLM*26-00001" not in text
    assert "CLM*26-00002" in text
    new, old = office.ask(batches.batches)
    assert (old.state, old.made_anew, new.state, new.claims) == ("dissolved", 2, "made", 1)
    office.do(batches.mark_sent, batch_id=anew.batch_id)
    with refusal("File 1 was dissolved already."):
        office.do(batch_blocks.take_out, batch_id=batch, claim_ids=(good,))


def test_no_file_is_made_anew_of_nothing(office: Office) -> None:
    claim = ready(office)
    (batch,) = office.do(batches.build).batch_ids
    anew = office.do(batch_blocks.take_out, batch_id=batch, claim_ids=(claim,))
    assert (anew.batch_id, anew.taken_out, _state(office, claim)) == (None, (claim,), ClaimState.READY)
    other = _batch_of_another(office)
    with refusal("Another desk changed this batch. Look at its claims again."):
        office.do(batch_blocks.take_out, batch_id=other, claim_ids=(claim,))


def test_what_left_already_is_marked_with_the_reason(office: Office) -> None:
    batch, bad, good = _two_in_a_file(office)
    office.do(batches.mark_sent, batch_id=batch, despite="The clearinghouse took it at 9:40")
    assert (_state(office, bad), _state(office, good)) == (ClaimState.SENT, ClaimState.SENT)
    (row,) = office.ask(batches.batches)
    assert row.sent_despite == "The clearinghouse took it at 9:40"
    said = office.ask(claim_detail.detail, claim_id=bad).timeline[-1].detail
    assert said == "Sent with a problem: The clearinghouse took it at 9:40"
    assert office.ask(claim_detail.detail, claim_id=good).timeline[-1].detail == "File 1 to BCBS"


def test_a_reason_without_need_is_not_kept(office: Office) -> None:
    batch = _batch_of_another(office)
    office.do(batches.mark_sent, batch_id=batch, despite="To be safe")
    assert office.ask(batches.batches)[0].sent_despite == ""


def test_the_database_lets_no_blocked_claim_leave_its_batch_without_a_reason(office: Office) -> None:
    claim = ready(office)
    (batch,) = office.do(batches.build).batch_ids
    _later_block(office, claim)
    office.do(claims.check, claim_ids=(claim,))
    with (
        pytest.raises(SQLAlchemyError, match="blocked_in_batch"),
        office.database.engines.write.begin() as connection,
    ):
        connection.execute(update(Claim).where(Claim.id == claim).values(state=ClaimState.SENT))
    with (
        pytest.raises(SQLAlchemyError, match="sent_despite"),
        office.database.engines.write.begin() as connection,
    ):
        connection.execute(update(ClaimBatch).where(ClaimBatch.id == batch).values(sent_despite="No"))
