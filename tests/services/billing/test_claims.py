"""Claims on their way: made with the charges, put right, held, replaced."""

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.models.billing.claims import (
    Claim,
    ClaimEvent,
    ClaimFinding,
    ClaimState,
    ClaimVersion,
    EventKind,
    Frequency,
    Severity,
)
from frontdesk.services.billing import (
    batches,
    claim_detail,
    claim_views,
    claims,
    superbills,
)
from frontdesk.services.billing.claim_detail import ClaimDetail
from frontdesk.services.billing.sheet import Ticked
from tests.builders.billing import at_work, charged
from tests.builders.claims import billing_office, drafted, insured, ready, sent
from tests.builders.registration import patient
from tests.office import Office
from tests.refusal import refusal


def detail(office: Office, claim_id: int) -> ClaimDetail:
    return office.ask(claim_detail.detail, claim_id=claim_id)


def test_entered_charges_make_a_draft_and_release_makes_it_ready(office: Office) -> None:
    claim = drafted(office)
    assert detail(office, claim).row.state is ClaimState.DRAFT
    bill = detail(office, claim).superbill_id
    office.do(superbills.check, superbill_id=bill)
    office.do(superbills.release, superbill_id=bill)
    shown = detail(office, claim)
    assert (shown.row.number, shown.row.state) == ("26-00001", ClaimState.READY)
    assert [event.kind for event in shown.timeline] == [
        EventKind.MADE,
        EventKind.RELEASED,
        EventKind.CHECKED,
    ]
    assert [(m.name, m.on is not None) for m in shown.milestones] == [
        ("Visit", True),
        ("Superbill", True),
        ("Coded", True),
        ("Checked", True),
        ("Sent", False),
        ("Accepted", False),
        ("Paid", False),
    ]


def test_a_patient_without_insurance_makes_no_claim(office: Office) -> None:
    billing_office(office)
    who = patient(office, "Una", "Insured")
    charged(office, who)
    assert office.ask(claim_views.of_patient, patient_id=who) == ()


def test_a_reopened_superbill_voids_its_claim_and_a_new_one_follows(office: Office) -> None:
    claim = ready(office)
    shown = detail(office, claim)
    office.do(superbills.reopen, superbill_id=shown.superbill_id, reason="Wrong level")
    assert detail(office, claim).row.state is ClaimState.VOID
    charged(office, shown.row.patient_id, appointment_id=shown.appointment_id)
    found = office.ask(claim_views.of_patient, patient_id=shown.row.patient_id)
    assert [(row.number, row.state) for row in found] == [
        ("26-00001", ClaimState.VOID),
        ("26-00002", ClaimState.DRAFT),
    ]


def test_a_superbill_whose_claim_was_sent_is_not_reopened(office: Office) -> None:
    claim = sent(office)
    with refusal("Claim 26-00001 was sent. Correct the claim instead."):
        office.do(superbills.reopen, superbill_id=detail(office, claim).superbill_id, reason="Wrong level")


def test_a_line_that_points_nowhere_is_put_right_and_taken_back(office: Office) -> None:
    claim = ready(office)
    done = office.done(claims.point_line, claim_id=claim, line=1, pointers="")
    shown = detail(office, claim)
    assert shown.row.state is ClaimState.FAILED
    assert (shown.row.problem, shown.row.problem_count) == ("Line 1: 99213 points to no diagnosis.", 1)
    assert shown.services[0].has_problem
    office.database.undo(office.actor, done.entry_id)
    assert detail(office, claim).row.state is ClaimState.READY
    with refusal("Choose up to four of the diagnoses A to B."):
        office.do(claims.point_line, claim_id=claim, line=1, pointers="C")


def test_an_empty_place_of_service_has_one_fix(office: Office) -> None:
    claim = ready(office)
    office.do(claims.set_place_of_service, claim_id=claim, code="")
    (problem,) = detail(office, claim).problems
    assert problem.message == "Place of service is empty."
    assert problem.advice == "The visit was at Harbor Point Family Medicine. Use 11."
    office.do(claims.set_place_of_service, claim_id=claim, code=problem.suggestion)
    assert detail(office, claim).row.state is ClaimState.READY


def test_a_held_claim_waits_with_its_reason(office: Office) -> None:
    claim = ready(office)
    with refusal("Say why the claim is held."):
        office.do(claims.hold, claim_id=claim, reason=" ")
    office.do(claims.hold, claim_id=claim, reason="Waiting for the referral")
    assert detail(office, claim).row.problem == "Waiting for the referral"
    with refusal("No claim is ready to send."):
        office.do(batches.build)
    office.do(claims.unhold, claim_id=claim)
    shown = detail(office, claim).row
    assert (shown.state, shown.problem) == (ClaimState.READY, "")


def test_a_rejected_claim_is_put_right_and_sent_again(office: Office) -> None:
    claim = sent(office)
    office.do(
        claims.record_answer,
        claim_id=claim,
        is_accepted=False,
        code="A7:164",
        sentence="Member number not valid",
    )
    shown = detail(office, claim).row
    assert (shown.state, shown.problem_code, shown.problem) == (
        ClaimState.REJECTED,
        "A7:164",
        "Member number not valid",
    )
    office.do(claims.send_again, claim_id=claim)
    built = office.do(batches.build)
    with at_work(office) as work:
        numbers = work.session.scalars(
            select(ClaimVersion.number).where(ClaimVersion.claim_id == claim).order_by(ClaimVersion.number)
        ).all()
    assert (built.claims, numbers) == (1, [1, 2])


