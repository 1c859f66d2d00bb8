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
_NOTHING: Score = (0, 0, 0, 0, 0)


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
    best: tuple[Step, ...] = ()
    best_score: Score | None = None
    for steps, worth in _chains(gap, sorted(waiting, key=lambda each: each.rank), fits, (), _NOTHING):
        if best_score is None or worth > best_score:
            best, best_score = steps, worth
    return best


def score(steps: Sequence[Step]) -> Score:
    """What a chain is worth, compared piece by piece: urgency, minutes filled, days gained, few steps."""
    worth = _NOTHING
    for step in steps:
        worth = _with(worth, step)
    return worth


def _with(worth: Score, step: Step) -> Score:
    today, this_week, minutes, days, steps = worth
    urgency = step.waiting.urgency
    return (
        today + (urgency is Urgency.TODAY),
        this_week + (urgency is Urgency.THIS_WEEK),
        minutes + step.waiting.minutes,
        days + step.days_gained,
        steps - 1,
    )


def _chains(
    gap: Gap, ranked: Sequence[Waiting], fits: Fits, before: tuple[Step, ...], worth: Score
) -> Iterator[tuple[tuple[Step, ...], Score]]:
    """Every chain; of the last steps that could be made only the best, since nothing follows them."""
    moved = tuple(step.waiting for step in before)
    patients = {each.patient_id for each in moved}
    best: tuple[Step, Score] | None = None
    for who in ranked:
        if who.patient_id in patients:
            continue
        fit = fits(who, gap, moved)
        if fit is None:
            continue
        step = Step(who, fit)
        now = _with(worth, step)
        if best is None or now > best[1]:
            best = step, now
        freed = step.frees
        if freed is not None and len(before) + 1 < MOST_STEPS:
            yield from _chains(freed, ranked, fits, (*before, step), now)
    if best is not None:
        yield (*before, best[0]), best[1]
