"""What a payer says on the phone or its website: checked as typed, and as lines like those of a file."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Protocol

from frontdesk.kernel.errors import Finding
from frontdesk.services.registration.benefits import BenefitLine
from frontdesk.services.registration.eligibility_words import OFFICE_VISIT, WHOLE_PLAN

_WHOLES = (
    ("deductible", "the deductible", "C", "IND", "Y"),
    ("out_of_pocket", "the out-of-pocket limit", "G", "IND", "Y"),
    ("family_deductible", "the family deductible", "C", "FAM", "Y"),
    ("family_out_of_pocket", "the family out-of-pocket limit", "G", "FAM", "Y"),
    ("outside_deductible", "the deductible out of network", "C", "IND", "N"),
    ("outside_out_of_pocket", "the out-of-pocket limit out of network", "G", "IND", "N"),
)
"""Field, words, EB01, EB02, EB12."""


class Told(Protocol):
    """The amounts of `VerificationDraft`."""

    @property
    def copay_cents(self) -> int | None: ...
    @property
    def coinsurance_percent(self) -> int | None: ...
    @property
    def outside_copay_cents(self) -> int | None: ...
    @property
    def outside_coinsurance_percent(self) -> int | None: ...
    @property
    def needs_authorization(self) -> bool | None: ...
    @property
    def plan_said(self) -> str: ...
    @property
    def plan_begins_on(self) -> date | None: ...
    @property
    def plan_ends_on(self) -> date | None: ...


def check_told(told: Told) -> list[Finding]:
    """Everything that cannot be true of the amounts and days."""
    findings: list[Finding] = []
    for field, words in (
        ("copay_cents", "The copay"),
        ("outside_copay_cents", "The copay out of network"),
    ):
        if _negative(told, field):
            findings.append(Finding(f"{words} cannot be less than zero.", field))
    for field, words in (
        ("coinsurance_percent", "The coinsurance"),
        ("outside_coinsurance_percent", "The coinsurance out of network"),
    ):
        percent = getattr(told, field)
        if percent is not None and not 0 <= percent <= 100:
            findings.append(Finding(f"{words} is a percentage from 0 to 100.", field))
    for name, words, *_ in _WHOLES:
        findings += _check_whole(told, name, words)
    begins, ends = told.plan_begins_on, told.plan_ends_on
    if begins is not None and ends is not None and ends < begins:
        findings.append(Finding("The plan ends before it begins. Check both dates.", "plan_ends_on"))
    return findings


def told_lines(told: Told, *, is_active: bool | None) -> tuple[BenefitLine, ...]:
    """Whether the coverage holds, and the amounts, in the shape of EB; empty where nothing was said."""
    if is_active is None:
        return tuple(_lines(told))
    holds = BenefitLine(
        "1" if is_active else "6",
        "IND",
        (WHOLE_PLAN,),
        plan=told.plan_said.strip(),
        begins_on=told.plan_begins_on,
        ends_on=told.plan_ends_on,
    )
    return (holds, *_lines(told))


def _lines(told: Told) -> Iterator[BenefitLine]:
    needs = {True: "Y", False: "N", None: ""}[told.needs_authorization]
    visit = (OFFICE_VISIT,)
    for copay, percent, network in (
        (told.copay_cents, told.coinsurance_percent, "Y"),
        (told.outside_copay_cents, told.outside_coinsurance_percent, "N"),
    ):
        wanted = needs if network == "Y" else ""
        if copay is not None:
            yield BenefitLine(
                "B", "IND", visit, period="27", amount_cents=copay, authorization=wanted, in_network=network
            )
        if percent is not None:
            yield BenefitLine(
                "A", "IND", visit, percent=Decimal(percent), authorization=wanted, in_network=network
            )
    if needs and told.copay_cents is None and told.coinsurance_percent is None:
        yield BenefitLine("D", "IND", visit, authorization=needs, in_network="Y")
    for name, _, information, level, network in _WHOLES:
        for field, period in ((f"{name}_cents", "23"), (f"{name}_left_cents", "29")):
            cents = getattr(told, field)
            if cents is not None:
                yield BenefitLine(
                    information, level, (WHOLE_PLAN,), period=period, amount_cents=cents, in_network=network
                )


def _check_whole(told: Told, name: str, words: str) -> list[Finding]:
    whole, left = getattr(told, f"{name}_cents"), getattr(told, f"{name}_left_cents")
    findings: list[Finding] = []
    if _negative(told, f"{name}_cents"):
        findings.append(Finding(f"{words[0].upper()}{words[1:]} cannot be less than zero.", f"{name}_cents"))
    if _negative(told, f"{name}_left_cents"):
        findings.append(Finding(f"What is left of {words} cannot be less than zero.", f"{name}_left_cents"))
    elif left is not None and whole is None and name != "out_of_pocket":
        findings.append(Finding(f"Enter the whole of {words} too.", f"{name}_cents"))
    elif left is not None and whole is not None and left > whole:
        findings.append(Finding(f"More is left of {words} than the whole. Check both.", f"{name}_left_cents"))
    return findings


def _negative(told: Told, field: str) -> bool:
    cents = getattr(told, field)
    return cents is not None and cents < 0
