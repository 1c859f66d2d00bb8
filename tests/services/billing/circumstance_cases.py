"""What the rules about dates, hospital, a case, services bought outside and new patients say, and when."""

from dataclasses import replace
from datetime import date
from typing import Any

from frontdesk.formats.x12.professional_claim import Address
from frontdesk.models.billing.assigned_number import Holder, Qualifier
from frontdesk.models.billing.claim_circumstances import Delay, OtherDate, ReferenceKind, Screening
from frontdesk.models.billing.claim_parts import AccidentKind, ProviderRole
from frontdesk.models.billing.claim_rules import CodeRuleKind
from frontdesk.models.billing.claims import Frequency
from frontdesk.models.registration.coverage import MedicareSecondary
from frontdesk.models.registration.payer import PayerKind
from frontdesk.services.billing.circumstance_facts import Circumstances, LineMarks, Outside, Reference
from frontdesk.services.billing.claim_facts import (
    AccidentFacts,
    ClaimFacts,
    Decision,
    Demand,
    NamedProvider,
    NumberFacts,
    OtherPayerFacts,
)
from tests.builders.claim_facts import GOOD, RAYMOND, having, line, with_lines

AUTO = AccidentFacts(AccidentKind.AUTO, date(2026, 3, 10), "OR")
VISIT = line(1, code="99213", modifiers=())
SPINE = line(1, code="98940", modifiers=())
SALEM = Address("9 Shore Road", "", "Salem", "OR", "973011830")
LAB = Outside("Tide Laboratory", "1993999998", "9 Shore Road", "Salem", "OR", "973011830")
MEDICARE = having("payer", kind=PayerKind.MEDICARE, member_id="1EG4TE5MK73")


OTHER = OtherPayerFacts(replace(GOOD.payer, name="Blue Shield", rank=2), RAYMOND, None)
PAID = Decision(date(2026, 3, 20), 8000, "BC1", (), ())
SECOND = replace(
    having("payer", kind=PayerKind.MEDICARE, member_id="1EG4TE5MK73", rank=2),
    others=(OtherPayerFacts(GOOD.payer, RAYMOND, PAID),),
)


def _told(**values: Any) -> ClaimFacts:  # Any: fields of several kinds
    return replace(GOOD, told=Circumstances(**values))


SPEAKS: tuple[tuple[str, ClaimFacts, str], ...] = (
    (
        "case_number",
        replace(having("payer", kind=PayerKind.WORKERS_COMP), accident=AUTO),
        "The number of the case is missing.",
    ),
    ("illness_date", _told(onset_on=date(2026, 3, 14)), "The illness began after the visit."),
    ("hospital_stay", replace(GOOD, place_of_service="21"), "The day of admission is missing."),
    (
        "outside_service",
        _told(lines=(LineMarks(1, bought_cents=4500),)),
        "A service was bought outside, and nobody is named.",
    ),
    ("outside_service", _told(outside=LAB), "Somebody outside is named, and no line was bought."),
    (
        "screening_result",
        _told(lines=(LineMarks(1, is_screening=True),)),
        "A screening does not say what it led to.",
    ),
    (
        "filed_late",
        replace(_told(delay=Delay.OTHER), today=date(2026, 6, 12)),
        "The time to file ended on 06/11/2026; the claim says why it is late.",
    ),
    (
        "payer_numbers",
        replace(GOOD, demands=(Demand(CodeRuleKind.PROVIDER_NUMBER, "99*"),)),
        "BCBS wants its own number of Dr. Lee.",
    ),
    (
        "payer_numbers",
        replace(GOOD, demands=(Demand(CodeRuleKind.PRACTICE_NUMBER, "99214"),)),
        "BCBS wants its own number of the practice.",
    ),
    (
        "payer_numbers",
        replace(
            having("site", address=SALEM, name="Pier Clinic"),
            demands=(Demand(CodeRuleKind.SITE_NUMBER, "99214"),),
        ),
        "BCBS wants its own number of Pier Clinic.",
    ),
    (
        "payer_numbers",
        replace(
            GOOD,
            providers=(NamedProvider(ProviderRole.REFERRING, "Farrow", "Celeste", "1234567893"),),
            demands=(Demand(CodeRuleKind.REFERRING_NUMBER, "99214"),),
        ),
        "BCBS wants its own number of who referred.",
    ),
    ("unlisted", with_lines(line(code="J3490", modifiers=())), "Line 1: J3490 does not say what was done."),
    (
        "anesthesia_minutes",
        with_lines(line(code="00100", modifiers=())),
        "Line 1: 00100 is counted in minutes.",
    ),
    (
        "mammography",
        with_lines(line(code="77067", modifiers=())),
        "The number of the mammography certificate is missing.",
    ),
    (
        "care_plan",
        replace(MEDICARE, lines=(line(code="G0181", modifiers=()),)),
        "Medicare wants to know whose care was overseen.",
    ),
    (
        "trial",
        replace(MEDICARE, lines=(line(modifiers=("Q1",)),)),
        "Medicare wants the number of the clinical trial.",
    ),
    ("medicare_second", SECOND, "Nothing says why Medicare pays second."),
    (
        "medicare_original",
        replace(MEDICARE, frequency=Frequency.REPLACEMENT, payer_control_number="M1"),
        "Medicare takes no claim that replaces another.",
    ),
    (
        "payer_number",
        replace(GOOD, others=(replace(OTHER, payer=replace(OTHER.payer, number="")),)),
        "Blue Shield has no payer ID.",
    ),
    (
        "member_id",
        replace(GOOD, others=(replace(OTHER, payer=replace(OTHER.payer, member_id="")),)),
        "The member ID with Blue Shield is not valid.",
    ),
    (
        "subscriber",
        replace(GOOD, others=(replace(OTHER, subscriber=replace(RAYMOND, last="")),)),
        "The subscriber with Blue Shield has no name.",
    ),
    (
        "first_treatment",
        replace(MEDICARE, lines=(SPINE,)),
        "Medicare wants to know when the treatment of the spine began.",
    ),
    (
        "active_treatment",
        replace(MEDICARE, lines=(SPINE,)),
        "Line 1: 98940 without AT is maintenance, which Medicare does not pay.",
    ),
    (
        "new_patient",
        with_lines(line(code="99203"), seen_before_on=date(2024, 5, 2)),
        "Line 1: 99203 is for new patients; this one was seen 05/02/2024.",
    ),
    (
        "telehealth",
        replace(GOOD, place_of_service="10"),
        "Line 1: the place is telehealth, and no modifier says how.",
    ),
)

