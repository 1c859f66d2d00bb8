"""A collection agency's list, line by line: whose payment each is, or why it cannot be posted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select

from frontdesk.kernel.money import cents_or_none, dollars
from frontdesk.kernel.text import digits, fold, us_date
from frontdesk.models.billing.agency_payment import AgencyPayment, AgencyRemittance
from frontdesk.models.billing.agency_payment import PaidTo as PaidTo
from frontdesk.models.billing.collection import CollectionStep, Stage
from frontdesk.models.billing.journal import Posting, PostingKind
from frontdesk.models.billing.receipts import Receipt
from frontdesk.models.registration.account import Account
from frontdesk.services.billing import holders, old_debt
from frontdesk.services.billing.amounts import amount_finding
from frontdesk.services.billing.holders import Holder
from frontdesk.services.command import query
from frontdesk.services.registration import accounts
from frontdesk.services.work import Work

NEAR = timedelta(days=45)
"""So far from the agency's day the desk's own receipt of a payment to the office is looked for."""
_DATES = ("%m/%d/%Y", "%Y-%m-%d", "%m/%d/%y", "%m-%d-%Y", "%Y%m%d")
_TO_OFFICE = {"office", "us", "client", "creditor", "direct", "provider", "ptc", "paid to client", "practice"}
_TO_AGENCY = {"", "agency", "pta", "paid to agency", "collector", "payment", "pmt"}


class LineState(StrEnum):
    """What becomes of a line."""

    READY = "ready"
    UNMATCHED = "unmatched"
    """No household, or no receipt of ours, that it could be."""
    AMBIGUOUS = "ambiguous"
    """It could be another's, or the same twice: a person decides."""
    REFUSED = "refused"
    """It is clear whose it is, and cannot be posted as it stands."""


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A payment as the agency wrote it; `line` counts from 1 in its file, 0 by hand."""

    line: int
    account: str
    paid_on: str
    amount: str
    fee: str = ""
    paid_to: str = ""
    name: str = ""
    patient_id: int | None = None
    """Of the household that a person names, whatever the file says."""
    is_another: bool = False
    """A person says that it is real, even if one like it is listed or was posted."""


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment that was understood; cents, and what of them the agency keeps."""

    line: int
    account_id: int
    paid_on: date
    amount_cents: int
    fee_cents: int
    paid_to: PaidTo
    receipt_id: int | None = None
    """The desk's own receipt, where the office was paid."""


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of the preview; what cannot be read is None."""

    line: int
    account: str
    name: str
    """The household as it is on file; as the agency calls it where there is none."""
    state: LineState
    words: str
    """The reason in a sentence, or what posting it will leave; empty where nothing is to be said."""
    paid_on: date | None = None
    amount_cents: int | None = None
    fee_cents: int | None = None
    payment: Payment | None = None
    """Where it is ready."""

    @property
    def is_open(self) -> bool:
        """Whether a person may say whose it is, or that it is another one."""
        return self.state in (LineState.UNMATCHED, LineState.AMBIGUOUS)


@dataclass(frozen=True, slots=True)
class ListPreview:
    """What posting a list would do."""

    lines: tuple[LineView, ...]
    """In the file's order."""
    ready: tuple[int, ...]
    """The lines that would be posted."""
    collected_cents: int
    """What these come to, and what of it the agency keeps."""
    fee_cents: int


@query(permission="billing.collect")
def preview(work: Work, *, lines: tuple[WrittenLine, ...]) -> ListPreview:
    """Every line with its household or its refusal, and what the ready ones come to; nothing is written."""
    reading = _Reading(work, lines)
    views = tuple(reading.at(line) for line in lines)
    ready = [view.payment for view in views if view.payment is not None]
    return ListPreview(
        lines=views,
        ready=tuple(payment.line for payment in ready),
        collected_cents=sum(payment.amount_cents for payment in ready),
        fee_cents=sum(payment.fee_cents for payment in ready),
    )


def recorded_in(work: Work, payment: Payment) -> str:
    """The remittance that holds the same payment already, its receipt not voided: "AR-0003"; else empty."""
    voided = select(Posting.receipt_id).where(
        Posting.kind == PostingKind.RECEIPT_VOID, Posting.receipt_id == AgencyPayment.receipt_id
    )
    number = work.session.scalar(
        select(AgencyRemittance.number)
        .join(AgencyPayment, AgencyPayment.remittance_id == AgencyRemittance.id)
        .where(
            AgencyPayment.account_id == payment.account_id,
            AgencyPayment.paid_on == payment.paid_on,
            AgencyPayment.amount_cents == payment.amount_cents,
            AgencyPayment.paid_to == payment.paid_to,
            ~voided.exists(),
        )
        .order_by(AgencyRemittance.number)
        .limit(1)
    )
    return said_remittance(number) if number is not None else ""


