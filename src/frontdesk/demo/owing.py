"""Old debts, credits and a refund on their way, by the real commands. All invented."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.demo import acting
from frontdesk.demo.cast import DAY
from frontdesk.demo.start import STARTS_AT
from frontdesk.demo.week import TODAY, instant
from frontdesk.kernel.clock import SetClock
from frontdesk.models.billing.collection import CollectionStep
from frontdesk.models.billing.journal import Party
from frontdesk.models.registration.account import Account, AccountMember
from frontdesk.services.billing import (
    balances,
    charges,
    collection_calls,
    collection_steps,
    credit_list,
    hardships,
    payments,
    refunds,
    statement_rules,
    statement_run,
    statements,
)
from frontdesk.services.billing.collection_calls import CallOutcome
from frontdesk.services.billing.collection_steps import Stage
from frontdesk.services.billing.credit_list import CreditKind
from frontdesk.services.billing.hardships import Application
from frontdesk.services.billing.refunds import RefundDraft, RefundWay
from frontdesk.services.billing.statement_rules import StatementRules
from frontdesk.services.billing.statement_run import Candidate, RunFilters
from frontdesk.services.database import Database
from frontdesk.services.work import Work

P = ParamSpec("P")
R = TypeVar("R")

_CHARGED_ON: Final = date(2025, 9, 15)
_FEES: Final = (
    ("Visit missed without a call", 8500),
    ("Records copied for an attorney", 14250),
    ("Forms for an employer, two sets", 23000),
    ("Visits missed without a call", 17000),
)
_AGENCY: Final = "Cascade Recovery Services"
_LEAST_HOUSEHOLDS: Final = 40
"""A smaller practice has nobody to spare for this."""


def leave(database: Database, clock: SetClock) -> None:
    """Four households on the way to the agency, two credits, and a refund that waits for approval."""
    people = _People(database, clock)
    found = people.chosen()
    if len(found) >= _LEAST_HOUSEHOLDS:
        _debts(people, found[-len(_FEES) :])
        _credits(people)
    clock.set(STARTS_AT)


class _People:
    """Acts under the names of the office's people, on days gone by."""

    def __init__(self, database: Database, clock: SetClock) -> None:
        self.database, self.clock = database, clock
        with Session(database.engines.read) as session:
            self.actors = acting.everybody(session)

    def on(self, day: date, hour: int) -> None:
        self.clock.set(instant(datetime.combine(day, time(hour, 20))))

    def do(
        self, login: str, act: Callable[Concatenate[Work, P], R], /, *args: P.args, **arguments: P.kwargs
    ) -> R:
        return self.database.do(self.actors[login], act, *args, **arguments).result

    def chosen(self) -> Sequence[Candidate]:
        """Households that owe, without those of the Tuesday, the oldest debt first."""
        of_the_day = {role.name for role in DAY}
        self.clock.set(STARTS_AT)
        found = self.database.ask(self.actors["bill"], statement_run.preview, filters=RunFilters())
        with Session(self.database.engines.read) as session:
            old = set(
                session.scalars(
                    select(AccountMember.account_id)
                    .join(Account, Account.id == AccountMember.account_id)
                    .where(
                        AccountMember.patient_id == Account.holder_patient_id,
                        AccountMember.valid_from <= _CHARGED_ON,
                    )
                )
            )
        return [each for each in found.asked if each.name not in of_the_day and each.account_id in old]

    def seen(self, account_id: int) -> int | None:
        """The last step of a household."""
        with Session(self.database.engines.read) as session:
            return session.scalars(
                select(CollectionStep.id)
                .where(CollectionStep.account_id == account_id)
                .order_by(CollectionStep.at.desc())
            ).first()

    def step(self, account_id: int, stage: Stage, words: str, next_on: date) -> None:
        self.do(
            "bill",
            collection_steps.move,
            account_id=account_id,
            stage=stage,
            words=words,
            next_on=next_on,
            seen_id=self.seen(account_id),
        )


