"""The check of a claim before it goes out: the rules of the table, weighed as the office has it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from frontdesk.models.billing.claim_rules import Weight
from frontdesk.models.billing.claims import Severity
from frontdesk.services.billing.claim_facts import ClaimFacts
from frontdesk.services.billing.scrub_found import Owner, Target
from frontdesk.services.billing.scrub_table import RULES, Rule, Stage

Weights = Mapping[str, Weight]
"""By the name of a rule: what it weighs by exception, with the payer at hand, today."""


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


_ORDER = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.INFO: 2}


def check(
    facts: ClaimFacts, stage: Stage = Stage.BATCH, weights: Weights | None = None
) -> tuple[ClaimFinding, ...]:
    """Everything the rules of a stage find, what blocks first."""
    return tuple(sorted(_found(facts, stage, weights or {}), key=lambda found: _ORDER[found.severity]))


def severity_of(rule: Rule, weights: Weights) -> Severity | None:
    """What a rule weighs; None where it is off. What is hard weighs what it weighs."""
    weight = weights.get(rule.name)
    if weight is None or rule.is_hard:
        return rule.severity
    return None if weight is Weight.OFF else Severity(weight.value)


def _found(facts: ClaimFacts, stage: Stage, weights: Weights) -> Iterator[ClaimFinding]:
    for rule in RULES:
        severity = severity_of(rule, weights)
        if stage not in rule.stages or severity is None:
            continue
        for found in rule.look(facts):
            yield ClaimFinding(
                rule=rule.name,
                severity=severity,
                owner=rule.owner,
                target=rule.target,
                message=found.message,
                advice=found.advice,
                field=found.field,
                line=found.line,
                suggestion=found.suggestion,
            )
