"""The choices about a patient, in the office's words."""

from typing import Final

from frontdesk.services.records.card_scans import IdKind
from frontdesk.services.registration.drafts import (
    DetailsDraft,
    PermissionSource,
    PhoneKind,
    Race,
    ReminderWay,
    Sex,
)
from frontdesk.services.registration.reviews import Section
from frontdesk.ui.text import tr

SEXES: Final = ((Sex.FEMALE, "Female"), (Sex.MALE, "Male"), (Sex.UNKNOWN, "Not stated"))
RACES: Final = (
    (Race.NATIVE_AMERICAN, "American Indian or Alaska Native"),
    (Race.ASIAN, "Asian"),
    (Race.BLACK, "Black or African American"),
    (Race.HISPANIC, "Hispanic or Latino"),
    (Race.MIDDLE_EASTERN, "Middle Eastern or North African"),
    (Race.PACIFIC_ISLANDER, "Native Hawaiian or Pacific Islander"),
    (Race.WHITE, "White"),
    (Race.OTHER, "Another"),
    (Race.DECLINED, "Declined to say"),
)
LANGUAGES: Final = (
    "English",
    "Spanish",
    "Chinese",
    "Vietnamese",
    "Russian",
    "Korean",
    "Arabic",
    "Somali",
    "Ukrainian",
    "Sign language",
)
MARITAL: Final = ("", "single", "married", "domestic partner", "separated", "divorced", "widowed")
WAYS: Final = (
    (ReminderWay.TEXT, "Text"),
    (ReminderWay.CALL, "Call"),
    (ReminderWay.EMAIL, "E-mail"),
    (ReminderWay.LETTER, "Letter"),
    (ReminderWay.NONE, "None"),
)
PHONES: Final = (
    (PhoneKind.MOBILE, "Mobile"),
    (PhoneKind.HOME, "Home"),
    (PhoneKind.WORK, "Work"),
    (PhoneKind.OTHER, "Other"),
)
SOURCES: Final = (
    (PermissionSource.AT_DESK, "Said at the desk"),
    (PermissionSource.BY_PHONE, "Said on the phone"),
    (PermissionSource.ON_FORM, "Signed form"),
    (PermissionSource.PORTAL, "Portal"),
    (PermissionSource.GUARDIAN, "Said by the guardian"),
)
AUTHORITIES: Final = (
    "parent",
    "court order",
    "power of attorney",
    "foster placement",
    "adoption papers",
    "letter of guardianship",
)
ID_KINDS: Final = (
    (IdKind.DRIVER_LICENSE, "Driver license"),
    (IdKind.STATE_ID, "State ID"),
    (IdKind.PASSPORT, "Passport"),
    (IdKind.MILITARY, "Military ID"),
    (IdKind.TRIBAL, "Tribal ID"),
    (IdKind.SCHOOL, "School ID"),
    (IdKind.OTHER, "Other ID"),
)
_USUAL: Final = (
    "text>none",
    "text>call",
    "text>email",
    "call>none",
    "call>text",
    "email>none",
    "email>call",
    "letter>none",
    "none>none",
)
SECTIONS: Final = {
    Section.IDENTITY: "Name and birth date",
    Section.DETAILS: "Details",
    Section.ADDRESS: "Address",
    Section.PHONES: "Phones",
    Section.CONTACTS: "Contacts",
    Section.COVERAGE: "Coverage",
}


def with_known(options: tuple[str, ...], known: str) -> tuple[tuple[str, str], ...]:
    """A list of plain words that has what is on file, though nobody would choose it today."""
    return tuple((word, word) for word in dict.fromkeys((*options, known)))


def pair_of(details: DetailsDraft) -> str:
    """The first way and the second, as one choice."""
    return f"{details.reminder_way}>{details.second_way}"


def pairs_for(details: DetailsDraft) -> tuple[tuple[str, str], ...]:
    """The usual ways, and the patient's own: "Text, then call"."""
    words = {way.value: tr(said) for way, said in WAYS}
    found = dict.fromkeys((*_USUAL, pair_of(details)))
    return tuple((pair, _then(words, *pair.split(">"))) for pair in found)


def _then(words: dict[str, str], way: str, second: str) -> str:
    if second == ReminderWay.NONE:
        return words[way]
    return tr("{first}, then {second}", first=words[way], second=words[second].lower())
