"""The worklist of old debts: who is to be worked on today, with stage, promise, plan and last call."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from frontdesk.models.billing.collection import CollectionCall, CollectionStep, Stage
from frontdesk.models.billing.journal import Party
from frontdesk.services.billing import (
    aging,
    call_hours,
    collection_calls,
    collection_steps,
    hardships,
    holders,
    old_debt,
    parties,
    plans,
    statement_rules,
)
from frontdesk.services.billing.aging import Aged
from frontdesk.services.billing.collection_calls import CallView, PromiseState, PromiseView
from frontdesk.services.billing.hardships import HardshipView
from frontdesk.services.billing.holders import Holder
from frontdesk.services.billing.plans import PlanView
from frontdesk.services.command import query
from frontdesk.services.registration import accounts
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """A household of the list."""

    account_id: int
    account_number: str
    name: str
    owed_cents: int
    over_90_cents: int
    oldest_on: date
    stage: Stage | None
    """None where nothing was done yet."""
    step_id: int | None
    since_on: date | None
    next_on: date | None
    last_call_on: date | None
    promise: PromiseView | None
    missed_instalments: int
    missed_cents: int
    is_due: bool
    """Somebody has to look at it today."""
    waits_for_decision: bool
    """An application for hardship, or an agency review."""


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of a household's history."""

    at: datetime
    by: str
    stage: Stage
    words: str
    next_on: date | None
    owed_cents: int


@dataclass(frozen=True, slots=True)
class CollectionDetail:
    """All about one household's old debt."""

    account_id: int
    address: str
    phone: str
    patient_id: int | None
    """The holder, or the first patient of the household."""
    call_warning: str
    steps: tuple[StepView, ...]
    calls: tuple[CallView, ...]
    hardships: tuple[HardshipView, ...]
    agency: str
    may_place: bool
    """Whether the one who asks may approve the placement that waits."""
    missed_plan: PlanView | None
    """The first payment plan of which something is missed."""


@dataclass(frozen=True, slots=True)
class _More:
    """What several households' rows have besides their stage, by account."""

    promises: dict[int, PromiseView]
    calls: dict[int, date]
    missed: dict[int, tuple[int, int]]
    waiting: set[int]
    holders: dict[int, Holder]
    oldest: dict[int, date]


@query(permission="billing.view")
def worklist(work: Work, *, limit: int = 500) -> tuple[CollectionRow, ...]:
    """Households in a stage, over 90 days, with a promise or a missed instalment; what is due first."""
    steps = collection_steps.last_steps(work)
    aged = {row.owner_id: row.aged for row in aging.aging(work).rows if row.responsible is Party.PATIENT}
    in_stage = {account_id for account_id, row in steps.items() if row.stage is not Stage.SETTLED}
    old = {account_id for account_id, each in aged.items() if each.over_90}
    missed = old_debt.accounts_with_missed(work)
    waiting = set(hardships.waiting_accounts(work))
    others = old | set(collection_calls.accounts_with_promise(work)) | waiting | set(missed)
    owing = {account_id for account_id in others if account_id in aged and aged[account_id].total > 0}
    wanted = sorted(in_stage | owing)[:limit]
    more = _More(
        collection_calls.promises(work, wanted),
        _last_calls(work),
        missed,
        waiting,
        holders.holders(work, wanted),
        old_debt.oldest_by_account(work, wanted),
    )
    rows = [_row(work, each, aged.get(each, Aged()), steps.get(each), more) for each in wanted]
    return tuple(sorted(rows, key=_order))


@query(permission="billing.view")
def detail(work: Work, *, account_id: int) -> CollectionDetail:
    """One household, as its panel shows it."""
    account = accounts.view(work, account_id)
    holder = parties.guarantor(work, account_id)
    steps = tuple(
        StepView(work.wall(row.at), row.done_by, row.stage, row.words, row.next_on, row.owed_cents)
        for row in work.session.scalars(
            select(CollectionStep)
            .where(CollectionStep.account_id == account_id)
            .order_by(CollectionStep.at.desc(), CollectionStep.id.desc())
        )
    )
    last = collection_steps.last_step(work, account_id)
    is_mine = last is not None and (last.done_by_id, last.done_by) == (work.actor.user_id, work.actor.name)
    state = account.address.state if account.address else ""
    patient_id = account.holder_patient_id or next(iter(account.member_ids), None)
    return CollectionDetail(
        account_id=account_id,
        address=", ".join(part for part in (holder.street, holder.city_line) if part),
        phone=parties.phone_of(work, account),
        patient_id=patient_id,
        call_warning=call_hours.warning(work.now, state, work.zone),
        steps=steps,
        calls=collection_calls.calls(work, account_id=account_id),
        hardships=hardships.of_account(work, account_id=account_id),
        agency=statement_rules.rules(work).agency,
        may_place=work.actor.may("billing.place_agency") and not is_mine,
        missed_plan=next(
            (each for each in plans.of_account(work, account_id=account_id) if each.missed), None
        ),
    )


def _row(work: Work, account_id: int, aged: Aged, step: CollectionStep | None, more: _More) -> CollectionRow:
    holder = more.holders[account_id]
    promise = more.promises.get(account_id)
    missed, missed_cents = more.missed.get(account_id, (0, 0))
    is_broken = promise is not None and promise.state is PromiseState.BROKEN
    stage = step.stage if step else None
    looks_again = step is not None and step.next_on is not None and step.next_on <= work.today
    is_due = looks_again or (stage is not Stage.PLACED and (is_broken or missed > 0))
    return CollectionRow(
        account_id=account_id,
        account_number=holder.account_number,
        name=holder.name,
        owed_cents=aged.total,
        over_90_cents=aged.over_90,
        oldest_on=more.oldest.get(account_id, work.today),
        stage=stage,
        step_id=step.id if step else None,
        since_on=work.wall(step.at).date() if step else None,
        next_on=step.next_on if step else None,
        last_call_on=more.calls.get(account_id),
        promise=promise,
        missed_instalments=missed,
        missed_cents=missed_cents,
        is_due=is_due,
        waits_for_decision=stage is Stage.AGENCY_REVIEW or account_id in more.waiting,
    )


def _last_calls(work: Work) -> dict[int, date]:
    found = work.session.execute(
        select(CollectionCall.account_id, func.max(CollectionCall.at)).group_by(CollectionCall.account_id)
    )
    return {account_id: work.wall(at).date() for account_id, at in found}


def _order(row: CollectionRow) -> tuple[bool, date, date, int]:
    return (not row.is_due, row.next_on or date.max, row.oldest_on, row.account_id)
