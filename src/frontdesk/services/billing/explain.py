"""Explain this balance: any amount in plain sentences, one per act, that sum to it."""

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
from frontdesk.services.billing.payments import said_number
from frontdesk.services.command import query
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that happened, and by how much it changed the balance."""

    text: str
    amount_cents: int
    charge_line_id: int | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Sentences whose amounts sum to the total; the last one says what is left and who owes it."""

    sentences: tuple[Sentence, ...]
    conclusion: str
    total_cents: int
    payer_cents: int
    patient_cents: int


_Row = tuple[JournalEntry, Posting, ChargeLine | None, str | None, int | None, str]


@query(permission="billing.view")
def balance(work: Work, *, patient_id: int) -> Explanation:
    """Why a patient's balance is what it is."""
    return _explain(work, JournalEntry.patient_id == patient_id)


@query(permission="billing.view")
def account(work: Work, *, account_id: int) -> Explanation:
    """Why a household's balance is what it is."""
    return _explain(work, JournalEntry.account_id == account_id)


@query(permission="billing.view")
def line(work: Work, *, charge_line_id: int) -> Explanation:
    """Why a charge line's balance is what it is."""
    return _explain(work, JournalEntry.charge_line_id == charge_line_id)


def _explain(work: Work, which: ColumnElement[bool]) -> Explanation:
    found: Sequence[_Row] = [
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
            .where(which)
            .order_by(Posting.posted_at, Posting.id, JournalEntry.id)
        )
    ]
    cancelled = _cancelled(found)
    sentences: list[Sentence] = []
    for _, of_posting in groupby(found, key=lambda row: row[1].id):
        whole = list(of_posting)
        if whole[0][1].kind is PostingKind.REMITTANCE_REVERSAL:
            sentences += _taken_back(whole, cancelled)
        sentences += _sentences([row for row in whole if row[0].id not in cancelled])
    payer = sum(e.amount_cents for e, *_ in found if e.responsible is Party.PAYER)
    patient = sum(e.amount_cents for e, *_ in found if e.responsible is Party.PATIENT)
    return Explanation(tuple(sentences), _conclusion(payer, patient), payer + patient, payer, patient)


def _cancelled(found: Sequence[_Row]) -> set[int | None]:
    """Entries that a later one took back within what is shown, and the ones that did: they cancel out."""
    shown = {entry.id for entry, *_ in found}
    cancelled: set[int | None] = set()
    for entry, *_ in found:
        if entry.reverses_id in shown:
            cancelled |= {entry.id, entry.reverses_id}
    return cancelled


def _sentences(rows: list[_Row]) -> list[Sentence]:
    """The sentences of one posting; a transfer or application is one sentence, not two."""
    said: list[Sentence] = []
    for row in rows:
        entry, posting, charge, *_ = row
        if entry.kind is EntryKind.TRANSFER:
            if entry.responsible is Party.PATIENT:
                said.append(Sentence(_transfer_text(row), 0, entry.charge_line_id))
            elif giver := _other_payer(row, rows):
                said.append(Sentence(_passed_on_text(row, giver), 0, entry.charge_line_id))
            continue
        if entry.kind is EntryKind.UNAPPLIED and posting.kind is PostingKind.APPLICATION:
            used = [other for other, *_ in rows if other.kind is EntryKind.PAYMENT]
            if not used:
                said.append(Sentence(_used_elsewhere(row), entry.amount_cents))
            continue
        if entry.kind is EntryKind.PAYMENT and posting.kind is PostingKind.APPLICATION:
            held = any(other.kind is EntryKind.UNAPPLIED for other, *_ in rows)
            said.append(Sentence(_applied_text(row), 0 if held else entry.amount_cents, entry.charge_line_id))
            continue
        said.append(Sentence(_text(row), entry.amount_cents, charge.id if charge else None))
    return said


def _text(row: _Row) -> str:
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
            return f"On {on} {payer} paid {amount} that is on no visit yet{reason}"
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


def _transfer_text(row: _Row) -> str:
    entry, posting, charge, payer, _, _ = row
    amount, on = dollars(abs(entry.amount_cents)), us_date(posting.posted_on)
    what = f"{charge.label} of {us_date(charge.service_on)}" if charge else "the visit"
    if entry.amount_cents < 0:
        return f"On {on} {amount} of {what} went back from the patient to {payer or 'the insurer'}."
    if share := SHARES.get(entry.reason_code):
        return f"On {on} {payer or 'the insurer'} left {amount} of {what} to the patient: {share}."
    reason = f": {posting.reason.rstrip('.')}." if posting.reason else "."
    return f"On {on} {amount} of {what} moved from {payer or 'the insurer'} to the patient{reason}"


def _taken_back(rows: list[_Row], cancelled: set[int | None]) -> list[Sentence]:
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


def _other_payer(row: _Row, rows: list[_Row]) -> str:
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


def _passed_on_text(row: _Row, giver: str) -> str:
    entry, posting, charge, payer, _, _ = row
    what = f"{charge.label} of {us_date(charge.service_on)}" if charge else "the visit"
    share = SHARES.get(entry.reason_code) or posting.reason.rstrip(".")
    return (
        f"On {us_date(posting.posted_on)} {giver} left {dollars(entry.amount_cents)} of {what} to {payer}"
        f"{f': {share}' if share else ''}."
    )


def _applied_text(row: _Row) -> str:
    entry, posting, charge, _, number, _ = row
    what = f"{charge.label} of {us_date(charge.service_on)}" if charge else "the visit"
    return (
        f"On {us_date(posting.posted_on)} {dollars(-entry.amount_cents)} of receipt "
        f"{said_number(number or 0)} went to {what}."
    )


def _used_elsewhere(row: _Row) -> str:
    entry, posting, _, _, number, _ = row
    return (
        f"On {us_date(posting.posted_on)} {dollars(entry.amount_cents)} of receipt "
        f"{said_number(number or 0)} went to somebody else's visit."
    )


def _conclusion(payer: int, patient: int) -> str:
    parts = []
    if payer > 0:
        parts.append(f"The insurer owes {dollars(payer)}.")
    elif payer < 0:
        parts.append(f"The insurer paid {dollars(-payer)} too much.")
    if patient > 0:
        parts.append(f"The patient owes {dollars(patient)}.")
    elif patient < 0:
        parts.append(f"The patient has {dollars(-patient)} to their credit.")
    return " ".join(parts) or "Nothing is open."
