"""Boxes off site: packed with closed volumes, sent, recalled, back; each move stays in the log."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import us_date
from frontdesk.models.records.storage_box import BoxedVolume, BoxMove, StorageBox
from frontdesk.models.records.storage_box import BoxMoveKind as BoxMoveKind
from frontdesk.models.records.storage_box import BoxPlace as BoxPlace
from frontdesk.models.records.volume import ChartVolume, Place
from frontdesk.services.command import Performed, Undo, command, irreversible
from frontdesk.services.records import movements
from frontdesk.services.records.movements import Holder
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_boxed_volume_once", "Another desk put this volume into a box just now. Look at it again.")

_MOVES: Final = {
    BoxMoveKind.SENT: ((BoxPlace.HERE,), BoxPlace.OFF_SITE),
    BoxMoveKind.RECALLED: ((BoxPlace.OFF_SITE,), BoxPlace.RECALLED),
    BoxMoveKind.CAME_BACK: ((BoxPlace.OFF_SITE, BoxPlace.RECALLED), BoxPlace.HERE),
}
WHERE: Final = {
    BoxPlace.HERE: "here",
    BoxPlace.OFF_SITE: "off site",
    BoxPlace.RECALLED: "recalled",
    BoxPlace.DESTROYED: "destroyed",
}


@dataclass(frozen=True, slots=True)
class Boxed:
    """A volume that was put into a box, or taken out of it."""

    box_id: int
    barcode: str


@dataclass(frozen=True, slots=True)
class BoxMoved:
    """Where a box was before its move."""

    box_id: int
    before: BoxPlace


def _out_again(done: Performed) -> Undo:
    return Undo(take_out, box_id=done.result.box_id, barcode=done.result.barcode)


def _in_again(done: Performed) -> Undo:
    return Undo(put_in, box_id=done.result.box_id, barcode=done.result.barcode)


def _moved_back(done: Performed) -> Undo:
    return Undo(move_back, box_id=done.result.box_id, place=done.result.before)


@command(
    "New storage box",
    permission="records.file",
    undo=irreversible("The number is given. An empty box does no harm."),
)
def new_box(work: Work, *, vendor: str, location: str = "", barcode: str = "") -> int:
    """An empty box, here, with its number."""
    if not vendor.strip():
        raise Refused(Finding("Write who keeps the box off site.", "vendor"))
    box = work.add(
        StorageBox(
            number=work.next_number("storage_box"),
            vendor=vendor.strip(),
            location=location.strip(),
            barcode=barcode.strip(),
            since_on=work.today,
        )
    )
    work.flush()
    _log(work, box, BoxMoveKind.PACKED, work.today)
    return box.id


@command("Put volume into box", permission="records.file", undo=_out_again)
def put_in(work: Work, *, box_id: int, barcode: str) -> Boxed:
    """A closed volume, by the barcode on its label, into a box that is here."""
    box, volume = _here(work, box_id), _volume(work, barcode)
    if volume.closed_on is None:
        raise Refused(Finding("Papers still go into this volume. Close it first.", "barcode"))
    inside = work.session.scalars(
        select(StorageBox.number)
        .join(BoxedVolume, BoxedVolume.box_id == StorageBox.id)
        .where(BoxedVolume.volume_id == volume.id, BoxedVolume.taken_out_at.is_(None))
    ).first()
    if inside is not None:
        raise Refused(Finding(f"This volume is in box {said(inside)}. Take it out there first.", "barcode"))
    to = Holder(Place.OFF_SITE, words=f"box {said(box.number)}, {box.vendor}")
    movements.check_out(work, volume_id=volume.id, to=to)
    work.add(BoxedVolume(box_id=box_id, volume_id=volume.id, put_in_at=work.now))
    return Boxed(box_id, volume.barcode)


@command("Take volume out of box", permission="records.file", undo=_in_again)
def take_out(work: Work, *, box_id: int, barcode: str) -> Boxed:
    """Out of a box that is here, to be refiled."""
    _here(work, box_id)
    volume = _volume(work, barcode)
    inside = work.session.scalars(
        select(BoxedVolume).where(
            BoxedVolume.box_id == box_id,
            BoxedVolume.volume_id == volume.id,
            BoxedVolume.taken_out_at.is_(None),
        )
    ).first()
    if inside is None:
        raise Refused(Finding("This volume is not in the box.", "barcode"))
    inside.taken_out_at = work.now
    if volume.place is Place.OFF_SITE:
        movements.bring_back(work, volume_id=volume.id)
    return Boxed(box_id, volume.barcode)


@command("Move storage box", permission="records.file", undo=_moved_back)
def move(
    work: Work, *, box_id: int, kind: BoxMoveKind, moved_on: date, note: str = "", version: int | None = None
) -> BoxMoved:
    """Sent to the vendor, asked back, or here again."""
    box = work.get(StorageBox, box_id, version)
    if kind not in _MOVES:
        raise Refused(Finding("A box is sent, recalled, or comes back.", "kind"))
    origins, then = _MOVES[kind]
    findings = []
    if box.place not in origins:
        findings.append(Finding(f"Box {said(box.number)} is {WHERE[box.place]}. Look at it again."))
    elif kind is BoxMoveKind.SENT and not count_in(work, box_id):
        findings.append(Finding(f"Box {said(box.number)} is empty. Put volumes into it first."))
    if moved_on > work.today:
        findings.append(Finding(f"{us_date(moved_on)} is still to come.", "moved_on"))
    if findings:
        raise Refused(*findings)
    before, box.place = box.place, then
    box.since_on = moved_on
    _log(work, box, kind, moved_on, note)
    return BoxMoved(box_id, before)


@command(
    "Take back move of storage box",
    permission="records.file",
    undo=irreversible("Note the move again."),
)
def move_back(work: Work, *, box_id: int, place: BoxPlace) -> None:
    """It was noted by mistake: the box is where it was."""
    box = work.get(StorageBox, box_id)
    if box.place is BoxPlace.DESTROYED or place is BoxPlace.DESTROYED:
        raise Refused(Finding(f"Box {said(box.number)} is destroyed. Its entry stays as it is."))
    box.place, box.since_on = place, work.today
    _log(work, box, BoxMoveKind.TAKEN_BACK, work.today)


def count_in(work: Work, box_id: int) -> int:
    """How many volumes lie in a box."""
    inside = select(func.count()).where(BoxedVolume.box_id == box_id, BoxedVolume.taken_out_at.is_(None))
    return work.session.scalar(inside) or 0


def shredded(work: Work, *, volume_id: int, run: str) -> None:
    """A volume was destroyed in a disposal run; a box with nothing left in it went with it."""
    inside = work.session.scalars(
        select(BoxedVolume).where(BoxedVolume.volume_id == volume_id, BoxedVolume.taken_out_at.is_(None))
    ).first()
    if inside is None:
        return
    inside.taken_out_at = work.now
    work.flush()
    if not count_in(work, inside.box_id):
        box = work.get(StorageBox, inside.box_id)
        box.place, box.since_on = BoxPlace.DESTROYED, work.today
        _log(work, box, BoxMoveKind.DESTROYED, work.today, f"Run {run}")


def said(number: int) -> str:
    """ "B-0001"."""
    return f"B-{number:04}"


def _here(work: Work, box_id: int) -> StorageBox:
    box = work.get(StorageBox, box_id)
    if box.place is not BoxPlace.HERE:
        raise Refused(Finding(f"Box {said(box.number)} is {WHERE[box.place]}. Have it here first."))
    return box


def _volume(work: Work, barcode: str) -> ChartVolume:
    wanted = barcode.strip().upper()
    found = work.session.scalars(select(ChartVolume).where(ChartVolume.barcode == wanted)).first()
    if found is None:
        raise Refused(Finding("No volume has this barcode. Scan the label again.", "barcode"))
    work.concerns(found.patient_id)
    return found


def _log(work: Work, box: StorageBox, kind: BoxMoveKind, on: date, note: str = "") -> None:
    work.add(
        BoxMove(
            box_id=box.id,
            kind=kind,
            place=box.place,
            moved_on=on,
            note=note.strip(),
            moved_at=work.now,
            moved_by=work.actor.name,
            moved_by_id=work.actor.user_id,
        )
    )
