"""Why a receipt, a remittance, its answer on a claim, or a statement comes to what it does."""

from collections.abc import Callable

from sqlalchemy import select

from frontdesk.kernel.money import dollars
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.agency_payment import AgencyPayment, AgencyRemittance, PaidTo
from frontdesk.models.billing.claims import Claim
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Posting, PostingKind
from frontdesk.models.billing.receipts import Receipt
from frontdesk.models.billing.remittances import (
    ProviderAdjustment,
    Remittance,
    RemittanceClaim,
    RemittanceState,
    Treatment,
)
from frontdesk.models.billing.statements import Statement
from frontdesk.models.registration.account import Account
from frontdesk.models.registration.patient import Patient
from frontdesk.services.billing import explain, explain_entries, statements
from frontdesk.services.billing.agency_lines import said_remittance
from frontdesk.services.billing.explain import Explanation, Sentence
from frontdesk.services.billing.explain_subject import Part, Subject
from frontdesk.services.billing.payment_checks import said_number
from frontdesk.services.billing.remittance_lines import lines_of
from frontdesk.services.work import Work

_PART_TREATMENTS = {
    Part.CONTRACT: (Treatment.CONTRACT,),
    Part.PATIENT: (Treatment.PATIENT,),
}


def of_receipt(work: Work, subject: Subject) -> Explanation:
    """What became of the money: on which lines it went, what was given back, what is on no line yet."""
    receipt = work.get(Receipt, subject.id)
    number, total = said_number(receipt.number), receipt.total_cents
    found = explain_entries.told(
        work,
        Posting.receipt_id == receipt.id,
        JournalEntry.kind.in_([EntryKind.PAYMENT, EntryKind.REFUND])
        | (Posting.kind == PostingKind.CHECK_RETURN),
    )
    used = tuple(
        Sentence(each.text, -each.amount_cents if _is_payment(each) else each.amount_cents)
        for each in explain_entries.sentences(found)
    )
    void = work.session.execute(
        select(Posting.posted_on, Posting.reason).where(
            Posting.receipt_id == receipt.id, Posting.kind == PostingKind.RECEIPT_VOID
        )
    ).first()
    taken = f"On {us_date(receipt.received_on)} {dollars(total)} was paid, receipt {number}"
    if void is not None:
        why = f": {void.reason.rstrip('.')}." if void.reason else "."
        words = f"It was voided on {us_date(void.posted_on)}{why} Nothing of it counts."
        return explain.listed(f"Receipt {number}", (Sentence(f"{taken}.", total),), words)
    left = total - sum(each.amount_cents for each in used)
    rest = (Sentence(f"{dollars(left)} of it is on no visit yet.", left),) if left else ()
    words = f"{taken} at the desk by {receipt.received_by}."
    return explain.listed(f"Receipt {number}", (*used, *rest), words)


def _is_payment(each: Sentence) -> bool:
    """A payment lowers a debt; a refund or a check that came back raises it."""
    return each.charge_line_id is not None


def of_remittance(work: Work, subject: Subject) -> Explanation:
    """What the payer sent: what it paid on each claim, less what it held back (the balance of an 835)."""
    if subject.part is not Part.OPEN:
        return _of_claims(work, subject)
    remittance = work.get(Remittance, subject.id)
    named = _patients(work, remittance.id)
    said = [
        Sentence(
            f"Claim {answer.claim_number} of {_name(answer, named)}: {_said_paid(answer)}.",
            answer.paid_cents,
        )
        for answer in work.session.scalars(
            select(RemittanceClaim)
            .where(RemittanceClaim.remittance_id == remittance.id)
            .order_by(RemittanceClaim.place)
        )
    ]
    said += [
        Sentence(
            f"{'Held back' if plb.amount_cents > 0 else 'Added'} for {plb.reason} {plb.reference}".rstrip()
            + ", on no claim.",
            -plb.amount_cents,
        )
        for plb in work.session.scalars(
            select(ProviderAdjustment)
            .where(ProviderAdjustment.remittance_id == remittance.id)
            .order_by(ProviderAdjustment.id)
        )
    ]
    off = remittance.paid_cents - sum(each.amount_cents for each in said)
    if off:
        said.append(Sentence("What the file says it paid beyond that; it does not balance.", off))
    state = {
        RemittanceState.POSTED: "It is posted to the ledger.",
        RemittanceState.HELD: f"It is held: {remittance.held_reason}",
        RemittanceState.DISCARDED: "It was discarded; nothing of it counts.",
    }.get(remittance.state, "It is not posted yet.")
    sent = f"{remittance.payer_name} sent {dollars(remittance.paid_cents)} on {us_date(remittance.paid_on)}."
    return explain.listed(f"Remittance {remittance.name}", said, f"{sent} {state}")


