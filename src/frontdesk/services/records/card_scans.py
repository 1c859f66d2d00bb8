"""The sides of insurance cards and photo IDs: kept in the chart, and shown beside what they belong to."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.records.content import MediaType
from frontdesk.models.records.document import Category, Document, DocumentState
from frontdesk.models.records.scan import CardScan, IdScan
from frontdesk.models.records.scan import CardSide as CardSide
from frontdesk.models.records.scan import IdKind as IdKind
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer, Plan
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.records import filing, tray
from frontdesk.services.records.filing import Indexing
from frontdesk.services.registration.coverages import plan_name
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_card_scan", "A scanned card is kept. Scan the right one beside it.")
says("append_only_id_scan", "A scanned ID is kept. Scan the right one beside it.")

_PICTURES = (MediaType.PNG, MediaType.JPEG, MediaType.TIFF, MediaType.PDF)


@dataclass(frozen=True, slots=True)
class SideView:
    """One scanned side."""

    side: CardSide
    document_id: int
    scanned_at: datetime
    """On the office's clock."""


@dataclass(frozen=True, slots=True)
class IdView:
    """The photo ID on file."""

    document_id: int
    kind: IdKind | None
    issued_by: str
    expires_on: date | None
    is_expired: bool
    scanned_at: datetime


@dataclass(frozen=True, slots=True)
class Scans:
    """What is scanned of one policy's card, and of the patient's ID."""

    policy_id: int | None
    sides: tuple[SideView, ...]
    """Front before back, the latest of each."""
    has_former: bool
    """The card of the edition before is on file, and this one's is not."""
    photo_id: IdView | None


@query(permission="registration.view")
def scans(work: Work, *, patient_id: int, policy_id: int | None) -> Scans:
    """What is shown at the desk; three statements."""
    sides: dict[CardSide, SideView] = {}
    former = False
    if policy_id is not None:
        policy = work.get(Policy, policy_id)
        wanted = [each for each in (policy_id, policy.replaces_id) if each is not None]
        for policy_of, side, document_id, at in work.session.execute(
            select(CardScan.policy_id, CardScan.side, CardScan.document_id, CardScan.scanned_at)
            .join(Document, Document.id == CardScan.document_id)
            .where(
                CardScan.policy_id.in_(wanted),
                Document.state == DocumentState.FILED,
                Document.patient_id == patient_id,
            )
            .order_by(CardScan.scanned_at, CardScan.id)
        ):
            if policy_of == policy_id:
                sides[side] = SideView(side, document_id, work.wall(at))
            else:
                former = True
    row = work.session.scalars(
        select(IdScan)
        .join(Document, Document.id == IdScan.document_id)
        .where(IdScan.patient_id == patient_id, Document.state == DocumentState.FILED)
        .order_by(IdScan.scanned_at.desc(), IdScan.id.desc())
        .limit(1)
    ).first()
    return Scans(
        policy_id=policy_id,
        sides=tuple(sides[side] for side in CardSide if side in sides),
        has_former=former and not sides,
        photo_id=None
        if row is None
        else IdView(
            row.document_id,
            row.kind,
            row.issued_by,
            row.expires_on,
            row.expires_on is not None and row.expires_on < work.today,
            work.wall(row.scanned_at),
        ),
    )


def _out_of_chart(done: Performed) -> Undo:
    return Undo(filing.unfile, document_id=done.result)


@command("Scan insurance card", permission="records.file", undo=_out_of_chart)
def scan_card(
    work: Work, *, patient_id: int, policy_id: int, side: CardSide, sha256: str, arrived_as: str = ""
) -> int:
    """Content that is kept already becomes a side of this edition's card; the document's id."""
    policy = work.get(Policy, policy_id)
    if not _covers(work, policy_id, patient_id):
        raise Refused(Finding("This policy does not cover the patient. Choose one that does."))
    payer, plan = work.session.execute(
        select(Payer.name, Plan.name).join(Payer, Payer.id == Plan.payer_id).where(Plan.id == policy.plan_id)
    ).one()
    title = f"{plan_name(payer, plan)} card, {side.value}"
    document_id = _filed(work, patient_id, sha256, arrived_as, title)
    work.add(CardScan(policy_id=policy_id, side=side, document_id=document_id, scanned_at=work.now))
    return document_id


@command("Scan photo ID", permission="records.file", undo=_out_of_chart)
def scan_id(
    work: Work,
    *,
    patient_id: int,
    sha256: str,
    kind: IdKind | None = None,
    issued_by: str = "",
    expires_on: date | None = None,
    arrived_as: str = "",
) -> int:
    """Content that is kept already becomes the patient's photo ID; the document's id."""
    work.get(Patient, patient_id)
    refuse_if_any(
        [Finding("This is longer than 60 letters. Shorten it.", "issued_by")]
        if len(issued_by.strip()) > 60
        else []
    )
    document_id = _filed(work, patient_id, sha256, arrived_as, "Photo ID")
    work.add(
        IdScan(
            patient_id=patient_id,
            document_id=document_id,
            kind=kind,
            issued_by=issued_by.strip(),
            expires_on=expires_on,
            scanned_at=work.now,
        )
    )
    return document_id


def _filed(work: Work, patient_id: int, sha256: str, arrived_as: str, title: str) -> int:
    document_id = tray.receive(
        work,
        sha256=sha256,
        arrived_as=arrived_as,
        title=title,
        source="Scan",
        patient_id=patient_id,
        again=True,
    )
    work.flush()
    if work.get(Document, document_id).media_type not in [kind.value for kind in _PICTURES]:
        raise Refused(Finding("This is no picture. Add a scan as PDF, PNG, JPEG or TIFF."))
    filing.file(
        work,
        document_id=document_id,
        patient_id=patient_id,
        indexing=Indexing(Category.IDENTITY, title, work.today, "Scan"),
    )
    return document_id


def _covers(work: Work, policy_id: int, patient_id: int) -> bool:
    found = select(Coverage.id).where(Coverage.policy_id == policy_id, Coverage.patient_id == patient_id)
    return work.session.scalars(found.limit(1)).first() is not None
