"""What is owed, by whom: for a line, a patient, an account, the whole practice."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, case, func, select

from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party
from frontdesk.services.command import query
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Balance:
    """An amount by who owes it. `total_cents` = payer + patient - credit."""

    total_cents: int
    payer_cents: int
    patient_cents: int
    credit_cents: int
    """Money received that is on no line yet; positive."""

    @property
    def patient_net_cents(self) -> int:
        """What patients owe beyond their credit; negative where the credit is more."""
        return self.patient_cents - self.credit_cents


@dataclass(frozen=True, slots=True)
class LineBalance:
    """A charge line and what is still open on it."""

    charge_line_id: int
    patient_id: int
    appointment_id: int | None
    service_on: date
    code: str
    label: str
    charged_cents: int
    patient_paid_cents: int
    payer_paid_cents: int
    adjusted_cents: int
    """Contract, write-offs and corrections; negative lowers the debt."""
    payer_cents: int
    patient_cents: int
    is_void: bool

    @property
    def open_cents(self) -> int:
        return self.payer_cents + self.patient_cents

    @property
    def paid_cents(self) -> int:
        return self.patient_paid_cents + self.payer_paid_cents


@query(permission="billing.view")
def of_account(work: Work, *, account_id: int) -> Balance:
    """What a household owes and has to its credit."""
    return _balance(work, JournalEntry.account_id == account_id)


@query(permission="billing.view")
def of_patient(work: Work, *, patient_id: int) -> Balance:
    """What is open for one patient, whoever owes it."""
    return _balance(work, JournalEntry.patient_id == patient_id)


@query(permission="billing.view")
def receivable(work: Work) -> int:
    """The practice's accounts receivable, in cents: every entry ever made."""
    return int(work.session.scalar(select(func.coalesce(func.sum(JournalEntry.amount_cents), 0))) or 0)


@query(permission="billing.view")
def lines_of_patient(
    work: Work, *, patient_id: int, only_open: bool = False, with_void: bool = False
) -> tuple[LineBalance, ...]:
    """A patient's charge lines, the newest visit first."""
    return _lines(work, ChargeLine.patient_id == patient_id, only_open=only_open, with_void=with_void)


@query(permission="billing.view")
def lines_of_account(
    work: Work, *, account_id: int, only_open: bool = False, with_void: bool = False
) -> tuple[LineBalance, ...]:
    """A household's charge lines, the newest visit first."""
    return _lines(work, ChargeLine.account_id == account_id, only_open=only_open, with_void=with_void)


@query(permission="billing.view")
def lines_of_visit(work: Work, *, appointment_id: int) -> tuple[LineBalance, ...]:
    """The charge lines of one visit that stand."""
    return _lines(work, ChargeLine.appointment_id == appointment_id)


def lines_by_id(work: Work, charge_line_ids: tuple[int, ...]) -> dict[int, LineBalance]:
    """Lines by their ids, the void ones too; ids that do not exist are left out."""
    found = _lines(work, ChargeLine.id.in_(charge_line_ids), with_void=True)
    return {line.charge_line_id: line for line in found}


def patient_due_by_patient(work: Work, patient_ids: tuple[int, ...]) -> dict[int, int]:
    """What each of these patients owes themselves, credit deducted, in cents; for lists and boards."""
    found = _PATIENT_DUE.rows(work.session, {"patients": patient_ids})
    return {patient_id: int(cents) for patient_id, cents in found if cents}


_PATIENT_DUE: Final = Prepared(
    select(JournalEntry.patient_id, func.sum(JournalEntry.amount_cents))
    .where(among(JournalEntry.patient_id, "patients"), JournalEntry.responsible == Party.PATIENT)
    .group_by(JournalEntry.patient_id)
)


def _sum_where(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, JournalEntry.amount_cents), else_=0)), 0)


def _balance(work: Work, whose: ColumnElement[bool]) -> Balance:
    entry = JournalEntry
    on_line = entry.charge_line_id.is_not(None)
    payer, patient, free = work.session.execute(
        select(
            _sum_where(on_line & (entry.responsible == Party.PAYER)),
            _sum_where(on_line & (entry.responsible == Party.PATIENT)),
            _sum_where(~on_line),
        ).where(whose)
    ).one()
    return Balance(int(payer + patient + free), int(payer), int(patient), -int(free))


def _lines(
    work: Work, which: ColumnElement[bool], *, only_open: bool = False, with_void: bool = False
) -> tuple[LineBalance, ...]:
    entry, line = JournalEntry, ChargeLine
    paid = entry.kind == EntryKind.PAYMENT
    adjusted = entry.kind.in_([EntryKind.CONTRACTUAL, EntryKind.WRITE_OFF, EntryKind.CORRECTION])
    payer_open = _sum_where(entry.responsible == Party.PAYER)
    patient_open = _sum_where(entry.responsible == Party.PATIENT)
    wanted = (
        select(
            line,
            _sum_where(paid & (entry.responsible == Party.PATIENT)),
            _sum_where(paid & (entry.responsible == Party.PAYER)),
            _sum_where(adjusted),
            payer_open,
            patient_open,
        )
        .join(entry, entry.charge_line_id == line.id)
        .where(which)
        .group_by(line.id)
        .order_by(line.service_on.desc(), line.appointment_id, line.place, line.id)
    )
    if not with_void:
        wanted = wanted.where(line.voided_at.is_(None))
    if only_open:
        wanted = wanted.having((payer_open != 0) | (patient_open != 0))
    return tuple(
        LineBalance(
            charge_line_id=row.id,
            patient_id=row.patient_id,
            appointment_id=row.appointment_id,
            service_on=row.service_on,
            code=row.code,
            label=row.label,
            charged_cents=row.amount_cents,
            patient_paid_cents=-int(patient_paid),
            payer_paid_cents=-int(payer_paid),
            adjusted_cents=int(change),
            payer_cents=int(payer),
            patient_cents=int(patient),
            is_void=row.voided_at is not None,
        )
        for row, patient_paid, payer_paid, change, payer, patient in work.session.execute(wanted)
    )
