"""Counting a drawer blind: the count first, then what should have been there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import msgspec
from sqlalchemy import Select, func, select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import weekday_date
from frontdesk.models.billing.day_close import DrawerCount, DrawerExplanation
from frontdesk.models.billing.journal import Posting, PostingKind
from frontdesk.models.billing.receipts import CashDrawer, Receipt, ReceiptTender, TenderKind
from frontdesk.services.billing import journal
from frontdesk.services.billing.amounts import LARGEST_CENTS
from frontdesk.services.command import command, irreversible
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_drawer_count_standing", "This drawer was counted already for this day.")
says("append_only_drawer_count", "A count is not changed. Set it aside and count again.")
says("count_of_sealed_day", "That day is closed. Count the drawer for the next open day.")

DENOMINATIONS = (10000, 5000, 2000, 1000, 500, 200, 100, 50, 25, 10, 5, 1)
"""Bills and coins by their value in cents, as a drawer is counted."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """So many pieces of one bill or coin."""

    value_cents: int
    count: int

    @property
    def cents(self) -> int:
        return self.value_cents * self.count


@dataclass(frozen=True, slots=True)
class Count:
    """What a person found in a drawer, without being told what should be there."""

    drawer_id: int
    on: date
    cash: tuple[Pieces, ...]
    check_cents: int
    card_cents: int
    """The total of the card terminal's batch."""
    reason: str = ""
    """Why it differs, where that is known already; else it is explained once the count is locked."""

    @property
    def cash_cents(self) -> int:
        return total(self.cash)


@dataclass(frozen=True, slots=True)
class Counted:
    """The outcome of a count. Differences are positive when there is more than expected."""

    drawer_count_id: int
    drawer: str
    on: date
    counted_cash_cents: int
    expected_cash_cents: int
    counted_check_cents: int
    expected_check_cents: int
    batch_card_cents: int
    expected_card_cents: int
    over_short_cents: int
    reason: str
    """Empty while a difference waits for its explanation."""
    explained_by: str
    counted_by: str
    deposit_cents: int
    pieces: tuple[Pieces, ...]

    @property
    def differences(self) -> tuple[tuple[TenderKind, int], ...]:
        """By how much each kind of money is over, or short where negative; only where it is."""
        off = (
            (TenderKind.CASH, self.counted_cash_cents - self.expected_cash_cents),
            (TenderKind.CHECK, self.counted_check_cents - self.expected_check_cents),
            (TenderKind.CARD, self.batch_card_cents - self.expected_card_cents),
        )
        return tuple((kind, cents) for kind, cents in off if cents)

    @property
    def is_open(self) -> bool:
        """Whether a difference has no explanation yet."""
        return bool(self.differences) and not self.reason


def total(cash: Iterable[Pieces]) -> int:
    """What these bills and coins come to, in cents."""
    return sum(pieces.cents for pieces in cash)


@command(
    "Count drawer",
    permission="billing.take_payment",
    undo=irreversible("A count stays as it was made; a later entry explains it."),
)
def count(work: Work, *, count: Count) -> Counted:
    """Lock what was found in a drawer, before anybody is told what should be there.

    After that its money belongs to the next day; a difference is explained before the day is sealed.
    """
    drawer = work.get(CashDrawer, count.drawer_id)
    refuse_if_any(_count_findings(work, count, drawer))
    cash = count.cash_cents
    found = {
        TenderKind.CASH: cash,
        TenderKind.CHECK: count.check_cents,
        TenderKind.CARD: count.card_cents,
    }
    expected = {kind: _taken(work, drawer.id, count.on, kind) for kind in found}
    expected[TenderKind.CASH] += drawer.float_cents
    row = work.add(
        DrawerCount(
            drawer_id=drawer.id,
            counted_on=count.on,
            counted_at=work.now,
            counted_by=work.actor.name,
            denominations=msgspec.json.encode(count.cash).decode(),
            float_cents=drawer.float_cents,
            expected_cash_cents=expected[TenderKind.CASH],
            counted_cash_cents=cash,
            over_short_cents=sum(found[kind] - expected[kind] for kind in found),
            expected_check_cents=expected[TenderKind.CHECK],
            counted_check_cents=count.check_cents,
            expected_card_cents=expected[TenderKind.CARD],
            batch_card_cents=count.card_cents,
        )
    )
    explanation = None
    if count.reason.strip() and found != expected:
        work.flush()
        explanation = work.add(
            DrawerExplanation(
                drawer_count_id=row.id,
                reason=count.reason.strip(),
                explained_at=work.now,
                explained_by=work.actor.name,
            )
        )
    return _counted(row, drawer.name, explanation)


def counts_of(work: Work, on: date) -> dict[int, Counted]:
    """What was counted for a day and stands, by drawer."""
    found = work.session.execute(
        _with_reasons().where(DrawerCount.counted_on == on, DrawerCount.set_aside_at.is_(None))
    )
    return {row.drawer_id: _counted(row, name, why) for row, name, why in found}


