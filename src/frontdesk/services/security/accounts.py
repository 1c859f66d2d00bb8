"""The accounts of the people who use Frontdesk."""

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.security.accounts import Role, UserAccount, UserRole
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.security import roles
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_user_account_login", "This login is taken. Choose another.", field="login")

_LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,58}[a-z0-9]")


@dataclass(frozen=True, slots=True)
class UserDraft:
    """A person as the office enters them."""

    name: str
    login: str
    initials: str = ""


@dataclass(frozen=True, slots=True)
class UserRow:
    """A line of the list of users."""

    id: int
    version: int
    name: str
    login: str
    initials: str
    is_active: bool
    has_pin: bool
    must_change_password: bool
    roles: tuple[str, ...]


@query(permission="security.view")
def users(work: Work, *, with_inactive: bool = False) -> tuple[UserRow, ...]:
    """The users by name, with the roles that are valid today."""
    names: dict[int, list[str]] = {}
    for user_id, role in work.session.execute(
        select(UserRole.user_id, Role.name)
        .join(Role, Role.id == UserRole.role_id)
        .where(roles.valid_today(work))
        .order_by(Role.name)
    ):
        names.setdefault(user_id, []).append(role)
    wanted = select(UserAccount).order_by(func.lower(UserAccount.name), UserAccount.id)
    if not with_inactive:
        wanted = wanted.where(UserAccount.is_active)
    return tuple(
        UserRow(
            id=user.id,
            version=user.version,
            name=user.name,
            login=user.login,
            initials=user.initials,
            is_active=user.is_active,
            has_pin=user.pin_hash is not None,
            must_change_password=user.must_change_password,
            roles=tuple(names.get(user.id, ())),
        )
        for user in work.session.execute(wanted).scalars()
    )


def _not_let_in(done: Performed) -> Undo:
    return Undo(deactivate_user, user_id=done.result)


@command("Add user", permission="security.manage_users", undo=_not_let_in)
def create_user(
    work: Work,
    *,
    draft: UserDraft,
    password_hash: str,
    role_id: int | None = None,
    valid_until: date | None = None,
) -> int:
    """Add a person who must choose a password of their own at the first sign-in."""
    user_id = add_user(work, draft, password_hash, must_change_password=True)
    if role_id is not None:
        work.flush()
        roles.give_role(work, user_id=user_id, role_id=role_id, valid_until=valid_until)
    return user_id


def _edited_back(done: Performed) -> Undo:
    return Undo(edit_user, user_id=done.arguments["user_id"], draft=done.result)


@command("Change user", permission="security.manage_users", undo=_edited_back)
def edit_user(work: Work, *, user_id: int, draft: UserDraft, version: int | None = None) -> UserDraft:
    """Change name, login or initials; gives back what they were."""
    user = work.get(UserAccount, user_id, version)
    former = UserDraft(user.name, user.login, user.initials)
    clean = _checked(work, draft, user_id=user_id)
    user.name, user.login, user.initials = clean.name, clean.login, clean.initials
    return former


def _switched_on(done: Performed) -> Undo:
    return Undo(reactivate_user, user_id=done.arguments["user_id"])


@command("Switch user off", permission="security.manage_users", undo=_switched_on)
def deactivate_user(work: Work, *, user_id: int) -> None:
    """Keep a person out from now on; the audit log still names them."""
    if user_id == work.actor.user_id:
        raise Refused(Finding("You cannot switch your own account off. Ask another administrator."))
    work.get(UserAccount, user_id).is_active = False
    work.flush()
    roles.keep_an_administrator(work)


@command(
    "Switch user on",
    permission="security.manage_users",
    undo=lambda done: Undo(deactivate_user, user_id=done.arguments["user_id"]),
)
def reactivate_user(work: Work, *, user_id: int) -> None:
    """Let a person in again."""
    work.get(UserAccount, user_id).is_active = True


@command(
    "Reset password",
    permission="security.manage_users",
    undo=irreversible("A password is reset again, never set back."),
)
def reset_password(work: Work, *, user_id: int, password_hash: str) -> None:
    """Give a person a first password again, which they must change; their PIN is void."""
    user = work.get(UserAccount, user_id)
    user.password_hash, user.password_changed_at = password_hash, work.now
    user.must_change_password, user.pin_hash = True, None


@command(
    "Change my password",
    permission="own.change_password",
    undo=irreversible("A password is changed again, never set back."),
)
def change_password(work: Work, *, password_hash: str) -> None:
    """Set one's own password; `sign_in.verify` has seen the old one."""
    user = _own(work)
    user.password_hash, user.password_changed_at = password_hash, work.now
    user.must_change_password = False


@command(
    "Set my PIN",
    permission="own.set_pin",
    undo=irreversible("A PIN is set again, never set back."),
)
def set_pin(work: Work, *, pin_hash: str | None) -> None:
    """Set one's own PIN for switching users fast, or with None do without."""
    _own(work).pin_hash = pin_hash


def add_user(work: Work, draft: UserDraft, password_hash: str, *, must_change_password: bool) -> int:
    """Add an account without a role."""
    clean = _checked(work, draft)
    return work.add(
        UserAccount(
            name=clean.name,
            login=clean.login,
            initials=clean.initials,
            password_hash=password_hash,
            password_changed_at=work.now,
            must_change_password=must_change_password,
            is_active=True,
        )
    ).id


def user_findings(draft: UserDraft) -> list[Finding]:
    """What is wrong with an entry, without a look at the other users."""
    findings = []
    if not draft.name.strip():
        findings.append(Finding("Type the person's name.", field="name"))
    if not _LOGIN.fullmatch(draft.login.strip().lower()):
        findings.append(
            Finding("A login is 3 to 60 letters, digits, dots or dashes, a letter first.", field="login")
        )
    if len(draft.initials.strip()) > 4:
        findings.append(Finding("Initials have at most 4 letters.", field="initials"))
    return findings


def _checked(work: Work, draft: UserDraft, *, user_id: int | None = None) -> UserDraft:
    findings = user_findings(draft)
    login = draft.login.strip().lower()
    taken = work.session.execute(select(UserAccount.id).where(UserAccount.login == login)).scalar()
    if taken not in (None, user_id):
        findings.append(Finding("This login is taken. Choose another.", field="login"))
    refuse_if_any(findings)
    name = " ".join(draft.name.split())
    words = name.split()
    from_name = (words[0][:1] + words[-1][:1] if len(words) > 1 else name[:2]).upper()
    return UserDraft(name, login, draft.initials.strip().upper() or from_name)


def _own(work: Work) -> UserAccount:
    assert work.actor.user_id is not None, "the programme itself has no password"
    return work.get(UserAccount, work.actor.user_id)
