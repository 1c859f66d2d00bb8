"""The hours of the staff, and the spirometer that is away for calibration."""

from datetime import datetime, time, timedelta

from frontdesk.demo.start import NOW
from frontdesk.demo.week import WEEK
from frontdesk.services.database import Database
from frontdesk.services.office import devices, staff
from frontdesk.services.schedule import downtime, staff_hours
from frontdesk.services.schedule.staff_hours import StaffHours
from frontdesk.services.work import SYSTEM

_SHIFTS = ((time(8), time(12)), (time(13), time(17)))


def set_up(database: Database) -> None:
    """Through the real commands, as the office did it."""
    since = datetime(2024, 1, 1).date()
    for person in database.ask(SYSTEM, staff.staff):
        for weekday in WEEK:
            for starts, ends in _SHIFTS:
                hours = StaffHours(person.id, weekday, starts, ends, since)
                database.do(SYSTEM, staff_hours.add_staff_hours, hours=hours)
    spirometer = next(each.id for each in database.ask(SYSTEM, devices.devices) if each.name == "Spirometer")
    today = datetime.combine(NOW.date(), time())
    database.do(
        SYSTEM,
        downtime.take_out,
        resource_id=spirometer,
        starts=today - timedelta(days=1) + timedelta(hours=8),
        ends=today + timedelta(days=2, hours=17),
        reason="Calibration",
    )
