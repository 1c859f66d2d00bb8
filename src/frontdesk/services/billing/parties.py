"""Who owes: the household's account, the first coverage, and the practice that asks."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import first_last, last_first
from frontdesk.kernel.text import us_phone
from frontdesk.models.office.practice import Practice
from frontdesk.models.registration.account import Account, AccountMember
from frontdesk.models.registration.coverage import Coverage, Policy, SelfPay
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer, Plan
from frontdesk.models.registration.reach import AddressKind, PatientAddress
from frontdesk.models.registration.verification import CoverageVerification, VerificationResult
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class FirstCoverage:
    """The coverage that is billed first on a day."""

    coverage_id: int
    payer_id: int
    payer_name: str
    plan_name: str
    copay_cents: int | None
    """As the payer last said, else as the plan usually has it."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The practice as its papers show it."""

    name: str
    street: str
    city_line: str
    phone: str
    tax_id: str


@dataclass(frozen=True, slots=True)
class Guarantor:
    """Whom the household's papers are addressed to."""

    account_id: int
    account_number: str
    name: str
    street: str
    city_line: str


def account_of(work: Work, patient_id: int, on: date) -> int:
    """The account that pays for a patient on a day; raises Refused where there is none."""
    member = AccountMember
    found = work.session.scalar(
        select(member.account_id).where(
            member.patient_id == patient_id,
            member.valid_from <= on,
            or_(member.valid_until.is_(None), member.valid_until >= on),
        )
    )
    if found is None:
        raise Refused(Finding("Nobody is named who pays for this patient. Choose the guarantor first."))
    return found


def first_coverage(work: Work, patient_id: int, on: date) -> FirstCoverage | None:
    """The coverage billed first on a day; None for self-pay."""
    self_pay = work.session.scalar(
        select(SelfPay.id).where(
            SelfPay.patient_id == patient_id,
            SelfPay.valid_from <= on,
            or_(SelfPay.valid_until.is_(None), SelfPay.valid_until >= on),
        )
    )
    if self_pay is not None:
        return None
    found = work.session.execute(
        select(Coverage.id, Payer.id, Payer.name, Plan.name, Plan.copay_cents)
        .join(Policy, Coverage.policy_id == Policy.id)
        .join(Plan, Policy.plan_id == Plan.id)
        .join(Payer, Plan.payer_id == Payer.id)
        .where(
            Coverage.patient_id == patient_id,
            Coverage.is_active.is_(True),
            Coverage.effective_from <= on,
            or_(Coverage.effective_until.is_(None), Coverage.effective_until >= on),
        )
        .order_by(Coverage.rank, Coverage.id)
        .limit(1)
    ).one_or_none()
    if found is None:
        return None
    coverage_id, payer_id, payer_name, plan_name, copay_cents = found
    said = work.session.scalar(
        select(CoverageVerification.copay_cents)
        .where(
            CoverageVerification.coverage_id == coverage_id,
            CoverageVerification.result == VerificationResult.ACTIVE,
            CoverageVerification.copay_cents.is_not(None),
        )
        .order_by(CoverageVerification.verified_at.desc())
        .limit(1)
    )
    return FirstCoverage(coverage_id, payer_id, payer_name, plan_name, copay_cents if said is None else said)


def letterhead(work: Work) -> Letterhead:
    """The practice at the top of a receipt, statement or slip."""
    practice = work.session.scalar(select(Practice))
    if practice is None:
        raise Refused(Finding("The practice has no name and address yet. Enter them under Office first."))
    return Letterhead(
        name=practice.name,
        street=" ".join(part for part in (practice.address1, practice.address2) if part),
        city_line=_city_line(practice.city, practice.state, practice.zip),
        phone=us_phone(practice.phone),
        tax_id=f"{practice.tax_id[:2]}-{practice.tax_id[2:]}",
    )


def guarantor(work: Work, account_id: int) -> Guarantor:
    """The holder of an account; a patient's own mailing address where the account has none."""
    account = work.get(Account, account_id)
    name = first_last(account.holder_first, account.holder_last)
    if account.holder_patient_id is not None:
        holder = work.get(Patient, account.holder_patient_id)
        name = first_last(holder.legal_first, holder.legal_last)
    street = ", ".join(part for part in (account.street, account.unit) if part)
    city_line = _city_line(account.city, account.state, account.postal_code)
    if not street and account.holder_patient_id is not None:
        street, city_line = _home_of(work.session, account.holder_patient_id, work.today)
    return Guarantor(account_id, account.number, name, street, city_line)


def patient_name(work: Work, patient_id: int) -> str:
    """ "Foster, Danielle"."""
    patient = work.get(Patient, patient_id)
    return last_first(patient.legal_last, patient.legal_first)


def printed_at(at: datetime) -> str:
    """A wall time as papers carry it: "03/17/2026 10:42 AM"."""
    return f"{at:%m/%d/%Y} {at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"


def _home_of(session: Session, patient_id: int, on: date) -> tuple[str, str]:
    address = PatientAddress
    # A mailing address goes before the home.
    found = session.scalar(
        select(address)
        .where(
            address.patient_id == patient_id,
            address.kind.in_([AddressKind.MAILING, AddressKind.HOME]),
            address.valid_from <= on,
            or_(address.valid_until.is_(None), address.valid_until >= on),
        )
        .order_by(address.kind.desc())
        .limit(1)
    )
    if found is None:
        return "", ""
    street = ", ".join(part for part in (found.street, found.unit) if part)
    return street, _city_line(found.city, found.state, found.postal_code)


def _city_line(city: str, state: str, postal_code: str) -> str:
    code = postal_code if len(postal_code) != 9 else f"{postal_code[:5]}-{postal_code[5:]}"
    return f"{city}, {state} {code}".strip(", ")
