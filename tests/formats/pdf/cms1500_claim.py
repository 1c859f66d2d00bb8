"""A claim that has something in every box of the CMS-1500."""

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from frontdesk.formats.pdf.cms1500_boxes import Details
from frontdesk.formats.x12 import professional_claim as x12

HOME = x12.Address("2218 Alder Court", "Apt. 4", "Beaverton", "OR", "97005")
SUBSCRIBER = x12.Insured("Castillo", "Raymond", "Alonso", "Jr.", date(1966, 8, 30), "M", HOME)
LINE = x12.Line(
    code="99213",
    charge_cents=13000,
    served_on=date(2026, 3, 17),
    served_until=date(2026, 3, 18),
    pointers=(1, 2),
    control_number="26-04127-1",
    modifiers=("25", "59"),
    units=Decimal("1.5"),
    drug=x12.Drug("59148001665", Decimal("10.5"), "ML"),
)
OTHER = x12.OtherPayer(
    x12.Policy(
        "Kaiser Permanente",
        "94135",
        "K-884 120",
        x12.Insured("Castillo", "Ana", born_on=date(1968, 1, 2), sex="F"),
        rank="S",
        filing_code="HM",
    ),
    "01",
)
CLAIM = x12.Claim(
    number="26-04127",
    charge_cents=13000,
    place_of_service="11",
    diagnoses=("G43.909", "I10"),
    lines=(LINE,),
    policy=x12.Policy(
        "BCBS of Oregon",
        "00851",
        "XQP884120557",
        SUBSCRIBER,
        group_number="GRP-88 1",
        filing_code="BL",
        payer_address=x12.Address("P.O. Box 1071", "", "Portland", "OR", "972071071"),
    ),
    billing=x12.BillingProvider(
        "Harbor Point Medicine",
        "1467560003",
        "93-1234567",
        "207Q00000X",
        x12.Address("410 Harbor St.", "Suite 200", "Portland", "OR", "972041830"),
    ),
    patient=x12.Insured("Castillo", "Noa", "Esperanza", "", date(2014, 5, 6), "F", HOME),
    relationship="19",
    frequency="7",
    payer_control_number="20260001-ABC",
    authorization="AUTH-99",
    rendering=x12.Provider("Lee", "Sarah", "1972543215"),
    referring=x12.Provider("O'Neill", "James", "1467560003"),
    facility=x12.Facility(
        "Harbor Point Clinic", "1083617021", x12.Address("9 Shore Road", "", "Salem", "OR", "973011830")
    ),
    patient_paid_cents=2550,
    other_payers=(OTHER,),
    onset_on=date(2026, 3, 1),
    accident="AA",
    accident_state="OR",
    accident_on=date(2026, 2, 28),
    note="Fell on stairs, see note.",
)
DETAILS = Details("(503) 555-0148", "503-555-0149", "5035550100", "PPO Blue", "Kaiser HMO", date(2026, 3, 18))

INJURED = replace(
    CLAIM,
    accident="EM",
    accident_on=None,
    onset_kind="484",
    other_on=date(2026, 3, 2),
    other_kind="454",
    unable_from=date(2026, 2, 28),
    unable_until=date(2026, 3, 10),
    admitted_on=date(2026, 3, 1),
    discharged_on=date(2026, 3, 3),
    condition_codes=("AA", "W2"),
    case_number="WC-2026-77",
    epsdt="S2",
    note="Reports follow",
    bought_from=x12.Facility(
        "Tide Laboratory", "1993999998", x12.Address("12 Pier Street", "", "Salem", "OR", "973011830")
    ),
    attachments=(x12.Attachment("OZ", "BM", "26-04127-A1"), x12.Attachment("03", "AA")),
    lines=(replace(LINE, is_emergency=True, is_epsdt=True, is_family_planning=True, bought_cents=4550),),
)
"""One with what only some claims say."""
