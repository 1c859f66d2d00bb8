"""835 Health Care Claim Payment/Advice (005010X221A1) as values: what a payer paid, and why not more."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from frontdesk.formats.x12.adjustments import Adjustment as Adjustment
from frontdesk.formats.x12.tokens import Segment

VERSION = "005010X221A1"


class ClaimStatus(StrEnum):
    """CLP02 as far as a posting depends on it; payers send others too."""

    PRIMARY = "1"
    SECONDARY = "2"
    TERTIARY = "3"
    DENIED = "4"
    PRIMARY_FORWARDED = "19"
    SECONDARY_FORWARDED = "20"
    TERTIARY_FORWARDED = "21"
    REVERSAL = "22"
    NOT_OURS_FORWARDED = "23"
    PREDETERMINATION = "25"


class Person(Struct, frozen=True, gc=False):
    """NM1 of a person or an organization."""

    last: str = ""
    first: str = ""
    middle: str = ""
    suffix: str = ""
    id_qualifier: str = ""
    id: str = ""


class PaidLine(Struct, frozen=True):
    """SVC: one service as the payer judged it."""

    number: int
    """Its place in the claim, from 1."""
    qualifier: str
    code: str
    modifiers: tuple[str, ...]
    charge_cents: int
    paid_cents: int
    units: Decimal
    served_on: date | None
    served_until: date | None
    control_number: str
    """REF 6R: what we called this line."""
    adjustments: tuple[Adjustment, ...]
    remarks: tuple[str, ...]
    allowed_cents: int | None
    submitted_code: str
    """SVC06: what we billed, where the payer changed it."""
    segment_number: int
    others: tuple[Segment, ...] = ()
    """Segments this view does not read; kept, never dropped."""


class PaidClaim(Struct, frozen=True):
    """CLP: one claim as the payer judged it; a reversal is a claim of its own."""

    claim_number: str
    """CLP01: what we called the claim (CLM01)."""
    status: str
    charge_cents: int
    paid_cents: int
    patient_cents: int
    filing_code: str
    payer_control_number: str
    adjustments: tuple[Adjustment, ...]
    lines: tuple[PaidLine, ...]
    patient: Person
    subscriber: Person
    corrected: Person
    rendering: Person
    forwarded_to: Person
    served_on: date | None
    served_until: date | None
    received_on: date | None
    remarks: tuple[str, ...]
    segment_number: int
    others: tuple[Segment, ...] = ()
    amounts: tuple[tuple[str, int], ...] = ()
    """What the payer says besides of the claim as a whole, in cents: by AMT01 (F5, I, AU), or the place in
    its MOA or MIA (MOA02). None of it is part of the balance."""

    @property
    def is_reversal(self) -> bool:
        return self.status == ClaimStatus.REVERSAL

    @property
    def is_denied(self) -> bool:
        return self.status == ClaimStatus.DENIED

    @property
    def member_id(self) -> str:
        """The subscriber's id as the payer has it, corrections first."""
        return self.corrected.id or self.subscriber.id or self.patient.id


class ProviderAdjustment(Struct, frozen=True, gc=False):
    """One pair of a PLB: money that belongs to no claim. Positive amounts lower the payment."""

    provider_id: str
    fiscal_period: date
    reason: str
    reference: str
    amount_cents: int


class Organization(Struct, frozen=True):
    """N1 of the payer or the payee."""

    name: str = ""
    id_qualifier: str = ""
    id: str = ""
    address: tuple[str, ...] = ()
    city: str = ""
    state: str = ""
    zip: str = ""
    references: tuple[tuple[str, str], ...] = ()
    contacts: tuple[tuple[str, ...], ...] = ()
    """PER: purpose, name, then pairs of kind (TE, EM, UR) and number."""


class Payment(Struct, frozen=True):
    """What comes before the claims: how much, by which way, from whom, to whom."""

    handling: str
    """BPR01: I payment with advice, C with dollars, D dollars only, H notification only, ..."""
    paid_cents: int
    method: str
    """BPR04: ACH, CHK, FWT, NON."""
    effective_on: date
    trace: str
    """TRN02: check or EFT number."""
    payer_identifier: str
    """TRN03: the payer's tax number with a leading 1."""
    produced_on: date | None
    payer: Organization
    payee: Organization
    others: tuple[Segment, ...] = ()
