"""What a request to others must say before it is written."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.text import fold, us_date
from frontdesk.models.office.resources import Provider
from frontdesk.models.records.consent import Answer, Consent
from frontdesk.models.records.document import Document, DocumentState
from frontdesk.models.records.outbound import Basis, OutboundRequest
from frontdesk.models.records.outside import OutsideOffice
from frontdesk.services.records.outbound_state import OPEN, items_of
from frontdesk.services.records.request_row import number_words
from frontdesk.services.work import Work

MOST_ITEMS: Final = 20


@dataclass(frozen=True, slots=True)
class AskDraft:
    """What is asked of whom, why they may give it, and until when it must be here."""

    patient_id: int
    office_id: int | None
    items: tuple[str, ...]
    needed_on: date | None
    visit_id: int | None = None
    """The visit for which it is needed."""
    basis: Basis = Basis.TREATMENT
    is_guarded: bool = False
    """Psychotherapy notes or substance use treatment are among it."""
    consent_id: int | None = None
    authorization_document_id: int | None = None
    provider_id: int | None = None
    covers_from: date | None = None
    covers_until: date | None = None
    note: str = ""


def findings_of(work: Work, draft: AskDraft, items: tuple[str, ...], *, again: bool) -> list[Finding]:
    """Everything that stands in the way, with `again` but that an open request asks the same."""
    findings: list[Finding] = []
    office = work.session.get(OutsideOffice, draft.office_id) if draft.office_id else None
    if office is None or not office.is_active:
        findings.append(Finding("Choose the office from the directory, or add it there.", "office_id"))
    if not items:
        findings.append(Finding("Enter what is asked for, one thing a line.", "items"))
    elif len(items) > MOST_ITEMS:
        findings.append(Finding(f"A request asks for {MOST_ITEMS} things at most. Write two.", "items"))
    elif len({fold(item) for item in items}) < len(items):
        findings.append(Finding("One thing is asked for twice. Take one of them out.", "items"))
    elif any(len(item) > 200 for item in items):
        findings.append(Finding("Each thing that is asked for has 1 to 200 characters.", "items"))
    if draft.needed_on is None:
        findings.append(Finding("Enter the day by which the records must be here.", "needed_on"))
    elif draft.needed_on < work.today:
        findings.append(Finding(f"{us_date(draft.needed_on)} has passed. Choose a day to come.", "needed_on"))
    if draft.covers_from and draft.covers_until and draft.covers_until < draft.covers_from:
        findings.append(Finding("The time ends before it starts. Check both dates.", "covers_until"))
    if draft.provider_id is not None:
        work.get(Provider, draft.provider_id)
    findings += _authorization_findings(work, draft)
    if not findings and not again:
        findings += _asked_already(work, draft, items)
    return findings


def _authorization_findings(work: Work, draft: AskDraft) -> list[Finding]:
    if draft.basis is Basis.TREATMENT:
        if draft.is_guarded:
            sentence = (
                "Psychotherapy notes and substance use treatment need the patient's authorization. "
                "Choose the signed form."
            )
            return [Finding(sentence, "authorization")]
        return []
    if draft.consent_id is None and draft.authorization_document_id is None:
        return [Finding("Choose the form that the patient signed, or ask for treatment.", "authorization")]
    if draft.consent_id is not None:
        consent = work.get(Consent, draft.consent_id)
        if consent.patient_id != draft.patient_id:
            return [Finding("This form is another patient's.", "authorization")]
        ended = select(Consent.id).where(Consent.revokes_id == consent.id, Consent.counts_from <= work.today)
        if consent.answer is not Answer.SIGNED or work.session.scalar(ended) is not None:
            return [Finding("This form does not count: it is refused or revoked.", "authorization")]
        if consent.expires_on is not None and consent.expires_on < work.today:
            sentence = f"This form expired on {us_date(consent.expires_on)}. Have a new one signed."
            return [Finding(sentence, "authorization")]
    if draft.authorization_document_id is not None:
        document = work.get(Document, draft.authorization_document_id)
        if document.patient_id != draft.patient_id or document.state is not DocumentState.FILED:
            return [
                Finding("The authorization must be in this patient's chart. File it first.", "authorization")
            ]
    return []


def _asked_already(work: Work, draft: AskDraft, items: tuple[str, ...]) -> list[Finding]:
    rows = work.session.scalars(
        select(OutboundRequest)
        .where(
            OutboundRequest.patient_id == draft.patient_id,
            OutboundRequest.office_id == draft.office_id,
            OutboundRequest.state.in_(OPEN),
        )
        .order_by(OutboundRequest.number)
    ).all()
    wanted = {fold(item) for item in items}
    asked = items_of(work, [row.id for row in rows])
    for row in rows:
        if any(fold(item.what) in wanted for item in asked.get(row.id, ())):
            sentence = f"{number_words(row.number)} asks this office for the same already. Chase that one."
            return [Finding(sentence, "items", overridable=True)]
    return []
