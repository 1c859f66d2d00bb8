"""The card terminal's batch beside the receipts: what each has, and which of them differ."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.kernel.money import parse_dollars
from frontdesk.models.billing.day_close import DrawerCount
from frontdesk.models.billing.journal import Posting, PostingKind
from frontdesk.models.billing.receipts import Receipt, ReceiptTender, TenderKind
from frontdesk.services.billing import counting
from frontdesk.services.billing.cards import card_finding
from frontdesk.services.billing.payment_checks import said_number
from frontdesk.services.command import query
from frontdesk.services.work import Work

MOST_LINES = 1_000
_AMOUNT = re.compile(r"^-?\$?\d{1,3}(?:,?\d{3})*\.\d{2}$")
_LAST4 = re.compile(r"^[*xX.]*(\d{4})$")
_APPROVAL = re.compile(r"^[0-9A-Za-z]{5,12}$")


class Fit(StrEnum):
    """How a line of the batch and a receipt stand to each other."""

    SAME = "same"
    AMOUNT_DIFFERS = "amount differs"
    NOT_IN_BATCH = "not in the batch"
    NO_RECEIPT = "no receipt"


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A sale as the terminal lists it; what it does not print is empty."""

    amount_cents: int
    last4: str = ""
    approval: str = ""


@dataclass(frozen=True, slots=True)
class CardReceipt:
    """A payment by card on a receipt of the drawer."""

    receipt_id: int
    number: str
    amount_cents: int
    last4: str
    approval: str


@dataclass(frozen=True, slots=True)
class Matched:
    """A receipt with its line of the batch, or one of them without the other."""

    fit: Fit
    receipt: CardReceipt | None
    line: BatchLine | None

    @property
    def off_cents(self) -> int:
        """By how much the batch is over the receipts here; short where negative."""
        batch = self.line.amount_cents if self.line else 0
        return batch - (self.receipt.amount_cents if self.receipt else 0)


@dataclass(frozen=True, slots=True)
class BatchMatch:
    """Every card receipt of a count and every line of the batch, the differences first."""

    rows: tuple[Matched, ...]
    batch_cents: int
    receipts_cents: int


@query(permission="billing.view")
def match(work: Work, *, drawer_count_id: int, report: str) -> BatchMatch:
    """The terminal's report, typed or pasted a sale a line, beside the receipts; nothing of it is kept."""
    lines = parsed(report)
    receipts = list(card_receipts(work, work.get(DrawerCount, drawer_count_id)))
    rows = _paired(receipts, list(lines))
    order = {fit: place for place, fit in enumerate((Fit.AMOUNT_DIFFERS, Fit.NO_RECEIPT, Fit.NOT_IN_BATCH))}
    rows.sort(key=lambda row: order.get(row.fit, len(order)))  # stable: by receipt within
    return BatchMatch(
        tuple(rows), sum(line.amount_cents for line in lines), sum(each.amount_cents for each in receipts)
    )


def parsed(report: str) -> tuple[BatchLine, ...]:
    """The sales of a report: each line's amount, and where printed the last four digits and the approval.

    Lines without an amount, such as heads, are passed over. Raises Refused where a card number stands.
    """
    found = []
    for text in report.splitlines()[:MOST_LINES]:
        words = text.replace("\t", " ").replace(";", " ").split()
        amounts = [word for word in words if _AMOUNT.match(word)]
        refuse_if_any(card_finding(text, "report"))
        if not amounts or any(word.lower().startswith("total") for word in words):
            continue
        others = [word for word in words if word not in amounts]
        last4 = next((hit[1] for word in others if (hit := _LAST4.match(word))), "")
        approval = next((word for word in others if _is_approval(word)), "")
        found.append(BatchLine(parse_dollars(amounts[-1]), last4, approval.upper()))
    if report.strip() and not found:
        refuse_if_any([Finding("No line has an amount such as 25.00. Enter a sale on each line.", "report")])
    return tuple(found)


def _is_approval(word: str) -> bool:
    return bool(_APPROVAL.match(word)) and not _LAST4.match(word) and any(sign.isdigit() for sign in word)


def _paired(receipts: list[CardReceipt], lines: list[BatchLine]) -> list[Matched]:
    """By approval and amount, by approval, by last four and amount, by amount; each is used once."""
    rules: tuple[tuple[Fit, Callable[[CardReceipt, BatchLine], bool]], ...] = (
        (Fit.SAME, lambda r, b: bool(b.approval) and r.approval == b.approval and _same(r, b)),
        (Fit.AMOUNT_DIFFERS, lambda r, b: bool(b.approval) and r.approval == b.approval),
        (Fit.SAME, lambda r, b: r.last4 == b.last4 and _same(r, b)),
        (Fit.SAME, lambda r, b: not b.last4 and not b.approval and _same(r, b)),
        (Fit.AMOUNT_DIFFERS, lambda r, b: bool(b.last4) and r.last4 == b.last4),
    )
    found: dict[int, Matched] = {}
    for fit, fits in rules:
        for receipt in receipts:
            line = next((each for each in lines if fits(receipt, each)), None)
            if id(receipt) not in found and line is not None:
                lines.remove(line)
                found[id(receipt)] = Matched(fit, receipt, line)
    rows = [found.get(id(each)) or Matched(Fit.NOT_IN_BATCH, each, None) for each in receipts]
    return rows + [Matched(Fit.NO_RECEIPT, None, line) for line in lines]


def _same(receipt: CardReceipt, line: BatchLine) -> bool:
    return receipt.amount_cents == line.amount_cents


def card_receipts(work: Work, row: DrawerCount) -> tuple[CardReceipt, ...]:
    """The card payments since the drawer's count before, without those that were voided."""
    after = counting.counted_before(work, row.drawer_id, row.counted_on)
    voided = select(Posting.receipt_id).where(
        Posting.kind == PostingKind.RECEIPT_VOID,
        Posting.receipt_id.is_not(None),
        Posting.posted_on <= row.counted_on,
    )
    found = work.session.execute(
        select(ReceiptTender, Receipt.number)
        .join(Receipt, ReceiptTender.receipt_id == Receipt.id)
        .where(
            Receipt.drawer_id == row.drawer_id,
            Receipt.received_on > after,
            Receipt.received_on <= row.counted_on,
            ReceiptTender.kind == TenderKind.CARD,
            Receipt.id.not_in(voided),
        )
        .order_by(Receipt.number, ReceiptTender.id)
    )
    return tuple(
        CardReceipt(
            tender.receipt_id,
            said_number(number),
            tender.amount_cents,
            tender.card_last4,
            tender.card_auth.upper(),
        )
        for tender, number in found
    )
