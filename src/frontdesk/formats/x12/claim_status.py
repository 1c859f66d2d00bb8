"""276/277 Health Care Claim Status Request and Response (005010X212) and 277CA (005010X214) as values."""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from frontdesk.formats.x12.parties import Party, Period
from frontdesk.formats.x12.tokens import Segment

REQUEST_VERSION = "005010X212"
ACKNOWLEDGMENT_VERSION = "005010X214"
READ_VERSIONS = ("005010X212", "005010X214")


class StatusCode(Struct, frozen=True, gc=False):
    """A composite of an STC: what kind of answer, what about, whose."""

    category: str
    """A1 received, A2 taken in, A7 refused for a value, F1 paid, P1 in process, ...: see `status_words`."""
    status: str
    entity: str = ""
    """Whose value it is about: 85 billing provider, IL subscriber, QC patient, ..."""
    qualifier: str = ""
    """RX where the status is a pharmacy's code."""

    def __str__(self) -> str:
        return f"{self.category}:{self.status}" if self.status else self.category


class Status(Struct, frozen=True, gc=False):
    """STC: one to three codes, and what they are about."""

    codes: tuple[StatusCode, ...]
    on: date | None
    action: str
    """STC03: WQ accepted, U rejected; empty in an answer to a question."""
    charge_cents: int | None
    paid_cents: int | None
    paid_on: date | None
    check_number: str
    """STC09."""
    message: str
    """STC12: the payer's own words."""
    segment: Segment


class LineStatus(Struct, frozen=True, gc=False):
    """SVC with its loop: what is said of one service."""

    procedure: tuple[str, ...]
    """Qualifier, code, modifiers."""
    charge_cents: int | None
    paid_cents: int | None
    control_number: str
    """REF FJ: the line as we numbered it."""
    statuses: tuple[Status, ...]
    periods: tuple[Period, ...]
    segments: tuple[Segment, ...]
    """The whole loop as it came."""


class About(StrEnum):
    """Which level an answer is about."""

    SOURCE = "source"
    RECEIVER = "receiver"
    PROVIDER = "provider"
    CLAIM = "claim"


class ClaimStatus(Struct, frozen=True, gc=False):
    """What is said of one claim, or of all that one provider or one mailbox had sent."""

    about: About
    source: Party
    receiver: Party
    provider: Party
    subscriber: Party
    dependent: Party | None
    trace: str
    """TRN02: of a 277CA the claim's own number (CLM01); of an answer our question's; of a level its own."""
    statuses: tuple[Status, ...]
    references: tuple[tuple[str, ...], ...]
    """REF: 1K the payer's claim number, EJ our claim number, D9 the clearinghouse's, BLT type of bill."""
    periods: tuple[Period, ...]
    lines: tuple[LineStatus, ...]
    counts: tuple[Segment, ...]
    """QTY and AMT of a level: how many claims and dollars were taken (90, YU) and refused (AA, YY)."""
    reference: str
    """BHT03: in a 277CA, of the file of claims that is answered."""
    others: tuple[Segment, ...]
    """Segments of these levels that the view does not read; kept, never dropped."""
    segment_number: int

    @property
    def patient(self) -> Party:
        return self.dependent or self.subscriber

    def number(self, qualifier: str) -> str:
        """The number of a REF; empty where there is none."""
        return next((ref[1] for ref in self.references if len(ref) > 1 and ref[0] == qualifier), "")


class StatusRequest(Struct, frozen=True):
    """One question: what became of this claim?"""

    trace: str
    subscriber: Party
    dependent: Party | None
    """The patient, where it is not the subscriber."""
    claim_number: str
    """REF EJ: CLM01 as we sent it."""
    payer_control_number: str
    """REF 1K; empty while the payer has given none."""
    charge_cents: int
    service_begins: date
    service_ends: date


class StatusRequestHeader(Struct, frozen=True):
    """What stands above the questions to one payer about one provider's claims."""

    reference: str
    at: datetime
    source: Party
    receiver: Party
    provider: Party
