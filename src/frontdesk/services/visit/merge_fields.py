"""What both charts say of the person, field by field: who wins, what is filled, what becomes an alias."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import inspect

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.text import fold, us_date
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.services.work import Work

NOT_FIELDS: Final = frozenset(
    {
        "id",
        "version",
        "chart_number",
        "status",
        "status_reason",
        "merged_into_id",
        "search_name",
        "registered_at",
        "is_restricted",
    }
)
"""Columns of a patient about which nobody is asked."""

_LABELS: Final = {
    "legal_first": "First name",
    "legal_middle": "Middle name",
    "legal_last": "Last name",
    "suffix": "Suffix",
    "preferred_name": "Preferred name",
    "former_last_name": "Former last name",
    "born_on": "Birth date",
    "died_on": "Date of death",
    "sex": "Sex",
    "gender_identity": "Gender identity",
    "marital_status": "Marital status",
    "email": "E-mail",
    "reminder_way": "Reminders by",
    "primary_care": "Primary care",
    "usual_provider_id": "Usual provider",
}


class Outcome(StrEnum):
    """What becomes of a field."""

    SAME = "same"
    KEPT = "kept"
    FILLED = "filled"
    """It was blank; the other chart knows it."""
    TAKEN = "taken"
    """Both know something else, and the other chart's is right."""
    ADDED = "added"
    """The name that does not win is kept as former or preferred name."""


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field in both charts, in words, and in the chart that remains."""

    name: str
    label: str
    stays: str
    goes: str
    outcome: Outcome
    result: str


def lines(work: Work, stays: Patient, goes: Patient, take: tuple[str, ...]) -> tuple[FieldLine, ...]:
    """All fields of the person that at least one chart fills."""
    after = values(stays, goes, take)
    found = []
    for name in fields():
        one, other, then = getattr(stays, name), getattr(goes, name), after[name]
        if blank(one) and blank(other) and blank(then):
            continue
        found.append(
            FieldLine(
                name,
                label(name),
                said(work, name, one),
                said(work, name, other),
                _outcome(one, other, then),
                said(work, name, then),
            )
        )
    return tuple(found)


def values(stays: Patient, goes: Patient, take: tuple[str, ...]) -> dict[str, Any]:
    """The fields of the chart that remains. Any: whatever a column holds."""
    after: dict[str, Any] = {}
    for name in fields():
        one, other = getattr(stays, name), getattr(goes, name)
        wins = other if not blank(other) and (blank(one) or name in take) else one
        after[name] = wins
    if stays.interpreter_needed != goes.interpreter_needed and "interpreter_needed" not in take:
        after["interpreter_needed"] = True
    # The last name that lost is what letters and old records still say.
    lost = goes.legal_last if after["legal_last"] == stays.legal_last else stays.legal_last
    names = {fold(after["legal_last"]), fold(after["legal_first"])}
    if not after["former_last_name"] and fold(lost) not in names:
        after["former_last_name"] = lost
    return after


def findings(stays: Patient, goes: Patient, take: tuple[str, ...]) -> list[Finding]:
    """What the choice of fields makes impossible."""
    found = []
    unknown = sorted(set(take) - set(fields()))
    if unknown:
        found.append(Finding("A field that is to be taken over is not known here. Open the merge again."))
        return found
    after = values(stays, goes, take)
    if after["died_on"] is not None and after["died_on"] < after["born_on"]:
        found.append(Finding("The date of death would be before the birth date. Choose again.", "born_on"))
    if PatientStatus.DECEASED in (stays.status, goes.status) and stays.status is not goes.status:
        found.append(
            Finding(
                "One of the charts says that the patient died. Put that right in one of them first.",
                "died_on",
            )
        )
    return found


def fields() -> tuple[str, ...]:
    """The columns of a patient that a merge decides about, a later one too, in the order of the table."""
    return tuple(
        attribute.key for attribute in inspect(Patient).column_attrs if attribute.key not in NOT_FIELDS
    )


def label(name: str) -> str:
    """ "Birth date"."""
    return _LABELS.get(name, name.replace("_", " ").capitalize())


def blank(value: Any) -> bool:
    """Whether a chart says nothing there."""
    return value is None or value == "" or value == "unknown" or value is False


def said(work: Work, name: str, value: Any) -> str:
    """A value in words; empty where there is none."""
    if name == "usual_provider_id" and value is not None:
        return work.get(Provider, value).short_name
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return us_date(value)
    if isinstance(value, StrEnum):
        return "" if value == "unknown" else value.value.capitalize()
    return "" if value is None else str(value)


def _outcome(one: Any, other: Any, then: Any) -> Outcome:
    if then == one:
        return Outcome.SAME if one == other or (blank(other) and blank(one)) else Outcome.KEPT
    if then == other:
        return Outcome.FILLED if blank(one) else Outcome.TAKEN
    return Outcome.ADDED
