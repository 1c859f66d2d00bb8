"""What a collection agency collected, from its CSV file: an account, a day, an amount and a fee to a line."""

import csv
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from frontdesk.formats.code_files import lines_of
from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import fold

_NAMES = {
    "account": ("account", "accountnumber", "accountno", "acct", "clientaccount", "clientref", "reference"),
    "paid_on": ("datepaid", "paymentdate", "paidon", "date", "transactiondate", "posteddate"),
    "amount": ("amount", "amountpaid", "paymentamount", "paid", "collected", "gross"),
    "fee": ("fee", "agencyfee", "commission", "contingencyfee"),
    "paid_to": ("paidto", "paymentto", "to", "type"),
    "name": ("name", "guarantor", "debtor", "consumer"),
}
_NEEDED = {"account": "account", "paid_on": "date paid", "amount": "amount"}


class NotAnAgencyFile(FrontdeskError):
    """The file as a whole cannot be read as an agency's payments."""


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """A line of the file, as it is written there; what the file has no column for is empty."""

    line: int
    account: str
    paid_on: str
    amount: str
    fee: str
    paid_to: str
    name: str


@dataclass(frozen=True, slots=True)
class AgencySheet:
    """The lines of a file, the headings that were understood, and the file's SHA-256."""

    lines: tuple[AgencyLine, ...]
    columns: tuple[tuple[str, str], ...]
    """What is read from which heading: ("fee", "Commission")."""
    sha256: str


def read_agency(path: Path) -> AgencySheet:
    """Every line with its number; raises `NotAnAgencyFile` naming the columns that are missing."""
    lines = lines_of(path)
    delimiter = max((",", ";", "\t"), key=lines[0].count)
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter, strict=True)
    try:
        header = next(reader)
        places = _places(header)
        found = [
            _line(reader.line_num, values, places)
            for values in reader
            if any(value.strip() for value in values)
        ]
    except csv.Error as broken:
        raise NotAnAgencyFile(
            f"Line {reader.line_num}: a quote is not closed. Nothing was posted."
        ) from broken
    if not found:
        raise NotAnAgencyFile("The file lists no payments. Nothing was posted.")
    columns = tuple((what, header[place].strip()) for what, place in places.items())
    return AgencySheet(tuple(found), columns, hashlib.sha256(path.read_bytes()).hexdigest())


def _places(header: list[str]) -> dict[str, int]:
    plain = [re.sub(r"[^a-z]", "", fold(name)) for name in header]
    places = {}
    for what, names in _NAMES.items():
        place = next((plain.index(name) for name in names if name in plain), None)
        if place is not None:
            places[what] = place
    if missing := [said for what, said in _NEEDED.items() if what not in places]:
        raise NotAnAgencyFile(
            f"Line 1 has no column for: {', '.join(missing)}. "
            "Expected are account, date paid, amount, and where there are such, fee, paid to, name. "
            "Nothing was posted."
        )
    return places


def _line(number: int, values: list[str], places: dict[str, int]) -> AgencyLine:
    cell = {what: values[place].strip() for what, place in places.items() if place < len(values)}
    return AgencyLine(
        line=number,
        account=cell.get("account", "").lstrip("'"),
        paid_on=cell.get("paid_on", ""),
        amount=cell.get("amount", ""),
        fee=cell.get("fee", ""),
        paid_to=cell.get("paid_to", ""),
        name=cell.get("name", ""),
    )
