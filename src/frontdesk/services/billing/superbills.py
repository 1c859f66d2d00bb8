"""The superbill of a visit: issued, returned, entered, checked, released; and the ones that are missing."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from sqlalchemy import Select, func, select

from frontdesk.formats import superbill_code
from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.names import last_first
from frontdesk.models.billing.charges import ChargeLine, Superbill, SuperbillDiagnosis
from frontdesk.models.billing.charges import SuperbillState as SuperbillState
from frontdesk.models.office.practice import Site
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.services.billing import (
    charges,
    claim_making,
    codes,
    drugs,
    other_providers,
    parties,
    superbill_templates,
)
from frontdesk.services.billing.charges import NewCharge, Where
from frontdesk.services.billing.other_providers import Named
from frontdesk.services.billing.sheet import Sheet, checked
from frontdesk.services.billing.superbill_numbers import DID_NOT_TAKE_PLACE
from frontdesk.services.billing.superbill_templates import SheetSection
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.schedule import visit_authorizations
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_superbill_appointment_id", "This visit has its superbill already.")

_SEEN = (Lifecycle.ARRIVED, Lifecycle.IN_PROGRESS, Lifecycle.COMPLETED)


@dataclass(frozen=True, slots=True)
class SuperbillRow:
    """A superbill in a list."""

    id: int
    version: int
    number: int
    appointment_id: int
    patient_id: int
    patient: str
    provider: str
    service_on: date
    state: SuperbillState
    total_cents: int


@dataclass(frozen=True, slots=True)
class EnteredLine:
    """A charge line as the superbill shows it."""

    charge_line_id: int
    place: int
    code: str
    label: str
    modifiers: str
    pointers: str
    units: int
    amount_cents: int
    ndc: str = ""
    """Of the drug that was given."""
    provider_id: int | None = None
    """Who did it, where that is not who saw the patient."""


@dataclass(frozen=True, slots=True)
class SuperbillSheet:
    """A whole superbill; also what its PDF shows."""

    row: SuperbillRow
    born_on: date
    chart_number: str
    payer: str
    copay_cents: int | None
    place_of_service: str
    diagnoses: tuple[codes.Diagnosis, ...]
    lines: tuple[EnteredLine, ...]
    sections: tuple[SheetSection, ...]
    """What there is to tick on paper: the office's template for this provider."""
    letterhead: parties.Letterhead
    providers: tuple[Named, ...] = ()
    """Who else is named."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A visit whose charges are not in the ledger."""

    appointment_id: int
    patient_id: int
    patient: str
    provider: str
    service_on: date
    superbill_id: int | None
    number: str
    """As it is printed; empty where none was issued."""
    why: Literal["never issued", "not returned", "not entered"]


def _reopened(done: Performed) -> Undo:
    return Undo(reopen, superbill_id=done.arguments["superbill_id"], reason="Undone.")


@command(
    "Issue superbill",
    permission="billing.enter_charges",
    undo=irreversible("A superbill's number is never used again; it stays open until the visit is charged."),
)
def issue(work: Work, *, appointment_id: int) -> int:
    """Give the visit its superbill at arrival; the same one when it has one."""
    visit = work.get(Appointment, appointment_id)
    work.concerns(visit.patient_id)
    known = work.session.scalar(select(Superbill.id).where(Superbill.appointment_id == appointment_id))
    if known is not None:
        return known
    if visit.lifecycle not in (*_SEEN, Lifecycle.BOOKED):
        raise Refused(Finding("This visit does not take place, so it has no superbill."))
    on = visit.starts.date()
    coverage = parties.first_coverage(work, visit.patient_id, on, visit)
    bill = Superbill(
        number=work.next_number("superbill"),
        appointment_id=appointment_id,
        patient_id=visit.patient_id,
        provider_id=visit.provider_id,
        service_on=on,
        state=SuperbillState.ISSUED,
        coverage_id=coverage.coverage_id if coverage else None,
        place_of_service=work.get(Site, visit.site_id).place_of_service,
        issued_at=work.now,
    )
    return work.add(bill).id


@command(
    "Take superbill back in",
    permission="billing.enter_charges",
    undo=_reopened,
)
def take_back(work: Work, *, superbill_id: int, version: int | None = None) -> None:
    """The sheet came back from the room."""
    bill = work.get(Superbill, superbill_id, version)
    work.concerns(bill.patient_id)
    _only_from(bill, SuperbillState.ISSUED)
    bill.state, bill.returned_at = SuperbillState.RETURNED, work.now


