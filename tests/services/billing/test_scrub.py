"""The check: each rule with the exact sentence, on plain values."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from frontdesk.formats.x12.professional_claim import Address
from frontdesk.models.billing.claims import Frequency, Severity
from frontdesk.models.registration.coverage import Relationship
from frontdesk.models.registration.patient import Sex
from frontdesk.models.registration.payer import PayerKind
from frontdesk.services.billing import scrub
from frontdesk.services.billing.claim_facts import (
    ClaimFacts,
    DiagnosisFacts,
    LineFacts,
    PayerFacts,
    PersonFacts,
    PracticeFacts,
    ProviderFacts,
    SiteFacts,
)

DAY = date(2026, 3, 13)
HOME = Address("2218 Alder Court", "", "Beaverton", "OR", "97005")
HARBOR = Address("410 Harbor Street", "", "Portland", "OR", "972041830")
RAYMOND = PersonFacts("Castillo", "Raymond", "", "", date(1966, 8, 30), Sex.MALE, HOME)
LINE = LineFacts(1, 1, "26-04127-1", "99214", "Office visit", ("25",), 1, 16500, "A", DAY, True, False, "")
GOOD = ClaimFacts(
    claim_id=1,
    number="26-04127",
    today=date(2026, 3, 17),
    service_on=DAY,
    file_by_on=date(2026, 6, 11),
    charge_cents=16500,
    frequency=Frequency.ORIGINAL,
    payer_control_number="",
    place_of_service="11",
    is_place_known=True,
    diagnoses=(DiagnosisFacts("Z00.00", True, True), DiagnosisFacts("I10", True, True)),
    lines=(LINE,),
    patient=RAYMOND,
    subscriber=RAYMOND,
    payer=PayerFacts(
        "BCBS",
        "00851",
        PayerKind.BLUE,
        Address(),
        "BCBS PPO",
        False,
        "XQP884120557",
        "0071-442",
        Relationship.SELF,
        1,
        1,
        date(2026, 1, 1),
        None,
    ),
    provider=ProviderFacts("Lee", "Susan", "Dr. Lee", "1700000007", "207Q00000X"),
    practice=PracticeFacts("Harbor Point", "1234567893", "931234567", "207Q00000X", HARBOR, "5035550100"),
    site=SiteFacts("Harbor Point", "", "11", HARBOR),
    authorization="",
    referral="",
    grants_ended_on=None,
    is_self_pay=False,
    withholds_from_payer=False,
)


def said(facts: ClaimFacts) -> list[str]:
    return [finding.message for finding in scrub.check(facts)]


def _with(part: str, **values: Any) -> ClaimFacts:  # Any: fields of several kinds of facts
    return replace(GOOD, **{part: replace(getattr(GOOD, part), **values)})


def _line(**values: Any) -> ClaimFacts:  # Any: as above
    return replace(GOOD, lines=(replace(LINE, **values),))


def test_a_good_claim_has_nothing_to_say() -> None:
    assert said(GOOD) == []


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (_with("practice", npi="1234567890"), "The practice's NPI is not valid."),
        (_with("practice", tax_id="93123456"), "The practice's tax number is not valid."),
        (_with("practice", taxonomy=""), "The practice has no taxonomy code."),
        (
            _with("practice", address=Address("410 Harbor Street", "", "Portland", "OR", "97204")),
            "The practice's ZIP has five digits.",
        ),
        (_with("provider", npi="1700000008"), "The NPI of Dr. Lee is not valid."),
        (_with("provider", taxonomy=""), "Dr. Lee has no taxonomy code."),
        (
            _with(
                "site", name="Pier Street", address=Address("12 Pier Street", "", "Portland", "OR", "97209")
            ),
            "The ZIP of Pier Street has five digits.",
        ),
        (_with("payer", number=""), "BCBS has no payer ID."),
        (_with("payer", member_id="XQP 88?"), "The member ID is not valid."),
        (_with("subscriber", last=""), "The subscriber has no name."),
        (
            _with("payer", relationship=Relationship.SPOUSE),
            "The patient is the subscriber, yet not marked so.",
        ),
        (_with("patient", address=None), "The patient's home address is missing."),
        (
            _with("patient", address=Address("2218 Alder Court", "", "Beaverton", "OR", "")),
            "The ZIP of the patient's address is missing.",
        ),
        (_with("patient", born_on=None), "The patient's date of birth is missing."),
        (_with("patient", born_on=date(2026, 3, 14)), "The visit is before the patient's birth."),
        (
            _with("payer", covers_from=date(2026, 3, 14)),
            "BCBS PPO starts on 03/14/2026, after the visit.",
        ),
        (
            _with("payer", covers_until=date(2026, 3, 12)),
            "BCBS PPO ended on 03/12/2026, before the visit.",
        ),
        (_with("payer", rank=2), "Another insurer pays first, and has not decided yet."),
        (
            replace(GOOD, is_self_pay=True, withholds_from_payer=True),
            "The patient asked that the plan not be told of this visit.",
        ),
        (replace(GOOD, is_self_pay=True), "The patient chose self-pay for this day."),
        (_with("payer", needs_referral=True), "BCBS PPO needs a referral number."),
        (replace(GOOD, today=DAY - timedelta(days=1)), "The day of service is still to come."),
        (replace(GOOD, file_by_on=date(2026, 3, 16)), "The time to file ended on 03/16/2026."),
        (
            replace(GOOD, frequency=Frequency.REPLACEMENT),
            "The payer's number of the first claim is missing.",
        ),
        (replace(GOOD, place_of_service=""), "Place of service is empty."),
        (replace(GOOD, place_of_service="98", is_place_known=False), "98 is no place of service."),
        (
            replace(GOOD, diagnoses=(replace(GOOD.diagnoses[0], is_known=False),)),
            "Z00.00 is not valid on 03/13/2026.",
        ),
        (
            replace(GOOD, diagnoses=(replace(GOOD.diagnoses[0], is_billable=False),)),
            "Z00.00 is not exact enough to bill.",
        ),
        (replace(GOOD, diagnoses=GOOD.diagnoses[:1] * 13), "The claim has 13 diagnoses; it can carry 12."),
        (replace(GOOD, lines=()), "The claim has no services."),
        (
            replace(GOOD, lines=tuple(replace(LINE, place=n, code=f"9{n:04}") for n in range(1, 52))),
            "The claim has 51 lines; it can carry 50.",
        ),
        (_line(is_known=False), "Line 1: 99214 is not valid on 03/13/2026."),
        (_line(modifiers=("25", "25")), "Line 1: a modifier is there twice, or there are more than four."),
        (_line(pointers=""), "Line 1: 99214 points to no diagnosis."),
        (_line(pointers="C"), "Line 1: 99214 points to a diagnosis that is not there."),
        (_line(is_void=True), "Line 1: the charge for 99214 was voided."),
        (_line(duplicate_of="26-03958"), "Duplicate of 26-03958: 99214 on 03/13/2026."),
    ],
)
def test_a_fault_stops_the_claim_in_one_sentence(facts: ClaimFacts, sentence: str) -> None:
    (finding,) = scrub.check(facts)
    assert (finding.message, finding.severity) == (sentence, Severity.BLOCK)


@pytest.mark.parametrize(
    ("facts", "sentence", "severity"),
    [
        (
            _with("payer", kind=PayerKind.MEDICARE, member_id="A123"),
            "The Medicare number looks wrong.",
            Severity.WARN,
        ),
        (
            replace(GOOD, grants_ended_on=date(2026, 3, 1)),
            "The authorization ended on 03/01/2026, before the visit.",
            Severity.WARN,
        ),
        (
            replace(GOOD, file_by_on=date(2026, 3, 18)),
            "The claim must be filed by 03/18/2026, 1 day left.",
            Severity.WARN,
        ),
        (
            replace(GOOD, lines=(LINE, replace(LINE, place=2))),
            "99214 is on the claim 2 times.",
            Severity.WARN,
        ),
        (
            _with("patient", sex=Sex.UNKNOWN),
            "The sex on file with the payer is unknown.",
            Severity.INFO,
        ),
    ],
)
def test_what_is_odd_is_said_and_lets_the_claim_go(
    facts: ClaimFacts, sentence: str, severity: Severity
) -> None:
    (finding,) = scrub.check(facts)
    assert (finding.message, finding.severity) == (sentence, severity)


def test_what_blocks_comes_first() -> None:
    facts = replace(_with("patient", sex=Sex.UNKNOWN), place_of_service="", file_by_on=date(2026, 3, 17))
    assert [finding.severity for finding in scrub.check(facts)] == [
        Severity.BLOCK,
        Severity.WARN,
        Severity.INFO,
    ]


def test_every_rule_has_its_own_name() -> None:
    assert len({rule.name for rule in scrub.RULES}) == len(scrub.RULES)


def test_one_diagnosis_is_the_suggestion_for_a_line_without_a_pointer() -> None:
    facts = replace(_line(pointers=""), diagnoses=GOOD.diagnoses[:1])
    (finding,) = scrub.check(facts)
    assert (finding.field, finding.line, finding.suggestion) == ("diagnosis_pointers", 1, "A")
