"""What the office decides about estimates: the discount for self-pay, and what is offered ahead."""

from dataclasses import dataclass

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.models.billing.estimate import EstimateRule
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_estimate_rule_singleton", "Another desk has just set these rules. Look at them, then save.")


@dataclass(frozen=True, slots=True)
class EstimateRules:
    """In whole per cent."""

    self_pay_discount_percent: int = 0
    ask_percent: int = 100

    def self_pay_price(self, fee_cents: int) -> int:
        """A fee less the office's discount for who pays without insurance, to the cent."""
        return fee_cents - fee_cents * self.self_pay_discount_percent // 100


@query(permission="billing.view")
def rules(work: Work) -> EstimateRules:
    """The rules in force; no discount, and the whole estimate offered, before the office decides."""
    row = work.session.scalar(select(EstimateRule))
    return EstimateRules() if row is None else EstimateRules(row.self_pay_discount_percent, row.ask_percent)


def _as_before(done: Performed) -> Undo:
    return Undo(set_rules, rules=done.result)


@command("Set rules for estimates", permission="billing.edit_fees", undo=_as_before)
def set_rules(work: Work, *, rules: EstimateRules) -> EstimateRules:
    """From now on; estimates that are written stay as they are. Gives back the rules before."""
    fields = (
        ("self_pay_discount_percent", rules.self_pay_discount_percent),
        ("ask_percent", rules.ask_percent),
    )
    refuse_if_any(
        [
            Finding("A share is from 0 to 100 percent.", field)
            for field, value in fields
            if not 0 <= value <= 100
        ]
    )
    row = work.session.scalar(select(EstimateRule))
    before = EstimateRules() if row is None else EstimateRules(row.self_pay_discount_percent, row.ask_percent)
    row = row or work.add(EstimateRule())
    row.self_pay_discount_percent, row.ask_percent = rules.self_pay_discount_percent, rules.ask_percent
    work.flush()
    return before
