import json
import stat
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as Absent
from keyring.errors import KeyringLocked

from frontdesk.kernel.clock import SetClock
from frontdesk.kernel.errors import Refused
from frontdesk.services import keys
from frontdesk.services.database import Database
from tests.conftest import TUESDAY

PASSPHRASE = "maple violin harbor seven"


class Remembering(KeyringBackend):
    """A keyring that lives as long as the test."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture(autouse=True)
def _former_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def ring() -> Remembering:
    """A working keyring."""
    ring = Remembering()
    keyring.set_keyring(ring)
    return ring


@pytest.fixture
def no_ring() -> None:
    """A computer without a secret service: every call raises NoKeyringError."""
    keyring.set_keyring(Absent())  # type: ignore[no-untyped-call]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the office's file will be."""
    return tmp_path / "office.db"


def test_the_key_is_random_and_comes_back_from_the_keyring(file: Path, ring: Remembering) -> None:
    key = keys.create(file)
    assert len(key) == 32
    assert keys.unlock(file) == key
    assert key != keys.create(file.with_name("other.db"))
    assert [service for service, _ in ring.kept] == ["frontdesk", "frontdesk"]


def test_the_sidecar_holds_no_secret_and_only_its_owner_reads_it(file: Path, ring: Remembering) -> None:
    key = keys.create(file)
    sidecar = keys.sidecar_of(file)
    assert key.hex() not in sidecar.read_text()
    assert json.loads(sidecar.read_text())["wrapped"] is None
    assert stat.S_IMODE(sidecar.stat().st_mode) == 0o600


@pytest.mark.usefixtures("no_ring")
def test_without_a_keyring_a_passphrase_is_asked_for(file: Path) -> None:
    with pytest.raises(
        keys.PassphraseNeeded, match=r"^This computer has no keyring to keep the file's key in\."
    ):
        keys.create(file)
    assert not keys.exists_for(file)
    key = keys.create(file, PASSPHRASE)
    with pytest.raises(keys.PassphraseNeeded, match=r"^Type the passphrase that opens the office's file\.$"):
        keys.unlock(file)
    assert keys.unlock(file, PASSPHRASE) == key
    assert key.hex() not in keys.sidecar_of(file).read_text()


def test_a_keyring_that_keeps_nothing_counts_as_none(file: Path) -> None:
    with pytest.raises(keys.PassphraseNeeded):  # conftest sets keyring's null backend
        keys.create(file)


@pytest.mark.usefixtures("no_ring")
def test_a_wrong_passphrase_is_told_in_a_sentence(file: Path) -> None:
    keys.create(file, PASSPHRASE)
    with pytest.raises(
        keys.WrongPassphrase,
        match=r"^This passphrase does not open the file\. Check Caps Lock and type it again\.$",
    ):
        keys.unlock(file, PASSPHRASE.upper())


@pytest.mark.usefixtures("no_ring")
def test_a_passphrase_is_the_same_however_its_accents_are_typed(file: Path) -> None:
    key = keys.create(file, "caf\u00e9 violin harbor")
    assert keys.unlock(file, "cafe\u0301 violin harbor") == key


@pytest.mark.usefixtures("no_ring")
def test_a_short_passphrase_is_refused(file: Path) -> None:
    with pytest.raises(
        Refused, match=r"^The passphrase needs at least 12 characters\. Use four unrelated words\.$"
    ):
        keys.create(file, "violin      ")


@pytest.mark.usefixtures("no_ring")
def test_the_passphrase_is_changed_and_the_key_stays(file: Path) -> None:
    key = keys.create(file, PASSPHRASE)
    with pytest.raises(keys.WrongPassphrase):
        keys.set_passphrase(file, old="not this one", new="quiet river stone lamp")
    keys.set_passphrase(file, old=PASSPHRASE, new="quiet river stone lamp")
    assert keys.unlock(file, "quiet river stone lamp") == key
    with pytest.raises(keys.WrongPassphrase):
        keys.unlock(file, PASSPHRASE)


def test_a_passphrase_opens_the_file_when_the_keyring_is_lost(file: Path, ring: Remembering) -> None:
    key = keys.create(file)
    keys.set_passphrase(file, new=PASSPHRASE)
    ring.is_locked = True
    with pytest.raises(keys.PassphraseNeeded):
        keys.unlock(file)
    assert keys.unlock(file, PASSPHRASE) == key


def test_a_keyring_without_the_key_says_who_can_open_the_file(file: Path, ring: Remembering) -> None:
    keys.create(file)
    ring.kept.clear()
    with pytest.raises(keys.KeyMissing, match=r"^This computer's keyring does not hold the key"):
        keys.unlock(file)


@pytest.mark.parametrize(
    "content", [None, "", "{}", '{"key_id": "1", "in_keyring": true, "wrapped": {"a": 1}}']
)
def test_a_lost_or_damaged_sidecar_is_named(file: Path, content: str | None) -> None:
    if content is not None:
        keys.sidecar_of(file).write_text(content)
    with pytest.raises(keys.KeyMissing, match=r"^The file office\.db\.key\.json .* is missing or damaged\."):
        keys.unlock(file)


@pytest.mark.usefixtures("ring")
def test_the_key_of_an_existing_file_is_never_replaced(file: Path) -> None:
    keys.create(file)
    with pytest.raises(Refused, match=r"^office\.db already exists\. Choose another name, or open it\.$"):
        keys.create(file)


@pytest.mark.usefixtures("no_ring")
def test_a_wrapped_key_does_not_open_under_another_files_name(file: Path) -> None:
    keys.create(file, PASSPHRASE)
    sidecar = keys.sidecar_of(file)
    content = json.loads(sidecar.read_text())
    content["key_id"] = "0" * 32
    sidecar.write_text(json.dumps(content))
    with pytest.raises(keys.WrongPassphrase):
        keys.unlock(file, PASSPHRASE)


@pytest.mark.usefixtures("ring")
def test_the_key_opens_a_real_file_that_holds_no_plain_text(file: Path) -> None:
    database = Database.open_file(file, keys.create(file), clock=SetClock(TUESDAY))
    database.close()
    assert not file.read_bytes().startswith(b"SQLite format 3")
    Database.open_file(file, keys.unlock(file), clock=SetClock(TUESDAY)).close()
