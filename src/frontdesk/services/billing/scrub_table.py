"""The rules of the claim check in one table: weight, who puts it right where, when it runs; and in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Flag, auto

from frontdesk.models.billing.claims import Severity
from frontdesk.services.billing import scrub_circumstances as told_of
from frontdesk.services.billing import scrub_codes as codes
from frontdesk.services.billing import scrub_demands as demands
from frontdesk.services.billing import scrub_modifiers as modifiers
from frontdesk.services.billing import scrub_numbers as numbers
from frontdesk.services.billing import scrub_paper as paper
from frontdesk.services.billing import scrub_parties as parties
from frontdesk.services.billing import scrub_services as services
from frontdesk.services.billing import scrub_timing as timing
from frontdesk.services.billing import scrub_told as told
from frontdesk.services.billing.claim_facts import ClaimFacts
from frontdesk.services.billing.scrub_found import Found, Owner, Target

Look = Callable[[ClaimFacts], Iterable[Found]]


class Stage(Flag):
    """When a rule is asked: as soon as it can be judged, and at every step after."""

    BOOKING = auto()
    CHECK_IN = auto()
    CHARGE_ENTRY = auto()
    BATCH = auto()
    RESUBMISSION = auto()


@dataclass(frozen=True, slots=True)
class Weighs:
    """How much a rule weighs; what is hard (the format, or the law) has no exceptions."""

    severity: Severity
    is_hard: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to look at: the function, how much it weighs, who puts it right where, and when."""

    look: Look
    weighs: Weighs
    owner: Owner
    target: Target
    stages: Stage

    @property
    def name(self) -> str:
        """Of the function; exceptions and findings are kept under it, so it stays."""
        return self.look.__name__

    @property
    def severity(self) -> Severity:
        return self.weighs.severity

    @property
    def is_hard(self) -> bool:
        return self.weighs.is_hard

    @property
    def words(self) -> str:
        return WORDS[self.name]


_HARD = Weighs(Severity.BLOCK, is_hard=True)
_BLOCK, _WARN, _INFO = Weighs(Severity.BLOCK), Weighs(Severity.WARN), Weighs(Severity.INFO)
_LATE = Stage.CHARGE_ENTRY | Stage.BATCH | Stage.RESUBMISSION
_DESK = _LATE | Stage.CHECK_IN
_ALL = _DESK | Stage.BOOKING

