"""The codes that a provider wants offered first, and those that the provider used lately."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, bindparam, func, select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.billing.charges import ChargeLine, Superbill, SuperbillDiagnosis
from frontdesk.models.billing.code_lists import FavouriteCode
from frontdesk.models.billing.code_lists import FavouriteKind as FavouriteKind
from frontdesk.models.office.resources import Provider
from frontdesk.services.billing import codes
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.prepared import Prepared
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_favourite_code_provider_id", "This code is among the favorites already.", field="code")

_LAST_SUPERBILLS = 200
_MOST_RECENT = 40


@dataclass(frozen=True, slots=True)
class Favourite:
    """A favourite of a provider, with its words of today; no words: it is not valid any more."""

    kind: FavouriteKind
    code: str
    """As people write it."""
    label: str
    problem: str
    """Why it cannot be used today; empty where it can."""


@query(permission="billing.view")
def favourites(work: Work, *, provider_id: int) -> tuple[Favourite, ...]:
    """The favourites of a provider, diagnoses first."""
    rows = work.session.execute(
        select(FavouriteCode.kind, FavouriteCode.code)
        .where(FavouriteCode.provider_id == provider_id)
        .order_by(FavouriteCode.kind, FavouriteCode.code)
    )
    return tuple(_shown(work, kind, code) for kind, code in rows)


def _taken_off(done: Performed) -> Undo:
    return Undo(remove, **done.arguments)


def _put_back(done: Performed) -> Undo:
    return Undo(add, **done.arguments)


@command(
    "Add favorite code",
    permission="billing.enter_charges",
    undo=_taken_off,
)
def add(work: Work, *, provider_id: int, kind: FavouriteKind, code: str) -> int:
    """Offer a code first when this provider's visits are entered; it must be valid today."""
    if kind is FavouriteKind.DIAGNOSIS:
        kept = codes.undotted(codes.diagnosis_on(work, code, work.today).code)
    else:
        kept = codes.procedure_on(work, code, work.today).code
    if _row(work, provider_id, kind, kept) is not None:
        raise Refused(Finding("This code is among the favorites already.", "code"))
    return work.add(FavouriteCode(provider_id=provider_id, kind=kind, code=kept)).id


@command(
    "Remove favorite code",
    permission="billing.enter_charges",
    undo=_put_back,
)
def remove(work: Work, *, provider_id: int, kind: FavouriteKind, code: str) -> None:
    """The code is found as any other again."""
    row = _row(work, provider_id, kind, codes.undotted(code))
    if row is None:
        raise Refused(Finding("This code is not among the favorites any more. Nothing was changed."))
    work.session.delete(row)


def first_ones(work: Work, provider_id: int | None, kind: FavouriteKind) -> list[str]:
    """The provider's favourites, then what the last superbills had most.

    For who has entered none yet, what those of the same specialty had.
    """
    if provider_id is None:
        return []
    provider = {"provider": provider_id}
    kept = _kept.rows(work.session, provider | {"kind": kind})
    recent = _recent[kind].rows(work.session, provider) or _of_specialty[kind].rows(work.session, provider)
    return list(dict.fromkeys(code for (code,) in (*kept, *recent)))


_kept = Prepared(
    select(FavouriteCode.code)
    .where(
        FavouriteCode.provider_id == bindparam("provider", type_=FavouriteCode.provider_id.type),
        FavouriteCode.kind == bindparam("kind", type_=FavouriteCode.kind.type),
    )
    .order_by(FavouriteCode.code)
)


_asked = bindparam("provider", type_=Superbill.provider_id.type)
_own = Superbill.provider_id == _asked
_alike = Superbill.provider_id.in_(
    select(Provider.id).where(
        Provider.taxonomy != "",
        Provider.taxonomy == select(Provider.taxonomy).where(Provider.id == _asked).scalar_subquery(),
    )
)


def _used_most(used: type[SuperbillDiagnosis] | type[ChargeLine], whose: ColumnElement[bool]) -> Prepared:
    """The codes of the last superbills of somebody, the most frequent first."""
    last = (
        select(Superbill.id)
        .where(whose)
        .order_by(Superbill.service_on.desc(), Superbill.id.desc())
        .limit(_LAST_SUPERBILLS)
        .subquery()
    )
    return Prepared(
        select(used.code)
        .join(last, used.superbill_id == last.c.id)
        .group_by(used.code)
        .order_by(func.count().desc(), used.code)
        .limit(_MOST_RECENT)
    )


_recent = {
    FavouriteKind.DIAGNOSIS: _used_most(SuperbillDiagnosis, _own),
    FavouriteKind.SERVICE: _used_most(ChargeLine, _own),
}
_of_specialty = {
    FavouriteKind.DIAGNOSIS: _used_most(SuperbillDiagnosis, _alike),
    FavouriteKind.SERVICE: _used_most(ChargeLine, _alike),
}


def _shown(work: Work, kind: FavouriteKind, code: str) -> Favourite:
    is_diagnosis = kind is FavouriteKind.DIAGNOSIS
    try:
        valid = (codes.diagnosis_on if is_diagnosis else codes.procedure_on)(work, code, work.today)
    except Refused as no:
        return Favourite(kind, codes.dotted(code) if is_diagnosis else code, "", str(no))
    return Favourite(kind, valid.code, valid.label, "")


def _row(work: Work, provider_id: int, kind: FavouriteKind, code: str) -> FavouriteCode | None:
    return work.session.scalar(
        select(FavouriteCode).where(
            FavouriteCode.provider_id == provider_id, FavouriteCode.kind == kind, FavouriteCode.code == code
        )
    )
