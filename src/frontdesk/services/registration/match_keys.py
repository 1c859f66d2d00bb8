"""Where look-alikes are sought: keys under which one person's records meet, and few strangers.

A record has the keys that `kept` gives; `sought` adds what slips of the pen make of them. Two records
of one person meet by a birth date with either initial, the sound of both names, the house and its
street or ZIP code, a phone, an e-mail address, or a member id.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import delete, insert, or_, select

from frontdesk.kernel.text import digits, fold
from frontdesk.models.base import Base
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.registration.reach import AddressKind, PatientAddress, PatientPhone
from frontdesk.models.registration.search_key import PatientMatchKey
from frontdesk.services.prepared import Prepared
from frontdesk.services.registration.person import Person
from frontdesk.services.registration.sound import sound
from frontdesk.services.work import Work

_LONGEST = 80
_KEYS = Base.metadata.tables[PatientMatchKey.__tablename__]


def kept(person: Person) -> frozenset[str]:
    """The keys that a patient's record has."""
    keys = set(_by_reach(person))
    names = [(last, first) for last in _lasts(person) for first in _firsts(person)]
    keys.update(f"n{last}:{first}" for last, first in names)
    if person.born_on is not None:
        keys.update(_born(person.born_on, _lasts(person), _firsts(person)))
    return _whole(keys)


def sought(person: Person) -> frozenset[str]:
    """The keys of records that may be this person's, names exchanged and dates mistyped included."""
    keys = set(kept(person))
    lasts, firsts = _lasts(person), _firsts(person)
    keys.update(f"n{first}:{last}" for last in lasts for first in firsts)
    both = (*lasts, *firsts)
    if person.born_on is not None:
        for like in birth_dates_like(person.born_on):
            keys.update(_born(like, both, both))
    number = house_of(person.street)[0]
    if person.unit:
        keys.update(_by_house(person.unit, person.postal_code, number))
    if number:
        keys.update(f"z{number}:{other}" for other in _exchanged(person.postal_code[:5]))
    return _whole(keys)


def birth_dates_like(born_on: date) -> Iterator[date]:
    """The date itself, and what a slip of the pen makes of it."""
    yield born_on
    text = f"{born_on:%Y%m%d}"
    swapped = {text[:4] + text[6:] + text[4:6]}
    swapped.update(_exchanged(text))
    swapped.update(
        f"{year:04d}{text[4:]}" for year in (born_on.year - 10, born_on.year - 1, born_on.year + 1)
    )
    for other in sorted(swapped - {text}):
        try:
            yield date(int(other[:4]), int(other[4:6]), int(other[6:]))
        except ValueError:
            continue
    yield born_on + timedelta(days=1)
    yield born_on - timedelta(days=1)


def _exchanged(text: str) -> Iterator[str]:
    """The text with two neighbouring characters exchanged, in each place."""
    for at in range(len(text) - 1):
        yield text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def house_of(street: str) -> tuple[str, str]:
    """The number of the house, and the folded name of the street: ("2218", "alder court")."""
    number, _, name = fold(street).partition(" ")
    return (number, name) if number[:1].isdigit() else ("", f"{number} {name}".strip())


def write(work: Work, keys: Iterable[tuple[int, str]]) -> None:
    """Insert the keys of patients who have none yet, in one go."""
    rows = [{"patient_id": patient, "key": key} for patient, key in sorted(keys, key=lambda row: row[::-1])]
    if rows:
        _KEEP.run_many(work.session, rows)


_KEEP: Final = Prepared(insert(_KEYS))


def rebuild(work: Work, patient_id: int) -> None:
    """Make a patient's keys anew; one who was merged into another has none."""
    work.flush()
    work.session.execute(delete(PatientMatchKey).where(PatientMatchKey.patient_id == patient_id))
    for _, person in people(work, (patient_id,)):
        write(work, ((patient_id, key) for key in kept(person)))


