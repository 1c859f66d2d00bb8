"""Why a counted drawer should hold so much, and what of it goes to the bank."""

from sqlalchemy import select

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.day_close import DrawerCount
from frontdesk.models.billing.journal import Posting, PostingKind
from frontdesk.models.billing.receipts import CashDrawer, Receipt, ReceiptTender, TenderKind
from frontdesk.models.billing.returned_check import ReturnedCheck
from frontdesk.services.billing import card_batch, counting, explain, no_checks
from frontdesk.services.billing.counting import Counted
from frontdesk.services.billing.explain import Explanation, Sentence
from frontdesk.services.billing.explain_subject import Part, Subject
from frontdesk.services.billing.payment_checks import said_number
from frontdesk.services.work import Work


def of_drawer(work: Work, subject: Subject) -> Explanation:
    """What a counted drawer should have held: its float and what came in since the count before."""
    count = work.get(DrawerCount, subject.id)
    drawer = work.get(CashDrawer, count.drawer_id)
    if subject.part is Part.DEPOSIT:
        return _to_the_bank(counting.counted_of(work, count.id), count.float_cents)
    if subject.part is Part.COUNTED:
        found = counting.counted_of(work, count.id)
        words = f"Counted by {found.counted_by} on {us_date(found.on)}."
        return explain.listed(f"{drawer.name}, cash counted", _pieces(found), words)
    if subject.part is Part.CARD_RECEIPTS:
        return _by_card(work, count, drawer.name)
    kind = TenderKind(subject.part.value)
    after = counting.counted_before(work, drawer.id, count.counted_on)
    said = [Sentence("The float that stays in it.", count.float_cents)] if _has_float(kind, count) else []
    tenders = (
        select(Receipt.number, ReceiptTender.amount_cents)
        .join(Receipt, ReceiptTender.receipt_id == Receipt.id)
        .where(Receipt.drawer_id == drawer.id, ReceiptTender.kind == kind)
        .order_by(Receipt.number, ReceiptTender.id)
    )
    taken = tenders.where(Receipt.received_on > after, Receipt.received_on <= count.counted_on)
    said += [
        Sentence(f"Receipt {said_number(number)}.", cents) for number, cents in work.session.execute(taken)
    ]
    voids = tenders.join(Posting, Posting.receipt_id == Receipt.id).where(
        Posting.kind == PostingKind.RECEIPT_VOID,
        Posting.posted_on > after,
        Posting.posted_on <= count.counted_on,
    )
    said += [
        Sentence(f"Receipt {said_number(number)} was voided and given back.", -cents)
        for number, cents in work.session.execute(voids)
    ]
    expected = {
        TenderKind.CASH: count.expected_cash_cents,
        TenderKind.CHECK: count.expected_check_cents,
        TenderKind.CARD: count.expected_card_cents,
    }[kind]
    off = expected - sum(each.amount_cents for each in said)
    said += [Sentence("Other money that was put in or taken out.", off)] if off else []
    words = f"{drawer.name}, {kind.value} expected on {us_date(count.counted_on)}."
    return explain.listed(f"{drawer.name}, {kind.value}", said, words)


def _has_float(kind: TenderKind, count: DrawerCount) -> bool:
    return kind is TenderKind.CASH and bool(count.float_cents)


def of_day_deposit(work: Work, subject: Subject) -> Explanation:
    """What the drawers that were counted for a day send to the bank together."""
    on = subject.on or work.today
    said = [
        Sentence(f"{each.drawer}, counted by {each.counted_by}.", each.deposit_cents)
        for _, each in sorted(counting.counts_of(work, on).items())
    ]
    words = "Cash and checks as they were counted, less the change that stays in the drawers."
    return explain.listed(f"Deposit of {us_date(on)}", said, words)


def of_returned(work: Work, subject: Subject) -> Explanation:
    """What the bank took back of a deposit, and why."""
    row = work.get(ReturnedCheck, subject.id)
    tender = work.get(ReceiptTender, row.tender_id)
    receipt = work.get(Receipt, tender.receipt_id)
    words = f"Check {tender.check_number} of {us_date(receipt.received_on)}, {said_number(receipt.number)}"
    said = (Sentence(f"{words}: {no_checks.said(row.because, row.note)}.", -tender.amount_cents),)
    on = us_date(work.wall(row.at).date())
    return explain.listed(f"Returned check {tender.check_number}", said, f"{row.done_by} entered it on {on}.")


def _to_the_bank(counted: Counted, float_cents: int) -> Explanation:
    said = _pieces(counted)
    if float_cents:
        said.append(Sentence("The change that stays in the drawer.", -float_cents))
    if counted.counted_check_cents:
        said.append(Sentence("Checks.", counted.counted_check_cents))
    words = f"Cash and checks as {counted.counted_by} counted them on {us_date(counted.on)}."
    return explain.listed(f"{counted.drawer}, to the bank", said, words)


def _pieces(counted: Counted) -> list[Sentence]:
    return [
        Sentence(f"{each.count} of {dollars(each.value_cents)}.", each.cents)
        for each in counted.pieces
        if each.count
    ]


def _by_card(work: Work, count: DrawerCount, name: str) -> Explanation:
    said = [
        Sentence(f"Receipt {each.number}, card ending in {each.last4 or 'unknown'}.", each.amount_cents)
        for each in card_batch.card_receipts(work, count)
    ]
    words = (
        f"Paid by card up to {us_date(count.counted_on)}, since the count before; voided ones are left out."
    )
    return explain.listed(f"{name}, receipts by card", said, words)
