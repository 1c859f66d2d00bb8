"""Policies, coverage, verification, authorization, self-pay: the dates hold, and each refusal in words."""

from dataclasses import replace
from datetime import date

import pytest

from frontdesk.kernel.errors import Conflict, Refused
from frontdesk.models.registration.coverage import Relationship
from frontdesk.models.registration.verification import VerificationResult, VerificationWay
from frontdesk.services.registration import (
    authorizations,
    coverages,
    panel,
    payers,
    policies,
    self_pay,
    verifications,
)
from frontdesk.services.registration.authorizations import GrantDraft
from frontdesk.services.registration.drafts import CoverageDraft
from frontdesk.services.registration.payers import PayerDraft
from frontdesk.services.registration.search import search
from frontdesk.services.registration.verifications import VerificationDraft
from frontdesk.services.work import Work
from tests.builders.office import site
from tests.builders.registration import card, coverage, danielle, patient, plan, verification
from tests.office import Office
from tests.refusal import refusal


def used(office: Office, policy_id: int) -> None:
    """As when a claim goes out on the policy."""
    from frontdesk.services.command import command, irreversible

    @command("Send", permission="registration.coverage", undo=irreversible("It is sent."))
    def send(work: Work, *, policy_id: int) -> None:
        policies.mark_used(work, policy_id)

    office.do(send, policy_id=policy_id)


def test_a_coverage_shows_its_card_and_is_found_by_member_id(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    [line] = office.ask(coverages.coverages, patient_id=dani)
    assert (line.plan, line.rank, line.member_id, line.plan_copay_cents) == (
        "BCBS PPO",
        1,
        "XQP884120557",
        3000,
    )
    assert panel.member_id_shown(line.member_id) == "XQP 884 120 557"
    for typed in ("xqp884", "XQP 884 120 557", "884120557"):
        assert [found.patient_id for found in office.ask(search, typed=typed).patients] == [dani]


@pytest.mark.parametrize("typed", ["XQP 884 120 557", "xqp-884.120-557", " XQP884120557 "])
def test_a_member_id_is_taken_as_typed_and_kept_without_what_separates(office: Office, typed: str) -> None:
    dani = danielle(office)
    coverage(office, dani, member_id=typed)
    [line] = office.ask(coverages.coverages, patient_id=dani)
    assert line.member_id == "XQP884120557"


def test_medicares_ids_are_shown_as_its_cards_have_them() -> None:
    assert panel.member_id_shown("1EG4TE5MK73") == "1EG4-TE5-MK73"


def test_a_case_stands_beside_the_ordinary_coverage(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    injury = card(
        office,
        dani,
        "",
        plan_id=plan(office, "Cascade Mutual", "Workers' compensation"),
        case_number="WC-2026-118",
        injured_on=date(2026, 3, 2),
        adjuster="Ida Quist",
        adjuster_phone="503-555-0177",
        employer="Alder Street Drug",
        case_state="or",
        effective_from=date(2026, 3, 2),
    )
    office.do(coverages.add, patient_id=dani, policy=injury, coverage=CoverageDraft())
    assert [line.plan for line in office.ask(coverages.coverages, patient_id=dani)] == ["BCBS PPO"]
    [case] = office.ask(coverages.cases, patient_id=dani)
    assert (case.case_number, case.member_id) == ("WC-2026-118", "WC2026118")
    kept = office.ask(policies.policy, policy_id=case.policy_id).draft
    assert (kept.adjuster, kept.adjuster_phone, kept.case_state) == ("Ida Quist", "5035550177", "OR")
    with refusal(
        "Cascade Mutual Workers' compensation is the primary coverage from 03/02/2026. "
        "End it first, or choose another place."
    ):
        office.do(coverages.add, patient_id=dani, policy=injury, coverage=CoverageDraft())


def test_two_policies_in_one_place_at_once_are_refused(office: Office) -> None:
    dani = danielle(office)
    first = coverage(office, dani)
    with refusal("BCBS PPO is the primary coverage from 01/01/2026. End it first, or choose another place."):
        coverage(office, dani, member_id="ZZT100200300")
    coverage(office, dani, rank=2, member_id="ZZT100200300")
    office.do(coverages.set_end, coverage_id=first, last_day=date(2026, 3, 31))
    office.do(
        coverages.add,
        patient_id=dani,
        policy=card(office, dani, "NEW200300400", effective_from=date(2026, 4, 1)),
        coverage=CoverageDraft(),
    )
    with refusal("BCBS PPO is the primary coverage from 04/01/2026. End it first, or choose another place."):
        office.do(coverages.set_end, coverage_id=first, last_day=None)


def test_a_coverage_ended_today_is_taken_back_by_undo(office: Office) -> None:
    dani = danielle(office)
    first = coverage(office, dani)
    done = office.done(coverages.set_end, coverage_id=first, last_day=date(2026, 2, 28))
    assert office.ask(coverages.coverages, patient_id=dani) == ()
    office.database.undo(office.actor, done.entry_id)
    assert [line.id for line in office.ask(coverages.coverages, patient_id=dani)] == [first]


@pytest.mark.parametrize(
    ("others", "sentence"),
    [
        ({"member_id": " "}, "Enter the member ID as printed on the card."),
        ({"member_id": "XQP*884"}, "A member ID has 2 to 40 letters and digits."),
        ({"subscriber_patient_id": None}, "Enter the last name of the subscriber."),
        (
            {"effective_until": date(2025, 12, 31)},
            "The policy ends before it starts. Check both dates.",
        ),
        ({"injured_on": date(2026, 3, 18)}, "The date of injury is in the future. Check the year."),
        ({"injured_on": date(2026, 3, 1)}, "Enter the claim number of the injury."),
        ({"case_number": "WC-1"}, "Enter the date of the injury."),
        (
            {"case_number": "WC-1", "injured_on": date(2026, 3, 1), "case_state": "ZZ"},
            "“ZZ” is not a state. Use its two letters, such as OR.",
        ),
        ({"plan_id": 1}, "This plan cannot be chosen. Choose another, or add it in Office."),
    ],
)
def test_a_card_that_cannot_be_is_refused(
    file_office: Office, others: dict[str, object], sentence: str
) -> None:
    dani = danielle(file_office)
    with refusal(sentence):
        file_office.do(
            coverages.add,
            patient_id=dani,
            policy=replace(card(file_office, dani), **others),  # type: ignore[arg-type] # named above
            coverage=CoverageDraft(),
        )


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (CoverageDraft(rank=10), "Choose a place from 1, which pays first, to 9."),
        (
            CoverageDraft(effective_from=date(2025, 12, 1)),
            "The policy starts on 01/01/2026. It cannot cover the patient before.",
        ),
        (
            CoverageDraft(effective_until=date(2027, 1, 1)),
            "The policy ends on 12/31/2026. It cannot cover the patient longer.",
        ),
        (
            CoverageDraft(effective_from=date(2026, 5, 1), effective_until=date(2026, 4, 1)),
            "The coverage ends before it starts. Check both dates.",
        ),
    ],
)
def test_a_coverage_stays_within_its_policy(file_office: Office, days: CoverageDraft, sentence: str) -> None:
    dani = danielle(file_office)
    with refusal(sentence):
        file_office.do(
            coverages.add,
            patient_id=dani,
            policy=card(file_office, dani, effective_until=date(2026, 12, 31)),
            coverage=days,
        )


