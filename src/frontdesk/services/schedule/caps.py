"""How many visits a session takes: counted from what stands in the book."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.schedule.hours import Hours, Session
from frontdesk.services.schedule.intervals import minute_of
from frontdesk.services.schedule.taken import STANDING
from frontdesk.services.work import Work


class Start(NamedTuple):
    """When a visit starts, and what the caps count of it."""

    minute: int
    is_new_patient: bool
    is_overbooked: bool


def starts_of(
    work: Work,
    origin: datetime,
    until: datetime,
    provider_ids: Collection[int],
    *,
    beside_appointment: int | None = None,
) -> dict[int, list[Start]]:
    """The standing visits' starts, by provider."""
    asked = select(
        Appointment.id,
        Appointment.provider_id,
        Appointment.starts,
        Appointment.is_new_patient,
        Appointment.is_overbooked,
    ).where(
        Appointment.starts >= origin,
        Appointment.starts < until,
        Appointment.provider_id.in_(provider_ids),
        Appointment.lifecycle.in_(STANDING),
    )
    found: dict[int, list[Start]] = {}
    for id, provider_id, starts, is_new, is_overbooked in work.session.execute(asked):
        if id != beside_appointment:
            start = Start(minute_of(starts, origin), is_new, is_overbooked)
            found.setdefault(provider_id, []).append(start)
    return found


def are_set(hours: Hours) -> bool:
    """Whether any session has a limit, so that counting is worth a statement."""
    return any(
        session.most_visits is not None or session.most_new_patients is not None
        for sessions in hours.sessions.values()
        for session in sessions
    )


def without_full_sessions(hours: Hours, starts: dict[int, list[Start]], *, for_new_patient: bool) -> None:
    """Drops the sessions that take no more visits of this kind."""
    for provider_id, sessions in hours.sessions.items():
        of_provider = starts.get(provider_id, ())
        hours.sessions[provider_id] = [
            session for session in sessions if not full(session, of_provider, for_new_patient=for_new_patient)
        ]


def full(session: Session, starts: Sequence[Start], *, for_new_patient: bool) -> str:
    """What there are enough of: "visits", "new patients", or nothing."""
    inside = [start for start in starts if session.starts <= start.minute < session.ends]
    if session.most_visits is not None and len(inside) >= session.most_visits:
        return "visits"
    new = sum(start.is_new_patient for start in inside)
    if for_new_patient and session.most_new_patients is not None and new >= session.most_new_patients:
        return "new patients"
    return ""
