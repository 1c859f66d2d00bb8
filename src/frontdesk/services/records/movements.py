"""Volumes on their way: out, from hand to hand, back, onto the shelf; missing and found. A log of it all.

Where a volume stands is on its row; each move repeats it, so that taking one back finds how it was before.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select

from frontdesk.kernel.errors import Conflict, Finding, Refused
from frontdesk.kernel.names import short_name
from frontdesk.kernel.text import clock_time
from frontdesk.models.office.resources import Provider, Resource, ResourceKind, Room
from frontdesk.models.records.volume import ChartVolume, Place, Standing, VolumeMove
from frontdesk.models.records.volume import MoveKind as MoveKind
from frontdesk.models.security.accounts import UserAccount
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.records import whereabouts
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_volume_move", "The log of a paper chart is never changed.")
says("append_only_pull_list_print", "A printed pull list stays as it was printed.")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who or what takes a volume: a provider's desk, a room, a person, a box off site, or the day's pile."""

    place: Place
    provider_id: int | None = None
    room_id: int | None = None
    user_id: int | None = None
    words: str = ""
    """A person who does not use Frontdesk, or the box."""


@dataclass(frozen=True, slots=True)
class Logged:
    """A line of a volume's log."""

    move_id: int
    kind: MoveKind
    place: Place
    where: str
    note: str
    at: datetime
    """On the office's clock."""
    by: str


@dataclass(frozen=True, slots=True)
class Takers:
    """Who can take a volume: ids with the words of a list."""

    providers: tuple[tuple[int, str], ...]
    rooms: tuple[tuple[int, str], ...]
    people: tuple[tuple[int, str], ...]


OUT: Final = (Place.PULLED, Place.DESK, Place.ROOM, Place.PERSON, Place.OFF_SITE)
"""Off its shelf, and somebody has it."""
_NEEDS: Final = {
    Place.DESK: ("provider_id", "Choose the provider whose desk it goes to."),
    Place.ROOM: ("room_id", "Choose the room."),
    Place.PERSON: ("user_id", "Say who takes it."),
    Place.OFF_SITE: ("words", "Say which box it goes into."),
}


@dataclass(frozen=True, slots=True)
class _Stands:
    """The columns of `Standing`, as values."""

    place: Place = Place.SHELF
    provider_id: int | None = None
    room_id: int | None = None
    user_id: int | None = None
    words: str = ""
    out_at: datetime | None = None
    out_by: str = ""
    out_for: str = ""
    for_on: date | None = None
    due_on: date | None = None


@query(permission="records.view")
def log(work: Work, *, volume_id: int, limit: int = 100) -> tuple[Logged, ...]:
    """The moves of a volume, newest first."""
    rows = work.session.scalars(
        select(VolumeMove)
        .where(VolumeMove.volume_id == volume_id)
        .order_by(VolumeMove.number.desc())
        .limit(limit)
    )
    return tuple(
        Logged(
            row.id,
            row.kind,
            row.place,
            whereabouts.where_is(work, row),
            row.note,
            work.wall(row.moved_at),
            short_name(row.moved_by),
        )
        for row in rows
    )


@query(permission="records.view")
def takers(work: Work) -> Takers:
    """The providers, rooms and people of the office; three statements."""
    providers = work.session.execute(
        select(Provider.id, Provider.short_name)
        .join(Resource, Resource.id == Provider.id)
        .where(Resource.is_active)
        .order_by(Resource.sort_order, Provider.short_name, Provider.id)
    )
    rooms = work.session.execute(
        select(Resource.id, Resource.name)
        .where(Resource.kind == ResourceKind.ROOM, Resource.is_active)
        .order_by(Resource.sort_order, Resource.name)
    )
    people = work.session.execute(
        select(UserAccount.id, UserAccount.name)
        .where(UserAccount.is_active)
        .order_by(UserAccount.name, UserAccount.id)
    )
    return Takers(*(tuple((row[0], row[1]) for row in found) for found in (providers, rooms, people)))


def _moved_back(done: Performed) -> Undo:
    return Undo(move_back, volume_id=done.arguments["volume_id"], move_id=done.result)


@command("Check out paper chart", permission="records.file", undo=_moved_back)
def check_out(
    work: Work,
    *,
    volume_id: int,
    to: Holder,
    out_for: str = "",
    for_on: date | None = None,
    due_on: date | None = None,
    version: int | None = None,
) -> int:
    """From its shelf, or the pile to be refiled, to whoever takes it; gives back the move's id.

    Raises Conflict, in words, where it is no longer as it was seen.
    """
    volume = _seen(work, volume_id, version)
    if volume.place not in (Place.SHELF, Place.TO_REFILE):
        raise Refused(Finding(_elsewhere(work, volume, "Hand it over, or have it brought back first.")))
    if due_on is not None and due_on < work.today:
        raise Refused(Finding("It is due back today or later.", field="due_on"))
    stands = _with(work, to, _Stands(out_at=work.now, out_by=work.actor.name))
    stands = replace(stands, out_for=out_for.strip(), for_on=for_on, due_on=due_on)
    return _move(work, volume, MoveKind.CHECKED_OUT, stands)