def _debts(people: _People, found: Sequence[Candidate]) -> None:
    """One is called, one broke a promise, one is to be placed, one is with the agency."""
    people.on(_CHARGED_ON, 9)
    for each, (label, cents) in zip(found, _FEES, strict=True):
        with Session(people.database.engines.read) as session:
            patient_id = session.scalars(
                select(Account.holder_patient_id).where(Account.id == each.account_id)
            ).one()
        assert patient_id is not None
        people.do(
            "dana",
            charges.add_fee,
            patient_id=patient_id,
            label=label,
            amount_cents=cents,
            on=_CHARGED_ON,
        )
    people.on(date(2026, 1, 12), 15)
    people.do("bill", statement_rules.set_rules, rules=StatementRules(agency=_AGENCY))
    called, promised, reviewed, placed = (each.account_id for each in found)
    _warned(people, found)
    people.on(date(2026, 2, 26), 11)
    people.step(placed, Stage.AGENCY_REVIEW, "Three letters and two calls without an answer.", TODAY)
    people.on(date(2026, 2, 27), 9)
    people.do("maria", collection_steps.place, account_id=placed, seen_id=people.seen(placed))
    people.on(date(2026, 3, 2), 10)
    for account_id in (called, promised, reviewed):
        people.do("bill", statements.issue, account_id=account_id)
    people.do(
        "bill", collection_calls.promise, account_id=promised, amount_cents=8000, due_on=date(2026, 3, 13)
    )
    people.do(
        "dana", hardships.apply, application=Application(promised, 4, 3_120_000, "Pay stubs of February")
    )
    people.on(date(2026, 3, 13), 16)
    people.step(reviewed, Stage.AGENCY_REVIEW, "Says the clinic should ask the other parent.", TODAY)
    people.do(
        "dana",
        collection_calls.log_call,
        account_id=called,
        outcome=CallOutcome.VOICEMAIL,
        words="Left a message without naming the matter.",
        next_on=TODAY,
    )


def _warned(people: _People, found: Sequence[Candidate]) -> None:
    """Statements, and the final notice of those who go on to the agency."""
    for each in found:
        people.do("bill", statements.issue, account_id=each.account_id)
        people.step(each.account_id, Stage.FIRST_NOTICE, "", date(2026, 2, 2))
    people.on(date(2026, 2, 3), 14)
    for each in found[2:]:
        people.step(each.account_id, Stage.FINAL_NOTICE, "Sent by certified mail.", TODAY)
    people.do(
        "dana",
        collection_calls.log_call,
        account_id=found[0].account_id,
        outcome=CallOutcome.NO_ANSWER,
        words="Rang out.",
        next_on=None,
    )


def _credits(people: _People) -> None:
    """Two lines were charged too high and had been paid: one is a free credit now, and asked back."""
    people.on(date(2026, 2, 20), 13)
    paid = _paid_lines(people)
    for line_id in paid:
        people.do(
            "bill",
            charges.correct,
            charge_line_id=line_id,
            responsible=Party.PATIENT,
            amount_cents=-1850,
            reason="Charged at the wrong level",
        )
    people.do("bill", payments.free_overpaid, charge_line_id=paid[0])
    people.on(date(2026, 3, 16), 14)
    found = people.database.ask(people.actors["bill"], credit_list.worklist)
    free = next(each for each in found if each.kind is CreditKind.FREE)
    draft = RefundDraft(free.left_cents, RefundWay.CHECK, "Asked for it when she moved away", free.receipt_id)
    people.do("bill", refunds.ask_for, draft=draft)


def _paid_lines(people: _People) -> list[int]:
    """Two lines of two households that a patient paid and nobody owes anything on."""
    lines: dict[int, int] = {}
    with Session(people.database.engines.read) as session:
        numbered = session.scalars(select(Account.id).order_by(Account.number.desc()).limit(200)).all()
    for account_id in numbered:
        owed = people.database.ask(people.actors["bill"], balances.lines_of_account, account_id=account_id)
        settled = [each for each in owed if each.patient_paid_cents >= 2500 and not each.open_cents]
        if settled and not any(each.open_cents for each in owed):
            lines[account_id] = settled[0].charge_line_id
        if len(lines) == 2:
            break
    return list(lines.values())
