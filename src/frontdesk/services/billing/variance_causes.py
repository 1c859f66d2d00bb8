"""The causes that may stand behind a difference, each a small rule over the day's facts.

A rule looks at one kind of money. What points at several entries alike is one lead that names them all.
Each rule looks at every entry a bounded number of times, so a day of thousands is searched at once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import weekday_date
from frontdesk.models.billing.receipts import TenderKind
from frontdesk.services.billing.variance_facts import Blamed, Cause, Facts, Lead, Taken, blame, of_kind, which

_NOTES = (10000, 5000, 2000, 1000, 500, 100)
_DENOMINATIONS = (*_NOTES, 25, 10, 5, 1)
_SAID = {TenderKind.CASH: "cash", TenderKind.CHECK: "a check", TenderKind.CARD: "a card"}

Rule = Callable[[Facts, TenderKind, int], Iterator[Lead]]


def leads(facts: Facts) -> tuple[Lead, ...]:
    """All that could explain the differences, the likeliest first; always in the same order."""
    facts = replace(
        facts, taken=tuple(sorted(facts.taken, key=lambda each: (each.number, each.amount_cents)))
    )
    found = [lead for kind, off in facts.off for rule in _RULES for lead in rule(facts, kind, off)]
    order = {cause: place for place, cause in enumerate(Cause)}
    return tuple(sorted(found, key=lambda lead: (-lead.score, order[lead.cause], lead.kind, lead.sentence)))


def _lead(
    cause: Cause, kind: TenderKind, score: int, sentence: str, blamed: tuple[Blamed, ...] = ()
) -> Iterator[Lead]:
    """The lead, a little less likely where it cannot tell between several entries."""
    yield Lead(cause, kind, score - min(6, 2 * max(0, len(blamed) - 1)), sentence, blamed)


def _other_tender(facts: Facts, kind: TenderKind, off: int) -> Iterator[Lead]:
    """One kind is over by what another is short: a receipt was entered under the wrong one."""
    for other in _SAID:
        if off <= 0 or facts.off_by(other) != -off:
            continue
        found = blame([each for each in facts.standing(other) if each.amount_cents == off])
        if found:
            sentence = (
                f"{which(found)} over {dollars(off)} was entered as {_SAID[other]} "
                f"and may have been {_SAID[kind]}: {of_kind(other, -off)}."
            )
            yield from _lead(Cause.OTHER_TENDER, kind, 96, sentence, found)


def _other_drawer(facts: Facts, kind: TenderKind, off: int) -> Iterator[Lead]:
    for each in facts.other_drawers:
        if each.kind is kind and each.off_cents == -off:
            way = "short" if off > 0 else "over"
            sentence = (
                f"{each.drawer} is {dollars(abs(off))} {way} on the same day: "
                "money may lie in the wrong drawer."
            )
            yield from _lead(Cause.OTHER_DRAWER, kind, 95, sentence)


def _float(facts: Facts, kind: TenderKind, off: int) -> Iterator[Lead]:
    if kind is not TenderKind.CASH or not facts.float_cents or abs(off) != facts.float_cents:
        return
    what = "was not counted" if off < 0 else "was counted, and another one lies there"
    sentence = f"The float is {dollars(facts.float_cents)}, as much as the difference: it {what}."
    yield from _lead(Cause.FLOAT, kind, 94, sentence)


def _not_recorded(facts: Facts, kind: TenderKind, off: int) -> Iterator[Lead]:
    found = [each for each in facts.not_recorded if each.amount_cents == off]
    if off > 0 and found:
        blamed = tuple(
            Blamed(each.patient_id, each.patient, appointment_id=each.appointment_id) for each in found
        )
        sentence = f"{found[0].what} of {dollars(off)} may have been paid and not recorded: {which(blamed)}."
        yield from _lead(Cause.NOT_RECORDED, kind, 92, sentence, blamed)


def _earlier_day(facts: Facts, kind: TenderKind, off: int) -> Iterator[Lead]:
    for each in facts.earlier:
        if each.kind is kind and each.off_cents == -off:
            way = "short" if off > 0 else "over"
            sentence = (
                f"This drawer was {dollars(abs(off))} {way} on {weekday_date(each.on)}: "
                "the same money may be back, or gone again."
            )
            yield from _lead(Cause.EARLIER_DAY, kind, 90, sentence)
            return


def _doubled(facts: Facts, kind: TenderKind, off: int) -> Iterator[Lead]:
    """Short by a receipt that stands twice for one patient."""
    by_patient: defaultdict[int, list[Taken]] = defaultdict(list)
    for each in facts.standing(kind):
        if each.amount_cents == -off:
            by_patient[each.patient_id].append(each)
    twice = [each for same in by_patient.values() if len({e.receipt_id for e in same}) > 1 for each in same]
    if off < 0 and twice:
        found = blame(twice)
        sentence = f"{dollars(-off)} may have been entered twice for {twice[0].patient}: {which(found)}."
        yield from _lead(Cause.DOUBLED, kind, 92, sentence, found)


def _voided(facts: Facts, kind: TenderKind, off: int) -> Iterator[Lead]:
    found = blame([each for each in facts.voided(kind) if each.amount_cents == off])
    if off > 0 and found:
        sentence = (
            f"{which(found)} over {dollars(off)} was voided, and its money may not have been given back."
        )
        yield from _lead(Cause.VOIDED, kind, 90, sentence, found)


def _no_change(facts: Facts, kind: TenderKind, off: int) -> Iterator[Lead]:
    found = blame([each for each in facts.standing(kind) if each.change_cents == off])
    if kind is TenderKind.CASH and off > 0 and found:
        sentence = f"The change of {dollars(off)} on {which(found)} may not have been given."
        yield from _lead(Cause.NO_CHANGE, kind, 86, sentence, found)


def _not_there(facts: Facts, kind: TenderKind, off: int) -> Iterator[Lead]:
    found = blame([each for each in facts.standing(kind) if each.amount_cents == -off])
    if off < 0 and found:
        sentence = f"{which(found)} is over {dollars(-off)}, as much as is missing: it may not lie here."
        yield from _lead(Cause.NOT_THERE, kind, 82, sentence, found)


def _decimal(facts: Facts, kind: TenderKind, off: int) -> Iterator[Lead]:
    found = blame(
        [
            each
            for each in facts.standing(kind)
            if off in (each.amount_cents * 9, each.amount_cents * 99)
            or (each.amount_cents % 10 == 0 and off == each.amount_cents // 10 - each.amount_cents)
            or (each.amount_cents % 100 == 0 and off == each.amount_cents // 100 - each.amount_cents)
        ]
    )
    if found:
        sentence = f"A digit or the decimal point may have slipped on {which(found)}."
        yield from _lead(Cause.DECIMAL, kind, 80, sentence, found)


def _transposed(facts: Facts, kind: TenderKind, off: int) -> Iterator[Lead]:
    if off % 9:  # two digits that change places always change the amount by a multiple of nine
        return
    meant: dict[int, int] = {}
    entries = []
    for each in facts.standing(kind):
        if each.amount_cents + off in _swapped(each.amount_cents):
            entries.append(each)
            meant[each.receipt_id] = each.amount_cents + off
    found = blame(entries)
    if len(found) == 1:
        (entry,) = [each for each in entries if each.receipt_id == found[0].receipt_id][:1]
        sentence = (
            f"Two digits may have changed places on {which(found)}: "
            f"{dollars(entry.amount_cents)} for {dollars(entry.amount_cents + off)}."
        )
        yield from _lead(Cause.TRANSPOSED, kind, 84, sentence, found)
    elif found:
        sentence = f"Two digits may have changed places on {which(found)}."
        yield from _lead(Cause.TRANSPOSED, kind, 84, sentence, found)


def _swapped(cents: int) -> set[int]:
    """The amounts that two neighbouring digits in the wrong order make of an amount."""
    digits = str(cents)
    made = {
        int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]) for at in range(len(digits) - 1)
    }
    return made - {cents}


def _wrong_note(facts: Facts, kind: TenderKind, off: int) -> Iterator[Lead]:
    """Change given with one note in the place of another."""
    if kind is not TenderKind.CASH:
        return
    for right in _NOTES:
        wrong = right - off
        if wrong not in _NOTES:
            continue
        found = blame([each for each in facts.standing(kind) if each.change_cents >= right])
        if found:
            said = [dollars(note).removesuffix(".00") for note in (wrong, right)]
            sentence = f"A {said[0]} may have been given for a {said[1]} in the change of {which(found)}."
            yield from _lead(Cause.WRONG_NOTE, kind, 76, sentence, found)
            return


def _wrong_line(facts: Facts, kind: TenderKind, off: int) -> Iterator[Lead]:
    """So many pieces of one value typed at the line beside it."""
    if kind is not TenderKind.CASH:
        return
    beside = list(pairwise(_DENOMINATIONS))
    steps = dict(beside), {low: high for high, low in beside}
    for value, count in facts.pieces:
        for step in steps:
            right = step.get(value)
            if right is not None and count > 1 and count * (value - right) == off:
                sentence = (
                    f"{count} pieces were counted as {dollars(value)} each: "
                    f"at {dollars(right)} each the drawer agrees."
                )
                yield from _lead(Cause.WRONG_LINE, kind, 72, sentence)


def _half(facts: Facts, kind: TenderKind, off: int) -> Iterator[Lead]:
    """Money given back that was entered as taken, or the other way round, counts twice."""
    if off % 2:
        return
    entries = facts.voided(kind) if off > 0 else facts.standing(kind)
    found = blame([each for each in entries if 2 * each.amount_cents == abs(off)])
    if found:
        what = "voided, and may have been paid again" if off > 0 else "taken, and may have been given back"
        sentence = f"{which(found)} is half of the difference: it was entered as {what}."
        yield from _lead(Cause.HALF, kind, 62, sentence, found)


def _two_together(facts: Facts, kind: TenderKind, off: int) -> Iterator[Lead]:
    entries = facts.voided(kind) if off > 0 else facts.standing(kind)
    by_amount: defaultdict[int, list[Taken]] = defaultdict(list)
    for each in entries:
        by_amount[each.amount_cents].append(each)
    pairs = []
    for amount in sorted(by_amount):
        rest = abs(off) - amount
        if amount > rest or rest not in by_amount:
            continue
        first, second = by_amount[amount][0], by_amount[rest][-1]
        if first.receipt_id != second.receipt_id:
            pairs.append((first, second))
    if pairs:
        found = blame([*pairs[0]])
        more = f", and {len(pairs) - 1} more pairs do so" if len(pairs) > 1 else ""
        names = " and ".join(f"{each.number} ({each.patient})" for each in found)
        sentence = f"{names} make up the difference together{more}."
        yield Lead(Cause.TWO_TOGETHER, kind, 60 if len(pairs) == 1 else 52, sentence, found)


def _paid_out(_: Facts, kind: TenderKind, off: int) -> Iterator[Lead]:
    if kind is TenderKind.CASH and off < 0:
        sentence = f"{dollars(-off)} may have been paid out of the drawer without a note of it."
        yield from _lead(Cause.PAID_OUT, kind, 30, sentence)


_RULES: tuple[Rule, ...] = (
    _other_tender,
    _other_drawer,
    _float,
    _not_recorded,
    _earlier_day,
    _doubled,
    _voided,
    _no_change,
    _not_there,
    _decimal,
    _transposed,
    _wrong_note,
    _wrong_line,
    _half,
    _two_together,
    _paid_out,
)
