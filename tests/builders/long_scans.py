"""Scans of any size: PDFs of pictures, as a scanner makes them; the pictures are noise."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

_MEGABYTE = 1024 * 1024


def jpeg(chance: Random, size: int) -> bytes:
    """What starts and says its size as a JPEG does."""
    head = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00H\x00H\x00\x00"
    frame = (
        b"\xff\xc0\x00\x0b\x08" + (2200).to_bytes(2, "big") + (1700).to_bytes(2, "big") + b"\x01\x01\x11\x00"
    )
    return head + frame + b"\xff\xda\x00\x08" + chance.randbytes(size)


def scan(chance: Random, *, pages: int, page_bytes: int) -> bytes:
    """A PDF with a picture on each page."""
    return b"".join(_parts(chance, pages, page_bytes))


def long_scan(path: Path, *, megabytes: int) -> None:
    """The same, of any length, written a page at a time."""
    with path.open("wb") as file:
        file.writelines(_parts(Random(megabytes), megabytes, _MEGABYTE))


def _parts(chance: Random, pages: int, page_bytes: int) -> Iterator[bytes]:
    offsets, at = [], 0

    def numbered(number: int, body: bytes) -> bytes:
        nonlocal at
        written = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        offsets.append(at)
        at += len(written)
        return written

    head = b"%PDF-1.5\n"
    at += len(head)
    yield head
    yield numbered(1, b"<</Type/Catalog/Pages 2 0 R>>")
    kids = b" ".join(b"%d 0 R" % (3 + 3 * page) for page in range(pages))
    yield numbered(2, b"<</Type/Pages/Count %d/Kids[%b]>>" % (pages, kids))
    for page in range(pages):
        first = 3 + 3 * page
        yield numbered(
            first,
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R"
            b"/Resources<</XObject<</Scan %d 0 R>>>>>>" % (first + 1, first + 2),
        )
        drawn = b"612 0 0 792 0 0 cm /Scan Do"
        yield numbered(first + 1, b"<</Length %d>>stream\n%b\nendstream" % (len(drawn), drawn))
        picture = jpeg(chance, page_bytes)
        yield numbered(
            first + 2,
            b"<</Type/XObject/Subtype/Image/Width 1700/Height 2200/BitsPerComponent 8/ColorSpace/DeviceGray"
            b"/Filter/DCTDecode/Length %d>>stream\n%b\nendstream" % (len(picture), picture),
        )
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(offsets) + 1
    yield b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        at,
    )
