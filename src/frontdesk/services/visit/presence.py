"""Which desk has a check-in open: others see it, may look on, and may take it over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from frontdesk.kernel.errors import Conflict, Finding, Refused
from frontdesk.kernel.names import short_name as short_name
from frontdesk.kernel.text import clock_time
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.models.security.audit import Station
from frontdesk.models.visit.check_in import VisitOpening
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

LASTS = timedelta(minutes=3)
"""A desk that gave no sign of life for so long no longer has the check-in open."""
STAY_EVERY_SECONDS = 60

says("uq_visit_opening_open", "Another desk has just opened this check-in. Look on, or take it over.")
says("append_only_visit_opening", "Who had a check-in open stays on record.")


@dataclass(frozen=True, slots=True)
class OpenAt:
    """Where a check-in is open."""

    opening_id: int
    appointment_id: int
    station: str
    by: str
    since: datetime
    """On the office's clock."""
    is_here: bool
    """By this person, at this desk."""

    @property
    def words(self) -> str:
        """ "Open at Front desk 2 since 10:37 by Dana B."."""
        return f"Open at {self.station} since {clock_time(self.since)} by {self.by}"


@query(permission="visit.check_in")
def open_at(work: Work, *, appointment_id: int) -> OpenAt | None:
    """Where the visit's check-in is open now; one statement."""
    return next(iter(open_of(work, (appointment_id,)).values()), None)


def open_of(work: Work, appointment_ids: Sequence[int]) -> dict[int, OpenAt]:
    """Where these visits' check-ins are open now, by visit; one statement."""
    rows = work.session.execute(
        select(VisitOpening, Station.name)
        .join(Station, Station.id == VisitOpening.station_id)
        .where(
            VisitOpening.appointment_id.in_(appointment_ids),
            VisitOpening.ended_at.is_(None),
            VisitOpening.seen_at > work.now - LASTS,
        )
        .order_by(VisitOpening.id)
    )
    return {row.appointment_id: _seen(work, row, station) for row, station in rows}


@command(
    "Open check-in",
    permission="visit.check_in",
    undo=irreversible("A check-in is open at a desk until it is left."),
)
def open_here(work: Work, *, appointment_id: int, instead_of: int | None = None) -> int:
    """This desk has the check-in open from now on; gives back the opening's id.

    `instead_of` is the opening at another desk that is taken over. Raises Refused where another desk
    has it open, and Conflict where that is no longer the one that was seen.
    """
    visit = work.get(Appointment, appointment_id)
    work.concerns(visit.patient_id)
    row = work.session.scalars(
        select(VisitOpening).where(
            VisitOpening.appointment_id == appointment_id, VisitOpening.ended_at.is_(None)
        )
    ).first()
    if row is not None:
        is_alive = row.seen_at > work.now - LASTS
        if is_alive and _is_mine(work, row):
            _touch(work, row.id)
            return row.id
        if is_alive and row.id != instead_of:
            found = _seen(work, row, work.get(Station, row.station_id).name)
            if instead_of is not None:
                raise Conflict(f"{found.words} now. Look on, or take it over from there.")
            raise Refused(Finding(f"{found.words.rstrip('.')}. Look on, or take it over."))
        row.ended_at = work.now
        work.flush()
    made = work.add(
        VisitOpening(
            appointment_id=appointment_id,
            station_id=work.station.id,
            user_id=work.actor.user_id,
            opened_by=work.actor.name,
            opened_at=work.now,
            seen_at=work.now,
        )
    )
    return made.id


@command(
    "Keep check-in open",
    permission="visit.check_in",
    undo=irreversible("A check-in is open at a desk until it is left."),
)
def stay(work: Work, *, opening_id: int) -> bool:
    """The desk is still there; whether the check-in is still open at it."""
    row = work.get(VisitOpening, opening_id)
    if row.ended_at is not None:
        return False
    _touch(work, opening_id)
    return True


@command(
    "Leave check-in",
    permission="visit.check_in",
    undo=irreversible("Open the check-in again."),
)
def leave(work: Work, *, opening_id: int) -> None:
    """The check-in is no longer open at the desk."""
    row = work.get(VisitOpening, opening_id)
    if row.ended_at is None:
        row.ended_at = work.now


def end_all(work: Work, appointment_id: int) -> None:
    """The check-in is over: it is open at no desk."""
    for row in work.session.scalars(
        select(VisitOpening).where(
            VisitOpening.appointment_id == appointment_id, VisitOpening.ended_at.is_(None)
        )
    ):
        row.ended_at = work.now


def _touch(work: Work, opening_id: int) -> None:
    # Not through the row: a sign of life is no change that other desks must hear of.
    work.session.execute(
        update(VisitOpening)
        .where(VisitOpening.id == opening_id)
        .values(seen_at=work.now)
        .execution_options(synchronize_session=False)
    )


def _is_mine(work: Work, row: VisitOpening) -> bool:
    return row.station_id == work.station.id and row.user_id == work.actor.user_id


def _seen(work: Work, row: VisitOpening, station: str) -> OpenAt:
    return OpenAt(
        row.id,
        row.appointment_id,
        station,
        short_name(row.opened_by),
        work.wall(row.opened_at),
        _is_mine(work, row),
    )
