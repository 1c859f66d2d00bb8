"""Sentences of journal entries: one per act, with the amount by which it changed what is looked at.

What a later entry took back within what is shown is folded away with it. The amounts sum to those of the
entries, whichever of them are shown: both sides of a transfer say nothing, one side says its amount.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from frontdesk.kernel.money import dollars
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party, Posting, PostingKind
from frontdesk.models.billing.receipts import Receipt
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import provider_adjustments
from frontdesk.services.billing.asking import SHARES
from frontdesk.services.billing.payment_checks import said_number
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that happened, and by how much it changed the amount."""

    text: str
    amount_cents: int
    charge_line_id: int | None = None


class Told(NamedTuple):
    """An entry with what it belongs to, and whose it is."""

    entry: JournalEntry
    posting: Posting
    charge: ChargeLine | None
    payer: str | None
    receipt: int | None
    patient: str

    @property
    def on(self) -> str:
        return us_date(self.posting.posted_on)

    @property
    def amount(self) -> str:
        """Without its sign."""
        return dollars(abs(self.entry.amount_cents))

    @property
    def insurer(self) -> str:
        return self.payer or "the insurer"

    @property
    def service(self) -> str:
        return service(self.charge) if self.charge else "the visit"

    @property
    def number(self) -> str:
        """Of the receipt."""
        return said_number(self.receipt or 0)

    @property
    def because(self) -> str:
        """How a sentence ends: with the reason, or just so."""
        return f": {self.posting.reason.rstrip('.')}." if self.posting.reason else "."


def service(charge: ChargeLine) -> str:
    """ "Office visit of 03/17/2026"."""
    return f"{charge.label} of {us_date(charge.service_on)}"


def services_of(work: Work, charge_line_ids: Collection[int]) -> dict[int, str]:
    """ "Office visit of 03/17/2026 for Danielle Foster", by line."""
    return {
        line.id: f"{service(line)} for {first_last(first, last)}"
        for line, first, last in work.session.execute(
            select(ChargeLine, Patient.legal_first, Patient.legal_last)
            .join(Patient, Patient.id == ChargeLine.patient_id)
            .where(ChargeLine.id.in_(charge_line_ids))
        )
    }


