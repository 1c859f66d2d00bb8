"""What the office's rule makes of a request: whose rule it is, and the lines of its fee."""

from collections.abc import Iterator
from dataclasses import dataclass

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import counted
from frontdesk.models.records.release import Basis, ReleaseRequest, Requester
from frontdesk.models.records.release_fee import FeeFor, FeeMethod
from frontdesk.services.records.release_fee_rules import FeeRule


@dataclass(frozen=True, slots=True)
class Costs:
    """What a copy cost the office, for a fee by cost, and its postage."""

    labor_cents: int = 0
    supplies_cents: int = 0
    postage_cents: int = 0


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of an invoice."""

    words: str
    cents: int


@dataclass(frozen=True, slots=True)
class Quote:
    """What the rule makes of a request."""

    fee_for: FeeFor
    rule: FeeRule
    lines: tuple[FeeLine, ...]
    total_cents: int
    pages: int


def fee_for(row: ReleaseRequest) -> FeeFor:
    """Whose rule applies to a request."""
    if row.basis is Basis.ACCESS:
        return FeeFor.ACCESS
    if row.basis in (Basis.TREATMENT, Basis.PUBLIC_HEALTH, Basis.OPERATIONS, Basis.REQUIRED_BY_LAW):
        return FeeFor.FREE
    return {
        Requester.PATIENT: FeeFor.ACCESS,
        Requester.REPRESENTATIVE: FeeFor.ACCESS,
        Requester.ATTORNEY: FeeFor.ATTORNEY,
        Requester.INSURER: FeeFor.INSURER,
        Requester.COURT: FeeFor.COURT,
        Requester.PROVIDER: FeeFor.FREE,
        Requester.PUBLIC_HEALTH: FeeFor.FREE,
    }.get(row.requester, FeeFor.OTHER)


def quoted(whom: FeeFor, rule: FeeRule, pages: int, costs: Costs) -> Quote:
    """The lines of a fee by a rule, for so many pages."""
    lines: list[FeeLine] = []
    if rule.method is FeeMethod.FLAT:
        lines.append(FeeLine("Copy, flat fee", rule.flat_cents))
    elif rule.method is FeeMethod.COST:
        if costs.labor_cents:
            lines.append(FeeLine("Labor for copying", costs.labor_cents))
        if costs.supplies_cents:
            lines.append(FeeLine("Supplies", costs.supplies_cents))
    elif rule.method is FeeMethod.PER_PAGE:
        if rule.base_cents:
            lines.append(FeeLine("Clerical fee", rule.base_cents))
        lines += _by_pages(rule, pages)
    total = sum(line.cents for line in lines)
    if rule.most_cents and total > rule.most_cents:
        lines.append(FeeLine(f"No more than {dollars(rule.most_cents)}", rule.most_cents - total))
    if costs.postage_cents and rule.method is not FeeMethod.NONE:
        lines.append(FeeLine("Postage", costs.postage_cents))
    return Quote(whom, rule, tuple(lines), sum(line.cents for line in lines), pages)


def _by_pages(rule: FeeRule, pages: int) -> Iterator[FeeLine]:
    first = 1
    for step in rule.steps:
        last = pages if step.up_to is None else min(pages, step.up_to)
        count = last - first + 1
        if count > 0:
            each = f"{counted(count, 'page')} at {dollars(step.cents)}"
            yield FeeLine(each, count * step.cents)
        first = max(first, last + 1)
