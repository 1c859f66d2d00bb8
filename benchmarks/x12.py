"""Remittances and eligibility answers read in little memory, beside the bare splitting of the same file."""

import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from benchmarks.measure import Measure, compared, of_pairs, timed
from frontdesk.formats.x12.eligibility_reader import EligibilityReader
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

NAMES = ("x12_read", "x12_read_271", "x12_read_peer", "x12_memory", "x12_memory_271")
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
    if "x12_read_271" in wanted:
        told = eligibility(5_000_000)

        def split() -> None:
            [segment.split("*") for segment in told.decode().split("~")]

        yield compared("x12_read_271", lambda: answers_in(told), split, goal=4.0)
    if "x12_read_peer" in wanted:
        yield _beside_a_peer(remittance(300_000))
    if "x12_memory" in wanted:
        pairs = [(_peak(50_000_000), _peak(5_000_000)) for _ in range(3)]
        yield of_pairs("x12_memory", pairs, goal=1.2, unit="MiB", scale=1 / 2**20)
    if "x12_memory_271" in wanted:
        pairs = [(_peak(50_000_000, "271"), _peak(5_000_000, "271")) for _ in range(3)]
        yield of_pairs("x12_memory_271", pairs, goal=1.2, unit="MiB", scale=1 / 2**20)


def claims_in(data: bytes) -> int:
    """Reads every claim into its type."""
    return sum(
        1 for message in Reader(io.BytesIO(data)).transaction_sets() for _ in RemittanceReader(message)
    )


def answers_in(data: bytes) -> int:
    """Reads every answer into its type, with all its benefits."""
    return sum(
        1 for message in Reader(io.BytesIO(data)).transaction_sets() for _ in EligibilityReader(message)
    )


def eligibility(size: int) -> bytes:
    """A 271 of about so many bytes: members with some thirty benefits each, as payers send them."""
    head = (
        "ISA*00*          *00*          *ZZ*CASC1          *ZZ*HARBOR         *260316*0800*^*00501*000000001"
        "*0*P*:~GS*HB*CASC1*HARBOR*20260316*0800*1*X*005010X279A1~ST*271*0001*005010X279A1~"
        "BHT*0022*11*000001*20260316*0800~HL*1**20*1~NM1*PR*2*CASCADE HEALTH*****PI*CASC1~"
        "HL*2*1*21*1~NM1*1P*2*HARBOR POINT*****XX*1234567893~"
    )
    count = max(1, size // len(_member(0)))
    body = "".join(_member(number) for number in range(count))
    segments = head.count("~") - 2 + body.count("~") + 1
    return f"{head}{body}SE*{segments}*0001~GE*1*1~IEA*1*000000001~".encode()


def _member(number: int) -> str:
    kinds = ("98", "UC", "86", "47", "48", "50", "MH", "PT")
    shares = "".join(
        f"EB*B*IND*{kind}***27*{20 + place}.5****{network}*{network}~"
        + (f"MSG*COPAY {place} APPLIES PER VISIT~" if place % 3 == 0 else "")
        for place, kind in enumerate(kinds)
        for network in "YN"
    )
    sums = "".join(
        f"EB*{what}*{level}*30***{period}*{amount}*****{network}~DTP*292*RD8*20260101-20261231~"
        for what, amount in (("C", 1500), ("G", 6000))
        for level in ("IND", "FAM")
        for network in "YN"
        for period in ("23", "29")
    )
    return (
        f"HL*{number + 3}*2*22*0~TRN*2*{number:09}*1931234567~NM1*IL*1*LAST*FIRST****MI*XQP{number:09}~"
        "N3*1 PIER~N4*PORTLAND*OR*97204~DMG*D8*19820614*F~DTP*346*D8*20260101~"
        "EB*1*IND*30^1^33^35^47^86^88^98^AL^MH^UC*PR*PREFERRED PPO~"
        f"{shares}{sums}EB*L~LS*2120~NM1*P3*1*LEE*GRACE****XX*1234567893~LE*2120~"
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


def _peak(size: int, kind: str = "835") -> float:
    """The most memory that a process of its own ever held while it read such a file from the disk."""
    module, name = {
        "835": ("remittance_reader", "RemittanceReader"),
        "271": ("eligibility_reader", "EligibilityReader"),
    }[kind]
    code = (
        "import sys\n"
        "from frontdesk.formats.x12.envelope import Reader\n"
        f"from frontdesk.formats.x12.{module} import {name}\n"
        "with open(sys.argv[1], 'rb') as file:\n"
        "    for message in Reader(file).transaction_sets():\n"
        f"        for each in {name}(message):\n"
        "            pass\n"
        "with open('/proc/self/status') as status:\n"
        "    print(next(line.split()[1] for line in status if line.startswith('VmHWM')))\n"
    )
    folder = _CHECKOUT / "build" / "bench-data"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"made-{size}.{kind}"
    if not path.exists():
        path.write_bytes(remittance(size) if kind == "835" else eligibility(size))
    told = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    return float(told.stdout) * 1024
