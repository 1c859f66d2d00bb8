"""Race and ethnicity as other systems write them, put into the categories that the office keeps."""

from collections.abc import Mapping
from typing import Final

from frontdesk.kernel.text import fold
from frontdesk.models.registration.patient import Race as Race

_SAID: Final[Mapping[str, Race]] = {
    "native": Race.NATIVE_AMERICAN,
    "native american": Race.NATIVE_AMERICAN,
    "american indian": Race.NATIVE_AMERICAN,
    "american indian or alaska native": Race.NATIVE_AMERICAN,
    "alaska native": Race.NATIVE_AMERICAN,
    "asian": Race.ASIAN,
    "black": Race.BLACK,
    "african american": Race.BLACK,
    "black or african american": Race.BLACK,
    "hispanic": Race.HISPANIC,
    "latino": Race.HISPANIC,
    "hispanic or latino": Race.HISPANIC,
    "middle eastern": Race.MIDDLE_EASTERN,
    "middle eastern or north african": Race.MIDDLE_EASTERN,
    "hawaiian": Race.PACIFIC_ISLANDER,
    "pacific islander": Race.PACIFIC_ISLANDER,
    "native hawaiian or pacific islander": Race.PACIFIC_ISLANDER,
    "native hawaiian or other pacific islander": Race.PACIFIC_ISLANDER,
    "white": Race.WHITE,
    "caucasian": Race.WHITE,
    "other": Race.OTHER,
    "declined": Race.DECLINED,
    "refused": Race.DECLINED,
}


def races_said(*said: str) -> tuple[Race, ...]:
    """The categories that a file's words name; what is not one of them is left to be asked."""
    found = {_SAID[word] for text in said for part in text.split(";") if (word := fold(part)) in _SAID}
    if len(found) > 1:
        found.discard(Race.DECLINED)
    return tuple(race for race in Race if race in found)
