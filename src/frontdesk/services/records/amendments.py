"""Requests that the record be amended: receipt, clock, decision, letters, who is told, and what follows a no.

45 CFR 164.526. Nothing is ever changed in a document: what was accepted or contested is linked to it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.text import us_date
from frontdesk.models.records.amendment import (
    AmendmentDocument,
    AmendmentKind,
    AmendmentRequest,
)
from frontdesk.models.records.amendment import AmendmentState as AmendmentState
from frontdesk.models.records.amendment import Arrival as Arrival
from frontdesk.models.records.amendment import DenialGround as DenialGround
from frontdesk.models.records.document import Document, DocumentState
from frontdesk.models.records.outbound import Way
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import Performed, Undo, command, irreversible
from frontdesk.services.records import amendment_letters
from frontdesk.services.records.amendment_entries import (
    added,
    entry,
    live,
    take_back,
    taken_back,
    undecided,
    written,
)
from frontdesk.services.records.amendment_letters import LetterKind as LetterKind
from frontdesk.services.records.amendment_state import (
    ANSWER_DAYS,
    DECISIONS,
    EXTENSION_DAYS,
    events_of,
    stands,
)
from frontdesk.services.records.amendment_views import Statement as Statement
from frontdesk.services.records.amendment_views import statements_for as statements_for
from frontdesk.services.records.request_row import SERIES, number_words
from frontdesk.services.work import Work

LONGEST = 2_000
LONGEST_STATEMENT = 4_000


@dataclass(frozen=True, slots=True)
class AmendmentDraft:
    """What the patient asks, as it came."""

    patient_id: int
    asked_by: str
    what: str
    wanted: str
    received_on: date | None
    arrival: Arrival = Arrival.LETTER
    relation: str = ""
    """Empty: the patient."""
    reason: str = ""
    document_ids: tuple[int, ...] = ()
    letter_id: int | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A new request, and the entry by which it is taken back."""

    request_id: int
    number: str
    event_id: int


@dataclass(frozen=True, slots=True)
class Decision:
    """Accepted, in part (both texts), or denied."""

    state: AmendmentState
    accepted: str = ""
    """How the record reads from now on; it is linked to the documents."""
    grounds: tuple[DenialGround, ...] = ()
    basis: str = ""
    """Why not, in plain language."""


def _receive_undone(done: Performed) -> Undo:
    return Undo(take_back, event_id=done.result.event_id)


@command("Enter request to amend a record", permission="records.amend", undo=_receive_undone)
def receive(work: Work, *, draft: AmendmentDraft) -> Received:
    """Starts the clock of 60 days on the day of receipt."""
    patient = work.get(Patient, draft.patient_id)
    work.concerns(patient.id)
    refuse_if_any(_findings(work, draft))
    assert draft.received_on is not None
    request = work.add(
        AmendmentRequest(
            number=work.next_number(SERIES),
            patient_id=patient.id,
            asked_by=draft.asked_by.strip(),
            relation=draft.relation.strip(),
            arrival=draft.arrival,
            received_on=draft.received_on,
            what=draft.what.strip(),
            wanted=draft.wanted.strip(),
            reason=draft.reason.strip(),
            letter_id=draft.letter_id,
            state=AmendmentState.OPEN,
            due_on=draft.received_on + timedelta(days=ANSWER_DAYS),
        )
    )
    work.flush()
    for document_id in dict.fromkeys(draft.document_ids):
        work.add(AmendmentDocument(request_id=request.id, document_id=document_id))
    event = written(work, request, AmendmentKind.RECEIVED)
    return Received(request.id, number_words(request.number), event)


