"""How well duplicates are found on labelled data, beside what other tools reached there; and how fast."""

import csv
import os
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks.measure import Measure, of_pairs, timed
from benchmarks.on_patients import opened, with_patients
from frontdesk.demo import names
from frontdesk.services.registration.duplicates import candidates
from frontdesk.services.registration.person import Person
from frontdesk.services.work import SYSTEM
from tests.builders import labelled

NAMES = ("duplicates_febrl1", "duplicates_febrl2", "duplicates_fake1000", "duplicate_candidates_1m")
_SHARED = Path(os.environ.get("FRONTDESK_TEST_DATA", Path(__file__).parents[2] / "shared" / "data"))
_FOLDER = _SHARED / "duplicates"
_FRAME_MS = 1000 / 60


def measures(wanted: set[str]) -> Iterator[Measure]:
    """F1 beside the best of the others (0.98 where none was measured); candidates beside one frame."""
    sets = [name for name in ("febrl1", "febrl2", "fake1000") if f"duplicates_{name}" in wanted]
    if sets and _FOLDER.exists():
        print(f"{'set':10}{'pairs':>8}{'found':>8}{'right':>8}{'precision':>11}{'recall':>8}{'F1':>8}")
    for name in sets if _FOLDER.exists() else []:
        records = (
            labelled.splink(_FOLDER / "fake_1000.csv")
            if name == "fake1000"
            else labelled.febrl(_FOLDER / f"{name}.csv")
        )
        outcome = labelled.matched(records)
        print(
            f"{name:10}{outcome.true_pairs:8}{outcome.found:8}{outcome.right:8}"
            f"{outcome.precision:11.4f}{outcome.recall:8.4f}{outcome.f1:8.4f}"
        )
        others = _others(name)
        for method, precision, recall, f1 in others:
            print(f"{'':34}{precision:11.4f}{recall:8.4f}{f1:8.4f}  {method}")
        best = max((f1 for *_, f1 in others), default=0.98)
        yield of_pairs(
            f"duplicates_{name}", [(outcome.f1, best)], goal=0.98 / best, unit="F1", better="higher"
        )
    if "duplicate_candidates_1m" in wanted:
        yield _candidates()


def _others(name: str) -> list[tuple[str, float, float, float]]:
    with (_FOLDER / "others-results.csv").open(encoding="utf-8", newline="") as lines:
        return [
            (row["method"], float(row["precision"]), float(row["recall"]), float(row["f1"]))
            for row in csv.DictReader(lines)
            if row["dataset"] == name
        ]


def _candidates() -> Measure:
    """Look-alikes of one new patient among a million, each time another, beside one frame at 60 Hz."""
    database = opened(with_patients(1_000_000))
    people = [
        Person(
            given,
            last,
            date(1950 + number, 1 + number % 12, 1 + number % 28),
            phones=(f"50355501{number:02d}",),
        )
        for number, (given, last) in enumerate(zip(names.WOMEN, names.LAST, strict=False))
    ][:28]
    try:
        for person in people[:3]:
            database.ask(SYSTEM, candidates, person=person)
        pairs = [
            (timed(partial(database.ask, SYSTEM, candidates, person=person)), _FRAME_MS / 1000)
            for person in people
        ]
    finally:
        database.close()
    return of_pairs("duplicate_candidates_1m", pairs, goal=1.0, unit="ms", scale=1000.0)
