"""Who and what can be booked: providers, and the rooms, devices and staff of each kind."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import String, cast, func, select

from frontdesk.kernel.errors import Finding
from frontdesk.models.office.resources import Device, Provider, Resource, ResourceKind, Room, StaffMember
from frontdesk.models.schedule.visit_type import Role
from frontdesk.services.command import query
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.schedule.pattern import Want
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class BookableProvider:
    """A provider as the schedule names them."""

    id: int
    name: str
    """As said at the desk: "Dr. Lee"."""
    last_name: str
    site_id: int


@dataclass(frozen=True, slots=True)
class BookableThing:
    """A room, device or person of a wanted kind."""

    id: int
    name: str
    site_id: int


_ACTIVE: Final = (
    select(Provider.id, Provider.short_name, Provider.last_name, Resource.site_id)
    .join(Resource, Resource.id == Provider.id)
    .where(Resource.is_active)
    .order_by(Resource.sort_order, Provider.last_name, Provider.id)
)
_KIND: Final = func.coalesce(cast(Room.room_kind, String), Device.device_kind, StaffMember.skill)
_THINGS: Final = Prepared(
    select(Resource.id, Resource.name, Resource.site_id, Resource.kind, _KIND)
    .outerjoin(Room, Room.id == Resource.id)
    .outerjoin(Device, Device.id == Resource.id)
    .outerjoin(StaffMember, StaffMember.id == Resource.id)
    .where(Resource.is_active, Resource.kind != ResourceKind.PROVIDER)
    .order_by(Resource.sort_order, Resource.name, Resource.id)
)
_PROVIDERS: Final = Prepared(_ACTIVE)
_NAMED: Final = Prepared(_ACTIVE.where(among(Provider.id, "ids")))


def providers(work: Work, ids: Collection[int] = ()) -> dict[int, BookableProvider]:
    """The active providers, or those named, in the order of the columns."""
    asked = _NAMED if ids else _PROVIDERS
    found = (BookableProvider(*row) for row in asked.rows(work.session, {"ids": ids}))
    return {provider.id: provider for provider in found}


@query(permission="schedule.view")
def bookable_kinds(work: Work) -> tuple[Want, ...]:
    """The kinds of room, device and skill that there are, in this order, each by name; one statement."""
    asked = (
        select(Resource.kind, _KIND)
        .outerjoin(Room, Room.id == Resource.id)
        .outerjoin(Device, Device.id == Resource.id)
        .outerjoin(StaffMember, StaffMember.id == Resource.id)
        .where(Resource.is_active, Resource.kind != ResourceKind.PROVIDER)
    )
    found = {(Role(role.value), of_kind) for role, of_kind in work.session.execute(asked)}
    order = list(Role)
    return tuple(sorted(found, key=lambda want: (order.index(want[0]), want[1])))


def candidates(work: Work, wants: Collection[Want]) -> dict[Want, tuple[BookableThing, ...]]:
    """The active things of each wanted kind, in the office's order."""
    found: dict[Want, list[BookableThing]] = {want: [] for want in wants}
    if not found:
        return {}
    for id, name, site_id, role, of_kind in _THINGS.rows(work.session, {}):
        want = (Role(role.value), of_kind)
        if want in found:
            found[want].append(BookableThing(id, name, site_id))
    return {want: tuple(things) for want, things in found.items()}


def unfit(
    work: Work, asked: Collection[int], things: Mapping[Want, Sequence[BookableThing]], kind: str
) -> list[Finding]:
    """What was asked for by name, and serves nothing that this kind of visit needs."""
    serving = {thing.id for several in things.values() for thing in several}
    needed = ", ".join(want[1] for want in things) or "its provider alone"
    return [
        Finding(f"{work.get(Resource, id).name} is not what {kind} is booked on: {needed}.", field="slot")
        for id in asked
        if id not in serving
    ]
