"""Lines of a file that may be a registered patient: the same person, somebody else, or left out."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select

from frontdesk.formats.patient_csv import PatientLine
from frontdesk.kernel.errors import Conflict, Finding, Refused
from frontdesk.kernel.names import first_last
from frontdesk.models.registration.patient import Patient, PatientIdentifier
from frontdesk.models.registration.patient_import import ImportReview, ReviewState
from frontdesk.models.registration.reach import AddressKind
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.registration import addresses, duplicates, edits, patients, phones
from frontdesk.services.registration.drafts import AddressDraft, PatientDraft, PhoneDraft
from frontdesk.services.registration.duplicates import LookAlike
from frontdesk.services.registration.import_drafts import draft_of
from frontdesk.services.registration.person import person_of
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

_MOST_SHOWN = 500

says(
    "uq_patient_identifier_system",
    "Another chart has this number of the other system already. Look at that chart first.",
)


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A line that waits, as the file has it."""

    id: int
    version: int
    system: str
    line: int
    name: str
    born_on: date
    phone: str
    address: str
    email: str
    identifier: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision did, so that it can be taken back."""

    patient_id: int | None
    was_registered: bool = False
    phones_before: tuple[PhoneDraft, ...] = ()
    phones_after: tuple[PhoneDraft, ...] = ()
    email: str = ""
    """The e-mail address that the chart had none of before."""
    address: AddressDraft | None = None
    """The address that the chart had none of before."""


@query(permission="registration.import")
def waiting(work: Work) -> tuple[ReviewLine, ...]:
    """What waits for a person, in the order of the files; at most five hundred."""
    rows = work.session.scalars(
        select(ImportReview)
        .where(ImportReview.state == ReviewState.WAITING)
        .order_by(ImportReview.id)
        .limit(_MOST_SHOWN)
    )
    return tuple(_line(row) for row in rows)


@query(permission="registration.import")
def alike(work: Work, *, review_id: int) -> tuple[LookAlike, ...]:
    """Who the line may be, the most alike first."""
    row = work.get(ImportReview, review_id)
    return duplicates.look_alikes(work, person_of(draft_of(_content(row))))


def count(work: Work) -> int:
    """How many lines wait."""
    asked = select(func.count()).where(ImportReview.state == ReviewState.WAITING)
    return work.session.scalar(asked) or 0


def _decision_back(done: Performed) -> Undo:
    return Undo(take_back, review_id=done.arguments["review_id"], decided=done.result)


@command("Import line: same patient", permission="registration.import", undo=_decision_back)
def same(work: Work, *, review_id: int, patient_id: int, version: int) -> Decided:
    """The line is this patient: blanks of the chart are filled from it, nothing is overwritten."""
    row = _waiting(work, review_id, version)
    line, patient = _content(row), work.get(Patient, patient_id)
    work.concerns(patient_id)
    draft = draft_of(line)
    decided = _fill_blanks(work, patient, draft)
    _identify(work, row, line, patient_id)
    _decide(work, row, ReviewState.SAME, patient_id)
    return decided


@command("Import line: another patient", permission="registration.import", undo=_decision_back)
def register(work: Work, *, review_id: int, version: int, reason: str) -> Decided:
    """The line is somebody else, and why; a chart of their own is opened."""
    row = _waiting(work, review_id, version)
    if not reason.strip():
        raise Refused(Finding("Say why this is somebody else, such as twin, or father and son.", "reason"))
    line = _content(row)
    patient_id = patients.register(work, draft=draft_of(line), override=reason.strip())
    _identify(work, row, line, patient_id)
    _decide(work, row, ReviewState.REGISTERED, patient_id)
    return Decided(patient_id, was_registered=True)


@command("Import line: left out", permission="registration.import", undo=_decision_back)
def skip(work: Work, *, review_id: int, version: int) -> Decided:
    """Nothing is done with the line, and it is not asked about again."""
    _decide(work, _waiting(work, review_id, version), ReviewState.SKIPPED, None)
    return Decided(None)


@command(
    "Take back import decision",
    permission="registration.import",
    undo=irreversible("The line waits in the review again. Decide it there."),
)
def take_back(work: Work, *, review_id: int, decided: Decided) -> None:
    """The line waits again; what was filled in is taken out, a chart that was opened is made inactive."""
    row = work.get(ImportReview, review_id)
    patient_id = decided.patient_id
    if patient_id is not None:
        work.concerns(patient_id)
        identifier = _content(row).identifier
        for known in work.session.scalars(
            select(PatientIdentifier).where(
                PatientIdentifier.system == row.system,
                PatientIdentifier.value == identifier,
                PatientIdentifier.patient_id == patient_id,
            )
        ):
            work.session.delete(known)
        if decided.was_registered:
            patients.deactivate(work, patient_id=patient_id, reason="Imported in error")
        else:
            _empty_again(work, patient_id, decided)
    row.state, row.patient_id, row.decided_at, row.decided_by = ReviewState.WAITING, None, None, ""


def new_ones(work: Work, system: str, lines: Sequence[PatientLine]) -> list[tuple[str, PatientLine]]:
    """Those that were never set aside before, with the hash of what they say."""
    hashed = {_hash(line): line for line in lines}
    known: set[str] = set()
    hashes = sorted(hashed)
    for at in range(0, len(hashes), 500):
        known.update(
            work.session.scalars(
                select(ImportReview.content_sha256).where(
                    ImportReview.system == system, ImportReview.content_sha256.in_(hashes[at : at + 500])
                )
            )
        )
    return [(sha256, line) for sha256, line in hashed.items() if sha256 not in known]


def set_aside(work: Work, system: str, lines: Sequence[PatientLine]) -> int:
    """Keep the lines for a person to look at; how many are new."""
    fresh = new_ones(work, system, lines)
    for sha256, line in fresh:
        content = json.dumps(asdict(line), default=date.isoformat, sort_keys=True)
        work.add(ImportReview(system=system, line=line.line, content=content, content_sha256=sha256))
    return len(fresh)


def _hash(line: PatientLine) -> str:
    """Of what the line says; where it stands in the file does not matter."""
    said = json.dumps(asdict(replace(line, line=0)), default=date.isoformat, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _content(row: ImportReview) -> PatientLine:
    said: dict[str, Any] = json.loads(row.content)  # Any: the fields of PatientLine, checked when written
    died_on = said.pop("died_on")
    return PatientLine(
        born_on=date.fromisoformat(said.pop("born_on")),
        died_on=date.fromisoformat(died_on) if died_on else None,
        **said,
    )


def _line(row: ImportReview) -> ReviewLine:
    line = _content(row)
    street = ", ".join(filter(None, (line.street, line.unit)))
    return ReviewLine(
        id=row.id,
        version=row.version,
        system=row.system,
        line=row.line,
        name=first_last(line.first, line.last),
        born_on=line.born_on,
        phone=line.mobile or line.home_phone,
        address=", ".join(filter(None, (street, f"{line.city} {line.state} {line.postal_code}".strip()))),
        email=line.email,
        identifier=line.identifier,
    )


def _waiting(work: Work, review_id: int, version: int) -> ImportReview:
    row = work.get(ImportReview, review_id, version)
    if row.state is not ReviewState.WAITING:
        raise Conflict("Another desk decided about this line already. Look at the list again.")
    return row


def _decide(work: Work, row: ImportReview, state: ReviewState, patient_id: int | None) -> None:
    row.state, row.patient_id = state, patient_id
    row.decided_at, row.decided_by = work.now, work.actor.name


def _identify(work: Work, row: ImportReview, line: PatientLine, patient_id: int) -> None:
    if line.identifier:
        work.add(PatientIdentifier(patient_id=patient_id, system=row.system, value=line.identifier))


def _fill_blanks(work: Work, patient: Patient, draft: PatientDraft) -> Decided:
    before = tuple(phones.draft_of(row) for row in phones.in_use(work, patient.id))
    numbers = {phone.number for phone in before}
    after = before + tuple(phone for phone in phones.stored(draft.phones) if phone.number not in numbers)
    if after != before:
        phones.change(work, patient_id=patient.id, before=before, after=after)
    email = "" if patient.email else draft.details.email
    if email:
        details = edits.details_of(patient)
        edits.change_details(work, patient_id=patient.id, before=details, after=replace(details, email=email))
    address = draft.address
    if address is None or addresses.current(work, patient.id, AddressKind.HOME) is not None:
        address = None
    else:
        addresses.change(work, patient_id=patient.id, before=None, after=address, kind=AddressKind.HOME)
    return Decided(patient.id, False, before, after, email, address)


def _empty_again(work: Work, patient_id: int, decided: Decided) -> None:
    if decided.phones_after != decided.phones_before:
        phones.change(work, patient_id=patient_id, before=decided.phones_after, after=decided.phones_before)
    if decided.email:
        details = edits.details_of(work.get(Patient, patient_id))
        edits.change_details(work, patient_id=patient_id, before=details, after=replace(details, email=""))
    if decided.address is not None:
        addresses.change(
            work, patient_id=patient_id, before=decided.address, after=None, kind=AddressKind.HOME
        )
