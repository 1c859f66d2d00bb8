"""Exceptions from claim rules: for a reason, until a day, and gone by themselves after it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.kernel.errors import NotAllowed
from frontdesk.models.billing.claim_rules import RuleOverride
from frontdesk.models.billing.claims import ClaimState
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import batches, claim_detail, claims, rule_overrides
from frontdesk.services.billing.rule_overrides import Override, OverrideDraft, Weight
from tests.builders.billing import TODAY, at_work
from tests.builders.claims import drafted, ready
from tests.builders.security import come_in, user
from tests.office import Office
from tests.refusal import refusal

NO_SPECIALTY = OverrideDraft("billing_taxonomy", Weight.WARN, "BCBS asks for none", date(2026, 6, 30))


def _without_specialty(office: Office) -> int:
    """A claim that the rule about the practice's specialty stops."""
    claim = ready(office)
    with office.database.engines.write.begin() as connection:
        connection.execute(text("UPDATE practice SET taxonomy = ''"))
    office.do(claims.check, claim_ids=(claim,))
    assert _state(office, claim) is ClaimState.FAILED
    return claim


def _state(office: Office, claim_id: int) -> ClaimState:
    return office.ask(claim_detail.detail, claim_id=claim_id).row.state


def _payer(office: Office, name: str = "BCBS") -> int:
    with at_work(office) as work:
        found = work.session.scalar(select(Payer.id).where(Payer.name == name))
    assert found is not None
    return found


def _standing(office: Office) -> tuple[Override, ...]:
    return tuple(each for rule in office.ask(rule_overrides.rules) for each in rule.overrides)


def test_an_exception_lets_what_waits_go_and_its_end_stops_it_again(office: Office) -> None:
    claim = _without_specialty(office)
    made = office.do(rule_overrides.make, draft=NO_SPECIALTY)
    assert _state(office, claim) is ClaimState.READY
    (problem,) = office.ask(claim_detail.detail, claim_id=claim).problems
    assert (problem.rule, problem.severity) == ("billing_taxonomy", "warn")
    office.do(rule_overrides.end, override_id=made)
    assert _state(office, claim) is ClaimState.FAILED
    office.do(rule_overrides.put_back, override_id=made)
    assert _state(office, claim) is ClaimState.READY


def test_it_ends_by_itself_after_its_day(office: Office) -> None:
    claim = _without_specialty(office)
    office.do(rule_overrides.make, draft=replace(NO_SPECIALTY, until_on=TODAY + timedelta(days=2)))
    (standing,) = _standing(office)
    assert (standing.days_left, standing.ends_soon) == (2, True)
    office.clock.advance(days=3)
    assert _standing(office) == ()
    built = office.do(batches.build, claim_ids=(claim,))
    assert (built.batch_ids, built.stopped) == ((), (claim,))


def test_a_payers_own_exception_goes_before_that_for_all(office: Office) -> None:
    claim = _without_specialty(office)
    office.do(rule_overrides.make, draft=NO_SPECIALTY)
    office.do(
        rule_overrides.make,
        draft=replace(NO_SPECIALTY, weight=Weight.BLOCK, payer_id=_payer(office), reason="BCBS does ask"),
    )
    assert _state(office, claim) is ClaimState.FAILED


def test_an_exception_for_another_payer_changes_nothing(office: Office) -> None:
    claim = _without_specialty(office)
    with at_work(office) as work:
        work.session.execute(
            insert(Payer).values(id=77, name="Aetna", kind="commercial", timely_filing_days=90, version=1)
        )
        work.session.commit()
    office.do(rule_overrides.make, draft=replace(NO_SPECIALTY, payer_id=77, weight=Weight.OFF))
    assert _state(office, claim) is ClaimState.FAILED


