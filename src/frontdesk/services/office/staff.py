"""The staff whose time is booked without a provider: injections, blood draws, teaching."""

from dataclasses import dataclass, replace

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.models.office.resources import Resource, ResourceKind, StaffMember
from frontdesk.models.security.accounts import UserAccount
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.office import resources
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_staff_member_user_id", "This account belongs to another member of staff.", field="user_id")


@dataclass(frozen=True, slots=True)
class StaffDraft:
    """A member of staff as the office enters them."""

    name: str
    skill: str
    site_id: int
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class StaffView:
    """A member of staff as they are."""

    id: int
    version: int
    is_active: bool
    draft: StaffDraft

    @property
    def name(self) -> str:
        return self.draft.name


@query(permission="office.view")
def staff(work: Work, *, with_inactive: bool = False) -> tuple[StaffView, ...]:
    """The staff whose time is booked, in the office's order."""
    found = work.session.execute(
        select(StaffMember, Resource)
        .join(Resource, Resource.id == StaffMember.id)
        .where(resources.among(with_inactive=with_inactive))
        .order_by(Resource.sort_order, Resource.name, Resource.id)
    )
    return tuple(
        StaffView(member.id, member.version, row.is_active, _draft(member, row)) for member, row in found
    )


def _switched_off(done: Performed) -> Undo:
    return Undo(resources.deactivate_resource, resource_id=done.result)


@command("Add staff", permission="office.edit", undo=_switched_off)
def add_staff(work: Work, *, draft: StaffDraft) -> int:
    """Add a member of staff; the id is that of the resource."""
    clean = _checked(work, draft)
    staff_id = resources.add_resource(work, ResourceKind.STAFF, clean.name, clean.site_id)
    work.add(StaffMember(id=staff_id, skill=clean.skill, user_id=clean.user_id))
    return staff_id


def _edited_back(done: Performed) -> Undo:
    return Undo(edit_staff, staff_id=done.arguments["staff_id"], draft=done.result)


@command("Change staff", permission="office.edit", undo=_edited_back)
def edit_staff(work: Work, *, staff_id: int, draft: StaffDraft, version: int | None = None) -> StaffDraft:
    """Change a member of staff; gives back what they were."""
    member = work.get(StaffMember, staff_id, version)
    former = _draft(member, work.get(Resource, staff_id))
    clean = _checked(work, draft, staff_id=staff_id)
    member.skill, member.user_id = clean.skill, clean.user_id
    resources.edit_resource(work, staff_id, clean.name, clean.site_id)
    return former


def _checked(work: Work, draft: StaffDraft, *, staff_id: int | None = None) -> StaffDraft:
    clean = replace(draft, name=resources.plain(draft.name), skill=resources.plain(draft.skill))
    findings = resources.name_findings(work, ResourceKind.STAFF, clean.name, clean.site_id, staff_id)
    if not clean.skill:
        findings.append(Finding("Say what they are booked for, such as injections.", field="skill"))
    if clean.user_id is not None:
        work.get(UserAccount, clean.user_id)
        owned = select(StaffMember.id).where(StaffMember.user_id == clean.user_id)
        if work.session.execute(owned).scalar() not in (None, staff_id):
            findings.append(Finding("This account belongs to another member of staff.", field="user_id"))
    refuse_if_any(findings)
    return clean


def _draft(member: StaffMember, row: Resource) -> StaffDraft:
    return StaffDraft(row.name, member.skill, row.site_id, member.user_id)
