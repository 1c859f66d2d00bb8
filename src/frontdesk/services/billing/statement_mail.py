"""Statements by e-mail: to households that asked for e-mail, once each, and on paper where it fails.

A statement is taken in hand by a row before the server is spoken to; no transaction is open while it
is waited for. A desk that dies in between leaves the statement in hand: it is never sent again, and
goes on paper.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from frontdesk.kernel.errors import Conflict, Finding, Refused
from frontdesk.models.billing.statement_mail import MailStep, StatementMail
from frontdesk.models.billing.statements import Statement
from frontdesk.models.registration.account import Account
from frontdesk.models.registration.patient import ReminderWay
from frontdesk.models.schedule.appointment import Channel
from frontdesk.services.billing import parties, statement_rules, statements
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.database import Database
from frontdesk.services.schedule import message_settings, reminder_reach, reminder_sender
from frontdesk.services.schedule.delivery import AttemptResult
from frontdesk.services.schedule.reminder_message import Message
from frontdesk.services.sentences import says
from frontdesk.services.work import Actor, Work

says("append_only_statement_mail", "That a statement was sent stays on record.")
says("uq_statement_mail_statement_id_step", "Another desk has this statement in hand.")

FORGOTTEN = timedelta(minutes=5)
"""After so long a desk that has a statement in hand is gone: its server was waited for ten seconds."""
_UNKNOWN = "The desk stopped while it was sent; nobody knows whether it arrived. Print it."


@dataclass(frozen=True, slots=True)
class InHand:
    """A statement that is to be sent now."""

    statement_id: int
    address: str


@dataclass(frozen=True, slots=True)
class Mailed:
    """How the statements of a run went by e-mail."""

    sent: int = 0
    failed: int = 0
    waits: int = 0


NOTHING = Mailed()
PATIENCE = 3
"""After so many failures one after another the server has a bad day: the rest goes on paper."""


def addresses(work: Work, account_ids: Collection[int]) -> dict[int, str]:
    """By account, where its statement may be sent: the office allows it, a server is on, and the one who
    pays is a patient who wants e-mail (first or second way) and refused no messages."""
    server = message_settings.settings(work).mail
    if not statement_rules.rules(work).sends_email or server is None or not server.is_on:
        return {}
    held = work.session.execute(
        select(Account.id, Account.holder_patient_id).where(
            Account.id.in_(account_ids), Account.holder_patient_id.is_not(None)
        )
    ).all()
    holders = {account_id: patient_id for account_id, patient_id in held if patient_id is not None}
    reached = reminder_reach.reaches(work, holders.values())
    return {
        account_id: reached[patient_id].email
        for account_id, patient_id in holders.items()
        if reached[patient_id].email
        and ReminderWay.EMAIL in (reached[patient_id].way, reached[patient_id].second)
    }


def queue(work: Work, statement_id: int, address: str) -> None:
    """This statement goes by e-mail."""
    _add(work, statement_id, MailStep.WAITS, address, "")


@query(permission="billing.view")
def mailed(work: Work, *, run_id: int) -> Mailed:
    """How far the e-mails of a run are."""
    return by_run(work, (run_id,)).get(run_id, NOTHING)


def by_run(work: Work, run_ids: Collection[int]) -> dict[int, Mailed]:
    """The same of several runs; those without e-mails are left out."""
    counts: dict[int, dict[MailStep, int]] = {}
    for run_id, step, count in work.session.execute(
        select(Statement.run_id, StatementMail.step, func.count())
        .join(StatementMail, StatementMail.statement_id == Statement.id)
        .where(Statement.run_id.in_(run_ids))
        .group_by(Statement.run_id, StatementMail.step)
    ):
        if run_id is not None:
            counts.setdefault(run_id, {})[step] = count
    found = {}
    for run_id, each in counts.items():
        sent, failed = each.get(MailStep.SENT, 0), each.get(MailStep.FAILED, 0)
        found[run_id] = Mailed(sent, failed, each[MailStep.WAITS] - sent - failed)
    return found


def on_paper(work: Work, run_id: int) -> Iterator[int]:
    """The statements of a run that are printed, by number: not for e-mail, or failed there."""
    steps: dict[int, set[MailStep]] = {}
    for statement_id, step in work.session.execute(
        select(StatementMail.statement_id, StatementMail.step)
        .join(Statement, Statement.id == StatementMail.statement_id)
        .where(Statement.run_id == run_id)
    ):
        steps.setdefault(statement_id, set()).add(step)
    for row in statements.of_run(work, run_id=run_id):
        if row.id not in steps or MailStep.FAILED in steps[row.id]:
            yield row.id


@command(
    "Take statement in hand for e-mail",
    permission="billing.statements",
    undo=irreversible("It is being sent; what fails goes on paper."),
)
def take(work: Work, *, run_id: int) -> InHand | None:
    """The next statement of a run that waits; None where none does. What a desk left goes on paper."""
    _give_up_forgotten(work, run_id)
    found = next(iter(_waiting(work, run_id)), None)
    if found is None:
        return None
    row, account_id = found
    work.concerns(*parties.billed_patients(work, account_id))
    _add(work, row.statement_id, MailStep.TRIED, row.address, "")
    work.flush()
    return InHand(row.statement_id, row.address)


@command(
    "Note statement by e-mail",
    permission="billing.statements",
    undo=irreversible("What was sent is out of the house."),
)
def note(work: Work, *, statement_id: int, is_sent: bool, answer: str) -> None:
    """What came of a statement in hand."""
    tried = work.session.scalar(
        select(StatementMail).where(
            StatementMail.statement_id == statement_id, StatementMail.step == MailStep.TRIED
        )
    )
    if tried is None:
        raise Refused(Finding("This statement is in nobody's hand."))
    if _is_done(work, statement_id):  # given up meanwhile: it is on paper already
        return
    work.concerns(*parties.billed_patients(work, work.get(Statement, statement_id).account_id))
    _add(work, statement_id, MailStep.SENT if is_sent else MailStep.FAILED, tried.address, answer)


@command(
    "Print statements instead of e-mail",
    permission="billing.statements",
    undo=irreversible("They are printed; the next run may send them by e-mail again."),
)
def give_up(work: Work, *, run_id: int, because: str) -> int:
    """What of a run waits goes on paper; how many."""
    waiting = _waiting(work, run_id)
    for row, account_id in waiting:
        work.concerns(*parties.billed_patients(work, account_id))
        _add(work, row.statement_id, MailStep.TRIED, row.address, "")
        _add(work, row.statement_id, MailStep.FAILED, row.address, because)
    return len(waiting)


@query(permission="billing.statements")
def letter(work: Work, *, statement_id: int) -> Message:
    """The message with the statement; it says nothing of a service, an amount or a person."""
    row = work.get(Statement, statement_id)
    head = parties.letterhead(work)
    number = statements.said_statement(row.number)
    call = f" Questions, or paper instead: {head.phone}." if head.phone else ""
    body = f"{head.name}: your statement {number} is attached.{call}"
    pdf = statements.archived(work, statement_id)
    return Message(f"Statement {number} from {head.name}", body, b"", pdf, f"statement-{number}.pdf")


def send_run(
    database: Database, actor: Actor, *, run_id: int, is_stopped: Callable[[], bool] = lambda: False
) -> Mailed:
    """Send what of a run waits, one after another; how the run stands then. It may be called again."""
    settings = database.ask(actor, message_settings.settings)
    in_a_row = 0
    while not is_stopped():
        if in_a_row == PATIENCE:
            why = "The mail server took nothing of the statements before. Print it."
            database.do(actor, give_up, run_id=run_id, because=why)
            break
        try:
            taken = database.do(actor, take, run_id=run_id).result
        except Conflict:  # another desk took it between our look and our hand: on to the next
            continue
        if taken is None:
            break
        message = database.ask(actor, letter, statement_id=taken.statement_id)
        delivery = reminder_sender.hand_over(
            settings, Channel.EMAIL, taken.address, message, about=taken.statement_id, database=database
        )
        is_sent = delivery.result is AttemptResult.SENT
        in_a_row = in_a_row + 1 if delivery.result is AttemptResult.TEMPORARY else 0
        database.do(actor, note, statement_id=taken.statement_id, is_sent=is_sent, answer=delivery.answer)
    return database.ask(actor, mailed, run_id=run_id)


def _waiting(work: Work, run_id: int) -> list[tuple[StatementMail, int]]:
    """What nobody has in hand, with its account, by number."""
    waits = aliased(StatementMail)
    in_hand = select(StatementMail.id).where(
        StatementMail.statement_id == waits.statement_id, StatementMail.step != MailStep.WAITS
    )
    rows = work.session.execute(
        select(waits, Statement.account_id)
        .join(Statement, Statement.id == waits.statement_id)
        .where(Statement.run_id == run_id, waits.step == MailStep.WAITS, ~in_hand.exists())
        .order_by(Statement.number)
    )
    return [(row, account_id) for row, account_id in rows]


def _is_done(work: Work, statement_id: int) -> bool:
    done = select(StatementMail.id).where(
        StatementMail.statement_id == statement_id,
        StatementMail.step.in_((MailStep.SENT, MailStep.FAILED)),
    )
    return work.session.scalar(done.limit(1)) is not None


def _give_up_forgotten(work: Work, run_id: int) -> None:
    tried = aliased(StatementMail)
    done = select(StatementMail.id).where(
        StatementMail.statement_id == tried.statement_id,
        StatementMail.step.in_((MailStep.SENT, MailStep.FAILED)),
    )
    rows = work.session.scalars(
        select(tried)
        .join(Statement, Statement.id == tried.statement_id)
        .where(
            Statement.run_id == run_id,
            tried.step == MailStep.TRIED,
            tried.at < work.now - FORGOTTEN,
            ~done.exists(),
        )
    ).all()
    for row in rows:
        _add(work, row.statement_id, MailStep.FAILED, row.address, _UNKNOWN)


def _add(work: Work, statement_id: int, step: MailStep, address: str, answer: str) -> None:
    work.add(StatementMail(statement_id=statement_id, step=step, address=address, at=work.now, answer=answer))
