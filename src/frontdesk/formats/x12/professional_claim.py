"""837 Health Care Claim: Professional (005010X222A1) as values."""

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from frontdesk.formats.x12.adjustments import Adjustment

VERSION = "005010X222A1"
MOST_LINES = 50
MOST_DIAGNOSES = 12
MOST_POINTERS = 4
MOST_MODIFIERS = 4
RANKS = "PSTABCDEFGH"
"""SBR01, in the order of payment: primary, secondary, tertiary, the fourth payer, and so on."""


class Address(Struct, frozen=True, gc=False):
    """N3 and N4; the ZIP of a provider has nine digits."""

    street: str = ""
    unit: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""


class OtherId(Struct, frozen=True, gc=False):
    """REF: a number beside the NPI, or one that only some claims name."""

    qualifier: str
    """REF01: 0B state license, 1G UPIN, G2 the payer's own, LU location; or one of `REFERENCES`."""
    number: str


REFERENCES = ("4N", "F5", "EW", "LX", "P4", "1J")
"""REF01 of loop 2300: service authorization exception, Medicare crossover, mammography certificate,
investigational device, clinical trial, care plan oversight."""
OF_BILLING, OF_PAYER = ("0B", "1G"), ("G2", "LU")
"""REF01 of what else the billing provider is called, in loop 2010AA and in 2010BB."""


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
    """Of a practice; the last name of a person who bills for themselves."""
    npi: str
    tax_id: str
    taxonomy: str
    address: Address
    tax_id_is_ssn: bool = False
    """REF SY in the place of EI."""
    first: str = ""
    """Only of a person (NM102 1)."""
    other_ids: tuple[OtherId, ...] = ()
    """Of `OF_BILLING`."""


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
    """SBR01, of `RANKS`."""
    group_number: str = ""
    filing_code: str = "CI"
    """SBR09: CI commercial, BL Blue Cross, MB Medicare Part B, MC Medicaid, ..."""
    payer_address: Address = Address()
    secondary_reason: str = ""
    """SBR05: why Medicare pays after another: 12 working aged, 43 disabled, 47 liability, ..."""
    billing_ids: tuple[OtherId, ...] = ()
    """Of `OF_PAYER`: what this payer calls the billing provider (2010BB)."""


class Provider(Struct, frozen=True, gc=False):
    """A person who rendered, ordered, supervised, or sent the patient."""

    last: str
    first: str
    npi: str
    taxonomy: str = ""
    other_ids: tuple[OtherId, ...] = ()


class Facility(Struct, frozen=True):
    """Loop 2310C: where, when it was not at the billing provider's address."""

    name: str
    npi: str
    address: Address
    other_ids: tuple[OtherId, ...] = ()


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


class Attachment(Struct, frozen=True, gc=False):
    """PWK: a paper that goes to the payer apart from the claim, or can be asked for."""

    report: str
    """PWK01: OZ support data, OB operative note, RB X-ray films, ..."""
    transmission: str
    """PWK02: AA available on request, BM by mail, EL electronic, EM e-mail, FT file transfer, FX by fax."""
    control_number: str = ""
    """PWK06, on the paper too; none where it is only available."""


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
    unit: str = "UN"
    """SV103: UN units, MJ minutes of anesthesia."""
    description: str = ""
    """SV101-7: what was done under a code that does not say it."""
    note: str = ""
    note_kind: str = "ADD"
    """NTE01: ADD additional, DCP goals or plans, TPO for a third party."""
    served_until: date | None = None
    place_of_service: str = ""
    """Only where it differs from the claim's."""
    drug: Drug | None = None
    rendering: Provider | None = None
    """Loop 2420A; as all of its loops 2420, only where it differs from the claim's."""
    facility: Facility | None = None
    """Loop 2420C."""
    supervising: Provider | None = None
    """Loop 2420D."""
    ordering: Provider | None = None
    """Loop 2420E: who ordered it, where that is not the rendering provider."""
    referring: Provider | None = None
    """Loop 2420F DN."""
    primary_care: Provider | None = None
    """Loop 2420F P3; only beside who referred."""
    prior: tuple[PriorLine, ...] = ()
    is_emergency: bool = False
    """SV109."""
    is_epsdt: bool = False
    """SV111: of the screening of children under Medicaid."""
    is_family_planning: bool = False
    """SV112."""
    bought_cents: int | None = None
    """PS102: what the office paid for a service that it bought outside."""
    attachments: tuple[Attachment, ...] = ()


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
    assignment: str = "A"
    """CLM07: A the office takes what the payer allows, B for laboratory tests only, C not."""
    assigns_benefits: bool = True
    has_release: bool = True
    rendering: Provider | None = None
    referring: Provider | None = None
    primary_care: Provider | None = None
    """Loop 2310A P3: the primary care provider, where another one referred."""
    facility: Facility | None = None
    supervising: Provider | None = None
    patient_paid_cents: int = 0
    """AMT F5: what the patient paid toward it."""
    clia: str = ""
    """REF X4: of the laboratory where a test was done."""
    other_payers: tuple[OtherPayer, ...] = ()
    onset_on: date | None = None
    onset_kind: str = "431"
    """DTP01: 431 onset of the illness, 484 last menstrual period."""
    other_on: date | None = None
    other_kind: str = ""
    """DTP01: 454 initial treatment, 304 last seen, 453 acute manifestation, 455 last X-ray,
    471 hearing and vision prescription, 090 assumed and 091 relinquished care, 444 first contact."""
    unable_from: date | None = None
    unable_until: date | None = None
    """DTP 360, 361, or both in 314: the patient cannot do their work."""
    last_worked_on: date | None = None
    """DTP 297."""
    returned_on: date | None = None
    """DTP 296: from when they may do it again."""
    admitted_on: date | None = None
    """DTP 435."""
    discharged_on: date | None = None
    """DTP 096."""
    condition_codes: tuple[str, ...] = ()
    """HI BG: of NUBC's list, as far as NUCC lets them stand on professional claims."""
    case_number: str = ""
    """REF Y4: what a property and casualty insurer calls the case."""
    delay_reason: str = ""
    """CLM20: why it is filed late."""
    program: str = ""
    """CLM12: 02 handicapped children, 03 federal funds, 05 disability, 09 second opinion."""
    references: tuple[OtherId, ...] = ()
    """In the order of `REFERENCES`."""
    file_info: str = ""
    """K3: what a payer or a state asks for that has no place of its own."""
    spine: str = ""
    """CR208: the condition treated by manipulation: A acute, C chronic, M acute again, ..."""
    epsdt: str = ""
    """CRC ZZ: what the screening led to: AV, NU, S2, ST."""
    bought_from: Facility | None = None
    """Loop 2420B: who did what was bought outside."""
    attachments: tuple[Attachment, ...] = ()
    accident: str = ""
    """CLM11-1: AA auto, EM employment, OA other."""
    accident_state: str = ""
    accident_on: date | None = None
    note: str = ""
    note_kind: str = "ADD"
    """NTE01: ADD additional, CER certification, DCP goals or plans, DGN diagnosis, TPO for a third party."""


class ClaimFile(Struct, frozen=True):
    """What stands once in a file of claims."""

    submitter: Submitter
    receiver: Receiver
    reference: str
    """BHT03: our number of this file."""
    at: datetime
