"""The statements behind the search field, built once per shape of what is typed.

A shape is the number of key ranges of each term. Building a statement costs more than running
it, and every keystroke asks; only the bounds of the ranges differ.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import (
    CompoundSelect,
    Date,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql.elements import ColumnElement

from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.reach import PatientPhone
from frontdesk.models.registration.search_key import PatientRecency, PatientSearchKey
from frontdesk.services.registration.typed import Term

Shape = tuple[int, ...]
# Any, in this file: the rows of these statements are read by column name.
Statement = Select[*tuple[Any, ...]]
_T = TypeVar("_T")
_Key = ColumnElement[_T] | InstrumentedAttribute[_T]

RECENT_DAYS = 30
_RECENT_PATIENTS = 500
_COUNTED = 200


def shape_of(terms: Sequence[Term]) -> Shape:
    """How many ranges each term has."""
    return tuple(len(term.ranges) for term in terms)


def bounds_of(terms: Sequence[Term], today: date) -> dict[str, object]:
    """The values that a statement of the terms' shape is run with."""
    values: dict[str, object] = {"today": today, "since": today - timedelta(days=RECENT_DAYS)}
    for place, term in enumerate(terms):
        for number, span in enumerate(term.ranges):
            values[f"low_{place}_{number}"], values[f"high_{place}_{number}"] = span.low, span.high
    return values


@cache
def hits(shape: Shape, limit: int) -> Statement:
    """Patients who have a key within every term, with what their line shows; in no order."""
    found = select(PatientSearchKey.patient_id).where(_within(PatientSearchKey.key, 0, shape[0])).distinct()
    return _lines(_having(found, PatientSearchKey.patient_id, shape, after=1).limit(limit))


@cache
def recent_hits(shape: Shape, limit: int) -> Statement:
    """The same among the patients whom the desk had to do with lately."""
    recent = (
        select(PatientRecency.patient_id)
        .where(PatientRecency.day.between(bindparam("since", type_=Date), bindparam("today", type_=Date)))
        .order_by(PatientRecency.day.desc())
        .limit(_RECENT_PATIENTS)
        .subquery()
    )
    found = select(recent.c.patient_id).distinct()
    return _lines(_having(found, recent.c.patient_id, shape, after=0).limit(limit))


@cache
def counts(shape: Shape) -> CompoundSelect[*tuple[Any, ...]]:
    """How many keys each term holds; counting stops where it no longer matters."""
    return union_all(
        *(
            select(
                literal_column(str(place)).label("place"),
                select(func.count())
                .select_from(
                    select(PatientSearchKey.key)
                    .where(_within(PatientSearchKey.key, place, ranges))
                    .limit(_COUNTED)
                    .subquery()
                )
                .scalar_subquery()
                .label("keys"),
            )
            for place, ranges in enumerate(shape)
        )
    )


@cache
def reasons(shape: Shape) -> Statement:
    """Which keys of some patients (`patients`) were hit, the longest first."""
    return (
        select(PatientSearchKey.patient_id, PatientSearchKey.kind, PatientSearchKey.key)
        .where(
            PatientSearchKey.patient_id.in_(bindparam("patients", expanding=True)),
            or_(*(_within(PatientSearchKey.key, place, ranges) for place, ranges in enumerate(shape))),
        )
        .order_by(PatientSearchKey.patient_id, func.length(PatientSearchKey.key).desc(), PatientSearchKey.key)
    )


def _lines(ids: Select[int]) -> Statement:
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
        .where(
            PatientRecency.patient_id == Patient.id,
            PatientRecency.day.between(bindparam("since", type_=Date), bindparam("today", type_=Date)),
        )
        .scalar_subquery()
    )
    return select(
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


def _having(found: Select[int], patient_id: _Key[int], shape: Shape, *, after: int) -> Select[int]:
    for place, ranges in enumerate(shape[after:], start=after):
        other = aliased(PatientSearchKey)
        held: Statement = select(literal_column("1")).where(
            other.patient_id == patient_id, _within(other.key, place, ranges)
        )
        found = found.where(held.exists())
    return found


def _within(key: _Key[str], place: int, ranges: int) -> ColumnElement[bool]:
    return or_(
        *(
            and_(key >= bindparam(f"low_{place}_{number}"), key < bindparam(f"high_{place}_{number}"))
            for number in range(ranges)
        )
    )
