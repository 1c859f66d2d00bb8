"""The one question behind every amount on a screen: why is it so much?"""

from collections.abc import Callable

from sqlalchemy import ColumnElement, select

from frontdesk.kernel.money import dollars
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim, ClaimLine
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party, Posting, PostingKind
from frontdesk.models.registration.account import Account
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.billing import (
    explain,
    explain_agreed,
    explain_asked,
    explain_coverage,
    explain_credit,
    explain_day,
    explain_drawer,
    explain_entries,
    explain_lists,
    explain_paper,
    explain_refund,
    explain_report,
)
from frontdesk.services.billing.explain import Explanation
from frontdesk.services.billing.explain_subject import About, Part, Subject
from frontdesk.services.command import query
from frontdesk.services.work import Work

_CHARGES = (EntryKind.CHARGE, EntryKind.FEE)
_CAME_HERE = (
    (JournalEntry.kind == EntryKind.ACCOUNT_TRANSFER)
    & JournalEntry.charge_line_id.in_(select(ChargeLine.id).where(ChargeLine.moved_from_id.is_not(None)))
    & ((JournalEntry.amount_cents > 0) == JournalEntry.reverses_id.is_(None))
    & JournalEntry.posting_id.in_(select(Posting.id).where(Posting.kind == PostingKind.ACCOUNT_TRANSFER))
)
"""By this a line came from another household: it has no charge of its own."""


@query(permission="billing.view")
def amount(work: Work, *, subject: Subject) -> Explanation:
    """Sentences that sum to the amount, as the screen shows it; raises NotFound for what is not there."""
    if subject.column is not None:
        return explain_day.of_age(work, subject)
    if (own := _OF_PART.get((subject.about, subject.part))) is not None:
        return own(work, subject)
    return _WAYS[subject.about](work, subject)


def _of_patient(work: Work, subject: Subject) -> Explanation:
    patient = work.get(Patient, subject.id)
    name = first_last(patient.legal_first, patient.legal_last)
    return _of_entries(work, subject, JournalEntry.patient_id == subject.id, title=f"Balance of {name}")


def _of_account(work: Work, subject: Subject) -> Explanation:
    number = work.get(Account, subject.id).number
    return _of_entries(work, subject, JournalEntry.account_id == subject.id, title=f"Account {number}")


def _of_line(work: Work, subject: Subject) -> Explanation:
    line = work.get(ChargeLine, subject.id)
    title = explain_entries.service(line)
    return _of_entries(work, subject, JournalEntry.charge_line_id == subject.id, title=title)


def _of_visit(work: Work, subject: Subject) -> Explanation:
    visit = work.get(Appointment, subject.id)
    title = f"Visit of {us_date(visit.starts.date())}"
    return _of_entries(work, subject, JournalEntry.appointment_id == subject.id, title=title)


def _of_claim(work: Work, subject: Subject) -> Explanation:
    claim = work.get(Claim, subject.id)
    lines = select(ClaimLine.charge_line_id).where(ClaimLine.claim_id == subject.id)
    title = f"Claim {claim.number}"
    fits = JournalEntry.charge_line_id.in_(lines)
    if subject.part is not Part.CHARGED:
        return _of_entries(work, subject, fits, title=title)
    # What was asked for: the price of each line as it was charged, also where it was voided since.
    asked = (JournalEntry.kind.in_(_CHARGES), JournalEntry.reverses_id.is_(None))
    found = explain.of_entries(work, fits, *asked, title=title)
    return explain.concluded(found, f"The claim asks for {dollars(found.total_cents)}.")


def _of_payer(work: Work, subject: Subject) -> Explanation:
    name = work.get(Payer, subject.id).name
    fits = (JournalEntry.payer_id == subject.id) & (JournalEntry.responsible == Party.PAYER)
    return _of_entries(work, subject, fits, title=name)


