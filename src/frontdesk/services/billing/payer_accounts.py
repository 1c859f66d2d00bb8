"""Payers' own accounts: money that belongs to no claim yet, or to none at all, and what it is about."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.kernel.money import dollars
from frontdesk.models.billing.claims import Claim
from frontdesk.models.billing.journal import JournalEntry, Posting
from frontdesk.models.billing.payer_settlement import PayerSettlement
from frontdesk.models.billing.remittances import ProviderAdjustment, Remittance, RemittanceClaim
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import provider_adjustments
from frontdesk.services.command import query
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class PayerAccount:
    """One payer with what stands on its account: positive, the payer owes the office."""

    payer_id: int
    payer: str
    balance_cents: int
    open_items: int


@dataclass(frozen=True, slots=True)
class AccountItem:
    """One posting on a payer's account."""

    posting_id: int
    posted_on: date
    remittance_id: int | None
    remittance: str
    """835-0316-02; empty where a person posted it."""
    text: str
    """What it is, in words."""
    about: str
    """What it belongs to: the claim that is taken back, or the remittance that it was carried over from."""
    amount_cents: int
    balance_cents: int
    """Of the account after it."""
    open_cents: int
    """What of its matter is still open: the same on each item of a matter; 0 once it is settled."""
    remittance_claim_id: int | None
    """An answer without a claim, whose claim may still be found."""
    is_settlement: bool


@dataclass(frozen=True, slots=True)
class _Found:
    posting: Posting
    cents: int
    remittance: Remittance | None
    plb: ProviderAdjustment | None
    answer: RemittanceClaim | None
    settles_id: int | None


@query(permission="billing.view")
def accounts(work: Work) -> tuple[PayerAccount, ...]:
    """Payers with anything on their account, by name."""
    entry = JournalEntry
    sums = work.session.execute(
        select(entry.payer_id, Payer.name, func.sum(entry.amount_cents))
        .join(Payer, Payer.id == entry.payer_id)
        .where(entry.account_id.is_(None))
        .group_by(entry.payer_id, Payer.name)
        .order_by(Payer.name, entry.payer_id)
    ).all()
    return tuple(
        PayerAccount(
            payer_id=payer_id,
            payer=name,
            balance_cents=int(cents),
            open_items=len(
                {item.about or item.text for item in items(work, payer_id=payer_id) if item.open_cents}
            ),
        )
        for payer_id, name, cents in sums
        if payer_id is not None
    )


@query(permission="billing.view")
def items(work: Work, *, payer_id: int) -> tuple[AccountItem, ...]:
    """What stands on a payer's account, the newest first, each with the balance after it."""
    found = _found(work, payer_id)
    matters = _matters(found)
    sums = Counter[str]()
    for each in found:
        sums[matters[each.posting.id]] += each.cents
    about = _about(work, payer_id, found)
    balance = 0
    shown = []
    for each in found:
        balance += each.cents
        answer = each.answer
        is_loose = answer is not None and answer.is_unapplied and each.posting.reverses_id is None
        shown.append(
            AccountItem(
                posting_id=each.posting.id,
                posted_on=each.posting.posted_on,
                remittance_id=each.remittance.id if each.remittance is not None else None,
                remittance=each.remittance.name if each.remittance is not None else "",
                text=_text(each),
                about=about.get(each.posting.id, ""),
                amount_cents=each.cents,
                balance_cents=balance,
                open_cents=sums[matters[each.posting.id]],
                remittance_claim_id=answer.id if answer is not None and is_loose else None,
                is_settlement=each.settles_id is not None,
            )
        )
    return tuple(reversed(shown))


def matter(work: Work, *, posting_id: int) -> tuple[AccountItem, ...]:
    """What on its payer's account is about the same thing as a posting, the oldest first."""
    payer_id = payer_of(work, posting_id)
    if payer_id is None:
        return ()
    matters = _matters(_found(work, payer_id))
    every = reversed(items(work, payer_id=payer_id))
    return tuple(each for each in every if matters[each.posting_id] == matters[posting_id])


def open_of(work: Work, payer_id: int, posting_id: int) -> int | None:
    """What is open of the matter of a posting; None where the posting is not on this account."""
    found = _found(work, payer_id)
    matters = _matters(found)
    if posting_id not in matters:
        return None
    return sum(each.cents for each in found if matters[each.posting.id] == matters[posting_id])