def _of_claims(work: Work, subject: Subject) -> Explanation:
    """One figure of a remittance, by its claims."""
    name = work.get(Remittance, subject.id).name
    if subject.part is Part.ADJUSTMENTS:
        plbs = work.session.scalars(
            select(ProviderAdjustment)
            .where(ProviderAdjustment.remittance_id == subject.id)
            .order_by(ProviderAdjustment.id)
        )
        said = [Sentence(f"{plb.reason} {plb.reference}".rstrip() + ".", plb.amount_cents) for plb in plbs]
        return explain.listed(f"Remittance {name}, taken back", said, "Held back on no claim.")
    words, value = _FIGURES[subject.part]
    named = _patients(work, subject.id)
    answers = work.session.scalars(
        select(RemittanceClaim)
        .where(RemittanceClaim.remittance_id == subject.id)
        .order_by(RemittanceClaim.place)
    )
    said = [
        Sentence(
            f"Claim {answer.claim_number} of {_name(answer, named)}.",
            value(answer),
        )
        for answer in answers
        if value(answer)
    ]
    total = dollars(sum(each.amount_cents for each in said))
    return explain.listed(f"Remittance {name}, {words}", said, f"Together {total}.")


def _patients(work: Work, remittance_id: int) -> dict[int, str]:
    """By claim of ours, whose it is: payers write names in their own way."""
    found = work.session.execute(
        select(Claim.id, Patient.legal_first, Patient.legal_last)
        .join(RemittanceClaim, RemittanceClaim.claim_id == Claim.id)
        .join(Patient, Patient.id == Claim.patient_id)
        .where(RemittanceClaim.remittance_id == remittance_id)
    )
    return {claim_id: first_last(first, last) for claim_id, first, last in found}


def _name(answer: RemittanceClaim, named: dict[int, str]) -> str:
    return named.get(answer.claim_id or 0) or first_last(answer.patient_first, answer.patient_last)


def _is_loose(answer: RemittanceClaim) -> bool:
    return answer.claim_id is None and not answer.is_unapplied


_FIGURES: dict[Part, tuple[str, Callable[[RemittanceClaim], int]]] = {
    Part.CHARGED: ("billed", lambda answer: answer.charge_cents),
    Part.PAID: ("paid", lambda answer: answer.paid_cents),
    Part.TO_POST: ("to post", lambda answer: 0 if _is_loose(answer) else answer.paid_cents),
    Part.CREDIT: ("on no claim of ours", lambda answer: answer.paid_cents if _is_loose(answer) else 0),
    Part.CONTRACT: ("contract", lambda answer: answer.contract_cents if answer.claim_id else 0),
    Part.PATIENT: ("to patients", lambda answer: answer.patient_cents if answer.claim_id else 0),
    Part.OTHER: ("open", lambda answer: answer.other_cents if answer.claim_id else 0),
}