@command("Take more time for an amendment", permission="records.amend", undo=taken_back)
def extend(
    work: Work,
    *,
    request_id: int,
    reason: str,
    until: date | None,
    way: Way = Way.MAIL,
    sent_to: str = "",
    version: int | None = None,
) -> int:
    """The one extension, with the letter that tells of it, within the first 60 days. The entry's id."""
    request = undecided(work, request_id, version)
    longest = request.received_on + timedelta(days=ANSWER_DAYS + EXTENSION_DAYS)
    first_due = request.received_on + timedelta(days=ANSWER_DAYS)
    findings: list[Finding] = []
    if request.is_extended:
        findings.append(Finding("The time was extended once; there is no second extension."))
    elif work.today > first_due:
        findings.append(
            Finding(
                f"The 60 days ended on {us_date(first_due)}. More time had to be taken before. Answer now."
            )
        )
    if not reason.strip():
        findings.append(Finding("Write why it takes longer: the patient is told.", "reason"))
    if until is None:
        findings.append(Finding("Enter the day by which the patient has the answer.", "until"))
    elif until > longest:
        findings.append(Finding(f"The last possible day is {us_date(longest)}.", "until"))
    elif until <= first_due:
        findings.append(Finding(f"Until {us_date(first_due)} no extension is needed.", "until"))
    refuse_if_any(findings)
    event = entry(
        work,
        request,
        AmendmentKind.EXTENDED,
        note=reason.strip(),
        until=until,
        way=way,
        sent_to=sent_to.strip(),
    )
    at = stands(events_of(work, request.id))
    at.extension = event
    event.letter = amendment_letters.kept(
        amendment_letters.letter_of(work, request, LetterKind.EXTENSION, at=at)
    )
    return added(work, request, event)


@command("Decide request to amend a record", permission="records.decide_amendment", undo=taken_back)
def decide(work: Work, *, request_id: int, decision: Decision, version: int | None = None) -> int:
    """The office's answer; the letter still has to go out. The entry's id."""
    request = undecided(work, request_id, version)
    kind = next((kind for kind, state in DECISIONS.items() if state is decision.state), None)
    findings: list[Finding] = []
    if kind is None:
        findings.append(Finding("Choose: accepted, in part, or denied.", "state"))
    if kind in (AmendmentKind.ACCEPTED, AmendmentKind.IN_PART) and not decision.accepted.strip():
        findings.append(Finding("Write how the record reads from now on.", "accepted"))
    if kind in (AmendmentKind.DENIED, AmendmentKind.IN_PART):
        if not decision.grounds:
            findings.append(Finding("Choose the ground: the law knows no other.", "grounds"))
        if not decision.basis.strip():
            findings.append(Finding("Write in plain language why not: it stands in the letter.", "basis"))
    findings += [
        Finding("This text has 4,000 characters at most. Shorten it.", name)
        for name in ("accepted", "basis")
        if len(getattr(decision, name)) > LONGEST_STATEMENT
    ]
    refuse_if_any(findings)
    assert kind is not None
    denies, accepts = kind is not AmendmentKind.ACCEPTED, kind is not AmendmentKind.DENIED
    return written(
        work,
        request,
        kind,
        accepted=decision.accepted.strip() if accepts else "",
        grounds=decision.grounds if denies else (),
        note=decision.basis.strip() if denies else "",
    )


@command("Send letter about an amendment", permission="records.amend", undo=taken_back)
def note_letter(
    work: Work,
    *,
    request_id: int,
    way: Way,
    kind: LetterKind = LetterKind.ANSWER,
    sent_to: str = "",
    version: int | None = None,
) -> int:
    """That the answer, or the rebuttal, went out; keeps what it said, and stops the clock. The entry's id."""
    request = live(work, request_id, version)
    if kind not in (LetterKind.ANSWER, LetterKind.REBUTTAL):
        raise Refused(Finding("This letter goes out with its own step."))
    letter = amendment_letters.letter_of(work, request, kind)
    return written(
        work,
        request,
        AmendmentKind.LETTER_SENT,
        way=way,
        sent_to=sent_to.strip(),
        note=letter.title,
        letter=amendment_letters.kept(letter),
    )


