"""All that a claim says and rests on, as plain values: the check looks at it, the file is written from it."""

from dataclasses import dataclass
from datetime import date

from frontdesk.formats.x12.professional_claim import Address
from frontdesk.models.billing.assigned_number import Holder, Qualifier
from frontdesk.models.billing.claim_parts import AccidentKind, DrugUnit, ProviderRole
from frontdesk.models.billing.claim_rules import Certificate, CodeRuleKind
from frontdesk.models.billing.claims import Frequency
from frontdesk.models.registration.coverage import MedicareSecondary, Relationship
from frontdesk.models.registration.patient import Sex
from frontdesk.models.registration.payer import PayerKind
from frontdesk.services.billing.circumstance_facts import NOTHING_TOLD, AttachmentFacts, Circumstances


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A patient or subscriber as the payer must know them."""

    last: str
    first: str
    middle: str
    suffix: str
    born_on: date | None
    sex: Sex
    address: Address | None


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """Who saw the patient."""

    last: str
    first: str
    short_name: str
    npi: str
    taxonomy: str


@dataclass(frozen=True, slots=True)
class PracticeFacts:
    """Who bills, and whom to call about it."""

    name: str
    npi: str
    tax_id: str
    taxonomy: str
    address: Address
    phone: str
    tax_id_is_ssn: bool = False


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """Where the patient was seen."""

    name: str
    npi: str
    place_of_service: str
    address: Address


@dataclass(frozen=True, slots=True)
class PayerFacts:
    """Who is asked, on which card."""

    name: str
    number: str
    kind: PayerKind
    address: Address
    plan: str
    needs_referral: bool
    member_id: str
    group_number: str
    relationship: Relationship
    rank: int
    first_rank: int
    """The lowest rank among the coverages in force that day; 1 pays first."""
    covers_from: date
    covers_until: date | None
    secondary_reason: MedicareSecondary | None = None
    """Why Medicare pays after another, where it does."""


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """How an earlier payer decided on one of our lines."""

    control_number: str
    """Of the line in that payer's claim, place by place the same as in this one."""
    place: int
    code: str
    modifiers: tuple[str, ...]
    charge_cents: int
    paid_cents: int
    adjustments: tuple[tuple[str, str, int], ...]
    """Group, reason, cents."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What an earlier payer's last remittance said of the claim that went before."""

    decided_on: date
    paid_cents: int
    payer_control_number: str
    adjustments: tuple[tuple[str, str, int], ...]
    """Of the claim as a whole."""
    lines: tuple[DecidedLine, ...]


@dataclass(frozen=True, slots=True)
class OtherPayerFacts:
    """Another insurance of the patient on the day, and what it decided if it was asked before."""

    payer: PayerFacts
    subscriber: PersonFacts
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class AccidentFacts:
    """What the visit is related to."""

    kind: AccidentKind
    happened_on: date | None
    state: str


@dataclass(frozen=True, slots=True)
class NamedProvider:
    """Another provider that the claim names, for all its lines or for one."""

    role: ProviderRole
    last: str
    first: str
    npi: str
    place: int = 0
    """Of the line; 0 is the whole claim."""

    @property
    def whose(self) -> str:
        """Before what is said of them: "Line 2: "."""
        return f"Line {self.place}: " if self.place else ""


@dataclass(frozen=True, slots=True)
class NumberFacts:
    """What the payer calls somebody beside the NPI; `npi` only of somebody outside."""

    holder: Holder
    npi: str
    qualifier: Qualifier
    number: str


@dataclass(frozen=True, slots=True)
class DrugFacts:
    """The drug behind a line."""

    ndc: str
    thousandths: int
    unit: DrugUnit


