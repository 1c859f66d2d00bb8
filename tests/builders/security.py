"""People with accounts, and their way through the door."""

from functools import cache

from frontdesk.services.security import accounts, door, passwords, roles
from frontdesk.services.security.accounts import UserDraft
from frontdesk.services.work import Actor
from tests.builders.office import site
from tests.office import Office

PASSWORD = "harbor lantern 42"
FIRST_PASSWORD = "given by the manager"


@cache
def hashed(password: str = PASSWORD) -> str:
    """The hash of a password; made once, because it is slow on purpose."""
    return passwords.hash_password(password)


def user(office: Office, name: str = "Rita Gomez", *, login: str = "rita", role: str = "receptionist") -> int:
    """A person with a standard role who signs in with PASSWORD."""
    site(office)  # the first set-up brings the roles
    known = f"user:{login}"
    if known not in office.made:
        role_ids = {shipped.key: shipped.id for shipped in office.ask(roles.roles)}
        office.made[known] = office.do(
            accounts.create_user,
            draft=UserDraft(name, login),
            password_hash=hashed(),
            role_id=role_ids[role],
        )
    made: int = office.made[known]
    return made


def come_in(office: Office, login: str = "rita", password: str = PASSWORD) -> Actor:
    """Sign in with the right password; the person with their permissions."""
    verdict = door.enter(office.database, login=login, password=password)
    assert verdict.actor is not None, verdict.sentence
    return verdict.actor


def guess(office: Office, login: str = "rita", password: str = "a wrong guess") -> str:
    """Try a wrong password; the sentence that comes back."""
    verdict = door.enter(office.database, login=login, password=password)
    assert verdict.actor is None
    return verdict.sentence
