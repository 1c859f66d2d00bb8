"""How large a picture would be if it were drawn, read from its first bytes: nothing is unpacked."""

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

MOST_DOTS: Final = 80_000_000
"""A letter page at 900 dpi. The windows' own reader and Pillow give up not far above."""
MOST_FRAMES: Final = 2_000
_WIDTH, _HEIGHT = 256, 257  # TIFF 6.0, section 8
_SHORT = 3
_MOST_MARKS: Final = 10_000
_FRAME_MARKS: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # ITU T.81, table B.1
_BARE_MARKS: Final = frozenset({0x01, *range(0xD0, 0xD9)})


class BrokenPicture(Exception):
    """It ends, or leads nowhere, before its size is said."""


class TooManyDots(Exception):
    """It would fill a computer's memory; the message is its size."""


def png_frames(file: BinaryIO) -> int:
    """Always one."""
    head = _read(file, 0, 24)
    if head[12:16] != b"IHDR":
        raise BrokenPicture
    _look_at(*struct.unpack(">II", head[16:24]))
    return 1


def jpeg_frames(file: BinaryIO) -> int:
    """Always one."""
    at = 2
    for _ in range(_MOST_MARKS):
        mark, kind = _read(file, at, 2)
        if mark != 0xFF:
            raise BrokenPicture
        if kind == 0xFF or kind in _BARE_MARKS:
            at += 1 if kind == 0xFF else 2
            continue
        length = struct.unpack(">H", _read(file, at + 2, 2))[0]
        if kind in _FRAME_MARKS:
            height, width = struct.unpack(">HH", _read(file, at + 5, 4))
            _look_at(width, height)
            return 1
        if kind == 0xDA or length < 2:  # the picture begins, and its size was not said
            raise BrokenPicture
        at += 2 + length
    raise BrokenPicture


def tiff_frames(file: BinaryIO) -> int:
    """How many pictures it holds."""
    order = "<" if _read(file, 0, 2) == b"II" else ">"
    count, seen = 0, set[int]()
    at = struct.unpack(f"{order}I", _read(file, 4, 4))[0]
    while at and at not in seen:
        seen.add(at)
        count += 1
        if count > MOST_FRAMES:
            raise TooManyDots(f"{MOST_FRAMES:,} pages and more")
        entries = struct.unpack(f"{order}H", _read(file, at, 2))[0]
        directory = _read(file, at + 2, entries * 12 + 4)
        sides = dict(_sides(directory, order, entries))
        if _WIDTH not in sides or _HEIGHT not in sides:
            raise BrokenPicture
        _look_at(sides[_WIDTH], sides[_HEIGHT])
        at = struct.unpack(f"{order}I", directory[-4:])[0]
    if not count:
        raise BrokenPicture
    return count


def _sides(directory: bytes, order: str, entries: int) -> Iterator[tuple[int, int]]:
    for number in range(entries):
        tag, kind = struct.unpack_from(f"{order}HH", directory, number * 12)
        if tag in (_WIDTH, _HEIGHT):
            code = "H" if kind == _SHORT else "I"
            yield tag, struct.unpack_from(f"{order}{code}", directory, number * 12 + 8)[0]


def _look_at(width: int, height: int) -> None:
    if not width or not height:
        raise BrokenPicture
    if width * height > MOST_DOTS:
        raise TooManyDots(f"{width:,} by {height:,} dots")


def _read(file: BinaryIO, at: int, count: int) -> bytes:
    file.seek(at)
    found = file.read(count)
    if len(found) < count:
        raise BrokenPicture
    return found
