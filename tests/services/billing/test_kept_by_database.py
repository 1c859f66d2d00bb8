"""What was posted, sent, received or sealed is kept by the database itself, whoever writes to it."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, Table, column, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from frontdesk.kernel.errors import Refused
from frontdesk.models import billing, every_table
from frontdesk.models.base import Base
from frontdesk.models.guards import points_at
from frontdesk.services.engine_errors import ours
from frontdesk.services.sentences import said_of
from tests.office import Office
from tests.services.billing import every_command

_EVIDENCE = (
    "sha256",
    "content",
    "frozen",
    "fingerprint",
    "posted_on",
    "received_on",
    "closed_on",
    "issued_on",
)
"""Columns besides amounts of money that nobody may ever change."""

_OF_THE_OFFICE = {
    "remittance_claim": {"contract_cents", "patient_cents", "other_cents", "decided_off_cents"},
}
"""What the office makes of a payer's reasons, by policy or decision: it may change until the posting."""

_OF_NOBODY = {"account_id": None, "payer_id": None, "charge_line_id": None, "responsible": "patient"}
_NONSENSE: tuple[tuple[str, str, dict[str, Any]], ...] = (  # Any: column values
    ("journal_entry", "amount_possible", {"amount_cents": 0, "kind": "correction"}),
    ("journal_entry", "amount_possible", {"amount_cents": -(10**9), "kind": "write_off"}),
    ("journal_entry", "sign_fits_kind", {"kind": "refund", "amount_cents": -100, "charge_line_id": None}),
    ("journal_entry", "sign_fits_kind", {"kind": "payment", "amount_cents": 100}),
    ("journal_entry", "sign_fits_kind", {"kind": "write_off", "amount_cents": 100}),
    ("journal_entry", "payer_is_named", {"kind": "transfer", "responsible": "payer", "payer_id": None}),
    ("journal_entry", "belongs_to_someone", {"kind": "refund", **_OF_NOBODY}),
    ("journal_entry", "line_fits_kind", {"kind": "unapplied", "amount_cents": -100}),
    ("charge_line", "amount_possible", {"amount_cents": 0}),
    ("charge_line", "amount_possible", {"amount_cents": -100}),
    ("charge_line", "units_possible", {"units": 0}),
    ("receipt_tender", "amount_possible", {"amount_cents": 0, "receipt_id": 4}),
    ("receipt_tender", "amount_possible", {"amount_cents": -100, "receipt_id": 4}),
    ("claim", "charge_possible", {"charge_cents": 0}),
    ("claim", "payer_id", {"payer_id": None}),
    ("claim_batch", "holds_claims", {"charge_cents": 0}),
    ("remittance", "posted_has_time", {"state": "posted", "posted_at": None}),
    ("remittance", "held_has_reason", {"state": "held", "held_reason": "", "posted_at": None}),
    ("statement", "asks_for_something", {"balance_cents": 0}),
    ("statement", "asks_for_something", {"balance_cents": -100}),
    ("drawer_count", "difference_is_so", {"counted_on": date(2030, 1, 1), "over_short_cents": 1}),
    ("day_close", "day_close_", {"closed_on": date(2020, 1, 1)}),
    ("day_close", "day_close_agrees_with_journal", {"closed_on": date(2030, 1, 1), "closing_cents": 1}),
)
"""A table, the rule that fires, and what is wrong with a row that is otherwise like one that is there."""

_PLAIN = said_of(None).message


def test_no_amount_no_file_and_no_day_of_the_books_is_ever_changed(office: Office) -> None:
    every_command.run(office)
    kept = _append_only(office)
    assert {
        "posting",
        "journal_entry",
        "receipt",
        "receipt_tender",
        "claim_version",
        "claim_batch",
        "remittance",
        "remittance_claim",
        "remittance_line",
        "remittance_adjustment",
        "statement",
        "drawer_count",
        "day_close",
    } <= {table.name for table in kept}
    for table in kept:
        with office.database.engines.write.begin() as connection:
            rows = connection.scalar(select(func.count()).select_from(table))
        if not rows:
            continue  # a trigger of each row says nothing where there is none
        said = _refused(office, delete(table))
        assert said is not None, f"{table.name} lets its rows go"
        assert said != _PLAIN, f"{table.name} has no sentence of its own"
        open_to_change = {
            each.name for each in table.columns if _refused(office, _changed(table, each.name)) is None
        }
        money = {name for name in open_to_change if name.endswith("_cents") or name in _EVIDENCE}
        assert money <= _OF_THE_OFFICE.get(table.name, set()), f"{table.name} lets {money} be changed"


def test_what_makes_no_sense_is_not_taken(office: Office) -> None:
    every_command.run(office)
    for name, rule, values in _NONSENSE:
        statement = _copied(office, name, values)
        with (
            pytest.raises(IntegrityError, match=rule),
            office.database.engines.write.begin() as connection,
        ):
            connection.execute(statement)


def _append_only(office: Office) -> list[Table]:
    """The tables of billing that the database keeps."""
    every_table()
    with office.database.engines.write.begin() as connection:
        names = _triggers(connection)
    return [
        mapper.local_table
        for mapper in Base.registry.mappers
        if mapper.class_.__module__.startswith(f"{billing.__name__}.")
        and isinstance(mapper.local_table, Table)
        and f"append_only_{mapper.local_table.name}_delete" in names
    ]


def _copied(office: Office, name: str, values: dict[str, Any]) -> Any:  # Any: column values; an insert
    """A row like one that is there, but for these values."""
    table = Base.metadata.tables[name]
    with office.database.engines.write.begin() as connection:
        row = connection.execute(select(table).limit(1)).mappings().one()
    posting = {"posting_id": 5000} if name == "journal_entry" else {}
    return insert(table).values({**row, "id": 5, **posting, **_unlike(table), **values})


def _triggers(connection: Connection) -> set[str]:
    if connection.dialect.name == "postgresql":
        found = connection.exec_driver_sql("SELECT tgname FROM pg_trigger")
    else:
        found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return {str(name) for (name,) in found}


def _changed(table: Table, name: str) -> Any:  # Any: insert, update and delete share no base
    # Where a merge of two charts may move a row, only another value is a change.
    elsewhere = points_at(table.columns[name]) is not None
    return update(table).values({name: -1 if elsewhere else column(name)})


def _unlike(table: Table) -> dict[str, int]:
    """Other values where a table wants each only once."""
    return {
        each.name: 900_001
        for each in table.columns
        if each.unique and each.type.python_type is int and each.name != "id" and not each.foreign_keys
    }


def _refused(office: Office, statement: Any) -> str | None:  # Any: as above
    """What the office says of a statement that goes round the services; None where it is carried out."""
    try:
        with office.database.engines.write.begin() as connection:
            connection.execute(statement)
            connection.rollback()
    except IntegrityError as error:
        said = ours(error)
        return str(said) if isinstance(said, Refused) else "The database refuses it."
    return None
