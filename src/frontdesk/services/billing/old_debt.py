"""How old a household's own debt is, and what is agreed or decided about it."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, func, select

from frontdesk.models.billing.journal import JournalEntry, Party
from frontdesk.models.billing.payment_plan import PaymentPlan, PlanInstalment
from frontdesk.models.billing.statements import Statement
from frontdesk.services.billing import plans
from frontdesk.services.billing.instalments import DueState
from frontdesk.services.work import Work


def owed_cents(work: Work, account_id: int) -> int:
    """What a household owes, its credit deducted; zero or negative where it owes nothing."""
    return owed_by_account(work, (account_id,)).get(account_id, 0)


def owed_by_account(work: Work, account_ids: Collection[int]) -> dict[int, int]:
    """The same of each household; without those who never owed or paid anything."""
    entry = JournalEntry
    own = (entry.responsible == Party.PATIENT) | entry.charge_line_id.is_(None)
    return _by_account(work, account_ids, own)


def owed_on_lines(work: Work, account_ids: Collection[int]) -> dict[int, int]:
    """What each household owes on its lines, credits not deducted; without those who never owed anything."""
    own = (JournalEntry.responsible == Party.PATIENT) & JournalEntry.charge_line_id.is_not(None)
    return _by_account(work, account_ids, own)


def _by_account(work: Work, account_ids: Collection[int], own: ColumnElement[bool]) -> dict[int, int]:
    entry = JournalEntry
    found = work.session.execute(
        select(entry.account_id, func.sum(entry.amount_cents))
        .where(entry.account_id.in_(account_ids), own)
        .group_by(entry.account_id)
    )
    return {account_id: int(cents) for account_id, cents in found if account_id is not None}


def oldest_by_account(work: Work, account_ids: Collection[int]) -> dict[int, date]:
    """Since when the oldest line that a household still owes on is theirs; who owes nothing is left out."""
    entry = JournalEntry
    owed = (
        select(entry.charge_line_id)
        .where(
            entry.account_id.in_(account_ids),
            entry.responsible == Party.PATIENT,
            entry.charge_line_id.is_not(None),
        )
        .group_by(entry.charge_line_id)
        .having(func.sum(entry.amount_cents) > 0)
    )
    found = work.session.execute(
        select(entry.account_id, func.min(entry.aged_from_on))
        .where(entry.charge_line_id.in_(owed), entry.responsible == Party.PATIENT, entry.amount_cents > 0)
        .group_by(entry.account_id)
    )
    return {account_id: since for account_id, since in found if account_id is not None}


def oldest_on(work: Work, account_id: int) -> date:
    """The same of one household; today where it owes nothing."""
    return oldest_by_account(work, (account_id,)).get(account_id, work.today)


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
            cents += sum(each.open_cents for each in missed)
            found[row.account_id] = (count + len(missed), cents)
    return found


def on_plan(work: Work, account_ids: Collection[int]) -> set[int]:
    """The households of which a plan stands, and nothing of their plans is missed."""
    kept = set()
    for account_id, standing in plans.by_account(work, account_ids).items():
        left = [plan for plan in standing if plan.left_cents]
        if left and not any(plan.missed for plan in left):
            kept.add(account_id)
    return kept
