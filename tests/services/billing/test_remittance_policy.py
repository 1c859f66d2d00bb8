"""The remittance policy and the levels of automatic posting."""

from datetime import date

import msgspec
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from frontdesk.formats.x12.remittance import ProviderAdjustment
from frontdesk.models.billing.claims import ClaimState
from frontdesk.models.billing.remittance_policy import AutoPostLevel, Treatment
from frontdesk.models.billing.remittances import ProviderAdjustment as KeptAdjustment
from frontdesk.models.billing.remittances import RemittanceState
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import (
    auto_post,
    balances,
    claim_detail,
    remittance_policy,
    remittance_views,
    remittances,
)
from frontdesk.services.billing.remittance_policy import Treated
from frontdesk.services.billing.remittance_views import AnswerRow, AnswerState
from frontdesk.services.billing.remittances import TakenIn
from frontdesk.services.records import content
from tests.builders.billing import at_work, paid
from tests.builders.claims import insured, sent
from tests.builders.payer import CONTRACT, COPAY, answer, delivered, received, written
from tests.office import Office
from tests.refusal import refusal

DAY = date(2026, 1, 1)
BUNDLED = ("CO", "97")


def payer_of(office: Office) -> int:
    with at_work(office) as work:
        found = work.session.scalar(select(Payer.id).where(Payer.name == "BCBS"))
    if found is not None:
        return found
    sent(office, insured(office, "Alma", "First", "FIR000001"))
    return payer_of(office)


def treat(
    office: Office,
    code: str,
    treatment: Treatment,
    payer_id: int | None = None,
    remark: str = "",
    starts_on: date = DAY,
) -> Treated:
    group, _, reason = code.partition("-")
    return office.do(
        remittance_policy.treat,
        payer_id=payer_id,
        group=group,
        reason=reason,
        treatment=treatment,
        starts_on=starts_on,
        remark=remark,
    )


def row_of(office: Office, remittance_id: int) -> AnswerRow:
    return office.ask(remittance_views.sheet, remittance_id=remittance_id).answers[0]


def test_a_reason_of_a_payer_is_treated_as_the_office_says(office: Office) -> None:
    claim = sent(office)
    remittance = received(office, answer(office, claim, [(CONTRACT, 3844), (BUNDLED, 4500)]))
    assert row_of(office, remittance).review == (
        "99213 paid at $46.56, CO-97 included in another service. $45.00 stays open."
    )
    treat(office, "CO-97", Treatment.CONTRACT, payer_of(office))
    row = row_of(office, remittance)
    assert (row.state, row.contract_cents, row.other_cents) == (AnswerState.MATCHED, 8344, 0)
    office.do(remittances.post, remittance_id=remittance)
    who = office.ask(claim_detail.detail, claim_id=claim).row.patient_id
    assert office.ask(balances.of_patient, patient_id=who).total_cents == 0


def test_taking_the_row_back_leaves_what_waits_open_again(office: Office) -> None:
    claim = sent(office)
    remittance = received(office, answer(office, claim, [(BUNDLED, 4500)]))
    before = row_of(office, remittance)
    made = treat(office, "CO-97", Treatment.CONTRACT)
    office.do(remittance_policy.take_back, policy_id=made.policy_id, instead_of=None, ended_before_on=None)
    after = row_of(office, remittance)
    assert (after.review, after.other_cents) == (before.review, 4500)


def test_a_payers_row_goes_before_a_general_one_and_a_remark_before_none(office: Office) -> None:
    payer_id = payer_of(office)
    treat(office, "OA-94", Treatment.PATIENT)
    treat(office, "OA-94", Treatment.ACCOUNT, payer_id)
    treat(office, "OA-94", Treatment.CONTRACT, payer_id, remark="N519")
    claim = sent(office)
    good = answer(office, claim, [(("OA", "94"), 1000)])
    plain = received(office, good)
    with_remark = received(office, msgspec.structs.replace(good, remarks=("N519",)), trace="2")
    treatments = []
    for remittance in (plain, with_remark):
        detail = office.ask(remittance_views.answer_detail, remittance_claim_id=row_of(office, remittance).id)
        treatments += [reason.treatment for line in detail.lines for reason in line.reasons]
    assert treatments == [Treatment.ACCOUNT, Treatment.CONTRACT]


def test_money_treated_so_goes_to_the_payers_own_account(office: Office) -> None:
    treat(office, "CO-104", Treatment.ACCOUNT)
    claim = sent(office)
    before = office.ask(balances.receivable)
    remittance = received(office, answer(office, claim, [(CONTRACT, 3844), (("CO", "104"), 1000)]))
    office.do(remittances.post, remittance_id=remittance)
    who = office.ask(claim_detail.detail, claim_id=claim).row.patient_id
    assert office.ask(balances.of_patient, patient_id=who).total_cents == 0
    # The withhold is still owed, by the payer, for no visit.
    assert before - office.ask(balances.receivable) == 13000 - 1000


