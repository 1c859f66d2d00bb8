"""The chart pull list: which volumes a day's visits need, in shelf order, and how far each is.

Nothing of it is kept but what was printed: a volume's own standing says whether it is pulled, with the
provider, returned or refiled, so that a scan at any desk moves the list along.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import or_, select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import short_name
from frontdesk.kernel.text import clock_time
from frontdesk.models.office.resources import Provider
from frontdesk.models.records.volume import ChartVolume, MoveKind, Place, VolumeMove
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.visit.pull import PullListPrint, PullListPrintLine
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.records import movements, paper_rule, whereabouts
from frontdesk.services.records.filing_order import FilingOrder
from frontdesk.services.records.movements import Holder
from frontdesk.services.records.whereabouts import Volume
from frontdesk.services.work import Work


class PullState(StrEnum):
    """How far a volume is on the list of a day."""

    NEEDED = "needed"
    PULLED = "pulled"
    WITH_PROVIDER = "with_provider"
    RETURNED = "returned"
    REFILED = "refiled"
    MISSING = "missing"
    UNNEEDED = "unneeded"
    """The visit was called off; out, it is to be put back."""


OFF = (Lifecycle.CANCELLED, Lifecycle.NO_SHOW, Lifecycle.RESCHEDULED, Lifecycle.IN_ERROR, Lifecycle.LEFT)
"""A visit in one of these needs no chart."""


@dataclass(frozen=True, slots=True)
class PullVisit:
    """A visit that needs the volume."""

    appointment_id: int
    provider_id: int
    provider: str
    starts: datetime
    is_over: bool


@dataclass(frozen=True, slots=True)
class PullLine:
    """A volume on the list of a day."""

    volume: Volume
    visits: tuple[PullVisit, ...]
    """The earliest first; empty where none takes place any more."""
    state: PullState
    is_late_add: bool
    """It was not on the list when that was printed last."""

    @property
    def next_provider(self) -> PullVisit | None:
        """Whose desk it goes to next; None where no visit of another provider follows."""
        desks = list({visit.provider_id: visit for visit in reversed(self.visits)}.values())[::-1]
        ids = [visit.provider_id for visit in desks]
        at = self.volume.provider_id
        if self.state is PullState.PULLED:
            return desks[0] if desks else None
        after = ids.index(at) + 1 if at in ids else len(ids)
        return desks[after] if after < len(ids) else None


@dataclass(frozen=True, slots=True)
class PullList:
    """The list of a day."""

    day: date
    keeps_paper: bool
    order: FilingOrder
    lines: tuple[PullLine, ...]
    """As they stand on the shelves."""
    without_paper: int
    """Patients of the day who have no volume."""
    printed_at: datetime | None
    printed_by: str


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scanned barcode did, for the status bar."""

    volume_id: int
    move_id: int
    said: str


@query(permission="records.view")
def pull_list(
    work: Work, *, day: date, provider_id: int | None = None, all_volumes: bool = False
) -> PullList:
    """The volumes that a day needs; a patient's newest, or all. A constant number of statements."""
    rule = paper_rule.rule(work)
    if not rule.keeps_paper:
        return PullList(day, False, rule.filing_order, (), 0, None, "")
    visits = _visits(work, day)
    wanted = {
        patient_id: own
        for patient_id, own in visits.items()
        if provider_id is None or any(visit.provider_id == provider_id for visit in own)
    }
    printed, on_paper = _printed(work, day, provider_id)
    refiled = _refiled(work, day)
    found = whereabouts.volumes(
        work,
        or_(
            ChartVolume.patient_id.in_(wanted),
            ChartVolume.for_on == day,
            ChartVolume.id.in_(on_paper | refiled),
        ),
    )
    last = {each.patient_id: each.volume_id for each in sorted(found, key=lambda each: each.number)}
    lines = []
    for volume in found:
        own = tuple(wanted.get(volume.patient_id, ()))
        was_pulled = volume.for_on == day or volume.volume_id in refiled
        is_last = volume.volume_id == last[volume.patient_id] or all_volumes
        if provider_id is not None and not own and volume.volume_id not in on_paper:
            continue  # pulled for another provider of the day
        is_ahead = any(not visit.is_over for visit in own)
        if was_pulled or volume.volume_id in on_paper or (is_ahead and is_last):
            state = _state(volume, day, bool(own), volume.volume_id in refiled)
            is_late = printed is not None and volume.volume_id not in on_paper and state is PullState.NEEDED
            lines.append(PullLine(volume, own, state, is_late))
    lines.sort(key=lambda line: line.volume.shelf_key(rule.filing_order))
    return PullList(
        day=day,
        keeps_paper=True,
        order=rule.filing_order,
        lines=tuple(lines),
        without_paper=len(wanted.keys() - {volume.patient_id for volume in found}),
        printed_at=work.wall(printed.printed_at) if printed else None,
        printed_by=short_name(printed.printed_by) if printed else "",
    )


