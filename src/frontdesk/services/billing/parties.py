"""Who owes: the household's account, the first coverage, and the practice that asks."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import us_phone
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.journal import JournalEntry, Party
from frontdesk.models.office.practice import Practice
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Plan
from frontdesk.models.registration.verification import VerificationResult
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.registration import accounts, coverages, phones, self_pay, verifications
from frontdesk.services.registration.accounts import AccountView
from frontdesk.services.schedule import visit_payers
from frontdesk.services.work import Work

if TYPE_CHECKING:
    from frontdesk.formats.pdf.letterhead import Sender


@dataclass(frozen=True, slots=True)
class FirstCoverage:
    """The coverage that is billed first on a day."""

    coverage_id: int
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
    found = accounts.account_id_of(work, patient_id, on)
    if found is None:
        # A visit before the account was opened is paid by the account there is now.
        found = accounts.account_id_of(work, patient_id, work.today)
    if found is None:
        raise Refused(Finding("Nobody is named who pays for this patient. Choose the guarantor first."))
    return found


def first_coverage(
    work: Work, patient_id: int, on: date, visit: Appointment | None = None
) -> FirstCoverage | None:
    """The coverage billed first on a day, or for a visit; None for self-pay."""
    if self_pay.in_force(work, patient_id, on) is not None:
        return None
    in_force = visit_payers.lines_of(work, visit) if visit else coverages.in_force(work, patient_id, on)
    if not in_force:
        return None
    first = in_force[0]
    said = verifications.latest_of(work, [first.id]).get(first.id)
    copay_cents = first.plan_copay_cents
    if said is not None and said.result is VerificationResult.ACTIVE and said.copay_cents is not None:
        copay_cents = said.copay_cents
    return FirstCoverage(first.id, first.payer, first.plan, copay_cents)


def payer_of(work: Work, coverage_id: int | None) -> int | None:
    """The payer behind a coverage; None for self-pay."""
    if coverage_id is None:
        return None
    return work.session.scalar(
        select(Plan.payer_id)
        .join(Policy, Policy.plan_id == Plan.id)
        .join(Coverage, Coverage.policy_id == Policy.id)
        .where(Coverage.id == coverage_id)
    )


def owing_payer(work: Work, charge_line_id: int) -> int | None:
    """The payer that owes most on a line; where none does, the one billed first; None for self-pay."""
    work.flush()
    owed = func.sum(JournalEntry.amount_cents)
    found = work.session.scalar(
        select(JournalEntry.payer_id)
        .where(JournalEntry.charge_line_id == charge_line_id, JournalEntry.responsible == Party.PAYER)
        .group_by(JournalEntry.payer_id)
        .having(owed > 0)
        .order_by(owed.desc(), JournalEntry.payer_id)
        .limit(1)
    )
    return found or payer_of(work, work.get(ChargeLine, charge_line_id).coverage_id)


def owed_by_payer(work: Work, charge_line_id: int) -> int:
    """What `owing_payer` owes on a line, in cents; another insurer's part of it is another's."""
    payer_id = owing_payer(work, charge_line_id)
    found = work.session.scalar(
        select(func.sum(JournalEntry.amount_cents)).where(
            JournalEntry.charge_line_id == charge_line_id,
            JournalEntry.responsible == Party.PAYER,
            JournalEntry.payer_id == payer_id,
        )
    )
    return int(found or 0)


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


def sender(head: Letterhead) -> "Sender":
    """The practice at the top of a paper, without the lines that are empty."""
    # Loaded here: who prints nothing pays nothing.
    from frontdesk.formats.pdf.letterhead import Sender

    return Sender(head.name, tuple(line for line in (head.street, head.city_line, head.phone) if line))


def guarantor(work: Work, account_id: int) -> Guarantor:
    """The holder of an account, with the address that mail goes to."""
    account = accounts.view(work, account_id)
    if account.address is None:
        return Guarantor(account_id, account.number, account.holder, "", "")
    home = account.address
    street = ", ".join(part for part in (home.street, home.unit) if part)
    city_line = _city_line(home.city, home.state, home.postal_code)
    return Guarantor(account_id, account.number, account.holder, street, city_line)


def patient_name(work: Work, patient_id: int) -> str:
    """ "Foster, Danielle"."""
    patient = work.get(Patient, patient_id)
    return last_first(patient.legal_last, patient.legal_first)


def _city_line(city: str, state: str, postal_code: str) -> str:
    code = f"{postal_code[:5]}-{postal_code[5:]}" if len(postal_code) == 9 else postal_code
    return f"{city}, {state} {code}".strip(", ")


def billed_patients(work: Work, account_id: int) -> list[int]:
    """The patients whose charges a household pays, for the audit log and the access report."""
    found = work.session.scalars(
        select(ChargeLine.patient_id).where(ChargeLine.account_id == account_id).distinct()
    )
    return sorted(found)


def phone_of(work: Work, account: AccountView) -> str:
    """Where the holder of an account is called: "(503) 555-0148"; empty where no phone is known."""
    if account.holder_patient_id is None:
        return us_phone(account.holder_phone)
    found = phones.in_use(work, account.holder_patient_id)
    return us_phone(found[0].number) if found else ""
