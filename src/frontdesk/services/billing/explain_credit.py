"""What is left of the money of households and payers that is on no debt: paid, less what was used of it."""

from sqlalchemy import ColumnElement, select

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party, Posting, PostingKind
from frontdesk.models.billing.receipts import Receipt
from frontdesk.models.registration.account import Account
from frontdesk.models.registration.payer import Payer
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.billing import balances, credits, explain, explain_entries, payer_accounts, refunds
from frontdesk.services.billing.explain import Explanation, Sentence
from frontdesk.services.billing.explain_subject import About, Part, Subject
from frontdesk.services.billing.payer_accounts import AccountItem
from frontdesk.services.billing.payment_checks import said_number
from frontdesk.services.billing.refunds import RefundDraft, RefundWay
from frontdesk.services.work import Work


def used_of(work: Work, receipt: Receipt, *which: ColumnElement[bool]) -> list[Sentence]:
    """What was paid, less what of it went to visits or was given back; what is left is the sum."""
    found = explain_entries.told(
        work,
        Posting.receipt_id == receipt.id,
        JournalEntry.kind.in_([EntryKind.PAYMENT, EntryKind.REFUND])
        | (Posting.kind == PostingKind.CHECK_RETURN),
        *which,
    )
    words = f"{dollars(receipt.total_cents)} was paid, receipt {said_number(receipt.number)}."
    taken = Sentence(f"On {us_date(receipt.received_on)} {words}", receipt.total_cents)
    used = explain_entries.sentences(found)
    return [taken, *(Sentence(each.text, _less(each), each.charge_line_id) for each in used)]


def _less(each: Sentence) -> int:
    """A payment lowers a debt and what is left of the receipt; a refund, or returned check, only that."""
    return each.amount_cents if each.charge_line_id is not None else -each.amount_cents


def paid_by(
    work: Work, payer_id: int, charge_line_id: int | None, *which: ColumnElement[bool]
) -> list[Sentence]:
    """What a payer paid too much on a line, or what it paid on none."""
    entry = JournalEntry
    fits = [entry.payer_id == payer_id, entry.responsible == Party.PAYER, *which]
    if charge_line_id is not None:
        fits.append(entry.charge_line_id == charge_line_id)
    else:
        fits += [entry.account_id.is_(None), entry.charge_line_id.is_(None)]
    return list(explain.negated(explain.of_entries(work, *fits)).sentences)


def of_receipt(work: Work, subject: Subject) -> Explanation:
    """What of a receipt is free: neither used, nor given back, nor held for a visit to come."""
    receipt = work.get(Receipt, subject.id)
    account_id = subject.account_id or receipt.account_id
    said = used_of(work, receipt)
    found = [
        each for each in credits.of_account(work, account_id=account_id) if each.receipt_id == receipt.id
    ]
    waiting = credits.waiting_visits(work, {each.appointment_id for each in found if each.appointment_id})
    held = [each for each in found if each.appointment_id in waiting]
    said += [
        Sentence(f"{dollars(each.left_cents)} is {_held(work, each.appointment_id)}.", -each.left_cents)
        for each in held
    ]
    free = sum(each.left_cents for each in found) - sum(each.left_cents for each in held)
    said += _moved(free - sum(each.amount_cents for each in said))
    words = f"{dollars(free)} is free: it can be used on what is owed, or go back."
    return explain.listed(f"Left of receipt {said_number(receipt.number)}", said, words)


def of_line(work: Work, subject: Subject) -> Explanation:
    """What was paid too much on a line, by the patient or by one payer."""
    line = work.get(ChargeLine, subject.id)
    title = f"{explain_entries.service(line)}, paid too much"
    if subject.payer_id is not None:
        draft = RefundDraft(0, RefundWay.CHECK, "", payer_id=subject.payer_id, charge_line_id=line.id)
        said, left = paid_by(work, subject.payer_id, line.id), refunds.left_cents(work, draft)
        whose, else_ = work.get(Payer, subject.payer_id).name, "Another insurer still owes on this service."
    else:
        fits = (JournalEntry.charge_line_id == line.id, JournalEntry.responsible == Party.PATIENT)
        said = list(explain.negated(explain.of_entries(work, *fits)).sentences)
        left = credits.movable_cents(balances.lines_by_id(work, (line.id,))[line.id])
        whose, else_ = "The patient", "What others paid or wrote off is not the patient's."
    if off := left - sum(each.amount_cents for each in said):
        said.append(Sentence(else_, off))
    return explain.listed(title, said, f"{whose} paid {dollars(left)} too much.")


