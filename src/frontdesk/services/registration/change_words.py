"""One entry of the audit log as people tell it: what changed in a patient's data, old and new."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeVar

import msgspec
from sqlalchemy import select

from frontdesk.kernel.text import us_date, us_phone
from frontdesk.models.registration.reach import PatientAddress, PatientContact, PatientPhone
from frontdesk.models.registration.review import Section
from frontdesk.models.security.audit import AuditEntry
from frontdesk.services import row_changes
from frontdesk.services.audit import Intent, RowChange
from frontdesk.services.work import Work

_IDENTITY = {
    "legal_first": "Legal first name",
    "legal_middle": "Middle name",
    "legal_last": "Legal last name",
    "suffix": "Suffix",
    "preferred_name": "Name used",
    "former_last_name": "Former last name",
    "born_on": "Birth date",
    "sex": "Sex",
}
_DETAILS = {
    "gender_identity": "Gender identity",
    "pronouns": "Pronouns",
    "language": "Language",
    "interpreter_needed": "Interpreter",
    "race": "Race and ethnicity",
    "marital_status": "Marital status",
    "email": "E-mail",
    "reminder_way": "Reminders by",
    "second_way": "Then by",
    "employer": "Employer",
    "pharmacy": "Pharmacy",
    "primary_care": "Primary care",
    "referring": "Referring physician",
}
_CHOSEN = frozenset({"sex", "race", "reminder_way", "second_way"})
_COVERAGE = {"rank": "Place", "effective_from": "Covered from", "effective_until": "Covered to"}
_POLICY = {"member_id": "Member ID", "group_number": "Group"}

_TABLES: Mapping[str, tuple[tuple[Section, Mapping[str, str]], ...]] = {
    "patient": ((Section.IDENTITY, _IDENTITY), (Section.DETAILS, _DETAILS)),
    "coverage": ((Section.COVERAGE, _COVERAGE),),
    "policy": ((Section.COVERAGE, _POLICY),),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was; `before` or `after` is empty where there was or is nothing."""

    section: Section
    what: str
    before: str
    after: str
    at: datetime
    by: str


_ADDRESS_WORDS: Final = {
    "home": "Address",
    "mailing": "Mailing address",
    "confidential": "Confidential address",
    "temporary": "Temporary address",
}
_PHONE_WORDS: Final = {"mobile": "Mobile", "home": "Home phone", "work": "Work phone", "other": "Other phone"}
_Model = TypeVar("_Model", PatientAddress, PatientPhone, PatientContact)
_HIDDEN: Final = "not shown"
"""A confidential address is never read out (45 CFR 164.522(b))."""


@dataclass(slots=True)
class _Told:
    """Changes of one entry of the log; what left and what came in its place are put together."""

    gone: dict[tuple[Section, str], str]
    come: dict[tuple[Section, str], str]


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An entry of the log, read: when on the office's clock, by whom, which rows."""

    at: datetime
    by: str
    rows: tuple[RowChange, ...]


def read_entry(work: Work, entry: AuditEntry) -> LogEntry:
    """An entry out of its JSON."""
    meant = msgspec.json.decode(entry.intent, type=Intent)
    told = msgspec.json.decode(entry.changes, type=tuple[RowChange, ...])
    rows = row_changes.each_of(work.session, entry.id, told, _OF_PATIENTS)
    return LogEntry(work.wall(meant.at), meant.name, tuple(rows))


def rows_of(work: Work, entries: Iterable[LogEntry]) -> list[object]:
    """The rows that were changed and are told whole; one statement for each table."""
    ids: dict[str, set[int]] = {}
    for entry in entries:
        for row in entry.rows:
            if row.table in _WHOLE and row.act == "update":
                ids.setdefault(row.table, set()).add(int(row.id))
    found: list[object] = []
    for table, model in _MODELS.items():
        if table in ids:
            found += work.session.scalars(select(model).where(model.id.in_(ids[table])))
    return found


def told(work: Work, entry: LogEntry, patient_id: int) -> list[Change]:
    """What an entry changed of the patient; of a new patient nothing, for everything is new."""
    rows, at, by = entry.rows, entry.at, entry.by
    if any(row.table == "patient" and row.act == "insert" and row.id == patient_id for row in rows):
        return []
    found: list[Change] = []
    put = _Told({}, {})
    for row in rows:
        if row.table in _WHOLE:
            _WHOLE[row.table](work, row, put)
        else:
            found += _by_column(entry, row, patient_id)
    for key in dict.fromkeys((*put.gone, *put.come)):
        section, what = key
        before, after = put.gone.get(key, ""), put.come.get(key, "")
        if before != after:
            found.append(Change(section, what, before, after, at, by))
    return found


