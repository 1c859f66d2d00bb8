"""What a large 835 takes, kept, taken in and posted through the service by a process of its own.

`python -m benchmarks.on_remittances MEGABYTES` makes an office and a file for it, and prints MB above idle
and seconds. With DATABASE SMALL LARGE it is that process: the small file brings it to where it idles.
"""

import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from benchmarks.on_claims import with_claims
from benchmarks.on_engines import NOW
from benchmarks.on_memory import idle_megabytes, opened, peak_megabytes
from frontdesk.formats.x12.remittance import PaidClaim, Payment, Person
from frontdesk.formats.x12.remittance_writer import remittance_file
from frontdesk.kernel.clock import SetClock
from frontdesk.services.billing import remittances
from frontdesk.services.database import Database
from frontdesk.services.records import content
from tests.builders import payer
from tests.office import DANA, KEY, Office

_CLAIM_BYTES = 341
_IDLE = 500
"""So many claims, and the process has loaded all that it needs."""
_PERSON = Person("CASTILLOAA", "RAYMOND", "", "", "MI", "XQP000000000")
_RENDERING = Person("LEE", "SUSAN", "", "", "XX", "1700000007")
_SERVED = date(2026, 3, 17)

Named = tuple[str, list[str]]


def answer(number: str, controls: list[str]) -> PaidClaim:
    """The payer pays what the contract and the copay leave."""
    lines = tuple(
        payer.paid_line(place, "99213", 13000, control, [(payer.CONTRACT, 3844), (payer.COPAY, 3000)])
        for place, control in enumerate(controls, 1)
    )
    return payer.paid_claim(number, lines, _PERSON)


def megabytes_for(megabytes: int) -> tuple[float, float]:
    """MB above idle, and seconds, that a file of so many MB takes."""
    with tempfile.TemporaryDirectory() as folder:
        place, small, large = (Path(folder) / name for name in ("office.db", "small.835", "large.835"))
        count = megabytes * 1_000_000 // _CLAIM_BYTES
        clock = SetClock(NOW)
        database = Database.open_file(place, KEY, station="Desk 2", clock=clock)
        named = with_claims(Office(database, clock), _IDLE + count)
        database.close()
        small.write_bytes(_file("1", named[:_IDLE]))
        large.write_bytes(_file("2", named[_IDLE:]))
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.on_remittances", str(place), str(small), str(large)],
            capture_output=True,
            text=True,
            check=True,
        )
        above, seconds = ran.stdout.split()
        return float(above), float(seconds)


def _file(trace: str, named: list[Named]) -> bytes:
    """The claims as a payer tells of them, with people, days and what it allowed."""
    first = _told(*named[0])
    payment = Payment(
        handling="I",
        paid_cents=first.paid_cents * len(named),
        method="ACH",
        effective_on=date(2026, 3, 16),
        trace=trace,
        payer_identifier="1930000001",
        produced_on=date(2026, 3, 16),
        payer=payer.BCBS,
        payee=payer.HARBOR,
    )
    claims = (_told(*each) for each in named)
    return remittance_file(payment, claims, sender="BCBS1", receiver="931234567", at=payer.AT, number=1)


def _told(number: str, controls: list[str]) -> PaidClaim:
    plain = answer(number, controls)
    lines = tuple(replace(line, allowed_cents=9156, remarks=("N381",)) for line in plain.lines)
    return replace(
        plain,
        lines=lines,
        subscriber=_PERSON,
        rendering=_RENDERING,
        served_until=_SERVED,
        received_on=_SERVED,
    )


def main(place: str, small: Path, large: Path) -> None:
    database = opened(place)
    _through(database, small)
    idle = idle_megabytes()
    begun = time.perf_counter()
    _through(database, large)
    print(peak_megabytes() - idle, time.perf_counter() - begun)
    database.close()


def _through(database: Database, file: Path) -> None:
    seen = content.store(database, file)
    taken = database.do(DANA, remittances.take_in, sha256=seen.sha256).result
    (remittance_id,) = taken.remittance_ids
    database.do(DANA, remittances.post, remittance_id=remittance_id)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        print(*megabytes_for(int(sys.argv[1])))
    else:
        main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
