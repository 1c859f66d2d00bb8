"""Which ledger entries a payer's answer on one claim comes to. Plain values in, plain values out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from frontdesk.models.billing.journal import EntryKind, Party
from frontdesk.models.billing.remittances import Treatment
from frontdesk.services.billing.journal import Entry
from frontdesk.services.billing.spreading import spread


@dataclass(frozen=True, slots=True)
class OurLine:
    """A charge line of the claim."""

    charge_line_id: int
    code: str
    modifiers: str
    charge_cents: int
    control_number: str


@dataclass(frozen=True, slots=True)
class TheirAdjustment:
    """One reason for not paying, of a line (its place) or the whole claim (0)."""

    line: int
    group: str
    reason: str
    cents: int
    treatment: Treatment


@dataclass(frozen=True, slots=True)
class TheirLine:
    """A service as the payer answered it."""

    place: int
    code: str
    """As the office billed it."""
    modifiers: str
    charge_cents: int
    paid_cents: int
    control_number: str


def entries(
    ours: Sequence[OurLine],
    theirs: Sequence[TheirLine],
    adjustments: Sequence[TheirAdjustment],
    paid_cents: int,
    payer_id: int,
    next_payer_id: int | None = None,
) -> tuple[Entry, ...]:
    """Payments, contract write-offs and moves to the patient, on the lines they belong to.

    Where another payer comes next, what this one leaves to the patient goes to that payer first. What
    the payer gives as a total, or on a line that is none of ours, is spread over our lines.
    """
    targets = pair(ours, theirs)
    on_line: list[tuple[int, int, TheirAdjustment | None]] = []
    as_total = paid_cents - sum(line.paid_cents for line in theirs)
    for line in theirs:
        if line.place in targets:
            on_line.append((targets[line.place], line.paid_cents, None))
        else:
            as_total += line.paid_cents
    loose: list[TheirAdjustment] = []
    for adjustment in adjustments:
        if adjustment.line in targets:
            on_line.append((targets[adjustment.line], adjustment.cents, adjustment))
        else:
            loose.append(adjustment)
    fees = [line.charge_cents for line in ours]
    room = dict(zip((line.charge_line_id for line in ours), fees, strict=True))
    for charge_line_id, cents, _ in on_line:
        room[charge_line_id] -= cents
    # Money first: an adjustment of the whole claim takes what the payment leaves.
    totals: list[tuple[int, TheirAdjustment | None]] = [(as_total, None), *((a.cents, a) for a in loose)]
    for cents, reason in totals:
        shares = spread(cents, [max(0, room[line.charge_line_id]) for line in ours])
        for our_line, share in zip(ours, shares, strict=True):
            if share:
                room[our_line.charge_line_id] -= share
                on_line.append((our_line.charge_line_id, share, reason))
    return tuple(
        entry
        for charge_line_id, cents, adjustment in on_line
        if cents
        for entry in _entries_of(charge_line_id, cents, adjustment, payer_id, next_payer_id)
    )


def within(found: Sequence[Entry], room: Mapping[int, int]) -> tuple[Entry, ...]:
    """The entries of a further answer, its contract write-offs cut to what is left after all else.

    `room` is what that payer owed on each line: an answer before, or the payer before, has written its
    own discount off.
    """
    left = dict(room)
    for entry in found:
        is_other = entry.responsible is Party.PAYER and entry.kind is not EntryKind.CONTRACTUAL
        if is_other and entry.charge_line_id is not None:
            left[entry.charge_line_id] = left.get(entry.charge_line_id, 0) + entry.amount_cents
    kept: list[Entry] = []
    for entry in found:
        if entry.kind is not EntryKind.CONTRACTUAL or entry.charge_line_id is None:
            kept.append(entry)
            continue
        cents = min(-entry.amount_cents, max(0, left.get(entry.charge_line_id, 0)))
        if cents > 0:
            left[entry.charge_line_id] -= cents
            kept.append(replace(entry, amount_cents=-cents))
    return tuple(kept)


def pair(ours: Sequence[OurLine], theirs: Sequence[TheirLine]) -> dict[int, int]:
    """Our charge line for each of their lines: by control number, else code and charge, else code alone.

    A payer may answer one line of ours in several of theirs; they name the same one.
    """
    free = {line.charge_line_id: line for line in ours}
    found: dict[int, int] = {}

    def take(fits: "list[tuple[TheirLine, int]]") -> None:
        for line, charge_line_id in fits:
            if charge_line_id in free and line.place not in found:
                found[line.place] = charge_line_id
                del free[charge_line_id]

    by_number = {line.control_number: line.charge_line_id for line in ours}
    found.update(
        {line.place: by_number[line.control_number] for line in theirs if line.control_number in by_number}
    )
    for charge_line_id in found.values():
        free.pop(charge_line_id, None)
    take(
        [
            (line, our.charge_line_id)
            for line in theirs
            for our in ours
            if (our.code, our.modifiers, our.charge_cents) == (line.code, line.modifiers, line.charge_cents)
        ]
    )
    by_code = [(line, our.charge_line_id) for line in theirs for our in ours if our.code == line.code]
    take(by_code)
    # First come, first served: what is left is one more part of a line that was answered already.
    return dict(reversed([(line.place, charge_line_id) for line, charge_line_id in by_code])) | found


def _entries_of(
    charge_line_id: int,
    cents: int,
    adjustment: TheirAdjustment | None,
    payer_id: int,
    next_payer_id: int | None,
) -> tuple[Entry, ...]:
    if adjustment is None:
        # Money taken back on a claim that is no reversal is no payment; it is named for what it is.
        kind = EntryKind.PAYMENT if cents > 0 else EntryKind.CORRECTION
        return (Entry(kind, -cents, Party.PAYER, charge_line_id=charge_line_id, payer_id=payer_id),)
    moves: tuple[tuple[EntryKind, int, Party, int], ...]
    if adjustment.treatment is Treatment.CONTRACT:
        moves = ((EntryKind.CONTRACTUAL, -cents, Party.PAYER, payer_id),)
    elif adjustment.treatment is Treatment.WRITE_OFF:
        moves = ((EntryKind.WRITE_OFF, -cents, Party.PAYER, payer_id),)
    elif adjustment.treatment is Treatment.PATIENT:
        to = (Party.PATIENT, payer_id) if next_payer_id is None else (Party.PAYER, next_payer_id)
        moves = (
            (EntryKind.TRANSFER, -cents, Party.PAYER, payer_id),
            (EntryKind.TRANSFER, cents, *to),
        )
    elif adjustment.treatment is Treatment.ACCOUNT:
        return (
            Entry(
                EntryKind.CORRECTION,
                -cents,
                Party.PAYER,
                charge_line_id=charge_line_id,
                payer_id=payer_id,
                group_code=adjustment.group,
                reason_code=adjustment.reason,
            ),
            Entry(
                EntryKind.UNAPPLIED,
                cents,
                Party.PAYER,
                payer_id=payer_id,
                group_code=adjustment.group,
                reason_code=adjustment.reason,
            ),
        )
    else:
        return ()
    return tuple(
        Entry(
            kind,
            amount,
            party,
            charge_line_id=charge_line_id,
            payer_id=owes,
            group_code=adjustment.group,
            reason_code=adjustment.reason,
        )
        for kind, amount, party, owes in moves
    )