def of_payer_account(work: Work, subject: Subject) -> Explanation:
    """What stands on a payer's own account, the oldest first."""
    name = work.get(Payer, subject.id).name
    said = [_item(each) for each in reversed(payer_accounts.items(work, payer_id=subject.id))]
    balance = sum(each.amount_cents for each in said)
    return explain.listed(f"Account of {name}", said, _owing(name, balance))


def of_matter(work: Work, subject: Subject) -> Explanation:
    """What of a payer's account is about the same thing, and whether it is settled."""
    found = payer_accounts.matter(work, posting_id=subject.id)
    payer_id = payer_accounts.payer_of(work, subject.id)
    name = work.get(Payer, payer_id).name if payer_id is not None else "The payer"
    said = [_item(each) for each in found]
    balance = sum(each.amount_cents for each in said)
    return explain.listed(f"Account of {name}, one matter", said, _owing(name, balance))


def _item(each: AccountItem) -> Sentence:
    about = f" {each.about}." if each.about else ""
    sent = f" Remittance {each.remittance}." if each.remittance else ""
    return Sentence(f"{us_date(each.posted_on)}: {each.text.rstrip('.')}.{about}{sent}", each.amount_cents)


def _owing(name: str, balance: int) -> str:
    if not balance:
        return "Nothing of it is open."
    if balance > 0:
        return f"{name} kept {dollars(balance)} that no claim explains yet."
    return f"{name} gave {dollars(-balance)} that is on no claim yet."


def _moved(off: int) -> list[Sentence]:
    return [Sentence("Moved from or to another household.", off)] if off else []


def of_credit(work: Work, subject: Subject) -> Explanation:
    """What of each receipt is left for a household or a patient, and for which visit it is held."""
    every = subject.part is Part.CREDIT
    account = work.get(Account, subject.id) if subject.about is About.ACCOUNT else None
    found = [each for each in _credits(work, subject) if every or each.appointment_id is None]
    numbers = _receipts(work, {each.receipt_id for each in found})
    said = [
        Sentence(
            f"{dollars(each.left_cents)} is left of receipt {numbers[each.receipt_id]},"
            f" {_held(work, each.appointment_id)}.",
            each.left_cents,
        )
        for each in found
    ]
    total = sum(each.amount_cents for each in said)
    if every:
        said += _moved(_credit_cents(work, subject) - total)
        total = sum(each.amount_cents for each in said)
    words = "on no visit yet" if every else "free to be used"
    whose = f"Account {account.number}, credit" if account is not None else "Credit"
    return explain.listed(f"{whose} {words}", said, f"Together {dollars(total)} is {words}.")


def _credits(work: Work, subject: Subject) -> list[credits.Credit]:
    if subject.about is About.ACCOUNT:
        return list(credits.of_account(work, account_id=subject.id))
    accounts = work.session.scalars(
        select(JournalEntry.account_id)
        .where(JournalEntry.patient_id == subject.id, JournalEntry.account_id.is_not(None))
        .distinct()
        .order_by(JournalEntry.account_id)
    )
    every = [each for id in accounts if id is not None for each in credits.of_account(work, account_id=id)]
    return [each for each in every if each.patient_id == subject.id]


def _credit_cents(work: Work, subject: Subject) -> int:
    if subject.about is About.ACCOUNT:
        return balances.of_account(work, account_id=subject.id).credit_cents
    return balances.of_patient(work, patient_id=subject.id).credit_cents


def _receipts(work: Work, ids: set[int]) -> dict[int, str]:
    found = work.session.scalars(select(Receipt).where(Receipt.id.in_(ids)))
    return {
        each.id: f"{said_number(each.number)} of {us_date(each.received_on)} over {dollars(each.total_cents)}"
        for each in found
    }


def _held(work: Work, appointment_id: int | None) -> str:
    if appointment_id is None:
        return "held for no visit"
    return f"held for the visit of {us_date(work.get(Appointment, appointment_id).starts.date())}"
