"""Every command about things out of service and the hours of staff, once."""

from datetime import date, time

from frontdesk.services.schedule import downtime, staff_hours
from frontdesk.services.schedule.staff_hours import StaffHours
from tests.builders.office import device, staff_member
from tests.builders.schedule import SINCE, at
from tests.office import Office

NEXT_WEEK = date(2026, 3, 25)


def run(office: Office) -> None:
    """Walk through the commands, leaving one of each in force."""
    scanner = device(office, "Ultrasound 2")
    out = office.do(
        downtime.take_out,
        resource_id=scanner,
        starts=at("10:00", NEXT_WEEK),
        ends=at("12:00", NEXT_WEEK),
        reason="calibration",
    )
    ends = office.do(downtime.put_back, downtime_id=out)
    office.do(downtime.bring_back, downtime_id=out, ends=ends)

    jo = staff_member(office, "Jo Whitten")
    mornings = office.do(
        staff_hours.add_staff_hours, hours=StaffHours(jo, 2, time(8), time(12), SINCE, every_weeks=2)
    )
    office.do(staff_hours.end_staff_hours, staff_session_id=mornings, last_day=date(2026, 12, 19))
    office.do(staff_hours.set_staff_hours_active, staff_session_id=mornings, is_active=False)
    office.do(staff_hours.set_staff_hours_active, staff_session_id=mornings, is_active=True)
