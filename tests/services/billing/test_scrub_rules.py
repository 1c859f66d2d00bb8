"""The rules about codes, payers' wishes and what others told: when they speak, and when they are silent."""

from dataclasses import replace
from datetime import date

import pytest

from frontdesk.models.billing.claim_parts import AccidentKind, DrugUnit, ProviderRole
from frontdesk.models.billing.claim_rules import Certificate, CodeRuleKind
from frontdesk.models.billing.claims import Frequency
from frontdesk.models.registration.coverage import Relationship
from frontdesk.models.registration.patient import Sex
from frontdesk.models.registration.payer import PayerKind
from frontdesk.services.billing import scrub
from frontdesk.services.billing.claim_facts import (
    AccidentFacts,
    AnswerFacts,
    ClaimFacts,
    DecidedLine,
    Decision,
    Demand,
    DiagnosisFacts,
    DrugFacts,
    LaboratoryFacts,
    LineFacts,
    NamedProvider,
    OtherPayerFacts,
)
from frontdesk.services.billing.scrub_table import RULES, Stage
from tests.builders.claim_facts import GOOD, RAYMOND, having, line, with_lines
from tests.services.billing import circumstance_cases
from tests.services.billing.test_scrub import IS_ODD, STOPS

ECG = line(2, code="93000", modifiers=())
KNEE = line(2, code="20610", modifiers=("RT",))
A1C = line(2, code="83036", modifiers=())
SHOT = line(2, code="J3420", modifiers=())
VISIT = line(1, code="99213", modifiers=())
HEART = Demand(CodeRuleKind.DIAGNOSIS, "93000", diagnoses="I R00 R07", note="BCBS pays it for the heart.")
QUARTERLY = Demand(CodeRuleKind.INTERVAL, "83036", days=90)
FULL = LaboratoryFacts("38D2098765", Certificate.FULL, date(2027, 9, 30))
WAIVER = replace(FULL, certificate=Certificate.WAIVER)
WITH_FULL = replace(GOOD, laboratory=FULL)
AUTO = AccidentFacts(AccidentKind.AUTO, date(2026, 3, 10), "OR")
FARROW = NamedProvider(ProviderRole.REFERRING, "Farrow", "Celeste", "1234567893")
PAID_80 = Decision(date(2026, 3, 20), 8000, "BC1", (), ())
SHORT = DecidedLine("26-04100-1", 1, "99214", (), 16500, 8000, ())
FIRST = OtherPayerFacts(GOOD.payer, RAYMOND, PAID_80)
SECOND = replace(having("payer", rank=2), others=(FIRST,))


def _wanting(demand: Demand, *lines: LineFacts, facts: ClaimFacts = GOOD) -> ClaimFacts:
    return replace(facts, demands=(demand,), lines=lines)


def _ill(code: str) -> ClaimFacts:
    return replace(GOOD, diagnoses=(DiagnosisFacts(code, True, True),))


