"""What was answered, looked at later: the sealed words and ink, whether the seal holds, and the PDF."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.formats.pdf.consent import ConsentSheet, consent_pdf
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import fold, us_date, us_time
from frontdesk.models.records.consent import Answer, Consent, Medium
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.records import seal, sheets
from frontdesk.services.records.seal import Answered, Strokes
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class SealCheck:
    """Whether a consent is still what was agreed, and the sentence that says so."""

    holds: bool
    sentence: str
    differs: tuple[str, ...] = ()
    """The parts that are not as they were sealed, in words."""


@dataclass(frozen=True, slots=True)
class SignedConsent:
    """An answer as it was given."""

    consent_id: int
    patient_id: int
    title: str
    text: str
    answered_on: date
    expires_on: date | None
    sentence: str
    """ "Signed on the screen on 03/17/2026 at 10:42 AM." """
    signer: str
    note: str
    strokes: Strokes
    witness: str
    witness_strokes: Strokes
    answers: tuple[Answered, ...]
    interpreter: str
    can_be_revoked: bool
    check: SealCheck
    seal: str


@query(permission="records.view")
def verify(work: Work, *, consent_id: int) -> SealCheck:
    """Compute the seal again and compare."""
    return _check(work.get(Consent, consent_id))


@command(
    "View signed consent",
    permission="records.view",
    undo=irreversible("That a consent was seen stays in the log."),
)
def open_consent(work: Work, *, consent_id: int) -> SignedConsent:
    """Write down that this person saw the consent, and give it."""
    consent = work.get(Consent, consent_id)
    work.concerns(consent.patient_id)
    revoked = work.session.scalar(select(Consent.id).where(Consent.revokes_id == consent_id))
    return SignedConsent(
        consent_id=consent.id,
        patient_id=consent.patient_id,
        title=consent.title,
        text=consent.text_frozen,
        answered_on=consent.answered_on,
        expires_on=consent.expires_on,
        sentence=_sentence(work, consent),
        signer=_signer(consent),
        note=consent.note,
        strokes=seal.read_strokes(consent.strokes),
        witness=consent.witness_name,
        witness_strokes=seal.read_strokes(consent.witness_strokes),
        answers=seal.read_answers(consent.answers),
        interpreter=consent.interpreter,
        can_be_revoked=consent.answer is Answer.SIGNED and revoked is None,
        check=_check(consent),
        seal=consent.sha256,
    )


@query(permission="records.view")
def signed_pdf(work: Work, *, consent_id: int) -> bytes:
    """The sheet of a consent that was opened, for the preview and the printer."""
    consent = work.get(Consent, consent_id)
    patient = work.get(Patient, consent.patient_id)
    return consent_pdf(
        ConsentSheet(
            sender=sheets.sender(work),
            title=consent.title,
            text=consent.text_frozen,
            patient_name=first_last(patient.legal_first, patient.legal_last),
            chart_number=patient.chart_number,
            born_on=us_date(patient.born_on),
            signer=_signer(consent),
            answered=_sentence(work, consent),
            note=consent.note,
            strokes=seal.read_strokes(consent.strokes),
            answers=tuple((each.question, each.answer) for each in seal.read_answers(consent.answers)),
            interpreter=consent.interpreter,
            witness=consent.witness_name,
            witness_strokes=seal.read_strokes(consent.witness_strokes),
            seal=consent.sha256,
        )
    )


@command(
    "Print signed consent",
    permission="records.view",
    undo=irreversible("That a consent was printed stays in the log."),
)
def note_print(work: Work, *, consent_id: int, pages: int) -> None:
    """Write down that paper of a consent left the printer."""
    work.concerns(work.get(Consent, consent_id).patient_id)
    if pages < 1:
        raise Refused(Finding("Nothing was printed."))


def _check(consent: Consent) -> SealCheck:
    differs = seal.what_differs(consent)
    if not differs:
        return SealCheck(True, "The seal holds: words, signature and date are as they were given.")
    return SealCheck(
        False,
        "The seal is broken: this consent was changed after it was given. Do not rely on it. "
        "Tell the office manager, and have the form signed again.",
        differs,
    )


def _sentence(work: Work, consent: Consent) -> str:
    on, at = us_date(consent.answered_on), us_time(work.wall(consent.recorded_at))
    if consent.answer is Answer.SIGNED and consent.medium is Medium.PAPER:
        return f"Signed on paper on {on}."
    if consent.answer is Answer.REVOKED and consent.counts_from not in (None, consent.answered_on):
        assert consent.counts_from is not None
        return f"Revoked on {on}, counting from {us_date(consent.counts_from)}."
    said = {
        Answer.SIGNED: "Signed on the screen",
        Answer.REFUSED: "Asked and refused",
        Answer.REVOKED: "Revoked",
    }
    return f"{said[consent.answer]} on {on} at {at}."


def _signer(consent: Consent) -> str:
    said = f"{consent.signer_name}, {consent.relation}" if consent.relation else consent.signer_name
    is_told = fold(consent.authority) not in ("", fold(consent.relation), "parent")
    return f"{said} ({consent.authority})" if is_told else said
