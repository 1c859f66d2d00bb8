"""What patients were told about their visits: kept word for word, taken back by another row."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.schedule.appointment import Appointment, Channel
from frontdesk.models.schedule.visit_notice import LONGEST, NoticeKind, VisitNotice
from frontdesk.models.security.accounts import UserAccount
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.schedule import notice_sending
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

_TOO_LONG = f"This is longer than {LONGEST} characters. Say it shorter; nothing was saved."

says("ck_visit_notice_said", _TOO_LONG, field="said")


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that a patient was told. Times are wall times."""

    id: int
    appointment_id: int
    kind: NoticeKind
    channel: Channel
    said: str
    promised: datetime | None
    at: datetime
    who: str


@query(permission="schedule.view")
def notices(work: Work, *, appointment_ids: tuple[int, ...]) -> tuple[Notice, ...]:
    """What was told about these visits and stands, oldest first; one statement."""
    return tuple(each for several in standing(work, appointment_ids).values() for each in several)


def standing(work: Work, appointment_ids: Collection[int]) -> dict[int, list[Notice]]:
    """The notices that were not taken back, by visit, oldest first; one statement."""
    if not appointment_ids:
        return {}
    rows = _OF_VISITS.named(work.session, {"visits": appointment_ids})
    gone = {row.takes_back_id for row in rows}
    found: dict[int, list[Notice]] = {}
    for row in rows:
        if row.id not in gone and row.takes_back_id is None:
            found.setdefault(row.appointment_id, []).append(
                Notice(
                    id=row.id,
                    appointment_id=row.appointment_id,
                    kind=row.kind,
                    channel=row.channel,
                    said=row.said,
                    promised=row.promised,
                    at=work.wall(row.at),
                    who=row.name or "",
                )
            )
    return found


_OF_VISITS: Final = Prepared(
    select(VisitNotice, UserAccount.name)
    .outerjoin(UserAccount, UserAccount.id == VisitNotice.user_id)
    .where(among(VisitNotice.appointment_id, "visits"))
    .order_by(VisitNotice.id)
)


def _untold(done: Performed) -> Undo:
    return Undo(take_back, notice_id=done.result)


@command("Tell patient", permission="schedule.book", undo=_untold)
def tell(
    work: Work,
    *,
    appointment_id: int,
    kind: NoticeKind,
    channel: Channel,
    said: str,
    promised: datetime | None = None,
) -> int:
    """Notes that the patient was told something about a visit. Gives back the notice's id.

    By text or e-mail the words are also sent, as soon as a sender comes by, where the office has a
    gateway or mail server switched on; else somebody sent them by hand, and this only notes it.
    Raises `Refused` where the patient has no number or address for it.
    """
    appointment = work.get(Appointment, appointment_id)
    work.concerns(appointment.patient_id)
    if not said.strip():
        raise Refused(Finding("Write down what the patient was told.", field="said"))
    if len(said.strip()) > LONGEST:
        raise Refused(Finding(_TOO_LONG, field="said"))
    row = work.add(
        VisitNotice(
            appointment_id=appointment_id,
            kind=kind,
            channel=channel,
            said=said.strip(),
            promised=promised,
            at=work.now,
            user_id=work.actor.user_id,
            station_id=work.station.id,
        )
    )
    work.flush()
    notice_sending.queue(work, notice_id=row.id, appointment=appointment, channel=channel)
    return row.id


@command(
    "Take back notice",
    permission="schedule.book",
    undo=irreversible("What was said cannot be said again by itself; note it anew."),
)
def take_back(work: Work, *, notice_id: int) -> int:
    """Says that the patient was not told after all; both rows stay, and what was not sent yet is held back.

    Gives back the new row's id.
    """
    told = work.get(VisitNotice, notice_id)
    work.concerns(work.get(Appointment, told.appointment_id).patient_id)
    again = select(VisitNotice.id).where(VisitNotice.takes_back_id == notice_id)
    if told.takes_back_id is not None or work.session.scalar(again) is not None:
        raise Refused(Finding("This has been taken back already."))
    notice_sending.withdraw(work, notice_id)
    row = work.add(
        VisitNotice(
            appointment_id=told.appointment_id,
            kind=told.kind,
            channel=told.channel,
            said="",
            at=work.now,
            user_id=work.actor.user_id,
            station_id=work.station.id,
            takes_back_id=notice_id,
        )
    )
    return row.id
