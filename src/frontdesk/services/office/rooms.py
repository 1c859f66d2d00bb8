"""The rooms, and whether the next patient can go in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.office.resources import Resource, ResourceKind, Room, RoomKind
from frontdesk.models.office.resources import RoomState as RoomState
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.office import resources
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class RoomDraft:
    """A room as the office enters it."""

    name: str
    room_kind: RoomKind
    site_id: int


@dataclass(frozen=True, slots=True)
class RoomView:
    """A room as it is."""

    id: int
    version: int
    name: str
    room_kind: RoomKind
    site_id: int
    is_active: bool
    state: RoomState
    state_since: datetime
    """Wall time."""
    blocked_reason: str


@dataclass(frozen=True, slots=True)
class FormerState:
    """What a room's state was before it changed."""

    state: RoomState
    reason: str


@query(permission="office.view")
def rooms(work: Work, *, with_inactive: bool = False) -> tuple[RoomView, ...]:
    """The rooms, in the office's order."""
    found = work.session.execute(
        select(Room, Resource)
        .join(Resource, Resource.id == Room.id)
        .where(resources.among(with_inactive=with_inactive))
        .order_by(Resource.sort_order, Resource.name, Resource.id)
    )
    return tuple(
        RoomView(
            id=room.id,
            version=room.version,
            name=row.name,
            room_kind=room.room_kind,
            site_id=row.site_id,
            is_active=row.is_active,
            state=room.state,
            state_since=work.wall(room.state_since_at),
            blocked_reason=room.blocked_reason,
        )
        for room, row in found
    )


def _switched_off(done: Performed) -> Undo:
    return Undo(resources.deactivate_resource, resource_id=done.result)


@command("Add room", permission="office.edit", undo=_switched_off)
def add_room(work: Work, *, draft: RoomDraft) -> int:
    """Add a room, free; the id is that of the resource."""
    name = resources.plain(draft.name)
    refuse_if_any(resources.name_findings(work, ResourceKind.ROOM, name, draft.site_id))
    room_id = resources.add_resource(work, ResourceKind.ROOM, name, draft.site_id)
    work.add(
        Room(
            id=room_id,
            room_kind=draft.room_kind,
            state=RoomState.FREE,
            state_since_at=work.now,
            blocked_reason="",
        )
    )
    return room_id


def _edited_back(done: Performed) -> Undo:
    return Undo(edit_room, room_id=done.arguments["room_id"], draft=done.result)


@command("Change room", permission="office.edit", undo=_edited_back)
def edit_room(work: Work, *, room_id: int, draft: RoomDraft, version: int | None = None) -> RoomDraft:
    """Rename, move or refit a room; gives back what it was."""
    room, row = work.get(Room, room_id, version), work.get(Resource, room_id)
    former = RoomDraft(row.name, room.room_kind, row.site_id)
    name = resources.plain(draft.name)
    refuse_if_any(resources.name_findings(work, ResourceKind.ROOM, name, draft.site_id, room_id))
    room.room_kind = draft.room_kind
    resources.edit_resource(work, room_id, name, draft.site_id)
    return former


def _former_state(done: Performed) -> Undo:
    return Undo(
        set_room_state,
        room_id=done.arguments["room_id"],
        state=done.result.state,
        reason=done.result.reason,
    )


@command("Set room state", permission="office.set_room_state", undo=_former_state)
def set_room_state(work: Work, *, room_id: int, state: RoomState, reason: str = "") -> FormerState:
    """Say whether a room is free, occupied, to be cleaned, or why it is blocked; gives back what it was."""
    room = work.get(Room, room_id)
    former = FormerState(room.state, room.blocked_reason)
    why = resources.plain(reason)
    if state is RoomState.BLOCKED and not why:
        raise Refused(Finding("Say why the room is blocked.", field="reason"))
    if room.state is RoomState.BLOCKED and state is RoomState.OCCUPIED:
        name = work.get(Resource, room_id).name
        raise Refused(Finding(f"{name} is blocked: {room.blocked_reason}. Set it free first."))
    if room.state is not state:
        room.state_since_at = work.now
    room.state, room.blocked_reason = state, why if state is RoomState.BLOCKED else ""
    return former
