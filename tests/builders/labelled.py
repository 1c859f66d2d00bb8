"""People of data sets whose duplicates are labelled, and how well they are matched."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

from frontdesk.services.registration import match_keys
from frontdesk.services.registration.likeness import compare
from frontdesk.services.registration.person import Person

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One record, and the number of the person whose it is."""

    truth: str
    person: Person


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the matcher found in a set; a pair counts once."""

    true_pairs: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def recall(self) -> float:
        return self.right / self.true_pairs

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def febrl(path: Path) -> list[Labelled]:
    """A FEBRL set; the social-security column is not looked at."""
    return [
        Labelled(
            row["rec_id"].split("-")[1],
            Person(
                first=row["given_name"],
                last=row["surname"],
                born_on=_date(row["date_of_birth"]),
                street=f"{row['street_number']} {row['address_1']}".strip(),
                unit=row["address_2"],
                city=row["suburb"],
                postal_code=row["postcode"],
            ),
        )
        for row in _rows(path)
    ]


def splink(path: Path) -> list[Labelled]:
    """splink's fake_1000."""
    return [
        Labelled(
            row["cluster"],
            Person(
                first=row["first_name"],
                last=row["surname"],
                born_on=_date(row["dob"].replace("-", "")),
                city=row["city"],
                email=row["email"],
            ),
        )
        for row in _rows(path)
    ]


def matched(records: Sequence[Labelled]) -> Outcome:
    """Pairs that share a key and are likely, against the truth: the way a sweep of the office goes."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        for key in match_keys.kept(record.person):
            holders[key].append(number)
    met = {
        (min(number, other), max(number, other))
        for number, record in enumerate(records)
        for key in match_keys.sought(record.person)
        for other in holders.get(key, ())
        if other != number
    }
    found = {pair for pair in met if compare(records[pair[0]].person, records[pair[1]].person).is_likely}
    true = set(_true_pairs(records))
    return Outcome(len(true), len(found), len(found & true))


def _true_pairs(records: Sequence[Labelled]) -> Iterator[Pair]:
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        numbers[record.truth].append(number)
    for same in numbers.values():
        yield from combinations(same, 2)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, skipinitialspace=True):
            yield {name.strip(): (value or "").strip() for name, value in row.items()}


def _date(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None
