"""Coming in: the look at the secret and the note of how it ended, always both, in this order."""

from frontdesk.services.database import Database
from frontdesk.services.security import accounts, passwords, sign_in
from frontdesk.services.security.sign_in import AT_THE_DOOR, Verdict
from frontdesk.services.work import Actor


def enter(database: Database, *, login: str, password: str) -> Verdict:
    """Sign in with a password."""
    return _noted(database, database.ask(AT_THE_DOOR, sign_in.verify, login=login, password=password))


def enter_with_pin(database: Database, *, user_id: int, pin: str) -> Verdict:
    """Come back with a PIN, where the password was given at this desk today."""
    return _noted(database, database.ask(AT_THE_DOOR, sign_in.verify_pin, user_id=user_id, pin=pin))


def choose_password(database: Database, actor: Actor, *, login: str, password: str) -> None:
    """Replace one's password; it goes into the command as its hash. Raises Refused."""
    hashed = passwords.hash_password(password, own_words=(actor.name, login))
    database.do(actor, accounts.change_password, password_hash=hashed)


def _noted(database: Database, verdict: Verdict) -> Verdict:
    if verdict.actor is not None:
        database.do(verdict.actor, sign_in.signed_in, way=verdict.way, fresh_hash=verdict.fresh_hash)
    elif verdict.counts:
        database.do(AT_THE_DOOR, sign_in.sign_in_refused, user_id=verdict.user_id, way=verdict.way)
    return verdict
