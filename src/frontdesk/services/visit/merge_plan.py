"""What a merge would do, row by row: adjusted, moved, or left behind; and what it must say and ask."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, select

from frontdesk.models.guards import Overlap
from frontdesk.services.visit import merge_columns as columns
from frontdesk.services.visit.merge_columns import Pointer
from frontdesk.services.work import Work

# Any, in this file: columns of whatever table, read by name.
AnyRow = Row[*tuple[Any, ...]]


class Side(StrEnum):
    """One of the two charts."""

    STAYS = "stays"
    GOES = "goes"


@dataclass(frozen=True, slots=True)
class MergeDraft:
    """Two charts, which of them stays, why, and what was chosen where both say something else."""

    stays_id: int
    goes_id: int
    reason: str = ""
    take: tuple[str, ...] = ()
    """The fields in which the value of the chart that goes wins."""
    coverage_first: Side = Side.STAYS
    """Whose coverage pays first where both have one in the same place."""
    address_from: Side = Side.STAYS
    """Whose address holds from today where both have one of a kind."""


@dataclass(frozen=True, slots=True)
class Change:
    """A value in the place of another; plain JSON values."""

    table: str
    row_id: int
    column: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Collision:
    """Where both charts cannot simply stand in one, and how it is resolved."""

    sentence: str
    resolution: str
    choice: str = ""
    """The field of `MergeDraft` that decides it, where it is asked."""


@dataclass(slots=True)
class Plan:
    """The changes in their order: first what is adjusted, then what is moved."""

    work: Work
    draft: MergeDraft
    adjusted: list[Change] = field(default_factory=list)
    moved: list[Change] = field(default_factory=list)
    left: dict[str, list[int]] = field(default_factory=dict)
    """By table, the rows that stay with the chart that goes."""
    collisions: list[Collision] = field(default_factory=list)
    accounts: tuple[int, int] | None = None
    """The account that stays and the one that goes into it."""

    def adjust(self, table: str, row_id: int, column: str, old: Any, new: Any) -> None:
        """Put a value in the place of another before anything is moved."""
        self.adjusted.append(Change(table, row_id, column, plain(old), plain(new)))

    def collide(self, sentence: str, resolution: str, choice: str = "") -> None:
        said = Collision(sentence, resolution, choice)
        if said not in self.collisions:
            self.collisions.append(said)

    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many rows of each table are moved, each row once."""
        found: dict[str, set[int]] = {}
        for change in self.moved:
            found.setdefault(change.table, set()).add(change.row_id)
        return tuple((table, len(rows)) for table, rows in sorted(found.items()))

    def now(self, table: str, row: AnyRow, column: str) -> Any:
        """A value of a row as it will be when the adjustments are made."""
        for change in reversed(self.adjusted):
            if (change.table, change.row_id, change.column) == (table, row.id, column):
                return typed(columns.table_named(table).columns[column].type.python_type, change.new)
        return getattr(row, column)


def rows_of(work: Work, pointer: Pointer, whose: int) -> list[AnyRow]:
    """The rows whose column names this patient or account, in the order of their ids."""
    return list(
        work.session.execute(select(pointer.table).where(pointer.column == whose).order_by(pointer.id))
    )


def move(plan: Plan, at: str, goes: int, stays: int) -> None:
    """Plan every row of one side for the other, but those that cannot stand there."""
    for pointer in columns.pointers(at):
        rows = rows_of(plan.work, pointer, goes)
        if not rows:
            continue
        left = set(_left(plan, pointer, rows, stays))
        name = pointer.of
        if left:
            plan.left.setdefault(name, []).extend(sorted(left))
        plan.moved += [Change(name, row.id, pointer.name, goes, stays) for row in rows if row.id not in left]


def _left(plan: Plan, pointer: Pointer, rows: list[AnyRow], stays: int) -> Iterable[int]:
    """Rows that would break a rule of their table beside those that are there."""
    table = pointer.of
    others = [
        other.name
        for other in columns.pointers(pointer.at)
        if other.table is pointer.table and other.column is not pointer.column
    ]
    for row in rows:
        if any(getattr(row, other) == stays for other in others):
            yield row.id  # it links the two charts: it would name one and the same
    there = None
    for rule in columns.once(pointer):
        keys = [name for name in rule.columns if name != pointer.name]
        taken = {
            tuple(plan.now(table, row, key) for key in keys)
            for row in _counting(plan, pointer, stays, rule.where)
            if all(getattr(row, key) is not None for key in keys)
        }
        counting = {row.id for row in _counting(plan, pointer, rows[0]._mapping[pointer.column], rule.where)}
        for row in rows:
            if row.id in counting and tuple(plan.now(table, row, key) for key in keys) in taken:
                yield row.id
    for span in columns.overlaps(pointer):
        there = rows_of(plan.work, pointer, stays) if there is None else there
        keys = [name for name in span.keys if name != pointer.name]
        for row in rows:
            if any(
                _counts(plan, span, table, row)
                and _counts(plan, span, table, other)
                and all(plan.now(table, row, key) == plan.now(table, other, key) for key in keys)
                and _meet(plan, span, table, row, other)
                for other in there
            ):
                yield row.id


def _counting(plan: Plan, pointer: Pointer, whose: int, where: Any) -> list[AnyRow]:
    found = select(pointer.table).where(pointer.column == whose).order_by(pointer.id)
    if where is not None:
        found = found.where(where)
    ended = {
        change.row_id
        for change in plan.adjusted
        if change.table == pointer.of and change.column == "ended_on" and change.new is not None
    }
    return [row for row in plan.work.session.execute(found) if row.id not in ended or where is None]


def _counts(plan: Plan, span: Overlap, table: str, row: AnyRow) -> bool:
    return span.when is None or bool(plan.now(table, row, span.when))


def _meet(plan: Plan, span: Overlap, table: str, one: AnyRow, other: AnyRow) -> bool:
    return meet(
        (plan.now(table, one, span.starts), plan.now(table, one, span.ends)),
        (plan.now(table, other, span.starts), plan.now(table, other, span.ends)),
    )


def meet(one: tuple[Any, Any], other: tuple[Any, Any]) -> bool:
    """Whether two spans share a day; dates, both inclusive, an empty end is open."""
    return (other[1] is None or one[0] <= other[1]) and (one[1] is None or other[0] <= one[1])


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def written(value: Any) -> str:
    """A value as the log of a merge keeps it."""
    return json.dumps(plain(value), ensure_ascii=False)


def typed(kind: type[Any], value: Any) -> Any:
    """The value again that `plain` made JSON of."""
    if value is None or not isinstance(value, str):
        return value
    if issubclass(kind, StrEnum):
        return kind(value)
    return kind.fromisoformat(value) if issubclass(kind, date) else value
