"""The place in a text where something typed was found, short enough for one line, with the hits marked."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from frontdesk.services.records.search_terms import Sought

Marks = tuple[tuple[int, int], ...]
"""Starts and lengths of what was found, within a text."""
BEFORE: Final = 40
LENGTH: Final = 170
_APOSTROPHE = "['’‘ʼ`´]?"
_LETTER = r"[^\W_]"
_BETWEEN = r"[\W_]+"


class _Plain(dict[int, int]):
    """Each letter without its accent, one for one, so that places stay what they are."""

    def __missing__(self, code: int) -> int:
        base = unicodedata.normalize("NFKD", chr(code))
        plain = ord(base[0]) if len(base) > 1 and unicodedata.combining(base[1]) else _SPELLED.get(code, code)
        self[code] = plain
        return plain


_SPELLED: Final = {
    ord(spelled): ord(plain) for spelled, plain in zip("øłđßæœıØŁĐÆŒ", "oldsaoiOLDAO", strict=True)
}
_plain = _Plain()


def snippet(text: str, sought: Sequence[Sought]) -> tuple[str, Marks]:
    """The line around the first hit; empty where the text holds none."""
    plain = text if text.isascii() else text.translate(_plain)
    for one in sorted(sought, key=lambda one: -len("".join(one.words))):
        found = _pattern(one).search(plain)
        if found is not None:
            line = _line(text, found.start())
            return line, marks(line, sought)
    return "", ()


def marks(text: str, sought: Sequence[Sought]) -> Marks:
    """Where in a short text the hits stand, in order, none within another."""
    plain = text if text.isascii() else text.translate(_plain)
    spans = sorted(found.span() for one in sought for found in _pattern(one).finditer(plain))
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if not kept or start >= sum(kept[-1]):
            kept.append((start, end - start))
    return tuple(kept)


def _line(text: str, at: int) -> str:
    begin = max(0, at - BEFORE)
    if begin > 0:
        begin = next((place + 1 for place in range(begin, at) if text[place].isspace()), at)
    end = min(len(text), begin + LENGTH)
    if end < len(text):
        end = next((place for place in range(end, at, -1) if text[place].isspace()), end)
    line = " ".join(text[begin:end].split())
    return f"{'… ' if begin > 0 else ''}{line}{' …' if end < len(text) else ''}"


@lru_cache(256)
def _pattern(one: Sought) -> re.Pattern[str]:
    words = [_APOSTROPHE.join(re.escape(letter) for letter in word) for word in one.words]
    ends = "" if one.is_begun else f"(?!{_LETTER})"
    return re.compile(f"(?<!{_LETTER}){_BETWEEN.join(words)}{ends}", re.IGNORECASE)