def of_answer(work: Work, subject: Subject) -> Explanation:
    """What a payer paid on a claim, or why it paid less, reason by reason."""
    answer = work.get(RemittanceClaim, subject.id)
    number = work.session.scalar(select(Claim.number).where(Claim.id == answer.claim_id))
    title = f"Claim {number or answer.claim_number} in the remittance"
    lines = lines_of(work, answer)
    if subject.part is Part.CHARGED:
        billed = [
            Sentence(f"{line.code} was billed at {dollars(line.charge_cents)}.", line.charge_cents)
            for line in lines
            if line.place
        ]
        return _closed(title, billed, answer.charge_cents, "The claim asked for")
    reasons = [(line, reason) for line in lines for reason in line.reasons]
    if subject.part is Part.PAID:
        said = [Sentence(f"The claim asked for {dollars(answer.charge_cents)}.", answer.charge_cents)]
        said += [
            Sentence(f"{line.code}: {reason.code} {reason.meaning}".rstrip() + ".", -reason.amount_cents)
            for line, reason in reasons
        ]
        return _closed(title, said, answer.paid_cents, "The payer paid")
    wanted = _PART_TREATMENTS.get(subject.part)
    meant = [
        Sentence(f"{line.code}: {reason.code} {reason.meaning}".rstrip() + ".", reason.amount_cents)
        for line, reason in reasons
        if (reason.treatment in wanted if wanted else reason.treatment not in _SETTLED)
    ]
    whole = {
        Part.CONTRACT: answer.contract_cents,
        Part.PATIENT: answer.patient_cents,
    }.get(subject.part, answer.other_cents)
    words = {
        Part.CONTRACT: "Written off by contract:",
        Part.PATIENT: "Left to the patient:",
    }.get(subject.part, "Adjusted for other reasons:")
    return _closed(title, meant, whole, words)


_SETTLED = (Treatment.CONTRACT, Treatment.PATIENT)


def of_statement(work: Work, subject: Subject) -> Explanation:
    """What a statement asked for, line by line, as it was sent."""
    paper = statements.paper(work, statement_id=subject.id)
    said = []
    for line in paper.lines:
        parts = [f"cost {dollars(line.charged_cents)}"]
        parts += [f"insurance paid {dollars(line.insurance_paid_cents)}"] if line.insurance_paid_cents else []
        if line.adjusted_cents:
            way = "taken off" if line.adjusted_cents < 0 else "added to"
            parts.append(f"{dollars(abs(line.adjusted_cents))} was {way} the price")
        parts += [f"you paid {dollars(line.patient_paid_cents)}"] if line.patient_paid_cents else []
        if line.insurance_open_cents:
            parts.append(f"insurance still owes {dollars(line.insurance_open_cents)}")
        words = f"{us_date(line.service_on)}, {line.label} for {line.patient}: {', '.join(parts)}."
        said.append(Sentence(words, line.due_cents))
    if paper.credit_cents:
        said.append(Sentence("Payments that were on no visit yet.", -paper.credit_cents))
    asked = work.get(Statement, subject.id).balance_cents
    words = f"Sent on {us_date(paper.issued_on)}; it asked for"
    return _closed(f"Statement {paper.number}", said, asked, words)


def _closed(title: str, said: list[Sentence], whole: int, words: str) -> Explanation:
    """With the sentence that closes it; a difference is said, never hidden."""
    off = whole - sum(each.amount_cents for each in said)
    if off:
        said.append(Sentence("What the payer's own figures differ by.", off))
    return explain.listed(title, said, f"{words} {dollars(whole)}.")


def _said_paid(answer: RemittanceClaim) -> str:
    if answer.paid_cents < 0:
        return f"{dollars(-answer.paid_cents)} was taken back"
    paid = dollars(answer.paid_cents) if answer.paid_cents else "nothing"
    return f"{paid} of {dollars(answer.charge_cents)} was paid"


def of_collected(work: Work, subject: Subject) -> Explanation:
    """What an agency sends: what households paid it, less the fees that it keeps."""
    sent = work.get(AgencyRemittance, subject.id)
    found = work.session.execute(
        select(AgencyPayment, Account.number)
        .join(Account, Account.id == AgencyPayment.account_id)
        .where(AgencyPayment.remittance_id == sent.id)
        .order_by(AgencyPayment.line, AgencyPayment.id)
    )
    said = []
    for each, account in found:
        day, to = us_date(each.paid_on), "the agency" if each.paid_to is PaidTo.AGENCY else "the office"
        paid = f"On {day} {account} paid {to} {dollars(each.amount_cents)}"
        if each.paid_to is PaidTo.AGENCY:
            said.append(Sentence(f"{paid}.", each.amount_cents))
        if each.fee_cents:
            said.append(Sentence(f"{paid}: the agency's fee of it.", -each.fee_cents))
    words = f"{sent.posted_by} posted it on {us_date(sent.posted_on)}."
    return explain.listed(f"{said_remittance(sent.number)} of {sent.agency}", said, words)
