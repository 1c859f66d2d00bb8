"""A new card with a claim out, the order of payment, the end of a coverage, cases, scans."""

from datetime import date, timedelta

import pytest

from frontdesk.models.registration.coverage import MedicareSecondary
from frontdesk.services.billing import superbills
from frontdesk.services.records import card_scans, content
from frontdesk.services.records.card_scans import CardSide
from frontdesk.services.registration import coverage_history, coverage_order, coverages, policies
from frontdesk.services.registration.authorizations import GrantDraft
from frontdesk.services.registration.coverage_history import Gap
from frontdesk.services.registration.coverage_order import Coordination
from frontdesk.services.registration.drafts import CoverageDraft, Relationship
from frontdesk.services.registration.payers import PayerKind
from frontdesk.services.schedule import authorization_steps, visit_authorizations, visit_choice
from frontdesk.services.visit import check_in, covering, flags, insurance
from tests.builders import claims
from tests.builders.records import PNG
from tests.builders.registration import card, coverage, danielle, patient, plan
from tests.builders.schedule import book, visit_type
from tests.builders.visit import TODAY, at_the_desk, covered
from tests.office import Office
from tests.refusal import refusal

EVE = TODAY - timedelta(days=1)


def policy_of(office: Office, patient_id: int) -> int:
    return office.ask(coverages.coverages, patient_id=patient_id)[0].policy_id


def test_a_corrected_card_is_a_new_edition_and_says_what_the_claims_keep(office: Office) -> None:
    claims.sent(office, raymond := claims.insured(office))
    old = policy_of(office, raymond)
    later = office.ask(covering.consequences, policy_id=old, from_day=TODAY + timedelta(days=1))
    [keeps] = later.sentences
    assert keeps.startswith("Claim ")
    assert keeps.endswith("for earlier visits keeps the old card.")
    [wrong] = office.ask(covering.consequences, policy_id=old, from_day=date(2026, 2, 1)).sentences
    assert wrong.endswith("went out with the old card. Correct it in Billing.")
    new = card(office, raymond, "XQP884120558", effective_from=TODAY)
    new_id = office.do(covering.new_card, policy_id=old, card=new)
    assert policy_of(office, raymond) == new_id
    kept = office.ask(policies.policy, policy_id=old)
    assert (kept.draft.member_id, kept.draft.effective_until) == ("XQP884120557", EVE)


def test_a_card_wrong_from_its_first_day_leaves_the_old_row_to_the_claims(office: Office) -> None:
    claims.sent(office, raymond := claims.insured(office))
    [before] = office.ask(coverages.coverages, patient_id=raymond)
    office.do(covering.new_card, policy_id=before.policy_id, card=card(office, raymond, "XQP884120558"))
    [now] = office.ask(coverages.coverages, patient_id=raymond)
    assert (now.member_id, now.effective_from) == ("XQP884120558", date(2026, 1, 1))
    assert now.id != before.id


def test_superbills_not_entered_take_the_new_card(office: Office) -> None:
    covered(office)
    visit = at_the_desk(office)
    bill = office.do(superbills.issue, appointment_id=visit)
    new = card(office, danielle(office), "XQP884120558", effective_from=TODAY)
    office.do(covering.new_card, policy_id=policy_of(office, danielle(office)), card=new)
    from frontdesk.models.billing.charges import Superbill
    from tests.builders.billing import at_work

    with at_work(office) as work:
        billed = work.get(Superbill, bill).coverage_id
    assert billed == office.ask(coverages.coverages, patient_id=danielle(office))[0].id


def test_primary_and_secondary_swap_from_a_day_on_and_back(office: Office) -> None:
    dani = danielle(office)
    first, second = coverage(office, dani), coverage(office, dani, rank=2, member_id="ZZT100200300")
    done = office.done(coverage_order.reorder, patient_id=dani, from_day=TODAY, coverage_ids=(second, first))
    now = [line.member_id for line in office.ask(coverages.coverages, patient_id=dani)]
    before = [line.member_id for line in office.ask(coverages.coverages, patient_id=dani, on=EVE)]
    assert (now, before) == (["ZZT100200300", "XQP884120557"], ["XQP884120557", "ZZT100200300"])
    with refusal("The patient's coverage on that day is another by now. Look at it, then order it again."):
        office.do(coverage_order.reorder, patient_id=dani, from_day=TODAY, coverage_ids=(first, second))
    office.database.undo(office.actor, done.entry_id)
    assert [line.id for line in office.ask(coverages.coverages, patient_id=dani)] == [first, second]


def test_an_order_that_meets_a_later_card_is_refused(office: Office) -> None:
    dani = danielle(office)
    first, second = coverage(office, dani), coverage(office, dani, rank=2, member_id="ZZT100200300")
    later = card(office, dani, "LAT100200300", effective_from=date(2026, 6, 1))
    office.do(covering.new_card, policy_id=policy_of(office, dani), card=later)
    with refusal("BCBS PPO is the primary coverage from 06/01/2026. End it first, or choose another place."):
        office.do(coverage_order.reorder, patient_id=dani, from_day=TODAY, coverage_ids=(second, first))


