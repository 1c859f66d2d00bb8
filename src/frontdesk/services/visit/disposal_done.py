"""Carrying a disposal run out: everything is asked once more, then the bytes go and the certificate stays."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from frontdesk.formats.pdf.destruction_certificate import (
    DestroyedLine,
    DestructionCertificate,
    SignedBy,
    certificate_pdf,
)
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import us_date, us_date_time
from frontdesk.models.records.content import MediaType
from frontdesk.models.records.disposal import Decision, DisposalItem, DisposalRun, Outcome, RunState
from frontdesk.models.records.document import Category, Document, DocumentState
from frontdesk.models.records.document_version import DocumentVersion
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.records import (
    boxes,
    content,
    erasure,
    legal_holds,
    movements,
    retention_rules,
    sheets,
)
from frontdesk.services.records.retention_engine import NEVER, Applied, hold_on
from frontdesk.services.records.stubs import run_said
from frontdesk.services.visit import disposal, retention_due
from frontdesk.services.visit.retention_paper import PaperRecord, paper_verdicts, these_volumes
from frontdesk.services.work import Work

_KINDS: Final = {
    Category.VISIT_NOTE: "Visit note",
    Category.LAB_RESULT: "Lab result",
    Category.IMAGING: "Imaging",
    Category.HOSPITAL: "Hospital",
    Category.LETTER: "Letter",
    Category.CONSENT: "Consent",
    Category.IDENTITY: "ID or card",
}
_OUTCOMES: Final = {
    Outcome.ERASED: "Erased.",
    Outcome.SHARED: "Taken off this chart; the same bytes stand in a record that is kept.",
    Outcome.SHREDDED: "Shredded.",
}
_TOLD: Final = 5
"""How many refusals are told one by one."""


@command(
    "Carry out disposal run",
    permission=disposal.DESTROY,
    undo=irreversible("What is destroyed cannot be brought back."),
)
def carry_out(
    work: Work, *, run_id: int, method: str, vendor: str = "", witness: str = "", version: int | None = None
) -> str:
    """Destroy what was approved, all of it or nothing; gives the SHA-256 of the certificate.

    Holds and rules are looked at once more, here, with the charts locked against a hold placed meanwhile.
    """
    run = work.get(DisposalRun, run_id, version)
    if run.state is not RunState.APPROVED:
        raise Refused(Finding(f"{run_said(run.number)} is not approved by two people."))
    findings = []
    if not method.strip():
        findings.append(Finding("Write how the records are destroyed.", "method"))
    if not vendor.strip() and any(
        item.volume_id is not None and item.decision is Decision.DISPOSE
        for item in disposal.items_of(work, run_id)
    ):
        findings.append(Finding("Write who shreds the paper: the vendor, or a person here.", "vendor"))
    if findings:
        raise Refused(*findings)
    items = [item for item in disposal.items_of(work, run_id) if item.decision is Decision.DISPOSE]
    documents = _documents(work, items)
    papers = these_volumes(work, [item.volume_id for item in items if item.volume_id is not None])
    charts = {document.patient_id for document in documents.values() if document.patient_id is not None}
    legal_holds.lock_charts(work, charts | {paper.patient_id for paper in papers.values()})
    _look_again(work, run, items, documents, papers)
    disposal.concern(work, items)
    giving_up = {document.id for document in documents.values()}
    reason = f"Disposal run {run_said(run.number)}"
    for done, item in enumerate(items):
        if item.document_id is not None:
            document = documents[item.document_id]
            document.state = DocumentState.DISPOSED
            item.outcome = _erased(work, document, giving_up, reason, run.id)
        elif item.volume_id is not None:
            movements.destroy(work, volume_id=item.volume_id, run=run_said(run.number))
            boxes.shredded(work, volume_id=item.volume_id, run=run_said(run.number))
            item.outcome = Outcome.SHREDDED
        work.step(done + 1, len(items))
    everything = disposal.items_of(work, run_id)
    for item in everything:
        item.is_open = False
    run.method, run.vendor, run.witness = method.strip(), vendor.strip(), witness.strip()
    run.done_by_id, run.done_by = work.actor.user_id, work.actor.name
    run.done_at = work.now
    certificate = _certificate(work, run, items, documents, len(everything) - len(items))
    run.certificate_sha256 = content.keep_made(
        work, certificate_pdf(certificate, sheets.sender(work)), MediaType.PDF
    )
    run.state = RunState.DONE
    return run.certificate_sha256


@query(permission="records.view")
def certificate_bytes(work: Work, *, run_id: int) -> bytes:
    """The certificate of a run as it was made."""
    run = work.get(DisposalRun, run_id)
    if run.certificate_sha256 is None:
        raise Refused(Finding(f"{run_said(run.number)} is not carried out. It has no certificate yet."))
    return content.read(work.session, run.certificate_sha256)


def _documents(work: Work, items: Sequence[DisposalItem]) -> dict[int, Document]:
    found = work.session.scalars(
        select(Document)
        .where(Document.id.in_([item.document_id for item in items if item.document_id is not None]))
        .order_by(Document.id)
        .with_for_update()
    )
    return {document.id: document for document in found}


def _look_again(
    work: Work,
    run: DisposalRun,
    items: Sequence[DisposalItem],
    documents: Mapping[int, Document],
    papers: Mapping[int, PaperRecord],
) -> None:
    """Refuse with everything that came in between: holds, stricter rules, records that changed."""
    holds = legal_holds.standing(work, {item.patient_id for item in items})
    verdicts = retention_due.verdicts(work, documents.values())
    of_paper = paper_verdicts(work, retention_rules.rule_book(work), papers.values())
    asked = retention_due.requests_open(work)
    against = []
    for item in items:
        number = f"{run_said(run.number)}/{item.number}"
        document = documents.get(item.document_id) if item.document_id is not None else None
        paper = papers.get(item.volume_id) if item.volume_id is not None else None
        dated_on = document.document_on if document is not None else None
        if document is not None and document.state is DocumentState.FILED and dated_on is not None:
            hold = hold_on(holds, item.patient_id, document.id, dated_on)
            until = _until(verdicts.get(document.id, ()))
        elif paper is not None and paper.is_here:
            hold = hold_on(holds, item.patient_id, None, paper.dated_on, paper.begins_on)
            until = _until(of_paper[paper.volume_id])
        else:
            where = "in a chart" if item.document_id is not None else "a closed volume in its place"
            against.append(f"{number} is not {where} any more.")
            continue
        if item.patient_id in asked:
            against.append(f"{number} is in a chart that {asked[item.patient_id]} asks for.")
        elif hold is not None:
            against.append(f"{number} is under legal hold {legal_holds.said(hold.number)}, {hold.matter}.")
        elif until > work.today:
            kept = "it is kept for good" if until == NEVER else f"it is kept until {us_date(until)}"
            against.append(f"{number} must stay: by the rules of today {kept}.")
        elif document is not None and (
            document.sha256 != item.sha256 or document.patient_id != item.patient_id
        ):
            against.append(f"{number} was changed after the review.")
    if against:
        more = len(against) - _TOLD
        told = against[:_TOLD] + ([f"And {more} more."] if more > 0 else [])
        raise Refused(
            Finding(
                f"Nothing was destroyed. {' '.join(told)}"
                " Send the run back to review and keep what must stay."
            )
        )


def _kind(document: Document | None) -> str:
    if document is None:
        return "Paper chart"
    return _KINDS.get(document.category, "Record") if document.category is not None else "Record"


def _until(applied: tuple[Applied, ...]) -> date:
    return applied[0].until if applied else NEVER


def _erased(work: Work, document: Document, giving_up: set[int], reason: str, run_id: int) -> Outcome:
    """Destroy the bytes of a document and of its versions, unless a record that stays shows them too."""
    is_shared = False
    for address in _contents_of(work, document):
        work.flush()
        if erasure.in_use_by(work.session, address, besides=giving_up):
            is_shared = True
            continue
        erasure.erase(work, sha256=address, reason=reason, documents=giving_up, run_id=run_id)
    return Outcome.SHARED if is_shared else Outcome.ERASED


def _contents_of(work: Work, document: Document) -> tuple[str, ...]:
    """What it shows now, and every version of its pages before."""
    versions = work.session.scalars(
        select(DocumentVersion.sha256)
        .where(DocumentVersion.document_id == document.id)
        .order_by(DocumentVersion.number)
    )
    return tuple(dict.fromkeys((document.sha256, *versions)))


def _certificate(
    work: Work,
    run: DisposalRun,
    items: Sequence[DisposalItem],
    documents: Mapping[int, Document],
    kept_count: int,
) -> DestructionCertificate:
    wanted = select(Patient.id, Patient.chart_number).where(
        Patient.id.in_(sorted({item.patient_id for item in items}))
    )
    charts = dict(work.session.execute(wanted).all())
    assert run.first_approved_at is not None
    assert run.second_approved_at is not None
    lines = [
        DestroyedLine(
            number=f"{run_said(run.number)}/{item.number}",
            chart_number=charts[item.patient_id],
            kind=_kind(documents.get(item.document_id or 0)),
            dated_on=us_date(item.dated_on),
            fingerprint=item.sha256,
            outcome=_OUTCOMES[item.outcome] if item.outcome is not None else "",
        )
        for item in items
    ]
    return DestructionCertificate(
        number=run_said(run.number),
        destroyed_on=us_date(work.today),
        method=run.method,
        vendor=run.vendor,
        witness=run.witness,
        items=tuple(lines),
        kept_count=kept_count,
        signed=tuple(
            SignedBy(what, name, us_date_time(at))
            for what, name, at in (
                ("First approval", run.first_approved_by, work.wall(run.first_approved_at)),
                ("Second approval", run.second_approved_by, work.wall(run.second_approved_at)),
                ("Carried out", run.done_by, work.local_now),
            )
        ),
    )
