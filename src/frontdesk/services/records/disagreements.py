"""After a no: the patient's statement of disagreement, the office's rebuttal, what goes out with the record.

45 CFR 164.526(d)(2) to (5).
"""

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.records.amendment import AmendmentKind, AmendmentRequest, AmendmentState
from frontdesk.models.records.document import Document
from frontdesk.services.command import command
from frontdesk.services.records.amendment_entries import live, taken_back, written
from frontdesk.services.records.amendment_state import events_of, stands
from frontdesk.services.work import Work

LONGEST_STATEMENT = 4_000


@command("Enter statement of disagreement", permission="records.amend", undo=taken_back)
def disagree(
    work: Work, *, request_id: int, text: str, document_id: int | None = None, version: int | None = None
) -> int:
    """The patient's answer to a no; it goes out with the documents from now on. The entry's id."""
    request = _denied(work, request_id, version)
    at = stands(events_of(work, request.id))
    if at.disagreement is not None:
        raise Refused(Finding("There is a statement already. Undo it to enter another."))
    findings = _text_findings(text, "Write what the statement says, or its essence where it was scanned.")
    if document_id is not None and work.get(Document, document_id).patient_id != request.patient_id:
        findings.append(Finding("This document is in another patient's chart.", "document_id"))
    refuse_if_any(findings)
    return written(work, request, AmendmentKind.DISAGREED, note=text.strip(), document_id=document_id)


@command("Enter rebuttal", permission="records.decide_amendment", undo=taken_back)
def rebut(work: Work, *, request_id: int, text: str, version: int | None = None) -> int:
    """The office's reply to the statement; the patient gets a copy. The entry's id."""
    request = _denied(work, request_id, version)
    at = stands(events_of(work, request.id))
    if at.disagreement is None:
        raise Refused(Finding("A rebuttal answers a statement of disagreement. There is none."))
    if at.rebuttal is not None:
        raise Refused(Finding("There is a rebuttal already. Undo it to enter another."))
    refuse_if_any(_text_findings(text, "Write the office's reply."))
    return written(work, request, AmendmentKind.REBUTTED, note=text.strip())


@command("Include request with disclosures", permission="records.amend", undo=taken_back)
def ask_include(work: Work, *, request_id: int, version: int | None = None) -> int:
    """The patient sends no statement but wants the request and the denial to go out. The entry's id."""
    request = _denied(work, request_id, version)
    at = stands(events_of(work, request.id))
    if at.disagreement is not None:
        raise Refused(Finding("There is a statement of disagreement: it goes out as it is."))
    if at.include is not None:
        raise Refused(Finding("This was asked already."))
    return written(work, request, AmendmentKind.INCLUDE_ASKED)


def _denied(work: Work, request_id: int, version: int | None) -> AmendmentRequest:
    request = live(work, request_id, version)
    if request.state not in (AmendmentState.DENIED, AmendmentState.IN_PART):
        raise Refused(Finding("Nothing was denied: there is nothing to disagree with."))
    return request


def _text_findings(text: str, empty: str) -> list[Finding]:
    if not text.strip():
        return [Finding(empty, "text")]
    if len(text) > LONGEST_STATEMENT:
        return [Finding("This text has 4,000 characters at most. Shorten it.", "text")]
    return []
