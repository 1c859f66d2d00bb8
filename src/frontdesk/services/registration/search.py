"""Finding patients while somebody types, among a million of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Row

from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import fold, us_date, us_phone
from frontdesk.models.registration.patient import PatientStatus
from frontdesk.models.registration.search_key import KeyKind
from frontdesk.services.command import query
from frontdesk.services.registration import search_statements as statements
from frontdesk.services.registration.typed import Term, understand
from frontdesk.services.work import Work

# Beyond this many hits nobody reads on, and ordering all of them would cost more than a frame.
_ENOUGH = 40

# Any: the columns of `search_statements.hits`, read by name.
_Hit = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class FoundPatient:
    """A line of the list under the search field."""

    patient_id: int
    name: str
    underlined: tuple[tuple[int, int], ...]
    """Start and length of what was typed, within `name`."""
    born_on: date
    phone: str
    chart_number: str
    status: PatientStatus
    is_today: bool
    has_namesake: bool
    """Another line bears the same name: the birth date must be asked."""
    found_by: str
    """What was matched when it was not the name, such as "formerly Blake"."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to one state of the search field."""

    typed: str
    patients: tuple[FoundPatient, ...]
    has_more: bool


@query(permission="registration.view")
def search(work: Work, *, typed: str, limit: int = 12) -> Found:
    """Patients whose keys hold everything that was typed; today's and recent ones first."""
    terms = understand(typed, work.today)
    if not terms:
        return Found(typed, (), has_more=False)
    if len(terms) > 1:
        terms = _rarest_first(work, terms)
    shape, bounds = statements.shape_of(terms), statements.bounds_of(terms, work.today)
    found = work.session.execute(statements.hits(shape, _ENOUGH + 1), bounds).all()
    has_more = len(found) > _ENOUGH
    if has_more:
        recent = work.session.execute(statements.recent_hits(shape, _ENOUGH), bounds).all()
        found = list({hit.id: hit for hit in (*found, *recent)}.values())
    words = frozenset(term.word for term in terms if term.word)
    ranked = sorted(found, key=lambda hit: _rank(hit, words))
    return Found(typed, _lines(work, ranked[:limit], terms, bounds), has_more or len(ranked) > limit)


def underlines(name: str, terms: Iterable[Term]) -> tuple[tuple[int, int], ...]:
    """Where in a name the typed words stand, accents, apostrophes and hyphens skipped."""
    places: list[int] = []
    folded, starts, begins = "", [], True
    for at, letter in enumerate(name):
        plain = _plain(letter)
        if plain:
            if begins:
                starts.append(len(folded))
            places += [at] * len(plain)
            folded += plain
        begins = not plain
    marks: dict[int, int] = {}
    for word in (term.word for term in terms):
        for start in starts:
            begin = places[start]
            if word and begin not in marks and folded.startswith(word, start):
                marks[begin] = places[start + len(word) - 1] + 1 - begin
                break
    return tuple(sorted(marks.items()))


@cache
def _plain(letter: str) -> str:
    return fold(letter).strip()


def _rarest_first(work: Work, terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The term with the fewest keys leads: the others are only looked up for its patients."""
    counted = work.session.execute(
        statements.counts(statements.shape_of(terms)), statements.bounds_of(terms, work.today)
    ).all()
    order = sorted((row.keys, row.place) for row in counted)
    return tuple(terms[place] for _, place in order)


def _rank(hit: _Hit, words: frozenset[str]) -> tuple[object, ...]:
    return (
        hit.status is PatientStatus.DECEASED,
        0 if hit.recent is None else -hit.recent.toordinal(),
        -len(words.intersection(hit.search_name.split())),
        hit.search_name,
        hit.born_on,
        hit.id,
    )


def _lines(
    work: Work, hits: Sequence[_Hit], terms: Sequence[Term], bounds: dict[str, object]
) -> tuple[FoundPatient, ...]:
    names = [hit.search_name for hit in hits]
    spoken = {hit.id: _spoken(hit) for hit in hits}
    marks = {hit.id: underlines(spoken[hit.id], terms) for hit in hits}
    unexplained = [hit.id for hit in hits if len(marks[hit.id]) < len(terms)]
    reasons = _reasons(work, unexplained, terms, bounds) if unexplained else {}
    return tuple(
        FoundPatient(
            patient_id=hit.id,
            name=spoken[hit.id],
            underlined=marks[hit.id],
            born_on=hit.born_on,
            phone=us_phone(hit.phone or ""),
            chart_number=hit.chart_number,
            status=hit.status,
            is_today=hit.recent == work.today,
            has_namesake=names.count(hit.search_name) > 1,
            found_by=reasons.get(hit.id, ""),
        )
        for hit in hits
    )


def _spoken(hit: _Hit) -> str:
    first: str = hit.legal_first
    if hit.preferred_name and hit.preferred_name.lower() != first.lower():
        first = f"{first} “{hit.preferred_name}”"
    return first_last(first, hit.legal_last)


def _reasons(
    work: Work, patient_ids: Sequence[int], terms: Sequence[Term], bounds: dict[str, object]
) -> dict[int, str]:
    shape = statements.shape_of(terms)
    matched = work.session.execute(statements.reasons(shape), {**bounds, "patients": patient_ids})
    reasons: dict[int, dict[KeyKind, str]] = {}
    for patient_id, kind, key in matched:
        if kind is not KeyKind.NAME:
            reasons.setdefault(patient_id, {}).setdefault(kind, key)
    return {
        patient_id: ", ".join(_reason(kind, key) for kind, key in sorted(kinds.items()))
        for patient_id, kinds in reasons.items()
    }


def _reason(kind: KeyKind, key: str) -> str:
    match kind:
        case KeyKind.FORMER:
            return f"formerly {key.title()}"
        case KeyKind.PHONE:
            return f"phone {us_phone(key)}" if len(key) > 7 else f"phone ending in {key[-4:]}"
        case KeyKind.BORN:
            iso = key if key[:2] in ("18", "19", "20") else key[4:] + key[:4]
            return f"born {us_date(date(int(iso[:4]), int(iso[4:6]), int(iso[6:])))}"
        case KeyKind.CHART:
            return "chart number"
        case KeyKind.MEMBER:
            return "member ID"
        case KeyKind.NAME:
            return ""
