"""What goes into the envelope with claims on paper: how the payers before decided."""

from dataclasses import dataclass
from datetime import date

import msgspec
from sqlalchemy import select

from frontdesk.formats.pdf.page_work import Taken, count_pages, put
from frontdesk.formats.x12.professional_claim import Claim as WrittenClaim
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.billing.claims import Claim, ClaimVersion
from frontdesk.models.billing.remittances import Remittance, RemittanceClaim, RemittanceState
from frontdesk.services.billing import paper_answer_scans
from frontdesk.services.command import query
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What goes into the envelope with a claim: how the payer before decided."""

    claim_id: int
    claim_number: str
    payer: str
    decided_on: date | None
    remittance_claim_id: int | None
    """Whose page of the remittance it is, where that is here."""


@query(permission="billing.claims")
def enclosures(work: Work, *, batch_id: int) -> tuple[Enclosure, ...]:
    """The payers before of a batch's claims: a second payer wants to see how the first one decided."""
    rows = work.session.execute(
        select(ClaimVersion, Claim)
        .join(Claim, Claim.id == ClaimVersion.claim_id)
        .where(ClaimVersion.claim_batch_id == batch_id)
        .order_by(Claim.id)
    ).all()
    pages = _pages(work, {claim.follows_id for _, claim in rows if claim.follows_id is not None})
    found: list[Enclosure] = []
    for version, claim in rows:
        written = msgspec.json.decode(version.content, type=WrittenClaim)
        for other in written.other_payers:
            if other.paid_cents is not None:
                page, decided_on = pages.get(claim.follows_id or 0, (None, other.decided_on))
                found.append(Enclosure(claim.id, claim.number, other.policy.payer_name, decided_on, page))
    return tuple(found)


@query(permission="billing.claims")
def enclosed_pdf(work: Work, *, batch_id: int) -> bytes:
    """The pages of the remittances that belong to a batch, in the order of its claims, as one PDF.

    Of a remittance on paper it is the scan, where that shows nobody else.
    """
    pages = [each.remittance_claim_id for each in enclosures(work, batch_id=batch_id)]
    papers = [paper_answer_scans.page_of(work, page) for page in pages if page is not None]
    if not papers:
        raise Refused(Finding("No remittance belongs to these claims."))
    taken = [Taken(at, page) for at, paper in enumerate(papers) for page in range(count_pages(paper))]
    return put(papers, taken)


def _pages(work: Work, claim_ids: set[int]) -> dict[int, tuple[int, date]]:
    """By claim: its newest posted page of a remittance."""
    found = work.session.execute(
        select(RemittanceClaim.claim_id, RemittanceClaim.id, Remittance.paid_on)
        .join(Remittance, Remittance.id == RemittanceClaim.remittance_id)
        .where(RemittanceClaim.claim_id.in_(claim_ids), Remittance.state == RemittanceState.POSTED)
        .order_by(RemittanceClaim.id)
    )
    return {claim_id: (page, on) for claim_id, page, on in found if claim_id is not None}
