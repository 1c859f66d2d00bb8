"""999, 997 and TA1 as values: what a receiver found in the envelopes and the syntax of a file.

TA1 and 999 are of 005010X231A1; a 997 says the same in the segments of the years before (AK3, AK4, AK5).
"""

from datetime import datetime

from msgspec import Struct

from frontdesk.formats.x12.tokens import Segment

VERSION = "005010X231A1"
ACCEPTED = frozenset("AE")
"""AK501 and AK901: taken, with errors noted or without. P takes a part; R, M, W and X take nothing."""


class EnvelopeAnswer(Struct, frozen=True, gc=False):
    """TA1: what became of one interchange of ours."""

    control_number: str
    """TA101: our ISA13."""
    at: datetime | None
    """TA102 and TA103: when we had sent it."""
    code: str
    """TA104: A taken, E taken with errors, R refused."""
    note: str
    """TA105: 000 nothing, 001 to 031 what is wrong with the envelope."""
    segment_number: int

    @property
    def is_accepted(self) -> bool:
        return self.code in ACCEPTED


class ElementError(Struct, frozen=True, gc=False):
    """IK4 or AK4: an element that is wrong."""

    position: tuple[str, ...]
    """Its place in the segment, in the composite, in the repetition."""
    reference: str
    """The number that the standard gives the element."""
    code: str
    """1 missing, 5 too long, 6 bad character, 7 bad code, 8 bad date, ..."""
    copy: str
    """What stood there; it may name a person."""
    contexts: tuple[Segment, ...] = ()


class SegmentError(Struct, frozen=True, gc=False):
    """IK3 or AK3: a segment that is wrong, counted from the ST of its set."""

    segment: str
    position: str
    loop: str
    code: str
    contexts: tuple[Segment, ...] = ()
    """CTX: which claim it was in (`CLM01:26-04127`), and what made the segment necessary."""
    elements: tuple[ElementError, ...] = ()

    def claim_number(self, separator: str = ":") -> str:
        """CLM01 of the claim that the receiver points at; empty where it points at none."""
        for context in self.contexts:
            name, _, value = (context[1] if len(context) > 1 else "").partition(separator)
            if name == "CLM01":
                return value
        return ""


class SetAnswer(Struct, frozen=True):
    """AK2 to IK5 (AK5): what became of one transaction set."""

    kind: str
    control_number: str
    """AK202: our ST02."""
    version: str
    code: str
    error_codes: tuple[str, ...]
    errors: tuple[SegmentError, ...]
    segment_number: int

    @property
    def is_accepted(self) -> bool:
        return self.code in ACCEPTED


class GroupAnswer(Struct, frozen=True):
    """One 999 or 997: what became of one group of ours."""

    kind: str
    """AK101: HC claims, HS eligibility questions, HR status questions, ..."""
    control_number: str
    """AK102: our GS06."""
    version: str
    code: str
    included: int
    received: int
    accepted: int
    error_codes: tuple[str, ...]
    sets: tuple[SetAnswer, ...]
    others: tuple[Segment, ...]
    """Segments this view does not read; kept, never dropped."""
    segment_number: int

    @property
    def is_accepted(self) -> bool:
        return self.code in ACCEPTED
