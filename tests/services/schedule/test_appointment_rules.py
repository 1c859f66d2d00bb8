"""The simulation beside the exact figures for classic appointment rules: exponential lengths, no-shows."""

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path
from random import Random

import pytest

from frontdesk.services.schedule.simulation import run

_COPY = Path(__file__).parents[2] / "data" / "scheduling"
_SHARED = Path(os.environ.get("FRONTDESK_TEST_DATA", Path(__file__).parents[4] / "shared" / "data"))
_NAME = "appointment-rules-exact.csv"
_FILE = next(at for at in (_SHARED / "scheduling" / _NAME, _COPY / _NAME) if at.exists())
_PAIRS, _SEED, _MOST_VISITS, _WITHIN = 5_000, 4, 20, 0.02


@dataclass(frozen=True, slots=True)
class Row:
    """One rule, and what is exactly true of it."""

    rule: str
    visits: int
    mean: float
    session: float
    no_show: float
    wait: float
    idle: float
    overtime: float

    def booked(self) -> Iterator[float]:
        for place in range(self.visits):
            if self.rule.startswith("individual"):
                yield place * self.mean
            elif self.rule.startswith("Bailey"):
                yield max(0, place - 1) * self.mean
            elif self.rule.startswith("two"):
                yield place // 2 * 2 * self.mean
            else:
                yield 0.0


def _rows() -> list[Row]:
    with _FILE.open(encoding="utf-8") as lines:
        return [
            Row(
                line["rule"],
                int(line["N_booked"]),
                float(line["mean_service_min"]),
                float(line["session_min"]),
                float(line["no_show"]),
                float(line["exact_wait_per_shown_min"]),
                float(line["exact_idle_min"]),
                float(line["exact_overtime_min"]),
            )
            for line in csv.DictReader(lines)
        ]


@cache
def _days() -> list[list[tuple[float, float]]]:
    """Each visit's chance of coming and its length in means; with each day the day that is its opposite.

    The same days serve every rule.
    """
    chance = Random(_SEED)
    days = []
    for _ in range(_PAIRS):
        drawn = [(chance.random(), 1.0 - chance.random()) for _ in range(_MOST_VISITS)]
        days.append([(comes, -log(length)) for comes, length in drawn])
        days.append([(1.0 - comes, -log(1.0 - length or 1e-16)) for comes, length in drawn])
    return days


@pytest.mark.parametrize("row", _rows(), ids=lambda row: f"{row.rule.split()[0]} {row.visits} {row.no_show}")
def test_the_simulation_gives_the_exact_figures(row: Row) -> None:
    booked, mean, no_show = list(row.booked()), row.mean, row.no_show
    waited = shown = idle = overtime = 0.0
    for day in _days():
        # Who does not come takes no time, but nobody knows before their time has come.
        came = [comes >= no_show for comes, _ in day[: row.visits]]
        visits = [
            (at, mean * length if comes else 0.0, 0.0)
            for at, comes, (_, length) in zip(booked, came, day, strict=False)
        ]
        starts, _, ends = run(visits, 0.0)
        waited += sum([start - at for start, at, comes in zip(starts, booked, came, strict=True) if comes])
        shown += sum(came)
        idle += ends - sum([length for _, length, _ in visits])
        overtime += max(0.0, ends - row.session)
    assert waited / shown == pytest.approx(row.wait, rel=_WITHIN)
    assert idle / len(_days()) == pytest.approx(row.idle, rel=_WITHIN, abs=0.01)
    assert overtime / len(_days()) == pytest.approx(row.overtime, rel=_WITHIN, abs=0.5)
