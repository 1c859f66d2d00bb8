"""Patients with everything around them: phones, address, who pays, coverage, what they signed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from frontdesk.demo import names
from frontdesk.demo.bulk import Rows
from frontdesk.demo.setting import Setting
from frontdesk.demo.week import TODAY, instant
from frontdesk.kernel.text import age_on, fold
from frontdesk.models.registration.account import Account, AccountMember
from frontdesk.models.registration.coverage import Coverage, Policy, Relationship
from frontdesk.models.registration.patient import Patient, PatientStatus, Sex
from frontdesk.models.registration.reach import (
    AddressKind,
    PatientAddress,
    PatientContact,
    PatientPhone,
    PermissionSource,
    PhoneKind,
)
from frontdesk.models.registration.search_key import (
    KeyKind,
    NameFragment,
    PatientMatchKey,
    PatientSearchKey,
)
from frontdesk.services.registration import match_keys
from frontdesk.services.registration import person as paper
from frontdesk.services.registration.search_keys import Findable, fragments_of, keys_of

ADULT: Final = 18
POLICY_SINCE: Final = date(2021, 1, 1)


def is_child(born_on: date) -> bool:
    """Whether somebody else decides and pays today."""
    return age_on(born_on, TODAY) < ADULT


@dataclass(slots=True)
class Person:
    """A patient, as far as visits and money need to know them."""

    id: int
    first: str
    last: str
    born_on: date
    account_id: int
    usual_id: int
    since: date
    plan: str | None = None
    coverage_id: int | None = None
    policy_id: int | None = None
    member_id: str = ""
    is_cast: bool = False
    guardian: str = ""
    busy_on: set[date] = field(default_factory=set)

    @property
    def is_child(self) -> bool:
        return is_child(self.born_on)


@dataclass(frozen=True, slots=True)
class Home:
    """Where a household lives."""

    street: str
    unit: str
    city: str
    postal_code: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What makes one patient; `other` names further columns of the row."""

    first: str
    last: str
    sex: Sex
    born_on: date
    chart_number: int
    usual_id: int
    since: date
    home: Home
    phones: tuple[tuple[PhoneKind, str, bool], ...]
    """Kind, number, whether texts are welcome."""
    plan: str | None
    contact: tuple[str, str, str] | None = None
    """Name, relationship and phone of whom to call."""
    other: Mapping[str, object] = field(default_factory=dict)
    member_id: str = ""
    group_number: str = ""
    moved_on: date | None = None
    """The day from which another address holds."""


def _on_paper(draft: Draft, findable: Findable) -> paper.Person:
    home = None if draft.moved_on else draft.home
    return paper.Person(
        first=findable.first,
        last=findable.last,
        born_on=findable.born_on,
        preferred=findable.preferred,
        phones=findable.phones,
        email=str(draft.other.get("email", "")),
        street=home.street if home else "",
        unit=home.unit if home else "",
        postal_code=home.postal_code if home else "",
        member_ids=findable.member_ids,
    )


