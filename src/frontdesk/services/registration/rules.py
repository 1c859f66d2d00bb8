"""What the office accepts about a patient: every finding at once, each a sentence for its field."""

import re
from datetime import date

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import age_on
from frontdesk.models.base import Base
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.reach import PatientAddress, PatientContact
from frontdesk.services.registration.drafts import (
    AddressDraft,
    ContactDraft,
    DetailsDraft,
    GuarantorDraft,
    IdentityDraft,
    PatientDraft,
    PhoneDraft,
    Race,
    ReminderWay,
)
from frontdesk.services.registration.phone_numbers import NotAPhone, stored_phone
from frontdesk.services.registration.zip_codes import states_of

ADULT_AGE = 18
OLDEST_AGE = 130

STATES = frozenset(
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY "
    "NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS FM GU MH MP PR PW VI AA AE AP".split()
)

_ZIP = re.compile(r"\d{5}(-\d{4})?", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def check_patient(draft: PatientDraft, today: date) -> list[Finding]:
    """Everything wrong with a new patient; fields are named as in the drafts: `phones.0.number`."""
    findings = [*check_identity(draft.identity, today), *check_details(draft.details)]
    findings += check_phones(draft.phones)
    if draft.address is not None:
        findings += check_address(draft.address, "address.")
    for place, contact in enumerate(draft.contacts):
        findings += check_contact(contact, f"contacts.{place}.")
    if draft.guarantor is not None:
        findings += check_guarantor(draft.guarantor, "guarantor.")
    elif _is_minor(draft.identity, today):
        findings.append(
            Finding(
                "The patient is under 18. Choose the parent or guardian who pays.",
                "guarantor",
                overridable=True,
            )
        )
    return findings


def check_lengths(draft: object, model: type[Base], prefix: str = "") -> list[Finding]:
    """What is longer than its column: fields of the draft and columns of the table go by the same names."""
    findings: list[Finding] = []
    for column in Base.metadata.tables[model.__tablename__].columns:
        text, most = getattr(draft, column.name, ""), getattr(column.type, "length", None)
        if isinstance(text, str) and most is not None and len(text.strip()) > most:
            findings.append(
                Finding(f"This is longer than {most} letters. Shorten it.", f"{prefix}{column.name}")
            )
    return findings


def check_identity(draft: IdentityDraft, today: date) -> list[Finding]:
    """Names and birth date."""
    findings = check_lengths(draft, Patient)
    for field, words, required in (
        ("legal_first", "legal first name", True),
        ("legal_middle", "middle name", False),
        ("legal_last", "legal last name", True),
        ("preferred_name", "name used", False),
        ("former_last_name", "former last name", False),
    ):
        name = getattr(draft, field).strip()
        if required and not name:
            findings.append(Finding(f"Enter the {words}.", field))
        elif found := re.search(r"\d+", name):
            findings.append(Finding(f"A name has no digits. Take “{found[0]}” out of the {words}.", field))
    return findings + check_birth_date(draft.born_on, today)


def check_birth_date(born_on: date, today: date, field: str = "born_on") -> list[Finding]:
    """A birth date that somebody alive can have."""
    if born_on > today:
        return [Finding("The birth date is in the future. Check the year.", field)]
    if age_on(born_on, today) > OLDEST_AGE:
        return [Finding(f"The birth date is more than {OLDEST_AGE} years ago. Check the year.", field)]
    return []


def check_details(draft: DetailsDraft) -> list[Finding]:
    """E-mail and language."""
    findings = check_lengths(draft, Patient)
    if draft.email.strip() and not _EMAIL.fullmatch(draft.email.strip()):
        findings.append(
            Finding(
                "The e-mail address is not complete. It needs an @ and a domain, as in name@example.com.",
                "email",
            )
        )
    if Race.DECLINED in draft.race and len(draft.race) > 1:
        findings.append(Finding("Declined stands alone. Take it out, or the others.", "race"))
    if draft.second_way is not ReminderWay.NONE and draft.second_way is draft.reminder_way:
        findings.append(
            Finding("The second way is the first one again. Choose another, or none.", "second_way")
        )
    if draft.interpreter_needed and draft.language.strip().lower() in ("", "english"):
        findings.append(Finding("Choose the language that the interpreter is needed for.", "language"))
    return findings


def check_phones(drafts: tuple[PhoneDraft, ...]) -> list[Finding]:
    """Each number once, and each a number."""
    findings: list[Finding] = []
    seen: set[str] = set()
    for place, draft in enumerate(drafts):
        field = f"phones.{place}.number"
        if len(draft.note.strip()) > 80:
            findings.append(Finding("This is longer than 80 letters. Shorten it.", f"phones.{place}.note"))
        try:
            number = stored_phone(draft.number)
        except NotAPhone as problem:
            findings.append(Finding(str(problem), field))
            continue
        if number in seen:
            findings.append(Finding("This phone number is already in the list. Take one of them out.", field))
        seen.add(number)
    return findings


def check_address(draft: AddressDraft, prefix: str = "") -> list[Finding]:
    """Street, city, state and ZIP code as the Postal Service writes them."""
    findings = [
        finding
        for finding in check_lengths(draft, PatientAddress, prefix)
        if not finding.field.endswith(("state", "postal_code"))
    ]
    if not draft.street.strip():
        findings.append(Finding("Enter the street and house number.", f"{prefix}street"))
    if not draft.city.strip():
        findings.append(Finding("Enter the city.", f"{prefix}city"))
    state = draft.state.strip().upper()
    if not state:
        findings.append(Finding("Enter the state.", f"{prefix}state"))
    elif state not in STATES:
        findings.append(
            Finding(
                f"“{draft.state.strip()}” is not a state. Use its two letters, such as OR.", f"{prefix}state"
            )
        )
    if not _ZIP.fullmatch(draft.postal_code.strip()):
        findings.append(
            Finding("A ZIP code has 5 digits, or 9 with a dash, as in 97005-1234.", f"{prefix}postal_code")
        )
    elif (lies_in := states_of(draft.postal_code.strip())) and state in STATES and state not in lies_in:
        findings.append(
            Finding(
                f"ZIP code {draft.postal_code.strip()} is not in {state}. It begins like one of "
                f"{' or '.join(sorted(lies_in))}: check ZIP and state.",
                f"{prefix}postal_code",
                overridable=True,
            )
        )
    return findings


def check_contact(draft: ContactDraft, prefix: str = "") -> list[Finding]:
    """A name, a relationship, and for a guardian what the right rests on."""
    findings = [
        finding
        for finding in check_lengths(draft, PatientContact, prefix)
        if not finding.field.endswith("phone")
    ]
    if not draft.name.strip():
        findings.append(Finding("Enter the name of the contact.", f"{prefix}name"))
    if not draft.relationship.strip():
        findings.append(
            Finding("Enter what the contact is to the patient, such as spouse.", f"{prefix}relationship")
        )
    if draft.phone.strip() or draft.is_emergency:
        findings += check_one_phone(draft.phone, f"{prefix}phone")
    if draft.is_guardian and not draft.authority.strip():
        findings.append(
            Finding(
                "Enter what the guardian's right rests on, such as parent or court order.",
                f"{prefix}authority",
            )
        )
    if draft.authority_until is not None and not draft.is_guardian:
        findings.append(
            Finding(
                "Only a guardian's authority ends on a day. Take the day out.", f"{prefix}authority_until"
            )
        )
    return findings


def check_guarantor(draft: GuarantorDraft, prefix: str = "") -> list[Finding]:
    """Either a patient, or a named person with an address for statements."""
    if draft.patient_id is not None or draft.account_id is not None:
        return []
    findings: list[Finding] = []
    for field, name in (("first", draft.first), ("last", draft.last)):
        if len(name.strip()) > 60:
            findings.append(Finding("This is longer than 60 letters. Shorten it.", f"{prefix}{field}"))
    if not draft.first.strip():
        findings.append(Finding("Enter the first name of the person who pays.", f"{prefix}first"))
    if not draft.last.strip():
        findings.append(Finding("Enter the last name of the person who pays.", f"{prefix}last"))
    if draft.phone.strip():
        findings += check_one_phone(draft.phone, f"{prefix}phone")
    if draft.address is not None:
        findings += check_address(draft.address, f"{prefix}address.")
    return findings


def check_one_phone(number: str, field: str) -> list[Finding]:
    """A phone that belongs to somebody around the patient."""
    try:
        stored_phone(number)
    except NotAPhone as problem:
        return [Finding(str(problem), field)]
    return []


def _is_minor(identity: IdentityDraft, today: date) -> bool:
    return identity.born_on <= today and age_on(identity.born_on, today) < ADULT_AGE


def insist(findings: list[Finding], override: str) -> None:
    """Raise `Refused` with everything found, unless all of it may pass and a reason is given."""
    if findings and not (override.strip() and all(finding.overridable for finding in findings)):
        raise Refused(*findings)
