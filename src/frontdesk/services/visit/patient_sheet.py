"""The whole sheet of one patient, section by section, as the desk edits it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from frontdesk.models.office.resources import Provider, Resource
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.patient import PatientStatus as PatientStatus
from frontdesk.models.registration.reach import PatientAddress
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.command import query
from frontdesk.services.records import card_scans, tied_papers
from frontdesk.services.records.card_scans import IdView
from frontdesk.services.records.tied_papers import Paper, PaperPurpose
from frontdesk.services.registration import (
    accounts,
    addresses,
    alerts,
    contacts,
    coverages,
    edits,
    former_names,
    panel,
    phones,
    required,
    reviews,
)
from frontdesk.services.registration.accounts import AccountView
from frontdesk.services.registration.alerts import Alert
from frontdesk.services.registration.contacts import Contact
from frontdesk.services.registration.drafts import (
    AddressDraft,
    AddressKind,
    DetailsDraft,
    IdentityDraft,
    PhoneDraft,
    Sex,
)
from frontdesk.services.registration.former_names import FormerNameDraft
from frontdesk.services.registration.required import Missing, Needed
from frontdesk.services.registration.reviews import Review
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Stay:
    """A temporary address that holds now or will."""

    id: int
    address: AddressDraft
    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A visit that is still booked."""

    appointment_id: int
    starts: datetime
    provider: str
    what: str


@dataclass(frozen=True, slots=True)
class PatientSheet:
    """All sections as they are now."""

    who: panel.Identity
    identity: IdentityDraft
    details: DetailsDraft
    former: tuple[FormerNameDraft, ...]
    phones: tuple[PhoneDraft, ...]
    home: AddressDraft | None
    mailing: AddressDraft | None
    confidential: AddressDraft | None
    stays: tuple[Stay, ...]
    contacts: tuple[Contact, ...]
    account: AccountView | None
    alerts: tuple[Alert, ...]
    papers: tuple[Paper, ...]
    photo_id: IdView | None
    reviews: tuple[Review, ...]
    upcoming: tuple[Upcoming, ...]
    missing: tuple[Missing, ...]
    died_on: date | None
    is_minor: bool
    providers: tuple[tuple[int, str], ...]
    """Whom the patient can usually see."""

    def paper(self, purpose: PaperPurpose) -> Paper | None:
        """The newest, where two desks or two charts brought one each."""
        found = [each for each in self.papers if each.draft.purpose is purpose]
        return found[-1] if found else None


@query(permission="registration.view")
def patient_sheet(work: Work, *, patient_id: int) -> PatientSheet:
    """A constant number of statements."""
    patient = work.get(Patient, patient_id)
    who = panel.identity(work, patient_id=patient_id)
    held = {
        kind: addresses.current(work, patient_id, kind)
        for kind in (AddressKind.HOME, AddressKind.MAILING, AddressKind.CONFIDENTIAL)
    }
    drafts = {kind: addresses.draft_of(row) if row else None for kind, row in held.items()}
    return PatientSheet(
        who=who,
        identity=edits.identity_of(patient),
        details=edits.details_of(patient),
        former=former_names.former_names(work, patient_id=patient_id),
        phones=tuple(phones.draft_of(row) for row in phones.in_use(work, patient_id)),
        home=drafts[AddressKind.HOME],
        mailing=drafts[AddressKind.MAILING],
        confidential=drafts[AddressKind.CONFIDENTIAL],
        stays=_stays(work, patient_id),
        contacts=contacts.contacts(work, patient_id=patient_id),
        account=accounts.account_of(work, patient_id=patient_id),
        alerts=alerts.in_force(work, patient_id),
        papers=tied_papers.papers(work, patient_id=patient_id),
        photo_id=_photo_id(work, patient_id),
        reviews=reviews.reviews(work, patient_id=patient_id),
        upcoming=upcoming(work, patient_id),
        missing=missing(work, patient_id=patient_id),
        died_on=patient.died_on,
        is_minor=who.age < required.ADULT_AGE,
        providers=_providers(work),
    )


