"""Named views of the book: kept under a name and a key, for oneself or for the whole office."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select

from frontdesk.kernel.errors import Conflict, Finding, NotFound, Refused
from frontdesk.models.office.practice import Site
from frontdesk.models.schedule.named_view import (
    KEYS,
    LONGEST,
    BookView,
    NamedView,
    NamedViewProvider,
    NamedViewResource,
)
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.schedule import resources
from frontdesk.services.schedule.resources import BookableProvider
from frontdesk.services.schedule.status import Status
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

__all__ = ["KEYS", "BookView"]

_SHARING = "schedule.edit_templates"
_TAKEN = "Another desk has just given this key to a view. Choose another key, then save again."

says(
    "ck_named_view_name",
    f"A name has 1 to {LONGEST} characters. Change it, then save again.",
    field="name",
)
says("ck_named_view_key_number", f"The keys go from Ctrl+F1 to Ctrl+F{KEYS}. Choose one.", field="key_number")
says("uq_named_view_own_key", _TAKEN, field="key_number")
says("uq_named_view_shared_key", _TAKEN, field="key_number")
says("uq_named_view_provider_named_view_id_provider_id", "A view shows each provider once.")
says("uq_named_view_resource_named_view_id_resource_id", "A view shows each row once.")
says("append_only_named_view", "What a view shows stays as it was kept. Keep another view.")
says("append_only_named_view_provider", "What a view shows stays as it was kept. Keep another view.")
says("append_only_named_view_resource", "What a view shows stays as it was kept. Keep another view.")


@dataclass(frozen=True, slots=True)
class NamedViewDraft:
    """What a view shows."""

    name: str
    book_view: BookView
    key_number: int | None = None
    provider_ids: tuple[int, ...] = ()
    """Whose columns; empty: all."""
    site_id: int | None = None
    only_status: str = ""
    unconfirmed_only: bool = False
    needs_work: bool = False
    is_shared: bool = False
    resource_ids: tuple[int, ...] = ()
    """Which rows of the Resources view; empty: all."""


@dataclass(frozen=True, slots=True)
class NamedViewView:
    """A view that is kept; `may_change` says whether by the one who asks."""

    id: int
    version: int
    draft: NamedViewDraft
    may_change: bool

    @property
    def keys(self) -> str:
        """ "Ctrl+F3", or nothing."""
        return f"Ctrl+F{self.draft.key_number}" if self.draft.key_number else ""


@dataclass(frozen=True, slots=True)
class Called:
    """A name and its key."""

    name: str
    key_number: int | None


@dataclass(frozen=True, slots=True)
class Renamed:
    """What a view was called before and since, for the way back."""

    before: Called
    since: Called


@query(permission="schedule.view")
def named_views(work: Work) -> tuple[NamedViewView, ...]:
    """One's own and the office's, by their keys, then by name; three statements."""
    rows = list(
        work.session.scalars(
            select(NamedView)
            .where(NamedView.withdrawn_at.is_(None), _seen_by(work))
            .order_by(NamedView.key_number.is_(None), NamedView.key_number, NamedView.name, NamedView.id)
        )
    )
    ids = [row.id for row in rows]
    chosen, things = _providers(work, ids), _resources(work, ids)
    return tuple(_view(work, row, chosen.get(row.id, ()), things.get(row.id, ())) for row in rows)


@query(permission="schedule.view")
def named_view(work: Work, *, named_view_id: int) -> NamedViewView:
    """One view as it is to be shown now: the place is resolved to its providers; raises NotFound."""
    row = work.get(NamedView, named_view_id)
    if row.withdrawn_at is not None or not _is_seen_by(work, row):
        raise NotFound("This view is no longer kept. Choose another.")
    chosen = _providers(work, [row.id]).get(row.id, ())
    active = resources.providers(work)
    if row.site_id is not None:
        chosen = chosen or tuple(active)
        chosen = tuple(id for id in chosen if id in active and active[id].site_id == row.site_id)
    things = _resources(work, [row.id]).get(row.id, ())
    return _view(work, row, tuple(id for id in chosen if id in active), things)


@query(permission="schedule.view")
def columns(work: Work) -> tuple[BookableProvider, ...]:
    """Whose columns can be chosen."""
    return tuple(resources.providers(work).values())


def _withdrawn(done: Performed) -> Undo:
    return Undo(withdraw, named_view_id=done.result)


@command("Keep view", permission="own.keep_views", undo=_withdrawn)
def keep(work: Work, *, draft: NamedViewDraft) -> int:
    """Keeps a view under its name; gives back its id."""
    if draft.is_shared:
        work.require(_SHARING)
    name = _checked(work, draft.name, draft.key_number, is_shared=draft.is_shared)
    if draft.only_status:
        Status(draft.only_status)
    if draft.site_id is not None:
        _refuse_no_columns(work, draft.site_id, draft.provider_ids)
    row = work.add(
        NamedView(
            name=name,
            key_number=draft.key_number,
            book_view=draft.book_view,
            site_id=draft.site_id,
            only_status=draft.only_status,
            unconfirmed_only=draft.unconfirmed_only,
            needs_work=draft.needs_work,
            is_shared=draft.is_shared,
            user_id=work.actor.user_id,
            kept_at=work.now,
        )
    )
    work.flush()
    for provider_id in dict.fromkeys(draft.provider_ids):
        work.add(NamedViewProvider(named_view_id=row.id, provider_id=provider_id))
    for resource_id in dict.fromkeys(draft.resource_ids):
        work.add(NamedViewResource(named_view_id=row.id, resource_id=resource_id))
    return row.id


def _refuse_no_columns(work: Work, site_id: int, provider_ids: tuple[int, ...]) -> None:
    """A place of which no column would be left."""
    here = [each.id for each in resources.providers(work).values() if each.site_id == site_id]
    if not any(id in here for id in provider_ids or here):
        name = work.get(Site, site_id).name
        said = f"None of these columns is at {name}. Choose another location, or other columns."
        raise Refused(Finding(said, field="site_id"))


def _renamed_back(done: Performed) -> Undo:
    renamed: Renamed = done.result
    return Undo(
        rename,
        named_view_id=done.arguments["named_view_id"],
        name=renamed.before.name,
        key_number=renamed.before.key_number,
        instead_of=renamed.since,
    )


@command("Rename view", permission="own.keep_views", undo=_renamed_back)
def rename(
    work: Work,
    *,
    named_view_id: int,
    name: str,
    key_number: int | None,
    version: int | None = None,
    instead_of: Called | None = None,
) -> Renamed:
    """Another name, another key, or both; `instead_of` is what a way back finds, or it raises Conflict."""
    row = work.get(NamedView, named_view_id, version)
    _refuse_anothers(work, row)
    before = Called(row.name, row.key_number)
    if instead_of is not None and instead_of != before:
        raise Conflict("This view was renamed again since. Nothing was changed.")
    row.name = _checked(work, name, key_number, is_shared=row.is_shared, beside=row.id)
    row.key_number = key_number
    return Renamed(before, Called(row.name, key_number))


def _brought_back(done: Performed) -> Undo:
    return Undo(bring_back, named_view_id=done.arguments["named_view_id"])


@command("Withdraw view", permission="own.keep_views", undo=_brought_back)
def withdraw(work: Work, *, named_view_id: int) -> None:
    """It is no longer offered; what it was stays on record."""
    row = work.get(NamedView, named_view_id)
    _refuse_anothers(work, row)
    row.withdrawn_at = work.now


def _withdrawn_again(done: Performed) -> Undo:
    return Undo(withdraw, named_view_id=done.arguments["named_view_id"])


@command("Bring view back", permission="own.keep_views", undo=_withdrawn_again)
def bring_back(work: Work, *, named_view_id: int) -> None:
    """It is offered again, under its name and its key where that is still free."""
    row = work.get(NamedView, named_view_id)
    _refuse_anothers(work, row)
    _checked(work, row.name, row.key_number, is_shared=row.is_shared, beside=row.id)
    row.withdrawn_at = None


def _checked(
    work: Work, name: str, key_number: int | None, *, is_shared: bool, beside: int | None = None
) -> str:
    """The name as it is kept; raises Refused."""
    words, findings = " ".join(name.split()), []
    if not words:
        findings.append(Finding("A view needs a name. Write what it shows.", field="name"))
    elif len(words) > LONGEST:
        findings.append(
            Finding(f"A name has at most {LONGEST} characters, this one {len(words)}.", field="name")
        )
    if key_number is not None:
        findings += _refused_key(work, key_number, is_shared=is_shared, beside=beside)
    if findings:
        raise Refused(*findings)
    return words


def _refused_key(work: Work, key_number: int, *, is_shared: bool, beside: int | None) -> list[Finding]:
    if not 1 <= key_number <= KEYS:
        return [Finding(f"The keys go from Ctrl+F1 to Ctrl+F{KEYS}. Choose one.", field="key_number")]
    whose = NamedView.is_shared if is_shared else _own(work)
    asked = select(NamedView.id, NamedView.name).where(
        NamedView.withdrawn_at.is_(None), NamedView.key_number == key_number, whose
    )
    return [
        Finding(
            f"Ctrl+F{key_number} already opens “{name}”. Choose another key, or free that one.",
            field="key_number",
        )
        for id, name in work.session.execute(asked.order_by(NamedView.id))
        if id != beside
    ]


def _refuse_anothers(work: Work, row: NamedView) -> None:
    if row.is_shared:
        work.require(_SHARING)
    elif not _is_seen_by(work, row):
        raise Refused(Finding("This view is another person's. Keep one of your own."))


def _own(work: Work) -> ColumnElement[bool]:
    return and_(NamedView.is_shared.is_(False), NamedView.user_id == work.actor.user_id)


def _seen_by(work: Work) -> ColumnElement[bool]:
    return or_(NamedView.is_shared, _own(work))


def _is_seen_by(work: Work, row: NamedView) -> bool:
    return row.is_shared or row.user_id == work.actor.user_id


def _providers(work: Work, ids: list[int]) -> dict[int, tuple[int, ...]]:
    asked = (
        select(NamedViewProvider.named_view_id, NamedViewProvider.provider_id)
        .where(NamedViewProvider.named_view_id.in_(ids))
        .order_by(NamedViewProvider.id)
    )
    found: dict[int, tuple[int, ...]] = {}
    for id, provider_id in work.session.execute(asked):
        found[id] = (*found.get(id, ()), provider_id)
    return found


def _resources(work: Work, ids: list[int]) -> dict[int, tuple[int, ...]]:
    asked = (
        select(NamedViewResource.named_view_id, NamedViewResource.resource_id)
        .where(NamedViewResource.named_view_id.in_(ids))
        .order_by(NamedViewResource.id)
    )
    found: dict[int, tuple[int, ...]] = {}
    for id, resource_id in work.session.execute(asked):
        found[id] = (*found.get(id, ()), resource_id)
    return found


def _view(
    work: Work, row: NamedView, provider_ids: tuple[int, ...], resource_ids: tuple[int, ...]
) -> NamedViewView:
    return NamedViewView(
        id=row.id,
        version=row.version,
        draft=NamedViewDraft(
            name=row.name,
            book_view=row.book_view,
            key_number=row.key_number,
            provider_ids=provider_ids,
            site_id=row.site_id,
            only_status=row.only_status,
            unconfirmed_only=row.unconfirmed_only,
            needs_work=row.needs_work,
            is_shared=row.is_shared,
            resource_ids=resource_ids,
        ),
        may_change=work.actor.may(_SHARING) if row.is_shared else True,
    )
