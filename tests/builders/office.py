"""The practice of the mockups, and what visits are booked on."""

from frontdesk.models.office.resources import RoomKind
from frontdesk.services.office import devices, establish, providers, rooms, staff
from frontdesk.services.office.devices import DeviceDraft
from frontdesk.services.office.practice import PracticeDraft
from frontdesk.services.office.providers import ProviderDraft
from frontdesk.services.office.rooms import RoomDraft
from frontdesk.services.office.staff import StaffDraft
from frontdesk.services.security.accounts import UserDraft
from frontdesk.services.work import SYSTEM
from tests.office import Office

HARBOR_POINT = PracticeDraft(
    name="Harbor Point Family Medicine",
    npi="1234567893",
    tax_id="93-1234567",
    address1="410 Harbor Street",
    city="Portland",
    state="OR",
    zip="97204",
    phone="(503) 555-0100",
    zone="America/Los_Angeles",
    taxonomy="207Q00000X",
)
MARIA = UserDraft("Maria Hess", "maria")
# Of "harbor lantern 42", with cheap parameters: tests of other domains need no costly sign-in.
MARIAS_HASH = "$argon2id$v=19$m=8,t=1,p=1$Dcqa8kRSfoLxl8KeMp9yCw$PlfwboNSluNbSFodTLw/3KYsoFNsdjDCaeWD+NC7Em0"


def npi(number: int) -> str:
    """A made-up NPI whose check digit holds."""
    nine = f"1{number:08d}"
    for check in "0123456789":
        total = 0
        for place, digit in enumerate(reversed(f"80840{nine}{check}")):
            doubled = int(digit) * (1 + place % 2)
            total += doubled - 9 if doubled > 9 else doubled
        if total % 10 == 0:
            return nine + check
    raise AssertionError("one of ten check digits always holds")


def site(office: Office) -> int:
    """The main site; with the first call the whole practice and Maria Hess, its administrator."""
    if "site" not in office.made:
        done = office.database.do(
            SYSTEM,
            establish.establish_practice,
            draft=HARBOR_POINT,
            administrator=MARIA,
            password_hash=MARIAS_HASH,
        )
        office.made["site"] = done.result.site_id
        office.made["user:maria"] = done.result.administrator_id
    made: int = office.made["site"]
    return made


def provider(
    office: Office, last_name: str = "Lee", first_name: str = "Grace", credential: str = "MD"
) -> int:
    """A provider, by default Dr. Lee; the same one for the same last name."""
    known = f"provider:{last_name}"
    if known not in office.made:
        count = sum(name.startswith("provider:") for name in office.made)
        office.made[known] = office.do(
            providers.add_provider,
            draft=ProviderDraft(
                first_name=first_name,
                last_name=last_name,
                npi=npi(70_000_000 + count),
                site_id=site(office),
                credential=credential,
                taxonomy="207Q00000X",
            ),
        )
    made: int = office.made[known]
    return made


def room(office: Office, name: str = "Exam 1", kind: RoomKind = RoomKind.EXAM) -> int:
    """A room; the same one for the same name."""
    known = f"room:{name}"
    if known not in office.made:
        office.made[known] = office.do(rooms.add_room, draft=RoomDraft(name, kind, site(office)))
    made: int = office.made[known]
    return made


def device(office: Office, name: str = "Ultrasound 1", kind: str = "ultrasound") -> int:
    """A device; the same one for the same name."""
    known = f"device:{name}"
    if known not in office.made:
        office.made[known] = office.do(devices.add_device, draft=DeviceDraft(name, kind, site(office)))
    made: int = office.made[known]
    return made


def staff_member(office: Office, name: str = "Jo Whitten", skill: str = "injections") -> int:
    """A member of staff; the same one for the same name."""
    known = f"staff:{name}"
    if known not in office.made:
        office.made[known] = office.do(staff.add_staff, draft=StaffDraft(name, skill, site(office)))
    made: int = office.made[known]
    return made
