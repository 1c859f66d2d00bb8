"""What a person typed in a check-in and did not save: kept per visit and person, in the office's data."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.models.security.audit import Station
from frontdesk.models.visit.check_in import LONGEST, UnfinishedCheckIn
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.visit.presence import short_name
from frontdesk.services.work import Work

_TOO_LONG = "This is more than a check-in can keep unsaved. Save it, then go on."

says("ck_unfinished_check_in_content", _TOO_LONG)
says("ck_unfinished_check_in_named", _TOO_LONG)
says(
    "uq_unfinished_check_in_appointment_id_user_id",
    "You have this check-in open in another window too. Go on in one of them.",
)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What is left of one person's typing."""

    content: str
    """Only for the one who typed it; the page knows how to read it."""
    named: str
    """The fields by their labels."""
    by: str
    station: str
    at: datetime
    """On the office's clock."""
    is_mine: bool


@query(permission="visit.check_in")
def left(work: Work, *, appointment_id: int) -> tuple[Unfinished, ...]:
    """What is unsaved in a check-in, one's own first; one statement."""
    rows = work.session.execute(
        select(UnfinishedCheckIn, Station.name)
        .join(Station, Station.id == UnfinishedCheckIn.station_id)
        .where(UnfinishedCheckIn.appointment_id == appointment_id, UnfinishedCheckIn.content != "")
        .order_by(UnfinishedCheckIn.kept_at.desc(), UnfinishedCheckIn.id)
    )
    found = []
    for row, station in rows:
        is_mine = row.user_id == work.actor.user_id
        content = row.content if is_mine else ""
        found.append(
            Unfinished(content, row.named, short_name(row.kept_by), station, work.wall(row.kept_at), is_mine)
        )
    return tuple(sorted(found, key=lambda each: not each.is_mine))


@command(
    "Keep what was typed",
    permission="visit.check_in",
    undo=irreversible("What was typed is only put by: save it, or clear the fields."),
)
def keep(work: Work, *, appointment_id: int, content: str, named: str) -> None:
    """Puts by what this person typed and did not save; an empty content says that nothing is left."""
    if len(content) > LONGEST:
        raise Refused(Finding(_TOO_LONG))
    row = work.session.scalars(
        select(UnfinishedCheckIn).where(
            UnfinishedCheckIn.appointment_id == appointment_id,
            UnfinishedCheckIn.user_id == work.actor.user_id,
        )
    ).first()
    if row is None:
        if not content:
            return
        work.concerns(work.get(Appointment, appointment_id).patient_id)
        row = UnfinishedCheckIn(appointment_id=appointment_id, user_id=work.actor.user_id)
        row = work.add(row)
    row.content, row.named = content, named[:2000]
    row.station_id, row.kept_by, row.kept_at = work.station.id, work.actor.name, work.now


def drop_all(work: Work, appointment_id: int) -> None:
    """The check-in is over: what was not saved by then never will be."""
    rows = select(UnfinishedCheckIn).where(
        UnfinishedCheckIn.appointment_id == appointment_id, UnfinishedCheckIn.content != ""
    )
    for row in work.session.scalars(rows.order_by(UnfinishedCheckIn.id)):
        row.content = row.named = ""
