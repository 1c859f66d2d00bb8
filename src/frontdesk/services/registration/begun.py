"""What was typed into the search field, as the beginning of a registration."""

import re
from dataclasses import dataclass
from datetime import date

from frontdesk.kernel.text import digits, us_phone
from frontdesk.services.registration.typed import date_in


@dataclass(frozen=True, slots=True)
class Begun:
    """As much of a new patient as can be read from what was typed."""

    first: str = ""
    last: str = ""
    born_on: date | None = None
    phone: str = ""


def begun(typed: str, today: date) -> Begun:
    """ "foster, dani 6/14/82" is Dani Foster, born on June 14, 1982; the last word is the last name."""
    rest, born_on = date_in(typed, today)
    phone = ""
    for found in re.finditer(r"\+?[(\d][\d\s().-]{5,}\d", rest, re.ASCII):
        number = digits(found[0])
        number = number[1:] if len(number) == 11 and number.startswith("1") else number
        if len(number) == 10 and not phone:
            phone = us_phone(number)
    words = " ".join(word for word in rest.split() if not any(map(str.isdigit, word)))
    words = words.strip(" ,;")
    if "," in words:
        last, _, first = words.partition(",")
    else:
        first, _, last = words.rpartition(" ")
    return Begun(_written(first.strip(" ,;")), _written(last.strip()), born_on, phone)


def _written(name: str) -> str:
    """As names are written, where all of it was typed small or large."""
    if name not in (name.lower(), name.upper()):
        return name
    return re.sub(r"(?<![^\W\d_])[^\W\d_]", lambda letter: letter[0].upper(), name.lower())
