"""Roles: what each may do, who has which and for how long."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.permissions import SENSITIVE, covers
from frontdesk.kernel.text import us_date
from frontdesk.models.security.accounts import Role, RolePermission, UserAccount, UserRole
from frontdesk.services.command import Performed, Undo, all_permissions, command, query
from frontdesk.services.work import Actor, Work

OWN: Final = "own.*"
"""What everybody may do with their own account."""


@dataclass(frozen=True, slots=True)
class StandardRole:
    """A role as it is shipped."""

    key: str
    name: str
    permissions: tuple[str, ...]


STANDARD_ROLES: Final = (
    StandardRole("administrator", "Administrator", ("*",)),
    StandardRole(
        "office_manager",
        "Office manager",
        (
            "schedule.*",
            "registration.*",
            "records.*",
            "billing.*",
            "visit.*",
            "messaging.*",
            "office.*",
            "security.*",
            *sorted(SENSITIVE - {"records.destroy"}),
        ),
    ),
    StandardRole(
        "receptionist",
        "Receptionist",
        (
            "schedule.*",
            "registration.*",
            "records.*",
            "visit.*",
            "messaging.*",
            "billing.view",
            "billing.enter_charges",
            "billing.take_payment",
            "billing.write_estimate",
            "billing.close_day",
            "office.view",
            "office.set_room_state",
        ),
    ),
    StandardRole(
        "biller",
        "Biller",
        (
            "billing.*",
            "billing.edit_codes",
            "billing.edit_fees",
            "registration.*",
            "messaging.*",
            "schedule.view",
            "records.view",
            "office.view",
        ),
    ),
    StandardRole(
        "records_clerk",
        "Records clerk",
        (
            "records.*",
            "records.access_log",
            "messaging.*",
            "registration.view",
            "schedule.view",
            "office.view",
        ),
    ),
    StandardRole(
        "records_officer",
        "Records officer",
        (
            "records.*",
            "messaging.*",
            "registration.view",
            "schedule.view",
            "office.view",
            *sorted(name for name in SENSITIVE if name.startswith("records.")),
        ),
    ),
    StandardRole(
        "read_only",
        "Read only",
        (
            "schedule.view",
            "registration.view",
            "records.view",
            "billing.view",
            "messaging.view",
            "office.view",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role and what it gives."""

    id: int
    key: str
    name: str
    permissions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GivenRole:
    """A role that a person has, had, or will have."""

    id: int
    user_id: int
    role_id: int
    role: str
    valid_from: date
    valid_until: date | None
    is_valid: bool


@query(permission="security.view")
def roles(work: Work) -> tuple[RoleView, ...]:
    """All roles, by name."""
    given: dict[int, list[str]] = {}
    for role_id, permission in work.session.execute(
        select(RolePermission.role_id, RolePermission.permission).order_by(RolePermission.permission)
    ):
        given.setdefault(role_id, []).append(permission)
    found = work.session.execute(select(Role).order_by(Role.name)).scalars()
    return tuple(
        RoleView(role.id, role.key or "", role.name, tuple(given.get(role.id, ()))) for role in found
    )


@query(permission="security.view")
def known_permissions(work: Work) -> tuple[str, ...]:
    """Every permission that a role can give, by name."""
    return tuple(name for name in all_permissions() if not name.startswith(("own.", "door.")))


@query(permission="security.view")
def roles_of(work: Work, *, user_id: int) -> tuple[GivenRole, ...]:
    """The roles of a person that were not withdrawn, by start."""
    found = work.session.execute(
        select(UserRole, Role.name)
        .join(Role, Role.id == UserRole.role_id)
        .where(UserRole.user_id == user_id, UserRole.withdrawn_at.is_(None))
        .order_by(UserRole.valid_from, UserRole.id)
    )
    return tuple(
        GivenRole(
            id=given.id,
            user_id=given.user_id,
            role_id=given.role_id,
            role=name,
            valid_from=given.valid_from,
            valid_until=given.valid_until,
            is_valid=given.valid_from <= work.today and (given.valid_until or work.today) >= work.today,
        )
        for given, name in found
    )


def _taken_again(done: Performed) -> Undo:
    return Undo(withdraw_role, user_role_id=done.result)