def test_a_denial_stays_open_whatever_the_policy_says(office: Office) -> None:
    treat(office, "CO-97", Treatment.CONTRACT)
    claim = sent(office)
    remittance = received(office, answer(office, claim, [(BUNDLED, 13000)], status="4"))
    row = row_of(office, remittance)
    assert (row.state, row.other_cents) == (AnswerState.DENIED, 13000)
    with refusal("CO-29 is a denial. A denial is worked; no policy writes it off."):
        treat(office, "CO-29", Treatment.CONTRACT)


@pytest.mark.parametrize(
    ("code", "treatment", "sentence"),
    [
        (
            "PR-2",
            Treatment.CONTRACT,
            "PR is the patient's share. It is waived one patient at a time, never by a rule.",
        ),
        ("CO-45", Treatment.PATIENT, "CO means that the patient is not billed. Choose another treatment."),
        ("XX-45", Treatment.OPEN, "Choose the group: CO, PR, OA or PI."),
        ("CO-", Treatment.OPEN, "Write the reason's number as the payer sends it, such as 45."),
    ],
)
def test_a_row_that_may_not_be_is_refused(
    office: Office, code: str, treatment: Treatment, sentence: str
) -> None:
    with refusal(sentence):
        treat(office, code, treatment)
    with refusal("Write the remark as the payer sends it, such as N179."):
        treat(office, "CO-97", Treatment.OPEN, remark="N 179")


def test_a_new_row_ends_the_one_before_and_undo_brings_it_back(office: Office) -> None:
    treat(office, "CO-97", Treatment.CONTRACT)
    with refusal("CO-97 is already set from 01/01/2026. Choose a later day, or take that row back."):
        treat(office, "CO-97", Treatment.OPEN)
    made = treat(office, "CO-97", Treatment.OPEN, starts_on=date(2026, 6, 1))
    shown = {row.starts_on: row.ends_on for row in office.ask(remittance_policy.policy) if row.id}
    assert shown == {DAY: date(2026, 5, 31), date(2026, 6, 1): None}
    office.do(
        remittance_policy.take_back,
        policy_id=made.policy_id,
        instead_of=made.instead_of,
        ended_before_on=made.ended_before_on,
    )
    assert [row.ends_on for row in office.ask(remittance_policy.policy) if row.id] == [None]
    with refusal("It starts on 01/01/2026. Take it back instead."):
        assert made.instead_of is not None
        office.do(remittance_policy.end, policy_id=made.instead_of, ends_on=date(2025, 1, 1))


def test_the_policy_of_the_day_of_payment_counts(office: Office) -> None:
    made = treat(office, "CO-97", Treatment.CONTRACT)
    office.do(remittance_policy.end, policy_id=made.policy_id, ends_on=date(2026, 3, 15))
    remittance = received(office, answer(office, sent(office), [(BUNDLED, 4500)]))
    assert row_of(office, remittance).other_cents == 4500


def test_what_is_posted_is_not_treated_anew(office: Office) -> None:
    remittance = received(office, answer(office, sent(office), [(BUNDLED, 4500)]))
    office.do(remittances.post, remittance_id=remittance)
    treat(office, "CO-97", Treatment.CONTRACT)
    assert row_of(office, remittance).other_cents == 4500
    with (
        pytest.raises(IntegrityError, match="treatment_is_posted"),
        office.database.engines.write.begin() as connection,
    ):
        connection.execute(text("UPDATE remittance_adjustment SET treatment = 'contract'"))


def test_the_database_keeps_the_shares_apart(office: Office) -> None:
    made = treat(office, "CO-97", Treatment.CONTRACT)
    for group, treatment, name in (
        ("PR", "contract", "ck_remittance_policy_share_is_not_written_off"),
        ("CO", "patient", "ck_remittance_policy_contract_is_not_billed_to_patient"),
    ):
        with pytest.raises(IntegrityError, match=name), office.database.engines.write.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO remittance_policy (id, version, payer_key, group_code, reason_code, remark,"
                    " treatment, starts_on, stands) SELECT id + 1, 1, 0, :group_code, '2', '', :treatment,"
                    " starts_on, stands FROM remittance_policy WHERE id = :id"
                ),
                {"group_code": group, "treatment": treatment, "id": made.policy_id},
            )


def came(
    office: Office, level: AutoPostLevel, *reasons: tuple[tuple[str, str], int], status: str = "1"
) -> TakenIn:
    claim = sent(office)
    office.do(auto_post.set_level, payer_id=payer_of(office), level=level)
    return delivered(office, written(answer(office, claim, reasons, status=status)))


def test_no_payer_posts_by_itself_until_it_is_trusted(office: Office) -> None:
    claim = sent(office)
    taken = delivered(office, written(answer(office, claim, [(CONTRACT, 3844)])))
    assert taken.posted == ()
    assert taken.waiting == ("835-0317-01: Remittances of BCBS are posted by a person.",)


