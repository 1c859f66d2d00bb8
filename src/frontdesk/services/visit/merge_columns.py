"""Which columns of all tables point at a patient or an account, read from the tables themselves.

A table that is added later is moved by a merge without anybody thinking of it; its words on the screen
are its name until it gets better ones here.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import Column, Index, Table, UniqueConstraint

from frontdesk.models import every_table, guards
from frontdesk.models.guards import Overlap, points_at

PATIENT: Final = "patient.id"
ACCOUNT: Final = "account.id"

DERIVED: Final = frozenset({"patient_search_key", "patient_match_key", "patient_recency"})
"""Made from the other rows: made anew, never moved."""
RECORDS: Final = frozenset({"patient_merge", "duplicate_pair"})
"""About the two charts as two: they stay as they are."""
CHAIN: Final = frozenset({("patient", "merged_into_id")})
"""A chart that was merged into one that goes now leads on over it."""

_NAMES: Final = {
    "account": "account held",
    "account_member": "account membership",
    "accounting_request": "request for accounting",
    "agency_payment": "payment to an agency",
    "amendment_request": "request to amend",
    "appointment": "visit",
    "charge_line": "charge",
    "chart_volume": "paper volume",
    "claim": "claim",
    "collection_call": "collection call",
    "collection_step": "collection step",
    "consent": "consent",
    "consent_print": "printed form",
    "coverage": "coverage",
    "demographics_review": "review of data",
    "disclosure": "disclosure",
    "disclosure_suspension": "suspended accounting",
    "document": "document",
    "document_move": "document moved before",
    "disposal_item": "entry of a disposal run",
    "former_name": "former name",
    "id_scan": "ID scan",
    "hardship": "hardship application",
    "identity_check": "identity check",
    "import_review": "imported line",
    "journal_entry": "ledger entry",
    "legal_hold": "legal hold",
    "message": "message",
    "no_checks": "mark that no checks are taken",
    "outbound_request": "request to another office",
    "patient_address": "address",
    "patient_alert": "alert",
    "patient_contact": "contact",
    "patient_identifier": "number in another system",
    "patient_phone": "phone",
    "payment_plan": "payment plan",
    "payment_promise": "promise to pay",
    "policy": "policy as subscriber",
    "prior_provider": "prior provider",
    "receipt": "receipt",
    "recall_contact": "recall contact",
    "red_flag_answer": "red flag question",
    "refund": "refund",
    "release_request": "request for copies",
    "self_pay": "self-pay choice",
    "slot_hold": "held time",
    "statement": "statement",
    "statement_hold": "hold of statements",
    "superbill": "superbill",
    "tied_paper": "paper tied to the chart",
    "visit_request": "visit request",
    "waitlist_entry": "waitlist entry",
}
_MANY: Final = {
    "account": "accounts held",
    "accounting_request": "requests for accounting",
    "agency_payment": "payments to an agency",
    "disclosure_suspension": "suspended accountings",
    "amendment_request": "requests to amend",
    "outbound_request": "requests to other offices",
    "disposal_item": "entries of disposal runs",
    "journal_entry": "ledger entries",
    "no_checks": "marks that no checks are taken",
    "patient_address": "addresses",
    "document_move": "documents moved before",
    "demographics_review": "reviews of data",
    "patient_identifier": "numbers in other systems",
    "policy": "policies as subscriber",
    "release_request": "requests for copies",
    "tied_paper": "papers tied to the chart",
    "waitlist_entry": "waitlist entries",
}


@dataclass(frozen=True, slots=True)
class Pointer:
    """A column that names a patient, or an account."""

    table: Table
    column: Column[Any]  # Any: an id, whatever its type
    at: str

    @property
    def name(self) -> str:
        """The column's name, plain: SQLAlchemy's own kind of text is no JSON."""
        return str(self.column.name)

    @property
    def of(self) -> str:
        """The table's name, plain."""
        return str(self.table.name)

    @property
    def id(self) -> Column[Any]:
        """The key of its row."""
        found: Column[Any] = self.table.columns["id"]
        return found


@cache
def pointers(at: str) -> tuple[Pointer, ...]:
    """The columns that a merge moves, by table and column name."""
    return tuple(
        Pointer(table, column, at)
        for _, table in sorted(_tables().items())
        if table.name not in DERIVED | RECORDS
        for column in sorted(table.columns, key=lambda column: column.name)
        if points_at(column) == at and (table.name, column.name) not in CHAIN
    )


def table_named(name: str) -> Table:
    """A table of the office."""
    return _tables()[name]


def said(table: str, count: int) -> str:
    """ "3 visits"; a table that nobody named yet by its own name."""
    one = _NAMES.get(table, table.replace("_", " "))
    return f"{count} {one if count == 1 else _MANY.get(table, f'{one}s')}"


def one_said(table: str) -> str:
    """ "Visit"."""
    return _NAMES.get(table, table.replace("_", " ")).capitalize()


@dataclass(frozen=True, slots=True)
class Once:
    """That a value may stand once beside the same values of these columns; `where`: only such rows count."""

    columns: tuple[str, ...]
    where: Any  # Any: SQLAlchemy's own clause, or None


def once(pointer: Pointer) -> tuple[Once, ...]:
    """The unique rules of a table that a moved row could break."""
    name = pointer.name
    found = [
        Once(tuple(column.name for column in constraint.columns), None)
        for constraint in pointer.table.constraints
        if isinstance(constraint, UniqueConstraint) and name in constraint.columns
    ]
    found += [
        Once(tuple(column.name for column in index.columns), _where(index))
        for index in pointer.table.indexes
        if index.unique and name in index.columns
    ]
    return tuple(sorted(found, key=lambda rule: rule.columns))


def overlaps(pointer: Pointer) -> tuple[Overlap, ...]:
    """The rules of `no_overlap` that a moved row could break."""
    return tuple(rule for rule in guards.OVERLAPS if rule.table == pointer.of and pointer.name in rule.keys)


def _where(index: Index) -> Any:  # Any: see Once
    return index.dialect_options["sqlite"]["where"]


@cache
def _tables() -> dict[str, Table]:
    return {str(table.name): table for table in every_table()}
