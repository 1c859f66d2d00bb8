"""The scan of a payer's paper: chosen from the tray of Records, shown with the remittance, enclosed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.billing.claims import Claim
from frontdesk.models.billing.remittances import Remittance, RemittanceClaim
from frontdesk.models.records.document import Document, DocumentState
from frontdesk.services.billing import eob
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.records import rendition
from frontdesk.services.work import Work

IN_RECORDS = (DocumentState.TO_FILE, DocumentState.FILED)


@dataclass(frozen=True, slots=True)
class ScanChoice:
    """A document that may be the scan of a payer's paper."""

    document_id: int
    title: str
    source: str
    received_at: datetime
    """The office's wall time."""
    pages: int | None


@query(permission="billing.remittances")
def choices(work: Work, *, limit: int = 40) -> tuple[ScanChoice, ...]:
    """What waits in the tray, the newest first."""
    found = work.session.scalars(
        select(Document)
        .where(Document.state == DocumentState.TO_FILE)
        .order_by(Document.received_at.desc(), Document.id.desc())
        .limit(limit)
    )
    return tuple(
        ScanChoice(
            row.id,
            row.title or row.arrived_as or "Without a title",
            row.source,
            work.wall(row.received_at),
            row.pages,
        )
        for row in found
    )


def _attached(done: Performed) -> Undo:
    return Undo(attach, remittance_id=done.arguments["remittance_id"], document_id=done.result)


@command("Attach scan to remittance", permission="billing.remittances", undo=_attached)
def attach(work: Work, *, remittance_id: int, document_id: int | None) -> int | None:
    """Let a remittance on paper show this scan, or none; gives back the one before."""
    remittance = work.get(Remittance, remittance_id)
    if remittance.sha256 is not None:
        raise Refused(Finding(f"{remittance.name} came as a file. It needs no scan."))
    if document_id is not None and work.get(Document, document_id).state not in IN_RECORDS:
        raise Refused(Finding("The scan is no longer in Records. Choose it again.", "document_id"))
    before, remittance.document_id = remittance.document_id, document_id
    return before


def page_of(work: Work, remittance_claim_id: int) -> bytes:
    """How a payer decided on one claim, as PDF for the next payer: the scan, else the page of our own.

    A scan that shows other patients too is not sent on (45 CFR 164.502(b): the minimum necessary).
    """
    remittance = work.get(Remittance, work.get(RemittanceClaim, remittance_claim_id).remittance_id)
    if remittance.document_id is not None:
        patients, unknown = work.session.execute(
            select(
                func.count(Claim.patient_id.distinct()),
                func.count().filter(RemittanceClaim.claim_id.is_(None)),
            )
            .select_from(RemittanceClaim)
            .outerjoin(Claim, Claim.id == RemittanceClaim.claim_id)
            .where(RemittanceClaim.remittance_id == remittance.id)
        ).one()
        scan = work.get(Document, remittance.document_id)
        if patients == 1 and not unknown and scan.state in IN_RECORDS:
            return rendition.pdf_of(work, scan.sha256, scan.media_type)
    return eob.eob_pdf(work, remittance_claim_id=remittance_claim_id)
