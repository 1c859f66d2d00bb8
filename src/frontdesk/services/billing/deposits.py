"""What the office asks ahead for a kind of visit, as it sets it up."""

from dataclasses import dataclass

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.billing.deposit_rule import MOST_CENTS, DepositRule
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_deposit_rule_visit_type_id", "Another desk has just set this deposit. Look at it, then save.")


@dataclass(frozen=True, slots=True)
class Deposit:
    """The deposit of one kind of visit; 0 cents asks nothing."""

    visit_type_id: int
    visit_type: str
    amount_cents: int
    self_pay_only: bool


@query(permission="billing.view")
def deposits(work: Work) -> tuple[Deposit, ...]:
    """Every kind of visit that is booked today, with its deposit."""
    found = work.session.execute(
        select(VisitType.id, VisitType.name, DepositRule.amount_cents, DepositRule.self_pay_only)
        .outerjoin(DepositRule, DepositRule.visit_type_id == VisitType.id)
        .where(VisitType.is_active.is_(True))
        .order_by(VisitType.sort_order, VisitType.name)
    )
    return tuple(Deposit(kind, name, cents or 0, bool(only)) for kind, name, cents, only in found)


def _as_before(done: Performed) -> Undo:
    before: Deposit = done.result
    return Undo(
        set_deposit,
        visit_type_id=before.visit_type_id,
        amount_cents=before.amount_cents,
        self_pay_only=before.self_pay_only,
    )


@command("Set deposit", permission="billing.edit_fees", undo=_as_before)
def set_deposit(work: Work, *, visit_type_id: int, amount_cents: int, self_pay_only: bool) -> Deposit:
    """What is asked ahead for a kind of visit from now on; gives back what was asked before."""
    kind = work.get(VisitType, visit_type_id)
    if not 0 <= amount_cents <= MOST_CENTS:
        raise Refused(Finding("A deposit is from $0.00 to $10,000.00.", "amount_cents"))
    rule = work.session.scalar(select(DepositRule).where(DepositRule.visit_type_id == visit_type_id))
    before = Deposit(
        visit_type_id, kind.name, rule.amount_cents if rule else 0, rule.self_pay_only if rule else False
    )
    rule = rule or work.add(DepositRule(visit_type_id=visit_type_id))
    rule.amount_cents, rule.self_pay_only = amount_cents, self_pay_only
    work.flush()
    return before


def due_for(work: Work, visit_type_id: int, *, is_self_pay: bool) -> int:
    """The deposit of one visit, in cents."""
    rule = work.session.scalar(select(DepositRule).where(DepositRule.visit_type_id == visit_type_id))
    if rule is None or (rule.self_pay_only and not is_self_pay):
        return 0
    return rule.amount_cents