@command("Hand over paper chart", permission="records.file", undo=_moved_back)
def hand_over(
    work: Work,
    *,
    volume_id: int,
    to: Holder,
    note: str = "",
    out_for: str = "",
    for_on: date | None = None,
    version: int | None = None,
) -> int:
    """From one holder to the next; since when and for whom it is out stays, unless it is for another day.

    Gives back the move's id.
    """
    volume = _seen(work, volume_id, version)
    if volume.place not in OUT:
        raise Refused(Finding(_elsewhere(work, volume, "Check it out first.")))
    stands = _with(work, to, _stands(volume))
    if for_on is not None:
        stands = replace(stands, out_at=work.now, out_by=work.actor.name, due_on=None)
        stands = replace(stands, out_for=out_for.strip(), for_on=for_on)
    if stands == _stands(volume):
        raise Refused(Finding(_elsewhere(work, volume, "Choose somebody else.")))
    return _move(work, volume, MoveKind.HANDED_OVER, stands, note)


@command("Return paper chart", permission="records.file", undo=_moved_back)
def bring_back(work: Work, *, volume_id: int, version: int | None = None) -> int:
    """Back in the file room, to be refiled; gives back the move's id."""
    volume = _seen(work, volume_id, version)
    if volume.place not in OUT:
        raise Refused(Finding(_elsewhere(work, volume, "There is nothing to return.")))
    return _move(work, volume, MoveKind.RETURNED, _held_by_nobody(volume, Place.TO_REFILE))


@command("Refile paper chart", permission="records.file", undo=_moved_back)
def refile(work: Work, *, volume_id: int, version: int | None = None) -> int:
    """Onto its shelf; gives back the move's id. The move keeps the day that it was pulled for."""
    volume = _seen(work, volume_id, version)
    if volume.place in (Place.SHELF, Place.MISSING):
        told = "Say first that it was found." if volume.place is Place.MISSING else "Nothing is to be done."
        raise Refused(Finding(_elsewhere(work, volume, told)))
    return _move(work, volume, MoveKind.REFILED, _Stands(for_on=volume.for_on))


@command("Report paper chart missing", permission="records.file", undo=_moved_back)
def report_missing(work: Work, *, volume_id: int, note: str = "", version: int | None = None) -> int:
    """It is not where it should be; gives back the move's id."""
    volume = _seen(work, volume_id, version)
    if volume.place is Place.MISSING:
        raise Refused(Finding("This volume is known to be missing. Look through the places on its list."))
    stands = _held_by_nobody(volume, Place.MISSING)
    stands = replace(stands, out_at=stands.out_at or work.now, out_by=stands.out_by or work.actor.name)
    return _move(work, volume, MoveKind.MISSING, stands, note)


@command("Found paper chart", permission="records.file", undo=_moved_back)
def found(work: Work, *, volume_id: int, note: str, version: int | None = None) -> int:
    """It turned up, and where; it is to be refiled. Gives back the move's id."""
    volume = _seen(work, volume_id, version)
    if volume.place is not Place.MISSING:
        raise Refused(Finding(_elsewhere(work, volume, "It is not missing.")))
    if not note.strip():
        raise Refused(Finding("Say where it was: the next search begins there.", field="note"))
    return _move(work, volume, MoveKind.FOUND, _held_by_nobody(volume, Place.TO_REFILE), note)


@command("Take back move of paper chart", permission="records.file", undo=_moved_back)
def move_back(work: Work, *, volume_id: int, move_id: int) -> int:
    """It is where it was before its last move, which stays in the log; gives back the new move's id."""
    volume = _seen(work, volume_id, None)
    moves = _moves(work, volume_id)
    taken = next((move for move in moves if move.id == move_id), None)
    if taken is None:
        raise Refused(Finding("This move is of another volume."))
    at = moves.index(taken)
    since = _standing_since(moves, at)
    if since:
        raise Refused(Finding(f"{_told(work, moves[-1])} This move can no longer be taken back."))
    stands = _stands(moves[at - 1]) if at else _Stands()
    return _move(work, volume, MoveKind.TAKEN_BACK, stands, takes_back_id=move_id)


