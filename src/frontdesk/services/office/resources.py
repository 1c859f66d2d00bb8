"""What all bookable things share: a name at a site, and being switched off and on."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select, true

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.models.office.practice import Site
from frontdesk.models.office.resources import Resource, ResourceKind
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_resource_name", "This name is taken at this site. Choose another.", field="name")


@dataclass(frozen=True, slots=True)
class ResourceView:
    """One bookable thing."""

    id: int
    kind: ResourceKind
    name: str
    site_id: int
    is_active: bool


@query(permission="office.view")
def resources(
    work: Work, *, kinds: tuple[ResourceKind, ...] = tuple(ResourceKind), with_inactive: bool = False
) -> tuple[ResourceView, ...]:
    """The bookable things of some kinds, in the office's order."""
    found = work.session.execute(
        select(Resource)
        .where(Resource.kind.in_(kinds), among(with_inactive=with_inactive))
        .order_by(Resource.kind, Resource.sort_order, Resource.name, Resource.id)
    ).scalars()
    return tuple(ResourceView(row.id, row.kind, row.name, row.site_id, row.is_active) for row in found)


def _switched_on(done: Performed) -> Undo:
    return Undo(reactivate_resource, resource_id=done.arguments["resource_id"])


@command("Switch resource off", permission="office.edit", undo=_switched_on)
def deactivate_resource(work: Work, *, resource_id: int) -> None:
    """Offer it for booking no more; what is booked stays."""
    work.get(Resource, resource_id).is_active = False


def _switched_off(done: Performed) -> Undo:
    return Undo(deactivate_resource, resource_id=done.arguments["resource_id"])


@command("Switch resource on", permission="office.edit", undo=_switched_off)
def reactivate_resource(work: Work, *, resource_id: int) -> None:
    """Offer it for booking again."""
    resource = work.get(Resource, resource_id)
    refuse_if_any(name_findings(work, resource.kind, resource.name, resource.site_id, resource_id))
    resource.is_active = True


def _in_former_order(done: Performed) -> Undo:
    return Undo(order_resources, resource_ids=done.result)


@command("Order resources", permission="office.edit", undo=_in_former_order)
def order_resources(work: Work, *, resource_ids: tuple[int, ...]) -> tuple[int, ...]:
    """Set the order in which columns and lists show them; gives back the former order."""
    rows = [work.get(Resource, resource_id) for resource_id in resource_ids]
    former = sorted(rows, key=lambda row: (row.sort_order, row.name, row.id))
    for place, row in enumerate(rows, start=1):
        row.sort_order = place
    return tuple(row.id for row in former)


def among(*, with_inactive: bool) -> ColumnElement[bool]:
    """The condition that a resource belongs into a list."""
    return true() if with_inactive else Resource.is_active.is_(True)


def add_resource(work: Work, kind: ResourceKind, name: str, site_id: int) -> int:
    """Create what a provider, room, device or staff member is booked as."""
    last = select(Resource.sort_order).where(Resource.kind == kind).order_by(Resource.sort_order.desc())
    place = (work.session.execute(last.limit(1)).scalar() or 0) + 1
    row = work.add(Resource(kind=kind, name=name, site_id=site_id, sort_order=place, is_active=True))
    work.flush()  # before the row that has this id as its foreign key
    return row.id


def edit_resource(work: Work, resource_id: int, name: str, site_id: int) -> None:
    """Rename or move it."""
    row = work.get(Resource, resource_id)
    row.name, row.site_id = name, site_id


def name_findings(
    work: Work, kind: ResourceKind, name: str, site_id: int, resource_id: int | None = None
) -> list[Finding]:
    """What is wrong with a name at a site."""
    site = work.get(Site, site_id)
    if not name:
        return [Finding("Type a name.", field="name")]
    if not site.is_active:
        return [Finding(f"{site.name} is closed. Choose another site.", field="site_id")]
    same = select(Resource.id).where(
        Resource.kind == kind, Resource.name == name, Resource.site_id == site_id, Resource.is_active
    )
    if work.session.execute(same).scalar() not in (None, resource_id):
        return [Finding(f"{site.name} already has a {kind.value} named {name}.", field="name")]
    return []


def plain(text: str) -> str:
    """Without blanks around it, or more than one inside."""
    return " ".join(text.split())
