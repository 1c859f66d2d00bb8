"""Keeps what patients are found by in step with their rows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, bindparam, delete, insert, select, text

from frontdesk.kernel.text import digits, fold
from frontdesk.models.base import Base
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.former_name import FormerName
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.registration.reach import PatientPhone
from frontdesk.models.registration.search_key import (
    KeyKind,
    PatientSearchKey,
)
from frontdesk.services.prepared import Prepared
from frontdesk.services.registration import match_keys, merged
from frontdesk.services.registration.merged import Alias
from frontdesk.services.work import Work

FINDABLE = frozenset({PatientStatus.PROSPECTIVE, PatientStatus.ACTIVE, PatientStatus.DECEASED})
REGISTERED_IN_ERROR = "Registered in error"
"""The reason for which an inactive chart is not found at all: it is nobody's."""
_LONGEST = 80
_SHORTEST_PART = 3
_SHORTEST_TAIL = 3
_SEARCH_KEYS = Base.metadata.tables[PatientSearchKey.__tablename__]
_KEEP_KEY = Prepared(insert(_SEARCH_KEYS))
_KEEP_FRAGMENT = Prepared(
    text("INSERT INTO name_fragment (fragment, word) VALUES (:fragment, :word) ON CONFLICT DO NOTHING")
)
_REMEMBER = Prepared(
    text(
        "INSERT INTO patient_recency (day, patient_id) VALUES (:day, :patient_id) ON CONFLICT DO NOTHING"
    ).bindparams(bindparam("day", type_=Date))
)


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
    merged_charts: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()


def is_found(status: PatientStatus, reason: str) -> bool:
    """Whether typing finds such a chart: an inactive one too, not what was registered in error or merged."""
    return status in FINDABLE or (status is PatientStatus.INACTIVE and reason != REGISTERED_IN_ERROR)


def keys_of(person: Findable) -> frozenset[tuple[KeyKind, str]]:
    """What typing finds the patient by."""
    keys: set[tuple[KeyKind, str]] = set()
    names = (person.first, person.middle, person.last, person.preferred)
    for name in names:
        keys.update((KeyKind.NAME, word) for word in name_words(name))
    keys.update((KeyKind.FORMER, word) for word in name_words(person.former_last))
    others = [name for alias in person.aliases for name in (alias.first, alias.last, alias.other_last)]
    keys.update((KeyKind.PAIR, f"+{pair}") for pair in _pairs((*names, person.former_last, *others)))
    for alias in person.aliases:
        keys.update((KeyKind.NAME, word) for word in name_words(alias.first))
        for last in (alias.last, alias.other_last):
            keys.update((KeyKind.FORMER, word) for word in name_words(last))
    keys.add((KeyKind.BORN, f"{person.born_on:%Y%m%d}"))
    keys.add((KeyKind.BORN, f"{person.born_on:%m%d%Y}"))
    for phone in person.phones:
        number = digits(phone)
        keys.add((KeyKind.PHONE, number))
        keys.update((KeyKind.PHONE, number[at:]) for at in range(1, len(number) - _SHORTEST_TAIL + 1))
    for kind, value in (
        (KeyKind.CHART, person.chart_number),
        *((KeyKind.MERGED, chart) for chart in person.merged_charts),
        *((KeyKind.MEMBER, member) for member in person.member_ids),
    ):
        plain = fold(value).replace(" ", "")
        keys.update({(kind, plain), (kind, plain.lstrip("abcdefghijklmnopqrstuvwxyz"))})
        if kind is not KeyKind.MEMBER:
            keys.add((kind, digits(value).lstrip("0")))
    return frozenset((kind, key[:_LONGEST]) for kind, key in keys if key)


def name_words(name: str) -> frozenset[str]:
    """The words that a name is found by: "O'Brien-Núñez" by obrien, brien, nunez and obriennunez."""
    words = set(fold(name).split())
    words.update(part for piece in re.split(r"['’`.\s-]+", name) for part in fold(piece).split())
    return frozenset({word for word in words if word} | ({"".join(fold(name).split())} - {""}))