def test_medicare_pays_second_for_a_reason_and_only_medicare(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    medicare = office.do(
        coverages.add,
        patient_id=dani,
        policy=card(
            office,
            dani,
            "1EG4-TE5-MK73",
            plan_id=plan(office, "Medicare", "Part B", PayerKind.MEDICARE),
        ),
        coverage=CoverageDraft(2, secondary_reason=MedicareSecondary.WORKING_AGED),
    )
    [blue, second] = office.ask(coverages.coverages, patient_id=dani)
    assert (second.member_id, second.secondary_reason) == ("1EG4TE5MK73", MedicareSecondary.WORKING_AGED)
    with refusal("This coverage pays first. Change the order first."):
        office.do(
            coverage_order.coordinate, coverage_id=blue.id, to=Coordination(MedicareSecondary.DISABLED, "")
        )
    with refusal("A reason is noted why this coverage pays second. Take the reason away, then put it first."):
        office.do(coverage_order.reorder, patient_id=dani, from_day=TODAY, coverage_ids=(medicare, blue.id))
    office.do(coverage_order.coordinate, coverage_id=medicare, to=Coordination(None, "Retired"))
    office.do(coverage_order.reorder, patient_id=dani, from_day=TODAY, coverage_ids=(medicare, blue.id))


def test_a_family_policy_is_found_by_its_member_id(office: Office) -> None:
    coverage(office, danielle(office))
    ellis = patient(office, "Ellis", "Foster-Boyd", date(2019, 8, 21))
    [found] = office.ask(coverage_order.on_file, member_id="xqp 884 120 557", patient_id=ellis)
    assert (found.subscriber, found.plan) == ("Danielle Foster", "BCBS PPO")
    office.do(
        coverages.add,
        patient_id=ellis,
        policy=found.card,
        coverage=CoverageDraft(relationship=Relationship.CHILD),
    )
    assert policy_of(office, ellis) == found.policy_id
    assert office.ask(coverage_order.on_file, member_id="XQP884120557", patient_id=ellis) == ()


def test_an_end_before_the_last_visit_needs_a_reason(office: Office) -> None:
    first = covered(office)
    at_the_desk(office)
    with refusal(
        "The patient was seen on 03/17/2026, after this day. "
        "Choose a later day, or say why the coverage had ended by then."
    ):
        office.do(covering.end, coverage_id=first, last_day=EVE)
    with refusal("This coverage starts on 01/01/2026. It cannot end before."):
        office.do(covering.end, coverage_id=first, last_day=date(2025, 1, 1), reason="Laid off")
    office.do(covering.end, coverage_id=first, last_day=EVE, reason="Laid off")
    found = office.ask(coverage_history.coverage_history, patient_id=danielle(office))
    assert found.in_force == ()
    assert found.gaps == (Gap(TODAY, None),)
    assert found.lines[0].cob_note == "Ended 03/16/2026: Laid off"


def test_a_gap_between_two_coverages_is_said(office: Office) -> None:
    dani = danielle(office)
    first = coverage(office, dani)
    office.do(coverages.set_end, coverage_id=first, last_day=date(2026, 1, 31))
    office.do(
        coverages.add,
        patient_id=dani,
        policy=card(office, dani, "NEW200300400", effective_from=date(2026, 3, 1)),
        coverage=CoverageDraft(),
    )
    found = office.ask(coverage_history.coverage_history, patient_id=dani, on=date(2026, 1, 5))
    assert [line.member_id for line in found.in_force] == ["XQP884120557"]
    assert found.gaps == (Gap(date(2026, 2, 1), date(2026, 2, 28)),)


def test_a_visit_of_a_case_is_paid_by_its_policy_and_no_other_visit_is(office: Office) -> None:
    dani = danielle(office)
    visit = at_the_desk(office)
    injury = card(
        office,
        dani,
        "",
        plan_id=plan(office, "Cascade Mutual", "Comp", PayerKind.WORKERS_COMP),
        case_number="WC-118",
        injured_on=date(2026, 3, 2),
        effective_from=date(2026, 3, 2),
    )
    case = office.do(coverages.add, patient_id=dani, policy=injury, coverage=CoverageDraft())
    assert office.ask(check_in.check_in, appointment_id=visit).coverages == ()
    done = office.done(visit_choice.choose, appointment_id=visit, coverage_id=case)
    [first] = office.ask(check_in.check_in, appointment_id=visit).coverages
    assert first.line.case_number == "WC-118"
    [flagged] = office.ask(flags.of_visits, appointment_ids=(visit,))
    assert "No coverage on file" not in [flag.words for flag in flagged.flags]
    facts = office.ask(insurance.facts, appointment_id=visit)
    assert (facts.chosen_id, [line.id for line in facts.cases]) == (case, [case])
    office.database.undo(office.actor, done.entry_id)
    assert office.ask(check_in.check_in, appointment_id=visit).coverages == ()


def test_a_card_and_an_id_are_scanned_and_a_new_edition_asks_anew(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    seen = content.store_bytes(office.database, PNG, "front.png")
    policy_id = policy_of(office, dani)
    for side in CardSide:
        office.do(card_scans.scan_card, patient_id=dani, policy_id=policy_id, side=side, sha256=seen.sha256)
    front_id = office.do(
        card_scans.scan_id,
        patient_id=dani,
        sha256=seen.sha256,
        issued_by="Oregon",
        expires_on=date(2026, 3, 1),
    )
    found = office.ask(card_scans.scans, patient_id=dani, policy_id=policy_id)
    assert [side.side for side in found.sides] == [CardSide.FRONT, CardSide.BACK]
    assert found.photo_id is not None
    assert (found.photo_id.document_id, found.photo_id.is_expired) == (front_id, True)
    new_id = office.do(
        covering.new_card,
        policy_id=policy_id,
        card=card(office, dani, "XQP884120558", effective_from=TODAY),
    )
    anew = office.ask(card_scans.scans, patient_id=dani, policy_id=new_id)
    assert (anew.sides, anew.has_former) == ((), True)
    with refusal("This policy does not cover the patient. Choose one that does."):
        office.do(
            card_scans.scan_card,
            patient_id=patient(office, "Ellis", "Boyd", date(2019, 8, 21)),
            policy_id=new_id,
            side=CardSide.FRONT,
            sha256=seen.sha256,
        )


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (
            b"",
            "card.png",
            "The file is empty: it has 0 bytes. Nothing was kept. Ask the sender to send it again.",
        ),
        (
            PNG,
            "card.jpg",
            (
                "The file's name says a JPEG picture, but it is a PNG picture. Nothing was kept. "
                "Ask the sender for the right file, or rename it if you know where it comes from."
            ),
        ),
    ],
)
def test_what_is_no_card_is_refused(file_office: Office, data: bytes, name: str, sentence: str) -> None:
    with refusal(sentence):
        content.store_bytes(file_office.database, data, name)
    text = content.store_bytes(file_office.database, b"a card in words", "card.txt")
    dani = danielle(file_office)
    coverage(file_office, dani)
    with refusal("This is no picture. Add a scan as PDF, PNG, JPEG or TIFF."):
        file_office.do(
            card_scans.scan_card,
            patient_id=dani,
            policy_id=policy_of(file_office, dani),
            side=CardSide.FRONT,
            sha256=text.sha256,
        )