class Registry:
    """Writes patients as registration would, by the thousand."""

    def __init__(self, rows: Rows, setting: Setting, chance: Random) -> None:
        self.rows = rows
        self.setting = setting
        self.chance = chance
        self.account_numbers = 0
        self._words: set[str] = set()

    def register(self, draft: Draft, *, payer: Person | None = None) -> Person:
        """A new patient; `payer` holds the account, and the policy that covers the patient too."""
        patient_id = self._patient(draft)
        account_id = payer.account_id if payer else self._account(draft, patient_id)
        self.rows.add(AccountMember, account_id=account_id, patient_id=patient_id, valid_from=draft.since)
        person = Person(
            patient_id,
            draft.first,
            draft.last,
            draft.born_on,
            account_id,
            draft.usual_id,
            draft.since,
            guardian=draft.contact[0] if draft.contact and is_child(draft.born_on) else "",
        )
        member_ids = self._cover(person, draft, payer)
        self._reach(person, draft)
        findable = Findable(
            first=draft.first,
            last=draft.last,
            born_on=draft.born_on,
            chart_number=chart_number(draft.chart_number),
            middle=str(draft.other.get("legal_middle", "")),
            preferred=str(draft.other.get("preferred_name", "")),
            phones=tuple(number for _, number, _ in draft.phones),
            member_ids=member_ids,
        )
        for kind, key in keys_of(findable):
            self.rows.put(PatientSearchKey, key=key, patient_id=patient_id, kind=kind)
            if kind in (KeyKind.NAME, KeyKind.FORMER) and key not in self._words:
                self._words.add(key)
                for fragment, word in fragments_of([key]):
                    self.rows.put(NameFragment, fragment=fragment, word=word)
        for key in match_keys.kept(_on_paper(draft, findable)):
            self.rows.put(PatientMatchKey, key=key, patient_id=patient_id)
        return person

    def _patient(self, draft: Draft) -> int:
        values: dict[str, object] = {
            "chart_number": chart_number(draft.chart_number),
            "status": PatientStatus.ACTIVE,
            "legal_first": draft.first,
            "legal_last": draft.last,
            "search_name": fold(f"{draft.last} {draft.first}"),
            "born_on": draft.born_on,
            "sex": draft.sex,
            "usual_provider_id": draft.usual_id,
            "primary_care": self.setting.provider_names[draft.usual_id],
            "registered_at": instant(datetime.combine(draft.since, time(9, 30))),
            **draft.other,
        }
        return self.rows.add(Patient, **values)

    def _account(self, draft: Draft, patient_id: int) -> int:
        """The patient's own account; a child's is the parent's, who need not be a patient."""
        self.account_numbers += 1
        number = f"A-{self.account_numbers:05d}"
        if draft.contact is None or not is_child(draft.born_on):
            return self.rows.add(Account, number=number, holder_patient_id=patient_id)
        name, _, phone = draft.contact
        return self.rows.add(
            Account,
            number=number,
            holder_first=name.split()[0],
            holder_last=draft.last,
            holder_phone=phone,
            street=draft.home.street,
            unit=draft.home.unit,
            city=draft.home.city,
            state="OR",
            postal_code=draft.home.postal_code,
        )

    def _cover(self, person: Person, draft: Draft, payer: Person | None) -> tuple[str, ...]:
        if draft.plan is None:
            return ()
        person.plan = draft.plan
        sold = self.setting.plans[draft.plan]
        member_id = draft.member_id or _member_id(self.chance, sold.plan.key)
        same_plan = payer is not None and payer.plan == draft.plan != "ohp"
        if payer is not None and same_plan and draft.plan != "medicare":
            relationship = Relationship.CHILD if person.is_child else Relationship.SPOUSE
            person.policy_id, member_id = payer.policy_id, payer.member_id
        else:
            # Medicaid and Medicare cover each in their own name; elsewhere a child is on a parent's policy.
            on_parents = bool(person.guardian) and draft.plan not in ("ohp", "medicare")
            relationship = Relationship.CHILD if on_parents else Relationship.SELF
            # What the household's first card says is not drawn again.
            group = (
                "" if same_plan else f"{self.chance.randrange(1000):04d}-{self.chance.randrange(1000):03d}"
            )
            person.policy_id = self.rows.add(
                Policy,
                plan_id=sold.id,
                member_id=member_id,
                group_number=draft.group_number or group,
                subscriber_patient_id=None if on_parents else person.id,
                subscriber_first=person.guardian.split()[0] if on_parents else "",
                subscriber_last=draft.last if on_parents else "",
                subscriber_born_on=draft.born_on.replace(day=1, year=draft.born_on.year - 31)
                if on_parents
                else None,
                effective_from=POLICY_SINCE,
            )
        person.coverage_id = self.rows.add(
            Coverage,
            patient_id=person.id,
            policy_id=person.policy_id,
            rank=1,
            relationship=relationship,
            effective_from=max(POLICY_SINCE, person.born_on),
        )
        person.member_id = member_id
        return (member_id,)

    def _group_number(self) -> str:
        return f"{self.chance.randrange(1000):04d}-{self.chance.randrange(1000):03d}"

    def _reach(self, person: Person, draft: Draft) -> None:
        for rank, (kind, number, text_ok) in enumerate(draft.phones, 1):
            self.rows.add(
                PatientPhone,
                patient_id=person.id,
                rank=rank,
                kind=kind,
                number=number,
                text_ok=text_ok,
                voicemail_ok=kind is not PhoneKind.WORK,
                permission_on=draft.since,
                permission_source=PermissionSource.ON_FORM,
            )
        self.rows.add(
            PatientAddress,
            patient_id=person.id,
            kind=AddressKind.HOME,
            street=draft.home.street,
            unit=draft.home.unit,
            city=draft.home.city,
            state="OR",
            postal_code=draft.home.postal_code,
            valid_from=draft.since,
            valid_until=draft.moved_on - timedelta(days=1) if draft.moved_on else None,
        )
        if draft.contact is not None:
            name, relationship, number = draft.contact
            guards = person.is_child
            self.rows.add(
                PatientContact,
                patient_id=person.id,
                name=name,
                relationship=relationship,
                phone=number,
                is_emergency=True,
                is_guardian=guards,
                may_discuss=guards or relationship == "spouse",
                authority="parent" if guards else "",
            )


def _member_id(chance: Random, plan: str) -> str:
    """As such cards have them; Medicare's has its letters in certain places (CMS, MBI format)."""
    if plan == "medicare":
        kinds = {"N": "0123456789", "A": "ACDEFGHJKMNPQRTUVWXY"}
        return str(chance.randrange(1, 10)) + "".join(chance.choice(kinds[kind]) for kind in "ANNANNAANN")
    return f"{plan[:3].upper()}{chance.randrange(10**8, 10**9)}"


def chart_number(number: int) -> str:
    """ "HP-20418"."""
    return f"HP-{number:05d}"


class ChartNumbers:
    """Gives each new patient a chart number: rising, with the gaps of an old practice."""

    NEWEST: Final = 24_000

    def __init__(self, patients: int, taken: frozenset[int]) -> None:
        self._step = max(1, self.NEWEST // (patients + 1))
        self._taken = taken
        self.last = 0

    def next(self) -> int:
        self.last += self._step
        while self.last in self._taken:
            self.last += 1
        return self.last


def home(chance: Random) -> Home:
    """Some address in or near Portland."""
    city, postal_code = chance.choice(names.TOWNS)
    unit = f"Apt {chance.randrange(1, 40)}" if chance.random() < 0.25 else ""
    return Home(names.street(chance), unit, city, postal_code)


def born(chance: Random, youngest: int, oldest: int) -> date:
    """A birth date that makes the person this old."""
    return TODAY - timedelta(days=chance.randrange(youngest * 365 + 1, oldest * 365 + 200))


def email(first: str, last: str) -> str:
    """ "d.foster@example.com"."""
    return f"{fold(first)[:1]}.{fold(last).replace(' ', '')}@example.com"
