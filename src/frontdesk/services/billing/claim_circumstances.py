"""Enters what some claims say of dates, work, hospital, a case, late filing and services bought outside."""

import re
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.models.billing.claim_circumstances import Assignment as Assignment
from frontdesk.models.billing.claim_circumstances import ClaimCircumstances, ClaimLineMark, ClaimReference
from frontdesk.models.billing.claim_circumstances import Delay as Delay
from frontdesk.models.billing.claim_circumstances import NoteKind as NoteKind
from frontdesk.models.billing.claim_circumstances import OnsetKind as OnsetKind
from frontdesk.models.billing.claim_circumstances import OtherDate as OtherDate
from frontdesk.models.billing.claim_circumstances import Program as Program
from frontdesk.models.billing.claim_circumstances import ReferenceKind as ReferenceKind
from frontdesk.models.billing.claim_circumstances import Screening as Screening
from frontdesk.models.billing.claim_circumstances import SpineCondition as SpineCondition
from frontdesk.models.billing.claims import Claim, ClaimLine, EventKind
from frontdesk.services.billing import circumstance_facts as told
from frontdesk.services.billing.circumstance_facts import Circumstances as Circumstances
from frontdesk.services.billing.circumstance_facts import LineMarks as LineMarks
from frontdesk.services.billing.circumstance_facts import Outside as Outside
from frontdesk.services.billing.circumstance_facts import Reference as Reference
from frontdesk.services.billing.claim_steps import EDITABLE, check_all, claim_of, only_from, record
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.office.identifiers import is_npi
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

MOST_CODES = 12
MOST_LETTERS = 80
"""Of a note (NTE02), a line of file information (K301) and a description (SV101-7)."""
MOST_MINUTES = 1440
OF_LINE = (NoteKind.ADDITIONAL, NoteKind.GOALS, NoteKind.THIRD_PARTY)
"""What a note to a line can be (2400 NTE01)."""
_CODE = re.compile(r"[A-Z0-9]{2}")
_ANY = re.compile(r"[A-Z0-9-]{1,50}")
_SHAPES = {
    ReferenceKind.SERVICE_EXCEPTION: re.compile("[1-7]"),
    ReferenceKind.CROSSOVER: re.compile("[NY]"),
    ReferenceKind.MAMMOGRAPHY: _ANY,
    ReferenceKind.DEVICE: _ANY,
    ReferenceKind.TRIAL: re.compile("[0-9]{8}"),
    ReferenceKind.CARE_PLAN: re.compile("[0-9]{10}"),
}
_SHAPED = {
    ReferenceKind.SERVICE_EXCEPTION: "The exception of a service is a digit from 1 to 7.",
    ReferenceKind.CROSSOVER: "The crossover of Medicare is Y or N.",
    ReferenceKind.MAMMOGRAPHY: "The certificate's number is letters and digits.",
    ReferenceKind.DEVICE: "The device's number is letters and digits.",
    ReferenceKind.TRIAL: "The number of a clinical trial has eight digits, without NCT.",
    ReferenceKind.CARE_PLAN: "The agency's NPI has ten digits.",
}

says("uq_claim_circumstances_claim_id", "Another desk entered this a moment ago. Look at the claim again.")


@query(permission="billing.view")
def circumstances(work: Work, *, claim_id: int) -> Circumstances:
    """What a claim says of all this."""
    return told.of_claims(work, [claim_id]).get(claim_id, Circumstances())


def _before(done: Performed) -> Undo:
    return Undo(set_circumstances, claim_id=done.arguments["claim_id"], said=done.result)


@command("Set dates and circumstances of claim", permission="billing.claims", undo=_before)
def set_circumstances(
    work: Work, *, claim_id: int, said: Circumstances, version: int | None = None
) -> Circumstances:
    """Say all of it anew, and check again; gives back what was said before."""
    claim = claim_of(work, claim_id, version)
    only_from(claim, EDITABLE, "Correct the claim instead.")
    said = _tidy(said)
    places = dict(
        work.session.execute(
            select(ClaimLine.place, ClaimLine.id).where(ClaimLine.claim_id == claim_id)
        ).all()
    )
    refuse_if_any([*_against(said), *_against_lines(said, set(places))])
    before = circumstances(work, claim_id=claim_id)
    _keep(work, claim_id, said, places)
    record(work, claim, EventKind.CHANGED, "Dates and circumstances entered")
    check_all(work, [claim])
    return before


def copy(work: Work, claim: Claim, new: Claim) -> None:
    """The claim that takes another's place, or follows it, says the same but why it is late."""
    said = circumstances(work, claim_id=claim.id)
    places = dict(
        work.session.execute(select(ClaimLine.place, ClaimLine.id).where(ClaimLine.claim_id == new.id)).all()
    )
    _keep(work, new.id, replace(said, delay=None), places)


def _keep(work: Work, claim_id: int, said: Circumstances, places: dict[int, int]) -> None:
    row = work.session.scalar(select(ClaimCircumstances).where(ClaimCircumstances.claim_id == claim_id))
    if replace(said, lines=(), references=()) == Circumstances():
        if row is not None:
            work.session.delete(row)
    else:
        row = row or work.add(ClaimCircumstances(claim_id=claim_id))
        for name in told.PLAIN:
            setattr(row, name, getattr(said, name))
        for part in told.OUTSIDE:
            setattr(row, f"outside_{part}", getattr(said.outside, part))
    _keep_references(work, claim_id, said.references)
    known = {
        mark.claim_line_id: mark
        for mark in work.session.scalars(
            select(ClaimLineMark).where(ClaimLineMark.claim_line_id.in_(places.values()))
        )
    }
    for place, line_id in places.items():
        marks, mark = said.marks(place), known.get(line_id)
        if marks.is_plain:
            if mark is not None:
                work.session.delete(mark)
            continue
        mark = mark or work.add(ClaimLineMark(claim_line_id=line_id))
        for name in told.MARKS:
            setattr(mark, name, getattr(marks, name))


