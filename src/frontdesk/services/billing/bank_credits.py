"""What should arrive at the bank, payers' and agencies' payments and the days' deposits, and what did."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date, weekday_date
from frontdesk.models.billing.agency_payment import AgencyRemittance
from frontdesk.models.billing.bank_credit import BankCredit
from frontdesk.models.billing.day_close import DrawerCount
from frontdesk.models.billing.receipts import Receipt, ReceiptTender
from frontdesk.models.billing.remittances import Remittance, RemittanceState
from frontdesk.models.billing.returned_check import ReturnedCheck
from frontdesk.services.billing.agency_lines import said_remittance
from frontdesk.services.billing.amounts import amount_finding
from frontdesk.services.billing.payment_checks import said_number
from frontdesk.services.billing.words import words_findings
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_bank_credit_remittance_id", "This payment was found at another desk a moment ago.")
says("uq_bank_credit_agency_remittance_id", "This payment was found at another desk a moment ago.")
says("uq_bank_credit_deposit_on", "This deposit was found at another desk a moment ago.")
says("append_only_bank_credit", "What was read on the statement stays. Withdraw it and enter it again.")

_NO_PAYMENT = "NON"
"""BPR04 of an 835 that moves no money."""


@dataclass(frozen=True, slots=True)
class Due:
    """Which money is meant: of a payer's or an agency's remittance, or of a day's deposit."""

    remittance_id: int | None = None
    deposit_on: date | None = None
    agency_remittance_id: int | None = None
    returned_check_id: int | None = None
    """What the bank took back of a deposit before; it is on the statement already."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Money that should arrive at the bank, and whether it did; below zero what the bank took back."""

    due: Due
    what: str
    """ "BCBS PPO, EFT 0098817243", or "Deposit of Monday, March 16"."""
    from_on: date
    amount_cents: int
    credit_id: int | None = None
    seen_on: date | None = None
    seen_cents: int = 0
    note: str = ""

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has seen it on the statement."""
        return self.seen_on is None

    @property
    def off_cents(self) -> int:
        """By how much more arrived than was expected; 0 while nothing did."""
        return self.seen_cents - self.amount_cents if self.credit_id is not None else 0


@dataclass(frozen=True, slots=True)
class NotArrived:
    """What is still awaited of a list."""

    payments: int
    amount_cents: int


def not_arrived(found: Collection[Expected]) -> NotArrived:
    """How much of what is expected is not on the statement yet."""
    waiting = [each for each in found if each.is_waiting]
    return NotArrived(len(waiting), sum(each.amount_cents for each in waiting))


@query(permission="billing.view")
def expected(work: Work, *, since: date, until: date) -> tuple[Expected, ...]:
    """The payments and deposits of these days; what has not arrived first, the oldest before the others."""
    credits = {
        Due(row.remittance_id, row.deposit_on, row.agency_remittance_id): row
        for row in work.session.scalars(select(BankCredit).where(BankCredit.withdrawn_at.is_(None)))
    }
    every = [_with(each, credits.get(each.due)) for each in _due(work, since, until)]
    return tuple(sorted(every, key=lambda each: (not each.is_waiting, each.from_on, each.what)))


def _withdrawn(done: Performed) -> Undo:
    return Undo(withdraw, credit_id=done.result)


def _back(done: Performed) -> Undo:
    return Undo(put_back, credit_id=done.arguments["credit_id"])


def _away(done: Performed) -> Undo:
    return Undo(withdraw, credit_id=done.arguments["credit_id"])


@command("Find money at the bank", permission="billing.close_day", undo=_withdrawn)
def find(work: Work, *, due: Due, seen_on: date, amount_cents: int, note: str = "") -> int:
    """Write down what the statement shows of a payment or deposit; another amount wants a note."""
    meant = next((each for each in _due(work, date.min, work.today) if each.due == due), None)
    if meant is None:
        raise Refused(Finding("Nothing is expected here any more. Look at the list again."))
    if due.returned_check_id is not None:
        raise Refused(Finding("The bank took this back already."))
    findings = amount_finding(amount_cents, "amount_cents")
    if seen_on > work.today:
        findings.append(Finding(f"{weekday_date(seen_on)} has not come yet.", "seen_on"))
    elif seen_on < meant.from_on:
        findings.append(Finding(f"It cannot have arrived before {us_date(meant.from_on)}.", "seen_on"))
    if not findings and amount_cents != meant.amount_cents and not note.strip():
        sentence = f"{dollars(meant.amount_cents)} was expected. Say why it is another amount."
        findings.append(Finding(sentence, "note"))
    findings += words_findings(note, "note", most=200, what="A note")
    known = select(BankCredit.id).where(
        BankCredit.withdrawn_at.is_(None),
        BankCredit.remittance_id.is_not_distinct_from(due.remittance_id),
        BankCredit.deposit_on.is_not_distinct_from(due.deposit_on),
        BankCredit.agency_remittance_id.is_not_distinct_from(due.agency_remittance_id),
    )
    if work.session.scalar(known) is not None:
        findings.append(Finding("This was found on the statement already."))
    refuse_if_any(findings)
    row = BankCredit(
        remittance_id=due.remittance_id,
        deposit_on=due.deposit_on,
        agency_remittance_id=due.agency_remittance_id,
        seen_on=seen_on,
        amount_cents=amount_cents,
        note=note.strip(),
        noted_at=work.now,
        noted_by=work.actor.name,
    )
    return work.add(row).id


@command("Withdraw bank entry", permission="billing.close_day", undo=_back)
def withdraw(work: Work, *, credit_id: int) -> None:
    """It was another one on the statement: the money is expected again."""
    row = work.get(BankCredit, credit_id)
    if row.withdrawn_at is not None:
        raise Refused(Finding("This entry was withdrawn already."))
    row.withdrawn_at = work.now


@command("Put bank entry back", permission="billing.close_day", undo=_away)
def put_back(work: Work, *, credit_id: int) -> None:
    """It was on the statement after all."""
    work.get(BankCredit, credit_id).withdrawn_at = None


def _due(work: Work, since: date, until: date) -> Iterator[Expected]:
    remittances = work.session.scalars(
        select(Remittance)
        .where(
            Remittance.paid_on.between(since, until),
            Remittance.paid_cents > 0,
            Remittance.method != _NO_PAYMENT,
            Remittance.state != RemittanceState.DISCARDED,
        )
        .order_by(Remittance.id)
    )
    for each in remittances:
        way = "check " if each.method == "CHK" else "" if each.trace.startswith("EFT") else "EFT "
        what = f"{each.payer_name}, {way}{each.trace}"
        yield Expected(Due(remittance_id=each.id), what, each.deposited_on or each.paid_on, each.paid_cents)
    agencies = work.session.scalars(
        select(AgencyRemittance)
        .where(AgencyRemittance.posted_on.between(since, until), AgencyRemittance.bank_cents > 0)
        .order_by(AgencyRemittance.id)
    )
    for sent in agencies:
        what = f"{sent.agency}, {said_remittance(sent.number)}"
        yield Expected(Due(agency_remittance_id=sent.id), what, sent.posted_on, sent.bank_cents)
    deposit = DrawerCount.counted_cash_cents - DrawerCount.float_cents + DrawerCount.counted_check_cents
    days = work.session.execute(
        select(DrawerCount.counted_on, func.sum(deposit))
        .where(DrawerCount.counted_on.between(since, until), DrawerCount.set_aside_at.is_(None))
        .group_by(DrawerCount.counted_on)
        .having(func.sum(deposit) > 0)
        .order_by(DrawerCount.counted_on)
    )
    for on, cents in days:
        yield Expected(Due(deposit_on=on), f"Deposit of {weekday_date(on)}", on, int(cents))
    returned = work.session.execute(
        select(ReturnedCheck, ReceiptTender, Receipt.number)
        .join(ReceiptTender, ReceiptTender.id == ReturnedCheck.tender_id)
        .join(Receipt, Receipt.id == ReceiptTender.receipt_id)
        .where(ReturnedCheck.ended_at.is_(None))
        .order_by(ReturnedCheck.id)
    )
    for row, tender, number in returned:
        on = work.wall(row.at).date()
        if since <= on <= until:
            what = f"Check {tender.check_number} came back, receipt {said_number(number)}"
            due = Due(returned_check_id=row.id)
            cents = -tender.amount_cents
            yield Expected(due, what, on, cents, seen_on=on, seen_cents=cents)


def _with(each: Expected, row: BankCredit | None) -> Expected:
    if row is None:
        return each
    return Expected(
        due=each.due,
        what=each.what,
        from_on=each.from_on,
        amount_cents=each.amount_cents,
        credit_id=row.id,
        seen_on=row.seen_on,
        seen_cents=row.amount_cents,
        note=row.note,
    )
