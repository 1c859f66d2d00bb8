"""270/271 Health Care Eligibility Benefit Inquiry and Response (005010X279A1) as values."""

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from frontdesk.formats.x12.parties import Party as Party
from frontdesk.formats.x12.parties import Period as Period
from frontdesk.formats.x12.tokens import Segment

VERSION = "005010X279A1"
READ_VERSIONS = "005010X279"
"""How the versions begin that are read: the addendum and the guide before it."""


class Rejection(Struct, frozen=True, gc=False):
    """AAA: why there is no answer, and what the payer wants done."""

    level: str
    """source, receiver, subscriber, dependent or benefit."""
    reason: str
    """AAA03: 72 invalid member id, 42 unable to respond, ..."""
    follow_up: str
    """AAA04: C correct and resubmit, R resubmission allowed, N not allowed, P resubmit original, ..."""
    is_valid: bool = False
    """AAA01: the question was in order, the answer is not to be had."""


class Benefit(Struct, frozen=True, gc=False):
    """EB with its loop: one thing that the payer says of the coverage."""

    information: str
    """EB01: 1 active, 6 inactive, A coinsurance, B copay, C deductible, G out-of-pocket, F limits, ..."""
    coverage_level: str
    """EB02: IND individual, FAM family, ESP, CHD, ..."""
    service_types: tuple[str, ...]
    """EB03: 30 health benefit plan, 98 office visit, ..."""
    insurance_type: str
    plan: str
    period: str
    """EB06: 23 calendar year, 29 remaining, 27 visit, ..."""
    amount_cents: int | None
    percent: Decimal | None
    """EB08 as a percentage: .2 is 20."""
    quantity_qualifier: str
    quantity: str
    authorization: str
    """EB11: Y, N, U."""
    in_network: str
    """EB12: Y, N, W not applicable, U unknown."""
    procedure: tuple[str, ...]
    """EB13: qualifier, code, modifiers."""
    pointers: tuple[str, ...]
    """EB14: which diagnoses of the HI."""
    deliveries: tuple[Segment, ...]
    """HSD: how much is delivered how often."""
    references: tuple[tuple[str, ...], ...]
    periods: tuple[Period, ...]
    rejections: tuple[Rejection, ...]
    messages: tuple[str, ...]
    """MSG: the payer's own words."""
    facts: tuple[Segment, ...]
    """III: place of service, conditions."""
    parties: tuple[Party, ...]
    """2120: other payers, primary care, who to contact."""
    unread: tuple[str, ...]
    """Elements that are no amount or number; they stand in `segments` as they came."""
    segments: tuple[Segment, ...]
    """The whole loop as it came."""
    segment_number: int


class Answer(Struct, frozen=True, gc=False):
    """What a payer says of one patient; without `subscriber` it is about the question as a whole."""

    source: Party
    receiver: Party
    subscriber: Party
    dependent: Party | None
    traces: tuple[tuple[str, ...], ...]
    """TRN: 2 ours given back or 1 the payer's own; number; who made it."""
    rejections: tuple[Rejection, ...]
    """Of every level above the benefits, the outermost first."""
    periods: tuple[Period, ...]
    benefits: tuple[Benefit, ...]
    reference: str
    """BHT03."""
    others: tuple[Segment, ...]
    """Segments this view does not read (PRV, HI, MPI, ...); kept, never dropped."""
    segments: tuple[Segment, ...]
    """The levels of subscriber and dependent as they came."""
    segment_number: int

    @property
    def patient(self) -> Party:
        """Whom it is about."""
        return self.dependent or self.subscriber

    def trace_numbers(self) -> tuple[str, ...]:
        """The numbers that questions carried, ours and those of others."""
        return tuple(trace[1] for trace in self.traces if len(trace) > 1 and trace[0] == "2")


class Inquiry(Struct, frozen=True):
    """One question: is this patient covered on this day?"""

    trace: str
    subscriber: Party
    dependent: Party | None
    """The patient, where it is not the subscriber."""
    service_on: date
    service_types: tuple[str, ...] = ("30",)
    group_number: str = ""


class InquiryHeader(Struct, frozen=True):
    """What stands above the questions to one payer."""

    reference: str
    at: datetime
    source: Party
    receiver: Party
    trace_maker: str
    """TRN03: the office's tax number with a leading 1, ten characters."""
