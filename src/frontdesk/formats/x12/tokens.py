"""Cuts X12 bytes into segments, whatever the delimiters, a block at a time."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from msgspec import Struct

from frontdesk.formats.x12.problems import Level, Malformed, Problem

Segment = list[str]
"""A segment as its elements; element 0 is the segment id."""

ISA_LENGTH = 106
_ISA_SEPARATORS = (3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103)
_BLOCK = 1 << 18
_BREAKS = "\r\n"


class Delimiters(Struct, frozen=True):
    """The characters that separate; `line_break` is what follows each terminator for the eye's sake."""

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    segment: str = "~"
    line_break: str = ""

    def text(self, segment: Segment) -> str:
        """Gives a segment back as it stands in a file."""
        return self.element.join(segment) + self.segment + self.line_break


class Block(Struct):
    """Segments in a row; a new interchange begins at the first of them when `delimiters` changed."""

    delimiters: Delimiters
    segments: list[Segment]
    is_cut: bool = False
    """The file ended inside the last segment."""


def blocks(source: BinaryIO) -> Iterator[Block]:
    """Yields the file in blocks of whole segments; memory stays flat. Raises Malformed without an ISA."""
    text = _Text(source)
    number = 1
    while text.holds_more():
        delimiters = _delimiters(text.peek(ISA_LENGTH + 2), number)
        for block in _interchange(text, delimiters):
            number += len(block.segments)
            yield block


def _interchange(text: "_Text", delimiters: Delimiters) -> Iterator[Block]:
    terminator, separator = delimiters.segment, delimiters.element
    breaks = _BREAKS.replace(terminator, "")
    # An interchange ends behind its IEA, or without one before the next ISA.
    edge = re.compile(rf"(?:\A|{re.escape(terminator)})[{breaks}]*(IEA|ISA){re.escape(separator)}")
    has_begun = False
    while True:
        end, is_last = _end(text.buffer, edge, terminator, has_begun)
        whole, text.buffer = text.buffer[:end].strip(breaks), text.buffer[end:]
        if whole:
            has_begun = True
            for mark in breaks:
                while terminator + mark in whole:
                    whole = whole.replace(terminator + mark, terminator)
            yield Block(delimiters, [raw.split(separator) for raw in whole[:-1].split(terminator)])
        if is_last:
            return
        if text.is_exhausted:
            rest, text.buffer = text.buffer.strip(), ""
            if rest:
                yield Block(delimiters, [rest.split(separator)], is_cut=True)
            return
        text.fill()


def _end(buffer: str, edge: re.Pattern[str], terminator: str, has_begun: bool) -> tuple[int, bool]:
    """Where the whole segments of this interchange end in the buffer, and whether it ends with them."""
    found = edge.search(buffer, 0 if has_begun else 1)
    if found and found[1] == "ISA":
        return found.start(1), True
    if found and (after := buffer.find(terminator, found.start(1))) >= 0:
        return after + 1, True
    return buffer.rfind(terminator) + 1, False


def _delimiters(opening: str, number: int) -> Delimiters:
    separator = opening[3:4]
    is_whole = len(opening) >= ISA_LENGTH and opening.startswith("ISA")
    if (
        not is_whole
        or any(opening[place] != separator for place in _ISA_SEPARATORS)
        or opening[105].isalnum()
        or len({separator, opening[104], opening[105]}) < 3
    ):
        said = "an interchange header (ISA) of 106 characters, with its 16 elements at their fixed places"
        problem = Problem(Level.INTERCHANGE, "ISA", number, "ISA", f"expected {said}.")
        raise Malformed([problem])
    tail = opening[ISA_LENGTH : ISA_LENGTH + 2]
    line_break = "" if opening[105] in _BREAKS else tail[: len(tail) - len(tail.lstrip(_BREAKS))]
    # Up to version 00401 ISA11 names the standard ("U"), not a repetition separator.
    repetition = opening[82] if not opening[82].isalnum() else ""
    return Delimiters(separator, opening[104], repetition, opening[105], line_break)


class _Text:
    """The file as text: UTF-8, with Latin-1 for bytes that are not; never more than a few blocks of it."""

    def __init__(self, source: BinaryIO) -> None:
        self.buffer = ""
        self.is_exhausted = False
        self._source = source
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="x12-latin")

    def fill(self) -> None:
        """Reads on by a block."""
        data = self._source.read(_BLOCK)
        self.is_exhausted = not data
        self.buffer += self._decoder.decode(data, final=self.is_exhausted)

    def peek(self, length: int) -> str:
        while len(self.buffer) < length and not self.is_exhausted:
            self.fill()
        return self.buffer[:length]

    def holds_more(self) -> bool:
        """Skips the blank space between interchanges."""
        while True:
            self.buffer = self.buffer.lstrip("\ufeff \t\r\n\x00\x1a")
            if self.buffer or self.is_exhausted:
                return bool(self.buffer)
            self.fill()


def _latin(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("x12-latin", _latin)
