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
_MORE: Final = "…"
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
    plain, may_be_divided = _plainly(text)
    lower = plain.lower()
    is_even = len(lower) == len(plain) and not may_be_divided
    for one in sorted(sought, key=lambda one: -len("".join(one.words))) if len(sought) > 1 else sought:
        # Finding letters is many times faster than finding a pattern: it says where to begin.
        begin = lower.find(one.words[0]) if is_even else 0
        found = _pattern(one, may_be_divided).search(plain, begin) if begin >= 0 else None
        if found is not None:
            return _line(text, found.start(), sought)
    return "", ()


def marks(text: str, sought: Sequence[Sought]) -> Marks:
    """Where in a short text the hits stand, in order, none within another."""
    plain, may_be_divided = _plainly(text)
    spans = [found.span() for one in sought for found in _pattern(one, may_be_divided).finditer(plain)]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not kept or start >= sum(kept[-1]):
            kept.append((start, end - start))
    return tuple(kept)


def _plainly(text: str) -> tuple[str, bool]:
    """The text without accents, place for place, and whether apostrophes may stand within its words."""
    if text.isascii():
        return text, "'" in text or "`" in text
    return text.translate(_plain), True


def _line(text: str, at: int, sought: Sequence[Sought]) -> tuple[str, Marks]:
    begin = max(0, at - BEFORE)
    if begin > 0:
        begin = next((place + 1 for place in range(begin, at) if text[place].isspace()), at)
    end = min(len(text), begin + LENGTH)
    if end < len(text):
        end = next((place for place in range(end, at, -1) if text[place].isspace()), end)
    line = " ".join(text[begin:end].split())
    marked = marks(line, sought)
    if begin > 0:
        line = f"{_MORE} {line}"
        marked = tuple((start + 2, length) for start, length in marked)
    return (f"{line} {_MORE}" if end < len(text) else line), marked


@lru_cache(512)
def _pattern(one: Sought, may_be_divided: bool) -> re.Pattern[str]:
    between = _APOSTROPHE if may_be_divided else ""
    words = [between.join(word) for word in one.words]
    ends = "" if one.is_begun else f"(?!{_LETTER})"
    return re.compile(f"(?<!{_LETTER}){_BETWEEN.join(words)}{ends}", re.IGNORECASE)
