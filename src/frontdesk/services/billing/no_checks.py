"""Households from which the office takes no checks, and what the desk is told before it takes one."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.receipts import ReceiptTender
from frontdesk.models.billing.returned_check import NoChecks, ReturnedCheck, ReturnReason
from frontdesk.models.registration.account import Account
from frontdesk.services.billing import parties
from frontdesk.services.command import Performed, Undo, command
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_no_checks", "That no checks were taken stays on record. Take checks again instead.")

SAID = {
    ReturnReason.NSF: "not enough money in the account (NSF)",
    ReturnReason.STOPPED: "payment stopped",
    ReturnReason.CLOSED: "account closed",
}
"""Why a check came back, within a sentence; another reason is what was written."""


@dataclass(frozen=True, slots=True)
class Marked:
    """That a household pays by no check."""

    since_on: date
    words: str
    """A whole sentence: since when, and because of which check."""


def _taken_again(done: Performed) -> Undo:
    return Undo(allow, account_id=done.arguments["account_id"])


def _marked_again(done: Performed) -> Undo:
    return Undo(mark, account_id=done.arguments["account_id"], returned_check_id=done.result)


@command("Take no checks", permission="billing.take_payment", undo=_taken_again)
def mark(work: Work, *, account_id: int, returned_check_id: int | None) -> int:
    """From now on the desk is asked before it takes a check of this household; the mark's id."""
    work.get(Account, account_id)
    work.concerns(*parties.billed_patients(work, account_id))
    if _standing(work, account_id):
        raise Refused(Finding("No checks are taken from this household already."))
    row = NoChecks(
        account_id=account_id, returned_check_id=returned_check_id, at=work.now, done_by=work.actor.name
    )
    return work.add(row).id


@command("Take checks again", permission="billing.take_payment", undo=_marked_again)
def allow(work: Work, *, account_id: int) -> int | None:
    """Checks of this household are taken as any other's; the returned check that the mark named."""
    work.concerns(*parties.billed_patients(work, account_id))
    found = _standing(work, account_id)
    if not found:
        raise Refused(Finding("Checks are taken from this household already."))
    for row in found:
        row.ended_at = work.now
    return found[-1].returned_check_id


def marked(work: Work, account_id: int) -> Marked | None:
    """Whether a household pays by no check, and why."""
    found = _standing(work, account_id)
    if not found:
        return None
    row = found[-1]
    since = work.wall(row.at).date()
    words = f"The office takes no checks from this household since {us_date(since)}"
    if row.returned_check_id is None:
        return Marked(since, f"{words}.")
    back = work.get(ReturnedCheck, row.returned_check_id)
    number = work.get(ReceiptTender, back.tender_id).check_number
    return Marked(since, f"{words}: check {number} came back, {said(back.because, back.note)}.")


def said(because: ReturnReason, note: str) -> str:
    """Why a check came back, in words that end no sentence."""
    parts = [part for part in (SAID.get(because, ""), note.strip().rstrip(".")) if part]
    return ", ".join(parts)


def _standing(work: Work, account_id: int) -> list[NoChecks]:
    work.flush()
    return list(
        work.session.scalars(
            select(NoChecks)
            .where(NoChecks.account_id == account_id, NoChecks.ended_at.is_(None))
            .order_by(NoChecks.id)
        )
    )