def counted_of(work: Work, drawer_count_id: int) -> Counted:
    """One count with its explanation, whether it stands or was set aside."""
    return _counted(*work.session.execute(_with_reasons().where(DrawerCount.id == drawer_count_id)).one())


def said_differences(counted: Counted) -> tuple[str, ...]:
    """Each difference in a sentence: "The drawer is $27.00 over."."""
    return tuple(_difference(kind, cents) for kind, cents in counted.differences)


def _with_reasons() -> Select[DrawerCount, str, DrawerExplanation]:
    return (
        select(DrawerCount, CashDrawer.name, DrawerExplanation)
        .join(CashDrawer, DrawerCount.drawer_id == CashDrawer.id)
        .outerjoin(DrawerExplanation, DrawerExplanation.drawer_count_id == DrawerCount.id)
    )


def _count_findings(work: Work, count: Count, drawer: CashDrawer) -> list[Finding]:
    findings = []
    if count.on > work.today:
        findings.append(Finding("A day to come cannot be counted.", "on"))
    later = work.session.scalar(
        select(func.max(DrawerCount.counted_on)).where(
            DrawerCount.drawer_id == drawer.id, DrawerCount.set_aside_at.is_(None)
        )
    )
    if later is not None and later >= count.on:
        findings.append(Finding(f"{drawer.name} was counted already for {weekday_date(later)}.", "on"))
    elif count.on <= (journal.last_closed_on(work) or date.min):
        findings.append(Finding(f"{weekday_date(count.on)} is closed.", "on"))
    for pieces in count.cash:
        if pieces.value_cents not in DENOMINATIONS:
            findings.append(Finding(f"There is no piece of {dollars(pieces.value_cents)}.", "cash"))
        if not 0 <= pieces.count <= 100_000:
            findings.append(Finding("The number of pieces cannot be right. Count again.", "cash"))
    if len({pieces.value_cents for pieces in count.cash}) < len(count.cash):
        findings.append(Finding("A bill or coin is listed twice.", "cash"))
    for cents, field in ((count.check_cents, "check_cents"), (count.card_cents, "card_cents")):
        if abs(cents) > LARGEST_CENTS or (field == "check_cents" and cents < 0):
            findings.append(Finding("This total cannot be right. Add it up again.", field))
    return findings


def counted_before(work: Work, drawer_id: int, on: date) -> date:
    """The day of the drawer's count before this one; the beginning of time where there is none."""
    since = work.session.scalar(
        select(func.max(DrawerCount.counted_on)).where(
            DrawerCount.drawer_id == drawer_id,
            DrawerCount.counted_on < on,
            DrawerCount.set_aside_at.is_(None),
        )
    )
    return since or date.min


def _taken(work: Work, drawer_id: int, on: date, kind: TenderKind) -> int:
    """What a drawer took in since its last count, less what voids gave back from it."""
    after = counted_before(work, drawer_id, on)
    taken = work.session.scalar(
        select(func.sum(ReceiptTender.amount_cents))
        .join(Receipt, ReceiptTender.receipt_id == Receipt.id)
        .where(
            Receipt.drawer_id == drawer_id,
            Receipt.received_on > after,
            Receipt.received_on <= on,
            ReceiptTender.kind == kind,
        )
    )
    given_back = work.session.scalar(
        select(func.sum(ReceiptTender.amount_cents))
        .join(Receipt, ReceiptTender.receipt_id == Receipt.id)
        .join(Posting, Posting.receipt_id == Receipt.id)
        .where(
            Receipt.drawer_id == drawer_id,
            Posting.kind == PostingKind.RECEIPT_VOID,
            Posting.posted_on > after,
            Posting.posted_on <= on,
            ReceiptTender.kind == kind,
        )
    )
    return int(taken or 0) - int(given_back or 0)


def _counted(row: DrawerCount, drawer: str, why: DrawerExplanation | None) -> Counted:
    return Counted(
        drawer_count_id=row.id,
        drawer=drawer,
        on=row.counted_on,
        counted_cash_cents=row.counted_cash_cents,
        expected_cash_cents=row.expected_cash_cents,
        counted_check_cents=row.counted_check_cents,
        expected_check_cents=row.expected_check_cents,
        batch_card_cents=row.batch_card_cents,
        expected_card_cents=row.expected_card_cents,
        over_short_cents=row.over_short_cents,
        reason=why.reason if why else "",
        explained_by=why.explained_by if why else "",
        counted_by=row.counted_by,
        deposit_cents=row.counted_cash_cents - row.float_cents + row.counted_check_cents,
        pieces=msgspec.json.decode(row.denominations, type=tuple[Pieces, ...]),
    )


def _difference(kind: TenderKind, cents: int) -> str:
    where = {TenderKind.CASH: "The drawer is", TenderKind.CHECK: "The checks are"}.get(
        kind, "The card batch is"
    )
    return f"{where} {dollars(abs(cents))} {'over' if cents > 0 else 'short'}."
