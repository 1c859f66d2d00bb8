"""What is publicly known about codes: what an add-on code goes with, whom a code can be about.

The files hold numbers only, no wording of the AMA, and each row says where it comes from.
"""

import csv
from dataclasses import dataclass
from functools import cache

from frontdesk.kernel.files import resources_folder
from frontdesk.models.registration.patient import Sex
from frontdesk.services.billing.code_ranges import holds


@dataclass(frozen=True, slots=True)
class Limit:
    """Whom a code can be about; ages in full years, both ends included."""

    codes: str
    sex: Sex | None
    from_age: int
    until_age: int


def goes_with(code: str) -> str:
    """The codes, one of which an add-on code needs beside it; empty where the code stands alone."""
    return _add_ons().get(code, "")


def limits_of_diagnosis(code: str) -> tuple[Limit, ...]:
    """The limits of an ICD-10-CM code, written with the dot."""
    return tuple(limit for limit in _limits("diagnosis") if _is_within(limit.codes, code))


def limits_of_procedure(code: str) -> tuple[Limit, ...]:
    """The limits of a CPT or HCPCS code."""
    return tuple(limit for limit in _limits("procedure") if holds(limit.codes, code))


def _is_within(codes: str, code: str) -> bool:
    """A range is of categories (three characters); else a beginning."""
    first, dash, last = codes.partition("-")
    return first <= code[:3] <= last if dash else code.startswith(first)


@cache
def _add_ons() -> dict[str, str]:
    with (resources_folder() / "codes" / "add_on.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["goes_with"] for row in csv.DictReader(lines)}


@cache
def _limits(kind: str) -> tuple[Limit, ...]:
    with (resources_folder() / "codes" / "person_limits.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Limit(
                row["codes"],
                Sex(row["sex"]) if row["sex"] else None,
                int(row["from_age"] or 0),
                int(row["until_age"] or 999),
            )
            for row in csv.DictReader(lines)
            if row["kind"] == kind
        )