@command("Give role", permission="security.manage_users", undo=_taken_again)
def give_role(
    work: Work, *, user_id: int, role_id: int, valid_from: date | None = None, valid_until: date | None = None
) -> int:
    """Give a role from a date on (today, if none is named), where wanted until a last day."""
    user, role = work.get(UserAccount, user_id), work.get(Role, role_id)
    starts = valid_from or work.today
    if valid_until is not None and valid_until < max(starts, work.today):
        raise Refused(
            Finding(
                f"{us_date(valid_until)} is over before the role begins. Choose a later last day.",
                "valid_until",
            )
        )
    existing = work.session.execute(
        select(UserRole.valid_from, UserRole.valid_until)
        .where(
            UserRole.user_id == user_id,
            UserRole.role_id == role_id,
            UserRole.withdrawn_at.is_(None),
            or_(UserRole.valid_until.is_(None), UserRole.valid_until >= starts),
        )
        .order_by(UserRole.valid_from)
    )
    if any(valid_until is None or other <= valid_until for other, _ in existing):
        raise Refused(Finding(f"{user.name} already has the role {role.name} at that time.", "role_id"))
    return work.add(UserRole(user_id=user_id, role_id=role_id, valid_from=starts, valid_until=valid_until)).id


def _restored(done: Performed) -> Undo:
    return Undo(restore_role, user_role_id=done.arguments["user_role_id"])


@command("Withdraw role", permission="security.manage_users", undo=_restored)
def withdraw_role(work: Work, *, user_role_id: int) -> None:
    """End a role at once."""
    given = work.get(UserRole, user_role_id)
    given.withdrawn_at = work.now
    work.flush()
    keep_an_administrator(work)


@command(
    "Restore role",
    permission="security.manage_users",
    undo=lambda done: Undo(withdraw_role, user_role_id=done.arguments["user_role_id"]),
)
def restore_role(work: Work, *, user_role_id: int) -> None:
    """Take a withdrawal back."""
    work.get(UserRole, user_role_id).withdrawn_at = None


def add_standard_roles(work: Work) -> dict[str, int]:
    """Create the shipped roles; their ids by key."""
    ids = {}
    for shipped in STANDARD_ROLES:
        role = work.add(Role(key=shipped.key, name=shipped.name))
        work.flush()
        for permission in shipped.permissions:
            work.add(RolePermission(role_id=role.id, permission=permission))
        ids[shipped.key] = role.id
    return ids


def actor_of(work: Work, user: UserAccount) -> Actor | None:
    """The person with what they may do today, or None while no role is valid."""
    given = frozenset(
        work.session.execute(
            select(RolePermission.permission)
            .join(UserRole, UserRole.role_id == RolePermission.role_id)
            .where(UserRole.user_id == user.id, valid_today(work))
        ).scalars()
    )
    return Actor(user.id, user.name, user.initials, given | {OWN}) if given else None


def account_managers(work: Work, *, for_good: bool = False) -> frozenset[int]:
    """Who can let people in today; `for_good`: without a last day."""
    return who_may(work, "security.manage_users", for_good=for_good)


def who_may(work: Work, permission: str, *, for_good: bool = False) -> frozenset[int]:
    """Who of the active people may do this today; `for_good`: without a last day."""
    wanted = (
        select(UserRole.user_id, RolePermission.permission)
        .join(RolePermission, RolePermission.role_id == UserRole.role_id)
        .join(UserAccount, UserAccount.id == UserRole.user_id)
        .where(UserAccount.is_active, valid_today(work))
    )
    if for_good:
        wanted = wanted.where(UserRole.valid_until.is_(None))
    given: dict[int, set[str]] = {}
    for user_id, name in work.session.execute(wanted):
        given.setdefault(user_id, set()).add(name)
    return frozenset(user_id for user_id, names in given.items() if covers(names, permission))


def keep_an_administrator(work: Work) -> None:
    """Refuse what would leave nobody who can let people in.

    Of two administrators who take that from each other at the same moment the second one waits here, and is
    counted without the first.
    """
    work.flush()
    work.session.scalars(select(Role.id).order_by(Role.id).with_for_update()).all()
    if not account_managers(work, for_good=True):
        raise Refused(
            Finding(
                "Nobody could manage accounts any more. Give another person the role Administrator first."
            )
        )


def valid_today(work: Work) -> ColumnElement[bool]:
    """The condition that a role acts today."""
    return and_(
        UserRole.withdrawn_at.is_(None),
        UserRole.valid_from <= work.today,
        or_(UserRole.valid_until.is_(None), UserRole.valid_until >= work.today),
    )
