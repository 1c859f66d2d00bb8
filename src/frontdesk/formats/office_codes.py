"""The office's own file of codes, such as its CPT list: columns chosen by a person, lines checked."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from frontdesk.formats import fixed_records
from frontdesk.formats.code_files import NotACodeList, lines_of
from frontdesk.formats.code_lists import CodeList, ListedCode
from frontdesk.formats.patient_csv import parse_date
from frontdesk.formats.refused_lines import RefusedLine
from frontdesk.kernel.text import fold, us_date

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("code", "cptcode", "cpt", "procedurecode", "hcpcs"),
    "label": ("label", "description", "shortdescription", "longdescription", "consumerdescription", "words"),
    "first_on": ("effectiveon", "effectivedate", "effective", "startdate", "validfrom", "from"),
    "last_on": ("expireson", "expirationdate", "enddate", "terminationdate", "validuntil", "until"),
    "synonyms": ("synonyms", "keywords", "alsocalled"),
}
"""The fields of a code, with the names that their columns are known by."""
REQUIRED: Final = {"code": "code", "label": "description"}
_CODE: Final = re.compile(r"\d{4}[0-9AFMTU]")
_MODIFIER: Final = re.compile(r"[A-Z0-9]{2}")
_TABBED: Final = re.compile(rf"{_CODE.pattern}\t")
_FIXED: Final = re.compile(r"(\w{2,5}) +(\S.*)")
_DELIMITERS: Final = ("\t", "|", ";", ",")
_SAMPLES: Final = 6


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """A file as it lies there: its columns, its first lines, and what they seem to mean."""

    name: str
    header: tuple[str, ...]
    """The names of the columns, or "Column 1" where the file names none."""
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    """Number of the line, and what stands in its columns."""
    guess: Mapping[str, int]
    kind: str
    """How its columns are kept apart, in words."""

    def samples(self, column: int) -> tuple[str, ...]:
        """What the first lines have in a column."""
        found = (values[column] for _, values in self.rows[:_SAMPLES] if len(values) > column)
        return tuple(value for value in found if value)


@dataclass(frozen=True, slots=True)
class OfficeList:
    """What a file gives with its columns chosen."""

    codes: CodeList
    refused: tuple[RefusedLine, ...]


def look_at(path: Path) -> OfficeFile:
    """The columns of a CSV, a file with tabs or bars, or one of fixed width; raises `NotACodeList`.

    Of the AMA's files those of fixed width (LONGULF, MEDU, SHORTU) and with tabs (LONGULT) are read as they
    come, with the notice before the first code.
    """
    lines = _without_notice(lines_of(path))
    first = [line for line in lines if line.strip()][:20]
    if not first:
        raise NotACodeList("The file lists no codes. Nothing was loaded.")
    if all(_FIXED.fullmatch(line.rstrip()) for line in first):
        rows = [(number, _halves(line)) for number, line in enumerate(lines, 1) if line.strip()]
        return OfficeFile(
            path.name, ("Code", "Description"), tuple(rows), {"code": 0, "label": 1}, "fixed width"
        )
    records = fixed_records.cpt(lines)
    if records is not None:
        whole = tuple((each.line, (each.code, each.words)) for each in records)
        return OfficeFile(path.name, ("Code", "Description"), whole, {"code": 0, "label": 1}, "fixed width")
    delimiter = max(_DELIMITERS, key=first[0].count)
    if not first[0].count(delimiter):
        raise NotACodeList(
            "Line 1, column 1: a code, blanks and a description are expected, or columns kept apart by "
            "commas or tabs. Nothing was loaded."
        )
    rows = list(_cells(lines, delimiter))
    header = rows[0][1]
    guess = _guess(header)
    coded = [place for place, cell in enumerate(header) if _CODE.fullmatch(cell)]
    if coded:
        header = tuple(f"Column {place}" for place in range(1, len(header) + 1))
        guess = {"code": coded[0]}
    else:
        rows = rows[1:]
    kind = {"\t": "tabs", "|": "bars", ";": "semicolons", ",": "commas"}[delimiter]
    return OfficeFile(path.name, header, tuple(rows), guess, f"columns kept apart by {kind}")


def missing(columns: Mapping[str, int]) -> tuple[str, ...]:
    """The required fields that no column gives, in words."""
    return tuple(words for field, words in REQUIRED.items() if field not in columns)


def read(file: OfficeFile, columns: Mapping[str, int], on: date) -> OfficeList:
    """The lines that are codes, valid from `on` where they say no day, and those that are refused."""
    refused: list[RefusedLine] = []
    codes: list[ListedCode] = []
    by_code: dict[str, list[ListedCode]] = {}
    for line, values in file.rows:
        found = _code(line, values, columns, len(file.header), on)
        if isinstance(found, str):
            refused.append(RefusedLine(line, found))
            continue
        before = by_code.setdefault(found.code, [])
        clash = next((other for other in before if _overlap(other, found, on)), None)
        if clash is None:
            before.append(found)
            codes.append(found)
        elif not _say_the_same(clash, found):
            refused.append(RefusedLine(line, _differs(found, clash), stops=True))
    return OfficeList(CodeList(f"The office's list, {file.kind}", tuple(codes)), tuple(refused))


def _code(
    line: int, values: tuple[str, ...], columns: Mapping[str, int], width: int, on: date
) -> ListedCode | str:
    """The code of a line, or why it is none."""
    if len(values) != width:
        return f"The line has {len(values)} columns where the first has {width}."
    cells = {field: values[place].strip() for field, place in columns.items()}
    code, label = cells["code"].upper(), " ".join(cells["label"].split())
    is_modifier = bool(_MODIFIER.fullmatch(code))
    if not is_modifier and not _CODE.fullmatch(code):
        return f"“{cells['code']}” is no CPT code: five characters are expected, or two for a modifier."
    if not label:
        return f"{code} has no description."
    days: dict[str, date | None] = {}
    for field in ("first_on", "last_on"):
        written = cells.get(field, "")
        days[field] = parse_date(written) if written else None
        if written and days[field] is None:
            return f"{code}: “{written}” is not a date. Write it as MM/DD/YYYY."
    first, last = days["first_on"], days["last_on"]
    if first and last and last < first:
        return f"{code} ends before it begins."
    if last and last < on:
        return f"{code} ended on {us_date(last)}, before this list begins."
    return ListedCode(
        line,
        code,
        label,
        first_on=first,
        last_on=last,
        is_modifier=is_modifier,
        synonyms=cells.get("synonyms", ""),
    )


def _overlap(one: ListedCode, other: ListedCode, on: date) -> bool:
    return (other.first_on or on) <= (one.last_on or date.max) and (one.first_on or on) <= (
        other.last_on or date.max
    )


def _say_the_same(one: ListedCode, other: ListedCode) -> bool:
    return replace(one, line=0) == replace(other, line=0)


def _differs(code: ListedCode, before: ListedCode) -> str:
    if (code.first_on, code.last_on, code.synonyms) == (before.first_on, before.last_on, before.synonyms):
        return f"{code.code} has other words here than in line {before.line}. Keep one of the two lines."
    return f"{code.code} stands in line {before.line} too, for some of the same days. Keep one of the two."


def _without_notice(lines: list[str]) -> list[str]:
    """Blanks the AMA's notice before the codes of a file with tabs; the numbers of the lines stay."""
    start = next((place for place, line in enumerate(lines) if _TABBED.match(line)), 0)
    return lines if any("\t" in line for line in lines[:start]) else [""] * start + lines[start:]


def _guess(header: tuple[str, ...]) -> dict[str, int]:
    names = [re.sub(r"[^a-z0-9]", "", fold(name)) for name in header]
    found = {
        field: next((names.index(name) for name in known if name in names), None)
        for field, known in COLUMNS.items()
    }
    return {field: place for field, place in found.items() if place is not None}


def _cells(lines: list[str], delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter, strict=True)
    try:
        for values in reader:
            if any(value.strip() for value in values):
                yield reader.line_num, tuple(value.strip() for value in values)
    except csv.Error as broken:
        raise NotACodeList(
            f"Line {reader.line_num}, column 1: a quote is not closed. Nothing was loaded."
        ) from broken


def _halves(line: str) -> tuple[str, ...]:
    code, _, label = line.strip().partition(" ")
    return code, label.strip()
