"""Statements: what a household is asked to pay, frozen as it was sent."""

from dataclasses import dataclass
from datetime import date, timedelta

import msgspec
from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.money import dollars
from frontdesk.models.billing.statements import Statement
from frontdesk.models.records.content import MediaType
from frontdesk.models.registration.account import Account
from frontdesk.services.billing import (
    aging,
    balances,
    collection_steps,
    old_debt,
    parties,
    statement_paper,
    statement_rules,
)
from frontdesk.services.billing.aging import Aged
from frontdesk.services.billing.statement_paper import StatementLine
from frontdesk.services.billing.statement_paper import StatementPaper as StatementPaper
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.records import content
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_statement", "A statement stays as it was sent. Send a new one.")
_KEPT = "A statement that was sent stays in the archive; send a new one."


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


def said_statement(number: int) -> str:
    """A statement's number as it is printed and said: "S-000012"."""
    return f"S-{number:06d}"


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
def of_run(work: Work, *, run_id: int) -> tuple[StatementRow, ...]:
    """The statements of one run, by number."""
    rows = work.session.scalars(
        select(Statement).where(Statement.run_id == run_id).order_by(Statement.number)
    )
    return tuple(_row(row) for row in rows)


def archived(work: Work, statement_id: int) -> bytes:
    """The paper as it was made, byte for byte."""
    return content.read(work.session, work.get(Statement, statement_id).sha256)


@command("Issue statement", permission="billing.statements", undo=irreversible(_KEPT))
def issue(work: Work, *, account_id: int) -> int:
    """Freeze a household's statement under the next number and keep its paper; its id."""
    work.get(Account, account_id)
    due = old_debt.owed_cents(work, account_id)
    if due <= 0:
        raise Refused(
            Finding(f"This household owes nothing; its balance is {dollars(due)}. No statement is sent.")
        )
    if account_id in collection_steps.placed_accounts(work):
        raise Refused(
            Finding("This household is placed with an agency. Recall it before a statement is sent.")
        )
    return write(work, account_id)


def write(work: Work, account_id: int, run_id: int | None = None) -> int:
    """What `issue` and a run do once it is clear that a household is asked."""
    number = work.next_number("statement")
    sheet = _paper(work, account_id, said_statement(number))
    work.concerns(*parties.billed_patients(work, account_id))
    row = Statement(
        number=number,
        account_id=account_id,
        issued_on=sheet.issued_on,
        due_on=sheet.due_on,
        balance_cents=sheet.due_cents,
        dunning_level=sheet.dunning_level,
        frozen=msgspec.json.encode(sheet).decode(),
        sha256=content.keep_made(work, statement_paper.drawn(sheet), MediaType.PDF),
        run_id=run_id,
    )
    return work.add(row).id


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
    rules = statement_rules.rules(work)
    return StatementPaper(
        number=number,
        letterhead=parties.letterhead(work),
        guarantor=parties.guarantor(work, account_id),
        issued_on=work.today,
        due_on=work.today + timedelta(days=rules.days_to_pay),
        lines=lines,
        credit_cents=credit,
        due_cents=sum(line.due_cents for line in lines) - credit,
        aged=aged,
        dunning_level=urgency,
        message=statement_rules.texts(work)[urgency].words,
        return_address=rules.return_address,
    )


def _row(row: Statement) -> StatementRow:
    return StatementRow(
        id=row.id,
        number=said_statement(row.number),
        account_id=row.account_id,
        issued_on=row.issued_on,
        due_on=row.due_on,
        balance_cents=row.balance_cents,
        dunning_level=row.dunning_level,
    )
