"""How many visits a session takes: counted from what stands in the book."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import bindparam, func, select

from frontdesk.models.schedule.appointment import Appointment
from frontdesk.models.schedule.resource_booking import ResourceBooking
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.schedule.hours import Hours, Session
from frontdesk.services.schedule.intervals import minute_of
from frontdesk.services.schedule.taken import STANDING
from frontdesk.services.work import Work


class Start(NamedTuple):
    """When a visit's provider begins, and what the caps count of it."""

    minute: int
    is_new_patient: bool
    is_overbooked: bool
    appointment_id: int


def starts_of(
    work: Work,
    origin: datetime,
    until: datetime,
    provider_ids: Collection[int],
    *,
    beside_appointment: int | None = None,
) -> dict[int, list[Start]]:
    """Where the standing visits' providers begin, by provider; one statement."""
    wanted = {"providers": provider_ids, "begin": origin, "end": until}
    found: dict[int, list[Start]] = {}
    for id, provider_id, starts, is_new, is_overbooked in _STARTS.rows(work.session, wanted):
        if id != beside_appointment:
            start = Start(minute_of(starts, origin), is_new, is_overbooked, id)
            found.setdefault(provider_id, []).append(start)
    return found


_STARTS: Final = Prepared(
    select(
        Appointment.id,
        Appointment.provider_id,
        func.min(ResourceBooking.starts),
        Appointment.is_new_patient,
        Appointment.is_overbooked,
    )
    .join(
        ResourceBooking,
        (ResourceBooking.appointment_id == Appointment.id)
        & (ResourceBooking.resource_id == Appointment.provider_id),
    )
    .where(
        ResourceBooking.is_active,
        ResourceBooking.starts >= bindparam("begin"),
        ResourceBooking.starts < bindparam("end"),
        among(ResourceBooking.resource_id, "providers"),
        Appointment.lifecycle.in_(STANDING),
    )
    .group_by(Appointment.id, Appointment.provider_id, Appointment.is_new_patient, Appointment.is_overbooked)
)


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


def said(session: Session, what: str) -> str:
    """Of what `full` says there are enough of: "takes 2 new patients, and they are booked"."""
    most = session.most_visits if what == "visits" else session.most_new_patients
    if most == 1:
        return f"takes 1 {what.removesuffix('s')}, and that is booked"
    return f"takes {most} {what}, and they are booked" if most else f"takes no {what}"