def test_a_clean_remittance_posts_when_it_comes_in(office: Office) -> None:
    taken = came(office, AutoPostLevel.CLEAN, (CONTRACT, 3844), (COPAY, 3000))
    assert (taken.posted, taken.waiting) == (taken.remittance_ids, ())
    sheet = office.ask(remittance_views.sheet, remittance_id=taken.posted[0])
    assert sheet.row.state is RemittanceState.POSTED


@pytest.mark.parametrize(
    ("level", "reason", "status", "waits"),
    [
        (AutoPostLevel.CLEAN, ("OA", "94"), "1", "CO-94"),
        (AutoPostLevel.POLICY, ("CO", "97"), "1", "Claim 26-00001 is to be looked at first."),
        (AutoPostLevel.POLICY, ("CO", "27"), "4", "Claim 26-00001 is to be looked at first."),
    ],
)
def test_a_level_says_what_it_does_not_cover(
    office: Office, level: AutoPostLevel, reason: tuple[str, str], status: str, waits: str
) -> None:
    treat(office, "OA-94", Treatment.CONTRACT)
    taken = came(office, level, (reason, 1000 if status == "1" else 13000), status=status)
    assert taken.posted == ()
    said = "OA-94, $10.00, is settled by your own policy." if reason[1] == "94" else waits
    assert said in taken.waiting[0]


def test_the_widest_level_posts_a_denial_onto_the_list_of_work(office: Office) -> None:
    taken = came(office, AutoPostLevel.OPEN_TOO, (("CO", "27"), 13000), status="4")
    assert len(taken.posted) == 1
    row = row_of(office, taken.posted[0])
    assert row.claim_id is not None
    assert office.ask(claim_detail.detail, claim_id=row.claim_id).row.state is ClaimState.DENIED


def test_a_patients_credit_and_an_unsure_match_wait_at_every_level(office: Office) -> None:
    who = insured(office)
    claim = sent(office, who)
    office.do(auto_post.set_level, payer_id=payer_of(office), level=AutoPostLevel.OPEN_TOO)
    paid(office, who, 5000, copay_of=office.ask(claim_detail.detail, claim_id=claim).appointment_id)
    good = answer(office, claim, [(CONTRACT, 3844), (COPAY, 3000)])
    taken = delivered(office, written(good))
    assert taken.waiting == (
        (
            "835-0317-01: Claim 26-00001 is to be looked at first. "
            "The patient paid $50.00 and owes $30.00. $20.00 is to their credit."
        ),
    )
    line = msgspec.structs.replace(good.lines[0], control_number="")
    lost = msgspec.structs.replace(good, claim_number="0", lines=(line,))
    assert delivered(office, written(lost, trace="2")).waiting == (
        "835-0317-02: 1 claim is not matched by a number.",
    )


def test_money_taken_back_waits_and_interest_does_not(office: Office) -> None:
    office.do(auto_post.set_level, payer_id=payer_of(office), level=AutoPostLevel.POLICY)
    claim = sent(office, insured(office, "Ada", "Pool", "POO000001"))
    good = answer(office, claim, [(CONTRACT, 3844)])
    back = ProviderAdjustment("1234567893", date(2026, 12, 31), "WO", "3102", 1835)
    assert delivered(office, written(good, plb=(back,))).waiting == (
        "835-0317-01: The payer takes $18.35 apart from the claims (WO).",
    )
    interest = ProviderAdjustment("1234567893", date(2026, 12, 31), "L6", "", -125)
    assert len(delivered(office, written(good, plb=(interest,), trace="2")).posted) == 1
    with at_work(office) as work:
        assert len(work.session.scalars(select(KeptAdjustment)).all()) == 2


def test_an_import_that_posted_by_itself_takes_only_the_rest_back(office: Office) -> None:
    claim = sent(office)
    office.do(auto_post.set_level, payer_id=payer_of(office), level=AutoPostLevel.CLEAN)
    good = answer(office, claim, [(CONTRACT, 3844)])
    open_one = answer(office, sent(office, insured(office, "Ada", "Pool", "POO000001")), [(BUNDLED, 4500)])
    second = written(open_one, trace="2").replace(b"000000001", b"000000002")
    seen = content.store_bytes(office.database, written(good) + second, "two.835")
    done = office.done(remittances.take_in, sha256=seen.sha256)
    (posted,) = done.result.posted
    (waiting,) = office.ask(remittance_views.remittances_in)
    office.database.undo(office.actor, done.entry_id)
    assert office.ask(remittance_views.remittances_in) == ()
    states = [
        office.ask(remittance_views.sheet, remittance_id=each).row.state for each in (posted, waiting.id)
    ]
    assert states == [RemittanceState.POSTED, RemittanceState.DISCARDED]
