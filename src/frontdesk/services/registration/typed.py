"""What the search field understands: names in any order, birth dates, phones, chart and member numbers."""

import re
from dataclasses import dataclass
from datetime import date

from frontdesk.kernel.text import digits, fold

_MONTHS = {
    month: number
    for number, words in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for month in words.split()
}
_MONTH_WORD = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WORDED = re.compile(
    rf"\b(?:(?P<m1>{_MONTH_WORD})\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?|(?P<d2>\d{{1,2}})\.?\s+(?P<m2>{_MONTH_WORD})\.?)"
    r",?(?:\s+(?P<y>\d{4}|\d{2}))?(?!\S)",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<!\S)(?P<y>\d{4})[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2})?)?(?!\S)", re.ASCII)
_SLASHED = re.compile(r"(?<!\S)(?P<m>\d{1,2})[/.-](?P<d>\d{1,2})(?:[/.-](?P<y>\d{0,4}))?(?!\S)", re.ASCII)
_PHONE = re.compile(r"(?<![^\s,;])\+?[(\d][\d\s().-]*(?![^\s,;])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Range:
    """Keys from `low` up to, not including, `high`."""

    low: str
    high: str

    def holds(self, key: str) -> bool:
        return self.low <= key < self.high


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that was typed; a patient is found when one of its ranges holds one of their keys."""

    ranges: tuple[Range, ...]
    word: str = ""
    """The folded word, for underlining; empty for numbers."""


def understand(typed: str, today: date) -> tuple[Term, ...]:
    """The terms of a search, the likely rarest first; all of them must be found."""
    terms: list[Term] = []
    rest = typed
    for shape, read in ((_WORDED, _worded), (_ISO, _numeric), (_SLASHED, _numeric)):
        while found := shape.search(rest):
            term = read(found, today)
            if term is None:
                break
            terms.append(term)
            rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    while (found := _PHONE.search(rest)) and digits(found[0]):
        terms.append(_number(digits(found[0]), today))
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    for word in re.split(r"[\s,;]+", rest):
        plain = fold(word).replace(" ", "")
        if plain:
            terms.append(Term((starting(plain),), plain))
    return tuple(sorted(terms, key=lambda term: -len(term.ranges[0].low)))


def starting(key: str) -> Range:
    """All keys that start with this one."""
    return Range(key, key[:-1] + chr(ord(key[-1]) + 1))


def _exactly(key: str) -> Range:
    # No key has a blank, and a blank sorts before all that keys are made of.
    return Range(key, f"{key} ")


def _worded(found: re.Match[str], today: date) -> Term | None:
    month = _MONTHS[(found["m1"] or found["m2"]).lower()]
    return _born(month, int(found["d1"] or found["d2"]), found["y"] or "", today)


def _numeric(found: re.Match[str], today: date) -> Term | None:
    year, day = found["y"] or "", found["d"] or ""
    if not day:
        return Term((starting(f"{year}{int(found['m']):02d}"),)) if 1 <= int(found["m"]) <= 12 else None
    return _born(int(found["m"]), int(day), year, today, partly=len(day) == 1 and not year)


def _born(month: int, day: int, year: str, today: date, *, partly: bool = False) -> Term | None:
    if not 1 <= month <= 12 or not 0 <= day <= 31:
        return None
    if len(year) == 4:
        return Term((_exactly(f"{year}{month:02d}{day:02d}"),))
    if len(year) == 2:
        exact = (_exactly(f"{full}{month:02d}{day:02d}") for full in _years(year, today))
        # 6/14/19 may be on its way to 6/14/1982
        return Term((*exact, starting(f"{month:02d}{day:02d}{year}")))
    ranges = [starting(f"{month:02d}{day:02d}{year}")]
    if partly:
        # 6/1 may become 6/14
        ranges.append(starting(f"{month:02d}{day}"))
    return Term(tuple(ranges))


def _years(two: str, today: date) -> tuple[int, ...]:
    this = today.year // 100 * 100 + int(two)
    return (this, this - 100) if this <= today.year else (this - 100,)


def _number(typed: str, today: date) -> Term:
    """Digits may begin a phone, a birth date as MMDDYYYY, a chart or a member number."""
    ranges = [starting(typed)]
    if len(typed) > 1 and typed.startswith("1"):
        ranges.append(starting(typed[1:]))
    if len(typed) == 6:
        month, day = int(typed[:2]), int(typed[2:4])
        if 1 <= month <= 12 and 1 <= day <= 31:
            ranges += [_exactly(f"{year}{typed[:4]}") for year in _years(typed[4:], today)]
    return Term(tuple(ranges))