def destroy(work: Work, *, volume_id: int, run: str) -> None:
    """Shredded in a disposal run: part of its command, and the last move of the volume."""
    volume = _seen(work, volume_id, None)
    gone = replace(
        _held_by_nobody(volume, Place.DESTROYED),
        words=f"run {run}",
        out_at=volume.out_at or work.now,
        out_by=volume.out_by or work.actor.name,
    )
    _move(work, volume, MoveKind.DESTROYED, gone)


def _seen(work: Work, volume_id: int, version: int | None) -> ChartVolume:
    """The volume, held until the act is over; a later desk hears in words what the earlier one did."""
    volume = work.get(ChartVolume, volume_id)
    work.session.refresh(volume, with_for_update=True)
    work.concerns(volume.patient_id)
    if volume.place is Place.DESTROYED:
        raise Refused(Finding(_elsewhere(work, volume, "Its entry stays as it is.")))
    if version is not None and volume.version != version:
        last = _last(work, volume_id)
        told = _told(work, last) if last else "Another desk changed this volume while you had it open."
        raise Conflict(f"{told} Nothing of yours was saved.")
    return volume


def _moves(work: Work, volume_id: int) -> list[VolumeMove]:
    asked = select(VolumeMove).where(VolumeMove.volume_id == volume_id).order_by(VolumeMove.number)
    return list(work.session.scalars(asked))


def _standing_since(moves: list[VolumeMove], at: int) -> list[tuple[int, bool]]:
    """What was done after a move and was not taken back: moves, and whether they were done or undone."""
    by_id = {move.id: move for move in moves}
    since: list[tuple[int, bool]] = []
    for move in moves[at + 1 :]:
        is_done = True
        while move.takes_back_id is not None:
            move, is_done = by_id[move.takes_back_id], not is_done
        if since and since[-1] == (move.id, not is_done):
            since.pop()
        else:
            since.append((move.id, is_done))
    return since


def _last(work: Work, volume_id: int) -> VolumeMove | None:
    asked = select(VolumeMove).where(VolumeMove.volume_id == volume_id)
    return work.session.scalar(asked.order_by(VolumeMove.number.desc()).limit(1))


def _told(work: Work, move: VolumeMove) -> str:
    """ "Kim P. moved this volume at 8:05: it is at Dr. Lee's desk."."""
    at = clock_time(work.wall(move.moved_at))
    return f"{short_name(move.moved_by)} moved this volume at {at}: it is {whereabouts.where_is(work, move)}."


def _elsewhere(work: Work, volume: ChartVolume, then: str) -> str:
    return f"This volume is {whereabouts.where_is(work, volume)}. {then}"


def _with(work: Work, to: Holder, stands: _Stands) -> _Stands:
    """The same, with the new holder; Refused where it is nobody."""
    if to.place not in OUT:
        raise Refused(Finding("Choose who takes the volume.", field="to"))
    field, sentence = _NEEDS.get(to.place, ("place", ""))
    is_named = to.place in (Place.PERSON, Place.OFF_SITE) and bool(to.words.strip())
    if not (getattr(to, field) or is_named):
        raise Refused(Finding(sentence, field="to"))
    for model, key in ((Provider, to.provider_id), (Room, to.room_id), (UserAccount, to.user_id)):
        if key is not None:
            work.get(model, key)
    return replace(
        stands,
        place=to.place,
        provider_id=to.provider_id if to.place is Place.DESK else None,
        room_id=to.room_id if to.place is Place.ROOM else None,
        user_id=to.user_id if to.place is Place.PERSON else None,
        words=to.words.strip() if to.place in (Place.PERSON, Place.OFF_SITE) else "",
    )


def _held_by_nobody(volume: ChartVolume, place: Place) -> _Stands:
    """Since when and for whom it is out stays."""
    return replace(_stands(volume), place=place, provider_id=None, room_id=None, user_id=None, words="")


def _stands(row: Standing) -> _Stands:
    return _Stands(**{name: getattr(row, name) for name in _Stands.__slots__})


def _move(
    work: Work,
    volume: ChartVolume,
    kind: MoveKind,
    stands: _Stands,
    note: str = "",
    *,
    takes_back_id: int | None = None,
) -> int:
    last = work.session.scalar(select(func.max(VolumeMove.number)).where(VolumeMove.volume_id == volume.id))
    made = VolumeMove(
        volume_id=volume.id,
        number=1 + (last or 0),
        kind=kind,
        takes_back_id=takes_back_id,
        note=note.strip(),
        moved_at=work.now,
        moved_by=work.actor.name,
        moved_by_id=work.actor.user_id,
        station_id=work.station.id,
    )
    for name in _Stands.__slots__:
        setattr(made, name, getattr(stands, name))
        setattr(volume, name, getattr(stands, name))
    if stands.place is Place.SHELF:
        volume.for_on = None  # the move keeps it
    volume.since_at = work.now
    return work.add(made).id
