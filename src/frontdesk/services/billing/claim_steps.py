"""What every act on a claim has in common: its state, its timeline, its check."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.billing.claims import Claim, ClaimEvent, ClaimState, EventKind, Frequency, Severity
from frontdesk.models.billing.claims import ClaimFinding as ClaimFindingRow
from frontdesk.services.billing import claim_gather, rule_weights, scrub
from frontdesk.services.billing.claim_facts import ClaimFacts
from frontdesk.services.billing.scrub import ClaimFinding
from frontdesk.services.billing.scrub_table import Stage
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("blocked_claim", "This claim still has a problem that stops it. Nothing was sent.")
says("blocked_in_batch", "A claim of this batch has a problem now that stops it. Take it out first.")
says("finding_is_found_anew", "What a check found is not changed. Check the claim again.")
says("append_only_claim_event", "The timeline of a claim is kept. Add a note instead.")
says("append_only_claim_version", "What was sent is kept as it was. Correct the claim instead.")
says("append_only_claim_batch", "A claim file is kept as it was written. Dissolve it, and build another.")
says("uq_claim_one_draft", "This superbill has its claim already.")

EDITABLE = (ClaimState.DRAFT, ClaimState.FAILED, ClaimState.READY, ClaimState.HELD, ClaimState.REJECTED)
"""Nothing of it lies with the payer."""

WITH_PAYER = (ClaimState.SENT, ClaimState.PASSED, ClaimState.ACCEPTED, ClaimState.IN_PROCESS)
"""It is on its way, in the order in which answers move it on."""

DECIDED = (ClaimState.PAID, ClaimState.PART_PAID, ClaimState.DENIED)

SAID = {
    ClaimState.DRAFT: "is a draft",
    ClaimState.FAILED: "needs a fix",
    ClaimState.READY: "is ready to send",
    ClaimState.HELD: "is on hold",
    ClaimState.BATCHED: "is in a batch that is being sent",
    ClaimState.SENT: "was sent",
    ClaimState.PASSED: "lies with the receiver",
    ClaimState.ACCEPTED: "was accepted by the payer",
    ClaimState.REJECTED: "was rejected",
    ClaimState.IN_PROCESS: "is being processed by the payer",
    ClaimState.PAID: "was paid",
    ClaimState.PART_PAID: "was paid in part",
    ClaimState.DENIED: "was denied",
    ClaimState.APPEALED: "was appealed",
    ClaimState.CORRECTED: "was replaced by another claim",
    ClaimState.VOID: "is void",
    ClaimState.CLOSED: "is closed",
}


def claim_of(work: Work, claim_id: int, version: int | None = None) -> Claim:
    """The claim, as it was seen where a version is given; it concerns its patient."""
    claim = work.get(Claim, claim_id, version)
    work.concerns(claim.patient_id)
    return claim


def record(work: Work, claim: Claim, kind: EventKind, detail: str = "") -> None:
    """One entry of the timeline; a change makes the claim another one than somebody may have seen."""
    if kind is EventKind.CHANGED:
        flag_modified(claim, "diagnoses")
    work.add(ClaimEvent(**event(work, claim.id, kind, detail)))


def event(work: Work, claim_id: int, kind: EventKind, detail: str = "") -> dict[str, Any]:
    """The columns of an entry of the timeline, where many are written at once. Any: column values."""
    return {
        "id": work.new_id(),
        "claim_id": claim_id,
        "kind": kind,
        "at": work.now,
        "by": work.actor.name,
        "detail": detail,
    }


def move(work: Work, claim: Claim, state: ClaimState) -> None:
    """Let the claim stand elsewhere from now on."""
    if claim.state is not state:
        claim.state, claim.state_since_at = state, work.now


def only_from(claim: Claim, states: Iterable[ClaimState], instead: str) -> None:
    """Raise Refused unless the claim stands in one of these states; `instead` says what to do."""
    if claim.state not in states:
        raise Refused(Finding(f"Claim {claim.number} {SAID[claim.state]}. {instead}"))


def check_all(work: Work, claims: Iterable[Claim]) -> dict[int, tuple[ClaimFacts, tuple[ClaimFinding, ...]]]:
    """Check claims and keep what was found; those failed or ready go where they now belong."""
    by_id = {claim.id: claim for claim in claims}
    checked = {}
    work.flush()
    weights = rule_weights.today(work)
    for facts in claim_gather.facts(work, by_id):
        claim = by_id[facts.claim_id]
        findings = scrub.check(facts, stage_of(claim), weights.with_payer(claim.payer_id))
        checked[facts.claim_id] = (facts, findings)
        _keep(work, claim, findings)
    return checked


def stage_of(claim: Claim) -> Stage:
    """What a check of the claim is for, where it stands now."""
    if claim.frequency is not Frequency.ORIGINAL or claim.state is ClaimState.REJECTED:
        return Stage.RESUBMISSION
    return Stage.CHARGE_ENTRY if claim.state is ClaimState.DRAFT else Stage.BATCH


def is_blocked(findings: Iterable[ClaimFinding]) -> bool:
    """Whether something found stops the claim."""
    return any(finding.severity is Severity.BLOCK for finding in findings)


def _keep(work: Work, claim: Claim, findings: tuple[ClaimFinding, ...]) -> None:
    work.session.execute(delete(ClaimFindingRow).where(ClaimFindingRow.claim_id == claim.id))
    for place, finding in enumerate(findings, 1):
        work.add(
            ClaimFindingRow(
                claim_id=claim.id,
                place=place,
                rule=finding.rule,
                severity=finding.severity,
                owner=finding.owner,
                target=finding.target,
                message=finding.message,
                advice=finding.advice,
                field=finding.field,
                line=finding.line,
                suggestion=finding.suggestion,
            )
        )
    if claim.state in (ClaimState.DRAFT, ClaimState.FAILED, ClaimState.READY):
        weighty = [finding for finding in findings if finding.severity is not Severity.INFO]
        claim.problem_code, claim.problem = "", weighty[0].message if weighty else ""
        claim.problem_count = len(weighty)
    if claim.state in (ClaimState.FAILED, ClaimState.READY):
        before = claim.state
        move(work, claim, ClaimState.FAILED if is_blocked(findings) else ClaimState.READY)
        if claim.state is not before:
            record(work, claim, EventKind.CHECKED, said(findings))


def said(findings: tuple[ClaimFinding, ...]) -> str:
    """What a check found, in a sentence."""
    blocks = sum(finding.severity is Severity.BLOCK for finding in findings)
    if blocks:
        return f"Check found {blocks} problem{'s' if blocks > 1 else ''}"
    return "Check found nothing that stops it"
