"""What there is to ask for at the desk, and what a part of the money is for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Purpose = Literal["copay", "deposit", "line", "prepayment"]


@dataclass(frozen=True, slots=True)
class Allocation:
    """What a part of the money is for.

    A copay or deposit is held for its visit; `line` is an open charge; a prepayment stays to the
    household's credit, for a visit where one is named.
    """

    purpose: Purpose
    amount_cents: int
    charge_line_id: int | None = None
    appointment_id: int | None = None
    patient_id: int | None = None
    """Whose prepayment it is; empty: of the patient whom the receipt names."""
    account_id: int | None = None
    """Of a line that another household owes than the one that pays today: which one. Named, so that nobody
    pays it by accident."""


@dataclass(frozen=True, slots=True)
class AskItem:
    """One thing to ask for. `allocations` go into the payment as they are when it is ticked."""

    label: str
    because: str
    amount_cents: int
    allocations: tuple[Allocation, ...]
    patient_id: int | None = None
    patient: str = ""
    """Of another patient of the household: the name; empty for the patient at the desk."""
    is_asked: bool = True
    """Whether it is due; else it is offered, and not ticked at first."""
    detail: str = ""
    """More to say of why: what the insurer said, what was paid before. Empty where `because` says all."""
    plan_id: int | None = None
    """The payment plan that asks for it."""
    household: str = ""
    """Where another household owes it than the one that pays today: "account A-00001 of Ingrid Osterhout"."""

    @property
    def is_charged(self) -> bool:
        """Whether it is a balance, which can be paid in instalments or from credit; a copay ahead can't."""
        return self.allocations[0].purpose == "line"

    @property
    def can_be_waived(self) -> bool:
        """A payment ahead is nobody's duty, so there is nothing to give up."""
        return self.allocations[0].purpose != "prepayment"


@dataclass(frozen=True, slots=True)
class AskFor:
    """Everything to ask for, with the sum of what is due; and what the household has to its credit."""

    items: tuple[AskItem, ...]
    total_cents: int
    credit_cents: int
    free_credit_cents: int = 0
    """What of the credit is held for no visit, and may be used on what is owed."""
    family: tuple[AskItem, ...] = ()
    """What the others of the household owe: one payment may be for all."""
    account_id: int = 0
    """The household that pays."""
    elsewhere: tuple[AskItem, ...] = ()
    """What the patient left on other households, whoever paid before; offered, and never due."""
    no_checks: str = ""
    """Why no check is taken from it, in a sentence; empty where one is."""

    @property
    def family_cents(self) -> int:
        return total(self.family)

    @property
    def now_cents(self) -> int:
        """What is asked for before the visit: its copay and its deposit."""
        return sum(
            each.amount_cents
            for item in self.items
            for each in item.allocations
            if each.purpose in ("copay", "deposit")
        )


def total(items: Iterable[AskItem]) -> int:
    """What these come to, in cents."""
    return sum(item.amount_cents for item in items)


def allocations(items: Iterable[AskItem]) -> tuple[Allocation, ...]:
    """What all of these are for, in their order."""
    return tuple(each for item in items for each in item.allocations)
