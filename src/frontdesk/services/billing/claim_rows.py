"""The rows that claims rest on, each kind in one statement for all claims at hand."""

from collections import defaultdict
from datetime import date

from sqlalchemy import and_, func, or_, select

from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim, ClaimLine, ClaimState
from frontdesk.models.billing.code_lists import HcpcsCode
from frontdesk.models.billing.codes import DiagnosisCode, ProcedureCode
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.authorization import AuthorizationGrant
from frontdesk.models.registration.coverage import Coverage, SelfPay
from frontdesk.models.registration.reach import AddressKind, PatientAddress
from frontdesk.services.work import Work

_GONE = (ClaimState.VOID, ClaimState.CORRECTED, ClaimState.CLOSED)

Service = tuple[int, int, date, str, str]
"""Payer, patient, day, code and modifiers."""


def addresses(work: Work, patient_ids: set[int]) -> defaultdict[int, list[PatientAddress]]:
    """Home addresses, the newest first."""
    found = work.session.scalars(
        select(PatientAddress)
        .where(PatientAddress.patient_id.in_(patient_ids), PatientAddress.kind == AddressKind.HOME)
        .order_by(PatientAddress.valid_from.desc(), PatientAddress.id)
    )
    by_patient: defaultdict[int, list[PatientAddress]] = defaultdict(list)
    for row in found:
        by_patient[row.patient_id].append(row)
    return by_patient


def lines(work: Work, claim_ids: list[int]) -> defaultdict[int, list[tuple[ClaimLine, ChargeLine]]]:
    """The lines of claims with their charges, in order."""
    found = work.session.execute(
        select(ClaimLine, ChargeLine)
        .join(ChargeLine, ClaimLine.charge_line_id == ChargeLine.id)
        .where(ClaimLine.claim_id.in_(claim_ids))
        .order_by(ClaimLine.claim_id, ClaimLine.place)
    )
    by_claim: defaultdict[int, list[tuple[ClaimLine, ChargeLine]]] = defaultdict(list)
    for line, charge in found:
        by_claim[line.claim_id].append((line, charge))
    return by_claim


def rendering(work: Work, claims: list[Claim], charges: list[ChargeLine]) -> dict[int, Provider]:
    """Who did a service without having seen the patient of its claim."""
    seen = {claim.provider_id for claim in claims}
    others = {charge.provider_id for charge in charges if charge.provider_id} - seen
    # One who saw the patient of another claim at hand may have done a line of this one.
    if not others and len(seen) < 2:
        return {}
    rows = work.session.scalars(select(Provider).where(Provider.id.in_(others | seen)))
    return {row.id: row for row in rows}


def diagnoses(work: Work, claims: list[Claim]) -> defaultdict[str, list[DiagnosisCode]]:
    """Every edition of the diagnoses that claims name."""
    wanted = {code for claim in claims for code in claim.diagnoses.split()}
    by_code: defaultdict[str, list[DiagnosisCode]] = defaultdict(list)
    for row in work.session.scalars(select(DiagnosisCode).where(DiagnosisCode.code.in_(wanted))):
        by_code[row.code].append(row)
    return by_code


def procedures(
    work: Work, lines: dict[int, list[tuple[ClaimLine, ChargeLine]]]
) -> defaultdict[str, list[ProcedureCode | HcpcsCode]]:
    """Every edition of the codes that lines name: the office's own, and those of HCPCS."""
    wanted = {charge.code for rows in lines.values() for _, charge in rows}
    by_code: defaultdict[str, list[ProcedureCode | HcpcsCode]] = defaultdict(list)
    for row in work.session.scalars(select(ProcedureCode).where(ProcedureCode.code.in_(wanted))):
        by_code[row.code].append(row)
    for public in work.session.scalars(select(HcpcsCode).where(HcpcsCode.code.in_(wanted))):
        by_code[public.code].append(public)
    return by_code


def grants(work: Work, coverage_ids: set[int]) -> defaultdict[int, list[AuthorizationGrant]]:
    """Authorizations and referrals that stand."""
    found = work.session.scalars(
        select(AuthorizationGrant)
        .where(AuthorizationGrant.coverage_id.in_(coverage_ids), AuthorizationGrant.is_active)
        .order_by(AuthorizationGrant.valid_from, AuthorizationGrant.id)
    )
    by_coverage: defaultdict[int, list[AuthorizationGrant]] = defaultdict(list)
    for row in found:
        by_coverage[row.coverage_id].append(row)
    return by_coverage


def self_pay(work: Work, patient_ids: set[int]) -> defaultdict[int, list[SelfPay]]:
    """When patients chose to pay themselves."""
    by_patient: defaultdict[int, list[SelfPay]] = defaultdict(list)
    for row in work.session.scalars(select(SelfPay).where(SelfPay.patient_id.in_(patient_ids))):
        by_patient[row.patient_id].append(row)
    return by_patient


def ranks(work: Work, claims: list[Claim]) -> dict[int, int]:
    """The lowest rank among each patient's coverages on the day of the claim."""
    on = Claim.service_on
    found = work.session.execute(
        select(Claim.id, func.min(Coverage.rank))
        .join(Coverage, Coverage.patient_id == Claim.patient_id)
        .where(
            Claim.id.in_([claim.id for claim in claims]),
            Coverage.is_active,
            Coverage.case_number == "",
            Coverage.effective_from <= on,
            or_(Coverage.effective_until.is_(None), Coverage.effective_until >= on),
        )
        .group_by(Claim.id)
    )
    return {row[0]: row[1] for row in found}


def asked(work: Work, claims: list[Claim]) -> defaultdict[Service, list[tuple[int, str]]]:
    """Which standing claims of these patients ask for a service; another payer may be asked too."""
    days = [claim.service_on for claim in claims]
    found = work.session.execute(
        select(
            Claim.payer_id,
            Claim.patient_id,
            ChargeLine.service_on,
            ChargeLine.code,
            ChargeLine.modifiers,
            Claim.id,
            Claim.number,
        )
        .join(ClaimLine, ClaimLine.claim_id == Claim.id)
        .join(ChargeLine, ClaimLine.charge_line_id == ChargeLine.id)
        .where(
            Claim.patient_id.in_({claim.patient_id for claim in claims}),
            and_(Claim.service_on >= min(days), Claim.service_on <= max(days)),
            Claim.state.not_in(_GONE),
        )
        .order_by(Claim.id)
    )
    by_service: defaultdict[Service, list[tuple[int, str]]] = defaultdict(list)
    for payer_id, patient_id, on, code, modifiers, claim_id, number in found:
        by_service[payer_id, patient_id, on, code, modifiers].append((claim_id, number))
    return by_service
