"""Sentences of journal entries: one per act, with the amount by which it changed what is looked at.

What a later entry took back within what is shown is folded away with it. The amounts sum to those of the
entries, whichever of them are shown: both sides of a transfer say nothing, one side says its amount.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import ColumnElement, select

from frontdesk.kernel.money import dollars
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party, Posting, PostingKind
from frontdesk.models.billing.receipts import Receipt
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing.asking import SHARES
from frontdesk.services.billing.payment_checks import said_number
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that happened, and by how much it changed the amount."""

    text: str
    amount_cents: int
    charge_line_id: int | None = None


Told = tuple[JournalEntry, Posting, ChargeLine | None, str | None, int | None, str]
"""An entry with its posting, its line, the payer's name, the receipt's number and whose it is."""


def told(work: Work, *which: ColumnElement[bool]) -> list[Told]:
    """The entries that fit, in the order in which they were posted."""
    return [
        (entry, posting, charge, payer, number, first_last(first or "", last or ""))
        for entry, posting, charge, payer, number, first, last in work.session.execute(
            select(
                JournalEntry,
                Posting,
                ChargeLine,
                Payer.name,
                Receipt.number,
                Patient.legal_first,
                Patient.legal_last,
            )
            .join(Posting, JournalEntry.posting_id == Posting.id)
            .outerjoin(ChargeLine, JournalEntry.charge_line_id == ChargeLine.id)
            .outerjoin(Payer, JournalEntry.payer_id == Payer.id)
            .outerjoin(Receipt, Posting.receipt_id == Receipt.id)
            .outerjoin(Patient, JournalEntry.patient_id == Patient.id)
            .where(*which)
            .order_by(Posting.posted_at, Posting.id, JournalEntry.id)
        )
    ]


def sentences(found: Sequence[Told]) -> tuple[Sentence, ...]:
    """What they say; the amounts sum to those of the entries."""
    cancelled = _cancelled(found)
    said: list[Sentence] = []
    for _, of_posting in groupby(found, key=lambda row: row[1].id):
        whole = list(of_posting)
        if whole[0][1].kind is PostingKind.REMITTANCE_REVERSAL:
            said += _taken_back(whole, cancelled)
        said += _of_posting([row for row in whole if row[0].id not in cancelled])
    # What stands between the ledger and a wrong word to a patient.
    assert sum(each.amount_cents for each in said) == sum(entry.amount_cents for entry, *_ in found)
    return tuple(said)


def _cancelled(found: Sequence[Told]) -> set[int | None]:
    """Entries that a later one took back within what is shown, and the ones that did: they cancel out."""
    shown = {entry.id for entry, *_ in found}
    cancelled: set[int | None] = set()
    for entry, *_ in found:
        if entry.reverses_id in shown:
            cancelled |= {entry.id, entry.reverses_id}
    return cancelled


def _of_posting(rows: list[Told]) -> list[Sentence]:
    """The sentences of one posting; a transfer or application is one sentence, not two."""
    is_whole = sum(entry.amount_cents for entry, *_ in rows) == 0
    said: list[Sentence] = []
    for row in rows:
        entry, posting, charge, *_ = row
        if entry.reverses_id is None and entry.kind is EntryKind.TRANSFER:
            said += _of_transfer(row, rows)
        elif entry.kind is EntryKind.UNAPPLIED and posting.kind is PostingKind.APPLICATION:
            if not (is_whole and any(other.kind is EntryKind.PAYMENT for other, *_ in rows)):
                said.append(Sentence(_used_elsewhere(row), entry.amount_cents))
        elif entry.kind is EntryKind.PAYMENT and posting.kind is PostingKind.APPLICATION:
            has_both = is_whole and any(other.kind is EntryKind.UNAPPLIED for other, *_ in rows)
            amount = 0 if has_both else entry.amount_cents
            said.append(Sentence(_applied_text(row), amount, entry.charge_line_id))
        else:
            said.append(Sentence(_text(row), entry.amount_cents, charge.id if charge else None))
    return said


def _of_transfer(row: Told, rows: list[Told]) -> list[Sentence]:
    """Both sides of a transfer are one sentence that changes nothing; one side alone changes its own."""
    entry = row[0]
    sides = [
        other
        for other, *_ in rows
        if other.kind is EntryKind.TRANSFER and other.charge_line_id == entry.charge_line_id
    ]
    if sum(other.amount_cents for other in sides) != 0:
        return [Sentence(_one_side_text(row), entry.amount_cents, entry.charge_line_id)]
    to_patient = [other for other in sides if other.responsible is Party.PATIENT]
    if to_patient:
        return [Sentence(_transfer_text(row), 0, entry.charge_line_id)] if entry in to_patient else []
    giver = _other_payer(row, rows)
    return [Sentence(_passed_on_text(row, giver), 0, entry.charge_line_id)] if giver else []


def _other_payer(row: Told, rows: list[Told]) -> str:
    """The insurer that left this to the next one; empty where it did not come from an insurer."""
    entry = row[0]
    for other, _, _, payer, *_ in rows:
        same = (other.kind, other.charge_line_id, other.reason_code, other.amount_cents) == (
            EntryKind.TRANSFER,
            entry.charge_line_id,
            entry.reason_code,
            -entry.amount_cents,
        )
        if same and entry.amount_cents > 0 and other.payer_id != entry.payer_id:
            return payer or "the insurer" if other.responsible is Party.PAYER else ""
    return ""