def _address(work: Work, change: RowChange, put: _Told) -> None:
    values = _whole(work, PatientAddress, change)
    if not values:
        return
    kind = str(values["kind"])
    street = ", ".join(filter(None, (values["street"], values["unit"])))
    line = f"{street}, {values['city']} {values['state']} {values['postal_code']}".rstrip()
    if kind == "confidential":
        line = _HIDDEN
    _put(change, "valid_until", (Section.ADDRESS, _ADDRESS_WORDS[kind]), line, put)


def _phone(work: Work, change: RowChange, put: _Told) -> None:
    values = _whole(work, PatientPhone, change)
    if not values:
        return
    number = us_phone(str(values["number"]))
    _put(change, "ended_on", (Section.PHONES, _PHONE_WORDS[str(values["kind"])]), number, put)
    if change.act == "update":
        for column, name in (("text_ok", "texts"), ("voicemail_ok", "messages")):
            if column in change.values:
                old, new = change.values[column]
                key = Section.PHONES, f"{number}, {name}"
                put.gone[key], put.come[key] = _yes_no(old), _yes_no(new)


def _contact(work: Work, change: RowChange, put: _Told) -> None:
    values = _whole(work, PatientContact, change)
    if not values:
        return
    if change.act == "update" and "ended_on" not in change.values:
        for column, words in _CONTACT_WORDS.items():
            if column in change.values:
                old, new = change.values[column]
                part = Section.CONTACTS, f"{values['name']}, {words}"
                put.gone[part], put.come[part] = _said(column, old), _said(column, new)
        return
    said = str(values["name"]), str(values["relationship"]), us_phone(str(values["phone"]))
    key = Section.CONTACTS, "Guardian" if values["is_guardian"] else "Contact"
    _put(change, "ended_on", key, ", ".join(filter(None, said)), put)


def _whole(work: Work, model: type[_Model], change: RowChange) -> Mapping[str, Any]:
    """All columns of a changed row: as the log has them, else as they are now; none where it is gone."""
    if change.act != "update":
        return change.values
    row = work.session.get(model, change.id)
    return {} if row is None else {column.key: getattr(row, column.key) for column in row.__mapper__.columns}


_CONTACT_WORDS: Final = {
    "name": "name",
    "relationship": "relationship",
    "phone": "phone",
    "is_emergency": "emergency contact",
    "is_guardian": "guardian",
    "may_discuss": "may be told",
    "authority": "authority",
    "authority_until": "authority ends",
}
_MODELS: Final[Mapping[str, type[PatientAddress] | type[PatientPhone] | type[PatientContact]]] = {
    "patient_address": PatientAddress,
    "patient_phone": PatientPhone,
    "patient_contact": PatientContact,
}
_WHOLE: Final = {"patient_address": _address, "patient_phone": _phone, "patient_contact": _contact}
_OF_PATIENTS = frozenset(_TABLES) | frozenset(_WHOLE)


def _put(change: RowChange, ends: str, key: tuple[Section, str], line: str, put: _Told) -> None:
    """An insert came; a delete, and an update that sets the end, went; one that clears it came back."""
    if change.act == "insert":
        put.come[key] = _joined(put.come.get(key), line)
    elif change.act == "delete":
        put.gone[key] = _joined(put.gone.get(key), line)
    elif ends in change.values:
        _, new = change.values[ends]
        side = put.come if new is None else put.gone
        side[key] = _joined(side.get(key), line)


def _joined(known: str | None, line: str) -> str:
    return f"{known}; {line}" if known and known != line else line


def _yes_no(value: Any) -> str:  # Any: a column's value as JSON holds it
    return "yes" if value else "no"


def _by_column(entry: LogEntry, change: RowChange, patient_id: int) -> list[Change]:
    if change.table == "patient" and change.id != patient_id:
        return []
    at, by = entry.at, entry.by
    changes: list[Change] = []
    for section, columns in _TABLES.get(change.table, ()):
        for column, words in columns.items():
            if column not in change.values:
                continue
            value = change.values[column]
            old, new = value if change.act == "update" else (None, value)
            if change.act == "delete":
                old, new = value, None
            before, after = _said(column, old), _said(column, new)
            if before != after:
                changes.append(Change(section, words, before, after, at, by))
    return changes


def _said(column: str, value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column in _CHOSEN:
        return str(value).replace(",", ", ").replace("_", " ")
    if column.endswith(("_on", "_until")) or column in ("effective_from", "effective_until"):
        return us_date(date.fromisoformat(str(value)))
    return us_phone(str(value)) if column in ("number", "phone") else str(value)
