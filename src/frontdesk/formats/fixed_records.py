"""Lists of codes in records of fixed width: CMS's HCPCS file, and the AMA's CPT files."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from frontdesk.formats.code_files import at

_HCPCS: Final = {
    "hcpc": (1, 5),
    "seqnum": (6, 10),
    "recid": (11, 11),
    "longdescription": (12, 91),
    "shortdescription": (92, 119),
    "xref1": (205, 209),
    "xref2": (210, 214),
    "xref3": (215, 219),
    "xref4": (220, 224),
    "xref5": (225, 229),
    "adddt": (269, 276),
    "acteffdt": (277, 284),
    "termdt": (285, 292),
    "actioncd": (293, 293),
}
"""First and last column, as CMS's record layout (HCPC2024_recordlayout.txt) has them; a modifier stands in
columns 4 and 5. The names are those of the columns of the same list as a sheet."""
_HCPCS_WORDS: Final = 80
_IS_HCPCS: Final = re.compile(r"(?:[A-Z0-9]{5}| {3}[A-Z0-9]{2})\d{5}[3478]")
_CPT_CODE: Final = r"\d{4}[0-9AFMTU]"
_CPT_LONG: Final = re.compile(rf"({_CPT_CODE})(\d\d) (.*)")
_CPT_SHORT: Final = re.compile(rf"({_CPT_CODE}) +(\S.*)")
_CPT_WORDS: Final = 72
_WITHIN_A_WORD: Final = re.compile(r"\w[-/]\s*$")


@dataclass(frozen=True, slots=True)
class Record:
    """A code with the words of all its lines; `line` is that of the first."""

    line: int
    code: str
    words: str


def is_hcpcs(line: str) -> bool:
    """Whether the first line of a file is a record of CMS's (320 columns), and not the head of a sheet."""
    return _IS_HCPCS.match(line) is not None


def hcpcs(lines: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each record with the number of its line, its long description joined from the lines that follow it.

    Record 3 begins a procedure and 7 a modifier; 4 and 8 go on with the words.
    """
    cut = [(number, _cut(number, line)) for number, line in enumerate(lines, 1) if line.strip()]
    is_wrapped = _is_wrapped(
        [before["longdescription"] for (_, before), (_, row) in pairwise(cut) if row["recid"] in "48"],
        _HCPCS_WORDS,
    )
    first: tuple[int, dict[str, str]] | None = None
    words: list[str] = []
    for number, row in cut:
        if row["recid"] in "37":
            if first is not None:
                yield _with_words(first, words, is_wrapped)
            first, words = (number, row), [row["longdescription"]]
            continue
        before = first[1] if first is not None else {"hcpc": "", "recid": ""}
        if row["hcpc"] != before["hcpc"] or row["recid"] != {"3": "4", "7": "8"}[before["recid"]]:
            raise at(
                number, 1, f"more words for {row['hcpc'].strip()}, but its first line is not the one above."
            )
        words.append(row["longdescription"])
    if first is not None:
        yield _with_words(first, words, is_wrapped)


def cpt(lines: list[str]) -> list[Record] | None:
    """The codes of LONGULF (80 columns, a code over several lines), MEDU or SHORTU; None: it is no such file.

    Lines before the first code are the AMA's notice. Raises `NotACodeList` where a line is none of them.
    """
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    start = next((place for place, (_, line) in enumerate(numbered) if _begins_with_code(line)), None)
    if start is None or any("\t" in line for _, line in numbered):
        return None
    coded = numbered[start:]
    is_long = _CPT_LONG.fullmatch(coded[0][1]) is not None
    layout = _CPT_LONG if is_long else _CPT_SHORT
    if not all(layout.fullmatch(line) for _, line in coded[:5]):
        return None
    parts: list[tuple[int, str, int, str]] = []
    for number, line in coded:
        found = layout.fullmatch(line)
        if found is None:
            raise at(number, 1, "a code and its description are expected, as in the lines before.")
        parts.append((number, found[1], int(found[2]) if is_long else 1, found[3 if is_long else 2]))
    return _joined(parts)


def _joined(parts: Sequence[tuple[int, str, int, str]]) -> list[Record]:
    """The lines of a code, counted from 01, as one."""
    is_wrapped = _is_wrapped([before[3] for before, after in pairwise(parts) if after[2] > 1], _CPT_WORDS)
    found: list[tuple[int, str, list[str]]] = []
    last = 0
    for number, code, place, words in parts:
        if place == 1:
            found.append((number, code, [words]))
        elif found and found[-1][1] == code and place == last + 1:
            found[-1][2].append(words)
        else:
            raise at(number, 6, f"line {place:02} of {code} does not follow its line {place - 1:02}.")
        last = place
    return [Record(line, code, _text(words, _CPT_WORDS, is_wrapped)) for line, code, words in found]


def _begins_with_code(line: str) -> bool:
    return bool(_CPT_LONG.fullmatch(line) or _CPT_SHORT.fullmatch(line))


def _cut(number: int, line: str) -> dict[str, str]:
    if not is_hcpcs(line):
        raise at(number, 1, "a code, its sequence and record 3, 4, 7 or 8 are expected, as in CMS's file.")
    return {
        name: line[first - 1 : last].strip() if name != "longdescription" else line[first - 1 : last]
        for name, (first, last) in _HCPCS.items()
    }


def _with_words(
    first: tuple[int, dict[str, str]], words: list[str], is_wrapped: bool
) -> tuple[int, dict[str, str]]:
    number, row = first
    return number, row | {"longdescription": _text(words, _HCPCS_WORDS, is_wrapped)}


def _is_wrapped(unfinished: Sequence[str], width: int) -> bool:
    """Whether lines end with whole words: then some leave room for more than the blank that divides them."""
    return any(len(words.rstrip()) < width - 1 for words in unfinished) or not unfinished


def _text(words: Sequence[str], width: int, is_wrapped: bool) -> str:
    """Lines as one text; where they are cut off at the width, a word may go on in the next line.

    A line that ends with a hyphen or stroke ends within a word too: "two-" and "way", but "short- and long".
    """
    joined = ""
    if not is_wrapped:
        joined = "".join(part.ljust(width) for part in words)
    else:
        for part in words:
            goes_on = _WITHIN_A_WORD.search(joined) and not part.lstrip().startswith(("and ", "or ", "to "))
            joined = f"{joined.rstrip()}{'' if goes_on else ' '}{part.lstrip()}"
    return " ".join(joined.split())
