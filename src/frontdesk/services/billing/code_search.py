"""Finding codes while somebody types: by code, by beginnings of words, by the office's own words."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select, text

from frontdesk.kernel.text import fold
from frontdesk.models.billing.code_lists import FavouriteKind, HcpcsCode, Published
from frontdesk.models.billing.codes import CodeSet, DiagnosisCode, ProcedureCode
from frontdesk.services.billing import code_favourites, code_synonyms, codes
from frontdesk.services.billing.code_synonyms import Group
from frontdesk.services.billing.codes import Diagnosis, Procedure
from frontdesk.services.command import query
from frontdesk.services.work import Work

_AMONG = 2_000
"""Of so many that fit, the best are shown; "fracture" alone fits twenty thousand."""
_INDEXES = {"diagnosis_code": "diagnosis_words", "hcpcs_code": "hcpcs_words"}


@query(permission="billing.view")
def find_diagnoses(
    work: Work, *, typed: str, on: date, provider_id: int | None = None, limit: int = 20
) -> tuple[Diagnosis, ...]:
    """Billable codes of a day: the provider's first, then by code, then by words, the short ones first.

    A code that is typed whole but has expired is among them, said to be, with what may be used instead.
    """
    row, code = DiagnosisCode, codes.undotted(typed)
    if limit < 1:
        return ()
    valid = [_valid(row, on), row.is_billable]
    first = code_favourites.first_ones(work, provider_id, FavouriteKind.DIAGNOSIS)
    if not fold(typed):
        found = work.session.scalars(select(row).where(row.code.in_(first), *valid))
        return tuple(_diagnosis(each) for each in _in_order(found, first)[:limit])
    by_code = and_(row.code >= code, row.code <= code + "ZZZZZZZ")
    by_words = _has_words(work, row, code_synonyms.groups(work, typed))
    rows = [*_gone(work, row, code, on)]
    if first:
        own = select(row).where(row.code.in_(first), or_(by_code, by_words), *valid)
        rows += _in_order(work.session.scalars(own), first)
    rows += work.session.scalars(select(row).where(by_code, *valid).order_by(row.code).limit(limit))
    if len(rows) < limit:
        ordered = select(row).where(by_words, *valid).order_by(func.length(row.label), row.code)
        rows += work.session.scalars(ordered.limit(limit))
    return tuple(_diagnosis(each, on) for each in dict.fromkeys(rows))[:limit]


@query(permission="billing.view")
def find_procedures(
    work: Work, *, typed: str, on: date, provider_id: int | None = None, limit: int = 20
) -> tuple[Procedure, ...]:
    """The office's codes of a day, then those of HCPCS; the office's usual ones when nothing is typed."""
    own = ProcedureCode
    first = code_favourites.first_ones(work, provider_id, FavouriteKind.SERVICE) if typed.strip() else []
    wanted = [_valid(own, on)]
    if not fold(typed):
        wanted.append(own.is_favourite.is_(True))
    groups = code_synonyms.groups(work, typed)
    wanted += [
        or_(*(and_(*(own.words.contains(word, autoescape=True) for word in words)) for words in group))
        for group in groups
    ]
    code = typed.strip().upper()
    begins = own.code.startswith(code, autoescape=True)
    order = (own.code.in_(first).desc(), begins.desc(), own.is_favourite.desc(), own.code)
    found = work.session.scalars(select(own).where(*wanted).order_by(*order).limit(limit)).all()
    office = [Procedure(each.code, each.label, each.code_set, each.is_favourite) for each in found]
    office.sort(key=lambda each: first.index(each.code) if each.code in first else len(first))
    if not groups or len(office) >= limit:
        return tuple(office)
    return (*office, *_hcpcs(work, code, groups, on, first, limit - len(office)))


def _hcpcs(
    work: Work, code: str, groups: list[Group], on: date, first: list[str], limit: int
) -> list[Procedure]:
    """Those that the office has no wording of its own for."""
    row = HcpcsCode
    not_own = row.code.not_in(select(ProcedureCode.code).where(_valid(ProcedureCode, on)))
    begins = and_(row.code >= code, row.code <= code + "ZZZZZ")
    fits = or_(begins, _has_words(work, row, groups))
    rows = list(_gone(work, row, code, on))
    order = (row.code.in_(first).desc(), begins.desc(), func.length(row.label), row.code)
    rows += work.session.scalars(
        select(row).where(fits, _valid(row, on), not_own).order_by(*order).limit(limit)
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
    valid = select(model).where(model.code.in_(instead), _valid(model, on)).order_by(model.code)
    return (usable[0], *work.session.scalars(valid))


def _has_words(work: Work, model: type[Published], groups: list[Group]) -> ColumnElement[bool]:
    """Each group is met by beginnings of words of the label, by the engine's own full-text index."""
    table = model.__tablename__
    if work.session.get_bind().dialect.name == "sqlite":
        index = _INDEXES[table]
        match = text(f"SELECT rowid FROM {index} WHERE {index} MATCH :words LIMIT {_AMONG}")
        asked = " AND ".join(_either(group, '"{}"*', " AND ", " OR ") for group in groups)
        rows = match.bindparams(words=asked).columns(literal_column("rowid"))
        return model.id.in_(rows.subquery().select())
    asked = " & ".join(_either(group, "{}:*", " & ", " | ") for group in groups)
    indexed = func.to_tsvector(literal_column("'simple'"), model.words)
    return indexed.op("@@", is_comparison=True)(func.to_tsquery("simple", asked))


def _either(group: Group, word: str, both: str, other: str) -> str:
    """ "(a* AND b*) OR (c*)" as an engine writes it; folded words hold nothing that it would read."""
    return f"({other.join('(' + both.join(word.format(each) for each in words) + ')' for words in group)})"


def _valid(model: type[Published] | type[ProcedureCode], on: date) -> ColumnElement[bool]:
    return and_(model.effective_on <= on, or_(model.expires_on.is_(None), model.expires_on >= on))


def _ended(row: Published, on: date) -> date | None:
    return row.expires_on if row.expires_on is not None and row.expires_on < on else None


def _diagnosis(row: Published, on: date = date.min) -> Diagnosis:
    return Diagnosis(codes.dotted(row.code), row.label, is_billable=True, expired_on=_ended(row, on))


def _in_order(found: Iterable[DiagnosisCode], first: list[str]) -> list[DiagnosisCode]:
    return sorted(found, key=lambda row: first.index(row.code))
