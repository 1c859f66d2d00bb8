"""What to ask for at the desk, and why."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import groupby

from sqlalchemy import func, select

from frontdesk.kernel.money import dollars
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import counted, us_date
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party
from frontdesk.models.registration.account import AccountMember
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.services.billing import (
    asked,
    asking_estimate,
    asking_visit,
    balances,
    holders,
    no_checks,
    parties,
    plans,
    using_credit,
)
from frontdesk.services.billing.asked import Allocation as Allocation
from frontdesk.services.billing.asked import AskFor as AskFor
from frontdesk.services.billing.asked import AskItem as AskItem
from frontdesk.services.billing.balances import LineBalance
from frontdesk.services.billing.instalments import DueState
from frontdesk.services.billing.plans import PlanView
from frontdesk.services.command import query
from frontdesk.services.work import Work

SHARES = {"1": "deductible", "2": "coinsurance", "3": "copay"}
"""What the patient's share is called, by the reason code that moved it to them."""

_COMING = (Lifecycle.BOOKED, Lifecycle.ARRIVED, Lifecycle.IN_PROGRESS, Lifecycle.COMPLETED)


@query(permission="billing.view")
def ask_for(work: Work, *, patient_id: int, appointment_id: int | None = None) -> AskFor:
    """The copay of this visit, then instalments that are due, then earlier visits, the oldest first.

    Without a visit, those of the patient today count. What is on a plan is asked for by its instalments.
    """
    account_id = parties.account_of(work, patient_id, work.today)
    visits = _visits(work, account_id, patient_id, appointment_id)
    standing = plans.of_account(work, account_id=account_id)
    due = _Due(work, account_id, standing)
    items: list[AskItem] = []
    for visit in visits:
        if visit.patient_id == patient_id:
            items += asking_visit.asked(work, visit)
    items += [item for plan in standing if plan.patient_id == patient_id for item in _of_plan(plan, due)]
    items += due.past(patient_id)
    items += asking_estimate.offered(work, patient_id)
    family = []
    for member_id, name in _others(work, account_id, patient_id):
        theirs = [
            item for each in visits if each.patient_id == member_id for item in asking_visit.asked(work, each)
        ]
        theirs += [item for plan in standing if plan.patient_id == member_id for item in _of_plan(plan, due)]
        theirs += due.past(member_id)
        family += [replace(item, patient_id=member_id, patient=name) for item in theirs]
    credit = balances.of_account(work, account_id=account_id).credit_cents
    total = asked.total(item for item in items if item.is_asked)
    free = using_credit.free_cents(work, account_id) if credit else 0
    marked = no_checks.marked(work, account_id)
    words = marked.words if marked is not None else ""
    return AskFor(
        tuple(items),
        total,
        credit,
        free,
        tuple(family),
        account_id,
        elsewhere=_elsewhere(work, patient_id, account_id),
        no_checks=words,
    )


def _elsewhere(work: Work, patient_id: int, own_id: int) -> tuple[AskItem, ...]:
    """The patient's own visits that households owe which pay for them no more."""
    entry = JournalEntry
    owed = func.sum(entry.amount_cents)
    found = work.session.execute(
        select(entry.account_id, entry.charge_line_id)
        .where(
            entry.patient_id == patient_id,
            entry.responsible == Party.PATIENT,
            entry.charge_line_id.is_not(None),
            entry.account_id != own_id,
        )
        .group_by(entry.account_id, entry.charge_line_id)
        .having(owed > 0)
        .order_by(entry.account_id)
    ).all()
    ids = dict.fromkeys(account_id for account_id, _ in found if account_id is not None)
    named = holders.holders(work, ids) if ids else {}
    items = []
    for account_id in ids:
        standing = plans.of_account(work, account_id=account_id)
        due = _Due(work, account_id, standing)
        theirs = [item for plan in standing if plan.patient_id == patient_id for item in _of_plan(plan, due)]
        whose = f"account {named[account_id].account_number} of {named[account_id].name}"
        items += [
            replace(
                item,
                household=whose,
                is_asked=False,
                allocations=tuple(replace(each, account_id=account_id) for each in item.allocations),
            )
            for item in (*theirs, *due.past(patient_id))
        ]
    return tuple(items)


def _visits(
    work: Work, account_id: int, patient_id: int, appointment_id: int | None
) -> Sequence[Appointment]:
    """The visit that is meant, and today's of the others; without one, everybody's of today."""
    day = datetime.combine(work.today, time())
    household = select(AccountMember.patient_id).where(
        AccountMember.account_id == account_id,
        AccountMember.valid_from <= work.today,
        AccountMember.valid_until.is_(None) | (AccountMember.valid_until >= work.today),
    )
    meant = [work.get(Appointment, appointment_id)] if appointment_id is not None else []
    wanted = (
        select(Appointment)
        .where(
            Appointment.patient_id.in_(household),
            Appointment.starts >= day,
            Appointment.starts < day + timedelta(days=1),
            Appointment.lifecycle.in_(_COMING),
        )
        .order_by(Appointment.starts, Appointment.id)
    )
    if meant:
        wanted = wanted.where(Appointment.patient_id != patient_id)
    return [*meant, *work.session.scalars(wanted)]


