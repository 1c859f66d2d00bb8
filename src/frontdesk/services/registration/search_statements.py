"""The statements behind the search field, built once per shape of what is typed.

A shape says of each term how many key ranges it has, of which kinds, and whether it may stand inside
a word. Each statement walks one index in its order until it has enough: the answer is the same on
both engines, and as quick among a million patients as among a thousand.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    Text,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from frontdesk.models.base import Base
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.registration.reach import PatientPhone
from frontdesk.models.registration.search_key import (
    KeyKind,
    NameFragment,
    PatientRecency,
    PatientSearchKey,
)
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.registration.typed import Term

ENOUGH = 24
"""Beyond this many hits nobody reads on, and ordering all of them would cost more than a frame."""
RECENT_DAYS = 30
_RECENT_PATIENTS = 300
MANY = 1_000
"""From how many keys on a term is common: it is not counted further."""
_BEARERS = 2_000
"""How many patients whose word holds a fragment are looked at for the other terms."""
# Any, in this file: a table of keys, or one of its aliases.
_KEY = Base.metadata.tables[PatientSearchKey.__tablename__]
_FRAGMENT = Base.metadata.tables[NameFragment.__tablename__]


class Sought(NamedTuple):
    """The shape of a term: the kind of each range, and whether the word may also stand inside another."""

    kinds: tuple[KeyKind | None, ...]
    inside: bool = False


Shape = tuple[Sought, ...]


def shape_of(terms: Iterable[Term], *, inside: bool = False) -> Shape:
    """What a statement must know of the terms."""
    return tuple(
        Sought(tuple(span.kind for span in term.ranges), inside and term.may_be_inside) for term in terms
    )


def bounds_of(terms: Sequence[Term], today: date) -> dict[str, object]:
    """The values that any statement of the terms is run with."""
    values: dict[str, object] = {"today": today, "since": today - timedelta(days=RECENT_DAYS)}
    for place, term in enumerate(terms):
        for number, span in enumerate(term.ranges):
            values[f"low_{place}_{number}"], values[f"high_{place}_{number}"] = span.low, span.high
        if term.word:
            values[f"part_{place}"] = f"%{term.word}%"
            values[f"next_{place}"] = f" {term.ranges[0].low}"
            values[f"past_{place}"] = f" {term.ranges[0].high}"
    return values


@cache
def by_keys(shape: Shape) -> Prepared:
    """Patients with a key in the first term's ranges, and one in each other's."""
    walks = [
        select(_KEY.c.patient_id)
        .where(
            _within(_KEY, 0, number, kind), _KEY.c.kind != KeyKind.PAIR, *_held(_KEY.c.patient_id, shape, {0})
        )
        .order_by(_KEY.c.key, _KEY.c.patient_id)
        .limit(ENOUGH + 1)
        for number, kind in enumerate(shape[0].kinds)
    ]
    return _lines(walks)


@cache
def by_pair(shape: Shape, first: int, second: int) -> Prepared:
    """Patients with two words of their name that begin as two terms do, and a key for each other term.

    With `inside` in the first one's shape its word may begin within the patient's.
    """
    key, part = _KEY, _FRAGMENT
    begins = [] if shape[first].inside else [part.c.fragment == part.c.word]
    walk = (
        select(key.c.patient_id)
        .select_from(part)
        .join(
            key,
            and_(
                key.c.key >= _joined(part.c.word, f"next_{second}"),
                key.c.key < _joined(part.c.word, f"past_{second}"),
            ),
        )
        .where(_of_term(part.c.fragment, first, 0), *begins, *_held(key.c.patient_id, shape, {first, second}))
        .order_by(part.c.fragment, part.c.word, key.c.key, key.c.patient_id)
        .limit(ENOUGH + 1)
    )
    return _lines([walk])


@cache
def by_fragment(shape: Shape) -> Prepared:
    """Patients with a word that holds the first term anywhere, and a key for each other term."""
    key, part = _KEY, _FRAGMENT
    bearers = (
        select(key.c.patient_id, part.c.fragment, part.c.word)
        .select_from(part)
        .join(key, and_(key.c.key == part.c.word, _is_name(key)))
        .where(_of_term(part.c.fragment, 0, 0))
        .order_by(part.c.fragment, part.c.word, key.c.patient_id)
        .limit(_BEARERS)
        .subquery()
    )
    walk = (
        select(bearers.c.patient_id)
        .where(*_held(bearers.c.patient_id, shape, {0}))
        .order_by(bearers.c.fragment, bearers.c.word, bearers.c.patient_id)
        .limit(ENOUGH + 1)
    )
    return _lines([walk])


@cache
def by_recency(shape: Shape) -> Prepared:
    """The same as `by_keys` among the patients whom the desk had to do with lately, the latest first."""
    lately = (
        select(PatientRecency.patient_id, PatientRecency.day)
        .where(PatientRecency.day.between(bindparam("since", type_=Date), bindparam("today", type_=Date)))
        .order_by(PatientRecency.day.desc(), PatientRecency.patient_id.desc())
        .limit(_RECENT_PATIENTS)
        .subquery()
    )
    walk = (
        select(lately.c.patient_id)
        .where(*_held(lately.c.patient_id, shape, set()))
        .order_by(lately.c.day.desc(), lately.c.patient_id.desc())
        .limit(ENOUGH)
    )
    return _lines([walk])


@cache
def counts(shape: Shape) -> Prepared:
    """How many keys each term holds, in the terms' order; counting stops at `MANY`."""
    counted = (
        select(func.count())
        .select_from(
            select(_KEY.c.key)
            .where(or_(*(_within(_KEY, place, number, kind) for number, kind in enumerate(sought.kinds))))
            .limit(MANY)
            .subquery()
        )
        .scalar_subquery()
        for place, sought in enumerate(shape)
    )
    return Prepared(select(*(each.label(f"keys_{place}") for place, each in enumerate(counted))))


