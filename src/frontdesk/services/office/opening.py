"""Opening an office for the first time on this computer: its file or server, then its practice."""

from dataclasses import dataclass

from frontdesk.kernel.clock import Clock
from frontdesk.services import keys, places
from frontdesk.services.database import Database
from frontdesk.services.office import establish
from frontdesk.services.office.establish import FirstProvider
from frontdesk.services.office.practice import PracticeDraft, practice_name
from frontdesk.services.places import Place
from frontdesk.services.security import door, passwords, sign_in
from frontdesk.services.security.accounts import UserDraft
from frontdesk.services.work import SYSTEM, Actor


@dataclass(frozen=True, slots=True)
class NewOffice:
    """Everything that the first set-up asks for."""

    practice: PracticeDraft
    administrator: UserDraft
    password: str
    provider: FirstProvider | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An office that is open at this desk; `actor` is None where somebody has to sign in."""

    place: Place
    database: Database
    actor: Actor | None


def open_office(
    place: Place,
    *,
    passphrase: str | None = None,
    office: NewOffice | None = None,
    clock: Clock | None = None,
) -> Opened:
    """Open the place and, with `office`, set the practice up; from now on the desk starts there.

    Raises keys.PassphraseNeeded, Refused, and whatever says why not. Trying again goes on where it stopped.
    """
    database = _open(place, passphrase, clock)
    try:
        actor = None
        if office is not None and not database.ask(sign_in.AT_THE_DOOR, establish.is_established):
            actor = _establish(database, office)
        places.remember(place)
    except BaseException:
        database.close()
        raise
    return Opened(place, database, actor)


def practice_at(place: Place, *, passphrase: str | None = None) -> str:
    """The practice whose data is already there, or "" where there is none yet. Raises what says why not."""
    if not (place.is_server or place.path.exists()):
        return ""
    database = _open(place, passphrase, None)
    try:
        return database.ask(sign_in.AT_THE_DOOR, practice_name)
    finally:
        database.close()


def _open(place: Place, passphrase: str | None, clock: Clock | None) -> Database:
    if place.is_server or place.path.exists() or keys.exists_for(place.path):
        return places.open_place(place, passphrase=passphrase, clock=clock)
    place.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Database.open_file(
        place.path, keys.create(place.path, passphrase), station=place.station, clock=clock
    )


def _establish(database: Database, office: NewOffice) -> Actor | None:
    words = (office.administrator.name, office.administrator.login)
    database.do(
        SYSTEM,
        establish.establish_practice,
        draft=office.practice,
        administrator=office.administrator,
        password_hash=passwords.hash_password(office.password, own_words=words),
        provider=office.provider,
    )
    return door.enter(database, login=office.administrator.login, password=office.password).actor
