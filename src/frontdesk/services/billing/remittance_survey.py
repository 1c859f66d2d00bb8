"""Looks a file of remittances through before anything of it is kept: is it whole, does it balance?"""

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec
from sqlalchemy.orm import Session

from frontdesk.formats.x12.envelope import Reader
from frontdesk.formats.x12.problems import Malformed, Problem
from frontdesk.formats.x12.remittance import PaidClaim, Payment, ProviderAdjustment
from frontdesk.formats.x12.remittance_balance import claim_imbalances, payment_imbalance
from frontdesk.formats.x12.remittance_reader import RemittanceReader
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.services.records import content

_SHOWN = 10


class Told(Protocol):
    """What says a payment with its claims: an 835 that is read, or a paper that was typed in."""

    @property
    def payment(self) -> Payment: ...

    def __iter__(self) -> Iterator[PaidClaim]: ...

    @property
    def provider_adjustments(self) -> Sequence[ProviderAdjustment]:
        """Complete once the claims were gone through."""
        ...


@dataclass(frozen=True, slots=True)
class Survey:
    """What one 835 of a file comes to."""

    payment: Payment
    claims: int
    claims_paid_cents: int
    provider_adjustments: tuple[ProviderAdjustment, ...]
    fingerprint: str
    imbalance: str
    """The first sum that does not hold, that of the payment before those of claims; empty when all do."""
    imbalances: int

    @property
    def taken_back_cents(self) -> int:
        return sum(adjustment.amount_cents for adjustment in self.provider_adjustments)


def survey(session: Session, sha256: str) -> tuple[Survey, ...]:
    """Each 835 of a kept file, in its order.

    Raises Refused for a file that is no X12, is not whole, or holds no remittance; each finding says
    where, and what was expected.
    """
    reader = Reader(opened(session, sha256))
    surveys: list[Survey] = []
    kinds: set[str] = set()
    try:
        for message in reader.transaction_sets():
            kinds.add(message.kind)
            if message.kind == "835":
                surveys.append(surveyed(RemittanceReader(message)))
    except Malformed as malformed:
        # A value is often broken because the file is: then that is said first.
        raise refused([*grave(reader), *malformed.problems]) from None
    if grave(reader):
        raise refused(grave(reader))
    if not surveys:
        held = " and ".join(sorted(kinds)) or "nothing"
        told = f"There is no remittance (835) in this file. It holds {held}."
        raise Refused(Finding(f"{told} Choose the file that the payer calls 835 or ERA."))
    return tuple(surveys)


def opened(session: Session, sha256: str) -> io.BufferedReader:
    """A kept file to read from, a chunk at a time."""
    return io.BufferedReader(_Chunks(content.stream(session, sha256)))


def surveyed(reader: Told) -> Survey:
    """What a payment comes to, and what of it does not balance."""
    encode = msgspec.json.Encoder(order="deterministic").encode
    hashed = hashlib.sha256(encode(reader.payment))
    claims = paid = imbalances = 0
    first = ""
    for claim in reader:
        # Where a claim stands in the file is no part of what it says.
        hashed.update(encode(msgspec.structs.replace(claim, segment_number=claims, lines=())))
        for line in claim.lines:
            hashed.update(encode(msgspec.structs.replace(line, segment_number=0)))
        claims += 1
        paid += claim.paid_cents
        for imbalance in claim_imbalances(claim):
            first = first or imbalance.message
            imbalances += 1
    hashed.update(encode(reader.provider_adjustments))
    off = payment_imbalance(reader.payment, paid, reader.provider_adjustments)
    if off is not None:
        first = off.message
        imbalances += 1
    return Survey(
        payment=reader.payment,
        claims=claims,
        claims_paid_cents=paid,
        provider_adjustments=tuple(reader.provider_adjustments),
        fingerprint=hashed.hexdigest(),
        imbalance=first,
        imbalances=imbalances,
    )


def grave(reader: Reader) -> list[Problem]:
    """What was found that may have changed what the file says."""
    return [problem for problem in reader.problems if not problem.is_harmless]


def refused(problems: list[Problem]) -> Refused:
    """The refusal of a file: the first places, how many more there are, and what to do.

    What a file that is cut short lacks behind the cut is no more news.
    """
    first = problems[0]
    is_cut = any("the file ends" in problem.message for problem in problems)
    shown = problems[:1] if is_cut else problems[:_SHOWN]
    findings = [Finding(f"Nothing was taken in. {first}"), *(Finding(str(each)) for each in shown[1:])]
    if is_cut:
        findings.append(Finding("The file is cut short. Fetch it again, or ask the sender for all of it."))
        return Refused(*findings)
    if len(problems) > _SHOWN:
        findings.append(Finding(f"There are {len(problems) - _SHOWN} more such places."))
    return Refused(*findings, Finding("Ask the sender for a corrected file."))


class _Chunks(io.RawIOBase):
    """An iterator of bytes as a file."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # any writable buffer
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._left = chunk
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count
