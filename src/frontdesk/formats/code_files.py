"""A file of codes as lines of text; what is no such file is refused with its line and column."""

from pathlib import Path
from typing import Final

from frontdesk.kernel.errors import FrontdeskError

MOST_BYTES: Final = 64 * 1024 * 1024
_MAGIC: Final = {
    b"PK\x03\x04": "This is a zip folder or a spreadsheet. Unpack it, or save the sheet as CSV (UTF-8), and "
    "choose that file.",
    b"\x1f\x8b": "This is a packed file. Unpack it, then choose the file within.",
    b"%PDF": "This is a PDF. Choose the list itself, as text or CSV.",
    b"\xd0\xcf\x11\xe0": "This is an old Excel sheet. Save it as CSV (UTF-8), then choose that file.",
    b"\xff\xfe": "The file is in UTF-16. Save it as UTF-8, then choose it again.",
    b"\xfe\xff": "The file is in UTF-16. Save it as UTF-8, then choose it again.",
}


class NotACodeList(FrontdeskError):
    """The file as a whole cannot be read as a list of codes."""


def at(line: int, column: int, what: str) -> NotACodeList:
    """What is wrong at a place of the file; both count from 1."""
    return NotACodeList(f"Line {line}, column {column}: {what} Nothing was loaded.")


def lines_of(path: Path) -> list[str]:
    """The lines of a text file in UTF-8, without their ends; raises `NotACodeList`."""
    raw = _bytes_of(path)
    for magic, sentence in _MAGIC.items():
        if raw.startswith(magic):
            raise NotACodeList(f"{sentence} Nothing was loaded.")
    if not raw.strip():
        raise NotACodeList("The file is empty. Nothing was loaded.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        before = raw[: wrong.start]
        raise at(
            before.count(b"\n") + 1,
            wrong.start - (before.rfind(b"\n") + 1) + 1,
            "this character is not in UTF-8. Save the file as UTF-8, then choose it again.",
        ) from wrong
    if "\0" in text:
        place = text.index("\0")
        line = text.count("\n", 0, place) + 1
        raise at(line, place - (text.rfind("\n", 0, place) + 1) + 1, "this is no text file.")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[-1].strip() in ("", "\x1a"):
        lines.pop()
    return lines


def is_cut_off(path: Path) -> bool:
    """Whether the last line has no end: the lists of CMS all have one."""
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read(1) not in (b"\n", b"\r", b"\x1a")


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise NotACodeList(
                f"The file has {size // 2**20} MB; a list of codes has at most {MOST_BYTES // 2**20}. "
                "Choose the list itself."
            )
        return path.read_bytes()
    except OSError as problem:
        raise NotACodeList(f"The file cannot be opened: {problem.strerror}. Check its name.") from problem
