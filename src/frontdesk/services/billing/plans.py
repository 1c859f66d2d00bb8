"""Payment plans: agreed in instalments, asked for when due, ended with a reason.

What was paid on a plan is read from the ledger: what of its lines the patient owes no more. So a void
brings its instalments back by itself, and a payment on a line counts however it was made.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.payment_plan import MOST_INSTALMENTS, PaymentPlan, PlanInstalment, PlanLine
from frontdesk.models.billing.payment_plan import Rhythm as Rhythm
from frontdesk.services.billing import balances, parties
from frontdesk.services.billing.asked import AskItem, allocations
from frontdesk.services.billing.balances import LineBalance
from frontdesk.services.billing.instalments import DueState, Instalment, Standing, spread_over, standing
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("payment_plan_sums", "The installments do not add up to the plan. Nothing was recorded.")
says("payment_plan_is_agreed", "What was agreed is not changed. End the plan and agree on another.")
says("uq_payment_plan_line_standing", "Another desk has just put this on a plan. Look at the account again.")
for _table in ("payment_plan", "payment_plan_line", "payment_plan_instalment"):
    says(f"append_only_{_table}", "What was agreed is not changed. End the plan and agree on another.")
says("ck_payment_plan_ended_because", "A reason has at most 200 characters. Shorten it.", field="reason")

LATEST_FIRST = timedelta(days=92)
"""An agreement begins within a quarter."""


@dataclass(frozen=True, slots=True)
class Part:
    """What of a charge line the plan is about."""

    charge_line_id: int
    amount_cents: int


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """An agreement as the desk enters it."""

    patient_id: int
    parts: tuple[Part, ...]
    count: int
    rhythm: Rhythm
    first_on: date

    @property
    def total_cents(self) -> int:
        return total(self.parts)

    def preview(self) -> tuple[Instalment, ...]:
        """Each day and amount as it would be agreed; empty while there is no such plan."""
        if not 2 <= self.count <= MOST_INSTALMENTS or self.total_cents < self.count:
            return ()
        return spread_over(self.total_cents, self.count, self.rhythm, self.first_on)


@dataclass(frozen=True, slots=True)
class PlanView:
    """An agreement, and where it stands today."""

    id: int
    number: str
    patient_id: int
    agreed_on: date
    agreed_by: str
    rhythm: Rhythm
    total_cents: int
    left_cents: int
    instalments: tuple[Standing, ...]
    parts: tuple[Part, ...]
    ended_because: str
    """Empty while it stands."""

    @property
    def missed(self) -> int:
        return sum(each.state is DueState.MISSED for each in self.instalments)

    @property
    def due_cents(self) -> int:
        """What is to be paid by today."""
        asked = (DueState.MISSED, DueState.DUE)
        return sum(each.open_cents for each in self.instalments if each.state in asked)

    @property
    def next(self) -> Standing | None:
        """The first instalment that is not paid."""
        return next((each for each in self.instalments if each.state is not DueState.PAID), None)

    @property
    def asked_cents(self) -> int:
        """What is asked for now: what is due, else what is left of the next instalment."""
        following = self.next
        return self.due_cents or (following.open_cents if following else 0)


def total(parts: Iterable[Part]) -> int:
    """What these come to, in cents."""
    return sum(part.amount_cents for part in parts)


def parts_of(items: Iterable[AskItem]) -> tuple[Part, ...]:
    """What of these a plan can be about: what is not yet charged can't be paid in instalments."""
    return tuple(
        Part(each.charge_line_id, each.amount_cents)
        for each in allocations(items)
        if each.charge_line_id is not None
    )


def said_plan(number: int) -> str:
    """A plan's number as it is printed and said: "P-000012"."""
    return f"P-{number:06d}"


@query(permission="billing.view")
def of_account(work: Work, *, account_id: int, only_standing: bool = True) -> tuple[PlanView, ...]:
    """A household's plans, the oldest first; four statements."""
    wanted = select(PaymentPlan).where(PaymentPlan.account_id == account_id).order_by(PaymentPlan.number)
    if only_standing:
        wanted = wanted.where(PaymentPlan.ended_at.is_(None))
    return views(work, work.session.scalars(wanted).all())


