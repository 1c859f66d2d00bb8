"""What Harbor Point Family Medicine offers, charges and bills: fixed lists, all of them made up.

The labels of procedure codes are the office's own short words, not those of any code set's owner.
"""

from dataclasses import dataclass
from typing import Final

from frontdesk.demo.start import ZONE
from frontdesk.models.office.resources import RoomKind
from frontdesk.models.registration.payer import PayerKind
from frontdesk.models.schedule.template import BlockKind
from frontdesk.models.schedule.visit_type import PhaseKind, Role
from frontdesk.services.office.practice import PracticeDraft
from frontdesk.services.registration.payers import PayerDraft
from frontdesk.services.schedule.visit_types import PhaseDraft, VisitTypeDraft

PRACTICE: Final = PracticeDraft(
    name="Harbor Point Family Medicine",
    npi="1234567893",
    tax_id="93-1234567",
    address1="410 Harbor Street",
    city="Portland",
    state="OR",
    zip="97204-1100",
    phone="(503) 555-0100",
    fax="(503) 555-0101",
    email="desk@harborpoint.example",
    zone=ZONE,
    taxonomy="207Q00000X",
)


@dataclass(frozen=True, slots=True)
class DemoUser:
    """Somebody who signs in to the demo."""

    login: str
    name: str
    role: str


ADMINISTRATOR: Final = DemoUser("maria", "Maria Hess", "administrator")
USERS: Final = (
    DemoUser("dana", "Dana Brooks", "receptionist"),
    DemoUser("theo", "Theo Banks", "receptionist"),
    DemoUser("jow", "Jo Whitten", "receptionist"),
    DemoUser("rita", "Rita Gomez", "records_clerk"),
    DemoUser("bill", "William Ode", "biller"),
    DemoUser("lee", "Dr. Susan Lee", "read_only"),
    DemoUser("reyes", "Dr. Elena Reyes", "read_only"),
)


@dataclass(frozen=True, slots=True)
class DemoProvider:
    """One of the five, with the rooms of each of their sessions."""

    first_name: str
    last_name: str
    credential: str
    short_name: str
    taxonomy: str
    rooms: tuple[str, ...]
    login: str = ""


PROVIDERS: Final = (
    DemoProvider("Susan", "Lee", "MD", "Dr. Lee", "207Q00000X", ("Room 1", "Room 2", "Room 3"), login="lee"),
    DemoProvider("Michael", "Okafor", "MD", "Dr. Okafor", "207Q00000X", ("Room 4", "Room 5")),
    DemoProvider("Elena", "Reyes", "MD", "Dr. Reyes", "208000000X", ("Room 6A", "Room 6B"), login="reyes"),
    DemoProvider("Priya", "Raman", "NP", "P. Raman, NP", "363LF0000X", ("Room 7", "Room 8")),
    DemoProvider("Janet", "Whitfield", "MD", "Dr. Whitfield", "207V00000X", ("Room 9",)),
)

ROOMS: Final = (
    ("Room 1", RoomKind.EXAM),
    ("Room 2", RoomKind.EXAM),
    ("Room 3", RoomKind.EXAM),
    ("Room 4", RoomKind.EXAM),
    ("Room 5", RoomKind.PROCEDURE),
    ("Room 6A", RoomKind.EXAM),
    ("Room 6B", RoomKind.EXAM),
    ("Room 7", RoomKind.EXAM),
    ("Room 8", RoomKind.EXAM),
    ("Room 9", RoomKind.PROCEDURE),
    ("Imaging", RoomKind.IMAGING),
)
DEVICES: Final = (
    ("Ultrasound 1", "ultrasound"),
    ("ECG cart", "ecg"),
    ("Colposcope", "colposcope"),
    ("Spirometer", "spirometer"),
)
STAFF: Final = (("K. Ortega", "sonographer"), ("Jo Whitten", "medical assistant"))


def _phases(minutes: int, *things: tuple[Role, str], cleaning: int = 0) -> tuple[PhaseDraft, ...]:
    """The provider and some things from start to end, then the room and device cleaned."""
    wanted = [PhaseDraft(Role.PROVIDER, 0, minutes)]
    wanted += [PhaseDraft(role, 0, minutes, what) for role, what in things]
    if cleaning:
        wanted += [
            PhaseDraft(role, minutes, cleaning, what, PhaseKind.CLEANING)
            for role, what in things
            if role is not Role.STAFF
        ]
    return tuple(wanted)


_SCAN: Final = ((Role.ROOM, "imaging"), (Role.DEVICE, "ultrasound"), (Role.STAFF, "sonographer"))

