"""Finding codes while somebody types: by code, by beginnings of words, by the office's own words."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    Text,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    table,
)

from frontdesk.kernel.text import fold
from frontdesk.models.billing.code_lists import FavouriteKind, HcpcsCode, Published
from frontdesk.models.billing.codes import CodeSet, DiagnosisCode, ProcedureCode
from frontdesk.services.billing import code_favourites, code_synonyms, codes
from frontdesk.services.billing.code_synonyms import Group
from frontdesk.services.billing.codes import Diagnosis, Procedure
from frontdesk.services.command import query
from frontdesk.services.prepared import Prepared
from frontdesk.services.work import Work

_AMONG = 2_000
"""Of so many that fit, the best are shown; "fracture" alone fits twenty thousand."""
_SORTED = 3
"""Of so many times what is asked for, the short ones, the plainest are shown."""
_BEGINS_A_CODE = re.compile(r"[A-Za-z](\d[\w.]*)?$")
"""An ICD-10-CM code is a letter, a digit, then more of both."""
_INDEXES = {"diagnosis_code": "diagnosis_words", "hcpcs_code": "hcpcs_words"}


@query(permission="billing.view")
def find_diagnoses(
    work: Work, *, typed: str, on: date, provider_id: int | None = None, limit: int = 20
) -> tuple[Diagnosis, ...]:
    """Billable codes of a day: the provider's first, then what is usually meant, by code, by words.

    A code that is typed whole but has expired is among them, said to be, with what may be used instead.
    Where nothing has all the words, numbers are left out: "well child 5" says an age.
    """
    row, code = DiagnosisCode, codes.undotted(typed)
    if limit < 1:
        return ()
    valid = [row.in_force(on), row.is_billable]
    first = code_favourites.first_ones(work, provider_id, FavouriteKind.DIAGNOSIS)
    if not fold(typed):
        own = work.session.scalars(select(row).where(row.code.in_(first), *valid))
        return tuple(_diagnosis(each, on) for each in _in_order(own, first)[:limit])
    by_code = and_(row.code >= code, row.code <= code + "ZZZZZZZ")
    groups = code_synonyms.groups(work, typed)
    by_words = _has_words(work, row, groups)
    is_code = _BEGINS_A_CODE.match(typed.strip()) is not None
    rows = [*_gone(work, row, code, on)] if is_code else []
    if first:
        fits = select(row).where(row.code.in_(first), or_(by_code, by_words), *valid)
        rows += _in_order(work.session.scalars(fits), first)
    usual = code_synonyms.meant(typed, FavouriteKind.DIAGNOSIS)
    if usual:
        rows += _in_order(work.session.scalars(select(row).where(row.code.in_(usual), *valid)), usual)
    if is_code:
        rows += work.session.scalars(select(row).where(by_code, *valid).order_by(row.code).limit(limit))
    found = [_diagnosis(each, on) for each in rows]
    if len(found) < limit:
        values = {"words": _asked(work, groups), "on": on, "most": limit * _SORTED}
        by_label = _diagnoses_by_words(_engine(work)).rows(work.session, values)
        best = sorted(by_label, key=_plainness)[:limit]
        found += (Diagnosis(codes.dotted(c), label, is_billable=True) for c, label in best)
    worded = " ".join(word for word in fold(typed).split() if not word.isdigit())
    if not found and worded and worded != fold(typed):
        return find_diagnoses(work, typed=worded, on=on, provider_id=provider_id, limit=limit)
    return tuple(dict.fromkeys(found))[:limit]


@query(permission="billing.view")
def find_procedures(
    work: Work, *, typed: str, on: date, provider_id: int | None = None, limit: int = 20
) -> tuple[Procedure, ...]:
    """The office's codes of a day, then those of HCPCS; the office's usual ones when nothing is typed."""
    own = ProcedureCode
    first = code_favourites.first_ones(work, provider_id, FavouriteKind.SERVICE) if typed.strip() else []
    wanted = [own.in_force(on)]
    if not fold(typed):
        wanted.append(own.is_favourite.is_(True))
    groups = code_synonyms.groups(work, typed)
    usual = code_synonyms.meant(typed, FavouriteKind.SERVICE)
    if groups:
        by_words = (or_(*(and_(*map(_begins_a_word, words)) for words in group)) for group in groups)
        wanted.append(or_(and_(*by_words), own.code.in_(usual)))
    code = typed.strip().upper()
    begins = own.code.startswith(code, autoescape=True)
    first = list(dict.fromkeys((*first, *usual)))
    order = (own.code.in_(first).desc(), begins.desc(), own.is_favourite.desc(), own.code)
    found = work.session.scalars(select(own).where(*wanted).order_by(*order).limit(limit)).all()
    office = [Procedure(each.code, each.label, each.code_set, each.is_favourite) for each in found]
    office.sort(key=lambda each: first.index(each.code) if each.code in first else len(first))
    if not groups or len(office) >= limit:
        return tuple(office)
    return (*office, *_hcpcs(work, code, groups, on, first, usual, limit - len(office)))


def _hcpcs(
    work: Work,
    code: str,
    groups: list[Group],
    on: date,
    first: list[str],
    usual: tuple[str, ...],
    limit: int,
) -> list[Procedure]:
    """Those that the office has no wording of its own for."""
    row = HcpcsCode
    not_own = row.code.not_in(select(ProcedureCode.code).where(ProcedureCode.in_force(on)))
    begins = and_(row.code >= code, row.code <= code + "ZZZZZ")
    fits = or_(begins, row.code.in_(usual), _has_words(work, row, groups))
    rows = list(_gone(work, row, code, on))
    order = (row.code.in_(first).desc(), begins.desc(), func.length(row.label), row.code)
    rows += work.session.scalars(
        select(row).where(fits, row.in_force(on), not_own).order_by(*order).limit(limit)
    )
    return [
        Procedure(each.code, each.label, CodeSet.HCPCS, False, _ended(each, on))
        for each in dict.fromkeys(rows)
    ][:limit]


def _gone(work: Work, model: type[Published], code: str, on: date) -> Iterable[Published]:
    """The code that was typed whole, where it has expired, and what may be used instead."""
    rows = work.session.scalars(
        select(model).where(model.code == code).order_by(model.effective_on.desc())
    ).all()
    usable = [row for row in rows if not isinstance(row, DiagnosisCode) or row.is_billable]
    if not usable or any(_ended(row, on) is None for row in usable):
        return ()
    instead = codes.successors(work, usable[0], on)
    valid = select(model).where(model.code.in_(instead), model.in_force(on)).order_by(model.code)
    return (usable[0], *work.session.scalars(valid))


def _begins_a_word(word: str) -> ColumnElement[bool]:
    """One of the office's words begins so; within a word it would be found where nobody means it."""
    return (" " + ProcedureCode.words).contains(f" {word}", autoescape=True)


