"""Which patients are asked at a visit to sign the records release, for a request that waits for it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import bindparam, select

from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import fold
from frontdesk.models.records.consent import Answer, Consent, ConsentForm
from frontdesk.models.records.document import Sensitivity
from frontdesk.models.records.release import ReleaseRequest
from frontdesk.models.records.release_check import CheckItem
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import query
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.records import seal
from frontdesk.services.records.release_state import OPEN
from frontdesk.services.records.release_words import STATED
from frontdesk.services.work import Work

FORM_KEY: Final = "records_release"
"""The form of the library by which a patient allows copies to be given."""


@dataclass(frozen=True, slots=True)
class SignedRelease:
    """A records release that the patient signed in the house, and what was answered on it."""

    consent_id: int
    answered_on: date
    expires_on: date | None
    signer: str
    relation: str
    authority: str
    states: tuple[CheckItem, ...]
    """What its sealed words and answers say."""
    classes: tuple[Sensitivity, ...]
    """The guarded classes that were answered with yes."""


def asked_on(work: Work, patient_ids: Collection[int], day: date) -> dict[int, date]:
    """Who is asked on that day, and since when a signature counts for it; one statement."""
    found: dict[int, date] = {}
    for patient_id, received_on in _AT_VISIT.rows(work.session, {"patients": patient_ids, "on": day}):
        found[patient_id] = max(received_on, found.get(patient_id, received_on))
    return found


@query(permission="records.view")
def signed_in_house(work: Work, *, request_id: int) -> tuple[SignedRelease, ...]:
    """The releases that the patient signed here and did not revoke, since the request came; newest first."""
    row = work.get(ReleaseRequest, request_id)
    patient = work.get(Patient, row.patient_id)
    revoked = select(Consent.revokes_id).where(Consent.revokes_id.is_not(None))
    rows = work.session.scalars(
        select(Consent)
        .join(ConsentForm, ConsentForm.id == Consent.form_id)
        .where(
            Consent.patient_id == row.patient_id,
            ConsentForm.key == FORM_KEY,
            Consent.answer == Answer.SIGNED,
            Consent.answered_on >= row.received_on,
            Consent.id.not_in(revoked),
        )
        .order_by(Consent.answered_on.desc(), Consent.id.desc())
    )
    name = first_last(patient.legal_first, patient.legal_last)
    return tuple(
        SignedRelease(
            consent_id=each.id,
            answered_on=each.answered_on,
            expires_on=each.expires_on,
            signer=each.signer_name or name,
            relation=each.relation,
            authority=each.authority,
            states=_states(each),
            classes=_classes(each),
        )
        for each in rows
    )


_ASKED: Final = {
    CheckItem.DESCRIBED: ("what may be sent", "que se puede enviar"),
    CheckItem.RECIPIENT: ("who may have the copies", "quien puede recibir las copias"),
    CheckItem.PURPOSE: ("what the copies are for", "para que son las copias"),
}
"""Beginnings of the questions of the form, folded, in the languages of the library."""
_GUARDED: Final = {
    Sensitivity.MENTAL_HEALTH: ("mental health", "salud mental"),
    Sensitivity.SUBSTANCE_USE: ("substance use", "uso de sustancias"),
    Sensitivity.HIV: ("hiv", "vih"),
    Sensitivity.REPRODUCTIVE: ("reproductive", "salud reproductiva"),
    Sensitivity.GENETIC: ("genetic", "pruebas geneticas"),
}


def _states(consent: Consent) -> tuple[CheckItem, ...]:
    """The office's own words say the rest; what the patient filled in is on it where it was answered."""
    said = [(fold(each.question), each.answer.strip()) for each in seal.read_answers(consent.answers)]
    lacking = {
        item
        for item, beginnings in _ASKED.items()
        if not any(question.startswith(beginnings) and answer for question, answer in said)
    }
    return tuple(item for item in STATED if item not in lacking)


_AT_VISIT: Final = Prepared(
    select(ReleaseRequest.patient_id, ReleaseRequest.received_on).where(
        among(ReleaseRequest.patient_id, "patients"),
        ReleaseRequest.sign_at_visit_on == bindparam("on"),
        ReleaseRequest.state.in_(OPEN),
    )
)


def _classes(consent: Consent) -> tuple[Sensitivity, ...]:
    said = [(fold(each.question), each.answer) for each in seal.read_answers(consent.answers)]
    return tuple(
        guarded
        for guarded, beginnings in _GUARDED.items()
        if any(question.startswith(beginnings) and answer == "yes" for question, answer in said)
    )
