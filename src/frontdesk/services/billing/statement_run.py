"""A run of statements: whom it takes and whom it leaves out and why, made as one job, kept as a list."""

import io
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import msgspec
from pypdf import PdfReader, PdfWriter
from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import fold, us_date
from frontdesk.models.billing.journal import Party
from frontdesk.models.billing.statements import Statement, StatementRun
from frontdesk.services.billing import (
    aging,
    balances,
    collection_steps,
    hardships,
    holders,
    old_debt,
    plans,
    statement_holds,
    statement_mail,
    statement_rules,
    statements,
)
from frontdesk.services.billing.aging import Aged
from frontdesk.services.billing.statement_mail import Mailed
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_statement_run", "A run that was made stays on record.")


class PlanFilter(StrEnum):
    """Households with a payment plan."""

    ALL = "all"
    WITHOUT = "without"
    ONLY = "only"


@dataclass(frozen=True, slots=True)
class RunFilters:
    """Which households a run asks; what is None is as the office's rules have it."""

    minimum_cents: int | None = None
    quiet_days: int | None = None
    """The last statement must be so old."""
    level: int = 0
    """The youngest age: 0 any, 1 over 30 days, 2 over 60, 3 over 90."""
    names_from: str = ""
    """The first letters of the guarantors' last names, "A" to "M"; empty: no limit."""
    names_to: str = ""
    plan: PlanFilter = PlanFilter.ALL


@dataclass(frozen=True, slots=True)
class Candidate:
    """A household that owes something."""

    account_id: int
    account_number: str
    name: str
    due_cents: int
    oldest_on: date
    last_statement_on: date | None
    dunning_level: int
    left_out: str = ""
    """Why the run does not ask it; empty where it does."""
    by_email: bool = False
    """It goes by e-mail; on paper where that fails."""
    hold_id: int | None = None


@dataclass(frozen=True, slots=True)
class RunPreview:
    """What a run would make."""

    asked: tuple[Candidate, ...]
    left_out: tuple[Candidate, ...]

    @property
    def total_cents(self) -> int:
        return sum(each.due_cents for each in self.asked)

    @property
    def by_email(self) -> int:
        return sum(each.by_email for each in self.asked)


@dataclass(frozen=True, slots=True)
class RunMade:
    """A run, and what it made."""

    id: int
    number: str
    made_on: date
    made_by: str
    statements: int
    total_cents: int
    mailed: Mailed = statement_mail.NOTHING
    """What of it went, failed or waits by e-mail; the rest is on paper."""

    @property
    def on_paper(self) -> int:
        """How many are printed."""
        return self.statements - self.mailed.sent - self.mailed.waits


@query(permission="billing.view")
def preview(work: Work, *, filters: RunFilters, limit: int = 1000) -> RunPreview:
    """Who would be asked and who is left out, the oldest debt first."""
    aged = {row.owner_id: row.aged for row in aging.aging(work).rows if row.responsible is Party.PATIENT}
    owing = {account_id: each for account_id, each in aged.items() if each.total > 0}
    look = _Look(work, filters, owing)
    looked = [look.at(account_id, each) for account_id, each in sorted(owing.items())]
    found = [each for each in looked if each is not None]
    found.sort(key=lambda each: (each.oldest_on, each.account_id))
    return RunPreview(
        tuple(each for each in found if not each.left_out)[:limit],
        tuple(each for each in found if each.left_out)[:limit],
    )


@command(
    "Issue statements",
    permission="billing.statements",
    undo=irreversible("Statements that were sent stay in the archive; send new ones."),
)
def issue_all(work: Work, *, account_ids: tuple[int, ...], filters: RunFilters) -> int:
    """The run's id; all or nothing. Left out is whoever owes nothing by now, is held or placed, waits for
    hardship, or had a statement meanwhile, perhaps from another desk's run.
    """
    run = StatementRun(
        number=work.next_number("statement_run"),
        made_on=work.today,
        made_at=work.now,
        made_by=work.actor.name,
        filters=msgspec.json.encode(filters).decode(),
    )
    work.add(run)
    work.flush()
    out = collection_steps.placed_accounts(work) | set(statement_holds.in_force(work))
    out |= set(hardships.waiting_accounts(work)) | _asked_lately(work, filters).keys()
    made, by_email = 0, statement_mail.addresses(work, account_ids)
    for done, account_id in enumerate(dict.fromkeys(account_ids)):
        work.step(done, len(account_ids))
        balance = balances.of_account(work, account_id=account_id)
        if account_id not in out and balance.patient_cents > balance.credit_cents:
            statement_id = statements.write(work, account_id, run.id)
            if account_id in by_email:
                work.flush()
                statement_mail.queue(work, statement_id, by_email[account_id])
            made += 1
    if not made:
        raise Refused(Finding("None of these households is to be asked any more. Look at the list again."))
    return run.id


