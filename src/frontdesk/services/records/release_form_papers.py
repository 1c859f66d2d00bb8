"""The papers of a chart that may be the signed form of a request."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from frontdesk.models.records.document import Category, Document, DocumentState
from frontdesk.models.records.release import ReleaseRequest
from frontdesk.services.command import query
from frontdesk.services.work import Work

_DAYS_BEFORE = 400


@dataclass(frozen=True, slots=True)
class FormPaper:
    """A document of the chart."""

    document_id: int
    title: str
    document_on: date


@query(permission="records.view")
def papers(work: Work, *, request_id: int) -> tuple[FormPaper, ...]:
    """Consents and letters of the chart from a year before the request on, newest first."""
    row = work.get(ReleaseRequest, request_id)
    found = work.session.execute(
        select(Document.id, Document.title, Document.document_on)
        .where(
            Document.patient_id == row.patient_id,
            Document.state == DocumentState.FILED,
            Document.category.in_((Category.CONSENT, Category.LETTER)),
            Document.document_on >= row.received_on - timedelta(days=_DAYS_BEFORE),
        )
        .order_by(Document.document_on.desc(), Document.id.desc())
        .limit(50)
    )
    return tuple(FormPaper(id, title, on) for id, title, on in found if on is not None)
