"""Why a figure or bar of the reports is what it is, and what is behind a row of it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import func, select

from frontdesk.kernel.money import dollars
from frontdesk.kernel.months import month_end
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import counted, us_date
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party
from frontdesk.models.billing.remittances import (
    Remittance,
    RemittanceAdjustment,
    RemittanceClaim,
    RemittanceLine,
)
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import explain, reports_claims, reports_money, reports_open, underpaid
from frontdesk.services.billing.aging import AGE_COLUMNS, AGE_WORDS
from frontdesk.services.billing.explain import Explanation, Sentence
from frontdesk.services.billing.explain_subject import Reported, Subject
from frontdesk.services.billing.remittance_rules import meaning
from frontdesk.services.billing.reports_behind import Behind
from frontdesk.services.billing.reports_claims import Rate, Span
from frontdesk.services.billing.reports_filter import ChartName, FigureName, Wanted, of_claims, of_entries
from frontdesk.services.billing.reports_money import RECEIVED, Owed
from frontdesk.services.billing.reports_open import BEHIND_FIGURE
from frontdesk.services.work import Work


def of_figure(work: Work, subject: Subject) -> Explanation:
    """What a key figure is reckoned from."""
    assert subject.report is not None
    assert subject.report.figure is not None
    name, wanted = subject.report.figure, subject.report.wanted
    if not subject.report.is_listed:
        return _FIGURES[name](work, wanted)
    found = reports_open.behind_figure(work, wanted=wanted, name=name)
    return explain.listed(BEHIND_FIGURE[name], _rows(found), f"Together {dollars(found.cents)}.")


def _receivable(work: Work, wanted: Wanted) -> Explanation:
    owed = reports_money.receivable(work, wanted=wanted)
    words = f"On {us_date(owed.on)} {dollars(owed.total.total)} was owed, less what payers and patients had"
    return explain.listed("A/R, what is owed to the office", _owed(owed.rows), f"{words} to their credit.")


def _owed(rows: Iterable[Owed]) -> list[Sentence]:
    said = []
    for row in rows:
        ages = dict(zip(AGE_COLUMNS, row.aged.columns, strict=True))
        loose = ages.pop("credit")
        parts = [f"{dollars(cents)} {AGE_WORDS[age]}" for age, cents in ages.items() if cents]
        if loose:
            parts.append(
                f"less {dollars(-loose)} to their credit" if loose < 0 else f"{dollars(loose)} on no visit"
            )
        said.append(Sentence(f"{row.name}: {', '.join(parts)}.", row.aged.total))
    return said


def _days(work: Work, wanted: Wanted) -> Explanation:
    owed = reports_money.receivable(work, wanted=wanted)
    said = [f"{dollars(owed.total.total)} was owed on {us_date(owed.on)}."]
    if owed.days is None:
        said.append("Nothing was charged in the 90 days before, so no days can be reckoned.")
    else:
        daily = round(owed.charged_cents / reports_money.CHARGE_DAYS)
        said.append(
            f"In the {reports_money.CHARGE_DAYS} days before, {dollars(owed.charged_cents)} was charged,"
            f" {dollars(daily)} a day. So {owed.days:.1f} days of charges are still owed."
        )
    return explain.listed("Days in A/R", _owed(owed.rows), " ".join(said))


def _first_pass(work: Work, wanted: Wanted) -> Explanation:
    told = reports_claims.answered_claims(wanted)
    failed = reports_open.behind_figure(work, wanted=wanted, name=FigureName.FIRST_PASS)
    figures = reports_claims.claim_figures(work, wanted=wanted)
    denied = set(work.session.scalars(select(told.c.claim_id).where(told.c.is_denied)))
    whole = Sentence("Claims that were first answered in these days.", figures.first_pass.whole)
    less = _claims(
        failed,
        lambda claim_id: "denied" if claim_id in denied else "rejected, or sent more than once",
        -1,
    )
    words = _rated(figures.first_pass, "were paid after they were sent once")
    return explain.counted("First-pass rate", (whole, *less), words)


def _clean(work: Work, wanted: Wanted) -> Explanation:
    failed = reports_open.behind_figure(work, wanted=wanted, name=FigureName.CLEAN)
    rate = reports_claims.claim_figures(work, wanted=wanted).clean
    whole = Sentence("Claims that were first sent in these days.", rate.whole)
    less = _claims(failed, lambda _: "mended before it went out, or turned back", -1)
    words = _rated(rate, "went out as they were made and were not turned back")
    return explain.counted("Clean-claim rate", (whole, *less), words)


def _denied(work: Work, wanted: Wanted) -> Explanation:
    found = reports_open.behind_figure(work, wanted=wanted, name=FigureName.DENIED)
    figures = reports_claims.claim_figures(work, wanted=wanted)
    words = _rated(figures.denied, f"were denied; they had asked for {dollars(figures.denied_cents)}")
    return explain.counted("Denial rate", _claims(found, lambda _: "nothing was paid", 1), words)


def _claims(found: Behind, why: Callable[[int], str], each: int) -> list[Sentence]:
    """One sentence a claim, each counting one; of many the others together."""
    said = [
        Sentence(
            f"{row.who}, {us_date(row.on)}, claim {row.what.rstrip('.')}: {why(row.claim_id or 0)}.", each
        )
        for row in found.rows[: explain.MOST]
    ]
    if rest := found.count - len(said):
        said.append(Sentence(f"And {rest} more of the kind.", each * rest))
    return said


def _rated(rate: Rate, words: str) -> str:
    percent = f": {rate.percent:.1f}%" if rate.percent is not None else ""
    return f"{rate.part} of {rate.whole} claims {words}{percent}."


def _collected(work: Work, wanted: Wanted) -> Explanation:
    money = reports_money.collected(work, wanted=wanted)
    paid = work.session.execute(
        select(Payer.name, -func.sum(JournalEntry.amount_cents))
        .select_from(JournalEntry)
        .outerjoin(Payer, (Payer.id == JournalEntry.payer_id) & (JournalEntry.responsible == Party.PAYER))
        .where(
            JournalEntry.kind == EntryKind.PAYMENT,
            JournalEntry.charge_line_id.is_not(None),
            JournalEntry.posted_on >= wanted.since_on,
            JournalEntry.posted_on <= wanted.until_on,
            *of_entries(wanted),
        )
        .group_by(Payer.id, Payer.name)
        .order_by(func.sum(JournalEntry.amount_cents), Payer.name)
    )
    said = [Sentence(f"{name or 'Patients'} paid for visits.", int(cents)) for name, cents in paid if cents]
    due = money.charged_cents + money.contract_cents
    words = f"{dollars(money.charged_cents)} was charged, {dollars(-money.contract_cents)} of it lowered by"
    share = f", {money.percent:.1f}%" if money.percent is not None else ""
    ending = f"contracts: {dollars(due)} could be collected, and {dollars(money.paid_cents)} was{share}."
    return explain.listed("Net collection", said, f"{words} {ending}")


def _charge_lag(work: Work, wanted: Wanted) -> Explanation:
    spans = reports_claims.charge_spans(work, wanted)
    return _lagged("From the visit to the claim", spans, "from the visit until they were sent")


def _payment_lag(work: Work, wanted: Wanted) -> Explanation:
    spans = reports_claims.payment_spans(work, wanted)
    return _lagged("From the claim to the answer", spans, "from the sending until the first answer")


def _lagged(title: str, spans: Iterable[Span], words: str) -> Explanation:
    """Days, as so many claims took so many."""
    by_days: dict[int, int] = {}
    for span in spans:
        by_days[span.days] = by_days.get(span.days, 0) + span.claims
    said = [
        Sentence(f"{counted(many, 'claim')} took {counted(days, 'day')}.", many * days)
        for days, many in sorted(by_days.items())
    ]
    claims, days = sum(by_days.values()), sum(each.amount_cents for each in said)
    mean = f", {days / claims:.1f} days each on average" if claims else ""
    ending = f"{counted(claims, 'claim')} took {counted(days, 'day')} {words}{mean}."
    return explain.counted(title, said, ending)


def _unbilled(work: Work, wanted: Wanted) -> Explanation:
    said = [
        Sentence(f"{each.patient}, {us_date(each.service_on)}, {each.provider}: {each.why}.", 1)
        for each in reports_money.unbilled_visits(work, wanted=wanted)
    ]
    more = reports_money.unbilled(work, wanted=wanted).unreleased_cents
    ending = f"Besides, {dollars(more)} stands on superbills that are entered and not released."
    return explain.counted("Visits not charged", explain.folded(said), ending)


def _unsent(work: Work, wanted: Wanted) -> Explanation:
    found = reports_open.behind_figure(work, wanted=wanted, name=FigureName.UNSENT)
    return explain.listed("Claims not sent", _rows(found), "Ready, held, turned back or in need of a fix.")


def _below(work: Work, wanted: Wanted) -> Explanation:
    found = underpaid.open_lines(work, of_claims(wanted), since=wanted.since_on, until=wanted.until_on)
    said = [
        Sentence(f"{each.payer}, {each.code} of {us_date(each.service_on)}: {each.says}", each.short_cents)
        for each in found
    ]
    ending = "What was appealed or let go does not count."
    return explain.listed("Below contract", explain.folded(said), ending)


def _income(work: Work, wanted: Wanted) -> Explanation:
    return explain.of_entries(work, *reports_money.income_entries(wanted), title="Income on no visit")


_FIGURES: dict[FigureName, Callable[[Work, Wanted], Explanation]] = {
    FigureName.RECEIVABLE: _receivable,
    FigureName.DAYS: _days,
    FigureName.FIRST_PASS: _first_pass,
    FigureName.CLEAN: _clean,
    FigureName.DENIED: _denied,
    FigureName.COLLECTED: _collected,
    FigureName.CHARGE_LAG: _charge_lag,
    FigureName.PAYMENT_LAG: _payment_lag,
    FigureName.UNBILLED_VISITS: _unbilled,
    FigureName.UNSENT: _unsent,
    FigureName.BELOW_CONTRACT: _below,
    FigureName.INCOME: _income,
}


def of_bar(work: Work, subject: Subject) -> Explanation:
    """The rows behind a bar, or behind a part of it, as sentences."""
    report = subject.report
    assert report is not None
    assert report.chart is not None
    if report.chart is ChartName.DAYS:
        assert report.month_on is not None
        return _days(work, _until(report.wanted, report.month_on))
    found = reports_open.behind_bar(
        work, wanted=report.wanted, chart=report.chart, about=_about(report), part=report.place
    )
    return explain.listed(_TITLES[report.chart], _rows(found), f"Together {dollars(found.cents)}.")


_TITLES = {
    ChartName.OWED: "What is owed to the office",
    ChartName.MONTHS: "Money that came in",
    ChartName.CAUSES: "What insurers did not pay",
    ChartName.OWNERS: "What insurers did not pay",
}


def _until(wanted: Wanted, first: date) -> Wanted:
    return replace(wanted, until_on=min(month_end(first), wanted.until_on))


def _about(report: Reported) -> object:
    if report.chart is ChartName.OWED:
        return report.ids or None
    return report.month_on if report.chart is ChartName.MONTHS else report.key


def _rows(found: Behind) -> list[Sentence]:
    said = [
        Sentence(f"{row.who}, {us_date(row.on)}: {row.what.rstrip('.')}.", row.cents, row.charge_line_id)
        for row in found.rows[: explain.MOST]
    ]
    if rest := found.count - len(said):
        others = found.cents - sum(each.amount_cents for each in said)
        said.append(Sentence(f"And {rest} more of the kind.", others))
    return said


def of_posting(work: Work, subject: Subject) -> Explanation:
    """What one posting brought in or gave back, as a report counts it."""
    report = subject.report
    assert report is not None
    entry = JournalEntry
    sides = (Party(subject.side),) if subject.side else tuple(Party)
    told = explain.of_entries(
        work,
        entry.posting_id == subject.id,
        entry.kind.in_(RECEIVED),
        entry.responsible.in_(sides),
        entry.patient_id.is_not_distinct_from(report.patient_id),
        entry.payer_id.is_not_distinct_from(subject.payer_id),
        *of_entries(report.wanted),
        title="Money that came in",
    )
    return explain.concluded(explain.negated(told), f"Together {dollars(-told.total_cents)}.")


def of_denial(work: Work, subject: Subject) -> Explanation:
    """One reason for which an insurer paid less."""
    reason = work.get(RemittanceAdjustment, subject.id)
    answer = work.get(RemittanceClaim, reason.remittance_claim_id)
    sent = work.get(Remittance, answer.remittance_id)
    code = work.session.scalar(
        select(RemittanceLine.code).where(
            RemittanceLine.remittance_claim_id == answer.id, RemittanceLine.place == reason.line
        )
    )
    what = f"of {code}" if code else "of the claim"
    name = first_last(answer.patient_first, answer.patient_last)
    words = f"On {us_date(sent.paid_on)} {sent.payer_name} did not pay {dollars(reason.amount_cents)} {what}"
    why = f"{reason.group_code}-{reason.reason_code} {meaning(reason.reason_code)}".rstrip()
    said = (Sentence(f"{words} for {name}: {why}.", reason.amount_cents),)
    ending = f"The claim asked for {dollars(answer.charge_cents)}; {dollars(answer.paid_cents)} was paid."
    return explain.listed(f"Claim {answer.claim_number}, not paid", said, ending)