def said_remittance(number: int) -> str:
    """An agency's remittance as it is called: "AR-0003"."""
    return f"AR-{number:04d}"


def own_receipt(work: Work, payment: Payment) -> int | None:
    """The desk's receipt of a payment to the office: the same sum, near the day, of no other line."""
    voided = select(Posting.receipt_id).where(
        Posting.kind == PostingKind.RECEIPT_VOID, Posting.receipt_id == Receipt.id
    )
    taken = select(AgencyPayment.id).where(AgencyPayment.receipt_id == Receipt.id)
    found = work.session.execute(
        select(Receipt.id, Receipt.received_on).where(
            Receipt.account_id == payment.account_id,
            Receipt.total_cents == payment.amount_cents,
            Receipt.received_on.between(payment.paid_on - NEAR, payment.paid_on + NEAR),
            ~voided.exists(),
            ~taken.exists(),
        )
    ).all()
    nearest = min(found, key=lambda each: (abs(each[1] - payment.paid_on), each[0]), default=None)
    return nearest[0] if nearest else None


def owed_problem(owed: int, payment: Payment) -> str:
    """Why the fee cannot be written off; `owed` is what the household owes on its lines."""
    if payment.paid_to is PaidTo.OFFICE or payment.fee_cents <= max(owed, 0):
        return ""
    return (
        f"The household owes {dollars(max(owed, 0))}, so a fee of {dollars(payment.fee_cents)} cannot be "
        "written off. Enter what came in by hand, without the fee."
    )


class _Reading:
    """What is asked once for all lines, and what lines before have used up."""

    def __init__(self, work: Work, lines: Sequence[WrittenLine]) -> None:
        self._work = work
        self._numbers: dict[str, int] = {}
        self._digits: dict[str, list[int]] = {}
        known = work.session.execute(select(Account.id, Account.number).order_by(Account.id))
        for account_id, number in known:
            self._numbers[fold(number)] = account_id
            self._digits.setdefault(digits(number).lstrip("0"), []).append(account_id)
        self._ids = {line.line: self._meant(line) for line in lines}
        wanted = sorted({each for found in self._ids.values() for each in found})
        self._holders: dict[int, Holder] = holders.holders(work, wanted)
        self._placed: dict[int, date] = {}
        for account_id, at in work.session.execute(
            select(CollectionStep.account_id, CollectionStep.at)
            .where(CollectionStep.account_id.in_(wanted), CollectionStep.stage == Stage.PLACED)
            .order_by(CollectionStep.at.desc(), CollectionStep.id.desc())
        ):
            self._placed[account_id] = work.wall(at).date()
        self._owed = old_debt.owed_on_lines(work, wanted)
        self._seen: dict[Payment, int] = {}
        self._receipts: set[int] = set()

    def at(self, line: WrittenLine) -> LineView:
        """One line; those before it count."""
        found = self._ids[line.line]
        if not found and line.patient_id is not None:
            return _view(
                line, LineState.UNMATCHED, "This patient has no household that pays. Choose another."
            )
        if not found:
            return _view(
                line,
                LineState.UNMATCHED,
                f"No household has the account {line.account}."
                if line.account.strip()
                else "The line names no account.",
            )
        if len(found) > 1:
            return _view(
                line,
                LineState.AMBIGUOUS,
                f"{len(found)} households could be meant by {line.account}. Say whose it is.",
            )
        holder = self._holders[found[0]]
        if line.name and line.patient_id is None and not _is_named(holder, line.name):
            return _view(
                line,
                LineState.AMBIGUOUS,
                f"The file names {line.name}, the account belongs to {holder.name}. Say whose it is.",
                holder.name,
            )
        try:
            payment = _payment(line, found[0])
        except ValueError as wrong:
            return _view(line, LineState.REFUSED, str(wrong), holder.name)
        state, words, receipt_id = self._judged(payment, is_another=line.is_another)
        ready = None
        if state is LineState.READY:
            ready = Payment(
                payment.line,
                payment.account_id,
                payment.paid_on,
                payment.amount_cents,
                payment.fee_cents,
                payment.paid_to,
                receipt_id,
            )
        return LineView(
            line=line.line,
            account=holder.account_number,
            name=holder.name,
            state=state,
            words=words,
            paid_on=payment.paid_on,
            amount_cents=payment.amount_cents,
            fee_cents=payment.fee_cents,
            payment=ready,
        )

    def _judged(self, payment: Payment, *, is_another: bool) -> tuple[LineState, str, int | None]:
        placed_on = self._placed.get(payment.account_id)
        if placed_on is None:
            return LineState.UNMATCHED, "This household was never placed with an agency.", None
        if payment.paid_on > self._work.today:
            return LineState.REFUSED, f"{us_date(payment.paid_on)} has not come yet.", None
        if payment.paid_on < placed_on:
            said = f"It was placed on {us_date(placed_on)}, after {us_date(payment.paid_on)}."
            return LineState.REFUSED, said, None
        if not is_another and (number := recorded_in(self._work, payment)):
            return LineState.REFUSED, f"The same payment was posted before, in {number}.", None
        alike = Payment(0, payment.account_id, payment.paid_on, payment.amount_cents, 0, payment.paid_to)
        if alike in self._seen and not is_another:
            said = f"Line {self._seen[alike]} says the same. Say if both are real."
            return LineState.AMBIGUOUS, said, None
        receipt_id = None
        if payment.paid_to is PaidTo.OFFICE:
            receipt_id = own_receipt(self._work, payment)
            if receipt_id is None or receipt_id in self._receipts:
                said = f"The office has no receipt of {dollars(payment.amount_cents)} near that day."
                return LineState.UNMATCHED, said, None
            self._receipts.add(receipt_id)
        owed = self._owed.get(payment.account_id, 0)
        if problem := owed_problem(owed, payment):
            return LineState.REFUSED, problem, None
        self._seen[alike] = payment.line
        if receipt_id is not None:
            return LineState.READY, "Paid to the office: only the fee counts.", receipt_id
        self._owed[payment.account_id] = owed - payment.amount_cents
        over = payment.amount_cents - max(owed, 0)
        return LineState.READY, f"Leaves a credit of {dollars(over)}." if over > 0 else "", None

    def _meant(self, line: WrittenLine) -> tuple[int, ...]:
        """The household that a person named, else those of the number."""
        if line.patient_id is None:
            return self._possible(line.account)
        account_id = accounts.account_id_of(self._work, line.patient_id, self._work.today)
        return (account_id,) if account_id is not None else ()

    def _possible(self, written: str) -> tuple[int, ...]:
        """The accounts of a number: as it is written, else by its digits alone."""
        exact = self._numbers.get(fold(written))
        if exact is not None:
            return (exact,)
        bare = digits(written).lstrip("0")
        return tuple(self._digits.get(bare, ())) if bare else ()


