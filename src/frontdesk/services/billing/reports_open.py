"""From a figure or a bar of the dashboard to what is behind it."""

from collections.abc import Hashable
from datetime import date
from typing import cast

from frontdesk.models.billing.journal import Party
from frontdesk.services.billing import reports_behind
from frontdesk.services.billing.aging import AGE_COLUMNS
from frontdesk.services.billing.denial_causes import Cause
from frontdesk.services.billing.reports import ChartName, FigureName
from frontdesk.services.billing.reports_behind import Behind
from frontdesk.services.billing.reports_claims import ClaimFigure
from frontdesk.services.billing.reports_filter import Wanted
from frontdesk.services.billing.scrub_found import Owner
from frontdesk.services.command import query
from frontdesk.services.work import Work

_RATES = {
    FigureName.FIRST_PASS: ClaimFigure.FIRST_PASS,
    FigureName.CLEAN: ClaimFigure.CLEAN,
    FigureName.DENIED: ClaimFigure.DENIED,
}
BEHIND_FIGURE = {
    FigureName.FIRST_PASS: "Not paid on first submission",
    FigureName.CLEAN: "Not clean at first",
    FigureName.DENIED: "Denied claims",
    FigureName.UNBILLED_VISITS: "Visits not charged",
    FigureName.UNSENT: "Claims not sent",
}
"""The figures that open, and the title of what is behind them."""


@query(permission="billing.view")
def behind_figure(work: Work, *, wanted: Wanted, name: FigureName) -> Behind:
    """The claims or visits behind one of `BEHIND_FIGURE`; those that keep a rate from being whole."""
    if name is FigureName.UNBILLED_VISITS:
        return reports_behind.unbilled(work, wanted=wanted)
    if name is FigureName.UNSENT:
        return reports_behind.unsent(work, wanted=wanted)
    return reports_behind.answered(work, wanted=wanted, which=_RATES[name])


@query(permission="billing.view")
def behind_bar(work: Work, *, wanted: Wanted, chart: ChartName, about: Hashable, part: int | None) -> Behind:
    """What a bar consists of, or one part of it: the amounts sum to it. `about` is of the `ChartRow`."""
    if chart is ChartName.OWED:
        payers = cast("tuple[int, ...] | int | None", about)
        ids = (payers,) if isinstance(payers, int) else payers
        column = None if part is None else AGE_COLUMNS[part]
        return reports_behind.owed(work, wanted=wanted, payer_ids=ids, column=column)
    if chart is ChartName.MONTHS:
        party = None if part is None else tuple(Party)[part]
        return reports_behind.received(work, wanted=wanted, first=cast("date", about), party=party)
    if chart is ChartName.OWNERS:
        return reports_behind.denied(work, wanted=wanted, owner=Owner(str(about)))
    owner = None if part is None else tuple(Owner)[part]
    return reports_behind.denied(work, wanted=wanted, cause=Cause(str(about)), owner=owner)