def _stepped_back(done: Performed) -> Undo:
    return Undo(movements.move_back, volume_id=done.arguments["volume_id"], move_id=done.result)


@command("Step paper chart", permission="records.file", undo=_stepped_back)
def step(work: Work, *, volume_id: int, day: date, version: int | None = None) -> int:
    """To the next state of the list: pulled, with the provider, with the next one, returned, refiled.

    Gives back the move's id. Raises Conflict, in words, where another desk moved it meanwhile.
    """
    line = next(
        (
            each
            for each in pull_list(work, day=day, all_volumes=True).lines
            if each.volume.volume_id == volume_id
        ),
        None,
    )
    if line is None:
        raise Refused(Finding("This volume is not on the list of that day."))
    return _step(work, line, day, version)


def _scanned_back(done: Performed) -> Undo:
    return Undo(movements.move_back, volume_id=done.result.volume_id, move_id=done.result.move_id)


@command("Scan paper chart", permission="records.file", undo=_scanned_back)
def scan(work: Work, *, barcode: str, day: date, to: Holder | None = None) -> Scanned:
    """One act for a scanned barcode: to `to` where somebody is named, else the next step of the day's list.

    What is not on the list comes back where it is out, goes onto its shelf where it came back, and from
    its shelf to whoever scanned it.
    """
    found = whereabouts.volumes(work, ChartVolume.barcode == barcode.strip().upper())
    if not found:
        raise Refused(Finding("No volume bears this barcode. Scan it again, or type it.", field="barcode"))
    volume = found[0]
    if volume.place is Place.MISSING:
        move_id = movements.found(work, volume_id=volume.volume_id, note="Scanned at this desk")
    elif to is not None:
        act = movements.hand_over if volume.place in movements.OUT else movements.check_out
        move_id = act(work, volume_id=volume.volume_id, to=to)
    else:
        lines = pull_list(work, day=day, all_volumes=True).lines
        line = next((each for each in lines if each.volume.volume_id == volume.volume_id), None)
        if line is not None and line.state not in (PullState.REFILED, PullState.MISSING):
            move_id = _step(work, line, day, None)
        elif volume.place in movements.OUT:
            move_id = movements.bring_back(work, volume_id=volume.volume_id)
        elif volume.place is Place.TO_REFILE:
            move_id = movements.refile(work, volume_id=volume.volume_id)
        else:
            me = Holder(Place.PERSON, user_id=work.actor.user_id, words=short_name(work.actor.name))
            move_id = movements.check_out(work, volume_id=volume.volume_id, to=me)
    work.flush()
    (after,) = whereabouts.volumes(work, ChartVolume.id == volume.volume_id)
    return Scanned(volume.volume_id, move_id, f"{after.label}: {after.where}")


@command(
    "Print pull list",
    permission="records.view",
    undo=irreversible("A printed list stays printed; print it again where it changed."),
)
def note_print(work: Work, *, day: date, provider_id: int | None, volume_ids: tuple[int, ...]) -> int:
    """Write down what stood on the printed list: what comes later is a late add. Gives back its id."""
    if not volume_ids:
        raise Refused(Finding("Nothing was printed: no chart is needed on that day."))
    made = work.add(
        PullListPrint(day=day, provider_id=provider_id, printed_at=work.now, printed_by=work.actor.name)
    )
    work.flush()
    for volume_id in dict.fromkeys(volume_ids):
        work.concerns(work.get(ChartVolume, volume_id).patient_id)
        work.add(PullListPrintLine(print_id=made.id, volume_id=volume_id))
    return made.id


@query(permission="records.view")
def out_now(work: Work) -> tuple[Volume, ...]:
    """Every volume off its shelf that is not missing: the overdue first, then those out longest."""
    found = whereabouts.volumes(work, ChartVolume.place.not_in((Place.SHELF, Place.MISSING, Place.DESTROYED)))
    today = work.today
    return tuple(
        sorted(
            found,
            key=lambda each: (
                not whereabouts.is_overdue(each, today),
                each.place is Place.OFF_SITE,
                each.out_since or each.since,
                each.volume_id,
            ),
        )
    )


def waiting_count(work: Work) -> int | None:
    """How many volumes today's list still wants pulled, and how many are missing; None without paper."""
    if not paper_rule.rule(work).keeps_paper:
        return None
    lines = pull_list(work, day=work.today).lines
    return sum(line.state in (PullState.NEEDED, PullState.MISSING) for line in lines)