_EVERYDAY_TYPES: Final = tuple(
    VisitTypeDraft(
        name=name,
        minutes=minutes,
        short_name=short_name,
        color=color,
        opens_blocks=(opens,) if opens else (),
        for_new_patients=opens is BlockKind.NEW_PATIENT,
        phases=phases,
        arrive_early_minutes=early,
        preparation=preparation,
        sort_order=order,
    )
    for order, (name, short_name, minutes, color, opens, phases, early, preparation) in enumerate(
        (
            ("Office visit", "Office", 15, "blue", None, (), 10, ""),
            ("Follow-up", "Follow-up", 30, "green", None, (), 10, "bring your medicines"),
            ("Annual physical", "Physical", 30, "purple", None, (), 10, "no food for 8 hours before"),
            ("Annual wellness visit", "Wellness", 30, "purple", None, (), 15, ""),
            ("Urgent visit", "Urgent", 15, "orange", BlockKind.URGENT, (), 0, ""),
            (
                "New patient visit",
                "New",
                45,
                "teal",
                BlockKind.NEW_PATIENT,
                (),
                20,
                "bring your insurance card",
            ),
            ("Well child", "Well child", 30, "yellow", None, (), 10, "bring the vaccine record"),
            ("Nurse visit", "Nurse", 15, "grey", None, (), 0, ""),
            ("Work physical", "Work", 30, "brown", None, (), 10, "bring the employer's form"),
            ("Prenatal visit", "Prenatal", 30, "pink", None, (), 5, ""),
            (
                "New OB visit",
                "New OB",
                45,
                "pink",
                BlockKind.NEW_PATIENT,
                (),
                20,
                "bring your insurance card",
            ),
            ("Well woman exam", "Well woman", 30, "pink", None, (), 10, ""),
            (
                "OB ultrasound",
                "Ultrasound",
                45,
                "violet",
                None,
                _phases(45, *_SCAN, cleaning=15),
                10,
                "full bladder",
            ),
            (
                "Skin procedure",
                "Skin",
                30,
                "red",
                BlockKind.PROCEDURE,
                _phases(30, (Role.ROOM, "procedure")),
                10,
                "",
            ),
            (
                "Gynecologic procedure",
                "Gyn proc",
                45,
                "red",
                BlockKind.PROCEDURE,
                _phases(45, (Role.ROOM, "procedure"), (Role.DEVICE, "colposcope")),
                15,
                "",
            ),
        )
    )
)


def _shared(things: tuple[tuple[Role, str], ...], offset: int, minutes: int) -> tuple[PhaseDraft, ...]:
    return tuple(PhaseDraft(role, offset, minutes, what) for role, what in things)


def _cleaned(offset: int) -> tuple[PhaseDraft, ...]:
    """The imaging room and its ultrasound, for a quarter of an hour."""
    return tuple(
        PhaseDraft(role, offset, 15, what, PhaseKind.CLEANING)
        for role, what in _SCAN
        if role is not Role.STAFF
    )


_ASSISTANT: Final = "medical assistant"

VISIT_TYPES: Final = (
    *_EVERYDAY_TYPES,
    VisitTypeDraft(
        name="Prenatal visit with scan",
        minutes=30,
        short_name="Prenatal scan",
        color="pink",
        phases=(PhaseDraft(Role.PROVIDER, 0, 30), *_shared(_SCAN, 0, 45), *_cleaned(45)),
        arrive_early_minutes=10,
        preparation="full bladder",
        sort_order=20,
    ),
    VisitTypeDraft(
        name="New OB visit with scan",
        minutes=45,
        short_name="New OB scan",
        color="pink",
        opens_blocks=(BlockKind.NEW_PATIENT,),
        for_new_patients=True,
        phases=_phases(45, *_SCAN, cleaning=15),
        arrive_early_minutes=20,
        preparation="bring your insurance card, full bladder",
        sort_order=21,
    ),
    VisitTypeDraft(
        name="Follow-up with ECG",
        minutes=30,
        short_name="ECG",
        color="green",
        phases=_phases(30, (Role.DEVICE, "ecg")),
        arrive_early_minutes=10,
        preparation="bring your medicines",
        sort_order=22,
    ),
    VisitTypeDraft(
        name="Ultrasound-guided biopsy",
        minutes=60,
        short_name="Guided biopsy",
        color="red",
        opens_blocks=(BlockKind.PROCEDURE,),
        phases=(
            PhaseDraft(Role.STAFF, 0, 15, _ASSISTANT, PhaseKind.PREPARATION),
            PhaseDraft(Role.ROOM, 0, 60, "imaging"),
            PhaseDraft(Role.PROVIDER, 15, 30),
            PhaseDraft(Role.DEVICE, 15, 30, "ultrasound"),
            PhaseDraft(Role.STAFF, 15, 30, "sonographer"),
            PhaseDraft(Role.STAFF, 45, 15, _ASSISTANT, PhaseKind.RECOVERY),
            PhaseDraft(Role.ROOM, 60, 15, "imaging", PhaseKind.CLEANING),
            PhaseDraft(Role.DEVICE, 45, 30, "ultrasound", PhaseKind.CLEANING),
        ),
        arrive_early_minutes=15,
        preparation="no blood thinners for 3 days before",
        preparation_hours=72,
        needs_authorization=True,
        authorization_days=2,
        sort_order=23,
        form_keys=("procedure",),
    ),
)

