"""Remittances read and claims' files kept small in memory, beside the bare splitting of the same file."""

import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from benchmarks.measure import Measure, compared, of_pairs, timed
from frontdesk.formats.x12.envelope import Reader
from frontdesk.formats.x12.remittance import (
    Adjustment,
    Organization,
    PaidClaim,
    PaidLine,
    Payment,
    Person,
)
from frontdesk.formats.x12.remittance_reader import RemittanceReader
from frontdesk.formats.x12.remittance_writer import remittance_file

NAMES = ("x12_read", "x12_read_peer", "x12_memory")
_CHECKOUT = Path(__file__).parents[1]
_CLAIM_BYTES = 333
_NOBODY = Person()


def measures(wanted: set[str]) -> Iterator[Measure]:
    """The rows that are wanted, each on a remittance made for it."""
    if "x12_read" in wanted:
        data = remittance(5_000_000)

        def limit() -> None:
            [segment.split("*") for segment in data.decode().split("~")]

        yield compared("x12_read", lambda: claims_in(data), limit, goal=4.0)
    if "x12_read_peer" in wanted:
        yield _beside_a_peer(remittance(300_000))
    if "x12_memory" in wanted:
        pairs = [(_peak(50_000_000), _peak(5_000_000)) for _ in range(3)]
        yield of_pairs("x12_memory", pairs, goal=1.2, unit="MiB", scale=1 / 2**20)


def claims_in(data: bytes) -> int:
    """Reads every claim into its type."""
    return sum(
        1 for message in Reader(io.BytesIO(data)).transaction_sets() for _ in RemittanceReader(message)
    )


def remittance(size: int) -> bytes:
    """An 835 of about so many bytes."""
    claims = [_claim(number) for number in range(size // _CLAIM_BYTES)]
    payment = Payment(
        handling="I",
        paid_cents=sum(claim.paid_cents for claim in claims),
        method="ACH",
        effective_on=date(2026, 3, 16),
        trace="4471900",
        payer_identifier="1935550100",
        produced_on=date(2026, 3, 15),
        payer=Organization("CASCADE HEALTH", "XV", "CASC1", ("1 PIER",), "PORTLAND", "OR", "97204"),
        payee=Organization("HARBOR POINT", "XX", "1234567893"),
    )
    at = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)
    return remittance_file(payment, claims, sender="CASC1", receiver="HARBOR", at=at, number=1)


def _claim(number: int) -> PaidClaim:
    lines = tuple(
        PaidLine(
            number=place,
            qualifier="HC",
            code=code,
            modifiers=(),
            charge_cents=13000,
            paid_cents=7000,
            units=Decimal(1),
            served_on=date(2026, 3, 2),
            served_until=None,
            control_number=f"{number}L{place}",
            adjustments=(Adjustment("CO", "45", 3000), Adjustment("PR", "3", 3000)),
            remarks=(),
            allowed_cents=10000,
            submitted_code="",
            segment_number=0,
        )
        for place, code in ((1, "99213"), (2, "93000"))
    )
    return PaidClaim(
        claim_number=f"HP{number:08d}",
        status="1",
        charge_cents=26000,
        paid_cents=14000,
        patient_cents=6000,
        filing_code="12",
        payer_control_number=f"CC{number:010d}",
        adjustments=(),
        lines=lines,
        patient=Person("LAST", "FIRST", id_qualifier="MI", id=f"XQP{number:09d}"),
        subscriber=_NOBODY,
        corrected=_NOBODY,
        rendering=Person("LEE", "GRACE", id_qualifier="XX", id="1234567893"),
        forwarded_to=_NOBODY,
        served_on=date(2026, 3, 2),
        served_until=None,
        received_on=date(2026, 3, 5),
        remarks=(),
        segment_number=0,
    )


def _beside_a_peer(data: bytes) -> Measure:
    """How many times longer pyx12 takes to check and read the same file."""
    # Loaded here: only this row needs it.
    import pyx12.params
    import pyx12.x12n_document

    def peer() -> None:
        settings = pyx12.params.params()
        source = io.StringIO(data.decode())
        pyx12.x12n_document.x12n_document(settings, source, None, None, None)

    peer()
    pairs = [(timed(peer), timed(lambda: claims_in(data))) for _ in range(7)]
    return of_pairs("x12_read_peer", pairs, goal=20.0, unit="ms", scale=1000.0, better="higher")


def _peak(size: int) -> float:
    """The most memory that a process of its own ever held while it read such a file from the disk."""
    code = (
        "import sys\n"
        "from frontdesk.formats.x12.envelope import Reader\n"
        "from frontdesk.formats.x12.remittance_reader import RemittanceReader\n"
        "with open(sys.argv[1], 'rb') as file:\n"
        "    for message in Reader(file).transaction_sets():\n"
        "        for claim in RemittanceReader(message):\n"
        "            pass\n"
        "with open('/proc/self/status') as status:\n"
        "    print(next(line.split()[1] for line in status if line.startswith('VmHWM')))\n"
    )
    folder = _CHECKOUT / "build" / "bench-data"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"remittance-{size}.835"
    if not path.exists():
        path.write_bytes(remittance(size))
    told = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    return float(told.stdout) * 1024