def fragments_of(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Where each word can be entered, with the word: itself, and its ends from three letters."""
    for word in words:
        yield word, word
        for at in range(1, len(word) - _SHORTEST_PART + 1):
            yield word[at:], word


def _pairs(names: Iterable[str]) -> Iterator[str]:
    """Any two words of different names, and any two parts of one name, in both orders."""
    known: set[str] = set()
    for name in names:
        words = name_words(name)
        parts = words - {fold(name).replace(" ", "")} if len(words) > 1 else words
        for one in words:
            for other in known:
                yield f"{one} {other}"
                yield f"{other} {one}"
        for one in parts:
            for other in parts:
                if one != other:
                    yield f"{one} {other}"
        known |= words


def rebuild(work: Work, patient_id: int) -> None:
    """Make a patient's keys anew after a change of name, birth date, phone, coverage or status."""
    work.flush()
    patient = work.get(Patient, patient_id)
    work.session.execute(delete(PatientSearchKey).where(PatientSearchKey.patient_id == patient_id))
    if is_found(patient.status, patient.status_reason):
        write(work, patient_id, _read(work, patient))
    match_keys.rebuild(work, patient_id)
    if patient.status is PatientStatus.MERGED and patient.merged_into_id is not None:
        rebuild(work, patient.merged_into_id)  # whose chart this one's number leads to


def write(work: Work, patient_id: int, person: Findable) -> None:
    """The search keys of a patient who has none yet."""
    write_search_keys(work, ((patient_id, key) for key in keys_of(person)))


def write_search_keys(work: Work, keys: Iterable[tuple[int, tuple[KeyKind, str]]]) -> None:
    """Insert the search keys of new patients in one go."""
    keys = sorted(keys, key=lambda row: (row[1][1], row[0]))
    rows = [{"patient_id": patient, "kind": kind, "key": key} for patient, (kind, key) in keys]
    if not rows:
        return
    work.flush()
    _KEEP_KEY.run_many(work.session, rows)
    words = {key for _, (kind, key) in keys if kind in (KeyKind.NAME, KeyKind.FORMER)}
    # In their order, so that two desks with the same new name wait for each other in turn.
    fragments = [{"fragment": part, "word": word} for part, word in sorted(fragments_of(words))]
    if fragments:
        _KEEP_FRAGMENT.run_many(work.session, fragments)


def mark_recent(work: Work, patient_id: int, day: date | None = None) -> None:
    """Remember that the desk has to do with the patient on this day: today's are found first."""
    work.flush()
    _REMEMBER.run(work.session, {"day": day or work.today, "patient_id": patient_id})


def _read(work: Work, patient: Patient) -> Findable:
    phones = work.session.scalars(
        select(PatientPhone.number)
        .where(PatientPhone.patient_id == patient.id, PatientPhone.ended_on.is_(None))
        .order_by(PatientPhone.rank)
    )
    former = work.session.scalars(
        select(FormerName.last)
        .where(FormerName.patient_id == patient.id, FormerName.withdrawn_at.is_(None))
        .order_by(FormerName.id)
    )
    members = work.session.scalars(
        select(Policy.member_id)
        .join(Coverage, Coverage.policy_id == Policy.id)
        .where(Coverage.patient_id == patient.id, Coverage.is_active)
        .order_by(Policy.id)
    )
    return Findable(
        merged_charts=_merged_into(work, patient.id),
        first=patient.legal_first,
        middle=patient.legal_middle,
        last=patient.legal_last,
        preferred=patient.preferred_name,
        former_last=" ".join(dict.fromkeys(filter(None, (patient.former_last_name, *former)))),
        born_on=patient.born_on,
        chart_number=patient.chart_number,
        phones=tuple(phones),
        member_ids=tuple(members),
        aliases=merged.aliases(work, patient),
    )


def _merged_into(work: Work, patient_id: int) -> tuple[str, ...]:
    """The numbers of all charts that became this one, by whatever way."""
    numbers: list[str] = []
    into = [patient_id]
    while into:
        rows = work.session.execute(
            select(Patient.id, Patient.chart_number)
            .where(Patient.merged_into_id.in_(into), Patient.status == PatientStatus.MERGED)
            .order_by(Patient.id)
        ).all()
        numbers += [row.chart_number for row in rows]
        into = [row.id for row in rows]
    return tuple(numbers)
