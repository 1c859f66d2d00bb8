"""How old the debts are, by who owes them, counted from the day the debt became theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Select, Subquery, case, func, literal, null, select, union_all

from frontdesk.models.billing.journal import JournalEntry, Party
from frontdesk.services.command import query
from frontdesk.services.work import Work

AgeColumn = Literal["to_30", "to_60", "to_90", "over_90", "credit"]
"""The columns of `Aged` by their names."""
AGE_COLUMNS: tuple[AgeColumn, ...] = get_args(AgeColumn)
AGE_WORDS: dict[AgeColumn, str] = {
    "to_30": "up to 30 days",
    "to_60": "31 to 60 days",
    "to_90": "61 to 90 days",
    "over_90": "over 90 days",
    "credit": "credit",
}
_OWNER = case((JournalEntry.responsible == Party.PAYER, JournalEntry.payer_id), else_=JournalEntry.account_id)


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

    @property
    def columns(self) -> tuple[int, ...]:
        """In the order of `AGE_COLUMNS`."""
        return self.to_30, self.to_60, self.to_90, self.over_90, self.credit

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


@dataclass(frozen=True, slots=True)
class Debt:
    """What is left of one debt on a line, or (column credit) what is there to the good."""

    responsible: Party
    owner_id: int
    charge_line_id: int | None
    """Empty for money that is on no line."""
    since_on: date | None
    """The day it became theirs; empty for a credit."""
    column: AgeColumn
    cents: int


@query(permission="billing.view")
def aging(work: Work, *, on: date | None = None, account_id: int | None = None) -> Aging:
    """The receivables as of a day, of the practice or of one household.

    A payment lowers the oldest debt of its line and side first. Ages are whole days: 30 belongs to
    the first column, 31 to the second.
    """
    whose = () if account_id is None else (JournalEntry.account_id == account_id,)
    return aging_where(work, on or work.today, whose)


def aging_where(work: Work, day: date, whose: Sequence[ColumnElement[bool]]) -> Aging:
    """The receivables as of a day, of the entries that fit; they must take or leave a line as a whole."""
    rows: list[AgedRow] = []
    for responsible, owner_id, *amounts in work.session.execute(_aged(day, whose)):
        rows.append(AgedRow(responsible, owner_id, Aged(*(int(amount) for amount in amounts))))
    sides = {side: Aged() for side in Party}
    for row in rows:
        sides[row.responsible] = sides[row.responsible].plus(row.aged)
    return Aging(day, sides[Party.PAYER], sides[Party.PATIENT], tuple(rows))


def debts_where(
    work: Work, day: date, whose: Sequence[ColumnElement[bool]], columns: Sequence[AgeColumn] = AGE_COLUMNS
) -> tuple[Debt, ...]:
    """What the columns of `aging_where` consist of, the oldest first; they sum to the cent."""
    left = _left(day, whose)
    limit = [day - timedelta(days=days) for days in (30, 60, 90)]
    is_credit = left.c.credit != 0
    column = case(
        (is_credit, literal("credit")),
        (left.c.since >= limit[0], literal("to_30")),
        (left.c.since >= limit[1], literal("to_60")),
        (left.c.since >= limit[2], literal("to_90")),
        else_=literal("over_90"),
    )
    told = select(
        left.c.responsible,
        left.c.owner_id,
        left.c.charge_line_id,
        case((is_credit, None), else_=left.c.since).label("since"),
        column.label("column"),
        (left.c.left + left.c.credit).label("cents"),
    ).subquery()
    slot = (told.c.responsible, told.c.owner_id, told.c.charge_line_id, told.c.since, told.c.column)
    cents = func.sum(told.c.cents)
    found = work.session.execute(
        select(*slot, cents)
        .where(told.c.column.in_(columns))
        .group_by(*slot)
        .having(cents != 0)
        .order_by(told.c.since, told.c.charge_line_id, told.c.owner_id)
    )
    return tuple(Debt(*values[:-1], cents=int(values[-1])) for values in found)


def _aged(day: date, whose: Sequence[ColumnElement[bool]]) -> Select[Party, int, int, int, int, int, int]:
    left = _left(day, whose)
    since, cents = left.c.since, left.c.left
    limit = [day - timedelta(days=days) for days in (30, 60, 90)]
    return (
        select(
            left.c.responsible,
            left.c.owner_id,
            func.sum(case((since >= limit[0], cents), else_=0)),
            func.sum(case(((since < limit[0]) & (since >= limit[1]), cents), else_=0)),
            func.sum(case(((since < limit[1]) & (since >= limit[2]), cents), else_=0)),
            func.sum(case((since < limit[2], cents), else_=0)),
            func.sum(left.c.credit),
        )
        .group_by(left.c.responsible, left.c.owner_id)
        .order_by(left.c.responsible, left.c.owner_id)
    )


def _left(day: date, whose: Sequence[ColumnElement[bool]]) -> Subquery:
    """What is left of each debt, and what there is to the good, on lines and on none."""
    return union_all(_on_lines(day, whose), _on_none(day, whose)).subquery()


def _on_lines(day: date, whose: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """Each entry of an open line with what is left of it as a debt, and what of it is a credit."""
    entry = JournalEntry
    # What was taken back by then never was: its debt is as old as if nothing had happened.
    taken_back = select(entry.reverses_id).where(entry.reverses_id.is_not(None), entry.posted_on <= day)
    # The debts of a line and of who owes it in the order they arose, with their running sum; what was
    # paid in total eats them from the oldest on.
    slot = (entry.charge_line_id, entry.responsible, _OWNER)
    debt = case((entry.amount_cents > 0, entry.amount_cents), else_=0)
    order = (entry.aged_from_on, entry.id)
    raw = (
        select(
            entry.responsible,
            entry.charge_line_id,
            _OWNER.label("owner_id"),
            entry.aged_from_on,
            debt.label("debt"),
            func.sum(debt).over(partition_by=slot, order_by=order, rows=(None, 0)).label("running"),
            func.row_number().over(partition_by=slot, order_by=order, rows=(None, 0)).label("place"),
            func.sum(entry.amount_cents - debt).over(partition_by=slot).label("paid"),
            func.sum(entry.amount_cents).over(partition_by=slot).label("net"),
        )
        .where(
            entry.posted_on <= day,
            entry.reverses_id.is_(None),
            entry.id.not_in(taken_back),
            entry.charge_line_id.in_(_open_lines(day, whose)),
            *whose,
        )
        .subquery()
    )
    past = raw.c.running + raw.c.paid  # what is left of this debt and all older ones
    return select(
        raw.c.responsible,
        raw.c.charge_line_id,
        raw.c.owner_id,
        raw.c.aged_from_on.label("since"),
        case((past <= 0, 0), (past < raw.c.debt, past), else_=raw.c.debt).label("left"),
        case(((raw.c.place == 1) & (raw.c.net < 0), raw.c.net), else_=0).label("credit"),
    )


def _on_none(day: date, whose: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """Money on no line is a credit of its owner."""
    entry = JournalEntry
    cents = func.sum(entry.amount_cents)
    return (
        select(
            entry.responsible,
            entry.charge_line_id,
            _OWNER.label("owner_id"),
            null().label("since"),
            literal(0).label("left"),
            cents.label("credit"),
        )
        .where(entry.charge_line_id.is_(None), entry.posted_on <= day, *whose)
        .group_by(entry.responsible, entry.charge_line_id, _OWNER)
        .having(cents != 0)
    )


def _open_lines(day: date, whose: Sequence[ColumnElement[bool]]) -> Select[int | None]:
    """The lines that may have something open; years of settled ones are left out before anything is sorted.

    A line on which two payers or two households have entries is taken, whatever its sums.
    """
    entry = JournalEntry
    by_payer = entry.responsible == Party.PAYER
    payer = case((by_payer, entry.payer_id))
    return (
        select(entry.charge_line_id)
        .where(entry.charge_line_id.is_not(None), entry.posted_on <= day, *whose)
        .group_by(entry.charge_line_id)
        .having(
            (func.sum(case((by_payer, entry.amount_cents), else_=0)) != 0)
            | (func.sum(case((by_payer, 0), else_=entry.amount_cents)) != 0)
            | (func.min(payer) != func.max(payer))
            | (func.min(entry.account_id) != func.max(entry.account_id))
        )
    )