def test_a_rule_may_weigh_more(office: Office) -> None:
    claim = drafted(office)
    with office.database.engines.write.begin() as connection:
        connection.execute(text("UPDATE patient SET sex = 'unknown'"))
    office.do(claims.check, claim_ids=(claim,))
    office.do(rule_overrides.make, draft=replace(NO_SPECIALTY, rule="patient_sex", weight=Weight.BLOCK))
    (problem,) = office.ask(claim_detail.detail, claim_id=claim).problems
    assert (problem.rule, problem.severity) == ("patient_sex", "block")


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (
            replace(NO_SPECIALTY, rule="self_pay"),
            "The law or the format of claims wants this. It has no exceptions.",
        ),
        (
            replace(NO_SPECIALTY, rule="rendering_npi"),
            "The law or the format of claims wants this. It has no exceptions.",
        ),
        (replace(NO_SPECIALTY, rule="nothing"), "There is no such rule."),
        (replace(NO_SPECIALTY, weight=Weight.BLOCK), "The rule weighs that already. Choose another weight."),
        (replace(NO_SPECIALTY, reason=" "), "Say why."),
        (replace(NO_SPECIALTY, reason="x" * 201), "Say it in 200 letters at most."),
        (
            replace(NO_SPECIALTY, until_on=TODAY - timedelta(days=1)),
            "This day has passed. Choose a later one.",
        ),
        (
            replace(NO_SPECIALTY, until_on=TODAY + timedelta(days=367)),
            "An exception holds for a year at most. Choose an earlier day.",
        ),
    ],
)
def test_what_cannot_be_an_exception_says_why(office: Office, draft: OverrideDraft, sentence: str) -> None:
    with refusal(sentence):
        office.do(rule_overrides.make, draft=draft)


def test_there_is_one_exception_at_a_time(office: Office) -> None:
    made = office.do(rule_overrides.make, draft=NO_SPECIALTY)
    with refusal("There is an exception until 06/30/2026. End it first."):
        office.do(rule_overrides.make, draft=NO_SPECIALTY)
    with refusal("This exception holds."):
        office.do(rule_overrides.put_back, override_id=made)
    office.do(rule_overrides.end, override_id=made)
    with refusal("This exception has ended already."):
        office.do(rule_overrides.end, override_id=made)
    office.do(rule_overrides.make, draft=NO_SPECIALTY)
    with refusal("There is an exception until 06/30/2026. End it first."):
        office.do(rule_overrides.put_back, override_id=made)


def test_what_would_have_ended_is_not_put_back(office: Office) -> None:
    made = office.do(rule_overrides.make, draft=replace(NO_SPECIALTY, until_on=TODAY))
    office.do(rule_overrides.end, override_id=made)
    office.clock.advance(days=1)
    with refusal("It would have ended on 03/17/2026. Make another one."):
        office.do(rule_overrides.put_back, override_id=made)


def test_a_receptionist_makes_none(office: Office) -> None:
    user(office)
    office.actor = come_in(office)
    with pytest.raises(NotAllowed):
        office.do(rule_overrides.make, draft=NO_SPECIALTY)


def test_the_database_lets_none_last_and_none_change(office: Office) -> None:
    made = office.do(rule_overrides.make, draft=NO_SPECIALTY)
    eternal = {
        "id": 5,
        "rule": "person",
        "weight": Weight.OFF,
        "reason": "for ever",
        "from_on": TODAY,
        "until_on": date(2036, 1, 1),
        "set_at": office.clock.now(),
        "set_by": "nobody",
        "ended_by": "",
        "version": 1,
    }
    for statement, constraint in (
        (insert(RuleOverride).values(**eternal), "rule_override_ends"),
        (insert(RuleOverride).values(**{**eternal, "until_on": None}), "until_on"),
        (insert(RuleOverride).values(**{**eternal, "until_on": date(2026, 1, 1)}), "ends_after_start"),
        (update(RuleOverride).values(until_on=date(2027, 3, 1)), "append_only_rule_override"),
        (delete(RuleOverride).where(RuleOverride.id == made), "append_only_rule_override"),
    ):
        with (
            pytest.raises(SQLAlchemyError, match=constraint),
            office.database.engines.write.begin() as connection,
        ):
            connection.execute(statement)
