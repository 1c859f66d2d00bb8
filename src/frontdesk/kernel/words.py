"""Running text as words to search by: the same letters on every engine, whatever its own rules are."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 64
"""Letters of a word that count: what is longer is a number of a machine, or noise."""
_SPELLED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼ`´", ""))
_WORD = re.compile(r"[^\W_]+")


def search_words(text: str) -> list[str]:
    """ "O’Brien-Núñez, J18.9" is obrien, nunez, j18, 9."""
    plain = text.lower().translate(_APOSTROPHES)
    if not plain.isascii():
        spelled = unicodedata.normalize("NFKD", plain.translate(_SPELLED))
        plain = "".join(letter for letter in spelled if not unicodedata.combining(letter)).lower()
    return [word[:LONGEST] for word in _WORD.findall(plain)]
