"""The boxes off site, what is in them, and from when each may go: the strictest of its volumes says."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.formats.pdf.box_label import BoxLabel, box_label_pdf
from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import us_date
from frontdesk.models.records.storage_box import BoxedVolume, BoxMove, BoxMoveKind, BoxPlace, StorageBox
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import query
from frontdesk.services.records import legal_holds, retention_rules, sheets
from frontdesk.services.records.boxes import said
from frontdesk.services.records.retention_engine import NEVER, hold_on
from frontdesk.services.visit.retention_paper import paper_verdicts, these_volumes
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class BoxVolume:
    """A volume in a box."""

    volume_id: int
    patient_id: int
    patient: str
    title: str
    dated_on: date
    until: date | None
    """From when it may go; None: nobody can say yet, or a legal hold stands on it."""
    hold: str


@dataclass(frozen=True, slots=True)
class BoxLogLine:
    """A move of a box."""

    kind: BoxMoveKind
    on: date
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class BoxLine:
    """A box, what is in it, and where it was."""

    id: int
    version: int
    number: str
    vendor: str
    location: str
    barcode: str
    place: BoxPlace
    since_on: date
    volumes: tuple[BoxVolume, ...]
    moves: tuple[BoxLogLine, ...]

    @property
    def due_on(self) -> date | None:
        """From when all that is in it may be destroyed: the strictest of its volumes; None: not yet known."""
        days = [each.until for each in self.volumes if each.until is not None]
        return max(days) if days and len(days) == len(self.volumes) else None


@query(permission="records.view")
def boxes(work: Work) -> tuple[BoxLine, ...]:
    """Every box, those that are not destroyed first, by number."""
    inside: dict[int, list[int]] = {}
    for box_id, volume_id in work.session.execute(
        select(BoxedVolume.box_id, BoxedVolume.volume_id)
        .where(BoxedVolume.taken_out_at.is_(None))
        .order_by(BoxedVolume.id)
    ):
        inside.setdefault(box_id, []).append(volume_id)
    papers = these_volumes(work, [each for ids in inside.values() for each in ids])
    verdicts = paper_verdicts(work, retention_rules.rule_book(work), papers.values())
    holds = legal_holds.standing(work, {paper.patient_id for paper in papers.values()})
    names = {
        patient.id: last_first(patient.legal_last, patient.legal_first)
        for patient in work.session.scalars(
            select(Patient).where(Patient.id.in_(sorted({paper.patient_id for paper in papers.values()})))
        )
    }
    moves: dict[int, list[BoxLogLine]] = {}
    for move in work.session.scalars(select(BoxMove).order_by(BoxMove.id.desc())):
        moves.setdefault(move.box_id, []).append(
            BoxLogLine(move.kind, move.moved_on, move.moved_by, move.note)
        )

    def volume(volume_id: int) -> BoxVolume:
        paper, applied = papers[volume_id], verdicts[volume_id]
        hold = hold_on(holds, paper.patient_id, None, paper.dated_on, paper.begins_on)
        until = applied[0].until if applied and hold is None else NEVER
        return BoxVolume(
            volume_id=volume_id,
            patient_id=paper.patient_id,
            patient=names[paper.patient_id],
            title=paper.title,
            dated_on=paper.dated_on,
            until=None if until == NEVER else until,
            hold=f"{legal_holds.said(hold.number)}, {hold.matter}" if hold is not None else "",
        )

    found = work.session.scalars(select(StorageBox).order_by(StorageBox.number)).all()
    lines = [
        BoxLine(
            id=box.id,
            version=box.version,
            number=said(box.number),
            vendor=box.vendor,
            location=box.location,
            barcode=box.barcode,
            place=box.place,
            since_on=box.since_on,
            volumes=tuple(volume(each) for each in inside.get(box.id, ()) if each in papers),
            moves=tuple(moves.get(box.id, ())),
        )
        for box in found
    ]
    return tuple(sorted(lines, key=lambda line: line.place is BoxPlace.DESTROYED))


@query(permission="records.view")
def label(work: Work, *, box_id: int) -> bytes:
    """The label of a box as PDF; no patient's name stands on it."""
    box = next(line for line in boxes(work) if line.id == box_id)
    return box_label_pdf(
        BoxLabel(
            office=sheets.practice_name(work),
            number=box.number,
            vendor=", ".join(part for part in (box.vendor, box.location) if part),
            count=len(box.volumes),
            destroy=us_date(box.due_on) if box.due_on is not None else "ask the office",
        )
    )
