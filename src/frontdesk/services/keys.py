"""The key of the encrypted local file: random, kept in the system's keyring, or wrapped by a passphrase.

Beside the database lies a small sidecar, `<file>.key.json`. It names the key and, where a passphrase is
used, holds the wrapped key; it never holds a secret in the open.
"""

import base64
import json
import os
import secrets
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Self

from frontdesk.kernel.errors import Finding, FrontdeskError, Refused, refuse_if_any

SERVICE: Final = "frontdesk"
KEY_BYTES: Final = 32
PASSPHRASE_MINIMUM: Final = 12


class PassphraseNeeded(FrontdeskError):
    """This computer's keyring cannot give the key, so a person has to."""


class WrongPassphrase(FrontdeskError):
    """The passphrase does not open the wrapped key."""


class KeyMissing(FrontdeskError):
    """Neither the keyring nor the sidecar has what opens the file."""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A key under AES-256-GCM, its wrapping key derived by Argon2id; binary fields in base64."""

    salt: str
    nonce: str
    sealed: str
    passes: int = 3
    memory_kib: int = 65_536
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What lies beside the database file: the key's name and how it is kept."""

    key_id: str
    in_keyring: bool
    wrapped: Wrapped | None = None

    @classmethod
    def read(cls, file: Path) -> Self:
        """Raise `KeyMissing` when the sidecar is gone or unreadable."""
        path = sidecar_of(file)
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            wrapped = content["wrapped"]
            return cls(content["key_id"], content["in_keyring"], Wrapped(**wrapped) if wrapped else None)
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise KeyMissing(
                f"The file {path.name} that belongs to the database is missing or damaged. "
                "Put it back from a backup; without it the database cannot be opened."
            ) from problem

    def write(self, file: Path) -> None:
        """Replace the sidecar in one step, so that a power cut leaves the old one or the new one."""
        path = sidecar_of(file)
        beside = path.with_name(path.name + ".new")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            json.dump(asdict(self), out, indent=2)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)


def sidecar_of(file: Path) -> Path:
    """The sidecar of a database file."""
    return file.with_name(file.name + ".key.json")


def exists_for(file: Path) -> bool:
    """Whether a key was already made for this database file."""
    return sidecar_of(file).exists()


def keyring_works() -> bool:
    """Whether this computer's keyring keeps a key; where not, a file needs a passphrase."""
    probe, trial = "trial", secrets.token_bytes(KEY_BYTES)
    return _put_in_keyring(probe, trial)


def create(file: Path, passphrase: str | None = None) -> bytes:
    """Make the key of a new file; without a keyring and a passphrase raise `PassphraseNeeded`."""
    if file.exists() or exists_for(file):
        raise Refused(Finding(f"{file.name} already exists. Choose another name, or open it."))
    key = secrets.token_bytes(KEY_BYTES)
    key_id = secrets.token_hex(16)
    if passphrase is not None:
        Sidecar(key_id, in_keyring=False, wrapped=_wrap(key, key_id, _fit(passphrase))).write(file)
        return key
    if not _put_in_keyring(key_id, key):
        raise PassphraseNeeded(
            "This computer has no keyring to keep the file's key in. Choose a passphrase to protect the file."
        )
    Sidecar(key_id, in_keyring=True).write(file)
    return key


def unlock(file: Path, passphrase: str | None = None) -> bytes:
    """The key of an existing file, from the keyring or by its passphrase."""
    sidecar = Sidecar.read(file)
    if sidecar.in_keyring and (key := _get_from_keyring(sidecar.key_id)) is not None:
        return key
    if sidecar.wrapped is None:
        raise KeyMissing(
            "This computer's keyring does not hold the key of the office's file. "
            "Sign in to the computer as the user who set Frontdesk up, then open it again."
        )
    if passphrase is None:
        raise PassphraseNeeded("Type the passphrase that opens the office's file.")
    return _unwrap(sidecar.wrapped, sidecar.key_id, passphrase)


def set_passphrase(file: Path, *, new: str, old: str | None = None) -> None:
    """Change the passphrase, or give a file kept in the keyring one for the day the keyring is lost."""
    sidecar = Sidecar.read(file)
    if sidecar.wrapped is not None and old is not None:
        key = _unwrap(sidecar.wrapped, sidecar.key_id, old)
    else:
        key = unlock(file)
    Sidecar(sidecar.key_id, sidecar.in_keyring, _wrap(key, sidecar.key_id, _fit(new))).write(file)


def passphrase_findings(passphrase: str) -> list[Finding]:
    """What is wrong with a new passphrase."""
    if len(passphrase.strip()) >= PASSPHRASE_MINIMUM:
        return []
    sentence = f"The passphrase needs at least {PASSPHRASE_MINIMUM} characters. Use four unrelated words."
    return [Finding(sentence, field="passphrase")]


def _fit(passphrase: str) -> str:
    refuse_if_any(passphrase_findings(passphrase))
    return passphrase


def _derive(passphrase: str, wrapped: Wrapped) -> bytes:
    # Loaded here, as the cipher below: a file whose key is in the keyring needs neither.
    from argon2.low_level import Type, hash_secret_raw

    # NFC: the same word typed on another keyboard layout may arrive as other code points.
    return hash_secret_raw(
        unicodedata.normalize("NFC", passphrase).encode(),
        base64.b64decode(wrapped.salt),
        time_cost=wrapped.passes,
        memory_cost=wrapped.memory_kib,
        parallelism=wrapped.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _wrap(key: bytes, key_id: str, passphrase: str) -> Wrapped:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = _text(secrets.token_bytes(16)), secrets.token_bytes(12)
    wrapping = AESGCM(_derive(passphrase, Wrapped(salt, "", "")))
    return Wrapped(salt, _text(nonce), _text(wrapping.encrypt(nonce, key, key_id.encode())))


def _unwrap(wrapped: Wrapped, key_id: str, passphrase: str) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(_derive(passphrase, wrapped)).decrypt(
            base64.b64decode(wrapped.nonce), base64.b64decode(wrapped.sealed), key_id.encode()
        )
    except InvalidTag as problem:
        raise WrongPassphrase(
            "This passphrase does not open the file. Check Caps Lock and type it again."
        ) from problem


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _put_in_keyring(key_id: str, key: bytes) -> bool:
    """Whether the keyring keeps the key; read back, because its null backend takes all and keeps nothing."""
    import keyring  # 60 to 140 ms with its backends: only where a local file is opened
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, key_id, key.hex())
    except KeyringError:
        return False
    return _get_from_keyring(key_id) == key


def _get_from_keyring(key_id: str) -> bytes | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        kept = keyring.get_password(SERVICE, key_id)
    except KeyringError:
        return None
    return None if kept is None else bytes.fromhex(kept)
