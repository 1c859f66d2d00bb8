"""Rules about who: practice, provider, payer, subscriber, patient."""

from collections.abc import Iterator

from frontdesk.models.registration.coverage import Relationship
from frontdesk.models.registration.patient import Sex
from frontdesk.models.registration.payer import PayerKind
from frontdesk.services.billing.claim_facts import ClaimFacts, ProviderFacts
from frontdesk.services.billing.scrub_found import Found
from frontdesk.services.office.identifiers import is_npi, is_tax_id, is_taxonomy


def billing_npi(claim: ClaimFacts) -> Iterator[Found]:
    """2010AA NM109; its check digit must hold."""
    if not is_npi(claim.practice.npi):
        yield Found("The practice's NPI is not valid.", "Compare it with the letter of the registry.", "npi")


def billing_tax_id(claim: ClaimFacts) -> Iterator[Found]:
    """2010AA REF EI."""
    if not is_tax_id(claim.practice.tax_id):
        yield Found("The practice's tax number is not valid.", "It has nine digits.", "tax_id")


def billing_taxonomy(claim: ClaimFacts) -> Iterator[Found]:
    """2000A PRV03."""
    if not is_taxonomy(claim.practice.taxonomy):
        advice = "Enter the specialty code that the payers have on file, such as 207Q00000X."
        yield Found("The practice has no taxonomy code.", advice, "taxonomy")


def billing_zip(claim: ClaimFacts) -> Iterator[Found]:
    """2010AA N403: nine digits."""
    if len(claim.practice.address.zip) != 9:
        advice = "A claim needs all nine. The post office shows the last four for the street address."
        yield Found("The practice's ZIP has five digits.", advice, "zip")


def rendering_npi(claim: ClaimFacts) -> Iterator[Found]:
    """2310B and 2420A NM109."""
    for who in _rendering(claim):
        if not is_npi(who.npi):
            yield Found(f"The NPI of {who.short_name} is not valid.", "Correct it in Office.", "npi")


def rendering_taxonomy(claim: ClaimFacts) -> Iterator[Found]:
    """2310B and 2420A PRV03."""
    for who in _rendering(claim):
        if not is_taxonomy(who.taxonomy):
            advice = "Enter the specialty code in Office."
            yield Found(f"{who.short_name} has no taxonomy code.", advice, "taxonomy")


def facility_zip(claim: ClaimFacts) -> Iterator[Found]:
    """2310C N403, where the visit was not at the practice's own address."""
    if claim.is_elsewhere and len(claim.site.address.zip) != 9:
        yield Found(f"The ZIP of {claim.site.name} has five digits.", "A claim needs all nine.", "zip")


def payer_number(claim: ClaimFacts) -> Iterator[Found]:
    """2010BB and 2330B NM109: of this payer, and of each that pays beside it."""
    for payer in (claim.payer, *(other.payer for other in claim.others)):
        if not payer.number:
            advice = "Enter the number that the clearinghouse lists for it."
            yield Found(f"{payer.name} has no payer ID.", advice, "payer_id")


def member_id(claim: ClaimFacts) -> Iterator[Found]:
    """2010BA and 2330A NM109: letters and digits as on the card."""
    advice = "Copy it from the card: letters and digits only."
    if not _is_of_card(claim.payer.member_id):
        yield Found("The member ID is not valid.", advice, "member_id")
    for other in claim.others:
        if not _is_of_card(other.payer.member_id):
            yield Found(f"The member ID with {other.payer.name} is not valid.", advice, "member_id")


def medicare_second(claim: ClaimFacts) -> Iterator[Found]:
    """2000B SBR05: Medicare is told why it does not pay first (Pub. 100-05, 3)."""
    payer = claim.payer
    if payer.kind is PayerKind.MEDICARE and claim.pays_after and payer.secondary_reason is None:
        advice = "Ask the patient the Medicare questions, then note the reason with the coverage."
        yield Found("Nothing says why Medicare pays second.", advice, "secondary_reason")


def medicare_number(claim: ClaimFacts) -> Iterator[Found]:
    """A Medicare Beneficiary Identifier has eleven characters, the first a digit from 1 to 9."""
    number = claim.payer.member_id.replace("-", "")
    if claim.payer.kind is PayerKind.MEDICARE and not (len(number) == 11 and number[0] in "123456789"):
        advice = "A Medicare number has 11 characters and starts with a digit. Look at the card again."
        yield Found("The Medicare number looks wrong.", advice, "member_id")


def subscriber(claim: ClaimFacts) -> Iterator[Found]:
    """2010BA and 2330A: a name; for the patient's own policy also the same person."""
    advice = "Enter it as on the card."
    if not claim.subscriber.last:
        yield Found("The subscriber has no name.", advice, "subscriber_last")
    for other in claim.others:
        if not other.subscriber.last:
            yield Found(f"The subscriber with {other.payer.name} has no name.", advice, "subscriber_last")
    if claim.payer.relationship is not Relationship.SELF and claim.subscriber == claim.patient:
        advice = "Choose self, or enter the subscriber."
        yield Found("The patient is the subscriber, yet not marked so.", advice, "relationship")


def patient_address(claim: ClaimFacts) -> Iterator[Found]:
    """2010BA or 2010CA N3 and N4."""
    address = claim.patient.address
    if address is None or not address.street or not address.city or not address.state:
        yield Found("The patient's home address is missing.", "Ask the patient for it.", "address")
    elif len(address.zip) not in (5, 9):
        yield Found(
            "The ZIP of the patient's address is missing.", "It has five or nine digits.", "postal_code"
        )


def patient_born(claim: ClaimFacts) -> Iterator[Found]:
    """DMG02."""
    born_on = claim.patient.born_on
    if born_on is None:
        yield Found("The patient's date of birth is missing.", "Ask the patient for it.", "born_on")
    elif born_on > claim.service_on:
        yield Found("The visit is before the patient's birth.", "Check the date of birth.", "born_on")


def patient_sex(claim: ClaimFacts) -> Iterator[Found]:
    """DMG03 knows U; some payers ask back."""
    if claim.patient.sex is Sex.UNKNOWN:
        yield Found("The sex on file with the payer is unknown.", "The claim says U; some payers ask.", "sex")


def _rendering(claim: ClaimFacts) -> list[ProviderFacts]:
    """Who saw the patient, then who did a line; each once."""
    did = (line.rendering for line in claim.lines if line.rendering)
    return list(dict.fromkeys((claim.provider, *did)))


def _is_of_card(member_id: str) -> bool:
    return 2 <= len(member_id) <= 80 and member_id.replace("-", "").isalnum() and member_id.isascii()
