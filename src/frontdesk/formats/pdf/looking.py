"""How many pages a PDF has, without believing a word of it: nothing is drawn, nothing is unpacked whole."""

import threading
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

LOCK: Final = threading.Lock()
"""pdfium is not made for two threads at once: whoever calls it holds this."""

LARGEST_STREAM_BYTES: Final = 256 * 1024 * 1024
"""What one stream may unpack to: a letter page in colour at 600 dpi is 101 MB."""
_PIECE_BYTES: Final = 1024 * 1024
_SMALL_BYTES: Final = 32 * 1024
"""Deflate makes at most some thousand bytes of one: what is smaller than this cannot do harm."""
_SAMPLE_BYTES: Final = 4096
_SUSPICIOUS: Final = 100
"""How many bytes a sample's byte unpacks to, from which on the whole stream is measured."""
_PASSWORD: Final = (4, 5)  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY


class Broken(Exception):
    """It is no PDF that can be shown."""


class NeedsPassword(Exception):
    """It opens with a password only."""


class Swells(Exception):
    """A part of it unpacks to more than any page needs: broken, or made to fill a computer's memory."""


def page_count(file: BinaryIO) -> int:
    """The pages of a PDF; raises Broken, NeedsPassword, Swells. Little time and memory at any size."""
    _refuse_what_swells(file)
    # Loaded here: a desk that takes nothing in pays nothing.
    import pypdfium2

    file.seek(0)
    with LOCK:
        try:
            document = pypdfium2.PdfDocument(file)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) in _PASSWORD:
                raise NeedsPassword from error
            raise Broken from error
        try:
            count = len(document)
            if count:
                document.get_page_size(count - 1)  # the count is only what the file says of itself
        except pypdfium2.PdfiumError as error:
            raise Broken from error
        finally:
            document.close()
    return count


def _refuse_what_swells(file: BinaryIO) -> None:
    large = [(start, end) for start, end in _streams(file) if end - start >= _SMALL_BYTES]
    for start, end in large:
        if _is_deflated(file, start) and _swells(file, start, end):
            raise Swells


def _streams(file: BinaryIO) -> Iterator[tuple[int, int]]:
    """Where each stream's bytes begin and end."""
    file.seek(0)
    offset, kept, start, looked_to = 0, b"", -1, 0
    while piece := file.read(_PIECE_BYTES):
        piece = kept + piece
        at = piece.find(b"stream", looked_to - offset)
        while at >= 0:
            looked_to = offset + at + len(b"stream")
            if piece[max(0, at - 3) : at] == b"end":
                if start >= 0:
                    yield start, offset + at - 3
                start = -1
            elif start < 0:
                start = looked_to
            at = piece.find(b"stream", looked_to - offset)
        kept = piece[-len(b"endstrea") :]
        offset += len(piece) - len(kept)
        looked_to = max(looked_to, offset)
    if start >= 0:
        yield start, offset + len(kept)


def _is_deflated(file: BinaryIO, start: int) -> bool:
    before = max(0, start - 1024)
    file.seek(before)
    said = file.read(start - before).rpartition(b" obj")[2]
    return b"/Fl" in said  # FlateDecode, or Fl for short


def _swells(file: BinaryIO, start: int, end: int) -> bool:
    file.seek(start)
    head = file.read(min(_SAMPLE_BYTES, end - start)).lstrip(b"\r\n")
    try:
        if len(zlib.decompressobj().decompress(head, len(head) * _SUSPICIOUS)) < len(head) * _SUSPICIOUS:
            return False
        return _unpacked_bytes(file, start, end) > LARGEST_STREAM_BYTES
    except zlib.error:
        return False  # whoever shows it will say so


def _unpacked_bytes(file: BinaryIO, start: int, end: int) -> int:
    """As far as it matters, with never more than a piece of it in memory."""
    unpacking = zlib.decompressobj()
    file.seek(start)
    rest = file.read(2).lstrip(b"\r\n")
    left, size = end - file.tell(), 0
    while size <= LARGEST_STREAM_BYTES and not unpacking.eof and (rest or left > 0):
        if not rest:
            rest = file.read(min(_SAMPLE_BYTES, left))
            left -= len(rest)
        size += len(unpacking.decompress(rest, _PIECE_BYTES))
        rest = unpacking.unconsumed_tail
    return size