def _step(work: Work, line: PullLine, day: date, version: int | None) -> int:
    volume = line.volume
    if line.state is PullState.MISSING:
        raise Refused(Finding("This volume is missing. Look through the places of its search (Ctrl+3)."))
    if line.state is PullState.NEEDED:
        return _pull(work, line, day, version)
    if line.state is PullState.UNNEEDED and volume.place is Place.SHELF:
        raise Refused(Finding("The visit was called off. Leave the volume on its shelf."))
    if line.state is PullState.REFILED:
        raise Refused(Finding("This volume is back on its shelf. Nothing is left to do."))
    if line.state is PullState.RETURNED or line.state is PullState.UNNEEDED:
        return movements.refile(work, volume_id=volume.volume_id, version=version)
    to = line.next_provider
    if to is None:
        return movements.bring_back(work, volume_id=volume.volume_id, version=version)
    desk = Holder(Place.DESK, provider_id=to.provider_id)
    return movements.hand_over(work, volume_id=volume.volume_id, to=desk, version=version)


def _pull(work: Work, line: PullLine, day: date, version: int | None) -> int:
    volume = line.volume
    if volume.place is Place.OFF_SITE:
        raise Refused(Finding(f"This volume is {volume.where}. Ask for the box first."))
    first = line.visits[0]
    out_for = f"{first.provider}, {clock_time(first.starts)}"
    # From its shelf or the pile to be refiled; or fetched from whoever still has it.
    act = movements.hand_over if volume.place in movements.OUT else movements.check_out
    return act(
        work,
        volume_id=volume.volume_id,
        to=Holder(Place.PULLED),
        out_for=out_for,
        for_on=day,
        version=version,
    )


def _state(volume: Volume, day: date, is_needed: bool, was_refiled: bool) -> PullState:
    is_here = volume.for_on == day
    if volume.place is Place.MISSING:
        return PullState.MISSING
    if is_here and volume.place in (Place.PULLED, Place.TO_REFILE) and not is_needed:
        return PullState.UNNEEDED
    if is_here and volume.place is Place.TO_REFILE:
        return PullState.RETURNED
    if is_here and volume.place is Place.PULLED:
        return PullState.PULLED
    if is_here and volume.place in movements.OUT:
        return PullState.WITH_PROVIDER
    if was_refiled:
        return PullState.REFILED
    return PullState.NEEDED if is_needed else PullState.UNNEEDED


def _visits(work: Work, day: date) -> dict[int, list[PullVisit]]:
    """The visits of a day that take place, by patient, the earliest first; one statement."""
    begins = datetime.combine(day, time())
    rows = work.session.execute(
        select(
            Appointment.id,
            Appointment.patient_id,
            Appointment.provider_id,
            Provider.short_name,
            Appointment.starts,
            Appointment.lifecycle,
        )
        .join(Provider, Provider.id == Appointment.provider_id)
        .where(
            Appointment.starts >= begins,
            Appointment.starts < begins + timedelta(days=1),
            Appointment.lifecycle.not_in((*OFF, Lifecycle.REQUESTED, Lifecycle.WAITLISTED)),
        )
        .order_by(Appointment.starts, Appointment.id)
    )
    found: dict[int, list[PullVisit]] = {}
    for row in rows:
        is_over = row.lifecycle is Lifecycle.COMPLETED
        visit = PullVisit(row.id, row.provider_id, row.short_name, row.starts, is_over)
        found.setdefault(row.patient_id, []).append(visit)
    return found


def _printed(work: Work, day: date, provider_id: int | None) -> tuple[PullListPrint | None, frozenset[int]]:
    """The last printing that covers this list, and the volumes on any that does; two statements."""
    covers = or_(PullListPrint.provider_id.is_(None), PullListPrint.provider_id == provider_id)
    prints = list(
        work.session.scalars(
            select(PullListPrint).where(PullListPrint.day == day, covers).order_by(PullListPrint.id)
        )
    )
    if not prints:
        return None, frozenset()
    rows = work.session.scalars(
        select(PullListPrintLine.volume_id).where(PullListPrintLine.print_id.in_([p.id for p in prints]))
    )
    return prints[-1], frozenset(rows)


def _refiled(work: Work, day: date) -> frozenset[int]:
    """The volumes that were refiled after they had been pulled for this day; one statement."""
    rows = work.session.scalars(
        select(VolumeMove.volume_id).where(VolumeMove.kind == MoveKind.REFILED, VolumeMove.for_on == day)
    )
    return frozenset(rows)
