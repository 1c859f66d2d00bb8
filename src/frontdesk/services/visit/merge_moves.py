"""Carries out the planned changes, keeps each in the merge's own log, and in the audit entry."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import delete, insert, literal, select, update

from frontdesk.models.base import Base
from frontdesk.models.registration.merge import PatientMergeChange
from frontdesk.models.registration.search_key import PatientRecency
from frontdesk.services.audit import AuditedSession, RowChange
from frontdesk.services.visit import merge_columns as columns
from frontdesk.services.visit.merge_plan import Change, plain, typed, written
from frontdesk.services.work import Work

_AT_ONCE = 500
_RECENCY_NAME = PatientRecency.__tablename__
_RECENCY = Base.metadata.tables[_RECENCY_NAME]
_LOG = Base.metadata.tables[PatientMergeChange.__tablename__]


@dataclass(frozen=True, slots=True)
class Kept:
    """A change of the log, with its values as the database has them."""

    table: str
    row_id: int
    column: str
    old: Any  # Any: a value of whatever column
    new: Any


def carry_out(work: Work, merge_id: int, changes: Sequence[Change]) -> None:
    """Make the changes in their order; those of one kind that follow each other in one statement."""
    work.flush()
    for (table, column, new), same in groupby(changes, key=lambda each: (each.table, each.column, each.new)):
        _set(work, table, column, new, [change.row_id for change in same])
    _note_audit(work, changes)
    _note_log(work, merge_id, changes)
    work.session.expire_all()


def copy_recency(work: Work, merge_id: int, goes: int, stays: int) -> None:
    """Days on which the desk had to do with the going chart count for the other: today's are found first."""
    days = {
        whose: set(work.session.scalars(select(_RECENCY.c.day).where(_RECENCY.c.patient_id == whose)))
        for whose in (goes, stays)
    }
    missing = sorted(days[goes] - days[stays])
    if missing:
        work.session.execute(insert(_RECENCY), [{"day": day, "patient_id": stays} for day in missing])
    _note_log(
        work, merge_id, [Change(_RECENCY_NAME, day.toordinal(), "day", None, plain(day)) for day in missing]
    )


def drop_recency(work: Work, kept: Sequence[Kept], stays: int) -> None:
    """Take the copied days out again."""
    days = [each.new for each in kept if each.table == _RECENCY_NAME]
    work.session.execute(delete(_RECENCY).where(_RECENCY.c.patient_id == stays, _RECENCY.c.day.in_(days)))


def of_merge(work: Work, merge_id: int) -> list[Kept]:
    """What a merge changed, in the order in which it was done."""
    rows = work.session.execute(select(_LOG).where(_LOG.c.merge_id == merge_id).order_by(_LOG.c.place))
    return [
        Kept(
            row.table_name,
            row.row_id,
            row.column_name,
            _typed(row.table_name, row.column_name, row.old_value),
            _typed(row.table_name, row.column_name, row.new_value),
        )
        for row in rows
    ]


def current(work: Work, table: str, column: str, row_ids: Sequence[int]) -> dict[int, Any]:
    """What stands in a column now, by row; a row that is gone is left out."""
    found: dict[int, Any] = {}
    source = columns.table_named(table)
    for start in range(0, len(row_ids), _AT_ONCE):
        some = row_ids[start : start + _AT_ONCE]
        rows = work.session.execute(select(source.c.id, source.c[column]).where(source.c.id.in_(some)))
        found.update((row_id, value) for row_id, value in rows)
    return found


def put_back(work: Work, kept: Sequence[Kept]) -> list[Kept]:
    """Undo changes, the last first, where the new value still stands; gives back those that do not."""
    work.flush()
    changed_since: list[Kept] = []
    back: list[Change] = []
    backwards = [each for each in reversed(kept) if each.table != _RECENCY_NAME]
    for (table, column), some in groupby(backwards, key=lambda each: (each.table, each.column)):
        same = list(some)
        now = current(work, table, column, [each.row_id for each in same])
        fitting = [each for each in same if each.row_id in now and now[each.row_id] == each.new]
        changed_since += [each for each in same if each not in fitting]
        for old, group in groupby(fitting, key=lambda each: plain(each.old)):
            ids = [each.row_id for each in group]
            _set(work, table, column, old, ids)
            back += [Change(table, each, column, plain(now[each]), old) for each in ids]
    _note_audit(work, back)
    work.session.expire_all()
    return changed_since


def _set(work: Work, table: str, column: str, value: Any, row_ids: Sequence[int]) -> None:
    target = columns.table_named(table)
    values: dict[str, Any] = {column: typed(target.c[column].type.python_type, value)}
    if "version" in target.c:
        values["version"] = target.c.version + literal(1)
    for start in range(0, len(row_ids), _AT_ONCE):
        some = row_ids[start : start + _AT_ONCE]
        work.session.execute(update(target).where(target.c.id.in_(some)).values(values))


def _note_audit(work: Work, changes: Sequence[Change]) -> None:
    """They went round the session's own bookkeeping; the entry, and what pages reload by, need them."""
    session = work.session
    assert isinstance(session, AuditedSession), "only a command moves rows"
    session.row_changes += [
        RowChange(each.table, each.row_id, "update", {each.column: [each.old, each.new]}) for each in changes
    ]


def _note_log(work: Work, merge_id: int, changes: Sequence[Change]) -> None:
    first = work.session.scalar(
        select(_LOG.c.place).where(_LOG.c.merge_id == merge_id).order_by(_LOG.c.place.desc()).limit(1)
    )
    rows = [
        {
            "id": work.new_id(),
            "merge_id": merge_id,
            "place": place,
            "table_name": each.table,
            "row_id": each.row_id,
            "column_name": each.column,
            "old_value": written(each.old),
            "new_value": written(each.new),
        }
        for place, each in enumerate(changes, (first or 0) + 1)
    ]
    if rows:
        work.session.execute(insert(_LOG), rows)


def _typed(table: str, column: str, value: str) -> Any:
    return typed(columns.table_named(table).c[column].type.python_type, json.loads(value))
