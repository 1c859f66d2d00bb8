"""How the money that a patient hands over is spread over what was asked for. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from frontdesk.services.billing.asked import Allocation, AskItem


def spread(items: Sequence[AskItem], cents: int) -> tuple[Allocation, ...]:
    """The items in their order until the money is used up; what is over is a payment ahead."""
    wanted = [allocation for item in items for allocation in item.allocations]
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