def told(work: Work, *which: ColumnElement[bool]) -> list[Told]:
    """The entries that fit, in the order in which they were posted."""
    return [
        Told(entry, posting, charge, payer, number, first_last(first or "", last or ""))
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
    answers: dict[int | None, int | None] = {
        entry.id: posting.remittance_claim_id for entry, posting, *_ in found
    }
    said: list[Sentence] = []
    for _, of_posting in groupby(found, key=lambda row: row[1].id):
        whole = list(of_posting)
        if whole[0][1].kind is PostingKind.REMITTANCE_REVERSAL:
            said += _taken_back(whole, cancelled, answers)
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
    for each in rows:
        other = each.entry
        same = (other.kind, other.charge_line_id, other.reason_code, other.amount_cents) == (
            EntryKind.TRANSFER,
            entry.charge_line_id,
            entry.reason_code,
            -entry.amount_cents,
        )
        if same and entry.amount_cents > 0 and other.payer_id != entry.payer_id:
            return each.insurer if other.responsible is Party.PAYER else ""
    return ""


def _taken_back(
    rows: list[Told], cancelled: set[int | None], answers: Mapping[int | None, int | None]
) -> list[Sentence]:
    """That a decision stands no more, for each service: what it had said cancels out, and is not shown.

    An insurer takes back by another answer; the office takes off the answer itself.
    """
    said: dict[int | None, Sentence] = {}
    for row in rows:
        entry, charge = row.entry, row.charge
        if entry.id in cancelled and charge is not None and entry.charge_line_id not in said:
            what = f"{charge.label} ({charge.code}) of {us_date(charge.service_on)}"
            is_theirs = answers.get(entry.reverses_id) != row.posting.remittance_claim_id
            text = (
                f"On {row.on} {row.insurer} took its decision on {what} back."
                if is_theirs
                else f"On {row.on} the office took off the decision of {row.insurer} on {what}:"
                " it was posted by mistake."
            )
            said[entry.charge_line_id] = Sentence(text, 0, entry.charge_line_id)
    return list(said.values())


def _text(row: Told) -> str:
    entry, charge, payer, amount, on = row.entry, row.charge, row.payer, row.amount, row.on
    what = (
        f"{charge.label} ({charge.code})" if charge and not charge.is_fee else charge.label if charge else ""
    )
    visit = f"{what} of {us_date(charge.service_on)}" if charge else ""
    since = us_date(charge.service_on) if charge else on
    if entry.reverses_id is not None:
        return f"On {on} an earlier entry of {amount} was taken back{row.because}"
    match entry.kind:
        case EntryKind.CHARGE:
            who = f"sent to {payer}" if payer else "owed by the patient"
            return f"{since}: {what} for {row.patient} cost {amount}, {who}."
        case EntryKind.FEE:
            return f"{since}: a fee of {amount} was charged: {what}."
        case EntryKind.PAYMENT:
            return f"On {on} {row.insurer} paid {amount} for {visit}."
        case EntryKind.CONTRACTUAL:
            agreed = "lowered" if entry.amount_cents < 0 else "raised"
            return f"On {on} {row.insurer}'s contract {agreed} the price of {visit} by {amount}."
        case EntryKind.WRITE_OFF:
            return f"On {on} the office wrote off {amount} of {visit}{row.because}"
        case EntryKind.UNAPPLIED if payer and entry.account_id is None:
            did = "paid" if entry.amount_cents < 0 else "kept back"
            return f"On {on} {payer} {did} {amount} that is on no visit yet{row.because}"
        case EntryKind.INTEREST:
            return f"On {on} {amount} of that was interest: income of the office, on no visit."
        case EntryKind.INCOME:
            what = provider_adjustments.meaning(entry.reason_code).lower() if entry.reason_code else "income"
            whose = f"{payer} paid {amount}" if entry.amount_cents > 0 else f"{payer} took {amount} back"
            return f"On {on} {whose} on no visit: income of the office ({what}){row.because}"
        case EntryKind.UNAPPLIED if row.posting.kind is PostingKind.CHECK_RETURN:
            return f"On {on} the bank did not pay {amount} of receipt {row.number}{row.because}"
        case EntryKind.UNAPPLIED:
            return f"On {on} the patient paid {amount}, receipt {row.number}."
        case EntryKind.CORRECTION if entry.group_code and payer:
            code = f"{entry.group_code}-{entry.reason_code}"
            return f"On {on} {amount} of {visit} went to {payer}'s own account ({code})."
        case EntryKind.REFUND:
            return f"On {on} {amount} of receipt {row.number} was refunded{row.because}"
        case EntryKind.ACCOUNT_TRANSFER:
            way = "came from" if entry.amount_cents > 0 else "went to"
            return f"On {on} {amount} {way} another household{row.because}"
        case _:
            way = "raised" if entry.amount_cents > 0 else "lowered"
            return f"On {on} a correction {way} the balance by {amount}{row.because}"


def _transfer_text(row: Told) -> str:
    said = f"On {row.on} {row.amount} of {row.service}"
    if row.entry.amount_cents < 0:
        return f"{said} moved from the patient to {row.insurer}{row.because}"
    if share := SHARES.get(row.entry.reason_code):
        return f"On {row.on} {row.insurer} left {row.amount} of {row.service} to the patient: {share}."
    return f"{said} moved from {row.insurer} to the patient{row.because}"


def _applied_text(row: Told) -> str:
    return f"On {row.on} {dollars(-row.entry.amount_cents)} of receipt {row.number} went to {row.service}."


def _used_elsewhere(row: Told) -> str:
    amount = dollars(row.entry.amount_cents)
    return f"On {row.on} {amount} of receipt {row.number} went to somebody else's visit."


def _passed_on_text(row: Told, giver: str) -> str:
    share = SHARES.get(row.entry.reason_code) or row.posting.reason.rstrip(".")
    why = f": {share}" if share else ""
    return f"On {row.on} {giver} left {row.amount} of {row.service} to {row.payer}{why}."


def _one_side_text(row: Told) -> str:
    """A transfer as the one side sees it that is shown."""
    entry = row.entry
    if entry.responsible is Party.PATIENT or (entry.amount_cents < 0 and entry.reason_code in SHARES):
        return _transfer_text(row)
    way = "is owed by" if entry.amount_cents > 0 else "is no longer owed by"
    return f"Since {row.on} {row.amount} of {row.service} {way} {row.insurer}."
