"""Claims on paper: printed on the CMS-1500, kept as they were printed, mailed."""

from dataclasses import dataclass

from sqlalchemy import func, select

from frontdesk.formats.pdf.cms1500 import Offset, cms1500_pdf, looked_at, moved
from frontdesk.formats.pdf.cms1500_boxes import Filled
from frontdesk.formats.pdf.cms1500_sheet import Piece
from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.claims import BatchState, Channel, Claim, ClaimBatch, ClaimState, ClaimVersion
from frontdesk.models.billing.paper_payer import PaperPayer
from frontdesk.models.records.content import MediaType
from frontdesk.services.billing import batch_making, batches, claim_content, paper_content, paper_payers
from frontdesk.services.billing.claim_facts import ClaimFacts
from frontdesk.services.billing.paper_payers import PaperRule
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.records import content
from frontdesk.services.work import Work

_Ready = tuple[Claim, ClaimFacts, Filled]


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of the claims that go on paper."""

    batch_ids: tuple[int, ...]
    claims: int
    forms: int
    stopped: tuple[int, ...]
    """Claims that the check stopped at the last moment; they need a fix."""
    remarks: tuple[str, ...]
    """What the forms have no room for, a sentence each."""


@dataclass(frozen=True, slots=True)
class Look:
    """The forms as they look on their paper, and what goes to the printer."""

    shown: bytes
    printed: bytes


@dataclass(frozen=True, slots=True)
class Waiting:
    """Ready claims whose payers take paper."""

    claims: int
    charge_cents: int


def _built(done: Performed) -> Undo | None:
    return Undo(batches.dissolve, batch_ids=done.result.batch_ids) if done.result.batch_ids else None


@command("Print claims on paper", permission="billing.claims", undo=_built)
def build(work: Work, *, claim_ids: tuple[int, ...] = (), payer_id: int | None = None) -> Printed:
    """Check the ready claims (these, or all that go on paper) once more and print those that pass, by payer.

    Raises Refused when a claim that was named is not ready or does not fit the form, and when none is left.
    """
    passed, stopped = batch_making.checked(
        work, batch_making.chosen(work, claim_ids, payer_id, Channel.PAPER)
    )
    phones = paper_content.phones(work, [claim.id for claim, _ in passed])
    ready = [
        (claim, facts, paper_content.boxes(facts, phones[claim.id], work.today)) for claim, facts in passed
    ]
    refuse_if_any(
        [
            Finding(f"Claim {claim.number}: {unfit.message} {unfit.advice}".strip())
            for claim, _, form in ready
            for unfit in form.unfit
            if not unfit.is_cut
        ]
    )
    rules = paper_payers.on_paper(work, {claim.payer_id for claim, _, _ in ready})
    by_payer: dict[int, list[_Ready]] = {}
    for one in ready:
        by_payer.setdefault(one[0].payer_id, []).append(one)
    made = [_batch(work, some, rules.get(payer, PaperRule())) for payer, some in by_payer.items()]
    return Printed(
        batch_ids=tuple(batch.id for batch in made),
        claims=len(ready),
        forms=sum(len(form.forms) for _, _, form in ready),
        stopped=stopped,
        remarks=_remarks(ready),
    )


@query(permission="billing.claims")
def printed_pdf(work: Work, *, batch_id: int, right: int = 0, down: int = 0) -> bytes:
    """The forms of a batch, the same bytes each time; moved for the printer of a station."""
    batch = work.get(ClaimBatch, batch_id)
    if batch.channel is not Channel.PAPER:
        raise Refused(Finding("These claims went into a file. Write it again instead."))
    return moved(content.read(work.session, batch.sha256), Offset(right, down))


@query(permission="billing.claims")
def look(work: Work, *, batch_id: int, right: int = 0, down: int = 0) -> Look:
    """The forms of a batch for the screen and for the printer."""
    kept = printed_pdf(work, batch_id=batch_id)
    return Look(looked_at(kept), moved(kept, Offset(right, down)))


@query(permission="billing.view")
def waiting(work: Work, *, payer_id: int | None = None) -> Waiting:
    """The ready claims that go on paper."""
    wanted = select(func.count(), func.coalesce(func.sum(Claim.charge_cents), 0)).where(
        Claim.state == ClaimState.READY, Claim.payer_id.in_(select(PaperPayer.payer_id))
    )
    if payer_id is not None:
        wanted = wanted.where(Claim.payer_id == payer_id)
    claims, cents = work.session.execute(wanted).one()
    return Waiting(claims, int(cents))


@query(permission="billing.view")
def batch_of(work: Work, *, claim_id: int) -> int | None:
    """The paper batch that a claim went out with last; None where it went into files only."""
    return work.session.scalar(
        select(ClaimVersion.claim_batch_id)
        .join(ClaimBatch, ClaimBatch.id == ClaimVersion.claim_batch_id)
        .where(
            ClaimVersion.claim_id == claim_id,
            ClaimBatch.channel == Channel.PAPER,
            ClaimBatch.state != BatchState.DISSOLVED,
        )
        .order_by(ClaimVersion.number.desc())
        .limit(1)
    )


def _remarks(ready: list[_Ready]) -> tuple[str, ...]:
    """What is cut: once where it is the office's own, else with the claim's number."""
    own: dict[str, None] = {}
    others: list[str] = []
    for claim, _, form in ready:
        for unfit in form.unfit:
            said = f"{unfit.message} {unfit.advice}"
            if unfit.box.startswith(paper_content.OFFICE_BOXES):
                own[said] = None
            else:
                others.append(f"Claim {claim.number}: {said}")
    return (*own, *others)


def _batch(work: Work, ready: list[_Ready], rule: PaperRule) -> ClaimBatch:
    facts = ready[0][1]
    forms: list[tuple[Piece, ...]] = [pieces for _, _, form in ready for pieces in form.forms]
    data = cms1500_pdf(forms, kind=paper_payers.kind_of(rule), offset=Offset(rule.right, rule.down))
    batch = ClaimBatch(
        number=work.next_number("claim batch"),
        channel=Channel.PAPER,
        receiver=facts.payer.name,
        receiver_number=facts.payer.number,
        control_number=work.next_number("x12 interchange"),
        state=BatchState.MADE,
        made_at=work.now,
        claims=len(ready),
        charge_cents=sum(claim.charge_cents for claim, _, _ in ready),
        sha256=content.keep_made(work, data, MediaType.PDF),
    )
    batch_making.keep(work, batch, [(claim, claim_content.written(one)) for claim, one, _ in ready])
    return batch
