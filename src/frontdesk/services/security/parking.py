"""Work put aside by a person: kept with the office's data, so that it survives a restart."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, NotFound, Refused
from frontdesk.models.security.parked import LONGEST, ParkedWork
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

_TOO_LONG = "This is more than can be put aside. Save it, or finish it first."

says("ck_parked_work_content", _TOO_LONG)
says("ck_parked_work_title", "What is put aside needs a name of at most 300 characters.")
says("ck_parked_work_emptied_when_taken", "What was taken up again is no longer put aside.")
says("append_only_parked_work", "What was put aside stays as it was. Take it up again.")


@dataclass(frozen=True, slots=True)
class Put:
    """Something that waits for the person who put it aside."""

    id: int
    page: str
    title: str
    content: str
    at: datetime
    """On the office's clock."""


@query(permission="own.park")
def waiting(work: Work) -> tuple[Put, ...]:
    """One's own, the oldest first; one statement."""
    rows = work.session.scalars(
        select(ParkedWork)
        .where(ParkedWork.user_id == work.actor.user_id, ParkedWork.taken_at.is_(None))
        .order_by(ParkedWork.parked_at, ParkedWork.id)
    )
    return tuple(Put(row.id, row.page, row.title, row.content, work.wall(row.parked_at)) for row in rows)


@command(
    "Park work",
    permission="own.park",
    undo=irreversible("Take it up again with Ctrl+J."),
)
def put(work: Work, *, page: str, title: str, content: str) -> int:
    """Puts work aside under its name; gives back its id."""
    if len(content) > LONGEST:
        raise Refused(Finding(_TOO_LONG))
    row = ParkedWork(
        user_id=work.actor.user_id,
        page=page,
        title=title[:300],
        content=content,
        parked_at=work.now,
        taken_at=None,
    )
    return work.add(row).id


@command(
    "Take up parked work",
    permission="own.park",
    undo=irreversible("Park it again with F12."),
)
def take(work: Work, *, parked_id: int) -> None:
    """It no longer waits; nothing happens where another desk of the same person was first."""
    row = work.get(ParkedWork, parked_id)
    if row.user_id != work.actor.user_id:
        raise NotFound("This was put aside by another person. It waits for them.")
    if row.taken_at is None:
        row.taken_at, row.content = work.now, ""
