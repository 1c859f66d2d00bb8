"""How old the debts are, by who owes them, counted from the day the debt became theirs."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, case, func, select

from frontdesk.models.billing.journal import JournalEntry, Party
from frontdesk.services.command import query
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Aged:
    """Open amounts by age in days, in cents, and what is there to the good. They sum to the balance."""

    to_30: int = 0
    to_60: int = 0
    to_90: int = 0
    over_90: int = 0
    credit: int = 0
    """Overpaid lines and money not applied; zero or negative."""

    @property
    def total(self) -> int:
        return self.to_30 + self.to_60 + self.to_90 + self.over_90 + self.credit

    def plus(self, other: "Aged") -> "Aged":
        """Both together."""
        return Aged(
            self.to_30 + other.to_30,
            self.to_60 + other.to_60,
            self.to_90 + other.to_90,
            self.over_90 + other.over_90,
            self.credit + other.credit,
        )


@dataclass(frozen=True, slots=True)
class AgedRow:
    """The debts of one payer or one household."""

    responsible: Party
    owner_id: int
    """The payer's id, or the account's; see `responsible`."""
    aged: Aged


@dataclass(frozen=True, slots=True)
class Aging:
    """The receivables of a day by who owes them and since when."""

    on: date
    payer: Aged
    patient: Aged
    rows: tuple[AgedRow, ...]

    @property
    def total(self) -> int:
        return self.payer.total + self.patient.total


@query(permission="billing.view")
def aging(work: Work, *, on: date | None = None, account_id: int | None = None) -> Aging:
    """The receivables as of a day, of the practice or of one household.

    A payment lowers the oldest debt of its line and side first. Ages are whole days: 30 belongs to
    the first column, 31 to the second.
    """
    day = on or work.today
    # What was taken back by then never was: its debt is as old as if nothing had happened.
    taken_back = select(JournalEntry.reverses_id).where(
        JournalEntry.reverses_id.is_not(None), JournalEntry.posted_on <= day
    )
    whose = [
        JournalEntry.posted_on <= day,
        JournalEntry.reverses_id.is_(None),
        JournalEntry.id.not_in(taken_back),
    ]
    if account_id is not None:
        whose.append(JournalEntry.account_id == account_id)
    rows: list[AgedRow] = []
    for responsible, owner_id, *amounts in work.session.execute(_aged(day, whose)):
        rows.append(AgedRow(responsible, owner_id, Aged(*(int(amount) for amount in amounts))))
    sides = {side: Aged() for side in Party}
    for row in rows:
        sides[row.responsible] = sides[row.responsible].plus(row.aged)
    return Aging(day, sides[Party.PAYER], sides[Party.PATIENT], tuple(rows))


def _aged(day: date, whose: list[ColumnElement[bool]]) -> Select[Party, int, int, int, int, int, int]:
    entry = JournalEntry
    # The debts of a line and of who owes it in the order they arose, with their running sum; what was
    # paid in total eats them from the oldest on. Money on no line is a credit of its owner.
    owner = case((entry.responsible == Party.PAYER, entry.payer_id), else_=entry.account_id)
    slot = (entry.charge_line_id, entry.responsible, owner)
    debt = case((entry.amount_cents > 0, entry.amount_cents), else_=0)
    raw = (
        select(
            entry.responsible,
            entry.charge_line_id,
            owner.label("owner_id"),
            entry.aged_from_on,
            entry.amount_cents,
            debt.label("debt"),
            func.sum(debt)
            .over(partition_by=slot, order_by=(entry.aged_from_on, entry.id), rows=(None, 0))
            .label("running"),
            func.sum(entry.amount_cents - debt).over(partition_by=slot).label("paid"),
            func.sum(entry.amount_cents).over(partition_by=slot).label("net"),
            func.row_number().over(partition_by=slot, order_by=entry.id).label("place"),
        )
        .where(*whose)
        .subquery()
    )
    on_line = raw.c.charge_line_id.is_not(None)
    past = raw.c.running + raw.c.paid  # what is left of this debt and all older ones
    left = case(
        (~on_line | (past <= 0), 0),
        (past < raw.c.debt, past),
        else_=raw.c.debt,
    )
    age_limit = [day - timedelta(days=days) for days in (30, 60, 90)]
    since = raw.c.aged_from_on
    credit = case(
        (~on_line, raw.c.amount_cents),
        (on_line & (raw.c.place == 1) & (raw.c.net < 0), raw.c.net),
        else_=0,
    )
    return (
        select(
            raw.c.responsible,
            raw.c.owner_id,
            func.sum(case((since >= age_limit[0], left), else_=0)),
            func.sum(case(((since < age_limit[0]) & (since >= age_limit[1]), left), else_=0)),
            func.sum(case(((since < age_limit[1]) & (since >= age_limit[2]), left), else_=0)),
            func.sum(case((since < age_limit[2], left), else_=0)),
            func.sum(credit),
        )
        .group_by(raw.c.responsible, raw.c.owner_id)
        .order_by(raw.c.responsible, raw.c.owner_id)
    )
