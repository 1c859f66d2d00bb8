"""Which column of another system's CSV file says what: guessed from its header, or chosen by a person."""

import csv
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import fold

MOST_BYTES: Final = 200 * 1024 * 1024
_SAMPLES: Final = 20
_DELIMITERS: Final = (",", ";", "\t", "|")


class NotAPatientFile(FrontdeskError):
    """The file as a whole cannot be read as patients."""


# Known header names, folded: the export of a practice system, a spreadsheet, or the Synthea generator.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "identifier": ("id", "patientid", "externalid", "mrn", "chart", "chartnumber", "accountnumber"),
    "first": ("first", "firstname", "givenname", "legalfirst", "legalfirstname"),
    "middle": ("middle", "middlename", "middleinitial", "mi"),
    "last": ("last", "lastname", "surname", "familyname", "legallast", "legallastname"),
    "suffix": ("suffix", "namesuffix"),
    "former_last": ("maiden", "maidenname", "formerlast", "formerlastname", "previouslastname"),
    "preferred": ("preferred", "preferredname", "nickname", "nameused"),
    "born_on": ("birthdate", "dateofbirth", "dob", "born", "bornon"),
    "died_on": ("deathdate", "dateofdeath", "dod", "died"),
    "sex": ("sex", "gender", "birthsex"),
    "language": ("language", "preferredlanguage"),
    "race": ("race",),
    "ethnicity": ("ethnicity",),
    "marital_status": ("marital", "maritalstatus"),
    "mobile": ("mobile", "mobilephone", "cell", "cellphone", "phone", "phonenumber", "telephone"),
    "home_phone": ("home", "homephone", "phonehome"),
    "email": ("email", "emailaddress"),
    "street": ("address", "address1", "addressline1", "street", "streetaddress"),
    "unit": ("address2", "addressline2", "unit", "apartment", "apt"),
    "city": ("city", "town"),
    "state": ("state", "province"),
    "postal_code": ("zip", "zipcode", "postalcode", "postcode"),
}
REQUIRED: Final = {"first": "first name", "last": "last name", "born_on": "birth date"}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each field stands, by the number of its column from 0; a field may be missing."""

    columns: Mapping[str, int]
    day_first: bool = False
    """Dates are written 31/12/2025, as outside the United States."""
    is_synthea: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """The required fields that no column gives, in words."""
        return tuple(words for field, words in REQUIRED.items() if field not in self.columns)


@dataclass(frozen=True, slots=True)
class PatientFile:
    """A file as it lies there: how it is written, its header and first lines, and what they seem to mean."""

    path: Path
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    guess: Layout
    fingerprint: str
    """The same for every file with these column names in this order."""


def look_at(path: Path) -> PatientFile:
    """Raises `NotAPatientFile` with what is wrong; reads the first lines only, but for the encoding."""
    raw = _bytes_of(path)
    encoding, text = _decoded(raw)
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise NotAPatientFile("The file is empty. Choose a CSV file whose first line names its columns.")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    rows: list[tuple[str, ...]] = []
    try:
        for values in reader:
            if any(value.strip() for value in values):
                rows.append(tuple(value.strip() for value in values))
            if len(rows) > _SAMPLES:
                break
    except csv.Error as broken:
        raise NotAPatientFile(
            f"The file cannot be read past line {reader.line_num}. Save it again as CSV (UTF-8)."
        ) from broken
    header = tuple(name.lstrip("\ufeff") for name in rows[0])
    return PatientFile(path, encoding, delimiter, header, tuple(rows[1:]), guess(header), _print_of(header))


def guess(header: Sequence[str]) -> Layout:
    """What the column names seem to mean."""
    names = [plain(name) for name in header]
    columns: dict[str, int] = {}
    for field, known in COLUMNS.items():
        found = next((names.index(name) for name in known if name in names), None)
        if found is not None:
            columns[field] = found
    return Layout(columns, is_synthea="healthcareexpenses" in names)


def plain(name: str) -> str:
    """Lower-case letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", fold(name.lstrip("\ufeff")))


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise NotAPatientFile(
                f"The file has {size // 2**20} MB; at most {MOST_BYTES // 2**20} are taken. Split it first."
            )
        return path.read_bytes()
    except OSError as problem:
        raise NotAPatientFile(f"The file cannot be opened: {problem.strerror}. Check its name.") from problem


def _decoded(raw: bytes) -> tuple[str, str]:
    """UTF-8 or UTF-16 where it is, else what spreadsheets on Windows write."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif b"\x00" in raw[:4096] or raw[:4] in (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0"):
        raise NotAPatientFile("This is no text file. In the spreadsheet, choose Save as, CSV (UTF-8).")
    else:
        encoding = "utf-8-sig"
    try:
        return encoding, raw.decode(encoding)
    except UnicodeDecodeError:
        return "cp1252", raw.decode("cp1252", errors="replace")


def _print_of(header: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(plain(name) for name in header).encode()).hexdigest()
