"""The deposit of a remittance as an equation: to post, no match, and what came apart from the claims."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from frontdesk.models.billing.remittances import ProviderAdjustment
from frontdesk.services.billing.provider_adjustments import FORWARDED, INTEREST, is_income
from frontdesk.services.work import Work

_CARRIED, _BACK, _MORE = "Carried over", "Taken back", "Added"
_INTEREST, _INCOME = "Interest", "Income on no visit"
_ORDER = (_BACK, _CARRIED, _INTEREST, _INCOME, _MORE)


@dataclass(frozen=True, slots=True)
class DepositPart:
    """What a payer added or kept apart from the claims, for reasons of one kind."""

    name: str
    cents: int
    """Raises the deposit, or (negative) lowers it."""
    reasons: tuple[str, ...]
    """The payer's reasons with their references: "WO, 3102"."""


@dataclass(frozen=True, slots=True)
class Deposit:
    """deposit = to post + no match + parts."""

    deposit_cents: int
    to_post_cents: int
    to_post_claims: int
    no_match_cents: int
    no_match_claims: int
    parts: tuple[DepositPart, ...]

    @property
    def taken_back_cents(self) -> int:
        """What all parts lower the deposit by."""
        return -sum(part.cents for part in self.parts)


def deposit_parts(work: Work, remittance_id: int) -> tuple[DepositPart, ...]:
    """The PLBs of a remittance by kind: taken back, carried over, interest, other income, added."""
    cents: defaultdict[str, int] = defaultdict(int)
    reasons: defaultdict[str, list[str]] = defaultdict(list)
    for row in work.session.scalars(
        select(ProviderAdjustment)
        .where(ProviderAdjustment.remittance_id == remittance_id)
        .order_by(ProviderAdjustment.id)
    ):
        if row.amount_cents:
            kind = _kind(row.reason, row.amount_cents)
            cents[kind] -= row.amount_cents
            reasons[kind].append(f"{row.reason}, {row.reference}" if row.reference else row.reason)
    return tuple(DepositPart(kind, cents[kind], tuple(reasons[kind])) for kind in _ORDER if kind in cents)


def _kind(reason: str, cents: int) -> str:
    if reason == INTEREST:
        return _INTEREST
    if is_income(reason):
        return _INCOME
    if reason == FORWARDED:
        return _CARRIED
    return _BACK if cents > 0 else _MORE
