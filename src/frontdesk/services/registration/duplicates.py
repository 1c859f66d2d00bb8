"""Who in the practice may be the same person as somebody about to be registered."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import digits, fold
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.registration.reach import PatientAddress, PatientPhone
from frontdesk.models.registration.search_key import PatientMatchKey
from frontdesk.services.command import query
from frontdesk.services.registration.drafts import PatientDraft
from frontdesk.services.registration.likeness import Person, compare
from frontdesk.services.registration.phone_numbers import NotAPhone, stored_phone
from frontdesk.services.registration.search_keys import birth_dates_like
from frontdesk.services.registration.sound import sound
from frontdesk.services.work import Work

_MOST_COMPARED = 500


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A registered patient who may be the one at the desk, with what speaks for it."""

    patient_id: int
    name: str
    born_on: date
    chart_number: str
    status: PatientStatus
    points: float
    is_certain: bool
    reasons: tuple[str, ...]


@query(permission="registration.view")
def candidates(work: Work, *, person: Person) -> tuple[LookAlike, ...]:
    """The most alike first; ask with what is typed so far."""
    return look_alikes(work, person)


def look_alikes(work: Work, person: Person) -> tuple[LookAlike, ...]:
    """Patients likely to be this person, inactive ones included, merged ones not."""
    keys = _blocks(person)
    if not keys:
        return ()
    found = work.session.scalars(
        select(PatientMatchKey.patient_id)
        .where(PatientMatchKey.key.in_(keys))
        .distinct()
        .order_by(PatientMatchKey.patient_id)
        .limit(_MOST_COMPARED)
    )
    alike = []
    for patient, other in people(work, tuple(found)):
        likeness = compare(person, other)
        if likeness.is_likely:
            alike.append(
                LookAlike(
                    patient_id=patient.id,
                    name=first_last(patient.legal_first, patient.legal_last),
                    born_on=patient.born_on,
                    chart_number=patient.chart_number,
                    status=patient.status,
                    points=likeness.points,
                    is_certain=likeness.is_certain,
                    reasons=likeness.reasons,
                )
            )
    return tuple(sorted(alike, key=lambda found: (-found.points, found.patient_id)))


def person_of(draft: PatientDraft) -> Person:
    """A draft as the comparison sees it; phones that are none are left out."""
    phones = []
    for phone in draft.phones:
        try:
            phones.append(stored_phone(phone.number))
        except NotAPhone:
            continue
    return Person(
        first=draft.identity.legal_first,
        middle=draft.identity.legal_middle,
        last=draft.identity.legal_last,
        preferred=draft.identity.preferred_name,
        former_last=draft.identity.former_last_name,
        born_on=draft.identity.born_on,
        sex="" if draft.identity.sex == "unknown" else draft.identity.sex.value,
        phones=tuple(phones),
        email=draft.details.email,
        street="" if draft.address is None else draft.address.street,
        postal_code="" if draft.address is None else draft.address.postal_code,
    )


def people(work: Work, patient_ids: Sequence[int]) -> list[tuple[Patient, Person]]:
    """Registered patients as the comparison sees them; four statements however many they are."""
    if not patient_ids:
        return []
    rows = work.session.scalars(
        select(Patient)
        .where(Patient.id.in_(patient_ids), Patient.status != PatientStatus.MERGED)
        .order_by(Patient.id)
    ).all()
    phones: dict[int, list[str]] = defaultdict(list)
    for patient_id, number in work.session.execute(
        select(PatientPhone.patient_id, PatientPhone.number).where(PatientPhone.patient_id.in_(patient_ids))
    ):
        phones[patient_id].append(number)
    members: dict[int, list[str]] = defaultdict(list)
    for patient_id, member in work.session.execute(
        select(Coverage.patient_id, Policy.member_id)
        .join(Policy, Policy.id == Coverage.policy_id)
        .where(Coverage.patient_id.in_(patient_ids))
    ):
        members[patient_id].append(member)
    addresses = {
        address.patient_id: address
        for address in work.session.scalars(
            select(PatientAddress)
            .where(PatientAddress.patient_id.in_(patient_ids))
            .order_by(PatientAddress.valid_from)
        )
    }
    return [(row, _person(row, phones[row.id], members[row.id], addresses.get(row.id))) for row in rows]


def _person(row: Patient, phones: list[str], members: list[str], address: PatientAddress | None) -> Person:
    return Person(
        first=row.legal_first,
        middle=row.legal_middle,
        last=row.legal_last,
        preferred=row.preferred_name,
        former_last=row.former_last_name,
        born_on=row.born_on,
        sex="" if row.sex == "unknown" else row.sex.value,
        phones=tuple(sorted(phones)),
        email=row.email,
        street="" if address is None else address.street,
        postal_code="" if address is None else address.postal_code,
        member_ids=tuple(sorted(members)),
    )


def _blocks(person: Person) -> list[str]:
    keys: set[str] = set()
    if person.born_on is not None:
        keys.update(f"b{born_on:%Y%m%d}" for born_on in birth_dates_like(person.born_on))
    keys.update(f"p{digits(phone)}" for phone in person.phones)
    keys.update(f"m{fold(member).replace(' ', '')}" for member in person.member_ids)
    if person.first and person.last:
        for last in filter(None, (person.last, person.former_last)):
            keys.add(f"n{sound(last)}:{sound(person.first)}")
        # first and last name exchanged
        keys.add(f"n{sound(person.first)}:{sound(person.last)}")
    return sorted(keys)
