"""Where two charts meet in one place: phones alike, addresses, coverage, accounts, overlapping visits."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from frontdesk.kernel.text import us_date, us_phone, us_time
from frontdesk.models.registration.account import Account
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.payer import Payer, Plan
from frontdesk.models.registration.reach import PatientAddress, PatientContact, PatientPhone
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.services.registration import accounts
from frontdesk.services.visit import merge_columns as columns
from frontdesk.services.visit.merge_plan import Plan as MergePlan
from frontdesk.services.visit.merge_plan import Side, meet, rows_of

_LAST_RANK = 9


def resolve(plan: MergePlan) -> None:
    """Adjust what would collide, and say how; in an order that no constraint minds."""
    _phones(plan)
    _contacts(plan)
    _addresses(plan)
    _coverages(plan)
    for table in ("account_member", "self_pay"):
        _clip(plan, table)
    _accounts(plan)
    _visits(plan)


def _phones(plan: MergePlan) -> None:
    kept = _of(plan, PatientPhone, plan.draft.stays_id)
    numbers = {row.number for row in kept if row.ended_on is None}
    last = max((row.rank for row in kept), default=0)
    for row in _of(plan, PatientPhone, plan.draft.goes_id):
        if row.ended_on is None and row.number in numbers:
            plan.adjust("patient_phone", row.id, "ended_on", None, plan.work.today)
            plan.collide(
                f"Both charts have the phone {us_phone(row.number)}.",
                "It stands once, as the chart that stays has it.",
            )
        elif last:
            plan.adjust("patient_phone", row.id, "rank", row.rank, row.rank + last)


def _contacts(plan: MergePlan) -> None:
    sides = (plan.draft.stays_id, plan.draft.goes_id)
    rows = plan.work.session.scalars(
        select(PatientContact)
        .where(
            PatientContact.patient_id.in_(sides),
            PatientContact.contact_patient_id.in_(sides),
            PatientContact.ended_on.is_(None),
        )
        .order_by(PatientContact.id)
    )
    for row in rows:
        plan.adjust("patient_contact", row.id, "ended_on", None, plan.work.today)
        plan.collide(
            "One chart names the other as a contact.",
            "That entry ends: it would name the patient themselves.",
        )


def _addresses(plan: MergePlan) -> None:
    today = plan.work.today
    kept = _of(plan, PatientAddress, plan.draft.stays_id)
    for row in _of(plan, PatientAddress, plan.draft.goes_id):
        others = [each for each in kept if each.kind == row.kind and meet(_days(row), _days(each))]
        now = next((each for each in others if each.valid_until is None or each.valid_until >= today), None)
        if now is None or not (row.valid_until is None or row.valid_until >= today):
            _end_before(plan, "patient_address", row, others)
            continue
        same = (row.street, row.unit, row.postal_code) == (now.street, now.unit, now.postal_code)
        if not same:
            wins = "other chart" if plan.draft.address_from is Side.GOES else "chart that stays"
            plan.collide(
                f"Two {row.kind} addresses hold today: {_at(now)}, and {_at(row)}.",
                f"From today the address of the {wins} holds; the other is kept in the history.",
                "address_from",
            )
        if plan.draft.address_from is Side.GOES and not same and now.valid_from < today:
            plan.adjust("patient_address", now.id, "valid_until", now.valid_until, today - timedelta(days=1))
            if row.valid_from < today:
                plan.adjust("patient_address", row.id, "valid_from", row.valid_from, today)
        elif plan.draft.address_from is Side.GOES and not same:
            for column in ("street", "unit", "city", "state", "postal_code"):
                plan.adjust("patient_address", now.id, column, getattr(now, column), getattr(row, column))
        else:
            _end_before(plan, "patient_address", row, others)


def _coverages(plan: MergePlan) -> None:
    draft = plan.draft
    winner, loser = draft.stays_id, draft.goes_id
    if draft.coverage_first is Side.GOES:
        winner, loser = loser, winner
    whose = "other chart" if loser == draft.goes_id else "chart that stays"
    cards = _cards(plan, (winner, loser))
    placed = [(row, row.rank) for row in _of(plan, Coverage, winner) if row.is_active]
    shifted: list[tuple[Any, int]] = []
    for row in sorted(
        (row for row in _of(plan, Coverage, loser) if row.is_active), key=lambda row: (row.rank, row.id)
    ):
        twins = [
            other
            for other, _ in placed
            if cards[other.id][:2] == cards[row.id][:2] and meet(_spans(row), _spans(other))
        ]
        if twins:
            plan.adjust("coverage", row.id, "is_active", True, False)
            plan.collide(
                f"Both charts have {cards[row.id][2]}, member {cards[row.id][1]}.",
                "It is in force once; the other stays on record.",
            )
            continue
        rank = next(
            (
                rank
                for rank in range(row.rank, _LAST_RANK + 1)
                if not any(
                    at == rank and other.case_number == row.case_number and meet(_spans(row), _spans(other))
                    for other, at in placed
                )
            ),
            None,
        )
        if rank is None:
            plan.adjust("coverage", row.id, "is_active", True, False)
        elif rank != row.rank:
            shifted.append((row, rank))
            plan.collide(
                f"Both charts have a coverage in place {row.rank} for the same days.",
                f"{cards[row.id][2]} of the {whose} pays in place {rank}.",
                "coverage_first",
            )
        placed.append((row, rank or row.rank))
    # The last first: a place is free before the next moves into it.
    for row, rank in sorted(shifted, key=lambda pair: -pair[1]):
        plan.adjust("coverage", row.id, "rank", row.rank, rank)


def _clip(plan: MergePlan, table: str) -> None:
    """Days that both speak for are the staying chart's; what went before is the history of the other."""
    pointer = next(
        each
        for each in columns.pointers(columns.PATIENT)
        if each.table.name == table and each.column.name == "patient_id"
    )
    kept = rows_of(plan.work, pointer, plan.draft.stays_id)
    for row in rows_of(plan.work, pointer, plan.draft.goes_id):
        _end_before(plan, table, row, [each for each in kept if meet(_days(row), _days(each))])


