"""Passwords and PINs: what makes one fit, and its Argon2id hash. Called before a command, never in one."""

from functools import cache
from itertools import pairwise
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.kernel.text import fold

PASSWORD_MINIMUM: Final = 10
PIN_LENGTHS: Final = range(4, 9)

# RFC 9106, second recommended option: 64 MiB, three passes.
_hasher = PasswordHasher()

# What people try first; those with their own name or login in them are refused besides.
_WORN_OUT: Final = ("password", "passwort", "qwerty", "letmein", "welcome", "frontdesk", "reception", "12345")


def hash_password(password: str, *, own_words: tuple[str, ...] = (), field: str = "password") -> str:
    """The hash of a new password; `own_words` are the person's name and login, which must not be in it.

    Raises Refused.
    """
    refuse_if_any(password_findings(password, own_words=own_words, field=field))
    return _hasher.hash(password)


def password_findings(
    password: str, *, own_words: tuple[str, ...] = (), field: str = "password"
) -> list[Finding]:
    """What is wrong with a new password; NIST SP 800-63B: length counts, composition does not."""
    if len(password) < PASSWORD_MINIMUM:
        return [Finding(f"The password needs at least {PASSWORD_MINIMUM} characters.", field=field)]
    if len(set(password)) < 4:
        return [Finding("The password repeats the same few characters. Choose another.", field=field)]
    plain = fold(password).replace(" ", "")
    own = [word for name in own_words for word in fold(name).split() if len(word) > 2]
    if any(word in plain for word in own):
        return [Finding("The password contains the name or login. Choose another.", field=field)]
    if any(plain.startswith(word) for word in _WORN_OUT) and len(plain) < 16:
        return [
            Finding("This password is among the first that others would try. Choose another.", field=field)
        ]
    return []


def hash_pin(pin: str, *, field: str = "pin") -> str:
    """The hash of a new PIN. Raises Refused."""
    refuse_if_any(pin_findings(pin, field=field))
    return _hasher.hash(pin)


def pin_findings(pin: str, *, field: str = "pin") -> list[Finding]:
    """What is wrong with a new PIN."""
    if not (pin.isascii() and pin.isdigit() and len(pin) in PIN_LENGTHS):
        return [Finding(f"A PIN is {PIN_LENGTHS[0]} to {PIN_LENGTHS[-1]} digits.", field=field)]
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if steps in ({0}, {1}, {9}):
        return [
            Finding(
                "A PIN of one digit, or of digits in a row, is guessed first. Choose another.", field=field
            )
        ]
    return []


def fits(hashed: str | None, secret: str) -> bool:
    """Whether the secret is the hashed one; takes as long where there is nothing to compare with."""
    try:
        _hasher.verify(hashed or _nobodys(), secret)
    except (VerificationError, InvalidHashError):
        return False
    return hashed is not None


def freshened(hashed: str, secret: str) -> str:
    """A new hash where the parameters have been raised since, else ""."""
    return _hasher.hash(secret) if _hasher.check_needs_rehash(hashed) else ""


@cache
def _nobodys() -> str:
    return _hasher.hash("the password of no account")
