"""Rules that the database itself keeps, on both engines, whoever writes to it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import DDL, Column, Date, MetaData, Table, event

from frontdesk.models.base import Base

_STATEMENTS: list[tuple[Table | MetaData, str, str, str]] = []


def _run(target: Table | MetaData, moment: str, dialect: str, statement: str) -> None:
    _STATEMENTS.append((target, moment, dialect, statement))


def run_with_creation() -> None:
    """Let the creation of the tables run the rules' statements; only a migration creates tables."""
    for target, moment, dialect, statement in _STATEMENTS:
        run = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call] # SQLAlchemy 2.1 left it untyped
        event.listen(target, moment, run.execute_if(dialect=dialect))


_run(Base.metadata, "before_create", "postgresql", "CREATE EXTENSION IF NOT EXISTS btree_gist")
_run(
    Base.metadata,
    "before_create",
    "postgresql",
    "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', "
    "MESSAGE = TG_ARGV[0], CONSTRAINT = TG_ARGV[0]; END $$",
)


_MERGED_WITH = {
    "patient.id": ("goes_id", "stays_id"),
    "account.id": ("account_goes_id", "account_stays_id"),
}
"""Whose rows a merge of two charts re-points, and the sides of the merge in `patient_merge`."""

OVERLAPS: list["Overlap"] = []
"""Every rule of `no_overlap`, for the merge of charts, which must resolve it beforehand."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """That two rows of the same keys may not overlap."""

    table: str
    keys: tuple[str, ...]
    starts: str
    ends: str
    when: str | None


def two_persons(first: str, second: str) -> str:
    """What holds where one person did this and another that, by the columns of their names.

    Accounts tell people apart, for a name may change; names where somebody has no account.
    """
    both = f"{first}_id IS NOT NULL AND {second}_id IS NOT NULL"
    return f"CASE WHEN {both} THEN {first}_id <> {second}_id ELSE {first} <> {second} END"


def append_only(model: type[Base] | Table, *, but: Collection[str] = ()) -> None:
    """Refuse DELETE, and UPDATE of any column not named in `but`; the constraint is `append_only_<table>`.

    A column that points at a patient or an account may change between the sides of a merge under way.
    """
    table = _table(model)
    name = f"append_only_{table.name}"
    pointing = [column.name for column in table.columns if column.name not in but and points_at(column)]
    kept = ", ".join(c.name for c in table.columns if c.name not in but and c.name not in pointing)
    for verb, act in (("delete", "DELETE"), ("update", f"UPDATE OF {kept}")):
        refuse_when(table, f"{name}_{verb}", act, message=name)
    for column in pointing:
        refuse_when(
            table, f"{name}_{column}", f"UPDATE OF {column}", message=name, when=but_merging(table, column)
        )


def points_at(column: Column[Any]) -> str | None:
    """ "patient.id" or "account.id", where the column is a foreign key to one of them."""
    targets = (key.target_fullname for key in column.foreign_keys)
    return next((target for target in targets if target in _MERGED_WITH), None)


def but_merging(model: type[Base] | Table, column: str) -> str:
    """The condition that a pointing column changes, and not between the sides of a merge under way."""
    target = points_at(_table(model).columns[column])
    assert target is not None, f"{column} points at no patient and no account"
    goes, stays = _MERGED_WITH[target]
    return (
        f"NEW.{column} IS DISTINCT FROM OLD.{column} AND NOT EXISTS (SELECT 1 FROM patient_merge"
        f" WHERE patient_merge.is_moving AND ("
        f"(patient_merge.{goes} = OLD.{column} AND patient_merge.{stays} = NEW.{column})"
        f" OR (patient_merge.{stays} = OLD.{column} AND patient_merge.{goes} = NEW.{column})))"
    )


def refuse_when(
    model: type[Base] | Table, trigger: str, act: str, *, message: str, when: str | None = None
) -> None:
    """Refuse `act` ("DELETE", "UPDATE OF a, b", "INSERT") where the condition on NEW and OLD holds.

    The refusal carries `message` in the place of a constraint's name, so that
    `services.sentences.says(message, ...)` can put it into words.
    """
    table = _table(model)
    condition = f"WHEN ({when}) " if when else ""
    _after_create(
        table,
        sqlite=f"CREATE TRIGGER {trigger} BEFORE {act} ON {table.name} {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
    )
    if when and "SELECT" in when:
        # PostgreSQL allows no query in a trigger's WHEN; the condition moves into a function.
        _after_create(
            table,
            postgresql=f"CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {when} THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', "
            f"MESSAGE = '{message}', CONSTRAINT = '{message}'; END IF; "
            f"RETURN {'OLD' if act == 'DELETE' else 'NEW'}; END $$",
        )
        _after_create(
            table,
            postgresql=f"CREATE TRIGGER {trigger} BEFORE {act} ON {table.name} FOR EACH ROW "
            f"EXECUTE FUNCTION {trigger}()",
        )
        return
    _after_create(
        table,
        postgresql=f"CREATE TRIGGER {trigger} BEFORE {act} ON {table.name} FOR EACH ROW {condition}"
        f"EXECUTE FUNCTION refuse('{message}')",
    )


def no_overlap(
    model: type[Base] | Table,
    *,
    by: str | Sequence[str],
    starts: str = "starts",
    ends: str = "ends",
    when: str | None = None,
    within_days: int | None = None,
) -> None:
    """Refuse two rows of the same `by` whose spans overlap; the constraint is `no_overlap_<table>`.

    Wall times are half-open (a visit may start when another ends); dates are inclusive, and an
    empty end is open. `when` names a boolean column: only true rows count. `within_days` is the
    longest a span can be (kept by a CHECK of the table): it bounds SQLite's search of the past.
    """
    table = _table(model)
    keys = (by,) if isinstance(by, str) else tuple(by)
    name = f"no_overlap_{table.name}"
    OVERLAPS.append(Overlap(table.name, keys, starts, ends, when))
    dates = isinstance(table.columns[starts].type, Date)
    span = f"daterange({starts}, {ends}, '[]')" if dates else f"tsrange({starts}, {ends})"
    same = ", ".join(f"{key} WITH =" for key in keys)
    where = f" WHERE ({when})" if when else ""
    conditions = [f"other.{key} = NEW.{key}" for key in keys] + ["other.id <> NEW.id"]
    if when:
        conditions.append(f"other.{when}")
    if dates:
        forever = "'9999-12-31'"
        conditions += [
            f"other.{starts} <= coalesce(NEW.{ends}, {forever})",
            f"NEW.{starts} <= coalesce(other.{ends}, {forever})",
        ]
    else:
        conditions += [f"other.{starts} < NEW.{ends}", f"NEW.{starts} < other.{ends}"]
    if within_days is not None:
        conditions.append(f"other.{starts} >= date(NEW.{starts}, '-{within_days} days')")
    clash = f"EXISTS (SELECT 1 FROM {table.name} AS other WHERE {' AND '.join(conditions)})"
    if when:
        clash = f"NEW.{when} AND {clash}"
    _after_create(
        table,
        postgresql=f"ALTER TABLE {table.name} ADD CONSTRAINT {name} "
        f"EXCLUDE USING gist ({same}, {span} WITH &&){where}",
    )
    watched = ", ".join([*keys, starts, ends, *([when] if when else [])])
    for verb, act in (("insert", "INSERT"), ("update", f"UPDATE OF {watched}")):
        _after_create(
            table,
            sqlite=f"CREATE TRIGGER {name}_{verb} BEFORE {act} ON {table.name} WHEN {clash} "
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END",
        )


def also_create(model: type[Base] | Table, **statements: str) -> None:
    """Run a statement of each engine's own after the table is made: `sqlite=..., postgresql=...`."""
    _after_create(_table(model), **statements)


def _after_create(table: Table, **statements: str) -> None:
    for dialect, statement in statements.items():
        _run(table, "after_create", dialect, statement)


def _table(model: type[Any] | Table) -> Table:  # Any: a mapped class; its __table__ is typed FromClause
    table = model if isinstance(model, Table) else model.__table__
    assert isinstance(table, Table)
    return table