def _end_before(plan: MergePlan, table: str, row: Any, others: list[Any]) -> None:
    """End a span the day before the first of the others; one that begins later stays where it is."""
    if not others:
        return
    first: date = min(each.valid_from for each in others)
    if row.valid_from < first:
        plan.adjust(table, row.id, "valid_until", row.valid_until, first - timedelta(days=1))


def _accounts(plan: MergePlan) -> None:
    """An account that the going chart holds itself becomes one with the staying chart's."""
    work, draft = plan.work, plan.draft
    held = work.session.scalars(select(Account).where(Account.holder_patient_id == draft.goes_id)).first()
    stays = accounts.account_id_of(work, draft.stays_id, work.today)
    goes = accounts.account_id_of(work, draft.goes_id, work.today)
    if stays is None:
        stays = work.session.scalar(select(Account.id).where(Account.holder_patient_id == draft.stays_id))
    if stays is None or stays == (held.id if held else goes):
        return
    into = work.get(Account, stays)
    if held is not None:
        plan.accounts = (stays, held.id)
        plan.collide(
            f"Both charts have an account: {into.number} and {held.number}.",
            f"They become one, {into.number}: every charge, payment and statement goes with it.",
        )
    elif goes is not None:
        plan.collide(
            f"The charts are billed to two households: {into.number} and {work.get(Account, goes).number}.",
            f"From today {into.number} pays. What was billed to the other stays billed to it.",
        )


def _visits(plan: MergePlan) -> None:
    alive = (Lifecycle.BOOKED, Lifecycle.ARRIVED, Lifecycle.IN_PROGRESS, Lifecycle.COMPLETED)
    both: dict[int, list[Appointment]] = {
        whose: list(
            plan.work.session.scalars(
                select(Appointment)
                .where(Appointment.patient_id == whose, Appointment.lifecycle.in_(alive))
                .order_by(Appointment.starts, Appointment.id)
            )
        )
        for whose in (plan.draft.stays_id, plan.draft.goes_id)
    }
    for visit in both[plan.draft.goes_id]:
        for other in both[plan.draft.stays_id]:
            if visit.starts < other.ends and other.starts < visit.ends:
                plan.collide(
                    f"Both charts have a visit on {us_date(visit.starts.date())} "
                    f"at {us_time(visit.starts)}{_and(visit, other)}.",
                    "Both stay booked. Cancel the one that is too many.",
                )


def _at(row: PatientAddress) -> str:
    return f"{row.street}, {row.city}"


def _and(visit: Appointment, other: Appointment) -> str:
    return "" if visit.starts == other.starts else f" and {us_time(other.starts)}"


def _cards(plan: MergePlan, whose: tuple[int, int]) -> dict[int, tuple[int, str, str]]:
    """By coverage: the plan's id, the member id, and the words for it."""
    found = plan.work.session.execute(
        select(Coverage.id, Policy.plan_id, Policy.member_id, Payer.name, Plan.name)
        .join(Policy, Policy.id == Coverage.policy_id)
        .join(Plan, Plan.id == Policy.plan_id)
        .join(Payer, Payer.id == Plan.payer_id)
        .where(Coverage.patient_id.in_(whose))
    )
    return {
        coverage_id: (plan_id, member_id, f"{payer} {plan}")
        for coverage_id, plan_id, member_id, payer, plan in found
    }


def _of(plan: MergePlan, model: type[Any], whose: int) -> list[Any]:
    """Any: rows of one of the models above."""
    return list(plan.work.session.scalars(select(model).where(model.patient_id == whose).order_by(model.id)))


def _days(row: Any) -> tuple[date, date | None]:
    return row.valid_from, row.valid_until


def _spans(row: Any) -> tuple[date, date | None]:
    return row.effective_from, row.effective_until
