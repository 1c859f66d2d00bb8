"""A statement as it is printed: what it shows, and its PDF."""

from dataclasses import dataclass
from datetime import date

from frontdesk.formats.pdf.statement import StatementItem, StatementSheet, statement_pdf
from frontdesk.services.billing import parties
from frontdesk.services.billing.aging import Aged


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One service with all that happened to its price."""

    service_on: date
    patient: str
    label: str
    charged_cents: int
    insurance_paid_cents: int
    adjusted_cents: int
    patient_paid_cents: int
    insurance_open_cents: int
    due_cents: int


@dataclass(frozen=True, slots=True)
class StatementPaper:
    """A statement as its PDF shows it."""

    number: str
    letterhead: parties.Letterhead
    guarantor: parties.Guarantor
    issued_on: date
    due_on: date
    lines: tuple[StatementLine, ...]
    credit_cents: int
    """Payments not on a service yet, deducted below the lines; positive."""
    due_cents: int
    aged: Aged
    dunning_level: int
    message: str
    return_address: str = ""
    """Where payments are sent, a line each; empty: the practice's own address."""


def drawn(paper: StatementPaper) -> bytes:
    """The statement as PDF; the same paper gives the same bytes."""
    return statement_pdf(_sheet(paper))


def _sheet(paper: StatementPaper) -> StatementSheet:
    to = paper.guarantor
    aged = paper.aged
    return StatementSheet(
        sender=parties.sender(paper.letterhead),
        number=paper.number,
        account_number=to.account_number,
        addressee=tuple(line for line in (to.name, to.street, to.city_line) if line),
        issued_on=paper.issued_on,
        due_on=paper.due_on,
        message=paper.message,
        return_to=tuple(line.strip() for line in paper.return_address.splitlines() if line.strip()),
        items=tuple(_item(line) for line in paper.lines),
        credit_cents=paper.credit_cents,
        due_cents=paper.due_cents,
        aged=(
            ("Up to 30 days", aged.to_30),
            ("31 to 60 days", aged.to_60),
            ("61 to 90 days", aged.to_90),
            ("Over 90 days", aged.over_90),
        ),
    )


def _item(line: StatementLine) -> StatementItem:
    return StatementItem(
        service_on=line.service_on,
        patient=line.patient,
        label=line.label,
        charged_cents=line.charged_cents,
        insurance_paid_cents=line.insurance_paid_cents,
        adjusted_cents=-line.adjusted_cents,
        patient_paid_cents=line.patient_paid_cents,
        insurance_open_cents=line.insurance_open_cents,
        share_cents=line.due_cents,
    )