@query(permission="registration.view")
def missing(work: Work, *, patient_id: int) -> tuple[Missing, ...]:
    """What the office's rules ask of this patient at check-in and is not on file; a must comes first."""
    patient = work.get(Patient, patient_id)
    is_insured = bool(coverages.in_force(work, patient_id, work.today))
    asked = required.asked_of(work, patient.born_on, is_insured=is_insured)
    if not asked:
        return ()
    numbers = phones.in_use(work, patient_id)
    known = contacts.contacts(work, patient_id=patient_id)
    there = {
        Needed.SEX: patient.sex is not Sex.UNKNOWN,
        Needed.PHONE: bool(numbers),
        Needed.TEXT_PERMISSION: any(row.permission_source for row in numbers),
        Needed.EMAIL: bool(patient.email),
        Needed.ADDRESS: addresses.mail_to(work, patient_id) is not None,
        Needed.LANGUAGE: bool(patient.language),
        Needed.RACE: bool(patient.race),
        Needed.MARITAL_STATUS: bool(patient.marital_status),
        Needed.EMERGENCY_CONTACT: any(each.draft.is_emergency for each in known),
        Needed.GUARDIAN: any(_decides(each, work.today) for each in known),
        Needed.EMPLOYER: bool(patient.employer),
        Needed.PRIMARY_CARE: bool(patient.primary_care),
        Needed.PHARMACY: bool(patient.pharmacy),
        Needed.PHOTO_ID: (shown := _photo_id(work, patient_id)) is not None and not shown.is_expired,
    }
    return tuple(sorted((each for each in asked if not there[each.field]), key=lambda each: not each.is_must))


def upcoming(work: Work, patient_id: int) -> tuple[Upcoming, ...]:
    """The visits booked from today on, in their order: what is to be called off for who is gone."""
    rows = work.session.execute(
        select(Appointment.id, Appointment.starts, Provider.short_name, Appointment.reason, VisitType.name)
        .join(Provider, Provider.id == Appointment.provider_id)
        .join(VisitType, VisitType.id == Appointment.visit_type_id)
        .where(
            Appointment.patient_id == patient_id,
            Appointment.lifecycle == Lifecycle.BOOKED,
            Appointment.starts >= datetime.combine(work.today, datetime.min.time()),
        )
        .order_by(Appointment.starts, Appointment.id)
    )
    return tuple(Upcoming(row.id, row.starts, row.short_name, row.reason or row.name) for row in rows)


def _photo_id(work: Work, patient_id: int) -> IdView | None:
    return card_scans.scans(work, patient_id=patient_id, policy_id=None).photo_id


def _decides(contact: Contact, today: date) -> bool:
    draft = contact.draft
    return draft.is_guardian and (draft.authority_until is None or draft.authority_until >= today)


def _stays(work: Work, patient_id: int) -> tuple[Stay, ...]:
    rows = work.session.scalars(
        select(PatientAddress)
        .where(
            PatientAddress.patient_id == patient_id,
            PatientAddress.kind == AddressKind.TEMPORARY,
            PatientAddress.valid_until.is_(None) | (PatientAddress.valid_until >= work.today),
        )
        .order_by(PatientAddress.valid_from, PatientAddress.id)
    )
    return tuple(Stay(row.id, addresses.draft_of(row), row.valid_from, row.valid_until) for row in rows)


def _providers(work: Work) -> tuple[tuple[int, str], ...]:
    rows = work.session.execute(
        select(Provider.id, Provider.short_name)
        .join(Resource, Resource.id == Provider.id)
        .where(Resource.is_active)
        .order_by(Resource.sort_order, Provider.short_name, Provider.id)
    )
    return tuple((row.id, row.short_name) for row in rows)