SPEAKS: tuple[tuple[str, ClaimFacts, str], ...] = (
    (
        "supported",
        _wanting(HEART, line(1), ECG),
        "Line 2: 93000 is not supported by Z00.00.",
    ),
    (
        "interval",
        _wanting(QUARTERLY, replace(A1C, last_on=date(2026, 1, 15)), facts=WITH_FULL),
        "83036 more often than every 90 days: last on 01/15/2026.",
    ),
    (
        "not_with",
        _wanting(
            Demand(CodeRuleKind.NOT_WITH, "93005 93010", other_codes="93000"),
            replace(ECG, code="93005"),
            replace(ECG, place=3),
        ),
        "Line 2: 93005 is not paid beside 93000.",
    ),
    ("ndc", _wanting(Demand(CodeRuleKind.NDC, "J* Q*"), SHOT), "Line 2: J3420 needs its NDC."),
    (
        "ndc_shape",
        with_lines(replace(SHOT, drug=DrugFacts("123", 1000, DrugUnit.EACH))),
        "Line 2: the NDC must have eleven digits, 5-4-2.",
    ),
    (
        "referring",
        _wanting(Demand(CodeRuleKind.REFERRING, "97000-97999"), line(2, code="97110", modifiers=())),
        "Line 2: 97110 needs the referring provider.",
    ),
    (
        "ordering",
        _wanting(Demand(CodeRuleKind.ORDERING, "7*"), line(2, code="73030", modifiers=())),
        "Line 2: 73030 needs the ordering provider.",
    ),
    (
        "other_npi",
        replace(GOOD, providers=(replace(FARROW, npi=""),)),
        "The NPI of the referring provider is missing.",
    ),
    (
        "other_npi",
        replace(GOOD, providers=(replace(FARROW, npi="1234567890"),)),
        "The NPI of the referring provider is not valid.",
    ),
    (
        "other_npi",
        replace(GOOD, providers=(replace(FARROW, role=ProviderRole.ORDERING, npi="", place=1),)),
        "Line 1: The NPI of the ordering provider is missing.",
    ),
    (
        "primary_care",
        replace(GOOD, providers=(replace(FARROW, role=ProviderRole.PRIMARY_CARE),)),
        "The primary care provider is named, and nobody who referred.",
    ),
    (
        "authorized",
        _wanting(Demand(CodeRuleKind.AUTHORIZATION, "70551"), line(2, code="70551", modifiers=())),
        "Line 2: 70551 needs an authorization of BCBS.",
    ),
    (
        "add_on",
        with_lines(line(1, code="90472", modifiers=())),
        "Line 1: 90472 adds to a code that is not on the claim.",
    ),
    ("modifier_25", with_lines(VISIT, KNEE), "Modifier 25 missing on 99213."),
    (
        "modifier_fit",
        with_lines(replace(ECG, modifiers=("25",))),
        "Line 2: modifier 25 is for visits, not for 93000.",
    ),
    (
        "modifier_fit",
        with_lines(replace(VISIT, modifiers=("59",))),
        "Line 1: modifier 59 is not for visits such as 99213.",
    ),
    (
        "modifier_pairs",
        with_lines(replace(KNEE, modifiers=("RT", "LT"))),
        "Line 2: modifiers RT and LT contradict each other.",
    ),
    (
        "modifier_pairs",
        with_lines(replace(ECG, modifiers=("59", "XU"))),
        "Line 2: modifiers 59 and XU contradict each other.",
    ),
    (
        "modifier_pairs",
        with_lines(replace(KNEE, code="97110", modifiers=("KX", "CQ", "GO"))),
        "Line 2: modifiers CQ and GO contradict each other.",
    ),
    (
        "modifier_fit",
        with_lines(replace(KNEE, code="28285", modifiers=("F5",))),
        "Line 2: modifier F5 is not for services of the foot such as 28285.",
    ),
    (
        "modifier_valid",
        with_lines(replace(KNEE, modifiers=("RT", "Z9"), unknown_modifiers=("Z9",))),
        "Line 2: modifier Z9 is not valid on 03/13/2026.",
    ),
    (
        "modifier_50",
        with_lines(replace(KNEE, modifiers=("50",), units=2)),
        "Line 2: modifier 50 means both sides, yet there are 2 units.",
    ),
    ("person", _ill("O80"), "O80 is for female patients."),
    ("person", _ill("Z00.129"), "Z00.129 does not fit a patient of 59 years."),
    (
        "person",
        with_lines(line(1, code="99395")),
        "Line 1: 99395 does not fit a patient of 59 years.",
    ),
    ("clia", with_lines(A1C), "Line 2: 83036 needs the CLIA number of Harbor Point."),
    (
        "clia",
        with_lines(A1C, laboratory=replace(FULL, valid_until=date(2026, 3, 12))),
        "The CLIA certificate of Harbor Point ended on 03/12/2026.",
    ),
    ("clia_waived", with_lines(A1C, laboratory=WAIVER), "Line 2: 83036 needs modifier QW."),
    (
        "relationship",
        having("payer", kind=PayerKind.MEDICARE, member_id="1EG4TE5MK73", relationship=Relationship.SPOUSE),
        "A Medicare card covers its own holder only.",
    ),
    (
        "child_of_age",
        having("payer", relationship=Relationship.CHILD),
        "The patient is covered as a child at 59.",
    ),
    (
        "birth_date",
        replace(GOOD, payer_answer=AnswerFacts(date(1967, 8, 30), ())),
        "Birth date differs from the payer's.",
    ),
    (
        "member_found",
        replace(GOOD, payer_answer=AnswerFacts(None, ("72",))),
        "The member ID is not one of the payer's.",
    ),
    (
        "accident_wanted",
        having("payer", kind=PayerKind.WORKERS_COMP),
        "BCBS pays for accidents, and the claim names none.",
    ),
    (
        "accident_whole",
        replace(GOOD, accident=replace(AUTO, happened_on=None)),
        "The date of the accident is missing.",
    ),
    (
        "accident_whole",
        replace(GOOD, accident=replace(AUTO, happened_on=date(2026, 3, 14))),
        "The accident is after the visit.",
    ),
    (
        "accident_whole",
        replace(GOOD, accident=replace(AUTO, state="")),
        "The state of the auto accident is missing.",
    ),
    ("injury", _ill("S61.011A"), "S61.011A is an injury, and nothing says whether it was an accident."),
    (
        "prior_balance",
        replace(SECOND, others=(replace(FIRST, decision=replace(PAID_80, lines=(SHORT,))),)),
        "BCBS accounts for $80.00 of $165.00 on line 1.",
    ),
    (
        "paper_form",
        replace(having("payer", member_id="X" * 40), is_on_paper=True),
        "The member ID is too long for box 1a of the paper form (29 characters).",
    ),
    (
        "paper_form_cut",
        replace(
            having("payer", relationship=Relationship.SPOUSE),
            patient=replace(RAYMOND, last="Castillo-Montgomery-Featherstone"),
            is_on_paper=True,
        ),
        "The patient's name is too long for box 2 of the paper form (28 characters).",
    ),
    ("prior_reasons", SECOND, "BCBS paid $80.00 of $165.00 and gave no reasons."),
    ("authorization_units", replace(GOOD, lacks_units=True), "Authorization number missing."),
    (
        "authorization_units",
        replace(GOOD, lacks_units=True, units_ran_out="A-1177", authorization="A-1177"),
        "Authorization A-1177 has no units left.",
    ),
    (
        "authorization_units",
        replace(GOOD, lacks_units=True, authorization="A-1177"),
        "The visit holds too few authorized units.",
    ),
    (
        "frequency",
        replace(GOOD, frequency=Frequency.REPLACEMENT),
        "The payer's number of the first claim is missing.",
    ),
    *circumstance_cases.SPEAKS,
)

