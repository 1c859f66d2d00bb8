"""Why an aging column, a figure of the day's roll-forward, or a counted drawer comes to what it does."""

from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, func, select

from frontdesk.kernel.money import dollars
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.day_close import DayClose, DrawerCount
from frontdesk.models.billing.journal import JournalEntry, Party, Posting, PostingKind
from frontdesk.models.billing.receipts import CashDrawer, Receipt, ReceiptTender, TenderKind
from frontdesk.models.registration.patient import Patient
from frontdesk.services.billing import aging, counting, explain, roll_forward
from frontdesk.services.billing.aging import AGE_COLUMNS
from frontdesk.services.billing.explain import Explanation, Sentence
from frontdesk.services.billing.explain_subject import About, Part, Subject
from frontdesk.services.billing.payment_checks import said_number
from frontdesk.services.billing.roll_forward import ByParty
from frontdesk.services.work import Work

MOST = 120
"""Sentences that are told one by one; the others are one sentence with their sum."""
_AGE_WORDS = dict(
    zip(
        AGE_COLUMNS,
        ("up to 30 days", "31 to 60 days", "61 to 90 days", "over 90 days", "credit"),
        strict=True,
    )
)


def of_age(work: Work, subject: Subject) -> Explanation:
    """What is open of one age: of a household, of a payer, or (id 0) of all patients or payers."""
    assert subject.column is not None
    day = subject.on or work.today
    fits: list[ColumnElement[bool]] = []
    if subject.about is About.LINE:
        fits.append(JournalEntry.charge_line_id == subject.id)
        fits.append(JournalEntry.responsible == Party(subject.part.value))
    elif subject.about is About.PAYER:
        fits.append(JournalEntry.responsible == Party.PAYER)
        fits += [JournalEntry.payer_id == subject.id] if subject.id else []
    else:
        fits.append(JournalEntry.responsible == Party.PATIENT)
        fits += [JournalEntry.account_id == subject.id] if subject.id else []
    debts = aging.debts_where(work, day, fits, (subject.column,))
    if subject.about is About.LINE:
        whole = explain.of_entries(work, *fits, JournalEntry.posted_on <= day)
        if whole.total_cents == sum(debt.cents for debt in debts):
            line = work.get(ChargeLine, subject.id)
            return replace(whole, title=f"{line.label} of {us_date(line.service_on)}")
    ids = [debt.charge_line_id for debt in debts if debt.charge_line_id is not None]
    lines = {
        line.id: f"{line.label} of {us_date(line.service_on)} for {first_last(first, last)}"
        for line, first, last in work.session.execute(
            select(ChargeLine, Patient.legal_first, Patient.legal_last)
            .join(Patient, Patient.id == ChargeLine.patient_id)
            .where(ChargeLine.id.in_(ids))
        )
    }
    said = []
    for debt in debts:
        if debt.charge_line_id is None:
            said.append(Sentence("Payments that are on no visit yet.", debt.cents))
            continue
        what = lines[debt.charge_line_id]
        since = f", owed since {us_date(debt.since_on)}" if debt.since_on else ", paid too much"
        said.append(Sentence(f"{what}{since}.", debt.cents, debt.charge_line_id))
    words = f"On {us_date(day)} {_AGE_WORDS[subject.column]}: {dollars(sum(d.cents for d in debts))}."
    return explain.listed(f"Open, {_AGE_WORDS[subject.column]}", _folded(said), words)


def of_day(work: Work, subject: Subject) -> Explanation:
    """A figure of the roll-forward of a day: what was posted since the close before."""
    on = subject.on or work.today
    if subject.part in (Part.OPENING, Part.CLOSING):
        return _rolled(roll_forward.by_party(work, on=on), subject)
    before = work.session.scalar(select(func.max(DayClose.closed_on)).where(DayClose.closed_on < on))
    words, column = _COLUMNS[subject.part]
    kinds = [kind for kind, its in roll_forward.COLUMNS.items() if its == column]
    fits = [
        JournalEntry.kind.in_(kinds),
        JournalEntry.posted_on <= on,
        JournalEntry.posted_on > (before or date.min),
    ]
    if subject.side:
        fits.append(JournalEntry.responsible == Party(subject.side))
    found = explain.of_entries(work, *fits, title=f"{words} of {us_date(on)}{_WHOSE[subject.side]}")
    since = f" after {us_date(before)}" if before else ""
    told = explain.listed(
        found.title,
        _folded(list(found.sentences)),
        f"Posted{since}, up to {us_date(on)}: {dollars(found.total_cents)}.",
    )
    assert told.total_cents == found.total_cents
    return told


