"""A payment as the desk enters it, and what each way of paying must name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.money import dollars
from frontdesk.models.billing.receipts import TenderKind as TenderKind
from frontdesk.services.billing.amounts import LARGEST_CENTS, amount_finding
from frontdesk.services.billing.asked import Allocation
from frontdesk.services.billing.cards import card_finding

NOTE_LENGTH = 200
_LONGEST = {
    "check_number": (20, "A check number has 20 characters at most."),
    "check_bank": (60, "A bank's name has 60 characters at most."),
    "card_brand": (20, "A card's brand has 20 characters at most."),
    "card_auth": (12, "An approval code has 12 characters at most."),
}


@dataclass(frozen=True, slots=True)
class Tender:
    """One way of paying. `amount_cents` is what the office keeps; change is given on the rest of cash."""

    kind: TenderKind
    amount_cents: int
    tendered_cents: int | None = None
    """Cash as it was handed over; the amount itself when empty."""
    check_number: str = ""
    check_bank: str = ""
    card_brand: str = ""
    card_last4: str = ""
    card_auth: str = ""

    @property
    def change_cents(self) -> int:
        """What goes back of the cash that was handed over; negative while that is too little."""
        return 0 if self.tendered_cents is None else self.tendered_cents - self.amount_cents


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment as the desk enters it: how it is paid, and what for. The two sums agree."""

    patient_id: int
    tenders: tuple[Tender, ...]
    allocations: tuple[Allocation, ...]
    appointment_id: int | None = None
    note: str = ""
    taken_because: str = ""
    """Why it is taken all the same, where the desk was asked: twice the same, or for one who has died."""


def total(tenders: Sequence[Tender]) -> int:
    """What the office keeps of all parts, in cents."""
    return sum(tender.amount_cents for tender in tenders)


def with_change(tenders: tuple[Tender, ...], cents: int) -> tuple[Tender, ...]:
    """So much of the last part, which is cash, is given back."""
    last = tenders[-1]
    given = last.tendered_cents or last.amount_cents
    return (*tenders[:-1], replace(last, amount_cents=last.amount_cents - cents, tendered_cents=given))


def tender_findings(tenders: tuple[Tender, ...]) -> list[Finding]:
    """All that is wrong with how it is paid."""
    findings = [] if tenders else [Finding("Enter how it is paid.", "tenders")]
    for tender in tenders:
        findings += amount_finding(tender.amount_cents, "amount_cents")
        findings += _text_findings(tender)
        if tender.kind is TenderKind.CASH:
            findings += _cash_findings(tender)
        elif tender.kind is TenderKind.AGENCY:
            findings.append(Finding("What an agency paid is entered in Collections.", "tenders"))
        elif tender.tendered_cents is not None:
            findings.append(Finding("Change is given on cash only.", "tendered_cents"))
        if tender.kind is TenderKind.CHECK and not tender.check_number.strip():
            findings.append(Finding("Enter the number of the check.", "check_number"))
        if tender.kind is TenderKind.CARD:
            findings += _card_findings(tender)
        if tender.kind is not TenderKind.CHECK and (tender.check_number or tender.check_bank):
            findings.append(Finding("Only a check has a check number.", "check_number"))
        if tender.kind is not TenderKind.CARD and (
            tender.card_last4 or tender.card_auth or tender.card_brand
        ):
            findings.append(Finding("Only a card has card digits and an approval code.", "card_last4"))
    if not findings and total(tenders) > LARGEST_CENTS:
        findings += amount_finding(total(tenders), "amount_cents")
    return findings


def note_findings(payment: Payment) -> list[Finding]:
    """What is wrong with what the desk wrote."""
    findings = card_finding(payment.note, "note") + card_finding(payment.taken_because, "reason")
    if len(said_note(payment)) > NOTE_LENGTH:
        findings.append(Finding(f"A note has {NOTE_LENGTH} characters at most. Shorten it.", "note"))
    return findings


def said_note(payment: Payment) -> str:
    """The note as the receipt keeps it."""
    return ". ".join(part for part in (payment.note.strip(), payment.taken_because.strip()) if part)


def _text_findings(tender: Tender) -> list[Finding]:
    findings = []
    for field in ("check_number", "check_bank", "card_brand", "card_last4", "card_auth"):
        text = getattr(tender, field).strip()
        if found := card_finding(text, field):
            findings += found
        elif field in _LONGEST and len(text) > _LONGEST[field][0]:
            findings.append(Finding(_LONGEST[field][1], field))
    return findings


def _cash_findings(tender: Tender) -> list[Finding]:
    if tender.change_cents < 0:
        short = dollars(-tender.change_cents)
        return [Finding(f"The cash handed over is {short} short.", "tendered_cents")]
    if tender.tendered_cents is not None and tender.tendered_cents > LARGEST_CENTS:
        return amount_finding(tender.tendered_cents, "tendered_cents")
    return []


def _card_findings(tender: Tender) -> list[Finding]:
    findings = []
    last4, auth = tender.card_last4.strip(), tender.card_auth.strip()
    if card_finding(last4, "card_last4"):
        return []
    if not (len(last4) == 4 and last4.isascii() and last4.isdigit()):
        findings.append(Finding("Enter the last four digits that the slip shows.", "card_last4"))
    if not auth:
        findings.append(Finding("Enter the approval code from the terminal.", "card_auth"))
    return findings
