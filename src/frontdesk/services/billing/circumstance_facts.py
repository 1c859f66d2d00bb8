"""What some claims say of dates, work, hospital, a case and services bought outside, read for many."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from frontdesk.models.billing.claim_circumstances import (
    Assignment,
    ClaimAttachment,
    ClaimCircumstances,
    ClaimLineMark,
    ClaimReference,
    Delay,
    NoteKind,
    OnsetKind,
    OtherDate,
    Program,
    ReferenceKind,
    Screening,
    SpineCondition,
    Transmission,
)
from frontdesk.models.billing.claims import ClaimLine
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class LineMarks:
    """Of one line, by its place; `bought_cents` is what the office paid for it outside."""

    place: int
    is_emergency: bool = False
    is_screening: bool = False
    is_family_planning: bool = False
    bought_cents: int | None = None
    minutes: int | None = None
    description: str = ""
    note: str = ""
    note_kind: NoteKind = NoteKind.ADDITIONAL

    @property
    def is_plain(self) -> bool:
        return self == LineMarks(self.place)


@dataclass(frozen=True, slots=True)
class Outside:
    """Who did what the office bought."""

    name: str = ""
    npi: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A number that only some claims name."""

    kind: ReferenceKind
    number: str


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Of one claim; each part is empty where it does not apply."""

    onset_kind: OnsetKind = OnsetKind.ILLNESS
    onset_on: date | None = None
    other_kind: OtherDate | None = None
    other_on: date | None = None
    unable_from: date | None = None
    unable_until: date | None = None
    last_worked_on: date | None = None
    returned_on: date | None = None
    admitted_on: date | None = None
    discharged_on: date | None = None
    condition_codes: str = ""
    case_number: str = ""
    delay: Delay | None = None
    screening: Screening | None = None
    note: str = ""
    note_kind: NoteKind = NoteKind.ADDITIONAL
    assignment: Assignment = Assignment.ACCEPTED
    program: Program | None = None
    file_info: str = ""
    spine: SpineCondition | None = None
    references: tuple[Reference, ...] = ()
    """One of a kind, in the order of the kinds."""
    outside: Outside = Outside()
    lines: tuple[LineMarks, ...] = ()
    """Only those that say something, in order."""

    def marks(self, place: int) -> LineMarks:
        """Of the line at a place."""
        return next((line for line in self.lines if line.place == place), LineMarks(place))

    def number(self, kind: ReferenceKind) -> str:
        """The number of a kind, if one is named."""
        return next((each.number for each in self.references if each.kind is kind), "")


NOTHING_TOLD = Circumstances()
"""Of most claims."""


@dataclass(frozen=True, slots=True)
class AttachmentFacts:
    """A paper that belongs to a claim; `line` is the place of its line, None for the whole claim."""

    line: int | None
    report: str
    transmission: Transmission
    control_number: str


PLAIN = (
    "onset_kind",
    "onset_on",
    "other_kind",
    "other_on",
    "unable_from",
    "unable_until",
    "last_worked_on",
    "returned_on",
    "admitted_on",
    "discharged_on",
    "condition_codes",
    "case_number",
    "delay",
    "screening",
    "note",
    "note_kind",
    "assignment",
    "program",
    "file_info",
    "spine",
)
"""What the row and the value call the same."""
OUTSIDE = ("name", "npi", "street", "city", "state", "zip")
MARKS = (
    "is_emergency",
    "is_screening",
    "is_family_planning",
    "bought_cents",
    "minutes",
    "description",
    "note",
    "note_kind",
)
"""The same of a line."""


def of_claims(work: Work, claim_ids: Iterable[int]) -> dict[int, Circumstances]:
    """By claim, where anything is said: three statements."""
    ids = list(claim_ids)
    rows = {
        row.claim_id: row
        for row in work.session.scalars(
            select(ClaimCircumstances).where(ClaimCircumstances.claim_id.in_(ids))
        )
    }
    marks: dict[int, list[LineMarks]] = {}
    for claim_id, place, row in work.session.execute(
        select(ClaimLine.claim_id, ClaimLine.place, ClaimLineMark)
        .join(ClaimLineMark, ClaimLineMark.claim_line_id == ClaimLine.id)
        .where(ClaimLine.claim_id.in_(ids))
        .order_by(ClaimLine.claim_id, ClaimLine.place)
    ):
        marks.setdefault(claim_id, []).append(
            LineMarks(place, **{name: getattr(row, name) for name in MARKS})
        )
    named: dict[int, list[Reference]] = {}
    for reference in work.session.scalars(
        select(ClaimReference).where(ClaimReference.claim_id.in_(ids)).order_by(ClaimReference.id)
    ):
        named.setdefault(reference.claim_id, []).append(Reference(reference.kind, reference.number))
    return {
        claim_id: replace(
            _circumstances(rows.get(claim_id), tuple(marks.get(claim_id, ()))),
            references=in_order(named.get(claim_id, ())),
        )
        for claim_id in {*rows, *marks, *named}
    }


def in_order(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """As a claim names them."""
    kinds = list(ReferenceKind)
    return tuple(sorted(references, key=lambda each: kinds.index(each.kind)))


def attachments_of(work: Work, claim_ids: Iterable[int]) -> dict[int, tuple[AttachmentFacts, ...]]:
    """By claim: one statement."""
    found: dict[int, list[AttachmentFacts]] = {}
    for row, place in work.session.execute(
        select(ClaimAttachment, ClaimLine.place)
        .outerjoin(ClaimLine, ClaimLine.id == ClaimAttachment.claim_line_id)
        .where(ClaimAttachment.claim_id.in_(list(claim_ids)), ClaimAttachment.is_taken_off.is_(False))
        .order_by(ClaimAttachment.id)
    ):
        found.setdefault(row.claim_id, []).append(
            AttachmentFacts(place, row.report, row.transmission, row.control_number)
        )
    return {claim_id: tuple(some) for claim_id, some in found.items()}


def _circumstances(row: ClaimCircumstances | None, lines: tuple[LineMarks, ...]) -> Circumstances:
    if row is None:
        return Circumstances(lines=lines)
    outside = Outside(*(getattr(row, f"outside_{part}") for part in OUTSIDE))
    return Circumstances(**{name: getattr(row, name) for name in PLAIN}, outside=outside, lines=lines)
