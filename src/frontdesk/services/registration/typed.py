"""What the search field understands: names in any order, birth dates, phones, chart and member numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from frontdesk.kernel.text import digits, fold
from frontdesk.models.registration.search_key import KeyKind

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
    rf"(?<!\S)(?:(?P<m1>{_MONTH_WORD})[.\s/-]*(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[.\s/-]*(?:of\s+)?(?P<m2>{_MONTH_WORD})\.?)"
    r"(?:,?[\s/-]*(?P<y>(?<=\D)(?:\d{4}|\d{2})))?[,;]?(?!\S)",
    re.IGNORECASE | re.ASCII,
)
_MONTH_OF_YEAR = re.compile(
    rf"(?<!\S)(?P<word>{_MONTH_WORD})[.,]?[\s/-]+(?P<y>(?:18|19|20)\d\d)(?!\S)", re.IGNORECASE | re.ASCII
)
_ISO = re.compile(r"(?<!\S)(?P<y>\d{4})[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2})?)?(?!\S)", re.ASCII)
_SLASHED = re.compile(
    r"(?<!\S)(?P<m>\d{1,2})[/.-](?:(?P<d>\d{1,2})(?:[/.-](?P<y>\d{0,4}))?)?[,;]?(?!\S)", re.ASCII
)
_MONTH_SLASH_YEAR = re.compile(r"(?<!\S)(?P<m>\d{1,2})[/-](?P<y>(?:18|19|20)\d\d)(?!\S)", re.ASCII)
_PHONE = re.compile(r"(?<![^\s,;])\+?[(\d][\d\s().-]*(?![^\s,;])", re.ASCII)
_PART_FROM = 3
"""From how many letters a word is also sought inside other words."""
_NUMBERS = (KeyKind.CHART, KeyKind.MEMBER, KeyKind.MERGED)


@dataclass(frozen=True, slots=True)
class Range:
    """Keys from `low` up to, not including, `high`; of one kind only where it names one."""

    low: str
    high: str
    kind: KeyKind | None = None

    def holds(self, key: str, kind: KeyKind | None = None) -> bool:
        return self.low <= key < self.high and (self.kind is None or kind is None or self.kind is kind)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that was typed; a patient is found when one of its ranges holds one of their keys."""

    ranges: tuple[Range, ...]
    word: str = ""
    """The folded word, for underlining; empty for numbers."""
    number: str = ""
    """The digits, where a number was typed that is no date."""

    def holds(self, key: str, kind: KeyKind) -> bool:
        return any(span.holds(key, kind) for span in self.ranges)

    @property
    def weight(self) -> int:
        """How few patients it is likely to leave: a digit tells about as much as two letters."""
        return len(self.ranges[0].low) * (1 if self.word else 2)

    @property
    def may_be_inside(self) -> bool:
        """Whether it is long enough to be sought within words too."""
        return len(self.word) >= _PART_FROM and not any(map(str.isdigit, self.word))


def understand(typed: str, today: date) -> tuple[Term, ...]:
    """The terms of a search, the likely rarest first; all of them must be found."""
    terms: list[Term] = []
    rest = typed
    for shape, read in (
        (_WORDED, _worded),
        (_ISO, _numeric),
        (_MONTH_SLASH_YEAR, _numeric),
        (_SLASHED, _numeric),
    ):
        while found := shape.search(rest):
            term = read(found, today)
            if term is None:
                break
            terms.append(term)
            rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    if found := _MONTH_OF_YEAR.search(rest):  # June 1982: a June who was born then, or anybody of that month
        terms += _month_of_year(found["word"], found["y"])
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    while (found := _PHONE.search(rest)) and digits(found[0]):
        terms.append(_number(digits(found[0]), today))
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    for word in re.split(r"[\s,;]+", rest):
        plain = fold(word).replace(" ", "")
        if plain:
            terms.append(Term((starting(plain),), plain))
    return tuple(sorted(dict.fromkeys(terms), key=lambda term: -term.weight))


