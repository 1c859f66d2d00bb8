"""Calls to households that owe, and what they promised to pay; only receipts keep a promise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.collection import LONGEST_WORDS, CollectionCall, PaymentPromise, Stage
from frontdesk.models.billing.collection import CallOutcome as CallOutcome
from frontdesk.models.billing.receipts import Receipt
from frontdesk.models.registration.account import Account
from frontdesk.services.billing import collection_steps, old_debt, parties, promise_keeping
from frontdesk.services.billing.amounts import amount_finding
from frontdesk.services.billing.words import words_findings
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_collection_call", "A call stays on record. Log another one to correct it.")
says("append_only_payment_promise", "A promise stays as it was made. Take it back and enter another.")

LATEST_PROMISE = timedelta(days=92)


class PromiseState(StrEnum):
    """Where a promise stands on a day."""

    WAITING = "waiting"
    KEPT = "kept"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class PromiseView:
    """What was promised, and what came of it."""

    id: int
    account_id: int
    made_on: date
    taken_by: str
    amount_cents: int
    due_on: date
    paid_cents: int
    """What came in from the moment it was made until its day."""
    state: PromiseState


@dataclass(frozen=True, slots=True)
class CallView:
    """One call."""

    at: datetime
    by: str
    outcome: CallOutcome
    words: str


@command(
    "Log call", permission="billing.collect", undo=irreversible("A call that was made stays in the log.")
)
def log_call(work: Work, *, account_id: int, outcome: CallOutcome, words: str, next_on: date | None) -> int:
    """What came of a call just now; with a day, the household is looked at again then."""
    work.get(Account, account_id)
    work.concerns(*parties.billed_patients(work, account_id))
    wanted = "Write what was said, or that nobody answered."
    findings = words_findings(words, "words", most=LONGEST_WORDS, wanted=wanted, what="A note")
    if next_on is not None and next_on < work.today:
        findings.append(Finding("The next look is today or later.", "next_on"))
    refuse_if_any(findings)
    row = CollectionCall(
        account_id=account_id,
        at=work.now,
        done_by=work.actor.name,
        done_by_id=work.actor.user_id,
        outcome=outcome,
        words=words.strip(),
    )
    work.add(row)
    if next_on is not None and old_debt.owed_cents(work, account_id) > 0:
        collection_steps.step_by_desk(work, account_id, Stage.CALL, words, next_on)
    return row.id


def _promise_back(done: Performed) -> Undo:
    return Undo(take_back, promise_id=done.result)


@command("Note promise to pay", permission="billing.collect", undo=_promise_back)
def promise(work: Work, *, account_id: int, amount_cents: int, due_on: date) -> int:
    """Somebody of the household said what they pay by when; it replaces what they promised before."""
    work.get(Account, account_id)
    work.concerns(*parties.billed_patients(work, account_id))
    owed = old_debt.owed_cents(work, account_id)
    findings = amount_finding(amount_cents, "amount_cents")
    if not findings and amount_cents > owed:
        findings.append(Finding(f"The household owes {dollars(max(owed, 0))}. Note no more.", "amount_cents"))
    if due_on < work.today:
        findings.append(Finding("The day of a promise is today or later.", "due_on"))
    elif due_on > work.today + LATEST_PROMISE:
        findings.append(Finding("A promise is for the next three months; else agree on a plan.", "due_on"))
    refuse_if_any(findings)
    for before in _standing(work, (account_id,)):
        before.ended_at = work.now
    row = PaymentPromise(
        account_id=account_id,
        made_on=work.today,
        made_at=work.now,
        done_by=work.actor.name,
        amount_cents=amount_cents,
        due_on=due_on,
    )
    work.add(row)
    words = f"Promised {dollars(amount_cents)} by {us_date(due_on)}."
    collection_steps.step_by_desk(work, account_id, Stage.PROMISE, words, due_on + timedelta(days=1))
    return row.id


@command(
    "Take promise back", permission="billing.collect", undo=irreversible("Note the promise again instead.")
)
def take_back(work: Work, *, promise_id: int) -> None:
    """It was noted by mistake; it counts no more."""
    row = work.get(PaymentPromise, promise_id)
    work.concerns(*parties.billed_patients(work, row.account_id))
    if row.ended_at is not None:
        raise Refused(Finding("This promise does not stand any more."))
    row.ended_at = work.now
    work.flush()


@query(permission="billing.view")
def calls(work: Work, *, account_id: int) -> tuple[CallView, ...]:
    """The calls to a household, the newest first."""
    rows = work.session.scalars(
        select(CollectionCall)
        .where(CollectionCall.account_id == account_id)
        .order_by(CollectionCall.at.desc(), CollectionCall.id.desc())
    )
    return tuple(CallView(work.wall(row.at), row.done_by, row.outcome, row.words) for row in rows)


def promises(work: Work, account_ids: Sequence[int]) -> dict[int, PromiseView]:
    """The standing promise of each household, with what came in for it."""
    found = _standing(work, account_ids)
    kept = promise_keeping.of_promises(work, found)
    return {row.account_id: _view(work, row, sum(cents for _, cents in kept[row.id])) for row in found}


def accounts_with_promise(work: Work) -> tuple[int, ...]:
    """The households with a promise that stands."""
    return tuple(
        work.session.scalars(
            select(PaymentPromise.account_id)
            .where(PaymentPromise.ended_at.is_(None))
            .distinct()
            .order_by(PaymentPromise.account_id)
        )
    )


def _standing(work: Work, account_ids: Sequence[int]) -> Sequence[PaymentPromise]:
    work.flush()
    return work.session.scalars(
        select(PaymentPromise)
        .where(PaymentPromise.account_id.in_(account_ids), PaymentPromise.ended_at.is_(None))
        .order_by(PaymentPromise.made_at, PaymentPromise.id)
    ).all()


def keeping(work: Work, row: PaymentPromise) -> list[tuple[Receipt, int]]:
    """The receipts that count for a promise, each with what of it was paid, the oldest first."""
    return promise_keeping.of_promises(work, [row])[row.id]


def _view(work: Work, row: PaymentPromise, paid_cents: int) -> PromiseView:
    if paid_cents >= row.amount_cents:
        state = PromiseState.KEPT
    else:
        state = PromiseState.BROKEN if work.today > row.due_on else PromiseState.WAITING
    return PromiseView(
        row.id, row.account_id, row.made_on, row.done_by, row.amount_cents, row.due_on, paid_cents, state
    )
