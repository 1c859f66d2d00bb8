"""Finding patients while somebody types, among a million of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, aliased

from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import fold, us_date, us_phone
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.registration.reach import PatientPhone
from frontdesk.models.registration.search_key import KeyKind, PatientRecency, PatientSearchKey
from frontdesk.services.command import query
from frontdesk.services.registration.typed import Term, understand
from frontdesk.services.work import Work

# Any: the columns of `_details`, read by name.
_Hit = Row[*tuple[Any, ...]]

# Beyond this many hits nobody reads on, and ordering all of them would cost more than a frame.
_ENOUGH = 60
_RECENT_DAYS = 30
_RECENT_PATIENTS = 500


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
    hits = _details(work, _matching(terms).limit(_ENOUGH + 1))
    has_more = len(hits) > _ENOUGH
    if has_more:
        known = {hit.id for hit in hits}
        hits += [hit for hit in _details(work, _recent_matching(work, terms)) if hit.id not in known]
    ranked = sorted(hits, key=lambda hit: _rank(hit, terms, work.today))
    return Found(typed, _lines(work, ranked[:limit], terms), has_more or len(ranked) > limit)


def _matching(terms: Sequence[Term]) -> Select[int]:
    found = select(PatientSearchKey.patient_id).where(_within(PatientSearchKey.key, terms[0])).distinct()
    return _having(found, PatientSearchKey.patient_id, terms[1:])


def _recent_matching(work: Work, terms: Sequence[Term]) -> Select[int]:
    recent = (
        select(PatientRecency.patient_id)
        .where(PatientRecency.day.between(work.today - timedelta(days=_RECENT_DAYS), work.today))
        .order_by(PatientRecency.day.desc())
        .limit(_RECENT_PATIENTS)
        .subquery()
    )
    found = select(recent.c.patient_id).distinct()
    return _having(found, recent.c.patient_id, terms).limit(_ENOUGH)


def _having(
    found: Select[int], patient_id: ColumnElement[int] | InstrumentedAttribute[int], terms: Sequence[Term]
) -> Select[int]:
    for term in terms:
        other = aliased(PatientSearchKey)
        found = found.where(
            select(literal(1)).where(other.patient_id == patient_id, _within(other.key, term)).exists()
        )
    return found


def _within(key: InstrumentedAttribute[str], term: Term) -> ColumnElement[bool]:
    return or_(*(and_(key >= span.low, key < span.high) for span in term.ranges))


def _rarest_first(work: Work, terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The term with the fewest keys leads; counting stops where it no longer matters."""
    counts = [
        select(
            literal(place).label("place"),
            select(func.count())
            .select_from(
                select(PatientSearchKey.key).where(_within(PatientSearchKey.key, term)).limit(200).subquery()
            )
            .scalar_subquery()
            .label("keys"),
        )
        for place, term in enumerate(terms)
    ]
    found: dict[int, int] = dict(work.session.execute(union_all(*counts)).tuples())
    order = sorted(range(len(terms)), key=lambda place: (found[place], place))
    return tuple(terms[place] for place in order)


def _details(work: Work, ids: Select[int]) -> list[_Hit]:
    hit = ids.subquery()
    phone = (
        select(PatientPhone.number)
        .where(PatientPhone.patient_id == Patient.id, PatientPhone.ended_on.is_(None))
        .order_by(PatientPhone.rank)
        .limit(1)
        .scalar_subquery()
    )
    recent = (
        select(func.max(PatientRecency.day))
        .where(PatientRecency.patient_id == Patient.id, PatientRecency.day <= work.today)
        .scalar_subquery()
    )
    return list(
        work.session.execute(
            select(
                Patient.id,
                Patient.legal_first,
                Patient.legal_last,
                Patient.preferred_name,
                Patient.search_name,
                Patient.born_on,
                Patient.chart_number,
                Patient.status,
                phone.label("phone"),
                recent.label("recent"),
            ).join(hit, hit.c.patient_id == Patient.id)
        )
    )


