"""Looks a file of remittances through before anything of it is kept: is it whole, does it balance?"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from sqlalchemy.orm import Session

from frontdesk.formats.x12.envelope import Reader
from frontdesk.formats.x12.problems import Malformed, Problem
from frontdesk.formats.x12.remittance import Payment, ProviderAdjustment
from frontdesk.formats.x12.remittance_balance import claim_imbalances, payment_imbalance
from frontdesk.formats.x12.remittance_reader import RemittanceReader
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.services.records import content

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Survey:
    """What one 835 of a file comes to."""

    payment: Payment
    claims: int
    claims_paid_cents: int
    provider_adjustments: tuple[ProviderAdjustment, ...]
    fingerprint: str
    imbalances: tuple[str, ...]

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
                surveys.append(_surveyed(RemittanceReader(message)))
    except Malformed as malformed:
        # A value is often broken because the file is: then that is said first.
        raise refused([*grave(reader), *malformed.problems]) from None
    if grave(reader):
        raise refused(grave(reader))
    if not surveys:
        held = " and ".join(sorted(kinds)) or "nothing"
        raise Refused(Finding(f"There is no remittance (835) in this file. It holds {held}."))
    return tuple(surveys)


def opened(session: Session, sha256: str) -> io.BufferedReader:
    """A kept file to read from, a chunk at a time."""
    return io.BufferedReader(_Chunks(content.stream(session, sha256)))


def _surveyed(reader: RemittanceReader) -> Survey:
    encode = msgspec.json.Encoder(order="deterministic").encode
    hashed = hashlib.sha256(encode(reader.payment))
    claims = paid = 0
    imbalances: list[str] = []
    for claim in reader:
        # Where a claim stands in the file is no part of what it says.
        hashed.update(encode(msgspec.structs.replace(claim, segment_number=claims, lines=())))
        for line in claim.lines:
            hashed.update(encode(msgspec.structs.replace(line, segment_number=0)))
        claims += 1
        paid += claim.paid_cents
        imbalances += (imbalance.message for imbalance in claim_imbalances(claim))
    hashed.update(encode(reader.provider_adjustments))
    off = payment_imbalance(reader.payment, paid, reader.provider_adjustments)
    if off is not None:
        imbalances.insert(0, off.message)
    return Survey(
        payment=reader.payment,
        claims=claims,
        claims_paid_cents=paid,
        provider_adjustments=tuple(reader.provider_adjustments),
        fingerprint=hashed.hexdigest(),
        imbalances=tuple(imbalances),
    )


def grave(reader: Reader) -> list[Problem]:
    """What was found that may have changed what the file says."""
    return [problem for problem in reader.problems if not problem.is_harmless]


def refused(problems: list[Problem]) -> Refused:
    """The refusal of a file: the first places, and how many more there are."""
    findings = [Finding(f"Nothing was taken in. {problem}") for problem in problems[:_SHOWN]]
    if len(problems) > _SHOWN:
        findings.append(Finding(f"There are {len(problems) - _SHOWN} more such places."))
    return Refused(*findings)


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
