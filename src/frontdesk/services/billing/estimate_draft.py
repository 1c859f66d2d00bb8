"""An estimate before it is written: the visit type's expected codes at the office's fees, to be checked."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.estimate import MOST_VISITS
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.verification import VerificationResult
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.billing import codes, estimate_rules, expected_codes, fees, parties
from frontdesk.services.billing.patient_share import Benefits, Shares, share
from frontdesk.services.command import query
from frontdesk.services.registration import verifications
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class LineDraft:
    """One expected service; the fee is for one unit, the office's own where it is empty."""

    code: str
    units: int = 1
    diagnosis: str = ""
    fee_cents: int | None = None


@dataclass(frozen=True, slots=True)
class EstimateDraft:
    """An estimate as the desk writes it."""

    patient_id: int
    visit_type_id: int
    provider_id: int
    service: str
    """The primary service in plain words."""
    lines: tuple[LineDraft, ...]
    appointment_id: int | None = None
    service_on: date | None = None
    requested_on: date | None = None
    visits: int = 1
    until_on: date | None = None
    separately: str = ""


@dataclass(frozen=True, slots=True)
class Priced:
    """A line with its price: the fee of all units, and the patient's expected part."""

    code: str
    label: str
    diagnosis: str
    units: int
    fee_cents: int
    expected_cents: int


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What an estimate comes to for one visit, and how."""

    is_good_faith: bool
    lines: tuple[Priced, ...]
    why: str

    @property
    def fees_cents(self) -> int:
        return sum(line.fee_cents for line in self.lines)

    @property
    def total_cents(self) -> int:
        return sum(line.expected_cents for line in self.lines)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the desk starts from."""

    draft: EstimateDraft
    patient: str
    provider: str
    is_good_faith: bool
    without_fee: tuple[str, ...]
    """Expected codes that have no fee: they are left out until somebody sets one."""


@query(permission="billing.view")
def proposal(
    work: Work, *, patient_id: int, appointment_id: int | None = None, visit_type_id: int | None = None
) -> Proposal:
    """For a booked visit, or for a kind of visit that the patient asks about today."""
    work.concerns(patient_id)
    visit = work.get(Appointment, appointment_id) if appointment_id is not None else None
    kind_id = visit.visit_type_id if visit else visit_type_id
    if kind_id is None:
        kind_id = work.session.scalars(
            select(VisitType.id)
            .where(VisitType.is_active.is_(True))
            .order_by(VisitType.sort_order, VisitType.id)
        ).first()
    assert kind_id is not None, "the office has kinds of visit"
    kind = work.get(VisitType, kind_id)
    on = visit.starts.date() if visit else work.today
    provider_id = visit.provider_id if visit else _first_provider(work)
    wanted = expected_codes.expected(work, visit_type_id=kind_id)
    priced = [code for code in wanted if fees.amount(work, code=code, on=on) is not None]
    provider = work.get(Provider, provider_id)
    patient = work.get(Patient, patient_id)
    visits, until_on = _series(work, visit)
    return Proposal(
        draft=EstimateDraft(
            patient_id=patient_id,
            visit_type_id=kind_id,
            provider_id=provider_id,
            service=(visit.reason if visit else "") or kind.name,
            lines=tuple(LineDraft(code) for code in priced),
            appointment_id=appointment_id,
            service_on=visit.starts.date() if visit else None,
            requested_on=None if visit else work.today,
            visits=visits,
            until_on=until_on,
        ),
        patient=f"{patient.preferred_name or patient.legal_first} {patient.legal_last}",
        provider=provider.short_name,
        is_good_faith=parties.first_coverage(work, patient_id, on) is None,
        without_fee=tuple(code for code in wanted if code not in priced),
    )


@query(permission="billing.view")
def reckon(work: Work, *, draft: EstimateDraft) -> Reckoned:
    """What a draft comes to; raises Refused for a code that the office does not have or has no fee for."""
    on = draft.service_on or work.today
    coverage = parties.first_coverage(work, draft.patient_id, on)
    payer_id = parties.payer_of(work, coverage.coverage_id) if coverage else None
    lines, findings, allowed = [], [], []
    for line in draft.lines:
        try:
            procedure = codes.procedure_on(work, line.code, on)
            diagnosis = codes.diagnosis_on(work, line.diagnosis, on).code if line.diagnosis.strip() else ""
        except Refused as refused:
            findings += list(refused.findings)
            continue
        one = line.fee_cents
        if one is None:
            one = fees.amount(work, code=procedure.code, on=on, payer_id=payer_id)
        if one is None:
            words = f"{procedure.code} has no fee on {us_date(on)}. Set one, or enter the amount."
            findings.append(Finding(words, "lines"))
            continue
        fee = one * line.units
        lines.append(Priced(procedure.code, procedure.label, diagnosis, line.units, fee, 0))
        agreed = (
            fees.allowed(work, code=procedure.code, on=on, payer_id=payer_id)
            if payer_id is not None
            else None
        )
        allowed.append(min(fee, agreed * line.units) if agreed is not None else fee)
    if findings:
        raise Refused(*findings)
    if coverage is None:
        rules = estimate_rules.rules(work)
        parts = tuple(rules.self_pay_price(line.fee_cents) for line in lines)
        percent = rules.self_pay_discount_percent
        shares = Shares(parts, (f"{percent}% off the fees for paying without insurance.",) if percent else ())
    else:
        shares = share(allowed, _benefits(work, coverage))
    return Reckoned(
        is_good_faith=coverage is None,
        lines=tuple(
            Priced(line.code, line.label, line.diagnosis, line.units, line.fee_cents, part)
            for line, part in zip(lines, shares.cents, strict=True)
        ),
        why=" ".join(shares.why),
    )


def _series(work: Work, visit: Appointment | None) -> tuple[int, date | None]:
    """How often a visit of a series comes back within twelve months, and until when: one estimate for all."""
    if visit is None or visit.series_id is None:
        return 1, None
    count, last = work.session.execute(
        select(func.count(), func.max(Appointment.starts)).where(
            Appointment.series_id == visit.series_id,
            Appointment.visit_type_id == visit.visit_type_id,
            Appointment.lifecycle == Lifecycle.BOOKED,
            Appointment.starts >= visit.starts,
            Appointment.starts <= visit.starts + timedelta(days=365),
        )
    ).one()
    return (min(count, MOST_VISITS), last.date()) if count > 1 else (1, None)


def _benefits(work: Work, coverage: parties.FirstCoverage) -> Benefits:
    said = verifications.latest_of(work, [coverage.coverage_id]).get(coverage.coverage_id)
    if said is None or said.result is not VerificationResult.ACTIVE:
        return Benefits(coverage.copay_cents)
    return Benefits(
        coverage.copay_cents,
        said.coinsurance_percent,
        said.deductible_left_cents,
        said.out_of_pocket_left_cents,
    )


def _first_provider(work: Work) -> int:
    found = work.session.scalars(select(Provider.id).order_by(Provider.id)).first()
    assert found is not None, "a practice has its providers"
    return found
