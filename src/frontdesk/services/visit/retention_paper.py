"""Paper volumes as retention sees them: closed ones, by the days of what they hold."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, func, or_, select

from frontdesk.models.records.disposal import DisposalItem
from frontdesk.models.records.document import RetentionClass, Sensitivity
from frontdesk.models.records.volume import ChartVolume, Place, VolumePart
from frontdesk.services.records.retention_engine import Applied, RuleBook, Subject
from frontdesk.services.visit.retention_facts import facts_of
from frontdesk.services.work import Work

_AWAY: Final = (Place.MISSING, Place.DESTROYED)


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """A closed volume: from when to when its sheets are."""

    volume_id: int
    patient_id: int
    title: str
    begins_on: date
    dated_on: date
    is_here: bool
    """Neither missing nor destroyed."""

    @property
    def subject(self) -> Subject:
        return Subject(RetentionClass.PAPER_CHART, Sensitivity.ORDINARY, self.dated_on)


def closed_volumes(work: Work, *, in_hand: bool = False) -> list[PaperRecord]:
    """The closed volumes that are there; without those that a run has in hand, unless asked for."""
    conditions: list[ColumnElement[bool]] = [ChartVolume.place.not_in(_AWAY)]
    if not in_hand:
        taken = select(DisposalItem.volume_id).where(
            DisposalItem.volume_id.is_not(None),
            or_(DisposalItem.is_open, DisposalItem.ask_again_on > work.today),
        )
        conditions.append(ChartVolume.id.not_in(taken))
    return _read(work, *conditions)


def these_volumes(work: Work, volume_ids: Collection[int]) -> dict[int, PaperRecord]:
    """Volumes as they stand now; one that was opened again is not among them."""
    if not volume_ids:
        return {}
    found = _read(work, ChartVolume.id.in_(sorted(volume_ids)))
    return {each.volume_id: each for each in found}


def paper_verdicts(
    work: Work, book: RuleBook, papers: Collection[PaperRecord]
) -> dict[int, tuple[Applied, ...]]:
    """By volume the rules that apply, the strictest first."""
    if not papers:
        return {}
    known_of = facts_of(work, {each.patient_id for each in papers})
    return {each.volume_id: book.applied(each.subject, known_of[each.patient_id]) for each in papers}


def _read(work: Work, *conditions: ColumnElement[bool]) -> list[PaperRecord]:
    rows = work.session.execute(
        select(
            ChartVolume.id,
            ChartVolume.patient_id,
            ChartVolume.filed_as,
            ChartVolume.number,
            ChartVolume.opened_on,
            ChartVolume.closed_on,
            ChartVolume.place,
            func.min(VolumePart.from_on),
            func.max(VolumePart.until_on),
        )
        .outerjoin(VolumePart, VolumePart.volume_id == ChartVolume.id)
        .where(ChartVolume.closed_on.is_not(None), *conditions)
        .group_by(
            ChartVolume.id,
            ChartVolume.patient_id,
            ChartVolume.filed_as,
            ChartVolume.number,
            ChartVolume.opened_on,
            ChartVolume.closed_on,
            ChartVolume.place,
        )
        .order_by(ChartVolume.id)
    )
    found = []
    for volume_id, patient_id, filed_as, number, opened_on, closed_on, place, *days in rows:
        dates = [opened_on, *(day for day in (closed_on, *days) if day is not None)]
        found.append(
            PaperRecord(
                volume_id=volume_id,
                patient_id=patient_id,
                title=f"Paper chart {filed_as}, volume {number}",
                begins_on=min(dates),
                dated_on=_newest(days[1], closed_on, opened_on),
                is_here=place not in _AWAY,
            )
        )
    return found


def _newest(indexed: date | None, closed_on: date | None, opened_on: date) -> date:
    """The day of the newest sheet: by the volume's index, else when it was closed."""
    return indexed or closed_on or opened_on
