"""The sliding scale: what a household's income and size propose to whoever decides on hardship."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.models.billing.hardship_scale import HardshipBand, HardshipScale
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_hardship_scale_singleton", "Another desk has just set the scale. Look at it, then save.")

MOST_BANDS: Final = 5


@dataclass(frozen=True, slots=True)
class Band:
    """Up to `up_to_percent` of the guideline, what is owed is lowered by `lower_percent`."""

    up_to_percent: int
    lower_percent: int


@dataclass(frozen=True, slots=True)
class Scale:
    """Incomes of a year in cents: of one person, and of each further one; bands by rising income."""

    first_cents: int
    further_cents: int
    bands: tuple[Band, ...]
    set_on: date | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the scale says of a household."""

    guideline_cents: int
    """For so many people."""
    income_percent: int
    """Of the guideline, rounded up."""
    lower_percent: int
    """0 where the income is above every band."""
    set_on: date | None


@query(permission="billing.view")
def in_force(work: Work) -> Scale | None:
    """The scale in force; None where the office has none."""
    row = work.session.scalar(select(HardshipScale))
    if row is None:
        return None
    bands = work.session.scalars(select(HardshipBand).order_by(HardshipBand.up_to_percent))
    return Scale(
        row.first_cents,
        row.further_cents,
        tuple(Band(band.up_to_percent, band.lower_percent) for band in bands),
        row.set_on,
    )


def _as_before(done: Performed) -> Undo:
    return Undo(set_scale, scale=done.result)


@command("Set hardship scale", permission="billing.edit_fees", undo=_as_before)
def set_scale(work: Work, *, scale: Scale | None) -> Scale | None:
    """From now on, or none any more; what was decided stays. Gives back the scale before."""
    refuse_if_any([] if scale is None else _findings(scale))
    before = in_force(work)
    row = work.session.scalar(select(HardshipScale))
    for band_row in work.session.scalars(select(HardshipBand)).all():
        work.session.delete(band_row)
    work.flush()
    if scale is None:
        if row is not None:
            work.session.delete(row)
        work.flush()
        return before
    row = row or work.add(HardshipScale())
    row.first_cents, row.further_cents, row.set_on = scale.first_cents, scale.further_cents, work.today
    for band in scale.bands:
        work.add(HardshipBand(up_to_percent=band.up_to_percent, lower_percent=band.lower_percent))
    work.flush()
    return before


def proposal(scale: Scale, people: int, income_cents: int) -> Proposal:
    """What the scale says of a household of `people` with so much income a year."""
    guideline = scale.first_cents + (people - 1) * scale.further_cents
    fits = (band for band in scale.bands if income_cents * 100 <= band.up_to_percent * guideline)
    band = next(fits, None)
    return Proposal(
        guideline_cents=guideline,
        income_percent=-(-income_cents * 100 // guideline),
        lower_percent=band.lower_percent if band is not None else 0,
        set_on=scale.set_on,
    )


def _findings(scale: Scale) -> list[Finding]:
    findings = []
    if not 100_000 <= scale.first_cents <= 10_000_000:
        findings.append(Finding("The income of one person is $1,000.00 to $100,000.00.", "first_cents"))
    if not 0 <= scale.further_cents <= 5_000_000:
        findings.append(Finding("Each further person adds at most $50,000.00.", "further_cents"))
    if not 1 <= len(scale.bands) <= MOST_BANDS:
        findings.append(Finding(f"A scale has one to {MOST_BANDS} steps.", "up_to_1"))
    for place, band in enumerate(scale.bands, 1):
        if not 1 <= band.up_to_percent <= 1000:
            findings.append(Finding("A step reaches to 1% to 1,000%.", f"up_to_{place}"))
        if not 1 <= band.lower_percent <= 100:
            findings.append(Finding("A step lowers by 1% to 100%.", f"lower_{place}"))
    for place, (one, following) in enumerate(pairwise(scale.bands), 2):
        if following.up_to_percent <= one.up_to_percent:
            findings.append(Finding("Each step reaches higher than the one before.", f"up_to_{place}"))
        if following.lower_percent >= one.lower_percent:
            findings.append(Finding("Each step lowers less than the one before.", f"lower_{place}"))
    return findings
