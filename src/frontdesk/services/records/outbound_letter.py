"""The letter that asks another office for records: from the request as it stands, or as it went out."""

import msgspec
from sqlalchemy import select

from frontdesk.formats.pdf.business_letter import Block, BlockKind, BusinessLetter, business_letter_pdf
from frontdesk.kernel.errors import NotFound
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date, us_phone
from frontdesk.models.office.practice import Practice
from frontdesk.models.office.resources import Provider
from frontdesk.models.records.consent import Consent
from frontdesk.models.records.document import Document
from frontdesk.models.records.outbound import (
    Basis,
    OutboundEvent,
    OutboundItem,
    OutboundRequest,
    Way,
)
from frontdesk.models.records.outside import OutsideOffice
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import query
from frontdesk.services.records import outside, sheets
from frontdesk.services.records.outbound_state import covers_said
from frontdesk.services.records.outside import OfficeDraft
from frontdesk.services.records.request_row import number_words
from frontdesk.services.work import Work

_TREATMENT = (
    "We ask for them to treat the patient. The HIPAA Privacy Rule permits you to disclose them for "
    "treatment without the patient's authorization (45 CFR 164.506(c)(2))."
)
_GUARDED = (
    "The authorization names psychotherapy notes or records of substance use treatment, for which it is "
    "needed (45 CFR 164.508(a)(2), 42 CFR Part 2)."
)
_NONE = "If you have none of an item, please tick it and send this letter back."
_MISTAKE = "Confidential health information. If this reached you by mistake, call {phone} and destroy it."


@query(permission="records.view")
def letter_pdf(work: Work, *, request_id: int, way: Way | None = None) -> bytes:
    """The letter as it would go out now."""
    return business_letter_pdf(letter_of(work, work.get(OutboundRequest, request_id), way))


@query(permission="records.view")
def sent_pdf(work: Work, *, event_id: int) -> bytes:
    """The letter as it went out, whatever changed since."""
    event = work.get(OutboundEvent, event_id)
    if not event.letter:
        raise NotFound("No letter went out with this entry.")
    return business_letter_pdf(msgspec.json.decode(event.letter.encode(), type=BusinessLetter))


def kept(letter: BusinessLetter) -> str:
    """A letter as an event keeps it."""
    return msgspec.json.encode(letter).decode()


def letter_of(work: Work, request: OutboundRequest, way: Way | None) -> BusinessLetter:
    """What the letter says, of the request as it stands."""
    patient = work.get(Patient, request.patient_id)
    office = outside.view_of(work.get(OutsideOffice, request.office_id)).draft
    practice = work.session.scalars(select(Practice)).first()
    number = number_words(request.number)
    name = first_last(patient.legal_first, patient.legal_last)
    facts = [
        ("Patient", name),
        ("Date of birth", us_date(patient.born_on)),
        ("Our request", number),
        ("Needed by", us_date(request.needed_on)),
    ]
    if covers := covers_said(request):
        facts.append(("For the time", covers))
    if request.provider_id is not None and (asks := work.session.get(Provider, request.provider_id)):
        name_and_degree = ", ".join(
            filter(None, (first_last(asks.first_name, asks.last_name), asks.credential))
        )
        facts.append(("Needed by the clinician", name_and_degree))
    items = work.session.scalars(
        select(OutboundItem.what).where(OutboundItem.request_id == request.id).order_by(OutboundItem.position)
    )
    blocks = [Block(BlockKind.TEXT, "Please send us these records of the patient named above.")]
    blocks += [Block(BlockKind.TICK, what) for what in items]
    if request.note:
        blocks.append(Block(BlockKind.TEXT, request.note))
    blocks += [Block(BlockKind.HEAD, "Why you may send them"), Block(BlockKind.TEXT, _basis(work, request))]
    blocks += [Block(BlockKind.HEAD, "How to send them"), Block(BlockKind.TEXT, _back(practice, number))]
    blocks.append(Block(BlockKind.TEXT, _NONE))
    return BusinessLetter(
        sender=sheets.sender(work),
        title=f"Request for records {number}",
        written_on=us_date(work.today),
        to=tuple(
            filter(
                None,
                (
                    office.name,
                    office.department,
                    f"Attn. {office.attention}" if office.attention else "",
                    *outside.address_lines(office),
                ),
            )
        ),
        via=via_said(office, way),
        facts=tuple(facts),
        blocks=tuple(blocks),
        foot=_MISTAKE.format(phone=us_phone(practice.phone) if practice else "us"),
    )


def via_said(office: OfficeDraft, way: Way | None) -> str:
    """ "by fax to (503) 555-0177"."""
    if way is Way.FAX and office.fax:
        return f"by fax to {us_phone(office.fax)}"
    if way is Way.EMAIL and office.email:
        return f"by secure e-mail to {office.email}"
    return {Way.MAIL: "by mail", Way.HAND: "by hand"}.get(way, "") if way else ""


def _basis(work: Work, request: OutboundRequest) -> str:
    if request.basis is Basis.TREATMENT:
        return _TREATMENT
    signed_on = None
    if request.consent_id is not None:
        signed_on = work.get(Consent, request.consent_id).answered_on
    elif request.authorization_document_id is not None:
        signed_on = work.get(Document, request.authorization_document_id).document_on
    of_day = f" of {us_date(signed_on)}" if signed_on else ""
    words = f"The patient's signed authorization{of_day} goes with this letter (45 CFR 164.508)."
    return f"{words} {_GUARDED}" if request.is_guarded else words


def _back(practice: Practice | None, number: str) -> str:
    if practice is None:
        return f"Please write {number} on what you send."
    ways = []
    if practice.fax:
        ways.append(f"by fax to {us_phone(practice.fax)}")
    if practice.email:
        ways.append(f"by secure e-mail to {practice.email}")
    ways.append("by mail to the address above")
    return f"Please send them {', or '.join(ways)}, and write {number} on them."