def people(work: Work, patient_ids: Sequence[int]) -> list[tuple[int, Person]]:
    """Registered patients as the comparison sees them, merged ones left out; four statements for all.

    An address kept confidential is nobody's business here.
    """
    if not patient_ids:
        return []
    phones = _listed(
        work,
        select(PatientPhone.patient_id, PatientPhone.number)
        .where(PatientPhone.patient_id.in_(patient_ids), PatientPhone.ended_on.is_(None))
        .order_by(PatientPhone.rank),
    )
    members = _listed(
        work,
        select(Coverage.patient_id, Policy.member_id)
        .join(Policy, Policy.id == Coverage.policy_id)
        .where(Coverage.patient_id.in_(patient_ids), Coverage.is_active)
        .order_by(Policy.id),
    )
    addresses = {
        row.patient_id: row
        for row in work.session.execute(
            select(
                PatientAddress.patient_id,
                PatientAddress.street,
                PatientAddress.unit,
                PatientAddress.city,
                PatientAddress.postal_code,
            )
            .where(
                PatientAddress.patient_id.in_(patient_ids),
                PatientAddress.kind == AddressKind.HOME,
                or_(PatientAddress.valid_until.is_(None), PatientAddress.valid_until >= work.today),
            )
            .order_by(PatientAddress.valid_from, PatientAddress.id)
        )
    }
    found = []
    for row in work.session.execute(
        select(
            Patient.id,
            Patient.legal_first,
            Patient.legal_middle,
            Patient.legal_last,
            Patient.preferred_name,
            Patient.former_last_name,
            Patient.born_on,
            Patient.sex,
            Patient.email,
        )
        .where(Patient.id.in_(patient_ids), Patient.status != PatientStatus.MERGED)
        .order_by(Patient.id)
    ):
        address = addresses.get(row.id)
        person = Person(
            first=row.legal_first,
            middle=row.legal_middle,
            last=row.legal_last,
            preferred=row.preferred_name,
            former_last=row.former_last_name,
            born_on=row.born_on,
            sex="" if row.sex == "unknown" else row.sex.value,
            phones=tuple(phones[row.id]),
            email=row.email,
            street=address.street if address else "",
            unit=address.unit if address else "",
            city=address.city if address else "",
            postal_code=address.postal_code if address else "",
            member_ids=tuple(members[row.id]),
        )
        found.append((row.id, person))
    return found


def _listed(work: Work, asked: object) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for patient_id, value in work.session.execute(asked):  # type: ignore[call-overload]
        found[patient_id].append(value)
    return found


def _by_reach(person: Person) -> Iterator[str]:
    yield from (f"p{digits(phone)}" for phone in person.phones)
    yield from (f"m{fold(member).replace(' ', '')}" for member in person.member_ids)
    if person.email:
        yield f"e{person.email.strip().lower()}"
    yield from _by_house(person.street, person.postal_code)


def _by_house(street: str, postal_code: str, number: str = "") -> Iterator[str]:
    found, name = house_of(street)
    number = found or number
    if number and name:
        yield f"a{number}:{sound(name.replace(' ', ''))[:6]}"
    if number and postal_code:
        yield f"z{number}:{postal_code[:5]}"


def _born(born_on: date, lasts: Iterable[str], firsts: Iterable[str]) -> Iterator[str]:
    yield from (f"l{born_on:%Y%m%d}{last[0]}" for last in lasts)
    yield from (f"f{born_on:%Y%m%d}{first[0]}" for first in firsts)


def _lasts(person: Person) -> tuple[str, ...]:
    return _sounds(person.last, person.former_last)


def _firsts(person: Person) -> tuple[str, ...]:
    return _sounds(person.first, person.preferred)


def _sounds(*names: str) -> tuple[str, ...]:
    """How names sound, each once; a name without a letter has no sound."""
    return tuple(dict.fromkeys(filter(None, (sound(name) or fold(name) for name in names))))


def _whole(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(key[:_LONGEST] for key in keys)
