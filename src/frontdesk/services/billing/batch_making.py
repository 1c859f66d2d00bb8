"""What files and paper have in common: ready claims chosen, checked once more, kept as they went out."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import func, select

from frontdesk.formats.x12.professional_claim import Claim as WrittenClaim
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.billing.claims import (
    Channel,
    Claim,
    ClaimBatch,
    ClaimState,
    ClaimVersion,
    EventKind,
)
from frontdesk.models.billing.paper_payer import PaperPayer
from frontdesk.models.registration.coverage import Coverage
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing.claim_facts import ClaimFacts
from frontdesk.services.billing.claim_steps import check_all, is_blocked, move, only_from, record
from frontdesk.services.registration import policies
from frontdesk.services.work import Work


def chosen(work: Work, claim_ids: tuple[int, ...], payer_id: int | None, channel: Channel) -> list[Claim]:
    """These claims, or all that are ready and go this way; raises Refused where there is none.

    A claim that is named may go on paper though its payer takes files; the other way round it may not.
    """
    wanted = select(Claim).order_by(Claim.payer_id, Claim.service_on, Claim.id)
    papers = select(PaperPayer.payer_id)
    if claim_ids:
        claims = list(work.session.scalars(wanted.where(Claim.id.in_(claim_ids))))
        for claim in claims:
            only_from(claim, (ClaimState.READY,), "Only a claim that is ready can be sent.")
        if channel is Channel.FILE:
            _refuse_paper(work, claims)
    else:
        way = Claim.payer_id.in_(papers) if channel is Channel.PAPER else Claim.payer_id.not_in(papers)
        wanted = wanted.where(Claim.state == ClaimState.READY, way)
        if payer_id is not None:
            wanted = wanted.where(Claim.payer_id == payer_id)
        claims = list(work.session.scalars(wanted))
    if not claims:
        where = "to be printed" if channel is Channel.PAPER else "to send"
        raise Refused(Finding(f"No claim is ready {where}."))
    return claims


def checked(work: Work, claims: Sequence[Claim]) -> tuple[list[tuple[Claim, ClaimFacts]], tuple[int, ...]]:
    """The claims that pass the check at the last moment, with their facts; and those it stops."""
    found = check_all(work, claims)
    passed: list[tuple[Claim, ClaimFacts]] = []
    stopped: list[int] = []
    for claim in claims:
        work.concerns(claim.patient_id)
        facts, findings = found[claim.id]
        if is_blocked(findings):
            stopped.append(claim.id)
        else:
            passed.append((claim, facts))
    return passed, tuple(stopped)


def keep(work: Work, batch: ClaimBatch, chosen: Sequence[tuple[Claim, WrittenClaim]]) -> None:
    """The batch, and each claim exactly as it goes out with it."""
    work.add(batch)
    work.flush()
    versions = dict(
        work.session.execute(
            select(ClaimVersion.claim_id, func.max(ClaimVersion.number))
            .where(ClaimVersion.claim_id.in_([claim.id for claim, _ in chosen]))
            .group_by(ClaimVersion.claim_id)
        ).all()
    )
    for policy_id in _policies(work, [claim for claim, _ in chosen]):
        policies.mark_used(work, policy_id)
    for claim, written in chosen:
        claim.claim_batch_id = batch.id
        move(work, claim, ClaimState.BATCHED)
        record(work, claim, EventKind.BATCHED, said(batch))
        work.add(
            ClaimVersion(
                claim_id=claim.id,
                number=versions.get(claim.id, 0) + 1,
                claim_batch_id=batch.id,
                made_at=work.now,
                content=msgspec.json.encode(written).decode(),
            )
        )


def said(batch: ClaimBatch) -> str:
    """ "File 12 to Tide Clearing"; "On paper to Harbor Mutual, batch 13"."""
    if batch.channel is Channel.PAPER:
        return f"On paper to {batch.receiver}, batch {batch.number}"
    return f"File {batch.number} to {batch.receiver}"


def _refuse_paper(work: Work, claims: Sequence[Claim]) -> None:
    found = work.session.scalar(
        select(Payer.name)
        .join(PaperPayer, PaperPayer.payer_id == Payer.id)
        .where(Payer.id.in_({claim.payer_id for claim in claims}))
        .order_by(Payer.name)
        .limit(1)
    )
    if found is not None:
        raise Refused(Finding(f"{found} takes its claims on paper. Print them instead."))


def _policies(work: Work, claims: Sequence[Claim]) -> list[int]:
    coverages = {claim.coverage_id for claim in claims}
    wanted = select(Coverage.policy_id).where(Coverage.id.in_(coverages)).distinct()
    return list(work.session.scalars(wanted.order_by(Coverage.policy_id)))
