"""The search for a missing volume: likely places in order, ticked off one by one."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import short_name
from frontdesk.kernel.text import digits, us_date
from frontdesk.models.records.volume import ChartVolume, MoveKind, Place, VolumeLook, VolumeMove
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.records import paper_rule, whereabouts
from frontdesk.services.records.filing_order import FilingOrder, ShelfKey, shelf_key, transposed
from frontdesk.services.records.whereabouts import Volume
from frontdesk.services.registration.sound import sound
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Spot:
    """One place to look at."""

    name: str
    """Its name in the ticks: "beside:12"."""
    where: str
    why: str
    looked_at: datetime | None = None
    looked_by: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A volume that is missing, and how far the search is."""

    volume: Volume
    note: str
    spots: tuple[Spot, ...]

    @property
    def looked(self) -> int:
        return sum(spot.looked_at is not None for spot in self.spots)


_BESIDE = 2
_SAME_DAY = 6
_NAMES = 6
_LAST_HOLDERS = 4


@query(permission="records.view")
def missing(work: Work) -> tuple[Volume, ...]:
    """The volumes that nobody finds, missing longest first; one statement."""
    found = whereabouts.volumes(work, ChartVolume.place == Place.MISSING)
    return tuple(sorted(found, key=lambda volume: (volume.since, volume.volume_id)))


@query(permission="records.view")
def search(work: Work, *, volume_id: int) -> Missing:
    """Where to look for it, the likeliest place first; a constant number of statements."""
    everything = whereabouts.volumes(work)
    sought = next((each for each in everything if each.volume_id == volume_id), None)
    report = _report(work, volume_id)
    if sought is None or report is None:
        raise Refused(Finding("This volume is not missing. Nothing is to be searched."))
    order = paper_rule.rule(work).filing_order
    looks = {
        look.spot: look
        for look in work.session.scalars(select(VolumeLook).where(VolumeLook.move_id == report.id))
    }
    spots: dict[str, Spot] = {}
    for spot in _spots(work, sought, everything, order):
        look = looks.get(spot.name)
        ticked = spot
        if look is not None:
            ticked = Spot(
                spot.name, spot.where, spot.why, work.wall(look.looked_at), short_name(look.looked_by)
            )
        if spot.where not in {each.where for each in spots.values()}:
            spots.setdefault(spot.name, ticked)
    return Missing(sought, report.note, tuple(spots.values()))


def _unlooked(done: Performed) -> Undo:
    return Undo(not_looked, volume_id=done.arguments["volume_id"], spot=done.arguments["spot"])


def _looked_again(done: Performed) -> Undo:
    return Undo(looked, volume_id=done.arguments["volume_id"], spot=done.arguments["spot"])


@command("Tick place looked at", permission="records.file", undo=_unlooked)
def looked(work: Work, *, volume_id: int, spot: str) -> None:
    """It was not there."""
    report = _reported(work, volume_id)
    if _look(work, report.id, spot) is not None:
        raise Refused(Finding("Somebody has looked there already."))
    work.add(VolumeLook(move_id=report.id, spot=spot, looked_at=work.now, looked_by=work.actor.name))


@command("Untick place looked at", permission="records.file", undo=_looked_again)
def not_looked(work: Work, *, volume_id: int, spot: str) -> None:
    """Nobody has looked there after all."""
    look = _look(work, _reported(work, volume_id).id, spot)
    if look is None:
        raise Refused(Finding("Nobody has looked there yet."))
    work.session.delete(look)


def _spots(work: Work, sought: Volume, everything: list[Volume], order: FilingOrder) -> Iterator[Spot]:
    stand = whereabouts.in_order([each for each in everything if each.volume_id != sought.volume_id], order)
    keys = [each.shelf_key(order) for each in stand]
    place = bisect_left(keys, sought.shelf_key(order))
    yield Spot("home", sought.home, "Its own shelf: behind and below the folders")
    for near in sorted(range(place - _BESIDE, place + _BESIDE), key=lambda at: abs(at - place + 0.5)):
        if 0 <= near < len(stand):
            yield _in_folder("beside", stand[near], "Stands beside it")
    yield from _holders(work, sought)
    yield from _slips(sought, stand, keys, order)
    yield from _same_day(work, sought, {each.volume_id: each for each in stand})
    yield from _names_alike(sought, stand)


def _in_folder(kind: str, other: Volume, why: str) -> Spot:
    where = other.home if other.place is Place.SHELF else f"now {other.where}"
    return Spot(f"{kind}:{other.volume_id}", f"In {other.label}", f"{why}. {where[:1].upper()}{where[1:]}")