@command(
    "Enter charges",
    permission="billing.enter_charges",
    undo=_reopened,
)
def enter(work: Work, *, superbill_id: int, sheet: Sheet, version: int | None = None) -> tuple[int, ...]:
    """Turn the ticks into charge lines in the ledger; all that is wrong is refused at once."""
    bill = work.get(Superbill, superbill_id, version)
    work.concerns(bill.patient_id)
    _only_from(bill, SuperbillState.ISSUED, SuperbillState.RETURNED)
    if bill.service_on > work.today:
        raise Refused(Finding("The visit has not taken place yet. Enter its charges on the day."))
    diagnoses, new = checked(work, bill, sheet)
    for place, diagnosis in enumerate(diagnoses, 1):
        work.add(
            SuperbillDiagnosis(
                superbill_id=bill.id,
                place=place,
                code=codes.undotted(diagnosis.code),
                label=diagnosis.label,
            )
        )
    where = Where(
        patient_id=bill.patient_id,
        account_id=parties.account_of(work, bill.patient_id, bill.service_on),
        service_on=bill.service_on,
        provider_id=bill.provider_id,
        appointment_id=bill.appointment_id,
        superbill_id=bill.id,
        coverage_id=bill.coverage_id,
        place_of_service=sheet.place_of_service,
    )
    lines = charges.enter(work, where, new)
    other_providers.keep(work, bill.id, sheet.providers)
    bill.state, bill.place_of_service = SuperbillState.ENTERED, sheet.place_of_service
    bill.returned_at = bill.returned_at or work.now
    bill.entered_at, bill.entered_by_id = work.now, work.actor.user_id
    claim_making.draft(work, bill)
    visit_authorizations.charged(work, bill.appointment_id, _units(new))
    return lines


@command(
    "Check superbill",
    permission="billing.enter_charges",
    undo=irreversible("A checked superbill is reopened with a reason."),
)
def check(work: Work, *, superbill_id: int, version: int | None = None) -> None:
    """Somebody looked over what was entered."""
    bill = work.get(Superbill, superbill_id, version)
    work.concerns(bill.patient_id)
    _only_from(bill, SuperbillState.ENTERED)
    bill.state, bill.checked_at = SuperbillState.CHECKED, work.now


@command(
    "Release superbill",
    permission="billing.enter_charges",
    undo=irreversible("A released superbill is reopened with a reason."),
)
def release(work: Work, *, superbill_id: int, version: int | None = None) -> None:
    """Let the charges go to the claim, or to the patient's statement."""
    bill = work.get(Superbill, superbill_id, version)
    work.concerns(bill.patient_id)
    _only_from(bill, SuperbillState.CHECKED)
    bill.state, bill.released_at = SuperbillState.RELEASED, work.now
    claim_making.release(work, bill)


@command(
    "Reopen superbill",
    permission="billing.void",
    undo=irreversible("Enter the charges again; the numbers of the voided lines stay in the ledger."),
)
def reopen(work: Work, *, superbill_id: int, reason: str, version: int | None = None) -> None:
    """Void the lines and start again; what the patient paid stays to their credit."""
    bill = work.get(Superbill, superbill_id, version)
    work.concerns(bill.patient_id)
    refuse_if_any([] if reason.strip() else [Finding("Say why the superbill is reopened.", "reason")])
    claim_making.discard(work, bill, reason)
    lines = work.session.scalars(
        select(ChargeLine.id)
        .where(ChargeLine.superbill_id == bill.id, ChargeLine.voided_at.is_(None))
        .order_by(ChargeLine.id)
    )
    for charge_line_id in lines.all():
        charges.void(work, charge_line_id=charge_line_id, reason=reason)
    for diagnosis in work.session.scalars(
        select(SuperbillDiagnosis).where(SuperbillDiagnosis.superbill_id == bill.id)
    ).all():
        work.session.delete(diagnosis)
    other_providers.forget(work, bill.id)
    entered = bill.state not in (SuperbillState.ISSUED, SuperbillState.RETURNED)
    bill.state = SuperbillState.RETURNED if entered else SuperbillState.ISSUED
    visit_authorizations.uncharged(work, bill.appointment_id)
    bill.returned_at = bill.returned_at if entered else None
    bill.entered_at = bill.entered_by_id = bill.checked_at = bill.released_at = None


@query(permission="billing.view")
def of_state(work: Work, *, states: tuple[SuperbillState, ...], limit: int = 500) -> tuple[SuperbillRow, ...]:
    """Superbills that stand at one of these steps, the oldest visit first; not of a visit that fell out."""
    fell_out = (Superbill.state == SuperbillState.ISSUED) & Appointment.lifecycle.in_(DID_NOT_TAKE_PLACE)
    found = work.session.execute(
        _with_names()
        .join(Appointment, Superbill.appointment_id == Appointment.id)
        .where(Superbill.state.in_(states), ~fell_out)
        .order_by(Superbill.service_on, Superbill.id)
        .limit(limit)
    ).all()
    totals = _totals(work, [bill.id for bill, _, _ in found])
    return tuple(_row(bill, patient, provider, totals.get(bill.id, 0)) for bill, patient, provider in found)


