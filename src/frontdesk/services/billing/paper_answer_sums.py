"""A payer's paper as it is typed in, and whether its lines, its claims and its check hold. Plain values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from frontdesk.kernel.money import dollars
from frontdesk.services.billing.provider_adjustments import (
    CAPITATION,
    FORWARDED,
    INTEREST,
    TAKEN_BACK,
    in_words,
)

CONTRACT, DEDUCTIBLE, COINSURANCE, COPAY = ("CO", "45"), ("PR", "1"), ("PR", "2"), ("PR", "3")
OVER_CHARGE = ("OA", "94")
"""Processed above the charge: what a line is paid beyond what was billed."""
PRIOR = ("OA", "23")
"""What the payers before have settled of a line."""
USUAL = (DEDUCTIBLE, COINSURANCE, COPAY, CONTRACT)
"""The columns that a paper has; every other reason has a line of its own."""


class Way(StrEnum):
    """How the money came, as an 835 says it (BPR04)."""

    CHECK = "CHK"
    EFT = "ACH"
    LETTER = "NON"
    """No money: a denial, or word of how a claim stands."""


class Decided(StrEnum):
    """What the paper says of a claim."""

    PROCESSED = "processed"
    FORWARDED = "forwarded"
    """Processed, and sent on to the next payer."""
    DENIED = "denied"
    TAKEN_BACK = "taken_back"
    """An earlier answer is taken back, to the cent."""
    IN_PROCESS = "in_process"
    """The payer is at work on it: no answer yet."""


@dataclass(frozen=True, slots=True)
class PaperReason:
    """Why this much was not paid: group and code, CO and 45; the remark stands with it."""

    group: str
    reason: str
    cents: int | None
    remark: str = ""

    @property
    def code(self) -> str:
        """As people say it: CO-45."""
        return f"{self.group}-{self.reason}"


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A service as the paper has it; `place` is its place on our claim."""

    place: int
    code: str
    charge_cents: int
    allowed_cents: int | None = None
    paid_cents: int | None = None
    reasons: tuple[PaperReason, ...] = ()

    def usual(self, which: tuple[str, str]) -> int | None:
        """The amount in one of the usual columns."""
        found = [each.cents for each in self.reasons if (each.group, each.reason) == which]
        return found[0] if found else None

    @property
    def others(self) -> tuple[PaperReason, ...]:
        """The reasons that have a line of their own."""
        return tuple(each for each in self.reasons if (each.group, each.reason) not in USUAL)

    def with_usual(self, which: tuple[str, str], cents: int | None) -> "PaperLine":
        """The same line with another amount in a usual column; None takes it out."""
        others = tuple(each for each in self.reasons if (each.group, each.reason) != which)
        return replace(
            self, reasons=others if cents is None else (*others, PaperReason(*which, cents))
        ).in_order()

    def in_order(self) -> "PaperLine":
        """The usual reasons first, in the order of their columns."""
        known = [(each.group, each.reason) for each in self.reasons]
        usual = [self.reasons[known.index(which)] for which in USUAL if which in known]
        return replace(self, reasons=(*usual, *self.others))


@dataclass(frozen=True, slots=True)
class PaperClaim:
    """A claim on the paper."""

    claim_id: int
    lines: tuple[PaperLine, ...]
    decided: Decided = Decided.PROCESSED
    payer_control_number: str = ""
    takes_back_id: int | None = None
    """The answer that is taken back."""
    remarks: str = ""
    """Remark codes on the claim as a whole."""


@dataclass(frozen=True, slots=True)
class PaperItem:
    """Money apart from the claims; `adds` where it makes the check larger."""

    reason: str
    adds: bool
    cents: int | None = None
    reference: str = ""

    @property
    def lowers_cents(self) -> int:
        """As a PLB has it: positive lowers the payment."""
        return (-1 if self.adds else 1) * (self.cents or 0)


@dataclass(frozen=True, slots=True)
class Paper:
    """A payer's paper as far as it is typed in."""

    payer_id: int | None = None
    way: Way = Way.CHECK
    trace: str = ""
    paid_on: date | None = None
    paid_cents: int | None = None
    deposited_on: date | None = None
    claims: tuple[PaperClaim, ...] = ()
    items: tuple[PaperItem, ...] = ()
    document_id: int | None = None


ITEMS: tuple[tuple[tuple[str, bool], str], ...] = tuple(
    ((reason, adds), f"{'+' if adds else '−'} {in_words(reason, '')}")
    for reason, adds in (
        (INTEREST, True),
        (CAPITATION, True),
        ("BN", True),
        ("IP", True),
        (TAKEN_BACK, False),
        (FORWARDED, False),
        (FORWARDED, True),
        ("72", False),
        ("CS", False),
        ("CS", True),
        ("50", False),
        ("IR", False),
        ("L3", False),
        (INTEREST, False),
        (CAPITATION, False),
    )
)
"""What a payer adds to a check (+) or takes from it (−) apart from the claims, with its words."""


@dataclass(frozen=True, slots=True)
class LineSum:
    """What a line comes to; `off_cents` is what of the charge nothing explains."""

    charge_cents: int
    adjusted_cents: int
    paid_cents: int
    off_cents: int
    contract_cents: int
    """What is offered as the contract's write-off: all of it, where the line does not say otherwise."""


@dataclass(frozen=True, slots=True)
class ClaimSum:
    """What a claim comes to: its lines added up."""

    lines: tuple[LineSum, ...]
    charge_cents: int
    adjusted_cents: int
    paid_cents: int
    off_cents: int


