"""The public lists of codes as CMS publishes them: ICD-10-CM, HCPCS level II, places of service."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from frontdesk.formats import fixed_records
from frontdesk.formats.code_files import NotACodeList, at, is_cut_off, lines_of
from frontdesk.kernel.text import fold


@dataclass(frozen=True, slots=True)
class ListedCode:
    """A code as a release lists it."""

    line: int
    code: str
    label: str
    is_billable: bool = True
    first_on: date | None = None
    """Valid from then on, where the list says so."""
    last_on: date | None = None
    changed_on: date | None = None
    """From when its last change holds, where the list says so."""
    successor: str = ""
    """The codes that the list names instead, divided by blanks."""
    is_modifier: bool = False
    synonyms: str = ""


@dataclass(frozen=True, slots=True)
class CodeList:
    """What a file holds."""

    layout: str
    """In words: "ICD-10-CM, order file"."""
    codes: tuple[ListedCode, ...]
    has_headings: bool = True
    """Codes that cannot be billed are listed too."""


_ICD: Final = re.compile(r"[A-Z][0-9][0-9A-Z]{1,5}")
_HCPCS: Final = re.compile(r"[A-Z][0-9]{4}")
_MODIFIER: Final = re.compile(r"[A-Z0-9]{2}")
_ORDERED: Final = re.compile(r"(\d{5}) (\S{3,7}) *([01]) ")
_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def read_icd10cm(path: Path) -> CodeList:
    """The order file (with headings) or the codes file (billable codes only) of one fiscal year."""
    lines = lines_of(path)
    if _ORDERED.match(lines[0]):
        found = CodeList("ICD-10-CM, order file", tuple(_ordered(lines)))
    else:
        found = CodeList("ICD-10-CM, codes file", tuple(_plain_codes(lines)), has_headings=False)
    return _whole(path, lines, found)


def read_hcpcs(path: Path) -> CodeList:
    """The quarterly file (ANWEB): text of 320 columns, or CSV with its columns named in the first line."""
    lines = lines_of(path)
    if fixed_records.is_hcpcs(lines[0]):
        found = CodeList("HCPCS, quarterly file as text", tuple(_hcpcs(fixed_records.hcpcs(lines))))
    else:
        rows = _table(lines, {"code": ("hcpc", "hcpcs"), "label": ("longdescription", "long")})
        found = CodeList("HCPCS, quarterly file", tuple(_hcpcs(rows)))
    return _whole(path, lines, found)


def read_places(path: Path) -> CodeList:
    """Two digits and a description; numbers that stand for nothing are left out."""
    lines = lines_of(path)
    return _whole(path, lines, CodeList("Places of service", tuple(_places(lines))))


READERS: Final[dict[str, Callable[[Path], CodeList]]] = {
    "icd10cm": read_icd10cm,
    "hcpcs": read_hcpcs,
    "pos": read_places,
}
"""By the name of the set."""


def release_of(name: str) -> tuple[str, date] | None:
    """What the name of a file says of its release: "icd10cm-order-2026.txt" is FY 2026, from 10/01/2025."""
    plain = name.upper()
    year = re.search(r"20\d\d", plain)
    if year is None:
        return None
    number = int(year[0])
    month = next((n for n, short in enumerate(_MONTHS, 1) if re.search(rf"(?<![A-Z]){short}", plain)), None)
    quarter = re.search(r"Q([1-4])", plain)
    if quarter:
        return f"{number} Q{quarter[1]}", date(number, int(quarter[1]) * 3 - 2, 1)
    if month:
        return f"{_MONTHS[month - 1].capitalize()} {number}", date(number, month, 1)
    if "ICD10" in plain:
        return f"FY {number}", date(number - 1, 10, 1)
    return str(number), date(number, 1, 1)


def place_name(description: str) -> str:
    """The name before its definition and its history, in sentence case."""
    name = re.split(
        r"\s*-\s+| \(|, LOCATION|,? A FACILITY| A LAND| AN AIR", description, flags=re.IGNORECASE
    )[0]
    return name.strip(" ,").replace("\u2014", ", ").capitalize()


def _whole(path: Path, lines: list[str], found: CodeList) -> CodeList:
    if is_cut_off(path):
        raise at(
            len(lines), len(lines[-1]) + 1, "the file ends in the middle of a line. Get the whole file again."
        )
    seen: dict[str, int] = {}
    for row in found.codes:
        if row.code in seen:
            raise at(row.line, 1, f"{row.code} is listed before, in line {seen[row.code]}.")
        seen[row.code] = row.line
    if not seen:
        raise NotACodeList("The file lists no codes. Nothing was loaded.")
    return found


def _ordered(lines: list[str]) -> Iterator[ListedCode]:
    """Columns 1-5 the order, 7-13 the code, 15 billable or not, 17-76 short words, from 78 the long ones."""
    for number, line in enumerate(lines, 1):
        found = _ORDERED.match(line)
        if found is None:
            raise at(number, 1, "an order number, a code and a 0 or 1 are expected, as in the order file.")
        if int(found[1]) != number:
            raise at(number, 1, f"order number {number:05} is expected, not {found[1]}. Lines are missing.")
        code, label = found[2], line[77:].strip() or line[16:76].strip()
        if not _ICD.fullmatch(code):
            raise at(number, 7, f"“{code}” is not an ICD-10-CM code.")
        if not label:
            raise at(number, 78, f"{code} has no description.")
        yield ListedCode(number, code, label, is_billable=found[3] == "1")


def _plain_codes(lines: list[str]) -> Iterator[ListedCode]:
    """The code, blanks, its description; one to a line."""
    for number, line in enumerate(lines, 1):
        code, _, label = line.strip().partition(" ")
        if not _ICD.fullmatch(code):
            raise at(number, 1, "an ICD-10-CM code is expected, as in the order file or the codes file.")
        if not label.strip():
            raise at(number, len(code) + 1, f"{code} has no description.")
        yield ListedCode(number, code, label.strip())


def _hcpcs(rows: Iterable[tuple[int, dict[str, str]]]) -> Iterator[ListedCode]:
    """RECID 3 begins a procedure and 7 a modifier; 4 and 8 go on with the long description."""
    open_row: ListedCode | None = None
    for number, row in rows:
        code, kind = row.get("hcpc", "") or row.get("hcpcs", ""), row.get("recid", "3")
        words = " ".join((row.get("longdescription") or row.get("long", "")).split())
        if kind in ("4", "8") and open_row is not None and open_row.code == code:
            if words and words != open_row.label:
                open_row = replace(open_row, label=f"{open_row.label} {words}")
            continue
        if open_row is not None:
            yield open_row
        is_modifier = kind == "7" or (len(code) == 2 and kind == "3")
        if is_modifier and not _MODIFIER.fullmatch(code):
            raise at(number, 1, f"“{code}” is not a modifier.")
        if not is_modifier and not _HCPCS.fullmatch(code):
            raise at(number, 1, f"“{code}” is not a HCPCS code.")
        if not words:
            raise at(number, 1, f"{code} has no description.")
        open_row = ListedCode(
            number,
            code,
            words,
            first_on=_day(row.get("adddt", ""), number),
            last_on=_day(row.get("termdt", ""), number),
            changed_on=_day(row.get("acteffdt", ""), number),
            successor=" ".join(filter(None, (row.get(f"xref{place}", "") for place in range(1, 6)))),
            is_modifier=is_modifier,
        )
    if open_row is not None:
        yield open_row


def _places(lines: list[str]) -> Iterator[ListedCode]:
    for number, row in _table(lines, {"code": ("code",), "description": ("description", "label", "name")}):
        words = row.get("description") or row.get("label") or row.get("name", "")
        code = row["code"]
        if code == "~" or words.strip().upper() == "UNASSIGNED":
            continue
        if not (len(code) == 2 and code.isdigit()):
            raise at(number, 1, f"“{code}” is not the two digits of a place of service.")
        if not (label := place_name(words)):
            raise at(number, 4, f"{code} has no description.")
        yield ListedCode(number, code, label)


def _table(lines: list[str], wanted: dict[str, tuple[str, ...]]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line behind the header by the folded names of its columns, with its number."""
    reader = csv.reader((line + "\n" for line in lines), strict=True)
    number = 1
    try:
        header = [re.sub(r"[^a-z0-9]", "", fold(name)) for name in next(reader)]
        for what, names in wanted.items():
            if not any(name in header for name in names):
                raise at(1, 1, f"no column is named {names[0]}, for the {what}. Choose the list as CSV.")
        for number, values in ((reader.line_num, values) for values in reader):
            if len(values) != len(header):
                raise at(number, 1, f"this line has {len(values)} columns where the first has {len(header)}.")
            yield number, dict(zip(header, (value.strip() for value in values), strict=True))
    except csv.Error as broken:
        raise at(reader.line_num, 1, "a quote is not closed.") from broken


def _day(written: str, line: int) -> date | None:
    """20260101 or 01/01/2026; empty where there is none."""
    if not written.strip("0 "):
        return None
    found = re.fullmatch(r"(\d{4})-?(\d\d)-?(\d\d)", written) or re.fullmatch(
        r"(?P<m>\d\d?)/(?P<d>\d\d?)/(?P<y>\d{4})", written
    )
    try:
        if found and found.groupdict():
            return date(int(found["y"]), int(found["m"]), int(found["d"]))
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise at(line, 1, f"“{written}” is not a date.")
