"""837 Health Care Claim: Professional (005010X222A1) as values."""

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from frontdesk.formats.x12.adjustments import Adjustment

VERSION = "005010X222A1"
MOST_LINES = 50
MOST_DIAGNOSES = 12
MOST_POINTERS = 4


class Address(Struct, frozen=True, gc=False):
    """N3 and N4; the ZIP of a provider has nine digits."""

    street: str = ""
    unit: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""


class Submitter(Struct, frozen=True, gc=False):
    """Loop 1000A: who sends the file, and whom to call about it."""

    name: str
    id: str
    contact: str
    phone: str


class Receiver(Struct, frozen=True, gc=False):
    """Loop 1000B: the clearinghouse or payer who takes the file."""

    name: str
    id: str


class BillingProvider(Struct, frozen=True):
    """Loops 2000A and 2010AA: who is to be paid."""

    name: str
    npi: str
    tax_id: str
    taxonomy: str
    address: Address


class Insured(Struct, frozen=True):
    """A person with a name, a birth date and a sex (F, M, U); the subscriber, or a patient who is not."""

    last: str
    first: str
    middle: str = ""
    suffix: str = ""
    born_on: date | None = None
    sex: str = "U"
    address: Address = Address()


class Policy(Struct, frozen=True):
    """Loop 2000B: the subscriber's insurance that this claim is sent to."""

    payer_name: str
    payer_id: str
    member_id: str
    subscriber: Insured
    rank: str = "P"
    """SBR01: P primary, S secondary, T tertiary."""
    group_number: str = ""
    filing_code: str = "CI"
    """SBR09: CI commercial, BL Blue Cross, MB Medicare Part B, MC Medicaid, ..."""
    payer_address: Address = Address()


class Provider(Struct, frozen=True, gc=False):
    """A rendering or referring person."""

    last: str
    first: str
    npi: str
    taxonomy: str = ""


class Facility(Struct, frozen=True):
    """Loop 2310C: where, when it was not at the billing provider's address."""

    name: str
    npi: str
    address: Address


class Drug(Struct, frozen=True, gc=False):
    """Loop 2410: what was given, for payers that pay drugs by their NDC."""

    ndc: str
    """Eleven digits, 5-4-2, without hyphens."""
    quantity: Decimal
    unit: str = "UN"
    """CTP05-1: UN each, ML, GR, F2 international units, ME milligrams."""


class PriorLine(Struct, frozen=True):
    """Loop 2430: how another payer decided on the service, before this one is asked."""

    payer_id: str
    """SVD01: as in NM1 of that payer's loop 2330B."""
    paid_cents: int
    code: str
    decided_on: date
    modifiers: tuple[str, ...] = ()
    units: Decimal = Decimal(1)
    adjustments: tuple[Adjustment, ...] = ()
    patient_cents: int | None = None
    """AMT EAF: what that payer says the patient still owes."""


class OtherPayer(Struct, frozen=True):
    """Loops 2320 and 2330: other insurance, and what it did if it was asked before."""

    policy: Policy
    relationship: str = "18"
    """SBR02: of the patient to that policy's subscriber."""
    paid_cents: int | None = None
    """AMT D; None where it was not asked yet."""
    adjustments: tuple[Adjustment, ...] = ()
    """Of the claim as a whole; those of a service stand with its line."""
    patient_cents: int | None = None
    """AMT EAF."""
    control_number: str = ""
    """REF F8: what it called the claim."""
    decided_on: date | None = None
    """DTP 573 of the claim; empty where each line has its own."""
    assigns_benefits: bool = True
    has_release: bool = True


class Line(Struct, frozen=True):
    """Loop 2400: one service."""

    code: str
    charge_cents: int
    served_on: date
    pointers: tuple[int, ...]
    """Places of its diagnoses in the claim, from 1."""
    control_number: str
    modifiers: tuple[str, ...] = ()
    units: Decimal = Decimal(1)
    served_until: date | None = None
    place_of_service: str = ""
    """Only where it differs from the claim's."""
    drug: Drug | None = None
    ordering: Provider | None = None
    """Loop 2420E: who ordered it, where that is not the rendering provider."""
    prior: tuple[PriorLine, ...] = ()


class Claim(Struct, frozen=True):
    """Loop 2300 with its providers and lines."""

    number: str
    """CLM01: the payer gives it back in its remittance; up to 20 characters."""
    charge_cents: int
    place_of_service: str
    diagnoses: tuple[str, ...]
    """ICD-10-CM, with or without the dot; the first is the principal one."""
    lines: tuple[Line, ...]
    policy: Policy
    billing: BillingProvider
    patient: Insured | None = None
    """None when the subscriber is the patient."""
    relationship: str = "18"
    """PAT01: 18 self, 01 spouse, 19 child, G8 other."""
    frequency: str = "1"
    """CLM05-3: 1 original, 7 replacement, 8 void."""
    payer_control_number: str = ""
    """REF F8: what the payer called the claim that 7 or 8 is about."""
    authorization: str = ""
    referral: str = ""
    accepts_assignment: bool = True
    assigns_benefits: bool = True
    has_release: bool = True
    rendering: Provider | None = None
    referring: Provider | None = None
    facility: Facility | None = None
    supervising: Provider | None = None
    patient_paid_cents: int = 0
    """AMT F5: what the patient paid toward it."""
    clia: str = ""
    """REF X4: of the laboratory where a test was done."""
    other_payers: tuple[OtherPayer, ...] = ()
    onset_on: date | None = None
    accident: str = ""
    """CLM11-1: AA auto, EM employment, OA other."""
    accident_state: str = ""
    accident_on: date | None = None
    note: str = ""


class ClaimFile(Struct, frozen=True):
    """What stands once in a file of claims."""

    submitter: Submitter
    receiver: Receiver
    reference: str
    """BHT03: our number of this file."""
    at: datetime
