"""What was answered, looked at later: the sealed words and ink, whether the seal holds, and the PDF."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.formats.pdf.consent import ConsentSheet, consent_pdf
from frontdesk.formats.pdf.letterhead import Sender
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date, us_phone, us_time
from frontdesk.models.office.practice import Practice
from frontdesk.models.records.consent import Answer, Consent, Medium
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.records import seal
from frontdesk.services.records.seal import Strokes
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class SealCheck:
    """Whether a consent is still what was agreed, and the sentence that says so."""

    holds: bool
    sentence: str


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
            sender=_sender(work),
            title=consent.title,
            text=consent.text_frozen,
            patient_name=first_last(patient.legal_first, patient.legal_last),
            chart_number=patient.chart_number,
            born_on=us_date(patient.born_on),
            signer=_signer(consent),
            answered=_sentence(work, consent),
            note=consent.note,
            strokes=seal.read_strokes(consent.strokes),
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
    if seal.seal_of(consent) == consent.sha256:
        return SealCheck(True, "The seal holds: words, signature and date are as they were given.")
    return SealCheck(
        False,
        "The seal is broken: this consent was changed after it was given. Do not rely on it. "
        "Tell the office manager, and have the form signed again.",
    )


def _sentence(work: Work, consent: Consent) -> str:
    on, at = us_date(consent.answered_on), us_time(work.wall(consent.recorded_at))
    if consent.answer is Answer.SIGNED and consent.medium is Medium.PAPER:
        return f"Signed on paper on {on}."
    said = {
        Answer.SIGNED: "Signed on the screen",
        Answer.REFUSED: "Asked and refused",
        Answer.REVOKED: "Revoked",
    }
    return f"{said[consent.answer]} on {on} at {at}."


def _signer(consent: Consent) -> str:
    return f"{consent.signer_name}, {consent.relation}" if consent.relation else consent.signer_name


def _sender(work: Work) -> Sender:
    practice = work.session.scalars(select(Practice)).first()
    if practice is None:
        return Sender("", ())
    city = f"{practice.city}, {practice.state} {practice.zip[:5]}"
    return Sender(practice.name, (practice.address1, city, us_phone(practice.phone)))
