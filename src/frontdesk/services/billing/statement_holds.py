"""Households that get no statement for a while, with the reason that the run shows."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.statements import StatementHold
from frontdesk.models.registration.account import Account
from frontdesk.services.billing import parties
from frontdesk.services.billing.words import words_findings
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_statement_hold", "A hold stays as it was set. Release it and set another.")

REASON_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a household gets no statement, and the last day of that."""

    id: int
    account_id: int
    because: str
    held_by: str
    until_on: date | None


def _released(done: Performed) -> Undo:
    return Undo(release, hold_id=done.result)


@command("Hold statements", permission="billing.statements", undo=_released)
def hold(work: Work, *, account_id: int, because: str, until_on: date | None) -> int:
    """No run asks this household until the day is over, or somebody releases it."""
    work.get(Account, account_id)
    work.concerns(*parties.billed_patients(work, account_id))
    wanted = "Say why it gets no statement."
    findings = words_findings(because, "because", most=REASON_LENGTH, wanted=wanted)
    if until_on is not None and until_on < work.today:
        findings.append(Finding("A hold ends today or later.", "until_on"))
    if account_id in in_force(work):
        findings.append(Finding("Statements of this household are on hold already."))
    refuse_if_any(findings)
    row = StatementHold(
        account_id=account_id,
        because=because.strip(),
        held_by=work.actor.name,
        held_at=work.now,
        until_on=until_on,
    )
    return work.add(row).id


def _held_again(done: Performed) -> Undo:
    before: Hold = done.result
    return Undo(hold, account_id=before.account_id, because=before.because, until_on=before.until_on)


@command("Release statements", permission="billing.statements", undo=_held_again)
def release(work: Work, *, hold_id: int) -> Hold:
    """Runs ask this household again; gives back the hold that ended."""
    row = work.get(StatementHold, hold_id)
    work.concerns(*parties.billed_patients(work, row.account_id))
    if row.ended_at is not None:
        raise Refused(Finding("This hold was released before."))
    row.ended_at = work.now
    work.flush()
    return _view(row)


@query(permission="billing.view")
def in_force(work: Work) -> dict[int, Hold]:
    """The holds of today, by account."""
    work.flush()
    rows = work.session.scalars(
        select(StatementHold)
        .where(
            StatementHold.ended_at.is_(None),
            or_(StatementHold.until_on.is_(None), StatementHold.until_on >= work.today),
        )
        .order_by(StatementHold.held_at, StatementHold.id)
    )
    return {row.account_id: _view(row) for row in rows}


def _view(row: StatementHold) -> Hold:
    return Hold(row.id, row.account_id, row.because, row.held_by, row.until_on)
