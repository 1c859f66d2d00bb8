"""One content's encryption: AES-256-GCM, a key for each content, a chunk at a time.

A key encrypts one content once, so the chunk's number is its nonce. Content, size and number are bound
in as associated data: a chunk that was changed, moved, or put under another content does not open.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from frontdesk.models.records.content import KEY_BYTES

TAG_BYTES = 16
_NONCE_BYTES = 12


class DoesNotFit(Exception):
    """A chunk is not what was put there."""


def new_key() -> bytes:
    return AESGCM.generate_key(KEY_BYTES * 8)


class ChunkCipher:
    """Seals and opens the chunks of one content."""

    def __init__(self, address: str, size_bytes: int, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self._content = bytes.fromhex(address) + size_bytes.to_bytes(8, "big")

    def sealed(self, position: int, chunk: bytes) -> bytes:
        return self._cipher.encrypt(*self._at(position), chunk, self._bound(position))

    def opened(self, position: int, sealed: bytes) -> bytes:
        """The chunk again; raises DoesNotFit."""
        try:
            return self._cipher.decrypt(*self._at(position), sealed, self._bound(position))
        except InvalidTag as error:
            raise DoesNotFit from error

    def _at(self, position: int) -> tuple[bytes]:
        return (position.to_bytes(_NONCE_BYTES, "big"),)

    def _bound(self, position: int) -> bytes:
        return self._content + position.to_bytes(4, "big")
