from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from frontdesk.kernel.errors import Conflict, Refused
from frontdesk.models.office.resources import RoomKind, RoomState
from frontdesk.services.office import devices, holidays, practice, providers, resources, rooms, sites, staff
from frontdesk.services.office.devices import DeviceDraft
from frontdesk.services.office.holidays import HolidayDraft
from frontdesk.services.office.providers import ProviderDraft
from frontdesk.services.office.rooms import RoomDraft
from frontdesk.services.office.staff import StaffDraft
from tests.builders.office import HARBOR_POINT, device, npi, provider, room, site, staff_member
from tests.builders.security import user
from tests.office import Office
from tests.services.office import every_command
from tests.services.office.every_command import PIER


def _sentences(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(finding.field, finding.message) for finding in refused.value.findings]


def test_every_command_of_the_domain_leaves_the_office_usable(office: Office) -> None:
    every_command.run(office)
    assert [one.short_name for one in office.ask(providers.providers)] == ["Dr. G. Lee"]
    assert [one.name for one in office.ask(rooms.rooms)] == ["Exam 2", "Exam 1"]
    assert [one.draft.serial_number for one in office.ask(devices.devices)] == ["US-7"]
    assert [one.draft.skill for one in office.ask(staff.staff)] == ["blood draws"]
    assert [one.name for one in office.ask(resources.resources)] == [
        "Ultrasound 1",
        "Grace Lee, MD",
        "Exam 2",
        "Exam 1",
        "Jo Whitten",
    ]


def test_a_second_thing_of_the_same_name_is_refused_until_the_first_is_off(office: Office) -> None:
    first = room(office)
    draft = RoomDraft(" Exam  1", RoomKind.LAB, site(office))
    with pytest.raises(Refused) as refused:
        office.do(rooms.add_room, draft=draft)
    assert _sentences(refused) == [("name", "Harbor Point Family Medicine already has a room named Exam 1.")]
    office.do(resources.deactivate_resource, resource_id=first)
    office.do(rooms.add_room, draft=draft)
    with pytest.raises(Refused, match=r"already has a room named Exam 1\.$"):
        office.do(resources.reactivate_resource, resource_id=first)


def test_an_npi_belongs_to_one_provider(office: Office) -> None:
    provider(office, "Lee")
    with pytest.raises(Refused) as refused:
        office.do(providers.add_provider, draft=ProviderDraft("Ama", "Okafor", npi(70_000_000), site(office)))
    assert _sentences(refused) == [("npi", "Another provider has this NPI.")]


def test_an_account_belongs_to_one_provider_and_one_member_of_staff(office: Office) -> None:
    rita, main = user(office), site(office)
    office.do(providers.add_provider, draft=ProviderDraft("Rita", "Gomez", npi(5), main, user_id=rita))
    office.do(staff.add_staff, draft=StaffDraft("Rita Gomez", "injections", main, user_id=rita))
    with pytest.raises(Refused, match=r"^This account belongs to another provider\.$"):
        office.do(providers.add_provider, draft=ProviderDraft("Ama", "Okafor", npi(6), main, user_id=rita))
    with pytest.raises(Refused, match=r"^This account belongs to another member of staff\.$"):
        office.do(staff.add_staff, draft=StaffDraft("Jo Whitten", "injections", main, user_id=rita))


def test_a_device_needs_a_kind_and_staff_a_skill(office: Office) -> None:
    main = site(office)
    with pytest.raises(Refused) as refused:
        office.do(devices.add_device, draft=DeviceDraft("", " ", main))
    assert _sentences(refused) == [
        ("name", "Type a name."),
        ("device_kind", "Say what kind of device it is."),
    ]
    with pytest.raises(Refused) as refused:
        office.do(staff.add_staff, draft=StaffDraft("Jo", "", main))
    assert _sentences(refused) == [("skill", "Say what they are booked for, such as injections.")]


def test_a_blocked_room_needs_a_reason_and_takes_no_patient(office: Office) -> None:
    exam = room(office)
    with pytest.raises(Refused) as refused:
        office.do(rooms.set_room_state, room_id=exam, state=RoomState.BLOCKED, reason=" ")
    assert _sentences(refused) == [("reason", "Say why the room is blocked.")]
    office.do(rooms.set_room_state, room_id=exam, state=RoomState.BLOCKED, reason="Leaking tap")
    with pytest.raises(Refused, match=r"^Exam 1 is blocked: Leaking tap\. Set it free first\.$"):
        office.do(rooms.set_room_state, room_id=exam, state=RoomState.OCCUPIED)


def test_a_room_tells_since_when_it_is_as_it_is_and_goes_back(office: Office) -> None:
    exam = room(office)
    office.clock.advance(minutes=5)
    done = office.done(rooms.set_room_state, room_id=exam, state=RoomState.OCCUPIED)
    shown = office.ask(rooms.rooms)[0]
    assert (shown.state, shown.state_since.hour, shown.state_since.minute) == (RoomState.OCCUPIED, 10, 47)
    office.database.undo(office.actor, done.entry_id)
    assert office.ask(rooms.rooms)[0].state is RoomState.FREE


