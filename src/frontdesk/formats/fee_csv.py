"""Fees from a CSV file: a code and an amount to a line."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from frontdesk.formats.code_files import NotACodeList, lines_of
from frontdesk.kernel.text import fold

_CODES = ("code", "cptcode", "cpt", "hcpcs", "procedurecode")
_AMOUNTS = ("fee", "amount", "price", "charge", "allowed", "rate")


@dataclass(frozen=True, slots=True)
class FeeLine:
    """A line of the file, as it is written there."""

    line: int
    code: str
    amount: str


def read_fees(path: Path) -> tuple[FeeLine, ...]:
    """Every line with its number; raises `NotACodeList` where the columns are not there."""
    lines = lines_of(path)
    delimiter = max((",", ";", "\t"), key=lines[0].count)
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter, strict=True)
    found = []
    try:
        header = [re.sub(r"[^a-z]", "", fold(name)) for name in next(reader)]
        code = next((header.index(name) for name in _CODES if name in header), None)
        amount = next((header.index(name) for name in _AMOUNTS if name in header), None)
        if code is None or amount is None:
            raise NotACodeList(
                "Line 1, column 1: columns named code and fee are expected. Nothing was loaded."
            )
        for values in reader:
            if any(value.strip() for value in values):
                padded = [*values, *[""] * len(header)]
                found.append(FeeLine(reader.line_num, padded[code].strip(), padded[amount].strip()))
    except csv.Error as broken:
        raise NotACodeList(
            f"Line {reader.line_num}, column 1: a quote is not closed. Nothing was loaded."
        ) from broken
    if not found:
        raise NotACodeList("The file lists no fees. Nothing was loaded.")
    return tuple(found)
