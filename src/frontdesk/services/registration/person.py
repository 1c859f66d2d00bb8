"""What the front desk knows of somebody, as look-alikes are sought and compared by it."""

from dataclasses import dataclass
from datetime import date

from frontdesk.services.registration.drafts import PatientDraft
from frontdesk.services.registration.phone_numbers import NotAPhone, stored_phone


@dataclass(frozen=True, slots=True)
class Person:
    """Empty is what is not known; phones as stored digits."""

    first: str
    last: str
    born_on: date | None = None
    middle: str = ""
    preferred: str = ""
    former_last: str = ""
    sex: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    street: str = ""
    unit: str = ""
    city: str = ""
    postal_code: str = ""
    member_ids: tuple[str, ...] = ()


def person_of(draft: PatientDraft) -> Person:
    """A draft as the comparison sees it; phones that are none are left out."""
    phones = []
    for phone in draft.phones:
        try:
            phones.append(stored_phone(phone.number))
        except NotAPhone:
            continue
    identity, address = draft.identity, draft.address
    return Person(
        first=identity.legal_first,
        middle=identity.legal_middle,
        last=identity.legal_last,
        preferred=identity.preferred_name,
        former_last=identity.former_last_name,
        born_on=identity.born_on,
        sex="" if identity.sex == "unknown" else identity.sex.value,
        phones=tuple(phones),
        email=draft.details.email,
        street="" if address is None else address.street,
        unit="" if address is None else address.unit,
        city="" if address is None else address.city,
        postal_code="" if address is None else address.postal_code,
    )
