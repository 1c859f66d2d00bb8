"""How the money that a patient hands over is spread over what was asked for. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from frontdesk.services.billing import asked, tenders
from frontdesk.services.billing.amounts import LARGEST_CENTS
from frontdesk.services.billing.asked import Allocation, AskItem
from frontdesk.services.billing.tenders import Payment, Tender, TenderKind


class Surplus(StrEnum):
    """What becomes of more money than is asked for."""

    CHANGE = "change"
    OTHERS = "others"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Taking:
    """What is handed over, against what is ticked of all that could be asked for."""

    tenders: tuple[Tender, ...]
    ticked: tuple[AskItem, ...]
    others: tuple[AskItem, ...] = ()
    """What else the money may be for."""

    @property
    def cents(self) -> int:
        return tenders.total(self.tenders)

    @property
    def left_cents(self) -> int:
        """What of the ticked is still to be paid; negative where more is handed over."""
        return asked.total(self.ticked) - self.cents

    @property
    def surplus_cents(self) -> int:
        """More than is asked for. A payment of nothing asked is all meant as one ahead, and an amount that
        the ledger refuses is left to it: neither has any."""
        if not asked.total(self.ticked) or self.cents > LARGEST_CENTS:
            return 0
        return max(0, -self.left_cents)

    @property
    def can_be_change(self) -> bool:
        """Whether the surplus lies in the cash that was handed over last."""
        last = self.tenders[-1]
        return last.kind is TenderKind.CASH and last.amount_cents > self.surplus_cents

    @property
    def on_others_cents(self) -> int:
        """What of the surplus what isn't ticked would take."""
        return min(self.surplus_cents, asked.total(self.others))

    def payment(
        self, patient_id: int, appointment_id: int | None, surplus: Surplus = Surplus.AHEAD
    ) -> Payment:
        """As it goes into the ledger, with what was decided about the surplus."""
        paid, items = self.tenders, self.ticked
        if surplus is Surplus.CHANGE:
            paid = tenders.with_change(paid, self.surplus_cents)
        elif surplus is Surplus.OTHERS:
            items = (*items, *self.others)
        return Payment(patient_id, paid, spread(items, tenders.total(paid)), appointment_id)


def spread(items: Sequence[AskItem], cents: int) -> tuple[Allocation, ...]:
    """The items in their order until the money is used up; what is over is a payment ahead."""
    wanted = asked.allocations(items)
    if cents <= 0:
        # A senseless amount goes on as it is: the ledger says what is wrong with it.
        return (replace(wanted[0], amount_cents=cents) if wanted else Allocation("prepayment", cents),)
    spent: list[Allocation] = []
    for allocation in wanted:
        part = min(cents, allocation.amount_cents)
        if part:
            spent.append(replace(allocation, amount_cents=part))
            cents -= part
    if cents:
        spent.append(Allocation("prepayment", cents))
    return tuple(spent)