KEYS_OF_SOME: Final = Prepared(
    select(_KEY.c.patient_id, _KEY.c.kind, _KEY.c.key)
    .where(
        among(_KEY.c.patient_id, "patients"),
        _KEY.c.kind.in_((KeyKind.PHONE, KeyKind.MEMBER, KeyKind.MERGED)),
    )
    .order_by(_KEY.c.patient_id, func.length(_KEY.c.key).desc(), _KEY.c.key)
)
"""The keys by which some patients are found and which their line does not show."""


class Hit(NamedTuple):
    """A patient found, as the statements give one."""

    id: int
    legal_first: str
    legal_last: str
    preferred_name: str
    former_last_name: str
    search_name: str
    born_on: date
    chart_number: str
    status: PatientStatus
    phone: str | None
    recent: date | None


def _lines(walks: Sequence[Select[int]]) -> Prepared:
    """What the lines of the patients show whom the walks come by, some more than once; in no order."""
    # Each walk in a subquery: only there may it have an order and an end on SQLite.
    every = [select(walk.subquery().c.patient_id) for walk in walks]
    hit = walks[0].subquery() if len(walks) == 1 else union_all(*every).subquery()
    patient = Base.metadata.tables[Patient.__tablename__]
    phone = (
        select(PatientPhone.number)
        .where(PatientPhone.patient_id == patient.c.id, PatientPhone.ended_on.is_(None))
        .order_by(PatientPhone.rank)
        .limit(1)
        .scalar_subquery()
    )
    recent = (
        select(func.max(PatientRecency.day))
        .where(
            PatientRecency.patient_id == patient.c.id,
            PatientRecency.day.between(bindparam("since", type_=Date), bindparam("today", type_=Date)),
        )
        .scalar_subquery()
    )
    columns = [patient.c[name] for name in Hit._fields[:-2]]
    return Prepared(
        select(*columns, phone.label("phone"), recent.label("recent")).join_from(
            hit, patient, hit.c.patient_id == patient.c.id
        )
    )


def _held(patient_id: ColumnElement[int], shape: Shape, without: set[int]) -> Iterable[ColumnElement[bool]]:
    """For each term but some: that the patient has a key for it."""
    for place, sought in enumerate(shape):
        if place in without:
            continue
        key = _KEY.alias(f"key_{place}")
        fits = [_within(key, place, number, kind) for number, kind in enumerate(sought.kinds)]
        if sought.inside:
            fits.append(and_(_is_name(key), key.c.key.like(bindparam(f"part_{place}", type_=Text))))
        yield select(literal_column("1")).where(key.c.patient_id == patient_id, or_(*fits)).exists()


def _is_name(key: Any) -> ColumnElement[bool]:
    return or_(key.c.kind == KeyKind.NAME, key.c.kind == KeyKind.FORMER)


def _within(key: Any, place: int, number: int, kind: KeyKind | None) -> ColumnElement[bool]:
    within = _of_term(key.c.key, place, number)
    return within if kind is None else and_(within, key.c.kind == kind)


def _of_term(key: ColumnElement[str], place: int, number: int) -> ColumnElement[bool]:
    return and_(
        key >= bindparam(f"low_{place}_{number}", type_=key.type),
        key < bindparam(f"high_{place}_{number}", type_=key.type),
    )


def _joined(word: ColumnElement[str], rest: str) -> ColumnElement[str]:
    return literal_column("'+'", word.type).concat(word).concat(bindparam(rest, type_=word.type))
