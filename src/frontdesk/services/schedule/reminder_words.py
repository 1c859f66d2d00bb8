"""The words of a reminder: fields filled in, in the patient's language, and nothing about why they come."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.text import us_phone, us_time, weekday_date
from frontdesk.models.schedule.appointment import Channel
from frontdesk.models.schedule.reminder import LONGEST_WORDS

LANGUAGES: Final = (("en", "English"), ("es", "Spanish"))
FIELDS: Final = ("first_name", "practice", "day", "time", "arrive", "provider", "phone", "preparation")
"""None is for the reason or the kind of the visit: others may read a message (45 CFR 164.530(c))."""
_FIELD: Final = re.compile(r"\{([^{}]*)\}")
_AND: Final = {"en": "and", "es": "y"}
_DAYS: Final = "lunes martes miércoles jueves viernes sábado domingo".split()
_MONTHS: Final = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
)


@dataclass(frozen=True, slots=True)
class Words:
    """A message as it goes out."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class About:
    """What a message may say of one visit. Times are wall times."""

    first_name: str
    provider: str
    starts: datetime
    arrive: datetime
    preparation: str = ""


def language_of(spoken: str) -> str:
    """The code of the templates' language for a patient's: Spanish, else English."""
    return "es" if spoken.strip().lower() in {"spanish", "español", "es"} else "en"


def written(
    subject: str, body: str, language: str, *, practice: str, phone: str, about: Sequence[About]
) -> Words:
    """The words for one visit, or for several of a household on one day; an empty field leaves no gap."""
    preparation = list(dict.fromkeys(each.preparation for each in about if each.preparation))
    values = {
        "first_name": _listed([each.first_name for each in about], language),
        "practice": practice,
        "day": said_day(about[0].starts.date(), language),
        "time": _listed([said_time(each.starts, language) for each in about], language),
        "arrive": _listed([said_time(each.arrive, language) for each in about], language),
        "provider": _listed([each.provider for each in about], language),
        "phone": us_phone(phone),
        "preparation": _sentence("; ".join(preparation)),
    }

    def filled(text: str) -> str:
        lines = _FIELD.sub(lambda found: values.get(found[1], found[0]), text).split("\n")
        return "\n".join(re.sub(r" {2,}", " ", line).strip() for line in lines).strip()

    return Words(filled(subject), filled(body))


def said_day(on: date, language: str) -> str:
    """ "Thursday, March 19"; "jueves 19 de marzo"."""
    if language == "es":
        return f"{_DAYS[on.weekday()]} {on.day} de {_MONTHS[on.month - 1]}"
    return weekday_date(on)


def said_time(at: datetime, language: str) -> str:
    """ "9:30 AM"; "9:30 a. m."."""
    if language == "es":
        return f"{at.hour % 12 or 12}:{at.minute:02d} {'a. m.' if at.hour < 12 else 'p. m.'}"
    return us_time(at)


def template_findings(channel: Channel, subject: str, body: str) -> list[Finding]:
    """What is wrong with the words of a template."""
    findings = []
    if not body.strip():
        findings.append(Finding("Write what the patient reads or hears.", field="body"))
    if len(body) > LONGEST_WORDS:
        findings.append(
            Finding(f"This is longer than {LONGEST_WORDS} characters. Say it shorter.", field="body")
        )
    if channel is Channel.EMAIL and not subject.strip():
        findings.append(Finding("An e-mail needs a subject.", field="subject"))
    if channel is Channel.TEXT and body.strip() and "STOP" not in body:
        findings.append(
            Finding("A text must say how to end the texts. Add “Reply STOP to end”.", field="body")
        )
    for name, text in (("subject", subject), ("body", body)):
        unknown = [found for found in _FIELD.findall(text) if found not in FIELDS]
        if unknown:
            known = ", ".join(f"{{{each}}}" for each in FIELDS)
            findings.append(Finding(f"{{{unknown[0]}}} is not a field. The fields are {known}.", field=name))
    if "{preparation}" in subject:
        findings.append(
            Finding("A subject is seen by others. Leave the preparation to the words below.", field="subject")
        )
    return findings


def _listed(words: Sequence[str], language: str) -> str:
    """ "9:30 AM and 9:45 AM"; each once."""
    each = list(dict.fromkeys(words))
    if len(each) < 2:
        return "".join(each)
    return f"{', '.join(each[:-1])} {_AND[language]} {each[-1]}"


def _sentence(text: str) -> str:
    if not text:
        return ""
    return f"{text[0].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"
