"""Numbers that payers gave the practice, its providers and sites, and those who refer: kept by the office."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.assigned_number import AssignedNumber
from frontdesk.models.billing.assigned_number import Holder as Holder
from frontdesk.models.billing.assigned_number import Qualifier as Qualifier
from frontdesk.models.office.practice import Site
from frontdesk.models.office.resources import Provider, Resource
from frontdesk.models.registration.payer import Payer
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.office.identifiers import is_npi
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

TAKES = {
    Holder.PRACTICE: tuple(Qualifier),
    Holder.PROVIDER: tuple(Qualifier),
    Holder.SITE: (Qualifier.OF_PAYER, Qualifier.LOCATION, Qualifier.LICENSE),
    Holder.OTHER: (Qualifier.OF_PAYER, Qualifier.LICENSE, Qualifier.UPIN),
}
"""Which kinds the format of claims has room for (005010X222A1 2010AA, 2010BB, 2310A to D, 2420E)."""
LONGEST = 50
"""Characters of a reference (REF02)."""
_THERE = "There is a number of this kind for these days already. End it first, or change it."

says("no_overlap_assigned_number", _THERE, field="number")


@dataclass(frozen=True, slots=True)
class NumberDraft:
    """What a payer calls whom; `holder_id` is a provider's or a site's, `npi` somebody's outside."""

    payer_id: int
    holder: Holder
    qualifier: Qualifier
    number: str
    valid_from: date
    valid_until: date | None = None
    holder_id: int | None = None
    npi: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A number as the list shows it; `whose` is empty for the practice."""

    id: int
    version: int
    payer: str
    whose: str
    draft: NumberDraft


@dataclass(frozen=True, slots=True)
class HolderChoice:
    """Somebody of the office who can have a number."""

    holder: Holder
    id: int
    name: str


@query(permission="billing.view")
def numbers(work: Work) -> tuple[NumberRow, ...]:
    """Those that are kept, by payer."""
    found = work.session.execute(
        select(AssignedNumber, Payer.name, Resource.name, Site.name)
        .join(Payer, Payer.id == AssignedNumber.payer_id)
        .outerjoin(Resource, Resource.id == AssignedNumber.provider_id)
        .outerjoin(Site, Site.id == AssignedNumber.site_id)
        .where(AssignedNumber.is_active)
        .order_by(Payer.name, AssignedNumber.holder, AssignedNumber.valid_from, AssignedNumber.id)
    )
    return tuple(
        NumberRow(row.id, row.version, payer, provider or site or row.name or row.npi, _draft(row))
        for row, payer, provider, site in found
    )


@query(permission="billing.view")
def holders(work: Work) -> tuple[HolderChoice, ...]:
    """The providers and the sites in use, by name."""
    providers = work.session.execute(
        select(Resource.id, Resource.name)
        .join(Provider, Provider.id == Resource.id)
        .where(Resource.is_active)
        .order_by(Resource.name, Resource.id)
    )
    sites = work.session.execute(
        select(Site.id, Site.name).where(Site.is_active).order_by(Site.name, Site.id)
    )
    return (
        *(HolderChoice(Holder.PROVIDER, id, name) for id, name in providers),
        *(HolderChoice(Holder.SITE, id, name) for id, name in sites),
    )


def _kept(done: Performed) -> Undo:
    return Undo(drop, number_id=done.result)


@command("Keep number of payer", permission="billing.edit_fees", undo=_kept)
def keep(work: Work, *, draft: NumberDraft) -> int:
    """Claims to the payer carry it from now on; gives back its id."""
    refuse_if_any([*_against(draft), *_already(work, draft, None)])
    row = AssignedNumber()
    _fill(row, draft)
    return work.add(row).id


def _changed(done: Performed) -> Undo:
    return Undo(change, number_id=done.arguments["number_id"], draft=done.result)


@command("Change number of payer", permission="billing.edit_fees", undo=_changed)
def change(work: Work, *, number_id: int, draft: NumberDraft, version: int | None = None) -> NumberDraft:
    """Say it anew; claims that were sent keep what they said. Gives back how it was."""
    row = work.get(AssignedNumber, number_id, version)
    if not row.is_active:
        raise Refused(Finding("This number was dropped. Keep it anew."))
    refuse_if_any([*_against(draft), *_already(work, draft, row.id)])
    before = _draft(row)
    _fill(row, draft)
    return before


def _dropped(done: Performed) -> Undo:
    return Undo(take_up, number_id=done.arguments["number_id"])


@command("Drop number of payer", permission="billing.edit_fees", undo=_dropped)
def drop(work: Work, *, number_id: int, version: int | None = None) -> None:
    """Claims carry it no more."""
    work.get(AssignedNumber, number_id, version).is_active = False


def _taken_up(done: Performed) -> Undo:
    return Undo(drop, number_id=done.arguments["number_id"])


@command("Take up again number of payer", permission="billing.edit_fees", undo=_taken_up)
def take_up(work: Work, *, number_id: int) -> None:
    """Claims carry it again."""
    row = work.get(AssignedNumber, number_id)
    refuse_if_any(_already(work, _draft(row), row.id))
    row.is_active = True


def _against(draft: NumberDraft) -> Iterator[Finding]:
    number = draft.number.strip()
    if not number:
        yield Finding("Enter the number as the payer wrote it.", "number")
    elif len(number) > LONGEST:
        yield Finding(f"A number has at most {LONGEST} characters.", "number")
    if draft.qualifier not in TAKES[draft.holder]:
        yield Finding("A claim has no place for this kind of number there. Choose another kind.", "qualifier")
    if draft.holder in (Holder.PROVIDER, Holder.SITE) and draft.holder_id is None:
        yield Finding("Choose whose number it is.", "holder")
    if draft.holder is Holder.OTHER and not is_npi(draft.npi.strip()):
        yield Finding("This NPI is not valid. Compare its ten digits.", "npi")
    if draft.valid_until is not None and draft.valid_until < draft.valid_from:
        yield Finding("It ends before it starts. Check the days.", "valid_until")


def _already(work: Work, draft: NumberDraft, but: int | None) -> list[Finding]:
    """The days of another number of the same kind."""
    starts_before_end = AssignedNumber.valid_from <= (draft.valid_until or date.max)
    other = work.session.scalar(
        select(AssignedNumber.id).where(
            AssignedNumber.is_active,
            AssignedNumber.id != (but or 0),
            AssignedNumber.payer_id == draft.payer_id,
            AssignedNumber.holder == draft.holder,
            AssignedNumber.whose == _whose(draft),
            AssignedNumber.qualifier == draft.qualifier,
            starts_before_end,
            or_(AssignedNumber.valid_until.is_(None), AssignedNumber.valid_until >= draft.valid_from),
        )
    )
    return [] if other is None else [Finding(_THERE, "number")]


def _whose(draft: NumberDraft) -> str:
    if draft.holder is Holder.OTHER:
        return draft.npi.strip()
    return "" if draft.holder is Holder.PRACTICE else str(draft.holder_id)


def _fill(row: AssignedNumber, draft: NumberDraft) -> None:
    holder = row.holder = draft.holder
    row.payer_id, row.qualifier, row.number = draft.payer_id, draft.qualifier, draft.number.strip()
    row.provider_id = draft.holder_id if holder is Holder.PROVIDER else None
    row.site_id = draft.holder_id if holder is Holder.SITE else None
    row.npi = draft.npi.strip() if holder is Holder.OTHER else ""
    row.name = " ".join(draft.name.split()) if holder is Holder.OTHER else ""
    row.whose = _whose(draft)
    row.valid_from, row.valid_until = draft.valid_from, draft.valid_until


def _draft(row: AssignedNumber) -> NumberDraft:
    return NumberDraft(
        payer_id=row.payer_id,
        holder=row.holder,
        qualifier=row.qualifier,
        number=row.number,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        holder_id=row.provider_id or row.site_id,
        npi=row.npi,
        name=row.name,
    )