IS_SILENT: tuple[tuple[str, ClaimFacts], ...] = (
    ("supported", _wanting(HEART, line(1), replace(ECG, pointers="AB"))),
    ("interval", _wanting(QUARTERLY, replace(A1C, last_on=date(2025, 12, 13)), facts=WITH_FULL)),
    (
        "not_with",
        _wanting(
            Demand(CodeRuleKind.NOT_WITH, "93005", other_codes="93000"),
            replace(ECG, code="93005", modifiers=("XU",)),
            replace(ECG, place=3),
        ),
    ),
    (
        "ndc",
        _wanting(
            Demand(CodeRuleKind.NDC, "J*"), replace(SHOT, drug=DrugFacts("00409117101", 1000, DrugUnit.EACH))
        ),
    ),
    ("referring", replace(_wanting(Demand(CodeRuleKind.REFERRING, "99*"), line(1)), providers=(FARROW,))),
    ("other_npi", replace(GOOD, providers=(FARROW,))),
    (
        "authorized",
        replace(_wanting(Demand(CodeRuleKind.AUTHORIZATION, "99*"), line(1)), authorization="A-1"),
    ),
    (
        "add_on",
        with_lines(line(1, code="90472", modifiers=()), line(2, code="90471", modifiers=())),
    ),
    ("add_on", with_lines(line(1, code="G2211", modifiers=()), VISIT)),
    ("modifier_25", with_lines(replace(VISIT, modifiers=("25",)), KNEE)),
    ("modifier_25", with_lines(VISIT, replace(KNEE, code="36415", modifiers=()))),
    ("modifier_25", with_lines(VISIT, replace(KNEE, served_on=date(2026, 3, 12)))),
    ("modifier_50", with_lines(replace(KNEE, modifiers=("50",)))),
    ("modifier_fit", with_lines(replace(VISIT, code="99223", modifiers=("25", "AI")))),
    ("modifier_fit", with_lines(replace(KNEE, code="28285", modifiers=("T5", "59")))),
    ("modifier_pairs", with_lines(replace(KNEE, code="97110", modifiers=("CQ", "GP", "KX")))),
    ("person", replace(_ill("O80"), patient=replace(RAYMOND, sex=Sex.FEMALE, born_on=date(1996, 1, 1)))),
    ("clia", with_lines(A1C, laboratory=FULL)),
    ("clia", with_lines(replace(A1C, modifiers=("90",)))),
    ("clia", with_lines(replace(A1C, code="86580"))),
    ("clia_waived", with_lines(replace(A1C, modifiers=("QW",)), laboratory=WAIVER)),
    ("clia_waived", with_lines(replace(A1C, code="81002"), laboratory=WAIVER)),
    ("birth_date", replace(GOOD, payer_answer=AnswerFacts(RAYMOND.born_on, ()))),
    ("member_found", replace(GOOD, payer_answer=AnswerFacts(None, ("42",)))),
    ("accident_wanted", replace(having("payer", kind=PayerKind.AUTO), accident=AUTO)),
    ("injury", replace(_ill("S61.011A"), accident=AUTO)),
    ("injury", _ill("S61.011D")),
    (
        "prior_reasons",
        replace(
            SECOND, others=(replace(FIRST, decision=replace(PAID_80, adjustments=(("CO", "45", 8500),))),)
        ),
    ),
    ("frequency", replace(GOOD, frequency=Frequency.VOID, payer_control_number="BC1")),
    *circumstance_cases.IS_SILENT,
)


