"""Statements: what a household is asked to pay, frozen as it was sent."""

from dataclasses import dataclass
from datetime import date, timedelta

import msgspec
from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.money import dollars
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.journal import JournalEntry, Party
from frontdesk.models.billing.statements import Statement
from frontdesk.models.registration.account import Account
from frontdesk.services.billing import aging, balances, parties
from frontdesk.services.billing.aging import Aged
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_statement", "A statement stays as it was sent. Send a new one.")

DAYS_TO_PAY = 21
DUNNING = (
    "Thank you for your visit. This is what remains after your insurance.",
    "This is a reminder. Part of your balance is more than 30 days old.",
    "Your balance is past due by more than 60 days. Please pay now, or call us to arrange a plan.",
    "Your balance is past due by more than 90 days. Please call us this week.",
)
_KEPT = "A statement that was sent stays in the archive; send a new one."


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One service with all that happened to its price."""

    service_on: date
    patient: str
    label: str
    charged_cents: int
    insurance_paid_cents: int
    adjusted_cents: int
    patient_paid_cents: int
    insurance_open_cents: int
    due_cents: int


@dataclass(frozen=True, slots=True)
class StatementPaper:
    """A statement as its PDF shows it."""

    number: str
    letterhead: parties.Letterhead
    guarantor: parties.Guarantor
    issued_on: date
    due_on: date
    lines: tuple[StatementLine, ...]
    credit_cents: int
    """Payments not on a service yet, deducted below the lines; positive."""
    due_cents: int
    aged: Aged
    dunning_level: int
    message: str


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


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement in the archive."""

    id: int
    number: str
    account_id: int
    issued_on: date
    due_on: date
    balance_cents: int
    dunning_level: int


@query(permission="billing.view")
def candidates(
    work: Work, *, minimum_cents: int = 500, quiet_days: int = 25, limit: int = 1000
) -> tuple[Candidate, ...]:
    """Households that owe at least so much and had no statement lately, the oldest debt first."""
    entry = JournalEntry
    oldest = func.min(entry.aged_from_on)
    found = work.session.execute(
        select(entry.account_id, func.sum(entry.amount_cents), oldest)
        .where(entry.responsible == Party.PATIENT, entry.account_id.is_not(None))
        .group_by(entry.account_id)
        .having(func.sum(entry.amount_cents) >= max(1, minimum_cents))
        .order_by(oldest, entry.account_id)
        .limit(limit)
    ).all()
    last = _last_statements(work)
    rows = []
    for account_id, cents, _ in found:
        if account_id is None:
            continue
        sent_on = last.get(account_id)
        if sent_on is not None and sent_on > work.today - timedelta(days=quiet_days):
            continue
        aged = aging.aging(work, account_id=account_id).patient
        holder = parties.guarantor(work, account_id)
        rows.append(
            Candidate(
                account_id=account_id,
                account_number=holder.account_number,
                name=holder.name,
                due_cents=int(cents),
                oldest_on=_oldest_open(work, account_id),
                last_statement_on=sent_on,
                dunning_level=level(aged),
            )
        )
    return tuple(rows)


@query(permission="billing.view")
def preview(work: Work, *, account_id: int) -> StatementPaper:
    """The statement as it would be sent today; its number is given when it is issued."""
    return _paper(work, account_id, "")


@query(permission="billing.view")
def paper(work: Work, *, statement_id: int) -> StatementPaper:
    """A statement from the archive, as it was sent."""
    return msgspec.json.decode(work.get(Statement, statement_id).frozen, type=StatementPaper)


@query(permission="billing.view")
def of_account(work: Work, *, account_id: int) -> tuple[StatementRow, ...]:
    """A household's statements, the newest first."""
    rows = work.session.scalars(
        select(Statement).where(Statement.account_id == account_id).order_by(Statement.number.desc())
    )
    return tuple(_row(row) for row in rows)


