"""A patient's accounting of disclosures (45 CFR 164.528(c)): asked for, and given within sixty days."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, func, select

from frontdesk.formats.pdf.accounting import accounting_pdf
from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.kernel.months import months_later
from frontdesk.kernel.names import last_first
from frontdesk.models.records.content import MediaType
from frontdesk.models.records.disclosure import AccountingRequest
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.records import accounting_report, content
from frontdesk.services.work import Work

DAYS: Final = 60
"""45 CFR 164.528(c)(1)(i)."""
EXTENSION_DAYS: Final = 30
"""164.528(c)(1)(ii): once, with a written reason."""
YEARS: Final = 6
_MOST_CENTS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for the accounting, and how it stands."""

    accounting_id: int
    version: int
    patient_id: int
    patient: str
    chart_number: str
    asked_by: str
    asked_on: date
    from_on: date
    until_on: date
    due_on: date
    is_extended: bool
    extension_reason: str
    fee_cents: int
    given_on: date | None
    withdrawn_on: date | None

    @property
    def is_open(self) -> bool:
        return self.given_on is None and self.withdrawn_on is None


def _withdrawn(done: Performed) -> Undo:
    return Undo(withdraw, accounting_id=done.result)


def _taken_up(done: Performed) -> Undo:
    return Undo(take_up_again, accounting_id=done.arguments["accounting_id"])


def six_years_before(day: date) -> date:
    """The furthest that an accounting reaches back (164.528(a)(1))."""
    return months_later(day, -12 * YEARS)


@query(permission="records.view")
def asked(work: Work, *, patient_id: int | None = None, only_open: bool = False) -> tuple[Asked, ...]:
    """Who asked for their accounting: open ones by deadline, then the rest, newest first."""
    statement = (
        select(AccountingRequest, Patient)
        .join(Patient, Patient.id == AccountingRequest.patient_id)
        .order_by(AccountingRequest.due_on, AccountingRequest.id)
    )
    if patient_id is not None:
        statement = statement.where(AccountingRequest.patient_id == patient_id)
    if only_open:
        statement = statement.where(*_open())
    found = [
        Asked(
            accounting_id=row.id,
            version=row.version,
            patient_id=row.patient_id,
            patient=last_first(patient.legal_last, patient.legal_first),
            chart_number=patient.chart_number,
            asked_by=row.asked_by,
            asked_on=row.asked_on,
            from_on=row.from_on,
            until_on=row.until_on,
            due_on=row.due_on,
            is_extended=row.extended_on is not None,
            extension_reason=row.extension_reason,
            fee_cents=row.fee_cents,
            given_on=row.given_on,
            withdrawn_on=row.withdrawn_on,
        )
        for row, patient in work.session.execute(statement)
    ]
    ended = [each for each in found if not each.is_open]
    return (*(each for each in found if each.is_open), *reversed(ended))


def open_count(work: Work) -> int:
    """How many wait for their accounting, for the sub-tab."""
    count = select(func.count()).select_from(AccountingRequest).where(*_open())
    return work.session.scalar(count) or 0


@query(permission="records.view")
def is_free(work: Work, *, patient_id: int, asked_on: date) -> bool:
    """Whether no accounting was given within the twelve months before (164.528(c)(2))."""
    return _given_within_a_year(work, patient_id, asked_on) is None


@command("Take request for accounting", permission="records.release", undo=_withdrawn)
def ask(
    work: Work,
    *,
    patient_id: int,
    asked_by: str,
    asked_on: date,
    from_on: date | None = None,
    until_on: date | None = None,
    fee_cents: int = 0,
) -> int:
    """From six years before, where nothing else is wanted; the first in twelve months costs nothing."""
    patient = work.get(Patient, patient_id)
    work.concerns(patient_id)
    until = until_on or asked_on
    start = from_on or max(six_years_before(asked_on), patient.born_on)
    findings = []
    if not asked_by.strip():
        findings.append(Finding("Enter who asks: the patient, or who may ask for them.", "asked_by"))
    if asked_on > work.today:
        findings.append(Finding("This day is still to come. Look at the date again.", "asked_on"))
    if start < six_years_before(asked_on):
        findings.append(Finding("The accounting reaches back six years. Choose a later day.", "from_on"))
    if until < start or until > work.today:
        findings.append(Finding("It ends after its first day, and not ahead.", "until_on"))
    if not 0 <= fee_cents <= _MOST_CENTS:
        findings.append(Finding(f"Enter an amount from $0.00 to {dollars(_MOST_CENTS)}.", "fee_cents"))
    before = _given_within_a_year(work, patient_id, asked_on)
    if fee_cents and before is None:
        findings.append(
            Finding(
                "The first accounting in twelve months costs nothing. Leave the fee at $0.00.", "fee_cents"
            )
        )
    refuse_if_any(findings)
    return work.add(
        AccountingRequest(
            patient_id=patient_id,
            asked_by=asked_by.strip(),
            asked_on=asked_on,
            from_on=start,
            until_on=until,
            due_on=asked_on + timedelta(days=DAYS),
            extension_reason="",
            fee_cents=fee_cents,
        )
    ).id