IS_SILENT: tuple[tuple[str, ClaimFacts], ...] = (
    (
        "medicare_second",
        replace(SECOND, payer=replace(SECOND.payer, secondary_reason=MedicareSecondary.WORKING_AGED)),
    ),
    (
        "payer_numbers",
        replace(
            GOOD,
            demands=(Demand(CodeRuleKind.PROVIDER_NUMBER, "99*"), Demand(CodeRuleKind.SITE_NUMBER, "99*")),
            numbers=(NumberFacts(Holder.PROVIDER, "", Qualifier.OF_PAYER, "LEE77"),),
        ),
    ),
    ("payer_numbers", replace(GOOD, demands=(Demand(CodeRuleKind.REFERRING_NUMBER, "99*"),))),
    (
        "unlisted",
        with_lines(
            line(code="J3490", modifiers=()),
            told=Circumstances(lines=(LineMarks(1, description="Saline"),)),
        ),
    ),
    (
        "anesthesia_minutes",
        with_lines(line(code="00100", modifiers=()), told=Circumstances(lines=(LineMarks(1, minutes=45),))),
    ),
    (
        "mammography",
        with_lines(
            line(code="77067", modifiers=()),
            told=Circumstances(references=(Reference(ReferenceKind.MAMMOGRAPHY, "M1"),)),
        ),
    ),
    ("care_plan", with_lines(line(code="G0181", modifiers=()))),
    (
        "trial",
        replace(
            MEDICARE,
            lines=(line(modifiers=("Q1",)),),
            told=Circumstances(references=(Reference(ReferenceKind.TRIAL, "01234567"),)),
        ),
    ),
    ("medicare_second", MEDICARE),
    ("medicare_second", replace(SECOND, others=())),
    ("medicare_original", MEDICARE),
    ("payer_number", replace(GOOD, others=(OTHER,))),
    ("case_number", replace(having("payer", kind=PayerKind.AUTO), case_number="A-77")),
    ("case_number", replace(having("payer", kind=PayerKind.AUTO), told=Circumstances(case_number="A-77"))),
    ("illness_date", _told(onset_on=date(2026, 3, 13))),
    (
        "hospital_stay",
        replace(GOOD, place_of_service="21", told=Circumstances(admitted_on=date(2026, 3, 12))),
    ),
    ("outside_service", _told(outside=LAB, lines=(LineMarks(1, bought_cents=4500),))),
    (
        "screening_result",
        _told(screening=Screening.NO_REFERRAL, lines=(LineMarks(1, is_screening=True),)),
    ),
    ("timely_filing", replace(_told(delay=Delay.OTHER), today=date(2026, 6, 12))),
    (
        "first_treatment",
        replace(
            MEDICARE,
            lines=(SPINE,),
            told=Circumstances(other_kind=OtherDate.INITIAL_TREATMENT, other_on=date(2026, 3, 2)),
        ),
    ),
    ("active_treatment", replace(MEDICARE, lines=(replace(SPINE, modifiers=("AT",)),))),
    ("new_patient", with_lines(line(code="99203"))),
    ("new_patient", with_lines(VISIT, seen_before_on=date(2024, 5, 2))),
    ("telehealth", with_lines(replace(VISIT, modifiers=("95",)), place_of_service="02")),
)
