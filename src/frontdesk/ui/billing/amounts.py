"""The amounts of rows and panels by the names that the ledger explains them by."""

from datetime import date
from typing import Literal

from frontdesk.kernel.text import us_date
from frontdesk.services.billing.aging import AGE_COLUMNS
from frontdesk.services.billing.bank_credits import Expected
from frontdesk.services.billing.batches import BatchRow
from frontdesk.services.billing.claim_views import ClaimRow
from frontdesk.services.billing.collection_list import CollectionRow
from frontdesk.services.billing.counting import Counted
from frontdesk.services.billing.credit_list import CreditRow, RefundRow
from frontdesk.services.billing.estimates import EstimateView
from frontdesk.services.billing.explain_subject import About, Part, Reported, Subject
from frontdesk.services.billing.household_ledger import Ledger, LedgerLine
from frontdesk.services.billing.payer_accounts import AccountItem, PayerAccount
from frontdesk.services.billing.plans import PlanView
from frontdesk.services.billing.remittance_views import AnswerRow, RemittanceSheet
from frontdesk.services.billing.reports import ChartName, Figure, FigureName
from frontdesk.services.billing.reports_behind import BehindRow
from frontdesk.services.billing.reports_filter import Wanted
from frontdesk.services.billing.reports_open import BEHIND_FIGURE
from frontdesk.services.billing.small_balances import SmallBalances
from frontdesk.services.billing.statement_run import Candidate, RunMade
from frontdesk.services.registration.panel import PanelCoverage
from frontdesk.ui.kit.chart import Mark
from frontdesk.ui.kit.explained import Amount
from frontdesk.ui.text import tr

Amounts = tuple[Amount, ...]


def of_claim(claim: ClaimRow | None) -> Amounts:
    """What a claim asks for, what came of it, and what is open on its lines."""
    if claim is None:
        return ()
    return (Amount(tr("Claim {number}", number=claim.number), claim.charge_cents, _claim(claim.id)),)


def _claim(claim_id: int) -> Subject:
    return Subject(About.CLAIM, claim_id, Part.CHARGED)


def of_household(account: Candidate | None) -> Amounts:
    """What a household owes."""
    if account is None:
        return ()
    return (owed_by(account.account_id, account.name, account.due_cents),)


def of_ledger(shown: Ledger | None) -> Amounts:
    """What the household owes, by who owes it, and what it has to its credit."""
    if shown is None:
        return ()
    parts = (
        (tr("Insurers owe"), shown.balance.payer_cents, Part.PAYER),
        (tr("Patients owe, less credit"), shown.balance.patient_net_cents, Part.PATIENT),
        (tr("Credit"), shown.balance.credit_cents, Part.CREDIT),
    )
    about = (About.ACCOUNT, shown.account_id)
    return tuple(Amount(name, cents, Subject(*about, part)) for name, cents, part in parts)


def of_ledger_line(each: LedgerLine | None) -> Amounts:
    """A charge with what is open, charged and paid of it, and who owes the rest."""
    if each is None:
        return ()
    line = each.line
    parts = (
        (tr("Open on {service}", service=line.label), line.open_cents, Part.OPEN),
        (tr("Charged"), 0 if line.is_void else line.charged_cents, Part.CHARGED),
        (tr("Paid"), line.paid_cents, Part.PAID),
        (tr("Insurer owes"), line.payer_cents, Part.PAYER),
        (tr("Patient owes"), line.patient_cents, Part.PATIENT),
    )
    about = (About.LINE, line.charge_line_id)
    return tuple(Amount(name, cents, Subject(*about, part)) for name, cents, part in parts)


def owed_by(account_id: int, name: str, cents: int) -> Amount:
    """What a household owes, less what is to its credit."""
    return Amount(tr("{name} owes", name=name), cents, Subject(About.ACCOUNT, account_id, Part.PATIENT))