RULES: tuple[Rule, ...] = (
    Rule(parties.billing_npi, _HARD, Owner.MANAGER, Target.PRACTICE, _LATE),
    Rule(parties.billing_tax_id, _HARD, Owner.MANAGER, Target.PRACTICE, _LATE),
    Rule(parties.billing_taxonomy, _BLOCK, Owner.MANAGER, Target.PRACTICE, _LATE),
    Rule(parties.billing_zip, _HARD, Owner.MANAGER, Target.PRACTICE, _LATE),
    Rule(parties.rendering_npi, _HARD, Owner.MANAGER, Target.PROVIDER, _LATE),
    Rule(parties.rendering_taxonomy, _BLOCK, Owner.MANAGER, Target.PROVIDER, _LATE),
    Rule(parties.facility_zip, _HARD, Owner.MANAGER, Target.SITE, _LATE),
    Rule(demands.other_npi, _HARD, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(demands.primary_care, _HARD, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(demands.referring, _BLOCK, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(demands.ordering, _BLOCK, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(numbers.payer_numbers, _BLOCK, Owner.BILLING, Target.SETUP, _LATE),
    Rule(parties.payer_number, _HARD, Owner.BILLING, Target.PAYER, _LATE),
    Rule(parties.member_id, _HARD, Owner.DESK, Target.COVERAGE, _ALL),
    Rule(told.member_found, _BLOCK, Owner.DESK, Target.COVERAGE, _ALL),
    Rule(parties.medicare_number, _WARN, Owner.DESK, Target.COVERAGE, _ALL),
    Rule(parties.medicare_second, _BLOCK, Owner.DESK, Target.COVERAGE, _ALL),
    Rule(parties.subscriber, _HARD, Owner.DESK, Target.COVERAGE, _ALL),
    Rule(told.relationship, _BLOCK, Owner.DESK, Target.COVERAGE, _ALL),
    Rule(told.child_of_age, _WARN, Owner.DESK, Target.COVERAGE, _ALL),
    Rule(parties.patient_address, _HARD, Owner.DESK, Target.PATIENT, _DESK),
    Rule(parties.patient_born, _HARD, Owner.DESK, Target.PATIENT, _ALL),
    Rule(told.birth_date, _BLOCK, Owner.DESK, Target.PATIENT, _ALL),
    Rule(parties.patient_sex, _INFO, Owner.DESK, Target.PATIENT, _DESK),
    Rule(timing.coverage_on_date, _BLOCK, Owner.DESK, Target.COVERAGE, _ALL),
    Rule(timing.payer_order, _BLOCK, Owner.BILLING, Target.COVERAGE, _LATE),
    Rule(told.prior_reasons, _BLOCK, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(timing.prior_balance, _WARN, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(timing.self_pay, _HARD, Owner.DESK, Target.COVERAGE, _ALL),
    Rule(timing.referral, _BLOCK, Owner.DESK, Target.AUTHORIZATION, _ALL),
    Rule(timing.authorization, _WARN, Owner.DESK, Target.AUTHORIZATION, _ALL),
    Rule(told.authorization_units, _BLOCK, Owner.DESK, Target.AUTHORIZATION, _DESK),
    Rule(demands.authorized, _BLOCK, Owner.BILLING, Target.AUTHORIZATION, _LATE),
    Rule(told.accident_wanted, _BLOCK, Owner.DESK, Target.CLAIM, _LATE),
    Rule(told.accident_whole, _HARD, Owner.DESK, Target.CLAIM, _LATE),
    Rule(told.injury, _WARN, Owner.DESK, Target.CLAIM, _LATE),
    Rule(told_of.case_number, _WARN, Owner.DESK, Target.CLAIM, _LATE),
    Rule(told_of.illness_date, _BLOCK, Owner.DESK, Target.CLAIM, _LATE),
    Rule(told_of.hospital_stay, _WARN, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(told_of.outside_service, _HARD, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(told_of.screening_result, _BLOCK, Owner.PROVIDER, Target.CLAIM, _LATE),
    Rule(told_of.first_treatment, _BLOCK, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(numbers.unlisted, _BLOCK, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(numbers.anesthesia_minutes, _BLOCK, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(numbers.mammography, _WARN, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(numbers.care_plan, _BLOCK, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(numbers.trial, _BLOCK, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(timing.service_date, _HARD, Owner.BILLING, Target.SUPERBILL, _LATE),
    Rule(timing.timely_filing, _BLOCK, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(told_of.filed_late, _WARN, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(timing.filing_soon, _WARN, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(timing.frequency, _HARD, Owner.BILLING, Target.CLAIM, Stage.RESUBMISSION),
    Rule(timing.medicare_original, _WARN, Owner.BILLING, Target.CLAIM, Stage.RESUBMISSION),
    Rule(services.diagnoses, _HARD, Owner.PROVIDER, Target.SUPERBILL, _LATE),
    Rule(services.diagnosis_valid, _BLOCK, Owner.PROVIDER, Target.SUPERBILL, _LATE),
    Rule(services.line_count, _HARD, Owner.BILLING, Target.SUPERBILL, _LATE),
    Rule(services.code_valid, _BLOCK, Owner.BILLING, Target.SUPERBILL, _LATE),
    Rule(demands.supported, _BLOCK, Owner.PROVIDER, Target.CLAIM, _LATE),
    Rule(demands.interval, _BLOCK, Owner.BILLING, Target.SUPERBILL, _LATE),
    Rule(demands.not_with, _BLOCK, Owner.BILLING, Target.SUPERBILL, _LATE),
    Rule(codes.add_on, _BLOCK, Owner.BILLING, Target.SUPERBILL, _LATE),
    Rule(services.modifiers, _HARD, Owner.BILLING, Target.SUPERBILL, _LATE),
    Rule(codes.modifier_25, _BLOCK, Owner.PROVIDER, Target.SUPERBILL, _LATE),
    Rule(modifiers.modifier_valid, _BLOCK, Owner.BILLING, Target.SUPERBILL, _LATE),
    Rule(modifiers.modifier_fit, _BLOCK, Owner.BILLING, Target.SUPERBILL, _LATE),
    Rule(modifiers.modifier_pairs, _BLOCK, Owner.BILLING, Target.SUPERBILL, _LATE),
    Rule(modifiers.modifier_50, _BLOCK, Owner.BILLING, Target.SUPERBILL, _LATE),
    Rule(told_of.active_treatment, _WARN, Owner.PROVIDER, Target.SUPERBILL, _LATE),
    Rule(told_of.new_patient, _WARN, Owner.BILLING, Target.SUPERBILL, _LATE),
    Rule(told_of.telehealth, _WARN, Owner.BILLING, Target.SUPERBILL, _LATE),
    Rule(codes.person, _WARN, Owner.BILLING, Target.SUPERBILL, _LATE),
    Rule(codes.clia, _BLOCK, Owner.MANAGER, Target.SETUP, _LATE),
    Rule(codes.clia_waived, _BLOCK, Owner.BILLING, Target.SUPERBILL, _LATE),
    Rule(demands.ndc, _BLOCK, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(demands.ndc_shape, _HARD, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(services.pointers, _HARD, Owner.PROVIDER, Target.CLAIM, _LATE),
    Rule(services.place_of_service, _HARD, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(services.voided_line, _HARD, Owner.BILLING, Target.SUPERBILL, _LATE),
    Rule(services.duplicate_line, _WARN, Owner.BILLING, Target.SUPERBILL, _LATE),
    Rule(paper.paper_form, _HARD, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(paper.paper_address, _WARN, Owner.BILLING, Target.PAYER, _LATE),
    Rule(paper.paper_form_cut, _INFO, Owner.BILLING, Target.CLAIM, _LATE),
    Rule(services.duplicate_claim, _BLOCK, Owner.BILLING, Target.CLAIM, _LATE),
)

WORDS: Mapping[str, str] = {
    "billing_npi": "The practice has a valid NPI.",
    "billing_tax_id": "The practice has a tax number of nine digits.",
    "billing_taxonomy": "The practice has a specialty (taxonomy) code.",
    "billing_zip": "The practice's ZIP has nine digits.",
    "rendering_npi": "The provider has a valid NPI.",
    "rendering_taxonomy": "The provider has a specialty (taxonomy) code.",
    "facility_zip": "Another site's ZIP has nine digits.",
    "primary_care": "A primary care provider is named beside who referred only.",
    "other_npi": "A referring, ordering or supervising provider has a valid NPI.",
    "referring": "A referring provider is named where the payer wants one.",
    "ordering": "An ordering provider is named where the payer wants one.",
    "payer_numbers": "A payer's own number is there where the payer wants it.",
    "payer_number": "Each payer has its electronic number.",
    "member_id": "Each member ID is letters and digits.",
    "member_found": "The payer's last answer knew the person.",
    "medicare_number": "A Medicare number has its eleven characters.",
    "medicare_second": "Medicare is told why it pays second.",
    "subscriber": "Each subscriber has a name, and is not the patient by mistake.",
    "relationship": "A Medicare card covers its own holder only.",
    "child_of_age": "A patient covered as a child is younger than 26.",
    "patient_address": "The patient's home address is on file.",
    "patient_born": "The patient's date of birth is on file, and before the visit.",
    "birth_date": "The date of birth is the one the payer has.",
    "patient_sex": "The sex on file with the payer is known.",
    "coverage_on_date": "The coverage holds on the day of the visit.",
    "payer_order": "The payers before have decided.",
    "prior_reasons": "The payer before gave reasons for what it did not pay.",
    "prior_balance": "What the payer before paid and cut comes to the charge of each line.",
    "self_pay": "The patient did not choose to pay without the plan.",
    "referral": "There is a referral number where the plan wants one.",
    "authorization": "The authorization has not ended before the visit.",
    "authorization_units": "The visit holds the authorized units that it needs.",
    "authorized": "There is an authorization where the payer wants one for the code.",
    "accident_wanted": "A claim to an accident's insurer says what happened.",
    "accident_whole": "An accident has its date, and an auto accident its state.",
    "injury": "A fresh injury says whether it was an accident.",
    "case_number": "An accident's insurer is told the number of the case.",
    "illness_date": "An illness did not begin after the visit.",
    "hospital_stay": "A visit to an inpatient names the day of admission.",
    "outside_service": "A service that was bought outside names who did it and what it cost.",
    "screening_result": "A screening of a child (EPSDT) says what it led to.",
    "first_treatment": "Medicare is told when the treatment of the spine began.",
    "unlisted": "A code that does not say what was done has the words for it.",
    "anesthesia_minutes": "Anesthesia is counted in minutes.",
    "mammography": "A mammography names its certificate.",
    "care_plan": "To Medicare, care plan oversight names the agency or hospice.",
    "trial": "To Medicare, what belongs to a clinical trial names it.",
    "service_date": "The day of service has come.",
    "timely_filing": "The time to file has not ended.",
    "filed_late": "What is filed after its time says why, and is named.",
    "filing_soon": "There are more than 14 days left to file.",
    "frequency": "A replacement or void names the payer's number of the first claim.",
    "medicare_original": "Medicare is sent no replacement of a claim.",
    "diagnoses": "The claim has one to twelve diagnoses.",
    "diagnosis_valid": "Each diagnosis is valid and exact enough on the day.",
    "line_count": "The claim has one to fifty services.",
    "code_valid": "Each code is valid on the day.",
    "supported": "Each code points to a diagnosis that the payer pays it for.",
    "interval": "A service is not given again sooner than the payer pays it.",
    "not_with": "A service is not billed beside one that includes it.",
    "add_on": "An add-on code stands beside the code that it adds to.",
    "modifiers": "A line has four modifiers at most, none of them twice.",
    "modifier_25": "A visit beside a procedure of the same day carries 25.",
    "modifier_valid": "Each modifier is valid on the day.",
    "modifier_fit": "Each modifier is on a code that it is for.",
    "modifier_pairs": "No two modifiers of a line contradict each other.",
    "modifier_50": "A line with modifier 50 has one unit.",
    "active_treatment": "To Medicare, active treatment of the spine carries AT.",
    "new_patient": "A code for new patients is for those not seen in three years.",
    "telehealth": "A visit by video or telephone says so with a modifier.",
    "person": "Each code fits the patient's sex and age.",
    "clia": "A test is done under the site's CLIA certificate.",
    "clia_waived": "Under a certificate of waiver a test carries QW.",
    "ndc": "A drug has its NDC where the payer wants it.",
    "ndc_shape": "An NDC has eleven digits.",
    "pointers": "Each line points to a diagnosis of the claim.",
    "place_of_service": "The place of service is a code of CMS's list.",
    "voided_line": "No line's charge was voided.",
    "duplicate_line": "No service is on the claim twice.",
    "paper_form": "Where the payer takes paper, each number and amount fits its box of the CMS-1500.",
    "paper_address": "A payer that takes paper has a mailing address.",
    "paper_form_cut": "Where the payer takes paper, names and addresses fit their boxes whole.",
    "duplicate_claim": "No other claim asks for the same service on the same day.",
}
"""What each rule wants, as the set-up and docs/claim-rules.md say it."""

BY_NAME = {rule.name: rule for rule in RULES}
