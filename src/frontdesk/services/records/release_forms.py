"""What people look at and write down: identity, authority, the signed form thing by thing, and its end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import age_on, us_date
from frontdesk.models.records.consent import Answer, Consent
from frontdesk.models.records.document import Document
from frontdesk.models.records.document import Sensitivity as Sensitivity
from frontdesk.models.records.release import ReleaseRequest
from frontdesk.models.records.release_check import CheckItem as CheckItem
from frontdesk.models.records.release_check import FormEnd as FormEnd
from frontdesk.models.records.release_check import ReleaseFact, ReleaseForm, ReleaseFormEnd
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import command, irreversible
from frontdesk.services.records import release_facts
from frontdesk.services.records.release_log import ReleaseEventKind, log
from frontdesk.services.records.release_steps import open_request, settle
from frontdesk.services.records.release_words import ITEMS, STATED
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_release_form", "What was read off a form is never changed. Record the form again.")
says("append_only_release_fact", "What was looked at is never changed. Check it again.")
says("append_only_release_form_end", "That a form ended stays on record.")
says("uq_release_form_end_form_id", "Another desk has just written down that this form ended.")
ADULT: Final = 18
_STAYS: Final = "What was looked at stays on record. Check it again."


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A form as somebody reads it. `states` are the things of 164.508(c) that it says."""

    signed_on: date | None
    states: tuple[CheckItem, ...] = ()
    document_id: int | None = None
    consent_id: int | None = None
    signer_name: str = ""
    relation: str = ""
    authority: str = ""
    expires_on: date | None = None
    expires_event: str = ""
    names_classes: tuple[Sensitivity, ...] = ()
    is_psychotherapy_alone: bool = False


@command("Check item of request", permission="records.release", undo=irreversible(_STAYS))
def check_item(
    work: Work, *, request_id: int, item: CheckItem, holds: bool, words: str = "", version: int | None = None
) -> None:
    """What this person found when they looked: what was compared, or what is missing."""
    row = open_request(work, request_id, version)
    findings = []
    if item in (CheckItem.EXPIRY, CheckItem.SIGNATURE):
        findings.append(Finding("Signature and expiry are read with the form. Record the form.", "item"))
    elif item not in release_facts.items_of(row):
        findings.append(Finding("This is not asked for on the ground of this request.", "item"))
    if item is CheckItem.IDENTITY and holds and not words.strip():
        findings.append(Finding("Write what was compared, such as name, birth date and address.", "words"))
    elif item is CheckItem.AUTHORITY and holds and not words.strip():
        findings.append(
            Finding("Write what the authority rests on, such as the letter that is filed.", "words")
        )
    elif item is CheckItem.MINIMUM and holds and not words.strip():
        findings.append(
            Finding("Write what is enough for the purpose, such as a fit-for-work letter.", "words")
        )
    elif not holds and not words.strip():
        findings.append(Finding("Write what is missing.", "words"))
    if item in STATED and release_facts.known(work, row).form is None:
        findings.append(Finding("No form is recorded yet. Record the form first.", "item"))
    refuse_if_any(findings)
    _fact(work, row, item, holds, words)
    log(work, row, ReleaseEventKind.CHECKED, _said(item, holds, words.strip()))
    settle(work, row)


@command("Record signed form of request", permission="records.release", undo=irreversible(_STAYS))
def record_form(
    work: Work, *, request_id: int, form: FormDraft, minor_may_sign: bool = False, version: int | None = None
) -> int:
    """The authorization as it was read, on paper or signed in the house. A newer one holds instead.

    `minor_may_sign`: the law lets this minor consent to the care that the copies are about (164.502(g)(3)).
    """
    row = open_request(work, request_id, version)
    patient = work.get(Patient, row.patient_id)
    findings = list(_problems(work, row, patient, form))
    age = age_on(patient.born_on, form.signed_on or work.today)
    if 0 <= age < ADULT and not form.relation.strip() and not minor_may_sign:
        findings.append(
            Finding(
                f"The patient was {age} when it was signed. A parent or guardian signs, with name and "
                "relation, unless the law lets the minor consent to this care.",
                "signer_name",
                overridable=True,
            )
        )
    refuse_if_any(findings)
    signer = " ".join(form.signer_name.split()) or first_last(patient.legal_first, patient.legal_last)
    made = work.add(
        ReleaseForm(
            request_id=row.id,
            document_id=form.document_id,
            consent_id=form.consent_id,
            signed_on=form.signed_on,
            signer_name=signer,
            relation=form.relation.strip(),
            authority=form.authority.strip(),
            expires_on=form.expires_on,
            expires_event=form.expires_event.strip(),
            names_classes=form.names_classes,
            is_psychotherapy_alone=form.is_psychotherapy_alone,
            recorded_at=work.now,
            recorded_by_id=work.actor.user_id,
        )
    )
    work.flush()
    for item in STATED:
        _fact(work, row, item, item in form.states, "", form_id=made.id)
    row.sign_at_visit_on = None
    if form.signed_on is None:
        words = "Form recorded, without signature or date"
    else:
        words = f"Form signed {us_date(form.signed_on)}" + (f" by {signer}" if form.relation else "")
    log(work, row, ReleaseEventKind.FORM, words, document_id=form.document_id)
    settle(work, row)
    return made.id