def of_credit(credit: CreditRow | None) -> Amounts:
    """What is left of a credit: of a receipt, of what was paid too much on a line, or of a payer's money."""
    if credit is None:
        return ()
    if credit.receipt_id is not None:
        subject = Subject(About.RECEIPT, credit.receipt_id, Part.FREE, account_id=credit.account_id)
    elif credit.charge_line_id is not None:
        subject = Subject(About.LINE, credit.charge_line_id, Part.CREDIT, payer_id=credit.payer_id)
    else:
        subject = Subject(About.PAYER, credit.payer_id or 0, Part.CREDIT)
    return (Amount(tr("{about}, left", about=credit.about), credit.left_cents, subject),)


def of_refund(refund: RefundRow | None) -> Amounts:
    """What goes back, and of what."""
    if refund is None:
        return ()
    side: Literal["patient", "payer"] = "payer" if refund.patient_id is None else "patient"
    words = tr("Refund {number}", number=refund.number)
    return (Amount(words, refund.amount_cents, Subject(About.REFUND, refund.id, side=side)),)


def of_debt(row: CollectionRow | None, today: date) -> Amounts:
    """What a household owes, how much of it is old, and what is agreed about it."""
    if row is None:
        return ()
    found = [owed_by(row.account_id, row.name, row.owed_cents)]
    if row.over_90_cents:
        old = Subject(About.ACCOUNT, row.account_id, on=today, column="over_90")
        found.append(Amount(tr("Over 90 days"), row.over_90_cents, old))
    if row.promise is not None:
        about = (About.PROMISE, row.promise.id)
        words = tr("Promised by {day}", day=us_date(row.promise.due_on))
        found.append(Amount(words, row.promise.amount_cents, Subject(*about)))
        if row.promise.paid_cents:
            paid = Subject(*about, Part.PAID)
            found.append(Amount(tr("Came in for the promise"), row.promise.paid_cents, paid))
    if row.missed_cents:
        missed = Subject(About.ACCOUNT, row.account_id, Part.MISSED)
        found.append(Amount(tr("Missed installments"), row.missed_cents, missed))
    return tuple(found)


def of_plan(plan: PlanView) -> Amounts:
    """What is open of a payment plan, what it asks for, and what was agreed on."""
    left = tr("Plan {number}, still open", number=plan.number)
    found = [Amount(left, plan.left_cents, Subject(About.PLAN, plan.id))]
    if plan.next is not None and not plan.ended_because:
        asked = tr("Plan {number}, asked for", number=plan.number)
        found.append(Amount(asked, plan.asked_cents, Subject(About.PLAN, plan.id, Part.ASKED)))
    agreed = tr("Plan {number}, agreed", number=plan.number)
    return (*found, Amount(agreed, plan.total_cents, Subject(About.PLAN, plan.id, Part.CHARGED)))


def of_small(small: SmallBalances) -> Amounts:
    """The small balances together."""
    if not small.rows:
        return ()
    return (Amount(tr("Small balances together"), small.owed_cents, Subject(About.SMALL)),)


def of_run(run: RunMade | None) -> Amounts:
    """What a run of statements asked for."""
    if run is None:
        return ()
    return (Amount(tr("Run {number}", number=run.number), run.total_cents, Subject(About.RUN, run.id)),)


def of_batch(batch: BatchRow | None) -> Amounts:
    """What the claims of a file, or of a batch on paper, ask for."""
    if batch is None:
        return ()
    words = tr("Charges of batch {number}", number=batch.number)
    return (Amount(words, batch.charge_cents, Subject(About.BATCH, batch.id)),)


def of_payer(payer: PayerAccount | None) -> Amounts:
    """What stands on a payer's own account."""
    if payer is None:
        return ()
    subject = Subject(About.PAYER, payer.payer_id, Part.ON_ACCOUNT)
    return (Amount(tr("Account of {payer}", payer=payer.payer), payer.balance_cents, subject),)