@dataclass(frozen=True, slots=True)
class LaboratoryFacts:
    """The CLIA certificate of the site."""

    number: str
    certificate: Certificate
    valid_until: date


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What the payer last said of the person on this card (271)."""

    born_on: date | None
    reject_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """What this payer wants with some codes, as the office keeps it."""

    kind: CodeRuleKind
    codes: str
    diagnoses: str = ""
    other_codes: str = ""
    days: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class DiagnosisFacts:
    """A diagnosis of the claim; its code is written with the dot."""

    code: str
    is_known: bool
    is_billable: bool


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A service of the claim."""

    place: int
    charge_line_id: int
    control_number: str
    code: str
    label: str
    modifiers: tuple[str, ...]
    units: int
    amount_cents: int
    pointers: str
    served_on: date
    is_known: bool
    """Whether the office's code list has it on that day."""
    is_void: bool
    duplicate_of: str
    """The number of another claim that asks for the same service on the same day."""
    unknown_modifiers: tuple[str, ...] = ()
    """Those that are not valid on that day."""
    drug: DrugFacts | None = None
    last_on: date | None = None
    """When the patient had it last before, where a demand asks for an interval."""
    rendering: ProviderFacts | None = None
    """Who did it, where that is not who saw the patient."""
    rendering_numbers: tuple[NumberFacts, ...] = ()
    """What the payer calls them."""


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """One claim, whole."""

    claim_id: int
    number: str
    today: date
    service_on: date
    file_by_on: date
    charge_cents: int
    frequency: Frequency
    payer_control_number: str
    place_of_service: str
    is_place_known: bool
    diagnoses: tuple[DiagnosisFacts, ...]
    lines: tuple[LineFacts, ...]
    patient: PersonFacts
    subscriber: PersonFacts
    payer: PayerFacts
    provider: ProviderFacts
    practice: PracticeFacts
    site: SiteFacts
    authorization: str
    referral: str
    grants_ended_on: date | None
    """The last day of the latest authorization, where none reaches the day of service."""
    is_self_pay: bool
    withholds_from_payer: bool
    follows: str = ""
    """The number of the claim to the payer before."""
    is_on_paper: bool = False
    """Whether the payer takes its claims on the CMS-1500."""
    others: tuple[OtherPayerFacts, ...] = ()
    """In the order of payment."""
    accident: AccidentFacts | None = None
    providers: tuple[NamedProvider, ...] = ()
    numbers: tuple[NumberFacts, ...] = ()
    """In the order in which a claim names their kinds."""
    laboratory: LaboratoryFacts | None = None
    payer_answer: AnswerFacts | None = None
    demands: tuple[Demand, ...] = ()
    lacks_units: bool = False
    """Whether the visit needs more authorized units than it holds."""
    told: Circumstances = NOTHING_TOLD
    """Dates, work, hospital, a case, services bought outside."""
    attachments: tuple[AttachmentFacts, ...] = ()
    case_number: str = ""
    """As the policy of a case says it."""
    seen_before_on: date | None = None
    """When the practice last saw the patient face to face within three years before the visit."""
    units_ran_out: str = ""
    """The number of the authorization that had none left for it."""

    def provider_as(self, role: ProviderRole, place: int = 0) -> NamedProvider | None:
        """The other provider in a role, of one line or of the whole claim."""
        return next((each for each in self.providers if each.role is role and each.place == place), None)

    def numbers_of(self, holder: Holder, npi: str = "") -> tuple[NumberFacts, ...]:
        """What the payer calls somebody."""
        return tuple(each for each in self.numbers if each.holder is holder and each.npi == npi)

    def wants(self, kind: CodeRuleKind) -> tuple[Demand, ...]:
        """The demands of one kind."""
        return tuple(demand for demand in self.demands if demand.kind is kind)

    @property
    def bills_alone(self) -> bool:
        """Whether who saw the patient bills for themselves, under their own NPI."""
        return self.practice.npi == self.provider.npi

    @property
    def pays_after(self) -> int:
        """How many of the other payers pay before this one."""
        return sum(other.payer.rank < self.payer.rank for other in self.others)

    @property
    def decided_before(self) -> bool:
        """Whether every payer that pays before this one is known and has decided."""
        before = [other for other in self.others if other.payer.rank < self.payer.rank]
        return bool(before) and all(other.decision for other in before)

    @property
    def is_elsewhere(self) -> bool:
        """Whether the patient was seen away from the practice's own address."""
        here, there = self.practice.address, self.site.address
        return (here.street, here.city, here.zip[:5]) != (there.street, there.city, there.zip[:5])
