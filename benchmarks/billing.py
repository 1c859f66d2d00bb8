"""Claims written, remittances posted, receivables aged: each beside the bare work of the same rows."""

import io
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import event, insert, select

from benchmarks.measure import PAIRS, Measure, compared, of_pairs, timed
from benchmarks.on_claims import Row, with_claims
from benchmarks.on_engines import ENGINES, office_on
from benchmarks.on_remittances import answer, megabytes_for
from frontdesk.formats.x12.envelope import Group, Interchange
from frontdesk.formats.x12.professional_claim import (
    VERSION,
    Address,
    BillingProvider,
    Claim,
    ClaimFile,
    Insured,
    Line,
    Policy,
    Provider,
    Receiver,
    Submitter,
)
from frontdesk.formats.x12.professional_claim_writer import write_claims
from frontdesk.formats.x12.tokens import blocks
from frontdesk.formats.x12.writer import Writer
from frontdesk.models.billing.journal import JournalEntry, Posting
from frontdesk.services.billing import aging, remittances
from tests.builders import payer
from tests.office import Office

NAMES = (
    "x12_write",
    "x12_write_scale",
    "post_835_sqlite",
    "post_835_postgres",
    "post_835_memory",
    "aging",
)
_CLAIMS = 10_000
_ANSWERED = int(os.environ.get("ANSWERED", "10000"))
_OPEN = int(os.environ.get("OPEN_LINES", "200000"))
_SMALL_MB, _LARGE_MB = 20, 80
_AT = datetime(2026, 3, 17, 10, 42, tzinfo=UTC)


def measures(wanted: set[str]) -> Iterator[Measure]:
    """The rows that are wanted."""
    if "x12_write" in wanted:
        claims = [claim(number) for number in range(_CLAIMS)]
        ready = [segment for block in blocks(io.BytesIO(written(claims))) for segment in block.segments]

        def limit() -> bytes:
            return "".join(["*".join(segment) + "~" for segment in ready]).encode()

        assert limit() == written(claims)
        yield compared("x12_write", lambda: written(claims), limit, goal=6.0)
    if "x12_write_scale" in wanted:
        many = [claim(number) for number in range(_CLAIMS)]
        few = many[:100]
        for some in (many, few):
            written(some)
        pairs = [
            (
                timed(lambda: written(many)) / len(many),
                timed(lambda: [written(few) for _ in range(20)]) / 20 / len(few),
            )
            for _ in range(PAIRS)
        ]
        yield of_pairs("x12_write_scale", pairs, goal=1.3, unit="ms", scale=1000)
    for engine in ENGINES:
        if f"post_835_{engine}" in wanted:
            yield _posting(engine)
    if "post_835_memory" in wanted:
        # Once: it does not vary, and takes minutes.
        pairs = [(megabytes_for(_LARGE_MB)[0], megabytes_for(_SMALL_MB)[0])]
        yield of_pairs("post_835_memory", pairs, goal=1.2, unit="MB")
    if "aging" in wanted:
        yield _aging()


def _posting(engine: str) -> Measure:
    """A remittance of many claims, posted whole and durably; the limit writes its ledger rows alone."""
    with office_on(engine) as office:
        names = with_claims(office, _ANSWERED)
        claims = [answer(number, controls) for number, controls in names]
        pairs = []
        for turn in range(PAIRS + 1):
            told = payer.written(*claims, trace=f"77{turn:06}")
            remittance = payer.let_in(office, told)
            ours = timed(lambda: office.do(remittances.post, remittance_id=remittance))  # noqa: B023 - run at once
            rows = _rows_of(office, remittance, turn)
            limit = timed(lambda: _write(office, rows))  # noqa: B023 - run at once
            if turn:
                pairs.append((ours / _ANSWERED, limit / _ANSWERED))
    return of_pairs(f"post_835_{engine}", pairs, goal=3.0, unit="ms", scale=1000)


