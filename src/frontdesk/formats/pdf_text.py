"""The text layer of a PDF, read in a process of its own.

What comes by fax and mail may be made to do harm, and pdfium is written in C: a file that hangs it or
brings it down ends this process, not the desk's. Run as a module it answers file after file: eight bytes
of length and the bytes come in, four bytes of length and UTF-8 behind a one-letter verdict go out.
"""

import contextlib
import re
import struct
import sys
import unicodedata
from dataclasses import dataclass
from typing import BinaryIO, Final

MOST_PAGES: Final = 400
MOST_LETTERS: Final = 500_000
"""Some 250 close pages. What is behind them is not searched; `is_cut` says so."""
MOST_MEMORY: Final = 1_500 * 1024 * 1024
MOST_BYTES: Final = 220 * 1024 * 1024
_FEWEST = 3
"""Letters and digits; a scanner's stray mark is no text layer."""

HEAD: Final = struct.Struct(">Q")
ANSWER: Final = struct.Struct(">cI")
READ, CUT, BROKEN = b"r", b"c", b"b"


@dataclass(frozen=True, slots=True)
class Words:
    """A text as it is kept; empty where there is none."""

    text: str
    is_cut: bool = False


class Broken(Exception):
    """The file cannot be read."""


def cleaned(raw: str) -> Words:
    """Text that any engine keeps: no control characters, single spaces, at most so many letters."""
    is_cut = len(raw) > MOST_LETTERS
    plain = unicodedata.normalize("NFKC", raw[:MOST_LETTERS]).encode("utf-8", "ignore").decode("utf-8")
    plain = _JOINED.sub(r"\1\2", plain)
    lines = (" ".join(_CONTROL.sub(" ", line).split()) for line in plain.splitlines())
    text = "\n".join(line for line in lines if line)[:MOST_LETTERS]
    if sum(1 for letter in text[:2000] if letter.isalnum()) < _FEWEST:
        return Words("", is_cut)
    return Words(text, is_cut)


def words_of(data: bytes) -> Words:
    """All pages one after the other; raises Broken. For the process below, and for what is trusted."""
    import pypdfium2  # loaded here: a desk that reads nothing pays nothing

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Broken("not a PDF that can be opened") from error
    read: list[str] = []
    room = MOST_LETTERS + 1
    try:
        pages = len(document)
        for number in range(min(pages, MOST_PAGES)):
            try:
                page = document[number]
            except pypdfium2.PdfiumError:
                continue  # the others may be whole
            layer = page.get_textpage()
            said = layer.get_text_range(0, min(layer.count_chars(), room)) if layer.count_chars() > 0 else ""
            layer.close()
            page.close()
            read.append(said)
            room -= len(said)
            if room <= 0:
                break
    except pypdfium2.PdfiumError as error:
        raise Broken("a page cannot be read") from error
    finally:
        document.close()
    words = cleaned("\n".join(read))
    return Words(words.text, words.is_cut or pages > MOST_PAGES)


def serve(asked: BinaryIO, answered: BinaryIO) -> None:
    """Answer until the other side is gone."""
    while len(head := asked.read(HEAD.size)) == HEAD.size:
        (length,) = HEAD.unpack(head)
        data = asked.read(length)
        if len(data) < length:
            return
        verdict, said = BROKEN, b""
        with contextlib.suppress(Broken, MemoryError, ValueError, OSError):
            words = words_of(data)
            verdict, said = CUT if words.is_cut else READ, words.text.encode()
        answered.write(ANSWER.pack(verdict, len(said)) + said)
        answered.flush()


def _bound() -> None:
    """No more memory than is given; where the system knows no such bound, the time alone bounds it."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


_JOINED = re.compile(r"(\w)[\u00ad\ufffe\u0002]\r?\n?(\w)")
"""pdfium's mark for a word divided at a line's end."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")

if __name__ == "__main__":
    _bound()
    serve(sys.stdin.buffer, sys.stdout.buffer)
