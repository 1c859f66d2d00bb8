"""The check of a claim before it goes out: one table of small rules, each with owner, weight and fix."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from frontdesk.models.billing.claims import Severity
from frontdesk.services.billing import scrub_parties, scrub_services, scrub_timing
from frontdesk.services.billing.claim_facts import ClaimFacts
from frontdesk.services.billing.scrub_found import Found, Owner, Target

Look = Callable[[ClaimFacts], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to look at: who puts it right, how much it weighs, and where it is put right."""

    name: str
    severity: Severity
    owner: Owner
    target: Target
    look: Look


@dataclass(frozen=True, slots=True)
class ClaimFinding:
    """What a rule found on a claim."""

    rule: str
    severity: Severity
    owner: Owner
    target: Target
    message: str
    advice: str
    field: str
    line: int | None
    suggestion: str


_BLOCK, _WARN, _INFO = Severity.BLOCK, Severity.WARN, Severity.INFO

RULES: tuple[Rule, ...] = (
    Rule("billing_npi", _BLOCK, Owner.MANAGER, Target.PRACTICE, scrub_parties.billing_npi),
    Rule("billing_tax_id", _BLOCK, Owner.MANAGER, Target.PRACTICE, scrub_parties.billing_tax_id),
    Rule("billing_taxonomy", _BLOCK, Owner.MANAGER, Target.PRACTICE, scrub_parties.billing_taxonomy),
    Rule("billing_zip", _BLOCK, Owner.MANAGER, Target.PRACTICE, scrub_parties.billing_zip),
    Rule("rendering_npi", _BLOCK, Owner.MANAGER, Target.PROVIDER, scrub_parties.rendering_npi),
    Rule("rendering_taxonomy", _BLOCK, Owner.MANAGER, Target.PROVIDER, scrub_parties.rendering_taxonomy),
    Rule("facility_zip", _BLOCK, Owner.MANAGER, Target.SITE, scrub_parties.facility_zip),
    Rule("payer_number", _BLOCK, Owner.BILLING, Target.PAYER, scrub_parties.payer_number),
    Rule("member_id", _BLOCK, Owner.DESK, Target.COVERAGE, scrub_parties.member_id),
    Rule("medicare_number", _WARN, Owner.DESK, Target.COVERAGE, scrub_parties.medicare_number),
    Rule("subscriber", _BLOCK, Owner.DESK, Target.COVERAGE, scrub_parties.subscriber),
    Rule("patient_address", _BLOCK, Owner.DESK, Target.PATIENT, scrub_parties.patient_address),
    Rule("patient_born", _BLOCK, Owner.DESK, Target.PATIENT, scrub_parties.patient_born),
    Rule("patient_sex", _INFO, Owner.DESK, Target.PATIENT, scrub_parties.patient_sex),
    Rule("coverage_on_date", _BLOCK, Owner.DESK, Target.COVERAGE, scrub_timing.coverage_on_date),
    Rule("payer_order", _BLOCK, Owner.BILLING, Target.COVERAGE, scrub_timing.payer_order),
    Rule("prior_balance", _WARN, Owner.BILLING, Target.CLAIM, scrub_timing.prior_balance),
    Rule("self_pay", _BLOCK, Owner.DESK, Target.COVERAGE, scrub_timing.self_pay),
    Rule("referral", _BLOCK, Owner.DESK, Target.AUTHORIZATION, scrub_timing.referral),
    Rule("authorization", _WARN, Owner.DESK, Target.AUTHORIZATION, scrub_timing.authorization),
    Rule("service_date", _BLOCK, Owner.BILLING, Target.SUPERBILL, scrub_timing.service_date),
    Rule("timely_filing", _BLOCK, Owner.BILLING, Target.CLAIM, scrub_timing.timely_filing),
    Rule("filing_soon", _WARN, Owner.BILLING, Target.CLAIM, scrub_timing.filing_soon),
    Rule("frequency", _BLOCK, Owner.BILLING, Target.CLAIM, scrub_timing.frequency),
    Rule("place_of_service", _BLOCK, Owner.BILLING, Target.CLAIM, scrub_services.place_of_service),
    Rule("diagnoses", _BLOCK, Owner.PROVIDER, Target.SUPERBILL, scrub_services.diagnoses),
    Rule("diagnosis_valid", _BLOCK, Owner.PROVIDER, Target.SUPERBILL, scrub_services.diagnosis_valid),
    Rule("line_count", _BLOCK, Owner.BILLING, Target.SUPERBILL, scrub_services.line_count),
    Rule("code_valid", _BLOCK, Owner.BILLING, Target.SUPERBILL, scrub_services.code_valid),
    Rule("modifiers", _BLOCK, Owner.BILLING, Target.SUPERBILL, scrub_services.modifiers),
    Rule("pointers", _BLOCK, Owner.PROVIDER, Target.CLAIM, scrub_services.pointers),
    Rule("voided_line", _BLOCK, Owner.BILLING, Target.SUPERBILL, scrub_services.voided_line),
    Rule("duplicate_line", _WARN, Owner.BILLING, Target.SUPERBILL, scrub_services.duplicate_line),
    Rule("duplicate_claim", _BLOCK, Owner.BILLING, Target.CLAIM, scrub_services.duplicate_claim),
)

_WEIGHT = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.INFO: 2}


def check(facts: ClaimFacts, rules: tuple[Rule, ...] = RULES) -> tuple[ClaimFinding, ...]:
    """Everything the rules find, what blocks first."""
    return tuple(sorted(_found(facts, rules), key=lambda finding: _WEIGHT[finding.severity]))


def _found(facts: ClaimFacts, rules: tuple[Rule, ...]) -> Iterator[ClaimFinding]:
    for rule in rules:
        for found in rule.look(facts):
            yield ClaimFinding(
                rule=rule.name,
                severity=rule.severity,
                owner=rule.owner,
                target=rule.target,
                message=found.message,
                advice=found.advice,
                field=found.field,
                line=found.line,
                suggestion=found.suggestion,
            )
