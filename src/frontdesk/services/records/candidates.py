"""Whose chart a document may belong to: by the codes on it, its file's name, and what is written on it.

A guess with its reason. It is shown, and files nothing.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import pairwise
from typing import BinaryIO, Final, cast

from sqlalchemy import select

from frontdesk.formats import first_words
from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import fold
from frontdesk.models.records.content import MediaType
from frontdesk.models.records.document import Document, Sensitivity
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.registration.search_key import KeyKind, PatientSearchKey
from frontdesk.services.command import query
from frontdesk.services.records import content, scans, text
from frontdesk.services.records.chunk_file import ChunkFile
from frontdesk.services.records.text import TextState
from frontdesk.services.registration.search_keys import name_words
from frontdesk.services.work import Work

MOST_SHOWN: Final = 5
_MOST_WORDS: Final = 1_500
_MOST_FOUND: Final = 3_000
_AT_ONCE: Final = 400


class Weight(IntEnum):
    """How much speaks for a chart."""

    NAME = 1
    LAST_AND_BORN = 2
    NAME_AND_BORN = 3
    NUMBER = 4
    CODE = 5


_REASONS: Final = {
    Weight.NAME: "The name matches. No birth date on it says whether it is this patient.",
    Weight.LAST_AND_BORN: "Last name and birth date match. Look at the first name.",
    Weight.NAME_AND_BORN: "Name and birth date match.",
    Weight.NUMBER: "This chart's number is on it.",
    Weight.CODE: "A code on it belongs to this chart.",
}
_OTHER_DATE = "The name matches, the birth date does not stand on it."
SURE: Final = Weight.NAME_AND_BORN
"""From here on a document that lies in another chart is worth a warning."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chart that may be meant, and why."""

    patient_id: int
    name: str
    chart_number: str
    born_on: date
    weight: Weight
    reason: str


@dataclass(frozen=True, slots=True)
class _Known:
    id: int
    legal_first: str
    legal_last: str
    preferred_name: str
    born_on: date
    chart_number: str


@query(permission="records.view")
def candidates(work: Work, *, document_id: int, with_codes: bool = True) -> tuple[Candidate, ...]:
    """The likeliest first, at most five; empty where nothing on the document names a patient.

    Looking for codes takes its time on a long scan: without them what is written is there at once.
    """
    document = work.get(Document, document_id)
    if document.sensitivity is not Sensitivity.ORDINARY:
        work.require("records.view_sensitive")
    return found_in(
        work,
        words="\n".join((_stem(document.arrived_as), _text_of(work, document))),
        coded=_coded(work, document) if with_codes else (),
        codes=scans.texts_of(work, document) if with_codes else (),
    )


def _coded(work: Work, document: Document) -> tuple[int, ...]:
    return tuple(page.patient_id for page in scans.pages_found(work, document) if page.patient_id)


def found_in(
    work: Work, *, words: str, coded: Sequence[int] = (), codes: Sequence[str] = ()
) -> tuple[Candidate, ...]:
    """Charts that a text, forms of ours (`coded`: their patients) and other codes point at."""
    said_words = _words(words)
    dates = first_words.dates_in(words, until=work.today)
    numbers = {_plain(found) for found in _CHART.findall(words)} | {_plain(code) for code in codes}
    weights: dict[int, Weight] = dict.fromkeys(coded, Weight.CODE)
    numbered = _by_keys(work, numbers - {""}, (KeyKind.CHART, KeyKind.MERGED))
    born = _by_keys(work, {f"{day:%Y%m%d}" for day in dates}, (KeyKind.BORN,))
    named = _by_keys(work, {f"+{one} {other}" for one, other in pairwise(said_words)}, (KeyKind.PAIR,))
    wanted = sorted(set(weights) | numbered | named | born)
    rows = work.session.execute(
        select(
            Patient.id,
            Patient.legal_first,
            Patient.legal_last,
            Patient.preferred_name,
            Patient.born_on,
            Patient.chart_number,
        )
        .where(Patient.id.in_(wanted), Patient.status != PatientStatus.MERGED)
        .order_by(Patient.search_name, Patient.born_on, Patient.id)
    )
    said = frozenset(said_words)
    found = []
    for row in rows:
        patient = _Known(*row)
        weight = _weight(patient, weights, numbered, named, said, dates)
        if weight is not None:
            found.append(_candidate(patient, weight, has_dates=bool(dates)))
    found.sort(key=lambda each: -each.weight)  # stable: by name within a weight
    best = found[0].weight if found else Weight.NAME
    return tuple(each for each in found if each.weight == best or each.weight >= SURE)[:MOST_SHOWN]


