"""What must be done before a visit can be: the patient prepares, the payer answers."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from frontdesk.kernel.text import counted
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.schedule.words import when
from frontdesk.services.work import Work


def earliest(work: Work, kind: VisitType) -> datetime:
    """The wall time before which a patient who is told now cannot have prepared."""
    return work.wall(work.now + timedelta(hours=kind.preparation_hours))


def too_soon(kind: VisitType, prepared: datetime, today: date) -> str:
    """ "Pelvic ultrasound takes 24 hours to prepare for. It can be Wednesday, March 18 at 10:42 AM"."""
    hours = counted(kind.preparation_hours, "hour")
    return f"{kind.name} takes {hours} to prepare for. The patient is ready {when(prepared, today)}."


def working_days(after: date, until: date, holidays: Collection[date]) -> int:
    """How many days lie between on which a payer works: weekdays that are no holidays, `until` included."""
    days = (after + timedelta(ahead) for ahead in range(1, (until - after).days + 1))
    return sum(day.weekday() < 5 and day not in holidays for day in days)


def answered_on(today: date, days: int, holidays: Collection[date]) -> date:
    """The first day by which a payer has had so many working days."""
    day = today
    while days > 0:
        day += timedelta(1)
        days -= day.weekday() < 5 and day not in holidays
    return day
