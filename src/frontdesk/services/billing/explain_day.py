"""Why an aging column or a figure of the day's roll-forward comes to what it does."""

from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, func, select

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.day_close import DayClose
from frontdesk.models.billing.journal import JournalEntry, Party
from frontdesk.services.billing import aging, explain, explain_drawer, explain_entries, roll_forward
from frontdesk.services.billing.aging import AGE_WORDS
from frontdesk.services.billing.explain import Explanation, Sentence
from frontdesk.services.billing.explain_subject import About, Part, Subject
from frontdesk.services.billing.roll_forward import ByParty
from frontdesk.services.work import Work


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
    if subject.payer_id is not None:
        fits.append(JournalEntry.payer_id == subject.payer_id)
    if is_loose := subject.report is not None and subject.report.is_on_no_line:
        fits.append(JournalEntry.charge_line_id.is_(None))
    debts = aging.debts_where(work, day, fits, (subject.column,))
    if subject.since_on is not None:
        debts = tuple(debt for debt in debts if debt.since_on == subject.since_on)
    if subject.about is About.LINE or is_loose:
        whole = explain.of_entries(work, *fits, JournalEntry.posted_on <= day)
        if whole.total_cents == sum(debt.cents for debt in debts):
            return replace(whole, title=_title(work, subject))
    ids = [debt.charge_line_id for debt in debts if debt.charge_line_id is not None]
    lines = explain_entries.services_of(work, ids)
    said = []
    for debt in debts:
        if debt.charge_line_id is None:
            said.append(Sentence("Payments that are on no visit yet.", debt.cents))
            continue
        what = lines[debt.charge_line_id]
        since = f", owed since {us_date(debt.since_on)}" if debt.since_on else ", paid too much"
        said.append(Sentence(f"{what}{since}.", debt.cents, debt.charge_line_id))
    words = f"On {us_date(day)} {AGE_WORDS[subject.column]}: {dollars(sum(d.cents for d in debts))}."
    return explain.listed(f"Open, {AGE_WORDS[subject.column]}", explain.folded(said), words)


def _title(work: Work, subject: Subject) -> str:
    if subject.about is not About.LINE:
        return "On no visit yet"
    line = work.get(ChargeLine, subject.id)
    return explain_entries.service(line)


def of_day(work: Work, subject: Subject) -> Explanation:
    """A figure of the roll-forward of a day: what was posted since the close before."""
    on = subject.on or work.today
    if subject.part is Part.DEPOSIT:
        return explain_drawer.of_day_deposit(work, subject)
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
        explain.folded(found.sentences),
        f"Posted{since}, up to {us_date(on)}: {dollars(found.total_cents)}.",
    )
    assert told.total_cents == found.total_cents
    return told


_WHOSE = {"": "", "patient": ", patients", "payer": ", insurers"}
_COLUMNS = {
    Part.CHARGED: ("Charges", "charges_cents"),
    Part.PAID: ("Payments", "payments_cents"),
    Part.ADJUSTMENTS: ("Adjustments", "adjustments_cents"),
    Part.INCOME: ("Income on no visit", "income_cents"),
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
        Sentence("Income that insurers paid on no visit; it stands in the payments.", side.income_cents),
        Sentence("Moved from one side to the other.", side.moved_cents),
        Sentence("Refunds.", side.refunds_cents),
        Sentence("Corrections.", side.corrections_cents),
    )
    words = f"A/R at the end of {on}: {dollars(side.closing_cents)}."
    said = (opening, *(each for each in moved if each.amount_cents))
    return explain.listed(f"Closing A/R of {on}{whose}", said, words)