def date_in(typed: str, today: date) -> tuple[str, date | None]:
    """What is left of the text without the whole birth date in it, and that date."""
    for shape, read in ((_WORDED, _worded), (_ISO, _numeric), (_SLASHED, _numeric)):
        found = shape.search(typed)
        term = read(found, today) if found else None
        for span in term.ranges if found and term else ():
            try:
                born_on = date.fromisoformat(f"{span.low[:4]}-{span.low[4:6]}-{span.low[6:]}")
            except ValueError:
                continue
            if found and born_on <= today:
                return f"{typed[: found.start()]} {typed[found.end() :]}", born_on
    return typed, None


def as_one_number(typed: str) -> Term | None:
    """All of it as one chart or member number, with whatever blanks and dashes stand in it."""
    plain = fold(typed).replace(" ", "")
    if len(plain) < _PART_FROM or not any(map(str.isdigit, plain)) or len(typed.split()) < 2:
        return None
    return Term(tuple(starting(plain, kind) for kind in _NUMBERS))


def starting(key: str, kind: KeyKind | None = None) -> Range:
    """All keys that start with this one."""
    return Range(key, key[:-1] + chr(ord(key[-1]) + 1), kind)


def _born_starting(key: str) -> Range:
    return starting(key, KeyKind.BORN)


def _born_exactly(key: str) -> Range:
    # No key has a blank, and a blank sorts before all that keys are made of.
    return Range(key, f"{key} ", KeyKind.BORN)


def _month_of_year(word: str, year: str) -> Iterator[Term]:
    month = _MONTHS[word.lower()]
    yield Term((starting(fold(word)), _born_starting(f"{year}{month:02d}")), fold(word))
    yield Term((_born_starting(year),))


def _worded(found: re.Match[str], today: date) -> Term | None:
    month = _MONTHS[(found["m1"] or found["m2"]).lower()]
    return _born(month, int(found["d1"] or found["d2"]), found["y"] or "", today)


def _numeric(found: re.Match[str], today: date) -> Term | None:
    parts = found.groupdict()
    month, day, year = int(parts["m"]), parts.get("d") or "", parts.get("y") or ""
    if not day:
        return Term((_born_starting(f"{year}{month:02d}"),)) if 1 <= month <= 12 else None
    if month > 12 >= int(day) and year:  # the day first, as elsewhere in the world
        return _born(int(day), month, year, today)
    return _born(month, int(day), year, today, partly=len(day) == 1 and not year)


def _born(month: int, day: int, year: str, today: date, *, partly: bool = False) -> Term | None:
    if not 1 <= month <= 12 or not 0 <= day <= 31:
        return None
    if len(year) == 4:
        return Term((_born_exactly(f"{year}{month:02d}{day:02d}"),))
    if len(year) == 2:
        exact = (_born_exactly(f"{full}{month:02d}{day:02d}") for full in _years(year, today))
        # 6/14/19 may be on its way to 6/14/1982
        return Term((*exact, _born_starting(f"{month:02d}{day:02d}{year}")))
    ranges = [_born_starting(f"{month:02d}{day:02d}{year}")]
    if partly:
        # 6/1 may become 6/14
        ranges.append(_born_starting(f"{month:02d}{day}"))
    return Term(tuple(ranges))


def _years(two: str, today: date) -> tuple[int, ...]:
    this = today.year // 100 * 100 + int(two)
    return (this, this - 100) if this <= today.year else (this - 100,)


def _number(typed: str, today: date) -> Term:
    """Digits may be part of a phone, a birth date as MMDDYYYY or YYYYMMDD, a chart or a member number."""
    ranges = [starting(typed)]
    if len(typed) > 1 and typed.startswith("1"):
        ranges.append(starting(typed[1:]))
    if typed[0] != "0" and len(typed) < 8:  # 6 is on its way to 6/14, and 6141982 is a date
        ranges.append(_born_starting(f"0{typed}"))
    for plain in (typed, f"0{typed}"):
        if len(plain) == 6 and 1 <= int(plain[:2]) <= 12 and 1 <= int(plain[2:4]) <= 31:
            ranges += [_born_exactly(f"{year}{plain[:4]}") for year in _years(plain[4:], today)]
    return Term(tuple(ranges), number=typed)
