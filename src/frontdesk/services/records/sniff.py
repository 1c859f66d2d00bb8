"""What a file really is: read from its bytes, never believed from its name."""

import logging
import re
from codecs import getincrementaldecoder
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.records.content import MediaType

LARGEST_BYTES = 200 * 1024 * 1024
CHUNK_BYTES = 1024 * 1024

# pypdf's warnings quote what stands in the file.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_SAID = {
    MediaType.PDF: "a PDF",
    MediaType.PNG: "a PNG picture",
    MediaType.JPEG: "a JPEG picture",
    MediaType.TIFF: "a TIFF picture",
    MediaType.TEXT: "plain text",
    MediaType.X12: "an X12 file",
}
_ENDINGS = {
    ".pdf": MediaType.PDF,
    ".png": MediaType.PNG,
    ".jpg": MediaType.JPEG,
    ".jpeg": MediaType.JPEG,
    ".tif": MediaType.TIFF,
    ".tiff": MediaType.TIFF,
    ".txt": MediaType.TEXT,
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A file that may be kept: its address, size and nature."""

    sha256: str
    size_bytes: int
    media_type: MediaType
    pages: int | None


def look_at(source: Path) -> Seen:
    """Read a file once, a chunk at a time; raises Refused for what no chart can keep."""
    try:
        with source.open("rb") as file:
            return look_through(file, source.name)
    except OSError as error:
        raise Refused(Finding("The file cannot be read. Look whether it is still there.")) from error


def look_through(file: BinaryIO, name: str) -> Seen:
    """The same for an open file that can seek; of `name` only the ending counts."""
    size = file.seek(0, 2)
    file.seek(0)
    if size == 0:
        raise Refused(Finding("The file is empty: it has 0 bytes. Ask the sender to send it again."))
    if size > LARGEST_BYTES:
        raise Refused(
            Finding(
                f"The file has {size // 1024**2} MB. The most that is kept is 200 MB. "
                "Split it, then add the parts."
            )
        )
    head = file.read(4096)
    media_type = media_type_of(head)
    if media_type is None:
        raise Refused(
            Finding("This kind of file is not kept here. Kept are PDF, PNG, JPEG, TIFF and plain text.")
        )
    promised = _ENDINGS.get(Path(name).suffix.lower())
    # X12 files come with any ending, .txt among them.
    if promised not in (None, media_type) and media_type is not MediaType.X12:
        raise Refused(
            Finding(
                f"The file's name says {_SAID[promised]}, but it is {_SAID[media_type]}. "
                "Ask the sender for the right file, or rename it if you know where it comes from."
            )
        )
    pages = _pages(file) if media_type is MediaType.PDF else None
    file.seek(0)
    hashed = sha256()
    while chunk := file.read(CHUNK_BYTES):
        hashed.update(chunk)
    return Seen(hashed.hexdigest(), size, media_type, pages)


def media_type_of(head: bytes) -> MediaType | None:
    """What starts with these bytes; None for everything that is not kept."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if head.startswith((b"II*\x00", b"MM\x00*")):
        return MediaType.TIFF
    if b"%PDF-" in head[:1024]:
        return MediaType.PDF
    if re.match(rb"\s*ISA[^A-Za-z0-9]00", head.removeprefix(b"\xef\xbb\xbf")):
        return MediaType.X12
    return MediaType.TEXT if _reads_as_text(head) else None


def _reads_as_text(head: bytes) -> bool:
    try:
        text = getincrementaldecoder("utf-8")().decode(head)  # the head may end within a letter
    except UnicodeDecodeError:
        return False
    return all(character.isprintable() or character in "\t\r\n\f" for character in text)


def _pages(file: BinaryIO) -> int:
    try:
        reader = PdfReader(file)
        if reader.is_encrypted:
            raise Refused(Finding("The file is protected by a password. Ask the sender for one without."))
        pages = len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        # What pypdf raises for a broken file depends on where it is broken.
        raise Refused(
            Finding("The file is damaged and cannot be shown. Ask the sender to send it again.")
        ) from error
    if pages == 0:
        raise Refused(Finding("The file has no pages. Ask the sender to send it again."))
    return pages
