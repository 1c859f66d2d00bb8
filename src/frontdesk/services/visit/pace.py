"""When a provider will see whoever waits for them today: the day's own stamps given to the projection."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.services.schedule.projection import Expected, Projection, projection
from frontdesk.services.schedule.status import Status, status_of
from frontdesk.services.work import Work

TAKES_PLACE = (Lifecycle.BOOKED, Lifecycle.ARRIVED, Lifecycle.IN_PROGRESS, Lifecycle.COMPLETED)


def of_provider(work: Work, provider_id: int, on: date) -> Projection:
    """How a provider's day will run on, in one statement."""
    day, now = datetime.combine(on, datetime.min.time()), work.local_now
    visits = work.session.scalars(
        select(Appointment)
        .where(
            Appointment.provider_id == provider_id,
            Appointment.starts >= day,
            Appointment.starts < day + timedelta(days=1),
            Appointment.lifecycle.in_(TAKES_PLACE),
        )
        .order_by(Appointment.starts, Appointment.id)
    )
    return projection(
        [
            expected(
                work,
                visit,
                status_of(visit.lifecycle, visit.stage, visit.confirmation, visit.starts, now),
            )
            for visit in visits
        ],
        now,
    )


def expected(work: Work, visit: Appointment, status: Status) -> Expected:
    """A visit as the projection sees it."""
    return Expected(
        visit.id,
        visit.starts,
        int((visit.ends - visit.starts).total_seconds() // 60),
        status,
        work.wall(visit.provider_in_at) if visit.provider_in_at else None,
    )