EXPECTED_CODES: Final = (
    ("New patient visit", ("99203",)),
    ("Office visit", ("99213",)),
    ("Follow-up", ("99213",)),
    ("OB ultrasound", ("76805",)),
    ("Skin procedure", ("11102",)),
    ("Gynecologic procedure", ("57454", "58100")),
    ("Follow-up with ECG", ("99214", "93000")),
)


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """A plan with its payer, what its contract allows of the office's fees, and how common it is."""

    key: str
    payer: PayerDraft
    plan: str
    copay_cents: int | None
    allows_percent: int
    weight: int
    deductible_cents: int = 0


def _payer(name: str, kind: PayerKind, payer_id: str, days: int) -> PayerDraft:
    return PayerDraft(
        name=name,
        kind=kind,
        payer_id=payer_id,
        phone="(800) 555-0199",
        street="PO Box 1200",
        city="Salem",
        state="OR",
        postal_code="97308",
        timely_filing_days=days,
        appeal_days=120 if kind is PayerKind.MEDICARE else 180,
    )


PLANS: Final = (
    DemoPlan("bcbs", _payer("BCBS", PayerKind.BLUE, "00851", 90), "PPO", 3000, 68, 30, 150_000),
    DemoPlan("medicare", _payer("Medicare", PayerKind.MEDICARE, "02402", 365), "Part B", None, 60, 18),
    DemoPlan("ohp", _payer("OHP", PayerKind.MEDICAID, "93900", 365), "Medicaid", None, 52, 16),
    DemoPlan("aetna", _payer("Aetna", PayerKind.HMO, "60054", 120), "HMO", 2500, 66, 12, 50_000),
    DemoPlan("cigna", _payer("Cigna", PayerKind.COMMERCIAL, "62308", 90), "OAP", 4000, 70, 10, 200_000),
    DemoPlan("uhc", _payer("UHC", PayerKind.COMMERCIAL, "87726", 90), "Choice Plus", 3500, 67, 9, 100_000),
    DemoPlan("kaiser", _payer("Kaiser", PayerKind.COMMERCIAL, "94135", 180), "PPO", 2000, 71, 5, 75_000),
    DemoPlan("medigap", _payer("Medigap", PayerKind.OTHER, "71064", 365), "Plan G", None, 100, 0),
)


@dataclass(frozen=True, slots=True)
class DemoCode:
    """A code with the office's own label and price."""

    code: str
    label: str
    cents: int
    synonyms: str = ""
    is_favourite: bool = True


CODES: Final = (
    DemoCode("99202", "New patient, short", 14_000, "new visit"),
    DemoCode("99203", "New patient, usual", 19_000, "new visit"),
    DemoCode("99204", "New patient, long", 26_500, "new visit"),
    DemoCode("99212", "Established, brief", 8_800, "office visit"),
    DemoCode("99213", "Established, usual", 13_000, "office visit follow-up"),
    DemoCode("99214", "Established, longer", 16_500, "office visit follow-up"),
    DemoCode("99215", "Established, longest", 22_000, "office visit follow-up"),
    DemoCode("99385", "New preventive, adult", 21_500, "physical annual"),
    DemoCode("99392", "Well child 1 to 4", 15_800, "well child preventive"),
    DemoCode("99393", "Well child 5 to 11", 16_400, "well child preventive"),
    DemoCode("99395", "Preventive, 18 to 39", 17_600, "physical annual"),
    DemoCode("99396", "Preventive, 40 to 64", 19_800, "physical annual"),
    DemoCode("G0439", "Wellness, Medicare", 17_500, "annual wellness awv"),
    DemoCode("G0008", "Flu shot, giving", 3_200, "vaccine immunization"),
    DemoCode("90471", "Shot, giving", 3_600, "vaccine immunization"),
    DemoCode("90686", "Flu vaccine", 3_400, "vaccine immunization"),
    DemoCode("86580", "TB skin test", 2_400, "ppd tuberculosis"),
    DemoCode("69210", "Ear wax out", 7_200, "ear wash cerumen"),
    DemoCode("81002", "Urine dip", 1_200, "urinalysis"),
    DemoCode("83036", "A1c", 2_700, "diabetes glucose"),
    DemoCode("93000", "ECG", 8_000, "electrocardiogram heart"),
    DemoCode("20610", "Large joint shot", 11_500, "knee injection"),
    DemoCode("11102", "Skin biopsy", 18_600, "tangential"),
    DemoCode("57454", "Colposcopy, biopsy", 31_200, "gynecology"),
    DemoCode("58100", "Endometrial biopsy", 31_200, "gynecology"),
    DemoCode("76805", "OB scan", 24_700, "ultrasound prenatal"),
    DemoCode("0500F", "Prenatal, first", 100, "new ob", is_favourite=False),
)
