"""The office's rules for what copies cost, one for each kind of requester; shipped until it sets its own."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec
from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.models.records.release_fee import FeeFor, FeeMethod, ReleaseFeeRule
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_release_fee_rule_fee_for", "Another desk has just set this rule. Look at it, then save.")

FLAT_ACCESS_CENTS: Final = 650
"""What an office may ask for an electronic copy of the patient's own without working out its costs."""
MOST_CENTS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Step:
    """So much for each page, up to and with a page; None: for all that follow."""

    up_to: int | None
    cents: int


@dataclass(frozen=True, slots=True)
class FeeRule:
    """How a fee comes about. `most_cents` 0: no limit."""

    fee_for: FeeFor
    method: FeeMethod
    flat_cents: int = 0
    base_cents: int = 0
    steps: tuple[Step, ...] = ()
    most_cents: int = 0
    paid_first: bool = False
    reviewed_by: str = ""
    reviewed_on: date | None = None


_SCHEDULE: Final = (Step(10, 0), Step(50, 50), Step(None, 25))
SHIPPED: Final = {
    FeeFor.ACCESS: FeeRule(FeeFor.ACCESS, FeeMethod.FLAT, flat_cents=FLAT_ACCESS_CENTS),
    # An example in the shape that states use: a base that holds ten pages, then so much for each page.
    FeeFor.ATTORNEY: FeeRule(
        FeeFor.ATTORNEY, FeeMethod.PER_PAGE, base_cents=3000, steps=_SCHEDULE, paid_first=True
    ),
    FeeFor.INSURER: FeeRule(
        FeeFor.INSURER, FeeMethod.PER_PAGE, base_cents=3000, steps=_SCHEDULE, paid_first=True
    ),
    FeeFor.COURT: FeeRule(FeeFor.COURT, FeeMethod.PER_PAGE, base_cents=3000, steps=_SCHEDULE),
    FeeFor.OTHER: FeeRule(FeeFor.OTHER, FeeMethod.PER_PAGE, base_cents=3000, steps=_SCHEDULE),
    FeeFor.FREE: FeeRule(FeeFor.FREE, FeeMethod.NONE),
}


@query(permission="records.view")
def fee_rules(work: Work) -> tuple[FeeRule, ...]:
    """The rule for each kind of requester, in the order in which they are listed; one statement."""
    own = {
        row.fee_for: _rule(row)
        for row in work.session.scalars(select(ReleaseFeeRule).order_by(ReleaseFeeRule.id))
    }
    return tuple(own.get(whom, shipped) for whom, shipped in SHIPPED.items())


def rule_of(work: Work, whom: FeeFor) -> FeeRule:
    """The rule for one; one statement."""
    row = work.session.scalar(select(ReleaseFeeRule).where(ReleaseFeeRule.fee_for == whom))
    return SHIPPED[whom] if row is None else _rule(row)


def _as_before(done: Performed) -> Undo:
    return Undo(set_fee_rule, rule=done.result)


@command("Set rule for fees of copies", permission="records.set_rules", undo=_as_before)
def set_fee_rule(work: Work, *, rule: FeeRule) -> FeeRule:
    """From now on; fees that were stated stay as they are. Gives back the rule before."""
    refuse_if_any(_findings(work, rule))
    row = work.session.scalar(select(ReleaseFeeRule).where(ReleaseFeeRule.fee_for == rule.fee_for))
    before = SHIPPED[rule.fee_for] if row is None else _rule(row)
    if row is None:
        row = ReleaseFeeRule(fee_for=rule.fee_for)
        _fill(row, rule)
        work.add(row)
    else:
        _fill(row, rule)
    work.flush()
    return before


def _fill(row: ReleaseFeeRule, rule: FeeRule) -> None:
    row.method, row.paid_first = rule.method, rule.paid_first
    row.flat_cents, row.base_cents, row.most_cents = rule.flat_cents, rule.base_cents, rule.most_cents
    row.tiers = msgspec.json.encode(rule.steps).decode()
    row.reviewed_by, row.reviewed_on = rule.reviewed_by.strip(), rule.reviewed_on


def _findings(work: Work, rule: FeeRule) -> list[Finding]:
    findings = []
    amounts = (
        ("flat_cents", rule.flat_cents),
        ("base_cents", rule.base_cents),
        ("most_cents", rule.most_cents),
    )
    for field, cents in amounts:
        if not 0 <= cents <= MOST_CENTS:
            findings.append(Finding(f"Enter an amount from $0.00 to {dollars(MOST_CENTS)}.", field))
    if rule.fee_for is FeeFor.ACCESS:
        if rule.method is FeeMethod.PER_PAGE:
            findings.append(
                Finding(
                    "The patient's own copy may cost what it costs, not so much a page "
                    "(45 CFR 164.524(c)(4)). Choose a flat fee or costs.",
                    "method",
                )
            )
        if rule.method is FeeMethod.FLAT and rule.flat_cents > FLAT_ACCESS_CENTS:
            findings.append(
                Finding(
                    f"A flat fee for the patient's own copy is {dollars(FLAT_ACCESS_CENTS)} at most.",
                    "flat_cents",
                )
            )
    if rule.method is FeeMethod.PER_PAGE:
        findings += _step_findings(rule.steps)
    if bool(rule.reviewed_by.strip()) != (rule.reviewed_on is not None):
        findings.append(Finding("Enter who reviewed the rule and on which day, or neither.", "reviewed_by"))
    elif rule.reviewed_on is not None and rule.reviewed_on > work.today:
        findings.append(Finding("The day of the review is still to come. Look at the date.", "reviewed_on"))
    return findings


def _step_findings(steps: tuple[Step, ...]) -> list[Finding]:
    if not steps or steps[-1].up_to is not None:
        return [Finding("The last step is for all pages that follow: leave its end empty.", "steps")]
    ends = [step.up_to for step in steps[:-1]]
    if any(end is None or end < 1 for end in ends) or sorted({end or 0 for end in ends}) != ends:
        return [Finding("Each step ends at a later page than the one before. Look at them again.", "steps")]
    if any(not 0 <= step.cents <= MOST_CENTS for step in steps):
        return [Finding(f"Enter an amount from $0.00 to {dollars(MOST_CENTS)}.", "steps")]
    return []


def _rule(row: ReleaseFeeRule) -> FeeRule:
    return FeeRule(
        fee_for=row.fee_for,
        method=row.method,
        flat_cents=row.flat_cents,
        base_cents=row.base_cents,
        steps=msgspec.json.decode(row.tiers, type=tuple[Step, ...]),
        most_cents=row.most_cents,
        paid_first=row.paid_first,
        reviewed_by=row.reviewed_by,
        reviewed_on=row.reviewed_on,
    )
