"""What single documents count as where their category does not say it: a claim paper, kept for good."""

from dataclasses import dataclass

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.records.document import Document, DocumentState
from frontdesk.models.records.document import RetentionClass as RetentionClass
from frontdesk.services.command import Performed, Undo, command
from frontdesk.services.records.stubs import DESTROYED
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Classed:
    """What a document counts as; None: by its category."""

    document_id: int
    retention_class: RetentionClass | None


def _as_before(done: Performed) -> Undo:
    return Undo(classify, documents=done.result)


@command("Set retention class", permission="records.prepare_disposal", undo=_as_before)
def classify(work: Work, *, documents: tuple[Classed, ...]) -> tuple[Classed, ...]:
    """Say what documents count as; gives back what they counted as before."""
    found = {
        document.id: document
        for document in work.session.scalars(
            select(Document).where(Document.id.in_([each.document_id for each in documents]))
        )
    }
    before = []
    for each in documents:
        document = found.get(each.document_id)
        if document is None or document.patient_id is None:
            raise Refused(Finding("This document is not in a chart. File it first."))
        if document.state is DocumentState.DISPOSED:
            raise Refused(DESTROYED)
        work.concerns(document.patient_id)
        before.append(Classed(document.id, document.retention_class))
        document.retention_class = each.retention_class
    return tuple(before)
