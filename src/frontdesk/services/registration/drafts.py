"""What the desk types about a patient, section by section, before it is checked."""

from dataclasses import dataclass, field
from datetime import date

from frontdesk.models.registration.coverage import MedicareSecondary as MedicareSecondary
from frontdesk.models.registration.coverage import Relationship as Relationship
from frontdesk.models.registration.patient import Race as Race
from frontdesk.models.registration.patient import ReminderWay as ReminderWay
from frontdesk.models.registration.patient import Sex as Sex
from frontdesk.models.registration.reach import AddressKind as AddressKind
from frontdesk.models.registration.reach import PermissionSource as PermissionSource
from frontdesk.models.registration.reach import PhoneKind as PhoneKind


@dataclass(frozen=True, slots=True)
class IdentityDraft:
    """Who the patient is on paper."""

    legal_first: str
    legal_last: str
    born_on: date
    sex: Sex = Sex.UNKNOWN
    legal_middle: str = ""
    suffix: str = ""
    preferred_name: str = ""
    former_last_name: str = ""


@dataclass(frozen=True, slots=True)
class DetailsDraft:
    """What else the desk asks a patient about."""

    gender_identity: str = ""
    pronouns: str = ""
    language: str = "English"
    interpreter_needed: bool = False
    race: tuple[Race, ...] = ()
    marital_status: str = ""
    email: str = ""
    reminder_way: ReminderWay = ReminderWay.TEXT
    second_way: ReminderWay = ReminderWay.NONE
    employer: str = ""
    pharmacy: str = ""
    primary_care: str = ""
    referring: str = ""
    usual_provider_id: int | None = None


@dataclass(frozen=True, slots=True)
class PhoneDraft:
    """A phone as typed; the place in its tuple is its rank."""

    number: str
    kind: PhoneKind = PhoneKind.MOBILE
    text_ok: bool = False
    voicemail_ok: bool = False
    note: str = ""
    permission_source: PermissionSource | None = None
    """How the patient allowed texts and messages; none where nothing was said."""
    permission_on: date | None = None


@dataclass(frozen=True, slots=True)
class AddressDraft:
    """An address as typed."""

    street: str
    city: str
    state: str
    postal_code: str
    unit: str = ""
    kind: AddressKind = AddressKind.HOME


@dataclass(frozen=True, slots=True)
class GuarantorDraft:
    """Who pays: a patient, the holder of an account there is, or a person with name and address."""

    patient_id: int | None = None
    account_id: int | None = None
    first: str = ""
    last: str = ""
    phone: str = ""
    address: AddressDraft | None = None


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """Somebody around the patient, as typed."""

    name: str
    relationship: str
    phone: str = ""
    is_emergency: bool = False
    is_guardian: bool = False
    may_discuss: bool = False
    authority: str = ""
    contact_patient_id: int | None = None
    authority_until: date | None = None
    rank: int = 1


@dataclass(frozen=True, slots=True)
class PatientDraft:
    """A whole new patient."""

    identity: IdentityDraft
    details: DetailsDraft = field(default_factory=DetailsDraft)
    phones: tuple[PhoneDraft, ...] = ()
    address: AddressDraft | None = None
    contacts: tuple[ContactDraft, ...] = ()
    guarantor: GuarantorDraft | None = None
    is_prospective: bool = False
    """Asked about a visit, not seen yet."""


@dataclass(frozen=True, slots=True)
class PolicyDraft:
    """An insurance card as typed; the subscriber is a patient by id, or a person by name."""

    plan_id: int
    member_id: str
    effective_from: date
    effective_until: date | None = None
    group_number: str = ""
    subscriber_patient_id: int | None = None
    subscriber_first: str = ""
    subscriber_last: str = ""
    subscriber_born_on: date | None = None
    subscriber_sex: Sex = Sex.UNKNOWN
    case_number: str = ""
    """The claim number of an injury: the policy then pays for the visits of that case alone."""
    injured_on: date | None = None
    adjuster: str = ""
    adjuster_phone: str = ""
    employer: str = ""
    case_state: str = ""


@dataclass(frozen=True, slots=True)
class CoverageDraft:
    """In which place a policy covers the patient, and how the patient stands to its subscriber."""

    rank: int = 1
    relationship: Relationship = Relationship.SELF
    effective_from: date | None = None
    """None: as long as the policy."""
    effective_until: date | None = None
    secondary_reason: MedicareSecondary | None = None
    cob_note: str = ""