def of_matter(item: AccountItem | None) -> Amounts:
    """What of the matter of an item is still open."""
    if item is None:
        return ()
    words = tr("Open: {what}", what=item.text)
    return (Amount(words, item.open_cents, Subject(About.MATTER, item.posting_id)),)


def of_bank(row: Expected | None) -> Amounts:
    """What should arrive at the bank: an insurer's or an agency's payment, or the deposit of a day."""
    if row is None:
        return ()
    if row.due.remittance_id is not None:
        subject = Subject(About.REMITTANCE, row.due.remittance_id)
    elif row.due.agency_remittance_id is not None:
        subject = Subject(About.COLLECTED, row.due.agency_remittance_id)
    elif row.due.returned_check_id is not None:
        subject = Subject(About.RETURNED, row.due.returned_check_id)
    else:
        subject = Subject(About.DAY, part=Part.DEPOSIT, on=row.due.deposit_on)
    return (Amount(row.what, row.amount_cents, subject),)


def of_coverage(first: PanelCoverage | None) -> Amounts:
    """What a patient's plan asks at each visit, and what is left of its deductible and limit."""
    if first is None:
        return ()
    plan, deductible, limit = first.line.plan, None, None
    if (said := first.verification) is not None:
        limit, deductible = said.out_of_pocket_left_cents, said.deductible_left_cents
        deductible = said.deductible_cents if deductible is None else deductible
    named = (
        (tr("Copay, {plan}", plan=plan), Part.COPAY, first.copay_cents),
        (tr("Deductible, {plan}", plan=plan), Part.DEDUCTIBLE, deductible),
        (tr("Out-of-pocket limit, {plan}", plan=plan), Part.LIMIT, limit),
    )
    return tuple(
        Amount(words, cents, Subject(About.COVERAGE, first.line.id, part))
        for words, part, cents in named
        if cents is not None
    )


def of_estimate(estimate: EstimateView | None) -> Amounts:
    """Each version of an estimate, the newest first."""
    if estimate is None:
        return ()
    return tuple(
        Amount(
            tr("{number} of {day}", number=estimate.number, day=us_date(each.written_at.date())),
            each.total_cents,
            Subject(About.ESTIMATE, each.id),
        )
        for each in estimate.versions
    )


def of_answer(answer: AnswerRow | None) -> Amounts:
    """What a payer says of a claim: billed, written off, left to the patient, other, paid."""
    if answer is None or not answer.id:
        return ()
    named = (
        (tr("Paid"), Part.PAID, answer.paid_cents),
        (tr("Billed"), Part.CHARGED, answer.charge_cents),
        (tr("Write-off"), Part.CONTRACT, answer.contract_cents),
        (tr("Patient's share"), Part.PATIENT, answer.patient_cents),
        (tr("Other"), Part.OTHER, answer.other_cents),
    )
    return tuple(
        Amount(
            tr("{what}, {whose}", what=what, whose=answer.patient),
            cents,
            Subject(About.ANSWER, answer.id, part),
        )
        for what, part, cents in named
        if cents or part is Part.PAID
    )


def of_remittance(sheet: RemittanceSheet | None) -> Amounts:
    """The equation of a remittance, and what posting does."""
    if sheet is None:
        return ()
    deposit, posted = sheet.deposit, sheet.when_posted
    named = (
        (tr("Deposit"), Part.OPEN, deposit.deposit_cents),
        (tr("To post"), Part.TO_POST, deposit.to_post_cents),
        (tr("No match"), Part.CREDIT, deposit.no_match_cents),
        (tr("Apart from the claims"), Part.ADJUSTMENTS, deposit.taken_back_cents),
        (tr("Insurance payments"), Part.PAID, posted.payments_cents),
        (tr("Contract write-offs"), Part.CONTRACT, posted.contract_cents),
        (tr("Moved to patients"), Part.PATIENT, posted.moved_to_patients_cents),
        (tr("Open, denied or reviewed"), Part.OTHER, posted.open_cents),
    )
    return tuple(
        Amount(name, cents, Subject(About.REMITTANCE, sheet.row.id, part))
        for name, part, cents in named
        if cents or part is Part.OPEN
    )