def _keep_references(work: Work, claim_id: int, references: tuple[Reference, ...]) -> None:
    known = {
        row.kind: row
        for row in work.session.scalars(select(ClaimReference).where(ClaimReference.claim_id == claim_id))
    }
    wanted = {each.kind: each.number for each in references}
    for kind in known.keys() - wanted.keys():
        work.session.delete(known[kind])
    for kind, number in wanted.items():
        if kind in known:
            known[kind].number = number
        else:
            work.add(ClaimReference(claim_id=claim_id, kind=kind, number=number))


def _tidy(said: Circumstances) -> Circumstances:
    outside = Outside(*(getattr(said.outside, part).strip() for part in told.OUTSIDE))
    return replace(
        said,
        condition_codes=" ".join(said.condition_codes.upper().replace(",", " ").split()),
        case_number=said.case_number.strip(),
        note=" ".join(said.note.split()),
        file_info=" ".join(said.file_info.split()),
        references=told.in_order(
            Reference(each.kind, each.number.strip().upper())
            for each in said.references
            if each.number.strip()
        ),
        outside=replace(outside, state=outside.state.upper()),
        lines=tuple(line for line in map(_tidy_line, sorted(said.lines, key=_place)) if not line.is_plain),
    )


def _place(line: LineMarks) -> int:
    return line.place


def _tidy_line(line: LineMarks) -> LineMarks:
    words, note = " ".join(line.description.split()), " ".join(line.note.split())
    return replace(
        line, description=words, note=note, note_kind=line.note_kind if note else NoteKind.ADDITIONAL
    )


def _against(said: Circumstances) -> Iterator[Finding]:
    if said.other_kind is None and said.other_on is not None:
        yield Finding("Say what the other date is.", "other_kind")
    if said.other_kind is not None and said.other_on is None:
        yield Finding("Enter the other date, or choose none.", "other_on")
    if said.unable_from and said.unable_until and said.unable_until < said.unable_from:
        yield Finding("Work cannot begin again before it stopped.", "unable_until")
    if said.discharged_on and said.admitted_on is None:
        yield Finding("Enter the day of admission too.", "admitted_on")
    if said.admitted_on and said.discharged_on and said.discharged_on < said.admitted_on:
        yield Finding("The discharge is before the admission.", "discharged_on")
    codes = said.condition_codes.split()
    if len(codes) > MOST_CODES or not all(_CODE.fullmatch(code) for code in codes):
        yield Finding("Condition codes have two letters or digits, such as W2.", "condition_codes")
    if len(said.note) > MOST_LETTERS:
        yield Finding("A note to the payer has room for 80 characters.", "note")
    if said.returned_on and said.last_worked_on and said.returned_on <= said.last_worked_on:
        yield Finding("Work cannot begin again before it stopped.", "returned_on")
    if len(said.file_info) > MOST_LETTERS:
        yield Finding("File information has room for 80 characters.", "file_info")
    if len({each.kind for each in said.references}) < len(said.references):
        yield Finding("A number of this kind is there already.", "references")
    for each in said.references:
        if not _SHAPES[each.kind].fullmatch(each.number):
            yield Finding(_SHAPED[each.kind], "references")
        elif each.kind is ReferenceKind.CARE_PLAN and not is_npi(each.number):
            yield Finding("This NPI is not valid. Compare its ten digits.", "references")


def _against_lines(said: Circumstances, places: set[int]) -> Iterator[Finding]:
    strange = next((line.place for line in said.lines if line.place not in places), None)
    if strange is not None:
        yield Finding(f"The claim has no line {strange}.", "line")
    if any(line.bought_cents is not None and line.bought_cents < 1 for line in said.lines):
        yield Finding("Enter what the office paid for the service.", "bought_cents")
    if any(line.minutes is not None and not 1 <= line.minutes <= MOST_MINUTES for line in said.lines):
        yield Finding("Enter the minutes of anesthesia, from 1 to 1440.", "minutes")
    if any(len(line.description) > MOST_LETTERS for line in said.lines):
        yield Finding("A description has room for 80 characters.", "description")
    if any(len(line.note) > MOST_LETTERS for line in said.lines):
        yield Finding("A note to a line has room for 80 characters.", "line_note")
    if any(line.note_kind not in OF_LINE for line in said.lines):
        yield Finding("A note to a line is additional, says goals, or is for a third party.", "line_note")
    who = said.outside
    if who == Outside():
        return
    if not who.name:
        yield Finding("Enter who did the service.", "outside_name")
    if not is_npi(who.npi):
        yield Finding("This NPI is not valid. Compare its ten digits.", "outside_npi")
    if not (who.street and who.city and len(who.state) == 2 and who.zip.isdigit() and len(who.zip) in (5, 9)):
        yield Finding("Enter the address whole: street, city, state, ZIP.", "outside_street")
