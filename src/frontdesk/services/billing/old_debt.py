"""How old a household's own debt is, and what is agreed or decided about it."""

from datetime import date

from sqlalchemy import func, select

from frontdesk.models.billing.journal import JournalEntry, Party
from frontdesk.models.billing.payment_plan import PaymentPlan, PlanInstalment
from frontdesk.models.billing.statements import Statement
from frontdesk.services.billing import balances, plans
from frontdesk.services.billing.instalments import DueState
from frontdesk.services.work import Work


def owed_cents(work: Work, account_id: int) -> int:
    """What a household owes, its credit deducted; zero or negative where it owes nothing."""
    balance = balances.of_account(work, account_id=account_id)
    return balance.patient_cents - balance.credit_cents


def oldest_on(work: Work, account_id: int) -> date:
    """The day the oldest line that the household still owes on became theirs; today where there is none."""
    due = [
        line.charge_line_id
        for line in balances.lines_of_account(work, account_id=account_id, only_open=True)
        if line.patient_cents > 0
    ]
    since = work.session.scalar(
        select(func.min(JournalEntry.aged_from_on)).where(
            JournalEntry.charge_line_id.in_(due),
            JournalEntry.responsible == Party.PATIENT,
            JournalEntry.amount_cents > 0,
        )
    )
    return since or work.today


def was_warned(work: Work, account_id: int) -> bool:
    """Whether a statement about a debt over 60 days was sent."""
    found = work.session.scalar(
        select(Statement.id).where(Statement.account_id == account_id, Statement.dunning_level >= 2).limit(1)
    )
    return found is not None


def accounts_with_missed(work: Work) -> dict[int, tuple[int, int]]:
    """By household, how many instalments of standing plans are missed, and their cents."""
    standing = work.session.scalars(
        select(PaymentPlan)
        .join(PlanInstalment, PlanInstalment.plan_id == PaymentPlan.id)
        .where(PaymentPlan.ended_at.is_(None), PlanInstalment.due_on < work.today)
        .distinct()
        .order_by(PaymentPlan.id)
    ).all()
    found: dict[int, tuple[int, int]] = {}
    for row, plan in zip(standing, plans.views(work, standing), strict=True):
        missed = [each for each in plan.instalments if each.state is DueState.MISSED]
        if missed:
            count, cents = found.get(row.account_id, (0, 0))
            cents += sum(each.amount_cents - each.paid_cents for each in missed)
            found[row.account_id] = (count + len(missed), cents)
    return found


def is_on_plan(work: Work, account_id: int) -> bool:
    """Whether a plan stands of which nothing is missed."""
    standing = [plan for plan in plans.of_account(work, account_id=account_id) if plan.left_cents]
    return bool(standing) and not any(plan.missed for plan in standing)