def _rules_found(facts: ClaimFacts) -> set[str]:
    return {found.rule for stage in Stage for found in scrub.check(facts, stage)}


@pytest.mark.parametrize(("rule", "facts", "sentence"), SPEAKS)
def test_a_rule_says_one_sentence(rule: str, facts: ClaimFacts, sentence: str) -> None:
    found = [each for each in scrub.check(facts, Stage.RESUBMISSION) if each.rule == rule]
    assert [each.message for each in found] == [sentence]


@pytest.mark.parametrize(("rule", "facts"), IS_SILENT)
def test_a_rule_is_silent_where_nothing_is_wrong(rule: str, facts: ClaimFacts) -> None:
    assert rule not in _rules_found(facts)


def test_every_rule_of_the_table_speaks_somewhere_and_lets_a_good_claim_pass() -> None:
    facts = [each for each, _ in STOPS] + [each for each, _, _ in IS_ODD] + [each for _, each, _ in SPEAKS]
    assert set().union(*map(_rules_found, facts)) == {rule.name for rule in RULES}
    assert _rules_found(GOOD) == set()


def test_the_diagnosis_that_supports_a_line_is_the_suggestion() -> None:
    (found,) = scrub.check(_wanting(HEART, line(1), ECG))
    assert (found.field, found.line, found.suggestion) == ("diagnosis_pointers", 2, "B")
    assert (
        found.advice == "BCBS pays it for the heart. Point it to a diagnosis that does, or ask the provider."
    )


def test_a_stage_asks_only_what_can_be_judged_then() -> None:
    facts = replace(having("payer", member_id="?"), place_of_service="", lines=())
    assert [found.rule for found in scrub.check(facts, Stage.BOOKING)] == ["member_id"]
    assert {rule.name for rule in RULES if Stage.BATCH in rule.stages} <= {
        rule.name for rule in RULES if Stage.RESUBMISSION in rule.stages
    }
    assert {rule.name for rule in RULES if Stage.BATCH in rule.stages} == {
        rule.name for rule in RULES if Stage.CHARGE_ENTRY in rule.stages
    }


def test_the_payer_before_counts_only_before_the_one_that_is_asked() -> None:
    assert "prior_reasons" not in _rules_found(
        replace(GOOD, others=(replace(FIRST, payer=replace(GOOD.payer, rank=2)),))
    )