@command(
    "Extend request for accounting",
    permission="records.release",
    undo=irreversible("The patient was told of the later day. Give the accounting before it."),
)
def extend(work: Work, *, accounting_id: int, reason: str, version: int | None = None) -> None:
    """Once, thirty days more, told to the patient in writing with the reason before the time is over."""
    row = _open_request(work, accounting_id, version)
    findings = []
    if row.extended_on is not None:
        findings.append(Finding("The law allows one extension, and it was used. Give the accounting."))
    if row.due_on < work.today:
        findings.append(Finding("The sixty days are over: it is too late to extend. Give it now."))
    if not reason.strip():
        findings.append(Finding("Write the reason, as the patient is told it.", "reason"))
    refuse_if_any(findings)
    row.extended_on, row.extension_reason = work.today, reason.strip()
    row.due_on += timedelta(days=EXTENSION_DAYS)


@command("Withdraw request for accounting", permission="records.release", undo=_taken_up)
def withdraw(work: Work, *, accounting_id: int, version: int | None = None) -> None:
    """The patient does not want it any more."""
    _open_request(work, accounting_id, version).withdrawn_on = work.today


@command("Take up request for accounting again", permission="records.release", undo=_withdrawn)
def take_up_again(work: Work, *, accounting_id: int) -> int:
    """It was withdrawn by mistake; its deadline is as it was."""
    row = work.get(AccountingRequest, accounting_id)
    work.concerns(row.patient_id)
    if row.withdrawn_on is None:
        raise Refused(Finding("This request was not withdrawn."))
    row.withdrawn_on = None
    return row.id


@command(
    "Hand over accounting of disclosures",
    permission="records.release",
    undo=irreversible("What was handed to the patient stays on record."),
)
def give(work: Work, *, accounting_id: int, version: int | None = None) -> str:
    """The letter is made and kept as it is handed over; its SHA-256."""
    row = _open_request(work, accounting_id, version)
    pdf = accounting_pdf(accounting_report.sheet_of(work, row))
    row.sha256, row.given_on = content.keep_made(work, pdf, MediaType.PDF), work.today
    return row.sha256


@query(permission="records.view")
def report(work: Work, *, accounting_id: int) -> bytes:
    """The letter as it was given; before that as it would be given today."""
    row = work.get(AccountingRequest, accounting_id)
    if row.sha256 is not None:
        return content.read(work.session, row.sha256)
    return accounting_pdf(accounting_report.sheet_of(work, row))


def _open() -> tuple[ColumnElement[bool], ...]:
    return (AccountingRequest.given_on.is_(None), AccountingRequest.withdrawn_on.is_(None))


def _open_request(work: Work, accounting_id: int, version: int | None) -> AccountingRequest:
    row = work.get(AccountingRequest, accounting_id, version)
    work.concerns(row.patient_id)
    if row.given_on is not None:
        raise Refused(Finding("This accounting was given already."))
    if row.withdrawn_on is not None:
        raise Refused(Finding("This request was withdrawn. Take it anew."))
    return row


def _given_within_a_year(work: Work, patient_id: int, asked_on: date) -> date | None:
    return work.session.scalar(
        select(func.max(AccountingRequest.given_on)).where(
            AccountingRequest.patient_id == patient_id,
            AccountingRequest.given_on > asked_on - timedelta(days=365),
        )
    )