def _rows_of(office: Office, remittance_id: int, turn: int) -> tuple[list[Row], list[Row]]:
    """The postings and entries of a remittance, with ids that are free."""
    shift = (turn + 1) * 100_000_000_000
    with office.database.engines.read.connect() as connection:
        postings = [
            dict(row)
            for row in connection.execute(
                select(Posting.__table__).where(Posting.remittance_id == remittance_id).order_by(Posting.id)
            ).mappings()
        ]
        ids = {row["id"]: shift + place for place, row in enumerate(postings)}
        entries = [
            dict(row)
            for row in connection.execute(
                select(JournalEntry.__table__)
                .join(Posting, Posting.id == JournalEntry.posting_id)
                .where(Posting.remittance_id == remittance_id)
                .order_by(JournalEntry.id)
            ).mappings()
        ]
    return (
        [{**row, "id": ids[row["id"]]} for row in postings],
        [
            {**row, "id": shift + 10_000_000 + place, "posting_id": ids[row["posting_id"]]}
            for place, row in enumerate(entries)
        ],
    )


def _write(office: Office, rows: tuple[list[Row], list[Row]]) -> None:
    postings, entries = rows
    with office.database.engines.write.begin() as connection:
        connection.execute(insert(JournalEntry), entries)
        connection.execute(insert(Posting), postings)


def _aging() -> Measure:
    """The receivables of 200,000 open lines by age and owner; the limit is the same SQL, bare."""
    with office_on("sqlite") as office:
        with_claims(office, _OPEN, patients=10)
        statements: list[tuple[str, Any]] = []
        engine = office.database.engines.read

        def heard(_: object, __: object, statement: str, parameters: Any, *rest: object) -> None:
            statements.append((statement, parameters))

        event.listen(engine, "before_cursor_execute", heard)
        assert office.ask(aging.aging).total > 0
        event.remove(engine, "before_cursor_execute", heard)
        statement, parameters = next(each for each in statements if "over" in each[0].lower())

        def limit() -> int:
            with engine.connect() as connection:
                return len(connection.exec_driver_sql(statement, parameters).fetchall())

        return compared("aging", lambda: office.ask(aging.aging), limit, goal=2.0)


def written(claims: list[Claim]) -> bytes:
    """A file of claims, whole."""
    out = io.BytesIO()
    writer = Writer(out)
    header = ClaimFile(
        Submitter("HARBOR POINT", "931234567", "BILLING OFFICE", "5035550100"),
        Receiver("TIDE CLEARING", "TIDE01"),
        "000001",
        _AT,
    )
    interchange = Interchange("931234567", "TIDE01", "000000001", _AT)
    group = Group("HC", "931234567", "TIDE01", "1", _AT, VERSION)
    with writer.interchange(interchange), writer.group(group):
        write_claims(writer, header, claims, control_number="0001")
    return out.getvalue()


def claim(number: int) -> Claim:
    """A claim of two services, each with its own names and numbers."""
    served = date(2026, 3, 2) + timedelta(days=number % 28)
    home = Address(f"{number % 9999} ALDER COURT", "", "BEAVERTON", "OR", "97005")
    return Claim(
        number=f"26-{number:05}",
        charge_cents=24500,
        place_of_service="11",
        diagnoses=("Z0000", "I10"),
        lines=(
            Line("99214", 16500, served, (1,), f"26-{number:05}-1", ("25",)),
            Line("93000", 8000, served, (2, 1), f"26-{number:05}-2", units=Decimal(1)),
        ),
        policy=Policy(
            "BCBS",
            "00851",
            f"XQP{number:09}",
            Insured(f"CASTILLO{number % 977}", "RAYMOND", "J", "", date(1966, 8, 30), "M", home),
            group_number="0071-442",
            filing_code="BL",
        ),
        billing=_HARBOR,
        rendering=Provider("LEE", "SUSAN", "1700000007", "207Q00000X"),
    )


_HARBOR = BillingProvider(
    "HARBOR POINT FAMILY MEDICINE",
    "1234567893",
    "931234567",
    "207Q00000X",
    Address("410 HARBOR STREET", "", "PORTLAND", "OR", "972041830"),
)