_WHOSE = {"": "", "patient": ", patients", "payer": ", insurers"}
_COLUMNS = {
    Part.CHARGED: ("Charges", "charges_cents"),
    Part.PAID: ("Payments", "payments_cents"),
    Part.ADJUSTMENTS: ("Adjustments", "adjustments_cents"),
    Part.MOVED: ("Moved", "moved_cents"),
    Part.REFUNDS: ("Refunds", "refunds_cents"),
    Part.CORRECTIONS: ("Corrections", "corrections_cents"),
}


def _rolled(found: ByParty, subject: Subject) -> Explanation:
    on = us_date(found.on)
    side = {"patient": found.patient, "payer": found.payer}.get(subject.side, found.together)
    opening = Sentence("A/R at the close before.", side.opening_cents)
    whose = _WHOSE[subject.side]
    if subject.part is Part.OPENING:
        words = "What the close before ended with."
        return explain.listed(f"Opening A/R of {on}{whose}", (opening,), words)
    moved = (
        Sentence("Charges.", side.charges_cents),
        Sentence("Payments.", side.payments_cents),
        Sentence("Adjustments.", side.adjustments_cents),
        Sentence("Moved from one side to the other.", side.moved_cents),
        Sentence("Refunds.", side.refunds_cents),
        Sentence("Corrections.", side.corrections_cents),
    )
    words = f"A/R at the end of {on}: {dollars(side.closing_cents)}."
    said = (opening, *(each for each in moved if each.amount_cents))
    return explain.listed(f"Closing A/R of {on}{whose}", said, words)


def of_drawer(work: Work, subject: Subject) -> Explanation:
    """What a counted drawer should have held: its float and what came in since the count before."""
    count = work.get(DrawerCount, subject.id)
    drawer = work.get(CashDrawer, count.drawer_id)
    kind = TenderKind(subject.part.value)
    after = counting.counted_before(work, drawer.id, count.counted_on)
    said = [Sentence("The float that stays in it.", count.float_cents)] if _has_float(kind, count) else []
    tenders = (
        select(Receipt.number, ReceiptTender.amount_cents)
        .join(Receipt, ReceiptTender.receipt_id == Receipt.id)
        .where(Receipt.drawer_id == drawer.id, ReceiptTender.kind == kind)
        .order_by(Receipt.number, ReceiptTender.id)
    )
    taken = tenders.where(Receipt.received_on > after, Receipt.received_on <= count.counted_on)
    said += [
        Sentence(f"Receipt {said_number(number)}.", cents) for number, cents in work.session.execute(taken)
    ]
    voids = tenders.join(Posting, Posting.receipt_id == Receipt.id).where(
        Posting.kind == PostingKind.RECEIPT_VOID,
        Posting.posted_on > after,
        Posting.posted_on <= count.counted_on,
    )
    said += [
        Sentence(f"Receipt {said_number(number)} was voided and given back.", -cents)
        for number, cents in work.session.execute(voids)
    ]
    expected = {
        TenderKind.CASH: count.expected_cash_cents,
        TenderKind.CHECK: count.expected_check_cents,
        TenderKind.CARD: count.expected_card_cents,
    }[kind]
    off = expected - sum(each.amount_cents for each in said)
    said += [Sentence("Other money that was put in or taken out.", off)] if off else []
    words = f"{drawer.name}, {kind.value} expected on {us_date(count.counted_on)}."
    return explain.listed(f"{drawer.name}, {kind.value}", said, words)


def _has_float(kind: TenderKind, count: DrawerCount) -> bool:
    return kind is TenderKind.CASH and bool(count.float_cents)


def _folded(said: list[Sentence]) -> tuple[Sentence, ...]:
    """The first of many one by one, the others in one sentence."""
    if len(said) <= MOST:
        return tuple(said)
    rest = said[MOST:]
    return (
        *said[:MOST],
        Sentence(f"And {len(rest)} more of the kind.", sum(each.amount_cents for each in rest)),
    )
