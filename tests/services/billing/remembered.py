"""Claims and remittances as a child would remember them, beside the naive ledger."""

from dataclasses import dataclass, field

from frontdesk.formats.x12.remittance import PaidClaim
from tests.services.billing.naive_ledger import Fact


@dataclass(eq=False)
class Asked:
    """A claim, as a child would remember it."""

    claim_id: int
    account: int
    lines: list[int]
    payer: int
    then: int | None
    """The payer after this one."""
    is_first: bool
    is_out: bool = True
    is_denied: bool = False
    is_replaced: bool = False
    was_passed_on: bool = False
    standing: list[tuple[PaidClaim, list[Fact]]] = field(default_factory=list)
    """Answers that were posted and not taken back."""


@dataclass(eq=False)
class Posted:
    """A remittance, as a child would remember it."""

    id: int
    claim: Asked
    back: tuple[PaidClaim, list[Fact]] | None
    """What it takes back of an earlier one."""
    told: PaidClaim | None
    """What it decides."""
    apart: tuple[int, ...]
    """What it leaves on the payer's account."""
    own: list[Fact] = field(default_factory=list)
    facts: tuple[PaidClaim, list[Fact]] | None = None
    stands: bool = True