def _view(line: WrittenLine, state: LineState, words: str, name: str = "") -> LineView:
    return LineView(
        line=line.line,
        account=line.account,
        name=name or line.name,
        state=state,
        words=words,
        paid_on=_date(line.paid_on),
        amount_cents=cents_or_none(line.amount),
        fee_cents=cents_or_none(line.fee),
    )


def _payment(line: WrittenLine, account_id: int) -> Payment:
    paid_on, amount, fee = _date(line.paid_on), cents_or_none(line.amount), cents_or_none(line.fee or "0")
    if paid_on is None:
        raise ValueError(f"“{line.paid_on}” is not a date.")
    if amount is None:
        raise ValueError(f"“{line.amount}” is not an amount.")
    if fee is None:
        raise ValueError(f"“{line.fee}” is not a fee.")
    if amount < 0:
        raise ValueError(f"The agency takes {dollars(-amount)} back. Void the receipt that its payment made.")
    if found := amount_finding(amount, "amount_cents"):
        raise ValueError(found[0].message)
    if not 0 <= fee < amount:
        raise ValueError(f"A fee of {dollars(fee)} on {dollars(amount)} cannot be right. Ask the agency.")
    to = fold(line.paid_to).strip()
    if to not in _TO_OFFICE and to not in _TO_AGENCY:
        raise ValueError(f"“{line.paid_to}” does not say who was paid: agency or office.")
    paid_to = PaidTo.OFFICE if to in _TO_OFFICE else PaidTo.AGENCY
    return Payment(line.line, account_id, paid_on, amount, fee, paid_to)


def _is_named(holder: Holder, written: str) -> bool:
    """Whether the last name stands in what the agency writes, in whichever order."""
    return fold(holder.last) in fold(written)


def _date(written: str) -> date | None:
    for form in _DATES:
        try:
            return datetime.strptime(written.strip(), form).date()
        except ValueError:
            continue
    return None
