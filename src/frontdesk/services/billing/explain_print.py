"""An explained balance as a paper for the patient, and the note that it was printed."""

from collections.abc import Callable

from sqlalchemy import select

from frontdesk.formats.pdf.explained_balance import ExplainedSheet, explained_balance_pdf
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.money import dollars, ledger
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim
from frontdesk.models.billing.collection import PaymentPromise
from frontdesk.models.billing.estimate import Estimate, EstimateVersion
from frontdesk.models.billing.journal import JournalEntry
from frontdesk.models.billing.payment_plan import PaymentPlan
from frontdesk.models.billing.receipts import Receipt
from frontdesk.models.billing.refund import Refund
from frontdesk.models.billing.statements import Statement
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.billing import explain_amount, papers, parties
from frontdesk.services.billing.explain_subject import About, Subject
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.work import Work


@command(
    "Print explained balance",
    permission="billing.view",
    undo=irreversible("A paper that was printed is out of the house."),
)
def note_print(work: Work, *, subject: Subject) -> None:
    """Write down whose balance was explained on paper; `explanation_pdf` gives the paper.

    Raises Refused for an amount that is about no patient or household.
    """
    account_id = _account_of(work, subject)
    theirs = select(JournalEntry.patient_id).where(
        JournalEntry.account_id == account_id, JournalEntry.patient_id.is_not(None)
    )
    patients = work.session.scalars(theirs.distinct()) if subject.about in _OF_HOUSEHOLD else ()
    one = _patient_of(work, subject)
    work.concerns(*sorted({id for id in (*patients, one) if id is not None}))


@query(permission="billing.view")
def explanation_pdf(work: Work, *, subject: Subject) -> bytes:
    """Why the amount is what it is, in plain sentences, as PDF. Raises Refused as `note_print` does."""
    told = explain_amount.amount(work, subject=subject)
    to = parties.guarantor(work, _account_of(work, subject))
    running, rows = 0, []
    for each in told.sentences:
        running += each.amount_cents
        rows.append((each.text, ledger(each.amount_cents) if each.amount_cents else "", ledger(running)))
    return explained_balance_pdf(
        ExplainedSheet(
            heading=_HEADINGS.get(subject.about, "Your balance explained"),
            sender=papers.sender(parties.letterhead(work)),
            title=told.title,
            addressee=to.name,
            account_number=to.account_number,
            written_on=us_date(work.today),
            rows=tuple(rows),
            total=dollars(told.total_cents),
            conclusion=told.conclusion,
        )
    )


_HEADINGS = {
    About.REFUND: "Your refund explained",
    About.PLAN: "Your payment plan explained",
    About.PROMISE: "What you told us you would pay",
    About.ESTIMATE: "Your estimate explained",
    About.STATEMENT: "Your statement explained",
    About.RECEIPT: "Your payment explained",
}
_OF_HOUSEHOLD = (About.ACCOUNT, About.STATEMENT, About.PROMISE)
_TABLES: dict[About, Callable[[Work, int], int | None]] = {
    About.PATIENT: lambda _, id: id,
    About.LINE: lambda work, id: work.get(ChargeLine, id).patient_id,
    About.VISIT: lambda work, id: work.get(Appointment, id).patient_id,
    About.CLAIM: lambda work, id: work.get(Claim, id).patient_id,
    About.RECEIPT: lambda work, id: work.get(Receipt, id).patient_id,
    About.REFUND: lambda work, id: work.get(Refund, id).patient_id,
    About.PLAN: lambda work, id: work.get(PaymentPlan, id).patient_id,
    About.ESTIMATE: lambda work, id: _estimate_of(work, id).patient_id,
}


def _patient_of(work: Work, subject: Subject) -> int | None:
    found = _TABLES.get(subject.about)
    return found(work, subject.id) if found is not None else None


def _estimate_of(work: Work, version_id: int) -> Estimate:
    return work.get(Estimate, work.get(EstimateVersion, version_id).estimate_id)


_ACCOUNTS: dict[About, Callable[[Work, int], int | None]] = {
    About.ACCOUNT: lambda _, id: id,
    About.STATEMENT: lambda work, id: work.get(Statement, id).account_id,
    About.LINE: lambda work, id: work.get(ChargeLine, id).account_id,
    About.RECEIPT: lambda work, id: work.get(Receipt, id).account_id,
    About.REFUND: lambda work, id: work.get(Refund, id).account_id,
    About.PLAN: lambda work, id: work.get(PaymentPlan, id).account_id,
    About.PROMISE: lambda work, id: work.get(PaymentPromise, id).account_id,
}


def _account_of(work: Work, subject: Subject) -> int:
    """The household that the paper is for."""
    own = _ACCOUNTS.get(subject.about)
    account_id = own(work, subject.id) if own is not None and subject.id else None
    patient_id = _patient_of(work, subject) if subject.id else None
    if not subject.is_for_patients or (account_id is None and (patient_id is None or own is not None)):
        raise Refused(Finding("This amount is the office's. Print the explanation of one patient's balance."))
    if account_id is not None:
        return account_id
    assert patient_id is not None
    return parties.account_of(work, patient_id, work.today)
