"""Letters about a request for amendment: more time, accepted, in part, denied, the rebuttal, the people told.

What each must say is 45 CFR 164.526(b)(2)(ii), (c)(2), (d)(1) and (d)(3).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import msgspec
from sqlalchemy import select

from frontdesk.formats.pdf.business_letter import Block, BlockKind, BusinessLetter, business_letter_pdf
from frontdesk.kernel.errors import Finding, NotFound, Refused
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date, us_phone
from frontdesk.models.office.practice import Practice
from frontdesk.models.records.amendment import (
    AmendmentDocument,
    AmendmentEvent,
    AmendmentRequest,
    AmendmentState,
    DenialGround,
)
from frontdesk.models.records.document import Document
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import query
from frontdesk.services.records import asking_rules, sheets
from frontdesk.services.records.amendment_state import Stands, events_of, stands
from frontdesk.services.records.request_row import number_words
from frontdesk.services.registration import addresses
from frontdesk.services.work import Work


class LetterKind(StrEnum):
    """Which letter."""

    EXTENSION = "extension"
    ANSWER = "answer"
    REBUTTAL = "rebuttal"
    NOTICE = "notice"
    """To somebody who relies on what was amended."""


GROUNDS: Final[Mapping[DenialGround, str]] = {
    DenialGround.NOT_OURS: "This office did not write the record, and who wrote it can still amend it.",
    DenialGround.NOT_IN_THE_SET: "What you name is not part of the records by which we decide about you.",
    DenialGround.NOT_OPEN: "What you name is not open to you to look at (45 CFR 164.524).",
    DenialGround.CORRECT: "The record is accurate and complete.",
}
_TEXT, _HEAD, _ITEM, _QUOTE = BlockKind.TEXT, BlockKind.HEAD, BlockKind.ITEM, BlockKind.QUOTE


@query(permission="records.view")
def letter_pdf(
    work: Work, *, request_id: int, kind: LetterKind = LetterKind.ANSWER, person_id: int | None = None
) -> bytes:
    """The letter as it would go out now; a notice is to one of the people who were named."""
    return business_letter_pdf(letter_of(work, work.get(AmendmentRequest, request_id), kind, person_id))


@query(permission="records.view")
def sent_pdf(work: Work, *, event_id: int) -> bytes:
    """The letter as it went out, whatever changed since."""
    event = work.get(AmendmentEvent, event_id)
    if not event.letter:
        raise NotFound("No letter went out with this entry.")
    return business_letter_pdf(msgspec.json.decode(event.letter.encode(), type=BusinessLetter))


def kept(letter: BusinessLetter) -> str:
    """A letter as an event keeps it."""
    return msgspec.json.encode(letter).decode()


def letter_of(
    work: Work,
    request: AmendmentRequest,
    kind: LetterKind,
    person_id: int | None = None,
    at: Stands | None = None,
) -> BusinessLetter:
    """What a letter says, of the request as it stands, or as it will stand."""
    at = at or stands(events_of(work, request.id))
    patient = work.get(Patient, request.patient_id)
    name = first_last(patient.legal_first, patient.legal_last)
    number = number_words(request.number)
    title, blocks = _said(work, request, at, kind)
    to: tuple[str, ...] = (request.asked_by, *_mail_lines(work, request.patient_id))
    if kind is LetterKind.NOTICE:
        person = next((each for each in at.named if each.id == person_id), None)
        if person is None:
            raise Refused(Finding("Choose the person who is told.", "person_id"))
        to = (person.note, *filter(None, (person.sent_to,)))
    return BusinessLetter(
        sender=sheets.sender(work),
        title=title,
        written_on=us_date(work.today),
        to=to,
        via="",
        facts=(
            ("Patient", name),
            ("Date of birth", us_date(patient.born_on)),
            ("Request", number),
            ("Received", us_date(request.received_on)),
        ),
        blocks=tuple(blocks),
        foot=f"Request to amend a record {number}.",
    )


def document_titles(work: Work, request_id: int) -> list[str]:
    """ "Hospital discharge summary, 03/12/2026": the documents it is about."""
    rows = work.session.execute(
        select(Document.title, Document.document_on)
        .join(AmendmentDocument, AmendmentDocument.document_id == Document.id)
        .where(AmendmentDocument.request_id == request_id)
        .order_by(Document.document_on, Document.id)
    )
    return [f"{title}, {us_date(on)}" if on else title for title, on in rows]


def _said(work: Work, request: AmendmentRequest, at: Stands, kind: LetterKind) -> tuple[str, list[Block]]:
    if kind is LetterKind.EXTENSION:
        if at.extension is None or at.extension.until is None:
            raise Refused(Finding("More time was not taken yet."))
        return "We need more time for your request", [
            Block(_TEXT, _asked_on(request)),
            Block(
                _TEXT,
                f"We cannot finish our work on it within 60 days. You will have our answer by "
                f"{us_date(at.extension.until)}.",
            ),
            Block(_TEXT, f"The reason: {at.extension.note}"),
        ]
    if kind is LetterKind.REBUTTAL:
        if at.rebuttal is None or at.disagreement is None:
            raise Refused(Finding("There is no rebuttal yet."))
        return "Our reply to your statement", [
            Block(_TEXT, "You sent us a statement of disagreement:"),
            Block(_QUOTE, at.disagreement.note),
            Block(_TEXT, "We reply:"),
            Block(_QUOTE, at.rebuttal.note),
            Block(_TEXT, "Both stay with the record and go out with it."),
        ]
    if at.decision is None:
        raise Refused(Finding("Nothing is decided yet."))
    if kind is LetterKind.NOTICE:
        if at.state is AmendmentState.DENIED:
            raise Refused(Finding("Nothing was amended: nobody is to be told."))
        return "Notice of an amended record", [
            Block(_TEXT, "The record of the patient named above was amended. Please amend yours as well."),
            *_documents(work, request),
            Block(_HEAD, "It reads from now on"),
            Block(_QUOTE, at.decision.accepted),
        ]
    title = {
        AmendmentState.ACCEPTED: "Your record is amended",
        AmendmentState.IN_PART: "Your record is amended in part",
    }.get(at.state, "Your request to amend your record")
    blocks = [Block(_TEXT, _asked_on(request)), *_documents(work, request), Block(_QUOTE, request.wanted)]
    if at.state is not AmendmentState.DENIED:
        blocks += _accepted(at)
    if at.state is not AmendmentState.ACCEPTED:
        blocks += _denied(work, at)
    return title, blocks


def _accepted(at: Stands) -> list[Block]:
    assert at.decision is not None
    blocks = [
        Block(_HEAD, "What we amended" if at.state is AmendmentState.ACCEPTED else "What we accept"),
        Block(_TEXT, "We linked this to the record:"),
        Block(_QUOTE, at.decision.accepted),
    ]
    if at.named:
        blocks.append(Block(_TEXT, "We tell these people and offices of it:"))
        blocks += [Block(_ITEM, person.note) for person in at.named]
    blocks.append(
        Block(
            _TEXT,
            "Please tell us who else has the old record and should know, and that we may tell them.",
        )
    )
    return blocks


def _denied(work: Work, at: Stands) -> list[Block]:
    """45 CFR 164.526(d)(1)(i) to (iv)."""
    assert at.decision is not None
    practice = work.session.scalars(select(Practice)).first()
    rules = asking_rules.in_force(work)
    phone = us_phone(rules.complaints_phone or (practice.phone if practice else ""))
    blocks = [Block(_HEAD, "What we do not amend, and why")]
    blocks += [Block(_ITEM, GROUNDS[ground]) for ground in at.decision.grounds]
    blocks.append(Block(_TEXT, at.decision.note))
    blocks += [
        Block(_HEAD, "What you can do"),
        Block(
            _ITEM,
            "You can send us a written statement that you disagree, and why. Bring or mail it to the address "
            "above. We keep it with the record, and it goes out with it. We may add a reply, of which you "
            "get a copy.",
        ),
        Block(
            _ITEM,
            "If you send no statement, you can ask that your request and this letter go out with each "
            "future disclosure of the record.",
        ),
        Block(
            _ITEM,
            f"You can complain to us: {rules.complaints_to or 'the privacy officer'}, {phone}. Nobody will "
            "treat you differently for it.",
        ),
        Block(
            _ITEM,
            "You can complain to the Secretary of the U.S. Department of Health and Human Services, Office "
            "for Civil Rights: www.hhs.gov/ocr/complaints, 1-800-368-1019.",
        ),
    ]
    return blocks


def _documents(work: Work, request: AmendmentRequest) -> list[Block]:
    return [Block(_ITEM, title) for title in document_titles(work, request.id)]


def _asked_on(request: AmendmentRequest) -> str:
    return f"On {us_date(request.received_on)} we received your request to amend this in the record:"


def _mail_lines(work: Work, patient_id: int) -> tuple[str, ...]:
    mail = addresses.mail_to(work, patient_id)
    if mail is None:
        return ()
    draft = mail.address
    street = ", ".join(filter(None, (draft.street, draft.unit)))
    return (street, f"{draft.city}, {draft.state} {draft.postal_code}".rstrip())
