"""Where this desk's data lives: a local encrypted file, or the office's server; remembered between starts."""

from dataclasses import dataclass
from pathlib import Path

import msgspec
import platformdirs
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from frontdesk.kernel.clock import Clock
from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services import keys
from frontdesk.services.database import Database

SERVICE = "frontdesk-server"


@dataclass(frozen=True, slots=True)
class Place:
    """`url` for the office's server (without its password), else `file`; and the name of this desk."""

    file: str = ""
    url: str = ""
    station: str = "Front desk"

    @property
    def is_server(self) -> bool:
        return bool(self.url)

    @property
    def path(self) -> Path:
        return Path(self.file)


def default_file() -> Path:
    """Where a local office's file is made."""
    return Path(platformdirs.user_data_dir("frontdesk", appauthor=False)) / "office.db"


def settings_file() -> Path:
    """Where the desk remembers its place."""
    return Path(platformdirs.user_config_dir("frontdesk", appauthor=False)) / "place.json"


def remembered() -> Place | None:
    """The place this desk was set up with; None before the first set-up."""
    try:
        return msgspec.json.decode(settings_file().read_bytes(), type=Place)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        raise FrontdeskError(
            f"The settings file {settings_file().name} cannot be read. "
            "The office's data is not touched. Remove the file to set this desk up again."
        ) from error


def remember(place: Place) -> None:
    """Start with this place from now on."""
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    beside = settings_file().with_suffix(".new")
    beside.write_bytes(msgspec.json.encode(place))
    beside.replace(settings_file())


def server(url: str, station: str) -> Place:
    """The place of an office server; its password goes into the system's keyring, not into the settings."""
    try:
        address = make_url(url)
    except ArgumentError:
        raise FrontdeskError(
            "This is not a server's address. Write it as postgresql://user@host/office."
        ) from None
    if address.password and not _keep_password(url, str(address.password)):
        raise FrontdeskError(
            "This computer has no keyring to keep the server's password in. "
            "Put it into the PostgreSQL password file of this user, and leave it out of the address."
        )
    return Place(url=address.set(password=None).render_as_string(), station=station)


def open_place(place: Place, *, passphrase: str | None = None, clock: Clock | None = None) -> Database:
    """Open the data of a place.

    Raises keys.PassphraseNeeded where the file's key is not in a keyring, and whatever says why not.
    """
    if not place.is_server:
        return Database.open_file(
            place.path, keys.unlock(place.path, passphrase), station=place.station, clock=clock
        )
    password = _kept_password(place.url)
    address = make_url(place.url)
    return Database.open_server(
        address.set(password=password) if password else address, station=place.station, clock=clock
    )


def _keep_password(url: str, password: str) -> bool:
    """Whether the keyring keeps it; read back, because its null backend takes all and keeps nothing."""
    import keyring  # 60 to 140 ms with its backends: only where the office has a server
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, _account(url), password)
    except KeyringError:
        return False
    return _kept_password(url) == password


def _kept_password(url: str) -> str | None:
    """None where the keyring has none: then libpq finds it in its password file, or the server says no."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, _account(url))
    except KeyringError:
        return None


def _account(url: str) -> str:
    address = make_url(url)
    return f"{address.username}@{address.host}:{address.port or 5432}/{address.database}"