def test_a_family_shares_one_policy(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    ellis = patient(office, "Ellis", "Foster-Boyd", date(2019, 8, 21))
    with refusal("The subscriber is another patient. Choose what the patient is to them."):
        office.do(coverages.add, patient_id=ellis, policy=card(office, dani), coverage=CoverageDraft())
    office.do(
        coverages.add,
        patient_id=ellis,
        policy=card(office, dani),
        coverage=CoverageDraft(relationship=Relationship.CHILD),
    )
    [hers], [childs] = (office.ask(coverages.coverages, patient_id=who) for who in (dani, ellis))
    assert hers.policy_id == childs.policy_id


def test_a_policy_with_a_claim_is_replaced_and_never_overwritten(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    policy_id = office.ask(coverages.coverages, patient_id=dani)[0].policy_id
    used(office, policy_id)
    with refusal(
        "A claim went out on this policy on 03/17/2026. "
        "Enter a new policy from the day of the change; this one is kept."
    ):
        office.do(
            policies.correct,
            policy_id=policy_id,
            before=card(office, dani),
            after=card(office, dani, "OTHER123"),
        )
    with refusal("The policy before starts on 01/01/2026. The new one cannot start earlier."):
        office.do(
            policies.replace,
            policy_id=policy_id,
            card=card(office, dani, "OTHER123", effective_from=date(2025, 12, 31)),
        )
    office.do(
        policies.replace,
        policy_id=policy_id,
        card=card(office, dani, "OTHER123", effective_from=date(2026, 3, 1)),
    )
    [now] = office.ask(coverages.coverages, patient_id=dani)
    [before] = office.ask(coverages.coverages, patient_id=dani, on=date(2026, 2, 28))
    assert (now.member_id, before.member_id) == ("OTHER123", "XQP884120557")


def test_a_policy_that_another_desk_corrected_is_a_conflict(file_office: Office) -> None:
    dani = danielle(file_office)
    coverage(file_office, dani)
    policy_id = file_office.ask(coverages.coverages, patient_id=dani)[0].policy_id
    as_typed, right = card(file_office, dani), card(file_office, dani, "XQP884120558")
    file_office.do(policies.correct, policy_id=policy_id, before=as_typed, after=right)
    with pytest.raises(Conflict):
        file_office.do(policies.correct, policy_id=policy_id, before=as_typed, after=as_typed)
    assert not file_office.ask(policies.policy, policy_id=policy_id).is_in_use


def test_a_call_to_the_payer_names_its_reference_and_voice(office: Office) -> None:
    coverage_id = coverage(office, danielle(office))
    said_nothing = VerificationDraft(
        coverage_id, VerificationWay.PHONE, VerificationResult.ACTIVE, date(2026, 3, 17), copay_cents=-1
    )
    with refusal(
        "Enter the reference number of the call. Enter who at the payer said so. "
        "The copay cannot be less than zero."
    ):
        office.do(verifications.record, draft=said_nothing)
    with refusal("More is left of the deductible than the whole. Check both."):
        office.do(
            verifications.record,
            draft=replace(
                said_nothing,
                copay_cents=None,
                reference="1",
                said_by="Kim",
                deductible_cents=100,
                deductible_left_cents=101,
            ),
        )


def test_a_question_without_an_answer_does_not_hide_the_last_one(office: Office) -> None:
    coverage_id = coverage(office, danielle(office))
    verification(office, coverage_id)
    office.clock.advance(days=31)
    office.do(
        verifications.record,
        draft=VerificationDraft(
            coverage_id, VerificationWay.PHONE, VerificationResult.NO_ANSWER, date(2026, 4, 17)
        ),
    )
    last = office.ask(verifications.latest, coverage_id=coverage_id)
    assert last is not None
    assert (last.result, last.deductible_left_cents, last.is_stale) == (
        VerificationResult.ACTIVE,
        41200,
        True,
    )


def test_units_are_promised_used_and_given_back(office: Office) -> None:
    coverage_id = coverage(office, danielle(office))
    grant = office.do(
        authorizations.add,
        draft=GrantDraft(coverage_id, "A-5521", 2, date(2026, 3, 1), date(2026, 4, 1)),
    )
    day = date(2026, 3, 24)
    first = office.do(authorizations.reserve, grant_id=grant, for_day=day)
    second = office.do(authorizations.reserve, grant_id=grant, for_day=day)
    with refusal("Authorization A-5521 has 0 of 2 units left. Ask the payer for more."):
        office.do(authorizations.reserve, grant_id=grant, for_day=day)
    office.do(authorizations.use, use_id=first)
    office.do(authorizations.release, use_id=second)
    [left] = office.ask(authorizations.grants, patient_id=danielle(office))
    assert (left.used, left.booked, left.remaining) == (1, 0, 1)
    with refusal(
        "Authorization A-5521 holds from 03/01/2026 to 04/01/2026. "
        "Choose a day within, or ask the payer to extend it."
    ):
        office.do(authorizations.reserve, grant_id=grant, for_day=date(2026, 4, 2))


def test_an_authorization_without_number_units_or_sense_is_refused(file_office: Office) -> None:
    coverage_id = coverage(file_office, danielle(file_office))
    with refusal(
        "Enter the number of the authorization. Enter how many units or visits are allowed. "
        "The authorization ends before it starts. Check both dates."
    ):
        file_office.do(
            authorizations.add,
            draft=GrantDraft(coverage_id, " ", 0, date(2026, 3, 1), date(2026, 2, 1)),
        )


def test_self_pay_is_chosen_once_for_a_day(office: Office) -> None:
    dani = danielle(office)
    choice = office.do(self_pay.choose, patient_id=dani, valid_from=date(2026, 3, 17))
    with refusal("Self-pay is already chosen from 03/17/2026."):
        office.do(self_pay.choose, patient_id=dani, valid_from=date(2026, 5, 1))
    with refusal("Self-pay ends before it starts. Check both dates."):
        office.do(self_pay.choose, patient_id=dani, valid_from=date(2026, 5, 1), valid_until=date(2026, 4, 1))
    with refusal("Self-pay starts on 03/17/2026. It cannot end before."):
        office.do(self_pay.end, self_pay_id=choice, last_day=date(2026, 3, 1))
    assert office.ask(panel.panel, patient_id=dani).is_self_pay


def test_a_payer_and_a_plan_have_names_of_their_own(file_office: Office) -> None:
    site(file_office)
    plan(file_office)
    with refusal("There is a payer of this name already. Change that one."):
        file_office.do(payers.add_payer, draft=PayerDraft("BCBS"))
    with refusal("This payer has a plan of this name already. Change that one."):
        file_office.do(payers.add_plan, payer_id=file_office.made["payer:BCBS"], name="PPO")
    with refusal("Enter the name of the plan as printed on the card. A copay cannot be less than zero."):
        file_office.do(payers.add_plan, payer_id=file_office.made["payer:BCBS"], name="", copay_cents=-1)


def test_a_refusal_of_a_missing_payer_is_whole(file_office: Office) -> None:
    site(file_office)
    with pytest.raises(Refused) as refused:
        file_office.do(payers.add_payer, draft=PayerDraft(" ", state="Oregano", timely_filing_days=0))
    assert [finding.message for finding in refused.value.findings] == [
        "Enter the name of the payer.",
        "“Oregano” is not a state. Use its two letters, such as OR.",
        "Enter how many days there are to file a claim.",
    ]
