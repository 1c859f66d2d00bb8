"""Which documents may go with a request: the guarded classes, psychotherapy notes, and whose chart it is.

The gate is asked when pages are chosen, when they go to the second reader, and at sending: a document may be
moved or guarded in between. A state that guards more closely does so by the class of the document.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from frontdesk.kernel.errors import Finding
from frontdesk.models.records.document import Document, DocumentState, Sensitivity
from frontdesk.models.records.release import Basis, ReleaseRequest, Requester
from frontdesk.models.records.release_packet import ReleasePages
from frontdesk.services.command import query
from frontdesk.services.records import release_facts
from frontdesk.services.records.release_facts import Known
from frontdesk.services.records.release_validity import form_findings
from frontdesk.services.records.release_words import CLASSES
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Gate:
    """A document that may not go, and why."""

    document_id: int
    title: str
    sensitivity: Sensitivity
    finding: Finding


@query(permission="records.view")
def check(work: Work, *, request_id: int, document_ids: tuple[int, ...]) -> tuple[Gate, ...]:
    """Which of these documents stay locked for the request, in their order; empty: all may go."""
    row = work.get(ReleaseRequest, request_id)
    known = release_facts.known(work, row)
    found = {
        document.id: document
        for document in work.session.scalars(select(Document).where(Document.id.in_(document_ids)))
    }
    documents = [found[id] for id in document_ids if id in found]
    for_therapy = known.form is not None and known.form.is_psychotherapy_alone
    gates = []
    valid = _has_valid_form(work, row, known)
    for document in documents:
        message = _why_not(row, known, document, valid=valid)
        if not message and for_therapy and document.sensitivity is not Sensitivity.PSYCHOTHERAPY:
            message = "The form is for psychotherapy notes alone. This document needs a form of its own."
        if message:
            gates.append(
                Gate(document.id, document.title, document.sensitivity, Finding(message, "document_ids"))
            )
    return tuple(gates)


def chosen(work: Work, request_id: int) -> tuple[int, ...]:
    """The documents of which pages were chosen for a request; one statement."""
    return tuple(
        work.session.scalars(
            select(ReleasePages.document_id)
            .where(ReleasePages.request_id == request_id, ReleasePages.pages != "")
            .order_by(ReleasePages.document_id)
        )
    )


def any_guarded(work: Work, document_ids: Iterable[int]) -> bool:
    """Whether one of them is of a guarded class, so that two must agree."""
    return (
        work.session.scalar(
            select(Document.id)
            .where(Document.id.in_(tuple(document_ids)), Document.sensitivity != Sensitivity.ORDINARY)
            .limit(1)
        )
        is not None
    )


def locked_in_scope(work: Work, row: ReleaseRequest, known: Known) -> int:
    """How many documents of the chart that fit the dates and parts asked for are locked; one statement."""
    asked = select(Document).where(
        Document.patient_id == row.patient_id,
        Document.state == DocumentState.FILED,
        Document.sensitivity != Sensitivity.ORDINARY,
    )
    if row.covers_from is not None:
        asked = asked.where(Document.document_on >= row.covers_from)
    if row.covers_until is not None:
        asked = asked.where(Document.document_on <= row.covers_until)
    if row.categories:
        asked = asked.where(Document.category.in_(row.categories))
    valid = _has_valid_form(work, row, known)
    return sum(bool(_why_not(row, known, each, valid=valid)) for each in work.session.scalars(asked))


def _has_valid_form(work: Work, row: ReleaseRequest, known: Known) -> bool:
    return known.form is not None and not any(True for _ in form_findings(row, known, work.today))


def _why_not(row: ReleaseRequest, known: Known, document: Document, *, valid: bool) -> str:
    if document.patient_id != row.patient_id:
        return "This document lies in another patient's chart. Take it out of the request."
    if document.state is not DocumentState.FILED:
        return "This document is not filed in the chart. File it first, or take it out."
    guarded = document.sensitivity
    if guarded is Sensitivity.ORDINARY:
        return ""
    form = known.form
    is_named = valid and form is not None and guarded in form.names_classes
    if guarded is Sensitivity.PSYCHOTHERAPY:
        # 164.524(a)(1)(i): not even the patient's own access reaches them; 164.508(b)(3)(ii): a form alone.
        if is_named and form is not None and form.is_psychotherapy_alone:
            return ""
        return "Psychotherapy notes are locked: they need a form of their own that covers nothing else."
    if is_named or (row.basis is Basis.ACCESS and row.requester is Requester.PATIENT):
        return ""
    if guarded is Sensitivity.SUBSTANCE_USE:
        return (
            "Substance use records are locked: the patient's consent under 42 CFR Part 2 must name them. "
            "Leave them out, or ask the patient to sign."
        )
    if row.basis is Basis.TREATMENT:
        return ""
    return f"This is guarded as {CLASSES[guarded]}, and no form names it. Leave it out, or ask for a form."
