"""Keeps what patients are found by in step with their rows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, delete, insert, select

from frontdesk.kernel.text import digits, fold
from frontdesk.models.base import Base
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.registration.reach import PatientPhone
from frontdesk.models.registration.search_key import (
    KeyKind,
    PatientRecency,
    PatientSearchKey,
)
from frontdesk.services.registration import match_keys
from frontdesk.services.work import Work

FINDABLE = frozenset({PatientStatus.PROSPECTIVE, PatientStatus.ACTIVE, PatientStatus.DECEASED})
_LONGEST = 80
_SEARCH_KEYS = Base.metadata.tables[PatientSearchKey.__tablename__]
_RECENCY = Base.metadata.tables[PatientRecency.__tablename__]
_KNOWN = select(_RECENCY.c.day).where(
    _RECENCY.c.day == bindparam("on"), _RECENCY.c.patient_id == bindparam("patient")
)
_REMEMBER = insert(_RECENCY)


@dataclass(frozen=True, slots=True)
class Findable:
    """What of a patient keys are made from."""

    first: str
    last: str
    born_on: date
    chart_number: str
    middle: str = ""
    preferred: str = ""
    former_last: str = ""
    phones: tuple[str, ...] = ()
    member_ids: tuple[str, ...] = ()


def keys_of(person: Findable) -> frozenset[tuple[KeyKind, str]]:
    """What typing finds the patient by."""
    keys: set[tuple[KeyKind, str]] = set()
    for name in (person.first, person.middle, person.last, person.preferred):
        keys.update((KeyKind.NAME, word) for word in name_words(name))
    keys.update((KeyKind.FORMER, word) for word in name_words(person.former_last))
    keys.add((KeyKind.BORN, f"{person.born_on:%Y%m%d}"))
    keys.add((KeyKind.BORN, f"{person.born_on:%m%d%Y}"))
    for phone in person.phones:
        number = digits(phone)
        keys.add((KeyKind.PHONE, number))
        if len(number) == 10:
            keys.update({(KeyKind.PHONE, number[3:]), (KeyKind.PHONE, number[6:])})
    for kind, value in (
        (KeyKind.CHART, person.chart_number),
        *((KeyKind.MEMBER, member) for member in person.member_ids),
    ):
        plain = fold(value).replace(" ", "")
        keys.update({(kind, plain), (kind, plain.lstrip("abcdefghijklmnopqrstuvwxyz"))})
        if kind is KeyKind.CHART:
            keys.add((kind, digits(value).lstrip("0")))
    return frozenset((kind, key[:_LONGEST]) for kind, key in keys if key)


def name_words(name: str) -> frozenset[str]:
    """The words that a name is found by: "O'Brien-Núñez" by obrien, brien, nunez and obriennunez."""
    words = set(fold(name).split())
    words.update(part for piece in re.split(r"['’`.\s-]+", name) for part in fold(piece).split())
    return frozenset({word for word in words if word} | ({"".join(fold(name).split())} - {""}))


def rebuild(work: Work, patient_id: int) -> None:
    """Make a patient's keys anew after a change of name, birth date, phone, coverage or status."""
    work.flush()
    patient = work.get(Patient, patient_id)
    work.session.execute(delete(PatientSearchKey).where(PatientSearchKey.patient_id == patient_id))
    if patient.status in FINDABLE:
        write(work, patient_id, _read(work, patient))
    match_keys.rebuild(work, patient_id)


def write(work: Work, patient_id: int, person: Findable) -> None:
    """The search keys of a patient who has none yet."""
    write_search_keys(work, ((patient_id, key) for key in keys_of(person)))


def write_search_keys(work: Work, keys: Iterable[tuple[int, tuple[KeyKind, str]]]) -> None:
    """Insert the search keys of new patients in one go."""
    rows = [{"patient_id": patient, "kind": kind, "key": key} for patient, (kind, key) in keys]
    work.session.execute(insert(_SEARCH_KEYS), sorted(rows, key=lambda row: (row["key"], row["patient_id"])))


def mark_recent(work: Work, patient_id: int, day: date | None = None) -> None:
    """Remember that the desk has to do with the patient on this day: today's are found first."""
    at = {"day": day or work.today, "patient_id": patient_id}
    if work.session.execute(_KNOWN, {"on": at["day"], "patient": patient_id}).first() is None:
        work.session.execute(_REMEMBER, [at])


def _read(work: Work, patient: Patient) -> Findable:
    phones = work.session.scalars(
        select(PatientPhone.number)
        .where(PatientPhone.patient_id == patient.id, PatientPhone.ended_on.is_(None))
        .order_by(PatientPhone.rank)
    )
    members = work.session.scalars(
        select(Policy.member_id)
        .join(Coverage, Coverage.policy_id == Policy.id)
        .where(Coverage.patient_id == patient.id, Coverage.is_active)
        .order_by(Policy.id)
    )
    return Findable(
        first=patient.legal_first,
        middle=patient.legal_middle,
        last=patient.legal_last,
        preferred=patient.preferred_name,
        former_last=patient.former_last_name,
        born_on=patient.born_on,
        chart_number=patient.chart_number,
        phones=tuple(phones),
        member_ids=tuple(members),
    )