def _rank(hit: _Hit, terms: Sequence[Term], today: date) -> tuple[Any, ...]:
    recent = hit.recent if hit.recent is not None and (today - hit.recent).days <= _RECENT_DAYS else date.min
    words = hit.search_name.split()
    whole = sum(term.word in words for term in terms if term.word)
    return (
        hit.status is PatientStatus.DECEASED,
        -recent.toordinal(),
        -whole,
        hit.search_name,
        hit.born_on,
        hit.id,
    )


def _lines(work: Work, hits: Sequence[_Hit], terms: Sequence[Term]) -> tuple[FoundPatient, ...]:
    names = [hit.search_name for hit in hits]
    spoken = {hit.id: _spoken(hit) for hit in hits}
    marks = {hit.id: underlines(spoken[hit.id], terms) for hit in hits}
    unseen = [term for term in terms if not term.word]
    hidden = [hit.id for hit in hits if unseen or len(marks[hit.id]) < len(terms)]
    reasons = _reasons(work, hidden, terms, spoken) if hidden else {}
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
    first = hit.legal_first
    if hit.preferred_name and fold(hit.preferred_name) != fold(first):
        first = f"{first} “{hit.preferred_name}”"
    return first_last(first, hit.legal_last)


def _reasons(
    work: Work, patient_ids: Sequence[int], terms: Sequence[Term], names: dict[int, str]
) -> dict[int, str]:
    matched = work.session.execute(
        select(PatientSearchKey.patient_id, PatientSearchKey.kind, PatientSearchKey.key)
        .where(
            PatientSearchKey.patient_id.in_(patient_ids),
            or_(*(_within(PatientSearchKey.key, term) for term in terms)),
        )
        .order_by(PatientSearchKey.patient_id, func.length(PatientSearchKey.key).desc(), PatientSearchKey.key)
    )
    reasons: dict[int, dict[KeyKind, str]] = {}
    for patient_id, kind, key in matched:
        if kind is not KeyKind.NAME:
            reasons.setdefault(patient_id, {}).setdefault(kind, key)
    return {
        patient_id: ", ".join(
            sentence for kind, key in sorted(kinds.items()) if (sentence := _reason(kind, key))
        )
        for patient_id, kinds in reasons.items()
    }


def _reason(kind: KeyKind, key: str) -> str:
    match kind:
        case KeyKind.FORMER:
            return f"formerly {key.title()}"
        case KeyKind.PHONE:
            return f"phone {us_phone(key)}" if len(key) > 7 else f"phone ending in {key}"
        case KeyKind.BORN:
            iso = key if key[:2] in ("18", "19", "20") else key[4:] + key[:4]
            return f"born {us_date(date(int(iso[:4]), int(iso[4:6]), int(iso[6:])))}"
        case KeyKind.CHART:
            return "chart number"
        case KeyKind.MEMBER:
            return "member ID"
        case KeyKind.NAME:
            return ""


def underlines(name: str, terms: Sequence[Term]) -> tuple[tuple[int, int], ...]:
    """Where in a name the typed words stand, accents, apostrophes and hyphens skipped."""
    places = [(at, plain) for at, letter in enumerate(name) for plain in fold(letter) if plain != " "]
    folded = "".join(plain for _, plain in places)
    starts = {0} | {
        at for at in range(1, len(places)) if _begins_word(name, places[at - 1][0], places[at][0])
    }
    marks: dict[int, int] = {}
    for term in terms:
        if not term.word:
            continue
        at = next(
            (at for at in sorted(starts) if folded.startswith(term.word, at) and places[at][0] not in marks),
            None,
        )
        if at is not None:
            begin, end = places[at][0], places[at + len(term.word) - 1][0] + 1
            marks[begin] = end - begin
    return tuple(sorted(marks.items()))


def _begins_word(name: str, before: int, here: int) -> bool:
    return any(not letter.isalnum() for letter in name[before + 1 : here])