def payer_of(work: Work, posting_id: int) -> int | None:
    """Whose account a posting stands on."""
    return work.session.scalar(
        select(JournalEntry.payer_id)
        .where(JournalEntry.posting_id == posting_id, JournalEntry.account_id.is_(None))
        .limit(1)
    )


def _found(work: Work, payer_id: int) -> list[_Found]:
    work.flush()
    entry = JournalEntry
    own = (
        select(entry.posting_id, func.sum(entry.amount_cents).label("cents"))
        .where(entry.account_id.is_(None), entry.payer_id == payer_id)
        .group_by(entry.posting_id)
        .subquery()
    )
    rows = work.session.execute(
        select(
            Posting, own.c.cents, Remittance, ProviderAdjustment, RemittanceClaim, PayerSettlement.settles_id
        )
        .join(own, own.c.posting_id == Posting.id)
        .outerjoin(Remittance, Remittance.id == Posting.remittance_id)
        .outerjoin(ProviderAdjustment, ProviderAdjustment.posting_id == Posting.id)
        .outerjoin(RemittanceClaim, RemittanceClaim.id == Posting.remittance_claim_id)
        .outerjoin(PayerSettlement, PayerSettlement.posting_id == Posting.id)
        .order_by(Posting.posted_at, Posting.id)
    )
    return [_Found(posting, int(cents), *rest) for posting, cents, *rest in rows]


def _matters(found: Sequence[_Found]) -> dict[int, str]:
    """By posting: its matter. One number is one matter; all that is carried over is one."""
    matters: dict[int, str] = {}
    for each in found:
        first = each.settles_id or each.posting.reverses_id
        if first in matters:
            matters[each.posting.id] = matters[first]
        elif each.plb is None:
            matters[each.posting.id] = f"posting {each.posting.id}"
        elif each.plb.reason == provider_adjustments.FORWARDED:
            matters[each.posting.id] = "carried over"
        elif each.plb.reference:
            matters[each.posting.id] = f"number {each.plb.reference.upper()}"
        else:
            matters[each.posting.id] = f"posting {each.posting.id}"
    return matters


def _text(each: _Found) -> str:
    if each.plb is not None and each.posting.reverses_id is None:
        words = provider_adjustments.in_words(each.plb.reason, each.plb.reference)
        is_income = provider_adjustments.is_income(each.plb.reason)
        return f"{words}: {dollars(-each.plb.amount_cents)} of income" if is_income else words
    if each.answer is not None and each.answer.claim_id is not None and each.posting.reverses_id is None:
        return f"Of claim {each.answer.claim_number}, as the remittance policy says"
    return each.posting.reason


def _about(work: Work, payer_id: int, found: Sequence[_Found]) -> dict[int, str]:
    """By posting of a provider adjustment: the claim or the remittance that its reference names."""
    numbers = {word for each in found if each.plb for word in each.plb.reference.split()}
    answer = RemittanceClaim
    claims = {
        number: (ours, status)
        for number, ours, status in work.session.execute(
            select(answer.payer_control_number, Claim.number, answer.status)
            .join(Claim, Claim.id == answer.claim_id)
            .where(answer.payer_control_number.in_(numbers), Claim.payer_id == payer_id)
            .order_by(answer.id)
        )
    }
    for (number,) in work.session.execute(select(Claim.number).where(Claim.number.in_(numbers))):
        claims.setdefault(number, (number, ""))
    said: dict[int, str] = {}
    carried: list[_Found] = []
    for each in found:
        if each.plb is None:
            continue
        named = next((claims[word] for word in each.plb.reference.split() if word in claims), None)
        if named is not None:
            verb = "Take-back of claim" if named[1] == ClaimStatus.REVERSAL else "Claim"
            said[each.posting.id] = f"{verb} {named[0]}"
        elif each.plb.reason == provider_adjustments.FORWARDED:
            if each.cents < 0:
                carried.append(each)
            elif carried:
                before = carried.pop(0).remittance
                said[each.posting.id] = f"Carried over from {before.name}" if before is not None else ""
        elif each.plb.reason == provider_adjustments.TAKEN_BACK:
            said[each.posting.id] = "No claim of ours"
    return said