@query(permission="billing.view")
def sheet_of(work: Work, *, superbill_id: int) -> SuperbillSheet:
    """One superbill with all that is on it."""
    bill, patient, provider = work.session.execute(_with_names().where(Superbill.id == superbill_id)).one()
    diagnoses = work.session.scalars(
        select(SuperbillDiagnosis)
        .where(SuperbillDiagnosis.superbill_id == superbill_id)
        .order_by(SuperbillDiagnosis.place)
    )
    lines = work.session.scalars(
        select(ChargeLine)
        .where(ChargeLine.superbill_id == superbill_id, ChargeLine.voided_at.is_(None))
        .order_by(ChargeLine.place)
    ).all()
    given = drugs.of_lines(work, [line.id for line in lines])
    visit = work.get(Appointment, bill.appointment_id)
    coverage = parties.first_coverage(work, bill.patient_id, bill.service_on, visit)
    return SuperbillSheet(
        row=_row(bill, patient, provider, sum(line.amount_cents for line in lines)),
        born_on=patient.born_on,
        chart_number=patient.chart_number,
        payer=coverage.payer_name if coverage else "Self-pay",
        copay_cents=coverage.copay_cents if coverage else None,
        place_of_service=bill.place_of_service,
        diagnoses=tuple(
            codes.Diagnosis(codes.dotted(row.code), row.label, is_billable=True) for row in diagnoses
        ),
        lines=tuple(
            EnteredLine(
                charge_line_id=line.id,
                place=line.place,
                code=line.code,
                label=line.label,
                modifiers=line.modifiers,
                pointers=line.diagnosis_pointers,
                units=line.units,
                amount_cents=line.amount_cents,
                ndc=given[line.id].ndc if line.id in given else "",
                provider_id=None if line.provider_id == bill.provider_id else line.provider_id,
            )
            for line in lines
        ),
        sections=superbill_templates.sections_for(work, bill.provider_id, bill.service_on),
        letterhead=parties.letterhead(work),
        providers=other_providers.of_superbill(work, superbill_id),
    )


@query(permission="billing.view")
def missing(work: Work, *, since: date, until: date) -> tuple[Missing, ...]:
    """Visits that took place in these days and are not charged yet, the oldest first."""
    found = work.session.execute(
        select(Appointment, Superbill, Patient, Provider.short_name)
        .outerjoin(Superbill, Superbill.appointment_id == Appointment.id)
        .join(Patient, Appointment.patient_id == Patient.id)
        .join(Provider, Appointment.provider_id == Provider.id)
        .where(
            Appointment.lifecycle.in_(_SEEN),
            Appointment.starts >= datetime.combine(since, time.min),
            Appointment.starts < datetime.combine(until + timedelta(days=1), time.min),
            Superbill.id.is_(None) | Superbill.state.in_([SuperbillState.ISSUED, SuperbillState.RETURNED]),
        )
        .order_by(Appointment.starts, Appointment.id)
    )
    return tuple(_missing(visit, bill, patient, provider) for visit, bill, patient, provider in found)


def _units(lines: tuple[NewCharge, ...]) -> dict[str, int]:
    units: dict[str, int] = {}
    for line in lines:
        units[line.code] = units.get(line.code, 0) + line.units
    return units


def _missing(visit: Appointment, bill: Superbill | None, patient: Patient, provider: str) -> Missing:
    return Missing(
        appointment_id=visit.id,
        patient_id=patient.id,
        patient=last_first(patient.legal_last, patient.legal_first),
        provider=provider,
        service_on=visit.starts.date(),
        superbill_id=None if bill is None else bill.id,
        number="" if bill is None else superbill_code.written(bill.number),
        why=_why_missing(bill),
    )


def _why_missing(bill: Superbill | None) -> Literal["never issued", "not returned", "not entered"]:
    if bill is None:
        return "never issued"
    return "not returned" if bill.state is SuperbillState.ISSUED else "not entered"


def _only_from(bill: Superbill, *states: SuperbillState) -> None:
    if bill.state not in states:
        raise Refused(Finding(f"This superbill is {bill.state.value} already."))


def _with_names() -> Select[Superbill, Patient, str]:
    return (
        select(Superbill, Patient, Provider.short_name)
        .join(Patient, Superbill.patient_id == Patient.id)
        .join(Provider, Superbill.provider_id == Provider.id)
    )


def _totals(work: Work, superbill_ids: list[int]) -> dict[int, int]:
    found = work.session.execute(
        select(ChargeLine.superbill_id, func.sum(ChargeLine.amount_cents))
        .where(ChargeLine.superbill_id.in_(superbill_ids), ChargeLine.voided_at.is_(None))
        .group_by(ChargeLine.superbill_id)
    )
    return {id: int(cents) for id, cents in found if id is not None}


def _row(bill: Superbill, patient: Patient, provider: str, total_cents: int) -> SuperbillRow:
    return SuperbillRow(
        id=bill.id,
        version=bill.version,
        number=bill.number,
        appointment_id=bill.appointment_id,
        patient_id=bill.patient_id,
        patient=last_first(patient.legal_last, patient.legal_first),
        provider=provider,
        service_on=bill.service_on,
        state=bill.state,
        total_cents=total_cents,
    )