@dataclass(frozen=True, slots=True)
class Sums:
    """check = claims - taken back; `off_cents` is what of the check nothing explains yet."""

    claims: tuple[ClaimSum, ...]
    check_cents: int
    claims_paid_cents: int
    taken_back_cents: int
    off_cents: int
    unbalanced: int
    """Claims with a line that is off."""
    warnings: tuple[str, ...]
    """What is unusual; it does not stand in the way."""


def sums(paper: Paper) -> Sums:
    """The three balances: of each line, of each claim, of the check."""
    claims = tuple(claim_sum(claim) for claim in paper.claims)
    check = paper.paid_cents or 0
    paid = sum(claim.paid_cents for claim in claims)
    taken_back = sum(item.lowers_cents for item in paper.items)
    return Sums(
        claims=claims,
        check_cents=check,
        claims_paid_cents=paid,
        taken_back_cents=taken_back,
        off_cents=check - (paid - taken_back),
        unbalanced=sum(any(line.off_cents for line in claim.lines) for claim in claims),
        warnings=tuple(_warnings(paper)),
    )


def claim_sum(claim: PaperClaim) -> ClaimSum:
    """What a claim comes to; one that is in process says nothing of money."""
    if claim.decided is Decided.IN_PROCESS:
        quiet = tuple(LineSum(line.charge_cents, 0, 0, 0, 0) for line in claim.lines)
        return ClaimSum(quiet, sum(line.charge_cents for line in quiet), 0, 0, 0)
    lines = tuple(line_sum(line) for line in claim.lines)
    return ClaimSum(
        lines=lines,
        charge_cents=sum(line.charge_cents for line in lines),
        adjusted_cents=sum(line.adjusted_cents for line in lines),
        paid_cents=sum(line.paid_cents for line in lines),
        off_cents=sum(line.off_cents for line in lines),
    )


def line_sum(line: PaperLine) -> LineSum:
    """charge - reasons = paid, or it is off."""
    paid = line.paid_cents or 0
    adjusted = sum(each.cents or 0 for each in line.reasons)
    besides = adjusted - (line.usual(CONTRACT) or 0)
    offered = line.charge_cents - (
        paid + besides if line.allowed_cents is None else line.allowed_cents + _not_allowed(line)
    )
    return LineSum(
        charge_cents=line.charge_cents,
        adjusted_cents=adjusted,
        paid_cents=paid,
        off_cents=line.charge_cents - adjusted - paid,
        contract_cents=max(0, offered),
    )


def settled(line: PaperLine) -> PaperLine:
    """The line with what nothing explains put where it belongs.

    A reason that has no amount yet takes it; what is paid beyond the charge is OA-94; all else is the
    contract's write-off, down to what was allowed where that is typed in: below it the patient owes.
    """
    sums = line_sum(line)
    off = sums.off_cents
    waiting = next((each for each in line.others if each.cents is None), None)
    if not off:
        return line
    if waiting is not None:
        return _with(line, waiting, replace(waiting, cents=off))
    contract = (line.usual(CONTRACT) or 0) + off
    if contract >= 0 and line.allowed_cents is not None:
        return line.with_usual(CONTRACT, min(contract, sums.contract_cents) or None)
    if contract >= 0:
        return line.with_usual(CONTRACT, contract or None)
    over = next((each for each in line.others if (each.group, each.reason) == OVER_CHARGE), None)
    bare = line.with_usual(CONTRACT, None)
    if over is not None:
        return _with(bare, over, replace(over, cents=(over.cents or 0) + contract))
    return replace(bare, reasons=(*bare.reasons, PaperReason(*OVER_CHARGE, contract)))


def denied(claim: PaperClaim) -> PaperClaim:
    """The claim as one that was refused: nothing is paid, one reason takes each line and is still to type."""
    lines = tuple(
        replace(
            line, allowed_cents=None, paid_cents=0, reasons=(PaperReason("", "", abs(line.charge_cents)),)
        )
        for line in claim.lines
    )
    return replace(claim, decided=Decided.DENIED, lines=lines)


def code_of(typed: str) -> tuple[str, str]:
    """Group and code as people type them: "co-97", "CO 97", "co97"; without a group it is CO's."""
    plain = "".join(each for each in typed.upper() if each.isalnum())
    group = plain[:2]
    return (group, plain[2:]) if group.isalpha() else ("CO", plain) if plain else ("", "")


def mirrored(lines: Sequence[PaperLine]) -> tuple[PaperLine, ...]:
    """The lines of an answer the other way round, as one that takes it back has them."""
    return tuple(
        replace(
            line,
            charge_cents=-line.charge_cents,
            allowed_cents=None,
            paid_cents=-(line.paid_cents or 0),
            reasons=tuple(replace(each, cents=-(each.cents or 0)) for each in line.reasons),
        )
        for line in lines
    )


def _not_allowed(line: PaperLine) -> int:
    """What reasons besides the patient's share and the contract take: it lies above the allowed amount."""
    return sum(each.cents or 0 for each in line.others if each.group != "PR")


def _with(line: PaperLine, before: PaperReason, after: PaperReason) -> PaperLine:
    at = line.reasons.index(before)
    return replace(line, reasons=(*line.reasons[:at], after, *line.reasons[at + 1 :]))


def _warnings(paper: Paper) -> Iterator[str]:
    for claim in paper.claims:
        for line in claim.lines:
            paid = line.paid_cents or 0
            if claim.decided is not Decided.TAKEN_BACK and paid > line.charge_cents:
                yield (
                    f"{line.code} was paid {dollars(paid)}, and {dollars(line.charge_cents)} was billed. "
                    "Look at the paper once more; what is too much stays to the payer's credit on the claim."
                )
