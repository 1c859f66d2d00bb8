"""Patients from a CSV file: lines in, typed rows and refused lines out."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import fold


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


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that cannot become a patient, with the reason in a whole sentence."""

    line: int
    reason: str


class NotAPatientFile(FrontdeskError):
    """The file as a whole cannot be read as patients."""


# Known header names, folded: the export of a practice system, a spreadsheet, or the Synthea generator.
COLUMNS: Mapping[str, tuple[str, ...]] = {
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
REQUIRED = {"first": "first name", "last": "last name", "born_on": "birth date"}

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


def read(lines: Iterable[str]) -> Iterator[PatientLine | RefusedLine]:
    """Each data line as a patient or as a refusal; raises `NotAPatientFile` when the header tells nothing."""
    reader = csv.reader(lines, strict=True)
    try:
        header = next(reader, None)
        if header is None:
            raise NotAPatientFile("The file is empty. Choose a CSV file whose first line names its columns.")
        layout = _layout(header)
        for values in reader:
            if any(value.strip() for value in values):
                yield layout.patient(reader.line_num, values)
    except (csv.Error, UnicodeDecodeError) as broken:
        reason = (
            "it is not text in UTF-8" if isinstance(broken, UnicodeDecodeError) else "a quote is not closed"
        )
        raise NotAPatientFile(
            f"The file cannot be read past line {reader.line_num}: {reason}. Save it again as CSV (UTF-8)."
        ) from broken


@dataclass(frozen=True, slots=True)
class _Layout:
    places: Mapping[str, int]
    width: int
    is_synthea: bool

    def patient(self, line: int, values: list[str]) -> PatientLine | RefusedLine:
        if len(values) != self.width:
            return RefusedLine(line, f"The line has {len(values)} columns where the header has {self.width}.")
        text = {field: " ".join(values[place].split()) for field, place in self.places.items()}
        missing = [words for field, words in REQUIRED.items() if not text[field]]
        if missing:
            return RefusedLine(
                line, f"The {' and the '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing."
            )
        dates: dict[str, date | None] = {"died_on": None}
        for field, words in (("born_on", "birth date"), ("died_on", "date of death")):
            if value := text.pop(field, ""):
                day = parse_date(value)
                if day is None:
                    return RefusedLine(line, f"The {words} “{value}” is not a date. Write it as MM/DD/YYYY.")
                dates[field] = day
        born_on, died_on = dates["born_on"], dates["died_on"]
        assert born_on is not None
        return PatientLine(line=line, born_on=born_on, died_on=died_on, **self._cleaned(text))

    def _cleaned(self, text: dict[str, str]) -> dict[str, str]:
        if self.is_synthea:
            # Synthea numbers its names (Luis923) and writes 00000 where it knows no ZIP code.
            for field in ("first", "middle", "last", "former_last"):
                text[field] = _GENERATED_DIGITS.sub("", text.get(field, ""))
            if text.get("postal_code") == "00000":
                text["postal_code"] = ""
        if not text.get("unit") and (split := _UNIT.match(text.get("street", ""))):
            text["street"], text["unit"] = split["street"], split["unit"]
        state = text.get("state", "")
        text["state"] = _STATES.get(_plain(state), state.upper())
        text["sex"] = _SEXES.get(text.get("sex", "").lower(), "")
        marital = text.get("marital_status", "").lower()
        text["marital_status"] = _MARITAL.get(marital, marital)
        text["race"], text["ethnicity"] = text.get("race", "").lower(), _ethnicity(text.get("ethnicity", ""))
        return text


def _layout(header: list[str]) -> _Layout:
    names = [_plain(name) for name in header]
    places: dict[str, int] = {}
    for field, known in COLUMNS.items():
        found = next((names.index(name) for name in known if name in names), None)
        if found is not None:
            places[field] = found
    missing = [words for field, words in REQUIRED.items() if field not in places]
    if missing:
        raise NotAPatientFile(
            f"The first line names no column for the {', the '.join(missing)}. "
            "Name the columns first name, last name and birth date."
        )
    return _Layout(places, len(header), is_synthea="healthcareexpenses" in names)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(name.lstrip("\ufeff")))


def _ethnicity(text: str) -> str:
    plain = _plain(text)
    return {"nonhispanic": "not hispanic", "nothispanic": "not hispanic"}.get(plain, text.lower())


def parse_date(text: str) -> date | None:
    """Reads 2014-10-06, 10/06/2014, 10-06-2014 or 20141006, with or without a time behind it; else None."""
    for shape in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ].*)?$",
        r"(?P<m>\d{1,2})[/-](?P<d>\d{1,2})[/-](?P<y>\d{4})(?: .*)?$",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})$",
    ):
        if found := re.match(shape, text, re.ASCII):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
    return None