def _weight(
    patient: _Known,
    coded: dict[int, Weight],
    numbered: set[int],
    named: set[int],
    said: frozenset[str],
    dates: frozenset[date],
) -> Weight | None:
    if patient.id in coded:
        return Weight.CODE
    if patient.id in numbered:
        return Weight.NUMBER
    has_last = bool(name_words(patient.legal_last) & said)
    has_first = bool((name_words(patient.legal_first) | name_words(patient.preferred_name)) & said)
    if patient.born_on in dates and has_last:
        return Weight.NAME_AND_BORN if has_first else Weight.LAST_AND_BORN
    return Weight.NAME if patient.id in named and has_last and has_first else None


def _candidate(patient: _Known, weight: Weight, *, has_dates: bool) -> Candidate:
    reason = _OTHER_DATE if weight is Weight.NAME and has_dates else _REASONS[weight]
    return Candidate(
        patient_id=patient.id,
        name=last_first(patient.legal_last, patient.legal_first),
        chart_number=patient.chart_number,
        born_on=patient.born_on,
        weight=weight,
        reason=reason,
    )


def _by_keys(work: Work, keys: Iterable[str], kinds: tuple[KeyKind, ...]) -> set[int]:
    """The patients of these search keys; common ones are cut, deterministically."""
    found: set[int] = set()
    ordered = sorted(keys)
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start : start + _AT_ONCE]
        rows = (
            select(PatientSearchKey.patient_id)
            .where(PatientSearchKey.key.in_(some), PatientSearchKey.kind.in_(kinds))
            .order_by(PatientSearchKey.patient_id)
            .limit(_MOST_FOUND)
        )
        found.update(work.session.scalars(rows))
    return found


def _text_of(work: Work, document: Document) -> str:
    """What can be read on the first pages; kept, because the same bytes say the same."""
    found = text.text_of(work, sha256=document.sha256)
    if found.state is TextState.TEXT:
        return found.text[: first_words.MOST_LETTERS]
    known = _read.get(document.sha256)
    if known is None:
        known = ""
        if document.media_type == MediaType.TEXT:
            head = next(content.stream(work.session, document.sha256), b"")
            known = head.decode("utf-8", errors="replace")[: first_words.MOST_LETTERS]
        elif document.media_type == MediaType.PDF:
            known = first_words.of_pdf(_file(work, document))
        if len(_read) >= _MOST_READ:
            _read.clear()
        _read[document.sha256] = known
    return known


def _file(work: Work, document: Document) -> BinaryIO:
    return cast("BinaryIO", ChunkFile(content.opened(work.session, document.sha256)))


def _words(said: str) -> list[str]:
    return fold(_BETWEEN.sub(" ", said)).split()[:_MOST_WORDS]


def _stem(name: str) -> str:
    return _BETWEEN.sub(" ", name.rpartition(".")[0] or name)


def _plain(number: str) -> str:
    return fold(number).replace(" ", "")[:80]


_BETWEEN = re.compile(r"[,;:/|()_\n\r\t.]+")
_CHART = re.compile(r"\b[A-Za-z]{1,5}[-_ ]?\d{3,9}\b")
_MOST_READ: Final = 200
_read: dict[str, str] = {}