_DAY_PARTS = (
    Part.OPENING,
    Part.CHARGED,
    Part.PAID,
    Part.ADJUSTMENTS,
    Part.INCOME,
    Part.MOVED,
    Part.REFUNDS,
    Part.CORRECTIONS,
    Part.CLOSING,
)
_SIDES: tuple[Literal["patient", "payer", ""], ...] = ("patient", "payer", "")


def of_day(on: date, name: str, line: int, side: int, cents: int) -> Amount:
    """A figure of a day's roll-forward by its line, and its side: patients, insurers, together."""
    whose = (tr("patients"), tr("insurers"), tr("together"))[side]
    words = tr("{what}, {whose}", what=name, whose=whose)
    return Amount(words, cents, Subject(About.DAY, part=_DAY_PARTS[line], on=on, side=_SIDES[side]))


def of_count(counted: Counted | None) -> Amounts:
    """What a drawer should have held, what it did, and what goes to the bank; nothing before the count."""
    if counted is None:
        return ()
    named = (
        (tr("Cash expected"), Part.CASH, counted.expected_cash_cents),
        (tr("Checks expected"), Part.CHECK, counted.expected_check_cents),
        (tr("Cards expected"), Part.CARD, counted.expected_card_cents),
        (tr("Cash counted"), Part.COUNTED, counted.counted_cash_cents),
        (tr("To the bank"), Part.DEPOSIT, counted.deposit_cents),
    )
    return tuple(
        Amount(name, cents, Subject(About.DRAWER, counted.drawer_count_id, part))
        for name, part, cents in named
    )


def of_behind(row: BehindRow | None) -> Amounts:
    """A row behind a report's bar: what of a line is so old, or what a claim asks for."""
    if row is None or row.subject is None:
        return ()
    return (Amount(row.who, row.cents, row.subject),)


def of_figure(figure: Figure, wanted: Wanted | None) -> Amounts:
    """A key figure of a report."""
    if wanted is None:
        return ()
    subject = Subject(About.FIGURE, report=Reported(wanted, figure=figure.name))
    return (Amount(figure.title, 0, subject, said=figure.value),)


def of_list(name: FigureName, wanted: Wanted) -> Amount:
    """What the claims that are listed behind a figure come to."""
    subject = Subject(About.FIGURE, report=Reported(wanted, figure=name, is_listed=True))
    return Amount(tr(BEHIND_FIGURE[name]), 0, subject)


def of_bar(name: ChartName, mark: Mark, part: int | None, wanted: Wanted, words: str, said: str) -> Amount:
    """A bar of a report, or a part of it; `mark.key` is what `ChartRow.about` holds."""
    key = mark.key
    report = Reported(
        wanted,
        chart=name,
        ids=(key,) if isinstance(key, int) else key if isinstance(key, tuple) else (),
        key=key if isinstance(key, str) else "",
        month_on=key if isinstance(key, date) else None,
        place=part,
    )
    return Amount(words, 0, Subject(About.BAR, report=report), said=said)


def of_visit(appointment_id: int, name: str, charged_cents: int) -> Amounts:
    """What a visit cost."""
    subject = Subject(About.VISIT, appointment_id, Part.CHARGED)
    return (Amount(name, charged_cents, subject),) if charged_cents else ()


def of_receipt(receipt_id: int, number: str, cents: int) -> Amount:
    """What a person paid at once."""
    return Amount(tr("Receipt {number}", number=number), cents, Subject(About.RECEIPT, receipt_id))


def of_age(account_id: int, name: str, cents: int, place: int, on: date) -> Amount:
    """One column of a household's ages."""
    return Amount(name, cents, Subject(About.ACCOUNT, account_id, on=on, column=AGE_COLUMNS[place]))