def _of_entries(work: Work, subject: Subject, fits: ColumnElement[bool], *, title: str) -> Explanation:
    """The part of the entries that is meant; a credit and payments as positive amounts."""
    narrowed, words, is_turned = _PARTS[subject.part]
    found = explain.of_entries(work, fits, *narrowed, title=f"{title}, {words}" if words else title)
    if is_turned:
        found = explain.negated(found)
    if subject.part in _PLAIN:
        return found
    return explain.concluded(found, f"Together {dollars(found.total_cents)}.")


_PLAIN = (Part.OPEN, Part.PAYER, Part.PATIENT)
_PARTS: dict[Part, tuple[tuple[ColumnElement[bool], ...], str, bool]] = {
    Part.OPEN: ((), "", False),
    Part.PAYER: ((JournalEntry.responsible == Party.PAYER,), "the insurer's part", False),
    Part.PATIENT: ((JournalEntry.responsible == Party.PATIENT,), "the patient's part", False),
    Part.CREDIT: ((JournalEntry.charge_line_id.is_(None),), "on no visit yet", True),
    Part.CHARGED: ((JournalEntry.kind.in_(_CHARGES) | _CAME_HERE,), "charged", False),
    Part.PAID: ((JournalEntry.kind == EntryKind.PAYMENT,), "paid", True),
    Part.CONTRACT: ((JournalEntry.kind == EntryKind.CONTRACTUAL,), "contract", True),
}

_WAYS: dict[About, Callable[[Work, Subject], Explanation]] = {
    About.PATIENT: _of_patient,
    About.ACCOUNT: _of_account,
    About.LINE: _of_line,
    About.VISIT: _of_visit,
    About.CLAIM: _of_claim,
    About.PAYER: _of_payer,
    About.RECEIPT: explain_paper.of_receipt,
    About.REMITTANCE: explain_paper.of_remittance,
    About.ANSWER: explain_paper.of_answer,
    About.STATEMENT: explain_paper.of_statement,
    About.DAY: explain_day.of_day,
    About.DRAWER: explain_drawer.of_drawer,
    About.RETURNED: explain_drawer.of_returned,
    About.COLLECTED: explain_paper.of_collected,
    About.MATTER: explain_credit.of_matter,
    About.COVERAGE: explain_coverage.of_coverage,
    About.BATCH: explain_lists.of_batch,
    About.RUN: explain_lists.of_run,
    About.SMALL: explain_lists.of_small,
    About.AGENCY: explain_lists.of_agency,
    About.REFUND: explain_refund.of_refund,
    About.PLAN: explain_agreed.of_plan,
    About.PROMISE: explain_agreed.of_promise,
    About.ESTIMATE: explain_agreed.of_estimate,
    About.FIGURE: explain_report.of_figure,
    About.BAR: explain_report.of_bar,
    About.POSTING: explain_report.of_posting,
    About.DENIAL: explain_report.of_denial,
}
_OF_PART: dict[tuple[About, Part], Callable[[Work, Subject], Explanation]] = {
    (About.VISIT, Part.COPAY): explain_asked.of_demand,
    (About.VISIT, Part.DEPOSIT): explain_asked.of_demand,
    (About.VISIT, Part.AHEAD): explain_asked.of_ahead,
    (About.LINE, Part.ASKED): explain_asked.of_line,
    (About.ACCOUNT, Part.CREDIT): explain_credit.of_credit,
    (About.ACCOUNT, Part.FREE): explain_credit.of_credit,
    (About.ACCOUNT, Part.MISSED): explain_agreed.of_missed,
    (About.PATIENT, Part.CREDIT): explain_credit.of_credit,
    (About.RECEIPT, Part.FREE): explain_credit.of_receipt,
    (About.LINE, Part.CREDIT): explain_credit.of_line,
    (About.PAYER, Part.ON_ACCOUNT): explain_credit.of_payer_account,
}
"""Parts that are told in a way of their own."""
