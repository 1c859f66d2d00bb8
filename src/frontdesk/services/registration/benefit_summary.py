"""What an answer comes to: does the coverage hold, and what does the patient owe? Not said stays None."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from frontdesk.services.registration.benefits import BenefitLine
from frontdesk.services.registration.eligibility_words import (
    ACTIVE,
    INACTIVE,
    LEFT,
    OFFICE_VISIT,
    USED,
    WHOLE_PLAN,
)

VISIT_SERVICES = (OFFICE_VISIT, "BY", "96", "A0", "1", WHOLE_PLAN, "")
"""Whose copay and coinsurance are those of an office visit, the closest first; "" where none is named."""
PLAN_SERVICES = (WHOLE_PLAN, "", "60", OFFICE_VISIT, "96", "1")
"""Whose deductible and limit are those of the plan."""
INSIDE, OUTSIDE = "Y", "N"
V = TypeVar("V", int, Decimal)


@dataclass(frozen=True, slots=True)
class Sum:
    """A deductible or an out-of-pocket limit, in cents; None where the payer did not say."""

    total_cents: int | None = None
    used_cents: int | None = None
    left_cents: int | None = None

    @property
    def is_said(self) -> bool:
        return (self.total_cents, self.used_cents, self.left_cents) != (None, None, None)


@dataclass(frozen=True, slots=True)
class Share:
    """What the patient pays of a visit."""

    copay_cents: int | None = None
    coinsurance_percent: int | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """The answer in short."""

    is_active: bool | None
    """None where the payer said neither."""
    plan: str
    visit: Share
    """In network."""
    visit_outside: Share
    deductible: Sum
    """Individual, in network; so the others, as their names say."""
    out_of_pocket: Sum
    family_deductible: Sum
    family_out_of_pocket: Sum
    deductible_outside: Sum
    out_of_pocket_outside: Sum
    needs_authorization: bool | None
    """For an office visit."""
    doubts: tuple[str, ...]
    """What was said twice and differently, in sentences."""


def summary(lines: Sequence[BenefitLine]) -> Summary:
    """Reads the lines of one answer."""
    doubts: list[str] = []
    inside, outside = _Reader(lines, INSIDE, doubts), _Reader(lines, OUTSIDE, [])
    return Summary(
        is_active=_is_active(lines),
        plan=_plan(lines),
        visit=inside.share(),
        visit_outside=outside.share(),
        deductible=inside.sum("C", "IND", "deductible"),
        out_of_pocket=inside.sum("G", "IND", "out-of-pocket limit"),
        family_deductible=inside.sum("C", "FAM", "family deductible"),
        family_out_of_pocket=inside.sum("G", "FAM", "family out-of-pocket limit"),
        deductible_outside=outside.sum("C", "IND", ""),
        out_of_pocket_outside=outside.sum("G", "IND", ""),
        needs_authorization=_needs_authorization(lines),
        doubts=tuple(doubts),
    )


def has_benefits(lines: Iterable[BenefitLine]) -> bool:
    """Whether they say what the plan pays, not only whether it holds."""
    return any(line.information in ("A", "B", "C", "F", "G", "H", "I") for line in lines)


class _Reader:
    """Looks for the amounts of one side of the network."""

    def __init__(self, lines: Sequence[BenefitLine], network: str, doubts: list[str]) -> None:
        self._lines = lines
        self._network = network
        self._doubts = doubts

    def share(self) -> Share:
        def percent(line: BenefitLine) -> Decimal | None:
            return line.percent

        copay = self._one("B", VISIT_SERVICES, "IND", _cents, "copay of an office visit")
        part = self._one("A", VISIT_SERVICES, "IND", percent, "coinsurance of an office visit")
        fits = part is not None and 0 <= part <= 100
        return Share(copay, round(part) if part is not None and fits else None)

    def sum(self, information: str, level: str, said: str) -> Sum:
        """Total, used and left; one is worked out from the two others."""

        def of(periods: Callable[[str], bool], what: str) -> int | None:
            return self._one(information, PLAN_SERVICES, level, _cents, what, periods)

        total = of(lambda period: period not in LEFT | USED, said)
        left = of(lambda period: period in LEFT, f"rest of the {said}")
        used = of(lambda period: period in USED, f"used part of the {said}")
        if total is not None and left is not None and left > total:
            self._doubt(f"More is left of the {said} than the whole.")
            return Sum(total, used, None)
        if total is not None and left is None and used is not None and 0 <= used <= total:
            left = total - used
        if total is not None and used is None and left is not None:
            used = total - left
        return Sum(total, used, left)

    def _one(
        self,
        information: str,
        services: Sequence[str],
        level: str,
        value: Callable[[BenefitLine], V | None],
        said: str,
        periods: Callable[[str], bool] = lambda period: True,
    ) -> V | None:
        """The value for the closest service, on our side of the network before one for both or not said.

        None where the closest lines do not agree: a person must choose.
        """
        wanted = [
            line
            for line in self._lines
            if line.information == information
            and value(line) is not None
            and periods(line.period)
            and not line.procedure
            and _fits_level(line, level)
        ]
        for service in services:
            here = [
                line
                for line in wanted
                if (service in line.service_types or not service) and (service or not line.service_types)
            ]
            for networks in self._networks():
                values = sorted(
                    {v for line in here if line.in_network in networks and (v := value(line)) is not None}
                )
                if len(values) > 1:
                    self._doubt(f"The payer gives several amounts as the {said}. See the lines below.")
                    return None
                if values:
                    return values[0]
        return None

    def _networks(self) -> tuple[tuple[str, ...], ...]:
        return (("Y",), ("W", "", "U")) if self._network == INSIDE else (("N",),)

    def _doubt(self, sentence: str) -> None:
        if sentence not in self._doubts:
            self._doubts.append(sentence)


def _cents(line: BenefitLine) -> int | None:
    return line.amount_cents if line.amount_cents is None or line.amount_cents >= 0 else None


def _fits_level(line: BenefitLine, level: str) -> bool:
    if level == "IND":
        return line.coverage_level in ("IND", "")
    return line.coverage_level == level


def _is_active(lines: Sequence[BenefitLine]) -> bool | None:
    whole = [line for line in lines if not line.service_types or WHOLE_PLAN in line.service_types]
    for some in (whole, lines):
        if any(line.information in ACTIVE for line in some):
            return True
        if any(line.information in INACTIVE for line in some):
            return False
    return None


def _plan(lines: Sequence[BenefitLine]) -> str:
    named = [line for line in lines if line.plan and line.information in ACTIVE | INACTIVE]
    return next((line.plan for line in named or lines if line.plan), "")


def _needs_authorization(lines: Sequence[BenefitLine]) -> bool | None:
    said = {
        line.authorization
        for line in lines
        if OFFICE_VISIT in line.service_types and line.in_network != OUTSIDE
    }
    return True if "Y" in said else False if "N" in said else None
