"""Claims written, remittances posted, receivables aged: each beside the bare work of the same rows."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from benchmarks.measure import PAIRS, Measure, compared, of_pairs, timed
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

NAMES = ("x12_write", "x12_write_scale")
_CLAIMS = 10_000
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
