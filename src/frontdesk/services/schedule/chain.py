"""Filling a hole by a chain: A moves up into it, B takes A's time, C fills B's; the best of at most three.

Plain values in, plain values out; who fits where is asked of the caller.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from frontdesk.models.schedule.urgency import Urgency
from frontdesk.services.schedule.hours import DAY
from frontdesk.services.schedule.waitlist_fit import Fit, Gap, Waiting

MOST_STEPS = 3

Fits = Callable[[Waiting, Gap, tuple[Waiting, ...]], Fit | None]
"""Where one who waits uses a gap, once those before in the chain have moved; None where not at all."""
Score = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Step:
    """One who moves up into a gap, or comes from the waitlist."""

    waiting: Waiting
    fit: Fit

    @property
    def frees(self) -> Gap | None:
        """The time that the patient's own visit leaves."""
        who = self.waiting
        if who.own_provider_id is None or who.own_starts is None or who.own_ends is None:
            return None
        return Gap(who.own_provider_id, who.own_starts, who.own_ends)

    @property
    def days_gained(self) -> int:
        """How many days earlier the patient comes; nothing is gained by one who had no visit."""
        return (
            0 if self.waiting.own_starts is None else self.waiting.own_starts // DAY - self.fit.starts // DAY
        )


def best_chain(gap: Gap, waiting: Sequence[Waiting], fits: Fits) -> tuple[Step, ...]:
    """The chain that serves the most urgent, then fills most time, then gains most days; empty for none.

    Among equals the shorter one, then the one that begins with whoever ranks first.
    """
    ranked = sorted(waiting, key=lambda each: each.rank)
    best: tuple[Step, ...] = ()
    for steps in _chains(gap, ranked, fits, ()):
        if not best or score(steps) > score(best):
            best = steps
    return best


def score(steps: Sequence[Step]) -> Score:
    """What a chain is worth, compared piece by piece: urgency, minutes filled, days gained, few steps."""
    served = [step.waiting.urgency for step in steps]
    return (
        served.count(Urgency.TODAY),
        served.count(Urgency.THIS_WEEK),
        sum(step.waiting.minutes for step in steps),
        sum(step.days_gained for step in steps),
        -len(steps),
    )


def _chains(
    gap: Gap, ranked: Sequence[Waiting], fits: Fits, before: tuple[Step, ...]
) -> Iterator[tuple[Step, ...]]:
    moved = tuple(step.waiting for step in before)
    patients = {each.patient_id for each in moved}
    for who in ranked:
        if who.patient_id in patients:
            continue
        fit = fits(who, gap, moved)
        if fit is None:
            continue
        steps = (*before, Step(who, fit))
        yield steps
        freed = steps[-1].frees
        if freed is not None and len(steps) < MOST_STEPS:
            yield from _chains(freed, ranked, fits, steps)
