"""Random days at a drawer, each with one mistake in it, as the explainer sees them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

from frontdesk.models.billing.receipts import TenderKind
from frontdesk.services.billing.variance_facts import Cause, Elsewhere, Facts, NotRecorded, Taken

CASH, CHECK, CARD = TenderKind.CASH, TenderKind.CHECK, TenderKind.CARD
FLOAT = 20_000
_COPAYS = (1000, 1500, 2000, 2500, 3000, 3500, 4000, 4500, 5000, 6000)
_NOTES = (100, 500, 1000, 2000, 5000)

Planted = tuple[Facts, Cause, int | None]
"""The facts, what was done wrong, and the receipt or visit it was done to."""


def a_day(chance: Random) -> list[Taken]:
    """Twelve to forty receipts: copays in cash and by card, odd balances by check."""
    day = []
    for number in range(chance.randint(12, 40)):
        kind = chance.choices((CASH, CHECK, CARD), (6, 1, 4))[0]
        cents = chance.choice(_COPAYS) if chance.random() < 0.6 else chance.randint(500, 24_000)
        handed = next(up for up in (100, 500, 1000, 2000, 5000, 10_000, 30_000) if up >= cents)
        day.append(
            Taken(
                receipt_id=number + 1,
                number=f"R-{number + 1:06d}",
                patient_id=100 + number,
                patient=f"Patient {number}",
                kind=kind,
                amount_cents=cents,
                tendered_cents=handed if kind is CASH and chance.random() < 0.5 else cents,
                is_void=chance.random() < 0.06,
            )
        )
    return day


def _facts(day: list[Taken], *off: tuple[TenderKind, int], waiting: tuple[NotRecorded, ...] = ()) -> Facts:
    return Facts(off=off, taken=tuple(day), not_recorded=waiting, float_cents=FLOAT)


def _one(chance: Random, day: list[Taken], *kinds: TenderKind, void: bool = False) -> Taken | None:
    found = [each for each in day if each.kind in kinds and each.is_void is void]
    return chance.choice(found) if found else None


def other_tender(chance: Random, day: list[Taken]) -> Planted | None:
    """Cash entered as a card or check, or the other way round."""
    wrong = _one(chance, day, CASH, CHECK, CARD)
    if wrong is None:
        return None
    right = chance.choice([kind for kind in (CASH, CHECK, CARD) if kind is not wrong.kind])
    off = ((right, wrong.amount_cents), (wrong.kind, -wrong.amount_cents))
    return _facts(day, *off), Cause.OTHER_TENDER, wrong.receipt_id


def kept_though_voided(chance: Random, day: list[Taken]) -> Planted | None:
    """A receipt voided, its cash still there."""
    wrong = _one(chance, day, CASH, void=True)
    if wrong is None:
        return None
    return _facts(day, (CASH, wrong.amount_cents)), Cause.VOIDED, wrong.receipt_id


def doubled(chance: Random, day: list[Taken]) -> Planted | None:
    """One payment entered twice."""
    once = _one(chance, day, CASH)
    if once is None:
        return None
    twice = replace(once, receipt_id=900, number="R-000900")
    return _facts([*day, twice], (CASH, -once.amount_cents)), Cause.DOUBLED, once.receipt_id


def not_recorded(chance: Random, day: list[Taken]) -> Planted | None:
    """A copay taken without a receipt; other patients paid nothing, rightly."""
    waiting = tuple(NotRecorded(n, n, f"Visitor {n}", "A copay", chance.choice(_COPAYS)) for n in range(1, 6))
    wrong = chance.choice(waiting)
    off = (CASH, wrong.amount_cents)
    return _facts(day, off, waiting=waiting), Cause.NOT_RECORDED, wrong.appointment_id


def transposed(chance: Random, day: list[Taken]) -> Planted | None:
    """Two neighbouring digits typed in the wrong order."""
    wrong = _one(chance, day, CASH, CHECK)
    if wrong is None:
        return None
    digits = str(wrong.amount_cents)
    at = chance.randrange(len(digits) - 1)
    meant = int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
    if meant == wrong.amount_cents or meant == 0:
        return None
    return _facts(day, (wrong.kind, meant - wrong.amount_cents)), Cause.TRANSPOSED, wrong.receipt_id


def decimal_slip(chance: Random, day: list[Taken]) -> Planted | None:
    """Ten times what was paid was typed, or a tenth."""
    wrong = _one(chance, day, CASH)
    if wrong is None:
        return None
    meant = wrong.amount_cents // 10 if wrong.amount_cents % 10 == 0 else wrong.amount_cents * 10
    return _facts(day, (CASH, meant - wrong.amount_cents)), Cause.DECIMAL, wrong.receipt_id


def wrong_note(chance: Random, day: list[Taken]) -> Planted | None:
    """A 20 given for a 10, or the like."""
    changed = [each for each in day if each.kind is CASH and not each.is_void and each.change_cents >= 100]
    if not changed:
        return None
    wrong = chance.choice(changed)
    right = chance.choice([note for note in _NOTES if note <= wrong.change_cents])
    given = chance.choice([note for note in _NOTES if note != right])
    return _facts(day, (CASH, right - given)), Cause.WRONG_NOTE, wrong.receipt_id


def no_change(chance: Random, day: list[Taken]) -> Planted | None:
    """The change was not given at all."""
    changed = [each for each in day if each.kind is CASH and not each.is_void and each.change_cents]
    if not changed:
        return None
    wrong = chance.choice(changed)
    return _facts(day, (CASH, wrong.change_cents)), Cause.NO_CHANGE, wrong.receipt_id


def float_not_counted(_: Random, day: list[Taken]) -> Planted | None:
    """The change of the night was left out of the count."""
    return _facts(day, (CASH, -FLOAT)), Cause.FLOAT, None


def back_from_yesterday(chance: Random, day: list[Taken]) -> Planted | None:
    """Yesterday short, today over by the same."""
    cents = chance.randint(100, 9_999) * chance.choice((1, -1))
    before = Elsewhere("Front desk", date(2026, 3, 16), CASH, -cents)
    return replace(_facts(day, (CASH, cents)), earlier=(before,)), Cause.EARLIER_DAY, None


def in_the_other_drawer(chance: Random, day: list[Taken]) -> Planted | None:
    """Money put into the drawer beside."""
    cents = chance.randint(100, 9_999)
    other = Elsewhere("Front desk 2", date(2026, 3, 17), CASH, cents)
    return replace(_facts(day, (CASH, -cents)), other_drawers=(other,)), Cause.OTHER_DRAWER, None


def two_missing(chance: Random, day: list[Taken]) -> Planted | None:
    """Two receipts whose money is not there."""
    found = [each for each in day if each.kind is CASH and not each.is_void]
    if len(found) < 2:
        return None
    first, second = chance.sample(found, 2)
    return _facts(day, (CASH, -first.amount_cents - second.amount_cents)), Cause.TWO_TOGETHER, None


PLANTS: tuple[Callable[[Random, list[Taken]], Planted | None], ...] = (
    other_tender,
    kept_though_voided,
    doubled,
    not_recorded,
    transposed,
    decimal_slip,
    wrong_note,
    no_change,
    float_not_counted,
    back_from_yesterday,
    in_the_other_drawer,
    two_missing,
)
