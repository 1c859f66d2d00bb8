"""The door: who is there, whether they are who they say, and a note of each attempt.

A password is seen by the query `verify` only, which writes nothing; the command that follows is told
who it was and how it ended. So no intent and no audit entry can hold a password.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from frontdesk.kernel.text import us_time
from frontdesk.models.security.accounts import SignInAttempt, SignInOutcome, SignInWay, UserAccount
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.security import passwords, roles
from frontdesk.services.work import Actor, Work

AT_THE_DOOR: Final = Actor(None, "Nobody signed in", "", frozenset({"door.*"}))
"""Whoever stands before the sign-in window."""

ATTEMPTS: Final = 5
WITHIN: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the list of people who can sign in."""

    id: int
    name: str
    initials: str
    login: str
    pin_works: bool
    """Whether a PIN is enough: they have one, and signed in here with their password today."""
    resets_passwords: bool
    """Whether others ask them when they have forgotten theirs."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the door says: either `actor`, or a sentence why not."""

    user_id: int | None
    way: SignInWay
    actor: Actor | None = None
    sentence: str = ""
    must_change_password: bool = False
    fresh_hash: str = ""
    """The password hashed anew, where the parameters have been raised since."""
    counts: bool = False
    """Whether this was a wrong guess, to be noted by `sign_in_refused`."""


@query(permission="door.sign_in")
def people(work: Work) -> tuple[Person, ...]:
    """The people who can sign in, by name."""
    trusted, managers = _trusted_today(work), roles.account_managers(work)
    found = work.session.execute(
        select(UserAccount)
        .where(UserAccount.is_active)
        .order_by(func.lower(UserAccount.name), UserAccount.id)
    ).scalars()
    return tuple(
        Person(
            id=user.id,
            name=user.name,
            initials=user.initials,
            login=user.login,
            pin_works=user.pin_hash is not None and user.id in trusted,
            resets_passwords=user.id in managers,
        )
        for user in found
    )


@query(permission="door.sign_in")
def verify(work: Work, *, login: str, password: str) -> Verdict:
    """Whether the login and the password go together, and whether the person may come in today."""
    way = SignInWay.PASSWORD
    user = work.session.execute(
        select(UserAccount).where(UserAccount.login == login.strip().lower())
    ).scalar_one_or_none()
    user_id = None if user is None else user.id
    if (again_at := _blocked_until(work, user_id)) is not None:
        return Verdict(user_id, way, sentence=_wait_until(work, again_at))
    hashed = None if user is None else user.password_hash
    if not passwords.fits(hashed, password) or user is None:
        sentence = "The login and the password do not go together. Check Caps Lock and try again."
        return Verdict(user_id, way, sentence=sentence, counts=True)
    return _admitted(work, user, way, fresh_hash=passwords.freshened(user.password_hash, password))


@query(permission="door.sign_in")
def verify_pin(work: Work, *, user_id: int, pin: str) -> Verdict:
    """Whether a PIN lets a person back in at this desk, where they gave their password today."""
    way = SignInWay.PIN
    user = work.get(UserAccount, user_id)
    if user.pin_hash is None or user_id not in _trusted_today(work):
        sentence = (
            "A PIN works after you have signed in at this desk with your password today. Type your password."
        )
        return Verdict(user_id, way, sentence=sentence)
    if (again_at := _blocked_until(work, user_id)) is not None:
        return Verdict(user_id, way, sentence=_wait_until(work, again_at))
    if not passwords.fits(user.pin_hash, pin):
        return Verdict(user_id, way, sentence="This is not your PIN. Type it again.", counts=True)
    return _admitted(work, user, way)


@command(
    "Sign in",
    permission="own.sign_in",
    undo=irreversible("That somebody signed in stays in the log. Sign out instead."),
)
def signed_in(work: Work, *, way: SignInWay, fresh_hash: str = "") -> None:
    """Note that the acting person has come in."""
    assert work.actor.user_id is not None, "the programme itself does not sign in"
    if fresh_hash:
        work.get(UserAccount, work.actor.user_id).password_hash = fresh_hash
    _note(work, work.actor.user_id, way, SignInOutcome.ACCEPTED)


@command(
    "Refuse sign-in",
    permission="door.sign_in",
    undo=irreversible("A refused attempt stays in the log."),
)
def sign_in_refused(work: Work, *, user_id: int | None, way: SignInWay) -> None:
    """Note a wrong guess; after some of them the door stays shut for a while."""
    _note(work, user_id, way, SignInOutcome.REFUSED)


def _admitted(work: Work, user: UserAccount, way: SignInWay, *, fresh_hash: str = "") -> Verdict:
    if not user.is_active:
        return Verdict(user.id, way, sentence="This account is switched off. Ask the office manager.")
    actor = roles.actor_of(work, user)
    if actor is None:
        return Verdict(user.id, way, sentence="You have no role that is valid today. Ask the office manager.")
    return Verdict(
        user.id, way, actor=actor, must_change_password=user.must_change_password, fresh_hash=fresh_hash
    )


def _note(work: Work, user_id: int | None, way: SignInWay, outcome: SignInOutcome) -> None:
    work.add(
        SignInAttempt(
            user_id=user_id,
            station_id=work.station.id,
            at=work.now,
            office_day=work.today,
            way=way,
            outcome=outcome,
        )
    )


def _blocked_until(work: Work, user_id: int | None) -> datetime | None:
    """When the door opens again after too many wrong guesses at one account (unknown ones: at this desk)."""
    mine = SignInAttempt.user_id == user_id if user_id is not None else SignInAttempt.user_id.is_(None)
    recent = select(SignInAttempt.at, SignInAttempt.outcome).where(mine, SignInAttempt.at > work.now - WITHIN)
    if user_id is None:
        recent = recent.where(SignInAttempt.station_id == work.station.id)
    wrong: list[datetime] = []
    for at, outcome in work.session.execute(recent.order_by(SignInAttempt.at, SignInAttempt.id)):
        wrong = [*wrong, at] if outcome is SignInOutcome.REFUSED else []
    return wrong[-ATTEMPTS] + WITHIN if len(wrong) >= ATTEMPTS else None


def _wait_until(work: Work, again_at: datetime) -> str:
    # The minute after: the time on the wall shows no seconds.
    shown = us_time(work.wall(again_at + timedelta(minutes=1)))
    return f"Too many wrong attempts. Try again at {shown}, or ask an administrator to reset the password."


def _trusted_today(work: Work) -> frozenset[int]:
    """Who gave their password at this desk today, and has not mistyped their PIN too often since."""
    wrong_pins: dict[int, int] = {}
    found = work.session.execute(
        select(SignInAttempt.user_id, SignInAttempt.way, SignInAttempt.outcome)
        .where(SignInAttempt.station_id == work.station.id, SignInAttempt.office_day == work.today)
        .order_by(SignInAttempt.at, SignInAttempt.id)
    )
    for user_id, way, outcome in found:
        if user_id is None:
            continue
        if way is SignInWay.PASSWORD and outcome is SignInOutcome.ACCEPTED:
            wrong_pins[user_id] = 0
        elif way is SignInWay.PIN and outcome is SignInOutcome.REFUSED and user_id in wrong_pins:
            wrong_pins[user_id] += 1
    return frozenset(user_id for user_id, count in wrong_pins.items() if count < ATTEMPTS)
