"""What a file really is: read from its bytes, never believed from its name."""

import re
import unicodedata
from codecs import getincrementaldecoder
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from frontdesk.formats import picture_sizes
from frontdesk.formats.pdf import looking
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.records.content import MediaType

LARGEST_BYTES = 200 * 1024 * 1024
CHUNK_BYTES = 1024 * 1024
LONGEST_NAME = 200

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


_NOT_KEPT = (
    (b"PK\x03\x04", "a ZIP archive or an Office document", "Open it, and save what it holds as PDF."),
    (b"MZ", "a program", "Do not open it; ask the sender what they meant to send."),
    (b"\x7fELF", "a program", "Do not open it; ask the sender what they meant to send."),
    (b"\xd0\xcf\x11\xe0", "an older Office document", "Open it, and save it as PDF."),
    (b"{\\rtf", "a word processor's document", "Open it, and save it as PDF."),
    (b"GIF8", "a GIF picture", "Save it as PNG, then add that."),
    (b"\x1f\x8b", "a compressed archive", "Unpack it, and add what it holds."),
    (b"7z\xbc\xaf", "a compressed archive", "Unpack it, and add what it holds."),
    (b"\xff\xfe", "text in UTF-16", "Save it as plain text in UTF-8, or ask the sender to."),
    (b"\xfe\xff", "text in UTF-16", "Save it as plain text in UTF-8, or ask the sender to."),
    (b"\xc9\xe2\xc1", "an X12 file in EBCDIC", "Ask the sender for it in ASCII."),
    (b"Rar!", "a compressed archive", "Unpack it, and add what it holds."),
)
_HEIC = re.compile(rb"^....ftyp(heic|heix|mif1|avif)", re.DOTALL)
_KEPT = "Kept are PDF, PNG, JPEG, TIFF and plain text."
_ASK = "Ask the sender to send it again."
_FRAMES: dict[MediaType, Callable[[BinaryIO], int]] = {
    MediaType.PNG: picture_sizes.png_frames,
    MediaType.JPEG: picture_sizes.jpeg_frames,
    MediaType.TIFF: picture_sizes.tiff_frames,
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
        if source.exists() and not source.is_file():  # to open a pipe or a device could wait for ever
            raise _refused("This is a folder or a device, not a file.", "Choose the file itself.")
        with source.open("rb") as file:
            return look_through(file, source.name)
    except (OSError, ValueError) as error:  # a ValueError: a name that no file can have
        raise unreadable() from error


def look_through(file: BinaryIO, name: str) -> Seen:
    """The same for an open file that can seek; of `name` only the ending counts."""
    size = file.seek(0, 2)
    file.seek(0)
    if size == 0:
        raise _refused("The file is empty: it has 0 bytes.", _ASK)
    if size > LARGEST_BYTES:
        raise _refused(
            f"The file has {size // 1024**2:,} MB. The most that is kept is 200 MB.",
            "Split it, then add the parts.",
        )
    head = file.read(4096)
    media_type = media_type_of(head)
    if media_type is None:
        raise _of_no_kind(head)
    promised = _ENDINGS.get(Path(name).suffix.lower())
    # X12 files come with any ending, .txt among them.
    if promised not in (None, media_type) and media_type is not MediaType.X12:
        raise _refused(
            f"The file's name says {_SAID[promised]}, but it is {_SAID[media_type]}.",
            "Ask the sender for the right file, or rename it if you know where it comes from.",
        )
    pages = _pages(file, media_type)
    file.seek(0)
    hashed = sha256()
    while chunk := file.read(CHUNK_BYTES):
        hashed.update(chunk)
        if media_type is MediaType.TEXT and b"\0" in chunk:
            raise _refused("The file begins as text, but what follows is not text.", _ASK)
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
    if head.startswith(b"{\\rtf"):  # it would pass for text
        return None
    if re.match(rb"\s*ISA[^A-Za-z0-9]00", head.removeprefix(b"\xef\xbb\xbf")):
        return MediaType.X12
    return MediaType.TEXT if _reads_as_text(head) else None


def shown_name(name: str) -> str:
    """A file's name as it may be shown and kept: no folders, nothing invisible, not too long."""
    last = visible(re.split(r"[/\\]", name)[-1])
    stem, dot, ending = last.rpartition(".")
    return (stem[: LONGEST_NAME - 10] + dot + ending)[:LONGEST_NAME] if dot else last[:LONGEST_NAME]


def visible(words: str) -> str:
    """Without control signs, and without those that turn the reading direction or show nothing."""
    return "".join(sign for sign in words if unicodedata.category(sign)[0] != "C").strip()


def unreadable() -> Refused:
    """For a file that is gone, locked, or on a share that does not answer."""
    return _refused("The file cannot be read.", "Look whether it is still there.")


def _refused(what: str, to_do: str) -> Refused:
    return Refused(Finding(f"{what} Nothing was kept. {to_do}"))


def _of_no_kind(head: bytes) -> Refused:
    if _HEIC.match(head):
        return _refused(f"This is a HEIC picture. {_KEPT}", "Save it as JPEG, then add that.")
    for start, said, to_do in _NOT_KEPT:
        if head.startswith(start):
            return _refused(f"This is {said}. {_KEPT}", to_do)
    return _refused(f"This kind of file is not kept here. {_KEPT}", "Save it as one of these, then add that.")


def _reads_as_text(head: bytes) -> bool:
    try:
        text = getincrementaldecoder("utf-8")().decode(head)  # the head may end within a letter
    except UnicodeDecodeError:
        return False
    return all(character.isprintable() or character in "\t\r\n\f" for character in text)


def _pages(file: BinaryIO, media_type: MediaType) -> int | None:
    """How many pages a PDF or a TIFF has; None for what has no pages."""
    frames = _FRAMES.get(media_type)
    try:
        if frames is not None:
            count = frames(file)
            return count if media_type is MediaType.TIFF else None
        if media_type is not MediaType.PDF:
            return None
        count = looking.page_count(file)
    except looking.NeedsPassword as error:
        raise _refused("The file is protected by a password.", "Ask the sender for one without.") from error
    except looking.Swells as error:
        raise _refused(
            "A part of this PDF unpacks to more than 256 MB: it is broken, or made to do harm.",
            "Do not open it; ask the sender what they meant to send.",
        ) from error
    except picture_sizes.TooManyDots as error:
        raise _refused(
            f"This picture has {error}, more than can be shown.", "Scan it again at 600 dpi or less."
        ) from error
    except (looking.Broken, picture_sizes.BrokenPicture) as error:
        raise _refused("The file is damaged and cannot be shown.", _ASK) from error
    if count == 0:
        raise _refused("The file has no pages.", _ASK)
    return count
