"""The check: each rule with the exact sentence, on plain values."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from frontdesk.formats.x12.professional_claim import Address
from frontdesk.models.billing.claims import Severity
from frontdesk.models.registration.coverage import Relationship
from frontdesk.models.registration.patient import Sex
from frontdesk.models.registration.payer import PayerKind
from frontdesk.services.billing import scrub
from frontdesk.services.billing.claim_facts import ClaimFacts
from frontdesk.services.billing.scrub_table import RULES
from tests.builders.claim_facts import DAY, GOOD, LINE, having, line, with_lines


def said(facts: ClaimFacts) -> list[str]:
    return [finding.message for finding in scrub.check(facts)]


def test_a_good_claim_has_nothing_to_say() -> None:
    assert said(GOOD) == []


MAILBOX = Address("PO Box 9", "", "Salem", "OR", "97308")
STOPS: tuple[tuple[ClaimFacts, str], ...] = (
    (having("practice", npi="1234567890"), "The practice's NPI is not valid."),
    (having("practice", tax_id="93123456"), "The practice's tax number is not valid."),
    (having("practice", taxonomy=""), "The practice has no taxonomy code."),
    (
        having("practice", address=Address("410 Harbor Street", "", "Portland", "OR", "97204")),
        "The practice's ZIP has five digits.",
    ),
    (having("provider", npi="1700000008"), "The NPI of Dr. Lee is not valid."),
    (having("provider", taxonomy=""), "Dr. Lee has no taxonomy code."),
    (
        having("site", name="Pier Street", address=Address("12 Pier Street", "", "Portland", "OR", "97209")),
        "The ZIP of Pier Street has five digits.",
    ),
    (having("payer", number=""), "BCBS has no payer ID."),
    (having("payer", member_id="XQP 88?"), "The member ID is not valid."),
    (having("subscriber", last=""), "The subscriber has no name."),
    (
        having("payer", relationship=Relationship.SPOUSE),
        "The patient is the subscriber, yet not marked so.",
    ),
    (having("patient", address=None), "The patient's home address is missing."),
    (
        having("patient", address=Address("2218 Alder Court", "", "Beaverton", "OR", "")),
        "The ZIP of the patient's address is missing.",
    ),
    (having("patient", born_on=None), "The patient's date of birth is missing."),
    (having("patient", born_on=date(2026, 3, 14)), "The visit is before the patient's birth."),
    (
        having("payer", covers_from=date(2026, 3, 14)),
        "BCBS PPO starts on 03/14/2026, after the visit.",
    ),
    (
        having("payer", covers_until=date(2026, 3, 12)),
        "BCBS PPO ended on 03/12/2026, before the visit.",
    ),
    (having("payer", rank=2), "Another insurer pays first, and has not decided yet."),
    (
        replace(GOOD, is_self_pay=True, withholds_from_payer=True),
        "The patient asked that the plan not be told of this visit.",
    ),
    (replace(GOOD, is_self_pay=True), "The patient chose self-pay for this day."),
    (having("payer", needs_referral=True), "BCBS PPO needs a referral number."),
    (replace(GOOD, today=DAY - timedelta(days=1)), "The day of service is still to come."),
    (replace(GOOD, file_by_on=date(2026, 3, 16)), "The time to file ended on 03/16/2026."),
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
        replace(GOOD, lines=tuple(line(n, code=f"9{n:04}", modifiers=()) for n in range(1, 52))),
        "The claim has 51 lines; it can carry 50.",
    ),
    (with_lines(line(is_known=False)), "Line 1: 99214 is not valid on 03/13/2026."),
    (
        with_lines(line(modifiers=("25", "25"))),
        "Line 1: a modifier is there twice, or there are more than four.",
    ),
    (with_lines(line(pointers="")), "Line 1: 99214 points to no diagnosis."),
    (with_lines(line(pointers="C")), "Line 1: 99214 points to a diagnosis that is not there."),
    (with_lines(line(is_void=True)), "Line 1: the charge for 99214 was voided."),
    (with_lines(line(duplicate_of="26-03958")), "Duplicate of 26-03958: 99214 on 03/13/2026."),
    (
        replace(having("payer", member_id="M" * 40, address=MAILBOX), is_on_paper=True),
        "The member ID is too long for box 1a of the paper form (29 characters).",
    ),
)


@pytest.mark.parametrize(("facts", "sentence"), STOPS)
def test_a_fault_stops_the_claim_in_one_sentence(facts: ClaimFacts, sentence: str) -> None:
    (finding,) = scrub.check(facts)
    assert (finding.message, finding.severity) == (sentence, Severity.BLOCK)


IS_ODD: tuple[tuple[ClaimFacts, str, Severity], ...] = (
    (
        having("payer", kind=PayerKind.MEDICARE, member_id="A123"),
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
        having("patient", sex=Sex.UNKNOWN),
        "The sex on file with the payer is unknown.",
        Severity.INFO,
    ),
    (
        replace(having("payer", address=Address()), is_on_paper=True),
        "BCBS has no mailing address.",
        Severity.WARN,
    ),
    (
        replace(
            having("payer", plan="Preferred Provider Network of Oregon", address=MAILBOX), is_on_paper=True
        ),
        "The plan's name is too long for box 11c of the paper form (29 characters).",
        Severity.INFO,
    ),
)


@pytest.mark.parametrize(("facts", "sentence", "severity"), IS_ODD)
def test_what_is_odd_is_said_and_lets_the_claim_go(
    facts: ClaimFacts, sentence: str, severity: Severity
) -> None:
    (finding,) = scrub.check(facts)
    assert (finding.message, finding.severity) == (sentence, severity)


def test_what_blocks_comes_first() -> None:
    facts = replace(having("patient", sex=Sex.UNKNOWN), place_of_service="", file_by_on=date(2026, 3, 17))
    assert [finding.severity for finding in scrub.check(facts)] == [
        Severity.BLOCK,
        Severity.WARN,
        Severity.INFO,
    ]


def test_every_rule_has_its_own_name() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_one_diagnosis_is_the_suggestion_for_a_line_without_a_pointer() -> None:
    facts = replace(with_lines(line(pointers="")), diagnoses=GOOD.diagnoses[:1])
    (finding,) = scrub.check(facts)
    assert (finding.field, finding.line, finding.suggestion) == ("diagnosis_pointers", 1, "A")