def _slips(sought: Volume, stand: list[Volume], keys: list[ShelfKey], order: FilingOrder) -> Iterator[Spot]:
    """Where it stands when its number is read wrong."""
    by_number = {each.filed_as: each for each in stand}
    for wrong in transposed(sought.filed_as):
        if wrong in by_number:
            yield _in_folder("slip", by_number[wrong], "Two digits exchanged")
        else:
            at = bisect_left(keys, shelf_key(order, wrong, 1))
            if at and order is not FilingOrder.ALPHABETIC:
                before = stand[at - 1]
                near = f"Two digits exchanged. {before.home}"
                yield Spot(f"slip:{wrong}", f"Place of {wrong}, after {before.filed_as}", near)
    end = digits(sought.filed_as)[-2:]
    if order in (FilingOrder.TERMINAL_DIGIT, FilingOrder.MIDDLE_DIGIT):
        straight = sorted(stand, key=lambda each: shelf_key(FilingOrder.STRAIGHT, each.filed_as, each.number))
        own = shelf_key(FilingOrder.STRAIGHT, sought.filed_as, sought.number)
        at = sum(shelf_key(FilingOrder.STRAIGHT, each.filed_as, each.number) < own for each in straight)
        for other in straight[max(0, at - 1) : at + 1]:
            yield _in_folder("straight", other, "Next number, as if filed straight")
        same_end = [each for each in stand if digits(each.filed_as)[-2:] == end[::-1] and end != end[::-1]]
        for other in same_end[:_BESIDE]:
            yield _in_folder("section", other, f"Section {end[::-1]} instead of {end}")


def _holders(work: Work, sought: Volume) -> Iterator[Spot]:
    """Who had it last."""
    rows = work.session.scalars(
        select(VolumeMove)
        .where(
            VolumeMove.volume_id == sought.volume_id,
            VolumeMove.place.in_((Place.DESK, Place.ROOM, Place.PERSON, Place.PULLED, Place.OFF_SITE)),
            VolumeMove.kind.in_((MoveKind.CHECKED_OUT, MoveKind.HANDED_OVER)),
        )
        .order_by(VolumeMove.number.desc())
        .limit(12)
    )
    seen: dict[str, VolumeMove] = {}
    for row in rows:
        where = "The pile of pulled charts" if row.place is Place.PULLED else whereabouts.where_is(work, row)
        seen.setdefault(where[:1].upper() + where[1:], row)
    for where, row in list(seen.items())[:_LAST_HOLDERS]:
        yield Spot(f"holder:{where}"[:160], where, f"Was there on {us_date(work.wall(row.moved_at).date())}")


def _same_day(work: Work, sought: Volume, others: dict[int, Volume]) -> Iterator[Spot]:
    """It may have gone into the folder that was refiled before or after it."""
    refiled = work.session.execute(
        select(VolumeMove.moved_at)
        .where(VolumeMove.volume_id == sought.volume_id, VolumeMove.kind == MoveKind.REFILED)
        .order_by(VolumeMove.number.desc())
        .limit(1)
    ).first()
    if refiled is None:
        return
    day = work.wall(refiled.moved_at).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = work.session.execute(
        select(VolumeMove.volume_id, VolumeMove.moved_at)
        .where(
            VolumeMove.kind == MoveKind.REFILED,
            VolumeMove.moved_at >= work.instant(day),
            VolumeMove.moved_at < work.instant(day.replace(hour=23, minute=59, second=59)),
            VolumeMove.volume_id != sought.volume_id,
        )
        .order_by(VolumeMove.volume_id)
    ).all()
    nearest = sorted(rows, key=lambda row: (abs(row.moved_at - refiled.moved_at), row.volume_id))
    for volume_id in list(dict.fromkeys(row.volume_id for row in nearest))[:_SAME_DAY]:
        if volume_id in others:
            yield _in_folder("same_day", others[volume_id], f"Refiled the same day, {us_date(day.date())}")


def _names_alike(sought: Volume, stand: list[Volume]) -> Iterator[Spot]:
    last, first = sound(sought.last), sound(sought.first)
    names = {name for name in {each.last for each in stand} if sound(name) == last}
    alike = [each for each in stand if each.patient_id != sought.patient_id and each.last in names]
    alike.sort(key=lambda each: (sound(each.first) != first, each.patient, each.volume_id))
    for other in alike[:_NAMES]:
        yield _in_folder("name", other, f"Sounds alike: {other.patient}")


def _report(work: Work, volume_id: int) -> VolumeMove | None:
    """The move that says it is missing, while it is."""
    newest = work.session.scalar(
        select(VolumeMove)
        .where(VolumeMove.volume_id == volume_id, VolumeMove.kind == MoveKind.MISSING)
        .order_by(VolumeMove.number.desc())
        .limit(1)
    )
    place = work.session.scalar(select(ChartVolume.place).where(ChartVolume.id == volume_id))
    return newest if place is Place.MISSING else None


def _reported(work: Work, volume_id: int) -> VolumeMove:
    work.concerns(work.get(ChartVolume, volume_id).patient_id)
    report = _report(work, volume_id)
    if report is None:
        raise Refused(Finding("This volume is not missing. Nothing is to be searched."))
    return report


def _look(work: Work, move_id: int, spot: str) -> VolumeLook | None:
    return work.session.scalar(
        select(VolumeLook).where(VolumeLook.move_id == move_id, VolumeLook.spot == spot)
    )
