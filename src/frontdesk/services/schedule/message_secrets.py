"""The mail server's password and the gateway's token: in this computer's keyring, never in the database."""

import os
from typing import Final

from frontdesk.kernel.errors import Finding, Refused

SERVICE: Final = "frontdesk-messages"
MAIL: Final = "mail"
TEXT: Final = "text"
VARIABLES: Final = {MAIL: "FRONTDESK_MAIL_PASSWORD", TEXT: "FRONTDESK_TEXT_TOKEN"}
"""Where a scheduler without a keyring of its own may have them."""


def keep(which: str, account: str, secret: str) -> None:
    """Put a secret into the keyring, under the server that it belongs to.

    Raises `Refused` where this computer has no keyring: read back, because its null backend keeps nothing.
    """
    import keyring  # 60 to 140 ms with its backends: only where a secret is needed
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, f"{which}:{account}", secret)
        is_kept = keyring.get_password(SERVICE, f"{which}:{account}") == secret
    except KeyringError:
        is_kept = False
    if not is_kept:
        raise Refused(
            Finding(
                "This computer has no keyring to keep the secret in. "
                f"Give it to the program as {VARIABLES[which]} instead.",
                field="secret",
            )
        )


def kept(which: str, account: str) -> str:
    """The secret, from the scheduler's environment or the keyring; empty where there is none."""
    given = os.environ.get(VARIABLES[which])
    if given is not None:
        return given
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, f"{which}:{account}") or ""
    except KeyringError:
        return ""


def mail_account(login: str, host: str) -> str:
    """Which login at which server a password belongs to."""
    return f"{login}@{host}"