def _others(work: Work, account_id: int, patient_id: int) -> list[tuple[int, str]]:
    found = work.session.execute(
        select(Patient.id, Patient.legal_first, Patient.legal_last)
        .join(AccountMember, AccountMember.patient_id == Patient.id)
        .where(
            AccountMember.account_id == account_id,
            AccountMember.valid_from <= work.today,
            AccountMember.valid_until.is_(None) | (AccountMember.valid_until >= work.today),
            Patient.id != patient_id,
        )
        .order_by(Patient.born_on, Patient.id)
    )
    return [(member, first_last(first, last)) for member, first, last in found]


class _Due:
    """What patients of a household owe themselves, by line; what is on a plan is set aside."""

    def __init__(self, work: Work, account_id: int, standing: tuple[PlanView, ...]) -> None:
        found = balances.lines_of_account(work, account_id=account_id, only_open=True)
        lines = [line for line in found if line.patient_cents > 0]
        lines.sort(key=lambda line: (line.service_on, line.appointment_id or 0, line.charge_line_id))
        self.lines = {line.charge_line_id: line for line in lines}
        self._planned = {part.charge_line_id: part.amount_cents for plan in standing for part in plan.parts}
        ids = list(self.lines)
        self._fees = set(
            work.session.scalars(
                select(ChargeLine.id).where(ChargeLine.id.in_(ids), ChargeLine.is_fee.is_(True))
            )
        )
        self._codes: dict[int, list[str]] = {}
        for line_id, code in work.session.execute(
            select(JournalEntry.charge_line_id, JournalEntry.reason_code)
            .where(
                JournalEntry.charge_line_id.in_(ids),
                JournalEntry.kind == EntryKind.TRANSFER,
                JournalEntry.responsible == Party.PATIENT,
                JournalEntry.amount_cents > 0,
            )
            .order_by(JournalEntry.id)
        ):
            self._codes.setdefault(line_id or 0, []).append(code)

    def past(self, patient_id: int) -> list[AskItem]:
        """One item a visit, the oldest first."""
        own = [
            (line, cents)
            for line in self.lines.values()
            if line.patient_id == patient_id and (cents := self._beside_plan(line)) > 0
        ]
        items = []
        for (service_on, _), of_visit in groupby(
            own, key=lambda each: (each[0].service_on, each[0].appointment_id)
        ):
            parts = tuple(of_visit)
            first = parts[0][0]
            name = first.label if first.charge_line_id in self._fees else "Balance, visit"
            items.append(
                AskItem(
                    label=f"{name} {us_date(service_on)}",
                    because=self._because([line for line, _ in parts]),
                    amount_cents=sum(cents for _, cents in parts),
                    allocations=tuple(
                        Allocation("line", cents, charge_line_id=line.charge_line_id) for line, cents in parts
                    ),
                    detail=", ".join(f"{line.label} {dollars(cents)}" for line, cents in parts),
                )
            )
        return items

    def of_plan(self, plan: PlanView, cents: int) -> tuple[Allocation, ...]:
        """So much of a plan's lines, the oldest first."""
        spent = []
        planned = {part.charge_line_id: part.amount_cents for part in plan.parts}
        for line in self.lines.values():
            part = min(cents, line.patient_cents, planned.get(line.charge_line_id, 0))
            if part > 0:
                spent.append(Allocation("line", part, charge_line_id=line.charge_line_id))
                cents -= part
        return tuple(spent)

    def _beside_plan(self, line: LineBalance) -> int:
        return line.patient_cents - min(line.patient_cents, self._planned.get(line.charge_line_id, 0))

    def _because(self, lines: Sequence[LineBalance]) -> str:
        """The name of the patient's share, from the transfer that made it theirs: "deductible"."""
        codes = [code for line in lines for code in self._codes.get(line.charge_line_id, ())]
        if not codes:
            return "self-pay"
        return ", ".join(dict.fromkeys(SHARES.get(code, "not covered") for code in codes))


def _of_plan(plan: PlanView, due: _Due) -> list[AskItem]:
    """What is due of a plan; else its next instalment, which is offered only."""
    following = plan.next
    if following is None:
        return []
    cents = plan.asked_cents
    allocations = due.of_plan(plan, cents)
    if not allocations:
        return []
    count = len(plan.instalments)
    said = f"installment {following.place} of {count}"
    if plan.missed:
        said = counted(plan.missed, "installment missed", "installments missed")
    is_due = following.state is not DueState.AHEAD
    return [
        AskItem(
            label=f"Plan {plan.number}, {'due' if is_due else 'next due'} {us_date(following.due_on)}",
            because=said,
            amount_cents=sum(each.amount_cents for each in allocations),
            allocations=allocations,
            is_asked=is_due,
            detail=f"{dollars(plan.left_cents)} of {dollars(plan.total_cents)} is still open on the plan.",
            plan_id=plan.id,
        )
    ]
