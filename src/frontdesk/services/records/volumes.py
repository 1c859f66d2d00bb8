"""The registry of paper charts: volumes opened and closed, their shelf, and what stands in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from frontdesk.kernel.errors import Conflict, Finding, Refused, refuse_if_any
from frontdesk.models.records.document import Category, Document, DocumentState
from frontdesk.models.records.volume import ChartVolume, Place, VolumeMove, VolumePart
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.records import paper_rule, whereabouts
from frontdesk.services.records.filing_order import FilingOrder, ShelfKey, shelf_key
from frontdesk.services.records.whereabouts import Volume
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_chart_volume_barcode", "Another volume bears this barcode. Scan it to see which.", field="barcode")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the chart that stands in a volume on paper, and when it was scanned."""

    category: Category
    from_on: date
    until_on: date
    scanned_on: date | None = None


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One kind of papers of a chart: on paper from when to when, electronic from when to when."""

    category: Category
    on_paper: tuple[tuple[int, Part], ...]
    """With the number of the volume."""
    documents: int
    first_on: date | None
    last_on: date | None


@dataclass(frozen=True, slots=True)
class PaperChart:
    """What the card of a chart shows; without paper in the office, nothing."""

    keeps_paper: bool
    volumes: tuple[Volume, ...]
    """The newest first."""
    home: str
    """Where a new volume would stand, as far as its neighbors say."""


@dataclass(frozen=True, slots=True)
class NewVolume:
    """A volume that was opened, as its label says."""

    volume_id: int
    barcode: str


@query(permission="records.view")
def paper_chart(work: Work, *, patient_id: int) -> PaperChart:
    """The volumes of a patient."""
    rule = paper_rule.rule(work)
    if not rule.keeps_paper:
        return PaperChart(False, (), "")
    found = whereabouts.volumes(work, ChartVolume.patient_id == patient_id)
    found.sort(key=lambda volume: (volume.number, volume.volume_id), reverse=True)
    home = found[0].home if found else _home_beside(work, work.get(Patient, patient_id), rule.filing_order)
    return PaperChart(True, tuple(found), home)


@query(permission="records.view")
def volume(work: Work, *, volume_id: int) -> Volume:
    """One volume, as it stands."""
    work.get(ChartVolume, volume_id)
    (found,) = whereabouts.volumes(work, ChartVolume.id == volume_id)
    return found


@query(permission="records.view")
def hybrid_index(work: Work, *, patient_id: int) -> tuple[IndexLine, ...]:
    """What of a chart is on paper and what is electronic; two statements."""
    paper: dict[Category, list[tuple[int, Part]]] = {}
    for number, part in work.session.execute(
        select(ChartVolume.number, VolumePart)
        .join(VolumePart, VolumePart.volume_id == ChartVolume.id)
        .where(ChartVolume.patient_id == patient_id)
        .order_by(VolumePart.from_on, VolumePart.id)
    ):
        paper.setdefault(part.category, []).append((number, _part(part)))
    stored = {
        row.category: row
        for row in work.session.execute(
            select(
                Document.category,
                func.count().label("documents"),
                func.min(Document.document_on).label("first_on"),
                func.max(Document.document_on).label("last_on"),
            )
            .where(Document.patient_id == patient_id, Document.state == DocumentState.FILED)
            .group_by(Document.category)
        )
    }
    return tuple(
        IndexLine(
            category=category,
            on_paper=tuple(paper.get(category, ())),
            documents=stored[category].documents if category in stored else 0,
            first_on=stored[category].first_on if category in stored else None,
            last_on=stored[category].last_on if category in stored else None,
        )
        for category in Category
        if category in paper or category in stored
    )


@query(permission="records.view")
def parts(work: Work, *, volume_id: int) -> tuple[Part, ...]:
    """What stands in a volume."""
    return tuple(_part(row) for row in _parts(work, volume_id))


def _forgotten(done: Performed) -> Undo:
    return Undo(forget, volume_id=done.result.volume_id)


@command("Open paper volume", permission="records.file", undo=_forgotten)
def open_volume(
    work: Work, *, patient_id: int, home: str, opened_on: date | None = None, barcode: str = ""
) -> NewVolume:
    """The next volume of a chart, on its shelf; its barcode is the chart number and the volume's."""
    patient = work.get(Patient, patient_id)
    work.concerns(patient_id)
    on = opened_on or work.today
    refuse_if_any(
        [
            *([] if home.strip() else [Finding("Say where it stands: bay, shelf and place.", field="home")]),
            *([Finding("A volume is opened today or before.", field="opened_on")] if on > work.today else []),
        ]
    )
    if not paper_rule.rule(work).keeps_paper:
        raise Refused(Finding("This office keeps no paper charts. Switch them on in the set-up first."))
    number = 1 + (
        work.session.scalar(select(func.max(ChartVolume.number)).where(ChartVolume.patient_id == patient_id))
        or 0
    )
    volume = work.add(
        ChartVolume(
            patient_id=patient_id,
            number=number,
            filed_as=patient.chart_number,
            barcode=barcode.strip().upper() or f"{patient.chart_number}-{number}",
            home=home.strip(),
            opened_on=on,
            place=Place.SHELF,
            since_at=work.now,
        )
    )
    return NewVolume(volume.id, volume.barcode)


