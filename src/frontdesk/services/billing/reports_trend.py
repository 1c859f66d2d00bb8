"""How the receivables went, month by month."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import case, func, select

from frontdesk.kernel.months import month_end
from frontdesk.models.billing.journal import EntryKind, JournalEntry
from frontdesk.services.billing.reports_filter import Wanted, months_of, of_entries
from frontdesk.services.billing.reports_money import CHARGE_DAYS
from frontdesk.services.command import query
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """The receivables at the end of a month, or of the period where that is sooner."""

    first: date
    on: date
    receivable_cents: int
    charged_cents: int
    """In the 90 days before."""

    @property
    def days(self) -> float | None:
        """Days in A/R, as `reports_money.Receivable.days`."""
        return self.receivable_cents / (self.charged_cents / CHARGE_DAYS) if self.charged_cents > 0 else None


@query(permission="billing.view")
def days_by_month(work: Work, *, wanted: Wanted) -> tuple[MonthEnd, ...]:
    """The end of each month of the period, up to today."""
    last = min(wanted.until_on, work.today)
    is_charge = JournalEntry.kind.in_([EntryKind.CHARGE, EntryKind.FEE])
    by_day = [
        (on, int(cents), int(charged))
        for on, cents, charged in work.session.execute(
            select(
                JournalEntry.posted_on,
                func.sum(JournalEntry.amount_cents),
                func.sum(case((is_charge, JournalEntry.amount_cents), else_=0)),
            )
            .where(JournalEntry.posted_on <= last, *of_entries(wanted))
            .group_by(JournalEntry.posted_on)
        )
    ]
    ends = []
    for first in months_of(wanted):
        on = min(month_end(first), last)
        if first <= last:
            open_cents = sum(cents for day, cents, _ in by_day if day <= on)
            since = on - timedelta(days=CHARGE_DAYS)
            charged = sum(charged for day, _, charged in by_day if since < day <= on)
            ends.append(MonthEnd(first, on, open_cents, charged))
    return tuple(ends)
