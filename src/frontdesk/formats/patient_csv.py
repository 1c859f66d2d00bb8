"""Patients from a CSV file: lines in, typed rows and refused lines out."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from frontdesk.formats.patient_columns import REQUIRED, Layout, PatientFile, guess, plain
from frontdesk.formats.patient_columns import NotAPatientFile as NotAPatientFile
from frontdesk.formats.refused_lines import RefusedLine as RefusedLine


@dataclass(frozen=True, slots=True)
class PatientLine:
    """One line of the file, rid of its system's habits; `line` counts from 1, the header included."""

    line: int
    first: str
    last: str
    born_on: date
    middle: str = ""
    suffix: str = ""
    former_last: str = ""
    preferred: str = ""
    died_on: date | None = None
    sex: str = ""
    language: str = ""
    race: str = ""
    ethnicity: str = ""
    marital_status: str = ""
    mobile: str = ""
    home_phone: str = ""
    email: str = ""
    street: str = ""
    unit: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    identifier: str = ""


Line = PatientLine | RefusedLine

_SEXES = {
    "f": "female",
    "female": "female",
    "m": "male",
    "male": "male",
    "x": "other",
    "o": "other",
    "other": "other",
}
_MARITAL = {"m": "married", "s": "single", "d": "divorced", "w": "widowed", "p": "partner"}
_STATES = dict(
    pair.split("=")
    for pair in (
        "alabama=AL alaska=AK arizona=AZ arkansas=AR california=CA colorado=CO connecticut=CT "
        "delaware=DE districtofcolumbia=DC florida=FL georgia=GA hawaii=HI idaho=ID illinois=IL "
        "indiana=IN iowa=IA kansas=KS kentucky=KY louisiana=LA maine=ME maryland=MD massachusetts=MA "
        "michigan=MI minnesota=MN mississippi=MS missouri=MO montana=MT nebraska=NE nevada=NV "
        "newhampshire=NH newjersey=NJ newmexico=NM newyork=NY northcarolina=NC northdakota=ND ohio=OH "
        "oklahoma=OK oregon=OR pennsylvania=PA rhodeisland=RI southcarolina=SC southdakota=SD "
        "tennessee=TN texas=TX utah=UT vermont=VT virginia=VA washington=WA westvirginia=WV "
        "wisconsin=WI wyoming=WY puertorico=PR guam=GU americansamoa=AS virginislands=VI"
    ).split()
)
_UNIT = re.compile(r"^(?P<street>.+?),?\s+(?P<unit>(?:apt|unit|suite|ste|#)\.?\s*\S+)$", re.IGNORECASE)
_GENERATED_DIGITS = re.compile(r"\d+")


def read(lines: Iterable[str], layout: Layout | None = None, delimiter: str = ",") -> Iterator[Line]:
    """Each data line as a patient or as a refusal; without a layout, the header is understood.

    Raises `NotAPatientFile` when the required columns are not there, or a line cannot be read at all.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        header = next(reader, None)
        if header is None:
            raise NotAPatientFile("The file is empty. Choose a CSV file whose first line names its columns.")
        layout = layout or guess(header)
        if layout.missing:
            raise NotAPatientFile(
                f"No column gives the {', the '.join(layout.missing)}. "
                "Name the columns first name, last name and birth date, or choose them."
            )
        for values in reader:
            if any(value.strip() for value in values):
                yield _patient(layout, len(header), reader.line_num, values)
    except csv.Error as broken:
        raise NotAPatientFile(
            f"The file cannot be read past line {reader.line_num}: a quote is not closed. "
            "Save it again as CSV (UTF-8)."
        ) from broken


def read_file(file: PatientFile, layout: Layout | None = None) -> Iterator[Line]:
    """All lines of a file that was looked at, one after another."""
    with file.path.open(encoding=file.encoding, errors="replace", newline="") as lines:
        yield from read(lines, layout or file.guess, file.delimiter)


def preview(file: PatientFile, layout: Layout) -> tuple[Line, ...]:
    """The first lines as they would be read; none while a required column is missing."""
    if layout.missing:
        return ()
    width = len(file.header)
    return tuple(
        _patient(layout, width, number, list(values)) for number, values in enumerate(file.samples, start=2)
    )


def _patient(layout: Layout, width: int, line: int, values: list[str]) -> Line:
    if len(values) != width:
        return RefusedLine(line, f"The line has {len(values)} columns where the header has {width}.")
    text = {field: " ".join(values[place].split()) for field, place in layout.columns.items()}
    missing = [words for field, words in REQUIRED.items() if not text[field]]
    if missing:
        return RefusedLine(
            line, f"The {' and the '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing."
        )
    dates: dict[str, date | None] = {"died_on": None}
    for field, words in (("born_on", "birth date"), ("died_on", "date of death")):
        if value := text.pop(field, ""):
            day = parse_date(value, day_first=layout.day_first)
            if day is None:
                shape = "DD/MM/YYYY" if layout.day_first else "MM/DD/YYYY"
                return RefusedLine(line, f"The {words} “{value}” is not a date. Write it as {shape}.")
            dates[field] = day
    born_on, died_on = dates["born_on"], dates["died_on"]
    assert born_on is not None
    return PatientLine(
        line=line, born_on=born_on, died_on=died_on, **_cleaned(text, is_synthea=layout.is_synthea)
    )


def _cleaned(text: dict[str, str], *, is_synthea: bool) -> dict[str, str]:
    if is_synthea:
        # Synthea numbers its names (Luis923) and writes 00000 where it knows no ZIP code.
        for field in ("first", "middle", "last", "former_last"):
            text[field] = _GENERATED_DIGITS.sub("", text.get(field, ""))
        if text.get("postal_code") == "00000":
            text["postal_code"] = ""
    if not text.get("unit") and (split := _UNIT.match(text.get("street", ""))):
        text["street"], text["unit"] = split["street"], split["unit"]
    state = text.get("state", "")
    text["state"] = _STATES.get(plain(state), state.upper())
    text["sex"] = _SEXES.get(text.get("sex", "").lower(), "")
    marital = text.get("marital_status", "").lower()
    text["marital_status"] = _MARITAL.get(marital, marital)
    text["race"], text["ethnicity"] = text.get("race", "").lower(), _ethnicity(text.get("ethnicity", ""))
    return text


def _ethnicity(text: str) -> str:
    known = {"nonhispanic": "not hispanic", "nothispanic": "not hispanic"}
    return known.get(plain(text), text.lower())


def parse_date(text: str, *, day_first: bool = False) -> date | None:
    """Reads 2014-10-06, 10/06/2014, 10-06-2014 or 20141006, with or without a time behind it; else None."""
    month, day = ("d", "m") if day_first else ("m", "d")
    for shape in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ].*)?$",
        rf"(?P<{month}>\d{{1,2}})[/.-](?P<{day}>\d{{1,2}})[/.-](?P<y>\d{{4}})(?: .*)?$",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})$",
    ):
        if found := re.match(shape, text, re.ASCII):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
    return None
