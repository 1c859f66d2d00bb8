"""Every command of the domain, once."""

from dataclasses import replace
from datetime import date

from frontdesk.models.office.resources import RoomKind, RoomState
from frontdesk.services.office import devices, holidays, practice, providers, resources, rooms, sites, staff
from frontdesk.services.office.devices import DeviceDraft
from frontdesk.services.office.holidays import HolidayDraft
from frontdesk.services.office.providers import ProviderDraft
from frontdesk.services.office.rooms import RoomDraft
from frontdesk.services.office.sites import SiteDraft
from frontdesk.services.office.staff import StaffDraft
from tests.builders.office import HARBOR_POINT, device, npi, provider, room, site, staff_member
from tests.office import Office

PIER = SiteDraft("Pier Street", "America/Los_Angeles", "12 Pier Street", "Portland", "OR", "97209")


def run(office: Office) -> None:
    """Walk through the commands, leaving the office usable."""
    main = site(office)
    office.do(practice.edit_practice, draft=replace(HARBOR_POINT, fax="503 555 0101"))
    pier = office.do(sites.add_site, draft=PIER)
    office.do(sites.edit_site, site_id=pier, draft=replace(PIER, phone="503-555-0102"))
    office.do(sites.deactivate_site, site_id=pier)
    office.do(sites.reactivate_site, site_id=pier)
    lee, exam, ultrasound, jo = provider(office), room(office), device(office), staff_member(office)
    office.do(
        providers.edit_provider,
        provider_id=lee,
        draft=ProviderDraft(
            "Grace",
            "Lee",
            npi(70_000_000),
            main,
            credential="MD",
            short_name="Dr. G. Lee",
            taxonomy="207Q00000X",
        ),
    )
    office.do(rooms.edit_room, room_id=exam, draft=RoomDraft("Exam 1", RoomKind.PROCEDURE, main))
    office.do(rooms.set_room_state, room_id=exam, state=RoomState.BLOCKED, reason="Leaking tap")
    office.do(rooms.set_room_state, room_id=exam, state=RoomState.FREE)
    office.do(
        devices.edit_device,
        device_id=ultrasound,
        draft=DeviceDraft("Ultrasound 1", "ultrasound", main, serial_number="US-7"),
    )
    office.do(staff.edit_staff, staff_id=jo, draft=StaffDraft("Jo Whitten", "blood draws", main))
    office.do(resources.deactivate_resource, resource_id=jo)
    office.do(resources.reactivate_resource, resource_id=jo)
    second = room(office, "Exam 2")
    office.do(resources.order_resources, resource_ids=(second, exam))
    move = HolidayDraft(date(2026, 5, 1), "Move", pier)
    office.do(holidays.add_holidays, days=(HolidayDraft(date(2026, 7, 3), "Independence Day"), move))
    office.do(holidays.remove_holidays, days=(move,))
