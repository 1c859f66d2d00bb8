"""An office with many sent claims: one made the usual way, the others its copies, written in bulk."""

from typing import Any

from sqlalchemy import Connection, insert, select

from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim, ClaimLine
from frontdesk.models.billing.journal import JournalEntry, Posting
from tests.builders.claims import insured, sent
from tests.office import Office

Row = dict[str, Any]  # Any: column values
_FIRST_COPY = 1_000_000
_AT_ONCE = 5_000


def with_claims(office: Office, count: int, *, patients: int = 1) -> list[tuple[str, list[str]]]:
    """The numbers of so many claims that lie with the payer, each with those of its lines."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [
        ("Raymond", f"Castillo{letters[n // 26]}{letters[n % 26]}", f"XQP{n:09}") for n in range(patients)
    ]
    firsts = [sent(office, insured(office, *name)) for name in names]
    told: list[tuple[str, list[str]]] = []
    with office.database.engines.write.begin() as connection:
        sources = [_source(connection, claim_id) for claim_id in firsts]
        for start in range(0, count, _AT_ONCE):
            rows = _Copies()
            numbers = range(start, min(start + _AT_ONCE, count))
            told += [rows.add(sources[number % patients], number) for number in numbers]
            rows.write(connection)
    return told


class _Source:
    """A claim with all that hangs on it."""

    def __init__(self, claim: Row, lines: list[tuple[Row, Row, Row, list[Row]]]) -> None:
        self.claim = claim
        self.lines = lines
        """Claim line, charge line, its posting, its entries."""


def _source(connection: Connection, claim_id: int) -> _Source:
    claim = _one(connection, select(Claim.__table__).where(Claim.id == claim_id))
    lines = []
    for own in _all(connection, select(ClaimLine.__table__).where(ClaimLine.claim_id == claim_id)):
        charge = _one(connection, select(ChargeLine.__table__).where(ChargeLine.id == own["charge_line_id"]))
        entries = _all(
            connection, select(JournalEntry.__table__).where(JournalEntry.charge_line_id == charge["id"])
        )
        posting = _one(connection, select(Posting.__table__).where(Posting.id == entries[0]["posting_id"]))
        lines.append((own, charge, posting, entries))
    return _Source(claim, lines)


class _Copies:
    """Rows to be written, table by table, a posting behind its entries."""

    def __init__(self) -> None:
        self._rows: dict[Any, list[Row]] = {  # Any: mapped classes
            ChargeLine: [],
            JournalEntry: [],
            Posting: [],
            Claim: [],
            ClaimLine: [],
        }

    def add(self, source: _Source, number: int) -> tuple[str, list[str]]:
        base = _FIRST_COPY + number * 32
        name = f"90-{number:06}"
        self._rows[Claim].append({**source.claim, "id": base, "number": name})
        controls = []
        for place, (own, charge, posting, entries) in enumerate(source.lines, 1):
            at = base + place * 8
            controls.append(f"{name}-{place}")
            self._rows[ChargeLine].append({**charge, "id": at})
            self._rows[Posting].append({**posting, "id": at + 1})
            self._rows[JournalEntry] += [
                {**entry, "id": at + 2 + n, "posting_id": at + 1, "charge_line_id": at}
                for n, entry in enumerate(entries)
            ]
            self._rows[ClaimLine].append(
                {**own, "id": at + 7, "claim_id": base, "charge_line_id": at, "control_number": controls[-1]}
            )
        return name, controls

    def write(self, connection: Connection) -> None:
        for table, rows in self._rows.items():
            connection.execute(insert(table), rows)


def _one(connection: Connection, wanted: Any) -> Row:  # Any: a select of one table
    return dict(connection.execute(wanted).mappings().one())


def _all(connection: Connection, wanted: Any) -> list[Row]:  # Any: a select of one table
    return [dict(row) for row in connection.execute(wanted).mappings()]