def _has_words(work: Work, model: type[Published], groups: list[Group]) -> ColumnElement[bool]:
    """Each group is met by beginnings of words of the label, by the engine's own full-text index."""
    return _matches(_engine(work), model, bindparam(None, _asked(work, groups), type_=Text))


def _matches(engine: str, model: type[Published], asked: BindParameter[str]) -> ColumnElement[bool]:
    """That the words of a row meet what `_asked` wrote."""
    if engine == "sqlite":
        index = _INDEXES[model.__tablename__]
        fits = literal_column(index).op("MATCH")(asked)
        rowid: ColumnElement[int] = literal_column("rowid")
        rows = select(rowid).select_from(table(index)).where(fits).limit(_AMONG)
        return model.id.in_(rows.subquery().select())
    indexed = func.to_tsvector(literal_column("'simple'"), model.words)
    return indexed.op("@@", is_comparison=True)(func.to_tsquery(literal_column("'simple'"), asked))


def _plainness(row: tuple[str, str]) -> tuple[int, str]:
    """That a code is unspecified does not make its label longer: it is what few words mean."""
    code, label = row
    return len(label.lower().replace("unspecified", "")), code


@cache
def _diagnoses_by_words(engine: str) -> Prepared:
    """Runs on every keystroke: code and label of what is valid and billable, the short ones first."""
    row, on = DiagnosisCode, bindparam("on", type_=Date)
    return Prepared(
        select(row.code, row.label)
        .where(
            _matches(engine, row, bindparam("words", type_=Text)),
            row.in_force(on),
            row.is_billable,
        )
        .order_by(func.length(row.label), row.code)
        .limit(bindparam("most", type_=Integer))
    )


def _asked(work: Work, groups: list[Group]) -> str:
    if _engine(work) == "sqlite":
        return " AND ".join(_either(group, '"{}"*', " AND ", " OR ") for group in groups)
    return " & ".join(_either(group, "{}:*", " & ", " | ") for group in groups)


def _engine(work: Work) -> str:
    return work.session.get_bind().dialect.name


def _either(group: Group, word: str, both: str, other: str) -> str:
    """ "(a* AND b*) OR (c*)" as an engine writes it; folded words hold nothing that it would read."""
    return f"({other.join('(' + both.join(word.format(each) for each in words) + ')' for words in group)})"


def _ended(row: Published, on: date) -> date | None:
    return row.expires_on if row.expires_on is not None and row.expires_on < on else None


def _diagnosis(row: Published, on: date) -> Diagnosis:
    return Diagnosis(codes.dotted(row.code), row.label, is_billable=True, expired_on=_ended(row, on))


def _in_order(found: Iterable[DiagnosisCode], first: Sequence[str]) -> list[DiagnosisCode]:
    return sorted(found, key=lambda row: first.index(row.code))