def test_what_another_desk_changed_is_not_overwritten(office: Office) -> None:
    exam = room(office)
    seen = office.ask(rooms.rooms)[0]
    office.do(rooms.set_room_state, room_id=exam, state=RoomState.TO_CLEAN)
    with pytest.raises(Conflict):
        office.do(
            rooms.edit_room,
            room_id=exam,
            draft=RoomDraft("Exam 9", RoomKind.EXAM, seen.site_id),
            version=seen.version,
        )


def test_edits_are_undone_to_what_was(office: Office) -> None:
    main, lee, ultrasound, jo = site(office), provider(office), device(office), staff_member(office)
    before = (
        office.ask(practice.practice).draft,
        [one.draft for one in office.ask(sites.sites)],
        [one.draft for one in office.ask(providers.providers)],
        [one.draft for one in office.ask(devices.devices)],
        [one.draft for one in office.ask(staff.staff)],
    )
    entries = [
        office.done(practice.edit_practice, draft=replace(HARBOR_POINT, name="Harbor Point")).entry_id,
        office.done(sites.edit_site, site_id=main, draft=PIER).entry_id,
        office.done(
            providers.edit_provider, provider_id=lee, draft=ProviderDraft("Ann", "Lee", npi(9), main)
        ).entry_id,
        office.done(
            devices.edit_device, device_id=ultrasound, draft=DeviceDraft("ECG", "ecg", main)
        ).entry_id,
        office.done(staff.edit_staff, staff_id=jo, draft=StaffDraft("Jo", "teaching", main)).entry_id,
    ]
    for entry_id in reversed(entries):
        office.database.undo(office.actor, entry_id)
    after = (
        office.ask(practice.practice).draft,
        [one.draft for one in office.ask(sites.sites)],
        [one.draft for one in office.ask(providers.providers)],
        [one.draft for one in office.ask(devices.devices)],
        [one.draft for one in office.ask(staff.staff)],
    )
    assert after == before


def test_a_site_is_closed_when_nothing_is_left_in_it(office: Office) -> None:
    main = site(office)
    with pytest.raises(Refused, match=r"^The main site cannot be closed\.$"):
        office.do(sites.deactivate_site, site_id=main)
    pier = office.do(sites.add_site, draft=PIER)
    office.do(rooms.add_room, draft=RoomDraft("Pier 1", RoomKind.EXAM, pier))
    with pytest.raises(
        Refused, match=r"^Pier Street still has Pier 1\. Move them or switch them off first\.$"
    ):
        office.do(sites.deactivate_site, site_id=pier)


def test_a_site_is_checked_field_by_field(office: Office) -> None:
    site(office)
    office.do(sites.add_site, draft=PIER)
    with pytest.raises(Refused) as refused:
        office.do(
            sites.add_site,
            draft=replace(PIER, npi="12", place_of_service="office", phone="12", zone="here", city=""),
        )
    assert _sentences(refused) == [
        ("city", "Type the city."),
        ("name", "Another site has this name. Choose another."),
        ("npi", "This is no NPI: check its ten digits."),
        ("place_of_service", "A place of service is two digits, 11 for an office."),
        ("phone", "This number cannot be dialed. Type area code and number."),
        ("zone", "Choose the time zone of the site."),
    ]


def test_a_day_is_closed_once(office: Office) -> None:
    main = site(office)
    independence = HolidayDraft(date(2026, 7, 3), "Independence Day")
    office.do(holidays.add_holidays, days=(independence,))
    with pytest.raises(Refused) as refused:
        office.do(
            holidays.add_holidays,
            days=(independence, HolidayDraft(date(2026, 7, 6), " "), HolidayDraft(date(2026, 7, 6), "Move")),
        )
    assert _sentences(refused) == [
        ("on", "07/03/2026 is already closed."),
        ("name", "Name the reason for closing on 07/06/2026."),
        ("on", "The same day is in the list twice."),
    ]
    shown = office.ask(holidays.holidays, first=date(2026, 7, 1), last=date(2026, 7, 31), site_id=main)
    assert [day.name for day in shown] == ["Independence Day"]


def test_federal_holidays_are_offered_as_observed(office: Office) -> None:
    offered = office.ask(holidays.federal_holidays, year=2026)
    assert (date(2026, 7, 3), date(2026, 11, 26)) == tuple(
        day.on for day in offered if day.on in (date(2026, 7, 3), date(2026, 11, 26))
    )


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE room SET state = 'blocked'",
        "UPDATE room SET state = 'on fire'",
        "UPDATE resource SET kind = 'thing'",
        "UPDATE resource SET name = ''",
        "UPDATE resource SET name = 'Exam 1', kind = 'room'",
        "UPDATE provider SET npi = '12'",
        "UPDATE device SET device_kind = ''",
    ],
)
def test_the_database_itself_refuses_behind_the_services_back(office: Office, broken: str) -> None:
    provider(office), room(office), device(office)
    with pytest.raises(IntegrityError), office.database.engines.write.begin() as connection:
        connection.execute(text(broken))
