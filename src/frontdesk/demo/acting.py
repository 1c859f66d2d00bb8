"""Under whose names the demo's acts are done: its people may do all that the story has them do."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.models.security.accounts import SignInWay, UserAccount
from frontdesk.services.command import query
from frontdesk.services.database import Database
from frontdesk.services.security import roles, sign_in
from frontdesk.services.work import SYSTEM, Actor, Work


def as_user(session: Session, login: str) -> Actor:
    """One of the office's people."""
    return everybody(session)[login]


def everybody(session: Session) -> dict[str, Actor]:
    """The office's people by their logins."""
    return {
        user.login: Actor(user.id, user.name, user.initials, frozenset({"*"}))
        for user in session.scalars(select(UserAccount).order_by(UserAccount.id))
    }


def come_in(database: Database, login: str) -> Actor | None:
    """Somebody with the rights of their roles; the password that everybody is told is not asked for.

    Looking at a password costs as much as a sixteenth of the start, so that guessing one is slow.
    """
    actor = database.ask(SYSTEM, _admitted, login=login)
    if actor is not None:
        database.do(actor, sign_in.signed_in, way=SignInWay.PASSWORD)
    return actor


@query(permission="door.sample")
def _admitted(work: Work, *, login: str) -> Actor | None:
    user = work.session.scalars(select(UserAccount).where(UserAccount.login == login)).one()
    return roles.actor_of(work, user)