@command(
    "End signed form of request",
    permission="records.release",
    undo=irreversible("That a form ended stays on record. Record a new form."),
)
def end_form(
    work: Work, *, request_id: int, how: FormEnd, on: date, words: str = "", version: int | None = None
) -> None:
    """The patient revoked it (164.508(b)(5)), or the event at which it expires has come."""
    row = open_request(work, request_id, version)
    form = release_facts.known(work, row).form
    if form is None:
        raise Refused(Finding("No form is recorded for this request."))
    findings = []
    if form.ended_on is not None:
        findings.append(Finding(f"This form ended on {us_date(form.ended_on)} already."))
    if on > work.today:
        findings.append(Finding("This day is still to come. Look at the date.", "on"))
    elif form.signed_on is not None and on < form.signed_on:
        findings.append(Finding(f"The form was signed on {us_date(form.signed_on)}, which is later.", "on"))
    if how is FormEnd.EVENT_PASSED and not form.expires_event:
        findings.append(Finding("This form names no event. It ends on its date, or is revoked.", "how"))
    if how is FormEnd.REVOKED and not words.strip():
        findings.append(Finding("Write how the patient revoked it; the law wants it in writing.", "words"))
    refuse_if_any(findings)
    work.add(
        ReleaseFormEnd(
            form_id=form.form_id,
            how=how,
            ended_on=on,
            words=words.strip(),
            recorded_at=work.now,
            recorded_by_id=work.actor.user_id,
        )
    )
    said = "Form revoked by the patient" if how is FormEnd.REVOKED else "The event of the form has come"
    log(work, row, ReleaseEventKind.FORM_ENDED, said, on=max(on, row.received_on))
    settle(work, row)


def _said(item: CheckItem, holds: bool, words: str) -> str:
    """As the history tells it: "Matched on 3 details", "Authority missing: no letter"."""
    name = "Authority" if item is CheckItem.AUTHORITY else ITEMS[item]
    if not holds:
        return f"{name} missing: {words}"
    if item is CheckItem.IDENTITY:
        return f"Matched on {words}"
    return f"{name}: {words}" if words else f"{name}: looked at"


def _problems(work: Work, row: ReleaseRequest, patient: Patient, form: FormDraft) -> Iterator[Finding]:
    if form.document_id is not None and work.get(Document, form.document_id).patient_id != row.patient_id:
        yield Finding("This form lies in another patient's chart. Move it first.", "document_id")
    if form.consent_id is not None:
        yield from _of_the_consent(work, row, form)
    if form.signed_on is not None:
        if form.signed_on > work.today:
            yield Finding(f"{us_date(form.signed_on)} is still to come. Look at the date.", "signed_on")
        elif form.signed_on < patient.born_on:
            yield Finding("This is before the patient was born. Look at the date.", "signed_on")
    if form.expires_on is not None and form.expires_event.strip():
        yield Finding("A form ends on a day or with an event. Enter the one that it names.", "expires_event")
    if form.expires_on and form.signed_on and form.expires_on < form.signed_on:
        yield Finding("It would expire before it was signed. Look at the dates.", "expires_on")
    if form.relation.strip() and not form.signer_name.strip():
        yield Finding("Enter the name of who signed for the patient.", "signer_name")
    if any(item not in STATED for item in form.states):
        yield Finding("Signature and expiry follow from their dates.", "states")
    if form.is_psychotherapy_alone and form.names_classes != (Sensitivity.PSYCHOTHERAPY,):
        yield Finding(
            "A form for psychotherapy notes covers nothing else. Record the other classes from another form.",
            "names_classes",
        )


def _of_the_consent(work: Work, row: ReleaseRequest, form: FormDraft) -> Iterator[Finding]:
    assert form.consent_id is not None
    consent = work.get(Consent, form.consent_id)
    if consent.patient_id != row.patient_id:
        yield Finding("This consent is another patient's.", "consent_id")
    elif consent.answer is not Answer.SIGNED:
        yield Finding("The patient did not sign this consent.", "consent_id")
    elif work.session.scalar(
        select(Consent.id).where(Consent.revokes_id == consent.id, Consent.counts_from <= work.today)
    ):
        yield Finding("The patient revoked this consent.", "consent_id")
    if form.document_id is not None:
        yield Finding("A form is on paper, or was signed in the house. Choose one.", "document_id")
    if form.signed_on not in (None, consent.answered_on):
        yield Finding(f"This consent was signed on {us_date(consent.answered_on)}.", "signed_on")


def _fact(
    work: Work,
    row: ReleaseRequest,
    item: CheckItem,
    holds: bool,
    words: str,
    *,
    form_id: int | None = None,
) -> None:
    if form_id is None and item in STATED:
        form = release_facts.known(work, row).form
        form_id = form.form_id if form else None
    work.add(
        ReleaseFact(
            request_id=row.id,
            form_id=form_id,
            item=item,
            holds=holds,
            words=words.strip(),
            checked_at=work.now,
            checked_by=work.actor.name,
            checked_by_id=work.actor.user_id,
        )
    )