def by_account(work: Work, account_ids: Collection[int]) -> dict[int, list[PlanView]]:
    """The standing plans of many households, the oldest first; four statements."""
    rows = work.session.scalars(
        select(PaymentPlan)
        .where(PaymentPlan.account_id.in_(account_ids), PaymentPlan.ended_at.is_(None))
        .order_by(PaymentPlan.number)
    ).all()
    found: dict[int, list[PlanView]] = {}
    for row, each in zip(rows, views(work, rows), strict=True):
        found.setdefault(row.account_id, []).append(each)
    return found


@query(permission="billing.view")
def plan(work: Work, *, plan_id: int) -> PlanView:
    """One plan."""
    return views(work, (work.get(PaymentPlan, plan_id),))[0]


def is_planned(work: Work, charge_line_id: int) -> bool:
    """Whether a line is on a plan that stands."""
    on_plan = PlanLine.charge_line_id == charge_line_id
    return work.session.scalar(select(PlanLine.id).where(on_plan, PlanLine.stands)) is not None


def views(work: Work, rows: Sequence[PaymentPlan]) -> tuple[PlanView, ...]:
    """Plans with where they stand today."""
    ids = [row.id for row in rows]
    if not ids:
        return ()
    parts: dict[int, list[Part]] = {}
    for line in work.session.scalars(select(PlanLine).where(PlanLine.plan_id.in_(ids)).order_by(PlanLine.id)):
        parts.setdefault(line.plan_id, []).append(Part(line.charge_line_id, line.amount_cents))
    dues: dict[int, list[Instalment]] = {}
    for due in work.session.scalars(
        select(PlanInstalment).where(PlanInstalment.plan_id.in_(ids)).order_by(PlanInstalment.place)
    ):
        dues.setdefault(due.plan_id, []).append(Instalment(due.due_on, due.amount_cents))
    lines = balances.lines_by_id(work, tuple(part.charge_line_id for each in parts.values() for part in each))
    return tuple(_view(work, row, tuple(parts[row.id]), dues[row.id], lines) for row in rows)


def _view(
    work: Work,
    row: PaymentPlan,
    parts: tuple[Part, ...],
    dues: Sequence[Instalment],
    lines: dict[int, LineBalance],
) -> PlanView:
    left = sum(_left(part, lines) for part in parts)
    return PlanView(
        id=row.id,
        number=said_plan(row.number),
        patient_id=row.patient_id,
        agreed_on=row.agreed_on,
        agreed_by=row.agreed_by,
        rhythm=row.rhythm,
        total_cents=row.total_cents,
        left_cents=left,
        instalments=standing(dues, row.total_cents - left, work.today),
        parts=parts,
        ended_because=row.ended_because,
    )


def _left(part: Part, lines: dict[int, LineBalance]) -> int:
    line = lines.get(part.charge_line_id)
    return max(0, min(part.amount_cents, line.patient_cents)) if line else 0


def _ended_again(done: Performed) -> Undo:
    return Undo(end, plan_id=done.result, reason="The agreement was taken back.")


@command("Agree on payment plan", permission="billing.take_payment", undo=_ended_again)
def agree(work: Work, *, draft: PlanDraft) -> int:
    """Open lines of a household are paid in instalments from now on; the plan's id."""
    work.concerns(draft.patient_id)
    account_id = parties.account_of(work, draft.patient_id, work.today)
    refuse_if_any([*_terms_findings(work, draft), *_part_findings(work, draft, account_id)])
    total = draft.total_cents
    row = PaymentPlan(
        id=work.new_id(),
        number=work.next_number("payment_plan"),
        account_id=account_id,
        patient_id=draft.patient_id,
        agreed_on=work.today,
        agreed_by=work.actor.name,
        rhythm=draft.rhythm,
        total_cents=total,
    )
    for part in draft.parts:
        work.add(PlanLine(plan_id=row.id, charge_line_id=part.charge_line_id, amount_cents=part.amount_cents))
    for place, each in enumerate(spread_over(total, draft.count, draft.rhythm, draft.first_on), 1):
        work.add(
            PlanInstalment(plan_id=row.id, place=place, due_on=each.due_on, amount_cents=each.amount_cents)
        )
    # Parts first: the database adds them up when their plan arrives.
    work.flush()
    work.add(row)
    work.flush()
    return row.id


def _resumed(done: Performed) -> Undo:
    return Undo(resume, plan_id=done.arguments["plan_id"])


