"""How a measure is taken: ours and its limit in turns, after a warm-up; medians and their ratio."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

PAIRS = 9
"""How many pairs (ours, limit) follow the warm-up; at least seven make a median worth reading."""

Run = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the table: medians, and the ratio ours / limit with its 95th percentile."""

    name: str
    ours: float
    limit: float
    unit: str
    ratio: float
    ratio_p95: float
    goal: float
    n: int
    better: Literal["lower", "higher"] = "lower"

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.goal if self.better == "lower" else self.ratio >= self.goal


def timed(run: Run) -> float:
    """Seconds that one run takes, with the garbage collector out of the way."""
    gc.collect()
    gc.disable()
    try:
        begun = time.perf_counter()
        run()
        return time.perf_counter() - begun
    finally:
        gc.enable()


def compared(
    name: str, ours: Run, limit: Run, *, goal: float, pairs: int = PAIRS, unit: str = "ms", per: int = 1
) -> Measure:
    """Run both in turns. `per`: how many acts one run holds; the figures are per act."""
    ours()
    limit()
    taken = [(timed(ours) / per, timed(limit) / per) for _ in range(pairs)]
    return of_pairs(name, taken, goal=goal, unit=unit, scale=1000.0 if unit == "ms" else 1.0)


def of_pairs(
    name: str,
    pairs: list[tuple[float, float]],
    *,
    goal: float,
    unit: str,
    scale: float = 1.0,
    better: Literal["lower", "higher"] = "lower",
) -> Measure:
    """The row of pairs (ours, limit) measured in any way."""
    ratios = sorted(ours / limit for ours, limit in pairs)
    worst = ratios if better == "lower" else ratios[::-1]
    return Measure(
        name,
        statistics.median(ours for ours, _ in pairs) * scale,
        statistics.median(limit for _, limit in pairs) * scale,
        unit,
        statistics.median(ratios),
        worst[min(len(worst) - 1, round(0.95 * (len(worst) - 1)))],
        goal,
        len(pairs),
        better,
    )


def lines(measures: list[Measure]) -> Iterator[str]:
    """The table, as people read it."""
    yield f"{'measure':24}{'ours':>12}{'limit':>12}  {'unit':6}{'ratio':>8}{'p95':>8}{'goal':>8}"
    for row in measures:
        mark = "" if row.is_met else "  missed"
        yield (
            f"{row.name:24}{row.ours:12.3f}{row.limit:12.3f}  {row.unit:6}"
            f"{row.ratio:8.2f}{row.ratio_p95:8.2f}{row.goal:8.1f}{mark}"
        )