@command("Forget paper volume", permission="records.file", undo=irreversible("Open the volume again."))
def forget(work: Work, *, volume_id: int) -> None:
    """A volume that was opened by mistake, and never moved."""
    volume = _volume(work, volume_id)
    if work.session.scalar(select(VolumeMove.id).where(VolumeMove.volume_id == volume_id).limit(1)):
        raise Refused(Finding("This volume has been moved since. Close it instead."))
    for row in _parts(work, volume_id):
        work.session.delete(row)
    work.session.flush()
    work.session.delete(volume)


def _reopened(done: Performed) -> Undo:
    return Undo(reopen, volume_id=done.arguments["volume_id"])


def _closed_again(done: Performed) -> Undo:
    return Undo(close, volume_id=done.arguments["volume_id"], closed_on=done.result)


@command("Close paper volume", permission="records.file", undo=_reopened)
def close(work: Work, *, volume_id: int, closed_on: date, version: int | None = None) -> None:
    """Nothing more goes into it; it keeps its shelf."""
    volume = _volume(work, volume_id, version)
    if volume.closed_on is not None:
        raise Refused(Finding("This volume is closed already."))
    if not volume.opened_on <= closed_on <= work.today:
        raise Refused(Finding("A volume is closed after it was opened, today at the latest.", "closed_on"))
    volume.closed_on = closed_on


@command("Reopen paper volume", permission="records.file", undo=_closed_again)
def reopen(work: Work, *, volume_id: int, version: int | None = None) -> date:
    """Papers go into it again; gives back when it was closed."""
    volume = _volume(work, volume_id, version)
    if volume.closed_on is None:
        raise Refused(Finding("This volume is open."))
    was, volume.closed_on = volume.closed_on, None
    return was


def _home_back(done: Performed) -> Undo:
    return Undo(rehome, volume_id=done.arguments["volume_id"], home=done.result)


@command("Change shelf", permission="records.file", undo=_home_back)
def rehome(work: Work, *, volume_id: int, home: str, version: int | None = None) -> str:
    """Its place on the shelves from now on; gives back the one before."""
    volume = _volume(work, volume_id, version)
    if not home.strip():
        raise Refused(Finding("Say where it stands: bay, shelf and place.", field="home"))
    was, volume.home = volume.home, home.strip()
    return was


def _parts_back(done: Performed) -> Undo:
    given = done.arguments
    return Undo(set_parts, volume_id=given["volume_id"], parts=given["before"], before=given["parts"])


@command("Index paper volume", permission="records.file", undo=_parts_back)
def set_parts(work: Work, *, volume_id: int, parts: tuple[Part, ...], before: tuple[Part, ...]) -> None:
    """What stands in it, in place of what was written down before."""
    volume = _volume(work, volume_id)
    refuse_if_any(list(_wrong(parts, work.today)))
    rows = _parts(work, volume_id)
    if tuple(_part(row) for row in rows) != before:
        raise Conflict("Another desk changed what stands in this volume. Nothing of yours was saved.")
    for row in rows:
        work.session.delete(row)
    for part in parts:
        work.add(
            VolumePart(
                volume_id=volume.id,
                category=part.category,
                from_on=part.from_on,
                until_on=part.until_on,
                scanned_on=part.scanned_on,
            )
        )


def _wrong(parts: Iterable[Part], today: date) -> Iterable[Finding]:
    for part in parts:
        if part.until_on < part.from_on:
            yield Finding("The last paper is not older than the first.", field="until_on")
        if part.until_on > today or (part.scanned_on and part.scanned_on > today):
            yield Finding("A date of the index lies ahead. Check it.", field="until_on")


def _volume(work: Work, volume_id: int, version: int | None = None) -> ChartVolume:
    volume = work.get(ChartVolume, volume_id)
    work.concerns(volume.patient_id)
    if version is not None and volume.version != version:
        where = whereabouts.where_is(work, volume)
        raise Conflict(f"Another desk changed this volume: it is {where} now. Nothing of yours was saved.")
    if volume.place is Place.DESTROYED:
        where = whereabouts.where_is(work, volume)
        raise Refused(Finding(f"This volume is {where}. Its entry stays as it is."))
    return volume


def _parts(work: Work, volume_id: int) -> list[VolumePart]:
    asked = select(VolumePart).where(VolumePart.volume_id == volume_id).order_by(VolumePart.id)
    return list(work.session.scalars(asked))


def _part(row: VolumePart) -> Part:
    return Part(row.category, row.from_on, row.until_on, row.scanned_on)


def _home_beside(work: Work, patient: Patient, order: FilingOrder) -> str:
    """The bay and shelf of the folder before which this one would stand, else behind which."""
    own = shelf_key(order, patient.chart_number, 1, patient.legal_last, patient.legal_first, patient.born_on)
    homes = list(_homes(work, order))
    before = max((each for each in homes if each[0] < own), default=None)
    beside = before or min(homes, default=None)
    return ", ".join(beside[1].split(", ")[:2]) if beside else ""


def _homes(work: Work, order: FilingOrder) -> Iterable[tuple[ShelfKey, str]]:
    for number, volume, home, last, first, born_on in work.session.execute(
        select(
            ChartVolume.filed_as,
            ChartVolume.number,
            ChartVolume.home,
            Patient.legal_last,
            Patient.legal_first,
            Patient.born_on,
        ).join(Patient, Patient.id == ChartVolume.patient_id)
    ):
        yield shelf_key(order, number, volume, last, first, born_on), home
