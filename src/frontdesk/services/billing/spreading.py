"""A payment made as a total, spread over the lines it is for."""

from collections.abc import Sequence


def spread(total_cents: int, fees: Sequence[int], estimates: Sequence[int] | None = None) -> tuple[int, ...]:
    """Shares that add up to the total: first what was expected of each line, then up to its fee.

    What is more than all fees lands on the first line.
    """
    shares = [0] * len(fees)
    left = total_cents
    for limits in (estimates or [0] * len(fees), fees):
        for place, limit in enumerate(limits):
            more = max(0, min(left, min(limit, fees[place]) - shares[place]))
            shares[place] += more
            left -= more
    if shares:
        shares[0] += left
    return tuple(shares)
