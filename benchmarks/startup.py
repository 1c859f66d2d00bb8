"""From the start of the process to the first painted day, and the memory it takes, beside a bare window."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import PAIRS, Measure, of_pairs
from frontdesk.demo import place

NAMES = ("startup", "startup_memory")
_CHECKOUT = Path(__file__).parents[1]
_COMPILES = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As for an installed client: the warm-up leaves its modules compiled."""


def measures(wanted: set[str]) -> Iterator[Measure]:
    """Both rows come from the same starts."""
    place.ready_file()  # the file is there already
    taken = [(_started("on_client_start"), _started("on_start")) for _ in range(PAIRS + 1)][1:]
    if "startup" in wanted:
        seconds = [(ours[0], limit[0]) for ours, limit in taken]
        yield of_pairs("startup", seconds, goal=1.6, unit="ms", scale=1000.0)
    if "startup_memory" in wanted:
        mebibytes = [(ours[1], limit[1]) for ours, limit in taken]
        yield of_pairs("startup_memory", mebibytes, goal=2.0, unit="MiB", scale=1 / 2**20)


def _started(what: str) -> tuple[float, float]:
    """Seconds until it painted, and the bytes that were resident then."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", f"benchmarks.{what}"],
        cwd=_CHECKOUT,
        env=_COMPILES,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip().isdigit():
                return time.perf_counter() - begun, float(line)
    raise RuntimeError(f"{what} ended without a paint")