def test_who_pays_alone_gives_units_back_and_who_is_insured_again_takes_them(office: Office) -> None:
    dani = danielle(office)
    scan = visit_type(office, "Ultrasound", 30, needs_authorization=True)
    draft = GrantDraft(coverage(office, dani), "A-1", 2, date(2026, 3, 1))
    office.do(authorization_steps.grant, draft=draft)
    visit = book(office, visit_type_id=scan)

    def held() -> int:
        return len(office.ask(visit_authorizations.of_visit, appointment_id=visit).held)

    assert held() == 1
    done = office.done(
        insurance.pay_alone, patient_id=dani, valid_until=None, withholds_from_payer=False, reason=""
    )
    assert held() == 0
    office.database.undo(office.actor, done.entry_id)
    assert held() == 1


def test_a_visit_of_a_case_takes_no_units_of_the_ordinary_payer(office: Office) -> None:
    dani = danielle(office)
    scan = visit_type(office, "Ultrasound", 30, needs_authorization=True)
    draft = GrantDraft(coverage(office, dani), "A-1", 2, date(2026, 3, 1))
    office.do(authorization_steps.grant, draft=draft)
    injury = card(
        office,
        dani,
        "",
        plan_id=plan(office, "Cascade Mutual", "Comp", PayerKind.WORKERS_COMP),
        case_number="WC-118",
        injured_on=date(2026, 3, 2),
        effective_from=date(2026, 3, 2),
    )
    case = office.do(coverages.add, patient_id=dani, policy=injury, coverage=CoverageDraft())
    visit = book(office, visit_type_id=scan)
    office.do(visit_choice.choose, appointment_id=visit, coverage_id=case)
    assert office.ask(visit_authorizations.of_visit, appointment_id=visit).missing == 1
    theirs = GrantDraft(case, "WC-A", 1, date(2026, 3, 2))
    office.do(authorization_steps.grant, draft=theirs, appointment_id=visit)
    [held] = office.ask(visit_authorizations.of_visit, appointment_id=visit).held
    assert held.number == "WC-A"
    office.do(visit_choice.choose, appointment_id=visit, coverage_id=None)
    [held] = office.ask(visit_authorizations.of_visit, appointment_id=visit).held
    assert held.number == "A-1"
