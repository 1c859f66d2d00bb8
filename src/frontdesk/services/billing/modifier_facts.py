"""What is publicly known about modifiers: which contradict each other, and on which codes they go.

The files hold CMS's rules in our own words, and each row says where it comes from.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from frontdesk.kernel.files import resources_folder
from frontdesk.services.billing.code_ranges import EVALUATION, VISITS, holds

_NAMED = {"visits": VISITS, "evaluation": EVALUATION}
_PLACES = frozenset("DEGHIJNPRSX")
_AMBULANCE = "A0021-A0999"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Any two of `these`, or where `with_these` is filled one of each."""

    these: tuple[str, ...]
    with_these: tuple[str, ...]
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class Fit:
    """Codes that some modifiers go on only, or never."""

    modifiers: tuple[str, ...]
    is_only: bool
    codes: str
    words: str
    """What the codes are: "visits"."""
    advice: str
    source: str


def contradictions(modifiers: tuple[str, ...]) -> Iterator[tuple[tuple[str, str], str]]:
    """Two of these modifiers, as they stand, that cannot be on one line, and why."""
    for rule in pairs():
        there = [each for each in modifiers if each in rule.these]
        against = [each for each in modifiers if each in rule.with_these]
        if not rule.with_these and len(set(there)) > 1:
            yield (there[0], next(each for each in there if each != there[0])), rule.why
        elif there and against:
            one, other = sorted((there[0], against[0]), key=modifiers.index)
            yield (one, other), rule.why


def misfit(modifier: str, code: str) -> Fit | None:
    """Why a modifier cannot be on a code; None where nothing speaks against it."""
    rules = (fit for fit in fits() if modifier in fit.modifiers)
    return next((fit for fit in rules if holds(fit.codes, code) is not fit.is_only), None)


def is_route(modifier: str, code: str) -> bool:
    """Whether it is two letters of an ambulance's way, from and to (CMS Pub. 100-04, 15, 30)."""
    return holds(_AMBULANCE, code) and len(modifier) == 2 and set(modifier) <= _PLACES


@cache
def pairs() -> tuple[Contradiction, ...]:
    """The table of contradictions."""
    return tuple(
        Contradiction(tuple(row["these"].split()), tuple(row["with"].split()), row["why"], row["source"])
        for row in _rows("modifier_pairs.csv")
    )


@cache
def fits() -> tuple[Fit, ...]:
    """The table of modifiers and the codes that they go on."""
    return tuple(
        Fit(
            tuple(row["modifiers"].split()),
            row["goes"] == "only",
            _NAMED.get(row["codes"], row["codes"]),
            row["words"],
            row["advice"],
            row["source"],
        )
        for row in _rows("modifier_fit.csv")
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (resources_folder() / "codes" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
