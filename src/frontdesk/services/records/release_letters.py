"""The letters of a request: written from what it says, filed into the patient's chart as they went out."""

from datetime import date

from frontdesk.formats.pdf.release_letter import ReleaseLetter, release_letter_pdf
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date, us_phone
from frontdesk.models.records.content import MediaType
from frontdesk.models.records.document import Category, Document, DocumentState, Sensitivity
from frontdesk.models.records.release import ReleaseRequest
from frontdesk.models.records.release_check import REVIEWABLE, DenialGround
from frontdesk.models.registration.patient import Patient
from frontdesk.services.records import content, sheets
from frontdesk.services.records.release_words import GROUNDS
from frontdesk.services.records.request_row import number_words
from frontdesk.services.work import Work

Sections = tuple[tuple[str, tuple[str, ...]], ...]


def more_time(work: Work, row: ReleaseRequest, reason: str, until: date) -> int:
    """45 CFR 164.524(b)(2)(ii)(A): why it takes longer, and the day by which the answer comes."""
    return _file(
        work,
        row,
        "We need more time for your request",
        (
            f"The office cannot answer your request by {us_date(row.due_on)}. {_sentence(reason)}",
            (
                f"You will have the copies, or our answer, by {us_date(until)}. "
                "The time cannot be extended once more."
            ),
        ),
    )


def denial(work: Work, row: ReleaseRequest, ground: DenialGround, words: str) -> int:
    """45 CFR 164.524(d)(2): the ground in plain words, the right to a review, and how to complain."""
    sender = sheets.sender(work)
    reach = ", ".join((sender.name, *sender.lines))
    sections: Sections = ()
    if ground in REVIEWABLE:
        sections += (
            (
                "You may have this decision reviewed",
                (
                    (
                        "Write or call the office and ask for a review. A licensed health care professional "
                        "who took no part in this decision will look at it, and we act on what they decide."
                    ),
                ),
            ),
        )
    elif ground is not DenialGround.NOT_KEPT and ground is not DenialGround.FORM_NOT_VALID:
        sections += (
            ("Review", ("The law gives no review of a decision on this ground (45 CFR 164.524(a)(2)).",)),
        )
    sections += (
        (
            "How to complain",
            (
                f"You may complain to the privacy official of the office: {reach}.",
                (
                    "You may also complain to the Secretary of the U.S. Department of Health and Human "
                    "Services, Office for Civil Rights, 200 Independence Avenue SW, Washington, DC 20201, "
                    "www.hhs.gov/ocr. Nobody may hold a complaint against you."
                ),
            ),
        ),
    )
    paragraphs = [f"The office cannot give the copies that were asked for. {GROUNDS[ground]}"]
    if words.strip():
        paragraphs.append(_sentence(words))
    paragraphs.append("Whatever else you asked for, and this does not concern, you receive all the same.")
    return _file(work, row, "We cannot give these copies", tuple(paragraphs), sections)


def returned(work: Work, row: ReleaseRequest, reason: str) -> int:
    """What is missing, and that nothing was sent."""
    return _file(
        work,
        row,
        "Your request is returned",
        (
            f"The office cannot act on this request as it came. {_sentence(reason)}",
            (
                "No copy was sent, and no record was shown. Send the request again with what is missing; "
                "name the number above."
            ),
        ),
    )


def withdrawn(work: Work, row: ReleaseRequest, reason: str) -> int:
    """That the request is at an end because whoever sent it no longer wants it."""
    return _file(
        work,
        row,
        "Your request is closed",
        (
            f"The office has closed this request, as it was withdrawn. {_sentence(reason)}",
            "No copy was sent. You may ask again at any time.",
        ),
    )


def _file(
    work: Work, row: ReleaseRequest, title: str, paragraphs: tuple[str, ...], sections: Sections = ()
) -> int:
    patient = work.get(Patient, row.patient_id)
    sender = sheets.sender(work)
    contact = tuple(part for part in (row.requester_name, row.attention) if part)
    address = tuple(line.strip() for line in row.requester_address.splitlines() if line.strip())
    fax = (f"By fax: {us_phone(row.requester_fax)}",) if row.requester_fax and not address else ()
    facts = [
        ("Request", number_words(row.number)),
        ("Received", us_date(row.received_on)),
        ("Patient", first_last(patient.legal_first, patient.legal_last)),
        ("Birth date", us_date(patient.born_on)),
    ]
    if row.their_reference:
        facts.append(("Your reference", row.their_reference))
    data = release_letter_pdf(
        ReleaseLetter(
            sender=sender,
            title=title,
            to=(*contact, *address, *fax),
            date=us_date(work.today),
            facts=tuple(facts),
            paragraphs=paragraphs,
            sections=sections,
            signed=f"{work.actor.name}, {sender.name}",
        )
    )
    sha256 = content.keep_made(work, data, MediaType.PDF)
    document = work.add(
        Document(
            patient_id=row.patient_id,
            state=DocumentState.FILED,
            category=Category.LETTER,
            title=f"{title}, {number_words(row.number)}",
            source=sender.name,
            document_on=work.today,
            received_at=work.now,
            filed_at=work.now,
            arrived_as="",
            sha256=sha256,
            media_type=MediaType.PDF.value,
            pages=None,
            sensitivity=Sensitivity.ORDINARY,
        )
    )
    work.flush()
    return document.id


def _sentence(words: str) -> str:
    words = " ".join(words.split())
    return words if words.endswith((".", "!", "?")) else f"{words}."