@command("End payment plan", permission="billing.take_payment", undo=_resumed)
def end(work: Work, *, plan_id: int, reason: str) -> None:
    """Its lines are asked for as any other from now on; what was paid stays paid."""
    row = work.get(PaymentPlan, plan_id)
    work.concerns(row.patient_id)
    refuse_if_any([] if reason.strip() else [Finding("Say why the plan ends.", "reason")])
    if row.ended_at is not None:
        raise Refused(Finding(f"Plan {said_plan(row.number)} has ended before."))
    row.ended_at, row.ended_because = work.now, reason.strip()
    _stand(work, plan_id, stands=False)


@command(
    "Begin payment plan anew",
    permission="billing.take_payment",
    undo=irreversible("End the new plan and take up the one before, or agree on another."),
)
def restart(work: Work, *, plan_id: int, first_on: date, reason: str) -> int:
    """The plan ends, and what is left of it is paid in as many instalments as were open, from a new day on;
    the new plan's id. Nothing is missed any more."""
    before = plan(work, plan_id=plan_id)
    lines = balances.lines_by_id(work, tuple(part.charge_line_id for part in before.parts))
    parts = tuple(
        Part(part.charge_line_id, left) for part in before.parts if (left := _left(part, lines)) > 0
    )
    if not parts:
        raise Refused(Finding(f"Nothing is left of plan {before.number}."))
    end(work, plan_id=plan_id, reason=reason)
    opened = sum(each.state is not DueState.PAID for each in before.instalments)
    draft = PlanDraft(before.patient_id, parts, max(2, opened), before.rhythm, first_on)
    return agree(work, draft=draft)


def _ended_once_more(done: Performed) -> Undo:
    return Undo(end, plan_id=done.arguments["plan_id"], reason=done.result)


@command("Take up payment plan again", permission="billing.take_payment", undo=_ended_once_more)
def resume(work: Work, *, plan_id: int) -> str:
    """A plan that was ended stands as it was agreed; gives back why it had ended."""
    row = work.get(PaymentPlan, plan_id)
    work.concerns(row.patient_id)
    if row.ended_at is None:
        raise Refused(Finding(f"Plan {said_plan(row.number)} stands already."))
    why, row.ended_at, row.ended_because = row.ended_because, None, ""
    work.flush()
    _stand(work, plan_id, stands=True)
    return why


def _stand(work: Work, plan_id: int, *, stands: bool) -> None:
    for line in work.session.scalars(select(PlanLine).where(PlanLine.plan_id == plan_id)):
        line.stands = stands
    work.flush()


def _terms_findings(work: Work, draft: PlanDraft) -> list[Finding]:
    findings = []
    if not 2 <= draft.count <= MOST_INSTALMENTS:
        findings.append(Finding(f"A plan has 2 to {MOST_INSTALMENTS} installments.", "count"))
    if draft.first_on < work.today:
        findings.append(Finding("The first installment cannot be due in the past.", "first_on"))
    elif draft.first_on > work.today + LATEST_FIRST:
        findings.append(Finding("The first installment is due within three months.", "first_on"))
    if not draft.parts:
        findings.append(Finding("Tick what is paid in installments.", "parts"))
    elif sum(part.amount_cents for part in draft.parts) < draft.count and not findings:
        findings.append(Finding("An installment would be less than one cent. Choose fewer.", "count"))
    return findings


def _part_findings(work: Work, draft: PlanDraft, account_id: int) -> list[Finding]:
    ids = tuple(part.charge_line_id for part in draft.parts)
    lines = balances.lines_by_id(work, ids)
    taken = set(
        work.session.scalars(
            select(PlanLine.charge_line_id).where(PlanLine.charge_line_id.in_(ids), PlanLine.stands.is_(True))
        )
    )
    findings = [] if len(set(ids)) == len(ids) else [Finding("A charge is listed twice.", "parts")]
    for part in draft.parts:
        line = lines.get(part.charge_line_id)
        if line is None:
            findings.append(Finding("This charge is no longer there. Open the payment again.", "parts"))
        elif work.get(ChargeLine, part.charge_line_id).account_id != account_id:
            findings.append(Finding("This charge belongs to another household.", "parts"))
        elif part.charge_line_id in taken:
            findings.append(Finding(f"{line.label} is on a plan already. End that plan first.", "parts"))
        elif not 0 < part.amount_cents <= line.patient_cents:
            owed = dollars(max(line.patient_cents, 0))
            findings.append(Finding(f"The patient owes {owed} on {line.label}. Plan no more.", "parts"))
    return findings
