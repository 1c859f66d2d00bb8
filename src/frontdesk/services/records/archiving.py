"""Filed documents out of the daily view: superseded by a newer one, or old; they stay in the chart."""

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.records.document import Document, DocumentState
from frontdesk.services.command import Performed, Undo, command
from frontdesk.services.work import Work


def _taken_back(done: Performed) -> Undo:
    return Undo(unarchive, document_id=done.arguments["document_id"], reason="Archived by mistake")


def _archived_again(done: Performed) -> Undo:
    return Undo(archive, document_id=done.arguments["document_id"], reason="Taken back by mistake")


@command("Archive document", permission="records.file", undo=_taken_back)
def archive(
    work: Work,
    *,
    document_id: int,
    reason: str,
    superseded_by_id: int | None = None,
    version: int | None = None,
) -> None:
    """Out of the chart's daily view; with the document that stands in its place, where there is one."""
    document = _filed(work, document_id, version)
    if document.archived_at is not None:
        raise Refused(Finding("This document is archived already."))
    if superseded_by_id is not None:
        newer = work.get(Document, superseded_by_id)
        if newer.id == document.id or newer.patient_id != document.patient_id:
            raise Refused(Finding("The newer document lies in another chart. Choose one of this chart."))
    elif not reason.strip():
        raise Refused(Finding("Write why the document is archived.", "reason"))
    document.archived_at = work.now
    document.superseded_by_id = superseded_by_id


@command("Take document out of the archive", permission="records.file", undo=_archived_again)
def unarchive(work: Work, *, document_id: int, reason: str = "", version: int | None = None) -> None:
    """Back among the other documents of the chart."""
    document = _filed(work, document_id, version)
    if document.archived_at is None:
        raise Refused(Finding("This document is not archived."))
    document.archived_at, document.superseded_by_id = None, None


def _filed(work: Work, document_id: int, version: int | None) -> Document:
    document = work.get(Document, document_id, version)
    if document.state is not DocumentState.FILED or document.patient_id is None:
        raise Refused(Finding("This document is not in a chart. File it first."))
    work.concerns(document.patient_id)
    return document