def _taken_back(rows: list[Told], cancelled: set[int | None]) -> list[Sentence]:
    """That an insurer changed its mind, for each service: what it had said cancels out, and is not shown."""
    said: dict[int | None, Sentence] = {}
    for entry, posting, charge, payer, *_ in rows:
        if entry.id in cancelled and charge is not None and entry.charge_line_id not in said:
            text = (
                f"On {us_date(posting.posted_on)} {payer or 'the insurer'} took its decision on "
                f"{charge.label} ({charge.code}) of {us_date(charge.service_on)} back."
            )
            said[entry.charge_line_id] = Sentence(text, 0, entry.charge_line_id)
    return list(said.values())


def _text(row: Told) -> str:
    entry, posting, charge, payer, number, name = row
    amount, on = dollars(abs(entry.amount_cents)), us_date(posting.posted_on)
    what = (
        f"{charge.label} ({charge.code})" if charge and not charge.is_fee else charge.label if charge else ""
    )
    visit = f"{what} of {us_date(charge.service_on)}" if charge else ""
    reason = f": {posting.reason.rstrip('.')}." if posting.reason else "."
    if entry.reverses_id is not None:
        return f"On {on} an earlier entry of {amount} was taken back{reason}"
    match entry.kind:
        case EntryKind.CHARGE:
            who = f"sent to {payer}" if payer else "owed by the patient"
            return f"{us_date(charge.service_on) if charge else on}: {what} for {name} cost {amount}, {who}."
        case EntryKind.FEE:
            return f"{us_date(charge.service_on) if charge else on}: a fee of {amount} was charged: {what}."
        case EntryKind.PAYMENT:
            return f"On {on} {payer or 'the insurer'} paid {amount} for {visit}."
        case EntryKind.CONTRACTUAL:
            agreed = "lowered" if entry.amount_cents < 0 else "raised"
            return f"On {on} {payer or 'the insurer'}'s contract {agreed} the price of {visit} by {amount}."
        case EntryKind.WRITE_OFF:
            return f"On {on} the office wrote off {amount} of {visit}{reason}"
        case EntryKind.UNAPPLIED if payer and entry.account_id is None:
            did = "paid" if entry.amount_cents < 0 else "kept back"
            return f"On {on} {payer} {did} {amount} that is on no visit yet{reason}"
        case EntryKind.INTEREST:
            return f"On {on} {amount} of that was interest: income of the office, on no visit."
        case EntryKind.UNAPPLIED:
            return f"On {on} the patient paid {amount}, receipt {said_number(number or 0)}."
        case EntryKind.CORRECTION if entry.group_code and payer:
            code = f"{entry.group_code}-{entry.reason_code}"
            return f"On {on} {amount} of {visit} went to {payer}'s own account ({code})."
        case EntryKind.REFUND:
            return f"On {on} {amount} of receipt {said_number(number or 0)} was refunded{reason}"
        case EntryKind.ACCOUNT_TRANSFER:
            way = "came from" if entry.amount_cents > 0 else "went to"
            return f"On {on} {amount} {way} another household{reason}"
        case _:
            way = "raised" if entry.amount_cents > 0 else "lowered"
            return f"On {on} a correction {way} the balance by {amount}{reason}"


def _transfer_text(row: Told) -> str:
    entry, posting, charge, payer, _, _ = row
    amount, on = dollars(abs(entry.amount_cents)), us_date(posting.posted_on)
    what = f"{charge.label} of {us_date(charge.service_on)}" if charge else "the visit"
    if entry.amount_cents < 0:
        return f"On {on} {amount} of {what} went back from the patient to {payer or 'the insurer'}."
    if share := SHARES.get(entry.reason_code):
        return f"On {on} {payer or 'the insurer'} left {amount} of {what} to the patient: {share}."
    reason = f": {posting.reason.rstrip('.')}." if posting.reason else "."
    return f"On {on} {amount} of {what} moved from {payer or 'the insurer'} to the patient{reason}"


def _applied_text(row: Told) -> str:
    entry, posting, charge, _, number, _ = row
    what = f"{charge.label} of {us_date(charge.service_on)}" if charge else "the visit"
    return (
        f"On {us_date(posting.posted_on)} {dollars(-entry.amount_cents)} of receipt "
        f"{said_number(number or 0)} went to {what}."
    )


def _used_elsewhere(row: Told) -> str:
    entry, posting, _, _, number, _ = row
    return (
        f"On {us_date(posting.posted_on)} {dollars(entry.amount_cents)} of receipt "
        f"{said_number(number or 0)} went to somebody else's visit."
    )


def _passed_on_text(row: Told, giver: str) -> str:
    entry, posting, charge, payer, _, _ = row
    what = f"{charge.label} of {us_date(charge.service_on)}" if charge else "the visit"
    share = SHARES.get(entry.reason_code) or posting.reason.rstrip(".")
    return (
        f"On {us_date(posting.posted_on)} {giver} left {dollars(entry.amount_cents)} of {what} to {payer}"
        f"{f': {share}' if share else ''}."
    )


def _one_side_text(row: Told) -> str:
    """A transfer as the one side sees it that is shown."""
    entry, posting, charge, payer, _, _ = row
    if entry.responsible is Party.PATIENT or (entry.amount_cents < 0 and entry.reason_code in SHARES):
        return _transfer_text(row)
    amount, on = dollars(abs(entry.amount_cents)), us_date(posting.posted_on)
    what = f"{charge.label} of {us_date(charge.service_on)}" if charge else "the visit"
    way = "is owed by" if entry.amount_cents > 0 else "is no longer owed by"
    return f"Since {on} {amount} of {what} {way} {payer or 'the insurer'}."