def test_a_correction_replaces_what_the_payer_has(office: Office) -> None:
    claim = sent(office)
    office.do(claims.record_answer, claim_id=claim, is_accepted=True, payer_control_number="20260812")
    new = office.do(claims.correct, claim_id=claim, reason="Wrong modifier")
    shown = detail(office, new)
    assert (shown.row.number, shown.replaces, shown.row.state) == ("26-00002", "26-00001", ClaimState.READY)
    assert detail(office, claim).row.state is ClaimState.CORRECTED
    (batch,) = office.do(batches.build).batch_ids
    text = office.ask(batches.file_of, batch_id=batch).text
    assert "CLM*26-00002*130***11:B:7*" in text
    assert "REF*F8*20260812~" in text


def test_a_correction_needs_the_payers_number(office: Office) -> None:
    new = office.do(claims.correct, claim_id=sent(office), reason="Never seen", frequency=Frequency.VOID)
    shown = detail(office, new).row
    assert (shown.state, shown.problem) == (
        ClaimState.FAILED,
        "The payer's number of the first claim is missing.",
    )
    with refusal("The payer's number has at most 50 characters. Shorten it."):
        office.do(claims.set_payer_number, claim_id=new, number="9" * 51)
    assert office.do(claims.set_payer_number, claim_id=new, number=" 2026 0812 ") == ""
    assert detail(office, new).row.state is ClaimState.READY
    (batch,) = office.do(batches.build).batch_ids
    text = office.ask(batches.file_of, batch_id=batch).text
    assert "***11:B:8*" in text
    assert "REF*F8*2026 0812~" in text
    first = ready(office, insured(office, "Minh", "Tran", "TRA1"))
    with refusal("Claim 26-00003 replaces none. It names no number of the payer."):
        office.do(claims.set_payer_number, claim_id=first, number="1")


def test_a_void_claim_is_out_of_the_work(office: Office) -> None:
    claim = ready(office)
    office.do(claims.void, claim_id=claim, reason="Billed to the wrong insurer")
    assert detail(office, claim).row.state is ClaimState.VOID
    other = sent(office, insured(office, "Minh", "Tran", "TRA1"))
    with refusal("Claim 26-00002 was sent. To take it back from the payer, correct it."):
        office.do(claims.void, claim_id=other, reason="Wrong")


def test_a_claim_edited_at_two_desks_says_so(office: Office) -> None:
    claim = ready(office)
    seen = detail(office, claim).row.version
    office.do(claims.set_place_of_service, claim_id=claim, code="22", version=seen)
    with pytest.raises(Exception, match="Another desk changed this claim while you had it open"):
        office.do(claims.set_place_of_service, claim_id=claim, code="21", version=seen)


def test_the_list_counts_and_shows_what_needs_a_fix(office: Office) -> None:
    ready(office)
    bad = ready(office, insured(office, "Winston", "Achebe", "WAC1"), Ticked("99213"), Ticked("93000"))
    office.do(claims.point_line, claim_id=bad, line=2, pointers="")
    counted = {row.state: (row.claims, row.charge_cents) for row in office.ask(claim_views.counts)}
    assert counted[ClaimState.READY] == (1, 13000)
    assert counted[ClaimState.FAILED] == (1, 21000)
    (row,) = office.ask(claim_views.worklist, states=(ClaimState.FAILED, ClaimState.REJECTED))
    assert (row.patient, row.payer, row.problem, row.age_days) == (
        "Achebe, Winston",
        "BCBS PPO",
        "Line 2: 93000 points to no diagnosis.",
        0,
    )
    every = office.ask(claim_views.worklist, states=(ClaimState.FAILED, ClaimState.READY))
    assert [
        (group.state, len(group.claims), group.charge_cents) for group in claim_views.by_state(every)
    ] == [
        (ClaimState.FAILED, 1, 21000),
        (ClaimState.READY, 1, 13000),
    ]
    assert [found.id for found in office.ask(claim_views.find, typed="00002")] == [bad]


def test_the_database_keeps_a_blocked_claim_out_of_every_batch(office: Office) -> None:
    claim = ready(office)
    (batch,) = office.do(batches.build).batch_ids
    office.do(batches.dissolve, batch_ids=(batch,))
    engine = office.database.engines.write
    with engine.begin() as connection:
        connection.execute(
            insert(ClaimFinding).values(
                id=1,
                claim_id=claim,
                place=1,
                rule="test",
                severity=Severity.BLOCK,
                owner="desk",
                message="Stopped.",
                advice="",
                target="",
                field="",
                suggestion="",
            )
        )
    roads = (
        update(Claim).where(Claim.id == claim).values(state=ClaimState.BATCHED, claim_batch_id=batch),
        insert(ClaimVersion).values(
            id=2,
            claim_id=claim,
            number=7,
            claim_batch_id=batch,
            made_at=office.clock.now(),
            content="{}",
        ),
    )
    for road in roads:
        with pytest.raises(SQLAlchemyError, match="blocked_claim"), engine.begin() as connection:
            connection.execute(road)


def test_versions_and_events_stay_as_they_were(office: Office) -> None:
    sent(office)
    for statement in (
        update(ClaimVersion).values(content="{}"),
        delete(ClaimVersion),
        update(ClaimEvent).values(detail="nothing"),
        delete(ClaimEvent),
        text("UPDATE claim_batch SET charge_cents = 1"),
    ):
        with (
            pytest.raises(SQLAlchemyError, match="append_only"),
            office.database.engines.write.begin() as connection,
        ):
            connection.execute(statement)