@query(permission="billing.view")
def of_day(work: Work, *, on: date) -> tuple[StatementRow, ...]:
    """The statements that were issued on a day, by number."""
    rows = work.session.scalars(select(Statement).where(Statement.issued_on == on).order_by(Statement.number))
    return tuple(_row(row) for row in rows)


@command("Issue statement", permission="billing.statements", undo=irreversible(_KEPT))
def issue(work: Work, *, account_id: int) -> int:
    """Freeze a household's statement under the next number; its id."""
    work.get(Account, account_id)
    balance = balances.of_account(work, account_id=account_id)
    due = balance.patient_cents - balance.credit_cents
    if due <= 0:
        raise Refused(
            Finding(f"This household owes nothing; its balance is {dollars(due)}. No statement is sent.")
        )
    number = work.next_number("statement")
    sheet = _paper(work, account_id, f"S-{number:06d}")
    members = work.session.scalars(
        select(ChargeLine.patient_id).where(ChargeLine.account_id == account_id).distinct()
    )
    work.concerns(*sorted(members))
    row = Statement(
        number=number,
        account_id=account_id,
        issued_on=sheet.issued_on,
        due_on=sheet.due_on,
        balance_cents=sheet.due_cents,
        dunning_level=sheet.dunning_level,
        frozen=msgspec.json.encode(sheet).decode(),
    )
    return work.add(row).id


@command("Issue statements", permission="billing.statements", undo=irreversible(_KEPT))
def issue_all(work: Work, *, account_ids: tuple[int, ...]) -> tuple[int, ...]:
    """A run of statements, one per household; households that owe nothing any more are left out."""
    issued = []
    for done, account_id in enumerate(dict.fromkeys(account_ids)):
        work.step(done, len(account_ids))
        balance = balances.of_account(work, account_id=account_id)
        if balance.patient_cents > balance.credit_cents:
            issued.append(issue(work, account_id=account_id))
    return tuple(issued)


def level(aged: Aged) -> int:
    """How urgent the words are: by the oldest column that holds money."""
    if aged.over_90:
        return 3
    if aged.to_90:
        return 2
    return 1 if aged.to_60 else 0


def _paper(work: Work, account_id: int, number: str) -> StatementPaper:
    lines = tuple(
        StatementLine(
            service_on=line.service_on,
            patient=parties.patient_name(work, line.patient_id),
            label=line.label,
            charged_cents=line.charged_cents,
            insurance_paid_cents=line.payer_paid_cents,
            adjusted_cents=line.adjusted_cents,
            patient_paid_cents=line.patient_paid_cents,
            insurance_open_cents=line.payer_cents,
            due_cents=line.patient_cents,
        )
        for line in reversed(balances.lines_of_account(work, account_id=account_id, only_open=True))
    )
    aged = aging.aging(work, account_id=account_id).patient
    credit = balances.of_account(work, account_id=account_id).credit_cents
    urgency = level(aged)
    return StatementPaper(
        number=number,
        letterhead=parties.letterhead(work),
        guarantor=parties.guarantor(work, account_id),
        issued_on=work.today,
        due_on=work.today + timedelta(days=DAYS_TO_PAY),
        lines=lines,
        credit_cents=credit,
        due_cents=sum(line.due_cents for line in lines) - credit,
        aged=aged,
        dunning_level=urgency,
        message=DUNNING[urgency],
    )


def _last_statements(work: Work) -> dict[int, date]:
    found = work.session.execute(
        select(Statement.account_id, func.max(Statement.issued_on)).group_by(Statement.account_id)
    )
    return dict(found.all())


def _oldest_open(work: Work, account_id: int) -> date:
    """The day the oldest line that the household still owes on became theirs."""
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


def _row(row: Statement) -> StatementRow:
    return StatementRow(
        id=row.id,
        number=f"S-{row.number:06d}",
        account_id=row.account_id,
        issued_on=row.issued_on,
        due_on=row.due_on,
        balance_cents=row.balance_cents,
        dunning_level=row.dunning_level,
    )
