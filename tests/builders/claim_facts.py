"""A claim's facts with nothing wrong, and ways to spoil them."""

from dataclasses import replace
from datetime import date
from typing import Any

from frontdesk.formats.x12.professional_claim import Address
from frontdesk.models.billing.claims import Frequency
from frontdesk.models.registration.coverage import Relationship
from frontdesk.models.registration.patient import Sex
from frontdesk.models.registration.payer import PayerKind
from frontdesk.services.billing.claim_facts import (
    ClaimFacts,
    DiagnosisFacts,
    LineFacts,
    PayerFacts,
    PersonFacts,
    PracticeFacts,
    ProviderFacts,
    SiteFacts,
)

DAY = date(2026, 3, 13)
HOME = Address("2218 Alder Court", "", "Beaverton", "OR", "97005")
HARBOR = Address("410 Harbor Street", "", "Portland", "OR", "972041830")
RAYMOND = PersonFacts("Castillo", "Raymond", "", "", date(1966, 8, 30), Sex.MALE, HOME)
LINE = LineFacts(1, 1, "26-04127-1", "99214", "Office visit", ("25",), 1, 16500, "A", DAY, True, False, "")
GOOD = ClaimFacts(
    claim_id=1,
    number="26-04127",
    today=date(2026, 3, 17),
    service_on=DAY,
    file_by_on=date(2026, 6, 11),
    charge_cents=16500,
    frequency=Frequency.ORIGINAL,
    payer_control_number="",
    place_of_service="11",
    is_place_known=True,
    diagnoses=(DiagnosisFacts("Z00.00", True, True), DiagnosisFacts("I10", True, True)),
    lines=(LINE,),
    patient=RAYMOND,
    subscriber=RAYMOND,
    payer=PayerFacts(
        "BCBS",
        "00851",
        PayerKind.BLUE,
        Address(),
        "BCBS PPO",
        False,
        "XQP884120557",
        "0071-442",
        Relationship.SELF,
        1,
        1,
        date(2026, 1, 1),
        None,
    ),
    provider=ProviderFacts("Lee", "Susan", "Dr. Lee", "1700000007", "207Q00000X"),
    practice=PracticeFacts("Harbor Point", "1234567893", "931234567", "207Q00000X", HARBOR, "5035550100"),
    site=SiteFacts("Harbor Point", "", "11", HARBOR),
    authorization="",
    referral="",
    grants_ended_on=None,
    is_self_pay=False,
    withholds_from_payer=False,
)


def having(part: str, **values: Any) -> ClaimFacts:  # Any: fields of several kinds of facts
    """The good claim with some fields of one part changed."""
    return replace(GOOD, **{part: replace(getattr(GOOD, part), **values)})


def line(place: int = 1, **values: Any) -> LineFacts:  # Any: as above
    """The good line at a place, with some fields changed."""
    return replace(LINE, place=place, **values)


def with_lines(*lines: LineFacts, **values: Any) -> ClaimFacts:  # Any: as above
    """The good claim with these lines."""
    return replace(GOOD, lines=lines, **values)