@query(permission="billing.view")
def runs(work: Work, *, limit: int = 100) -> tuple[RunMade, ...]:
    """The runs that were made, the newest first."""
    found = work.session.execute(
        select(StatementRun, func.count(Statement.id), func.sum(Statement.balance_cents))
        .join(Statement, Statement.run_id == StatementRun.id)
        .group_by(StatementRun.id)
        .order_by(StatementRun.number.desc())
        .limit(limit)
    ).all()
    mailed = statement_mail.by_run(work, [run.id for run, _, _ in found])
    return tuple(
        RunMade(
            id=run.id,
            number=f"SR-{run.number:05d}",
            made_on=run.made_on,
            made_by=run.made_by,
            statements=count,
            total_cents=int(cents),
            mailed=mailed.get(run.id, statement_mail.NOTHING),
        )
        for run, count, cents in found
    )


@query(permission="billing.view")
def run_pdf(work: Work, *, run_id: int) -> bytes:
    """A run's statements on paper behind one another, so that the printer is asked once.

    Those that went by e-mail, or wait for it, are left out; where that is all of them, all are shown.
    """
    writer = PdfWriter()
    made = list(statement_mail.on_paper(work, run_id))
    made = made or [row.id for row in statements.of_run(work, run_id=run_id)]
    for done, statement_id in enumerate(made):
        work.step(done, len(made))
        writer.append(PdfReader(io.BytesIO(statements.archived(work, statement_id))))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


class _Look:
    """What is asked once for all households of a run."""

    def __init__(self, work: Work, filters: RunFilters, owing: Collection[int]) -> None:
        rules = statement_rules.rules(work)
        self._work, self._filters = work, filters
        self._minimum = rules.minimum_cents if filters.minimum_cents is None else filters.minimum_cents
        self._placed = collection_steps.placed_accounts(work)
        self._holds = statement_holds.in_force(work)
        self._hardship = set(hardships.waiting_accounts(work))
        self._last = _last_statements(work)
        self._planned = _with_plan(work, owing) if filters.plan is not PlanFilter.ALL else set()
        self._lately = _asked_lately(work, filters)
        self._holders = holders.holders(work, owing)
        self._by_email = statement_mail.addresses(work, owing)
        self._oldest = old_debt.oldest_by_account(work, owing)
        refuse_if_any(_filter_findings(filters))

    def at(self, account_id: int, aged: Aged) -> Candidate | None:
        """The household as the run sees it; None where the choice does not mean it."""
        holder = self._holders[account_id]
        level = statements.level(aged)
        if level < self._filters.level or not self._is_named(holder.last):
            return None
        if not self._fits_plan(account_id):
            return None
        hold = self._holds.get(account_id)
        return Candidate(
            account_id=account_id,
            account_number=holder.account_number,
            name=holder.name,
            due_cents=aged.total,
            oldest_on=self._oldest.get(account_id, self._work.today),
            last_statement_on=self._last.get(account_id),
            dunning_level=level,
            left_out=self._reason(account_id, aged, has_address=holder.has_address),
            by_email=account_id in self._by_email,
            hold_id=hold.id if hold else None,
        )

    def _reason(self, account_id: int, aged: Aged, *, has_address: bool) -> str:
        hold, sent_on = self._holds.get(account_id), self._lately.get(account_id)
        if account_id in self._placed:
            return "Placed with an agency"
        if hold is not None:
            until = f" until {us_date(hold.until_on)}" if hold.until_on else ""
            return f"On hold{until}: {hold.because}"
        if account_id in self._hardship:
            return "An application for hardship waits"
        if aged.total < self._minimum:
            return f"Owes less than {dollars(self._minimum)}"
        if sent_on is not None:
            return f"Had one on {us_date(sent_on)}"
        return "" if has_address or account_id in self._by_email else "No address to send it to"

    def _is_named(self, last_name: str) -> bool:
        last = fold(last_name)
        first, final = fold(self._filters.names_from), fold(self._filters.names_to)
        return last[: len(first)] >= first and (not final or last[: len(final)] <= final)

    def _fits_plan(self, account_id: int) -> bool:
        if self._filters.plan is PlanFilter.ALL:
            return True
        return (account_id in self._planned) == (self._filters.plan is PlanFilter.ONLY)


def _filter_findings(filters: RunFilters) -> list[Finding]:
    if filters.names_to and fold(filters.names_from) > fold(filters.names_to):
        return [Finding("The names end before they begin. Turn the letters round.", "names_to")]
    return []


def _with_plan(work: Work, account_ids: Collection[int]) -> set[int]:
    """The households of which something is left on a plan."""
    return {
        account_id
        for account_id, standing in plans.by_account(work, account_ids).items()
        if any(plan.left_cents for plan in standing)
    }


def _asked_lately(work: Work, filters: RunFilters) -> dict[int, date]:
    """Who had a statement so lately that the run asks for none, and when."""
    days = statement_rules.rules(work).cycle_days if filters.quiet_days is None else filters.quiet_days
    until = work.today - timedelta(days=days)
    return {account_id: sent_on for account_id, sent_on in _last_statements(work).items() if sent_on > until}


def _last_statements(work: Work) -> dict[int, date]:
    found = work.session.execute(
        select(Statement.account_id, func.max(Statement.issued_on)).group_by(Statement.account_id)
    )
    return dict(found.all())