@command("Name who is told of an amendment", permission="records.amend", undo=taken_back)
def name_person(
    work: Work, *, request_id: int, name: str, sent_to: str = "", version: int | None = None
) -> int:
    """Somebody whom the patient names, or who relies on the old record (164.526(c)(3)). The entry's id."""
    request = live(work, request_id, version)
    at = stands(events_of(work, request.id))
    if not name.strip():
        raise Refused(Finding("Enter the person or office.", "name"))
    if any(each.note.casefold() == name.strip().casefold() for each in at.named):
        raise Refused(Finding("This person is on the list already.", "name"))
    return written(work, request, AmendmentKind.PERSON_NAMED, note=name.strip(), sent_to=sent_to.strip())


@command("Tell of an amendment", permission="records.amend", undo=taken_back)
def note_told(work: Work, *, request_id: int, person_id: int, way: Way, version: int | None = None) -> int:
    """That the notice went to one of those who are told; keeps what it said. The entry's id."""
    request = live(work, request_id, version)
    at = stands(events_of(work, request.id))
    person = next((each for each in at.named if each.id == person_id), None)
    if person is None:
        raise Refused(Finding("Choose the person who is told.", "person_id"))
    if person_id in at.told:
        raise Refused(Finding("This person was told already.", "person_id"))
    letter = amendment_letters.letter_of(work, request, LetterKind.NOTICE, person_id)
    return written(
        work,
        request,
        AmendmentKind.TOLD,
        about_id=person_id,
        way=way,
        note=person.note,
        sent_to=person.sent_to,
        letter=amendment_letters.kept(letter),
    )


@command("Withdraw request to amend a record", permission="records.amend", undo=taken_back)
def withdraw(work: Work, *, request_id: int, reason: str, version: int | None = None) -> int:
    """The patient does not ask for it any more. The entry's id."""
    request = undecided(work, request_id, version)
    if not reason.strip():
        raise Refused(Finding("Write what the patient said.", "reason"))
    return written(work, request, AmendmentKind.WITHDRAWN, note=reason.strip())


@command(
    "Print letter about an amendment",
    permission="records.amend",
    undo=irreversible("The letter is on paper or in a file. Shred what is not wanted."),
)
def note_printed(work: Work, *, request_id: int, kind: LetterKind = LetterKind.ANSWER) -> int:
    """That a letter was printed or saved; the entry's id."""
    request = work.get(AmendmentRequest, request_id)
    work.concerns(request.patient_id)
    return written(work, request, AmendmentKind.PRINTED, note=kind.value)


def _findings(work: Work, draft: AmendmentDraft) -> list[Finding]:
    findings: list[Finding] = []
    for field, sentence in (
        ("asked_by", "Enter who asks."),
        ("what", "Enter what the record says wrongly."),
        ("wanted", "Enter how it should read."),
    ):
        if not str(getattr(draft, field)).strip():
            findings.append(Finding(sentence, field))
    for field, most in (("asked_by", 120), ("relation", 60), ("what", LONGEST), ("wanted", LONGEST)):
        if len(getattr(draft, field)) > most:
            findings.append(Finding(f"This text has {most:,} characters at most. Shorten it.", field))
    if len(draft.reason) > LONGEST:
        findings.append(Finding(f"This text has {LONGEST:,} characters at most. Shorten it.", "reason"))
    if draft.received_on is None:
        findings.append(Finding("Enter the day on which it came: the clock starts with it.", "received_on"))
    elif draft.received_on > work.today:
        findings.append(Finding("This day is still to come. The clock starts on receipt.", "received_on"))
    elif draft.received_on < work.today - timedelta(days=3 * 365):
        findings.append(Finding("This day is years ago. Check the year.", "received_on"))
    for document_id in (*draft.document_ids, *filter(None, (draft.letter_id,))):
        document = work.get(Document, document_id)
        if document.patient_id != draft.patient_id or document.state is not DocumentState.FILED:
            field = "letter_id" if document_id == draft.letter_id else "document_ids"
            findings.append(Finding("Each document must be in this patient's chart. File it first.", field))
            break
    return findings
